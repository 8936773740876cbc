//! Programs in languages without a grammar: the texts in them, and keys and values that stand side by side.
//!
//! All of them have one name in rules, `plain`. What is found in them are records and calls by name: no import is followed,
//! so that nobody knows where a name comes from.

mod bracket;
mod call;
mod family;
mod lexer;

use crate::language::XML;
use crate::record::found::Found;
use crate::settings::xml;
use crate::{Facts, Source};

/// Reads a file.
pub(crate) fn facts(source: &Source, keep: &dyn Fn(&str) -> bool) -> Facts {
    // Some tools give their XML an ending that belongs to a language.
    if source.text.trim_start_matches('\u{feff}').starts_with(XML) {
        return xml::facts(source, keep);
    }
    let lexer = lexer::Lexer::new(&source.text, family::of(&source.path));
    let found = Found::new(&source.text, keep);
    bracket::Reader::new(&source.text, found, keep).read(lexer)
}
