//! A block of code of a page, and how it becomes a guest.

use super::label::Label;
use super::{hyphen, prompt};
use crate::Language;
use crate::guest::Guest;
use crate::text::placeholder;
use crate::text::punch::punched;
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
        // PowerShell takes any dash for a hyphen.
        let mends = label.language.is_command_line() && label.language != Language::PowerShell;
        let text = if mends { hyphen::mended(code) } else { code };
        let code = Template { text, holes: Vec::new() };
        let code = if label.language.is_command_line() { punched(&code, placeholder::PAGE) } else { code };
        Some(Guest { language: label.language, code, certainty: label.certainty })
    }
}
