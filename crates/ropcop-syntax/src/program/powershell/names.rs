//! One walk through a script: where commands stand, and what is done with variables and texts.

use std::collections::{HashMap, HashSet};

use super::lower::Lowered;
use super::printing;
use super::syntax::{Block, Element, Expr, Kind, Link, Param, Piece, Producer, Statement, Step};
use crate::program::module::{Module, ScopeId};
use crate::program::resolve::Resolver;

/// What a variable is given.
#[derive(Clone, Copy, Debug)]
pub(super) enum Given<'s> {
    Value(&'s Expr),
    Result(&'s Statement),
}

impl<'s> Given<'s> {
    pub(super) fn of(statement: &'s Statement) -> Self {
        match &statement.step {
            Step::Pipeline(elements) => match &elements[..] {
                [Element { source: Producer::Value(value), redirections }] if redirections.is_empty() => {
                    Self::Value(value)
                }
                _ => Self::Result(statement),
            },
            _ => Self::Result(statement),
        }
    }
}

/// A pipeline with its place.
#[derive(Clone, Copy, Debug)]
pub(super) struct Line<'s> {
    pub(super) elements: &'s [Element],
    pub(super) place: ScopeId,
}

/// What is known of a script.
pub(super) struct Names<'a, 's> {
    pub(super) lowered: &'a Lowered<'s>,
    pub(super) resolver: &'a Resolver<'a>,
    /// Other names of commands, in lower case.
    pub(super) aliases: HashMap<String, String>,
    pub(super) lines: Vec<Line<'s>>,
    /// Calls of methods, with their place.
    pub(super) chains: Vec<(&'s Expr, ScopeId)>,
    /// Variables that are used for something else than showing them.
    pub(super) used: HashSet<String>,
    /// Variables that are shown or compared.
    pub(super) shown: HashSet<String>,
    /// Texts that are given to something, with its name.
    pub(super) texts: Vec<(Option<String>, &'s Expr, ScopeId)>,
}

impl<'a, 's> Names<'a, 's> {
    pub(super) fn of(statements: &'s [Statement], lowered: &'a Lowered<'s>, resolver: &'a Resolver<'a>) -> Self {
        let mut names = Self {
            lowered,
            resolver,
            aliases: HashMap::new(),
            lines: Vec::new(),
            chains: Vec::new(),
            used: HashSet::new(),
            shown: HashSet::new(),
            texts: Vec::new(),
        };
        names.statements(statements, Module::FILE);
        names
    }

    /// The scope that begins at a place of the text.
    pub(super) fn scope(&self, start: usize) -> Option<ScopeId> {
        self.lowered.scope(start)
    }

    fn statements(&mut self, statements: &'s [Statement], place: ScopeId) {
        for statement in statements {
            self.statement(statement, place);
        }
    }

    fn block(&mut self, block: &'s Block, around: ScopeId) {
        let scope = self.scope(block.span.start).unwrap_or(around);
        self.statements(&block.statements, scope);
    }

    fn statement(&mut self, statement: &'s Statement, place: ScopeId) {
        match &statement.step {
            Step::Pipeline(elements) => self.line(elements, place),
            Step::Assign { target, value, .. } => {
                self.target(target, place);
                self.statement(value, place);
                if let Given::Value(value) = Given::of(value) {
                    self.assign(target, value, place);
                }
            }
            Step::Function { params, body, .. } => {
                self.params(params, self.scope(body.span.start).unwrap_or(place));
                self.block(body, place);
            }
            Step::Params(params) => self.params(params, place),
            Step::Class { properties, methods, .. } => {
                let scope = self.scope(statement.span.start).unwrap_or(place);
                self.params(properties, scope);
                self.statements(methods, scope);
            }
            Step::Choice { tests, arms, .. } => {
                self.statements(tests, place);
                arms.iter().for_each(|arm| self.block(arm, place));
            }
            Step::Loop { head, body, .. } => {
                self.statements(head, place);
                self.block(body, place);
            }
            Step::Blocks(blocks) => blocks.iter().for_each(|(block, _)| self.block(block, place)),
            Step::Using(_) => {}
            Step::Return(value) => value.iter().for_each(|value| self.statement(value, place)),
            Step::Throw(value) => value.iter().for_each(|value| self.shown_statement(value, place)),
        }
    }

    /// A statement whose value people read.
    fn shown_statement(&mut self, statement: &'s Statement, place: ScopeId) {
        match Given::of(statement) {
            Given::Value(value) => self.expr(value, place, true),
            Given::Result(statement) => self.statement(statement, place),
        }
    }

    fn params(&mut self, params: &'s [Param], scope: ScopeId) {
        for default in params.iter().filter_map(|param| param.default.as_ref()) {
            self.expr(default, scope, true);
        }
    }

    /// What is used on the left side of an assignment.
    fn target(&mut self, target: &'s Expr, place: ScopeId) {
        if let Kind::Chain { links, .. } = &target.kind {
            self.links(links, place);
        }
    }

    fn assign(&mut self, target: &'s Expr, value: &'s Expr, place: ScopeId) {
        match &target.kind {
            Kind::Variable(name) => self.text(Some(name.key()), value, place),
            Kind::Cast { value: inner, .. } => self.assign(inner, value, place),
            Kind::Chain { head, links } => {
                if let (Kind::Variable(_), [link]) = (&head.kind, &links[..])
                    && let Some(key) = link_key(link)
                {
                    self.text(Some(key.to_lowercase()), value, place);
                }
            }
            _ => {}
        }
    }

    /// Notes a text that is given to a variable or an entry.
    fn text(&mut self, name: Option<String>, value: &'s Expr, place: ScopeId) {
        match &value.kind {
            Kind::Text(_) | Kind::Operation { .. } => self.texts.push((name, value, place)),
            Kind::Cast { value, .. } => self.text(name, value, place),
            _ => {}
        }
    }

    fn line(&mut self, elements: &'s [Element], place: ScopeId) {
        self.lines.push(Line { elements, place });
        let shown = elements.last().is_some_and(|element| match &element.source {
            Producer::Command(command) => printing::shows(command),
            Producer::Value(_) => false,
        });
        for (index, element) in elements.iter().enumerate() {
            match &element.source {
                Producer::Value(value) => self.expr(value, place, shown && elements.len() > 1),
                Producer::Command(command) => {
                    let shown = printing::shows(command) || shown && index + 1 < elements.len();
                    self.alias(command);
                    for word in &command.words {
                        self.expr(word, place, shown);
                    }
                }
            }
            for target in &element.redirections {
                self.expr(target, place, true);
            }
        }
    }

    fn alias(&mut self, command: &'s super::syntax::CommandLine) {
        let known: Vec<&str> = command.words.iter().filter_map(plain).collect();
        let Some((program, words)) = known.split_first() else { return };
        if !["set-alias", "new-alias", "sal", "nal"].iter().any(|name| name.eq_ignore_ascii_case(program)) {
            return;
        }
        // Whatever the parameters are called, the name stands before the value unless they say otherwise.
        let named = |names: &[&str]| {
            let at = words.iter().position(|word| names.iter().any(|name| name.eq_ignore_ascii_case(word)))?;
            words.get(at + 1).copied()
        };
        let mut free = Vec::new();
        let mut at = 0;
        while let Some(word) = words.get(at) {
            let takes = ["-name", "-value", "-scope", "-option", "-description"];
            at += if takes.iter().any(|name| name.eq_ignore_ascii_case(word)) { 2 } else { 1 };
            if !word.starts_with('-') {
                free.push(*word);
            }
        }
        let mut free = free.into_iter();
        let name = named(&["-name", "-n"]).or_else(|| free.next());
        let value = named(&["-value", "-v"]).or_else(|| free.next());
        if let (Some(name), Some(value)) = (name, value) {
            self.aliases.insert(name.to_lowercase(), value.to_owned());
        }
    }

    /// Walks through an expression. `shown` says that people read its value, or something compares it.
    fn expr(&mut self, expr: &'s Expr, place: ScopeId, shown: bool) {
        match &expr.kind {
            Kind::Word(pieces) | Kind::Text(pieces) => {
                for piece in pieces {
                    if let Piece::Hole(inner) = piece {
                        self.expr(inner, place, shown);
                    }
                }
            }
            Kind::Variable(name) | Kind::Splat(name) => {
                let set = if shown { &mut self.shown } else { &mut self.used };
                set.insert(name.key());
            }
            Kind::Group(statements) | Kind::Array(statements) => match &statements[..] {
                [only] if shown => self.shown_statement(only, place),
                _ => self.statements(statements, place),
            },
            Kind::List(items) => items.iter().for_each(|item| self.expr(item, place, shown)),
            Kind::Hash(entries) => {
                for (key, value) in entries {
                    self.expr(key, place, true);
                    self.statement(value, place);
                    if let Given::Value(value) = Given::of(value) {
                        self.text(plain(key).map(str::to_lowercase), value, place);
                    }
                }
            }
            Kind::Block(block) => self.block(block, place),
            Kind::Chain { head, links } => {
                self.expr(head, place, shown);
                self.links(links, place);
                self.chains.push((expr, place));
            }
            Kind::Cast { value, .. } => self.expr(value, place, shown),
            Kind::Operation { operators, operands } => {
                let compares = operators.iter().any(|operator| printing::compares(operator));
                operands.iter().for_each(|operand| self.expr(operand, place, shown || compares));
            }
            Kind::Type(_) | Kind::Number | Kind::Nothing => {}
        }
    }

    fn links(&mut self, links: &'s [Link], place: ScopeId) {
        for link in links {
            match link {
                Link::Member { .. } => {}
                Link::Computed(inner) | Link::Index(inner) => self.expr(inner, place, false),
                Link::Call { args, .. } => args.iter().for_each(|arg| self.expr(arg, place, false)),
            }
        }
    }
}

/// The text of a word or of a quoted text, if it has no holes.
pub(super) fn plain(expr: &Expr) -> Option<&str> {
    match &expr.kind {
        Kind::Word(pieces) | Kind::Text(pieces) => match &pieces[..] {
            [Piece::Known { text, .. }] => Some(text),
            _ => None,
        },
        _ => None,
    }
}

/// The entry that a link names.
pub(super) fn link_key(link: &Link) -> Option<String> {
    match link {
        Link::Member { name, .. } => Some(name.clone()),
        Link::Index(index) => plain(index).map(str::to_owned),
        Link::Computed(_) | Link::Call { .. } => None,
    }
}
