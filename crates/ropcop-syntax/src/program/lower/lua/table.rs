//! Tables and their members.

use tree_sitter::Node;

use super::text;
use crate::program::lower::Lowerer;
use crate::program::module::{Expr, ExprId, ScopeId};
use crate::tree;

/// `{a, b}` is a list, `{a = x, ["b"] = y}` a map.
pub(super) fn table(l: &mut Lowerer<'_>, node: Node<'_>, scope: ScopeId) -> ExprId {
    let mut entries = Vec::new();
    for field in tree::named(node) {
        let key = tree::field(field, "name").and_then(|key| match key.kind() {
            "identifier" if !l.text(field).starts_with('[') => Some(l.text(key).to_owned()),
            _ => text::known(l, key),
        });
        let value = match tree::field(field, "value") {
            Some(value) => l.expr(value, scope),
            None => l.rest(field, scope),
        };
        entries.push((key, value, tree::field(field, "name").is_some()));
    }
    let is_list = !entries.is_empty() && entries.iter().all(|(.., is_keyed)| !is_keyed);
    let expr = match is_list {
        true => Expr::List(entries.into_iter().map(|(_, value, _)| value).collect()),
        false => Expr::Map(entries.into_iter().map(|(key, value, _)| (key, value)).collect()),
    };
    l.add(expr, node, scope)
}

/// `table.name`.
pub(super) fn member(l: &mut Lowerer<'_>, node: Node<'_>, scope: ScopeId) -> ExprId {
    let name = tree::field(node, "field").or_else(|| tree::field(node, "method"));
    let (Some(object), Some(name)) = (tree::field(node, "table"), name) else { return l.rest(node, scope) };
    l.member(object, name, node, scope)
}

/// `table["name"]` is `table.name`.
pub(super) fn item(l: &mut Lowerer<'_>, node: Node<'_>, scope: ScopeId) -> ExprId {
    let (Some(object), Some(field)) = (tree::field(node, "table"), tree::field(node, "field")) else {
        return l.rest(node, scope);
    };
    let object = l.expr(object, scope);
    match text::known(l, field) {
        Some(name) => l.add(Expr::Member { object, name, name_span: tree::span(field) }, node, scope),
        None => {
            let index = l.expr(field, scope);
            l.add(Expr::Index { object, index }, node, scope)
        }
    }
}

/// Notes that items are added to the table that `owner` names: if it was empty before, it is a list.
pub(super) fn is_list(l: &mut Lowerer<'_>, owner: Node<'_>) {
    if let Some(made) = l.made.remove(l.text(owner)) {
        l.module.exprs[made.0].expr = Expr::List(Vec::new());
    }
}
