//! The entries of what is written in one piece: maps, lists of pairs, named arguments.

use crate::program::module::{Argument, Expr, ExprId};
use crate::program::usage;

use super::entry::KeyEntry;
use super::reader::{EntryReader, LONGEST};
use crate::vocabulary::gather;

/// Literals that are spread in others are followed so deep.
const DEEPEST: usize = 4;

impl EntryReader<'_, '_> {
    /// The entries of an expression that is a record by itself; none if it is not.
    pub(super) fn entries(&self, id: ExprId) -> Vec<KeyEntry> {
        self.entries_within(id, DEEPEST)
    }

    fn entries_within(&self, id: ExprId, depth: usize) -> Vec<KeyEntry> {
        match self.expr(id) {
            Expr::Map(entries) => {
                let entries = entries.iter().map(|(key, value)| (key.as_deref(), *value));
                self.named(id, entries, true, depth)
            }
            Expr::List(items) => self.pairs(items),
            Expr::Call { args, .. } if args.iter().any(|arg| arg.name.is_some()) => {
                let args = args.iter().map(|arg| (arg.name.as_deref(), arg.value));
                self.named(id, args, false, depth)
            }
            Expr::Call { callee, args, .. } => self.of_arguments(*callee, args),
            _ => Vec::new(),
        }
    }

    fn named<'e>(
        &self,
        id: ExprId,
        entries: impl Iterator<Item = (Option<&'e str>, ExprId)>,
        constants: bool,
        depth: usize,
    ) -> Vec<KeyEntry> {
        let mut from = self.span(id).start;
        let mut found = Vec::new();
        for (key, value) in entries.take(LONGEST) {
            match (key, self.expr(value)) {
                (None, Expr::Spread(base)) => found.extend(self.spread(*base, depth)),
                (None, _) if !constants => {}
                _ => found.extend(self.entry(key, from, value)),
            }
            from = from.max(self.span(value).end);
        }
        found
    }

    /// The entries of a literal that another one takes over.
    fn spread(&self, base: ExprId, depth: usize) -> Vec<KeyEntry> {
        let Some(depth) = depth.checked_sub(1) else { return Vec::new() };
        let node = self.node(base);
        let literal = match &node.expr {
            Expr::Name(name) => match self.resolver.bindings(name, node.scope, node.span)[..] {
                [bind] if !bind.append => bind.value,
                _ => None,
            },
            Expr::Map(_) => Some(base),
            _ => None,
        };
        literal.map(|literal| self.entries_within(literal, depth)).unwrap_or_default()
    }

    /// `Map.of("k", "v")`, `List.of(entry("k", "v"))`.
    fn of_arguments(&self, callee: ExprId, args: &[Argument]) -> Vec<KeyEntry> {
        let Some(first) = args.first() else { return Vec::new() };
        let name = usage::last_name(self.resolver, callee);
        let is_map = || match self.expr(callee) {
            Expr::Member { object, .. } => usage::last_name(self.resolver, *object).ends_with("Map"),
            _ => false,
        };
        if name == "of" && args.len().is_multiple_of(2) && self.literal(first.value).is_some() && is_map() {
            return self.alternating(args);
        }
        // A list among many arguments is a list of words.
        let is_made = |arg: &Argument| matches!(self.expr(arg.value), Expr::Call { .. });
        if gather::adds(&name) || !args.iter().all(is_made) {
            return Vec::new();
        }
        let values: Vec<ExprId> = args.iter().take(LONGEST).map(|arg| arg.value).collect();
        self.pairs(&values)
    }

    /// `"k", "v", "k2", "v2"`.
    fn alternating(&self, args: &[Argument]) -> Vec<KeyEntry> {
        let pairs = args.chunks_exact(2).take(LONGEST);
        pairs.filter_map(|pair| self.entry_of(pair[0].value, pair[1].value)).collect()
    }
}
