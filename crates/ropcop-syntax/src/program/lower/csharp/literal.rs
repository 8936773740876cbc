//! Literals.

use tree_sitter::Node;

use super::super::Lowerer;
use super::super::literal::{LiteralSpelling, margin};
use super::{child, parts};
use crate::Span;
use crate::program::module::{Expr, ExprId, ScopeId};
use crate::tree;

pub(super) fn visit(l: &mut Lowerer<'_>, node: Node<'_>, scope: ScopeId) -> ExprId {
    let expr = match node.kind() {
        "string_literal" | "character_literal" => return quoted(l, node, scope),
        "verbatim_string_literal" => return verbatim(l, node, scope),
        "raw_string_literal" => return raw(l, node, scope),
        "interpolated_string_expression" => return interpolated(l, node, scope),
        "integer_literal" | "real_literal" => Expr::Number(l.text(node).to_owned()),
        "boolean_literal" => Expr::Bool(l.text(node) == "true"),
        "null_literal" => Expr::Null,
        _ => Expr::Other(Vec::new()),
    };
    l.add(expr, node, scope)
}

/// `"…"` and `'…'`, perhaps with `u8` behind it.
fn quoted(l: &mut Lowerer<'_>, node: Node<'_>, scope: ScopeId) -> ExprId {
    let text = l.text(node);
    let end = text.rfind(['"', '\'']).unwrap_or(text.len()).max(1);
    let content = Span::new(node.start_byte() + 1, node.start_byte() + end);
    let spelling = LiteralSpelling { backslash: true, ..LiteralSpelling::default() };
    l.literal(content, spelling, &[], node, scope)
}

/// `@"…"`.
fn verbatim(l: &mut Lowerer<'_>, node: Node<'_>, scope: ScopeId) -> ExprId {
    let text = l.text(node);
    let end = text.rfind('"').unwrap_or(text.len()).max(2);
    let content = Span::new(node.start_byte() + 2, node.start_byte() + end);
    let spelling = LiteralSpelling { doubled: "\"", ..LiteralSpelling::default() };
    l.literal(content, spelling, &[], node, scope)
}

/// `"""…"""`.
fn raw(l: &mut Lowerer<'_>, node: Node<'_>, scope: ScopeId) -> ExprId {
    let Some(content) = child(node, "raw_string_content") else { return l.nothing(node, scope) };
    let (content, spelling) = block(l, tree::span(content));
    l.literal(content, spelling, &[], node, scope)
}

/// `$"…"`, `$@"…"`, `$"""…"""`.
fn interpolated(l: &mut Lowerer<'_>, node: Node<'_>, scope: ScopeId) -> ExprId {
    let start = child(node, "interpolation_start");
    let (mut first, mut last) = (None, None);
    let mut cursor = node.walk();
    for quote in node.children(&mut cursor).filter(|part| matches!(part.kind(), "\"" | "interpolation_quote")) {
        first = first.or(Some(quote.end_byte()));
        last = Some(quote.start_byte());
    }
    let content = match (first, last) {
        (Some(first), Some(last)) if first <= last => Span::new(first, last),
        (Some(first), _) => Span::new(first, node.end_byte()),
        _ => return l.rest(node, scope),
    };
    let verbatim = start.is_some_and(|start| l.text(start).contains('@'));
    let (content, spelling) = match child(node, "interpolation_quote") {
        Some(_) => block(l, content),
        None if verbatim => (content, LiteralSpelling { doubled: "\"{}", ..LiteralSpelling::default() }),
        None => (content, LiteralSpelling { backslash: true, doubled: "{}", ..LiteralSpelling::default() }),
    };
    let holes = parts(node).into_iter().filter(|part| part.kind() == "interpolation");
    let holes =
        holes.map(|hole| (hole, parts(hole).into_iter().find(|part| !part.kind().starts_with("interpolation_"))));
    let holes: Vec<_> =
        holes.map(|(hole, value)| (tree::span(hole), value.map(|value| l.expr(value, scope)))).collect();
    l.literal(content, spelling, &holes, node, scope)
}

/// A raw literal of several lines starts and ends with a line that is no part of its text; the last one says how far all
/// of them are indented.
fn block(l: &Lowerer<'_>, content: Span) -> (Span, LiteralSpelling) {
    let text = l.source.get(content.start..content.end).unwrap_or_default();
    let (Some(first), Some(last)) = (text.find('\n'), text.rfind('\n')) else {
        return (content, LiteralSpelling::default());
    };
    let (opening, closing) = (text.get(..first).unwrap_or_default(), text.get(last + 1..).unwrap_or_default());
    if !opening.trim().is_empty() || !closing.trim().is_empty() {
        return (content, LiteralSpelling::default());
    }
    let start = content.start + first + 1;
    let body = text.get(first + 1..last).unwrap_or_default();
    let body = body.strip_suffix('\r').unwrap_or(body);
    let spelling = LiteralSpelling { margin: margin(closing), ..LiteralSpelling::default() };
    (Span::new(start, start + body.len()), spelling)
}
