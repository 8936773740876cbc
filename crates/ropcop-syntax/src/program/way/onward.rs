//! What is done with what a call gives, and to whom it is handed.

use std::rc::Rc;

use super::{MOST_USES, MOST_WAYS, WayPiece, Ways, names, owned};
use crate::program::module::{Expr, ExprId, Target};
use crate::program::usage;
use crate::{Step, Way};

impl Ways<'_, '_> {
    /// The calls that are made on what an expression gives, in one chain or through a variable, up to the one that runs it.
    pub(super) fn after(&self, id: ExprId) -> Vec<Rc<Step>> {
        let mut found = Vec::new();
        self.chain(id, &mut found);
        found
    }

    /// Adds the chain behind an expression, and gives its end.
    fn chain(&self, id: ExprId, found: &mut Vec<Rc<Step>>) -> ExprId {
        let mut at = id;
        while self.step() {
            if let Some(call) = self.called_on(at) {
                found.extend(self.one_step(call));
                at = call;
                if self.name_of(call).is_some_and(|name| names::runs_request(&name)) {
                    return at;
                }
                continue;
            }
            match self.resolver.parent(at).filter(|parent| is_same(self.expr(*parent))) {
                Some(parent) => at = parent,
                None => break,
            }
        }
        // A builder is given a name, and more is called on that. What a credential is asked for is what it is for.
        for place in self.places(at) {
            if let Some(call) = self.called_on(place) {
                found.extend(self.with_arguments(call).unwrap_or_default());
            }
        }
        at
    }

    /// The ways of the objects whose methods receive what a call on a class gives: `app.acquire(Parameters.of(…))`.
    pub(super) fn receivers(&self, id: ExprId) -> Vec<Way> {
        let end = self.chain(id, &mut Vec::new());
        let mut found = Vec::new();
        for place in std::iter::once(end).chain(self.places(end)) {
            let end = self.chain_end(place);
            let Some((call, callee)) = self.handed_to(end) else { continue };
            // How its argument is made is told by the chain behind the call itself.
            let step = self.with_arguments(call).and_then(|mut steps| steps.pop());
            let made = self.receiver(callee).map(|object| self.pieces(object)).unwrap_or_default();
            if made.is_empty() {
                found.push(Way { steps: owned(step.as_slice()), open: false });
            }
            let way = |piece: WayPiece| {
                let steps: Vec<Rc<Step>> = piece.steps.into_iter().chain(step.clone()).collect();
                Way { steps: owned(&steps), open: piece.open }
            };
            found.extend(made.into_iter().map(way));
        }
        found.truncate(MOST_WAYS);
        found
    }

    /// The end of the chain of calls on an expression.
    fn chain_end(&self, id: ExprId) -> ExprId {
        let mut at = id;
        while let Some(call) = self.called_on(at) {
            at = call;
        }
        at
    }

    /// The call that is given an expression as an argument, or in an object with its options.
    fn handed_to(&self, id: ExprId) -> Option<(ExprId, ExprId)> {
        let mut at = id;
        loop {
            let parent = self.resolver.parent(at)?;
            match self.expr(parent) {
                Expr::Call { callee, args, .. } if args.iter().any(|arg| arg.value == at) => {
                    return Some((parent, *callee));
                }
                Expr::Map(entries) if entries.iter().any(|(_, value)| *value == at) => at = parent,
                expr if is_same(expr) => at = parent,
                _ => return None,
            }
        }
    }

    /// Where the names stand that an expression is given.
    pub(super) fn places(&self, id: ExprId) -> Vec<ExprId> {
        let mut found = Vec::new();
        for bind in self.resolver.bound(id) {
            let (Target::Name(name)
            | Target::Field(name)
            | Target::Key(_, name)
            | Target::Global(name)
            | Target::Item(name)) = &bind.target;
            let is_variable = !matches!(bind.target, Target::Key(..));
            found.extend(self.resolver.uses(name).places(id, is_variable, MOST_USES));
        }
        found
    }

    pub(super) fn name_of(&self, call: ExprId) -> Option<String> {
        match self.expr(call) {
            Expr::Call { callee, .. } => Some(usage::last_name(self.resolver, *callee)),
            _ => None,
        }
    }
}

/// Whether an expression is what stands in it.
fn is_same(expr: &Expr) -> bool {
    matches!(expr, Expr::Cast { .. } | Expr::Choice(_) | Expr::Spread(_))
}
