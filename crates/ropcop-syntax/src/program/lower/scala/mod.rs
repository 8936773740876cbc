//! Scala.

mod branch;
mod call;
mod class;
mod declaration;
mod literal;
mod operator;
mod types;

use tree_sitter::Node;

use super::Lowerer;
use crate::program::module::{Expr, ExprId, Module, ScopeId, ScopeKind, Traits};
use crate::tree;

/// Annotations, types and patterns that say nothing.
const NO_VALUES: &[&str] = &[
    "annotation",
    "modifiers",
    "type_parameters",
    "type_arguments",
    "self_type",
    "wildcard",
    "derives_clause",
    "using_directive",
    "function_type",
    "tuple_type",
    "infix_type",
    "literal_type",
    "export_declaration",
    "end_marker",
];

pub(crate) fn lower(root: Node<'_>, source: &str) -> Module {
    let traits = Traits { qualified_names: true, implicit_this: true, ..Traits::default() };
    let mut lowerer = Lowerer::new(source, traits, visit);
    statements(&mut lowerer, root, Module::FILE);
    lowerer.settle_assignments();
    lowerer.module
}

fn visit(l: &mut Lowerer<'_>, node: Node<'_>, scope: ScopeId) -> ExprId {
    match node.kind() {
        "identifier" | "type_identifier" | "operator_identifier" => name(l, node, scope),
        "stable_identifier" | "stable_type_identifier" | "field_expression" => member(l, node, scope),
        "call_expression" => call::visit(l, node, scope),
        "instance_expression" => call::creation(l, node, scope),
        "generic_function" => call::generic(l, node, scope),
        "method_value" => l.first(node, scope),
        "vararg" => vararg(l, node, scope),
        "infix_expression" => operator::infix(l, node, scope),
        "postfix_expression" => operator::postfix(l, node, scope),
        "assignment_expression" => assignment(l, node, scope),
        "ascription_expression" => ascription(l, node, scope),
        "parenthesized_expression" => l.first(node, scope),
        "tuple_expression" => l.list(node, scope),
        "block" | "indented_block" | "template_body" | "enum_body" | "with_template_body" => statements(l, node, scope),
        "lambda_expression" => lambda(l, node, scope),
        "return_expression" => l.returned(node, scope),
        "if_expression" | "match_expression" | "try_expression" => branch::visit(l, node, true, scope),
        "case_block" | "indented_cases" => l.scoped(node, ScopeKind::Function, scope),
        "case_clause" => branch::case(l, node, scope),
        "for_expression" => branch::repeated(l, node, scope),
        "while_expression" | "do_while_expression" => branch::repeatedly(l, node, scope),
        "typed_pattern" | "case_class_pattern" => branch::pattern(l, node, scope),
        "string" => literal::visit(l, node, scope),
        "interpolated_string_expression" => literal::visit(l, node, scope),
        kind if NO_VALUES.contains(&kind) => l.nothing(node, scope),
        kind if kind.ends_with("_literal") => literal::visit(l, node, scope),
        kind if kind.ends_with("_type") => types::written(l, node, scope),
        _ => class::visit(l, node, scope)
            .or_else(|| declaration::visit(l, node, scope))
            .unwrap_or_else(|| l.rest(node, scope)),
    }
}

/// Statements in a row. What a branching statement gives is dropped, so that its branches do not belong together.
fn statements(l: &mut Lowerer<'_>, node: Node<'_>, scope: ScopeId) -> ExprId {
    let children = tree::named(node).into_iter().map(|part| statement(l, part, scope)).collect();
    l.add(Expr::Other(children), node, scope)
}

fn statement(l: &mut Lowerer<'_>, node: Node<'_>, scope: ScopeId) -> ExprId {
    match node.kind() {
        "if_expression" | "match_expression" | "try_expression" => {
            let lowered = l.deeper(|l| branch::visit(l, node, false, scope));
            lowered.unwrap_or_else(|| l.too_deep(node, scope))
        }
        _ => l.expr(node, scope),
    }
}

/// What a block gives: its last statement.
fn given(l: &Lowerer<'_>, node: Node<'_>, id: ExprId) -> ExprId {
    match &l.module.node(id).expr {
        Expr::Other(children) if matches!(node.kind(), "block" | "indented_block") => {
            children.last().copied().unwrap_or(id)
        }
        _ => id,
    }
}

/// A name without the backquotes that make any text one.
fn plain<'t>(l: &Lowerer<'t>, node: Node<'_>) -> &'t str {
    l.text(node).trim_matches('`')
}

/// The children in a field.
fn fields<'t>(node: Node<'t>, name: &str) -> Vec<Node<'t>> {
    let mut cursor = node.walk();
    node.children_by_field_name(name, &mut cursor).filter(Node::is_named).collect()
}

fn name(l: &mut Lowerer<'_>, node: Node<'_>, scope: ScopeId) -> ExprId {
    let expr = match l.text(node) {
        "this" => Expr::This,
        "super" => Expr::Super,
        _ => Expr::Name(plain(l, node).to_owned()),
    };
    l.add(expr, node, scope)
}

/// `a.b`, as a value or a type.
fn member(l: &mut Lowerer<'_>, node: Node<'_>, scope: ScopeId) -> ExprId {
    let parts = tree::named(node);
    let (Some(value), Some(field)) = (parts.first(), parts.last().filter(|_| parts.len() > 1)) else {
        return l.rest(node, scope);
    };
    let name = plain(l, *field).to_owned();
    if name == "stripMargin" && literal::is_text(*value) {
        return literal::text(l, *value, true, node, scope);
    }
    // `_root_` is the package above all others.
    if l.text(*value) == "_root_" {
        return l.add(Expr::Name(name), node, scope);
    }
    let object = l.expr(*value, scope);
    if operator::is_process(&name) {
        return operator::process(l, object, *field, node, scope);
    }
    l.add(Expr::Member { object, name, name_span: tree::span(*field) }, node, scope)
}

fn assignment(l: &mut Lowerer<'_>, node: Node<'_>, scope: ScopeId) -> ExprId {
    let (Some(left), Some(right)) = (l.field(node, "left", scope), l.field(node, "right", scope)) else {
        return l.rest(node, scope);
    };
    let before = l.module.binds.len();
    l.assign(left, right, false, node, scope);
    // A lambda may give a value to a variable of the function around it.
    l.assigned.extend(before..l.module.binds.len());
    l.add(Expr::Other(vec![right]), node, scope)
}

/// `(x: T)`.
fn ascription(l: &mut Lowerer<'_>, node: Node<'_>, scope: ScopeId) -> ExprId {
    let Some(value) = tree::named(node).first().map(|value| l.expr(*value, scope)) else {
        return l.rest(node, scope);
    };
    let class = tree::field(node, "type").map(|of| types::class(l, of, scope)).unwrap_or_default().class;
    match class {
        Some(class) => l.add(Expr::Cast { value, class }, node, scope),
        None => value,
    }
}

/// `xs: _*` and `xs*` give the items of `xs`.
fn vararg(l: &mut Lowerer<'_>, node: Node<'_>, scope: ScopeId) -> ExprId {
    let list = l.first(node, scope);
    l.add(Expr::Spread(list), node, scope)
}

/// `x => …`.
fn lambda(l: &mut Lowerer<'_>, node: Node<'_>, scope: ScopeId) -> ExprId {
    let inner = l.module.open(ScopeKind::Function, scope, tree::span(node));
    let params = tree::field(node, "parameters");
    if let Some(params) = params {
        declaration::parameters(l, params, inner);
    }
    let body = tree::named(node).into_iter().filter(|part| Some(*part) != params);
    let body = body.map(|part| statement(l, part, inner)).collect();
    l.add(Expr::Other(body), node, scope)
}
