//! Records in one text: forms (`a=b&c=d`), connection strings (`k=v;k=v`), queries of URLs.

use std::ops::Range;

use super::lines::trimmed;
use super::{Around, span_of};
use crate::guest::Reading;
use crate::text::template::{Template, split_holes};
use crate::{Field, Part, Record, RecordKind, Span, Value};

/// Longer texts are data, in bytes.
const LONGEST: usize = 20_000;

/// The record that a text is, if it is one and `reading` wants the text.
pub(crate) fn wanted(text: &Template, around: Around, reading: &Reading<'_>) -> Option<Record> {
    let written = &text.text.text;
    (written.len() <= LONGEST && written.contains('=') && reading.wants(written)).then(|| record(text, around))?
}

/// The record that a text is, if it is one.
pub(crate) fn record(text: &Template, around: Around) -> Option<Record> {
    let written = &text.text.text;
    if written.len() > LONGEST || !written.contains('=') {
        return None;
    }
    let fields = fields(text);
    let span = span_of(&fields)?;
    Some(Record { kind: RecordKind::Text, path: String::new(), fields, span, ..around.record() })
}

/// The keys and values in a text, however they are separated.
pub(crate) fn fields(text: &Template) -> Vec<Field> {
    let written = &text.text.text;
    let (by_semicolon, by_ampersand) = (split(written, ';'), split(written, '&'));
    let is_form = by_ampersand.len() > by_semicolon.len() || !written.contains(';');
    let found = if is_form { by_ampersand } else { by_semicolon };
    found.into_iter().map(|pair| field(text, pair, is_form)).collect()
}

/// A key and its value, in bytes of a text.
struct Pair {
    key: Range<usize>,
    value: Range<usize>,
}

/// The pairs of a text. A separator inside quotes or braces at the start of a value is part of the value.
fn split(text: &str, separator: char) -> Vec<Pair> {
    let mut found = Vec::new();
    let mut at = 0;
    while at < text.len() {
        let end = text[at..].find(separator).map_or(text.len(), |found| found + at);
        let Some(equals) = text[at..end].find('=').map(|found| found + at) else {
            at = end + separator.len_utf8();
            continue;
        };
        let key = key(text, at..equals, separator);
        let value = value(text, equals + 1, separator);
        at = value.end + text[value.end..].find(separator).map_or(text.len() - value.end, |found| found + 1);
        if let Some(key) = key {
            let line = value.start..text[value.clone()].trim_end().find('\n').map_or(value.end, |at| value.start + at);
            let value = unquoted(text, trimmed(text, line));
            found.push(Pair { key, value });
        }
    }
    found
}

/// The key before an equals sign: what stands before it of other things, as a host or a query's `?`, is left out.
fn key(text: &str, range: Range<usize>, separator: char) -> Option<Range<usize>> {
    let is_end = |c: char| match separator {
        '&' => c.is_whitespace() || "?\"'`({,#".contains(c),
        _ => "\n?:\"'`({".contains(c),
    };
    let range = trimmed(text, range);
    let start = text[range.clone()].rfind(is_end).map_or(range.start, |found| found + range.start + 1);
    let start = (start..=range.end).find(|at| text.is_char_boundary(*at))?;
    let start = behind_hole(text, start..range.end);
    let key = trimmed(text, start..range.end);
    let is_key = |c: char| c.is_alphanumeric() || " _-.[]$%/".contains(c);
    (!key.is_empty() && key.len() <= 100 && text[key.clone()].chars().all(is_key)).then_some(key)
}

/// Where a key begins that stands behind something unknown: `<start>grant_type=…`. A part of a name that is not known
/// belongs to the name: `<prefix>_password=…`.
fn behind_hole(text: &str, range: Range<usize>) -> usize {
    let hole = text[range.clone()].char_indices().rev().find(|(_, c)| ('\u{E000}'..='\u{F8FF}').contains(c));
    let behind = hole.map(|(at, c)| range.start + at + c.len_utf8());
    behind.filter(|at| text[*at..range.end].starts_with(char::is_alphabetic)).unwrap_or(range.start)
}

/// The value behind an equals sign, up to the next separator.
fn value(text: &str, start: usize, separator: char) -> Range<usize> {
    let from = start + text[start..].len() - text[start..].trim_start().len();
    let quoted = ["\"\"", "''", "{}"].iter().find_map(|pair| {
        let (open, close) = pair.split_at(1);
        let inside = text[from..].strip_prefix(open).filter(|_| separator == ';')?;
        inside.find(close).map(|found| from + 1 + found + 1)
    });
    let from = quoted.unwrap_or(from);
    // A form that stands in the code of another program ends with its quote. One key alone may stand in a sentence.
    let is_form = separator == '&' && text.contains('&');
    let ends = |c: char| c == separator || is_form && c == '"';
    let end = text[from..].find(ends).map_or(text.len(), |found| found + from);
    start..end
}

fn unquoted(text: &str, range: Range<usize>) -> Range<usize> {
    let inner = &text[range.clone()];
    let is_quoted = |open: char, close: char| inner.len() >= 2 && inner.starts_with(open) && inner.ends_with(close);
    let quoted = [('"', '"'), ('\'', '\''), ('{', '}')].iter().any(|(open, close)| is_quoted(*open, *close));
    let quoted = quoted && !is_format_hole(inner);
    if quoted { range.start + 1..range.end - 1 } else { range }
}

fn field(text: &Template, pair: Pair, is_form: bool) -> Field {
    let key = text.text.text[pair.key.clone()].to_owned();
    let parts = split_holes(&text.text.text[pair.value.clone()], &text.holes);
    let value = match &parts[..] {
        [Part::Text(text)] if is_format_hole(text) => Value::Dynamic { name: None },
        [Part::Text(text)] if is_form && text.contains(['%', '+']) => Value::Text(vec![Part::Text(decoded(text))]),
        _ => Value::of_parts(parts),
    };
    Field { key, value, key_span: text.span(pair.key), span: text.span(pair.value) }
}

/// Whether a text is what a format fills in later: `{}`, `{0}`, `%s`.
fn is_format_hole(text: &str) -> bool {
    let inside = text.strip_prefix('{').and_then(|rest| rest.strip_suffix('}'));
    text == "%s" || inside.is_some_and(|inside| inside.bytes().all(|byte| byte.is_ascii_digit()))
}

/// The text of a value in a form. A `%` before anything else than two digits is itself.
fn decoded(text: &str) -> String {
    let text = text.replace('+', " ");
    percent_encoding::percent_decode_str(&text).decode_utf8_lossy().into_owned()
}

impl Around {
    /// A record that stands here, without anything in it.
    pub(crate) fn record(self) -> Record {
        Record {
            kind: RecordKind::Mapping,
            path: String::new(),
            fields: Vec::new(),
            span: Span::default(),
            statement: self.statement,
            function: self.function,
            addresses: Vec::new(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn shown(text: &str) -> Vec<(String, String)> {
        let shown = |field: Field| {
            let value = field.value.text().unwrap_or_else(|| "?".into());
            assert_eq!(text.get(field.key_span.start..field.key_span.end), Some(field.key.as_str()));
            (field.key, value)
        };
        fields(&Template::verbatim(text, 0)).into_iter().map(shown).collect()
    }

    #[test]
    fn forms_connection_strings_and_queries_are_records() {
        for (text, expected) in [
            ("grant_type=password&scope=a%20b+c", &[("grant_type", "password"), ("scope", "a b c")][..]),
            ("a=1\n &b=2", &[("a", "1"), ("b", "2")]),
            ("https://x.example/path?a=1&b=c=d", &[("a", "1"), ("b", "c=d")]),
            (
                "Server=tcp:h,1433;User ID = u; Password='p;q';",
                &[("Server", "tcp:h,1433"), ("User ID", "u"), ("Password", "p;q")],
            ),
            ("jdbc:x://h:1433;user=u;url=a&b", &[("user", "u"), ("url", "a&b")]),
            ("Driver={A B};x=;y=1", &[("Driver", "A B"), ("x", ""), ("y", "1")]),
            ("a={0};b={};c=%s;d={e}", &[("a", "?"), ("b", "?"), ("c", "?"), ("d", "e")]),
            ("a={0}&b=%s", &[("a", "?"), ("b", "?")]),
            ("only=one", &[("only", "one")]),
            ("a = b == c", &[("a", "b == c")]),
            ("no pairs here", &[]),
            ("é=1&ü=2\nHTTP", &[("é", "1"), ("ü", "2")]),
            ("„a=1“ oder „b=2“", &[]),
            ("say \"a=b\" to it", &[("a", "b\" to it")]),
            ("@(\"a=1&b=2\")", &[("a", "1"), ("b", "2")]),
        ] {
            let expected: Vec<(String, String)> =
                expected.iter().map(|(k, v)| (k.to_string(), v.to_string())).collect();
            assert_eq!(shown(text), expected, "{text}");
        }
    }
}
