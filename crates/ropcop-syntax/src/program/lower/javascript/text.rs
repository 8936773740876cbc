//! String literals and templates.

use tree_sitter::Node;

use crate::program::lower::Lowerer;
use crate::program::module::{Expr, ExprId, ScopeId, TextPart};
use crate::text::escape::unescape;
use crate::text::template::MappedText;
use crate::tree;

/// `'…'`, `"…"`, `` `…${x}…` ``.
pub(super) fn literal(l: &mut Lowerer<'_>, node: Node<'_>, scope: ScopeId) -> ExprId {
    let mut parts = Vec::new();
    let mut known = MappedText::default();
    for child in tree::named(node) {
        if child.kind() == "template_substitution" {
            let before = std::mem::take(&mut known);
            if !before.text.is_empty() {
                parts.push(TextPart::Known(before));
            }
            let value = l.first(child, scope);
            parts.push(TextPart::Hole { value, span: tree::span(child) });
        } else {
            piece(l, child, &mut known);
        }
    }
    if !known.text.is_empty() || parts.is_empty() {
        parts.push(TextPart::Known(known));
    }
    l.add(Expr::Text(parts), node, scope)
}

/// The text of a literal without holes.
pub(super) fn known(l: &Lowerer<'_>, node: Node<'_>) -> Option<String> {
    let pieces = tree::named(node);
    let literal = matches!(node.kind(), "string" | "template_string");
    if !literal || pieces.iter().any(|piece| piece.kind() == "template_substitution") {
        return None;
    }
    let mut known = MappedText::default();
    for child in pieces {
        piece(l, child, &mut known);
    }
    Some(known.text)
}

fn piece(l: &Lowerer<'_>, node: Node<'_>, known: &mut MappedText) {
    match node.kind() {
        "escape_sequence" => known.push(&unescape(l.text(node)), node.start_byte()),
        _ => known.push(l.text(node), node.start_byte()),
    }
}
