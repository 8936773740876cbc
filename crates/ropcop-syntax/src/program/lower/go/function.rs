//! Functions, methods and function literals.

use tree_sitter::Node;

use super::types;
use crate::program::lower::Lowerer;
use crate::program::module::{DefinitionKind, Expr, ExprId, Param, ScopeId, ScopeKind, Target};
use crate::tree;

pub(super) fn function(l: &mut Lowerer<'_>, node: Node<'_>, scope: ScopeId) -> ExprId {
    let outer_receiver = l.receiver.clone();
    let mut home = scope;
    if let Some(receiver) = tree::field(node, "receiver").and_then(|list| tree::named(list).into_iter().next()) {
        // Methods stand outside their type; a class scope of its own around each leads back to the fields.
        let class = tree::field(receiver, "type").map_or("", |class| types::bare_name(l, class)).to_owned();
        types::known(l, &class, scope);
        home = l.module.open(ScopeKind::Class(class), scope, tree::span(node));
        l.receiver = tree::field(receiver, "name").map(|name| l.text(name).to_owned());
    } else if node.kind() == "function_declaration" {
        l.receiver = None;
    }
    let inner = l.module.open(ScopeKind::Function, home, tree::span(node));
    let params = parameters(l, node, inner);
    let returns = result(l, node, inner);
    if let Some(name) = tree::field(node, "name") {
        let text = l.text(name);
        l.takes(text, params, inner);
        define(l, name, returns, home);
    }
    let body = tree::field(node, "body").map(|body| l.rest(body, inner));
    l.receiver = outer_receiver;
    l.add(Expr::Other(body.into_iter().collect()), node, scope)
}

/// A method of an interface.
pub(super) fn signature(l: &mut Lowerer<'_>, node: Node<'_>, class_scope: ScopeId) {
    let inner = l.module.open(ScopeKind::Function, class_scope, tree::span(node));
    parameters(l, node, inner);
    let returns = result(l, node, inner);
    if let Some(name) = tree::field(node, "name") {
        define(l, name, returns, class_scope);
    }
}

fn define(l: &mut Lowerer<'_>, name: Node<'_>, returns: Option<ExprId>, scope: ScopeId) {
    let name = l.text(name).to_owned();
    l.define(&name, DefinitionKind::Function, Vec::new(), returns, scope);
}

/// `return a, err`: the first value is what a caller goes on with.
pub(super) fn returned(l: &mut Lowerer<'_>, node: Node<'_>, scope: ScopeId) -> ExprId {
    let id = l.rest(node, scope);
    let first = |id: ExprId| match &l.module.node(id).expr {
        Expr::Other(children) => children.first().copied(),
        _ => None,
    };
    if let Some(value) = first(id).and_then(first) {
        l.gives(value, scope);
    }
    id
}

/// Binds the parameters.
fn parameters(l: &mut Lowerer<'_>, node: Node<'_>, inner: ScopeId) -> Vec<Param> {
    let mut params = Vec::new();
    for param in tree::field(node, "parameters").map(tree::named).unwrap_or_default() {
        let class = l.field(param, "type", inner);
        // `...T` is a slice of `T`, which is no `T`.
        let class = class.filter(|_| param.kind() == "parameter_declaration");
        for name in declared_names(l, param) {
            shadow_receiver(l, &name);
            l.bind(Target::Name(name.clone()), None, class, param, inner);
            params.push(Param { name, default: None });
        }
    }
    params
}

/// Binds named results and gives the type of the first: that is what `x, err := f()` and `f().m()` mean.
fn result(l: &mut Lowerer<'_>, node: Node<'_>, inner: ScopeId) -> Option<ExprId> {
    let result = tree::field(node, "result")?;
    if result.kind() != "parameter_list" {
        return Some(l.expr(result, inner));
    }
    let mut first = None;
    for param in tree::named(result) {
        let class = l.field(param, "type", inner);
        for name in declared_names(l, param) {
            shadow_receiver(l, &name);
            l.bind(Target::Name(name), None, class, param, inner);
        }
        first = first.or(class);
    }
    first
}

fn declared_names(l: &Lowerer<'_>, param: Node<'_>) -> Vec<String> {
    let mut cursor = param.walk();
    param.children_by_field_name("name", &mut cursor).map(|name| l.text(name).to_owned()).collect()
}

/// From a declaration of the same name on, the receiver cannot be reached any more.
pub(super) fn shadow_receiver(l: &mut Lowerer<'_>, name: &str) {
    if l.receiver.as_deref() == Some(name) {
        l.receiver = None;
    }
}
