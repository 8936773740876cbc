//! Where the texts of a program without a grammar are written.

use std::ops::Range;

use crate::Span;
use crate::text::template::Template;
use crate::vocabulary::gather;

/// The stretches of a text that stands at `range` between its quotes, without its holes: none if it only names a value.
pub(super) fn pieces(source: &str, range: Range<usize>, text: &Template) -> Vec<Span> {
    if range.is_empty() || is_name(source, &range) {
        return Vec::new();
    }
    if text.known().is_some() {
        return vec![Span::new(range.start, range.end)];
    }
    let mut found = Vec::new();
    let mut from = 0;
    let holes = text.text.text.char_indices().filter(|(_, c)| text.hole(*c).is_some());
    let ends = holes.map(|(at, c)| (at, at + c.len_utf8())).chain([(text.text.text.len(), 0)]);
    for (hole, behind) in ends {
        if from < hole {
            found.push(text.span(from..hole));
        }
        from = behind;
    }
    found
}

/// Whether a text is a key, as in `x["key"]` and `{"key": …}`, or what is looked up: `getenv("NAME")`.
fn is_name(source: &str, range: &Range<usize>) -> bool {
    let before = source[..range.start].trim_end_matches(['"', '\'', '@']).trim_end();
    let behind = source[range.end..].trim_start_matches(['"', '\'']).trim_start();
    let is_part = |c: char| c.is_alphanumeric() || c == '_';
    if let Some(object) = before.strip_suffix('[') {
        return object.ends_with(|c: char| is_part(c) || ")]".contains(c)) && behind.starts_with(']');
    }
    if behind.starts_with("=>") || (behind.starts_with(':') && before.ends_with(['{', ','])) {
        return true;
    }
    let Some(callee) = before.strip_suffix('(').map(str::trim_end) else { return false };
    let name = &callee[callee.trim_end_matches(is_part).len()..];
    gather::gives_value_of(name)
}
