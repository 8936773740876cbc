//! Classes, interfaces, enumerations and type aliases.

use tree_sitter::Node;

use super::{function, object, types};
use crate::program::lower::Lowerer;
use crate::program::module::{DefinitionKind, Expr, ExprId, ScopeId, ScopeKind, Target};
use crate::tree;

pub(super) fn class(l: &mut Lowerer<'_>, node: Node<'_>, scope: ScopeId) -> ExprId {
    let name = tree::field(node, "name").map_or("", |name| l.text(name)).to_owned();
    named(l, name, node, scope)
}

/// A class that is known as `name` in `scope`: also `const name = class {…}`.
pub(super) fn named(l: &mut Lowerer<'_>, name: String, node: Node<'_>, scope: ScopeId) -> ExprId {
    let heritage = tree::named(node).into_iter().filter(|child| child.kind() == "class_heritage");
    let mut bases = Vec::new();
    for part in heritage.flat_map(tree::named) {
        match part.kind() {
            // What a class implements has no code in it and no fields that the class does not repeat.
            "implements_clause" => {}
            // JavaScript has the base itself where TypeScript has a clause.
            "extends_clause" => bases.extend(l.field(part, "value", scope)),
            _ => bases.push(l.expr(part, scope)),
        }
    }
    let inner = define(l, name, bases, node, scope);
    let mut children = decorators(l, node, scope);
    for child in tree::field(node, "body").map(tree::named).unwrap_or_default() {
        children.push(member(l, child, inner));
    }
    l.add(Expr::Other(children), node, scope)
}

fn define(l: &mut Lowerer<'_>, name: String, bases: Vec<ExprId>, node: Node<'_>, scope: ScopeId) -> ScopeId {
    l.define(&name, DefinitionKind::Class, bases, None, scope);
    l.module.open(ScopeKind::Class(name), scope, tree::span(node))
}

fn decorators(l: &mut Lowerer<'_>, node: Node<'_>, scope: ScopeId) -> Vec<ExprId> {
    let decorators = tree::named(node).into_iter().filter(|child| child.kind() == "decorator");
    decorators.map(|decorator| l.expr(decorator, scope)).collect()
}

/// One member of a class or an interface.
fn member(l: &mut Lowerer<'_>, node: Node<'_>, class_scope: ScopeId) -> ExprId {
    // The JavaScript grammar calls the name of a field its property.
    let name = tree::field(node, "name").or_else(|| tree::field(node, "property"));
    let name = name.and_then(|name| object::key_name(l, name, class_scope));
    match (node.kind(), name) {
        ("method_definition" | "method_signature" | "abstract_method_signature", Some(name)) => {
            function::named(l, name, node, class_scope)
        }
        ("public_field_definition" | "field_definition" | "property_signature", Some(name)) => {
            let class = types::field(l, node, "type", class_scope);
            let value = tree::field(node, "value");
            let mut children = decorators(l, node, class_scope);
            if let Some(value) = value.filter(|v| matches!(v.kind(), "arrow_function" | "function_expression")) {
                children.push(function::named(l, name, value, class_scope));
            } else {
                let value = value.map(|value| l.expr(value, class_scope));
                l.bind(Target::Field(name), value, class, node, class_scope);
                children.extend(value);
            }
            l.add(Expr::Other(children), node, class_scope)
        }
        ("call_signature" | "construct_signature" | "index_signature", _) => {
            l.add(Expr::Other(Vec::new()), node, class_scope)
        }
        _ => l.expr(node, class_scope),
    }
}

pub(super) fn interface(l: &mut Lowerer<'_>, node: Node<'_>, scope: ScopeId) -> ExprId {
    let name = tree::field(node, "name").map_or("", |name| l.text(name)).to_owned();
    let extended = tree::named(node).into_iter().filter(|child| child.kind() == "extends_type_clause");
    let bases = extended.flat_map(tree::named).filter_map(|base| types::class_of(l, base, scope)).collect();
    let inner = define(l, name, bases, node, scope);
    members(l, node, tree::field(node, "body"), inner)
}

/// `type A = B` gives a type a second name, `type A = {…}` is an interface.
pub(super) fn type_alias(l: &mut Lowerer<'_>, node: Node<'_>, scope: ScopeId) -> ExprId {
    let name = tree::field(node, "name").map_or("", |name| l.text(name)).to_owned();
    let value = tree::field(node, "value");
    if let Some(body) = value.filter(|value| value.kind() == "object_type") {
        let inner = define(l, name, Vec::new(), node, scope);
        return members(l, node, Some(body), inner);
    }
    let class = value.and_then(|value| types::class_of(l, value, scope));
    if class.is_some() {
        l.bind(Target::Name(name), class, None, node, scope);
    }
    l.add(Expr::Other(Vec::new()), node, scope)
}

fn members(l: &mut Lowerer<'_>, node: Node<'_>, body: Option<Node<'_>>, class_scope: ScopeId) -> ExprId {
    for child in body.map(tree::named).unwrap_or_default() {
        member(l, child, class_scope);
    }
    l.add(Expr::Other(Vec::new()), node, class_scope)
}

/// `enum E { A = "x" }` is a class with constant fields.
pub(super) fn enumeration(l: &mut Lowerer<'_>, node: Node<'_>, scope: ScopeId) -> ExprId {
    let name = tree::field(node, "name").map_or("", |name| l.text(name)).to_owned();
    let inner = define(l, name, Vec::new(), node, scope);
    let mut children = Vec::new();
    for child in tree::field(node, "body").map(tree::named).unwrap_or_default() {
        let Some(name) = tree::field(child, "name").and_then(|name| object::key_name(l, name, inner)) else { continue };
        let value = l.field(child, "value", inner);
        l.bind(Target::Field(name), value, None, child, inner);
        children.extend(value);
    }
    l.add(Expr::Other(children), node, scope)
}
