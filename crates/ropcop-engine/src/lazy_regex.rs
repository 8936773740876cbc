//! Regular expressions that are checked when they are read and compiled when they are needed: in most runs few are.

use std::sync::OnceLock;

use regex::{Captures, Regex};
use serde::Deserialize;

/// A regular expression without a mistake in it.
#[derive(Clone, Debug, Deserialize)]
#[serde(try_from = "String")]
pub(crate) struct LazyRegex {
    pattern: String,
    /// None if it turns out too large to compile; then it matches nothing.
    compiled: OnceLock<Option<Regex>>,
}

impl LazyRegex {
    /// # Errors
    /// What is wrong with the pattern.
    pub(crate) fn new(pattern: &str) -> Result<Self, String> {
        regex_syntax::parse(pattern).map_err(|error| format!("`{pattern}` is no regular expression: {error}"))?;
        Ok(Self { pattern: pattern.to_owned(), compiled: OnceLock::new() })
    }

    pub(crate) fn is_match(&self, text: &str) -> bool {
        self.get().is_some_and(|regex| regex.is_match(text))
    }

    pub(crate) fn captures<'t>(&self, text: &'t str) -> Option<Captures<'t>> {
        self.get()?.captures(text)
    }

    /// The pattern, as it is written.
    pub(crate) fn pattern(&self) -> &str {
        &self.pattern
    }

    fn get(&self) -> Option<&Regex> {
        self.compiled.get_or_init(|| Regex::new(&self.pattern).ok()).as_ref()
    }
}

impl TryFrom<String> for LazyRegex {
    type Error = String;

    fn try_from(pattern: String) -> Result<Self, String> {
        Self::new(&pattern)
    }
}
