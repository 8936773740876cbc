//! Kotlin.

mod branch;
mod call;
mod class;
mod declaration;
mod lambda;
mod literal;

use tree_sitter::Node;

use super::Lowerer;
use super::typed::Type;
use crate::Span;
use crate::program::module::{Expr, ExprId, Module, ScopeId, ScopeKind, Traits};
use crate::tree;

/// Annotations, types and labels: what they name is neither called nor used.
const NO_VALUES: &[&str] = &[
    "annotation",
    "file_annotation",
    "modifiers",
    "parameter_modifiers",
    "type_modifiers",
    "type_parameters",
    "type_arguments",
    "type_constraints",
    "function_type",
    "label",
    "shebang",
];

pub(crate) fn lower(root: Node<'_>, source: &str) -> Module {
    let traits = Traits { qualified_names: true, implicit_this: true, ..Traits::default() };
    let mut lowerer = Lowerer::new(source, traits, visit);
    lowerer.known = declaration::functions(source);
    statements(&mut lowerer, root, Module::FILE);
    lowerer.settle_assignments();
    lowerer.module
}

fn visit(l: &mut Lowerer<'_>, node: Node<'_>, scope: ScopeId) -> ExprId {
    match node.kind() {
        "identifier" => name(l, node, scope),
        "this_expression" | "super_expression" => this(l, node, scope),
        "navigation_expression" => member(l, node, scope),
        "callable_reference" => reference(l, node, scope),
        "call_expression" => call::visit(l, node, scope),
        "infix_expression" => call::infix(l, node, scope),
        "index_expression" => index(l, node, scope),
        "assignment" => assignment(l, node, scope),
        "binary_expression" => binary(l, node, scope),
        "as_expression" => cast(l, node, scope),
        "is_expression" => is_type(l, node, scope),
        "in_expression" => compare(l, node, scope),
        "spread_expression" => spread(l, node, scope),
        "unary_expression" if l.text(node).ends_with("!!") => l.last(node, scope),
        "parenthesized_expression" | "annotated_expression" | "labeled_expression" | "annotated_lambda" => {
            l.last(node, scope)
        }
        "return_expression" => result(l, node, scope),
        "collection_literal" => l.list(node, scope),
        "lambda_literal" => lambda::visit(l, node, None, scope),
        "block" | "control_structure_body" => statements(l, node, scope),
        "if_expression" | "when_expression" | "try_expression" => branch::visit(l, node, true, scope),
        "for_statement" | "while_statement" | "do_while_statement" => branch::repeated(l, node, scope),
        kind if NO_VALUES.contains(&kind) => l.nothing(node, scope),
        kind if kind.ends_with("_type") => written_type(l, node, scope),
        kind if kind.ends_with("_literal") && kind != "object_literal" => literal::visit(l, node, scope),
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
        "if_expression" | "when_expression" | "try_expression" => {
            let lowered = l.deeper(|l| branch::visit(l, node, false, scope));
            lowered.unwrap_or_else(|| l.expr(node, scope))
        }
        _ => l.expr(node, scope),
    }
}

/// A name without the backquotes that make any text one.
fn plain<'t>(l: &Lowerer<'t>, node: Node<'_>) -> &'t str {
    l.text(node).trim_matches('`')
}

fn name(l: &mut Lowerer<'_>, node: Node<'_>, scope: ScopeId) -> ExprId {
    let expr = match l.text(node) {
        "true" => Expr::Bool(true),
        "false" => Expr::Bool(false),
        "null" => Expr::Null,
        _ => Expr::Name(plain(l, node).to_owned()),
    };
    l.add(expr, node, scope)
}

fn this(l: &mut Lowerer<'_>, node: Node<'_>, scope: ScopeId) -> ExprId {
    let expr = match &l.receiver {
        _ if node.kind() == "super_expression" => Expr::Super,
        Some(receiver) if l.text(node) == "this" => Expr::Name(receiver.clone()),
        _ => Expr::This,
    };
    l.add(expr, node, scope)
}

/// `a.b`, `a?.b` and `a::b`, which is the member `b`, not called.
fn member(l: &mut Lowerer<'_>, node: Node<'_>, scope: ScopeId) -> ExprId {
    let parts = tree::named(node);
    let [object, name] = parts[..] else { return l.rest(node, scope) };
    if plain(l, name) == "class" {
        return l.nothing(node, scope);
    }
    let object = l.expr(object, scope);
    let (name, name_span) = (plain(l, name).to_owned(), tree::span(name));
    l.add(Expr::Member { object, name, name_span }, node, scope)
}

/// `::f` and `T?::f`.
fn reference(l: &mut Lowerer<'_>, node: Node<'_>, scope: ScopeId) -> ExprId {
    match tree::named(node)[..] {
        [object, name] => {
            let object = l.expr(object, scope);
            let (name, name_span) = (plain(l, name).to_owned(), tree::span(name));
            l.add(Expr::Member { object, name, name_span }, node, scope)
        }
        [name] if !l.text(node).ends_with("class") => {
            let made = l.expr(name, scope);
            l.module.handed_on.insert(made);
            made
        }
        _ => l.nothing(node, scope),
    }
}

fn index(l: &mut Lowerer<'_>, node: Node<'_>, scope: ScopeId) -> ExprId {
    match l.children(node, scope)[..] {
        [object, index] => l.add(Expr::Index { object, index }, node, scope),
        ref parts => {
            let parts = parts.to_vec();
            l.add(Expr::Other(parts), node, scope)
        }
    }
}

fn assignment(l: &mut Lowerer<'_>, node: Node<'_>, scope: ScopeId) -> ExprId {
    let (Some(left), Some(right)) = (tree::field(node, "left"), tree::field(node, "right")) else {
        return l.rest(node, scope);
    };
    let left = call::name_or_member(l, left, scope);
    let right = l.expr(right, scope);
    let sign = tree::field(node, "operator").map_or("", |sign| sign.kind());
    if matches!(sign, "=" | "+=") {
        let before = l.module.binds.len();
        l.assign(left, right, sign == "+=", node, scope);
        // A lambda may give a value to a variable of the function around it.
        l.assigned.extend(before..l.module.binds.len());
    }
    l.add(Expr::Other(vec![right]), node, scope)
}

fn binary(l: &mut Lowerer<'_>, node: Node<'_>, scope: ScopeId) -> ExprId {
    let sign = tree::field(node, "operator").map_or("", |sign| sign.kind());
    if sign == "+" {
        let sum = l.sum(node, scope);
        return list_of_sum(l, sum, node, scope).unwrap_or(sum);
    }
    if let Some(call) = call::mistaken(l, node, scope) {
        return call;
    }
    let sides = ["left", "right"].iter().filter_map(|side| l.field(node, side, scope)).collect();
    let expr = match sign {
        "?:" => Expr::Choice(sides),
        "==" | "!=" | "===" | "!==" | "<" | "<=" | ">" | ">=" => Expr::Compare(sides),
        _ => Expr::Other(sides),
    };
    l.add(expr, node, scope)
}

/// `list + item + list`.
fn list_of_sum(l: &mut Lowerer<'_>, sum: ExprId, node: Node<'_>, scope: ScopeId) -> Option<ExprId> {
    let Expr::Concat(parts) = &l.module.node(sum).expr else { return None };
    let is_list = matches!(l.module.node(*parts.first()?).expr, Expr::List(_));
    let parts = is_list.then(|| parts.clone())?;
    l.module.exprs[sum.0].expr = Expr::Other(Vec::new());
    Some(l.joined(parts, node, scope))
}

fn compare(l: &mut Lowerer<'_>, node: Node<'_>, scope: ScopeId) -> ExprId {
    let sides = l.children(node, scope);
    l.add(Expr::Compare(sides), node, scope)
}

fn cast(l: &mut Lowerer<'_>, node: Node<'_>, scope: ScopeId) -> ExprId {
    let class = tree::field(node, "right").map(|of| class_of(l, of, scope)).unwrap_or_default().class;
    match (l.field(node, "left", scope), class) {
        (Some(value), Some(class)) => l.add(Expr::Cast { value, class }, node, scope),
        (Some(value), None) => value,
        (None, _) => l.rest(node, scope),
    }
}

/// `x is T`: from here on, `x` is a `T`.
fn is_type(l: &mut Lowerer<'_>, node: Node<'_>, scope: ScopeId) -> ExprId {
    let (Some(left), Some(of)) = (tree::field(node, "left"), tree::field(node, "right")) else {
        return l.rest(node, scope);
    };
    let value = l.expr(left, scope);
    branch::narrow(l, left, value, of, scope);
    l.add(Expr::Compare(vec![value]), node, scope)
}

fn spread(l: &mut Lowerer<'_>, node: Node<'_>, scope: ScopeId) -> ExprId {
    let value = l.last(node, scope);
    l.add(Expr::Spread(value), node, scope)
}

fn result(l: &mut Lowerer<'_>, node: Node<'_>, scope: ScopeId) -> ExprId {
    let label = tree::field(node, "label");
    let value = tree::named(node).into_iter().find(|part| Some(*part) != label);
    let value = value.map(|value| l.expr(value, scope));
    value.into_iter().for_each(|value| l.gives(value, scope));
    l.add(Expr::Other(value.into_iter().collect()), node, scope)
}

/// A type as an expression, without its arguments.
fn written_type(l: &mut Lowerer<'_>, node: Node<'_>, scope: ScopeId) -> ExprId {
    if node.kind() != "user_type" {
        return match tree::named(node).into_iter().find(|part| part.kind().ends_with("_type")) {
            Some(inner) => l.expr(inner, scope),
            None => l.nothing(node, scope),
        };
    }
    let mut found = None;
    for part in tree::named(node).into_iter().filter(|part| part.kind() == "identifier") {
        let text = plain(l, part).to_owned();
        let span = Span::new(node.start_byte(), part.end_byte());
        let expr = match found {
            Some(object) => Expr::Member { object, name: text, name_span: tree::span(part) },
            None => Expr::Name(text),
        };
        found = Some(l.module.add(expr, span, scope));
    }
    found.unwrap_or_else(|| l.nothing(node, scope))
}

fn is_type_node(node: Node<'_>) -> bool {
    node.kind().ends_with("_type")
}

/// The type that a node writes; that of a function says nothing.
fn class_of(l: &mut Lowerer<'_>, node: Node<'_>, scope: ScopeId) -> Type {
    let mut at = node;
    while matches!(at.kind(), "nullable_type" | "parenthesized_type" | "non_nullable_type") {
        match tree::named(at).into_iter().find(|part| is_type_node(*part)) {
            Some(inner) => at = inner,
            None => break,
        }
    }
    Type { class: (at.kind() == "user_type").then(|| l.expr(at, scope)), element: None }
}

/// Lowers a part that is a world of its own: a class or a function.
fn apart<T>(l: &mut Lowerer<'_>, receiver: Option<String>, lower: impl FnOnce(&mut Lowerer<'_>) -> T) -> T {
    let before = std::mem::replace(&mut l.receiver, receiver);
    let lowered = lower(l);
    l.receiver = before;
    lowered
}

/// A function's scope.
fn function_scope(l: &mut Lowerer<'_>, node: Node<'_>, scope: ScopeId) -> ScopeId {
    l.module.open(ScopeKind::Function, scope, tree::span(node))
}
