//! Literals with what is added to them later, and what is added to things that begin empty.

use std::collections::{HashMap, HashSet};
use std::rc::Rc;

use crate::program::module::{Bind, Expr, ExprId, How, Target};
use crate::program::usage;
use crate::{Record, RecordKind};

use super::addition::{Additions, Owner, name_of, plain};
use super::branch;
use super::entry::KeyEntry;
use super::environment::{Handed, is_variables};
use super::reader::EntryReader;
use super::shown::is_compared;

/// Longer paths are not told.
const LONGEST_PATH: usize = 200;
/// A literal may be wrapped so often before it is given to a name.
const DEEPEST: usize = 3;

pub(super) fn records(reader: &EntryReader<'_, '_>, handed: &Handed, additions: &mut Additions) -> Vec<Record> {
    let mut finder = MappingFinder { reader, handed, paths: HashMap::new(), parts: HashSet::new() };
    let mut found = Vec::new();
    // Outer literals first: they say which of the inner ones are parts of them.
    for id in reader.all().rev() {
        found.extend(finder.literal(id, additions));
    }
    for ((owner, environment), group) in &additions.groups {
        let left = group.entries.iter().enumerate().filter(|(index, _)| !group.taken.contains(index));
        let left: Vec<&(KeyEntry, ExprId)> = left.map(|(_, entry)| entry).collect();
        for part in renewed(reader, owner, &left) {
            let entries: Vec<KeyEntry> = part.iter().map(|(entry, _)| entry.clone()).collect();
            let (kind, path) = match owner {
                _ if *environment && is_variables(&entries) => (RecordKind::Environment, ""),
                Owner::Name(_, name) => (RecordKind::Mapping, path_of(name)),
                Owner::Chain(_) => (RecordKind::Mapping, ""),
            };
            if let Some((_, by)) = part.first()
                && reader.wants(path, &entries)
            {
                let records = made(reader, kind, path, entries, *by);
                found.extend(reader.sent(records, &reader.holders(owner, *by)));
            }
        }
    }
    found
}

/// The records of entries that are given to one thing, one for each way through the branches.
fn made(reader: &EntryReader<'_, '_>, kind: RecordKind, path: &str, entries: Vec<KeyEntry>, by: ExprId) -> Vec<Record> {
    let ways = branch::ways(reader, entries);
    ways.iter().filter_map(|entries| reader.record(kind, path, entries, reader.around(by))).collect()
}

/// What is added to a variable, apart for each value that the variable is given.
fn renewed<'e>(
    reader: &EntryReader<'_, '_>,
    owner: &Owner,
    entries: &[&'e (KeyEntry, ExprId)],
) -> Vec<Vec<&'e (KeyEntry, ExprId)>> {
    let starts: Vec<usize> = match owner {
        Owner::Name(frame, name) => {
            let values = reader.resolver.named(*frame, name).filter(|bind| !bind.append && bind.value.is_some());
            values.map(|bind| bind.span.start).collect()
        }
        Owner::Chain(_) => Vec::new(),
    };
    let of = |entry: &&(KeyEntry, ExprId)| starts.partition_point(|start| *start <= reader.span(entry.1).start);
    entries.chunk_by(|one, other| of(one) == of(other)).map(<[_]>::to_vec).collect()
}

/// The keys that lead from a variable to its member.
fn path_of(owner: &str) -> &str {
    owner.split_once('.').map_or("", |(_, path)| path)
}

struct MappingFinder<'f, 'r, 'm> {
    reader: &'f EntryReader<'r, 'm>,
    handed: &'f Handed,
    paths: HashMap<ExprId, Rc<str>>,
    /// Literals that are an entry of another one.
    parts: HashSet<ExprId>,
}

impl<'m> MappingFinder<'_, '_, 'm> {
    fn literal(&mut self, id: ExprId, additions: &mut Additions) -> Vec<Record> {
        let reader = self.reader;
        let is_literal = matches!(reader.expr(id), Expr::Map(_) | Expr::List(_) | Expr::Call { .. });
        if !is_literal || additions.merged.contains(&id) || self.parts.contains(&id) {
            return Vec::new();
        }
        let mut entries = self.written(id);
        if entries.is_empty() {
            return Vec::new();
        }
        let mut environment = self.handed.literals.contains(&id);
        if let Some(bind) = self.bound(id)
            && let Some(name) = name_of(&bind.target)
        {
            let frame = reader.resolver.frame(bind.scope);
            let is_environment = self.handed.is_environment(frame, &name);
            environment |= is_environment;
            let start = reader.span(id).start;
            let end = self.next_binding(bind).unwrap_or(usize::MAX);
            let key = (Owner::Name(frame, name), is_environment);
            entries.extend(additions.take(&key, |by| (start..end).contains(&reader.span(by).start)));
        }
        let path = self.path(id);
        if !reader.wants(&path, &entries) || is_compared(reader, id) {
            return Vec::new();
        }
        match environment && is_variables(&entries) {
            true => made(reader, RecordKind::Environment, "", entries, id),
            false => reader.sent(made(reader, RecordKind::Mapping, &path, entries, id), &[id]),
        }
    }

    /// The entries that stand in a literal itself.
    fn written(&mut self, id: ExprId) -> Vec<KeyEntry> {
        let entries = self.reader.entries(id);
        match self.reader.expr(id) {
            Expr::List(items) if entries.is_empty() && self.handed.literals.contains(&id) => {
                return self.reader.assignments(items);
            }
            Expr::List(items) if !entries.is_empty() => self.parts.extend(items),
            Expr::Call { args, .. } if !entries.is_empty() && args.iter().all(|arg| arg.name.is_none()) => {
                self.parts.extend(args.iter().map(|arg| arg.value));
            }
            _ => {}
        }
        entries
    }

    /// The binding that gives a literal a name, by itself or wrapped in an object that holds nothing else.
    fn bound(&self, id: ExprId) -> Option<&'m Bind> {
        let reader = self.reader;
        let mut at = id;
        for _ in 0..DEEPEST {
            if let Some(bind) = reader.resolver.bound(at).next() {
                return Some(bind);
            }
            let parent = reader.resolver.parent(at)?;
            match reader.expr(parent) {
                Expr::Cast { .. } => at = parent,
                Expr::Call { callee, args, how } => {
                    let name = usage::last_name(reader.resolver, *callee);
                    let makes = *how == How::New || name.starts_with(char::is_uppercase);
                    let is_whole = args.iter().any(|arg| arg.value == at && arg.name.is_none());
                    at = Some(parent).filter(|_| makes && is_whole)?;
                }
                _ => return None,
            }
        }
        None
    }

    /// Where the name that a binding gives a value to gets its next one.
    fn next_binding(&self, bind: &'m Bind) -> Option<usize> {
        let Target::Name(name) = &bind.target else { return None };
        let frame = self.reader.resolver.frame(bind.scope);
        let mut later = self.reader.resolver.named(frame, name);
        let is_next = |other: &&Bind| {
            other.span.start > bind.span.start && !other.append && other.scope == bind.scope && other.value.is_some()
        };
        later.find(is_next).map(|next| next.span.start)
    }

    /// The keys that lead to a literal.
    fn path(&mut self, id: ExprId) -> Rc<str> {
        if let Some(known) = self.paths.get(&id) {
            return Rc::clone(known);
        }
        let reader = self.reader;
        let path = match reader.resolver.parent(id) {
            _ if let Some(bind) = reader.resolver.bound(id).next() => match &bind.target {
                Target::Key(owner, key) => joined(path_of(&plain(owner)), key),
                _ => Rc::from(""),
            },
            None => Rc::from(""),
            Some(parent) => match reader.expr(parent) {
                Expr::Map(entries) => {
                    let keys = entries.iter().map(|(key, value)| (key.as_deref(), *value)).collect();
                    self.below(parent, keys);
                    return self.paths.entry(id).or_insert_with(|| Rc::from("")).clone();
                }
                Expr::Call { args, how: How::New | How::Literal, .. } => {
                    let keys = args.iter().map(|arg| (arg.name.as_deref(), arg.value)).collect();
                    self.below(parent, keys);
                    return self.paths.entry(id).or_insert_with(|| Rc::from("")).clone();
                }
                Expr::List(_) | Expr::Spread(_) | Expr::Cast { .. } | Expr::Choice(_) => self.path(parent),
                _ => Rc::from(""),
            },
        };
        self.paths.insert(id, Rc::clone(&path));
        path
    }

    /// Notes the paths of all members of a literal at once.
    fn below(&mut self, parent: ExprId, members: Vec<(Option<&str>, ExprId)>) {
        let path = self.path(parent);
        for (key, value) in members {
            let path = key.map_or_else(|| Rc::clone(&path), |key| joined(&path, key));
            self.paths.insert(value, path);
        }
    }
}

fn joined(path: &str, key: &str) -> Rc<str> {
    match (path, key) {
        (path, _) if path.len() + key.len() > LONGEST_PATH => Rc::from(path),
        ("", key) => Rc::from(key),
        (path, key) => Rc::from(format!("{path}.{key}")),
    }
}
