//! Variables, constants and assignments.

use tree_sitter::Node;

use super::{function, literal};
use crate::program::lower::Lowerer;
use crate::program::module::{Expr, ExprId, ScopeId, Target};
use crate::tree;

/// `a, b := x, y`, `a = x`, `a += x`.
pub(super) fn assignment(l: &mut Lowerer<'_>, node: Node<'_>, scope: ScopeId) -> ExprId {
    let (Some(left), Some(right)) = (tree::field(node, "left"), tree::field(node, "right")) else {
        return l.rest(node, scope);
    };
    let (targets, sources) = (tree::named(left), tree::named(right));
    let before = l.module.binds.len();
    let declares = node.kind() == "short_var_declaration";
    let appended = match (&targets[..], &sources[..]) {
        ([target], [source]) => appended(l, *target, *source, scope),
        _ => None,
    };
    let (values, append) = match appended {
        Some(value) => (vec![value], true),
        None => {
            let values = sources.into_iter().map(|source| l.expr(source, scope)).collect();
            (values, tree::field(node, "operator").is_some_and(|operator| operator.kind() != "="))
        }
    };
    for (at, left) in targets.iter().enumerate() {
        let value = matching(&values, at, targets.len());
        target(l, *left, value, declares, node, scope);
    }
    for bind in &mut l.module.binds[before..] {
        bind.append = append;
    }
    if !declares {
        l.assigned.extend(before..l.module.binds.len());
    }
    l.add(Expr::Other(values), node, scope)
}

/// The value for the name at `at`: its own, or for the first name that of a call that gives several.
fn matching(values: &[ExprId], at: usize, names: usize) -> Option<ExprId> {
    if values.len() == names || at == 0 { values.get(at).copied() } else { None }
}

/// The items of `x = append(x, items…)`.
fn appended(l: &mut Lowerer<'_>, target: Node<'_>, source: Node<'_>, scope: ScopeId) -> Option<ExprId> {
    if tree::field(source, "function").map(|callee| l.text(callee)) != Some("append") {
        return None;
    }
    let args = tree::named(tree::field(source, "arguments")?);
    let (first, items) = args.split_first()?;
    if l.text(*first) != l.text(target) {
        return None;
    }
    let items = items.iter().map(|item| l.expr(*item, scope)).collect();
    Some(l.add(Expr::List(items), source, scope))
}

fn target(l: &mut Lowerer<'_>, left: Node<'_>, value: Option<ExprId>, declares: bool, node: Node<'_>, scope: ScopeId) {
    match left.kind() {
        "identifier" => {
            let name = l.text(left);
            if name == "_" {
                return;
            }
            if declares {
                function::shadow_receiver(l, name);
            }
            l.bind(Target::Name(name.to_owned()), value, None, node, scope);
        }
        "selector_expression" => {
            let object = l.field(left, "operand", scope);
            let owner = tree::field(left, "operand").map_or("", |object| l.text(object)).to_owned();
            let name = tree::field(left, "field").map_or("", |name| l.text(name)).to_owned();
            let of_this = object.is_some_and(|object| matches!(l.module.node(object).expr, Expr::This));
            let target = if of_this { Target::Field(name) } else { Target::Key(owner, name) };
            l.bind(target, value, None, node, scope);
        }
        "index_expression" => {
            let owner = tree::field(left, "operand").map_or("", |object| l.text(object)).to_owned();
            let key = tree::field(left, "index").and_then(|key| literal::known_text(l, key));
            l.expr(left, scope);
            if let Some(key) = key {
                l.bind(Target::Key(owner, key), value, None, node, scope);
            }
        }
        _ => {
            l.expr(left, scope);
        }
    }
}

/// `var a, b T = x, y` and `const a = x`.
pub(super) fn declaration(l: &mut Lowerer<'_>, node: Node<'_>, scope: ScopeId) -> ExprId {
    let class = l.field(node, "type", scope);
    let values: Vec<ExprId> = tree::field(node, "value").map(|list| l.children(list, scope)).unwrap_or_default();
    let mut cursor = node.walk();
    // The grammar puts the commas between the names into the field too.
    let names: Vec<_> = node.children_by_field_name("name", &mut cursor).filter(Node::is_named).collect();
    for (at, name) in names.iter().enumerate() {
        let text = l.text(*name);
        if text != "_" {
            function::shadow_receiver(l, text);
            l.bind(Target::Name(text.to_owned()), matching(&values, at, names.len()), class, node, scope);
        }
    }
    l.add(Expr::Other(values), node, scope)
}

/// `for k, v := range x` and `case v, ok := <-c`: the names are known, the values are not.
pub(super) fn received(l: &mut Lowerer<'_>, node: Node<'_>, scope: ScopeId) -> ExprId {
    let right = l.field(node, "right", scope);
    for left in tree::field(node, "left").map(tree::named).unwrap_or_default() {
        target(l, left, None, true, node, scope);
    }
    l.add(Expr::Other(right.into_iter().collect()), node, scope)
}
