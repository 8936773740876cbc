//! A script as a [`Module`]: what its variables get, and where which statements run.
//!
//! The tree stays beside the module, because how a word is written decides what a command is; [`Lowered`] leads from one
//! to the other.

mod expression;
mod statement;

use std::collections::{HashMap, HashSet};

use super::syntax::{Expr, Name, Statement};
use crate::Span;
use crate::program::module::{Bind, Expr as Value, ExprId, Import, Module, Runs, ScopeId, ScopeKind, Target, Traits};

/// A variable is a name of the module with this before it, so that it is not taken for a type.
pub(super) const SIGIL: char = '$';

/// A script that has been lowered.
pub(super) struct Lowered<'s> {
    pub(super) module: Module,
    /// By where they are kept in memory: an expression is lowered once.
    exprs: HashMap<*const Expr, ExprId>,
    statements: HashMap<*const Statement, ExprId>,
    /// The scope of each block, function and class, by where it begins.
    scopes: HashMap<usize, ScopeId>,
    /// Variables as they were first written, by the name under which they are kept.
    spellings: HashMap<String, String>,
    /// What an expression of the module was lowered from; of several, the outermost.
    sources: HashMap<ExprId, &'s Expr>,
    givers: HashMap<ExprId, &'s Statement>,
}

/// Lowers the statements of a text.
pub(super) fn lower<'s>(statements: &'s [Statement], text: &str) -> Lowered<'s> {
    let traits = Traits { qualified_names: true, implicit_this: false, in_order: true };
    let lowered = Lowered {
        module: Module::new(text.len(), traits),
        exprs: HashMap::new(),
        statements: HashMap::new(),
        scopes: HashMap::new(),
        spellings: HashMap::new(),
        sources: HashMap::new(),
        givers: HashMap::new(),
    };
    let mut lowering = Lowering { lowered, text, types: HashSet::new() };
    lowering.statements(statements, Module::FILE);
    lowering.lowered
}

impl<'s> Lowered<'s> {
    /// The expression of the module that stands for one of the tree.
    pub(super) fn id(&self, expr: &Expr) -> Option<ExprId> {
        self.exprs.get(&std::ptr::from_ref(expr)).copied()
    }

    /// The scope that begins at a place of the text.
    pub(super) fn scope(&self, start: usize) -> Option<ScopeId> {
        self.scopes.get(&start).copied()
    }

    /// The name of a variable in the module; none if it is not mentioned.
    pub(super) fn name(&self, key: &str) -> Option<&str> {
        self.spellings.get(key).map(String::as_str)
    }

    pub(super) fn source(&self, id: ExprId) -> Option<&'s Expr> {
        self.sources.get(&id).copied()
    }

    pub(super) fn giver(&self, id: ExprId) -> Option<&'s Statement> {
        self.givers.get(&id).copied()
    }
}

struct Lowering<'s, 't> {
    lowered: Lowered<'s>,
    text: &'t str,
    /// Full names of types that were met.
    types: HashSet<String>,
}

impl<'s> Lowering<'s, '_> {
    fn add(&mut self, expr: Value, span: Span, scope: ScopeId) -> ExprId {
        self.lowered.module.add(expr, span, scope)
    }

    fn open(&mut self, kind: ScopeKind, scope: ScopeId, span: Span, runs: Runs) -> ScopeId {
        let inner = self.lowered.module.open(kind, scope, span);
        self.lowered.module.scopes[inner.0].runs = runs;
        inner
    }

    fn bind(&mut self, target: Target, value: Option<ExprId>, class: Option<ExprId>, span: Span, scope: ScopeId) {
        self.lowered.module.binds.push(Bind { target, value, class, append: false, scope, span });
    }

    fn append(&mut self, target: Target, value: ExprId, span: Span, scope: ScopeId) {
        self.lowered.module.binds.push(Bind { target, value: Some(value), class: None, append: true, scope, span });
    }

    /// The name of a variable as it was first written.
    fn spelling(&mut self, name: &Name) -> String {
        let first = self.lowered.spellings.entry(name.key()).or_insert_with(|| match name.drive() {
            Some(drive) => format!("{SIGIL}{drive}:{}", name.name),
            None => format!("{SIGIL}{}", name.name),
        });
        first.clone()
    }

    /// The name of a type. A name with a dot is full, as if it were imported.
    fn class(&mut self, name: &str, span: Span, scope: ScopeId) -> ExprId {
        if name.contains('.') && self.types.insert(name.to_owned()) {
            let import = |path| Import { path, name: Some(name.to_owned()), relative: false, scope: Module::FILE };
            self.lowered.module.imports.push(import(name.to_owned()));
        }
        self.add(Value::Name(name.to_owned()), span, scope)
    }
}
