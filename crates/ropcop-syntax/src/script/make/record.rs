//! Records in makefiles: what is exported to the recipes, and texts in variables.

use std::collections::{HashMap, HashSet};
use std::ops::Range;

use crate::guest::Reading;
use crate::record::assignment::{self, MOST_FIELDS};
use crate::record::{self, Around, is_wanted, text};
use crate::text::template::Template;
use crate::{Field, Record, RecordKind, Span, Value};

use super::line::Statement;
use super::reference::{self, Brackets, DollarReference};

/// The records of a makefile; those of its recipes are found with their commands.
pub(super) fn records(text: &str, statements: &[Statement], reading: &Reading<'_>) -> Vec<Record> {
    let function = Span::new(0, text.len());
    let mut found = Vec::new();
    let mut assigned: Vec<(Field, bool)> = Vec::new();
    let mut exports = MakeExports::default();
    for statement in statements {
        match statement {
            Statement::Assign { key, value, operator, exported, .. } => {
                let whole = written(text, value.clone());
                let statement = Span::new(key.start, value.end);
                found.extend(text::wanted(&whole, Around { statement, function }, reading));
                let is_output = *operator == "!=";
                if assigned.len() < MOST_FIELDS * 20 {
                    assigned.push((field(text, key.clone(), &whole, value, is_output), *exported));
                }
            }
            Statement::Other(range) => exports.read(text, range.clone()),
            _ => {}
        }
    }
    let (last, names): (HashMap<String, usize>, HashSet<String>) = {
        let last = assigned.iter().enumerate().map(|(index, (field, _))| (field.key.clone(), index));
        (last.collect(), exports.names.iter().map(|field| field.key.clone()).collect())
    };
    let is_exported = |field: &Field, exported: bool| {
        !exports.not.contains(&field.key) && (exported || exports.all || names.contains(&field.key))
    };
    let mut fields: Vec<Field> = assigned
        .into_iter()
        .filter(|(field, exported)| is_exported(field, *exported))
        .map(|(field, _)| field)
        .collect();
    fields.extend(exports.names.into_iter().filter(|field| !last.contains_key(&field.key)));
    fields.sort_by_key(|field| field.key_span);
    let statement = fields.iter().map(|field| field.key_span.to(field.span)).reduce(Span::to).unwrap_or(function);
    let exported = record::command::record(fields, Around { statement, function }, RecordKind::Environment);
    found.extend(exported.filter(|record| is_wanted(record, reading)));
    found
}

/// What lines without a value say about exports.
#[derive(Default)]
struct MakeExports {
    names: Vec<Field>,
    not: HashSet<String>,
    all: bool,
}

impl MakeExports {
    fn read(&mut self, text: &str, range: Range<usize>) {
        let line = &text[range.clone()];
        self.all |= line.starts_with(".EXPORT_ALL_VARIABLES");
        let mut words = line.split_whitespace();
        match words.next() {
            Some("export") if words.clone().next().is_none() => self.all = true,
            Some("export") => {
                for name in words.filter(|name| assignment::is_name(name)) {
                    // The names are parts of the line.
                    let start = range.start + (name.as_ptr().addr() - line.as_ptr().addr());
                    let name = Template::verbatim(name, start);
                    let length = name.text.text.len();
                    self.names.push(assignment::inherited(&name, 0..length));
                }
            }
            Some("unexport") => self.not.extend(words.map(str::to_owned)),
            _ => {}
        }
    }
}

fn field(text: &str, key: Range<usize>, whole: &Template, value: &Range<usize>, is_output: bool) -> Field {
    let known = if is_output { Value::Dynamic { name: None } } else { Value::of_parts(whole.parts()) };
    let key_span = Span::new(key.start, key.end);
    Field { key: text[key].to_owned(), value: known, key_span, span: Span::new(value.start, value.end) }
}

/// A value as it is written, with a hole for each reference.
fn written(text: &str, range: Range<usize>) -> Template {
    let brackets = Brackets::of(text, range.clone());
    let mut holes = Vec::new();
    let mut at = range.start;
    while let Some(offset) = text[at..range.end].find('$') {
        let sign = at + offset;
        at = sign + 1;
        let Some((reference, end)) = reference::read(text, sign, range.end, &brackets) else { continue };
        at = end;
        let name = match reference {
            DollarReference::Dollar => continue,
            DollarReference::Name(name) | DollarReference::Changed(name) => Some(name.to_owned()),
            DollarReference::Function(..) | DollarReference::Unknown(_) => None,
        };
        holes.push((sign - range.start..end - range.start, name));
    }
    Template::verbatim(&text[range.clone()], range.start).punched(&holes)
}
