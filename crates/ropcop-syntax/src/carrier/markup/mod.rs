//! Pages: code in Markdown, AsciiDoc and reStructuredText.
//!
//! A reader for each format finds the blocks of code; what is in them is read as if it stood in a file of its own. A page is
//! written for people, so prompts, the output of commands and placeholders are taken out first.

mod asciidoc;
mod block;
mod hyphen;
mod label;
mod line;
mod markdown;
mod prompt;
mod restructured;

use crate::guest::Reading;
use crate::{Facts, Source};

use block::CodeBlock;

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

fn facts(blocks: Vec<CodeBlock>, reading: &Reading<'_>) -> Facts {
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
