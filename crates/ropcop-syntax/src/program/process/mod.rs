//! Commands that a program hands to a process: as one text, as a list of words, or as program and arguments.
//!
//! The name of the helper does not matter, because every repository has its own; what it is *not* matters more
//! ([`crate::program::usage`]): a text that is printed or compared is no command.

mod list;

use std::cell::RefCell;
use std::collections::HashMap;

use crate::guest::{Guest, Reading};
use crate::language::is_powershell;
use crate::program::module::{Argument, Bind, Expr, ExprId, How, ScopeId, Target};
use crate::program::pieces::{PieceRole, Pieces};
use crate::program::resolve::Resolver;
use crate::program::usage::{self, Usage};
use crate::program::value::Evaluator;
use crate::script::shell::{self, Operand};
use crate::text::template::Template;
use crate::vocabulary::{run as running, show};
use crate::{Certainty, Command, Language};

use list::AddedItems;

/// All commands in a file, in source order. Texts that `reading` does not want are not looked into.
pub(crate) fn commands(resolver: &Resolver<'_>, reading: &Reading<'_>) -> Vec<Command> {
    let (evaluator, pieces) = (Evaluator::new(resolver), Pieces::of(resolver));
    let finder = ProcessFinder { resolver, evaluator, reading, pieces, added: RefCell::default() };
    let mut found: Vec<Command> = (0..resolver.module.exprs.len()).flat_map(|index| finder.at(ExprId(index))).collect();
    found.sort_by_key(|command| (command.span.start, command.span.end, command.certainty));
    found.dedup_by(|a, b| a.span == b.span && a.words == b.words);
    found
}

/// One program may be given its line in different branches. Of more lines than this, only the first are looked at.
const MOST_LINES: usize = 8;

/// A list with more items is data, not a command.
const MOST_WORDS: usize = 200;

struct ProcessFinder<'r, 'm> {
    resolver: &'r Resolver<'m>,
    evaluator: Evaluator<'r, 'm>,
    reading: &'r Reading<'r>,
    pieces: Pieces<'m>,
    /// What is added to the lists of each name: found once, for a name may get hundreds of lists.
    added: RefCell<HashMap<(ScopeId, &'m str), AddedItems>>,
}

impl<'m> ProcessFinder<'_, 'm> {
    fn at(&self, id: ExprId) -> Vec<Command> {
        match &self.resolver.module.node(id).expr {
            Expr::Text(_) | Expr::Concat(_) | Expr::Format { .. } if self.is_whole(id) => self.text(id),
            Expr::List(items) => self.list(id, items),
            // `new ArrayList<>()`, `new List<string>()`: filled later.
            Expr::Call { callee, args, how: How::New } if args.is_empty() && self.is_list_class(*callee) => {
                self.list(id, &[])
            }
            Expr::Call { callee, args, .. } => {
                let mut found = self.varargs(id, *callee, args);
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
        let ways = match self.pieces.around(self.resolver, id) {
            PieceRole::Piece => return Vec::new(),
            PieceRole::Start(ways) => ways,
            PieceRole::Alone => vec![Vec::new()],
        };
        let templates = ways.iter().flat_map(|more| self.evaluator.templates(id, more));
        templates.flat_map(|template| self.line(id, template)).collect()
    }

    /// The commands of a text that `id` begins.
    fn line(&self, id: ExprId, mut template: Template) -> Vec<Command> {
        let is_line = template.text.text.trim().contains(char::is_whitespace);
        if !is_line || !self.reading.wants(&template.text.text) {
            return Vec::new();
        }
        let Some((certainty, run_at)) = self.certainty(id, &template) else { return Vec::new() };
        let mut commands = if is_powershell(&template.text.text) {
            let guest = Guest { language: Language::PowerShell, code: template, certainty };
            self.reading.at_depth(1).guest(&guest).commands
        } else {
            if certainty != Certainty::Runs {
                // In a text that may be prose, backquotes mark up a command; they do not run it.
                template.text.text = template.text.text.replace('`', " ");
            }
            shell::commands(&template.text, &template.holes, self.reading)
        };
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

    /// `run("program", "word", value)`.
    fn varargs(&self, id: ExprId, callee: ExprId, args: &[Argument]) -> Vec<Command> {
        let name = usage::last_name(self.resolver, callee);
        let values: Vec<ExprId> = args.iter().filter(|arg| arg.name.is_none()).map(|arg| arg.value).collect();
        // `List.of("program", "word")`, to which more is added.
        if running::gathers(&name) && self.grows(id) {
            return self.list(id, &values);
        }
        // `az("login", …)`: a function of the program's own name.
        let mut found = self.named_words(callee, &name, &values);
        let texts = values.windows(2).any(|pair| pair.iter().all(|id| self.evaluator.text(*id).is_some()));
        if texts && !show::shows(&name) {
            found.extend(self.words(&values).iter().flat_map(|words| run(self.reading, words, Certainty::Likely)));
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
        let pair = program.zip(arguments).or_else(in_order).or_else(chained);
        let pairs = match pair {
            Some(pair) => vec![pair],
            None => self.set_later(id, program.or(args.first().map(|arg| arg.value))),
        };
        pairs.into_iter().flat_map(|(program, arguments)| self.started(program, arguments)).collect()
    }

    fn started(&self, program: ExprId, arguments: ExprId) -> Vec<Command> {
        if let Expr::List(items) = &self.resolver.module.node(arguments).expr {
            let words = self.words(&[&[program], &items[..]].concat());
            return words.iter().flat_map(|words| run(self.reading, words, Certainty::Runs)).collect();
        }
        let Some(name) = self.evaluator.text(program) else { return Vec::new() };
        let lines = self.evaluator.templates(arguments, &[]).into_iter();
        let lines = lines.filter(|line| self.reading.wants(&format!("{name} {}", line.text.text)));
        let mut commands: Vec<Command> =
            lines.flat_map(|line| shell::started(&self.operand(program), &line, self.reading)).collect();
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
        let first = args.first().map(|arg| arg.value);
        let mut words: Vec<(ScopeId, ExprId)> =
            first.into_iter().chain(added.take(MOST_WORDS + 1)).map(|word| (module.node(word).scope, word)).collect();
        if words.len() > MOST_WORDS {
            words.truncate(MOST_WORDS);
            self.resolver.give_up(call, format!("adds more than {MOST_WORDS} words to a command"));
        }
        let ways = self.resolver.each_way(&words).into_iter();
        let words = ways.flat_map(|way| self.words(&way));
        words.flat_map(|words| run(self.reading, &words, Certainty::Likely)).collect()
    }

    /// `p = Start("program"); p.Arguments = "word word"`: with each of the lines that it is given.
    fn set_later(&self, call: ExprId, program: Option<ExprId>) -> Vec<(ExprId, ExprId)> {
        let module = self.resolver.module;
        let Some(Target::Name(object)) = self.resolver.bound(call).next().map(|bind| &bind.target) else {
            return Vec::new();
        };
        let inner = format!("{object}.StartInfo");
        let owners = [object.as_str(), inner.as_str()];
        let set = |key: &'static str| {
            let is_it = |bind: &&Bind| matches!(&bind.target, Target::Key(o, k) if k == key && owners.contains(&&**o));
            module.binds.iter().filter(is_it).filter_map(|bind| bind.value).take(MOST_LINES).collect::<Vec<_>>()
        };
        let named = set("FileName").first().copied();
        let Some(program) = named.or(program.filter(|id| self.is_word(*id))) else { return Vec::new() };
        set("Arguments").into_iter().map(|line| (program, line)).collect()
    }

    fn is_word(&self, id: ExprId) -> bool {
        let text = self.evaluator.text(id);
        text.is_some_and(|text| !text.is_empty() && !text.starts_with('-') && !text.contains(char::is_whitespace))
    }

    fn is_line(&self, id: ExprId) -> bool {
        self.evaluator.template(id).is_some_and(|template| template.text.text.trim().contains(char::is_whitespace))
    }

    /// The words of values that stand one by one, if they can be a command that anybody looks for: once for each of the
    /// values that one of them may have.
    fn words(&self, values: &[ExprId]) -> Vec<Vec<Operand>> {
        let all = self.evaluator.each_choice(|| values.iter().map(|id| self.operand(*id)).collect::<Vec<Operand>>());
        let is_wanted = |words: &Vec<Operand>| {
            let known: Vec<&str> = words.iter().filter_map(Operand::known).collect();
            known.len() >= 2 && self.reading.wants(&known.join(" "))
        };
        all.into_iter().rev().filter(is_wanted).collect()
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
