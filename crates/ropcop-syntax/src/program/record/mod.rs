//! Records in programs: literals with what is added to them later, texts, and variables of the environment.

mod addition;
mod branch;
mod class;
mod entry;
mod environment;
mod key;
mod literal;
mod mapping;
mod pair;
mod reader;
mod shown;
mod text;

use std::collections::HashSet;

use crate::Record;
use crate::guest::Reading;
use crate::program::module::ExprId;
use crate::program::resolve::Resolver;

use addition::Additions;
use environment::Handed;

pub(in crate::program) use entry::{EntryValue, KeyEntry};
pub(in crate::program) use reader::EntryReader;

/// A file with more fields than this is data: the others are left out.
const MOST_FIELDS: usize = 50_000;

/// All records of a program of which `reading` wants any key or value. Texts that are `code` of another language are left
/// to its reader.
pub(crate) fn records(
    resolver: &Resolver<'_>,
    text: &str,
    code: &HashSet<ExprId>,
    reading: &Reading<'_>,
) -> Vec<Record> {
    let reader = EntryReader::new(resolver, text, reading);
    let handed = Handed::of(&reader);
    let mut additions = Additions::of(&reader, &handed);
    let mut found = text::records(&reader, &handed, &additions, code);
    found.extend(environment::records(&reader, &additions.variables));
    found.extend(class::records(&reader));
    found.extend(mapping::records(&reader, &handed, &mut additions));
    found.sort_by_key(|record| (record.span, record.kind));
    found.dedup_by(|a, b| a.kind == b.kind && a.fields == b.fields);
    let mut left = MOST_FIELDS;
    found.retain(|record| match left.checked_sub(record.fields.len()) {
        Some(rest) => {
            left = rest;
            true
        }
        None => false,
    });
    found
}
