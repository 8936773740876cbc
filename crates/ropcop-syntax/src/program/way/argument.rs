//! Arguments of the calls on a way.

use std::rc::Rc;

use super::{MOST_WAYS, WayPiece, Ways};
use crate::program::module::{Argument, Expr};
use crate::{Arg, Step, Value};

/// What a call may be given, all arguments at once.
#[derive(Clone, Debug)]
pub(super) struct GivenArguments {
    pub(super) args: Vec<Arg>,
    /// How the arguments are made.
    pub(super) steps: Vec<Rc<Step>>,
}

impl<'m> Ways<'_, 'm> {
    /// All that a call may be given; never empty.
    pub(super) fn arguments(&self, args: &'m [Argument]) -> Vec<GivenArguments> {
        let mut all = vec![GivenArguments { args: Vec::with_capacity(args.len()), steps: Vec::new() }];
        let mut position = Some(0);
        for arg in args {
            let node = self.node(arg.value);
            if matches!(node.expr, Expr::Spread(_)) {
                // It stands for any number of arguments: nothing behind it has a known position.
                position = None;
            }
            let at = position.filter(|_| arg.name.is_none());
            if arg.name.is_none() {
                position = position.map(|position| position + 1);
            }
            let with = |given: &GivenArguments, piece: &WayPiece| {
                let mut given = given.clone();
                let value = Value::clone(&piece.value);
                given.args.push(Arg { name: arg.name.clone(), position: at, value, span: node.span });
                given.steps.extend(piece.steps.iter().cloned());
                given
            };
            let options = self.pieces(arg.value);
            let longer =
                all.iter().flat_map(|given| options.iter().map(|piece| with(given, piece)).collect::<Vec<_>>());
            all = longer.take(MOST_WAYS).collect();
        }
        all
    }
}
