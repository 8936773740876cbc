//! Lists of packages and the versions to which they are held: `requirements.txt`, `.tool-versions`.

use std::ops::Range;

use crate::guest::Reading;
use crate::record::found::Found;
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

/// The package in a requirement of Python that stands at `at`, if it has an upper end:
/// `name[extra]==1.2 ; marker # comment`.
pub(crate) fn requirement(text: &str, at: usize) -> Option<Field> {
    let text = text.split(" #").next()?.split(';').next()?;
    let start = text.len() - text.trim_start().len();
    let is_name = |c: char| c.is_ascii_alphanumeric() || "._-".contains(c);
    let end = start + text[start..].find(|c| !is_name(c)).unwrap_or(text.len() - start);
    if end == start || text[start..].starts_with(['.', '-']) {
        return None;
    }
    let mut rest = end + blanks(&text[end..]);
    if text[rest..].starts_with('[') {
        rest += text[rest..].find(']')? + 1;
    }
    let version = version(text, rest)?;
    Some(field(text, start..end, version, at))
}

/// A tool in a line of `.tool-versions`: `name 1.2.3`.
fn tool(line: &str, at: usize) -> Option<Field> {
    let line = line.split('#').next()?.trim_end();
    let start = line.len() - line.trim_start().len();
    let end = start + line[start..].find([' ', '\t'])?;
    let version = end + blanks(&line[end..]);
    let version = version..version + line[version..].find([' ', '\t']).unwrap_or(line.len() - version);
    is_version(&line[version.clone()]).then(|| field(line, start..end, version, at))
}

/// A package that is held to a version in a table: `name = "==1.2.3"`. A version alone is that version.
pub(crate) fn held(key: (&str, Span), specifier: &str, at: usize) -> Option<Field> {
    let start = blanks(specifier);
    let alone = start..specifier.trim_end().len();
    let version =
        version(specifier, start).or_else(|| is_version(specifier.get(alone.clone())?).then(|| alone.clone()))?;
    let value = Value::Text(vec![Part::Text(specifier[version.clone()].trim_end_matches(".*").to_owned())]);
    let span = Span::new(at + version.start, at + version.end);
    Some(Field { key: key.0.to_owned(), value, key_span: key.1, span })
}

fn field(text: &str, key: Range<usize>, version: Range<usize>, at: usize) -> Field {
    let value = Value::Text(vec![Part::Text(text[version.clone()].trim_end_matches(".*").to_owned())]);
    let span = |range: Range<usize>| Span::new(at + range.start, at + range.end);
    Field { key: text[key.clone()].to_lowercase(), value, key_span: span(key), span: span(version) }
}

/// The upper end in a list of bounds that begins at `from`: `>=1,<2`.
fn version(text: &str, from: usize) -> Option<Range<usize>> {
    let mut at = from;
    for bound in text[from..].split(',') {
        let start = at + blanks(bound) + usize::from(bound.trim_start().starts_with('('));
        at += bound.len() + 1;
        let operators = ["===", "==", "~=", "<=", "<", "~"];
        let Some(operator) = operators.iter().find(|operator| text[start..].starts_with(**operator)) else { continue };
        let start = start + operator.len();
        let start = start + blanks(&text[start..]);
        let is_part = |c: char| c.is_alphanumeric() || "._+-*!".contains(c);
        let end = start + text[start..].find(|c| !is_part(c)).unwrap_or(text.len() - start);
        if is_version(&text[start..end]) && is_bound(operator, &text[start..end]) {
            return Some(start..end);
        }
    }
    None
}

/// Whether an operator bounds a version from above near to it: `~=2.1` is met by all of `2`.
fn is_bound(operator: &str, version: &str) -> bool {
    let parts = version.trim_end_matches(".*").split('.').count();
    match operator {
        "~=" => parts > 2,
        _ if operator == "~" || version.ends_with(".*") => parts > 1,
        _ => true,
    }
}

/// Whether a text is a version and not `latest`, `*` or a branch.
fn is_version(text: &str) -> bool {
    let is_part = |c: char| c.is_alphanumeric() || "._+-*!".contains(c);
    text.starts_with(|c: char| c.is_ascii_digit()) && text.chars().all(is_part)
}

fn blanks(text: &str) -> usize {
    text.len() - text.trim_start().len()
}
