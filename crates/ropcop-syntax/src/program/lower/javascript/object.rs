//! Objects and their members.

use tree_sitter::Node;

use super::{import, text};
use crate::Span;
use crate::program::lower::Lowerer;
use crate::program::module::{Expr, ExprId, ScopeId};
use crate::tree;

/// `object.name`.
pub(super) fn member(l: &mut Lowerer<'_>, node: Node<'_>, scope: ScopeId) -> ExprId {
    let (Some(object), Some(property)) = (tree::field(node, "object"), tree::field(node, "property")) else {
        return l.rest(node, scope);
    };
    let object = l.expr(object, scope);
    let (name, name_span) = (l.text(property).to_owned(), tree::span(property));
    named(l, object, name, name_span, node, scope)
}

/// `object["name"]` is `object.name`.
pub(super) fn subscript(l: &mut Lowerer<'_>, node: Node<'_>, scope: ScopeId) -> ExprId {
    let (Some(object), Some(index)) = (tree::field(node, "object"), tree::field(node, "index")) else {
        return l.rest(node, scope);
    };
    let object = l.expr(object, scope);
    match text::known(l, index) {
        Some(name) => named(l, object, name, tree::span(index), node, scope),
        None => {
            let index = l.expr(index, scope);
            l.add(Expr::Index { object, index }, node, scope)
        }
    }
}

fn named(l: &mut Lowerer<'_>, object: ExprId, name: String, name_span: Span, node: Node<'_>, scope: ScopeId) -> ExprId {
    // The default export of a module is the module, as for `import m from "m"`.
    let module = match &l.module.node(object).expr {
        Expr::Name(object) => name == "default" && import::is_imported(l, object),
        _ => false,
    };
    if module { object } else { l.add(Expr::Member { object, name, name_span }, node, scope) }
}

/// `{a: x, b, ...c, m() {…}}`.
pub(super) fn object(l: &mut Lowerer<'_>, node: Node<'_>, scope: ScopeId) -> ExprId {
    let mut entries = Vec::new();
    for child in tree::named(node) {
        let (key, value) = match child.kind() {
            "pair" => (tree::field(child, "key"), tree::field(child, "value").unwrap_or(child)),
            "shorthand_property_identifier" => (Some(child), child),
            "method_definition" => (tree::field(child, "name"), child),
            _ => (None, child),
        };
        let key = key.and_then(|key| key_name(l, key, scope));
        // A pair without a value is broken source; its parts are still looked at.
        let value = if value.kind() == "pair" { l.rest(value, scope) } else { l.expr(value, scope) };
        entries.push((key, value));
    }
    l.add(Expr::Map(entries), node, scope)
}

/// The name of a property, if it is known: `a`, `"a"`, `["a"]`.
pub(super) fn key_name(l: &mut Lowerer<'_>, key: Node<'_>, scope: ScopeId) -> Option<String> {
    match key.kind() {
        "string" => text::known(l, key),
        "computed_property_name" => {
            let inner = tree::named(key).into_iter().next()?;
            let known = text::known(l, inner);
            if known.is_none() {
                l.expr(inner, scope);
            }
            known
        }
        _ => Some(l.text(key).to_owned()),
    }
}
