//! Records in batch files: variables that are set, and texts in the words of commands.

use std::ops::Range;

use crate::record::assignment::{self, MOST_FIELDS};
use crate::record::{self, Around, is_wanted, lines, text};
use crate::text::template::Template;
use crate::{Certainty, Field, RecordKind, Span};

use super::BatchReader;
use super::lexer::Unit;

/// What a script sets.
#[derive(Default)]
pub(super) struct Set {
    /// For itself and what it starts.
    variables: Vec<Field>,
    /// In files that others read.
    written: Vec<Field>,
}

impl BatchReader<'_, '_> {
    fn around(&self, statement: Range<usize>) -> Around {
        let code = self.lexer.code;
        Around { statement: code.span(statement), function: code.span(0..code.text.text.len()) }
    }

    /// `set NAME=value`; `units` are all of it.
    pub(super) fn note_set(&mut self, units: &[Unit], statement: Range<usize>) {
        let assignment = self.lexer.template(units);
        let Some(sign) = assignment.text.text.find('=') else { return };
        let key = assignment.text.text[..sign].trim_end().len();
        self.note(assignment::field(&assignment, 0..key, sign + 1..assignment.text.text.len()));
        let value = self.lexer.template(units.iter().position(|unit| unit.is('=')).map_or(&[], |at| &units[at + 1..]));
        self.facts.records.extend(text::wanted(&value, self.around(statement), self.reading));
    }

    /// `setx NAME value`.
    pub(super) fn note_setx(&mut self, words: &[Template]) {
        if let [name, value, ..] = words
            && assignment::is_name(&name.text.text)
        {
            let mut whole = name.clone();
            let end = whole.text.text.len();
            whole.append(value);
            let length = whole.text.text.len();
            self.note(assignment::field(&whole, 0..end, end..length));
        }
    }

    /// The system compares names without case.
    fn note(&mut self, field: Field) {
        let variables = &mut self.set.variables;
        if variables.len() < MOST_FIELDS && !field.key.is_empty() {
            variables.push(Field { key: field.key.to_uppercase(), ..field });
        }
    }

    /// A line that is written to a file.
    pub(super) fn note_line(&mut self, line: &Template, statement: Range<usize>) {
        if let Some(fields) = lines::only(line).filter(|fields| !fields.is_empty()) {
            if self.set.written.len() < MOST_FIELDS {
                self.set.written.extend(fields);
            }
            return;
        }
        self.facts.records.extend(text::wanted(line, self.around(statement), self.reading));
    }

    /// What the words of a command hold.
    pub(super) fn note_words(&mut self, mut words: Vec<Template>, statement: Range<usize>) {
        if !words.iter().any(|word| word.text.text.contains('=')) {
            return;
        }
        let around = self.around(statement);
        let variables = record::command::variables(&words);
        for (index, _) in &variables {
            if !words[*index].text.text.contains(';') {
                words[*index] = Template::default();
            }
        }
        let variables = variables.into_iter().map(|(_, field)| field).collect();
        let variables = record::command::record(variables, around, RecordKind::Environment);
        self.facts.records.extend(variables.filter(|record| is_wanted(record, self.reading)));
        self.facts.records.extend(record::command::texts(&words, around, self.reading));
    }

    /// The records of the whole script. A text that nobody is seen to run has none.
    pub(super) fn end_records(&mut self) {
        if self.certainty == Certainty::Stored {
            return self.facts.records.clear();
        }
        let set = std::mem::take(&mut self.set);
        for fields in [set.variables, set.written] {
            let places = fields.iter().map(|field| field.key_span.to(field.span));
            let Some(statement) = places.reduce(Span::to) else { continue };
            let around = Around { statement, ..self.around(0..0) };
            let record = record::command::record(fields, around, RecordKind::Environment);
            self.facts.records.extend(record.filter(|record| is_wanted(record, self.reading)));
        }
    }
}
