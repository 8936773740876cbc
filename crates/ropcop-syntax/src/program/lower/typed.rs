//! What C#, Java and their relatives share: names are declared, mostly with a type, and a member of the class needs no `this`.

use std::collections::HashMap;

use tree_sitter::Node;

use super::Lowerer;
use crate::Span;
use crate::program::module::{Argument, Bind, Expr, ExprId, How, ScopeId, ScopeKind, Target, TextPart};
use crate::tree;

/// The declared names of each scope.
///
/// A lowering needs them for two questions that the text of an assignment leaves open: whether `x = …` means a
/// variable or a field, and what `x = new(…)` makes.
pub(super) type DeclaredTypes = HashMap<ScopeId, HashMap<String, Type>>;

/// A written type.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Type {
    /// The type itself; none for `var`, arrays and tuples, which have no members that matter.
    pub(super) class: Option<ExprId>,
    /// What a collection of this type holds.
    pub(super) element: Option<ExprId>,
}

/// The result of a function is kept among its names, under a word that cannot be one.
const RESULT: &str = "return";

impl Lowerer<'_> {
    /// Notes that `name` is declared in `scope`.
    pub(super) fn declare(&mut self, name: &str, class: Type, scope: ScopeId) {
        self.declared.entry(scope).or_default().insert(name.to_owned(), class);
    }

    /// Notes what a function gives back.
    pub(super) fn declare_result(&mut self, class: Type, scope: ScopeId) {
        self.declare(RESULT, class, scope);
    }

    /// Declares a variable or parameter and binds it.
    pub(super) fn variable(&mut self, name: &str, value: Option<ExprId>, class: Type, node: Node<'_>, scope: ScopeId) {
        self.declare(name, class, scope);
        self.aim(value, class);
        self.bind(Target::Name(name.to_owned()), value, class.class, node, scope);
    }

    /// Declares a field of the class whose scope is `scope` and binds it.
    pub(super) fn field_of(&mut self, name: &str, value: Option<ExprId>, class: Type, node: Node<'_>, scope: ScopeId) {
        self.declare(name, class, scope);
        self.aim(value, class);
        self.bind(Target::Field(name.to_owned()), value, class.class, node, scope);
    }

    /// Declares a name, which is a field where `scope` is that of a class.
    pub(super) fn named(&mut self, name: &str, value: Option<ExprId>, class: Type, node: Node<'_>, scope: ScopeId) {
        match self.is_class(scope) {
            true => self.field_of(name, value, class, node, scope),
            false => self.variable(name, value, class, node, scope),
        }
    }

    /// The type that `name` was declared with in this very scope.
    pub(super) fn declared_here(&self, name: &str, scope: ScopeId) -> Option<Type> {
        self.declared.get(&scope).and_then(|names| names.get(name)).copied()
    }

    /// Where `name` is declared, from `scope` up to the class around it, and its type.
    pub(super) fn declaration(&self, name: &str, scope: ScopeId) -> Option<(ScopeId, Type)> {
        let mut next = Some(scope);
        while let Some(scope) = next {
            if let Some(class) = self.declared_here(name, scope) {
                return Some((scope, class));
            }
            next = if self.is_class(scope) { None } else { self.module.scopes[scope.0].parent };
        }
        None
    }

    pub(super) fn is_class(&self, scope: ScopeId) -> bool {
        matches!(self.module.scopes[scope.0].kind, ScopeKind::Class(_))
    }

    fn in_class(&self, scope: ScopeId) -> bool {
        let parent = |scope: &ScopeId| self.module.scopes[scope.0].parent;
        std::iter::successors(Some(scope), parent).any(|scope| self.is_class(scope))
    }

    /// Says of a target-typed `new(…)` in `value` what it makes: the type of the thing that it is given to.
    pub(super) fn aim(&mut self, value: Option<ExprId>, class: Type) {
        let mut open: Vec<(ExprId, Type)> = value.into_iter().map(|value| (value, class)).collect();
        while let Some((value, class)) = open.pop() {
            let element = Type { class: class.element, element: None };
            match &self.module.node(value).expr {
                Expr::Choice(options) => open.extend(options.iter().map(|option| (*option, class))),
                Expr::List(items) => open.extend(items.iter().map(|item| (*item, element))),
                Expr::Map(entries) => open.extend(entries.iter().map(|(_, value)| (*value, element))),
                Expr::Call { callee, how: How::New, .. } => {
                    if let Some(class) = class.class {
                        self.aim_callee(*callee, class);
                    }
                }
                _ => {}
            }
        }
    }

    /// The type is lowered before the value that it describes, so that its parts can serve the value too.
    fn aim_callee(&mut self, callee: ExprId, class: ExprId) {
        let span = self.module.node(callee).span;
        let open = matches!(&self.module.node(callee).expr, Expr::Name(name) if name.is_empty());
        let made = match &self.module.node(class).expr {
            Expr::Name(name) => Expr::Name(name.clone()),
            Expr::Member { object, name, .. } => Expr::Member { object: *object, name: name.clone(), name_span: span },
            _ => return,
        };
        if open && class < callee {
            self.module.exprs[callee.0].expr = made;
        }
    }

    /// `return value`, or the body of a function that is one expression.
    pub(super) fn give_back(&mut self, value: Option<ExprId>, scope: ScopeId) {
        if let Some((_, class)) = self.declaration(RESULT, scope) {
            self.aim(value, class);
        }
    }

    /// `left = value`, with the left side lowered already.
    pub(super) fn assign(&mut self, left: ExprId, value: ExprId, append: bool, node: Node<'_>, scope: ScopeId) {
        if let (Expr::List(left), Expr::List(values)) = (&self.module.node(left).expr, &self.module.node(value).expr) {
            let pairs: Vec<_> = left.iter().copied().zip(values.iter().copied()).collect();
            // One level is what people write; a tuple inside a tuple is left alone.
            for (left, value) in pairs {
                self.assign_one(left, value, append, node, scope);
            }
            return;
        }
        self.assign_one(left, value, append, node, scope);
    }

    fn assign_one(&mut self, left: ExprId, value: ExprId, append: bool, node: Node<'_>, scope: ScopeId) {
        let Some(target) = self.target(left, scope) else { return };
        if let Target::Name(name) | Target::Field(name) = &target
            && let Some((_, class)) = self.declaration(name, scope)
        {
            self.aim(Some(value), class);
        }
        let span = tree::span(node);
        self.module.binds.push(Bind { target, value: Some(value), class: None, append, scope, span });
    }

    fn target(&self, left: ExprId, scope: ScopeId) -> Option<Target> {
        match &self.module.node(left).expr {
            Expr::Name(name) => match self.declaration(name, scope) {
                Some((found, _)) if self.is_class(found) => Some(Target::Field(name.clone())),
                // A name that is declared nowhere in the method is inherited, or declared further down.
                None if self.in_class(scope) => Some(Target::Field(name.clone())),
                _ => Some(Target::Name(name.clone())),
            },
            Expr::Member { object, name, .. } => match &self.module.node(*object).expr {
                Expr::This | Expr::Super => Some(Target::Field(name.clone())),
                _ => Some(Target::Key(self.plain(*object)?, name.clone())),
            },
            Expr::Index { object, index } => Some(Target::Key(self.plain(*object)?, self.known_text(*index)?)),
            _ => None,
        }
    }

    /// `x` of `x` and of `this.x`, `x.y` of `x.y`.
    fn plain(&self, object: ExprId) -> Option<String> {
        match &self.module.node(object).expr {
            Expr::Name(name) => Some(name.clone()),
            Expr::Member { object, name, .. } if matches!(self.module.node(*object).expr, Expr::This | Expr::Super) => {
                Some(name.clone())
            }
            Expr::Member { object, name, .. } => Some(format!("{}.{name}", self.plain(*object)?)),
            _ => None,
        }
    }

    /// The text of a literal without holes.
    pub(super) fn known_text(&self, id: ExprId) -> Option<String> {
        match &self.module.node(id).expr {
            Expr::Text(parts) => match &parts[..] {
                [] => Some(String::new()),
                [TextPart::Known(known)] => Some(known.text.clone()),
                _ => None,
            },
            _ => None,
        }
    }

    /// `Format("…{0}", x)`: the first argument may say for which culture.
    pub(super) fn format(&mut self, mut args: Vec<Argument>, node: Node<'_>, scope: ScopeId) -> ExprId {
        let is_text = |arg: &Argument| {
            matches!(self.module.node(arg.value).expr, Expr::Text(_) | Expr::Concat(_) | Expr::Format { .. })
        };
        let named = args.iter().position(|arg| arg.name.as_deref() == Some("format"));
        let template = match &args[..] {
            _ if named.is_some() => named.unwrap_or_default(),
            [first, second, ..] if !is_text(first) && (is_text(second) || self.is_culture(first.value)) => 1,
            _ => 0,
        };
        if template >= args.len() {
            return self.add(Expr::Other(Vec::new()), node, scope);
        }
        let rest = args.split_off(template + 1);
        let template = args[template].value;
        self.add(Expr::Format { template, args: rest }, node, scope)
    }

    fn is_culture(&self, id: ExprId) -> bool {
        let Span { start, end } = self.module.node(id).span;
        let text = self.source.get(start..end).unwrap_or_default();
        text == "null" || ["CultureInfo.", "Locale."].iter().any(|class| text.contains(class))
    }

    /// All operands of `a + b + c`, which the grammars nest to the left: long texts are written that way, deeper than
    /// a lowering may look.
    pub(super) fn sum(&mut self, node: Node<'_>, scope: ScopeId) -> ExprId {
        let is_sum = |node: Node<'_>| {
            node.kind() == "binary_expression" && tree::field(node, "operator").is_some_and(|sign| sign.kind() == "+")
        };
        let (mut operands, mut left) = (Vec::new(), node);
        while is_sum(left) {
            operands.extend(tree::field(left, "right"));
            match tree::field(left, "left") {
                Some(next) => left = next,
                None => break,
            }
        }
        if !is_sum(left) {
            operands.push(left);
        }
        let operands = operands.into_iter().rev().map(|operand| self.expr(operand, scope)).collect();
        self.add(Expr::Concat(operands), node, scope)
    }

    /// Lists put one behind the other, with single items between them: `list + "x" + more`.
    pub(super) fn joined(&mut self, parts: Vec<ExprId>, node: Node<'_>, scope: ScopeId) -> ExprId {
        let is_item = |l: &Self, part: ExprId| {
            matches!(l.module.node(part).expr, Expr::Text(_) | Expr::Concat(_) | Expr::Format { .. } | Expr::Spread(_))
        };
        let mut items = Vec::with_capacity(parts.len());
        for part in parts {
            let part = self.listed(part);
            let span = self.module.node(part).span;
            let item = if is_item(self, part) { part } else { self.module.add(Expr::Spread(part), span, scope) };
            items.push(item);
        }
        self.add(Expr::List(items), node, scope)
    }

    /// Of `if (x) list else nothing`, the list: what may be added counts as added.
    fn listed(&self, part: ExprId) -> ExprId {
        let Expr::Choice(options) = &self.module.node(part).expr else { return part };
        let is_list =
            |option: &&ExprId| matches!(&self.module.node(**option).expr, Expr::List(items) if !items.is_empty());
        options.iter().find(is_list).copied().unwrap_or(part)
    }

    /// The class of which an expression makes an object.
    pub(super) fn made(&self, value: ExprId) -> Option<ExprId> {
        match &self.module.node(value).expr {
            Expr::Call { callee, how: How::New, .. } => Some(*callee),
            _ => None,
        }
    }

    /// A node that is left out, with all it holds: attributes, `nameof(x)`, `typeof(T)`.
    pub(super) fn nothing(&mut self, node: Node<'_>, scope: ScopeId) -> ExprId {
        self.add(Expr::Other(Vec::new()), node, scope)
    }

    /// A statement that runs only sometimes.
    pub(super) fn branch(&mut self, node: Node<'_>, scope: ScopeId) -> ExprId {
        let inner = self.module.open(ScopeKind::Block, scope, tree::span(node));
        self.expr(node, inner)
    }

    /// A call of the base class's constructor (`: base(x)`, `super(x)`) makes an object of that class too. `span` runs
    /// from the word for the base to the end of the call.
    pub(super) fn base_call(
        &mut self,
        base: Option<ExprId>,
        word: Span,
        args: Vec<Argument>,
        span: Span,
        scope: ScopeId,
    ) -> ExprId {
        let callee = match base.map(|base| &self.module.node(base).expr) {
            Some(Expr::Name(name)) => Expr::Name(name.clone()),
            Some(Expr::Member { object, name, .. }) => {
                Expr::Member { object: *object, name: name.clone(), name_span: word }
            }
            _ => {
                let args = args.into_iter().map(|arg| arg.value).collect();
                return self.module.add(Expr::Other(args), span, scope);
            }
        };
        let callee = self.module.add(callee, word, scope);
        self.module.add(Expr::Call { callee, args, how: How::New }, span, scope)
    }

    /// The first base of the class around `scope`.
    pub(super) fn base_of(&self, scope: ScopeId) -> Option<ExprId> {
        let parent = |scope: &ScopeId| self.module.scopes[scope.0].parent;
        let class = std::iter::successors(Some(scope), parent).find(|scope| self.is_class(*scope))?;
        self.declared_here(BASE, class).and_then(|base| base.class)
    }

    /// Notes the first base of a class.
    pub(super) fn declare_base(&mut self, base: Option<ExprId>, scope: ScopeId) {
        self.declare(BASE, Type { class: base, element: None }, scope);
    }
}

/// The base of a class is kept among its names, too.
const BASE: &str = ":";
