//! What runs only sometimes, and what it gives.

use tree_sitter::Node;

use super::super::Lowerer;
use super::{declaration, fields, given, plain, statement, types};
use crate::program::module::{Expr, ExprId, ScopeId, ScopeKind};
use crate::tree;

/// `if`, `match` and `try`. Where `gives` says so, the value is that of a branch.
pub(super) fn visit(l: &mut Lowerer<'_>, node: Node<'_>, gives: bool, scope: ScopeId) -> ExprId {
    let (mut before, mut branches) = (Vec::new(), Vec::new());
    match node.kind() {
        "if_expression" => either(l, node, &mut before, &mut branches, scope),
        "match_expression" => {
            before.extend(l.field(node, "value", scope));
            cases(l, tree::field(node, "body"), &mut branches, scope);
        }
        _ => tried(l, node, &mut before, &mut branches, scope),
    }
    if !gives || branches.len() < 2 {
        let all = before.into_iter().chain(branches.into_iter().map(|(all, _)| all)).collect();
        return l.add(Expr::Other(all), node, scope);
    }
    let options = branches.into_iter().map(|(_, value)| value).collect();
    l.add(Expr::Choice(options), node, scope)
}

/// Branches, each with what it gives.
type ScalaBranches = Vec<(ExprId, ExprId)>;

fn branch(l: &mut Lowerer<'_>, node: Node<'_>, scope: ScopeId) -> (ExprId, ExprId) {
    let lowered = l.branch(node, scope);
    (lowered, given(l, node, lowered))
}

fn either(l: &mut Lowerer<'_>, node: Node<'_>, before: &mut Vec<ExprId>, branches: &mut ScalaBranches, scope: ScopeId) {
    before.extend(fields(node, "condition").into_iter().map(|condition| l.expr(condition, scope)));
    for part in ["consequence", "alternative"].into_iter().flat_map(|side| fields(node, side)) {
        // `else if` is one more branch of the same choice.
        branches.push(match part.kind() {
            "if_expression" => {
                let lowered = l.expr(part, scope);
                (lowered, lowered)
            }
            _ => branch(l, part, scope),
        });
    }
}

fn cases(l: &mut Lowerer<'_>, block: Option<Node<'_>>, branches: &mut ScalaBranches, scope: ScopeId) {
    for clause in block.map(tree::named).unwrap_or_default() {
        let lowered = l.expr(clause, scope);
        let value = match &l.module.node(lowered).expr {
            Expr::Other(children) => children.last().copied().unwrap_or(lowered),
            _ => lowered,
        };
        branches.push((lowered, value));
    }
}

fn tried(l: &mut Lowerer<'_>, node: Node<'_>, before: &mut Vec<ExprId>, branches: &mut ScalaBranches, scope: ScopeId) {
    for part in tree::named(node) {
        match part.kind() {
            "catch_clause" => cases(l, tree::named(part).first().copied(), branches, scope),
            "finally_clause" => before.push(l.branch(part, scope)),
            _ => branches.push(branch(l, part, scope)),
        }
    }
}

/// `case pattern if guard => …`: the last child is what it gives.
pub(super) fn case(l: &mut Lowerer<'_>, node: Node<'_>, scope: ScopeId) -> ExprId {
    let inner = l.module.open(ScopeKind::Block, scope, tree::span(node));
    let mut children = Vec::new();
    let pattern = tree::field(node, "pattern");
    if let Some(pattern) = pattern {
        let tested = l.expr(pattern, inner);
        children.push(l.add(Expr::Compare(vec![tested]), pattern, inner));
    }
    let rest = tree::named(node).into_iter().filter(|part| Some(*part) != pattern);
    children.extend(rest.map(|part| statement(l, part, inner)));
    l.add(Expr::Other(children), node, scope)
}

/// `x: T` and `T(pattern)`: a name is bound, a type is tested.
pub(super) fn pattern(l: &mut Lowerer<'_>, node: Node<'_>, scope: ScopeId) -> ExprId {
    let parts = fields(node, "pattern");
    if let ("typed_pattern", Some(name)) = (node.kind(), parts.first()) {
        let class = types::of(l, node, "type", scope);
        let name_text = plain(l, *name);
        l.variable(name_text, None, class, *name, scope);
        return l.nothing(node, scope);
    }
    let parts = parts.into_iter().map(|part| l.expr(part, scope)).collect();
    l.add(Expr::Compare(parts), node, scope)
}

/// `for (x <- xs) …`.
pub(super) fn repeated(l: &mut Lowerer<'_>, node: Node<'_>, scope: ScopeId) -> ExprId {
    let inner = l.module.open(ScopeKind::Block, scope, tree::span(node));
    let mut children = Vec::new();
    for list in fields(node, "enumerators") {
        for enumerator in tree::named(list) {
            let parts = tree::named(enumerator);
            let is_given = |part: &Node<'_>| part.kind() == "=";
            let mut cursor = enumerator.walk();
            let is_value = enumerator.children(&mut cursor).any(|part| is_given(&part));
            if let [name, value, ..] = parts[..] {
                let value = l.expr(value, inner);
                children.push(value);
                declaration::names(l, name, Some(value).filter(|_| is_value), Default::default(), inner);
                children.extend(parts.iter().skip(2).map(|guard| l.expr(*guard, inner)));
            }
        }
    }
    children.extend(tree::field(node, "body").map(|body| statement(l, body, inner)));
    l.add(Expr::Other(children), node, scope)
}

/// `while` and `do`.
pub(super) fn repeatedly(l: &mut Lowerer<'_>, node: Node<'_>, scope: ScopeId) -> ExprId {
    let body = tree::field(node, "body");
    let parts = tree::named(node).into_iter();
    let children = parts.map(|part| if Some(part) == body { l.branch(part, scope) } else { l.expr(part, scope) });
    let children = children.collect();
    l.add(Expr::Other(children), node, scope)
}
