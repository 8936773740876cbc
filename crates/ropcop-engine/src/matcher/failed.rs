//! Why a fact is not what a match looks for: the first condition that it does not fulfil.
//!
//! Most facts fail, and nobody asks why. So this borrows from the rule and is written as a sentence only when it is shown.

use std::fmt;

use super::call::{Arity, Callee};
use super::near::Nearness;
use super::record::KeyPattern;
use crate::condition::Condition;
use crate::rule::Name;

/// The first condition of a match that a fact does not fulfil.
#[derive(Clone, Debug)]
pub(crate) enum Failed<'m> {
    // Calls.
    Callee(&'m Callee),
    HandedOn,
    Nobody,
    Arity(usize, Arity),
    Arg(&'m str, &'m Condition),
    NoArg(&'m str, &'m Condition),
    UnlessArg(&'m str, &'m Condition),
    // Commands.
    Program,
    Inside,
    Help,
    Refused(Option<String>),
    With(&'m Name),
    WithAny(&'m [Name]),
    Without(&'m Name),
    Option(&'m Name, &'m Condition),
    NoOption(&'m Name, &'m Condition),
    UnlessOption(&'m Name, &'m Condition),
    // Records.
    Kind,
    At,
    WithKey(&'m KeyPattern),
    WithAnyKey(&'m [KeyPattern]),
    WithoutKey(&'m KeyPattern),
    Present(&'m KeyPattern),
    Key(&'m KeyPattern, &'m Condition),
    NoKey(&'m KeyPattern, &'m Condition),
    UnlessKey(&'m KeyPattern, &'m Condition),
    // All.
    Unless(usize),
    Near(&'m [String], Nearness),
    NotNear(&'m str, Nearness),
    Elsewhere(Nearness),
    To(&'m [String]),
    UnlessWay(&'m str),
    Address(&'m Condition),
}

impl Failed<'_> {
    /// Whether the fact is another thing altogether, so that there is nothing to explain.
    pub(crate) fn is_other(&self) -> bool {
        matches!(self, Self::Callee(_) | Self::Program | Self::Kind | Self::At)
    }
}

impl fmt::Display for Failed<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Callee(callee) => write!(f, "it is no call of {callee}"),
            Self::HandedOn => f.write_str("it is handed on and not called, and the match does not say `reference`"),
            Self::Nobody => f.write_str("nothing is written in the place of the user or the password"),
            Self::Arity(found, wanted) => write!(f, "it has {found} arguments, and `arity` is {wanted}"),
            Self::Arg(key, condition) => write!(f, "the argument `{key}` does not fulfil {condition}"),
            Self::NoArg(key, condition) => write!(f, "the argument `{key}` is not there, and must fulfil {condition}"),
            Self::UnlessArg(key, condition) => {
                write!(f, "the argument `{key}` fulfils {condition}, which `unless-arg` excludes")
            }
            Self::Program => f.write_str("it is another command"),
            Self::Inside => f.write_str("the program does not stand at its start, and nothing says that it is run"),
            Self::Help => f.write_str("it asks for help, and does nothing else"),
            Self::Refused(Some(why)) => write!(f, "the command refuses it: {why}"),
            Self::Refused(None) => f.write_str("the command refuses it"),
            Self::With(option) => write!(f, "the option `{}` is not there, or is empty", &***option),
            Self::WithAny(options) => {
                write!(f, "none of the options {} is there", list(options.iter().map(|name| &**name)))
            }
            Self::Without(option) => write!(f, "the option `{}` is there, which `without` excludes", &***option),
            Self::Option(option, condition) => write!(f, "the option `{}` does not fulfil {condition}", &***option),
            Self::NoOption(option, condition) => {
                write!(f, "the option `{}` is not there, and must fulfil {condition}", &***option)
            }
            Self::UnlessOption(option, condition) => {
                write!(f, "the option `{}` fulfils {condition}, which `unless-option` excludes", &***option)
            }
            Self::Kind => f.write_str("it is a record of another kind"),
            Self::At => f.write_str("the key to report is not there"),
            Self::WithKey(key) => write!(f, "the key `{}` is not there, or is empty", key.text),
            Self::WithAnyKey(keys) => {
                write!(f, "none of the keys {} is there", list(keys.iter().map(|key| key.text.as_str())))
            }
            Self::WithoutKey(key) => write!(f, "the key `{}` is there, which `without` excludes", key.text),
            Self::Present(key) => write!(f, "the key `{}` is not there", key.text),
            Self::Key(key, condition) => write!(f, "the key `{}` does not fulfil {condition}", key.text),
            Self::NoKey(key, condition) => {
                write!(f, "the key `{}` is not there, and must fulfil {condition}", key.text)
            }
            Self::UnlessKey(key, condition) => {
                write!(f, "the key `{}` fulfils {condition}, which `unless-key` excludes", key.text)
            }
            Self::Unless(number) => write!(f, "what number {number} of `unless` says holds"),
            Self::Near(texts, within) => {
                write!(f, "in its {} stands none of {}", within.name(), list(texts.iter().map(String::as_str)))
            }
            Self::NotNear(text, within) => {
                write!(f, "in its {} stands `{text}`, which `not-near` excludes", within.name())
            }
            Self::Elsewhere(within) => {
                write!(f, "its {} leads elsewhere, and what is near stands further away", within.name())
            }
            Self::To(texts) => {
                write!(f, "its way leads to none of {}", list(texts.iter().map(String::as_str)))
            }
            Self::UnlessWay(called) => write!(f, "{called} is named on its way, which `unless-way` excludes"),
            Self::Address(condition) => write!(f, "the address does not fulfil {condition}"),
        }
    }
}

/// So many names are shown; more would hide the sentence.
const MOST_NAMES: usize = 6;

/// Names with commas between.
pub(crate) fn list<'n>(names: impl Iterator<Item = &'n str>) -> String {
    let names: Vec<String> = names.map(|name| format!("`{name}`")).collect();
    match names.len().checked_sub(MOST_NAMES) {
        None | Some(0) => names.join(", "),
        Some(more) => format!("{} and {more} more", names[..MOST_NAMES].join(", ")),
    }
}
