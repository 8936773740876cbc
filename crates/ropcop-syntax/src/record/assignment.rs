//! `NAME=value`: words of commands that set variables.

use std::ops::Range;

use crate::text::template::{Template, split_holes};
use crate::{Field, Value};

/// A record with more fields is data; what comes later is left out.
pub(crate) const MOST_FIELDS: usize = 500;

/// A key and its value, which stand in these ranges of a text.
pub(crate) fn field(text: &Template, key: Range<usize>, value: Range<usize>) -> Field {
    let written = |range: &Range<usize>| text.text.text.get(range.clone()).unwrap_or_default();
    Field {
        key: written(&key).to_owned(),
        value: Value::of_parts(split_holes(written(&value), &text.holes)),
        key_span: text.span(key),
        span: text.span(value),
    }
}

/// A key whose value comes from elsewhere by its name.
pub(crate) fn inherited(text: &Template, key: Range<usize>) -> Field {
    let value = key.end..key.end;
    let field = field(text, key, value);
    Field { value: Value::Dynamic { name: Some(field.key.clone()) }, ..field }
}

/// Whether a text is the name of a variable as processes get them: by custom, in capitals.
pub(crate) fn is_variable(name: &str) -> bool {
    let is_part = |c: char| c.is_ascii_uppercase() || c.is_ascii_digit() || c == '_';
    name.len() <= 200 && name.starts_with(|c: char| c.is_ascii_uppercase() || c == '_') && name.chars().all(is_part)
}

/// Whether a text is a name, in letters of any kind.
pub(crate) fn is_name(name: &str) -> bool {
    let is_part = |c: char| c.is_ascii_alphanumeric() || matches!(c, '_' | '-' | '.');
    name.len() <= 200 && name.starts_with(|c: char| c.is_ascii_alphabetic() || c == '_') && name.chars().all(is_part)
}

/// The assignment that a stretch of a text is, if its name is one that `is_key` takes.
pub(crate) fn assignment(text: &Template, range: Range<usize>, is_key: impl Fn(&str) -> bool) -> Option<Field> {
    let stretch = text.text.text.get(range.clone())?;
    let sign = stretch.find('=')?;
    let key = range.start..range.start + sign;
    is_key(&stretch[..sign]).then(|| field(text, key, range.start + sign + 1..range.end))
}

/// A stretch without the quotes around it.
pub(crate) fn unquoted(text: &str, range: Range<usize>) -> Range<usize> {
    let inner = &text[range.clone()];
    let is_quoted = |quote: char| inner.len() >= 2 && inner.starts_with(quote) && inner.ends_with(quote);
    if is_quoted('"') || is_quoted('\'') { range.start + 1..range.end - 1 } else { range }
}
