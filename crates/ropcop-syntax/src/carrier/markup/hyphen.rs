//! Hyphens that a word processor has made into dashes.

use crate::text::template::MappedText;

/// Dashes that a word processor makes of hyphens.
const DASHES: [char; 4] = ['\u{2013}', '\u{2014}', '\u{2011}', '\u{2212}'];

/// The code with hyphens before its options again: `–u` is `-u`, and `—user` was `--user`.
pub(super) fn mended(code: MappedText) -> MappedText {
    let mut mended = MappedText::default();
    let mut from = 0;
    let mut before = ' ';
    for (at, char) in code.text.char_indices() {
        let starts_word = before.is_whitespace();
        before = char;
        if !starts_word || !DASHES.contains(&char) {
            continue;
        }
        let end = at + char.len_utf8();
        let name = code.text.get(end..).unwrap_or_default();
        let letters = name.chars().take(2).take_while(char::is_ascii_alphanumeric).count();
        if letters > 0 {
            mended.append(&code.slice(from..at));
            mended.push(if letters > 1 { "--" } else { "-" }, code.host(at));
            mended.seek(code.host(end));
            from = end;
        }
    }
    if from == 0 {
        return code;
    }
    mended.append(&code.slice(from..code.text.len()));
    mended
}
