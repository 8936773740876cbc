//! Calls, and functions handed on as values.

use std::collections::HashSet;
use std::rc::Rc;

use crate::guest::Reading;
use crate::program::module::{Argument, Expr, ExprId, ExprNode, How, Target};
use crate::program::resolve::Resolver;
use crate::program::usage;
use crate::program::value::Evaluator;
use crate::program::way::Ways;
use crate::vocabulary::show;
use crate::{Arg, Call, CallKind, Origin, Span, Symbol, Value};

/// All calls of a file of which `reading` wants any name, in source order.
pub(crate) fn calls(resolver: &Resolver<'_>, text: &str, reading: &Reading<'_>) -> Vec<Call> {
    let finder = CallFinder {
        resolver,
        text,
        reading,
        ways: Ways::new(resolver),
        given: resolver.module.results.iter().map(|(_, value)| *value).collect(),
    };
    let mut found: Vec<Call> =
        (0..resolver.module.exprs.len()).filter_map(|index| finder.call(ExprId(index))).collect();
    found.sort_by_key(|call| (call.span.start, call.span.end));
    found
}

struct CallFinder<'r, 'm> {
    resolver: &'r Resolver<'m>,
    text: &'r str,
    reading: &'r Reading<'r>,
    ways: Ways<'r, 'm>,
    /// What functions give back.
    given: HashSet<ExprId>,
}

impl CallFinder<'_, '_> {
    fn call(&self, id: ExprId) -> Option<Call> {
        let node = self.resolver.module.node(id);
        match &node.expr {
            Expr::Call { callee, args, how } => {
                let symbols = self.kept(*callee)?;
                // An override that hands on does nothing of its own; who calls it does.
                if self.resolver.forwards(*callee) {
                    return None;
                }
                let kind = match how {
                    How::Call => CallKind::Call,
                    How::New => CallKind::New,
                    How::Literal => CallKind::Literal,
                };
                let span = self.callee_span(node, *callee);
                Some(self.fact(id, symbols, kind, self.args(args), span))
            }
            Expr::Name(_) | Expr::Member { .. } => self.reference(id, node),
            _ => None,
        }
    }

    /// A function that is handed to a call, put in a list or map, given back or kept for later, without being called.
    fn reference(&self, id: ExprId, node: &ExprNode) -> Option<Call> {
        let module = self.resolver.module;
        let following: &[Argument] = match self.resolver.parent(id).map(|parent| (parent, &module.node(parent).expr)) {
            Some((_, Expr::Call { args, .. })) => {
                let index = args.iter().position(|arg| arg.value == id)?;
                &args[index + 1..]
            }
            Some((map, Expr::Map(entries))) => {
                let (key, _) = entries.iter().find(|(_, value)| *value == id)?;
                if self.is_exported(map, id) || self.is_looked_up(map, key.as_deref()) {
                    return None;
                }
                &[]
            }
            Some((_, Expr::List(_) | Expr::Gather(_))) => &[],
            _ if self.given.contains(&id) || module.handed_on.contains(&id) => &[],
            _ => return None,
        };
        if self.receivers(id).iter().any(|name| show::replaces(name) || show::asks(name)) {
            return None;
        }
        // The result of a call is not the function that was called.
        let found = self.resolver.symbols(id);
        if found.iter().any(|symbol| symbol.path.ends_with("()")) {
            return None;
        }
        // A plain name that leads nowhere is a value like any other.
        if matches!(node.expr, Expr::Name(_)) && found.iter().all(|symbol| symbol.origin == Origin::Unknown) {
            return None;
        }
        let symbols = self.kept(id)?;
        let span = match node.expr {
            Expr::Member { name_span, .. } if !self.is_one_line(node.span) => name_span,
            _ => node.span,
        };
        Some(self.fact(id, symbols, CallKind::Reference, self.args(following), span))
    }

    /// Whether a name stands in an object that the file gives to others under this very name: `exports = { f }`.
    fn is_exported(&self, map: ExprId, id: ExprId) -> bool {
        let before = self.text.get(..self.resolver.module.node(id).span.start).unwrap_or_default().trim_end();
        let is_variable = self.resolver.bound(map).any(|bind| matches!(bind.target, Target::Name(_)));
        before.ends_with(['{', ',']) && !is_variable
    }

    /// Whether the file looks the key of a table up: who calls what is found there is seen by itself.
    fn is_looked_up(&self, map: ExprId, key: Option<&str>) -> bool {
        let Some(key) = key else { return false };
        let module = self.resolver.module;
        let is_it = |id: ExprId| match &module.node(id).expr {
            Expr::Member { name, .. } => name == key,
            Expr::Index { index, .. } => Evaluator::new(self.resolver).text(*index).as_deref() == Some(key),
            _ => false,
        };
        self.resolver.bound(map).any(|bind| match &bind.target {
            Target::Name(name) | Target::Field(name) => {
                let uses = self.resolver.mentions(name).iter().filter_map(|mention| self.resolver.parent(*mention));
                uses.into_iter().any(is_it)
            }
            _ => false,
        })
    }

    /// The names of the function that a value is handed to, by itself or in a list: `mock.patch.object`.
    fn receivers(&self, id: ExprId) -> Vec<String> {
        let module = self.resolver.module;
        let mut at = self.resolver.parent(id);
        while let Some(parent) = at {
            match &module.node(parent).expr {
                Expr::Call { callee, .. } => {
                    let mut names = vec![usage::last_name(self.resolver, *callee)];
                    let mut owner = *callee;
                    while let Expr::Member { object, .. } = &module.node(owner).expr {
                        owner = *object;
                        names.push(usage::last_name(self.resolver, owner));
                    }
                    return names;
                }
                Expr::List(_) | Expr::Gather(_) | Expr::Map(_) => at = self.resolver.parent(parent),
                _ => break,
            }
        }
        Vec::new()
    }

    /// The symbols of a callee, if anybody wants one of them.
    fn kept(&self, callee: ExprId) -> Option<Rc<[Symbol]>> {
        // The written name decides in nearly every case, and costs nothing.
        let symbols = self.resolver.symbols(callee);
        symbols.iter().any(|symbol| self.reading.wants(&symbol.path)).then_some(symbols)
    }

    fn fact(&self, id: ExprId, symbols: Rc<[Symbol]>, kind: CallKind, args: Vec<Arg>, span: Span) -> Call {
        let node = self.resolver.module.node(id);
        let follows = symbols.iter().any(|symbol| self.reading.follows(&symbol.path));
        Call {
            symbols: symbols.to_vec(),
            kind,
            args,
            span,
            statement: statement(self.resolver, id),
            function: self.resolver.function_of(node.scope),
            ways: if follows { self.ways.of_call(id) } else { Vec::new() },
        }
    }

    fn args(&self, args: &[Argument]) -> Vec<Arg> {
        let evaluator = Evaluator::new(self.resolver);
        let mut position = Some(0);
        let mut found = Vec::with_capacity(args.len());
        for arg in args {
            let node = self.resolver.module.node(arg.value);
            if matches!(node.expr, Expr::Spread(_)) {
                // It stands for any number of arguments: nothing behind it has a known position.
                position = None;
            }
            let spread = matches!(node.expr, Expr::Spread(_));
            let value = if spread { self.spread(arg.value) } else { evaluator.value(arg.value) };
            let at = if arg.name.is_none() { position } else { None };
            if arg.name.is_none() {
                position = position.map(|position| position + 1);
            }
            found.push(Arg { name: arg.name.clone(), position: at, value, span: node.span });
        }
        found
    }

    /// `**options`: the entries of a dictionary that the file itself writes.
    fn spread(&self, id: ExprId) -> Value {
        match &self.resolver.module.node(id).expr {
            Expr::Spread(inner) => Evaluator::new(self.resolver).value(*inner),
            _ => Value::Dynamic { name: None },
        }
    }

    /// The place to report: from the start of the callee if it stands on one line, else its last name.
    fn callee_span(&self, node: &ExprNode, callee: ExprId) -> Span {
        let callee = self.resolver.module.node(callee);
        if !node.span.contains(callee.span) {
            // Target-typed `new(…)`: the class stands elsewhere.
            return self.first_line(node.span);
        }
        let whole = Span::new(node.span.start, callee.span.end);
        match &callee.expr {
            _ if self.is_one_line(whole) => whole,
            Expr::Member { name_span, .. } => *name_span,
            _ => self.first_line(whole),
        }
    }

    fn is_one_line(&self, span: Span) -> bool {
        self.text.get(span.start..span.end).is_some_and(|text| !text.contains('\n'))
    }

    fn first_line(&self, span: Span) -> Span {
        let text = self.text.get(span.start..span.end).unwrap_or_default();
        Span::new(span.start, span.start + text.lines().next().unwrap_or_default().len())
    }
}

/// The whole chain of expressions around one.
pub(crate) fn statement(resolver: &Resolver<'_>, id: ExprId) -> Span {
    let mut at = id;
    while let Some(parent) = resolver.parent(at) {
        if ends_statement(&resolver.module.node(parent).expr) {
            break;
        }
        at = parent;
    }
    resolver.module.node(at).span
}

/// Whether an expression is a statement, or holds some.
fn ends_statement(expr: &Expr) -> bool {
    match expr {
        Expr::Statement(_) | Expr::Other(_) | Expr::Pipe(_) | Expr::Block(_) => true,
        Expr::Command { makes, .. } => makes.is_none(),
        Expr::Branches { .. } | Expr::Attempt(_) => true,
        _ => false,
    }
}
