//! Values of which one is there: what a condition chooses from, what branches assign, what a parameter is if nothing is given.

use crate::Value;
use crate::program::module::{Argument, Bind, Expr, ExprId};
use crate::program::usage;
use crate::vocabulary::gather;

use super::{Evaluator, MOST_OPTIONS};

/// What may be in one place.
#[derive(Clone, Debug, Default)]
pub(super) struct Given {
    /// The values that are written down, in the order of the file.
    pub(super) values: Vec<ExprId>,
    /// Whether it may be something else: what a caller hands over, what is looked up.
    pub(super) open: bool,
}

impl Given {
    /// One of several, and nothing else.
    pub(super) fn one_of(values: &[ExprId]) -> Self {
        Self { values: values.to_vec(), open: false }
    }

    /// What is looked up, and what takes its place if there is nothing.
    pub(super) fn or(default: ExprId) -> Self {
        Self { values: vec![default], open: true }
    }
}

impl<'m> Evaluator<'_, 'm> {
    /// What bindings of which each replaces the one before give a name. A parameter that may be left out is its default
    /// then; others may call its function otherwise.
    pub(super) fn given(&self, bindings: &[&Bind]) -> Given {
        let mut given = Given::default();
        if bindings.iter().any(|bind| bind.append) {
            return given;
        }
        for bind in &bindings[bindings.len().saturating_sub(MOST_OPTIONS)..] {
            match bind.value {
                Some(value) => given.values.push(value),
                None => {
                    let parameter = self.resolver.parameter(bind);
                    given.open |= parameter.is_some();
                    let default = parameter.and_then(|(function, index)| function.params[index].default);
                    given.values.extend(default.filter(|default| !self.is_nothing(*default)));
                }
            }
        }
        given
    }

    /// The values that a name may have where it is used, as far as they are written down.
    pub(crate) fn may_be(&self, id: ExprId, name: &str) -> Vec<ExprId> {
        self.given(&self.changes(id, name)).values
    }

    /// Whether an expression stands for nothing: `None`, `""`.
    fn is_nothing(&self, id: ExprId) -> bool {
        match &self.resolver.module.node(id).expr {
            Expr::Null => true,
            Expr::Text(parts) => parts.is_empty(),
            _ => false,
        }
    }

    /// What one of several values may be. Where none of them is written down, it is only a name.
    pub(super) fn choice(&self, id: ExprId, given: &Given, depth: usize) -> Value {
        if self.choosing.replace(true) {
            return self.other(id);
        }
        let mut found: Vec<Value> = if given.open { vec![self.other(id)] } else { Vec::new() };
        for option in self.options(&given.values) {
            let values = match self.value_within(option, depth) {
                Value::Choice(values) => values,
                value => vec![value],
            };
            let new = values.into_iter().filter(|value| !found.contains(value)).collect::<Vec<_>>();
            found.extend(new);
        }
        self.choosing.set(false);
        found.truncate(MOST_OPTIONS);
        match &found[..] {
            [_] => found.remove(0),
            _ if found.iter().any(|value| matches!(value, Value::Text(_))) => Value::Choice(found),
            _ => self.other(id),
        }
    }

    /// The values to choose from, with those of choices among them: `a ? x : b ? y : z`.
    pub(super) fn options(&self, options: &[ExprId]) -> Vec<ExprId> {
        let mut open: Vec<ExprId> = options.to_vec();
        let mut found = Vec::new();
        while let Some(option) = open.pop() {
            match &self.resolver.module.node(option).expr {
                _ if found.len() >= MOST_OPTIONS => break,
                Expr::Choice(inner) => open.extend(inner),
                _ => found.push(option),
            }
        }
        found.reverse();
        found
    }

    /// `get("NAME", "default")`, `x.orElse("default")`: what it looks up, or the default.
    pub(super) fn defaulted(&self, id: ExprId, callee: ExprId, args: &[Argument], depth: usize) -> Value {
        match self.default_of(callee, args) {
            Some(default) => self.choice(id, &Given::or(default), depth),
            None => self.other(id),
        }
    }

    /// What a call gives back if it finds nothing else.
    pub(super) fn default_of(&self, callee: ExprId, args: &[Argument]) -> Option<ExprId> {
        let name = usage::last_name(self.resolver, callee);
        match args {
            [key, default] if gather::has_default(&name) && self.literal(key.value).is_some() => Some(default.value),
            [default] if self.stands_in(callee).is_some() => Some(default.value),
            [_, .., default] if gather::chooses(&name) => Some(default.value),
            _ => None,
        }
    }

    /// The object of a method that gives back its argument where that is nothing.
    pub(super) fn stands_in(&self, callee: ExprId) -> Option<ExprId> {
        match &self.resolver.module.node(callee).expr {
            Expr::Member { object, name, .. } if gather::stands_in(name) => Some(*object),
            _ => None,
        }
    }

    /// Asks once with none of several values chosen and, if there were any to choose from, once with each of them. What has
    /// several values in several places is taken side by side.
    pub(crate) fn each_choice<T>(&self, ask: impl Fn() -> T) -> Vec<T> {
        let before = (self.chosen.take(), self.most.replace(0));
        let open = ask();
        let all = match self.most.get() {
            0 => vec![open],
            most => {
                let with = |chosen| {
                    self.chosen.set(Some(chosen));
                    ask()
                };
                (0..most.min(MOST_OPTIONS)).map(with).collect()
            }
        };
        self.chosen.set(before.0);
        self.most.set(before.1);
        all
    }
}
