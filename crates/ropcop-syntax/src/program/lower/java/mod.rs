//! Java.

mod declaration;
mod literal;

use tree_sitter::Node;

use super::Lowerer;
use super::typed::Type;
use crate::Span;
use crate::program::module::{Argument, Expr, ExprId, How, Module, ScopeId, ScopeKind, Traits};
use crate::tree;

/// Statements whose parts run only sometimes.
const BRANCHING: &[&str] = &[
    "if_statement",
    "while_statement",
    "do_statement",
    "for_statement",
    "enhanced_for_statement",
    "try_statement",
    "try_with_resources_statement",
];

/// Annotations, types and labels: what they name is neither called nor used.
const NO_VALUES: &[&str] = &[
    "modifiers",
    "annotation",
    "marker_annotation",
    "class_literal",
    "type_arguments",
    "type_parameters",
    "throws",
    "dimensions",
    "module_declaration",
    "break_statement",
    "continue_statement",
    "array_type",
    "void_type",
    "integral_type",
    "floating_point_type",
    "boolean_type",
];

pub(crate) fn lower(root: Node<'_>, source: &str) -> Module {
    let traits = Traits { qualified_names: true, implicit_this: true, ..Traits::default() };
    let mut lowerer = Lowerer::new(source, traits, visit);
    lowerer.rest(root, Module::FILE);
    lowerer.module
}

fn visit(l: &mut Lowerer<'_>, node: Node<'_>, scope: ScopeId) -> ExprId {
    match node.kind() {
        "identifier" | "type_identifier" => l.add(Expr::Name(l.text(node).to_owned()), node, scope),
        "this" => l.add(Expr::This, node, scope),
        "super" => l.add(Expr::Super, node, scope),
        "return_statement" => l.returned(node, scope),
        "scoped_identifier" | "scoped_type_identifier" | "field_access" => member(l, node, scope),
        "generic_type" | "annotated_type" => written_type(l, node, scope),
        "method_invocation" => call(l, node, scope),
        "method_reference" => reference(l, node, scope),
        "object_creation_expression" => creation(l, node, scope),
        "explicit_constructor_invocation" => constructor_call(l, node, scope),
        "array_creation_expression" => array(l, node, scope),
        "array_initializer" => l.list(node, scope),
        "array_access" => l.index(node, ("array", "index"), scope),
        "assignment_expression" => assignment(l, node, scope),
        "binary_expression" => binary(l, node, scope),
        "ternary_expression" => l.choice(node, scope),
        "cast_expression" => cast(l, node, scope),
        "instanceof_expression" => instance_of(l, node, scope),
        "type_pattern" | "record_pattern_component" => pattern(l, node, scope),
        "parenthesized_expression" => l.last(node, scope),
        "switch_expression" => switch(l, node, scope),
        "switch_block_statement_group" | "catch_clause" => l.scoped(node, ScopeKind::Block, scope),
        "switch_label" => tested(l, node, scope),
        kind if BRANCHING.contains(&kind) => branches(l, node, scope),
        kind if NO_VALUES.contains(&kind) => l.nothing(node, scope),
        kind if kind.ends_with("_literal") || matches!(kind, "true" | "false") => literal::visit(l, node, scope),
        _ => declaration::visit(l, node, scope).unwrap_or_else(|| l.rest(node, scope)),
    }
}

/// A type as an expression, without annotations and type arguments.
fn written_type(l: &mut Lowerer<'_>, node: Node<'_>, scope: ScopeId) -> ExprId {
    let is_name = |kind: &str| matches!(kind, "type_identifier" | "scoped_type_identifier" | "generic_type");
    match tree::named(node).into_iter().find(|part| is_name(part.kind())) {
        Some(name) => l.expr(name, scope),
        None => l.nothing(node, scope),
    }
}

/// The type that a node writes; `var` and arrays say nothing.
fn class(l: &mut Lowerer<'_>, node: Node<'_>, scope: ScopeId) -> Type {
    let is_class = match node.kind() {
        "type_identifier" => !matches!(l.text(node), "var" | "val"),
        kind => matches!(kind, "scoped_type_identifier" | "generic_type" | "annotated_type" | "identifier"),
    };
    Type { class: is_class.then(|| l.expr(node, scope)), element: None }
}

fn class_of(l: &mut Lowerer<'_>, node: Node<'_>, scope: ScopeId) -> Type {
    tree::field(node, "type").map(|of| class(l, of, scope)).unwrap_or_default()
}

fn member(l: &mut Lowerer<'_>, node: Node<'_>, scope: ScopeId) -> ExprId {
    let parts: Vec<_> = tree::named(node).into_iter().filter(|part| !part.kind().ends_with("annotation")).collect();
    let (Some(object), Some(name)) = (parts.first(), parts.last()) else { return l.rest(node, scope) };
    if name.kind() == "this" || parts.len() < 2 {
        // `Outer.this`.
        return l.add(Expr::This, node, scope);
    }
    l.member(*object, *name, node, scope)
}

fn call(l: &mut Lowerer<'_>, node: Node<'_>, scope: ScopeId) -> ExprId {
    let (Some(name), Some(list)) = (tree::field(node, "name"), tree::field(node, "arguments")) else {
        return l.rest(node, scope);
    };
    let text = l.text(name);
    let Some(object) = tree::field(node, "object") else {
        let callee = l.expr(name, scope);
        let args = arguments(l, list, scope);
        return l.add(Expr::Call { callee, args, how: How::Call }, node, scope);
    };
    match (l.text(object), text) {
        ("String" | "java.lang.String" | "MessageFormat", "format") => {
            let args = arguments(l, list, scope);
            return l.format(args, node, scope);
        }
        (_, "formatted") => {
            let template = l.expr(object, scope);
            let args = arguments(l, list, scope);
            return l.add(Expr::Format { template, args }, node, scope);
        }
        _ => {}
    }
    let object = l.expr(object, scope);
    let name_span = tree::span(name);
    let span = Span::new(node.start_byte(), name.end_byte());
    let callee = l.module.add(Expr::Member { object, name: text.to_owned(), name_span }, span, scope);
    let args = arguments(l, list, scope);
    l.add(Expr::Call { callee, args, how: How::Call }, node, scope)
}

fn arguments(l: &mut Lowerer<'_>, list: Node<'_>, scope: ScopeId) -> Vec<Argument> {
    l.children(list, scope).into_iter().map(|value| Argument { name: None, value }).collect()
}

/// `X::m` is the member `m`, not called; `X::new` is the class itself.
fn reference(l: &mut Lowerer<'_>, node: Node<'_>, scope: ScopeId) -> ExprId {
    let parts: Vec<_> = tree::named(node).into_iter().filter(|part| part.kind() != "type_arguments").collect();
    match parts[..] {
        [object, name] => l.member(object, name, node, scope),
        [object] => {
            let made = l.expr(object, scope);
            l.module.handed_on.insert(made);
            made
        }
        _ => l.rest(node, scope),
    }
}

fn creation(l: &mut Lowerer<'_>, node: Node<'_>, scope: ScopeId) -> ExprId {
    let (Some(of), Some(list)) = (tree::field(node, "type"), tree::field(node, "arguments")) else {
        return l.rest(node, scope);
    };
    // `outer.new Inner()`.
    if let Some(outer) = tree::named(node).first().filter(|first| first.end_byte() < of.start_byte()) {
        l.expr(*outer, scope);
    }
    let callee = l.expr(of, scope);
    let args = arguments(l, list, scope);
    if let Some(body) = tree::named(node).into_iter().find(|part| part.kind() == "class_body") {
        declaration::nameless_class(l, body, callee, scope);
    }
    l.add(Expr::Call { callee, args, how: How::New }, node, scope)
}

/// `super(x)` makes an object of the base class; `this(x)` only hands on.
fn constructor_call(l: &mut Lowerer<'_>, node: Node<'_>, scope: ScopeId) -> ExprId {
    let args = tree::field(node, "arguments").map(|list| arguments(l, list, scope)).unwrap_or_default();
    let word = tree::field(node, "constructor").unwrap_or(node);
    let base = if word.kind() == "super" { l.base_of(scope) } else { None };
    let end = tree::field(node, "arguments").unwrap_or(node).end_byte();
    l.base_call(base, tree::span(word), args, Span::new(word.start_byte(), end), scope)
}

fn assignment(l: &mut Lowerer<'_>, node: Node<'_>, scope: ScopeId) -> ExprId {
    let (Some(left), Some(right)) = (l.field(node, "left", scope), l.field(node, "right", scope)) else {
        return l.rest(node, scope);
    };
    let sign = tree::field(node, "operator").map_or("", |sign| sign.kind());
    if matches!(sign, "=" | "+=") {
        l.assign(left, right, sign == "+=", node, scope);
    }
    right
}

fn binary(l: &mut Lowerer<'_>, node: Node<'_>, scope: ScopeId) -> ExprId {
    let sign = tree::field(node, "operator").map_or("", |sign| sign.kind());
    if sign == "+" {
        return l.sum(node, scope);
    }
    let sides = ["left", "right"].iter().filter_map(|side| l.field(node, side, scope)).collect();
    let expr = match sign {
        "==" | "!=" | "<" | "<=" | ">" | ">=" => Expr::Compare(sides),
        _ => Expr::Other(sides),
    };
    l.add(expr, node, scope)
}

fn array(l: &mut Lowerer<'_>, node: Node<'_>, scope: ScopeId) -> ExprId {
    match tree::field(node, "value") {
        Some(items) => l.expr(items, scope),
        None => l.rest(node, scope),
    }
}

fn cast(l: &mut Lowerer<'_>, node: Node<'_>, scope: ScopeId) -> ExprId {
    let class = class_of(l, node, scope).class;
    match (l.field(node, "value", scope), class) {
        (Some(value), Some(class)) => l.add(Expr::Cast { value, class }, node, scope),
        (Some(value), None) => value,
        (None, _) => l.rest(node, scope),
    }
}

/// What stands behind `case` is compared with.
fn tested(l: &mut Lowerer<'_>, node: Node<'_>, scope: ScopeId) -> ExprId {
    let tested = l.children(node, scope);
    l.add(Expr::Compare(tested), node, scope)
}

/// `x instanceof T t`.
fn instance_of(l: &mut Lowerer<'_>, node: Node<'_>, scope: ScopeId) -> ExprId {
    let Some(value) = l.field(node, "left", scope) else { return l.rest(node, scope) };
    let of = tree::field(node, "right").map(|of| class(l, of, scope)).unwrap_or_default();
    if let Some(name) = tree::field(node, "name") {
        let name = l.text(name);
        l.variable(name, Some(value), of, node, scope);
    }
    let mut sides = vec![value];
    sides.extend(l.field(node, "pattern", scope));
    l.add(Expr::Compare(sides), node, scope)
}

/// `T t` where it is tested and named at once.
fn pattern(l: &mut Lowerer<'_>, node: Node<'_>, scope: ScopeId) -> ExprId {
    let parts = tree::named(node);
    if let [.., of, name] = parts[..] {
        let of = class(l, of, scope);
        let name = l.text(name);
        l.variable(name, None, of, node, scope);
    }
    l.nothing(node, scope)
}

/// The parts of a statement that run only sometimes; the condition always does.
fn branches(l: &mut Lowerer<'_>, node: Node<'_>, scope: ScopeId) -> ExprId {
    let mut children = Vec::new();
    let of = tree::field(node, "type");
    let name = tree::field(node, "name");
    if let (Some(name), "enhanced_for_statement") = (name, node.kind()) {
        let class = class_of(l, node, scope);
        let text = l.text(name);
        l.variable(text, None, class, name, scope);
    }
    let sides = ["body", "consequence", "alternative"].map(|field| tree::field(node, field));
    for part in tree::named(node).into_iter().filter(|part| Some(*part) != of && Some(*part) != name) {
        // `else if` is one more branch of the same choice.
        let sometimes = sides.contains(&Some(part)) && part.kind() != "if_statement" || part.kind() == "finally_clause";
        children.push(if sometimes { l.branch(part, scope) } else { l.expr(part, scope) });
    }
    l.add(Expr::Other(children), node, scope)
}

/// A `switch` gives one of the values behind its arrows.
fn switch(l: &mut Lowerer<'_>, node: Node<'_>, scope: ScopeId) -> ExprId {
    let mut parts: Vec<_> = l.field(node, "condition", scope).into_iter().collect();
    let mut options = Vec::new();
    for rule in tree::field(node, "body").map(tree::named).unwrap_or_default() {
        if rule.kind() != "switch_rule" {
            parts.push(l.expr(rule, scope));
            continue;
        }
        let inner = l.module.open(ScopeKind::Block, scope, tree::span(rule));
        for part in tree::named(rule) {
            match (part.kind(), tree::named(part).first()) {
                ("expression_statement", Some(value)) => options.push(l.expr(*value, inner)),
                _ => parts.push(l.expr(part, inner)),
            }
        }
    }
    if options.is_empty() {
        return l.add(Expr::Other(parts), node, scope);
    }
    l.add(Expr::Choice(options), node, scope)
}
