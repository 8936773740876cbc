//! Modules that are held to a version.

use super::super::names::{VariableValue, plain};
use super::super::reader::PowerShellReader;
use super::super::syntax::{Producer, PsExpr, PsExprKind, PsStatement, PsStep};
use crate::guest::Reading;
use crate::record::{self, Around};
use crate::text::template::Template;
use crate::{Field, Part, Record, RecordKind, Span, Value};

/// Whether a file lists the modules that a host installs.
pub(in super::super) fn is_list(path: &str) -> bool {
    path.rsplit(['/', '\\']).next().is_some_and(|name| name.eq_ignore_ascii_case("requirements.psd1"))
}

/// `@{ 'Module' = '1.*' }`, `@{ Module = @{ Version = '1.2' } }`
pub(in super::super) fn listed(text: &Template, reading: &Reading<'_>) -> Option<Record> {
    let statements = PowerShellReader::new(&text.text.text).statements();
    let mut tables = Vec::new();
    statements.iter().for_each(|statement| collect(statement, &mut tables));
    let span = |span: Span| text.span(span.start..span.end);
    let entry = |(key, value): &(PsExpr, PsStatement)| {
        let version = match VariableValue::of(value) {
            VariableValue::Value(PsExpr { kind: PsExprKind::Hash(inner), .. }) => {
                get(inner, &["version", "requiredversion"])
            }
            VariableValue::Value(value) => Some(value),
            VariableValue::Result(_) => None,
        };
        pair(key, version?, &span)
    };
    let fields: Vec<Field> = tables.first()?.iter().filter_map(entry).collect();
    let all = span(Span::new(0, text.text.text.len()));
    wanted(fields, &Around { statement: all, function: all }, reading)
}

/// What stands behind `#Requires` and `using module`.
pub(in super::super) fn needed(text: &Template, needs: &mut Vec<Span>, reading: &Reading<'_>) -> Vec<Record> {
    needs.sort();
    needs.dedup();
    let place = |span: Span| text.span(span.start..span.end);
    let function = place(Span::new(0, text.text.text.len()));
    let mut records = Vec::new();
    for need in needs.iter() {
        let mut reader = PowerShellReader::new(text.text.text.get(..need.end).unwrap_or_default());
        reader.at = need.start;
        let statements = reader.statements();
        let mut tables = Vec::new();
        statements.iter().for_each(|statement| collect(statement, &mut tables));
        let around = Around { statement: place(*need), function };
        let found = tables.into_iter().filter_map(|entries| module(entries, &around, &place));
        records.extend(found.filter(|record| record::is_wanted(record, reading)));
    }
    records
}

/// The tables of a statement that are words, values, or items of a list.
fn collect<'e>(statement: &'e PsStatement, tables: &mut Vec<&'e [(PsExpr, PsStatement)]>) {
    let PsStep::Pipeline(elements) = &statement.step else { return };
    for element in elements {
        let values = match &element.source {
            Producer::Value(value) => std::slice::from_ref(value),
            Producer::Command(command) => &command.words[..],
        };
        for value in values {
            match &value.kind {
                PsExprKind::Hash(entries) => tables.push(entries),
                PsExprKind::List(items) => tables.extend(items.iter().filter_map(|item| match &item.kind {
                    PsExprKind::Hash(entries) => Some(&entries[..]),
                    _ => None,
                })),
                PsExprKind::Array(statements) => statements.iter().for_each(|statement| collect(statement, tables)),
                _ => {}
            }
        }
    }
}

/// `@{ ModuleName = 'x'; RequiredVersion = '1.2' }`
pub(super) fn module(
    entries: &[(PsExpr, PsStatement)],
    around: &Around,
    place: &dyn Fn(Span) -> Span,
) -> Option<Record> {
    let name = get(entries, &["modulename"])?;
    let version = get(entries, &["requiredversion"]).or_else(|| get(entries, &["maximumversion"]))?;
    let fields = vec![pair(name, version, place)?];
    let span = fields.first()?.key_span.to(fields.first()?.span);
    Some(Record { kind: RecordKind::Versions, fields, span, ..around.record() })
}

fn wanted(fields: Vec<Field>, around: &Around, reading: &Reading<'_>) -> Option<Record> {
    let span = fields.first()?.key_span.to(fields.last()?.span);
    let record = Record { kind: RecordKind::Versions, fields, span, ..around.record() };
    record::is_wanted(&record, reading).then_some(record)
}

/// The value of the first of several keys.
fn get<'e>(entries: &'e [(PsExpr, PsStatement)], names: &[&str]) -> Option<&'e PsExpr> {
    let is_wanted =
        |key: &PsExpr| plain(key).is_some_and(|key| names.iter().any(|name| key.eq_ignore_ascii_case(name)));
    let (_, value) = entries.iter().find(|(key, _)| is_wanted(key))?;
    match VariableValue::of(value) {
        VariableValue::Value(value) => Some(value),
        VariableValue::Result(_) => None,
    }
}

/// A module and the version that it is held to.
fn pair(name: &PsExpr, version: &PsExpr, place: &dyn Fn(Span) -> Span) -> Option<Field> {
    let key = plain(name)?.to_owned();
    let text = plain(version).filter(|text| text.starts_with(|c: char| c.is_ascii_digit()))?;
    let inner = |expr: &PsExpr| match expr.kind {
        PsExprKind::Text(_) => place(Span::new(expr.span.start + 1, expr.span.end.saturating_sub(1))),
        _ => place(expr.span),
    };
    let value = Value::Text(vec![Part::Text(text.to_owned())]);
    Some(Field { key, value, key_span: inner(name), span: inner(version) })
}
