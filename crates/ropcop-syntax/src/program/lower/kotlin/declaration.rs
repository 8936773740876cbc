//! Imports, functions, properties and variables.

use std::collections::HashSet;

use tree_sitter::Node;

use super::super::Lowerer;
use super::super::typed::Type;
use super::{apart, class_of, function_scope, is_type_node, lambda, plain};
use crate::program::module::{DefinitionKind, Expr, ExprId, Import, Module, Param, ScopeId};
use crate::tree;

/// The names of the functions of a file.
pub(super) fn functions(source: &str) -> HashSet<String> {
    let declared = source.split("fun ").skip(1).filter_map(|after| {
        let head = after.split(['(', '{', '\n']).next()?;
        // `<T> T.name`.
        let name = head.rsplit(['.', ' ', '>']).next()?.trim_matches('`');
        (!name.is_empty()).then(|| name.to_owned())
    });
    declared.collect()
}

pub(super) fn visit(l: &mut Lowerer<'_>, node: Node<'_>, scope: ScopeId) -> Option<ExprId> {
    let id = match node.kind() {
        "import" => import(l, node, scope),
        "package_header" => package(l, node, scope),
        "property_declaration" => property(l, node, scope),
        "function_declaration" | "anonymous_function" | "getter" | "setter" => function(l, node, scope),
        "type_alias" => alias(l, node, scope),
        _ => return None,
    };
    Some(id)
}

/// A dotted name as it stands, without blanks.
fn path(l: &Lowerer<'_>, node: Node<'_>) -> String {
    l.text(node).chars().filter(|char| !char.is_whitespace() && *char != '`').collect()
}

fn import(l: &mut Lowerer<'_>, node: Node<'_>, scope: ScopeId) -> ExprId {
    if let Some(imported) = tree::child(node, "qualified_identifier") {
        let path = path(l, imported);
        let name = match tree::child(node, "identifier") {
            _ if tree::child(node, "*").is_some() => None,
            Some(alias) => Some(plain(l, alias).to_owned()),
            None => path.rsplit('.').next().map(str::to_owned),
        };
        l.module.imports.push(Import { path, name, relative: false, scope: Module::FILE });
    }
    l.nothing(node, scope)
}

/// What the same package defines is seen without an import; it is the project's own.
fn package(l: &mut Lowerer<'_>, node: Node<'_>, scope: ScopeId) -> ExprId {
    if let Some(name) = tree::child(node, "qualified_identifier") {
        let path = path(l, name);
        l.module.imports.push(Import { path, name: None, relative: true, scope: Module::FILE });
    }
    l.nothing(node, scope)
}

/// `typealias U = T`: a class that is the other one.
fn alias(l: &mut Lowerer<'_>, node: Node<'_>, scope: ScopeId) -> ExprId {
    let of = tree::named(node).into_iter().rev().find(|part| is_type_node(*part));
    let class = of.map(|of| class_of(l, of, scope)).unwrap_or_default().class;
    if let (Some(name), Some(class)) = (tree::field(node, "type"), class) {
        let name = plain(l, name);
        l.define(name, DefinitionKind::Class, vec![class], None, scope);
    }
    l.nothing(node, scope)
}

/// Declares a variable, a parameter or several names at once; in a class it is a field.
pub(super) fn named(
    l: &mut Lowerer<'_>,
    part: Node<'_>,
    value: Option<ExprId>,
    class: Type,
    node: Node<'_>,
    scope: ScopeId,
) {
    if part.kind() == "multi_variable_declaration" {
        for part in tree::named(part) {
            one(l, part, None, Type::default(), node, scope);
        }
        return;
    }
    one(l, part, value, class, node, scope);
}

fn one(l: &mut Lowerer<'_>, part: Node<'_>, value: Option<ExprId>, class: Type, node: Node<'_>, scope: ScopeId) {
    let Some(name) = tree::named(part).into_iter().find(|part| part.kind() == "identifier") else { return };
    let written = tree::named(part).into_iter().find(|part| is_type_node(*part));
    let class = written.map(|of| class_of(l, of, scope)).unwrap_or(class);
    let name = plain(l, name);
    l.named(name, value, class, node, scope);
}

/// `val x: T = value`, `by value`, `get() = value`.
fn property(l: &mut Lowerer<'_>, node: Node<'_>, scope: ScopeId) -> ExprId {
    let is_name = |part: &Node<'_>| part.kind().ends_with("variable_declaration");
    let mut parts = tree::named(node).into_iter().skip_while(|part| !is_name(part));
    let Some(name) = parts.next() else { return l.rest(node, scope) };
    let (mut value, mut children) = (None, Vec::new());
    for part in parts {
        match part.kind() {
            "type_constraints" => {}
            "getter" | "setter" => {
                let accessor = l.expr(part, scope);
                children.push(accessor);
                if part.kind() == "getter" {
                    value = value.or_else(|| lambda::value(l, accessor));
                }
            }
            "property_delegate" => {
                value = tree::named(part).last().map(|delegate| l.expr(*delegate, scope));
                children.extend(value);
            }
            _ => {
                value = Some(l.expr(part, scope));
                children.extend(value);
            }
        }
    }
    named(l, name, value, Type::default(), node, scope);
    l.add(Expr::Other(children), node, scope)
}

fn function(l: &mut Lowerer<'_>, node: Node<'_>, scope: ScopeId) -> ExprId {
    let inner = function_scope(l, node, scope);
    let list = tree::child(node, "function_value_parameters");
    let name = tree::field(node, "name");
    let start = name.or(list).map_or(node.start_byte(), |part| part.start_byte());
    let types: Vec<_> = tree::named(node).into_iter().filter(|part| is_type_node(*part)).collect();
    let receiver = match types.iter().find(|part| part.end_byte() <= start) {
        Some(of) => {
            let class = class_of(l, *of, inner).class;
            Some(lambda::receive(l, None, class, node, inner))
        }
        None => l.receiver.clone(),
    };
    let mut returns =
        types.iter().find(|part| part.start_byte() > start).map(|of| class_of(l, *of, inner)).unwrap_or_default().class;
    let params = list.map(|list| parameters(l, list, inner)).unwrap_or_default();
    let mut children: Vec<_> = params.iter().filter_map(|param| param.default).collect();
    if let Some(name) = tree::named(node).into_iter().find(|part| part.kind() == "identifier" && Some(*part) != name) {
        // The parameter of a setter.
        let name_text = plain(l, name);
        l.variable(name_text, None, Type::default(), name, inner);
    }
    if let Some(body) = tree::child(node, "function_body").and_then(|body| tree::named(body).last().copied()) {
        let value = apart(l, receiver, |l| l.expr(body, inner));
        if body.kind() != "block" {
            l.gives(value, inner);
        }
        children.push(value);
        returns = returns.or_else(|| l.made(value));
    }
    if let (Some(name), "function_declaration") = (name, node.kind()) {
        let name = plain(l, name);
        l.takes(name, params, inner);
        l.define(name, DefinitionKind::Function, Vec::new(), returns, scope);
    }
    l.add(Expr::Other(children), node, scope)
}

/// Declares parameters. A default value is what a parameter may be, not what it is.
pub(super) fn parameters(l: &mut Lowerer<'_>, list: Node<'_>, scope: ScopeId) -> Vec<Param> {
    let (mut params, mut is_array) = (Vec::new(), false);
    for part in tree::named(list) {
        match part.kind() {
            "parameter_modifiers" => {
                is_array = l.text(part).contains("vararg");
                continue;
            }
            "parameter" => {
                let name = tree::named(part).into_iter().find(|part| part.kind() == "identifier");
                let of = tree::named(part).into_iter().find(|part| is_type_node(*part));
                let class = of.filter(|_| !is_array).map(|of| class_of(l, of, scope)).unwrap_or_default();
                if let Some(name) = name.map(|name| plain(l, name)) {
                    l.variable(name, None, class, part, scope);
                    params.push(Param { name: name.to_owned(), default: None });
                }
            }
            // The default stands behind its parameter.
            _ => {
                let default = l.expr(part, scope);
                match params.last_mut() {
                    Some(param) => param.default = Some(default),
                    None => params.push(Param { name: String::new(), default: Some(default) }),
                }
            }
        }
        is_array = false;
    }
    params
}
