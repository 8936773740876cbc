//! JavaScript and TypeScript, with and without JSX. The three grammars agree on the names of nearly all nodes.

mod binding;
mod call;
mod class;
mod function;
mod import;
mod object;
mod text;
mod types;

use tree_sitter::Node;

use super::Lowerer;
use crate::program::module::{Expr, ExprId, Module, ScopeId, ScopeKind, Traits};
use crate::tree;

pub(crate) fn lower(root: Node<'_>, source: &str) -> Module {
    let mut lowerer = Lowerer::new(source, Traits::default(), visit);
    lowerer.rest(root, Module::FILE);
    lowerer.settle_assignments();
    lowerer.module
}

fn visit(l: &mut Lowerer<'_>, node: Node<'_>, scope: ScopeId) -> ExprId {
    match node.kind() {
        "import_statement" => import::statement(l, node, scope),
        "export_statement" => import::export(l, node, scope),
        "import_alias" => import::alias(l, node, scope),
        "class_declaration" | "abstract_class_declaration" | "class" => class::class(l, node, scope),
        "interface_declaration" => class::interface(l, node, scope),
        "enum_declaration" => class::enumeration(l, node, scope),
        "type_alias_declaration" => class::type_alias(l, node, scope),
        "class_static_block" => l.scoped(node, ScopeKind::Function, scope),
        "module" | "internal_module" => namespace(l, node, scope),
        "function_declaration" | "generator_function_declaration" | "function_signature" => {
            function::declaration(l, node, scope)
        }
        "function_expression" | "generator_function" | "arrow_function" | "method_definition" => {
            function::function(l, node, None, scope)
        }
        "variable_declarator" => binding::declaration(l, node, scope),
        "assignment_expression" | "augmented_assignment_expression" => binding::assignment(l, node, scope),
        "for_in_statement" => binding::for_in(l, node, scope),
        "catch_clause" => binding::catch(l, node, scope),
        "statement_block" | "for_statement" | "else_clause" | "finally_clause" | "switch_default" => {
            l.scoped(node, ScopeKind::Block, scope)
        }
        "if_statement" | "while_statement" | "do_statement" => branches(l, node, scope),
        "switch_case" => case(l, node, scope),
        _ => expression(l, node, scope),
    }
}

fn expression(l: &mut Lowerer<'_>, node: Node<'_>, scope: ScopeId) -> ExprId {
    match node.kind() {
        "identifier" | "shorthand_property_identifier" => l.add(Expr::Name(l.text(node).to_owned()), node, scope),
        "this" => l.add(Expr::This, node, scope),
        "super" => l.add(Expr::Super, node, scope),
        "return_statement" => l.returned(node, scope),
        "member_expression" | "nested_identifier" => object::member(l, node, scope),
        "subscript_expression" => object::subscript(l, node, scope),
        "object" => object::object(l, node, scope),
        "call_expression" => call::call(l, node, scope),
        "new_expression" => call::new(l, node, scope),
        "string" | "template_string" => text::literal(l, node, scope),
        "binary_expression" => binary(l, node, scope),
        "ternary_expression" => ternary(l, node, scope),
        "unary_expression" => unary(l, node, scope),
        "sequence_expression" => last(l, node, scope),
        "array" => {
            let items = l.children(node, scope);
            l.add(Expr::List(items), node, scope)
        }
        "spread_element" => {
            let value = l.first(node, scope);
            l.add(Expr::Spread(value), node, scope)
        }
        // What a promise or a generator hands over is as good as the thing itself, and `satisfies` only checks.
        "parenthesized_expression"
        | "await_expression"
        | "yield_expression"
        | "non_null_expression"
        | "instantiation_expression"
        | "satisfies_expression" => l.first(node, scope),
        "as_expression" | "type_assertion" => types::cast(l, node, scope),
        "number" => l.add(Expr::Number(l.text(node).to_owned()), node, scope),
        "true" => l.add(Expr::Bool(true), node, scope),
        "false" => l.add(Expr::Bool(false), node, scope),
        "null" | "undefined" => l.add(Expr::Null, node, scope),
        "jsx_attribute" => attribute(l, node, scope),
        // Types hold names and texts, but nothing of them runs.
        "type_annotation" | "type_arguments" | "type_parameters" | "ambient_declaration" => {
            l.add(Expr::Other(Vec::new()), node, scope)
        }
        _ => l.rest(node, scope),
    }
}

/// `(a, b)` is `b`. Compilers write `(0, module.f)(x)` for a call of an imported function.
fn last(l: &mut Lowerer<'_>, node: Node<'_>, scope: ScopeId) -> ExprId {
    match l.children(node, scope).last() {
        Some(last) => *last,
        None => l.rest(node, scope),
    }
}

fn namespace(l: &mut Lowerer<'_>, node: Node<'_>, scope: ScopeId) -> ExprId {
    let body = tree::field(node, "body").map(|body| l.rest(body, scope));
    l.add(Expr::Other(body.into_iter().collect()), node, scope)
}

/// Everything but the condition runs only sometimes, in braces or not.
fn branches(l: &mut Lowerer<'_>, node: Node<'_>, scope: ScopeId) -> ExprId {
    let condition = tree::field(node, "condition");
    let mut children = Vec::new();
    for child in tree::named(node) {
        children.push(match child.kind() {
            "statement_block" | "else_clause" => l.expr(child, scope),
            _ if condition == Some(child) => l.expr(child, scope),
            _ => {
                let inner = l.module.open(ScopeKind::Block, scope, tree::span(child));
                l.expr(child, inner)
            }
        });
    }
    l.add(Expr::Other(children), node, scope)
}

/// `case "a":` compares.
fn case(l: &mut Lowerer<'_>, node: Node<'_>, scope: ScopeId) -> ExprId {
    let inner = l.module.open(ScopeKind::Block, scope, tree::span(node));
    let value = tree::field(node, "value");
    let mut children = Vec::new();
    for child in tree::named(node) {
        let id = l.expr(child, if value == Some(child) { scope } else { inner });
        children.push(if value == Some(child) { l.add(Expr::Compare(vec![id]), child, scope) } else { id });
    }
    l.add(Expr::Other(children), node, scope)
}

fn binary(l: &mut Lowerer<'_>, node: Node<'_>, scope: ScopeId) -> ExprId {
    let operator = |node: Node<'_>| tree::field(node, "operator").map_or("", |operator| operator.kind());
    let expr = match operator(node) {
        own @ ("+" | "||" | "??" | "&&") => {
            // A long text is a chain of hundreds of `+`, each the left side of the next: it is walked, not descended.
            let (mut sides, mut rest) = (Vec::new(), Some(node));
            while let Some(node) = rest {
                let joins = node.kind() == "binary_expression" && operator(node) == own;
                sides.push(if joins { tree::field(node, "right") } else { Some(node) });
                rest = if joins { tree::field(node, "left") } else { None };
            }
            let parts: Vec<ExprId> = sides.into_iter().rev().flatten().map(|side| l.expr(side, scope)).collect();
            match (own, &parts) {
                ("+", _) => Expr::Concat(parts),
                // What comes before the last `&&` decides whether, not what.
                ("&&", parts) => return parts.last().copied().unwrap_or_else(|| l.rest(node, scope)),
                _ => Expr::Choice(parts),
            }
        }
        "==" | "===" | "!=" | "!==" | "<" | "<=" | ">" | ">=" | "in" | "instanceof" => {
            Expr::Compare(l.children(node, scope))
        }
        _ => Expr::Other(l.children(node, scope)),
    };
    l.add(expr, node, scope)
}

fn ternary(l: &mut Lowerer<'_>, node: Node<'_>, scope: ScopeId) -> ExprId {
    l.field(node, "condition", scope);
    let options = ["consequence", "alternative"].iter().filter_map(|field| l.field(node, field, scope)).collect();
    l.add(Expr::Choice(options), node, scope)
}

fn unary(l: &mut Lowerer<'_>, node: Node<'_>, scope: ScopeId) -> ExprId {
    let children = l.children(node, scope);
    // `void 0` is how compilers write `undefined`.
    let void = tree::field(node, "operator").is_some_and(|operator| operator.kind() == "void");
    l.add(if void { Expr::Null } else { Expr::Other(children) }, node, scope)
}

/// A text in an attribute is shown or styles something, as the text between tags is; expressions in braces are code.
fn attribute(l: &mut Lowerer<'_>, node: Node<'_>, scope: ScopeId) -> ExprId {
    let code = tree::named(node).into_iter().filter(|child| child.kind() != "string");
    let children = code.map(|child| l.expr(child, scope)).collect();
    l.add(Expr::Other(children), node, scope)
}
