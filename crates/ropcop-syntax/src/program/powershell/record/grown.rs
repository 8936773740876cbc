//! What a script puts together in pieces, of which some may not be added.

use std::collections::{HashMap, HashSet};

use super::super::names::Names;
use crate::program::module::ScopeId;
use crate::record::Around;

/// Pieces with the place where each is added.
#[derive(Clone, Debug)]
pub(super) struct Grown<T> {
    /// Where it begins to exist.
    pub(super) place: ScopeId,
    pub(super) around: Around,
    pub(super) pieces: Vec<(ScopeId, T)>,
}

impl<T> Grown<T> {
    /// What the pieces add up to: once without those that may be missing, and once for each way through the branches that
    /// add some. Of two branches that give one key a value, the conditions are hardly ever both true.
    pub(super) fn cases(&self, names: &Names<'_, '_>, key: impl Fn(&T) -> Option<String>) -> Vec<Vec<&T>> {
        let scopes: Vec<ScopeId> = self.pieces.iter().map(|(scope, _)| *scope).collect();
        let is_sure = |scope: &ScopeId| names.resolver.is_sure(*scope, self.place);
        let maybe: Vec<ScopeId> = scopes.iter().filter(|scope| !is_sure(scope)).copied().collect();
        let mut cases: Vec<Vec<usize>> = Vec::new();
        if !maybe.is_empty() && !names.resolver.cover(&maybe) {
            cases.push((0..scopes.len()).filter(|index| is_sure(&scopes[*index])).collect());
        }
        let mut keys: HashMap<ScopeId, HashSet<String>> = HashMap::new();
        for (scope, piece) in &self.pieces {
            keys.entry(*scope).or_default().extend(key(piece));
        }
        let clash = |one: ScopeId, other: ScopeId| {
            !names.resolver.is_nested(one, other) && !keys[&one].is_disjoint(&keys[&other])
        };
        for way in names.resolver.ways(&scopes, clash) {
            if !cases.contains(&way) {
                cases.push(way);
            }
        }
        cases.into_iter().map(|case| case.into_iter().map(|index| &self.pieces[index].1).collect()).collect()
    }
}
