//! C#.

mod creation;
mod declaration;
mod literal;

use tree_sitter::Node;

use super::Lowerer;
use super::typed::Type;
use crate::Span;
use crate::program::module::{Argument, Expr, ExprId, How, Module, ScopeId, ScopeKind, TextPart, Traits};
use crate::text::template::MappedText;
use crate::tree;

/// What gives the value inside it, unchanged.
const TRANSPARENT: &[&str] = &[
    "parenthesized_expression",
    "await_expression",
    "checked_expression",
    "ref_expression",
    "expression_element",
    "collection_element",
];

/// Statements whose parts run only sometimes.
const BRANCHING: &[&str] =
    &["if_statement", "while_statement", "do_statement", "for_statement", "foreach_statement", "try_statement"];

/// Attributes, types and labels: what they name is neither called nor used.
const NO_VALUES: &[&str] = &[
    "attribute_list",
    "global_attribute",
    "type_argument_list",
    "type_parameter_list",
    "modifier",
    "type_parameter_constraints_clause",
    "explicit_interface_specifier",
    "array_rank_specifier",
    "typeof_expression",
    "default_expression",
    "sizeof_expression",
    "type_pattern",
    "goto_statement",
    "array_type",
    "tuple_type",
    "function_pointer_type",
    "implicit_type",
];

pub(crate) fn lower(root: Node<'_>, source: &str) -> Module {
    let traits = Traits { qualified_names: true, implicit_this: true, ..Traits::default() };
    let mut lowerer = Lowerer::new(source, traits, visit);
    lowerer.rest(root, Module::FILE);
    lowerer.module
}

fn visit(l: &mut Lowerer<'_>, node: Node<'_>, scope: ScopeId) -> ExprId {
    match node.kind() {
        "identifier" | "generic_name" | "predefined_type" | "implicit_parameter" => name(l, node, scope),
        "this" => l.add(Expr::This, node, scope),
        "base" => l.add(Expr::Super, node, scope),
        "member_access_expression" | "qualified_name" | "conditional_access_expression" | "alias_qualified_name" => {
            member(l, node, scope)
        }
        "element_access_expression" => index(l, node, scope),
        "invocation_expression" => call(l, node, scope),
        "assignment_expression" => assignment(l, node, scope),
        "binary_expression" => binary(l, node, scope),
        "conditional_expression" => l.choice(node, scope),
        "switch_statement" => switch_statement(l, node, scope),
        "switch_expression" => switch_expression(l, node, scope),
        "cast_expression" => cast(l, node, "type", "value", scope),
        "as_expression" => cast(l, node, "right", "left", scope),
        "is_expression" => compare(l, node, &["left"], scope),
        "is_pattern_expression" => is_pattern(l, node, scope),
        "declaration_pattern" | "recursive_pattern" => pattern(l, node, l.subject, scope),
        "constant_pattern" => constant_pattern(l, node, scope),
        // `x!` says nothing; `x++` is no longer `x`.
        "postfix_unary_expression" if l.text(node).ends_with('!') => transparent(l, node, scope),
        "switch_section" | "switch_expression_arm" | "catch_clause" => l.scoped(node, ScopeKind::Block, scope),
        "return_statement" | "arrow_expression_clause" => result(l, node, scope),
        "preproc_if" | "preproc_elif" => preprocessor(l, node, scope),
        kind if TRANSPARENT.contains(&kind) => transparent(l, node, scope),
        kind if BRANCHING.contains(&kind) => branches(l, node, scope),
        kind if NO_VALUES.contains(&kind) => l.nothing(node, scope),
        kind if is_trivia(kind) => l.nothing(node, scope),
        kind if kind.ends_with("_literal") || kind == "interpolated_string_expression" => {
            literal::visit(l, node, scope)
        }
        _ => creation::visit(l, node, scope)
            .or_else(|| declaration::visit(l, node, scope))
            .unwrap_or_else(|| l.rest(node, scope)),
    }
}

/// Directives may stand between any two words.
fn is_trivia(kind: &str) -> bool {
    kind.contains("comment")
        || kind.starts_with("preproc_") && !matches!(kind, "preproc_if" | "preproc_elif" | "preproc_else")
}

/// The children that mean something: the grammar has no nodes of their own for `this` and `base`.
fn parts(node: Node<'_>) -> Vec<Node<'_>> {
    let mut cursor = node.walk();
    let meant =
        |child: &Node<'_>| child.is_named() && !is_trivia(child.kind()) || matches!(child.kind(), "this" | "base");
    node.children(&mut cursor).filter(meant).collect()
}

/// What stands behind the `=` of a declarator, a parameter or an initializer.
fn initial<'t>(node: Node<'t>) -> Option<Node<'t>> {
    let equals = tree::child(node, "=")?;
    parts(node).into_iter().find(|part| part.start_byte() >= equals.end_byte())
}

fn transparent(l: &mut Lowerer<'_>, node: Node<'_>, scope: ScopeId) -> ExprId {
    match parts(node).last() {
        Some(inner) => l.expr(*inner, scope),
        None => l.rest(node, scope),
    }
}

/// A name without its type arguments and without the `@` that makes a word of the language a name.
fn simple_name<'t>(l: &Lowerer<'t>, node: Node<'_>) -> (&'t str, Span) {
    let node = if node.kind() == "generic_name" { tree::child(node, "identifier").unwrap_or(node) } else { node };
    (l.text(node).trim_start_matches('@'), tree::span(node))
}

fn name(l: &mut Lowerer<'_>, node: Node<'_>, scope: ScopeId) -> ExprId {
    let (text, _) = simple_name(l, node);
    l.add(Expr::Name(text.to_owned()), node, scope)
}

fn member(l: &mut Lowerer<'_>, node: Node<'_>, scope: ScopeId) -> ExprId {
    let object = ["expression", "qualifier", "condition", "alias"].iter().find_map(|field| tree::field(node, field));
    let binding = tree::child(node, "member_binding_expression").unwrap_or(node);
    let Some(object) = object else { return l.rest(node, scope) };
    let Some(name) = tree::field(binding, "name") else {
        // `a?[0]`.
        let object = l.expr(object, scope);
        let index = tree::child(node, "element_binding_expression").map(|index| subscript(l, index, scope));
        return match index {
            Some(index) => l.add(Expr::Index { object, index }, node, scope),
            None => l.add(Expr::Other(vec![object]), node, scope),
        };
    };
    let (name, name_span) = simple_name(l, name);
    let name = name.to_owned();
    // `global::A` is the `A` that no local name hides.
    if l.text(object) == "global" && node.kind() == "alias_qualified_name" {
        return l.add(Expr::Name(name), node, scope);
    }
    let object = l.expr(object, scope);
    l.add(Expr::Member { object, name, name_span }, node, scope)
}

fn index(l: &mut Lowerer<'_>, node: Node<'_>, scope: ScopeId) -> ExprId {
    let (Some(object), Some(index)) = (tree::field(node, "expression"), tree::field(node, "subscript")) else {
        return l.rest(node, scope);
    };
    let object = l.expr(object, scope);
    let index = subscript(l, index, scope);
    l.add(Expr::Index { object, index }, node, scope)
}

/// The index between brackets; several make a list.
fn subscript(l: &mut Lowerer<'_>, node: Node<'_>, scope: ScopeId) -> ExprId {
    let indices: Vec<_> = arguments(l, node, scope).into_iter().map(|arg| arg.value).collect();
    match indices[..] {
        [index] => index,
        _ => l.add(Expr::List(indices), node, scope),
    }
}

fn call(l: &mut Lowerer<'_>, node: Node<'_>, scope: ScopeId) -> ExprId {
    let (Some(callee), Some(list)) = (tree::field(node, "function"), tree::field(node, "arguments")) else {
        return l.rest(node, scope);
    };
    match l.text(callee) {
        "nameof" => {
            let path = l.text(list).trim_matches(['(', ')']).trim();
            let name = path.rsplit('.').next().unwrap_or_default();
            return l.add(
                Expr::Text(vec![TextPart::Known(MappedText::verbatim(name, node.start_byte()))]),
                node,
                scope,
            );
        }
        "string.Format" | "String.Format" | "System.String.Format" => {
            let args = arguments(l, list, scope);
            return l.format(args, node, scope);
        }
        _ => {}
    }
    if let Some(task) = awaited(l, callee) {
        return l.expr(task, scope);
    }
    let callee = l.expr(callee, scope);
    let args = arguments(l, list, scope);
    l.add(Expr::Call { callee, args, how: How::Call }, node, scope)
}

/// The task of `task.ConfigureAwait(false)` and `task.GetAwaiter().GetResult()`: they wait, as `await` does, and what
/// comes out is what the task gives.
fn awaited<'t>(l: &Lowerer<'_>, callee: Node<'t>) -> Option<Node<'t>> {
    let name = tree::field(callee, "name").map_or("", |name| l.text(name));
    tree::field(callee, "expression").filter(|_| matches!(name, "ConfigureAwait" | "GetAwaiter" | "GetResult"))
}

fn arguments(l: &mut Lowerer<'_>, list: Node<'_>, scope: ScopeId) -> Vec<Argument> {
    let mut args = Vec::new();
    for part in parts(list) {
        let name = tree::field(part, "name").filter(|_| part.kind() == "argument");
        // Without a value there is only a directive's branch, or a mistake.
        let value = match part.kind() {
            "argument" => parts(part).into_iter().next_back().filter(|value| Some(*value) != name),
            _ => Some(part),
        };
        let name = name.map(|name| simple_name(l, name).0.to_owned());
        if let Some(value) = value {
            let value = l.expr(value, scope);
            args.push(Argument { name, value });
        }
    }
    args
}

fn assignment(l: &mut Lowerer<'_>, node: Node<'_>, scope: ScopeId) -> ExprId {
    let (Some(left), Some(right)) = (tree::field(node, "left"), tree::field(node, "right")) else {
        return l.rest(node, scope);
    };
    let left = l.expr(left, scope);
    let right = l.expr(right, scope);
    let sign = tree::field(node, "operator").map_or("", |sign| l.text(sign));
    if matches!(sign, "=" | "+=" | "??=") {
        l.assign(left, right, sign == "+=", node, scope);
    }
    right
}

fn binary(l: &mut Lowerer<'_>, node: Node<'_>, scope: ScopeId) -> ExprId {
    let sign = tree::field(node, "operator").map_or("", |sign| l.text(sign));
    if sign == "+" {
        return l.sum(node, scope);
    }
    let sides = ["left", "right"].iter().filter_map(|side| l.field(node, side, scope)).collect();
    let expr = match sign {
        "??" => Expr::Choice(sides),
        "==" | "!=" | "<" | "<=" | ">" | ">=" => Expr::Compare(sides),
        _ => Expr::Other(sides),
    };
    l.add(expr, node, scope)
}

/// `switch (x) { case T t: … }`: `t` is `x`.
fn switch_statement(l: &mut Lowerer<'_>, node: Node<'_>, scope: ScopeId) -> ExprId {
    let value = tree::field(node, "value");
    let lowered = value.map(|value| l.expr(value, scope));
    let around = std::mem::replace(&mut l.subject, lowered);
    let sections = parts(node).into_iter().filter(|part| Some(*part) != value);
    let children: Vec<_> = lowered.into_iter().chain(sections.map(|part| l.expr(part, scope))).collect();
    l.subject = around;
    l.add(Expr::Other(children), node, scope)
}

/// The arms are what it may give; the patterns only choose.
fn switch_expression(l: &mut Lowerer<'_>, node: Node<'_>, scope: ScopeId) -> ExprId {
    let mut options = Vec::new();
    let around = l.subject;
    for part in parts(node) {
        if part.kind() != "switch_expression_arm" {
            l.subject = Some(l.expr(part, scope));
            continue;
        }
        let inner = l.module.open(ScopeKind::Block, scope, tree::span(part));
        let arm: Vec<_> = parts(part).into_iter().map(|part| l.expr(part, inner)).collect();
        options.extend(arm.last());
    }
    l.subject = around;
    l.add(Expr::Choice(options), node, scope)
}

fn cast(l: &mut Lowerer<'_>, node: Node<'_>, class: &str, value: &str, scope: ScopeId) -> ExprId {
    let class = tree::field(node, class).map_or_else(Type::default, |class| declaration::class(l, class, scope));
    let Some(value) = l.field(node, value, scope) else { return l.rest(node, scope) };
    l.aim(Some(value), class);
    match class.class {
        Some(class) => l.add(Expr::Cast { value, class }, node, scope),
        None => value,
    }
}

fn compare(l: &mut Lowerer<'_>, node: Node<'_>, sides: &[&str], scope: ScopeId) -> ExprId {
    let sides = sides.iter().filter_map(|side| l.field(node, side, scope)).collect();
    l.add(Expr::Compare(sides), node, scope)
}

/// `x is T t`.
fn is_pattern(l: &mut Lowerer<'_>, node: Node<'_>, scope: ScopeId) -> ExprId {
    let (Some(value), Some(tested)) = (l.field(node, "expression", scope), tree::field(node, "pattern")) else {
        return l.rest(node, scope);
    };
    // `x is not T t` and `x is (T t)` name the same value.
    let mut declared = tested;
    while let "negated_pattern" | "parenthesized_pattern" = declared.kind() {
        let Some(inner) = parts(declared).last().copied() else { break };
        declared = inner;
    }
    let tested = match declared.kind() {
        "declaration_pattern" | "recursive_pattern" => pattern(l, declared, Some(value), scope),
        _ => l.expr(tested, scope),
    };
    l.add(Expr::Compare(vec![value, tested]), node, scope)
}

/// `T t` and `T { P: 1 } t`, wherever a pattern may stand.
fn pattern(l: &mut Lowerer<'_>, node: Node<'_>, value: Option<ExprId>, scope: ScopeId) -> ExprId {
    let class = tree::field(node, "type").map_or_else(Type::default, |class| declaration::class(l, class, scope));
    if let Some(name) = tree::field(node, "name") {
        let name = simple_name(l, name).0;
        l.variable(name, value, class, node, scope);
    }
    let inner = parts(node).into_iter().filter(|part| part.kind().ends_with("_clause"));
    let inner = inner.map(|part| l.expr(part, scope)).collect();
    l.add(Expr::Compare(inner), node, scope)
}

/// A name in a pattern is a type or a constant: it is tested, not used.
fn constant_pattern(l: &mut Lowerer<'_>, node: Node<'_>, scope: ScopeId) -> ExprId {
    let constants = parts(node).into_iter().filter(|part| part.kind() != "identifier");
    let constants = constants.map(|part| l.expr(part, scope)).collect();
    l.add(Expr::Compare(constants), node, scope)
}

/// The parts of a statement that run only sometimes; the condition always does.
fn branches(l: &mut Lowerer<'_>, node: Node<'_>, scope: ScopeId) -> ExprId {
    let mut children = Vec::new();
    if node.kind() == "foreach_statement" {
        children.extend(l.field(node, "right", scope));
        foreach_variable(l, node, scope);
        children.extend(tree::field(node, "body").map(|body| l.branch(body, scope)));
        return l.add(Expr::Other(children), node, scope);
    }
    let sides = ["body", "consequence", "alternative"].map(|field| tree::field(node, field));
    for part in parts(node) {
        // `else if` is one more branch of the same choice.
        let sometimes = sides.contains(&Some(part)) && part.kind() != "if_statement" || part.kind() == "finally_clause";
        children.push(if sometimes { l.branch(part, scope) } else { l.expr(part, scope) });
    }
    l.add(Expr::Other(children), node, scope)
}

fn foreach_variable(l: &mut Lowerer<'_>, node: Node<'_>, scope: ScopeId) {
    let class = tree::field(node, "type").map_or_else(Type::default, |class| declaration::class(l, class, scope));
    let Some(left) = tree::field(node, "left") else { return };
    let names = if left.kind() == "identifier" { vec![left] } else { parts(left) };
    for name in names.into_iter().filter(|name| name.kind() == "identifier") {
        let name = simple_name(l, name).0;
        l.variable(name, None, class, left, scope);
    }
}

fn result(l: &mut Lowerer<'_>, node: Node<'_>, scope: ScopeId) -> ExprId {
    let value = parts(node).last().map(|value| l.expr(*value, scope));
    l.give_back(value, scope);
    value.into_iter().for_each(|value| l.gives(value, scope));
    match value {
        // The body `=> x` is the value `x` itself.
        Some(value) if node.kind() == "arrow_expression_clause" => value,
        _ => l.add(Expr::Other(value.into_iter().collect()), node, scope),
    }
}

/// Both sides of `#if` are read, in the scope around it: what they declare is used behind `#endif`.
fn preprocessor(l: &mut Lowerer<'_>, node: Node<'_>, scope: ScopeId) -> ExprId {
    let condition = tree::field(node, "condition");
    let kept = parts(node).into_iter().filter(|part| Some(*part) != condition);
    let kept = kept.map(|part| l.expr(part, scope)).collect();
    l.add(Expr::Other(kept), node, scope)
}
