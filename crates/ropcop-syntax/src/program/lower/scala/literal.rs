//! Literals.

use tree_sitter::Node;

use super::super::Lowerer;
use super::super::literal::LiteralSpelling;
use crate::Span;
use crate::program::module::{Expr, ExprId, ScopeId};
use crate::tree;

pub(super) fn visit(l: &mut Lowerer<'_>, node: Node<'_>, scope: ScopeId) -> ExprId {
    let expr = match node.kind() {
        "string" | "character_literal" | "interpolated_string_expression" => {
            return text(l, node, false, node, scope);
        }
        "boolean_literal" => Expr::Bool(l.text(node) == "true"),
        "null_literal" => Expr::Null,
        "integer_literal" | "floating_point_literal" => Expr::Number(l.text(node).to_owned()),
        _ => Expr::Other(Vec::new()),
    };
    l.add(expr, node, scope)
}

/// Whether a node is a text.
pub(super) fn is_text(node: Node<'_>) -> bool {
    matches!(node.kind(), "string" | "interpolated_string_expression")
}

/// `"…"`, `"""…"""`, `s"…"`; without the margin of its lines where `bar` says so. `whole` is the expression that stands
/// for it.
pub(super) fn text(l: &mut Lowerer<'_>, node: Node<'_>, bar: bool, whole: Node<'_>, scope: ScopeId) -> ExprId {
    let interpolator = tree::field(node, "interpolator").map_or("", |name| l.text(name));
    let start = node.start_byte() + interpolator.len();
    let quoted = l.text(node).get(interpolator.len()..).unwrap_or_default();
    let is_raw = quoted.starts_with("\"\"\"");
    let quote = if is_raw { 3 } else { 1 };
    let end = node.end_byte().saturating_sub(quote).max(start + quote);
    let spelling = LiteralSpelling {
        backslash: interpolator != "raw" && (!is_raw || interpolator == "s" || interpolator == "f"),
        doubled: if interpolator.is_empty() { "" } else { "$" },
        bar,
        ..LiteralSpelling::default()
    };
    let inner = tree::named(node).into_iter().find(|part| part.kind() == "interpolated_string");
    let holes = inner.map(tree::named).unwrap_or_default();
    let holes = holes.into_iter().filter(|part| part.kind() == "interpolation");
    let holes: Vec<_> = holes.map(|hole| one(l, hole, interpolator == "f", scope)).collect();
    l.literal(Span::new((start + quote).min(end), end), spelling, &holes, whole, scope)
}

/// A hole and what fills it. In `f"…"` the format behind it belongs to it.
fn one(l: &mut Lowerer<'_>, hole: Node<'_>, formatted: bool, scope: ScopeId) -> (Span, Option<ExprId>) {
    let mut span = tree::span(hole);
    if formatted && let Some(format) = l.source.get(span.end..).and_then(|rest| rest.strip_prefix('%')) {
        let flags = format.find(|c: char| !c.is_ascii_digit() && !"-+#,.( ".contains(c)).unwrap_or_default();
        if format.get(flags..).is_some_and(|rest| rest.starts_with(|c: char| c.is_ascii_alphabetic())) {
            span.end += flags + 2;
        }
    }
    // `${x}` is a block of one expression.
    let value = tree::named(hole).first().map(|inner| match (inner.kind(), &tree::named(*inner)[..]) {
        ("block", [value]) => l.expr(*value, scope),
        _ => l.expr(*inner, scope),
    });
    (span, value)
}
