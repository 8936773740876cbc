//! The records of one file, as its reader finds them.

use super::assignment::MOST_FIELDS;
use super::{Around, is_wanted, text};
use crate::guest::Guest;
use crate::guest::Reading;
use crate::text::punch;
use crate::text::template::Template;
use crate::vocabulary::people;
use crate::{Certainty, Facts, Field, Language, Record, RecordKind, Span, Value};

/// More records than people write in one file: the others are left out.
const MOST_RECORDS: usize = 5_000;

/// A longer path is no path that anybody looks for, in bytes.
const LONGEST_PATH: usize = 1_000;

/// Collects records of which `reading` wants any key or value.
pub(crate) struct Found<'k> {
    reading: &'k Reading<'k>,
    /// The whole file.
    pub(crate) whole: Around,
    /// What is collected.
    pub(crate) facts: Facts,
}

impl<'k> Found<'k> {
    pub(crate) fn new(source: &str, reading: &'k Reading<'k>) -> Self {
        let all = Span::new(0, source.len());
        Self { reading, whole: Around { statement: all, function: all }, facts: Facts::default() }
    }

    /// Adds keys and values that belong together.
    pub(crate) fn add(&mut self, kind: RecordKind, path: &str, fields: Vec<Field>, around: Around) {
        let (Some(first), Some(last)) = (fields.first(), fields.last()) else { return };
        if path.len() > LONGEST_PATH || self.facts.records.len() >= MOST_RECORDS {
            return;
        }
        let span = first.key_span.to(last.span);
        let mut record = Record { kind, path: path.to_owned(), fields, span, ..around.record() };
        if record.fields.len() > MOST_FIELDS {
            record.fields = self.wanted(&record);
        }
        if is_wanted(&record, self.reading) {
            self.facts.records.push(record);
        }
    }

    /// The fields that matter to somebody, of a record that is longer than people write.
    fn wanted(&self, record: &Record) -> Vec<Field> {
        let mut single = Record { path: record.path.clone(), fields: Vec::new(), addresses: Vec::new(), ..*record };
        let wanted = record.fields.iter().filter(|field| {
            single.fields = vec![Field::clone(field)];
            is_wanted(&single, self.reading)
        });
        wanted.take(MOST_FIELDS).cloned().collect()
    }

    /// Adds what a text is a record of, if it is one.
    pub(crate) fn text(&mut self, text: &Template, around: Around) {
        if self.facts.records.len() < MOST_RECORDS {
            self.facts.records.extend(text::wanted(text, around, self.reading));
        }
    }

    /// Adds the records of a text that is written as JSON.
    pub(crate) fn json(&mut self, code: &Template, around: Around) {
        let guest = Guest { language: Language::Json, code: code.clone(), certainty: Certainty::Likely };
        let left = MOST_RECORDS.saturating_sub(self.facts.records.len());
        let facts = self.reading.guest(&guest);
        self.facts.guests.extend(facts.guests);
        let records = facts.records.into_iter().take(left);
        self.facts.records.extend(records.map(|record| Record { function: around.function, ..record }));
    }

    /// A field whose value is a text with holes, which is offered as a record of its own.
    pub(crate) fn field(&mut self, key: (&str, Span), value: &Template, span: Span, around: Around) -> Field {
        let value = punch::filled(value);
        if !people::is_document(key.0) {
            self.text(&value, around);
        }
        Field { key: key.0.to_owned(), value: Value::of_parts(value.parts()), key_span: key.1, span }
    }

    /// The facts, in the order of the file.
    pub(crate) fn finish(mut self) -> Facts {
        self.facts.settle();
        self.facts
    }
}
