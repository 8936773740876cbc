//! What runs only sometimes, and what it gives.

use tree_sitter::Node;

use super::super::Lowerer;
use super::super::typed::Type;
use super::{child, class_of, declaration, plain, statement};
use crate::program::module::{Bind, Expr, ExprId, ScopeId, ScopeKind, Target};
use crate::tree;

/// `if`, `when` and `try`. Where `gives` says so, the value is that of a branch.
pub(super) fn visit(l: &mut Lowerer<'_>, node: Node<'_>, gives: bool, scope: ScopeId) -> ExprId {
    let mut branches = Vec::new();
    let before = match node.kind() {
        "if_expression" => either(l, node, &mut branches, scope),
        "when_expression" => one_of(l, node, &mut branches, scope),
        _ => tried(l, node, &mut branches, scope),
    };
    let lowered = branches.iter().map(|(_, id)| *id);
    if !gives || branches.len() < 2 {
        let all = before.into_iter().chain(lowered).collect();
        return l.add(Expr::Other(all), node, scope);
    }
    let options = branches.iter().map(|(node, id)| given(l, *node, *id)).collect();
    l.add(Expr::Choice(options), node, scope)
}

/// What a branch gives: a block gives its last statement.
fn given(l: &Lowerer<'_>, node: Node<'_>, id: ExprId) -> ExprId {
    match &l.module.node(id).expr {
        Expr::Other(children) if node.kind() == "block" => children.last().copied().unwrap_or(id),
        _ => id,
    }
}

type KotlinBranches<'t> = Vec<(Node<'t>, ExprId)>;

fn either<'t>(
    l: &mut Lowerer<'_>,
    node: Node<'t>,
    branches: &mut KotlinBranches<'t>,
    scope: ScopeId,
) -> Option<ExprId> {
    let condition = tree::field(node, "condition");
    let before = condition.map(|condition| l.expr(condition, scope));
    for part in tree::named(node).into_iter().filter(|part| Some(*part) != condition) {
        // `else if` is one more branch of the same choice.
        let lowered = if part.kind() == "if_expression" { l.expr(part, scope) } else { l.branch(part, scope) };
        branches.push((part, lowered));
    }
    before
}

fn one_of<'t>(
    l: &mut Lowerer<'_>,
    node: Node<'t>,
    branches: &mut KotlinBranches<'t>,
    scope: ScopeId,
) -> Option<ExprId> {
    let subject = child(node, "when_subject").map(|subject| tree::named(subject)).unwrap_or_default();
    let value = subject.last().map(|value| l.expr(*value, scope));
    let named = subject.iter().find(|part| part.kind() == "variable_declaration");
    if let Some(named) = named {
        declaration::named(l, *named, value, Type::default(), *named, scope);
    }
    let tested = match named {
        Some(named) => tree::named(*named).into_iter().find(|part| part.kind() == "identifier"),
        None => subject.last().copied(),
    };
    for entry in tree::named(node).into_iter().filter(|part| part.kind() == "when_entry") {
        let inner = l.module.open(ScopeKind::Block, scope, tree::span(entry));
        let parts = tree::named(entry);
        let Some((body, conditions)) = parts.split_last() else { continue };
        for condition in conditions {
            match (condition.kind(), tree::named(*condition).last(), tested, value) {
                ("type_test", Some(of), Some(tested), Some(value)) => narrow(l, tested, value, *of, inner),
                ("type_test", ..) => {}
                _ => {
                    let condition = l.expr(*condition, inner);
                    let span = l.module.node(condition).span;
                    l.module.add(Expr::Compare(vec![condition]), span, inner);
                }
            }
        }
        let lowered = statement(l, *body, inner);
        branches.push((*body, lowered));
    }
    value
}

fn tried<'t>(l: &mut Lowerer<'_>, node: Node<'t>, branches: &mut KotlinBranches<'t>, scope: ScopeId) -> Option<ExprId> {
    let mut last = None;
    for part in tree::named(node) {
        let inner = l.module.open(ScopeKind::Block, scope, tree::span(part));
        let parts = tree::named(part);
        match (part.kind(), &parts[..]) {
            ("catch_block", [.., name, of, body]) => {
                let class = class_of(l, *of, inner);
                let name_text = plain(l, *name);
                l.variable(name_text, None, class, *name, inner);
                let lowered = l.expr(*body, inner);
                branches.push((*body, lowered));
            }
            ("finally_block", _) => last = Some(l.rest(part, inner)),
            _ => {
                let lowered = l.expr(part, inner);
                branches.push((part, lowered));
            }
        }
    }
    last
}

/// `for`, `while` and `do`.
pub(super) fn repeated(l: &mut Lowerer<'_>, node: Node<'_>, scope: ScopeId) -> ExprId {
    let mut children = Vec::new();
    let condition = tree::field(node, "condition");
    let is_for = node.kind() == "for_statement";
    let over = child(node, "in").map_or(0, |word| word.end_byte());
    let closed = child(node, ")").map_or(usize::MAX, |closed| closed.start_byte());
    for part in tree::named(node) {
        match part.kind() {
            "variable_declaration" | "multi_variable_declaration" if is_for && part.end_byte() <= over => {
                declaration::named(l, part, None, Type::default(), part, scope);
            }
            _ if Some(part) == condition || is_for && part.end_byte() <= closed => children.push(l.expr(part, scope)),
            _ => children.push(l.branch(part, scope)),
        }
    }
    l.add(Expr::Other(children), node, scope)
}

/// Where a name has been tested to be of a type, it is of that type.
pub(super) fn narrow(l: &mut Lowerer<'_>, tested: Node<'_>, value: ExprId, of: Node<'_>, scope: ScopeId) {
    let class = class_of(l, of, scope).class;
    if let ("identifier", Some(_)) = (tested.kind(), class) {
        let target = Target::Name(plain(l, tested).to_owned());
        let span = tree::span(of);
        l.module.binds.push(Bind { target, value: Some(value), class, append: false, scope, span });
    }
}
