//! Where objects come from: members, calls, and what is done to them before they are used.

use std::rc::Rc;

use super::argument::GivenArguments;
use super::piece::something;
use super::{MOST_USES, MOST_WAYS, WayPiece, Ways, names};
use crate::program::module::{Argument, Bind, Expr, ExprId, Function, How, ScopeId, Target};
use crate::program::usage;
use crate::{Arg, Origin, Span, Step, Symbol, Value};

impl<'m> Ways<'_, 'm> {
    /// `object.name`.
    pub(super) fn member(&self, id: ExprId, object: ExprId, name: &str) -> Vec<WayPiece> {
        let node = self.node(id);
        if let Expr::Name(owner) = self.expr(object) {
            let set = self.resolver.set(owner, name, node.scope);
            let found = self.values(&set);
            if !found.is_empty() {
                return found;
            }
        }
        let entries = self.entries(object, name);
        if !entries.is_empty() {
            return entries.into_iter().flat_map(|value| self.pieces(value)).collect();
        }
        let symbols = self.resolver.symbols(object);
        let owners = symbols.iter().filter(|symbol| symbol.origin == Origin::Own);
        let classes: Vec<&str> = owners.map(|symbol| symbol.path.trim_end_matches("()")).collect();
        let found: Vec<WayPiece> = classes.iter().flat_map(|class| self.of_class(id, class, name)).collect();
        if found.is_empty() { self.part(id, object) } else { found }
    }

    /// The entries with a key of the literals that a name stands for.
    fn entries(&self, object: ExprId, key: &str) -> Vec<ExprId> {
        let node = self.node(object);
        let literals = match &node.expr {
            Expr::Map(_) => vec![object],
            Expr::Name(name) => {
                let binds = self.resolver.bindings(name, node.scope, node.span);
                binds.into_iter().filter_map(|bind| bind.value).collect()
            }
            Expr::Member { object: owner, name, .. } if matches!(self.expr(*owner), Expr::This) => {
                let fields = self.resolver.class_of(node.scope).map(|class| self.resolver.field(class, name));
                fields.into_iter().flatten().filter_map(|bind| bind.value).collect()
            }
            _ => Vec::new(),
        };
        let entry = |literal: ExprId| match self.expr(literal) {
            Expr::Map(entries) => entries.iter().find(|(known, _)| known.as_deref() == Some(key)),
            _ => None,
        };
        literals.into_iter().filter_map(entry).map(|(_, value)| *value).collect()
    }

    /// A field or property of a class of this file.
    fn of_class(&self, id: ExprId, class: &str, name: &str) -> Vec<WayPiece> {
        let mut found = Vec::new();
        let fields = self.resolver.field(class, name);
        if !fields.is_empty() {
            found.extend(self.bound(id, &fields));
        }
        let is_known = |piece: &WayPiece| !piece.open || !piece.steps.is_empty();
        if !found.iter().any(is_known) {
            let filled = self.resolver.filled_fields(class, name, MOST_USES);
            found.extend(filled.into_iter().flat_map(|value| self.pieces(value)));
        }
        if found.is_empty() {
            let properties = self.resolver.members(class, name);
            found.extend(properties.into_iter().flat_map(|property| self.results(property)));
        }
        found
    }

    /// A part of something that is known itself, perhaps.
    pub(super) fn part(&self, id: ExprId, object: ExprId) -> Vec<WayPiece> {
        let key = match self.expr(id) {
            Expr::Member { name, .. } => Some(name.clone()),
            Expr::Index { index, .. } => self.evaluator.text(*index),
            _ => None,
        };
        let value = Rc::new(self.evaluator.short_value(id));
        let is_name = matches!(*value, Value::Symbol(_));
        let part = |piece: WayPiece| match (&*piece.value, &key) {
            (Value::Map(entries), Some(key)) => match entries.iter().rev().find(|(known, _)| known == key) {
                Some((_, value)) => WayPiece { value: Rc::new(value.clone()), ..piece },
                None => WayPiece { value: value.clone(), ..piece },
            },
            _ => WayPiece { value: value.clone(), open: piece.open || !is_name && piece.steps.is_empty(), ..piece },
        };
        self.pieces(object).into_iter().map(part).collect()
    }

    fn values(&self, binds: &[&'m Bind]) -> Vec<WayPiece> {
        binds.iter().filter_map(|bind| bind.value).flat_map(|value| self.pieces(value)).collect()
    }

    /// `callee(args)`: what a function of the file gives back, else one more step.
    pub(super) fn made(&self, id: ExprId, callee: ExprId, args: &'m [Argument], how: How) -> Vec<WayPiece> {
        let given = self.arguments(args);
        let step = |args: Vec<Arg>| Rc::new(Step { symbol: self.symbol(callee), args, span: self.node(id).span });
        let inner = self.looked_into(id, callee, how);
        if !inner.is_empty() {
            // The arguments of the call are on the way, whatever the function does with them.
            let helper = given.into_iter().next().map(|GivenArguments { args, steps }| (steps, step(args)));
            let (mut before, own) = helper.unzip();
            before.get_or_insert_default().extend(own);
            let before = before.unwrap_or_default();
            let with =
                |piece: WayPiece| WayPiece { steps: before.iter().cloned().chain(piece.steps).collect(), ..piece };
            return inner.into_iter().map(with).collect();
        }
        let receivers = match self.expr(callee) {
            Expr::Member { object, .. } => self.pieces(*object),
            _ => vec![WayPiece::known(Value::Null)],
        };
        let value = Rc::new(self.evaluator.short_value(id));
        let symbol = self.symbol(callee);
        let above = if symbol.origin == Origin::Own { self.above(&symbol.path) } else { Vec::new() };
        let mut found = Vec::new();
        for receiver in receivers {
            for GivenArguments { args, steps } in &given {
                let before = receiver.steps.iter().chain(steps).cloned();
                let steps = before.chain([step(args.clone())]).chain(above.iter().cloned()).collect();
                found.push(WayPiece { value: value.clone(), steps, open: receiver.open });
            }
        }
        found.truncate(MOST_WAYS);
        found
    }

    /// What the functions of the file give back that a call may mean.
    fn looked_into(&self, id: ExprId, callee: ExprId, how: How) -> Vec<WayPiece> {
        let name = usage::last_name(self.resolver, callee);
        let called = self.resolver.called(callee);
        let functions = called.into_iter().filter(|function| how == How::Call && function.name == name);
        let mut found = Vec::new();
        for function in functions {
            self.entered.borrow_mut().push((function.scope, id));
            let mut results = self.results(function);
            if results.is_empty() {
                results.push(self.opaque(id));
            }
            let set = self.settings(function.scope);
            results.iter_mut().for_each(|piece| piece.steps.extend(set.iter().cloned()));
            found.extend(results);
            self.entered.borrow_mut().pop();
        }
        something(found)
    }

    /// What a function of the file does to the objects that it is given, where it is handed on by its name.
    pub(super) fn handed_on(&self, id: ExprId) -> Vec<Rc<Step>> {
        let called = self.resolver.called(id).into_iter();
        called.filter(|function| self.node(id).is_called(&function.name)).flat_map(|f| self.settings(f.scope)).collect()
    }

    /// The members that a function sets.
    fn settings(&self, scope: ScopeId) -> Vec<Rc<Step>> {
        let (set, _) = self.resolver.done(scope);
        set.into_iter().take(MOST_USES).filter_map(|bind| self.setting(bind)).collect()
    }

    pub(super) fn results(&self, function: &'m Function) -> Vec<WayPiece> {
        let results = self.resolver.results(function.scope);
        results.into_iter().take(MOST_WAYS).flat_map(|result| self.pieces(result)).collect()
    }

    /// The object itself: as it is made in this file, or as its class hands on to the one above.
    pub(super) fn own(&self, id: ExprId) -> Vec<WayPiece> {
        let Some(class) = self.resolver.class_of(self.node(id).scope) else { return Vec::new() };
        let above = self.above(class);
        let made = self.resolver.constructions(class, MOST_USES);
        let ways = made.iter().filter_map(|call| self.with_arguments(*call));
        let found: Vec<WayPiece> = ways
            .map(|steps| WayPiece {
                steps: steps.into_iter().chain(above.iter().cloned()).collect(),
                ..WayPiece::known(Value::Dynamic { name: None })
            })
            .collect();
        match found.is_empty() {
            true if above.is_empty() => vec![self.opaque(id)],
            true => vec![WayPiece { steps: above, ..WayPiece::known(Value::Dynamic { name: None }) }],
            false => found,
        }
    }

    /// The calls by which a class of this file hands on to the constructor of the one above.
    fn above(&self, class: &str) -> Vec<Rc<Step>> {
        let calls = self.resolver.base_calls(class);
        calls.into_iter().filter_map(|call| self.with_arguments(call)).flatten().collect()
    }

    /// A call behind the steps by which its arguments are made.
    pub(super) fn with_arguments(&self, call: ExprId) -> Option<Vec<Rc<Step>>> {
        let Expr::Call { callee, args, .. } = self.expr(call) else { return None };
        let given = self.arguments(args).into_iter().next()?;
        let own = Rc::new(Step { symbol: self.symbol(*callee), args: given.args, span: self.node(call).span });
        Some(given.steps.into_iter().chain([own]).collect())
    }

    /// What an expression gives that means nothing by itself: a lambda gives what it gives back, and what it does happens
    /// on the way.
    pub(super) fn other(&self, id: ExprId) -> Vec<WayPiece> {
        let Expr::Other(children) = self.expr(id) else { return Vec::new() };
        let lambda = self.resolver.lambda(self.node(id).span);
        let results = lambda.map(|scope| self.resolver.results(scope)).unwrap_or_default();
        let done = lambda.map(|scope| self.done(scope)).unwrap_or_default();
        let mut found: Vec<WayPiece> = match &children[..] {
            _ if !results.is_empty() => results.into_iter().flat_map(|result| self.pieces(result)).collect(),
            [only] => self.pieces(*only),
            _ => Vec::new(),
        };
        if found.is_empty() && !done.is_empty() {
            found.push(WayPiece::known(Value::Dynamic { name: None }));
        }
        found.iter_mut().for_each(|piece| piece.steps.extend(done.iter().cloned()));
        found
    }

    /// What a lambda does to the objects that it works on.
    fn done(&self, scope: ScopeId) -> Vec<Rc<Step>> {
        let (_, calls) = self.resolver.done(scope);
        let results: Vec<Span> = self.resolver.results(scope).iter().map(|result| self.node(*result).span).collect();
        let is_result = |call: &ExprId| results.iter().any(|result| result.contains(self.node(*call).span));
        let calls = calls.into_iter().take(MOST_USES).filter(|call| self.is_dropped(*call) && !is_result(call));
        let mut found = self.settings(scope);
        found.extend(calls.flat_map(|call| self.one_step(call)));
        found.sort_by_key(|step| step.span);
        found
    }

    /// What is done to a variable between its binding and a use of it: members that are set, methods that are called for
    /// what they do to it.
    pub(super) fn changes(&self, id: ExprId, bind: &'m Bind) -> Vec<Rc<Step>> {
        let (Target::Name(name), Some(value)) = (&bind.target, bind.value) else { return Vec::new() };
        let (start, end) = (bind.span.end, self.node(id).span.start);
        if start >= end {
            return Vec::new();
        }
        let frame = self.resolver.frame(bind.scope);
        let set = self.resolver.filled(frame, name, Span::new(start, end)).take(MOST_USES);
        let mut found: Vec<Rc<Step>> = set.filter_map(|bind| self.setting(bind)).collect();
        let uses = self.resolver.uses(name).places(value, true, MOST_USES);
        for place in uses.into_iter().filter(|place| self.node(*place).span.end <= end && *place != id) {
            let call = self.called_on(place).filter(|call| self.is_dropped(*call));
            found.extend(call.into_iter().flat_map(|call| self.one_step(call)));
        }
        found.sort_by_key(|step| step.span);
        found
    }

    /// The methods that are called for what they do to an object that has a name in a stretch of the file.
    pub(super) fn changes_within(&self, object: ExprId, within: Span) -> Vec<Rc<Step>> {
        let places = self.places(object).into_iter().filter(|place| within.contains(self.node(*place).span));
        let calls = places.filter_map(|place| self.called_on(place)).filter(|call| self.is_dropped(*call));
        calls.flat_map(|call| self.one_step(call)).collect()
    }

    /// `object.key = value` as a step.
    fn setting(&self, bind: &'m Bind) -> Option<Rc<Step>> {
        let (Target::Key(_, key), Some(value)) = (&bind.target, bind.value) else { return None };
        let piece = self.pieces(value).into_iter().next()?;
        let (value, span) = (Value::clone(&piece.value), self.node(value).span);
        let arg = Arg { name: Some(key.clone()), position: None, value, span };
        let symbol = Symbol { path: key.clone(), origin: Origin::Unknown };
        Some(Rc::new(Step { symbol, args: vec![arg], span: bind.span }))
    }

    /// The call of a method of an object: `object.method(…)`.
    pub(super) fn called_on(&self, object: ExprId) -> Option<ExprId> {
        let member = self.resolver.parent(object)?;
        let is_member = matches!(self.expr(member), Expr::Member { object: owner, .. } if *owner == object);
        let call = self.resolver.parent(member).filter(|_| is_member)?;
        matches!(self.expr(call), Expr::Call { callee, .. } if *callee == member).then_some(call)
    }

    /// Whether nobody takes what a call gives.
    fn is_dropped(&self, call: ExprId) -> bool {
        let parent = self.resolver.parent(call).map(|parent| self.expr(parent));
        matches!(parent, None | Some(Expr::Statement(_) | Expr::Other(_))) && self.resolver.bound(call).next().is_none()
    }

    /// A call as a step, behind those by which its arguments are made. What only asks is none.
    pub(super) fn one_step(&self, call: ExprId) -> Vec<Rc<Step>> {
        let asks = self.name_of(call).is_some_and(|name| names::only_asks(&name));
        if asks { Vec::new() } else { self.with_arguments(call).unwrap_or_default() }
    }
}
