//! Variables, assignments and patterns.

use tree_sitter::Node;

use super::{class, function, import, object, text, types};
use crate::program::lower::Lowerer;
use crate::program::module::{Expr, ExprId, ScopeId, ScopeKind, Target};
use crate::tree;

/// `const x: T = value`.
pub(super) fn declaration(l: &mut Lowerer<'_>, node: Node<'_>, scope: ScopeId) -> ExprId {
    let Some(name) = tree::field(node, "name") else { return l.rest(node, scope) };
    let class = types::field(l, node, "type", scope);
    let value = tree::field(node, "value");
    if let ("identifier", Some(value)) = (name.kind(), value) {
        let name = l.text(name).to_owned();
        match value.kind() {
            "arrow_function" | "function_expression" | "generator_function" => {
                return function::named(l, name, value, scope);
            }
            "class" => return class::named(l, name, value, scope),
            _ => {}
        }
    }
    let value = value.map(|value| l.expr(value, scope));
    pattern(l, name, value, class, node, scope);
    if let ("identifier", Some(value)) = (name.kind(), value) {
        members(l, l.text(name), value, node, scope);
    }
    l.add(Expr::Other(value.into_iter().collect()), node, scope)
}

/// `const x = {a: f(), b: y}` sets `x.a` and `x.b`. Texts and the like are found in the object itself.
fn members(l: &mut Lowerer<'_>, name: &str, value: ExprId, node: Node<'_>, scope: ScopeId) {
    let Expr::Map(entries) = &l.module.node(value).expr else { return };
    let mut set = Vec::new();
    for (key, value) in entries {
        let leads_on =
            |expr: &Expr| matches!(expr, Expr::Name(_) | Expr::Member { .. } | Expr::Call { .. } | Expr::Cast { .. });
        if let (Some(key), true) = (key, leads_on(&l.module.node(*value).expr)) {
            set.push((Target::Key(name.to_owned(), key.clone()), *value));
        }
    }
    for (target, value) in set {
        l.bind(target, Some(value), None, node, scope);
    }
}

/// Binds the names in a pattern. `value` is what the whole of it receives.
pub(super) fn pattern(
    l: &mut Lowerer<'_>,
    pattern: Node<'_>,
    value: Option<ExprId>,
    class: Option<ExprId>,
    node: Node<'_>,
    scope: ScopeId,
) {
    // A pattern too deep binds nothing.
    l.deeper(|l| any_pattern(l, pattern, value, class, node, scope));
}

fn any_pattern(
    l: &mut Lowerer<'_>,
    pattern: Node<'_>,
    value: Option<ExprId>,
    class: Option<ExprId>,
    node: Node<'_>,
    scope: ScopeId,
) {
    match pattern.kind() {
        "identifier" | "shorthand_property_identifier_pattern" => {
            let name = l.text(pattern);
            match value.and_then(|value| import::module_path(l, value)) {
                Some(path) => import::push(l, &path, None, name, scope),
                None => l.bind(Target::Name(name.to_owned()), value, class, node, scope),
            }
        }
        "object_pattern" => {
            for child in tree::named(pattern) {
                property(l, child, value, node, scope);
            }
        }
        "array_pattern" => {
            let items = tree::named(pattern);
            let values = match value.map(|value| &l.module.node(value).expr) {
                Some(Expr::List(values)) if values.len() == items.len() => values.iter().copied().map(Some).collect(),
                _ => vec![None; items.len()],
            };
            for (item, value) in items.into_iter().zip(values) {
                self::pattern(l, item, value, None, node, scope);
            }
        }
        "assignment_pattern" | "object_assignment_pattern" => {
            let default = l.field(pattern, "right", scope);
            if let Some(left) = tree::field(pattern, "left") {
                let is_import = value.is_some_and(|value| import::module_path(l, value).is_some());
                let value = match default {
                    Some(default) if !is_import => Some(or_default(l, value, default, pattern, scope)),
                    _ => value,
                };
                self::pattern(l, left, value, class, node, scope);
            }
        }
        "rest_pattern" => {
            if let Some(rest) = tree::named(pattern).into_iter().next() {
                self::pattern(l, rest, None, None, node, scope);
            }
        }
        "member_expression" | "subscript_expression" => member(l, pattern, value, node, scope),
        "parenthesized_expression" | "non_null_expression" => {
            if let Some(inner) = tree::named(pattern).into_iter().next() {
                self::pattern(l, inner, value, class, node, scope);
            }
        }
        _ => {
            l.expr(pattern, scope);
        }
    }
}

/// What is taken out of something, or the default if that is not there.
fn or_default(l: &mut Lowerer<'_>, value: Option<ExprId>, default: ExprId, node: Node<'_>, scope: ScopeId) -> ExprId {
    let value = value.unwrap_or_else(|| l.add(Expr::Other(Vec::new()), node, scope));
    l.add(Expr::Choice(vec![value, default]), node, scope)
}

/// One name of `{a, b: c, d = 1, ...e} = value`.
fn property(l: &mut Lowerer<'_>, child: Node<'_>, value: Option<ExprId>, node: Node<'_>, scope: ScopeId) {
    let (key, target) = match child.kind() {
        "pair_pattern" => (tree::field(child, "key"), tree::field(child, "value")),
        "object_assignment_pattern" => (tree::field(child, "left"), Some(child)),
        "shorthand_property_identifier_pattern" => (Some(child), Some(child)),
        _ => (None, Some(child)),
    };
    let Some(target) = target else { return };
    let key = key.and_then(|key| Some((object::key_name(l, key, scope)?, tree::span(key))));
    let (Some(value), Some((name, name_span))) = (value, key) else {
        return pattern(l, target, None, None, node, scope);
    };
    let bare = matches!(target.kind(), "identifier" | "shorthand_property_identifier_pattern");
    match import::module_path(l, value) {
        Some(path) if bare => {
            let member = Some(name.as_str()).filter(|name| *name != "default");
            import::push(l, &path, member, l.text(target), scope);
        }
        _ => {
            let member = l.add(Expr::Member { object: value, name, name_span }, child, scope);
            pattern(l, target, Some(member), None, node, scope);
        }
    }
}

/// `this.x = value`, `object.x = value`, `object["x"] = value`.
fn member(l: &mut Lowerer<'_>, left: Node<'_>, value: Option<ExprId>, node: Node<'_>, scope: ScopeId) {
    let Some(owner) = tree::field(left, "object") else { return };
    let key = match tree::field(left, "index") {
        Some(index) => text::known(l, index),
        None => tree::field(left, "property").map(|property| l.text(property).to_owned()),
    };
    l.expr(left, scope);
    let target = match key {
        Some(key) if owner.kind() == "this" => Target::Field(key),
        Some(key) => Target::Key(l.text(owner).to_owned(), key),
        None => return,
    };
    l.bind(target, value, None, node, scope);
}

/// `x = value`, `x += value`, `x ??= value`.
pub(super) fn assignment(l: &mut Lowerer<'_>, node: Node<'_>, scope: ScopeId) -> ExprId {
    let Some(left) = tree::field(node, "left") else { return l.rest(node, scope) };
    let Some(mut value) = l.field(node, "right", scope) else { return l.rest(node, scope) };
    let before = l.module.binds.len();
    let operator = tree::field(node, "operator").map_or("=", |operator| operator.kind());
    let bound = match operator {
        "=" | "+=" => Some(value),
        "??=" | "||=" => {
            let old = l.expr(left, scope);
            value = l.add(Expr::Choice(vec![old, value]), node, scope);
            Some(value)
        }
        _ => None,
    };
    pattern(l, left, bound, None, node, scope);
    for bind in &mut l.module.binds[before..] {
        bind.append = operator == "+=";
    }
    l.assigned.extend(before..l.module.binds.len());
    value
}

/// `for (const x of list)`: the name is known, the value is not.
pub(super) fn for_in(l: &mut Lowerer<'_>, node: Node<'_>, scope: ScopeId) -> ExprId {
    let right = l.field(node, "right", scope);
    let inner = l.module.open(ScopeKind::Block, scope, tree::span(node));
    if let Some(left) = tree::field(node, "left") {
        pattern(l, left, None, None, left, inner);
    }
    let body = l.field(node, "body", inner);
    l.add(Expr::Other(right.into_iter().chain(body).collect()), node, scope)
}

pub(super) fn catch(l: &mut Lowerer<'_>, node: Node<'_>, scope: ScopeId) -> ExprId {
    let inner = l.module.open(ScopeKind::Block, scope, tree::span(node));
    if let Some(parameter) = tree::field(node, "parameter") {
        pattern(l, parameter, None, None, parameter, inner);
    }
    let body = l.field(node, "body", inner);
    l.add(Expr::Other(body.into_iter().collect()), node, scope)
}
