//! Commands × rules: which program is called, and with what options.

use std::collections::BTreeMap;

use ropcop_syntax::{Certainty, Command, Span, Value, Word};
use schemars::JsonSchema;
use serde::Deserialize;

use super::failed::Failed;
use super::near::{Near, Nearness};
use super::{Asked, Checks, FileText, Hit, none};
use crate::Confidence;
use crate::command::Grammar;
use crate::condition::Condition;
use crate::literal::{has_text, literal_secret};
use crate::options::Parsed;
use crate::rule::Name;
use crate::surroundings::Aim;

/// Which commands a match looks for.
#[derive(Clone, Debug, Default, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case", default)]
pub(crate) struct Called {
    /// The command, as named in `rules/commands/`.
    pub(crate) name: Option<Name>,
    /// It also matches a command that is refused, so that nobody signs in: for rules about the mistake itself.
    refused: bool,
    /// Which options hold the password: they are masked, and a literal is mentioned.
    secret: Vec<Name>,
}

/// Conditions on a command: all of them hold.
#[derive(Clone, Debug, Default, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case", default)]
pub(crate) struct CommandConditions {
    /// Options that must be there with a value that is not empty (switches: be there).
    with: Vec<Name>,
    /// Options of which at least one must be there.
    with_any: Vec<Name>,
    /// Options that must not be there, or only with an empty value.
    without: Vec<Name>,
    /// Conditions on the values of options.
    option: BTreeMap<Name, Condition>,
    /// Conditions on the values of options of which none may hold. An option that is not there fulfils none.
    unless_option: BTreeMap<Name, Condition>,
}

impl CommandConditions {
    fn check(&self, parsed: &Parsed) -> Checks<'_> {
        let filled = |option: &&Name| parsed.filled(option);
        let holds = |(option, check): &(&Name, &Condition)| check.holds_for_word(parsed.value(option));
        none(self.with.iter().find(|option| !filled(option)).map(Failed::With))?;
        if !(self.with_any.is_empty() || self.with_any.iter().any(|option| filled(&option))) {
            return Err(Failed::WithAny(&self.with_any));
        }
        none(self.without.iter().find(filled).map(Failed::Without))?;
        let wrong = self.option.iter().find(|one| !holds(one));
        none(wrong.map(|(option, condition)| match parsed.value(option) {
            Some(_) => Failed::Option(option, condition),
            None => Failed::NoOption(option, condition),
        }))?;
        let excluded = self.unless_option.iter().find(holds);
        none(excluded.map(|(option, condition)| Failed::UnlessOption(option, condition)))
    }

    /// Options of which one of each list must be there.
    pub(crate) fn required(&self) -> impl Iterator<Item = Vec<&Name>> {
        let with = self.with.iter().map(|option| vec![option]);
        let any = (!self.with_any.is_empty()).then(|| self.with_any.iter().collect());
        let conditions = self.option.iter().filter(|(_, condition)| condition.asks_for_a_value());
        with.chain(any).chain(conditions.map(|(option, _)| vec![option]))
    }

    fn options(&self) -> impl Iterator<Item = &Name> {
        let lists = self.with.iter().chain(&self.with_any).chain(&self.without);
        lists.chain(self.option.keys()).chain(self.unless_option.keys())
    }
}

/// A match that looks for commands.
#[derive(Clone, Debug)]
pub(crate) struct CommandMatch {
    pub(crate) called: Called,
    pub(crate) asked: Asked<CommandConditions>,
}

impl CommandMatch {
    /// All options that it names.
    pub(crate) fn options(&self) -> impl Iterator<Item = &Name> {
        self.asked.each().flat_map(CommandConditions::options).chain(&self.called.secret)
    }

    pub(super) fn hits(&self, grammar: &Grammar, near: &Near, text: &FileText<'_>) -> Vec<Hit> {
        text.file.facts.commands.iter().filter_map(|command| self.hit(grammar, command, near, text).ok()).collect()
    }

    pub(super) fn hit<'m>(
        &'m self,
        grammar: &Grammar,
        command: &Command,
        near: &'m Near,
        text: &FileText<'_>,
    ) -> Result<Hit, Failed<'m>> {
        let at = grammar.find(&command.words).ok_or(Failed::Program)?;
        if at > 0 && !command.may_wrap {
            return Err(Failed::Inside);
        }
        let words = &command.words[at..];
        let parsed = grammar.parse(words);
        if parsed.help {
            return Err(Failed::Help);
        } else if parsed.refused.is_some() && !self.called.refused {
            return Err(Failed::Refused(parsed.refused));
        }
        let stretch = |nearness| match nearness {
            Nearness::Statement | Nearness::Function => text.stretch(command.span),
            Nearness::File => text.all(),
        };
        self.asked.check(|conditions| conditions.check(&parsed))?;
        near.check(stretch)?;
        let program_known = words.first().and_then(Word::text).is_some();
        let confidence = match command.certainty {
            Certainty::Stored => Confidence::Low,
            Certainty::Runs if at == 0 && program_known && !parsed.uncertain => Confidence::High,
            _ => Confidence::Medium,
        };
        // A program that stands in the command is its start; one that a function adds stands elsewhere.
        let own = words.first().filter(|program| command.span.contains(program.span));
        let span = own.map_or(command.span, |program| Span::new(program.span.start, command.span.end));
        let values = self.called.secret.iter().filter_map(|option| parsed.value(option));
        let secrets: Vec<&Word> = values.collect();
        let mut literals = secrets.iter().filter(|word| has_text(&word.parts));
        let mut behind = secrets.iter().flat_map(|word| &word.literals);
        Ok(Hit {
            span,
            confidence,
            literal_secret: literals.any(|word| literal_secret(&Value::Text(word.parts.clone())))
                || behind.any(|place| text.is_secret(*place)),
            secrets: secrets.iter().map(|word| text.secret_word(word)).collect(),
            related: command.related.clone(),
            doubts: Vec::new(),
            at_most: None,
            aim: Aim::default(),
            statement: command.span,
            scope: Span::new(0, text.file.text.len()),
        })
    }
}
