//! String literals.

use tree_sitter::Node;

use crate::program::lower::Lowerer;
use crate::program::module::{Expr, ExprId, ScopeId, TextPart};
use crate::text::escape::unescape;
use crate::text::template::MappedText;
use crate::tree;

pub(super) fn string(l: &mut Lowerer<'_>, node: Node<'_>, scope: ScopeId) -> ExprId {
    let raw = l.text(node).chars().take_while(|c| !matches!(c, '"' | '\'')).any(|c| matches!(c, 'r' | 'R'));
    let mut parts: Vec<TextPart> = Vec::new();
    let mut cursor = node.walk();
    for child in node.children(&mut cursor) {
        match child.kind() {
            "string_content" => parts.push(TextPart::Known(content(l, child, raw))),
            "interpolation" => {
                let value = tree::field(child, "expression").or_else(|| tree::named(child).into_iter().next());
                if let Some(value) = value {
                    let value = l.expr(value, scope);
                    parts.push(TextPart::Hole { value, span: tree::span(child) });
                }
            }
            _ => {}
        }
    }
    l.add(Expr::Text(parts), node, scope)
}

/// The text of a literal, with the escapes in it undone.
fn content(l: &Lowerer<'_>, node: Node<'_>, raw: bool) -> MappedText {
    let mut decoded = MappedText::default();
    let mut at = node.start_byte();
    let mut cursor = node.walk();
    for child in node.named_children(&mut cursor) {
        decoded.push(l.source.get(at..child.start_byte()).unwrap_or_default(), at);
        let text = l.text(child);
        let text = match child.kind() {
            "escape_sequence" if !raw => unescape(text),
            "escape_interpolation" => text.chars().take(1).collect(),
            _ => text.to_owned(),
        };
        decoded.push(&text, child.start_byte());
        at = child.end_byte();
    }
    decoded.push(l.source.get(at..node.end_byte()).unwrap_or_default(), at);
    decoded
}
