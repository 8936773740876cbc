//! What becomes of a value: is it run, handed on, printed, compared, kept?

use std::collections::HashSet;

use crate::Certainty;
use crate::program::module::{Argument, Expr, ExprId, Target};
use crate::program::resolve::Resolver;
use crate::vocabulary::{people, run, show};

/// What becomes of a value that could be a command.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Usage {
    /// It is handed to something that may run it; the expression is the argument.
    Sink(Certainty, ExprId),
    /// It is kept in a name that the file does not use again, or given back.
    Kept,
    /// It is text for people, or a value to compare with: not a command.
    Read,
}

/// A value is followed for so many steps. What becomes of it behind them is not known.
const FARTHEST: usize = 8;

/// A value is looked for in so many expressions. The report says so.
const MOST_STEPS: usize = 1_000;

/// What becomes of the value of `id`: all ways, the surest first.
pub(crate) fn usages(resolver: &Resolver<'_>, id: ExprId) -> Vec<Usage> {
    let mut follower =
        Follower { resolver, start: id, left: MOST_STEPS, seen: HashSet::new(), found: Vec::new(), runs: false };
    follower.follow(id, FARTHEST);
    let mut found = follower.found;
    if found.is_empty() {
        // It only goes round in circles.
        found.push(Usage::Kept);
    }
    found.sort_by_key(|usage| match usage {
        Usage::Sink(certainty, _) => (0, *certainty),
        Usage::Kept => (1, Certainty::Stored),
        Usage::Read => (2, Certainty::Stored),
    });
    found
}

/// Follows one value through a file. Each expression is looked at once: where several ways lead to it, one is enough.
struct Follower<'r, 'm> {
    resolver: &'r Resolver<'m>,
    /// Where it stands.
    start: ExprId,
    /// How many expressions may be looked at still.
    left: usize,
    seen: HashSet<ExprId>,
    found: Vec<Usage>,
    /// Whether something was found that surely runs it.
    runs: bool,
}

impl<'m> Follower<'_, 'm> {
    fn follow(&mut self, id: ExprId, depth: usize) {
        // Nothing is surer than that it runs.
        if self.runs || !self.seen.insert(id) {
            return;
        }
        let Some(left) = self.left.checked_sub(1) else {
            let why = format!("uses a value in more than {MOST_STEPS} expressions");
            self.resolver.give_up(self.start, why);
            return;
        };
        self.left = left;
        let Some(depth) = depth.checked_sub(1) else { return self.found.push(Usage::Kept) };
        let resolver = self.resolver;
        let bound: Vec<&'m Target> = resolver.bound(id).map(|bind| &bind.target).collect();
        for target in &bound {
            self.follow_name(target, id, depth);
        }
        let Some(parent) = resolver.parent(id) else {
            if bound.is_empty() {
                self.found.push(Usage::Kept);
            }
            return;
        };
        match &resolver.module.node(parent).expr {
            Expr::Call { callee, args, .. } => match args.iter().find(|arg| arg.value == id) {
                Some(arg) => self.argument(parent, *callee, arg, depth),
                None => self.follow(parent, depth),
            },
            // `text.split()`: the value of the method call is made of the text.
            Expr::Member { name, .. } => match resolver.parent(parent) {
                Some(call) if run::passes(name) => self.follow(call, depth),
                // `"text".runCommand()`, Scala's `"text".!`.
                Some(_) if run::runs(name) => self.sink(Certainty::Runs, id),
                // `"text".equals(x)` compares.
                Some(_) if show::shows(name) => self.found.push(Usage::Read),
                _ => self.found.push(Usage::Kept),
            },
            Expr::Compare(_) => self.found.push(Usage::Read),
            // `[...list, x]`: the list around it has its items and says more.
            Expr::Spread(_) if resolver.parent(parent).is_some_and(|outer| self.is_list(outer)) => {
                self.found.push(Usage::Read);
            }
            Expr::Statement(_) | Expr::Other(_) if !bound.is_empty() => {}
            // A value that is a statement of its own does nothing: a docstring.
            Expr::Statement(_) => self.found.push(Usage::Read),
            // `return x` and `yield x` give it away.
            Expr::Other(children) if children.len() == 1 => self.follow(parent, depth),
            Expr::Other(_) => self.found.push(Usage::Kept),
            _ => self.follow(parent, depth),
        }
    }

    fn is_list(&self, id: ExprId) -> bool {
        matches!(self.resolver.module.node(id).expr, Expr::List(_))
    }

    /// Follows a value into the uses of the name it was given.
    fn follow_name(&mut self, target: &'m Target, value: ExprId, depth: usize) {
        let (Target::Name(bound)
        | Target::Global(bound)
        | Target::Item(bound)
        | Target::Field(bound)
        | Target::Key(_, bound)) = target;
        let uses = self.resolver.followed_uses(bound);
        let variable = !matches!(target, Target::Key(..));
        let places = uses.places(value, variable, self.left + 1);
        if places.is_empty() {
            self.found.push(Usage::Kept);
        }
        for id in places {
            self.follow(id, depth);
        }
    }

    fn argument(&mut self, call: ExprId, callee: ExprId, arg: &Argument, depth: usize) {
        let name = last_name(self.resolver, callee);
        let is_text = arg.name.as_deref().is_some_and(people::is_message);
        if is_text || show::shows(&name) || is_logger(self.resolver, callee) {
            return self.found.push(Usage::Read);
        }
        // The other arguments of `split` or `format` do not become the text: `flag.String("user", "", "help")`.
        let is_first = self.resolver.module.children(call).get(1) == Some(&arg.value);
        if (is_first && run::passes(&name)) || run::gathers(&name) {
            return self.follow(call, depth);
        }
        let certainty = if run::runs(&name) { Certainty::Runs } else { Certainty::Likely };
        self.sink(certainty, arg.value);
    }

    fn sink(&mut self, certainty: Certainty, at: ExprId) {
        self.runs |= certainty == Certainty::Runs;
        self.found.push(Usage::Sink(certainty, at));
    }
}

/// The last name of a callee as written: `run` of `subprocess.run`.
pub(crate) fn last_name(resolver: &Resolver<'_>, callee: ExprId) -> String {
    match &resolver.module.node(callee).expr {
        Expr::Name(name) | Expr::Member { name, .. } => name.clone(),
        Expr::Call { callee, .. } => last_name(resolver, *callee),
        _ => String::new(),
    }
}

/// `log.Fatal`, `console.table`, `Console.Error.WriteLine`, `Logger.at(…)`: something whose owner is made for text.
pub(crate) fn is_logger(resolver: &Resolver<'_>, callee: ExprId) -> bool {
    let Expr::Member { object, .. } = &resolver.module.node(callee).expr else { return false };
    let outer = || match &resolver.module.node(*object).expr {
        Expr::Member { object, .. } => show::is_stream(&last_name(resolver, *object)),
        _ => false,
    };
    show::is_for_text(&last_name(resolver, *object)) || outer()
}
