//! Calls that add a key and its value to what they are called on.

use std::collections::HashMap;

use crate::program::module::{Argument, Expr, ExprId};
use crate::program::usage;

use super::{Added, Additions, Owner, plain};
use crate::program::record::entry::KeyEntry;
use crate::program::record::environment::Handed;
use crate::program::record::reader::EntryReader;
use crate::vocabulary::{environment, gather};

/// So many calls may stand between two setters of a chain.
const FARTHEST: usize = 50;
/// Owners with longer names are not told from each other.
const LONGEST_NAME: usize = 100;

/// What the setters of a chain begin with, and whether that has a name.
#[derive(Clone, Copy)]
struct Root {
    at: ExprId,
    named: bool,
}

/// A call that adds entries.
struct Setter {
    call: ExprId,
    root: Root,
    entries: Vec<KeyEntry>,
    gives_variable: bool,
}

/// Collects what calls add.
pub(super) fn collect(
    reader: &EntryReader<'_, '_>,
    handed: &Handed,
    additions: &mut Additions,
    found: &mut Vec<Added>,
) {
    let mut chains: HashMap<ExprId, Root> = HashMap::new();
    let mut setters: Vec<Setter> = Vec::new();
    let mut lengths: HashMap<ExprId, usize> = HashMap::new();
    for call in reader.all() {
        let Expr::Call { callee, args, .. } = reader.expr(call) else { continue };
        if args.is_empty() {
            continue;
        }
        let name = usage::last_name(reader.resolver, *callee);
        if own_variables(reader, additions, call, *callee, &name, args) {
            continue;
        }
        if let Some(added) = of_builder(reader, call, *callee, &name, args) {
            found.push(added);
            continue;
        }
        let Expr::Member { object, .. } = reader.expr(*callee) else { continue };
        let root = root(reader, *object, &chains);
        let entries = set(reader, additions, &name, args);
        if !entries.is_empty() && args.iter().any(|arg| arg.name.is_some()) {
            additions.merged.insert(call);
        }
        if entries.is_empty() {
            if piece(reader, additions, &name, args, root) {
                chains.insert(call, root);
            }
            continue;
        }
        chains.insert(call, root);
        *lengths.entry(root.at).or_default() += 1;
        let gives_variable = environment::gives_variable(&name);
        // `Object.assign(target, {…})` adds to its argument.
        let root = match (name.as_str(), &args[..]) {
            ("assign", [target, _, ..]) => Root { at: target.value, named: true },
            _ => root,
        };
        setters.push(Setter { call, root, entries, gives_variable });
    }
    for Setter { call, root, entries, gives_variable } in setters {
        let owner = owner(reader, root, lengths.get(&root.at).is_some_and(|length| *length > 1));
        let environment = gives_variable
            || match &owner {
                Owner::Name(frame, name) => handed.is_environment(*frame, name),
                Owner::Chain(_) => false,
            };
        let added = |entry| Added { entry, by: call, owner: owner.clone(), environment };
        found.extend(entries.into_iter().map(added));
    }
}

/// `parameters { append("k", "v") }`: inside the block of a builder, what adds needs no object before it.
fn of_builder(
    reader: &EntryReader<'_, '_>,
    call: ExprId,
    callee: ExprId,
    name: &str,
    args: &[Argument],
) -> Option<Added> {
    let [key, value] = args else { return None };
    let scope = reader.node(call).scope;
    let is_bare = matches!(reader.expr(callee), Expr::Name(_)) && gather::adds(name);
    if !is_bare || !reader.is_in_function(scope) || reader.literal(key.value).is_none() {
        return None;
    }
    let owner = Owner::Name(reader.resolver.frame(scope), String::new());
    Some(Added { entry: reader.entry_of(key.value, value.value)?, by: call, owner, environment: false })
}

/// Whether a call sets variables of this very process.
fn own_variables(
    reader: &EntryReader<'_, '_>,
    additions: &mut Additions,
    call: ExprId,
    callee: ExprId,
    name: &str,
    args: &[Argument],
) -> bool {
    let is_own = |id: ExprId| environment::is_own(reader.source(reader.span(id)));
    let of_own = matches!(reader.expr(callee), Expr::Member { object, .. } if is_own(*object));
    let entries = match args {
        [key, value, ..] if environment::sets_variable(name) => {
            reader.entry_of(key.value, value.value).into_iter().collect()
        }
        [target, key, value] if name == "setitem" && is_own(target.value) => {
            reader.entry_of(key.value, value.value).into_iter().collect()
        }
        [target, more @ ..] if name == "assign" && is_own(target.value) => merged(reader, additions, more),
        args if of_own && gather::merges(name) => merged(reader, additions, args),
        [key, value] if of_own && !gather::looks_up(name) => {
            reader.entry_of(key.value, value.value).into_iter().collect()
        }
        _ => Vec::new(),
    };
    let is_any = !entries.is_empty();
    if is_any {
        additions.merged.insert(call);
    }
    entries.into_iter().for_each(|entry| additions.variable(reader, entry, call));
    is_any
}

/// The entries of literals that are handed over to be added.
fn merged(reader: &EntryReader<'_, '_>, additions: &mut Additions, args: &[Argument]) -> Vec<KeyEntry> {
    let mut found = Vec::new();
    for arg in args {
        match &arg.name {
            Some(name) => {
                found.extend(reader.entry(Some(name), reader.span(arg.value).start.saturating_sub(200), arg.value))
            }
            None => {
                let entries = reader.entries(arg.value);
                if !entries.is_empty() {
                    additions.merged.insert(arg.value);
                }
                found.extend(entries);
            }
        }
    }
    found
}

/// What a call adds to the object that it is called on.
fn set(reader: &EntryReader<'_, '_>, additions: &mut Additions, name: &str, args: &[Argument]) -> Vec<KeyEntry> {
    if args.iter().any(|arg| arg.name.is_some()) && !gather::merges(name) {
        let named = args.iter().map(|arg| (arg.name.as_deref(), arg.value));
        return reader.pair_of_names(named).into_iter().collect();
    }
    match args {
        _ if gather::merges(name) || environment::gives_variable(name) && args.len() == 1 => {
            merged(reader, additions, args)
        }
        [item] if gather::adds(name) => {
            let pair = reader.pair(item.value);
            if pair.is_some() {
                additions.merged.insert(item.value);
            }
            pair.into_iter().collect()
        }
        // A part of a form comes before its name: `Add(new StringContent(v), "k")`.
        [part, key] if gather::adds(name) && reader.literal(key.value).is_some() => match reader.expr(part.value) {
            Expr::Call { args, .. } if args.len() <= 3 && !args.is_empty() => {
                reader.entry_of(key.value, args[0].value).into_iter().collect()
            }
            _ => reader.entry_of(part.value, key.value).into_iter().collect(),
        },
        [key, value, ..] if !gather::looks_up(name) => reader.entry_of(key.value, value.value).into_iter().collect(),
        _ => Vec::new(),
    }
}

/// `builder.append("text")`.
fn piece(reader: &EntryReader<'_, '_>, additions: &mut Additions, name: &str, args: &[Argument], root: Root) -> bool {
    let [piece] = args else { return false };
    let is_piece = matches!(name, "append" | "Append" | "write" | "WriteString" | "AppendFormat" | "writeString");
    if is_piece {
        let owner = owner(reader, root, false);
        additions.pieces.entry(owner).or_default().push(piece.value);
    }
    is_piece
}

/// What a chain of calls begins with.
fn root(reader: &EntryReader<'_, '_>, object: ExprId, chains: &HashMap<ExprId, Root>) -> Root {
    let mut at = object;
    for distance in 0..FARTHEST {
        if let Some(root) = chains.get(&at) {
            return *root;
        }
        match reader.expr(at) {
            Expr::Call { callee, args, .. } => match reader.expr(*callee) {
                // `process.environment()` is as good as a member.
                Expr::Member { name, .. } if args.is_empty() && environment::is_environment(name) && distance == 0 => {
                    return Root { at, named: true };
                }
                Expr::Member { object, .. } => at = *object,
                _ => break,
            },
            Expr::Name(_) | Expr::Member { .. } | Expr::This | Expr::Super | Expr::Cast { .. } => {
                let named = distance == 0;
                return Root { at: if named { at } else { object }, named };
            }
            _ => break,
        }
    }
    Root { at: object, named: false }
}

/// Who owns what a chain adds: the variable on which it is called or to which it is given, else the chain itself. Chains
/// on a member are apart from each other: each call of `client.request` begins something new.
fn owner(reader: &EntryReader<'_, '_>, root: Root, is_chain: bool) -> Owner {
    let node = reader.node(root.at);
    let frame = reader.resolver.frame(node.scope);
    let written = match &node.expr {
        Expr::Name(name) => name.as_str(),
        Expr::Member { .. } if is_chain => "",
        _ => reader.source(node.span),
    };
    let is_name = !written.is_empty() && written.len() <= LONGEST_NAME && !written.contains(char::is_whitespace);
    if root.named && is_name {
        return Owner::Name(frame, plain(written));
    }
    let mut top = root.at;
    while let Some(parent) = reader.resolver.parent(top) {
        match reader.expr(parent) {
            Expr::Member { object, .. } if *object == top => top = parent,
            Expr::Call { callee, .. } if *callee == top => top = parent,
            _ => break,
        }
    }
    match reader.resolver.bound(top).find_map(|bind| super::name_of(&bind.target)) {
        Some(name) => Owner::Name(frame, name),
        None => Owner::Chain(root.at),
    }
}
