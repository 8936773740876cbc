//! The words of a command, with splatted variables put in.

use super::reader::is_dash;
use super::syntax::{CommandLine, PsExpr, PsExprKind, PsVariable};
use super::value::Values;
use crate::program::module::{Bind, Expr as Value, ExprId, ScopeId, Target};
use crate::{Part, Span, Word};

/// A word with what it was made of.
#[derive(Clone, Debug)]
pub(super) struct MadeWord<'s> {
    pub(super) word: Word,
    /// The expression that is the word, where that is the whole truth.
    pub(super) expr: Option<&'s PsExpr>,
}

/// An entry of a hashtable.
#[derive(Clone, Debug)]
struct HashtableEntry {
    key: String,
    value: ExprId,
    /// Where the key is written, if it is.
    span: Span,
}

/// Longer ways from a name to its table are not followed.
const DEEPEST: usize = 8;
/// No more than so many tables are told apart that a variable can be, nor words of one command.
const MOST_TABLES: usize = 32;
/// A table with more entries is data, not arguments.
const MOST_ENTRIES: usize = 200;

impl<'s> Values<'_, 's> {
    /// The words of a command; more than one list if a variable in it can be several things. What is in branches of one
    /// choice stands side by side, so that words of different branches do not meet.
    pub(super) fn words(&self, command: &'s CommandLine) -> Vec<Vec<MadeWord<'s>>> {
        let ways = self.evaluator.each_choice(|| self.words_on_a_way(command)).into_iter();
        ways.rev().flatten().take(MOST_TABLES).collect()
    }

    fn words_on_a_way(&self, command: &'s CommandLine) -> Vec<Vec<MadeWord<'s>>> {
        let mut variants: Vec<Vec<MadeWord<'s>>> = vec![Vec::new()];
        for expr in &command.words {
            let found = match &expr.kind {
                PsExprKind::Splat(name) => self.splat(expr, name),
                _ => vec![vec![self.item(expr)]],
            };
            variants = all_with(variants, &found);
        }
        variants
    }

    pub(super) fn item(&self, expr: &'s PsExpr) -> MadeWord<'s> {
        let word = Word { parts: self.parts(expr), span: self.span(expr.span), splits: false, literals: Vec::new() };
        MadeWord { word, expr: Some(expr) }
    }

    /// The words that stand for a splatted variable.
    fn splat(&self, expr: &'s PsExpr, name: &PsVariable) -> Vec<Vec<MadeWord<'s>>> {
        let id = self.names.lowered.id(expr);
        let tables = id.map(|id| self.tables(id, DEEPEST)).unwrap_or_default();
        let words = |table: &Vec<HashtableEntry>| table.iter().flat_map(|entry| self.entry(entry)).collect();
        if !tables.is_empty() {
            return tables.iter().map(words).collect();
        }
        // What it is in the beginning is not known, but what it gets is.
        let filled = id.map(|id| self.filled(id)).unwrap_or_default();
        if filled.iter().any(|table| !table.is_empty()) {
            let open = self.open(expr, name);
            let words = |table: &Vec<HashtableEntry>| [words(table), vec![open.clone()]].concat();
            return filled.iter().map(words).collect();
        }
        let lists = self.lists(expr);
        if !lists.is_empty() {
            return lists.into_iter().map(|items| items.into_iter().map(|item| self.item(item)).collect()).collect();
        }
        vec![vec![self.open(expr, name)]]
    }

    /// The word that stands for any number of words.
    fn open(&self, expr: &PsExpr, name: &PsVariable) -> MadeWord<'s> {
        let parts = vec![Part::Variable(name.name.clone())];
        MadeWord { word: Word { parts, span: self.span(expr.span), splits: true, literals: Vec::new() }, expr: None }
    }

    /// `-Key value`, or `-Key:$true`.
    fn entry(&self, entry: &HashtableEntry) -> Vec<MadeWord<'s>> {
        let span = self.span(entry.span);
        let (parts, value) = (self.evaluator.parts(entry.value), self.span(self.names.lowered.written(entry.value)));
        let is_switch = matches!(&parts[..], [Part::Text(text)] if text == "$true" || text == "$false");
        if let (true, [Part::Text(text)]) = (is_switch, &parts[..]) {
            let parts = vec![Part::Text(format!("-{}:{text}", entry.key))];
            return vec![MadeWord {
                word: Word { parts, span: span.to(value), splits: false, literals: Vec::new() },
                expr: None,
            }];
        }
        let name =
            Word { parts: vec![Part::Text(format!("-{}", entry.key))], span, splits: false, literals: Vec::new() };
        let value = Word { parts, span: value, splits: false, literals: Vec::new() };
        vec![
            MadeWord { word: name, expr: None },
            MadeWord { word: value, expr: self.names.lowered.source(entry.value) },
        ]
    }

    /// The hashtables that a variable can be.
    fn tables(&self, id: ExprId, depth: usize) -> Vec<Vec<HashtableEntry>> {
        let node = self.names.resolver.module.node(id);
        let (Some(depth), Value::Name(name)) = (depth.checked_sub(1), &node.expr) else { return Vec::new() };
        let changes = self.evaluator.changes(id, name);
        let mut tables = Vec::new();
        for (index, change) in changes.iter().enumerate() {
            let Some(value) = change.value.filter(|_| is_whole(change) && !change.append) else { continue };
            let Some(table) = self.table(value, depth) else { continue };
            let is_later = |later: &&&Bind| {
                (!is_whole(later) || later.append) && self.names.resolver.fit(later.scope, change.scope)
            };
            let later: Vec<&Bind> = changes[index + 1..].iter().filter(is_later).copied().collect();
            tables.extend(self.changed(&table, &later, node.scope));
        }
        tables.truncate(MOST_TABLES);
        tables
    }

    /// The entries that a variable gets of which no more is known: a parameter.
    fn filled(&self, id: ExprId) -> Vec<Vec<HashtableEntry>> {
        let node = self.names.resolver.module.node(id);
        let Value::Name(name) = &node.expr else { return Vec::new() };
        let changes = self.evaluator.changes(id, name);
        let from = changes.iter().rposition(|change| is_whole(change) && !change.append).map_or(0, |at| at + 1);
        if changes[..from].iter().any(|change| change.value.is_some()) {
            return Vec::new();
        }
        self.changed(&[], &changes[from..], node.scope)
    }

    /// A table after changes of which some may not have happened.
    fn changed(&self, table: &[HashtableEntry], changes: &[&Bind], site: ScopeId) -> Vec<Vec<HashtableEntry>> {
        let resolver = self.names.resolver;
        let mut maybe: Vec<ScopeId> =
            changes.iter().map(|change| change.scope).filter(|scope| !resolver.is_sure(*scope, site)).collect();
        maybe.sort();
        maybe.dedup();
        let in_case = |case: ScopeId| {
            let mut table = table.to_vec();
            for change in changes.iter().filter(|change| resolver.is_sure(change.scope, case)) {
                self.apply(change, &mut table);
            }
            table
        };
        let base = if resolver.cover(&maybe) { None } else { Some(site) };
        // Of many branches, the last count: what matters is set when all else is.
        let last = maybe[maybe.len().saturating_sub(MOST_TABLES - 1)..].iter().copied();
        base.into_iter().chain(last).map(in_case).collect()
    }

    fn apply(&self, change: &Bind, table: &mut Vec<HashtableEntry>) {
        match (&change.target, change.value) {
            // Something is added to what is there.
            (Target::Key(..), Some(_)) if change.append => {}
            (Target::Key(_, key), Some(value)) => {
                let span = self.names.lowered.written(value);
                put(table, HashtableEntry { key: key.clone(), value, span });
            }
            (Target::Key(_, key), None) => table.retain(|entry| !entry.key.eq_ignore_ascii_case(key)),
            (_, Some(value)) => {
                let added = self.table(value, DEEPEST).unwrap_or_default();
                added.into_iter().for_each(|entry| put(table, entry));
            }
            _ => {}
        }
    }

    /// The hashtable that an expression is.
    fn table(&self, id: ExprId, depth: usize) -> Option<Vec<HashtableEntry>> {
        let depth = depth.checked_sub(1)?;
        let module = self.names.resolver.module;
        match &module.node(id).expr {
            Value::Map(entries) => {
                let mut table = Vec::new();
                let keys = self.names.lowered.keys(id);
                for ((key, value), span) in entries.iter().zip(keys).take(MOST_ENTRIES) {
                    if let Some(key) = key {
                        put(&mut table, HashtableEntry { key: key.clone(), value: *value, span: *span });
                    }
                }
                Some(table)
            }
            Value::Cast { value, .. } => self.table(*value, depth),
            Value::Concat(operands) => {
                let mut table = Vec::new();
                for operand in operands {
                    self.table(*operand, depth)?.into_iter().for_each(|entry| put(&mut table, entry));
                }
                Some(table)
            }
            Value::Name(_) => self.tables(id, depth).into_iter().next(),
            // `$table.Clone()`
            Value::Call { callee, .. } => match &module.node(*callee).expr {
                Value::Member { object, .. } if matches!(module.node(*object).expr, Value::Name(_)) => {
                    self.table(*object, depth)
                }
                _ => None,
            },
            Value::Member { object, .. } | Value::Index { object, .. } => {
                if matches!(module.node(*object).expr, Value::Name(_)) { self.table(*object, depth) } else { None }
            }
            _ => None,
        }
    }
}

/// Each list of words with each of several ways in which it may go on.
pub(super) fn all_with<'s>(mut lists: Vec<Vec<MadeWord<'s>>>, ways: &[Vec<MadeWord<'s>>]) -> Vec<Vec<MadeWord<'s>>> {
    if let [only] = ways {
        lists.iter_mut().for_each(|list| list.extend(only.iter().cloned()));
        return lists;
    }
    let pairs = lists.iter().flat_map(|list| ways.iter().map(move |way| (list, way)));
    pairs.take(MOST_TABLES).map(|(list, way)| [&list[..], way].concat()).collect()
}

/// Whether a change is one of the variable as a whole.
fn is_whole(bind: &Bind) -> bool {
    matches!(bind.target, Target::Name(_) | Target::Global(_))
}

/// Sets an entry. Keys are compared without case.
fn put(table: &mut Vec<HashtableEntry>, entry: HashtableEntry) {
    table.retain(|old| !old.key.eq_ignore_ascii_case(&entry.key));
    table.push(entry);
}

impl MadeWord<'_> {
    /// The word of a cmdlet: whatever dash a parameter begins with is a hyphen.
    pub(super) fn cmdlet_word(&self) -> Word {
        let mut word = self.word.clone();
        let is_bare = self.expr.is_some_and(|expr| matches!(expr.kind, PsExprKind::Word(_)));
        if let (true, Some(Part::Text(text))) = (is_bare, word.parts.first_mut())
            && let Some(dash) = text.chars().next().filter(|c| is_dash(*c))
        {
            text.replace_range(..dash.len_utf8(), "-");
        }
        word
    }
}
