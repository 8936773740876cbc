//! One text to read.

use std::sync::Arc;

use crate::Language;

/// A file's text with the name it is reported under. Where it came from (disk, standard input, an example in a rule)
/// makes no difference from here on.
#[derive(Clone, Debug)]
pub struct Source {
    /// Path relative to the scanned root, `/` between its parts.
    pub path: Arc<str>,
    /// The text, decoded to UTF-8, line ends as they were.
    pub text: Arc<str>,
    /// What it is written in.
    pub language: Language,
}

impl Source {
    /// A source of the language that its name and text tell, or none if ropcop does not read that language.
    pub fn detect(path: &str, text: &str) -> Option<Self> {
        let language = Language::detect(path, text)?;
        Some(Self { path: path.into(), text: text.into(), language })
    }
}
