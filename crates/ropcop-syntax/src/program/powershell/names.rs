//! One walk through a script: where commands stand, and what is done with variables and texts.

use std::collections::{HashMap, HashSet};

use super::lower::LoweredScript;
use super::printing;
use super::syntax::{Link, Producer, PsBlock, PsElement, PsExpr, PsExprKind, PsParam, PsPiece, PsStatement, PsStep};
use crate::program::module::{Module, ScopeId};
use crate::program::resolve::Resolver;

/// What a variable is given.
#[derive(Clone, Copy, Debug)]
pub(super) enum VariableValue<'s> {
    Value(&'s PsExpr),
    Result(&'s PsStatement),
}

impl<'s> VariableValue<'s> {
    pub(super) fn of(statement: &'s PsStatement) -> Self {
        match &statement.step {
            PsStep::Pipeline(elements) => match &elements[..] {
                [PsElement { source: Producer::Value(value), redirections }] if redirections.is_empty() => {
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
pub(super) struct PlacedPipeline<'s> {
    pub(super) elements: &'s [PsElement],
    pub(super) place: ScopeId,
}

/// What is known of a script.
pub(super) struct Names<'a, 's> {
    pub(super) lowered: &'a LoweredScript<'s>,
    pub(super) resolver: &'a Resolver<'a>,
    /// Other names of commands, in lower case.
    pub(super) aliases: HashMap<String, String>,
    pub(super) lines: Vec<PlacedPipeline<'s>>,
    /// Calls of methods, with their place.
    pub(super) chains: Vec<(&'s PsExpr, ScopeId)>,
    /// Variables that are used for something else than showing them.
    pub(super) used: HashSet<String>,
    /// Variables that are shown or compared.
    pub(super) shown: HashSet<String>,
    /// Texts that are given to something, with its name.
    pub(super) texts: Vec<(Option<String>, &'s PsExpr, ScopeId)>,
}

impl<'a, 's> Names<'a, 's> {
    pub(super) fn of(
        statements: &'s [PsStatement],
        lowered: &'a LoweredScript<'s>,
        resolver: &'a Resolver<'a>,
    ) -> Self {
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

    fn statements(&mut self, statements: &'s [PsStatement], place: ScopeId) {
        for statement in statements {
            self.statement(statement, place);
        }
    }

    fn block(&mut self, block: &'s PsBlock, around: ScopeId) {
        let scope = self.scope(block.span.start).unwrap_or(around);
        self.statements(&block.statements, scope);
    }

    fn statement(&mut self, statement: &'s PsStatement, place: ScopeId) {
        match &statement.step {
            PsStep::Pipeline(elements) => self.line(elements, place),
            PsStep::Assign { target, value, .. } => {
                self.target(target, place);
                self.statement(value, place);
                if let VariableValue::Value(value) = VariableValue::of(value) {
                    self.assign(target, value, place);
                }
            }
            PsStep::Function { params, body, .. } => {
                self.params(params, self.scope(body.span.start).unwrap_or(place));
                self.block(body, place);
            }
            PsStep::Params(params) => self.params(params, place),
            PsStep::Class { properties, methods, .. } => {
                let scope = self.scope(statement.span.start).unwrap_or(place);
                self.params(properties, scope);
                self.statements(methods, scope);
            }
            PsStep::Choice { tests, arms, .. } => {
                self.statements(tests, place);
                arms.iter().for_each(|arm| self.block(arm, place));
            }
            PsStep::Loop { head, body, .. } => {
                self.statements(head, place);
                self.block(body, place);
            }
            PsStep::Blocks(blocks) => blocks.iter().for_each(|(block, _)| self.block(block, place)),
            PsStep::Using(_) => {}
            PsStep::Return(value) => value.iter().for_each(|value| self.statement(value, place)),
            PsStep::Throw(value) => value.iter().for_each(|value| self.shown_statement(value, place)),
        }
    }

    /// A statement whose value people read.
    fn shown_statement(&mut self, statement: &'s PsStatement, place: ScopeId) {
        match VariableValue::of(statement) {
            VariableValue::Value(value) => self.expr(value, place, true),
            VariableValue::Result(statement) => self.statement(statement, place),
        }
    }

    fn params(&mut self, params: &'s [PsParam], scope: ScopeId) {
        for default in params.iter().filter_map(|param| param.default.as_ref()) {
            self.expr(default, scope, true);
        }
    }

    /// What is used on the left side of an assignment.
    fn target(&mut self, target: &'s PsExpr, place: ScopeId) {
        if let PsExprKind::Chain { links, .. } = &target.kind {
            self.links(links, place);
        }
    }

    fn assign(&mut self, target: &'s PsExpr, value: &'s PsExpr, place: ScopeId) {
        match &target.kind {
            PsExprKind::Variable(name) => self.text(Some(name.key()), value, place),
            PsExprKind::Cast { value: inner, .. } => self.assign(inner, value, place),
            PsExprKind::Chain { head, links } => {
                if let (PsExprKind::Variable(_), [link]) = (&head.kind, &links[..])
                    && let Some(key) = link_key(link)
                {
                    self.text(Some(key.to_lowercase()), value, place);
                }
            }
            _ => {}
        }
    }

    /// Notes a text that is given to a variable or an entry.
    fn text(&mut self, name: Option<String>, value: &'s PsExpr, place: ScopeId) {
        match &value.kind {
            PsExprKind::Text(_) | PsExprKind::Operation { .. } => self.texts.push((name, value, place)),
            PsExprKind::Cast { value, .. } => self.text(name, value, place),
            _ => {}
        }
    }

    fn line(&mut self, elements: &'s [PsElement], place: ScopeId) {
        self.lines.push(PlacedPipeline { elements, place });
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
    fn expr(&mut self, expr: &'s PsExpr, place: ScopeId, shown: bool) {
        match &expr.kind {
            PsExprKind::Word(pieces) | PsExprKind::Text(pieces) => {
                for piece in pieces {
                    if let PsPiece::Hole(inner) = piece {
                        self.expr(inner, place, shown);
                    }
                }
            }
            PsExprKind::Variable(name) | PsExprKind::Splat(name) => {
                let set = if shown { &mut self.shown } else { &mut self.used };
                set.insert(name.key());
            }
            PsExprKind::Group(statements) | PsExprKind::Array(statements) => match &statements[..] {
                [only] if shown => self.shown_statement(only, place),
                _ => self.statements(statements, place),
            },
            PsExprKind::List(items) => items.iter().for_each(|item| self.expr(item, place, shown)),
            PsExprKind::Hash(entries) => {
                for (key, value) in entries {
                    self.expr(key, place, true);
                    self.statement(value, place);
                    if let VariableValue::Value(value) = VariableValue::of(value) {
                        self.text(plain(key).map(str::to_lowercase), value, place);
                    }
                }
            }
            PsExprKind::Block(block) => self.block(block, place),
            PsExprKind::Chain { head, links } => {
                self.expr(head, place, shown);
                self.links(links, place);
                self.chains.push((expr, place));
            }
            PsExprKind::Cast { value, .. } => self.expr(value, place, shown),
            PsExprKind::Operation { operators, operands } => {
                let compares = operators.iter().any(|operator| printing::compares(operator));
                operands.iter().for_each(|operand| self.expr(operand, place, shown || compares));
            }
            PsExprKind::Type(_) | PsExprKind::Number | PsExprKind::Nothing => {}
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
pub(super) fn plain(expr: &PsExpr) -> Option<&str> {
    match &expr.kind {
        PsExprKind::Word(pieces) | PsExprKind::Text(pieces) => match &pieces[..] {
            [PsPiece::Known { text, .. }] => Some(text),
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
