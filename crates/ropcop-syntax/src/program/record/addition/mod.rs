//! What is added to a record after it was made: `d["k"] = v`, `o.k = v`, `form.append("k", v)`, `b.add("k", v).add(…)`.

mod setter;

use std::collections::{HashMap, HashSet};

use crate::program::module::{Bind, Expr, ExprId, ScopeId, Target};

use super::entry::KeyEntry;
use super::environment::Handed;
use super::reader::EntryReader;
use crate::vocabulary::environment;

/// What something is added to.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub(super) enum Owner {
    /// A variable, a field or a member of one, by name, in one function.
    Name(ScopeId, String),
    /// An object without a name, with which a chain of calls begins.
    Chain(ExprId),
}

/// What is added to one thing.
#[derive(Debug, Default)]
pub(super) struct Group {
    /// In source order: the entry, and the expression that adds it.
    pub(super) entries: Vec<(KeyEntry, ExprId)>,
    /// Entries that a literal has taken over.
    pub(super) taken: HashSet<usize>,
}

/// Everything that is added anywhere.
#[derive(Debug, Default)]
pub(super) struct Additions {
    /// By owner, and whether it is the environment of a process.
    pub(super) groups: HashMap<(Owner, bool), Group>,
    /// Variables that the program sets for itself, by function.
    pub(super) variables: HashMap<ScopeId, Vec<(KeyEntry, ExprId)>>,
    /// Texts that are appended to others.
    pub(super) pieces: HashMap<Owner, Vec<ExprId>>,
    /// Literals that are part of what they are added to.
    pub(super) merged: HashSet<ExprId>,
}

/// One entry on its way to a group.
struct Added {
    entry: KeyEntry,
    by: ExprId,
    owner: Owner,
    environment: bool,
}

impl Additions {
    pub(super) fn of(reader: &EntryReader<'_, '_>, handed: &Handed) -> Self {
        let mut additions = Self::default();
        let mut found: Vec<Added> = Vec::new();
        for bind in &reader.resolver.module.binds {
            additions.bind(reader, handed, bind, &mut found);
        }
        setter::collect(reader, handed, &mut additions, &mut found);
        found.sort_by_key(|added| reader.span(added.by).start);
        for added in found {
            let group = additions.groups.entry((added.owner, added.environment)).or_default();
            group.entries.push((added.entry, added.by));
        }
        additions.variables.values_mut().for_each(|set| set.sort_by_key(|(entry, _)| entry.key_span.start));
        additions
    }

    /// `object.key = value`, `environment = ["NAME=value"]`.
    fn bind(&mut self, reader: &EntryReader<'_, '_>, handed: &Handed, bind: &Bind, found: &mut Vec<Added>) {
        let Some(value) = bind.value else { return };
        let frame = reader.resolver.frame(bind.scope);
        if let Some(name) = name_of(&bind.target)
            && let Expr::List(items) = reader.expr(value)
            && handed.is_environment(frame, &name)
        {
            let entries = reader.assignments(items);
            if !entries.is_empty() {
                self.merged.insert(value);
            }
            let owner = Owner::Name(frame, name);
            let added = |entry| Added { entry, by: value, owner: owner.clone(), environment: true };
            return found.extend(entries.into_iter().map(added));
        }
        let Target::Key(owner, key) = &bind.target else { return };
        // The members of a literal are bound, too.
        if reader.resolver.parent(value).is_some_and(|parent| matches!(reader.expr(parent), Expr::Map(_))) {
            return;
        }
        let Some(entry) = assigned(reader, bind, key, value) else { return };
        if environment::is_own(owner) {
            return self.variable(reader, entry, value);
        }
        let name = plain(owner);
        let environment = handed.is_environment(frame, &name);
        found.push(Added { entry, by: value, owner: Owner::Name(frame, name), environment });
    }

    /// A variable that the program sets for itself. What is set to nothing is taken away.
    fn variable(&mut self, reader: &EntryReader<'_, '_>, entry: KeyEntry, by: ExprId) {
        if let super::entry::EntryValue::Expr(value) = &entry.value
            && matches!(reader.expr(*value), Expr::Null)
        {
            return;
        }
        let function = reader.resolver.function_scope(reader.node(by).scope);
        self.variables.entry(function).or_default().push((entry, by));
    }

    /// What is added to a thing in a stretch of the file; from now on it belongs to that.
    pub(super) fn take(&mut self, key: &(Owner, bool), within: impl Fn(ExprId) -> bool) -> Vec<KeyEntry> {
        let Some(group) = self.groups.get_mut(key) else { return Vec::new() };
        let later = group.entries.iter().enumerate().filter(|(_, (_, by))| within(*by));
        let later: Vec<(usize, KeyEntry)> =
            later.take(super::reader::LONGEST).map(|(index, (entry, _))| (index, entry.clone())).collect();
        group.taken.extend(later.iter().map(|(index, _)| *index));
        later.into_iter().map(|(_, entry)| entry).collect()
    }
}

/// The entry of an assignment. A key between brackets that is no text is a constant.
fn assigned(reader: &EntryReader<'_, '_>, bind: &Bind, key: &str, value: ExprId) -> Option<KeyEntry> {
    // Escaped or cast, the value may stand before what it is bound by.
    let from = bind.span.start.min(reader.span(value).start);
    let mut entry = reader.entry(Some(key), from, value)?;
    if reader.is_computed(entry.key_span) {
        entry.key = reader.constant(key, bind.scope, entry.key_span)?;
    }
    Some(entry)
}

/// What a binding gives a value to, as its owner would be called.
pub(super) fn name_of(target: &Target) -> Option<String> {
    match target {
        Target::Name(name) | Target::Global(name) | Target::Item(name) | Target::Field(name) => Some(name.clone()),
        Target::Key(owner, key) => Some(format!("{}.{key}", plain(owner))),
    }
}

/// The name of an owner without what says that it is a field of the object itself.
pub(super) fn plain(owner: &str) -> String {
    let owner = ["self.", "this.", "cls."].iter().find_map(|word| owner.strip_prefix(word)).unwrap_or(owner);
    owner.trim_end_matches("()").replace(['?', '!'], "")
}
