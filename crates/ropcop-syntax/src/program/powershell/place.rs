//! Which of the values that a variable is given can reach a use of it.

use super::names::{Change, Given, Names, What};
use crate::program::module::{Bind, ScopeId, Target};

impl<'s> Names<'_, 's> {
    /// The scopes from one outwards.
    pub(super) fn outwards(&self, scope: ScopeId) -> impl Iterator<Item = ScopeId> + '_ {
        let scopes = &self.resolver.module.scopes;
        std::iter::successors(Some(scope), |at| scopes[at.0].parent)
    }

    pub(super) fn frame_of(&self, scope: ScopeId) -> ScopeId {
        self.resolver.frame(scope)
    }

    /// The scope that begins at a place of the text.
    pub(super) fn scope(&self, start: usize) -> Option<ScopeId> {
        self.lowered.scope(start)
    }

    /// The changes of a variable that can reach a use of it, in order, from the last that surely happened.
    pub(super) fn reaching(&self, key: &str, scope: ScopeId, at: usize) -> Vec<Change<'s>> {
        let Some(name) = self.lowered.name(key) else { return Vec::new() };
        let binds = self.resolver.reaching_changes(name, scope, at);
        binds.into_iter().map(|bind| self.change(bind)).collect()
    }

    /// The only value that a variable is ever given.
    pub(super) fn only(&self, key: &str, scope: ScopeId, at: usize) -> Option<Given<'s>> {
        let bind = self.resolver.only_change(self.lowered.name(key)?, scope, at)?;
        self.given(bind)
    }

    fn given(&self, bind: &Bind) -> Option<Given<'s>> {
        let value = bind.value?;
        let whole = || self.lowered.giver(value).map(Given::of);
        self.lowered.source(value).map(Given::Value).or_else(whole)
    }

    fn change(&self, bind: &Bind) -> Change<'s> {
        let what = match (&bind.target, self.given(bind)) {
            (Target::Key(_, key), Some(given)) if !bind.append => What::Key(key.clone(), given),
            (Target::Key(_, key), None) if !bind.append => What::Remove(key.clone()),
            (Target::Name(_) | Target::Global(_) | Target::Item(_), Some(given)) if bind.append => What::Add(given),
            (Target::Name(_) | Target::Global(_), Some(given)) => What::Set(given),
            _ => What::Unknown,
        };
        Change { place: bind.scope, what }
    }
}
