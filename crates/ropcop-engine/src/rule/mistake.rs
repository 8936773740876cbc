//! What is wrong with a rule file, and where.

use std::ops::Range;

/// A mistake in a file that is being read.
#[derive(Clone, Debug)]
pub(crate) struct Mistake {
    pub(crate) message: String,
    pub(crate) help: Option<String>,
    /// Bytes of the file; empty if it is about the file as a whole.
    pub(crate) span: Range<usize>,
}

impl Mistake {
    /// A mistake in a stretch of the file.
    pub(crate) fn at(span: Range<usize>, message: impl Into<String>, help: impl Into<String>) -> Self {
        Self { message: message.into(), help: Some(help.into()), span }
    }

    /// A mistake that stands nowhere: something is missing.
    pub(crate) fn whole(message: impl Into<String>, help: impl Into<String>) -> Self {
        Self::at(0..0, message, help)
    }
}

impl From<toml::de::Error> for Mistake {
    fn from(error: toml::de::Error) -> Self {
        Self { message: error.message().to_owned(), help: None, span: error.span().unwrap_or(0..0) }
    }
}
