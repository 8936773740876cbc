//! Records: tables with what is added to them later, texts of keys and values, variables of the environment, versions.
//!
//! [`walk`] goes through a script once. What is built in pieces ([`grown`]) is kept until the variable gets another value:
//! tables and objects ([`table`]), texts ([`string`]), and the environment of the process ([`environment`]).

mod assign;
mod environment;
mod grown;
mod string;
mod table;
pub(super) mod versions;
mod walk;

use std::collections::BTreeMap;

use super::names::Names;
use super::syntax::PsStatement;
use super::value::Values;
use crate::guest::Reading;
use crate::program::module::{Module, ScopeId};
use crate::record::{self, Around};
use crate::text::template::Template;
use crate::{Record, Span};
use environment::Environment;
use grown::Grown;
use table::TableEntry;

/// A script with more records than this is data.
const MOST_RECORDS: usize = 10_000;
/// Further fields of a record are left out.
const MOST_FIELDS: usize = 500;
/// So many entries and words of lists are copied to where they are used, in one script.
const MOST_COPIES: usize = 20_000;

/// All records of a script of which `reading` wants any key or value.
pub(super) fn records<'a, 's>(
    statements: &'s [PsStatement],
    names: &'a Names<'a, 's>,
    text: &'a Template,
    reading: &'a Reading<'a>,
) -> Vec<Record> {
    let all = text.span(0..text.text.text.len());
    let mut recorder = Recorder {
        values: Values::new(names, text),
        names,
        reading,
        records: Vec::new(),
        place: Module::FILE,
        around: Around { statement: all, function: all },
        path: String::new(),
        tables: BTreeMap::new(),
        texts: BTreeMap::new(),
        environment: Environment::default(),
        copies: 0,
    };
    recorder.statements(statements);
    recorder.finish();
    recorder.records
}

/// Collects the records of a script.
struct Recorder<'a, 's> {
    values: Values<'a, 's>,
    names: &'a Names<'a, 's>,
    reading: &'a Reading<'a>,
    records: Vec<Record>,
    /// Where the walk is.
    place: ScopeId,
    around: Around,
    /// The keys that lead to the value that is read.
    path: String,
    /// Tables that may still grow, by the function and the variable that holds them.
    tables: BTreeMap<(ScopeId, String), Vec<Grown<TableEntry>>>,
    texts: BTreeMap<(ScopeId, String), Vec<Grown<Template>>>,
    environment: Environment,
    copies: usize,
}

impl<'s> Recorder<'_, 's> {
    fn span(&self, span: Span) -> Span {
        self.values.span(span)
    }

    fn push(&mut self, record: Record) {
        if self.records.len() < MOST_RECORDS && record::is_wanted(&record, self.reading) {
            self.records.push(record);
        }
    }

    /// What has not ended before the script does.
    fn finish(&mut self) {
        for table in std::mem::take(&mut self.tables).into_values().flatten() {
            self.close_table(&table);
        }
        for text in std::mem::take(&mut self.texts).into_values().flatten() {
            self.close_text(&text);
        }
        self.close_environment();
    }
}
