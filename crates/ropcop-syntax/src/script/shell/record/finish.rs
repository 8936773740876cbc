//! The end of a script: who gets which variables.

use crate::record::{Around, command, span_of};
use crate::{Field, Record, RecordKind};

use super::{MOST, Records};

/// So many variables are handed down from the file to functions and single commands.
const MOST_INHERITED: usize = 50_000;

impl Records<'_> {
    /// All records.
    pub(in crate::script::shell) fn finish(mut self) -> Vec<Record> {
        let Some(reading) = self.reading else { return Vec::new() };
        let mut left = MOST_INHERITED;
        let mut exported: Vec<Vec<Field>> = Vec::new();
        for scope in &mut self.scopes {
            let mut fields = std::mem::take(&mut scope.exported);
            for name in std::mem::take(&mut scope.named) {
                let assigned = scope.assigned.get(&name.key).cloned();
                fields.push(assigned.unwrap_or(name));
            }
            fields.sort_by_key(|field| field.key_span);
            fields.dedup_by_key(|field| field.key_span);
            exported.push(fields);
        }
        let file = exported.first().cloned().unwrap_or_default();
        let inherit = |own: Vec<Field>, outer: &[&[Field]], left: &mut usize| {
            let more = outer.iter().map(|fields| fields.len()).sum::<usize>();
            let Some(rest) = left.checked_sub(more) else { return own };
            *left = rest;
            let own_place = |field: &&Field| !own.iter().any(|own| own.key_span == field.key_span);
            let inherited: Vec<Field> =
                outer.iter().flat_map(|fields| fields.iter()).filter(own_place).cloned().collect();
            inherited.into_iter().chain(own).collect()
        };
        let mut records = Vec::new();
        for (index, fields) in exported.iter().enumerate() {
            let function = self.scopes[index].span;
            let around = Around { statement: span_of(fields).unwrap_or(function), function };
            records.push((fields.clone(), if index == 0 { vec![] } else { vec![&file[..]] }, around));
        }
        let told = std::mem::take(&mut self.told);
        let function = self.scopes[0].span;
        records.push((told.clone(), Vec::new(), Around { statement: span_of(&told).unwrap_or(function), function }));
        for (scope, fields, statement) in std::mem::take(&mut self.own) {
            let around = Around { statement, function: self.scopes[scope].span };
            let outer = if scope == 0 { vec![&file[..]] } else { vec![&file[..], &exported[scope][..]] };
            records.push((fields, outer, around));
        }
        for (own, outer, around) in records {
            // What is inherited alone is that of the file, which has a record of its own.
            let Some(record) = command::wanted(own, around, RecordKind::Environment, reading) else { continue };
            if self.seen.insert((record.kind, record.span)) && self.found.len() < MOST {
                let fields = inherit(record.fields, &outer, &mut left);
                self.found.push(Record { fields, ..record });
            }
        }
        self.found.sort_by_key(|record| (record.span, record.kind));
        self.found
    }
}
