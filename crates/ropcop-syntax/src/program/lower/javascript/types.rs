//! Types as the expressions that name them.

use tree_sitter::Node;

use crate::program::lower::Lowerer;
use crate::program::module::{Expr, ExprId, ScopeId};
use crate::tree;

/// Generic types through which the members of their argument are reached, `await` being as good as nothing.
const TRANSPARENT: [&str; 7] = ["Promise", "Readonly", "Partial", "Required", "NonNullable", "Awaited", "PromiseLike"];

/// The declared type in a field of a node.
pub(super) fn field(l: &mut Lowerer<'_>, node: Node<'_>, name: &str, scope: ScopeId) -> Option<ExprId> {
    tree::field(node, name).and_then(|class| class_of(l, class, scope))
}

/// A type as the expression that names it; none if no one name does.
pub(super) fn class_of(l: &mut Lowerer<'_>, mut node: Node<'_>, scope: ScopeId) -> Option<ExprId> {
    loop {
        match node.kind() {
            "type_identifier" => return Some(l.add(Expr::Name(l.text(node).to_owned()), node, scope)),
            "nested_type_identifier" => {
                let (module, name) = (tree::field(node, "module")?, tree::field(node, "name")?);
                return Some(l.member(module, name, node, scope));
            }
            "identifier" | "member_expression" | "nested_identifier" | "call_expression" => {
                return Some(l.expr(node, scope));
            }
            "generic_type" => {
                let name = tree::field(node, "name")?;
                let argument =
                    tree::field(node, "type_arguments").and_then(|list| tree::named(list).into_iter().next());
                node = if TRANSPARENT.contains(&l.text(name)) { argument? } else { name };
            }
            // `T | undefined` has the members of `T`; of `T | U` nothing is known.
            "union_type" => {
                let mut options = Vec::new();
                flatten(node, &mut options);
                let [option] = options[..] else { return None };
                node = option;
            }
            "type_annotation" | "parenthesized_type" | "readonly_type" | "type_query" | "opting_type_annotation" => {
                node = tree::named(node).into_iter().next()?;
            }
            _ => return None,
        }
    }
}

/// The members of a union, without `null` and `undefined`. The grammar nests `A | B | C` to the left.
fn flatten<'t>(mut node: Node<'t>, options: &mut Vec<Node<'t>>) {
    loop {
        let mut sides = tree::named(node);
        let left = sides.first().copied().filter(|left| left.kind() == "union_type");
        if left.is_some() {
            sides.remove(0);
        }
        options.extend(sides.into_iter().filter(|side| side.kind() != "literal_type"));
        match left {
            Some(left) => node = left,
            None => return,
        }
    }
}

/// `x as T`, `<T>x`. A type without a name, `any` above all, leaves what is known of `x`.
pub(super) fn cast(l: &mut Lowerer<'_>, node: Node<'_>, scope: ScopeId) -> ExprId {
    let mut parts = tree::named(node);
    if node.kind() == "type_assertion" {
        parts.reverse();
    }
    let Some(value) = parts.first() else { return l.rest(node, scope) };
    let value = l.expr(*value, scope);
    let class = parts.get(1).map(|class| match class.kind() {
        "type_arguments" => tree::named(*class).into_iter().next().unwrap_or(*class),
        _ => *class,
    });
    match class.and_then(|class| class_of(l, class, scope)) {
        Some(class) => l.add(Expr::Cast { value, class }, node, scope),
        None => value,
    }
}
