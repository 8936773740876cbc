//! Functions, methods and arrow functions.

use tree_sitter::Node;

use super::{binding, types};
use crate::program::lower::Lowerer;
use crate::program::module::{DefinitionKind, Expr, ExprId, How, Param, ScopeId, ScopeKind, Target};
use crate::tree;

/// `function f() {…}`, and a signature that only says what `f` is like.
pub(super) fn declaration(l: &mut Lowerer<'_>, node: Node<'_>, scope: ScopeId) -> ExprId {
    let name = tree::field(node, "name").map_or("", |name| l.text(name)).to_owned();
    named(l, name, node, scope)
}

/// A function that is known as `name` in `scope`: also `const name = () => …`, a method, a field that is a function.
pub(super) fn named(l: &mut Lowerer<'_>, name: String, node: Node<'_>, scope: ScopeId) -> ExprId {
    let LoweredFunction { id, returns, inner, params } = lower(l, node, None, scope);
    l.takes(&name, params, inner);
    l.define(&name, DefinitionKind::Function, Vec::new(), returns, scope);
    id
}

/// A function that nobody calls by name. `argument` is what its first parameter will be, if that is known.
pub(super) fn function(l: &mut Lowerer<'_>, node: Node<'_>, argument: Option<ExprId>, scope: ScopeId) -> ExprId {
    lower(l, node, argument, scope).id
}

/// A function that has been lowered.
struct LoweredFunction {
    id: ExprId,
    /// The class of the objects that it gives back, if it says so.
    returns: Option<ExprId>,
    /// The scope of its body.
    inner: ScopeId,
    params: Vec<Param>,
}

fn lower(l: &mut Lowerer<'_>, node: Node<'_>, argument: Option<ExprId>, scope: ScopeId) -> LoweredFunction {
    let inner = l.module.open(ScopeKind::Function, scope, tree::span(node));
    // `x => …` has one parameter, without a list.
    let list = tree::field(node, "parameters").map(tree::named);
    let list = list.unwrap_or_else(|| tree::field(node, "parameter").into_iter().collect());
    let mut params = Vec::new();
    for (at, param) in list.into_iter().enumerate() {
        params.extend(parameter(l, param, argument.filter(|_| at == 0), inner));
    }
    let declared = types::field(l, node, "return_type", inner);
    let (body, made) = match tree::field(node, "body") {
        Some(body) => self::body(l, body, inner),
        None => (None, None),
    };
    let id = l.add(Expr::Other(body.into_iter().collect()), node, scope);
    LoweredFunction { id, returns: declared.or(made), inner, params }
}

/// The body, and the class of which it returns a `new` object at its end: JavaScript cannot declare it.
fn body(l: &mut Lowerer<'_>, body: Node<'_>, inner: ScopeId) -> (Option<ExprId>, Option<ExprId>) {
    if body.kind() != "statement_block" {
        let value = l.expr(body, inner);
        l.gives(value, inner);
        return (Some(value), made(l, value));
    }
    let mut children = Vec::new();
    let mut class = None;
    for statement in tree::named(body) {
        let id = l.expr(statement, inner);
        children.push(id);
        if let ("return_statement", Expr::Other(values)) = (statement.kind(), &l.module.node(id).expr) {
            class = values.first().and_then(|value| made(l, *value));
        }
    }
    (Some(l.add(Expr::Other(children), body, inner)), class)
}

/// The class of `new C(…)`.
fn made(l: &Lowerer<'_>, value: ExprId) -> Option<ExprId> {
    match &l.module.node(value).expr {
        Expr::Call { callee, how: How::New, .. } => Some(*callee),
        _ => None,
    }
}

/// Binds a parameter. `this` is none.
fn parameter(l: &mut Lowerer<'_>, param: Node<'_>, argument: Option<ExprId>, inner: ScopeId) -> Option<Param> {
    let typed = matches!(param.kind(), "required_parameter" | "optional_parameter");
    let named = tree::field(param, "pattern").or_else(|| tree::field(param, "name"));
    let pattern = if typed { named } else { Some(param) };
    let pattern = pattern?;
    let class = types::field(l, param, "type", inner);
    // A default is what the parameter may be, not what it is: calls in it are seen, the name stays open.
    let mut default = if typed { l.field(param, "value", inner) } else { None };
    if pattern.kind() == "this" {
        return None;
    }
    let pattern = match pattern.kind() {
        "assignment_pattern" => {
            default = l.field(pattern, "right", inner);
            tree::field(pattern, "left").unwrap_or(pattern)
        }
        _ => pattern,
    };
    l.module.handed_on.extend(default);
    if pattern.kind() != "identifier" {
        let value = class.map(|class| {
            let anything = l.add(Expr::Other(Vec::new()), pattern, inner);
            l.add(Expr::Cast { value: anything, class }, pattern, inner)
        });
        binding::pattern(l, pattern, argument.or(value), None, param, inner);
        return Some(Param { name: String::new(), default });
    }
    let name = l.text(pattern).to_owned();
    binding::pattern(l, pattern, argument, class, param, inner);
    if declares_field(param) {
        l.bind(Target::Field(name.clone()), None, class, param, inner);
    }
    Some(Param { name, default })
}

/// `constructor(private x: T)` declares a field.
fn declares_field(param: Node<'_>) -> bool {
    let mut cursor = param.walk();
    param.children(&mut cursor).any(|c| matches!(c.kind(), "accessibility_modifier" | "override_modifier" | "readonly"))
}
