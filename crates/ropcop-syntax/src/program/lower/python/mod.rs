//! Python.

mod call;
mod text;

use tree_sitter::Node;

use super::Lowerer;
use crate::program::module::{
    Argument, DefinitionKind, Expr, ExprId, Import, Module, Param, ScopeId, ScopeKind, Target, Traits,
};
use crate::tree;

pub(crate) fn lower(root: Node<'_>, source: &str) -> Module {
    let mut lowerer = Lowerer::new(source, Traits::default(), visit);
    lowerer.rest(root, Module::FILE);
    lowerer.module
}

fn visit(l: &mut Lowerer<'_>, node: Node<'_>, scope: ScopeId) -> ExprId {
    match node.kind() {
        "import_statement" | "import_from_statement" => import(l, node, scope),
        "class_definition" => class(l, node, scope),
        "function_definition" | "lambda" => function(l, node, scope),
        "if_statement" | "while_statement" | "for_statement" | "try_statement" | "case_clause" => {
            branches(l, node, scope)
        }
        "assignment" | "augmented_assignment" | "named_expression" => assignment(l, node, scope),
        "return_statement" => l.returned(node, scope),
        "with_item" => with_item(l, node, scope),
        "identifier" => name(l, node, scope),
        "attribute" => member(l, node, scope),
        "subscript" => index(l, node, scope),
        "call" => call::call(l, node, scope),
        "string" => text::string(l, node, scope),
        "concatenated_string" => {
            let parts = l.children(node, scope);
            l.add(Expr::Concat(parts), node, scope)
        }
        "binary_operator" => binary(l, node, scope),
        "boolean_operator" => choice(l, node, scope, &["left", "right"]),
        "conditional_expression" => conditional(l, node, scope),
        "comparison_operator" => {
            let sides = l.children(node, scope);
            l.add(Expr::Compare(sides), node, scope)
        }
        "list" | "tuple" | "set" | "expression_list" => {
            let items = l.children(node, scope);
            l.add(Expr::List(items), node, scope)
        }
        "dictionary" => dictionary(l, node, scope),
        "list_splat" | "dictionary_splat" => spread(l, node, scope),
        "parenthesized_expression" | "await" | "type" => l.first(node, scope),
        "integer" | "float" => l.add(Expr::Number(l.text(node).to_owned()), node, scope),
        "true" => l.add(Expr::Bool(true), node, scope),
        "false" => l.add(Expr::Bool(false), node, scope),
        "none" => l.add(Expr::Null, node, scope),
        _ => l.rest(node, scope),
    }
}

fn import(l: &mut Lowerer<'_>, node: Node<'_>, scope: ScopeId) -> ExprId {
    let module = tree::field(node, "module_name");
    let from = module.map(|module| l.text(module).replace(char::is_whitespace, ""));
    let relative = from.as_deref().is_some_and(|from| from.starts_with('.'));
    if tree::named(node).iter().any(|child| child.kind() == "wildcard_import") {
        let path = from.clone().unwrap_or_default();
        l.module.imports.push(Import { path, name: None, relative, scope });
    }
    let mut cursor = node.walk();
    for child in node.children_by_field_name("name", &mut cursor) {
        let (imported, alias) = match child.kind() {
            "aliased_import" => (tree::field(child, "name"), tree::field(child, "alias")),
            _ => (Some(child), None),
        };
        let imported = imported.map_or("", |imported| l.text(imported)).replace(char::is_whitespace, "");
        let alias = alias.map(|alias| l.text(alias).to_owned());
        let (path, name) = match (&from, alias) {
            (Some(from), alias) => {
                let name = alias.unwrap_or_else(|| imported.clone());
                (format!("{}.{imported}", from.trim_end_matches('.')), name)
            }
            (None, Some(alias)) => (imported, alias),
            // `import a.b.c` binds `a`; the rest is reached by members.
            (None, None) => {
                let root = imported.split('.').next().unwrap_or_default().to_owned();
                l.module.imports.push(Import { path: imported, name: Some(String::new()), relative, scope });
                (root.clone(), root)
            }
        };
        l.module.imports.push(Import { path, name: Some(name), relative, scope });
    }
    l.add(Expr::Other(Vec::new()), node, scope)
}

fn class(l: &mut Lowerer<'_>, node: Node<'_>, scope: ScopeId) -> ExprId {
    let name = tree::field(node, "name").map_or("", |name| l.text(name)).to_owned();
    let bases = tree::field(node, "superclasses").map(|list| l.children(list, scope)).unwrap_or_default();
    l.define(&name, DefinitionKind::Class, bases, None, scope);
    let inner = l.module.open(ScopeKind::Class(name), scope, tree::span(node));
    let body = l.field(node, "body", inner);
    l.add(Expr::Other(body.into_iter().collect()), node, scope)
}

fn function(l: &mut Lowerer<'_>, node: Node<'_>, scope: ScopeId) -> ExprId {
    let inner = l.module.open(ScopeKind::Function, scope, tree::span(node));
    let mut params = Vec::new();
    for param in tree::field(node, "parameters").map(tree::named).unwrap_or_default() {
        let name = match param.kind() {
            "identifier" => Some(param),
            _ => {
                tree::field(param, "name").or_else(|| tree::named(param).into_iter().find(|c| c.kind() == "identifier"))
            }
        };
        let class = l.field(param, "type", inner);
        // A default value is what the parameter may be, not what it is: calls in it are seen, the name stays open.
        let default = l.field(param, "value", inner);
        l.module.handed_on.extend(default);
        let Some(name) = name.map(|name| l.text(name).to_owned()) else { continue };
        let of_class = matches!(l.module.scopes[scope.0].kind, ScopeKind::Class(_));
        if !(of_class && name == "self") {
            l.bind(Target::Name(name.clone()), None, class, param, inner);
        }
        if !(of_class && matches!(name.as_str(), "self" | "cls")) {
            params.push(Param { name, default });
        }
    }
    let returns = l.field(node, "return_type", scope);
    if let Some(name) = tree::field(node, "name") {
        let name = l.text(name).to_owned();
        l.takes(&name, params, inner);
        l.define(&name, DefinitionKind::Function, Vec::new(), returns, scope);
    }
    let body = l.field(node, "body", inner);
    if let (Some(value), "lambda") = (body, node.kind()) {
        l.gives(value, inner);
    }
    l.add(Expr::Other(body.into_iter().collect()), node, scope)
}

/// Every block below runs only sometimes; the condition always does.
fn branches(l: &mut Lowerer<'_>, node: Node<'_>, scope: ScopeId) -> ExprId {
    let children = tree::named(node).into_iter().map(|child| match child.kind() {
        "block" => l.scoped(child, ScopeKind::Block, scope),
        "elif_clause" | "else_clause" | "except_clause" | "except_group_clause" | "finally_clause" => {
            branches(l, child, scope)
        }
        _ => l.expr(child, scope),
    });
    let children = children.collect();
    if let (Some(left), "for_statement") = (tree::field(node, "left"), node.kind()) {
        targets(l, left, None, None, node, scope);
    }
    l.add(Expr::Other(children), node, scope)
}

fn assignment(l: &mut Lowerer<'_>, node: Node<'_>, scope: ScopeId) -> ExprId {
    let value = l.field(node, if node.kind() == "named_expression" { "value" } else { "right" }, scope);
    let class = l.field(node, "type", scope);
    let before = l.module.binds.len();
    if let Some(left) = tree::field(node, "left").or_else(|| tree::field(node, "name")) {
        targets(l, left, value, class, node, scope);
    }
    for bind in &mut l.module.binds[before..] {
        bind.append = node.kind() == "augmented_assignment";
    }
    match value {
        Some(value) => value,
        None => l.add(Expr::Other(Vec::new()), node, scope),
    }
}

fn targets(
    l: &mut Lowerer<'_>,
    left: Node<'_>,
    value: Option<ExprId>,
    class: Option<ExprId>,
    node: Node<'_>,
    scope: ScopeId,
) {
    match left.kind() {
        "identifier" => l.bind(Target::Name(l.text(left).to_owned()), value, class, node, scope),
        "attribute" => {
            let object = l.field(left, "object", scope);
            let name = tree::field(left, "attribute").map_or("", |name| l.text(name)).to_owned();
            match object.map(|object| &l.module.node(object).expr) {
                Some(Expr::This) => l.bind(Target::Field(name), value, class, node, scope),
                Some(Expr::Name(object)) => {
                    let target = Target::Key(object.clone(), name);
                    l.bind(target, value, class, node, scope);
                }
                _ => {}
            }
        }
        "subscript" => {
            let object = tree::field(left, "value").map_or("", |object| l.text(object)).to_owned();
            let key = tree::field(left, "subscript").map(|key| l.text(key).trim_matches(['"', '\'']).to_owned());
            l.expr(left, scope);
            if let Some(key) = key {
                l.bind(Target::Key(object, key), value, class, node, scope);
            }
        }
        "pattern_list" | "tuple_pattern" | "list_pattern" => {
            let items = tree::named(left);
            let values = match value.map(|value| &l.module.node(value).expr) {
                Some(Expr::List(values)) if values.len() == items.len() => values.iter().copied().map(Some).collect(),
                _ => vec![None; items.len()],
            };
            for (item, value) in items.into_iter().zip(values) {
                targets(l, item, value, None, node, scope);
            }
        }
        _ => {
            l.expr(left, scope);
        }
    }
}

/// `with open(x) as f`: `f` is what the call gives.
fn with_item(l: &mut Lowerer<'_>, node: Node<'_>, scope: ScopeId) -> ExprId {
    let Some(pattern) = tree::field(node, "value") else { return l.rest(node, scope) };
    if pattern.kind() != "as_pattern" {
        return l.expr(pattern, scope);
    }
    let parts = tree::named(pattern);
    let Some(first) = parts.first() else { return l.rest(node, scope) };
    let value = l.expr(*first, scope);
    if let Some(target) = tree::field(pattern, "alias").and_then(|alias| tree::named(alias).into_iter().next()) {
        targets(l, target, Some(value), None, node, scope);
    }
    value
}

fn name(l: &mut Lowerer<'_>, node: Node<'_>, scope: ScopeId) -> ExprId {
    let text = l.text(node);
    let expr = if text == "self" { Expr::This } else { Expr::Name(text.to_owned()) };
    l.add(expr, node, scope)
}

fn member(l: &mut Lowerer<'_>, node: Node<'_>, scope: ScopeId) -> ExprId {
    let (Some(object), Some(name)) = (tree::field(node, "object"), tree::field(node, "attribute")) else {
        return l.rest(node, scope);
    };
    l.member(object, name, node, scope)
}

fn index(l: &mut Lowerer<'_>, node: Node<'_>, scope: ScopeId) -> ExprId {
    let parts = l.children(node, scope);
    match parts[..] {
        [object, index] => l.add(Expr::Index { object, index }, node, scope),
        _ => l.add(Expr::Other(parts), node, scope),
    }
}

fn binary(l: &mut Lowerer<'_>, node: Node<'_>, scope: ScopeId) -> ExprId {
    let (Some(left), Some(right)) = (l.field(node, "left", scope), l.field(node, "right", scope)) else {
        return l.rest(node, scope);
    };
    let expr = match tree::field(node, "operator").map(|operator| l.text(operator)) {
        Some("+") => Expr::Concat(vec![left, right]),
        Some("%") => {
            let values = match &l.module.node(right).expr {
                Expr::List(values) => values.clone(),
                _ => vec![right],
            };
            let args = values.into_iter().map(|value| Argument { name: None, value }).collect();
            Expr::Format { template: left, args }
        }
        _ => Expr::Other(vec![left, right]),
    };
    l.add(expr, node, scope)
}

fn choice(l: &mut Lowerer<'_>, node: Node<'_>, scope: ScopeId, fields: &[&str]) -> ExprId {
    let options = fields.iter().filter_map(|field| l.field(node, field, scope)).collect();
    l.add(Expr::Choice(options), node, scope)
}

fn conditional(l: &mut Lowerer<'_>, node: Node<'_>, scope: ScopeId) -> ExprId {
    let parts = l.children(node, scope);
    match parts[..] {
        [yes, _condition, no] => l.add(Expr::Choice(vec![yes, no]), node, scope),
        _ => l.add(Expr::Other(parts), node, scope),
    }
}

fn dictionary(l: &mut Lowerer<'_>, node: Node<'_>, scope: ScopeId) -> ExprId {
    let mut entries = Vec::new();
    for child in tree::named(node) {
        // Any other key is a constant, or not known.
        let key = tree::field(child, "key").filter(|key| key.kind() == "string");
        let key =
            key.map(|key| l.text(key).trim_start_matches(char::is_alphabetic).trim_matches(['"', '\'']).to_owned());
        let value = match tree::field(child, "value") {
            Some(value) => l.expr(value, scope),
            None => l.expr(child, scope),
        };
        entries.push((key, value));
    }
    l.add(Expr::Map(entries), node, scope)
}

fn spread(l: &mut Lowerer<'_>, node: Node<'_>, scope: ScopeId) -> ExprId {
    match tree::named(node).first() {
        Some(inner) => {
            let value = l.expr(*inner, scope);
            l.add(Expr::Spread(value), node, scope)
        }
        None => l.rest(node, scope),
    }
}
