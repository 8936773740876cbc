//! The one door from the tree of a script to what is known of its values.
//!
//! The evaluator of all programs answers ([`crate::program::value`]); here, its answers are led back to the tree, because
//! how a word is written decides what a command is.

use super::names::Names;
use super::syntax::{PsExpr, PsStatement};
use crate::program::module::{ExprId, ScopeId};
use crate::program::value::Evaluator;
use crate::text::template::Template;
use crate::{Part, Span};

/// Looks values up.
pub(super) struct Values<'a, 's> {
    pub(super) names: &'a Names<'a, 's>,
    pub(super) text: &'a Template,
    pub(super) evaluator: Evaluator<'a, 'a>,
}

impl<'a, 's> Values<'a, 's> {
    pub(super) fn new(names: &'a Names<'a, 's>, text: &'a Template) -> Self {
        Self { names, text, evaluator: Evaluator::within(names.resolver, text) }
    }

    /// The bytes of the file for a stretch of what is read.
    pub(super) fn span(&self, span: Span) -> Span {
        self.text.span(span.start..span.end)
    }

    pub(super) fn written(&self, span: Span) -> &'a str {
        self.text.text.text.get(span.start..span.end).unwrap_or_default()
    }

    fn id(&self, expr: &PsExpr) -> Option<ExprId> {
        self.names.lowered.id(expr)
    }

    /// The parts of a word.
    pub(super) fn parts(&self, expr: &PsExpr) -> Vec<Part> {
        self.id(expr).map_or_else(|| vec![Part::Unknown], |id| self.evaluator.parts(id))
    }

    /// What is known of a word, once for each of the values that a variable in it may have.
    pub(super) fn ways(&self, expr: &PsExpr) -> Vec<Vec<Part>> {
        let mut ways: Vec<Vec<Part>> = Vec::new();
        for way in self.evaluator.each_choice(|| self.whole_parts(expr)).into_iter().rev() {
            if !ways.contains(&way) {
                ways.push(way);
            }
        }
        ways
    }

    /// The parts of the text that an expression builds, or of the word that it is.
    fn whole_parts(&self, expr: &PsExpr) -> Vec<Part> {
        self.template(expr).map_or_else(|| self.parts(expr), |text| text.parts())
    }

    /// What a statement puts out, if it is a command's.
    pub(super) fn output(&self, statement: &PsStatement) -> Option<Part> {
        self.evaluator.output(self.names.lowered.statement(statement)?, None)
    }

    /// The text that an expression builds; none if it does not build one.
    pub(super) fn template(&self, expr: &PsExpr) -> Option<Template> {
        self.evaluator.template(self.id(expr)?)
    }

    /// The texts that an expression may be: more than one if a variable has several values.
    pub(super) fn templates(&self, expr: &PsExpr) -> Vec<Template> {
        self.id(expr).map(|id| self.evaluator.texts(id)).unwrap_or_default()
    }

    /// The text that a variable ends up with, if it gets it in pieces.
    pub(super) fn whole(&self, key: &str, scope: ScopeId) -> Option<Template> {
        self.evaluator.whole(self.names.lowered.name(key)?, scope)
    }

    /// The items of a list, if it is written down: in place, or as the value of a variable.
    pub(super) fn items(&self, expr: &PsExpr) -> Option<Vec<&'s PsExpr>> {
        let items = self.evaluator.items(self.id(expr)?)?;
        items.into_iter().map(|id| self.names.lowered.source(id)).collect()
    }

    /// The lists that an expression may be: more than one if a variable gets its items in branches.
    pub(super) fn lists(&self, expr: &PsExpr) -> Vec<Vec<&'s PsExpr>> {
        let lists = self.id(expr).map(|id| self.evaluator.lists(id)).unwrap_or_default();
        let source = |id: ExprId| self.names.lowered.source(id);
        lists.into_iter().filter_map(|list| list.into_iter().map(source).collect()).collect()
    }

    /// The only value that a variable is ever given.
    pub(super) fn only(&self, variable: &PsExpr) -> Option<&'s PsExpr> {
        self.names.lowered.source(self.evaluator.only(self.id(variable)?)?)
    }

    /// Whether a text was put into another, so that it alone says too little.
    pub(super) fn is_put_in(&self, text: &PsExpr) -> bool {
        self.id(text).is_some_and(|id| self.evaluator.is_put_in(id))
    }
}
