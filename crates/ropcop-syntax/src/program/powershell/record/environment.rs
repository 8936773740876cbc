//! Variables of the environment: all that a script sets, those of each function with those of what is around it.

use std::collections::BTreeMap;

use super::super::names::VariableValue;
use super::super::parameter::Parameters;
use super::super::syntax::{Assignment, CommandLine, Link, PsExpr, PsExprKind, PsStatement, PsVariable};
use super::grown::Grown;
use super::table::extent;
use super::{MOST_FIELDS, Recorder};
use crate::program::module::ScopeId;
use crate::record::Around;
use crate::{Field, Record, RecordKind, Span, Value};

/// Further functions that set variables are left out.
const MOST_FRAMES: usize = 200;

/// What is set, function by function.
#[derive(Debug, Default)]
pub(super) struct Environment {
    frames: BTreeMap<ScopeId, Grown<Field>>,
}

impl<'s> Recorder<'_, 's> {
    /// `$env:NAME = value`
    pub(super) fn set_variable(&mut self, target: &PsExpr, name: &PsVariable, how: Assignment, value: &'s PsStatement) {
        let written = self.values.written(target.span);
        let end = target.span.end - usize::from(written.ends_with('}'));
        let key_span = self.span(Span::new(end.saturating_sub(name.name.len()), end));
        let (value, span) = match how {
            Assignment::Set => self.value_of(VariableValue::of(value)),
            // Something is put behind what was there.
            _ => (Value::Dynamic { name: Some(name.name.clone()) }, self.span(value.span)),
        };
        self.variable(&name.name, value, key_span, span);
    }

    fn variable(&mut self, name: &str, value: Value, key_span: Span, span: Span) {
        let frame = self.names.resolver.frame(self.place);
        let frames = &mut self.environment.frames;
        if value == Value::Null || frames.len() >= MOST_FRAMES && !frames.contains_key(&frame) {
            return;
        }
        let around = self.around;
        let variables = frames.entry(frame).or_insert_with(|| Grown { place: frame, around, pieces: Vec::new() });
        let key = name.to_uppercase();
        let is_empty = matches!(&value, Value::Text(parts) if parts.is_empty());
        // What is emptied in the end was set before.
        let tidies = is_empty && variables.pieces.iter().any(|(_, field)| field.key == key);
        if variables.pieces.len() < MOST_FIELDS && !tidies {
            variables.pieces.push((self.place, Field { key, value, key_span, span }));
        }
    }

    /// `Set-Item env:NAME value`
    pub(super) fn set_item(&mut self, base: &str, command: &'s CommandLine) {
        let order: &[&str] = match base {
            "set-item" | "si" | "set-content" | "sc" => &["path", "value"],
            "new-item" | "ni" => &["path"],
            _ => return,
        };
        let parameters = Parameters::of(&command.words[1..], order);
        let Some(path) = parameters.get("path").or(parameters.get("literalpath")) else { return };
        let Some(value) = parameters.get("value") else { return };
        let Some((written, path_span)) = self.key(path) else { return };
        let Some(name) = written.get(..4).filter(|drive| drive.eq_ignore_ascii_case("env:")).map(|_| &written[4..])
        else {
            return;
        };
        let name = name.trim_start_matches(['\\', '/']);
        let (value, span) = self.value(value);
        if !name.is_empty() {
            let key_span = Span::new(path_span.end.saturating_sub(name.len()).max(path_span.start), path_span.end);
            return self.variable(name, value, key_span, span);
        }
        if let Some((name, key_span)) = parameters.get("name").and_then(|name| self.key(name)) {
            self.variable(&name, value, key_span, span);
        }
    }

    /// `[Environment]::SetEnvironmentVariable('NAME', value)`
    pub(super) fn static_method(&mut self, head: &PsExpr, links: &'s [Link]) {
        let (PsExprKind::Type(class), [Link::Member { name: method, .. }, Link::Call { args, .. }, ..]) =
            (&head.kind, links)
        else {
            return;
        };
        let is_wanted = method.eq_ignore_ascii_case("SetEnvironmentVariable")
            && ["environment", "system.environment"].iter().any(|known| class.eq_ignore_ascii_case(known));
        if let ([key, value, ..], true) = (&args[..], is_wanted)
            && let Some((name, key_span)) = self.key(key)
        {
            let (value, span) = self.value(value);
            self.variable(&name, value, key_span, span);
        }
    }

    /// One record for each function that sets variables, or one for the script if no function does.
    pub(super) fn close_environment(&mut self) {
        let frames = std::mem::take(&mut self.environment).frames;
        for (frame, variables) in &frames {
            let is_inner =
                |other: &ScopeId| other != frame && self.names.resolver.outwards(*other).any(|at| at == *frame);
            if frames.keys().any(is_inner) {
                continue;
            }
            let mut outer: Vec<ScopeId> =
                self.names.resolver.outwards(*frame).filter(|at| frames.contains_key(at)).collect();
            outer.reverse();
            let pieces = outer.iter().filter_map(|at| frames.get(at)).flat_map(|grown| grown.pieces.iter().cloned());
            let whole = Grown { pieces: pieces.take(MOST_FIELDS).collect(), ..variables.clone() };
            for case in whole.cases(self.names, |field| Some(field.key.clone())) {
                let fields: Vec<Field> = case.into_iter().cloned().collect();
                let span = extent(&fields);
                let around = Around { statement: span, ..whole.around };
                self.push(Record { kind: RecordKind::Environment, fields, span, ..around.record() });
            }
        }
    }
}
