//! What a limit left out.

use super::Span;

/// A stretch of a file that was not read, or in part only, because it goes beyond a limit.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Omission {
    /// What is left out, or where it begins to be.
    pub span: Span,
    /// What is beyond which limit, as the end of a sentence about the file: "is nested deeper than 300 levels".
    pub why: String,
}

impl Omission {
    /// A stretch with what is to be said of it.
    pub(crate) fn new(span: Span, why: impl Into<String>) -> Self {
        Self { span, why: why.into() }
    }
}
