//! Classes, objects and what makes them.

use tree_sitter::Node;

use super::super::Lowerer;
use super::super::typed::Type;
use super::{apart, call, class_of, declaration, function_scope, is_type_node, plain};
use crate::Span;
use crate::program::module::{Argument, DefinitionKind, Expr, ExprId, How, Param, ScopeId, ScopeKind};
use crate::tree;

pub(super) fn visit(l: &mut Lowerer<'_>, node: Node<'_>, scope: ScopeId) -> Option<ExprId> {
    let id = match node.kind() {
        "class_declaration" | "object_declaration" => named(l, node, scope),
        "object_literal" => nameless(l, node, scope),
        // What a companion has belongs to the class.
        "companion_object" => match tree::child(node, "class_body") {
            Some(body) => l.rest(body, scope),
            None => l.nothing(node, scope),
        },
        "anonymous_initializer" => l.scoped(node, ScopeKind::Function, scope),
        "secondary_constructor" => constructor(l, node, scope),
        "enum_entry" => enum_entry(l, node, scope),
        _ => return None,
    };
    Some(id)
}

fn named(l: &mut Lowerer<'_>, node: Node<'_>, scope: ScopeId) -> ExprId {
    let name = tree::field(node, "name").map_or("", |name| plain(l, name)).to_owned();
    let inner = l.module.open(ScopeKind::Class(name.clone()), scope, tree::span(node));
    let (bases, children) = apart(l, None, |l| l.deeper(|l| members(l, node, inner))).unwrap_or_default();
    l.define(&name, DefinitionKind::Class, bases, None, scope);
    l.add(Expr::Other(children), node, scope)
}

/// `object : T(x) { … }`.
fn nameless(l: &mut Lowerer<'_>, node: Node<'_>, scope: ScopeId) -> ExprId {
    let inner = l.module.open(ScopeKind::Class(format!("{}$", node.start_byte())), scope, tree::span(node));
    let (_, children) = apart(l, None, |l| l.deeper(|l| members(l, node, inner))).unwrap_or_default();
    l.add(Expr::Other(children), node, scope)
}

/// Parameters, bases and body of a class whose scope is `inner`.
fn members(l: &mut Lowerer<'_>, node: Node<'_>, inner: ScopeId) -> (Vec<ExprId>, Vec<ExprId>) {
    let (mut bases, mut children) = (Vec::new(), Vec::new());
    for part in tree::named(node) {
        match part.kind() {
            "primary_constructor" => {
                let params = parameters(l, part, inner);
                children.extend(params.iter().filter_map(|param| param.default));
                if let ScopeKind::Class(name) = l.module.scopes[inner.0].kind.clone() {
                    l.takes(&name, params, inner);
                }
            }
            "delegation_specifiers" => {
                for base in tree::named(part).into_iter().filter(|part| part.kind() == "delegation_specifier") {
                    delegation(l, base, inner, &mut bases, &mut children);
                }
                l.declare_base(bases.first().copied(), inner);
            }
            "class_body" | "enum_class_body" | "ERROR" => children.push(l.rest(part, inner)),
            _ => {}
        }
    }
    (bases, children)
}

/// The parameters of the constructor; the class sees them like its own fields.
fn parameters(l: &mut Lowerer<'_>, constructor: Node<'_>, scope: ScopeId) -> Vec<Param> {
    let mut params = Vec::new();
    for param in tree::child(constructor, "class_parameters").map(tree::named).unwrap_or_default() {
        let parts = tree::named(param);
        let name = parts.iter().find(|part| part.kind() == "identifier");
        let of = parts.iter().find(|part| is_type_node(**part));
        let is_array = tree::child(param, "modifiers").is_some_and(|modifiers| l.text(modifiers).contains("vararg"));
        let class = of.filter(|_| !is_array).map(|of| class_of(l, *of, scope)).unwrap_or_default();
        if let Some(name) = name.map(|name| plain(l, *name)) {
            l.field_of(name, None, class, param, scope);
        }
        let default = parts.last().filter(|_| tree::child(param, "=").is_some()).map(|default| l.expr(*default, scope));
        params.push(Param { name: name.map_or("", |name| plain(l, *name)).to_owned(), default });
    }
    params
}

/// One base: `T`, `T(x)` or `T by x`.
fn delegation(
    l: &mut Lowerer<'_>,
    node: Node<'_>,
    scope: ScopeId,
    bases: &mut Vec<ExprId>,
    children: &mut Vec<ExprId>,
) {
    let Some(base) = tree::named(node).into_iter().find(|part| part.kind() != "annotation") else { return };
    match (base.kind(), &tree::named(base)[..]) {
        ("constructor_invocation", [of, list]) => {
            let class = class_of(l, *of, scope).class;
            bases.extend(class);
            let args: Vec<_> = tree::named(*list).into_iter().filter_map(|arg| call::argument(l, arg, scope)).collect();
            children.push(creation(l, class, args, base, scope));
        }
        ("explicit_delegation", [of, by]) => {
            bases.extend(class_of(l, *of, scope).class);
            match (by.kind(), &tree::named(*by)[..]) {
                // `: T by x { … }`: the grammar takes the body of the class for a lambda.
                ("call_expression", [by, body]) if body.kind() == "annotated_lambda" => {
                    children.push(l.expr(*by, scope));
                    let statements = tree::named(*body).into_iter().flat_map(tree::named);
                    children.extend(statements.map(|part| mistaken_member(l, part, scope)));
                }
                _ => children.push(l.expr(*by, scope)),
            }
        }
        _ => bases.extend(class_of(l, base, scope).class),
    }
}

/// A member of a class whose body was taken for a lambda: `companion object { … }` looks like an infix call there.
fn mistaken_member(l: &mut Lowerer<'_>, node: Node<'_>, scope: ScopeId) -> ExprId {
    match tree::named(node)[..] {
        [companion, _, body] if l.text(companion) == "companion" && body.kind() == "lambda_literal" => {
            l.rest(body, scope)
        }
        _ => l.expr(node, scope),
    }
}

fn creation(l: &mut Lowerer<'_>, class: Option<ExprId>, args: Vec<Argument>, node: Node<'_>, scope: ScopeId) -> ExprId {
    match class {
        Some(callee) => l.add(Expr::Call { callee, args, how: How::New }, node, scope),
        None => l.add(Expr::Other(args.into_iter().map(|arg| arg.value).collect()), node, scope),
    }
}

/// `constructor(…) : super(x) { … }`.
fn constructor(l: &mut Lowerer<'_>, node: Node<'_>, scope: ScopeId) -> ExprId {
    let inner = function_scope(l, node, scope);
    let mut children = Vec::new();
    for part in tree::named(node) {
        match part.kind() {
            "function_value_parameters" => {
                let params = declaration::parameters(l, part, inner);
                children.extend(params.iter().filter_map(|param| param.default));
                l.takes("constructor", params, inner);
            }
            "constructor_delegation_call" => {
                let list = tree::child(part, "value_arguments");
                let args = list.map(tree::named).unwrap_or_default();
                let args: Vec<_> = args.into_iter().filter_map(|arg| call::argument(l, arg, inner)).collect();
                let word = tree::child(part, "super");
                // `this(x)` only hands on.
                let base = word.and_then(|_| l.base_of(inner));
                let start = tree::span(part).start;
                let word = word.map_or(Span::new(start, start), tree::span);
                children.push(l.base_call(base, word, args, tree::span(part), inner));
            }
            "block" => children.push(l.expr(part, inner)),
            _ => {}
        }
    }
    l.add(Expr::Other(children), node, scope)
}

fn enum_entry(l: &mut Lowerer<'_>, node: Node<'_>, scope: ScopeId) -> ExprId {
    let args = tree::child(node, "value_arguments").map(tree::named).unwrap_or_default();
    let values: Vec<_> =
        args.into_iter().filter_map(|arg| call::argument(l, arg, scope)).map(|arg| arg.value).collect();
    let value = l.add(Expr::Other(values), node, scope);
    if let Some(name) = tree::child(node, "identifier").map(|name| plain(l, name)) {
        l.field_of(name, Some(value), Type::default(), node, scope);
    }
    if let Some(body) = tree::child(node, "class_body") {
        let inner = l.module.open(ScopeKind::Class(format!("{}$", node.start_byte())), scope, tree::span(body));
        l.rest(body, inner);
    }
    value
}
