//! Records: keys and values that belong together, wherever they stand.
//!
//! What is the same for all languages and hosts is here: [`text`] reads those that are written in one text. Which
//! mappings, variables and versions a file holds is the business of its own reader.

pub(crate) mod address;
pub(crate) mod assignment;
pub(crate) mod command;
pub(crate) mod found;
pub(crate) mod image;
pub(crate) mod lines;
pub(crate) mod logging;
pub(crate) mod requirement;
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

/// The stretch from the first of fields to the last, wherever they stand; none without any.
pub(crate) fn span_of(fields: &[Field]) -> Option<Span> {
    fields.iter().map(|field| field.key_span.to(field.span)).reduce(Span::to)
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
