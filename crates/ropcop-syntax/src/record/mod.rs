//! Records: keys and values that belong together, wherever they stand.
//!
//! What is the same for all languages and hosts is here: [`text`] reads those that are written in one text. Which
//! mappings, variables and versions a file holds is the business of its own reader.

pub(crate) mod assignment;
pub(crate) mod command;
pub(crate) mod found;
pub(crate) mod image;
pub(crate) mod logging;
pub(crate) mod text;
pub(crate) mod versions;

use crate::guest::Reading;
use crate::{Field, Part, Record, Span, Value};

/// Where a record stands, for evidence near by.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Around {
    /// The statement, command or mapping.
    pub(crate) statement: Span,
    /// The innermost function, job, service or request, or the whole file.
    pub(crate) function: Span,
}

/// Names, in lower case and without marks between words, of texts that people read: what stands in them is an example.
const FOR_PEOPLE: [&str; 19] = [
    "comment",
    "deprecationmessage",
    "desc",
    "describe",
    "description",
    "doc",
    "documentation",
    "epilog",
    "example",
    "examples",
    "help",
    "helpmessage",
    "helptext",
    "hint",
    "markdowndescription",
    "placeholder",
    "remarks",
    "summary",
    "usage",
];

/// Whether a text that goes by this name is read by people, and not by a program.
pub(crate) fn is_for_people(name: &str) -> bool {
    name.len() < 40 && FOR_PEOPLE.contains(&name.replace(['_', '-', '$'], "").to_ascii_lowercase().as_str())
}

/// From the first key to the last value. A value that is written somewhere else is no part of it.
pub(crate) fn extent(fields: &[Field]) -> Span {
    let written = |field: &Field| match field.span.start < field.key_span.start {
        true => field.key_span,
        false => field.key_span.to(field.span),
    };
    fields.iter().map(written).reduce(Span::to).unwrap_or_default()
}

/// Whether any key or value of a record matters to anybody.
pub(crate) fn is_wanted(record: &Record, reading: &Reading<'_>) -> bool {
    let wants_key = |key: &str| match record.path.as_str() {
        "" => reading.wants(key),
        path => reading.wants(&format!("{path}.{key}")),
    };
    record
        .fields
        .iter()
        .any(|field| wants_key(&field.key) || known_text(&field.value).is_some_and(|text| reading.wants(&text)))
}

/// The text of a value without what is not known of it.
fn known_text(value: &Value) -> Option<String> {
    match value {
        Value::Text(parts) => Some(parts.iter().filter_map(Part::text).collect()),
        _ => None,
    }
}
