//! The way through a script: every statement and expression once, with the place and the function around it.

use super::super::find::base_name;
use super::super::names::VariableValue;
use super::super::printing;
use super::super::syntax::{
    CommandLine, Link, Producer, PsBlock, PsElement, PsExpr, PsExprKind, PsParam, PsPiece, PsStatement, PsStep,
};
use super::{Recorder, string};
use crate::Span;
use crate::record::Around;

/// Methods that look at a text and make nothing of it.
const LOOKING: &[&str] = &["contains", "startswith", "endswith", "equals", "indexof", "split", "replace", "writeline"];

impl<'s> Recorder<'_, 's> {
    /// Statements of a block, each with its own evidence.
    pub(super) fn statements(&mut self, statements: &'s [PsStatement]) {
        for statement in statements {
            let outer = self.around;
            let written = self.values.written(statement.span).trim_end();
            let end = statement.span.start + written.len();
            self.around.statement = self.span(Span::new(statement.span.start, end));
            self.given(statement);
            self.around = outer;
        }
    }

    /// Runs something in the place of a block.
    fn within(&mut self, home: usize, walk: impl FnOnce(&mut Self)) {
        let place = self.names.scope(home).unwrap_or(self.place);
        let outer = std::mem::replace(&mut self.place, place);
        let path = std::mem::take(&mut self.path);
        walk(self);
        self.place = outer;
        self.path = path;
    }

    fn block(&mut self, block: &'s PsBlock) {
        self.within(block.span.start, |walk| walk.statements(&block.statements));
    }

    /// What is in a function.
    fn function(&mut self, span: Span, walk: impl FnOnce(&mut Self)) {
        let span = self.span(span);
        let outer = std::mem::replace(&mut self.around, Around { statement: span, function: span });
        walk(self);
        self.around = outer;
    }

    /// A statement that may be a value of another.
    pub(super) fn given(&mut self, statement: &'s PsStatement) {
        match &statement.step {
            PsStep::Pipeline(elements) => self.pipeline(elements),
            PsStep::Assign { target, how, value } => self.assign(target, *how, value),
            PsStep::Function { params, body, .. } => self.function(statement.span, |walk| {
                walk.within(body.span.start, |walk| {
                    walk.params(params);
                    walk.statements(&body.statements);
                });
            }),
            PsStep::Params(params) => self.params(params),
            PsStep::Class { properties, methods, .. } => self.within(statement.span.start, |walk| {
                walk.params(properties);
                walk.statements(methods);
            }),
            PsStep::Choice { tests, arms, .. } => {
                self.statements(tests);
                arms.iter().for_each(|arm| self.block(arm));
            }
            PsStep::Loop { head, body, .. } => {
                self.statements(head);
                self.block(body);
            }
            PsStep::Blocks(blocks) => blocks.iter().for_each(|(block, _)| self.block(block)),
            PsStep::Using(_) => {}
            PsStep::Return(value) => value.iter().for_each(|value| self.given(value)),
            PsStep::Throw(value) => match value.as_deref().map(VariableValue::of) {
                Some(VariableValue::Value(value)) => self.expr(value, true),
                Some(VariableValue::Result(statement)) => self.given(statement),
                None => {}
            },
        }
    }

    fn params(&mut self, params: &'s [PsParam]) {
        for param in params {
            if let Some(default) = &param.default {
                self.expr(default, printing::is_shown_variable(&param.name));
            }
        }
    }

    fn pipeline(&mut self, elements: &'s [PsElement]) {
        let shows = |element: &PsElement| match &element.source {
            Producer::Command(command) => printing::shows(command),
            Producer::Value(_) => false,
        };
        let shown = elements.last().is_some_and(shows);
        for element in elements {
            match &element.source {
                Producer::Value(value) => self.expr(value, shown),
                Producer::Command(command) => self.command(command),
            }
            element.redirections.iter().for_each(|target| self.expr(target, true));
        }
    }

    fn command(&mut self, command: &'s CommandLine) {
        let Some((program, words)) = command.words.split_first() else { return };
        let name = super::super::names::plain(program).unwrap_or_default();
        let base = base_name(name);
        self.set_item(&base, command);
        let is_cmdlet = base.split_once('-').is_some_and(|(verb, _)| verb.chars().all(|c| c.is_ascii_alphabetic()));
        let shown = printing::is_showing(name);
        if !shown && !is_cmdlet {
            self.record_words(command);
        }
        // Texts of a program have been looked at together.
        self.expr(program, true);
        words.iter().for_each(|word| self.expr(word, shown || !is_cmdlet));
    }

    /// Walks through an expression. Of one that is `seen`, the text itself is not looked at: people read it, or it is
    /// part of something that is looked at as a whole.
    pub(super) fn expr(&mut self, expr: &'s PsExpr, seen: bool) {
        let seen = seen || string::is_text(expr) && self.offer(expr);
        match &expr.kind {
            PsExprKind::Word(pieces) | PsExprKind::Text(pieces) => {
                for piece in pieces {
                    if let PsPiece::Hole(inner) = piece {
                        // `-Parameter:value`
                        self.expr(inner, seen);
                    }
                }
            }
            PsExprKind::Group(statements) | PsExprKind::Array(statements) => {
                for statement in statements {
                    match VariableValue::of(statement) {
                        VariableValue::Value(value) => self.expr(value, seen),
                        VariableValue::Result(statement) => self.given(statement),
                    }
                }
            }
            PsExprKind::List(items) => items.iter().for_each(|item| self.expr(item, seen)),
            PsExprKind::Hash(entries) => self.lone_table(entries),
            PsExprKind::Block(block) => self.script_block(block),
            PsExprKind::Chain { head, links } => {
                self.expr(head, seen);
                self.method(head, links);
                self.static_method(head, links);
                let looks = |link: &Link| {
                    matches!(link, Link::Member { name, .. }
                    if LOOKING.iter().any(|known| name.eq_ignore_ascii_case(known)))
                };
                if seen || links.iter().any(looks) { self.seen_links(links) } else { self.links(links) }
            }
            PsExprKind::Cast { value, .. } => self.expr(value, seen),
            PsExprKind::Operation { operators, operands } => {
                let compares = operators.iter().any(|operator| printing::compares(operator));
                operands.iter().for_each(|operand| self.expr(operand, seen || compares));
            }
            PsExprKind::Variable(_)
            | PsExprKind::Splat(_)
            | PsExprKind::Type(_)
            | PsExprKind::Number
            | PsExprKind::Nothing => {}
        }
    }

    /// `{…}` as a value. One with parameters is a function without a name.
    fn script_block(&mut self, block: &'s PsBlock) {
        match block.statements.first() {
            Some(PsStatement { step: PsStep::Params(_), .. }) => self.function(block.span, |walk| walk.block(block)),
            _ => self.block(block),
        }
    }

    pub(super) fn links(&mut self, links: &'s [Link]) {
        self.each_link(links, false);
    }

    fn seen_links(&mut self, links: &'s [Link]) {
        self.each_link(links, true);
    }

    fn each_link(&mut self, links: &'s [Link], seen: bool) {
        for link in links {
            match link {
                Link::Member { .. } => {}
                Link::Computed(inner) | Link::Index(inner) => self.expr(inner, seen),
                Link::Call { args, .. } => args.iter().for_each(|arg| self.expr(arg, seen)),
            }
        }
    }
}
