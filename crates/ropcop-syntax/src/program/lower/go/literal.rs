//! Composite literals and strings.

use tree_sitter::Node;

use crate::program::lower::Lowerer;
use crate::program::module::{Argument, Expr, ExprId, How, ScopeId, TextPart};
use crate::text::escape::unescape;
use crate::text::template::MappedText;
use crate::tree;

/// `T{…}`, `[]T{…}`, `map[K]V{…}`.
pub(super) fn composite(l: &mut Lowerer<'_>, node: Node<'_>, scope: ScopeId) -> ExprId {
    match tree::field(node, "body") {
        Some(body) => filled(l, tree::field(node, "type"), body, node, scope),
        None => l.rest(node, scope),
    }
}

/// The braces of a literal. Inside a slice or map the type of the elements may be left out: it comes from `class`.
pub(super) fn filled(
    l: &mut Lowerer<'_>,
    class: Option<Node<'_>>,
    body: Node<'_>,
    node: Node<'_>,
    scope: ScopeId,
) -> ExprId {
    let class = match class {
        Some(pointer) if pointer.kind() == "pointer_type" => tree::named(pointer).into_iter().next(),
        other => other,
    };
    let (kind, element) = match class {
        Some(class) => (class.kind(), tree::field(class, "element").or_else(|| tree::field(class, "value"))),
        None => ("", None),
    };
    let entries: Vec<_> = tree::named(body).into_iter().map(|child| entry(l, child, element, scope)).collect();
    let expr = match (class, kind) {
        (Some(class), "type_identifier" | "qualified_type" | "generic_type") => {
            let callee = l.expr(class, scope);
            let args = entries.into_iter().map(|(_, name, value)| Argument { name, value }).collect();
            Expr::Call { callee, args, how: How::Literal }
        }
        (_, "slice_type" | "array_type" | "implicit_length_array_type") => {
            Expr::List(entries.into_iter().map(|(_, _, value)| value).collect())
        }
        (_, "map_type") => map(entries),
        _ if entries.iter().any(|(keyed, ..)| *keyed) => map(entries),
        _ => Expr::List(entries.into_iter().map(|(_, _, value)| value).collect()),
    };
    l.add(expr, node, scope)
}

fn map(entries: Vec<(bool, Option<String>, ExprId)>) -> Expr {
    Expr::Map(entries.into_iter().map(|(_, key, value)| (key, value)).collect())
}

/// One element: whether it has a key, the key as far as it is known, the value.
fn entry(
    l: &mut Lowerer<'_>,
    node: Node<'_>,
    class: Option<Node<'_>>,
    scope: ScopeId,
) -> (bool, Option<String>, ExprId) {
    let keyed = node.kind() == "keyed_element";
    let key = tree::field(node, "key").and_then(|key| tree::named(key).into_iter().next());
    let name = key.and_then(|key| match key.kind() {
        "identifier" => Some(l.text(key).to_owned()),
        _ => known_text(l, key),
    });
    if let (None, Some(key)) = (&name, key) {
        l.expr(key, scope);
    }
    let value = if keyed { tree::field(node, "value") } else { Some(node) };
    let value = value.and_then(|value| match value.kind() {
        "literal_element" => tree::named(value).into_iter().next(),
        _ => Some(value),
    });
    let value = match value {
        Some(value) if value.kind() == "literal_value" => {
            let filled = l.deeper(|l| filled(l, class, value, value, scope));
            filled.unwrap_or_else(|| l.add(Expr::Other(Vec::new()), value, scope))
        }
        Some(value) => l.expr(value, scope),
        None => l.rest(node, scope),
    };
    (keyed, name, value)
}

/// The text of a string literal.
pub(super) fn known_text(l: &Lowerer<'_>, node: Node<'_>) -> Option<String> {
    matches!(node.kind(), "interpreted_string_literal" | "raw_string_literal").then(|| decode(l, node).text)
}

pub(super) fn string(l: &mut Lowerer<'_>, node: Node<'_>, scope: ScopeId) -> ExprId {
    let text = decode(l, node);
    l.add(Expr::Text(vec![TextPart::Known(text)]), node, scope)
}

fn decode(l: &Lowerer<'_>, node: Node<'_>) -> MappedText {
    let mut decoded = MappedText::default();
    for child in tree::named(node) {
        match child.kind() {
            "escape_sequence" => decoded.push(&unescape(l.text(child)), child.start_byte()),
            _ => decoded.push(l.text(child), child.start_byte()),
        }
    }
    decoded
}
