//! From a grammar's tree to a [`Module`]: one file a language.
//!
//! A lowering visits every node once. What it knows becomes the matching [`Expr`] or binding; of everything else it keeps
//! the children ([`Lowerer::rest`]), so that no call is lost.

mod branch;
pub(crate) mod csharp;
pub(crate) mod go;
pub(crate) mod java;
pub(crate) mod javascript;
pub(crate) mod kotlin;
mod literal;
pub(crate) mod lua;
pub(crate) mod python;
pub(crate) mod scala;
mod typed;

use std::collections::{HashMap, HashSet};

use tree_sitter::Node;

use crate::program::module::{
    Argument, Bind, Definition, DefinitionKind, Expr, ExprId, Function, Module, Param, ScopeId, ScopeKind, Target,
    Traits,
};
use crate::tree;
use crate::{Omission, Source, Span};

/// Nesting at which a lowering stops looking deeper: far above what people write. Twice as deep would not fit into the
/// 2 MiB of stack that a thread has, in a build without optimisation. The report says so.
const DEEPEST: usize = 300;

/// The lowering of one language: from the root of a tree and the text of the file.
pub(crate) type Lower = fn(Node<'_>, &str) -> Module;

/// Lowers a program file, unless that would cost too much.
pub(crate) fn lower(source: &Source, lower: Lower, effort: &tree::Effort) -> Result<Module, Omission> {
    let tree = tree::parse(source.language, &source.text, effort)?;
    let mut module = lower(tree.root_node(), &source.text);
    branch::mark(&mut module, tree.root_node());
    module.syntax_errors.extend(tree::errors(&tree));
    module.comments = tree::comments(&tree, &source.text);
    Ok(module)
}

/// How one language visits one node: lowers it in `scope` and says what expression it is.
type Visit = fn(&mut Lowerer<'_>, Node<'_>, ScopeId) -> ExprId;

/// What the lowerings share.
struct Lowerer<'t> {
    module: Module,
    source: &'t str,
    visit: Visit,
    depth: usize,
    /// C#, Java and their relatives: which names are declared where.
    declared: typed::DeclaredTypes,
    /// Go: what the method that is being lowered calls its receiver. Kotlin: the name made up for the object whose
    /// members a lambda or an extension uses without naming it.
    receiver: Option<String>,
    /// C#: what the patterns around are compared with.
    subject: Option<ExprId>,
    /// Kotlin: the functions of the file. Lua: the modules that it imports and the tables that have methods.
    known: HashSet<String>,
    /// Lua: the empty tables that names were given last.
    made: HashMap<String, ExprId>,
    /// Bindings that assign to a name without declaring it, for [`Lowerer::settle_assignments`].
    assigned: Vec<usize>,
}

impl<'t> Lowerer<'t> {
    fn new(source: &'t str, traits: Traits, visit: Visit) -> Self {
        Self {
            module: Module::new(source.len(), traits),
            source,
            visit,
            depth: 0,
            declared: typed::DeclaredTypes::default(),
            receiver: None,
            subject: None,
            known: HashSet::new(),
            made: HashMap::new(),
            assigned: Vec::new(),
        }
    }

    /// Lowers one node.
    fn expr(&mut self, node: Node<'_>, scope: ScopeId) -> ExprId {
        let visit = self.visit;
        match self.deeper(|l| visit(l, node, scope)) {
            Some(id) => id,
            None => self.too_deep(node, scope),
        }
    }

    /// A node that is left out because it stands too deep.
    fn too_deep(&mut self, node: Node<'_>, scope: ScopeId) -> ExprId {
        self.module.omissions.push(Omission::new(tree::span(node), format!("is nested deeper than {DEEPEST} levels")));
        self.add(Expr::Other(Vec::new()), node, scope)
    }

    /// Goes one level deeper, unless that would be too deep. For what a lowering does to nested nodes without
    /// [`Lowerer::expr`].
    fn deeper<T>(&mut self, lower: impl FnOnce(&mut Self) -> T) -> Option<T> {
        if self.depth >= DEEPEST {
            return None;
        }
        self.depth += 1;
        let lowered = lower(self);
        self.depth -= 1;
        Some(lowered)
    }

    /// Lowers the node in a field, if it is there.
    fn field(&mut self, node: Node<'_>, name: &str, scope: ScopeId) -> Option<ExprId> {
        tree::field(node, name).map(|child| self.expr(child, scope))
    }

    /// Lowers the named children of a node that means nothing by itself.
    fn rest(&mut self, node: Node<'_>, scope: ScopeId) -> ExprId {
        let children = self.children(node, scope);
        // Every grammar has the same name for an expression whose value nobody takes.
        let is_statement = node.kind() == "expression_statement";
        self.add(if is_statement { Expr::Statement(children) } else { Expr::Other(children) }, node, scope)
    }

    /// Lowers the first of the nodes that a node wraps: what the others say does not change the value.
    fn first(&mut self, node: Node<'_>, scope: ScopeId) -> ExprId {
        let inner = tree::named(node).first().map(|inner| self.expr(*inner, scope));
        inner.unwrap_or_else(|| self.rest(node, scope))
    }

    /// Lowers the last of the nodes that a node wraps: annotations and the like stand before it.
    fn last(&mut self, node: Node<'_>, scope: ScopeId) -> ExprId {
        let inner = tree::named(node).last().map(|inner| self.expr(*inner, scope));
        inner.unwrap_or_else(|| self.rest(node, scope))
    }

    /// Lowers the named children, comments left out.
    fn children(&mut self, node: Node<'_>, scope: ScopeId) -> Vec<ExprId> {
        tree::named(node).into_iter().map(|child| self.expr(child, scope)).collect()
    }

    /// Lowers the named children as a list.
    fn list(&mut self, node: Node<'_>, scope: ScopeId) -> ExprId {
        let items = self.children(node, scope);
        self.add(Expr::List(items), node, scope)
    }

    /// Lowers arguments that have no names.
    fn arguments(&mut self, args: &[Node<'_>], scope: ScopeId) -> Vec<Argument> {
        args.iter().map(|arg| Argument { name: None, value: self.expr(*arg, scope) }).collect()
    }

    /// `object.name`.
    fn member(&mut self, object: Node<'_>, name: Node<'_>, node: Node<'_>, scope: ScopeId) -> ExprId {
        let object = self.expr(object, scope);
        let (name, name_span) = (self.text(name).to_owned(), tree::span(name));
        self.add(Expr::Member { object, name, name_span }, node, scope)
    }

    /// `object[index]`, by the fields that hold the two.
    fn index(&mut self, node: Node<'_>, (object, index): (&str, &str), scope: ScopeId) -> ExprId {
        match (self.field(node, object, scope), self.field(node, index, scope)) {
            (Some(object), Some(index)) => self.add(Expr::Index { object, index }, node, scope),
            _ => self.rest(node, scope),
        }
    }

    /// `a ? b : c`.
    fn choice(&mut self, node: Node<'_>, scope: ScopeId) -> ExprId {
        self.field(node, "condition", scope);
        let options = ["consequence", "alternative"].iter().filter_map(|side| self.field(node, side, scope)).collect();
        self.add(Expr::Choice(options), node, scope)
    }

    /// Lowers the children in a scope of their own.
    fn scoped(&mut self, node: Node<'_>, kind: ScopeKind, scope: ScopeId) -> ExprId {
        let inner = self.module.open(kind, scope, tree::span(node));
        self.rest(node, inner)
    }

    fn add(&mut self, expr: Expr, node: Node<'_>, scope: ScopeId) -> ExprId {
        self.module.add(expr, tree::span(node), scope)
    }

    fn text(&self, node: Node<'_>) -> &'t str {
        tree::text(node, self.source)
    }

    /// Records a class or a function of the file's own.
    fn define(
        &mut self,
        name: &str,
        kind: DefinitionKind,
        bases: Vec<ExprId>,
        returns: Option<ExprId>,
        scope: ScopeId,
    ) {
        self.module.definitions.push(Definition { name: name.to_owned(), bases, kind, scope, returns });
    }

    /// Notes what goes into a function whose body has this scope.
    fn takes(&mut self, name: &str, params: Vec<Param>, scope: ScopeId) {
        self.module.functions.push(Function { name: name.to_owned(), scope, params });
    }

    /// Notes what a function gives back. `scope` lies in it.
    fn gives(&mut self, value: ExprId, scope: ScopeId) {
        self.module.results.push((scope, value));
    }

    /// `return x`.
    fn returned(&mut self, node: Node<'_>, scope: ScopeId) -> ExprId {
        let values = self.children(node, scope);
        if let [value] = values[..] {
            self.gives(value, scope);
        }
        self.add(Expr::Other(values), node, scope)
    }

    /// The first base of the class around a scope, as a call of its constructor at `place` names it.
    fn first_base(&mut self, place: Span, scope: ScopeId) -> Option<ExprId> {
        let mut around = std::iter::successors(Some(scope), |at| self.module.scopes[at.0].parent);
        let class = around.find_map(|at| match &self.module.scopes[at.0].kind {
            ScopeKind::Class(name) => Some(name.clone()),
            _ => None,
        })?;
        let classes = self.module.definitions.iter().rev();
        let class = classes.into_iter().find(|d| d.name == class && d.kind == DefinitionKind::Class)?;
        let base = self.module.node(*class.bases.first()?);
        let (expr, outer) = match &base.expr {
            Expr::Name(name) => (Expr::Name(name.clone()), base.scope),
            Expr::Member { object, name, name_span } => {
                (Expr::Member { object: *object, name: name.clone(), name_span: *name_span }, base.scope)
            }
            _ => return None,
        };
        Some(self.module.add(expr, place, outer))
    }

    /// Binds `target` to a value, a type, or both.
    fn bind(&mut self, target: Target, value: Option<ExprId>, class: Option<ExprId>, node: Node<'_>, scope: ScopeId) {
        self.module.binds.push(Bind { target, value, class, append: false, scope, span: tree::span(node) });
    }

    /// Moves assignments to the function that declares the name. `let x; before(() => { x = f(); })` gives the outer `x`
    /// a value, and that it does so at an unknown time is what a block scope says.
    fn settle_assignments(&mut self) {
        let mut assigned = std::mem::take(&mut self.assigned).into_iter().peekable();
        let mut declared: HashSet<(ScopeId, String)> = HashSet::new();
        let mut open: Vec<(usize, String)> = Vec::new();
        for (index, bind) in self.module.binds.iter().enumerate() {
            let Target::Name(name) = &bind.target else { continue };
            while assigned.next_if(|assigned| *assigned < index).is_some() {}
            if assigned.peek() == Some(&index) {
                open.push((index, name.clone()));
            } else {
                declared.insert((self.frame(bind.scope), name.clone()));
            }
        }
        for (index, name) in open {
            let (own, span) = (self.frame(self.module.binds[index].scope), self.module.binds[index].span);
            let mut home = own;
            while !declared.contains(&(home, name.clone())) {
                let Some(parent) = self.module.scopes[home.0].parent else { break };
                home = self.frame(parent);
            }
            if home != own && declared.contains(&(home, name)) {
                self.module.binds[index].scope = self.module.open(ScopeKind::Block, home, span);
            }
        }
    }

    /// The function, class or file around a scope.
    fn frame(&self, scope: ScopeId) -> ScopeId {
        let mut at = scope;
        while let (ScopeKind::Block, Some(parent)) = (&self.module.scopes[at.0].kind, self.module.scopes[at.0].parent) {
            at = parent;
        }
        at
    }
}
