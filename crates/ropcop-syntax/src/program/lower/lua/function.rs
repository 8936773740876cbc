//! Functions, and the tables that they are methods of.

use tree_sitter::Node;

use crate::program::lower::Lowerer;
use crate::program::module::{DefinitionKind, Expr, ExprId, ScopeId, ScopeKind, Target};
use crate::tree;

/// `function f() … end`, `function t.f() … end`, `function t:f() … end`.
pub(super) fn declaration(l: &mut Lowerer<'_>, node: Node<'_>, scope: ScopeId) -> ExprId {
    match tree::field(node, "name") {
        Some(name) => named(l, name, node, scope),
        None => function(l, node, scope),
    }
}

/// A function that is known by a name or as a member of a table, which is its class then.
pub(super) fn named(l: &mut Lowerer<'_>, name: Node<'_>, node: Node<'_>, scope: ScopeId) -> ExprId {
    let member = tree::field(name, "field").or_else(|| tree::field(name, "method"));
    let (home, own) = match (tree::field(name, "table"), member) {
        (Some(table), Some(member)) => (class(l, table, node, scope), member),
        _ => (scope, name),
    };
    let own = l.text(own).to_owned();
    l.define(&own, DefinitionKind::Function, Vec::new(), None, home);
    function(l, node, home)
}

/// The scope of the methods of a table.
fn class(l: &mut Lowerer<'_>, table: Node<'_>, node: Node<'_>, scope: ScopeId) -> ScopeId {
    let name = l.text(table).to_owned();
    if table.kind() == "identifier" && l.known.insert(name.clone()) {
        l.define(&name, DefinitionKind::Class, Vec::new(), None, scope);
    }
    l.module.open(ScopeKind::Class(name), scope, tree::span(node))
}

/// A function that nobody calls by name.
pub(super) fn function(l: &mut Lowerer<'_>, node: Node<'_>, scope: ScopeId) -> ExprId {
    let inner = l.module.open(ScopeKind::Function, scope, tree::span(node));
    for parameter in tree::field(node, "parameters").map(tree::named).unwrap_or_default() {
        let name = l.text(parameter);
        if parameter.kind() == "identifier" && name != "self" {
            l.bind(Target::Name(name.to_owned()), None, None, parameter, inner);
        }
    }
    let body = l.field(node, "body", inner);
    l.add(Expr::Other(body.into_iter().collect()), node, scope)
}
