//! Operators. All of them are methods; a few mean something here.

use tree_sitter::Node;

use super::super::Lowerer;
use super::plain;
use crate::program::module::{Argument, Expr, ExprId, How, ScopeId};
use crate::tree;

/// Operators that join lists or put an item at the end of one.
const JOINING: &[&str] = &["++", ":+", ":++", ":::"];

pub(super) fn infix(l: &mut Lowerer<'_>, node: Node<'_>, scope: ScopeId) -> ExprId {
    let (Some(left), Some(sign), Some(right)) =
        (tree::field(node, "left"), tree::field(node, "operator"), tree::field(node, "right"))
    else {
        return l.rest(node, scope);
    };
    match l.text(sign) {
        "+" => {
            let parts = operands(l, node, &["+"], scope);
            l.add(Expr::Concat(parts), node, scope)
        }
        sign if JOINING.contains(&sign) => {
            let parts = operands(l, node, JOINING, scope);
            l.joined(parts, node, scope)
        }
        "::" | "+:" => {
            let parts = vec![l.expr(left, scope), l.expr(right, scope)];
            cons(l, parts, node, scope)
        }
        "+=" | "++=" => {
            let (left, right) = (l.expr(left, scope), l.expr(right, scope));
            let before = l.module.binds.len();
            l.assign(left, right, true, node, scope);
            l.assigned.extend(before..l.module.binds.len());
            l.add(Expr::Other(vec![right]), node, scope)
        }
        "==" | "!=" | "===" | "=!=" | "eq" | "ne" | "<" | ">" | "<=" | ">=" => {
            let sides = vec![l.expr(left, scope), l.expr(right, scope)];
            l.add(Expr::Compare(sides), node, scope)
        }
        // Processes one behind the other.
        sign if sign.starts_with('#') => {
            let sides = vec![l.expr(left, scope), l.expr(right, scope)];
            l.add(Expr::Choice(sides), node, scope)
        }
        // `x should be (y)` compares.
        test if test.starts_with("should") || test.starts_with("must") => {
            let list = tree::field(right, "arguments").filter(|_| right.kind() == "call_expression");
            let sides = vec![l.expr(left, scope), l.expr(list.unwrap_or(right), scope)];
            l.add(Expr::Compare(sides), node, scope)
        }
        method if method.starts_with(char::is_alphabetic) => {
            let object = l.expr(left, scope);
            let (name, name_span) = (plain(l, sign).to_owned(), tree::span(sign));
            let callee = l.add(Expr::Member { object, name, name_span }, node, scope);
            let value = l.expr(right, scope);
            l.add(Expr::Call { callee, args: vec![Argument { name: None, value }], how: How::Call }, node, scope)
        }
        _ => l.rest(node, scope),
    }
}

/// `x :: list`: the item in front of the list, or of what is known of it.
fn cons(l: &mut Lowerer<'_>, parts: Vec<ExprId>, node: Node<'_>, scope: ScopeId) -> ExprId {
    let mut items = Vec::with_capacity(2);
    for (index, part) in parts.into_iter().enumerate() {
        // The end of a list.
        if matches!(&l.module.node(part).expr, Expr::Name(name) if name == "Nil") {
            continue;
        }
        let span = l.module.node(part).span;
        match &l.module.node(part).expr {
            // The list behind the operator was made here and is no list of its own.
            Expr::List(inner) if index == 1 => {
                items.extend(inner.clone());
                l.module.exprs[part.0].expr = Expr::Other(Vec::new());
            }
            _ if index == 1 => items.push(l.module.add(Expr::Spread(part), span, scope)),
            _ => items.push(part),
        }
    }
    l.add(Expr::List(items), node, scope)
}

/// All operands of `a + b + c`, which the grammar nests to the left.
fn operands(l: &mut Lowerer<'_>, node: Node<'_>, signs: &[&str], scope: ScopeId) -> Vec<ExprId> {
    let mut operands = Vec::new();
    let mut at = node;
    while at.kind() == "infix_expression"
        && tree::field(at, "operator").is_some_and(|sign| signs.contains(&l.text(sign)))
    {
        operands.extend(tree::field(at, "right"));
        match tree::field(at, "left") {
            Some(left) => at = left,
            None => break,
        }
    }
    operands.push(at);
    operands.into_iter().rev().map(|operand| l.expr(operand, scope)).collect()
}

/// `"…" !`.
pub(super) fn postfix(l: &mut Lowerer<'_>, node: Node<'_>, scope: ScopeId) -> ExprId {
    let [value, sign] = tree::named(node)[..] else { return l.rest(node, scope) };
    let value = l.expr(value, scope);
    let name = plain(l, sign).to_owned();
    if is_process(&name) {
        return process(l, value, sign, node, scope);
    }
    l.add(Expr::Member { object: value, name, name_span: tree::span(sign) }, node, scope)
}

/// Whether a method of a text or a list runs it.
pub(super) fn is_process(name: &str) -> bool {
    matches!(name, "!" | "!!" | "!<" | "!!<" | "lazyLines" | "lazyLines_!" | "lineStream" | "lineStream_!")
}

/// `"…".!`: the process is run.
pub(super) fn process(l: &mut Lowerer<'_>, object: ExprId, sign: Node<'_>, node: Node<'_>, scope: ScopeId) -> ExprId {
    let name = l.text(sign).trim_end_matches("_!").to_owned();
    let callee = l.add(Expr::Member { object, name, name_span: tree::span(sign) }, node, scope);
    l.add(Expr::Call { callee, args: Vec::new(), how: How::Call }, node, scope)
}
