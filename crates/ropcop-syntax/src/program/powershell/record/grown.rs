//! What a script puts together in pieces, of which some may not be added.

use super::super::names::Names;
use crate::program::module::ScopeId;
use crate::record::Around;

/// More cases are not told apart.
const MOST_CASES: usize = 8;

/// Pieces with the place where each is added.
#[derive(Clone, Debug)]
pub(super) struct Grown<T> {
    /// Where it begins to exist.
    pub(super) place: ScopeId,
    pub(super) around: Around,
    pub(super) pieces: Vec<(ScopeId, T)>,
}

impl<T> Grown<T> {
    /// What the pieces add up to: once without those that may be missing, and once for each branch that adds some, with
    /// everything that can be added beside it.
    pub(super) fn cases(&self, names: &Names<'_, '_>) -> Vec<Vec<&T>> {
        let mut maybe: Vec<ScopeId> = Vec::new();
        for (place, _) in &self.pieces {
            if maybe.len() < MOST_CASES && !maybe.contains(place) && !names.resolver.is_sure(*place, self.place) {
                maybe.push(*place);
            }
        }
        if maybe.is_empty() {
            return vec![self.pieces.iter().map(|(_, piece)| piece).collect()];
        }
        let mut cases: Vec<Vec<usize>> = Vec::new();
        let indices = |wanted: &dyn Fn(ScopeId) -> bool| -> Vec<usize> {
            (0..self.pieces.len()).filter(|index| wanted(self.pieces[*index].0)).collect()
        };
        if !names.resolver.cover(&maybe) {
            cases.push(indices(&|place| names.resolver.is_sure(place, self.place)));
        }
        for branch in maybe {
            let case = indices(&|place| names.resolver.fit(place, branch));
            if !cases.contains(&case) {
                cases.push(case);
            }
        }
        cases.into_iter().map(|case| case.into_iter().map(|index| &self.pieces[index].1).collect()).collect()
    }
}
