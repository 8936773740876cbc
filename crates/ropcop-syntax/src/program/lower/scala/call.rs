//! Calls, and objects that are made with and without `new`.

use tree_sitter::Node;

use super::super::Lowerer;
use super::{fields, given, literal, plain, statement, types};
use crate::Span;
use crate::program::module::{Argument, Expr, ExprId, How, ScopeId, ScopeKind};
use crate::tree;

/// Classes whose objects are lists of what they are made of.
const LISTS: &[&str] = &[
    "List",
    "Seq",
    "Vector",
    "Array",
    "Set",
    "IndexedSeq",
    "LinearSeq",
    "LazyList",
    "Stream",
    "ListBuffer",
    "ArrayBuffer",
    "Buffer",
    "Iterator",
    "NonEmptyList",
    "Chunk",
];

pub(super) fn visit(l: &mut Lowerer<'_>, node: Node<'_>, scope: ScopeId) -> ExprId {
    // A call takes more of the stack than other expressions.
    l.deeper(|l| lower(l, node, scope)).unwrap_or_else(|| l.too_deep(node, scope))
}

fn lower(l: &mut Lowerer<'_>, node: Node<'_>, scope: ScopeId) -> ExprId {
    let (Some(function), Some(list)) = (tree::field(node, "function"), tree::field(node, "arguments")) else {
        return l.rest(node, scope);
    };
    let bare = match function.kind() {
        "generic_function" => tree::field(function, "function").unwrap_or(function),
        _ => function,
    };
    match (bare.kind(), plain(l, bare)) {
        ("identifier", name) if LISTS.contains(&name) => {
            let items = arguments(l, list, scope).into_iter().map(|arg| arg.value).collect();
            return l.add(Expr::List(items), node, scope);
        }
        ("identifier", "Map") => return map(l, list, node, scope),
        ("field_expression", "String.format") => {
            let args = arguments(l, list, scope);
            return l.format(args, node, scope);
        }
        ("field_expression", _) => {
            if let Some(text) = of_text(l, bare, list, node, scope) {
                return text;
            }
        }
        _ => {}
    }
    let callee = l.expr(function, scope);
    // `"…".!(log)` runs the text, with or without an argument.
    if let Expr::Call { callee: inner, .. } = &l.module.node(callee).expr
        && matches!(&l.module.node(*inner).expr, Expr::Member { name, .. } if super::operator::is_process(name))
        && function.kind() == "field_expression"
    {
        arguments(l, list, scope);
        return callee;
    }
    let how = if begins_upper(l, callee) { How::New } else { How::Call };
    let args = arguments(l, list, scope);
    l.add(Expr::Call { callee, args, how }, node, scope)
}

/// By custom a class begins with a capital letter.
fn begins_upper(l: &Lowerer<'_>, callee: ExprId) -> bool {
    match &l.module.node(callee).expr {
        Expr::Name(name) | Expr::Member { name, .. } => name.starts_with(char::is_uppercase),
        _ => false,
    }
}

/// `"…%s".format(x)` and `"…".stripMargin('|')`.
fn of_text(l: &mut Lowerer<'_>, field: Node<'_>, list: Node<'_>, node: Node<'_>, scope: ScopeId) -> Option<ExprId> {
    let (value, name) = (tree::field(field, "value")?, tree::field(field, "field")?);
    if !literal::is_text(value) {
        return None;
    }
    match l.text(name) {
        "stripMargin" => Some(literal::text(l, value, true, node, scope)),
        "format" | "formatted" => {
            let template = l.expr(value, scope);
            let args = arguments(l, list, scope);
            Some(l.add(Expr::Format { template, args }, node, scope))
        }
        _ => None,
    }
}

fn map(l: &mut Lowerer<'_>, list: Node<'_>, node: Node<'_>, scope: ScopeId) -> ExprId {
    let mut entries = Vec::new();
    for pair in tree::named(list) {
        let arrow = tree::field(pair, "operator").map_or("", |sign| l.text(sign));
        match (tree::field(pair, "left"), tree::field(pair, "right")) {
            (Some(key), Some(value)) if arrow == "->" => {
                let key = l.expr(key, scope);
                let value = l.expr(value, scope);
                entries.push((l.known_text(key), value));
            }
            _ => entries.push((None, l.expr(pair, scope))),
        }
    }
    l.add(Expr::Map(entries), node, scope)
}

/// `(a, name = b)`, `{ … }` and `{ case … }`.
fn arguments(l: &mut Lowerer<'_>, list: Node<'_>, scope: ScopeId) -> Vec<Argument> {
    if list.kind() != "arguments" {
        let value = l.expr(list, scope);
        return vec![Argument { name: None, value: given(l, list, value) }];
    }
    let mut args = Vec::new();
    for part in tree::named(list) {
        let (left, right) = (tree::field(part, "left"), tree::field(part, "right"));
        match (part.kind(), left, right) {
            ("assignment_expression", Some(name), Some(value)) if name.kind() == "identifier" => {
                let name = Some(plain(l, name).to_owned());
                args.push(Argument { name, value: l.expr(value, scope) });
            }
            _ => args.push(Argument { name: None, value: l.expr(part, scope) }),
        }
    }
    args
}

/// `f[T]`, `o.asInstanceOf[T]`, `classOf[T]`.
pub(super) fn generic(l: &mut Lowerer<'_>, node: Node<'_>, scope: ScopeId) -> ExprId {
    let Some(function) = tree::field(node, "function") else { return l.rest(node, scope) };
    let of = tree::field(node, "type_arguments").map(tree::named).unwrap_or_default();
    let named = tree::field(function, "field").unwrap_or(function);
    match (l.text(named), of.first(), tree::field(function, "value")) {
        ("classOf", ..) => l.nothing(node, scope),
        ("asInstanceOf", Some(of), Some(value)) => {
            let class = types::class(l, *of, scope).class;
            let value = l.expr(value, scope);
            match class {
                Some(class) => l.add(Expr::Cast { value, class }, node, scope),
                None => value,
            }
        }
        ("isInstanceOf", _, Some(value)) => {
            let value = l.expr(value, scope);
            l.add(Expr::Compare(vec![value]), node, scope)
        }
        _ => l.expr(function, scope),
    }
}

/// `new T(x) with U { … }`.
pub(super) fn creation(l: &mut Lowerer<'_>, node: Node<'_>, scope: ScopeId) -> ExprId {
    l.deeper(|l| created(l, node, scope)).unwrap_or_else(|| l.too_deep(node, scope))
}

fn created(l: &mut Lowerer<'_>, node: Node<'_>, scope: ScopeId) -> ExprId {
    let parts = tree::named(node);
    let mut of = parts.first().copied();
    // The grammar puts the arguments into the type where more types follow.
    while let Some(base) = of.filter(|of| of.kind() == "compound_type").and_then(|of| tree::field(of, "base")) {
        of = Some(base);
    }
    let applied = of.filter(|of| of.kind() == "applied_constructor_type").map(tree::named).unwrap_or_default();
    let class = of.map(|of| types::class(l, of, scope)).unwrap_or_default().class;
    let lists: Vec<_> = fields(node, "arguments").into_iter().chain(applied).collect();
    let lists = lists.into_iter().filter(|list| list.kind() == "arguments");
    let args: Vec<_> = lists.flat_map(|list| arguments(l, list, scope)).collect();
    if let Some(body) = parts.iter().find(|part| part.kind() == "template_body") {
        let name = format!("{}$", body.start_byte());
        let inner = l.module.open(ScopeKind::Class(name), scope, tree::span(*body));
        l.declare_base(class, inner);
        statement(l, *body, inner);
    }
    match class {
        Some(callee) => made(l, callee, args, node, scope),
        None => l.add(Expr::Other(args.into_iter().map(|arg| arg.value).collect()), node, scope),
    }
}

fn made(l: &mut Lowerer<'_>, callee: ExprId, args: Vec<Argument>, node: Node<'_>, scope: ScopeId) -> ExprId {
    let is_list = args.is_empty()
        && matches!(&l.module.node(callee).expr, Expr::Name(name) if name.ends_with("Buffer") || name.ends_with("List"));
    match is_list {
        true => l.add(Expr::List(Vec::new()), node, scope),
        false => l.add(Expr::Call { callee, args, how: How::New }, node, scope),
    }
}

/// `extends T(x)` makes a `T`.
pub(super) fn base(l: &mut Lowerer<'_>, of: ExprId, lists: &[Node<'_>], scope: ScopeId) -> Option<ExprId> {
    let last = lists.last()?;
    let args: Vec<_> = lists.iter().flat_map(|list| arguments(l, *list, scope)).collect();
    let span = Span::new(l.module.node(of).span.start, last.end_byte());
    Some(l.module.add(Expr::Call { callee: of, args, how: How::New }, span, scope))
}
