//! Variables of the environment: those that a program sets for itself, and those it hands to others.

use std::collections::{HashMap, HashSet};

use crate::program::module::{Expr, ExprId, Module, ScopeId, Target};
use crate::program::usage;
use crate::record::Around;
use crate::{Record, RecordKind};

use super::entry::KeyEntry;
use super::reader::{EntryReader, LONGEST};
use crate::vocabulary::environment;

/// A literal is looked for so deep in what is handed over.
const DEEPEST: usize = 3;
/// More variables than this are not handed on to inner functions.
const MOST_INHERITED: usize = 100;
/// Files that set more variables are data: the rest is left out.
const MOST_FIELDS: usize = 20_000;
/// Functions inside each other see what the outer ones set, so far out.
const FARTHEST: usize = 8;

/// What is handed over as the environment of a process.
#[derive(Debug, Default)]
pub(super) struct Handed {
    pub(super) literals: HashSet<ExprId>,
    names: HashSet<(ScopeId, String)>,
}

impl Handed {
    pub(super) fn of(reader: &EntryReader<'_, '_>) -> Self {
        let mut handed = Self::default();
        for id in reader.all() {
            match reader.expr(id) {
                Expr::Call { callee, args, .. } => {
                    let named = args.iter().filter(|arg| arg.name.as_deref().is_some_and(environment::is_environment));
                    named.for_each(|arg| handed.give(reader, arg.value, DEEPEST));
                    let Some(first) = args.first() else { continue };
                    let name = usage::last_name(reader.resolver, *callee);
                    if environment::gives_variable(&name) && args.len() == 1 {
                        handed.give(reader, first.value, DEEPEST);
                    }
                    // `patch.dict(os.environ, {…})`.
                    let target = reader.literal(first.value).unwrap_or(reader.source(reader.span(first.value)));
                    if matches!(name.as_str(), "dict" | "patch") && environment::is_own(target) {
                        handed.literals.insert(id);
                        args[1..].iter().for_each(|arg| handed.give(reader, arg.value, DEEPEST));
                    }
                }
                Expr::Map(entries) => {
                    let is_environment = |key: &Option<String>| key.as_deref().is_some_and(environment::is_environment);
                    let values = entries.iter().filter(|(key, _)| is_environment(key));
                    values.for_each(|(_, value)| handed.give(reader, *value, DEEPEST));
                }
                _ => {}
            }
        }
        for bind in &reader.resolver.module.binds {
            if let (Target::Key(_, key), Some(value)) = (&bind.target, bind.value)
                && environment::is_environment(key)
            {
                handed.give(reader, value, DEEPEST);
            }
        }
        handed
    }

    fn give(&mut self, reader: &EntryReader<'_, '_>, id: ExprId, depth: usize) {
        let Some(depth) = depth.checked_sub(1) else { return };
        let node = reader.node(id);
        match &node.expr {
            Expr::Map(_) | Expr::List(_) => {
                self.literals.insert(id);
            }
            Expr::Name(name) => {
                self.names.insert((reader.resolver.frame(node.scope), name.clone()));
            }
            Expr::Cast { value, .. } | Expr::Spread(value) => self.give(reader, *value, depth),
            Expr::Call { args, .. } => {
                let literals = args
                    .iter()
                    .map(|arg| arg.value)
                    .filter(|arg| matches!(reader.expr(*arg), Expr::Map(_) | Expr::List(_)));
                self.literals.extend(literals);
            }
            Expr::Choice(parts) | Expr::Other(parts) | Expr::Concat(parts) => {
                parts.iter().take(8).for_each(|part| self.give(reader, *part, depth));
            }
            _ => {}
        }
    }

    /// Whether a variable or a member holds the environment of a process.
    pub(super) fn is_environment(&self, frame: ScopeId, name: &str) -> bool {
        let last = name.rsplit('.').next().unwrap_or(name);
        environment::is_environment(last) || self.names.contains(&(frame, name.to_owned()))
    }
}

/// Variables are written in capitals; what is not is a setting that is only called an environment.
pub(super) fn is_variables(entries: &[KeyEntry]) -> bool {
    let is_one = |key: &str| key.contains(char::is_uppercase) && !key.contains(char::is_lowercase);
    entries.iter().any(|entry| is_one(&entry.key))
}

/// One record for each function that sets variables: its own, and those that are set around it.
pub(super) fn records(
    reader: &EntryReader<'_, '_>,
    variables: &HashMap<ScopeId, Vec<(KeyEntry, ExprId)>>,
) -> Vec<Record> {
    let around = |function: ScopeId| {
        let mut scopes: Vec<ScopeId> = reader.resolver.functions_around(function).take(FARTHEST).collect();
        if !scopes.contains(&Module::FILE) {
            scopes.push(Module::FILE);
        }
        scopes
    };
    let outer: HashSet<ScopeId> = variables.keys().flat_map(|function| around(*function).into_iter().skip(1)).collect();
    let mut innermost: Vec<ScopeId> = variables.keys().filter(|function| !outer.contains(function)).copied().collect();
    innermost.sort();
    let mut found = Vec::new();
    let mut left = MOST_FIELDS;
    for function in innermost {
        let Some(own) = variables.get(&function).filter(|_| left > 0) else { continue };
        let outer = around(function).into_iter().skip(1);
        let outer: Vec<_> = outer.filter_map(|scope| variables.get(&scope)).collect();
        let inherited = outer.into_iter().rev().flatten().take(MOST_INHERITED);
        let entries: Vec<KeyEntry> =
            inherited.chain(own.iter().take(LONGEST)).map(|(entry, _)| entry.clone()).collect();
        left = left.saturating_sub(entries.len());
        if !reader.wants("", &entries) {
            continue;
        }
        let Some((_, by)) = own.last() else { continue };
        let place = Around { statement: reader.around(*by).statement, function: reader.resolver.function_of(function) };
        found.extend(reader.record(RecordKind::Environment, "", &entries, place));
    }
    found
}
