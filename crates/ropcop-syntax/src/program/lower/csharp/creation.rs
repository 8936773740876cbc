//! `new`, in its many forms, and what stands between braces.

use tree_sitter::Node;

use super::super::Lowerer;
use super::{arguments, declaration, initial, parts, simple_name};
use crate::program::module::{Argument, Expr, ExprId, How, ScopeId};
use crate::tree;

pub(super) fn visit(l: &mut Lowerer<'_>, node: Node<'_>, scope: ScopeId) -> Option<ExprId> {
    let expr = match node.kind() {
        "object_creation_expression" | "implicit_object_creation_expression" => return Some(creation(l, node, scope)),
        "array_creation_expression" | "stackalloc_expression" => return Some(array(l, node, scope)),
        "implicit_array_creation_expression" | "implicit_stackalloc_expression" => {
            let items = tree::child(node, "initializer_expression").map(|items| plain_items(l, items, scope));
            Expr::List(items.unwrap_or_default())
        }
        "initializer_expression" => match initializer(l, node, scope) {
            Filled::Properties(args) => Expr::Map(args.into_iter().map(|arg| (arg.name, arg.value)).collect()),
            Filled::Entries(entries) => Expr::Map(entries),
            Filled::Items(items) => Expr::List(items),
        },
        "collection_expression" => Expr::List(plain_items(l, node, scope)),
        "spread_element" => Expr::Spread(l.expr(*parts(node).first()?, scope)),
        "tuple_expression" => Expr::List(arguments(l, node, scope).into_iter().map(|arg| arg.value).collect()),
        "anonymous_object_creation_expression" => Expr::Map(anonymous(l, node, scope)),
        _ => return None,
    };
    Some(l.add(expr, node, scope))
}

/// What an initializer between braces gives.
enum Filled {
    /// `{ P = v }`: the object's properties.
    Properties(Vec<Argument>),
    /// `{ ["k"] = v }` and `{ { "k", v } }`.
    Entries(Vec<(Option<String>, ExprId)>),
    /// `{ a, b }`.
    Items(Vec<ExprId>),
}

/// `new T(x) { P = v }`, `new(x)`.
fn creation(l: &mut Lowerer<'_>, node: Node<'_>, scope: ScopeId) -> ExprId {
    let written = tree::field(node, "type").map(|class| declaration::class(l, class, scope)).unwrap_or_default();
    let list = tree::field(node, "arguments").or_else(|| tree::child(node, "argument_list"));
    let mut args = list.map(|list| arguments(l, list, scope)).unwrap_or_default();
    let filled = tree::child(node, "initializer_expression").map(|braces| initializer(l, braces, scope));
    // A collection is what it holds; which class keeps it tells nothing.
    let held = match filled {
        Some(Filled::Properties(properties)) => {
            args.extend(properties);
            None
        }
        Some(Filled::Entries(entries)) => Some(Expr::Map(entries)),
        Some(Filled::Items(items)) => Some(Expr::List(items)),
        None => None,
    };
    if let Some(held) = held {
        let held = l.add(held, node, scope);
        l.aim(Some(held), written);
        return held;
    }
    let callee = match written.class {
        Some(class) => class,
        // Without a written type it is made for the place that it is given to: see `Lowerer::aim`.
        None => {
            let at = node.child(0).unwrap_or(node);
            l.add(Expr::Name(String::new()), at, scope)
        }
    };
    l.add(Expr::Call { callee, args, how: How::New }, node, scope)
}

fn array(l: &mut Lowerer<'_>, node: Node<'_>, scope: ScopeId) -> ExprId {
    let written = tree::field(node, "type").map(|class| declaration::class(l, class, scope)).unwrap_or_default();
    let items =
        tree::child(node, "initializer_expression").map(|items| plain_items(l, items, scope)).unwrap_or_default();
    let list = l.add(Expr::List(items), node, scope);
    l.aim(Some(list), written);
    list
}

fn plain_items(l: &mut Lowerer<'_>, node: Node<'_>, scope: ScopeId) -> Vec<ExprId> {
    parts(node).into_iter().map(|item| l.expr(item, scope)).collect()
}

fn initializer(l: &mut Lowerer<'_>, node: Node<'_>, scope: ScopeId) -> Filled {
    let items = parts(node);
    let left = |item: &Node<'_>| {
        tree::field(*item, "left").map(|left| left.kind()).filter(|_| item.kind() == "assignment_expression")
    };
    if items.is_empty() || items.iter().any(|item| left(item).is_some_and(|left| left != "element_binding_expression"))
    {
        let properties = items.into_iter().map(|item| property(l, item, scope));
        return Filled::Properties(properties.collect());
    }
    if items.iter().all(|item| left(item).is_some() || item.kind() == "initializer_expression") {
        return Filled::Entries(items.into_iter().map(|item| entry(l, item, scope)).collect());
    }
    Filled::Items(items.into_iter().map(|item| l.expr(item, scope)).collect())
}

/// `P = v`; the left side belongs to the object that is made, not to the scope.
fn property(l: &mut Lowerer<'_>, item: Node<'_>, scope: ScopeId) -> Argument {
    let (left, right) = (tree::field(item, "left"), tree::field(item, "right"));
    let name = left.filter(|left| left.kind() == "identifier").map(|left| simple_name(l, left).0.to_owned());
    let value = l.expr(right.unwrap_or(item), scope);
    Argument { name, value }
}

/// `["k"] = v` or `{ "k", v }`.
fn entry(l: &mut Lowerer<'_>, item: Node<'_>, scope: ScopeId) -> (Option<String>, ExprId) {
    let (key, value) = match (tree::field(item, "left"), tree::field(item, "right")) {
        (Some(left), Some(right)) => (arguments(l, left, scope).first().map(|key| key.value), l.expr(right, scope)),
        _ => {
            let pair = plain_items(l, item, scope);
            match pair[..] {
                [key, value] => (Some(key), value),
                _ => (None, l.add(Expr::List(pair), item, scope)),
            }
        }
    };
    (key.and_then(|key| l.known_text(key)), value)
}

/// `new { a = 1, b, c.d }`: a member without a name of its own is called as what it is read from.
fn anonymous(l: &mut Lowerer<'_>, node: Node<'_>, scope: ScopeId) -> Vec<(Option<String>, ExprId)> {
    let mut entries = Vec::new();
    let mut cursor = node.walk();
    let mut name: Option<String> = None;
    let children: Vec<_> = node.children(&mut cursor).collect();
    for (at, child) in children.iter().enumerate() {
        let before_equals = children.get(at + 1).is_some_and(|next| next.kind() == "=");
        if before_equals {
            name = Some(simple_name(l, *child).0.to_owned());
        } else if parts(node).contains(child) {
            let value = l.expr(*child, scope);
            let own = match &l.module.node(value).expr {
                Expr::Name(own) | Expr::Member { name: own, .. } => Some(own.clone()),
                _ => None,
            };
            entries.push((name.take().or(own), value));
        }
    }
    entries
}

/// `x with { P = v }` is `x`, changed: the new values are read, the object stays open.
pub(super) fn with_initializer(l: &mut Lowerer<'_>, node: Node<'_>, scope: ScopeId) -> ExprId {
    match initial(node) {
        Some(value) => l.expr(value, scope),
        None => l.rest(node, scope),
    }
}
