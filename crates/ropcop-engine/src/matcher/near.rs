//! Texts × rules: what must stand near a fact, and what must not.

use std::borrow::Cow;

use schemars::JsonSchema;
use serde::Deserialize;
use toml::Spanned;

use super::failed::Failed;
use super::{Checks, none};
use crate::lazy_regex::LazyRegex;
use crate::rule::Name;

/// What a match says of texts near by.
#[derive(Clone, Debug, Default, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case", default)]
pub(crate) struct NearKeys {
    /// Texts of which one must stand near, see `near-in`. Compared without case. `@name` stands for the texts in
    /// `rules/texts/name.toml`.
    pub(crate) near: Vec<Name>,
    /// Texts of which none may stand near, as in `near`.
    pub(crate) not_near: Vec<Name>,
    /// How near: the same statement, function or file.
    pub(crate) near_in: Nearness,
    /// A regular expression for what leads elsewhere, such as the address of another server. What stands nearer counts more:
    /// if it matches the statement, or the function where `near-in` is the file, and none of `near` stands there, then `near`
    /// further away does not count. The text is in lower case.
    #[schemars(with = "Option<String>")]
    pub(crate) elsewhere: Option<Spanned<LazyRegex>>,
}

/// How near `near` must be.
#[derive(Clone, Copy, Debug, Default, Deserialize, JsonSchema, PartialEq, Eq)]
#[serde(rename_all = "lowercase")]
pub(crate) enum Nearness {
    /// In the same statement: the whole chain of calls.
    Statement,
    /// In the same function.
    Function,
    /// In the same file.
    #[default]
    File,
}

impl Nearness {
    /// The name, as in a rule file.
    pub(crate) fn name(self) -> &'static str {
        match self {
            Self::Statement => "statement",
            Self::Function => "function",
            Self::File => "file",
        }
    }

    /// What is nearer.
    fn nearer(self) -> &'static [Self] {
        match self {
            Self::Statement => &[],
            Self::Function => &[Self::Statement],
            Self::File => &[Self::Statement, Self::Function],
        }
    }
}

/// The same, ready to use.
#[derive(Clone, Debug)]
pub(crate) struct Near {
    /// In lower case.
    pub(crate) texts: Vec<String>,
    /// In lower case.
    pub(crate) not: Vec<String>,
    pub(crate) within: Nearness,
    pub(crate) elsewhere: Option<LazyRegex>,
}

impl Near {
    /// Whether one of the texts stands in a text in lower case.
    pub(crate) fn has(&self, text: &str) -> bool {
        self.texts.iter().any(|near| text.contains(near))
    }

    /// Whether all of it holds for a fact in this statement and function of this text.
    pub(super) fn check<'t>(&self, stretch: impl Fn(Nearness) -> Cow<'t, str>) -> Checks<'_> {
        if self.texts.is_empty() && self.not.is_empty() {
            return Ok(());
        }
        let has_near = |text: &str| self.has(text);
        let text = stretch(self.within);
        let leads_elsewhere = |nearness| {
            let text = stretch(nearness);
            self.elsewhere.as_ref().is_some_and(|address| address.is_match(&text)) && !has_near(&text)
        };
        if !(self.texts.is_empty() || has_near(&text)) {
            return Err(Failed::Near(&self.texts, self.within));
        }
        none(self.not.iter().find(|near| text.contains(*near)).map(|near| Failed::NotNear(near, self.within)))?;
        let mut nearer = self.within.nearer().iter().copied();
        none(nearer.find(|nearness| leads_elsewhere(*nearness)).map(Failed::Elsewhere))
    }
}
