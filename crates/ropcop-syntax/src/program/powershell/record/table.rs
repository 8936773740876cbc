//! Tables and objects: their entries, and what is set later.

use super::super::names::{VariableValue, plain};
use super::super::reader::{is_double_quote, is_single_quote};
use super::super::syntax::{Link, PsExpr, PsExprKind, PsStatement};
use super::grown::Grown;
use super::{MOST_COPIES, MOST_FIELDS, Recorder};
use crate::program::module::Module;
use crate::{Field, Origin, Record, Span, Symbol, Value};

/// Longer keys are data, in bytes.
const LONGEST_KEY: usize = 200;
/// A list with more items is only a list.
const MOST_ITEMS: usize = 50;
/// Further tables in a table are left out.
const MOST_PATHS: usize = 50;

/// An entry with the keys that lead to it.
#[derive(Clone, Debug)]
pub(super) struct TableEntry {
    pub(super) path: String,
    pub(super) field: Field,
}

/// A key with another behind it.
pub(super) fn joined(path: &str, key: &str) -> String {
    if path.is_empty() { key.to_owned() } else { format!("{path}.{key}") }
}

impl<'s> Recorder<'_, 's> {
    /// Walks through the entries of a table, and gives those of it and of the tables in it.
    pub(super) fn entries(&mut self, entries: &'s [(PsExpr, PsStatement)], path: &str, into: &mut Vec<TableEntry>) {
        super::versions::module(entries, &self.around, &|span| self.span(span))
            .into_iter()
            .for_each(|record| self.push(record));
        for (key, value) in entries {
            let Some((name, key_span)) = self.key(key) else {
                self.given(value);
                continue;
            };
            let inner = joined(path, &name);
            let (known, span) = self.value_of(VariableValue::of(value));
            if into.len() < MOST_FIELDS {
                let field = Field { key: name, value: known, key_span, span };
                into.push(TableEntry { path: path.to_owned(), field });
            }
            match table(value) {
                Some(table) if inner.len() <= LONGEST_KEY * 4 => self.entries(table, &inner, into),
                _ => {
                    let outer = std::mem::replace(&mut self.path, inner);
                    self.given(value);
                    self.path = outer;
                }
            }
        }
    }

    /// A key whose text is known, and where it stands.
    pub(super) fn key(&self, key: &'s PsExpr) -> Option<(String, Span)> {
        let name = match plain(key) {
            Some(name) => name.to_owned(),
            None => match self.value(key) {
                (value @ Value::Text(_), _) => value.text()?,
                _ => return None,
            },
        };
        let name = name.trim().to_owned();
        (!name.is_empty() && name.len() <= LONGEST_KEY).then(|| (name, self.span(self.unquoted(key.span))))
    }

    /// What is known of a value, and where it is written, quotes left out.
    pub(super) fn value_of(&self, given: VariableValue<'s>) -> (Value, Span) {
        match given {
            VariableValue::Value(value) => self.value(value),
            VariableValue::Result(statement) => {
                let value = match self.values.output(statement) {
                    Some(part) => Value::of_parts(vec![part]),
                    None => Value::Dynamic { name: None },
                };
                (value, self.span(statement.span))
            }
        }
    }

    pub(super) fn value(&self, expr: &'s PsExpr) -> (Value, Span) {
        let span = self.span(self.literal(expr));
        let value = match &expr.kind {
            PsExprKind::Variable(name) if name.is_constant() => match name.name.to_ascii_lowercase().as_str() {
                "null" => Value::Null,
                name => Value::Bool(name == "true"),
            },
            PsExprKind::Number => Value::Number(self.values.written(expr.span).to_owned()),
            PsExprKind::Hash(_) | PsExprKind::Block(_) | PsExprKind::Nothing => Value::Dynamic { name: None },
            PsExprKind::Cast { value, .. } => self.value(value).0,
            PsExprKind::List(_) | PsExprKind::Array(_) => match self.values.items(expr) {
                Some(items) => Value::List(items.into_iter().take(MOST_ITEMS).map(|item| self.item(item)).collect()),
                None => Value::Dynamic { name: None },
            },
            PsExprKind::Chain { head, links } => match (&head.kind, &links[..]) {
                (PsExprKind::Type(class), [Link::Member { name, .. }]) => {
                    let origin = if class.contains('.') { Origin::Import } else { Origin::Unknown };
                    Value::Symbol(vec![Symbol { path: format!("{class}.{name}"), origin }])
                }
                _ => self.text_value(expr),
            },
            _ => self.text_value(expr),
        };
        (value, span)
    }

    /// An item of a list; a list in it is not looked into.
    fn item(&self, item: &'s PsExpr) -> Value {
        match item.kind {
            PsExprKind::List(_) | PsExprKind::Array(_) => Value::Dynamic { name: None },
            _ => self.value(item).0,
        }
    }

    fn text_value(&self, expr: &'s PsExpr) -> Value {
        let mut values: Vec<Value> = self.values.ways(expr).into_iter().map(Value::of_parts).collect();
        match values.len() {
            1 => values.remove(0),
            _ => Value::Choice(values),
        }
    }

    /// Where the text stands that an expression is, quotes left out: that of a variable stands where it gets it.
    fn literal(&self, expr: &'s PsExpr) -> Span {
        match &expr.kind {
            PsExprKind::Text(_) => self.unquoted(expr.span),
            PsExprKind::Cast { value, .. } => self.literal(value),
            PsExprKind::Group(statements) => match &statements[..] {
                [only] => match VariableValue::of(only) {
                    VariableValue::Value(value) if matches!(value.kind, PsExprKind::Text(_)) => self.literal(value),
                    _ => expr.span,
                },
                _ => expr.span,
            },
            PsExprKind::Variable(_) => match self.values.only(expr) {
                Some(value @ PsExpr { kind: PsExprKind::Text(_), .. }) => self.unquoted(value.span),
                _ => expr.span,
            },
            _ => expr.span,
        }
    }

    /// A stretch of the script without the quotes around it, or the lines of a here-string.
    pub(super) fn unquoted(&self, span: Span) -> Span {
        let is_quote = |c: char| is_single_quote(c) || is_double_quote(c);
        let written = self.values.written(span);
        let (from, to) = match written.strip_prefix('@').unwrap_or(written).chars().next() {
            Some(first) if is_quote(first) && written.starts_with('@') => {
                let from = written.find('\n').map_or(written.len(), |at| at + 1);
                let body = written[from..].rfind('\n').map_or(from, |at| from + at);
                let body = if written[from..body].ends_with('\r') { body - 1 } else { body };
                (from, body)
            }
            Some(first) if is_quote(first) => {
                let from = first.len_utf8();
                let last = written[from..].chars().next_back().filter(|c| is_quote(*c));
                (from, written.len() - last.map_or(0, char::len_utf8))
            }
            _ => (0, written.len()),
        };
        Span::new(span.start + from, span.start + to)
    }

    /// A table that nothing holds.
    pub(super) fn lone_table(&mut self, entries: &'s [(PsExpr, PsStatement)]) {
        let mut found = Vec::new();
        let path = self.path.clone();
        self.entries(entries, &path, &mut found);
        let pieces = found.into_iter().map(|entry| (self.place, entry)).collect();
        self.close_table(&Grown { place: self.place, around: self.around, pieces });
    }

    /// The entries of the tables that an expression adds up to ([`is_table`]).
    pub(super) fn table_entries(&mut self, expr: &'s PsExpr) -> Vec<TableEntry> {
        let mut found = Vec::new();
        match &expr.kind {
            PsExprKind::Hash(entries) => self.entries(entries, "", &mut found),
            PsExprKind::Cast { value, .. } => return self.table_entries(value),
            PsExprKind::Group(statements) => {
                if let [only] = &statements[..]
                    && let VariableValue::Value(value) = VariableValue::of(only)
                {
                    return self.table_entries(value);
                }
            }
            PsExprKind::Operation { operands, .. } => {
                for operand in operands {
                    found.extend(self.table_entries(operand));
                }
                found.truncate(MOST_FIELDS);
            }
            PsExprKind::Variable(name) => found = self.copied(&name.key()),
            // `$table.Clone()`
            PsExprKind::Chain { head, .. } if is_table(expr) => return self.table_entries(head),
            _ => self.expr(expr, false),
        }
        found
    }

    /// The entries of the table that a variable holds now.
    fn copied(&mut self, name: &str) -> Vec<TableEntry> {
        let frame = self.names.resolver.frame(self.place);
        let keys = [(frame, name.to_owned()), (Module::FILE, name.to_owned())];
        let Some(table) = keys.iter().find_map(|key| self.tables.get(key)?.last()) else { return Vec::new() };
        if self.copies > MOST_COPIES {
            return Vec::new();
        }
        self.copies += table.pieces.len();
        let fits = table.pieces.iter().filter(|(place, _)| self.names.resolver.is_sure(*place, self.place));
        fits.map(|(_, entry)| entry.clone()).collect()
    }

    /// Records a table as it is in the end.
    pub(super) fn close_table(&mut self, table: &Grown<TableEntry>) {
        for case in table.cases(self.names, |entry| Some(joined(&entry.path, &entry.field.key).to_lowercase())) {
            let mut paths: Vec<&str> = Vec::new();
            for entry in &case {
                if paths.len() < MOST_PATHS && !paths.iter().any(|path| path.eq_ignore_ascii_case(&entry.path)) {
                    paths.push(&entry.path);
                }
            }
            for path in paths {
                let entries = case.iter().filter(|entry| entry.path.eq_ignore_ascii_case(path));
                let fields: Vec<Field> = entries.map(|entry| entry.field.clone()).collect();
                let span = extent(&fields);
                self.push(Record { path: path.to_owned(), fields, span, ..table.around.record() });
            }
        }
    }
}

/// From the first key to the last value. A value that is written somewhere else is no part of it.
pub(super) fn extent(fields: &[Field]) -> Span {
    let written = |field: &Field| match field.span.start < field.key_span.start {
        true => field.key_span,
        false => field.key_span.to(field.span),
    };
    fields.iter().map(written).reduce(Span::to).unwrap_or_default()
}

/// Whether an expression can be a table.
pub(super) fn is_table(expr: &PsExpr) -> bool {
    match &expr.kind {
        PsExprKind::Hash(_) => true,
        PsExprKind::Cast { value, .. } => is_table(value),
        PsExprKind::Operation { operators, operands } => {
            operators.iter().all(|operator| operator == "+") && operands.iter().any(is_table)
        }
        PsExprKind::Group(statements) => match &statements[..] {
            [only] => matches!(VariableValue::of(only), VariableValue::Value(value) if is_table(value)),
            _ => false,
        },
        PsExprKind::Chain { links, .. } => {
            matches!(&links[..], [Link::Member { name, .. }, Link::Call { .. }] if name.eq_ignore_ascii_case("clone"))
        }
        _ => false,
    }
}

/// The entries of the table that a value is.
fn table(statement: &PsStatement) -> Option<&[(PsExpr, PsStatement)]> {
    let VariableValue::Value(mut value) = VariableValue::of(statement) else { return None };
    while let PsExprKind::Cast { value: inner, .. } = &value.kind {
        value = inner;
    }
    match &value.kind {
        PsExprKind::Hash(entries) => Some(entries),
        _ => None,
    }
}
