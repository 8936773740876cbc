//! Calls, and the functions of the language that are another way to write something else.

use tree_sitter::Node;

use crate::Span;
use crate::program::lower::Lowerer;
use crate::program::module::{Argument, Expr, ExprId, How, Import, Module, ScopeId, TextPart};
use crate::text::template::MappedText;
use crate::tree;

pub(super) fn call(l: &mut Lowerer<'_>, node: Node<'_>, scope: ScopeId) -> ExprId {
    let (Some(callee), Some(list)) = (tree::field(node, "function"), tree::field(node, "arguments")) else {
        return l.rest(node, scope);
    };
    let args = arguments(l, list, scope);
    if let Some(id) = special_call(l, callee, &args, node, scope) {
        return id;
    }
    // "…{}".format(x): the text is the object of the callee.
    if callee.kind() == "attribute" && tree::field(callee, "attribute").is_some_and(|name| l.text(name) == "format") {
        let object = tree::field(callee, "object");
        let object = object.filter(|o| {
            matches!(
                o.kind(),
                "string" | "concatenated_string" | "identifier" | "parenthesized_expression" | "attribute"
            )
        });
        if let Some(object) = object {
            let template = l.expr(object, scope);
            return l.add(Expr::Format { template, args }, node, scope);
        }
    }
    let callee = l.expr(callee, scope);
    l.add(Expr::Call { callee, args, how: How::Call }, node, scope)
}

/// Calls of the language's own functions that are another way to write something else.
fn special_call(
    l: &mut Lowerer<'_>,
    callee: Node<'_>,
    args: &[Argument],
    node: Node<'_>,
    scope: ScopeId,
) -> Option<ExprId> {
    let first = args.first().map(|arg| arg.value);
    let following = || clone(args.get(1..).unwrap_or_default());
    let expr = match l.text(callee) {
        // `getattr(o, "m")` is `o.m`.
        "getattr" => {
            let (name, name_span) = literal(l, args.get(1)?.value)?;
            Expr::Member { object: first?, name, name_span }
        }
        // `partial(f, x)` calls `f` with `x`, later.
        "partial" | "functools.partial" => Expr::Call { callee: first?, args: following(), how: How::Call },
        // `dict(k=v)` is `{"k": v}`.
        "dict" => Expr::Map(args.iter().map(|arg| (arg.name.clone(), arg.value)).collect()),
        // `importlib.import_module("m")` is the module `m`.
        "import_module" | "importlib.import_module" | "__import__" => {
            let (path, _) = literal(l, first?)?;
            let name = format!("import:{path}");
            let relative = path.starts_with('.');
            l.module.imports.push(Import { path, name: Some(name.clone()), relative, scope: Module::FILE });
            Expr::Name(name)
        }
        "super" => Expr::Super,
        // `super().__init__(x)` makes an object of the class above.
        "super().__init__" => {
            let callee = l.first_base(tree::span(callee), scope)?;
            Expr::Call { callee, args: clone(args), how: How::New }
        }
        _ => return None,
    };
    Some(l.add(expr, node, scope))
}

fn clone(args: &[Argument]) -> Vec<Argument> {
    args.iter().map(|arg| Argument { name: arg.name.clone(), value: arg.value }).collect()
}

/// A text that is written right here, and its place.
fn literal(l: &Lowerer<'_>, id: ExprId) -> Option<(String, Span)> {
    let node = l.module.node(id);
    let Expr::Text(parts) = &node.expr else { return None };
    match &parts[..] {
        [TextPart::Known(MappedText { text, .. })] => Some((text.clone(), node.span)),
        _ => None,
    }
}

fn arguments(l: &mut Lowerer<'_>, list: Node<'_>, scope: ScopeId) -> Vec<Argument> {
    let children = if list.kind() == "argument_list" { tree::named(list) } else { vec![list] };
    let mut args = Vec::with_capacity(children.len());
    for child in children {
        let (name, value) = match child.kind() {
            "keyword_argument" => {
                (tree::field(child, "name").map(|n| l.text(n).to_owned()), tree::field(child, "value"))
            }
            _ => (None, Some(child)),
        };
        if let Some(value) = value {
            let value = l.expr(value, scope);
            args.push(Argument { name, value });
        }
    }
    args
}
