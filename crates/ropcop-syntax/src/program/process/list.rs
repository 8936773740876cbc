//! Commands as lists of words, with what later code adds to them.

use std::rc::Rc;

use crate::program::module::{Bind, Expr, ExprId, ScopeId, Target};
use crate::program::usage::{self, Usage};
use crate::vocabulary::run as running;
use crate::{Certainty, Command};

use super::{MOST_WORDS, ProcessFinder, run};

/// What the places of a file add to the lists of one name, and where they stand.
pub(super) type AddedItems = Rc<[(usize, ScopeId, Vec<ExprId>)]>;

/// Lists that are spread in lists that are spread in others are followed so far.
const DEEPEST: usize = 4;
/// Of more ways in which a list may be made, only the first are followed.
const MOST_WAYS: usize = 16;

impl<'m> ProcessFinder<'_, 'm> {
    /// `["program", "word", value]`, completed later or not.
    pub(super) fn list(&self, id: ExprId, items: &[ExprId]) -> Vec<Command> {
        let is_empty = items.is_empty() && self.resolver.bound(id).next().is_some();
        if items.len() > MOST_WORDS || !(is_empty || self.mentions(items)) || self.is_addition(id) {
            return Vec::new();
        }
        let (certainty, used_at) = match usage::usages(self.resolver, id).first() {
            Some(Usage::Sink(certainty, at)) => (*certainty, *at),
            Some(Usage::Kept) => (Certainty::Likely, id),
            _ => return Vec::new(),
        };
        // `spawn("program", ["word", …])`: the program stands before the list, or before the variable that holds it.
        let program = self.program_before(used_at);
        let ways = self.ways(id, items, DEEPEST).into_iter();
        let words = ways.flat_map(|values| self.words(&[program.as_slice(), &values].concat()));
        let mut commands: Vec<Command> = words.flat_map(|words| run(self.reading, &words, certainty)).collect();
        if let (true, Some(program)) = (used_at != id, program) {
            // The list stands elsewhere, so that first to last word is no stretch of the file: a command begins with its
            // program.
            let [list, used_at, program] = [id, used_at, program].map(|id| self.resolver.module.node(id).span);
            for command in &mut commands {
                command.span = program.to(used_at);
                command.related.push((list, "its words stand here".to_owned()));
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

    /// The words of a list on each way on which it may be made: with those of the lists that are spread in it, and with
    /// what later code appends to it.
    fn ways(&self, list: ExprId, items: &[ExprId], depth: usize) -> Vec<Vec<ExprId>> {
        let mut ways = self.spread(items, depth);
        let added = self.additions(list);
        ways = ways.iter().flat_map(|way| added.iter().map(move |more| [&way[..], more].concat())).collect();
        ways.truncate(MOST_WAYS);
        ways
    }

    /// The items of a list, with those of the lists that are spread in it. Where one of several is spread, each makes a
    /// list of its own.
    fn spread(&self, items: &[ExprId], depth: usize) -> Vec<Vec<ExprId>> {
        let module = self.resolver.module;
        let mut ways: Vec<Vec<ExprId>> = vec![Vec::with_capacity(items.len())];
        for item in items {
            let lists = match module.node(*item).expr {
                Expr::Spread(inner) if depth > 0 => self.lists(inner, depth - 1),
                _ => Vec::new(),
            };
            match &lists[..] {
                [] => ways.iter_mut().for_each(|way| way.push(*item)),
                [only] => ways.iter_mut().for_each(|way| way.extend(only)),
                lists => {
                    ways =
                        ways.iter().flat_map(|way| lists.iter().map(move |list| [&way[..], list].concat())).collect();
                    ways.truncate(MOST_WAYS);
                }
            }
        }
        ways
    }

    /// The lists that a value may be, if all that it may be are lists.
    fn lists(&self, id: ExprId, depth: usize) -> Vec<Vec<ExprId>> {
        let node = self.resolver.module.node(id);
        let options: Vec<ExprId> = match &node.expr {
            Expr::Name(name) => {
                let given = self.resolver.bindings(name, node.scope, node.span).into_iter();
                given.filter(|bind| !bind.append).filter_map(|bind| bind.value).collect()
            }
            Expr::Choice(options) => options.clone(),
            Expr::List(items) => return self.ways(id, items, depth),
            _ => return Vec::new(),
        };
        let Some(depth) = depth.checked_sub(1) else { return Vec::new() };
        let lists: Vec<_> = options.iter().map(|option| self.lists(*option, depth)).collect();
        if lists.iter().any(Vec::is_empty) { Vec::new() } else { lists.concat() }
    }

    /// Whether anything is ever added to lists of the name that a list gets.
    pub(super) fn grows(&self, list: ExprId) -> bool {
        let mut bound = self.resolver.bound(self.copied(list));
        bound.any(|bind| match &bind.target {
            Target::Name(name) => !self.added_to(self.resolver.frame(bind.scope), name).is_empty(),
            _ => false,
        })
    }

    /// What later code appends to the list, on each way through the branches in which it does.
    fn additions(&self, list: ExprId) -> Vec<Vec<ExprId>> {
        let mut added = Vec::new();
        for bind in self.resolver.bound(self.copied(list)) {
            let Target::Name(name) = &bind.target else { continue };
            let all = self.added_to(self.resolver.frame(bind.scope), name);
            let fits = |scope: ScopeId| self.resolver.fit(scope, bind.scope);
            if all.is_empty() {
                continue;
            }
            let end = self.replaced(bind).unwrap_or(usize::MAX);
            let is_later = |at: usize| bind.span.start < at && at < end;
            let mut later = all.iter().filter(|(at, scope, _)| is_later(*at) && fits(*scope));
            added.extend(later.by_ref().take(MOST_WORDS).map(|(_, scope, items)| (*scope, items.clone())));
            if later.next().is_some() {
                self.resolver.give_up(list, format!("adds more than {MOST_WORDS} items to a list"));
            }
        }
        self.resolver.each_way(&added).into_iter().map(|way| way.concat()).collect()
    }

    /// Where the variable surely gets another value.
    fn replaced(&self, bind: &Bind) -> Option<usize> {
        let Target::Name(name) = &bind.target else { return None };
        let around: Vec<ScopeId> = self.resolver.outwards(bind.scope).collect();
        let all = self.resolver.named(self.resolver.frame(bind.scope), name);
        let mut later = all.filter(|other| !other.append && other.span.start > bind.span.start);
        later.find(|other| around.contains(&other.scope)).map(|other| other.span.start)
    }

    /// `new ArrayList<>(List.of(…))`: the list that is made of another, which nothing else holds.
    fn copied(&self, list: ExprId) -> ExprId {
        let Some(parent) = self.resolver.parent(list) else { return list };
        match &self.resolver.module.node(parent).expr {
            Expr::Call { callee, args, .. } if args.len() == 1 && self.is_list_class(*callee) => parent,
            _ => list,
        }
    }

    /// Everything that is added to the lists of one name, and where.
    fn added_to(&self, frame: ScopeId, name: &'m str) -> AddedItems {
        if let Some(known) = self.added.borrow().get(&(frame, name)) {
            return Rc::clone(known);
        }
        let module = self.resolver.module;
        let appended = self.resolver.named(frame, name).filter(|bind| bind.append);
        let mut all: Vec<_> = appended.filter_map(|b| Some((b.span.start, b.scope, self.items(b.value?)))).collect();
        for object in self.resolver.mentions(name) {
            let node = module.node(*object);
            if self.resolver.frame(node.scope) == frame {
                all.extend(self.added_by_call(*object).map(|items| (node.span.start, node.scope, items)));
            }
        }
        // The words are in the order of the file, in whichever way each was added.
        all.sort_by_key(|(at, ..)| *at);
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
