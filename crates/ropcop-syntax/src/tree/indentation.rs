//! What must not reach the scanners that grammars bring along in C.
//!
//! What such a scanner remembers goes through a buffer of 1,024 bytes after each token. By what it holds:
//!
//! | grammar | bytes | what is beyond |
//! | --- | --- | --- |
//! | Bash | 4, and 7 and its name for each here-document | all is forgotten |
//! | C# | 2, and 4 for each text with holes in others | all is forgotten |
//! | HCL | 4, and 8 and its name for each text and hole in others | all is forgotten |
//! | Scala | 10, and 2 for each depth of indentation | all is forgotten |
//! | Python | 2, one for each open text up to 255, and 2 for each depth of indentation | **is written behind the buffer** |
//! | Bicep, Lua | 1, 2 | |
//! | JavaScript, TypeScript, Kotlin, Go, Java | none | |
//!
//! A scanner that has forgotten reads the rest in another way, and that is all. The one that writes on must not get there.

use std::collections::HashSet;

use crate::{Language, Omission, Span};

/// A Python file whose lines begin at more columns than this is read without its grammar, which would write behind the end
/// of its memory: 2 + 255 + 2 × 383 bytes are the last that fit. The report says so.
const MOST_COLUMNS: usize = 383;

/// Refuses a text that is dangerous to its grammar.
///
/// The depths that are remembered grow from each to the next, so there are no more of them than columns at which lines
/// begin. To follow them as Python does would need its strings and brackets.
pub(super) fn check(language: Language, text: &str) -> Result<(), Omission> {
    // So many columns take a line as long as that, and all shorter ones.
    if language != Language::Python || text.len() < MOST_COLUMNS {
        return Ok(());
    }
    let mut columns = HashSet::new();
    let mut line = 0;
    for piece in text.split_inclusive(['\n', '\0']) {
        columns.insert(column(&text.as_bytes()[line..]));
        if columns.len() > MOST_COLUMNS {
            let why = format!("begins its lines at more than {MOST_COLUMNS} columns");
            return Err(Omission::new(Span::new(line, text.len()), why));
        }
        line += piece.len();
    }
    Ok(())
}

/// At which column the scanner sees the first word of a line, in the 16 bits that it has for it.
fn column(line: &[u8]) -> u16 {
    let mut column: u16 = 0;
    let mut rest = line;
    loop {
        rest = match rest {
            [b' ', rest @ ..] => {
                column = column.wrapping_add(1);
                rest
            }
            [b'\t', rest @ ..] => {
                column = column.wrapping_add(8);
                rest
            }
            [b'\r' | b'\x0c', rest @ ..] => {
                column = 0;
                rest
            }
            // The line goes on in the next.
            [b'\\', b'\r', b'\n', rest @ ..] | [b'\\', b'\n', rest @ ..] => rest,
            _ => return column,
        };
    }
}
