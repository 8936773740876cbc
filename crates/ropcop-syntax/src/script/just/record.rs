//! Records in justfiles: the variables that recipes get in their environment, and texts in variables.

use std::ops::Range;

use crate::guest::Reading;
use crate::record::assignment::{self, MOST_FIELDS};
use crate::record::{self, Around, is_wanted, text};
use crate::text::template::Template;
use crate::{Field, Record, RecordKind, Span, Value};

/// The assignments of a file.
#[derive(Default)]
pub(super) struct JustExports {
    fields: Vec<(Field, bool)>,
    /// `set export`.
    all: bool,
    texts: Vec<Record>,
}

impl JustExports {
    /// `NAME := "value"`, `export NAME := "value"`, `set export := true`.
    pub(super) fn line(&mut self, file: &str, range: Range<usize>, reading: &Reading<'_>) {
        let line = &file[range.clone()];
        let Some((before, value)) = line.split_once(":=") else { return };
        let mut words = before.split_whitespace();
        let (first, second) = (words.next().unwrap_or_default(), words.next());
        if (first, second) == ("set", Some("export")) {
            self.all |= value.trim() != "false";
            return;
        }
        let (name, exported) = match second {
            Some(name) if first == "export" => (name, true),
            None => (first, false),
            Some(_) => return,
        };
        if !assignment::is_name(name) || self.fields.len() >= MOST_FIELDS {
            return;
        }
        let start = range.start + line.find(name).unwrap_or_default();
        let key_span = Span::new(start, start + name.len());
        let (value, span) = literal(value, range.end - value.len());
        if let Value::Text(_) = &value {
            let around = Around { statement: Span::new(range.start, range.end), function: Span::new(0, file.len()) };
            self.texts.extend(text::wanted(
                &Template::verbatim(&file[span.start..span.end], span.start),
                around,
                reading,
            ));
        }
        self.fields.push((Field { key: name.to_owned(), value, key_span, span }, exported));
    }

    pub(super) fn finish(self, file: &str, reading: &Reading<'_>) -> Vec<Record> {
        let exported = self.fields.into_iter().filter(|(_, exported)| self.all || *exported);
        let fields: Vec<Field> = exported.map(|(field, _)| field).collect();
        let function = Span::new(0, file.len());
        let statement = fields.iter().map(|field| field.key_span.to(field.span)).reduce(Span::to).unwrap_or(function);
        let record = record::command::record(fields, Around { statement, function }, RecordKind::Environment);
        self.texts.into_iter().chain(record.filter(|record| is_wanted(record, reading))).collect()
    }
}

/// A value: a string that stands alone, or anything else.
fn literal(value: &str, at: usize) -> (Value, Span) {
    let trimmed = value.trim();
    let start = at + (value.len() - value.trim_start().len());
    let inner = ['"', '\''].iter().find_map(|quote| {
        let inner = trimmed.strip_prefix(*quote)?.strip_suffix(*quote)?;
        (!inner.contains(*quote)).then_some(inner)
    });
    match inner {
        Some(inner) => {
            let parts = Template::verbatim(inner, start + 1).parts();
            (Value::of_parts(parts), Span::new(start + 1, start + 1 + inner.len()))
        }
        None => {
            let name = crate::text::name::last_name(trimmed);
            (Value::Dynamic { name }, Span::new(start, start + trimmed.len()))
        }
    }
}
