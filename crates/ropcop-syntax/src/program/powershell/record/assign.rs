//! What gives variables, their entries and properties a value.

use super::super::names::{VariableValue, link_key};
use super::super::printing;
use super::super::syntax::{Assignment, Link, PsExpr, PsExprKind, PsStatement, PsVariable};
use super::grown::Grown;
use super::table::{TableEntry, is_table, joined};
use super::{MOST_FIELDS, Recorder};
use crate::Field;
use crate::program::module::{Module, ScopeId};

/// Methods that set an entry.
const SETTERS: &[&str] = &["add", "set", "append", "tryadd", "set_item"];
/// A variable holds no more things at once.
const MOST_OPEN: usize = 8;
/// Longer ways through properties are cut.
const MOST_LINKS: usize = 8;

impl<'s> Recorder<'_, 's> {
    pub(super) fn assign(&mut self, target: &'s PsExpr, how: Assignment, value: &'s PsStatement) {
        match &target.kind {
            PsExprKind::Variable(name) => self.assign_variable(target, name, how, value),
            PsExprKind::Cast { value: inner, .. } => self.assign(inner, how, value),
            PsExprKind::Chain { head, links } => {
                self.links(links);
                let path: Option<Vec<String>> = links.iter().take(MOST_LINKS).map(link_key).collect();
                match (&head.kind, path.as_deref()) {
                    (PsExprKind::Variable(name), Some([path @ .., key])) => {
                        self.assign_entry(name, path, key, links.last(), how, value);
                    }
                    _ => self.given(value),
                }
            }
            _ => self.given(value),
        }
    }

    /// `$table.path.key = value`
    fn assign_entry(
        &mut self,
        name: &PsVariable,
        path: &[String],
        key: &str,
        link: Option<&'s Link>,
        how: Assignment,
        value: &'s PsStatement,
    ) {
        let span = match link {
            Some(Link::Member { span, .. }) => *span,
            Some(Link::Index(index)) => index.span,
            _ => return self.given(value),
        };
        let path = path.join(".");
        let given = VariableValue::of(value);
        let inner = match given {
            VariableValue::Value(expr) if is_table(expr) => self.table_entries(expr),
            _ => {
                self.given(value);
                Vec::new()
            }
        };
        if how != Assignment::Add || inner.is_empty() {
            let (value, span_of_value) = self.value_of(given);
            let key_span = self.span(self.unquoted(span));
            let field = Field { key: key.to_owned(), value, key_span, span: span_of_value };
            self.set(name, TableEntry { path: path.clone(), field });
        }
        let outer = joined(&path, key);
        for entry in inner {
            let path = if entry.path.is_empty() { outer.clone() } else { joined(&outer, &entry.path) };
            self.set(name, TableEntry { path, field: entry.field });
        }
    }

    /// `$table.Add('key', value)`
    pub(super) fn method(&mut self, head: &PsExpr, links: &'s [Link]) {
        let (PsExprKind::Variable(name), [Link::Member { name: method, .. }, Link::Call { args, .. }]) =
            (&head.kind, links)
        else {
            return;
        };
        if !SETTERS.iter().any(|setter| method.eq_ignore_ascii_case(setter)) {
            return;
        }
        if let [key, value] = &args[..]
            && let Some((key, key_span)) = self.key(key)
        {
            let (value, span) = self.value(value);
            self.set(name, TableEntry { path: String::new(), field: Field { key, value, key_span, span } });
        }
    }

    /// Sets an entry of what a variable holds.
    fn set(&mut self, name: &PsVariable, entry: TableEntry) {
        let key = (self.frame(name), name.key());
        let tables = self.tables.entry(key.clone()).or_default();
        if tables.is_empty() {
            // Something that is not known was there before, whichever branch adds to it first.
            let place = key.0;
            tables.push(Grown { place, around: self.around, pieces: Vec::new() });
        }
        for table in tables {
            if table.pieces.len() < MOST_FIELDS && self.names.resolver.fit(self.place, table.place) {
                table.pieces.push((self.place, entry.clone()));
            }
        }
    }

    fn frame(&self, name: &PsVariable) -> ScopeId {
        if name.is_far() { Module::FILE } else { self.names.resolver.frame(self.place) }
    }

    fn assign_variable(&mut self, target: &'s PsExpr, name: &'s PsVariable, how: Assignment, value: &'s PsStatement) {
        if name.scope.as_deref().is_some_and(|scope| scope.eq_ignore_ascii_case("env")) {
            self.set_variable(target, name, how, value);
            return self.given(value);
        }
        let key = (self.frame(name), name.key());
        let VariableValue::Value(expr) = VariableValue::of(value) else {
            self.replace(&key, how);
            return self.given(value);
        };
        let joins_itself = matches!(&expr.kind, PsExprKind::Operation { operands, .. }
            if matches!(operands.first().map(|first| &first.kind), Some(PsExprKind::Variable(own)) if own.key() == key.1));
        if is_table(expr) {
            let grows = how == Assignment::Add || joins_itself;
            let operands = match &expr.kind {
                PsExprKind::Operation { operands, .. } if joins_itself => &operands[1..],
                _ => std::slice::from_ref(expr),
            };
            let found: Vec<TableEntry> = operands.iter().flat_map(|operand| self.table_entries(operand)).collect();
            if !grows {
                self.replace(&key, how);
                let pieces = found.into_iter().map(|entry| (self.place, entry)).collect();
                let table = Grown { place: self.place, around: self.around, pieces };
                self.tables.entry(key).or_default().push(table);
            } else {
                found.into_iter().for_each(|entry| self.set(name, entry));
            }
            return;
        }
        if how == Assignment::Add && self.add_text(&key, expr) {
            return self.expr(expr, true);
        }
        if how == Assignment::Set && !joins_itself {
            self.replace(&key, how);
            let texts = self.texts_of(expr);
            if !texts.is_empty() {
                if !printing::is_shown_variable(&name.name) {
                    let grown =
                        |text| Grown { place: self.place, around: self.around, pieces: vec![(self.place, text)] };
                    let texts = texts.into_iter().map(grown).collect::<Vec<_>>();
                    self.texts.entry(key).or_default().extend(texts);
                }
                return self.expr(expr, true);
            }
        }
        self.expr(expr, printing::is_shown_variable(&name.name));
    }

    /// Ends what a variable surely holds no longer.
    fn replace(&mut self, key: &(ScopeId, String), how: Assignment) {
        if how != Assignment::Set {
            return;
        }
        if let Some(tables) = self.tables.remove(key) {
            let (ended, open) = self.parted(tables);
            ended.iter().for_each(|table| self.close_table(table));
            self.tables.insert(key.clone(), open);
        }
        if let Some(texts) = self.texts.remove(key) {
            let (ended, open) = self.parted(texts);
            ended.iter().for_each(|text| self.close_text(text));
            self.texts.insert(key.clone(), open);
        }
    }

    /// What has ended, and what may go on, if something else takes its place here.
    fn parted<T>(&self, things: Vec<Grown<T>>) -> (Vec<Grown<T>>, Vec<Grown<T>>) {
        let full = things.len() >= MOST_OPEN;
        things.into_iter().partition(|thing| full || self.names.resolver.is_sure(self.place, thing.place))
    }
}
