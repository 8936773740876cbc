//! Documents: code in Markdown, AsciiDoc and reStructuredText.
//!
//! A reader for each format finds the blocks of code; what is in them is read as if it stood in a file of its own. A page is
//! written for people, so prompts, the output of commands and placeholders are taken out first.

mod asciidoc;
mod label;
mod markdown;
mod placeholder;
mod prompt;
mod restructured;

use crate::guest::Guest;
use crate::guest::Reading;
use crate::text::template::{MappedText, Template};
use crate::{Facts, Language, Source};

use label::Label;

/// A block of code.
#[derive(Debug, Default)]
struct Block {
    /// What the page says about its language: the info string of a fence, the argument of a directive.
    label: String,
    /// The code, without the indentation that the page needs.
    code: MappedText,
}

/// Reads a page of Markdown.
pub(crate) fn markdown(source: &Source, reading: &Reading<'_>) -> Facts {
    facts(markdown::blocks(&source.text), reading)
}

/// Reads a page of AsciiDoc.
pub(crate) fn asciidoc(source: &Source, reading: &Reading<'_>) -> Facts {
    facts(asciidoc::blocks(&source.text), reading)
}

/// Reads a page of reStructuredText.
pub(crate) fn restructured(source: &Source, reading: &Reading<'_>) -> Facts {
    facts(restructured::blocks(&source.text), reading)
}

fn facts(blocks: Vec<Block>, reading: &Reading<'_>) -> Facts {
    let mut facts = Facts::default();
    for block in blocks.into_iter().filter(|block| reading.wants(&block.code.text)) {
        if let Some(guest) = block.guest() {
            facts.absorb(reading.guest(&guest));
        }
    }
    // Pages show fragments: that one of them cannot be parsed alone is worth no remark.
    facts.syntax_errors.clear();
    facts.settle();
    facts
}

impl Block {
    /// The code as a guest of the page, if ropcop reads its language.
    fn guest(self) -> Option<Guest> {
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

/// The lines of a text with the place of each, line ends included.
fn lines(text: &str) -> impl Iterator<Item = (usize, &str)> {
    let mut at = 0;
    text.split_inclusive('\n').map(move |line| {
        at += line.len();
        (at - line.len(), line)
    })
}

/// How many blanks and tabs a line begins with.
fn indent(line: &str) -> usize {
    line.len() - line.trim_start_matches([' ', '\t']).len()
}
