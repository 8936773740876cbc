//! Texts with escapes and holes, as they are written in configuration languages.

use std::ops::Range;

use crate::text::escape::unescape;
use crate::text::template::Template;

/// A stretch of a text that is not what it says.
pub(super) enum Cut {
    /// `${…}`, with the name of what fills it.
    Hole(Option<String>),
    /// Something that is no part of the text.
    Nothing,
}

/// How a text is written.
#[derive(Clone, Copy)]
pub(super) struct ScalarSpelling {
    /// A backslash escapes.
    pub(super) backslash: bool,
    /// `$${` is `${`, and `%%{` is `%{`.
    pub(super) doubled: bool,
}

/// The text in a stretch of a file. `cuts` are in the order of the file.
pub(super) fn template(
    text: &str,
    content: Range<usize>,
    cuts: Vec<(Range<usize>, Cut)>,
    spelling: ScalarSpelling,
) -> Template {
    let mut template = Template::default();
    let mut at = content.start;
    template.text.seek(at);
    for (range, cut) in cuts {
        if range.start < at || range.end > content.end || range.is_empty() {
            continue;
        }
        known(text, at..range.start, spelling, &mut template);
        at = range.end;
        if let Cut::Hole(name) = cut {
            template.push_hole(name, range.start);
        }
        template.text.seek(at);
    }
    known(text, at..content.end, spelling, &mut template);
    template.text.seek(content.end);
    template
}

/// Text between holes.
fn known(text: &str, range: Range<usize>, spelling: ScalarSpelling, template: &mut Template) {
    let text = text.get(range.clone()).unwrap_or_default();
    let bytes = text.as_bytes();
    let mut from = 0;
    let mut at = 0;
    while at < bytes.len() {
        let rest = &text[at..];
        let (decoded, length) = match bytes[at] {
            b'\\' if spelling.backslash => {
                let length = escape_length(rest);
                (unescape(&rest[..length]), length)
            }
            b'$' if spelling.doubled && rest.starts_with("$${") => ("${".to_owned(), 3),
            b'%' if spelling.doubled && rest.starts_with("%%{") => ("%{".to_owned(), 3),
            b'\r' if rest.starts_with("\r\n") => (String::new(), 1),
            _ => {
                at += rest.chars().next().map_or(1, char::len_utf8);
                continue;
            }
        };
        template.text.push(&text[from..at], range.start + from);
        template.text.push(&decoded, range.start + at);
        at += length;
        from = at;
    }
    template.text.push(&text[from..], range.start + from);
}

/// The length of the escape that a text begins with.
fn escape_length(text: &str) -> usize {
    let body = match text.as_bytes().get(1) {
        Some(b'u') if text[2..].starts_with('{') => text.find('}').map_or(2, |end| end + 1),
        Some(b'u') => 6,
        Some(b'U') => 10,
        _ => 1 + text[1..].chars().next().map_or(0, char::len_utf8),
    };
    (1..=body.min(text.len())).rev().find(|length| text.is_char_boundary(*length)).unwrap_or(1)
}
