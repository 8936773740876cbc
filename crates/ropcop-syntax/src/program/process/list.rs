//! Commands as lists of words, with what later code adds to them.

use std::rc::Rc;

use crate::program::module::{Expr, ExprId, ScopeId, Target};
use crate::program::usage::{self, Usage};
use crate::vocabulary::run as running;
use crate::{Certainty, Command};

use super::{MOST_WORDS, ProcessFinder, run};

/// What the places of a file add to the lists of one name, and where they stand.
pub(super) type AddedItems = Rc<[(usize, Vec<ExprId>)]>;

impl<'m> ProcessFinder<'_, 'm> {
    /// `["program", "word", value]`, completed later or not.
    pub(super) fn list(&self, id: ExprId, items: &[ExprId]) -> Vec<Command> {
        let is_empty = items.is_empty() && self.resolver.bound(id).next().is_some();
        if items.len() > MOST_WORDS || !(is_empty || self.mentions(items)) || self.is_addition(id) {
            return Vec::new();
        }
        let mut values = self.spread(items, 4);
        values.extend(self.additions(id));
        let (certainty, used_at) = match usage::usages(self.resolver, id).first() {
            Some(Usage::Sink(certainty, at)) => (*certainty, *at),
            Some(Usage::Kept) => (Certainty::Likely, id),
            _ => return Vec::new(),
        };
        // `spawn("program", ["word", …])`: the program stands before the list, or before the variable that holds it.
        let program = self.program_before(used_at);
        let Some(words) = self.words(&[program.as_slice(), &values].concat()) else { return Vec::new() };
        let mut commands = run(self.reading, &words, certainty);
        if used_at != id && program.is_some() {
            // The program stands elsewhere, so that first to last word is no stretch of the file.
            let (list, used_at) = (self.resolver.module.node(id).span, self.resolver.module.node(used_at).span);
            for command in &mut commands {
                command.span = list;
                command.related.push((used_at, "used here".to_owned()));
            }
        }
        commands
    }

    pub(super) fn is_list_class(&self, callee: ExprId) -> bool {
        let name = usage::last_name(self.resolver, callee);
        name.ends_with("List") || name.ends_with("Collection") || name.ends_with("Vector")
    }

    /// Whether a list holds any text at all. (Which one matters is only known with what is added later.)
    fn mentions(&self, items: &[ExprId]) -> bool {
        let is_text = |id: &ExprId| matches!(self.resolver.module.node(*id).expr, Expr::Text(_));
        items.iter().any(|id| match &self.resolver.module.node(*id).expr {
            // `["a", "b"] + more` is one list with two others spread in it.
            Expr::Spread(inner) => match &self.resolver.module.node(*inner).expr {
                Expr::List(items) => items.iter().any(is_text),
                _ => false,
            },
            _ => is_text(id),
        })
    }

    /// Whether a list is appended to another, of which it is a part then.
    fn is_addition(&self, list: ExprId) -> bool {
        let binds = &self.resolver.module.binds;
        let Some(added) = self.resolver.bound(list).find(|bind| bind.append) else { return false };
        let is_list = |id: ExprId| matches!(self.resolver.module.node(id).expr, Expr::List(_));
        let frame = self.resolver.frame(added.scope);
        binds.iter().any(|bind| {
            !bind.append
                && bind.target == added.target
                && bind.value.is_some_and(is_list)
                && self.resolver.frame(bind.scope) == frame
        })
    }

    /// The items of a list, with those of the lists that are spread in it.
    fn spread(&self, items: &[ExprId], depth: usize) -> Vec<ExprId> {
        let module = self.resolver.module;
        let mut flat = Vec::with_capacity(items.len());
        for item in items {
            let Expr::Spread(inner) = &module.node(*item).expr else {
                flat.push(*item);
                continue;
            };
            let node = module.node(*inner);
            let list = match &node.expr {
                Expr::Name(name) => match self.resolver.bindings(name, node.scope, node.span)[..] {
                    [bind] if !bind.append => bind.value,
                    _ => None,
                },
                _ => Some(*inner),
            };
            match list.map(|list| &module.node(list).expr) {
                Some(Expr::List(items)) if depth > 0 => flat.extend(self.spread(items, depth - 1)),
                _ => flat.push(*item),
            }
        }
        flat
    }

    /// What later code appends to the list.
    fn additions(&self, list: ExprId) -> Vec<ExprId> {
        let mut added = Vec::new();
        for bind in self.resolver.bound(list) {
            let Target::Name(name) = &bind.target else { continue };
            let all = self.added_to(self.resolver.frame(bind.scope), name);
            let mut later = all.iter().filter(|(at, _)| *at > bind.span.start);
            added.extend(later.by_ref().take(MOST_WORDS).flat_map(|(_, items)| items));
            if later.next().is_some() {
                self.resolver.give_up(list);
            }
        }
        added
    }

    /// Everything that is added to the lists of one name, and where.
    fn added_to(&self, frame: ScopeId, name: &'m str) -> AddedItems {
        if let Some(known) = self.added.borrow().get(&(frame, name)) {
            return Rc::clone(known);
        }
        let module = self.resolver.module;
        let appended = self.resolver.named(frame, name).filter(|bind| bind.append);
        let mut all: Vec<_> = appended.filter_map(|b| Some((b.span.start, self.items(b.value?)))).collect();
        for object in self.resolver.mentions(name) {
            let node = module.node(*object);
            if self.resolver.frame(node.scope) == frame {
                all.extend(self.added_by_call(*object).map(|items| (node.span.start, items)));
            }
        }
        // The words are in the order of the file, in whichever way each was added.
        all.sort_by_key(|(at, _)| *at);
        let all: AddedItems = all.into();
        self.added.borrow_mut().insert((frame, name), Rc::clone(&all));
        all
    }

    /// What `object.push(…)` adds.
    fn added_by_call(&self, object: ExprId) -> Option<Vec<ExprId>> {
        let module = self.resolver.module;
        let member = self.resolver.parent(object)?;
        let Expr::Member { object: owner, name: method, .. } = &module.node(member).expr else { return None };
        let Expr::Call { callee, args, .. } = &module.node(self.resolver.parent(member)?).expr else { return None };
        let is_name = matches!(module.node(object).expr, Expr::Name(_));
        let is_adding = ["append", "extend", "push", "add", "Add", "AddRange", "addAll"].contains(&method.as_str());
        let adds = is_name && is_adding && *owner == object && *callee == member;
        adds.then(|| args.iter().flat_map(|arg| self.items(arg.value)).collect())
    }

    /// What is added with a value. `f("x")` gives one word, and it is not `x`; only a function that makes a list of what it
    /// is given adds all of that.
    fn items(&self, id: ExprId) -> Vec<ExprId> {
        match &self.resolver.module.node(id).expr {
            Expr::List(items) => items.clone(),
            Expr::Call { callee, args, .. } if running::gathers(&usage::last_name(self.resolver, *callee)) => {
                args.iter().map(|arg| arg.value).collect()
            }
            _ => vec![id],
        }
    }

    /// The text argument right before a list argument.
    fn program_before(&self, list: ExprId) -> Option<ExprId> {
        let parent = self.resolver.parent(list)?;
        let Expr::Call { args, .. } = &self.resolver.module.node(parent).expr else { return None };
        let index = args.iter().position(|arg| arg.value == list)?;
        let before = args.get(index.checked_sub(1)?)?.value;
        let program = self.evaluator.text(before)?;
        (!program.contains(char::is_whitespace)).then_some(before)
    }
}
