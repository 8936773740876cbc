//! Literals.

use tree_sitter::Node;

use super::super::Lowerer;
use super::super::literal::{LiteralSpelling, margin};
use crate::Span;
use crate::program::module::{Expr, ExprId, ScopeId};
use crate::tree;

pub(super) fn visit(l: &mut Lowerer<'_>, node: Node<'_>, scope: ScopeId) -> ExprId {
    match node.kind() {
        "string_literal" | "character_literal" => quoted(l, node, scope),
        "multiline_string_literal" => raw(l, node, "", node, scope),
        _ => {
            let number = Expr::Number(l.text(node).to_owned());
            l.add(number, node, scope)
        }
    }
}

/// `"…"` and `'…'`.
fn quoted(l: &mut Lowerer<'_>, node: Node<'_>, scope: ScopeId) -> ExprId {
    let end = node.end_byte().saturating_sub(1).max(node.start_byte() + 1);
    let content = Span::new(node.start_byte() + 1, end);
    let holes = holes(l, node, scope);
    l.literal(content, LiteralSpelling { backslash: true, ..LiteralSpelling::default() }, &holes, node, scope)
}

/// `"""…"""`, and what `trimIndent()` or `trimMargin()` makes of it, which is `whole` then.
pub(super) fn raw(l: &mut Lowerer<'_>, node: Node<'_>, trim: &str, whole: Node<'_>, scope: ScopeId) -> ExprId {
    let text = l.text(node);
    let end = if text.len() >= 6 { node.end_byte() - 3 } else { node.end_byte() };
    let content = Span::new((node.start_byte() + 3).min(end), end);
    let body = l.source.get(content.start..content.end).unwrap_or_default();
    let mut spelling = LiteralSpelling { bar: trim == "trimMargin", ..LiteralSpelling::default() };
    if trim == "trimIndent" {
        let meant = body.lines().filter(|line| !line.trim().is_empty());
        spelling.margin = meant.map(margin).min().unwrap_or_default();
    }
    let holes = holes(l, node, scope);
    l.literal(content, spelling, &holes, whole, scope)
}

/// The holes of a text. The grammar takes the `$` of `$name` for text.
fn holes(l: &mut Lowerer<'_>, node: Node<'_>, scope: ScopeId) -> Vec<(Span, Option<ExprId>)> {
    let mut holes = Vec::new();
    for part in tree::named(node) {
        let value = match part.kind() {
            "interpolation" => tree::named(part).first().map(|value| l.expr(*value, scope)),
            "string_content" if l.text(part) == "$" => {
                let start = part.end_byte();
                let after = l.source.get(start..node.end_byte()).unwrap_or_default();
                let name = name(after);
                if !name.is_empty() {
                    let span = Span::new(start, start + name.len());
                    let value = l.module.add(Expr::Name(name.to_owned()), span, scope);
                    holes.push((Span::new(part.start_byte(), span.end), Some(value)));
                }
                continue;
            }
            _ => continue,
        };
        holes.push((tree::span(part), value));
    }
    holes
}

/// The name at the start of a text.
fn name(text: &str) -> &str {
    if !text.starts_with(|c: char| c.is_alphabetic() || c == '_') {
        return "";
    }
    let end = text.find(|c: char| !c.is_alphanumeric() && c != '_').unwrap_or(text.len());
    text.get(..end).unwrap_or_default()
}
