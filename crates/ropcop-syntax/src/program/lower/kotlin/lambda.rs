//! Lambdas, and the functions that give them an object to speak of.

use tree_sitter::Node;

use super::super::Lowerer;
use super::super::typed::Type;
use super::{apart, declaration, function_scope, statement};
use crate::Span;
use crate::program::module::{Bind, Expr, ExprId, ScopeId, Target};
use crate::tree;

/// The object that a lambda works on.
#[derive(Clone, Copy)]
pub(super) enum LambdaObject {
    /// It is the parameter: `x.let { it.f() }`.
    Parameter(ExprId),
    /// Its members need no name: `x.apply { f() }`.
    Receiver(ExprId),
}

pub(super) fn visit(l: &mut Lowerer<'_>, node: Node<'_>, given: Option<LambdaObject>, scope: ScopeId) -> ExprId {
    l.deeper(|l| lower(l, node, given, scope)).unwrap_or_else(|| l.too_deep(node, scope))
}

fn lower(l: &mut Lowerer<'_>, node: Node<'_>, given: Option<LambdaObject>, scope: ScopeId) -> ExprId {
    let inner = function_scope(l, node, scope);
    let receiver = match given {
        Some(LambdaObject::Receiver(value)) => Some(receive(l, Some(value), None, node, inner)),
        _ => l.receiver.clone(),
    };
    let value = match given {
        Some(LambdaObject::Parameter(value)) => Some(value),
        _ => None,
    };
    let parts = tree::named(node);
    let (params, body): (Vec<_>, Vec<_>) = parts.into_iter().partition(|part| part.kind() == "lambda_parameters");
    let params: Vec<_> = params.into_iter().flat_map(tree::named).collect();
    if params.is_empty() && value.is_some() {
        l.declare("it", Type::default(), inner);
        bind("it".to_owned(), value, None, node, inner, l);
    }
    for param in params {
        declaration::named(l, param, value, Type::default(), param, inner);
    }
    let body = apart(l, receiver, |l| body.into_iter().map(|part| statement(l, part, inner)).collect());
    l.add(Expr::Other(body), node, scope)
}

/// What a lambda gives: its last statement.
pub(super) fn value(l: &Lowerer<'_>, lambda: ExprId) -> Option<ExprId> {
    match &l.module.node(lambda).expr {
        Expr::Other(children) => children.last().copied(),
        _ => None,
    }
}

/// Gives an object that the source does not name a name in `scope`; no name of the source looks like it.
pub(super) fn receive(
    l: &mut Lowerer<'_>,
    value: Option<ExprId>,
    class: Option<ExprId>,
    node: Node<'_>,
    scope: ScopeId,
) -> String {
    let name = format!("this@{}", node.start_byte());
    bind(name.clone(), value, class, node, scope, l);
    name
}

/// Binds a name that is known from the start of `node`.
fn bind(
    name: String,
    value: Option<ExprId>,
    class: Option<ExprId>,
    node: Node<'_>,
    scope: ScopeId,
    l: &mut Lowerer<'_>,
) {
    let span = Span::new(node.start_byte(), node.start_byte());
    l.module.binds.push(Bind { target: Target::Name(name), value, class, append: false, scope, span });
}
