//! What happens to a variable before it is used, and what cannot happen together with it.

use std::collections::HashMap;

use super::Resolver;
use crate::program::module::{Bind, Module, Runs, ScopeId, ScopeKind, Target};

/// Of more changes of a variable, only the last are looked at.
const MOST_CHANGES: usize = 64;
/// Of more arms in which something happens, the first and the last are followed.
const MOST_WAYS: usize = 8;

impl<'m> Resolver<'m> {
    pub(super) fn change(&mut self, frame: ScopeId, index: usize, bind: &'m Bind) {
        let (frame, name) = match &bind.target {
            Target::Name(name) | Target::Item(name) | Target::Key(name, _) => (frame, name),
            Target::Global(name) => (Module::FILE, name),
            Target::Field(_) => return,
        };
        self.changes.entry((frame, name)).or_default().push(index);
    }

    /// The changes of a variable that can reach a use of it, in order, from the last that surely gave it a value.
    pub(crate) fn reaching_changes(&self, name: &str, scope: ScopeId, at: usize) -> Vec<&'m Bind> {
        let own = self.frame(scope);
        let found = self.frames(scope).into_iter().find_map(|frame| Some((frame, self.changes.get(&(frame, name))?)));
        let Some((frame, changes)) = found else { return Vec::new() };
        let binds = &self.module.binds;
        let end = match frame == own {
            true => changes.partition_point(|index| binds[*index].span.end <= at),
            false => changes.len(),
        };
        let before: Vec<&Bind> = self.binds(&changes[end.saturating_sub(MOST_CHANGES)..end]).collect();
        let is_last =
            |bind: &&Bind| is_given(bind) && (frame != own && changes.len() == 1 || self.is_sure(bind.scope, scope));
        let last = before.iter().rposition(is_last).unwrap_or(0);
        before[last..].iter().copied().filter(|bind| self.fit(bind.scope, scope)).collect()
    }

    /// The only change that ever happens to a variable, if it surely has happened.
    pub(crate) fn only_change(&self, name: &str, scope: ScopeId, at: usize) -> Option<&'m Bind> {
        let changes = self.frames(scope).into_iter().find_map(|frame| self.changes.get(&(frame, name)))?;
        match (&changes[..], &self.reaching_changes(name, scope, at)[..]) {
            ([_], [bind]) if is_given(bind) && bind.value.is_some() && self.is_sure(bind.scope, scope) => Some(bind),
            _ => None,
        }
    }

    /// Whether what stands in `earlier` has run if something in `later` does.
    pub(crate) fn is_sure(&self, earlier: ScopeId, later: ScopeId) -> bool {
        if earlier == later {
            return true;
        }
        let around: Vec<ScopeId> = self.outwards(later).collect();
        let inner = self.outwards(earlier).take_while(|at| !around.contains(at));
        inner.into_iter().all(|at| self.module.scopes[at.0].runs == Runs::Surely)
    }

    /// The arms that a scope lies in, with their choices.
    fn arms(&self, scope: ScopeId) -> Vec<(usize, ScopeId)> {
        let arm = |at: ScopeId| match self.module.scopes[at.0].runs {
            Runs::Instead(choice) => Some((choice, at)),
            _ => None,
        };
        self.outwards(scope).filter_map(arm).collect()
    }

    /// Whether both can run: they do not stand in two arms of one choice.
    pub(crate) fn fit(&self, one: ScopeId, other: ScopeId) -> bool {
        if one == other || self.module.choices.is_empty() {
            return true;
        }
        let theirs = self.arms(other);
        self.arms(one).iter().all(|(choice, at)| theirs.iter().all(|(other, arm)| other != choice || arm == at))
    }

    /// Which of several things that stand in `scopes` can happen together: all of them, or some ways if one scope keeps
    /// another out, because it is another arm of a choice, or because what stands in both clashes.
    pub(crate) fn ways(&self, scopes: &[ScopeId], clash: impl Fn(ScopeId, ScopeId) -> bool) -> Vec<Vec<usize>> {
        let mut different: Vec<ScopeId> = scopes.to_vec();
        different.sort();
        different.dedup();
        let arms: HashMap<ScopeId, Vec<(usize, ScopeId)>> =
            different.iter().map(|scope| (*scope, self.arms(*scope))).collect();
        let fit = |one: ScopeId, other: ScopeId| {
            !clash(one, other)
                && arms[&one]
                    .iter()
                    .all(|(choice, arm)| arms[&other].iter().all(|(own, at)| own != choice || at == arm))
        };
        let is_rival = |scope: &&ScopeId| different.iter().any(|other| !fit(**scope, *other));
        let rivals: Vec<ScopeId> = different.iter().filter(is_rival).copied().collect();
        if rivals.is_empty() {
            return vec![(0..scopes.len()).collect()];
        }
        let along = |chosen: ScopeId, order: &[ScopeId]| {
            let mut taken = vec![chosen];
            for rival in order {
                if taken.iter().all(|other| fit(*rival, *other)) {
                    taken.push(*rival);
                }
            }
            taken
        };
        let mut ways: Vec<Vec<ScopeId>> = Vec::new();
        // Each is on one way at least, ...
        let mut left = rivals.clone();
        while let Some(chosen) = left.first().filter(|_| ways.len() < MOST_WAYS) {
            let way = along(*chosen, &[&left[..], &rivals].concat());
            left.retain(|rival| !way.contains(rival));
            ways.push(way);
        }
        // ... and the last are on one beside the first arms of other choices: what decides is mostly set last.
        let last = &rivals[rivals.len().saturating_sub(MOST_WAYS)..];
        ways.extend(last.iter().map(|chosen| along(*chosen, &rivals)));
        let is_on = |way: &[ScopeId], scope: ScopeId| way.contains(&scope) || !rivals.contains(&scope);
        let indices = ways.iter().map(|way| (0..scopes.len()).filter(|index| is_on(way, scopes[*index])).collect());
        let mut different: Vec<Vec<usize>> = Vec::new();
        indices.for_each(|way| {
            if !different.contains(&way) {
                different.push(way)
            }
        });
        different
    }

    /// What happens together of things that stand in these scopes: all, or one list for each way through their branches.
    pub(crate) fn each_way<T: Clone>(&self, things: &[(ScopeId, T)]) -> Vec<Vec<T>> {
        let scopes: Vec<ScopeId> = things.iter().map(|(scope, _)| *scope).collect();
        let ways = self.ways(&scopes, |_, _| false).into_iter();
        ways.map(|way| way.into_iter().map(|index| things[index].1.clone()).collect()).collect()
    }

    /// Whether one of `scopes` surely runs: they are all arms of a choice that has an `else`.
    pub(crate) fn cover(&self, scopes: &[ScopeId]) -> bool {
        self.module.choices.iter().any(|choice| choice.exhaustive && choice.arms.iter().all(|arm| scopes.contains(arm)))
    }

    /// Whether a scope lies in one of several arms, inside its function.
    pub(crate) fn in_branch(&self, scope: ScopeId) -> bool {
        let scopes = &self.module.scopes;
        let blocks = self.outwards(scope).take_while(|at| scopes[at.0].kind == ScopeKind::Block);
        blocks.into_iter().any(|at| match scopes[at.0].runs {
            Runs::Instead(choice) => self.module.choices[choice].arms.len() > 1,
            _ => false,
        })
    }
}

/// Whether a variable gets another value as a whole, known or not.
fn is_given(bind: &Bind) -> bool {
    !bind.append && !matches!(bind.target, Target::Key(..))
}
