//! Calls, and those that are really something else.

use tree_sitter::Node;

use super::{table, text};
use crate::program::lower::Lowerer;
use crate::program::module::{Expr, ExprId, How, Import, Module, ScopeId};
use crate::tree;

pub(super) fn call(l: &mut Lowerer<'_>, node: Node<'_>, scope: ScopeId) -> ExprId {
    let (Some(callee), Some(list)) = (tree::field(node, "name"), tree::field(node, "arguments")) else {
        return l.rest(node, scope);
    };
    let args = tree::named(list);
    if let Some(id) = special(l, callee, &args, node, scope) {
        return id;
    }
    let callee = match callee.kind() {
        "method_index_expression" => table::member(l, callee, scope),
        _ => l.expr(callee, scope),
    };
    let args = l.arguments(&args, scope);
    l.add(Expr::Call { callee, args, how: How::Call }, node, scope)
}

/// Calls of the language's own functions that are another way to write something else.
fn special(l: &mut Lowerer<'_>, callee: Node<'_>, args: &[Node<'_>], node: Node<'_>, scope: ScopeId) -> Option<ExprId> {
    if callee.kind() == "method_index_expression" {
        return method(l, callee, args, node, scope);
    }
    let (first, more) = args.split_first()?;
    match (l.text(callee), more) {
        ("require", []) => Some(module(l, &text::known(l, *first)?, node, scope)),
        // They give back what they are given; the rest is a message, or says how the table behaves.
        ("assert" | "setmetatable", _) => {
            let given = l.expr(*first, scope);
            let said: Vec<ExprId> = more.iter().map(|arg| l.expr(*arg, scope)).collect();
            if !said.is_empty() {
                l.add(Expr::Compare(said), node, scope);
            }
            Some(given)
        }
        ("string.format", _) => {
            let template = l.expr(*first, scope);
            let args = l.arguments(more, scope);
            Some(l.add(Expr::Format { template, args }, node, scope))
        }
        // `pcall(f, x)` is `f(x)`, and so is `xpcall(f, handler, x)`.
        ("pcall", _) => Some(protected(l, *first, more, node, scope)),
        ("xpcall", [handler, more @ ..]) => {
            l.expr(*handler, scope);
            Some(protected(l, *first, more, node, scope))
        }
        // `table.insert(list, x)` is what others write as `list.append(x)`; a place before the value says only where.
        ("table.insert", [.., value]) if first.kind() == "identifier" => {
            table::is_list(l, *first);
            let (object, name_span) = (l.expr(*first, scope), tree::span(callee));
            let callee = l.add(Expr::Member { object, name: "append".to_owned(), name_span }, callee, scope);
            let args = l.arguments(std::slice::from_ref(value), scope);
            Some(l.add(Expr::Call { callee, args, how: How::Call }, node, scope))
        }
        _ => None,
    }
}

fn protected(l: &mut Lowerer<'_>, callee: Node<'_>, args: &[Node<'_>], node: Node<'_>, scope: ScopeId) -> ExprId {
    let path = (l.text(callee) == "require").then(|| args.first().and_then(|arg| text::known(l, *arg))).flatten();
    if let Some(path) = path {
        return module(l, &path, node, scope);
    }
    let callee = l.expr(callee, scope);
    let args = l.arguments(args, scope);
    l.add(Expr::Call { callee, args, how: How::Call }, node, scope)
}

/// `("…%s"):format(x)`.
fn method(l: &mut Lowerer<'_>, callee: Node<'_>, args: &[Node<'_>], node: Node<'_>, scope: ScopeId) -> Option<ExprId> {
    let object = tree::field(callee, "table")?;
    let is_text = matches!(object.kind(), "string" | "parenthesized_expression" | "identifier");
    if l.text(tree::field(callee, "method")?) != "format" || !is_text {
        return None;
    }
    let template = l.expr(object, scope);
    let args = l.arguments(args, scope);
    Some(l.add(Expr::Format { template, args }, node, scope))
}

/// The module that `require` gives, as an expression. No name of a program contains a colon.
fn module(l: &mut Lowerer<'_>, path: &str, node: Node<'_>, scope: ScopeId) -> ExprId {
    // `a/b` is another way to write `a.b`; `./a` is a file beside this one.
    let relative = path.starts_with('.');
    let path = if relative { path.to_owned() } else { path.replace('/', ".") };
    let name = format!("require:{path}");
    if l.known.insert(name.clone()) {
        l.module.imports.push(Import { path, name: Some(name.clone()), relative, scope: Module::FILE });
    }
    l.add(Expr::Name(name), node, scope)
}
