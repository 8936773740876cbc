//! Conditions on values.

use std::fmt;

use ropcop_syntax::{Part, Value, Word};
use schemars::JsonSchema;
use serde::Deserialize;

use crate::lazy_regex::LazyRegex;
use crate::literal::{has_text, is_empty};
use crate::pattern::last_part;
use crate::version::is_below;

/// A condition on one value. All its keys hold; an argument that is not there fulfils only `present = false`.
#[derive(Clone, Debug, Default, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, rename_all = "kebab-case", default)]
pub(crate) struct Condition {
    /// Whether it must be there at all.
    pub(crate) present: Option<bool>,
    /// Whether it must be an empty text, or none.
    pub(crate) empty: Option<bool>,
    /// Whether all of it must be known.
    pub(crate) known: Option<bool>,
    /// It is a version below this one. Of a text that `looks-like` something, the version is what the first group matches.
    pub(crate) below: Option<String>,
    /// The known text, name or constant is one of these (`true`, `password`, `null` for `None` and `nil` too; of
    /// `GrantType.PASSWORD` the last part); compared exactly.
    pub(crate) is: Vec<String>,
    /// The known text, name or constant is none of these.
    pub(crate) is_not: Vec<String>,
    /// The known text looks like this regular expression (`…` stands for what is not known; of a list: its items with
    /// blanks between), or the name of the variable or command that it comes from does.
    pub(crate) looks_like: Option<LazyRegex>,
    /// Neither the known text nor the name of the variable or command looks like this regular expression.
    pub(crate) looks_unlike: Option<LazyRegex>,
}

impl Condition {
    /// Whether it holds only where there is something: an argument that is not there fulfils only `present = false`.
    pub(crate) fn asks_for_a_value(&self) -> bool {
        self.present != Some(false)
    }

    /// Whether the value of an argument fulfils the condition whatever of several values it has.
    pub(crate) fn surely_holds_for(&self, value: Option<&Value>) -> bool {
        match value {
            Some(Value::Choice(values)) => values.iter().all(|value| self.surely_holds_for(Some(value))),
            value => self.holds_for(value),
        }
    }

    /// Whether the value of an argument may fulfil the condition.
    pub(crate) fn holds_for(&self, value: Option<&Value>) -> bool {
        if let Some(Value::Choice(values)) = value {
            return values.iter().any(|value| self.holds_for(Some(value)));
        }
        if let (Some(empty), Some(value)) = (self.empty, value)
            && is_empty(value) != empty
        {
            return false;
        }
        let seen = value.map(|value| match value {
            Value::Text(parts) => Seen::parts(parts),
            Value::Number(text) => Seen::known(text.clone()),
            Value::Bool(value) => Seen::known(value.to_string()),
            Value::Null => Seen::known("null".into()),
            Value::Symbol(symbols) => Seen::known(symbols.first().map_or("", |s| last_part(&s.path)).to_owned()),
            Value::Dynamic { name } => Seen { names: name.iter().cloned().collect(), ..Seen::default() },
            Value::List(items) => Seen::known(items.iter().map(shown).collect::<Vec<_>>().join(" ")),
            Value::Map(_) | Value::Choice(_) => Seen::default(),
        });
        self.holds(seen)
    }

    /// Whether the value of an option fulfils the condition.
    pub(crate) fn holds_for_word(&self, word: Option<&Word>) -> bool {
        self.holds(word.map(|word| Seen::parts(&word.parts)))
    }

    fn holds(&self, seen: Option<Seen>) -> bool {
        if self.present.is_some_and(|present| present != seen.is_some()) {
            return false;
        }
        let Some(seen) = seen else { return self.present == Some(false) };
        if self.known.is_some_and(|known| known != seen.text.is_some()) || !self.is_below(&seen) {
            return false;
        }
        let is_one_of = |list: &[String]| seen.text.as_ref().is_some_and(|text| list.contains(text));
        let looks = |regex: &LazyRegex| seen.shown.iter().chain(&seen.names).any(|text| regex.is_match(text));
        (self.is.is_empty() || is_one_of(&self.is))
            && !is_one_of(&self.is_not)
            && self.looks_like.as_ref().is_none_or(looks)
            && !self.looks_unlike.as_ref().is_some_and(looks)
    }

    /// Whether the version in a known text is low enough.
    fn is_below(&self, seen: &Seen) -> bool {
        let Some(limit) = &self.below else { return true };
        let Some(text) = &seen.text else { return false };
        let group = self.looks_like.as_ref().and_then(|regex| regex.captures(text)).and_then(|found| found.get(1));
        is_below(group.map_or(text.as_str(), |group| group.as_str()), limit)
    }
}

/// As in a rule file.
impl fmt::Display for Condition {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { present, empty, known, below, is, is_not, looks_like, looks_unlike } = self;
        let flags = [("present", present), ("empty", empty), ("known", known)];
        let flags = flags.into_iter().filter_map(|(key, flag)| flag.map(|flag| format!("{key} = {flag}")));
        let lists = [("is", is), ("is-not", is_not)].into_iter().filter(|(_, list)| !list.is_empty());
        let lists = lists.map(|(key, list)| format!("{key} = {list:?}"));
        let regexes = [("looks-like", looks_like), ("looks-unlike", looks_unlike)];
        let regexes = regexes.into_iter().filter_map(|(key, regex)| Some((key, regex.as_ref()?)));
        let regexes = regexes.map(|(key, regex)| format!("{key} = '{}'", regex.pattern()));
        let below = below.iter().map(|version| format!("below = {version:?}"));
        write!(f, "`{{ {} }}`", flags.chain(below).chain(lists).chain(regexes).collect::<Vec<_>>().join(", "))
    }
}

/// An item of a list in the text that stands for the list.
fn shown(item: &Value) -> String {
    item.text().unwrap_or_else(|| "…".to_owned())
}

/// What can be seen of a value.
#[derive(Default)]
struct Seen {
    /// Its text, if all of it is known.
    text: Option<String>,
    /// Its text with `…` for what is not known, if anything is.
    shown: Option<String>,
    /// The names of the variables and commands in it.
    names: Vec<String>,
}

impl Seen {
    fn known(text: String) -> Self {
        Self { shown: Some(text.clone()), text: Some(text), names: Vec::new() }
    }

    fn parts(parts: &[Part]) -> Self {
        let names = |part: &Part| match part {
            Part::Variable(name) => vec![name.clone()],
            Part::Output { command, variable } => variable.iter().chain([command]).cloned().collect(),
            Part::Text(_) | Part::Unknown => Vec::new(),
        };
        let text: Option<String> = parts.iter().map(Part::text).collect();
        let shown = || parts.iter().map(|part| part.text().unwrap_or("…")).collect();
        Self {
            shown: (text.is_some() || has_text(parts)).then(shown),
            text,
            names: parts.iter().flat_map(names).collect(),
        }
    }
}
