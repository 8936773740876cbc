//! Entries that stand in different branches: `if user: d["k"] = "a"`, `else: d["k"] = "b"`.

use std::collections::HashSet;

use crate::program::module::ScopeId;

use super::entry::KeyEntry;
use super::reader::EntryReader;

/// Where a key is given in more branches, the last of them count.
const MOST_WAYS: usize = 8;

/// The entries on each way through branches that give the same key. Branches that do not touch each other's keys stay
/// together: both may run.
pub(super) fn ways(reader: &EntryReader<'_, '_>, entries: Vec<KeyEntry>) -> Vec<Vec<KeyEntry>> {
    let mut scopes: Vec<ScopeId> = entries.iter().map(|entry| entry.scope).collect();
    scopes.sort();
    scopes.dedup();
    if scopes.len() < 2 {
        return vec![entries];
    }
    let keys = |scope: ScopeId| -> HashSet<&str> {
        entries.iter().filter(|entry| entry.scope == scope).map(|entry| entry.key.as_str()).collect()
    };
    let branches = &scopes[scopes.len().saturating_sub(MOST_WAYS)..];
    let keys: Vec<(ScopeId, HashSet<&str>)> = branches.iter().map(|scope| (*scope, keys(*scope))).collect();
    let rivals = |(one, of_one): &(ScopeId, HashSet<&str>)| -> Vec<ScopeId> {
        let is_rival = |(other, of_other): &&(ScopeId, HashSet<&str>)| {
            !reader.resolver.is_nested(*one, *other) && !of_one.is_disjoint(of_other)
        };
        keys.iter().filter(is_rival).map(|(other, _)| *other).collect()
    };
    let all: Vec<(ScopeId, Vec<ScopeId>)> = keys.iter().map(|branch| (branch.0, rivals(branch))).collect();
    let way = |chosen: ScopeId, rivals: &[ScopeId]| -> Vec<KeyEntry> {
        let mut left_out: Vec<(ScopeId, ScopeId)> = rivals.iter().map(|rival| (*rival, chosen)).collect();
        // Of other choices, the first that goes with this one.
        for (other, rivals) in &all {
            if !left_out.iter().any(|(out, _)| out == other) && *other != chosen {
                left_out.extend(rivals.iter().filter(|rival| **rival != chosen).map(|rival| (*rival, *other)));
            }
        }
        let is_out = |entry: &KeyEntry| left_out.iter().any(|(out, of)| is_inside(reader, entry.scope, *out, *of));
        entries.iter().filter(|entry| !is_out(entry)).cloned().collect()
    };
    let ways: Vec<Vec<KeyEntry>> =
        all.iter().filter(|(_, rivals)| !rivals.is_empty()).map(|(chosen, rivals)| way(*chosen, rivals)).collect();
    if ways.is_empty() { vec![entries] } else { ways }
}

/// Whether a scope lies in a rival branch, which a scope around both does not.
fn is_inside(reader: &EntryReader<'_, '_>, scope: ScopeId, rival: ScopeId, own: ScopeId) -> bool {
    reader.resolver.is_nested(scope, rival) && !reader.resolver.is_nested(scope, own)
}
