//! Imports, types, members, parameters and variables.

use tree_sitter::Node;

use super::super::Lowerer;
use super::super::typed::Type;
use super::{arguments, child, creation, initial, parts, simple_name};
use crate::Span;
use crate::program::module::{DefinitionKind, Expr, ExprId, Import, Module, Param, ScopeId, ScopeKind};
use crate::tree;

pub(super) fn visit(l: &mut Lowerer<'_>, node: Node<'_>, scope: ScopeId) -> Option<ExprId> {
    let id = match node.kind() {
        "using_directive" => using(l, node, scope),
        "namespace_declaration" | "file_scoped_namespace_declaration" => namespace(l, node, scope),
        "class_declaration"
        | "struct_declaration"
        | "record_declaration"
        | "interface_declaration"
        | "enum_declaration"
        | "delegate_declaration" => type_declaration(l, node, scope),
        "method_declaration"
        | "local_function_statement"
        | "constructor_declaration"
        | "destructor_declaration"
        | "operator_declaration"
        | "conversion_operator_declaration"
        | "lambda_expression"
        | "anonymous_method_expression" => function(l, node, scope),
        "property_declaration" | "indexer_declaration" | "event_declaration" => property(l, node, scope),
        "field_declaration" | "event_field_declaration" => variables(l, node, true, scope),
        "variable_declaration" => variables(l, node, false, scope),
        "enum_member_declaration" => {
            let value = l.field(node, "value", scope);
            let name = tree::field(node, "name").map_or("", |name| simple_name(l, name).0);
            l.field_of(name, value, Type::default(), node, scope);
            l.add(Expr::Other(value.into_iter().collect()), node, scope)
        }
        "declaration_expression" | "catch_declaration" | "from_clause" => declared(l, node, scope),
        "with_initializer" => creation::with_initializer(l, node, scope),
        _ => return None,
    };
    Some(id)
}

/// A dotted name as it stands, without type arguments, blanks and `global::`.
fn path(l: &Lowerer<'_>, node: Node<'_>) -> String {
    let text = l.text(node);
    let text = text.split('<').next().unwrap_or_default();
    let text: String = text.chars().filter(|char| !char.is_whitespace() && *char != '@').collect();
    text.strip_prefix("global::").unwrap_or(&text).replace("::", ".")
}

fn using(l: &mut Lowerer<'_>, node: Node<'_>, scope: ScopeId) -> ExprId {
    let alias = tree::field(node, "name");
    let imported = parts(node).into_iter().find(|part| Some(*part) != alias);
    let Some(imported) = imported else { return l.nothing(node, scope) };
    let path = path(l, imported);
    let name = alias.map(|alias| simple_name(l, alias).0.to_owned());
    if name.is_none() && child(node, "global").is_some() && child(node, "static").is_none() {
        l.module.shared_imports.push(path.clone());
    }
    // A using directive inside a namespace holds there only; that two namespaces of one file disagree is not known.
    l.module.imports.push(Import { path, name, relative: false, scope: Module::FILE });
    l.nothing(node, scope)
}

/// Code in `A.B` sees the members of `A.B` and of `A`, which is why these are imports, but of the project's own.
fn namespace(l: &mut Lowerer<'_>, node: Node<'_>, scope: ScopeId) -> ExprId {
    let mut path = tree::field(node, "name").map(|name| path(l, name)).unwrap_or_default();
    while !path.is_empty() {
        l.module.imports.push(Import { path: path.clone(), name: None, relative: true, scope: Module::FILE });
        path.truncate(path.rfind('.').unwrap_or_default());
    }
    match tree::field(node, "body") {
        Some(body) => l.expr(body, scope),
        None => l.nothing(node, scope),
    }
}

fn type_declaration(l: &mut Lowerer<'_>, node: Node<'_>, scope: ScopeId) -> ExprId {
    let name = tree::field(node, "name").map_or("", |name| simple_name(l, name).0).to_owned();
    let inner = l.module.open(ScopeKind::Class(name.clone()), scope, tree::span(node));
    let mut children = Vec::new();
    for list in parts(node).into_iter().filter(|part| part.kind() == "parameter_list") {
        // The parameters of the class itself are there in all of its members.
        let params = parameters(l, list, inner);
        for param in &params {
            l.field_of(&param.name, None, param.class, param.node, inner);
        }
        l.takes(&name, taken(params), inner);
    }
    let bases = base_list(l, node, inner, &mut children);
    l.declare_base(bases.first().copied(), inner);
    l.define(&name, DefinitionKind::Class, bases, None, scope);
    if let Some(body) = tree::field(node, "body") {
        // A field may be declared below the method that assigns it.
        for member in parts(body) {
            declare_field(l, member, inner);
        }
        children.push(l.expr(body, inner));
    }
    l.add(Expr::Other(children), node, scope)
}

/// What a class derives from. A base may be given arguments right here; such calls are added to `calls`.
fn base_list(l: &mut Lowerer<'_>, node: Node<'_>, scope: ScopeId, calls: &mut Vec<ExprId>) -> Vec<ExprId> {
    let mut bases: Vec<ExprId> = Vec::new();
    let mut listed = Vec::new();
    for part in child(node, "base_list").map(parts).unwrap_or_default() {
        match part.kind() {
            "primary_constructor_base_type" => listed.extend(parts(part)),
            _ => listed.push(part),
        }
    }
    for part in listed {
        if part.kind() != "argument_list" {
            bases.extend(class(l, part, scope).class);
            continue;
        }
        let args = arguments(l, part, scope);
        let word = bases.last().map_or(tree::span(part), |base| l.module.node(*base).span);
        calls.push(l.base_call(bases.last().copied(), word, args, Span::new(word.start, part.end_byte()), scope));
    }
    bases
}

/// Notes the type of a field or property before anything is lowered.
fn declare_field(l: &mut Lowerer<'_>, member: Node<'_>, scope: ScopeId) {
    let (typed, names) = match member.kind() {
        "field_declaration" => match child(member, "variable_declaration") {
            Some(list) => (list, parts(list).into_iter().filter_map(|part| tree::field(part, "name")).collect()),
            None => return,
        },
        "property_declaration" => (member, tree::field(member, "name").into_iter().collect::<Vec<_>>()),
        _ => return,
    };
    let Some(class) = tree::field(typed, "type").map(|of| class(l, of, scope)) else { return };
    for name in names {
        let name = simple_name(l, name).0;
        l.declare(name, class, scope);
    }
}

/// The type that a node writes.
pub(super) fn class(l: &mut Lowerer<'_>, node: Node<'_>, scope: ScopeId) -> Type {
    let mut node = node;
    loop {
        let inner = match node.kind() {
            "nullable_type" | "ref_type" | "scoped_type" | "pointer_type" => tree::field(node, "type"),
            // What is awaited is what the task gives, and `await` is looked through.
            "generic_name" if matches!(simple_name(l, node).0, "Task" | "ValueTask" | "Nullable") => {
                child(node, "type_argument_list").and_then(|list| parts(list).last().copied())
            }
            _ => None,
        };
        match inner {
            Some(inner) => node = inner,
            None => break,
        }
    }
    let element = match node.kind() {
        "array_type" => tree::field(node, "type"),
        "generic_name" => child(node, "type_argument_list").and_then(|list| parts(list).last().copied()),
        _ => None,
    };
    let is_name = |node: &Node<'_>| {
        matches!(
            node.kind(),
            "identifier" | "generic_name" | "qualified_name" | "alias_qualified_name" | "predefined_type"
        )
    };
    let element = element.filter(is_name).map(|element| l.expr(element, scope));
    let class = Some(node).filter(is_name).map(|node| l.expr(node, scope));
    Type { class, element }
}

fn class_of(l: &mut Lowerer<'_>, node: Node<'_>, scope: ScopeId) -> Type {
    tree::field(node, "type").map(|of| class(l, of, scope)).unwrap_or_default()
}

/// A parameter as it is declared.
struct DeclaredParameter<'n> {
    node: Node<'n>,
    name: String,
    class: Type,
    default: Option<ExprId>,
}

fn taken(params: Vec<DeclaredParameter<'_>>) -> Vec<Param> {
    params.into_iter().map(|param| Param { name: param.name, default: param.default }).collect()
}

/// The parameters of a list.
fn parameters<'n>(l: &mut Lowerer<'_>, list: Node<'n>, scope: ScopeId) -> Vec<DeclaredParameter<'n>> {
    let mut params = Vec::new();
    for param in parts(list).into_iter().filter(|part| part.kind() == "parameter") {
        let class = class_of(l, param, scope);
        // A default value is what the parameter may be, not what it is.
        let default = initial(param).map(|value| l.expr(value, scope));
        l.aim(default, class);
        if let Some(name) = tree::field(param, "name") {
            params.push(DeclaredParameter { node: param, name: simple_name(l, name).0.to_owned(), class, default });
        }
    }
    // `params T[] rest` has no node of its own.
    if let Some(name) = tree::field(list, "name") {
        let class = class_of(l, list, scope);
        params.push(DeclaredParameter { node: name, name: simple_name(l, name).0.to_owned(), class, default: None });
    }
    params
}

fn function(l: &mut Lowerer<'_>, node: Node<'_>, scope: ScopeId) -> ExprId {
    let inner = l.module.open(ScopeKind::Function, scope, tree::span(node));
    let returns = tree::field(node, "returns").or_else(|| tree::field(node, "type"));
    let returns = returns.map(|of| class(l, of, scope)).unwrap_or_default();
    l.declare_result(returns, inner);
    let list = tree::field(node, "parameters");
    let params = list.map(|list| parameters(l, list, inner)).unwrap_or_default();
    for param in &params {
        l.variable(&param.name, None, param.class, param.node, inner);
    }
    if let Some(name) = list.filter(|list| list.kind() == "implicit_parameter") {
        let name = simple_name(l, name).0;
        l.variable(name, None, Type::default(), node, inner);
    }
    let is_named = matches!(node.kind(), "method_declaration" | "local_function_statement");
    if let Some(name) = tree::field(node, "name").filter(|_| is_named) {
        let name = simple_name(l, name).0;
        l.define(name, DefinitionKind::Function, Vec::new(), returns.class, scope);
    }
    if let Some(name) = tree::field(node, "name") {
        let name = simple_name(l, name).0;
        l.takes(name, taken(params), inner);
    }
    let mut children = Vec::new();
    if let Some(call) = child(node, "constructor_initializer") {
        children.push(constructor_call(l, call, inner));
    }
    let body = tree::field(node, "body").or_else(|| child(node, "block"));
    let value = body.map(|body| l.expr(body, inner));
    if let Some(value) = value.filter(|_| node.kind() == "lambda_expression") {
        l.give_back(Some(value), inner);
        if body.is_some_and(|body| body.kind() != "block") {
            l.gives(value, inner);
        }
    }
    children.extend(value);
    l.add(Expr::Other(children), node, scope)
}

/// `: base(x)` makes an object of the base class; `: this(x)` only hands on.
fn constructor_call(l: &mut Lowerer<'_>, node: Node<'_>, scope: ScopeId) -> ExprId {
    let args = child(node, "argument_list").map(|list| arguments(l, list, scope)).unwrap_or_default();
    let word = tree::span(child(node, "base").unwrap_or(node));
    let base = child(node, "base").and_then(|_| l.base_of(scope));
    l.base_call(base, word, args, Span::new(word.start, node.end_byte()), scope)
}

/// A property is a field whose value may be computed.
fn property(l: &mut Lowerer<'_>, node: Node<'_>, scope: ScopeId) -> ExprId {
    let name = tree::field(node, "name").map_or("", |name| simple_name(l, name).0).to_owned();
    let class = match l.declared_here(&name, scope) {
        Some(class) => class,
        None => class_of(l, node, scope),
    };
    let inner = l.module.open(ScopeKind::Function, scope, tree::span(node));
    l.declare_result(class, inner);
    let params = tree::field(node, "parameters").map(|list| parameters(l, list, inner)).unwrap_or_default();
    for param in params {
        l.variable(&param.name, None, param.class, param.node, inner);
    }
    let value = l.field(node, "value", inner);
    if !name.is_empty() {
        l.field_of(&name, value, class, node, scope);
    }
    let mut children: Vec<_> = value.into_iter().collect();
    for accessor in tree::field(node, "accessors").map(parts).unwrap_or_default() {
        let each = l.module.open(ScopeKind::Function, inner, tree::span(accessor));
        l.variable("value", None, class, accessor, each);
        if tree::field(accessor, "name").is_some_and(|name| l.text(name) == "get") {
            l.takes(&name, Vec::new(), each);
        }
        children.extend(l.field(accessor, "body", each));
    }
    l.add(Expr::Other(children), node, scope)
}

/// Declarations of fields (`T a = x, b;`) and of variables.
fn variables(l: &mut Lowerer<'_>, node: Node<'_>, is_field: bool, scope: ScopeId) -> ExprId {
    let list = child(node, "variable_declaration").unwrap_or(node);
    let mut written = None;
    let mut values = Vec::new();
    for declarator in parts(list).into_iter().filter(|part| part.kind() == "variable_declarator") {
        let name = tree::field(declarator, "name").map(|name| simple_name(l, name).0);
        let known = name.filter(|_| is_field).and_then(|name| l.declared_here(name, scope));
        let class = match known.or(written) {
            Some(class) => class,
            None => class_of(l, list, scope),
        };
        written = Some(class);
        let value = initial(declarator).map(|value| l.expr(value, scope));
        match name {
            Some(name) if is_field => l.field_of(name, value, class, declarator, scope),
            Some(name) => l.variable(name, value, class, declarator, scope),
            None => deconstruct(l, declarator, value, scope),
        }
        values.extend(value);
    }
    l.add(Expr::Other(values), node, scope)
}

/// `var (a, b) = (x, y);`
fn deconstruct(l: &mut Lowerer<'_>, declarator: Node<'_>, value: Option<ExprId>, scope: ScopeId) {
    let names = child(declarator, "tuple_pattern").map(parts).unwrap_or_default();
    let values = match value.map(|value| &l.module.node(value).expr) {
        Some(Expr::List(values)) if values.len() == names.len() => values.iter().copied().map(Some).collect(),
        _ => vec![None; names.len()],
    };
    for (name, value) in names.into_iter().zip(values).filter(|(name, _)| name.kind() == "identifier") {
        let name = simple_name(l, name).0;
        l.variable(name, value, Type::default(), declarator, scope);
    }
}

/// `out T x`, `catch (T x)`, `from x in …`: a name without a value of its own.
fn declared(l: &mut Lowerer<'_>, node: Node<'_>, scope: ScopeId) -> ExprId {
    let class = class_of(l, node, scope);
    let name = tree::field(node, "name");
    let text = name.map(|name| simple_name(l, name).0);
    if let Some(text) = text {
        l.variable(text, None, class, node, scope);
    }
    let others = parts(node).into_iter().filter(|part| Some(*part) != name && Some(*part) != tree::field(node, "type"));
    let others: Vec<_> = others.map(|part| l.expr(part, scope)).collect();
    match text {
        Some(text) if others.is_empty() => l.add(Expr::Name(text.to_owned()), node, scope),
        _ => l.add(Expr::Other(others), node, scope),
    }
}
