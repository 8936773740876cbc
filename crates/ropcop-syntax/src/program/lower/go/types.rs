//! Types: as expressions, and their declarations.

use tree_sitter::Node;

use super::function;
use crate::program::lower::Lowerer;
use crate::program::module::{DefinitionKind, Expr, ExprId, ScopeId, ScopeKind, Target};
use crate::tree;

/// A type as the expression that names it. `*T`, `(T)` and `T[int]` are `T`: the methods are the same. A slice, map or
/// function of `T` is not, and has no name.
pub(super) fn class(l: &mut Lowerer<'_>, node: Node<'_>, scope: ScopeId) -> ExprId {
    match node.kind() {
        "type_identifier" => l.add(Expr::Name(l.text(node).to_owned()), node, scope),
        "qualified_type" => {
            let (Some(package), Some(name)) = (tree::field(node, "package"), tree::field(node, "name")) else {
                return l.rest(node, scope);
            };
            l.member(package, name, node, scope)
        }
        "pointer_type" | "parenthesized_type" | "generic_type" => l.first(node, scope),
        "struct_type" => {
            let inner = l.module.open(ScopeKind::Class(String::new()), scope, tree::span(node));
            fields(l, node, inner);
            l.add(Expr::Other(Vec::new()), node, scope)
        }
        _ => l.add(Expr::Other(Vec::new()), node, scope),
    }
}

/// The name of the type of a receiver.
pub(super) fn bare_name<'t>(l: &Lowerer<'t>, mut node: Node<'_>) -> &'t str {
    while let "pointer_type" | "parenthesized_type" | "generic_type" = node.kind() {
        let Some(inner) = tree::named(node).into_iter().next() else { break };
        node = inner;
    }
    l.text(node)
}

/// Notes that `name` is a type of this package, wherever it is declared: the file has methods of it.
pub(super) fn known(l: &mut Lowerer<'_>, name: &str, scope: ScopeId) {
    if !l.module.definitions.iter().any(|known| known.kind == DefinitionKind::Class && known.name == name) {
        define(l, name.to_owned(), Vec::new(), scope);
    }
}

fn define(l: &mut Lowerer<'_>, name: String, bases: Vec<ExprId>, scope: ScopeId) {
    l.define(&name, DefinitionKind::Class, bases, None, scope);
}

/// `type T struct {…}`, `type T interface {…}`, `type T = U`.
pub(super) fn declaration(l: &mut Lowerer<'_>, node: Node<'_>, scope: ScopeId) -> ExprId {
    let (Some(name), Some(definition)) = (tree::field(node, "name"), tree::field(node, "type")) else {
        return l.rest(node, scope);
    };
    let name = l.text(name).to_owned();
    if matches!(definition.kind(), "type_identifier" | "qualified_type" | "pointer_type" | "generic_type") {
        let class = l.expr(definition, scope);
        l.bind(Target::Name(name), Some(class), None, node, scope);
        return class;
    }
    let inner = l.module.open(ScopeKind::Class(name.clone()), scope, tree::span(node));
    let bases = match definition.kind() {
        "struct_type" => fields(l, definition, inner),
        "interface_type" => methods(l, definition, inner),
        _ => Vec::new(),
    };
    define(l, name, bases, scope);
    l.add(Expr::Other(Vec::new()), node, scope)
}

/// Binds the fields of a struct and gives the types embedded in it.
fn fields(l: &mut Lowerer<'_>, definition: Node<'_>, class_scope: ScopeId) -> Vec<ExprId> {
    let mut embedded = Vec::new();
    for field in tree::named(definition).into_iter().flat_map(tree::named) {
        let Some(class_node) = tree::field(field, "type") else { continue };
        let class = l.expr(class_node, class_scope);
        let mut cursor = field.walk();
        let names: Vec<_> = field.children_by_field_name("name", &mut cursor).collect();
        for name in &names {
            l.bind(Target::Field(l.text(*name).to_owned()), None, Some(class), field, class_scope);
        }
        if names.is_empty() {
            // An embedded `*p.T` is a field `T` too.
            let name = bare_name(l, class_node).rsplit('.').next().unwrap_or_default().to_owned();
            l.bind(Target::Field(name), None, Some(class), field, class_scope);
            embedded.push(class);
        }
    }
    embedded
}

/// Defines the methods of an interface and gives the interfaces embedded in it.
fn methods(l: &mut Lowerer<'_>, definition: Node<'_>, class_scope: ScopeId) -> Vec<ExprId> {
    let mut embedded = Vec::new();
    for element in tree::named(definition) {
        match element.kind() {
            "method_elem" => function::signature(l, element, class_scope),
            _ => embedded.push(l.first(element, class_scope)),
        }
    }
    embedded
}

/// `switch v := x.(type)`: in a case of one type, `v` has it.
pub(super) fn switch(l: &mut Lowerer<'_>, node: Node<'_>, scope: ScopeId) -> ExprId {
    let inner = l.module.open(ScopeKind::Block, scope, tree::span(node));
    let alias = tree::field(node, "alias");
    let mut children = Vec::new();
    for child in tree::named(node) {
        if child.kind() == "type_case" {
            children.push(case(l, child, alias, inner));
        } else if alias != Some(child) {
            children.push(l.expr(child, inner));
        }
    }
    l.add(Expr::Other(children), node, scope)
}

fn case(l: &mut Lowerer<'_>, node: Node<'_>, alias: Option<Node<'_>>, scope: ScopeId) -> ExprId {
    let inner = l.module.open(ScopeKind::Block, scope, tree::span(node));
    let mut cursor = node.walk();
    let types: Vec<_> = node.children_by_field_name("type", &mut cursor).filter(Node::is_named).collect();
    let classes: Vec<_> = types.iter().map(|class| l.expr(*class, inner)).collect();
    if let Some(alias) = alias {
        let class = if let [class] = classes[..] { Some(class) } else { None };
        l.bind(Target::Name(l.text(alias).to_owned()), None, class, alias, inner);
    }
    let mut children = Vec::new();
    for child in tree::named(node).into_iter().filter(|child| !types.contains(child)) {
        children.push(l.expr(child, inner));
    }
    l.add(Expr::Other(children), node, scope)
}
