//! Calls. A constructor is called like any function; by custom a class begins with a capital letter.

use tree_sitter::Node;

use super::super::Lowerer;
use super::lambda::{self, LambdaObject};
use super::{child, literal, plain};
use crate::Span;
use crate::program::module::{Argument, Expr, ExprId, How, ScopeId};
use crate::tree;

/// Functions that make a list of their arguments.
const LISTS: &[&str] = &[
    "listOf",
    "mutableListOf",
    "arrayListOf",
    "listOfNotNull",
    "arrayOf",
    "setOf",
    "mutableSetOf",
    "linkedSetOf",
    "hashSetOf",
    "sequenceOf",
];

/// Functions that make a map of pairs.
const MAPS: &[&str] = &["mapOf", "mutableMapOf", "hashMapOf", "linkedMapOf", "sortedMapOf"];

/// Functions that give what their lambda gives.
const BLOCKS: &[&str] = &[
    "run",
    "let",
    "use",
    "with",
    "lazy",
    "runBlocking",
    "runCatching",
    "synchronized",
    "coroutineScope",
    "withContext",
    "remember",
];

/// The parts of a call as written.
struct CallParts<'t> {
    callee: Node<'t>,
    args: Vec<Node<'t>>,
    lambda: Option<Node<'t>>,
}

fn written(node: Node<'_>) -> Option<CallParts<'_>> {
    let parts = tree::named(node);
    let (callee, rest) = parts.split_first()?;
    let list = rest.iter().find(|part| part.kind() == "value_arguments");
    let lambda = rest.iter().find(|part| part.kind() == "annotated_lambda");
    let lambda = lambda.and_then(|lambda| tree::named(*lambda).last().copied());
    if let (None, Some(_), "call_expression") = (list, lambda, callee.kind()) {
        // `f<T>(x) { … }` is one call, whatever the grammar says.
        let inner = tree::named(*callee);
        if let (Some(callee), Some(list)) = (inner.first(), inner.last().filter(|p| p.kind() == "value_arguments")) {
            return Some(CallParts { callee: *callee, args: tree::named(*list), lambda });
        }
    }
    Some(CallParts { callee: *callee, args: list.map(|list| tree::named(*list)).unwrap_or_default(), lambda })
}

pub(super) fn visit(l: &mut Lowerer<'_>, node: Node<'_>, scope: ScopeId) -> ExprId {
    // A call takes more of the stack than other expressions.
    let lowered = l.deeper(|l| written(node).map(|written| lower(l, &written, node, scope)));
    match lowered {
        Some(Some(id)) => id,
        Some(None) => l.rest(node, scope),
        None => l.too_deep(node, scope),
    }
}

/// `f<T>(x)` as a statement: the grammar takes it for two comparisons.
pub(super) fn mistaken(l: &mut Lowerer<'_>, node: Node<'_>, scope: ScopeId) -> Option<ExprId> {
    let sign = |node: Node<'_>| tree::field(node, "operator").map_or("", |sign| sign.kind());
    let (left, right) = (tree::field(node, "left")?, tree::field(node, "right")?);
    if sign(node) != ">" || left.kind() != "binary_expression" || sign(left) != "<" {
        return None;
    }
    let callee = tree::field(left, "left")?;
    let call = match right.kind() {
        "parenthesized_expression" => CallParts { callee, args: tree::named(right), lambda: None },
        "lambda_literal" => CallParts { callee, args: Vec::new(), lambda: Some(right) },
        _ => return None,
    };
    Some(l.deeper(|l| lower(l, &call, node, scope)).unwrap_or_else(|| l.too_deep(node, scope)))
}

fn lower(l: &mut Lowerer<'_>, call: &CallParts<'_>, node: Node<'_>, scope: ScopeId) -> ExprId {
    match call.callee.kind() {
        "identifier" => plain_call(l, call, node, scope),
        "navigation_expression" => method_call(l, call, node, scope),
        _ => {
            let callee = l.expr(call.callee, scope);
            finish(l, callee, call, node, scope)
        }
    }
}

/// `f(x)` and `T(x)`.
fn plain_call(l: &mut Lowerer<'_>, call: &CallParts<'_>, node: Node<'_>, scope: ScopeId) -> ExprId {
    match (plain(l, call.callee), call.lambda, &call.args[..]) {
        (name, None, _) if LISTS.contains(&name) => {
            let items = arguments(l, call, scope).into_iter().map(|arg| arg.value).collect();
            l.add(Expr::List(items), node, scope)
        }
        (name, None, pairs) if MAPS.contains(&name) => map(l, pairs, node, scope),
        ("buildList", Some(lambda), []) => {
            let list = l.add(Expr::List(Vec::new()), node, scope);
            lambda::visit(l, lambda, Some(LambdaObject::Receiver(list)), scope);
            list
        }
        ("with", Some(lambda), [object]) => {
            let Some(object) = argument(l, *object, scope) else { return l.nothing(node, scope) };
            let lambda = lambda::visit(l, lambda, Some(LambdaObject::Receiver(object.value)), scope);
            let value = lambda::value(l, lambda).unwrap_or(lambda);
            l.add(Expr::Choice(vec![value]), node, scope)
        }
        _ => {
            let callee = name_or_member(l, call.callee, scope);
            finish(l, callee, call, node, scope)
        }
    }
}

fn map(l: &mut Lowerer<'_>, pairs: &[Node<'_>], node: Node<'_>, scope: ScopeId) -> ExprId {
    let mut entries = Vec::new();
    for pair in pairs {
        let inner = tree::named(*pair).last().copied().unwrap_or(*pair);
        match tree::named(inner)[..] {
            [key, to, value] if inner.kind() == "infix_expression" && l.text(to) == "to" => {
                let key = l.expr(key, scope);
                let value = l.expr(value, scope);
                entries.push((l.known_text(key), value));
            }
            _ => entries.extend(argument(l, *pair, scope).map(|entry| (None, entry.value))),
        }
    }
    l.add(Expr::Map(entries), node, scope)
}

/// `o.f(x)`.
fn method_call(l: &mut Lowerer<'_>, call: &CallParts<'_>, node: Node<'_>, scope: ScopeId) -> ExprId {
    let [object, name] = tree::named(call.callee)[..] else {
        let callee = l.expr(call.callee, scope);
        return finish(l, callee, call, node, scope);
    };
    let method = plain(l, name);
    match (method, l.text(object), call.lambda) {
        ("format", "String" | "java.lang.String", None) => {
            let args = arguments(l, call, scope);
            return l.format(args, node, scope);
        }
        ("format", ..) if matches!(object.kind(), "string_literal" | "multiline_string_literal") => {
            let template = l.expr(object, scope);
            let args = arguments(l, call, scope);
            return l.add(Expr::Format { template, args }, node, scope);
        }
        ("trimIndent" | "trimMargin", ..) if object.kind() == "multiline_string_literal" => {
            return literal::raw(l, object, method, node, scope);
        }
        _ => {}
    }
    let object = l.expr(object, scope);
    if let (Some(lambda), true) = (call.lambda, call.args.is_empty()) {
        let given = match method {
            "apply" | "run" => Some(LambdaObject::Receiver(object)),
            "also" | "let" | "use" => Some(LambdaObject::Parameter(object)),
            _ => None,
        };
        if given.is_some() {
            let lambda = lambda::visit(l, lambda, given, scope);
            // `apply` and `also` give the object itself.
            let value = if matches!(method, "apply" | "also") { None } else { lambda::value(l, lambda) };
            return l.add(Expr::Choice(vec![value.unwrap_or(object)]), node, scope);
        }
    }
    let span = Span::new(node.start_byte(), name.end_byte());
    let name_span = tree::span(name);
    let callee = l.module.add(Expr::Member { object, name: method.to_owned(), name_span }, span, scope);
    finish(l, callee, call, node, scope)
}

fn finish(l: &mut Lowerer<'_>, callee: ExprId, call: &CallParts<'_>, node: Node<'_>, scope: ScopeId) -> ExprId {
    let args = arguments(l, call, scope);
    let name = match &l.module.node(callee).expr {
        Expr::Name(name) | Expr::Member { name, .. } => name.as_str(),
        _ => "",
    };
    let last = args.last().filter(|_| call.lambda.is_some() && BLOCKS.contains(&name)).map(|arg| arg.value);
    if let Some(value) = last.and_then(|lambda| lambda::value(l, lambda)) {
        return l.add(Expr::Choice(vec![value]), node, scope);
    }
    let how = if name.starts_with(char::is_uppercase) { How::New } else { How::Call };
    l.add(Expr::Call { callee, args, how }, node, scope)
}

fn arguments(l: &mut Lowerer<'_>, call: &CallParts<'_>, scope: ScopeId) -> Vec<Argument> {
    let mut args: Vec<_> = call.args.iter().filter_map(|arg| argument(l, *arg, scope)).collect();
    if let Some(lambda) = call.lambda {
        let value = lambda::visit(l, lambda, None, scope);
        args.push(Argument { name: None, value });
    }
    args
}

pub(super) fn argument(l: &mut Lowerer<'_>, arg: Node<'_>, scope: ScopeId) -> Option<Argument> {
    if arg.kind() != "value_argument" {
        return Some(Argument { name: None, value: l.expr(arg, scope) });
    }
    let parts = tree::named(arg);
    let value = l.expr(*parts.last()?, scope);
    let value = match child(arg, "*") {
        Some(_) => l.add(Expr::Spread(value), arg, scope),
        None => value,
    };
    let name = parts.first().filter(|_| child(arg, "=").is_some()).map(|name| plain(l, *name).to_owned());
    Some(Argument { name, value })
}

/// `a f b` calls `f` of `a`.
pub(super) fn infix(l: &mut Lowerer<'_>, node: Node<'_>, scope: ScopeId) -> ExprId {
    let [object, name, arg] = tree::named(node)[..] else { return l.rest(node, scope) };
    let object = l.expr(object, scope);
    let span = Span::new(node.start_byte(), name.end_byte());
    let method = plain(l, name).to_owned();
    let callee = l.module.add(Expr::Member { object, name: method, name_span: tree::span(name) }, span, scope);
    let value = l.expr(arg, scope);
    l.add(Expr::Call { callee, args: vec![Argument { name: None, value }], how: How::Call }, node, scope)
}

/// A plain name may be a member of the object that a lambda or an extension works on. What the file itself defines,
/// declares or imports is not, and neither is a class.
pub(super) fn name_or_member(l: &mut Lowerer<'_>, node: Node<'_>, scope: ScopeId) -> ExprId {
    let name = plain(l, node);
    let is_known = || {
        l.known.contains(name)
            || l.declaration(name, scope).is_some()
            || l.module.imports.iter().any(|import| import.name.as_deref() == Some(name))
    };
    let Some(receiver) = l.receiver.clone().filter(|_| node.kind() == "identifier") else {
        return l.expr(node, scope);
    };
    if name.starts_with(char::is_uppercase) || is_known() {
        return l.expr(node, scope);
    }
    let object = l.module.add(Expr::Name(receiver), Span::new(node.start_byte(), node.start_byte()), scope);
    l.add(Expr::Member { object, name: name.to_owned(), name_span: tree::span(node) }, node, scope)
}
