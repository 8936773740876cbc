//! Which scopes are around another.

use super::Resolver;
use crate::Span;
use crate::program::module::{Module, ScopeId, ScopeKind};

impl<'m> Resolver<'m> {
    /// The function, class or file that a scope belongs to: blocks are part of what is around them.
    pub(crate) fn frame(&self, scope: ScopeId) -> ScopeId {
        let scopes = &self.module.scopes;
        let mut at = scope;
        while let (ScopeKind::Block, Some(parent)) = (&scopes[at.0].kind, scopes[at.0].parent) {
            at = parent;
        }
        at
    }

    /// The scopes from `scope` outwards.
    pub(crate) fn outwards(&self, scope: ScopeId) -> impl Iterator<Item = ScopeId> + '_ {
        std::iter::successors(Some(scope), |at| self.module.scopes[at.0].parent)
    }

    /// The name of the innermost class around a scope.
    pub(crate) fn class_of(&self, scope: ScopeId) -> Option<&'m str> {
        self.outwards(scope).find_map(|at| match &self.module.scopes[at.0].kind {
            ScopeKind::Class(name) => Some(name.as_str()),
            _ => None,
        })
    }

    /// The innermost function around a scope, or the file.
    pub(crate) fn function_of(&self, scope: ScopeId) -> Span {
        self.module.scopes[self.function_scope(scope).0].span
    }

    /// The scope of the innermost function around a scope, or of the file.
    pub(crate) fn function_scope(&self, scope: ScopeId) -> ScopeId {
        let found = self.outwards(scope).find(|at| self.module.scopes[at.0].kind == ScopeKind::Function);
        found.unwrap_or(Module::FILE)
    }

    /// Whether one of two scopes is around the other, or they are the same.
    pub(crate) fn is_nested(&self, one: ScopeId, other: ScopeId) -> bool {
        self.outwards(one).any(|at| at == other) || self.outwards(other).any(|at| at == one)
    }

    /// The scopes of the functions around a scope, innermost first, and the file.
    pub(crate) fn functions_around(&self, scope: ScopeId) -> impl Iterator<Item = ScopeId> + '_ {
        let is_one = |at: &ScopeId| *at == Module::FILE || self.module.scopes[at.0].kind == ScopeKind::Function;
        self.outwards(scope).filter(is_one)
    }

    /// The frames from a scope outwards, innermost first.
    pub(super) fn frames(&self, scope: ScopeId) -> Vec<ScopeId> {
        let mut frames: Vec<ScopeId> = self.outwards(scope).map(|outer| self.frame(outer)).collect();
        frames.dedup();
        frames
    }
}
