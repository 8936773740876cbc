//! The words of a command, with splatted variables put in.

use super::names::{Change, Given, What, plain};
use super::reader::is_dash;
use super::syntax::{CommandLine, Expr, Kind, Name};
use super::value::{MOST_VALUES, Use, Values};
use crate::program::module::ScopeId;
use crate::{Part, Span, Word};

/// A word with what it was made of.
#[derive(Clone, Debug)]
pub(super) struct Item<'s> {
    pub(super) word: Word,
    /// The expression that is the word, where that is the whole truth.
    pub(super) expr: Option<&'s Expr>,
    /// Where the expression is used.
    pub(super) site: Use,
}

/// An entry of a hashtable.
#[derive(Clone, Debug)]
struct Entry<'s> {
    key: String,
    given: Given<'s>,
    /// Where the key is written, if it is.
    span: Span,
    place: ScopeId,
}

/// Longer ways from a name to its table are not followed.
const DEEPEST: usize = 8;
/// A table with more entries is data, not arguments.
const MOST_ENTRIES: usize = 200;

impl<'s> Values<'_, 's> {
    /// The words of a command; more than one list if a variable in it can be several things.
    pub(super) fn words(&self, command: &'s CommandLine, place: ScopeId) -> Vec<Vec<Item<'s>>> {
        let mut variants: Vec<Vec<Item<'s>>> = vec![Vec::new()];
        for expr in &command.words {
            let site = Use { place, at: command.span.start };
            let found = match &expr.kind {
                Kind::Splat(name) => self.splat(expr, name, site),
                _ => vec![vec![self.item(expr, site)]],
            };
            if let [only] = &found[..] {
                variants.iter_mut().for_each(|variant| variant.extend(only.iter().cloned()));
                continue;
            }
            let pairs = variants.iter().flat_map(|variant| found.iter().map(move |more| (variant, more)));
            variants = pairs.take(MOST_VALUES).map(|(variant, more)| [&variant[..], more].concat()).collect();
        }
        variants
    }

    pub(super) fn item(&self, expr: &'s Expr, site: Use) -> Item<'s> {
        let word = Word { parts: self.parts(expr, site), span: self.span(expr.span), splits: false };
        Item { word, expr: Some(expr), site }
    }

    /// The words that stand for a splatted variable.
    fn splat(&self, expr: &'s Expr, name: &Name, site: Use) -> Vec<Vec<Item<'s>>> {
        self.begin();
        let tables = self.tables(name, site, DEEPEST);
        if !tables.is_empty() {
            return tables.iter().map(|table| table.iter().flat_map(|entry| self.entry(entry)).collect()).collect();
        }
        match self.items(expr, site) {
            Some(items) => vec![items.into_iter().map(|item| self.item(item, site)).collect()],
            None => {
                let parts = vec![Part::Variable(name.name.clone())];
                let word = Word { parts, span: self.span(expr.span), splits: true };
                vec![vec![Item { word, expr: None, site }]]
            }
        }
    }

    /// `-Key value`, or `-Key:$true`.
    fn entry(&self, entry: &Entry<'s>) -> Vec<Item<'s>> {
        let span = self.span(entry.span);
        let (parts, value, expr) = match entry.given {
            Given::Value(value) => {
                let site = Use { place: entry.place, at: value.span.start };
                (self.parts(value, site), self.span(value.span), Some(value))
            }
            Given::Result(statement) => {
                let part = super::value::output(statement, None).unwrap_or(Part::Unknown);
                (vec![part], self.span(statement.span), None)
            }
        };
        let site = Use { place: entry.place, at: entry.span.start };
        let is_switch = matches!(&parts[..], [Part::Text(text)] if text == "$true" || text == "$false");
        if let (true, [Part::Text(text)]) = (is_switch, &parts[..]) {
            let parts = vec![Part::Text(format!("-{}:{text}", entry.key))];
            return vec![Item { word: Word { parts, span: span.to(value), splits: false }, expr: None, site }];
        }
        let name = Word { parts: vec![Part::Text(format!("-{}", entry.key))], span, splits: false };
        let value = Word { parts, span: value, splits: false };
        vec![Item { word: name, expr: None, site }, Item { word: value, expr, site }]
    }

    /// The hashtables that a variable can be.
    fn tables(&self, name: &Name, site: Use, depth: usize) -> Vec<Vec<Entry<'s>>> {
        let Some(depth) = self.step(depth) else { return Vec::new() };
        let changes = self.names.reaching(&name.key(), site.place, site.at);
        let mut tables = Vec::new();
        for (index, change) in changes.iter().enumerate() {
            let What::Set(Given::Value(value)) = change.what else { continue };
            let Some(table) = self.table(value, change.place, depth) else { continue };
            let later: Vec<&Change<'s>> = changes[index + 1..]
                .iter()
                .filter(|later| {
                    !matches!(later.what, What::Set(_)) && self.names.resolver.fit(later.place, change.place)
                })
                .collect();
            tables.extend(self.changed(&table, &later, site.place));
        }
        tables.truncate(MOST_VALUES);
        tables
    }

    /// A table after changes of which some may not have happened.
    fn changed(&self, table: &[Entry<'s>], changes: &[&Change<'s>], site: ScopeId) -> Vec<Vec<Entry<'s>>> {
        let mut maybe: Vec<ScopeId> = changes
            .iter()
            .map(|change| change.place)
            .filter(|place| !self.names.resolver.is_sure(*place, site))
            .collect();
        maybe.sort();
        maybe.dedup();
        let in_case = |case: ScopeId| {
            let mut table = table.to_vec();
            for change in changes.iter().filter(|change| self.names.resolver.is_sure(change.place, case)) {
                self.apply(change, &mut table);
            }
            table
        };
        let base = if self.names.resolver.cover(&maybe) { None } else { Some(site) };
        let mut tables: Vec<_> = base.into_iter().chain(maybe.iter().copied()).map(in_case).collect();
        tables.truncate(MOST_VALUES);
        tables
    }

    fn apply(&self, change: &Change<'s>, table: &mut Vec<Entry<'s>>) {
        match &change.what {
            What::Key(key, given) => {
                let span = match given {
                    Given::Value(value) => value.span,
                    Given::Result(statement) => statement.span,
                };
                put(table, Entry { key: key.clone(), given: *given, span, place: change.place });
            }
            What::Add(Given::Value(value)) => {
                let added = self.table(value, change.place, DEEPEST).unwrap_or_default();
                added.into_iter().for_each(|entry| put(table, entry));
            }
            What::Remove(key) => table.retain(|entry| !entry.key.eq_ignore_ascii_case(key)),
            _ => {}
        }
    }

    /// The hashtable that an expression is.
    fn table(&self, expr: &'s Expr, place: ScopeId, depth: usize) -> Option<Vec<Entry<'s>>> {
        let depth = self.step(depth)?;
        match &expr.kind {
            Kind::Hash(entries) => {
                let mut table = Vec::new();
                for (key, value) in entries.iter().take(MOST_ENTRIES) {
                    if let Some(name) = plain(key) {
                        let name = name.to_owned();
                        put(&mut table, Entry { key: name, given: Given::of(value), span: key.span, place });
                    }
                }
                Some(table)
            }
            Kind::Cast { value, .. } => self.table(value, place, depth),
            Kind::Operation { operators, operands } if operators.iter().all(|operator| operator == "+") => {
                let mut table = Vec::new();
                for operand in operands {
                    self.table(operand, place, depth)?.into_iter().for_each(|entry| put(&mut table, entry));
                }
                Some(table)
            }
            Kind::Variable(name) => self.tables(name, Use { place, at: expr.span.start }, depth).into_iter().next(),
            // `$table.Clone()`
            Kind::Chain { head, .. } if matches!(head.kind, Kind::Variable(_)) => self.table(head, place, depth),
            _ => None,
        }
    }
}

/// Sets an entry. Keys are compared without case.
fn put<'s>(table: &mut Vec<Entry<'s>>, entry: Entry<'s>) {
    table.retain(|old| !old.key.eq_ignore_ascii_case(&entry.key));
    table.push(entry);
}

impl Item<'_> {
    /// The word of a cmdlet: whatever dash a parameter begins with is a hyphen.
    pub(super) fn cmdlet_word(&self) -> Word {
        let mut word = self.word.clone();
        let is_bare = self.expr.is_some_and(|expr| matches!(expr.kind, Kind::Word(_)));
        if let (true, Some(Part::Text(text))) = (is_bare, word.parts.first_mut())
            && let Some(dash) = text.chars().next().filter(|c| is_dash(*c))
        {
            text.replace_range(..dash.len_utf8(), "-");
        }
        word
    }
}
