//! Literals.

use tree_sitter::Node;

use super::super::Lowerer;
use super::super::literal::{LiteralSpelling, margin};
use crate::Span;
use crate::program::module::{Expr, ExprId, ScopeId};
use crate::tree;

pub(super) fn visit(l: &mut Lowerer<'_>, node: Node<'_>, scope: ScopeId) -> ExprId {
    let expr = match node.kind() {
        "string_literal" | "character_literal" => return quoted(l, node, scope),
        "true" => Expr::Bool(true),
        "false" => Expr::Bool(false),
        "null_literal" => Expr::Null,
        _ => Expr::Number(l.text(node).to_owned()),
    };
    l.add(expr, node, scope)
}

/// `"…"`, `'…'` and `"""…"""`.
fn quoted(l: &mut Lowerer<'_>, node: Node<'_>, scope: ScopeId) -> ExprId {
    let text = l.text(node);
    let quote = if text.starts_with("\"\"\"") { 3 } else { 1 };
    let end = text.len().saturating_sub(quote).max(quote);
    let mut content = Span::new(node.start_byte() + quote, node.start_byte() + end);
    let mut spelling = LiteralSpelling { backslash: true, ..LiteralSpelling::default() };
    let body = text.get(quote..end).unwrap_or_default();
    if let Some(first) = body.find('\n').filter(|_| quote == 3) {
        // The text starts behind the line of the opening quotes. The line that is indented least, with that of the
        // closing quotes among them, says what is margin.
        content.start += first + 1;
        let lines = body.get(first + 1..).unwrap_or_default();
        let last = lines.split('\n').count();
        let meant = lines.split('\n').enumerate().filter(|(at, line)| at + 1 == last || !line.trim().is_empty());
        spelling.margin = meant.map(|(_, line)| margin(line)).min().unwrap_or_default();
    }
    let holes = tree::named(node).into_iter().filter(|part| part.kind() == "string_interpolation");
    let mut value = |hole: Node<'_>| tree::named(hole).first().map(|value| l.expr(*value, scope));
    let holes: Vec<_> = holes.map(|hole| (tree::span(hole), value(hole))).collect();
    l.literal(content, spelling, &holes, node, scope)
}
