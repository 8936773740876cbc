//! Go.

mod binding;
mod function;
mod import;
mod literal;
mod types;

use tree_sitter::Node;

use super::Lowerer;
use crate::program::module::{Expr, ExprId, How, Module, ScopeId, ScopeKind, Traits};
use crate::tree;

pub(crate) fn lower(root: Node<'_>, source: &str) -> Module {
    let mut lowerer = Lowerer::new(source, Traits::default(), visit);
    lowerer.rest(root, Module::FILE);
    lowerer.settle_assignments();
    lowerer.module
}

fn visit(l: &mut Lowerer<'_>, node: Node<'_>, scope: ScopeId) -> ExprId {
    match node.kind() {
        "package_clause" => import::own_package(l, node, scope),
        "import_declaration" => import::declaration(l, node, scope),
        "function_declaration" | "method_declaration" | "func_literal" => function::function(l, node, scope),
        "type_spec" | "type_alias" => types::declaration(l, node, scope),
        "short_var_declaration" | "assignment_statement" => binding::assignment(l, node, scope),
        "var_spec" | "const_spec" => binding::declaration(l, node, scope),
        "receive_statement" | "range_clause" => binding::received(l, node, scope),
        "block" | "for_statement" | "communication_case" | "default_case" => l.scoped(node, ScopeKind::Block, scope),
        "if_statement" | "expression_switch_statement" | "select_statement" => guarded(l, node, scope),
        "expression_case" => case(l, node, scope),
        "return_statement" => function::returned(l, node, scope),
        "type_switch_statement" => types::switch(l, node, scope),
        "identifier" | "package_identifier" => name(l, node, scope),
        "selector_expression" => member(l, node, scope),
        "index_expression" => l.index(node, ("operand", "index"), scope),
        "call_expression" => call(l, node, scope),
        "type_conversion_expression" | "type_assertion_expression" => cast(l, node, scope),
        "composite_literal" => literal::composite(l, node, scope),
        "literal_value" => literal::filled(l, None, node, node, scope),
        "interpreted_string_literal" | "raw_string_literal" => literal::string(l, node, scope),
        "binary_expression" => binary(l, node, scope),
        "unary_expression" => unary(l, node, scope),
        "parenthesized_expression" | "literal_element" => l.first(node, scope),
        "variadic_argument" => {
            let value = l.first(node, scope);
            l.add(Expr::Spread(value), node, scope)
        }
        "int_literal" | "float_literal" => l.add(Expr::Number(l.text(node).to_owned()), node, scope),
        "true" => l.add(Expr::Bool(true), node, scope),
        "false" => l.add(Expr::Bool(false), node, scope),
        "nil" => l.add(Expr::Null, node, scope),
        kind if kind.ends_with("_type") || kind == "type_identifier" => types::class(l, node, scope),
        _ => l.rest(node, scope),
    }
}

/// `if x := f(); …` and `switch x := f(); …`: the name lives in the statement only, so that two such statements in a row
/// do not see each other's value.
fn guarded(l: &mut Lowerer<'_>, node: Node<'_>, scope: ScopeId) -> ExprId {
    match tree::field(node, "initializer") {
        Some(_) => l.scoped(node, ScopeKind::Block, scope),
        None => l.rest(node, scope),
    }
}

/// `case "a", "b":` compares.
fn case(l: &mut Lowerer<'_>, node: Node<'_>, scope: ScopeId) -> ExprId {
    let inner = l.module.open(ScopeKind::Block, scope, tree::span(node));
    let mut children = Vec::new();
    for child in tree::named(node) {
        children.push(match child.kind() {
            "expression_list" => {
                let sides = l.children(child, scope);
                l.add(Expr::Compare(sides), child, scope)
            }
            _ => l.expr(child, inner),
        });
    }
    l.add(Expr::Other(children), node, scope)
}

fn name(l: &mut Lowerer<'_>, node: Node<'_>, scope: ScopeId) -> ExprId {
    let text = l.text(node);
    let expr = if l.receiver.as_deref() == Some(text) { Expr::This } else { Expr::Name(text.to_owned()) };
    l.add(expr, node, scope)
}

fn member(l: &mut Lowerer<'_>, node: Node<'_>, scope: ScopeId) -> ExprId {
    let (Some(object), Some(name)) = (tree::field(node, "operand"), tree::field(node, "field")) else {
        return l.rest(node, scope);
    };
    l.member(object, name, node, scope)
}

fn call(l: &mut Lowerer<'_>, node: Node<'_>, scope: ScopeId) -> ExprId {
    let (Some(callee), Some(list)) = (tree::field(node, "function"), tree::field(node, "arguments")) else {
        return l.rest(node, scope);
    };
    let args = tree::named(list);
    if let ([value], true) = (&args[..], is_pointer_type(callee)) {
        let value = l.expr(*value, scope);
        let class = l.expr(callee, scope);
        return l.add(Expr::Cast { value, class }, node, scope);
    }
    if let Some(expr) = builtin(l, callee, &args, node, scope) {
        return expr;
    }
    let callee = l.expr(callee, scope);
    let args = l.arguments(&args, scope);
    l.add(Expr::Call { callee, args, how: How::Call }, node, scope)
}

/// `(*T)(x)` converts, where `(*f)(x)` would call; the grammar cannot tell, but nobody calls through a pointer.
fn is_pointer_type(callee: Node<'_>) -> bool {
    let inner = tree::named(callee).into_iter().next().filter(|_| callee.kind() == "parenthesized_expression");
    let operator = inner.and_then(|inner| tree::field(inner, "operator"));
    operator.is_some_and(|operator| operator.kind() == "*")
}

/// Calls that are something simpler: what `append`, `make`, `new` and `fmt.Sprintf` give is known without running them.
fn builtin(l: &mut Lowerer<'_>, callee: Node<'_>, args: &[Node<'_>], node: Node<'_>, scope: ScopeId) -> Option<ExprId> {
    let (first, more) = args.split_first()?;
    let expr = match l.text(callee) {
        "fmt.Sprintf" => {
            let template = l.expr(*first, scope);
            Expr::Format { template, args: l.arguments(more, scope) }
        }
        "append" => {
            let old = l.expr(*first, scope);
            let mut items = vec![l.add(Expr::Spread(old), *first, scope)];
            items.extend(more.iter().map(|arg| l.expr(*arg, scope)));
            Expr::List(items)
        }
        "make" => {
            l.arguments(more, scope);
            match first.kind() {
                "map_type" => Expr::Map(Vec::new()),
                "slice_type" => Expr::List(Vec::new()),
                _ => Expr::Other(Vec::new()),
            }
        }
        "new" if more.is_empty() => Expr::Call { callee: l.expr(*first, scope), args: Vec::new(), how: How::New },
        "string" if more.is_empty() => {
            let class = l.expr(callee, scope);
            Expr::Cast { value: l.expr(*first, scope), class }
        }
        _ => return None,
    };
    Some(l.add(expr, node, scope))
}

fn cast(l: &mut Lowerer<'_>, node: Node<'_>, scope: ScopeId) -> ExprId {
    match (l.field(node, "operand", scope), l.field(node, "type", scope)) {
        (Some(value), Some(class)) => l.add(Expr::Cast { value, class }, node, scope),
        _ => l.rest(node, scope),
    }
}

fn binary(l: &mut Lowerer<'_>, node: Node<'_>, scope: ScopeId) -> ExprId {
    let operator = |node: Node<'_>| tree::field(node, "operator").map_or("", |operator| operator.kind());
    match operator(node) {
        "+" => {
            // A long text is a chain of hundreds of `+`, each the left side of the next: it is walked, not descended.
            let (mut sides, mut rest) = (Vec::new(), Some(node));
            while let Some(node) = rest {
                let joins = node.kind() == "binary_expression" && operator(node) == "+";
                sides.push(if joins { tree::field(node, "right") } else { Some(node) });
                rest = if joins { tree::field(node, "left") } else { None };
            }
            let parts = sides.into_iter().rev().flatten().map(|side| l.expr(side, scope)).collect();
            l.add(Expr::Concat(parts), node, scope)
        }
        "==" | "!=" | "<" | "<=" | ">" | ">=" => {
            let sides = l.children(node, scope);
            l.add(Expr::Compare(sides), node, scope)
        }
        _ => l.rest(node, scope),
    }
}

/// A pointer is as good as what it points to.
fn unary(l: &mut Lowerer<'_>, node: Node<'_>, scope: ScopeId) -> ExprId {
    match tree::field(node, "operator").map_or("", |operator| operator.kind()) {
        "&" | "*" => l.first(node, scope),
        _ => l.rest(node, scope),
    }
}
