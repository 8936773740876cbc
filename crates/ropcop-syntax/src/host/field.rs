//! Keys and values of a document as fields of records.

use crate::document::{Content, Entry, Node};
use crate::text::template::Template;
use crate::{Field, Part, Span, Value};

use crate::text::placeholder::Mark;
use crate::text::punch::{self, filled};

/// The field that an entry with one text is; a list of one text counts as the text.
pub(super) fn field(entry: &Entry, marks: &[Mark]) -> Option<Field> {
    let node = single(&entry.value)?;
    let value = value(node.scalar()?, marks);
    Some(Field { key: entry.key.trim().to_owned(), value, key_span: key_span(entry), span: value_span(node) })
}

/// The scalar that a value is, or the only one in a list.
pub(super) fn single(node: &Node) -> Option<&Node> {
    match &node.content {
        Content::Scalar(_) => Some(node),
        Content::List(items) => match &items[..] {
            [item] if item.scalar().is_some() => Some(item),
            _ => None,
        },
        Content::Map(_) => None,
    }
}

/// A field whose key and value are two values of a document.
pub(super) fn of_pair(key: &Node, node: &Node, marks: &[Mark]) -> Option<Field> {
    let name = key.text()?.trim().to_owned();
    let value = node.scalar().map_or(Value::Dynamic { name: Some(name.clone()) }, |text| value(text, marks));
    Some(Field { key: name, value, key_span: value_span(key), span: value_span(node) })
}

/// The field in the text `key=value`, with each in its range.
pub(super) fn of_ranges(
    text: &Template,
    key: std::ops::Range<usize>,
    inside: std::ops::Range<usize>,
    marks: &[Mark],
) -> Field {
    let part = text.part(inside.clone());
    Field {
        key: text.text.text[key.clone()].to_owned(),
        value: value(&part, marks),
        key_span: text.span(key),
        span: text.span(inside),
    }
}

/// The text of a value with what its host and its reader fill in as holes.
pub(super) fn punched(text: &Template, marks: &[Mark]) -> Template {
    punch::punched(&filled(&punch::punched(text, marks)), &[Mark::Capitals])
}

/// What is known of a value.
pub(super) fn value(text: &Template, marks: &[Mark]) -> Value {
    match punched(text, marks) {
        text if text.holes.is_empty() && text.text.text.is_empty() => Value::Text(Vec::new()),
        text => Value::of_parts(text.parts().into_iter().filter(|part| *part != Part::Text(String::new())).collect()),
    }
}

/// The key as written, quotes left out.
pub(super) fn key_span(entry: &Entry) -> Span {
    let span = entry.key_span;
    let is_quoted = span.end - span.start >= entry.key.len() + 2;
    if is_quoted { Span::new(span.start + 1, span.end - 1) } else { span }
}

/// The value as written, quotes left out.
pub(super) fn value_span(node: &Node) -> Span {
    let is_empty = node.scalar().is_some_and(|text| text.text.text.is_empty());
    match node.span_inside() {
        // Two quotes with nothing between them.
        span if is_empty && span.end - span.start == 2 => Span::new(span.start + 1, span.start + 1),
        span => span,
    }
}
