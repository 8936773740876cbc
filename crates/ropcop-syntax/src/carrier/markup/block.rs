//! A block of code of a page, and how it becomes a guest.

use super::label::Label;
use super::{placeholder, prompt};
use crate::Language;
use crate::guest::Guest;
use crate::text::template::{MappedText, Template};

/// A block of code.
#[derive(Debug, Default)]
pub(super) struct CodeBlock {
    /// What the page says about its language: the info string of a fence, the argument of a directive.
    pub(super) label: String,
    /// The code, without the indentation that the page needs.
    pub(super) code: MappedText,
}

impl CodeBlock {
    /// The code as a guest of the page, if ropcop reads its language.
    pub(super) fn guest(self) -> Option<Guest> {
        let mut label = Label::read(&self.label)?;
        let code = match prompt::of(&self.code.text, &label) {
            Some(prompt) => {
                label.language = prompt.language(label.language);
                prompt.typed(&self.code)
            }
            None => self.code,
        };
        let code = match label.language.is_command_line() {
            // PowerShell takes any dash for a hyphen.
            true if label.language == Language::PowerShell => placeholder::holes(code),
            true => placeholder::holes(placeholder::hyphens(code)),
            false => Template { text: code, holes: Vec::new() },
        };
        Some(Guest { language: label.language, code, certainty: label.certainty })
    }
}
