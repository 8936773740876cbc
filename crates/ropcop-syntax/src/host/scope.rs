//! Variables that what stands inside inherits.

use std::collections::BTreeSet;

use crate::guest::Reading;
use crate::record::{self, Around};
use crate::{Field, Record, RecordKind};

/// Variables that one mapping gives to what stands in it.
struct VariableScope {
    fields: Vec<Field>,
    around: Around,
    /// Whether any of them, or of those around, is wanted.
    is_wanted: bool,
    /// Whether a scope stands inside.
    has_inner: bool,
    /// Whether a process has these variables and no others.
    is_used: bool,
}

/// The scopes around a place, outermost first.
#[derive(Default)]
pub(super) struct Scopes {
    open: Vec<VariableScope>,
    /// Those before this one are not inherited.
    floor: usize,
}

impl Scopes {
    /// Opens a scope. `is_used` says that its mapping is a process itself.
    pub(super) fn open(&mut self, fields: Vec<Field>, around: Around, is_used: bool, reading: &Reading<'_>) {
        let outer = self.open.get_mut(self.floor..).and_then(|open| open.last_mut());
        let is_outer_wanted = outer.is_some_and(|outer| {
            outer.has_inner = true;
            outer.is_wanted
        });
        let own = environment(fields, around);
        let is_wanted = is_outer_wanted || record::is_wanted(&own, reading);
        self.open.push(VariableScope { fields: own.fields, around, is_wanted, has_inner: false, is_used });
    }

    /// A process that has no variables of its own stands here.
    pub(super) fn process(&mut self) {
        if let Some(scope) = self.open.get_mut(self.floor..).and_then(|open| open.last_mut()) {
            scope.is_used = true;
        }
    }

    /// Closes the innermost scope: all variables of its processes, if anybody wants them. `left` says how many may still
    /// be copied.
    pub(super) fn close(&mut self, left: &mut usize) -> Option<Record> {
        let scope = self.open.pop()?;
        if !scope.is_wanted || (scope.has_inner && !scope.is_used) {
            return None;
        }
        let outer = self.open.get(self.floor..).unwrap_or_default();
        let work: usize = outer.iter().map(|outer| outer.fields.len()).sum();
        let outer = if work <= *left { outer } else { &[] };
        *left -= work.min(*left);
        let mut known: BTreeSet<&str> = scope.fields.iter().map(|field| field.key.as_str()).collect();
        let mut inherited: Vec<&Field> = Vec::new();
        for outer in outer.iter().rev() {
            let new: Vec<&Field> = outer.fields.iter().filter(|field| !known.contains(field.key.as_str())).collect();
            known.extend(new.iter().map(|field| field.key.as_str()));
            inherited.splice(0..0, new);
        }
        let mut fields: Vec<Field> = inherited.into_iter().cloned().collect();
        fields.extend(scope.fields);
        Some(environment(fields, scope.around))
    }

    /// Hides the scopes around from what stands inside; gives what [`Scopes::show`] takes.
    pub(super) fn hide(&mut self) -> usize {
        std::mem::replace(&mut self.floor, self.open.len())
    }

    pub(super) fn show(&mut self, floor: usize) {
        self.floor = floor;
    }
}

/// A record of variables.
pub(super) fn environment(fields: Vec<Field>, around: Around) -> Record {
    let spans = fields.iter().flat_map(|field| [field.key_span, field.span]);
    let span = spans.reduce(|all, span| all.to(span)).unwrap_or(around.statement);
    Record { kind: RecordKind::Environment, fields, span, ..around.record() }
}
