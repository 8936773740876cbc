//! Calls, `new`, and the calls that are really something else.

use tree_sitter::Node;

use super::{function, import, text};
use crate::program::lower::Lowerer;
use crate::program::module::{Argument, Expr, ExprId, How, ScopeId};
use crate::tree;

/// What compilers wrap around `require("m")` so that its default export can be read.
const INTEROP: [&str; 6] = [
    "__importDefault",
    "__importStar",
    "__toESM",
    "_interopRequireDefault",
    "_interopRequireWildcard",
    "_interop_require_default",
];

pub(super) fn call(l: &mut Lowerer<'_>, node: Node<'_>, scope: ScopeId) -> ExprId {
    let (Some(callee), Some(list)) = (tree::field(node, "function"), tree::field(node, "arguments")) else {
        return l.rest(node, scope);
    };
    // The arguments of a tagged template are one template; the holes are in it.
    let args = if list.kind() == "arguments" { tree::named(list) } else { vec![list] };
    if let Some(path) = required(l, callee, &args) {
        return import::module(l, &path, node, scope);
    }
    if let Some(id) = transparent(l, callee, &args, node, scope) {
        return id;
    }
    if let Some(id) = method(l, callee, &args, node, scope) {
        return id;
    }
    // `super(x)` makes an object of the class above.
    let base = if callee.kind() == "super" { l.first_base(tree::span(callee), scope) } else { None };
    let how = if base.is_some() { How::New } else { How::Call };
    let callee = base.unwrap_or_else(|| l.expr(callee, scope));
    let args = l.arguments(&args, scope);
    l.add(Expr::Call { callee, args, how }, node, scope)
}

pub(super) fn new(l: &mut Lowerer<'_>, node: Node<'_>, scope: ScopeId) -> ExprId {
    let Some(callee) = l.field(node, "constructor", scope) else { return l.rest(node, scope) };
    let args = tree::field(node, "arguments").map(tree::named).unwrap_or_default();
    let args = l.arguments(&args, scope);
    l.add(Expr::Call { callee, args, how: How::New }, node, scope)
}

/// The module of `require("m")` and `import("m")`.
fn required(l: &Lowerer<'_>, callee: Node<'_>, args: &[Node<'_>]) -> Option<String> {
    let loads = callee.kind() == "import" || (callee.kind() == "identifier" && l.text(callee) == "require");
    text::known(l, *args.first().filter(|_| loads)?)
}

/// Calls that give back what they receive, or a text.
fn transparent(
    l: &mut Lowerer<'_>,
    callee: Node<'_>,
    args: &[Node<'_>],
    node: Node<'_>,
    scope: ScopeId,
) -> Option<ExprId> {
    let name = l.text(callee);
    match args {
        [list] if matches!(name, "Promise.all" | "Promise.resolve" | "Object.freeze") => Some(l.expr(*list, scope)),
        [module, ..] if INTEROP.contains(&name.rsplit('.').next().unwrap_or_default()) => {
            let id = l.expr(*module, scope);
            import::module_path(l, id).map(|_| id)
        }
        [template] if name == "String.raw" => Some(l.expr(*template, scope)),
        [template, values @ ..] if name == "util.format" => {
            let template = l.expr(*template, scope);
            let args = l.arguments(values, scope);
            Some(l.add(Expr::Format { template, args }, node, scope))
        }
        _ => None,
    }
}

/// Methods of promises, functions and texts whose result says more than the call.
fn method(l: &mut Lowerer<'_>, callee: Node<'_>, args: &[Node<'_>], node: Node<'_>, scope: ScopeId) -> Option<ExprId> {
    if callee.kind() != "member_expression" {
        return None;
    }
    let object = tree::field(callee, "object")?;
    let function_like = matches!(object.kind(), "member_expression" | "identifier");
    match l.text(tree::field(callee, "property")?) {
        "then" => then(l, callee, object, args, node, scope),
        // `f.bind(o)` hands `f` on, and `f.call(o, x)` is `f(x)`.
        "bind" if function_like => {
            let id = l.expr(object, scope);
            l.arguments(args, scope);
            Some(id)
        }
        "call" if function_like && object.kind() == "member_expression" && !args.is_empty() => {
            let callee = l.expr(object, scope);
            let args = l.arguments(args, scope).split_off(1);
            Some(l.add(Expr::Call { callee, args, how: How::Call }, node, scope))
        }
        "concat" if matches!(object.kind(), "string" | "template_string") => {
            let mut parts = vec![l.expr(object, scope)];
            parts.extend(args.iter().map(|arg| l.expr(*arg, scope)));
            Some(l.add(Expr::Concat(parts), node, scope))
        }
        _ => None,
    }
}

/// `p.then((x) => …)`: `x` is what `p` promises.
fn then(
    l: &mut Lowerer<'_>,
    callee: Node<'_>,
    object: Node<'_>,
    args: &[Node<'_>],
    node: Node<'_>,
    scope: ScopeId,
) -> Option<ExprId> {
    let (handler, more) = args.split_first()?;
    if !matches!(handler.kind(), "arrow_function" | "function_expression") {
        return None;
    }
    let promised = l.expr(object, scope);
    let property = tree::field(callee, "property")?;
    let (name, name_span) = (l.text(property).to_owned(), tree::span(property));
    let callee = l.add(Expr::Member { object: promised, name, name_span }, callee, scope);
    let value = function::function(l, *handler, Some(promised), scope);
    let mut args = l.arguments(more, scope);
    args.insert(0, Argument { name: None, value });
    Some(l.add(Expr::Call { callee, args, how: How::Call }, node, scope))
}
