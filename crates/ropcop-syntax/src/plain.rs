//! Programs in languages without a grammar: the texts in them, and keys and values that stand side by side.
//!
//! All of them have one name in rules, `plain`: what is found in them are records, and no library is known.

mod bracket;
mod family;
mod lexer;

use crate::record::found::Found;
use crate::{Facts, Source};

pub(crate) use family::EXTENSIONS;

/// Reads a file.
pub(crate) fn facts(source: &Source, keep: &dyn Fn(&str) -> bool) -> Facts {
    let lexer = lexer::Lexer::new(&source.text, family::of(&source.path));
    let found = Found::new(&source.text, keep);
    bracket::Reader::new(&source.text, found).read(lexer)
}
