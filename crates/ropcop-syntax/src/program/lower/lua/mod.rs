//! Lua. Modules, objects and lists are all tables: what a table is meant to be is told by what is done with it.

mod assign;
mod call;
mod function;
mod table;
mod text;

use tree_sitter::Node;

use super::Lowerer;
use crate::program::module::{Expr, ExprId, Module, ScopeId, ScopeKind, Traits};
use crate::tree;

/// Nodes in which no value stands.
const NO_VALUES: &[&str] = &["hash_bang_line", "label_statement", "goto_statement", "break_statement", "attribute"];

pub(crate) fn lower(root: Node<'_>, source: &str) -> Module {
    let mut lowerer = Lowerer::new(source, Traits::default(), visit);
    block(&mut lowerer, root, Module::FILE);
    lowerer.settle_assignments();
    lowerer.module
}

fn visit(l: &mut Lowerer<'_>, node: Node<'_>, scope: ScopeId) -> ExprId {
    match node.kind() {
        "block" => block(l, node, scope),
        "if_statement" | "elseif_statement" | "else_statement" | "while_statement" | "repeat_statement" => {
            branches(l, node, scope)
        }
        "for_statement" => repeated(l, node, scope),
        "assignment_statement" => assign::assignment(l, node, scope, false),
        "variable_declaration" => assign::declaration(l, node, scope),
        "function_declaration" => function::declaration(l, node, scope),
        "function_definition" => function::function(l, node, scope),
        "identifier" => name(l, node, scope),
        "dot_index_expression" => table::member(l, node, scope),
        "bracket_index_expression" => table::item(l, node, scope),
        "function_call" => call::call(l, node, scope),
        "table_constructor" => table::table(l, node, scope),
        "string" => text::string(l, node, scope),
        "binary_expression" => binary(l, node, scope),
        "parenthesized_expression" => l.first(node, scope),
        "number" => l.add(Expr::Number(l.text(node).to_owned()), node, scope),
        "true" => l.add(Expr::Bool(true), node, scope),
        "false" => l.add(Expr::Bool(false), node, scope),
        "nil" => l.add(Expr::Null, node, scope),
        kind if NO_VALUES.contains(&kind) => l.add(Expr::Other(Vec::new()), node, scope),
        _ => l.rest(node, scope),
    }
}

/// Statements. The grammar has no node for a call whose value nobody takes.
fn block(l: &mut Lowerer<'_>, node: Node<'_>, scope: ScopeId) -> ExprId {
    let statement = |child: Node<'_>, l: &mut Lowerer<'_>| {
        let id = l.expr(child, scope);
        if child.kind() == "function_call" { l.add(Expr::Statement(vec![id]), child, scope) } else { id }
    };
    let children = tree::named(node).into_iter().map(|child| statement(child, l)).collect();
    l.add(Expr::Other(children), node, scope)
}

/// Every block below runs only sometimes; the condition always does.
fn branches(l: &mut Lowerer<'_>, node: Node<'_>, scope: ScopeId) -> ExprId {
    let children = tree::named(node).into_iter().map(|child| match child.kind() {
        "block" => {
            let inner = l.module.open(ScopeKind::Block, scope, tree::span(child));
            l.expr(child, inner)
        }
        _ => l.expr(child, scope),
    });
    let children = children.collect();
    l.add(Expr::Other(children), node, scope)
}

/// `for … do`: the names are known, their values are not.
fn repeated(l: &mut Lowerer<'_>, node: Node<'_>, scope: ScopeId) -> ExprId {
    let inner = l.module.open(ScopeKind::Block, scope, tree::span(node));
    let mut children = Vec::new();
    if let Some(clause) = tree::field(node, "clause") {
        let names = tree::named(clause).into_iter().find(|child| child.kind() == "variable_list").unwrap_or(clause);
        assign::names(l, names, inner);
        let values = tree::named(clause).into_iter().filter(|child| *child != names);
        let values = values.filter(|child| tree::field(clause, "name") != Some(*child));
        children.extend(values.map(|value| l.expr(value, scope)));
    }
    children.extend(l.field(node, "body", inner));
    l.add(Expr::Other(children), node, scope)
}

fn name(l: &mut Lowerer<'_>, node: Node<'_>, scope: ScopeId) -> ExprId {
    let text = l.text(node);
    let expr = if text == "self" { Expr::This } else { Expr::Name(text.to_owned()) };
    l.add(expr, node, scope)
}

fn binary(l: &mut Lowerer<'_>, node: Node<'_>, scope: ScopeId) -> ExprId {
    let operator = |node: Node<'_>| tree::field(node, "operator").map_or("", |operator| operator.kind());
    let own = operator(node);
    let expr = match own {
        ".." | "or" | "and" => {
            // A long text is a chain of hundreds of `..`, each the right side of the one before: it is walked, not
            // descended. `or` and `and` lean to the left.
            let (end, on) = if own == ".." { ("left", "right") } else { ("right", "left") };
            let (mut sides, mut rest) = (Vec::new(), Some(node));
            while let Some(node) = rest {
                let joins = node.kind() == "binary_expression" && operator(node) == own;
                sides.push(if joins { tree::field(node, end) } else { Some(node) });
                rest = if joins { tree::field(node, on) } else { None };
            }
            if own != ".." {
                sides.reverse();
            }
            let parts: Vec<ExprId> = sides.into_iter().flatten().map(|side| l.expr(side, scope)).collect();
            match (own, &parts) {
                ("..", _) => Expr::Concat(parts),
                // What comes before the last `and` decides whether, not what.
                ("and", parts) => return parts.last().copied().unwrap_or_else(|| l.rest(node, scope)),
                _ => Expr::Choice(parts),
            }
        }
        "==" | "~=" | "<" | "<=" | ">" | ">=" => Expr::Compare(l.children(node, scope)),
        _ => Expr::Other(l.children(node, scope)),
    };
    l.add(expr, node, scope)
}
