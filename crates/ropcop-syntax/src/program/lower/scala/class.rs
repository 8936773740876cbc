//! Classes, traits and objects.

use tree_sitter::Node;

use super::super::Lowerer;
use super::{call, declaration, fields, plain, types};
use crate::program::module::{DefinitionKind, Expr, ExprId, ScopeId, ScopeKind};
use crate::tree;

pub(super) fn visit(l: &mut Lowerer<'_>, node: Node<'_>, scope: ScopeId) -> Option<ExprId> {
    let id = match node.kind() {
        "class_definition" | "trait_definition" | "object_definition" | "package_object" | "enum_definition"
        | "simple_enum_case" | "full_enum_case" => l.deeper(|l| class(l, node, scope)),
        _ => return None,
    };
    Some(id.unwrap_or_else(|| l.too_deep(node, scope)))
}

fn class(l: &mut Lowerer<'_>, node: Node<'_>, scope: ScopeId) -> ExprId {
    let name = tree::field(node, "name").map_or("", |name| plain(l, name)).to_owned();
    let inner = l.module.open(ScopeKind::Class(name.clone()), scope, tree::span(node));
    let mut children = Vec::new();
    // The parameters of the constructor; the class sees them like its own fields.
    let mut params = Vec::new();
    for list in fields(node, "class_parameters") {
        params.extend(declaration::parameters(l, list, inner));
    }
    children.extend(params.iter().filter_map(|param| param.default));
    l.takes(&name, params, inner);
    let mut bases = Vec::new();
    if let Some(clause) = tree::field(node, "extend") {
        let mut lists = Vec::new();
        for part in tree::named(clause) {
            match part.kind() {
                "arguments" => lists.push(part),
                // The grammar puts the arguments into the type where more types follow.
                "applied_constructor_type" => {
                    bases.extend(types::class(l, part, inner).class);
                    lists.extend(tree::named(part).into_iter().filter(|part| part.kind() == "arguments"));
                }
                "compound_type" => {
                    for part in tree::named(part) {
                        bases.extend(types::class(l, part, inner).class);
                        lists.extend(tree::named(part).into_iter().filter(|part| part.kind() == "arguments"));
                    }
                }
                _ => bases.extend(types::class(l, part, inner).class),
            }
        }
        let made = bases.first().and_then(|base| call::base(l, *base, &lists, inner));
        children.extend(made);
    }
    l.declare_base(bases.first().copied(), inner);
    l.define(&name, DefinitionKind::Class, bases, None, scope);
    children.extend(l.field(node, "body", inner));
    l.add(Expr::Other(children), node, scope)
}
