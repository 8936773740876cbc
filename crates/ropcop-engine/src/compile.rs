//! From the tables of a rule file to something that matches.

use crate::command::Grammar;
use crate::pattern::PathPattern;
use crate::record::Keys;
use crate::value::Check;
use crate::{Match, Nearness};
use std::borrow::Cow;

use ropcop_syntax::{Language, Part};

/// One `[[match]]`, ready to use.
#[derive(Clone, Debug)]
pub(crate) struct Matcher {
    /// What the table says.
    pub(crate) table: Match,
    pub(crate) calls: Vec<PathPattern>,
    pub(crate) args: Vec<(String, Check)>,
    pub(crate) unless_args: Vec<(String, Check)>,
    pub(crate) options: Vec<(String, Check)>,
    pub(crate) unless_options: Vec<(String, Check)>,
    /// Names of keys, for a record.
    pub(crate) keys: Keys,
    /// Numbers of the uses that the table names.
    pub(crate) uses: UseNumbers,
    /// `near` and `not_near` in lower case.
    pub(crate) near: Vec<String>,
    pub(crate) not_near: Vec<String>,
}

/// The uses that a table names, by their numbers.
#[derive(Clone, Debug, Default)]
pub(crate) struct UseNumbers {
    /// One must be there; none if it does not matter.
    pub(crate) used_by: Vec<usize>,
    /// None may be there.
    pub(crate) unused_by: Vec<usize>,
    /// All must be there.
    pub(crate) given: Vec<usize>,
}

impl Matcher {
    /// Compiles a table. `grammars` are the commands it may name.
    ///
    /// # Errors
    /// A message that says what is wrong, and help.
    pub(crate) fn new(table: &Match, grammars: &[Grammar]) -> Result<Self, Mistake> {
        check_shape(table)?;
        check_options(table, grammars)?;
        let compile = |(key, condition): (&String, &crate::Condition)| Ok((key.clone(), check(condition)?));
        Ok(Self {
            calls: table.call.iter().map(|text| PathPattern::new(text)).collect(),
            args: table.arg.iter().map(compile).collect::<Result<_, _>>()?,
            unless_args: table.unless_arg.iter().map(compile).collect::<Result<_, _>>()?,
            options: table.option.iter().map(compile).collect::<Result<_, _>>()?,
            unless_options: table.unless_option.iter().map(compile).collect::<Result<_, _>>()?,
            keys: if table.record.is_empty() { Keys::default() } else { Keys::new(table)? },
            uses: UseNumbers::default(),
            near: table.near.iter().map(|text| text.to_lowercase()).collect(),
            not_near: table.not_near.iter().map(|text| text.to_lowercase()).collect(),
            table: table.clone(),
        })
    }

    /// Whether `near` and `not-near` hold for a fact in this statement and function of this text.
    pub(crate) fn is_near<'t>(&self, stretch: impl Fn(Nearness) -> Cow<'t, str>) -> bool {
        if self.near.is_empty() && self.not_near.is_empty() {
            return true;
        }
        let text = stretch(self.table.near_in);
        (self.near.is_empty() || self.near.iter().any(|near| text.contains(near)))
            && !self.not_near.iter().any(|near| text.contains(near))
    }
}

/// Compiles a condition.
pub(crate) fn check(condition: &crate::Condition) -> Result<Check, Mistake> {
    Check::new(condition).map_err(|error| Mistake::new(error, "regular expressions are those of the crate `regex`"))
}

/// What is wrong with a rule, and what to do about it.
#[derive(Clone, Debug)]
pub(crate) struct Mistake {
    pub(crate) message: String,
    pub(crate) help: String,
}

impl Mistake {
    pub(crate) fn new(message: impl Into<String>, help: impl Into<String>) -> Self {
        Self { message: message.into(), help: help.into() }
    }
}

fn check_shape(table: &Match) -> Result<(), Mistake> {
    let is_call = !table.call.is_empty() || !table.method.is_empty();
    let is_record = !table.record.is_empty();
    let help = "a match looks for `call`, `method`, `command` or `record`";
    match [is_call, table.command.is_some(), is_record].iter().filter(|is| **is).count() {
        0 => return Err(Mistake::new("this match looks for nothing", help)),
        1 => {}
        _ => return Err(Mistake::new("a match looks for one kind of fact", "write several `[[match]]` tables")),
    }
    if is_record {
        return check_record(table);
    }
    if !(table.key.is_empty() && table.unless_key.is_empty() && table.at.is_none() && table.beside.is_empty()) {
        return Err(Mistake::new("`key`, `unless-key`, `at` and `beside` belong to a `record`", help));
    }
    let lists = [&table.with, &table.with_any, &table.without];
    let conditions = [&table.option, &table.unless_option];
    if is_call && !(lists.iter().all(|list| list.is_empty()) && conditions.iter().all(|map| map.is_empty())) {
        let keys = "`with`, `with-any`, `without`, `option` and `unless-option`";
        return Err(Mistake::new(format!("{keys} belong to a `command`"), help));
    }
    if table.command.is_some() && !(table.arg.is_empty() && table.unless_arg.is_empty() && table.arity.is_none()) {
        return Err(Mistake::new("`arg`, `unless-arg` and `arity` belong to a `call` or `method`", help));
    }
    check_languages(table)
}

fn check_record(table: &Match) -> Result<(), Mistake> {
    let conditions = [&table.arg, &table.unless_arg, &table.option, &table.unless_option];
    if !conditions.iter().all(|map| map.is_empty()) || table.arity.is_some() {
        return Err(Mistake::new(
            "`arg`, `option` and `arity` do not belong to a `record`",
            "conditions on keys are `key`",
        ));
    }
    if table.at.is_none() {
        return Err(Mistake::new("which key is to be reported?", "name it with `at`"));
    }
    if table.key.is_empty() && table.with.is_empty() {
        return Err(Mistake::new("this match asks for no key", "name keys in `key` or `with`"));
    }
    check_languages(table)
}

fn check_languages(table: &Match) -> Result<(), Mistake> {
    match table.language.iter().find(|language| !Language::is_name(language)) {
        Some(language) => Err(Mistake::new(
            format!("no language is called `{language}`"),
            "`ropcop facts FILE` says what the language of a file is called",
        )),
        None => Ok(()),
    }
}

fn check_options(table: &Match, grammars: &[Grammar]) -> Result<(), Mistake> {
    let Some(command) = &table.command else { return Ok(()) };
    let Some(grammar) = grammars.iter().find(|grammar| grammar.name() == command) else {
        let names: Vec<&str> = grammars.iter().map(Grammar::name).collect();
        let help = format!("described are: {}. A file in `commands/` describes one more", names.join(", "));
        return Err(Mistake::new(format!("the command `{command}` is not described"), help));
    };
    let conditions = table.option.keys().chain(table.unless_option.keys());
    let mut named =
        table.with.iter().chain(&table.with_any).chain(&table.without).chain(conditions).chain(&table.secret);
    match named.find(|option| !grammar.knows(option)) {
        Some(option) => Err(Mistake::new(
            format!("`{command}` has no option `{option}`"),
            "use the first of its names in the file in `commands/`",
        )),
        None => Ok(()),
    }
}

/// Whether some part of a word is text.
pub(crate) fn has_text(parts: &[Part]) -> bool {
    parts.iter().any(|part| part.text().is_some_and(|text| !text.is_empty()))
}

/// Pairs of marks between which a template names what it will fill in.
const MARKS: [(&str, &str); 7] =
    [("$(", ")"), ("${", "}"), ("{{", "}}"), ("#{", "}#"), ("<", ">"), ("%", "%"), ("__", "__")];

/// Whether a text is nothing but the mark of a template: `$(Password)`, `{{ password }}`, `<password>`.
pub(crate) fn is_placeholder(text: &str) -> bool {
    let is_name = |name: &str| !name.is_empty() && name.chars().all(|c| c.is_alphanumeric() || " ._-".contains(c));
    let between = |(start, end): &(&str, &str)| text.trim().strip_prefix(start)?.strip_suffix(end);
    MARKS.iter().filter_map(between).any(is_name)
}
