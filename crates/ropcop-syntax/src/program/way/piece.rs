//! What an expression may be.

use std::collections::HashSet;
use std::rc::Rc;

use super::{DEEPEST, MOST_BINDINGS, MOST_USES, MOST_WAYS, WayPiece, Ways};
use crate::program::module::{Bind, Expr, ExprId, Function, ScopeId};
use crate::{Origin, Value};

/// Longer literals are data.
const MOST_ENTRIES: usize = 40;
/// Longer ways are cut, in calls.
const MOST_STEPS_OF_WAY: usize = 40;

impl<'m> Ways<'_, 'm> {
    /// All that an expression may be; never empty.
    pub(super) fn pieces(&self, id: ExprId) -> Vec<WayPiece> {
        if let Some(known) = self.known.borrow().get(&id).filter(|_| self.entered.borrow().is_empty()) {
            return known.to_vec();
        }
        let is_active = self.active.borrow().contains(&id) || self.active.borrow().len() >= DEEPEST;
        if is_active || !self.step() {
            self.cut.set(self.cut.get() + 1);
            return vec![WayPiece { open: true, ..WayPiece::known(Value::Dynamic { name: None }) }];
        }
        let cut = self.cut.get();
        self.active.borrow_mut().push(id);
        let mut found = self.find(id);
        self.active.borrow_mut().pop();
        found.iter_mut().for_each(shorten);
        let found = if found.is_empty() { vec![self.opaque(id)] } else { first(found) };
        // What was cut short, or depends on who calls, is no answer to another question.
        if self.cut.get() == cut && self.entered.borrow().is_empty() {
            self.known.borrow_mut().insert(id, Rc::from(found.as_slice()));
        }
        found
    }

    fn find(&self, id: ExprId) -> Vec<WayPiece> {
        let node = self.node(id);
        match &node.expr {
            Expr::Text(_) | Expr::Concat(_) | Expr::Format { .. } => self.text(id),
            Expr::Map(entries) => self.map(entries),
            Expr::List(items) => self.list(items),
            Expr::Name(name) => match self.resolver.bindings(name, node.scope, node.span) {
                binds if binds.is_empty() => vec![self.named(id)],
                binds => match self.bound(id, &binds) {
                    // A property of its own class has a name and no value.
                    found if found.is_empty() => self.property(node.scope, name),
                    found => found,
                },
            },
            Expr::Member { object, name, .. } => self.member(id, *object, name),
            Expr::Index { object, index } => match self.evaluator.text(*index) {
                Some(key) => self.member(id, *object, &key),
                None => self.part(id, *object),
            },
            Expr::Call { callee, args, how } => self.made(id, *callee, args, *how),
            Expr::Cast { value, .. } | Expr::Spread(value) => self.pieces(*value),
            Expr::Choice(options) | Expr::Branches { arms: options, .. } => self.any(id, options),
            Expr::Attempt(blocks) => blocks.first().map(|first| self.pieces(*first)).unwrap_or_default(),
            Expr::Block(inner) | Expr::Pipe(inner) => inner.last().map(|last| self.pieces(*last)).unwrap_or_default(),
            Expr::Command { makes: Some(object), .. } => self.pieces(*object),
            Expr::Command { makes: None, .. } => Vec::new(),
            Expr::Gather(items) => self.list(items),
            Expr::This | Expr::Super => self.own(id),
            Expr::Other(_) => self.other(id),
            Expr::Join { .. } | Expr::Filled(_) | Expr::Number(_) | Expr::Bool(_) | Expr::Null => {
                vec![WayPiece::known(self.evaluator.short_value(id))]
            }
            Expr::Compare(_) | Expr::Statement(_) => Vec::new(),
        }
    }

    /// What is not known, but by its name.
    pub(super) fn opaque(&self, id: ExprId) -> WayPiece {
        WayPiece { open: true, ..WayPiece::known(self.evaluator.short_value(id)) }
    }

    /// A name that the file gives no value: a module, a class, or something from elsewhere.
    fn named(&self, id: ExprId) -> WayPiece {
        let open = match self.symbol(id).origin {
            Origin::Import | Origin::Wildcard | Origin::Own => false,
            Origin::Relative | Origin::Unknown => true,
        };
        WayPiece { open, steps: self.handed_on(id), ..self.opaque(id) }
    }

    /// What the accessor of a property gives back.
    fn property(&self, scope: ScopeId, name: &str) -> Vec<WayPiece> {
        let properties = self.resolver.class_of(scope).map(|class| self.resolver.members(class, name));
        properties.into_iter().flatten().flat_map(|property| self.results(property)).collect()
    }

    /// One of several. Nothing is none of them, where there is something.
    fn any(&self, id: ExprId, options: &[ExprId]) -> Vec<WayPiece> {
        let mut found: Vec<WayPiece> = options.iter().flat_map(|option| self.pieces(*option)).collect();
        // Kotlin's `x.apply { f() }` is `x`, on which `f` is called.
        if let [only] = options {
            let changes = self.changes_within(*only, self.node(id).span);
            found.iter_mut().for_each(|piece| piece.steps.extend(changes.iter().cloned()));
        }
        something(found)
    }

    /// What bindings give a name at a use of it.
    pub(super) fn bound(&self, id: ExprId, binds: &[&'m Bind]) -> Vec<WayPiece> {
        let appended = binds.iter().any(|bind| bind.append);
        let last = &binds[binds.len().saturating_sub(MOST_BINDINGS)..];
        if appended && binds.len() > 1 {
            return vec![self.added(id, last)];
        }
        let mut found = Vec::new();
        for bind in last {
            match bind.value {
                Some(value) => {
                    let changes = self.changes(id, bind);
                    found.extend(self.pieces(value).into_iter().map(|mut piece| {
                        piece.steps.extend(changes.iter().cloned());
                        piece
                    }));
                }
                None => {
                    let parameter = self.resolver.parameter(bind);
                    found.extend(parameter.into_iter().flat_map(|(function, index)| self.given(id, function, index)));
                }
            }
        }
        something(found)
    }

    /// A list or a text that grows: all that is added to it is part of it.
    fn added(&self, id: ExprId, binds: &[&'m Bind]) -> WayPiece {
        let parts: Vec<WayPiece> =
            binds.iter().filter_map(|bind| bind.value).flat_map(|value| self.pieces(value)).collect();
        let open = parts.iter().any(|piece| piece.open);
        let steps = parts.into_iter().flat_map(|piece| piece.steps).collect();
        WayPiece { steps, open, ..WayPiece::known(self.evaluator.short_value(id)) }
    }

    /// What a parameter is given: by the call that led into its function, else by all calls in the file.
    fn given(&self, id: ExprId, function: &'m Function, index: usize) -> Vec<WayPiece> {
        let default = || function.params.get(index).and_then(|param| param.default);
        let entered = self.entered.borrow().iter().rposition(|(scope, _)| *scope == function.scope);
        if let Some(at) = entered {
            let inner = self.entered.borrow_mut().split_off(at);
            let given = self.resolver.given(inner[0].1, function, index).or_else(default);
            let found = given.map(|given| self.pieces(given)).unwrap_or_default();
            self.entered.borrow_mut().extend(inner);
            return found;
        }
        let calls = self.resolver.callers(function, MOST_USES);
        let given: Vec<Option<ExprId>> = calls.iter().map(|call| self.resolver.given(*call, function, index)).collect();
        let mut found: Vec<WayPiece> = given.iter().flatten().flat_map(|given| self.pieces(*given)).collect();
        if let Some(default) = default().filter(|_| given.is_empty() || given.contains(&None)) {
            // Others may call it otherwise.
            let open = given.is_empty();
            found.extend(self.pieces(default).into_iter().map(|piece| WayPiece { open: piece.open || open, ..piece }));
        }
        if found.is_empty() { vec![self.opaque(id)] } else { found }
    }

    fn map(&self, entries: &[(Option<String>, ExprId)]) -> Vec<WayPiece> {
        let mut maps = vec![(Vec::new(), WayPiece::known(Value::Null))];
        for (key, value) in entries.iter().take(MOST_ENTRIES) {
            let options = self.pieces(*value);
            let mut longer = Vec::new();
            for (map, made) in &maps {
                for option in &options {
                    let (mut map, mut made) = (map.clone(), made.clone());
                    match (key, &*option.value) {
                        (Some(key), value) => map.push((key.clone(), value.clone())),
                        // `{...base}` has the keys of what it spreads.
                        (None, Value::Map(inner)) => map.extend(inner.iter().cloned()),
                        (None, _) => {}
                    }
                    made.steps.extend(option.steps.iter().cloned());
                    longer.push((map, made));
                }
            }
            longer.truncate(MOST_WAYS);
            maps = longer;
        }
        maps.into_iter().map(|(map, piece)| WayPiece { value: Rc::new(Value::Map(map)), ..piece }).collect()
    }

    fn list(&self, items: &[ExprId]) -> Vec<WayPiece> {
        let mut values = Vec::new();
        let mut steps = Vec::new();
        for item in items.iter().take(MOST_ENTRIES) {
            for piece in self.pieces(*item) {
                values.push(Value::clone(&piece.value));
                steps.extend(piece.steps);
            }
        }
        vec![WayPiece { steps, ..WayPiece::known(Value::List(values)) }]
    }
}

/// Each step once, and no more than people write.
fn shorten(piece: &mut WayPiece) {
    if piece.steps.len() > 1 {
        let mut seen = HashSet::new();
        piece.steps.retain(|step| seen.len() < MOST_STEPS_OF_WAY && seen.insert(step.span));
    }
}

/// Of more than are followed, the first; what is left out is not known.
fn first(mut found: Vec<WayPiece>) -> Vec<WayPiece> {
    if found.len() > MOST_WAYS {
        found.truncate(MOST_WAYS);
        found.iter_mut().for_each(|piece| piece.open = true);
    }
    found
}

/// What may be nothing or something counts as something: `x = None`, `x = make()`.
pub(super) fn something(mut found: Vec<WayPiece>) -> Vec<WayPiece> {
    let is_nothing = |piece: &WayPiece| *piece.value == Value::Null && piece.steps.is_empty();
    if !found.iter().all(is_nothing) {
        found.retain(|piece| !is_nothing(piece));
    }
    found
}
