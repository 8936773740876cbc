//! Variables and assignments.

use tree_sitter::Node;

use super::{function, table, text};
use crate::program::lower::Lowerer;
use crate::program::module::{Expr, ExprId, ScopeId, Target};
use crate::tree;

/// `local a, b = f()`, `local a`.
pub(super) fn declaration(l: &mut Lowerer<'_>, node: Node<'_>, scope: ScopeId) -> ExprId {
    let Some(inner) = tree::named(node).into_iter().find(|child| child.kind() != "attribute") else {
        return l.rest(node, scope);
    };
    if inner.kind() == "assignment_statement" {
        return assignment(l, inner, scope, true);
    }
    names(l, inner, scope);
    l.add(Expr::Other(Vec::new()), node, scope)
}

/// Binds names of which nothing more is known.
pub(super) fn names(l: &mut Lowerer<'_>, list: Node<'_>, scope: ScopeId) {
    for name in fields(list, "name") {
        l.bind(Target::Name(l.text(name).to_owned()), None, None, name, scope);
    }
}

/// `a, b = f(), x`. Where there are more names than values, the last value is a call that gives the rest.
pub(super) fn assignment(l: &mut Lowerer<'_>, node: Node<'_>, scope: ScopeId, declares: bool) -> ExprId {
    let lists = tree::named(node);
    let list = |kind: &str| lists.iter().find(|list| list.kind() == kind).copied();
    let (Some(names), Some(values)) = (list("variable_list"), list("expression_list")) else {
        return l.rest(node, scope);
    };
    let targets = fields(names, "name");
    let mut children = Vec::new();
    let mut given = Vec::new();
    for (at, value) in tree::named(values).into_iter().enumerate() {
        if let ("function_definition", Some(target)) = (value.kind(), targets.get(at)) {
            children.push(function::named(l, *target, value, scope));
            given.push(None);
            continue;
        }
        let lowered = l.expr(value, scope);
        children.push(lowered);
        // `pcall(f, x)` gives first whether all went well.
        let protected = value.kind() == "function_call" && is_protected(l, value);
        given.extend(if protected { vec![None, Some(lowered)] } else { vec![Some(lowered)] });
    }
    let before = l.module.binds.len();
    for (at, name) in targets.into_iter().enumerate() {
        target(l, name, given.get(at).copied().flatten(), node, scope);
    }
    if !declares {
        l.assigned.extend(before..l.module.binds.len());
    }
    l.add(Expr::Other(children), node, scope)
}

fn is_protected(l: &Lowerer<'_>, call: Node<'_>) -> bool {
    tree::field(call, "name").is_some_and(|callee| matches!(l.text(callee), "pcall" | "xpcall"))
}

/// Binds what stands left of `=`.
fn target(l: &mut Lowerer<'_>, left: Node<'_>, value: Option<ExprId>, node: Node<'_>, scope: ScopeId) {
    if left.kind() == "identifier" {
        let name = l.text(left);
        match value.filter(|value| matches!(&l.module.node(*value).expr, Expr::Map(entries) if entries.is_empty())) {
            Some(table) => l.made.insert(name.to_owned(), table),
            None => l.made.remove(name),
        };
        return l.bind(Target::Name(name.to_owned()), value, None, node, scope);
    }
    let (Some(owner), Some(field)) = (tree::field(left, "table"), tree::field(left, "field")) else { return };
    // `list[#list + 1] = value`.
    let is_end = l.text(field).strip_prefix('#').is_some_and(|rest| rest.starts_with(l.text(owner)));
    if is_end && owner.kind() == "identifier" {
        table::is_list(l, owner);
        l.bind(Target::Name(l.text(owner).to_owned()), value, None, node, scope);
        l.module.binds.iter_mut().next_back().into_iter().for_each(|bind| bind.append = true);
        return;
    }
    l.expr(left, scope);
    let key = match left.kind() {
        "dot_index_expression" => Some(l.text(field).to_owned()),
        _ => text::known(l, field),
    };
    let target = match key {
        Some(key) if l.text(owner) == "self" => Target::Field(key),
        Some(key) => Target::Key(l.text(owner).to_owned(), key),
        None => return,
    };
    l.bind(target, value, None, node, scope);
}

/// The children in a field that a node has several times.
fn fields<'t>(node: Node<'t>, name: &str) -> Vec<Node<'t>> {
    let mut cursor = node.walk();
    node.children_by_field_name(name, &mut cursor).collect()
}
