//! Where a form is sent: forwards from where it is written to the calls that receive it, and back to their addresses.

use std::collections::HashSet;
use std::rc::Rc;

use super::argument::GivenArguments;
use super::{MOST_USES, MOST_WAYS, Ways, names};
use crate::program::module::{Argument, Bind, Expr, ExprId, Function, How, ScopeId, Target};
use crate::program::usage;
use crate::record::address;
use crate::vocabulary::show;
use crate::{Span, Step, Value};

/// What becomes of a form.
#[derive(Debug, Default)]
pub(crate) struct FormRequest {
    /// The addresses to which it may be sent, as in [`crate::Record::addresses`].
    pub(crate) addresses: Vec<Value>,
    /// It only stands in a test: a stand-in for the server is told to expect it, or it is compared and nothing else.
    pub(crate) is_expected: bool,
}

impl<'m> Ways<'_, 'm> {
    /// What becomes of a form. `starts` are the expressions that hold it.
    pub(crate) fn request(&self, starts: &[ExprId]) -> FormRequest {
        self.ask();
        let mut sender = Sender::new(self);
        for start in starts {
            sender.made_by(*start);
            sender.follow(*start);
        }
        if sender.found.is_empty() && sender.sends {
            sender.found.push(Value::Dynamic { name: None });
        }
        // What has been found on its server says more.
        let all = sender.found.clone();
        sender.found.retain(|value| !all.iter().any(|whole| address::is_end(value, whole)));
        sender.found.truncate(MOST_WAYS);
        let is_expected = sender.is_expected();
        FormRequest { addresses: sender.found, is_expected }
    }

    /// What a variable or field holds to which something is added in a place.
    pub(crate) fn holders(&self, name: &str, scope: ScopeId, at: Span) -> Vec<ExprId> {
        let name = name.rsplit_once('.').map_or(name, |(_, last)| last);
        let mut binds = self.resolver.bindings(name, scope, at);
        if let (true, Some(class)) = (binds.is_empty(), self.resolver.class_of(scope)) {
            binds = self.resolver.field(class, name);
        }
        binds.into_iter().rev().take(MOST_USES).filter_map(|bind| bind.value).collect()
    }
}

struct Sender<'w, 'r, 'm> {
    ways: &'w Ways<'r, 'm>,
    seen: HashSet<ExprId>,
    found: Vec<Value>,
    /// It is handed to something that sends it to an address, or does nothing else than send.
    sent: bool,
    sends: bool,
    mocked: bool,
    compared: bool,
    /// It may go where nothing is known of it.
    leaves: bool,
}

impl<'w, 'r, 'm> Sender<'w, 'r, 'm> {
    fn new(ways: &'w Ways<'r, 'm>) -> Self {
        Self {
            ways,
            seen: HashSet::new(),
            found: Vec::new(),
            sent: false,
            sends: false,
            mocked: false,
            compared: false,
            leaves: false,
        }
    }

    fn is_expected(&self) -> bool {
        let is_only_compared = self.compared && !self.leaves && !self.sends && self.found.is_empty();
        !self.sent && (self.mocked || is_only_compared)
    }

    /// What the thing itself was made with: `new RestRequest("…").AddParameter(…)`.
    fn made_by(&mut self, id: ExprId) {
        for piece in self.ways.pieces(id) {
            let steps = piece.steps.iter().flat_map(|step| address::of_step(step));
            self.note(steps.chain(address::of_map(&piece.value)).collect(), &piece.steps);
            // The query of an address is a form, too.
            if address::is_written(&piece.value) && has_query(&piece.value) {
                self.note(vec![address::without_query(&piece.value)], &[]);
            }
        }
    }

    fn follow(&mut self, id: ExprId) {
        let resolver = self.ways.resolver;
        if !self.seen.insert(id) || self.found.len() > MOST_WAYS || !self.ways.step() {
            return;
        }
        for place in self.ways.places(id) {
            self.follow(place);
        }
        let binds: Vec<&Bind> = resolver.bound(id).collect();
        for bind in binds {
            match &bind.target {
                Target::Key(owner, _) => self.part_of(owner, bind),
                Target::Field(_) | Target::Global(_) => self.leaves = true,
                Target::Name(_) | Target::Item(_) => {}
            }
        }
        if let Some(function) = resolver.giver(id) {
            self.leaves = true;
            for call in resolver.callers(function, MOST_USES) {
                self.follow(call);
            }
        }
        let Some(parent) = resolver.parent(id) else { return };
        match self.ways.expr(parent) {
            Expr::Call { callee, args, how } if args.iter().any(|arg| arg.value == id) => {
                match args.iter().find(|arg| arg.value == id).and_then(|arg| arg.name.as_deref()) {
                    Some(name) if *how == How::Literal => self.named(name, id),
                    _ => self.leaves |= !self.compares(*callee),
                }
                self.handed(parent, *callee, args, id);
            }
            Expr::Member { .. } => {
                if let Some(call) = self.ways.called_on(id) {
                    self.run(call);
                }
            }
            Expr::Map(entries) => {
                let name = entries.iter().find(|(_, value)| *value == id).and_then(|(name, _)| name.as_deref());
                self.named(name.unwrap_or_default(), id);
                for map in self.ways.pieces(parent) {
                    self.note(address::of_map(&map.value), &map.steps);
                }
                self.follow(parent);
            }
            Expr::Concat(_) | Expr::Text(_) => {
                for text in self.ways.pieces(parent).into_iter().filter(|text| has_query(&text.value)) {
                    self.note(vec![address::without_query(&text.value)], &text.steps);
                }
                self.follow(parent);
            }
            Expr::Choice(_) | Expr::Cast { .. } | Expr::List(_) | Expr::Spread(_) | Expr::Format { .. } => {
                self.follow(parent);
            }
            Expr::Compare(_) => self.compared = true,
            Expr::Other(children) if children.len() == 1 && resolver.giver(id).is_none() => self.follow(parent),
            _ => {}
        }
    }

    /// Whether a function compares what it is given, and is none of the file's own, of which more is known.
    fn compares(&self, callee: ExprId) -> bool {
        let resolver = self.ways.resolver;
        show::compares(&usage::last_name(resolver, callee)) && resolver.called(callee).is_empty()
    }

    /// A part of an object that has a name: it may go wherever the name is read, but for comparisons.
    fn named(&mut self, name: &'m str, id: ExprId) {
        let resolver = self.ways.resolver;
        let places = resolver.uses(name).places(id, false, MOST_USES);
        let is_compared = |place: ExprId| match resolver.parent(place).map(|parent| self.ways.expr(parent)) {
            Some(Expr::Compare(_)) => true,
            Some(Expr::Call { callee, .. }) => *callee != place && self.compares(*callee),
            _ => false,
        };
        let compared = places.iter().filter(|place| is_compared(**place)).count();
        self.compared |= compared > 0;
        self.leaves |= compared == 0 || compared < places.len();
    }

    /// What is made a member of something goes where that goes: `request.Content = form`.
    fn part_of(&mut self, owner: &str, bind: &Bind) {
        for value in self.ways.holders(owner, bind.scope, bind.span) {
            if !self.seen.contains(&value) {
                self.made_by(value);
                self.follow(value);
            }
        }
    }

    /// A method is called on the form, or on what holds it.
    fn run(&mut self, call: ExprId) {
        let steps = self.ways.one_step(call);
        let found = steps.iter().flat_map(|step| address::of_step(step)).collect();
        self.note(found, &steps);
        self.sends |= self.ways.name_of(call).is_some_and(|name| names::sends(&name));
        self.follow(call);
    }

    fn handed(&mut self, call: ExprId, callee: ExprId, args: &'m [Argument], id: ExprId) {
        let name = usage::last_name(self.ways.resolver, callee);
        if names::is_mocked(&self.ways.resolver.symbols(callee)) {
            self.mocked = true;
            return;
        }
        if self.compares(callee) {
            self.compared = true;
            return;
        }
        let before = self.found.len();
        for function in self.ways.resolver.called(callee).into_iter().take(2) {
            self.look_into(function, call, id);
        }
        if self.found.len() > before {
            return;
        }
        let sends = names::sends(&name);
        let (own, steps) = self.own(args, id, sends);
        let bases = self.bases(callee);
        let after: Vec<Rc<Step>> = self.ways.after(call);
        let mut found = match (own.is_empty(), bases.is_empty()) {
            (_, true) => own,
            (true, false) => bases,
            (false, false) => own.iter().flat_map(|own| on_server(&bases, own)).collect(),
        };
        if found.iter().all(address::is_bare) {
            found.extend(after.iter().flat_map(|step| address::of_step(step)));
        }
        let is_known = !found.is_empty();
        let noted = self.note(found, &steps);
        self.sends |= sends;
        self.sent |= noted && (sends || is_known);
        if !is_known && !sends {
            self.follow(call);
        }
    }

    /// Goes on where a function of the file uses what it is given.
    fn look_into(&mut self, function: &'m Function, call: ExprId, id: ExprId) {
        let resolver = self.ways.resolver;
        let Some(index) = resolver.taken(call, id, function) else { return };
        let Some(bind) = resolver.parameter_bind(function, index) else { return };
        let name = function.params[index].name.as_str();
        self.ways.entered.borrow_mut().push((function.scope, call));
        let mentions: Vec<ExprId> = resolver.mentions(name).iter().copied().take(MOST_USES * 4).collect();
        for place in mentions {
            let node = self.ways.node(place);
            let is_it = match &node.expr {
                Expr::Name(_) => {
                    resolver.bindings(name, node.scope, node.span).iter().any(|known| std::ptr::eq(*known, bind))
                }
                Expr::Member { .. } => matches!(bind.target, Target::Field(_)),
                _ => false,
            };
            if is_it {
                self.follow(place);
            }
        }
        self.ways.entered.borrow_mut().pop();
    }

    /// The addresses among the arguments of a call, and how the arguments were made.
    fn own(&self, args: &'m [Argument], id: ExprId, sends: bool) -> (Vec<Value>, Vec<Rc<Step>>) {
        let (mut found, mut all) = (Vec::new(), Vec::new());
        let form = args.iter().position(|arg| arg.value == id).unwrap_or_default();
        for GivenArguments { args, steps } in self.ways.arguments(args) {
            let others = || args.iter().enumerate().filter(|(index, _)| *index != form).map(|(_, arg)| arg);
            let mut here = address::of_args(others());
            here.extend(others().flat_map(|arg| address::of_map(&arg.value)));
            here.extend(steps.iter().flat_map(|step| address::of_step(step)));
            let is_one = |value: &Value| {
                address::is_bare(value) && (sends || address::name(value).is_some_and(address::is_name))
            };
            if here.iter().all(address::is_bare) {
                let before = args[..form.min(args.len())].iter().filter(|arg| arg.name.is_none());
                here.extend(before.map(|arg| arg.value.clone()).find(is_one));
            }
            found.extend(here);
            all.extend(steps);
        }
        (found, all)
    }

    /// The addresses of the server with which the object was made on which a call is made.
    fn bases(&mut self, callee: ExprId) -> Vec<Value> {
        let Some(object) = self.ways.receiver(callee) else { return Vec::new() };
        let pieces = self.ways.pieces(object);
        self.mocked |= pieces.iter().flat_map(|piece| &piece.steps).any(|step| names::is_mock(&step.symbol));
        let steps = pieces.iter().flat_map(|piece| &piece.steps).flat_map(|step| address::of_step(step));
        // A library may send from the text of the address itself.
        let texts = pieces.iter().map(|piece| &piece.value).filter(|value| address::is_written(value));
        address::known(steps.chain(texts.map(|value| Value::clone(value))).collect())
    }

    /// Takes addresses over, unless they are those of a stand-in. Says whether they are not.
    fn note(&mut self, found: Vec<Value>, steps: &[Rc<Step>]) -> bool {
        if steps.iter().any(|step| names::is_mock(&step.symbol)) {
            self.mocked = true;
            return false;
        }
        for value in address::known(found) {
            if !self.found.contains(&value) {
                self.found.push(value);
            }
        }
        true
    }
}

/// An address on each of the servers that are known; one that is whole needs none.
fn on_server(bases: &[Value], own: &Value) -> Vec<Value> {
    if address::is_relative(own) || address::is_bare(own) {
        return bases.iter().map(|base| address::joined(base, own)).collect();
    }
    vec![own.clone()]
}

fn has_query(value: &Value) -> bool {
    match value {
        Value::Text(parts) => parts.iter().filter_map(|part| part.text()).any(|text| text.contains('?')),
        _ => false,
    }
}
