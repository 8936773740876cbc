//! Texts that are a record of their own: forms, connection strings, and the words of a program that are such parts.

use super::super::names::VariableValue;
use super::super::syntax::{CommandLine, Link, PsExpr, PsExprKind, PsPiece};
use super::grown::Grown;
use super::{MOST_COPIES, Recorder, ScopeId};
use crate::RecordKind;
use crate::program::value::name_of;
use crate::record::{command, lines, text};
use crate::text::template::Template;

/// Longer expressions are data, in bytes.
const LONGEST: usize = 100_000;
/// More pieces of one text are not joined.
const MOST_PIECES: usize = 64;
/// A list of more is not that of the words of one program.
const MOST_WORDS: usize = 1_000;

impl<'s> Recorder<'_, 's> {
    /// Records what an expression says, if it is a text with keys and values; false if it is no text.
    pub(super) fn offer(&mut self, expr: &'s PsExpr) -> bool {
        let texts = if has_equals(expr) { self.texts_of(expr) } else { Vec::new() };
        texts.iter().for_each(|text| self.record_text(text));
        !texts.is_empty()
    }

    fn record_text(&mut self, text: &Template) {
        // The lines of a file that only sets variables.
        let lines = if text.text.text.trim().contains('\n') { lines::only(text) } else { None };
        if let Some(variables) = lines.and_then(|fields| command::record(fields, self.around, RecordKind::Environment))
        {
            return self.push(variables);
        }
        if let Some(record) = text::wanted(text, self.around, self.reading) {
            self.push(record);
        }
    }

    /// The texts that an expression may build.
    pub(super) fn texts_of(&self, expr: &'s PsExpr) -> Vec<Template> {
        let is_short = expr.span.end - expr.span.start <= LONGEST;
        if is_short && is_text(expr) { self.values.templates(expr) } else { Vec::new() }
    }

    /// Another piece of a text that a variable holds; false if it holds none.
    pub(super) fn add_text(&mut self, key: &(ScopeId, String), expr: &'s PsExpr) -> bool {
        if self.texts.get(key).is_none_or(Vec::is_empty) {
            return false;
        }
        let piece = self.values.template(expr).unwrap_or_else(|| self.hole(expr));
        for text in self.texts.entry(key.clone()).or_default() {
            if text.pieces.len() < MOST_PIECES && self.names.resolver.fit(self.place, text.place) {
                text.pieces.push((self.place, piece.clone()));
            }
        }
        true
    }

    pub(super) fn close_text(&mut self, text: &Grown<Template>) {
        let outer = std::mem::replace(&mut self.around, text.around);
        for case in text.cases(self.names, |_| None) {
            match case[..] {
                [only] => self.record_text(only),
                _ => {
                    let mut whole = Template::default();
                    for piece in case {
                        if whole.text.text.len() <= LONGEST {
                            whole.append(piece);
                        }
                    }
                    self.record_text(&whole);
                }
            }
        }
        self.around = outer;
    }

    /// What the words of a program send and set, together: `-d a=b -d c=d`, `-e A=b`.
    pub(super) fn record_words(&mut self, command: &'s CommandLine) {
        let mut words: Vec<&'s PsExpr> = Vec::new();
        for word in command.words.iter().take(MOST_WORDS) {
            let is_list = matches!(
                word.kind,
                PsExprKind::Splat(_) | PsExprKind::Variable(_) | PsExprKind::List(_) | PsExprKind::Array(_)
            );
            let items = if is_list { self.values.items(word) } else { None };
            match items {
                Some(items) if items.len() <= MOST_WORDS && self.copies <= MOST_COPIES => {
                    self.copies += items.len();
                    words.extend(items);
                }
                _ => words.push(word),
            }
        }
        if words.len() > MOST_WORDS || !words.iter().any(|word| has_equals(word)) {
            return;
        }
        let ways = self.values.evaluator.each_choice(|| words.iter().map(|word| self.word(word)).collect());
        for words in ways {
            command::records(words, None, self.around, self.reading).into_iter().for_each(|record| self.push(record));
        }
    }

    /// The text of a word, or a hole.
    fn word(&self, word: &'s PsExpr) -> Template {
        let is_short = word.span.end - word.span.start <= LONGEST;
        let text = if is_short && is_text(word) { self.values.template(word) } else { None };
        text.unwrap_or_else(|| self.hole(word))
    }

    fn hole(&self, expr: &'s PsExpr) -> Template {
        let span = self.span(expr.span);
        let mut hole = Template::default();
        hole.push_hole(name_of(&self.values.parts(expr)), span.start);
        hole.text.seek(span.end);
        hole
    }
}

/// Whether an expression is a text, or makes one of texts.
pub(super) fn is_text(expr: &PsExpr) -> bool {
    match &expr.kind {
        PsExprKind::Word(_) | PsExprKind::Text(_) | PsExprKind::Chain { .. } => true,
        PsExprKind::Operation { operators, .. } => {
            operators.first().is_some_and(|operator| ["+", "-f", "-join"].contains(&operator.as_str()))
        }
        PsExprKind::Cast { value, .. } => is_text(value),
        PsExprKind::Group(statements) => match &statements[..] {
            [only] => matches!(VariableValue::of(only), VariableValue::Value(value) if is_text(value)),
            _ => false,
        },
        _ => false,
    }
}

/// Whether an equals sign stands in any text of an expression.
fn has_equals(expr: &PsExpr) -> bool {
    match &expr.kind {
        PsExprKind::Word(pieces) | PsExprKind::Text(pieces) => {
            pieces.iter().any(|piece| matches!(piece, PsPiece::Known { text, .. } if text.contains('=')))
        }
        PsExprKind::Operation { operands, .. } | PsExprKind::List(operands) => operands.iter().any(has_equals),
        PsExprKind::Cast { value, .. } => has_equals(value),
        PsExprKind::Group(statements) | PsExprKind::Array(statements) => statements
            .iter()
            .any(|only| matches!(VariableValue::of(only), VariableValue::Value(value) if has_equals(value))),
        PsExprKind::Chain { head, links } => {
            let in_link = |link: &Link| matches!(link, Link::Call { args, .. } if args.iter().any(has_equals));
            has_equals(head) || links.iter().any(in_link)
        }
        _ => false,
    }
}
