//! Commands that a program hands to a process: as one text, as a list of words, or as program and arguments.
//!
//! The name of the helper does not matter, because every repository has its own; what it is *not* matters more
//! ([`crate::program::usage`]): a text that is printed or compared is no command.

use std::cell::RefCell;
use std::collections::HashMap;
use std::rc::Rc;

use crate::guest::Reading;
use crate::program::module::{Argument, Bind, Expr, ExprId, How, ScopeId, Target};
use crate::program::pieces::{Around, Pieces};
use crate::program::resolve::Resolver;
use crate::program::usage::{self, Usage};
use crate::program::value::Evaluator;
use crate::script::shell::{self, Operand};
use crate::text::template::Template;
use crate::vocabulary::{run as running, show};
use crate::{Certainty, Command};

/// All commands in a file, in source order. Texts that `reading` does not want are not looked into.
pub(crate) fn commands(resolver: &Resolver<'_>, reading: &Reading<'_>) -> Vec<Command> {
    let (evaluator, pieces) = (Evaluator::new(resolver), Pieces::of(resolver));
    let finder = Finder { resolver, evaluator, reading, pieces, added: RefCell::default() };
    let mut found: Vec<Command> = (0..resolver.module.exprs.len()).flat_map(|index| finder.at(ExprId(index))).collect();
    found.sort_by_key(|command| (command.span.start, command.span.end, command.certainty));
    found.dedup_by(|a, b| a.span == b.span && a.words == b.words);
    found
}

/// A list with more items is data, not a command.
const MOST_WORDS: usize = 200;

/// What the places of a file add to the lists of one name, and where they stand.
type Added = Rc<[(usize, Vec<ExprId>)]>;

struct Finder<'r, 'm> {
    resolver: &'r Resolver<'m>,
    evaluator: Evaluator<'r, 'm>,
    reading: &'r Reading<'r>,
    pieces: Pieces<'m>,
    /// What is added to the lists of each name: found once, for a name may get hundreds of lists.
    added: RefCell<HashMap<(ScopeId, &'m str), Added>>,
}

impl<'m> Finder<'_, 'm> {
    fn at(&self, id: ExprId) -> Vec<Command> {
        match &self.resolver.module.node(id).expr {
            Expr::Text(_) | Expr::Concat(_) | Expr::Format { .. } if self.is_whole(id) => self.text(id),
            Expr::List(items) => self.list(id, items),
            // `new ArrayList<>()`, `new List<string>()`: filled later.
            Expr::Call { callee, args, how: How::New } if args.is_empty() && self.is_list_class(*callee) => {
                self.list(id, &[])
            }
            Expr::Call { callee, args, .. } => {
                let mut found = self.varargs(*callee, args);
                found.extend(self.program_and_arguments(id, *callee, args));
                found.extend(self.argument_list(id, args));
                found
            }
            _ => Vec::new(),
        }
    }

    /// Whether a text is not part of a larger one.
    fn is_whole(&self, id: ExprId) -> bool {
        let Some(parent) = self.resolver.parent(id) else { return true };
        !matches!(self.resolver.module.node(parent).expr, Expr::Text(_) | Expr::Concat(_) | Expr::Format { .. })
    }

    /// A text that is a command line, or a script of several.
    fn text(&self, id: ExprId) -> Vec<Command> {
        let Some(mut template) = self.evaluator.template(id) else { return Vec::new() };
        match self.pieces.around(self.resolver, id) {
            Around::Piece => return Vec::new(),
            Around::Start(more) => more.into_iter().for_each(|piece| self.evaluator.append(piece, &mut template)),
            Around::Alone => {}
        }
        let is_line = template.text.text.trim().contains(char::is_whitespace);
        if !is_line || !self.reading.wants(&template.text.text) {
            return Vec::new();
        }
        let Some((certainty, run_at)) = self.certainty(id, &template) else { return Vec::new() };
        if certainty != Certainty::Runs {
            // In a text that may be prose, backquotes mark up a command; they do not run it.
            template.text.text = template.text.text.replace('`', " ");
        }
        let mut commands = shell::commands(&template.text, &template.holes, self.reading);
        for command in &mut commands {
            command.certainty = command.certainty.max(certainty);
            command.may_wrap = false;
            command.related.extend(run_at.map(|at| (self.resolver.module.node(at).span, "used here".to_owned())));
        }
        commands
    }

    /// How sure it is that a text runs, and where it is used if not where it stands; none if it is only read.
    fn certainty(&self, id: ExprId, template: &Template) -> Option<(Certainty, Option<ExprId>)> {
        match usage::usages(self.resolver, id).first()? {
            Usage::Sink(certainty, at) if *at == id => Some((*certainty, None)),
            Usage::Sink(certainty, at) => Some((*certainty, Some(*at))),
            // A text with holes is made to be filled and used, if only by another file.
            Usage::Kept if !template.holes.is_empty() || has_placeholder(&template.text.text) => {
                Some((Certainty::Likely, None))
            }
            Usage::Kept => Some((Certainty::Stored, None)),
            Usage::Read => None,
        }
    }

    /// `["program", "word", value]`, completed later or not.
    fn list(&self, id: ExprId, items: &[ExprId]) -> Vec<Command> {
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

    fn is_list_class(&self, callee: ExprId) -> bool {
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
    fn added_to(&self, frame: ScopeId, name: &'m str) -> Added {
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
        let all: Added = all.into();
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

    /// `run("program", "word", value)`.
    fn varargs(&self, callee: ExprId, args: &[Argument]) -> Vec<Command> {
        let name = usage::last_name(self.resolver, callee);
        let values: Vec<ExprId> = args.iter().filter(|arg| arg.name.is_none()).map(|arg| arg.value).collect();
        // `az("login", …)`: a function of the program's own name.
        let mut found = self.named_words(callee, &name, &values);
        let texts = values.windows(2).any(|pair| pair.iter().all(|id| self.evaluator.text(*id).is_some()));
        if texts && !show::shows(&name) {
            found.extend(
                self.words(&values).map(|words| run(self.reading, &words, Certainty::Likely)).unwrap_or_default(),
            );
        }
        found
    }

    /// The words of a call whose function has the name of a program.
    fn named_words(&self, callee: ExprId, name: &str, values: &[ExprId]) -> Vec<Command> {
        let begins_with_text = values.first().is_some_and(|id| self.is_word(*id));
        if name.is_empty() || !begins_with_text || show::shows(name) || running::runs(name) {
            return Vec::new();
        }
        let span = self.resolver.module.node(callee).span;
        let program = Operand { text: Template::verbatim(name, span.start), span, splits: false };
        let words: Vec<Operand> = std::iter::once(program).chain(values.iter().map(|id| self.operand(*id))).collect();
        let known: Vec<&str> = words.iter().filter_map(Operand::known).collect();
        if !self.reading.wants(&known.join(" ")) {
            return Vec::new();
        }
        let mut commands = run(self.reading, &words, Certainty::Likely);
        // The name of a function in front is not a wrapper.
        commands.iter_mut().for_each(|command| command.may_wrap = false);
        commands
    }

    /// `start("program", "word word")`, `StartInfo { FileName = "program", Arguments = "word word" }`.
    fn program_and_arguments(&self, id: ExprId, callee: ExprId, args: &[Argument]) -> Vec<Command> {
        if show::shows(&usage::last_name(self.resolver, callee)) {
            return Vec::new();
        }
        let named = |names: &[&str]| {
            let by_name = |name: &str| names.iter().any(|n| n.eq_ignore_ascii_case(name));
            args.iter().find(|arg| arg.name.as_deref().is_some_and(by_name)).map(|arg| arg.value)
        };
        let program = named(&["FileName", "file", "program", "command", "cmd", "executable"]);
        let arguments = named(&["Arguments", "args", "argv", "ArgumentList"]);
        let in_order = || {
            let pair = args.windows(2).find(|pair| self.is_word(pair[0].value) && self.is_line(pair[1].value))?;
            Some((pair[0].value, pair[1].value))
        };
        let chained = || Some((self.chained_program(callee)?, args.first()?.value));
        let set_later = || self.set_later(id, program.or(args.first().map(|arg| arg.value)));
        let pair = program.zip(arguments).or_else(in_order).or_else(chained).or_else(set_later);
        let Some((program, arguments)) = pair else { return Vec::new() };
        if let Expr::List(items) = &self.resolver.module.node(arguments).expr {
            let words = self.words(&[&[program], &items[..]].concat());
            return words.map(|words| run(self.reading, &words, Certainty::Runs)).unwrap_or_default();
        }
        let (Some(name), Some(line)) = (self.evaluator.text(program), self.evaluator.template(arguments)) else {
            return Vec::new();
        };
        if !self.reading.wants(&format!("{name} {}", line.text.text)) {
            return Vec::new();
        }
        let mut commands = shell::started(&self.operand(program), &line, self.reading);
        commands.iter_mut().for_each(|command| command.may_wrap = false);
        commands
    }

    /// `Wrap("program").WithArguments(…)`: the program of a builder.
    fn chained_program(&self, callee: ExprId) -> Option<ExprId> {
        let Expr::Member { object, name, .. } = &self.resolver.module.node(callee).expr else { return None };
        let is_arguments = ["witharguments", "args", "arguments", "setarguments", "withargs"];
        if !is_arguments.contains(&name.to_ascii_lowercase().as_str()) {
            return None;
        }
        let Expr::Call { args, .. } = &self.resolver.module.node(*object).expr else { return None };
        args.first().map(|arg| arg.value).filter(|id| self.is_word(*id))
    }

    /// `p = StartInfo("program"); p.ArgumentList.Add("word"); …`.
    fn argument_list(&self, call: ExprId, args: &[Argument]) -> Vec<Command> {
        let module = self.resolver.module;
        let Some(Target::Name(object)) = self.resolver.bound(call).next().map(|bind| &bind.target) else {
            return Vec::new();
        };
        let is_object = |id: ExprId| matches!(&module.node(id).expr, Expr::Name(name) if name == object);
        let added = self.resolver.mentions("ArgumentList").iter().filter_map(|list| {
            let Expr::Member { object, .. } = &module.node(*list).expr else { return None };
            let add = self.resolver.parent(*list).filter(|_| is_object(*object))?;
            let Expr::Call { args, .. } = &module.node(self.resolver.parent(add)?).expr else { return None };
            args.first().map(|arg| arg.value)
        });
        let mut words: Vec<ExprId> =
            args.first().map(|arg| arg.value).into_iter().chain(added.take(MOST_WORDS + 1)).collect();
        if words.len() > MOST_WORDS {
            words.truncate(MOST_WORDS);
            self.resolver.give_up(call);
        }
        self.words(&words).map(|words| run(self.reading, &words, Certainty::Likely)).unwrap_or_default()
    }

    /// `p = Start("program"); p.Arguments = "word word"`.
    fn set_later(&self, call: ExprId, program: Option<ExprId>) -> Option<(ExprId, ExprId)> {
        let module = self.resolver.module;
        let bind = self.resolver.bound(call).next()?;
        let Target::Name(object) = &bind.target else { return None };
        let inner = format!("{object}.StartInfo");
        let set = |key: &str| {
            let is_it =
                |bind: &&Bind| matches!(&bind.target, Target::Key(o, k) if k == key && (o == object || *o == inner));
            module.binds.iter().find(is_it).and_then(|bind| bind.value)
        };
        let program = set("FileName").or(program.filter(|id| self.is_word(*id)))?;
        Some((program, set("Arguments")?))
    }

    fn is_word(&self, id: ExprId) -> bool {
        let text = self.evaluator.text(id);
        text.is_some_and(|text| !text.is_empty() && !text.starts_with('-') && !text.contains(char::is_whitespace))
    }

    fn is_line(&self, id: ExprId) -> bool {
        self.evaluator.template(id).is_some_and(|template| template.text.text.trim().contains(char::is_whitespace))
    }

    /// The words of values that stand one by one, if they can be a command that anybody looks for.
    fn words(&self, values: &[ExprId]) -> Option<Vec<Operand>> {
        let words: Vec<Operand> = values.iter().map(|id| self.operand(*id)).collect();
        let known: Vec<&str> = words.iter().filter_map(Operand::known).collect();
        (known.len() >= 2 && self.reading.wants(&known.join(" "))).then_some(words)
    }

    fn operand(&self, id: ExprId) -> Operand {
        let node = self.resolver.module.node(id);
        match self.evaluator.template(id) {
            Some(text) => Operand { text, span: node.span, splits: false },
            None => Operand::unknown(self.evaluator.hint(id), node.span, matches!(node.expr, Expr::Spread(_))),
        }
    }
}

/// Commands of words that stand one by one.
fn run(reading: &Reading<'_>, words: &[Operand], certainty: Certainty) -> Vec<Command> {
    let mut commands = shell::argv(words, reading);
    for command in &mut commands {
        command.certainty = command.certainty.max(certainty);
        command.may_wrap = true;
    }
    commands
}

/// Whether a text has holes of a format that is filled elsewhere.
fn has_placeholder(text: &str) -> bool {
    text.contains("%s") || text.contains("{}") || text.contains("{0}") || (text.contains('{') && text.contains('}'))
}
