//! Types.

use tree_sitter::Node;

use super::super::Lowerer;
use super::super::typed::Type;
use crate::program::module::{ExprId, ScopeId};
use crate::tree;

/// A type as an expression, without its arguments.
pub(super) fn written(l: &mut Lowerer<'_>, node: Node<'_>, scope: ScopeId) -> ExprId {
    let is_name = |part: &Node<'_>| part.kind().ends_with("_type") || part.kind().ends_with("type_identifier");
    match tree::named(node).into_iter().find(is_name) {
        Some(inner) => l.expr(inner, scope),
        None => l.nothing(node, scope),
    }
}

/// The type that a node writes; that of a function says nothing, and several arguments are a list.
pub(super) fn class(l: &mut Lowerer<'_>, node: Node<'_>, scope: ScopeId) -> Type {
    let is_class = matches!(
        node.kind(),
        "type_identifier"
            | "stable_type_identifier"
            | "generic_type"
            | "compound_type"
            | "annotated_type"
            | "lazy_parameter_type"
            | "applied_constructor_type"
            | "singleton_type"
    );
    Type { class: is_class.then(|| l.expr(node, scope)), element: None }
}

/// The type in a field.
pub(super) fn of(l: &mut Lowerer<'_>, node: Node<'_>, field: &str, scope: ScopeId) -> Type {
    tree::field(node, field).map(|of| class(l, of, scope)).unwrap_or_default()
}
