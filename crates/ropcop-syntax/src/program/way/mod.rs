//! Ways of values: how an object was made that a call is made on, and to which address a form is sent.
//!
//! A way is followed backwards through names, fields, parameters and the functions of the file that give something back
//! ([`piece`], [`origin`]), and forwards to the calls that receive a value ([`onward`], [`request`]). It leads as far as
//! the file does; where more than one way is possible, all of them are told.

mod argument;
mod names;
mod onward;
mod origin;
mod piece;
mod request;
mod text;

use std::cell::{Cell, RefCell};
use std::collections::HashMap;
use std::rc::Rc;

use crate::program::module::{Expr, ExprId, ExprNode, ScopeId};
use crate::program::resolve::Resolver;
use crate::program::value::Evaluator;
use crate::{Step, Symbol, Value, Way};

/// Of more ways to one thing, the first count.
const MOST_WAYS: usize = 8;
/// Of more bindings of one name, the last are followed.
const MOST_BINDINGS: usize = 8;
/// Of more calls that use a value or a function, the first are followed.
const MOST_USES: usize = 12;
/// Longer ways are not followed, in expressions one inside the other.
const DEEPEST: usize = 40;
/// For one question, no more expressions are looked at.
const MOST_STEPS: usize = 600;
/// For all questions about one file, so many expressions are looked at, and more in files with more of them.
const FEWEST_STEPS_OF_FILE: usize = 5_000;
/// For all questions about one file, so many expressions are looked at for each of its own.
const MOST_STEPS_OF_EXPR: usize = 4;

/// Follows values.
pub(crate) struct Ways<'r, 'm> {
    resolver: &'r Resolver<'m>,
    evaluator: Evaluator<'r, 'm>,
    /// Expressions that may be looked at still, for this question and for the file.
    left: Cell<usize>,
    left_of_file: Cell<usize>,
    /// How often something was cut short.
    cut: Cell<usize>,
    /// What is known of expressions, whoever asks.
    known: RefCell<HashMap<ExprId, Rc<[WayPiece]>>>,
    /// What is being followed, outermost first.
    active: RefCell<Vec<ExprId>>,
    /// The functions of the file that are being looked into, each with the call that led there.
    entered: RefCell<Vec<(ScopeId, ExprId)>>,
}

fn owned(steps: &[Rc<Step>]) -> Vec<Step> {
    steps.iter().map(|step| Step::clone(step)).collect()
}

/// What an expression may be, and how it was made.
#[derive(Clone, Debug)]
struct WayPiece {
    value: Rc<Value>,
    steps: Vec<Rc<Step>>,
    /// Where it comes from is not known.
    open: bool,
}

impl WayPiece {
    fn known(value: Value) -> Self {
        Self { value: Rc::new(value), steps: Vec::new(), open: false }
    }
}

impl<'r, 'm> Ways<'r, 'm> {
    pub(crate) fn new(resolver: &'r Resolver<'m>) -> Self {
        Self {
            resolver,
            evaluator: Evaluator::new(resolver),
            left: Cell::new(0),
            left_of_file: Cell::new(FEWEST_STEPS_OF_FILE + MOST_STEPS_OF_EXPR * resolver.module.exprs.len()),
            cut: Cell::new(0),
            known: RefCell::default(),
            active: RefCell::default(),
            entered: RefCell::default(),
        }
    }

    /// The ways of the object on which a call is made, with what is done with the result. `id` is the call, or a method
    /// that is handed on.
    pub(crate) fn of_call(&self, id: ExprId) -> Vec<Way> {
        self.ask();
        let callee = match self.expr(id) {
            Expr::Call { callee, .. } => *callee,
            _ => id,
        };
        let made = self.receiver(callee).map(|object| self.pieces(object));
        let after = self.after(id);
        let is_static = made.iter().flatten().all(|piece| piece.steps.is_empty() && !piece.open);
        let mut ways: Vec<Way> = match made {
            // What is called on a class is known by whom it is handed to.
            _ if is_static => self.receivers(id),
            Some(pieces) => pieces.iter().map(|piece| Way { steps: owned(&piece.steps), open: piece.open }).collect(),
            None => Vec::new(),
        };
        if ways.is_empty() {
            ways.push(Way::default());
        }
        ways.truncate(MOST_WAYS);
        ways.iter_mut().for_each(|way| way.steps.extend(owned(&after)));
        ways
    }

    /// The object on which a callee is called, also where the method was given a name of its own.
    fn receiver(&self, callee: ExprId) -> Option<ExprId> {
        let mut at = callee;
        for _ in 0..4 {
            let node = self.node(at);
            at = match &node.expr {
                Expr::Member { object, .. } => return Some(*object),
                Expr::Cast { value, .. } => *value,
                Expr::Name(name) => match self.resolver.bindings(name, node.scope, node.span)[..] {
                    [bind] => bind.value?,
                    _ => return None,
                },
                _ => return None,
            };
        }
        None
    }

    /// Begins a question.
    fn ask(&self) {
        self.left.set(MOST_STEPS.min(self.left_of_file.get()));
        self.active.borrow_mut().clear();
        self.entered.borrow_mut().clear();
    }

    /// Takes a step, unless there were too many.
    fn step(&self) -> bool {
        let (left, of_file) = (self.left.get(), self.left_of_file.get());
        self.left.set(left.saturating_sub(1));
        self.left_of_file.set(of_file.saturating_sub(1));
        left > 0 && of_file > 0
    }

    fn node(&self, id: ExprId) -> &'m ExprNode {
        self.resolver.module.node(id)
    }

    fn expr(&self, id: ExprId) -> &'m Expr {
        &self.node(id).expr
    }

    /// What a callee is, likeliest of all that it may be.
    fn symbol(&self, callee: ExprId) -> Symbol {
        self.resolver.symbols(callee)[0].clone()
    }
}
