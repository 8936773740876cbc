//! Lists of packages and the versions to which they are held: `requirements.txt`, `.tool-versions`.

use std::ops::Range;

use crate::guest::Reading;
use crate::record::found::Found;
use crate::record::requirement;
use crate::{Facts, Field, Part, RecordKind, Source, Span, Value};

/// Reads a file.
pub(crate) fn facts(source: &Source, reading: &Reading<'_>) -> Facts {
    let mut found = Found::new(&source.text, reading);
    let by_name = source.path.ends_with(".tool-versions");
    let mut fields = Vec::new();
    let mut at = 0;
    for line in source.text.split_inclusive('\n') {
        let field = if by_name { tool(line, at) } else { requirement(line, at) };
        fields.extend(field);
        at += line.len();
    }
    let around = found.whole;
    found.add(RecordKind::Versions, "", fields, around);
    found.finish()
}

/// The package in a requirement that stands at `at`, if it has an upper end.
pub(crate) fn requirement(text: &str, at: usize) -> Option<Field> {
    let requirement::HeldPackage { name, bound } = requirement::requirement(text)?;
    Some(field(text, name, bound.version, at))
}

/// A tool in a line of `.tool-versions`: `name 1.2.3`.
fn tool(line: &str, at: usize) -> Option<Field> {
    let line = line.split('#').next()?.trim_end();
    let start = line.len() - line.trim_start().len();
    let end = start + line[start..].find([' ', '\t'])?;
    // Of several versions, the first is used.
    let version = end + line[end..].len() - line[end..].trim_start().len();
    let word = line[version..].split([' ', '\t']).next()?;
    let found = requirement::alone(word)?;
    Some(field(line, start..end, version + found.start..version + found.end, at))
}

/// A package that is held to a version in a table: `name = "==1.2.3"`. A version alone is that version.
pub(crate) fn held(key: (&str, Span), specifier: &str, at: usize) -> Option<Field> {
    let bound = requirement::bound(specifier, 0).map(|bound| bound.version);
    let version = bound.or_else(|| requirement::alone(specifier))?;
    Some(Field { key: key.0.to_owned(), key_span: key.1, ..field(specifier, 0..0, version, at) })
}

fn field(text: &str, key: Range<usize>, version: Range<usize>, at: usize) -> Field {
    let value = Value::Text(vec![Part::Text(text[version.clone()].to_owned())]);
    let span = |range: Range<usize>| Span::new(at + range.start, at + range.end);
    Field { key: text[key.clone()].to_lowercase(), value, key_span: span(key), span: span(version) }
}
