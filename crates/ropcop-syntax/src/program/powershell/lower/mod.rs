//! A script as a [`Module`]: what its variables get, and where which statements run.
//!
//! The tree stays beside the module, because how a word is written decides what a command is; [`LoweredScript`] leads from one
//! to the other.

mod expression;
mod statement;

use std::collections::{HashMap, HashSet};

use super::syntax::{PsExpr, PsStatement, PsVariable};
use crate::Span;
use crate::program::module::{Bind, Expr as Value, ExprId, Import, Module, Runs, ScopeId, ScopeKind, Target, Traits};
use crate::text::template::Template;

/// A variable is a name of the module with this before it, so that it is not taken for a type.
pub(super) const SIGIL: char = '$';

/// A script that has been lowered.
pub(super) struct LoweredScript<'s> {
    pub(super) module: Module,
    /// By where they are kept in memory: an expression is lowered once.
    exprs: HashMap<*const PsExpr, ExprId>,
    statements: HashMap<*const PsStatement, ExprId>,
    /// The scope of each block, function and class, by where it begins.
    scopes: HashMap<usize, ScopeId>,
    /// Variables as they were first written, by the name under which they are kept.
    spellings: HashMap<String, String>,
    /// What an expression of the module was lowered from; of several, the outermost.
    sources: HashMap<ExprId, &'s PsExpr>,
    givers: HashMap<ExprId, &'s PsStatement>,
    /// Where the keys of each hashtable are written.
    keys: HashMap<ExprId, Vec<Span>>,
}

/// Lowers the statements of a text.
pub(super) fn lower<'s>(statements: &'s [PsStatement], text: &Template) -> LoweredScript<'s> {
    let traits = Traits { qualified_names: true, implicit_this: false, in_order: true };
    let lowered = LoweredScript {
        module: Module::new(text.text.text.len(), traits),
        exprs: HashMap::new(),
        statements: HashMap::new(),
        scopes: HashMap::new(),
        spellings: HashMap::new(),
        sources: HashMap::new(),
        givers: HashMap::new(),
        keys: HashMap::new(),
    };
    let mut lowering = PowerShellLowering { lowered, text, types: HashSet::new() };
    lowering.statements(statements, Module::FILE);
    lowering.lowered
}

impl<'s> LoweredScript<'s> {
    /// The expression of the module that stands for one of the tree.
    pub(super) fn id(&self, expr: &PsExpr) -> Option<ExprId> {
        self.exprs.get(&std::ptr::from_ref(expr)).copied()
    }

    /// The expression of the module that stands for a statement of the tree.
    pub(super) fn statement(&self, statement: &PsStatement) -> Option<ExprId> {
        self.statements.get(&std::ptr::from_ref(statement)).copied()
    }

    /// The scope that begins at a place of the text.
    pub(super) fn scope(&self, start: usize) -> Option<ScopeId> {
        self.scopes.get(&start).copied()
    }

    /// The name of a variable in the module; none if it is not mentioned.
    pub(super) fn name(&self, key: &str) -> Option<&str> {
        self.spellings.get(key).map(String::as_str)
    }

    /// What an expression of the module was lowered from; none for a statement.
    pub(super) fn source(&self, id: ExprId) -> Option<&'s PsExpr> {
        self.sources.get(&id).copied()
    }

    /// Where an expression is written, with all that belongs to its statement if it is one.
    pub(super) fn written(&self, id: ExprId) -> Span {
        let source = self.sources.get(&id).map(|expr| expr.span);
        let giver = self.givers.get(&id).map(|statement| statement.span);
        source.or(giver).unwrap_or(self.module.node(id).span)
    }

    /// Where the keys of a hashtable are written.
    pub(super) fn keys(&self, id: ExprId) -> &[Span] {
        self.keys.get(&id).map(Vec::as_slice).unwrap_or_default()
    }
}

struct PowerShellLowering<'s, 't> {
    lowered: LoweredScript<'s>,
    /// What is read. The texts of the module lead back to the file; its places are those in what is read.
    text: &'t Template,
    /// Full names of types that were met.
    types: HashSet<String>,
}

impl<'s> PowerShellLowering<'s, '_> {
    fn add(&mut self, expr: Value, span: Span, scope: ScopeId) -> ExprId {
        self.lowered.module.add(expr, span, scope)
    }

    /// The bytes of the file for a stretch of what is read.
    fn place(&self, span: Span) -> Span {
        self.text.span(span.start..span.end)
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
    fn spelling(&mut self, name: &PsVariable) -> String {
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
