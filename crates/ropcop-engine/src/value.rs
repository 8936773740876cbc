//! Conditions on values.

use ropcop_syntax::{Part, Value, Word};

use crate::Condition;
use crate::compile::has_text;
use crate::lazy_regex::LazyRegex;
use crate::pattern::last_part;
use crate::record::is_empty;
use crate::version::is_below;

/// A [`Condition`] whose regular expressions are without mistakes.
#[derive(Clone, Debug)]
pub(crate) struct Check {
    condition: Condition,
    looks_like: Option<LazyRegex>,
    looks_unlike: Option<LazyRegex>,
}

impl Check {
    pub(crate) fn new(condition: &Condition) -> Result<Self, String> {
        let compile = |text: &Option<String>| text.as_deref().map(LazyRegex::new).transpose();
        Ok(Self {
            looks_like: compile(&condition.looks_like)?,
            looks_unlike: compile(&condition.looks_unlike)?,
            condition: condition.clone(),
        })
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
        if let (Some(empty), Some(value)) = (self.condition.empty, value)
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
        let condition = &self.condition;
        if condition.present.is_some_and(|present| present != seen.is_some()) {
            return false;
        }
        let Some(seen) = seen else { return condition.present == Some(false) };
        if condition.known.is_some_and(|known| known != seen.text.is_some()) || !self.is_below(&seen) {
            return false;
        }
        let is_one_of = |list: &[String]| seen.text.as_ref().is_some_and(|text| list.contains(text));
        let looks = |regex: &LazyRegex| seen.shown.iter().chain(&seen.names).any(|text| regex.is_match(text));
        (condition.is.is_empty() || is_one_of(&condition.is))
            && !is_one_of(&condition.is_not)
            && self.looks_like.as_ref().is_none_or(looks)
            && !self.looks_unlike.as_ref().is_some_and(looks)
    }
}

impl Check {
    /// Whether the version in a known text is low enough.
    fn is_below(&self, seen: &Seen) -> bool {
        let Some(limit) = &self.condition.below else { return true };
        let Some(text) = &seen.text else { return false };
        let group = self.looks_like.as_ref().and_then(|regex| regex.captures(text)).and_then(|found| found.get(1));
        is_below(group.map_or(text.as_str(), |group| group.as_str()), limit)
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
