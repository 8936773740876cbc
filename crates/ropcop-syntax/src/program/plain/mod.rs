//! Programs in languages without a grammar: the texts in them, and keys and values that stand side by side.
//!
//! All of them have one name in rules, `plain`. What is found in them are records and calls by name: no import is followed,
//! so that nobody knows where a name comes from.

mod bracket;
mod call;
mod lexer;
mod literal;
mod way;

use crate::guest::Reading;
use crate::language::family::Family;
use crate::record::found::Found;
use crate::{Facts, Source};

/// Reads a file.
pub(crate) fn facts(source: &Source, reading: &Reading<'_>) -> Facts {
    let lexer = lexer::PlainLexer::new(&source.text, Family::of(&source.path));
    let found = Found::new(&source.text, reading);
    bracket::TokenWalk::new(&source.text, found, reading).read(lexer)
}
