//! Imports, functions, values and variables.

use tree_sitter::Node;

use super::super::Lowerer;
use super::super::typed::Type;
use super::{fields, given, plain, statement, types};
use crate::program::module::{DefinitionKind, Expr, ExprId, Import, Module, Param, ScopeId, ScopeKind};
use crate::tree;

pub(super) fn visit(l: &mut Lowerer<'_>, node: Node<'_>, scope: ScopeId) -> Option<ExprId> {
    let id = match node.kind() {
        "import_declaration" => import(l, node, scope),
        "package_clause" => package(l, node, scope),
        "val_definition" | "var_definition" | "val_declaration" | "var_declaration" => value(l, node, scope),
        "function_definition" | "function_declaration" | "given_definition" => function(l, node, scope),
        "extension_definition" => extension(l, node, scope),
        "type_definition" => alias(l, node, scope),
        _ => return None,
    };
    Some(id)
}

/// A dotted name as it stands, without blanks.
fn path(l: &Lowerer<'_>, node: Node<'_>) -> String {
    l.text(node).chars().filter(|char| !char.is_whitespace() && *char != '`').collect()
}

/// `import a.b.C, d.{E => F, _}`.
fn import(l: &mut Lowerer<'_>, node: Node<'_>, scope: ScopeId) -> ExprId {
    let mut cursor = node.walk();
    let (mut path, mut is_open) = (String::new(), false);
    let children: Vec<_> = node.children(&mut cursor).collect();
    for (index, part) in children.iter().enumerate() {
        match part.kind() {
            "identifier" => {
                let dot = if path.is_empty() { "" } else { "." };
                path = format!("{path}{dot}{}", plain(l, *part));
                is_open = true;
            }
            "namespace_selectors" => {
                tree::named(*part).into_iter().for_each(|selected| selector(l, &path, selected, scope));
                is_open = false;
            }
            "namespace_wildcard" | "as_renamed_identifier" | "arrow_renamed_identifier" => {
                selector(l, &path, *part, scope);
                is_open = false;
            }
            _ => {}
        }
        let next = children.get(index + 1).map(|next| next.kind());
        if matches!(next, None | Some(",")) {
            if let Some(name) = path.rsplit('.').next().filter(|_| is_open) {
                let name = name.to_owned();
                push(l, &path, Some(name), scope);
            }
            (path, is_open) = (String::new(), false);
        }
    }
    l.nothing(node, scope)
}

fn selector(l: &mut Lowerer<'_>, path: &str, part: Node<'_>, scope: ScopeId) {
    let (name, alias) = (tree::field(part, "name"), tree::field(part, "alias"));
    match (part.kind(), name, alias) {
        ("identifier", ..) => {
            let name = plain(l, part);
            push(l, &format!("{path}.{name}"), Some(name.to_owned()), scope);
        }
        // `D => _` hides it.
        (_, Some(name), Some(alias)) if alias.kind() == "identifier" => {
            let (name, alias) = (plain(l, name), plain(l, alias).to_owned());
            push(l, &format!("{path}.{name}"), Some(alias), scope);
        }
        ("namespace_wildcard", ..) => push(l, path, None, scope),
        _ => {}
    }
}

fn push(l: &mut Lowerer<'_>, path: &str, name: Option<String>, scope: ScopeId) {
    let path = path.strip_prefix("_root_.").unwrap_or(path).to_owned();
    l.module.imports.push(Import { path, name, relative: false, scope });
}

/// What the same package defines is seen without an import; it is the project's own.
fn package(l: &mut Lowerer<'_>, node: Node<'_>, scope: ScopeId) -> ExprId {
    if let Some(name) = tree::field(node, "name") {
        let path = path(l, name);
        l.module.imports.push(Import { path, name: None, relative: true, scope: Module::FILE });
    }
    let body = tree::field(node, "body").map(|body| l.expr(body, scope));
    l.add(Expr::Other(body.into_iter().collect()), node, scope)
}

/// `type U = T`: a class that is the other one.
fn alias(l: &mut Lowerer<'_>, node: Node<'_>, scope: ScopeId) -> ExprId {
    let class = types::of(l, node, "type", scope).class;
    if let (Some(name), Some(class)) = (tree::field(node, "name"), class) {
        let name = plain(l, name);
        l.define(name, DefinitionKind::Class, vec![class], None, scope);
    }
    l.nothing(node, scope)
}

/// Declares the name of a pattern, or all names in it.
pub(super) fn names(l: &mut Lowerer<'_>, pattern: Node<'_>, value: Option<ExprId>, class: Type, scope: ScopeId) {
    match pattern.kind() {
        "identifier" => {
            let name = plain(l, pattern);
            l.named(name, value, class, pattern, scope);
        }
        "typed_pattern" => {
            let class = types::of(l, pattern, "type", scope);
            if let Some(name) = tree::field(pattern, "pattern").map(|name| plain(l, name)) {
                l.named(name, value, class, pattern, scope);
            }
        }
        // What the parts of a pattern are is not known. One level is what people write.
        _ => {
            let names = tree::named(pattern).into_iter().filter(|part| part.kind() == "identifier");
            names.for_each(|name| l.named(plain(l, name), None, Type::default(), name, scope));
        }
    }
}

/// `val x: T = value`.
fn value(l: &mut Lowerer<'_>, node: Node<'_>, scope: ScopeId) -> ExprId {
    let class = types::of(l, node, "type", scope);
    let value = tree::field(node, "value").map(|value| {
        let lowered = l.expr(value, scope);
        given(l, value, lowered)
    });
    match tree::field(node, "pattern") {
        Some(pattern) if pattern.kind() == "identifier" => {
            let name = plain(l, pattern);
            l.named(name, value, class, node, scope);
        }
        Some(pattern) => names(l, pattern, value, class, scope),
        None => fields(node, "name").into_iter().for_each(|name| l.named(plain(l, name), None, class, name, scope)),
    }
    l.add(Expr::Other(value.into_iter().collect()), node, scope)
}

/// Declares parameters. A default value is what a parameter may be, not what it is.
pub(super) fn parameters(l: &mut Lowerer<'_>, list: Node<'_>, scope: ScopeId) -> Vec<Param> {
    if list.kind() == "identifier" {
        names(l, list, None, Type::default(), scope);
        return Vec::new();
    }
    let mut params = Vec::new();
    for param in tree::named(list) {
        let Some(name) = tree::field(param, "name").map(|name| plain(l, name)) else { continue };
        let class = types::of(l, param, "type", scope);
        l.named(name, None, class, param, scope);
        params.push(Param { name: name.to_owned(), default: l.field(param, "default_value", scope) });
    }
    params
}

/// `def f(x: T): R = …`. Without parameters it is used like a value.
fn function(l: &mut Lowerer<'_>, node: Node<'_>, scope: ScopeId) -> ExprId {
    let inner = l.module.open(ScopeKind::Function, scope, tree::span(node));
    let lists: Vec<_> = fields(node, "parameters").into_iter().filter(|list| list.kind() == "parameters").collect();
    let returns = types::of(l, node, "return_type", inner);
    let params: Vec<_> = lists.iter().flat_map(|list| parameters(l, *list, inner)).collect();
    let mut children: Vec<_> = params.iter().filter_map(|param| param.default).collect();
    let body = tree::field(node, "body");
    let value = body.map(|body| {
        // What a function of several statements gives is not the value of a name.
        let lowered = if body.kind() == "block" { statement(l, body, inner) } else { l.expr(body, inner) };
        children.push(lowered);
        given(l, body, lowered)
    });
    if let Some(name) = tree::field(node, "name").map(|name| plain(l, name)) {
        if lists.is_empty() {
            l.named(name, value, returns, node, scope);
        } else {
            let returns = returns.class.or_else(|| value.and_then(|value| l.made(value)));
            l.takes(name, params, inner);
            l.define(name, DefinitionKind::Function, Vec::new(), returns, scope);
        }
    }
    value.into_iter().for_each(|value| l.gives(value, inner));
    l.add(Expr::Other(children), node, scope)
}

/// `extension (x: T) def f = …`.
fn extension(l: &mut Lowerer<'_>, node: Node<'_>, scope: ScopeId) -> ExprId {
    let inner = l.module.open(ScopeKind::Function, scope, tree::span(node));
    let mut children = Vec::new();
    for part in tree::named(node) {
        match part.kind() {
            "parameters" => children.extend(parameters(l, part, inner).into_iter().filter_map(|param| param.default)),
            "type_parameters" => {}
            _ => children.push(l.expr(part, inner)),
        }
    }
    l.add(Expr::Other(children), node, scope)
}
