//! Imports, types, members, parameters and variables.

use tree_sitter::Node;

use super::super::Lowerer;
use super::super::typed::Type;
use super::{arguments, class, class_of};
use crate::program::module::{DefinitionKind, Expr, ExprId, Import, Module, Param, ScopeId, ScopeKind};
use crate::tree;

pub(super) fn visit(l: &mut Lowerer<'_>, node: Node<'_>, scope: ScopeId) -> Option<ExprId> {
    let id = match node.kind() {
        "import_declaration" => import(l, node, scope),
        "package_declaration" => package(l, node, scope),
        "class_declaration"
        | "record_declaration"
        | "interface_declaration"
        | "enum_declaration"
        | "annotation_type_declaration" => type_declaration(l, node, scope),
        "method_declaration" | "constructor_declaration" | "compact_constructor_declaration" | "lambda_expression" => {
            function(l, node, scope)
        }
        // Two initializers may use the same names.
        "static_initializer" => l.scoped(node, ScopeKind::Function, scope),
        "field_declaration" | "constant_declaration" => variables(l, node, true, scope),
        "local_variable_declaration" => variables(l, node, false, scope),
        "resource" if tree::field(node, "value").is_some() => resource(l, node, scope),
        "catch_formal_parameter" => caught(l, node, scope),
        "enum_constant" => enum_constant(l, node, scope),
        "annotation_type_element_declaration"
        | "superclass"
        | "super_interfaces"
        | "extends_interfaces"
        | "permits" => l.nothing(node, scope),
        _ => return None,
    };
    Some(id)
}

/// A dotted name as it stands, without blanks.
fn path(l: &Lowerer<'_>, node: Node<'_>) -> String {
    l.text(node).chars().filter(|char| !char.is_whitespace()).collect()
}

fn dotted(node: Node<'_>) -> Option<Node<'_>> {
    tree::named(node).into_iter().find(|part| matches!(part.kind(), "identifier" | "scoped_identifier"))
}

fn import(l: &mut Lowerer<'_>, node: Node<'_>, scope: ScopeId) -> ExprId {
    if let Some(imported) = dotted(node) {
        let path = path(l, imported);
        let all = tree::named(node).iter().any(|part| part.kind() == "asterisk");
        let name = path.rsplit('.').next().filter(|_| !all).map(str::to_owned);
        l.module.imports.push(Import { path, name, relative: false, scope: Module::FILE });
    }
    l.nothing(node, scope)
}

/// Classes of the same package are seen without an import; they are the project's own.
fn package(l: &mut Lowerer<'_>, node: Node<'_>, scope: ScopeId) -> ExprId {
    if let Some(name) = dotted(node) {
        let path = path(l, name);
        l.module.imports.push(Import { path, name: None, relative: true, scope: Module::FILE });
    }
    l.nothing(node, scope)
}

fn type_declaration(l: &mut Lowerer<'_>, node: Node<'_>, scope: ScopeId) -> ExprId {
    let name = tree::field(node, "name").map_or("", |name| l.text(name)).to_owned();
    let inner = l.module.open(ScopeKind::Class(name.clone()), scope, tree::span(node));
    let mut bases = Vec::new();
    for list in tree::named(node) {
        let listed = match list.kind() {
            "superclass" => tree::named(list),
            "super_interfaces" | "extends_interfaces" => tree::named(list).into_iter().flat_map(tree::named).collect(),
            _ => Vec::new(),
        };
        for base in listed {
            bases.extend(class(l, base, scope).class);
        }
    }
    l.declare_base(bases.first().copied(), inner);
    l.define(&name, DefinitionKind::Class, bases, None, scope);
    // The components of a record are its fields.
    let mut params = Vec::new();
    for param in tree::field(node, "parameters").map(tree::named).unwrap_or_default() {
        if let Some((name, class)) = parameter(l, param, inner) {
            l.field_of(&name, None, class, param, inner);
            params.push(Param { name, default: None });
        }
    }
    if node.kind() == "record_declaration" {
        l.takes(&name, params, inner);
    }
    let body = l.field(node, "body", inner);
    l.add(Expr::Other(body.into_iter().collect()), node, scope)
}

/// `new T() { … }`: a class that derives from `T` and has no name of its own.
pub(super) fn nameless_class(l: &mut Lowerer<'_>, body: Node<'_>, base: ExprId, scope: ScopeId) -> ExprId {
    let inner = l.module.open(ScopeKind::Class(format!("{}$", body.start_byte())), scope, tree::span(body));
    l.declare_base(Some(base), inner);
    l.rest(body, inner)
}

/// The name and type of a parameter.
fn parameter(l: &mut Lowerer<'_>, param: Node<'_>, scope: ScopeId) -> Option<(String, Type)> {
    match param.kind() {
        "formal_parameter" => {
            let class = class_of(l, param, scope);
            Some((l.text(tree::field(param, "name")?).to_owned(), class))
        }
        // `T... rest` is an array, which has no members that matter.
        "spread_parameter" => {
            let declarator = tree::named(param).into_iter().find(|part| part.kind() == "variable_declarator")?;
            Some((l.text(tree::field(declarator, "name")?).to_owned(), Type::default()))
        }
        "identifier" => Some((l.text(param).to_owned(), Type::default())),
        _ => None,
    }
}

fn function(l: &mut Lowerer<'_>, node: Node<'_>, scope: ScopeId) -> ExprId {
    let inner = l.module.open(ScopeKind::Function, scope, tree::span(node));
    let returns = class_of(l, node, scope);
    let list = tree::field(node, "parameters");
    let params = match list {
        // `x -> …`.
        Some(list) if list.kind() == "identifier" => vec![list],
        Some(list) => tree::named(list),
        None => Vec::new(),
    };
    let mut taken = Vec::new();
    for param in params {
        if let Some((name, class)) = parameter(l, param, inner) {
            l.variable(&name, None, class, param, inner);
            taken.push(Param { name, default: None });
        }
    }
    if let Some(name) = tree::field(node, "name").map(|name| l.text(name)) {
        l.takes(name, taken, inner);
        if node.kind() == "method_declaration" {
            l.define(name, DefinitionKind::Function, Vec::new(), returns.class, scope);
        }
    }
    let body = l.field(node, "body", inner);
    if let Some(value) = body.filter(|_| tree::field(node, "body").is_some_and(|body| body.kind() != "block"))
        && node.kind() == "lambda_expression"
    {
        l.gives(value, inner);
    }
    l.add(Expr::Other(body.into_iter().collect()), node, scope)
}

/// Declarations of fields (`T a = x, b;`) and of variables.
fn variables(l: &mut Lowerer<'_>, node: Node<'_>, is_field: bool, scope: ScopeId) -> ExprId {
    let class = class_of(l, node, scope);
    let mut values = Vec::new();
    for declarator in tree::named(node).into_iter().filter(|part| part.kind() == "variable_declarator") {
        let value = l.field(declarator, "value", scope);
        values.extend(value);
        let Some(name) = tree::field(declarator, "name").map(|name| l.text(name)) else { continue };
        // `T a[]` is an array.
        let class = if tree::field(declarator, "dimensions").is_some() { Type::default() } else { class };
        match is_field {
            true => l.field_of(name, value, class, declarator, scope),
            false => l.variable(name, value, class, declarator, scope),
        }
    }
    l.add(Expr::Other(values), node, scope)
}

/// `try (T x = value)`.
fn resource(l: &mut Lowerer<'_>, node: Node<'_>, scope: ScopeId) -> ExprId {
    let class = class_of(l, node, scope);
    let value = l.field(node, "value", scope);
    if let Some(name) = tree::field(node, "name").map(|name| l.text(name)) {
        l.variable(name, value, class, node, scope);
    }
    l.add(Expr::Other(value.into_iter().collect()), node, scope)
}

/// `catch (A | B x)`: of several types, the first stands for all.
fn caught(l: &mut Lowerer<'_>, node: Node<'_>, scope: ScopeId) -> ExprId {
    let types = tree::named(node).into_iter().find(|part| part.kind() == "catch_type").map(tree::named);
    let first = types.and_then(|types| types.first().copied());
    let class = first.map(|of| class(l, of, scope)).unwrap_or_default();
    if let Some(name) = tree::field(node, "name").map(|name| l.text(name)) {
        l.variable(name, None, class, node, scope);
    }
    l.nothing(node, scope)
}

fn enum_constant(l: &mut Lowerer<'_>, node: Node<'_>, scope: ScopeId) -> ExprId {
    let args = tree::field(node, "arguments").map(|list| arguments(l, list, scope)).unwrap_or_default();
    let values = args.into_iter().map(|arg| arg.value).collect();
    let value = l.add(Expr::Other(values), node, scope);
    if let Some(name) = tree::field(node, "name").map(|name| l.text(name)) {
        l.field_of(name, Some(value), Type::default(), node, scope);
    }
    if let Some(body) = tree::field(node, "body") {
        nameless_class(l, body, value, scope);
    }
    value
}
