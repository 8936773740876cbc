//! Texts of XML and where their characters stand.

use std::ops::Range;

use crate::text::template::Template;

/// What is written in a node of text, blanks around it and the marks of a CDATA section left out.
pub(super) fn content(file: &str, range: Range<usize>) -> Range<usize> {
    let written = file.get(range.clone()).unwrap_or_default();
    let inner = written.strip_prefix("<![CDATA[").map_or(written, |inner| inner.trim_end_matches("]]>"));
    let start = range.start + if inner.len() < written.len() { "<![CDATA[".len() } else { 0 };
    let start = start + inner.len() - inner.trim_start().len();
    start..start + inner.trim().len()
}

/// The text of a range; the file's text begins `offset` bytes behind the file's start.
pub(super) fn decoded(file: &str, range: Range<usize>, offset: usize) -> Template {
    let written = file.get(range.clone()).unwrap_or_default();
    let mut template = Template::default();
    let mut plain = 0;
    let mut at = 0;
    while let Some(start) = written[at..].find('&').map(|found| at + found) {
        at = start + 1;
        // A reference is short; a `&` that is none means itself.
        let end = written[start..].char_indices().take(12).find(|(_, c)| *c == ';').map(|(end, _)| start + end);
        let Some((end, meant)) = end.and_then(|end| Some((end, meant(&written[start + 1..end])?))) else { continue };
        template.text.push(&written[plain..start], offset + range.start + plain);
        template.text.push(meant.encode_utf8(&mut [0; 4]), offset + range.start + start);
        plain = end + 1;
        at = plain;
    }
    template.text.push(&written[plain..], offset + range.start + plain);
    template
}

fn meant(reference: &str) -> Option<char> {
    let code = reference.strip_prefix('#');
    match (reference, code.and_then(|code| code.strip_prefix(['x', 'X'])), code) {
        ("amp", ..) => Some('&'),
        ("lt", ..) => Some('<'),
        ("gt", ..) => Some('>'),
        ("quot", ..) => Some('"'),
        ("apos", ..) => Some('\''),
        (_, Some(digits), _) => u32::from_str_radix(digits, 16).ok().and_then(char::from_u32),
        (_, None, Some(digits)) => digits.parse().ok().and_then(char::from_u32),
        _ => None,
    }
}
