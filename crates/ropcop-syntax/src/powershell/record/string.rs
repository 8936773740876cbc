//! Texts that are a record of their own: forms, connection strings, and the words of a program that are such parts.

use super::super::names::Given;
use super::super::syntax::{CommandLine, Expr, Kind, Link, Piece};
use super::grown::Grown;
use super::{MOST_FIELDS, Recorder};
use crate::record::text;
use crate::template::Template;
use crate::{Record, RecordKind};

/// Longer expressions are data, in bytes.
const LONGEST: usize = 100_000;
/// More pieces of one text are not joined.
const MOST_PIECES: usize = 64;
/// A longer list does not hold the words of one program.
const MOST_WORDS: usize = 200;

impl<'s> Recorder<'_, 's> {
    /// Records what an expression says, if it is a text with keys and values; false if it is no text.
    pub(super) fn offer(&mut self, expr: &'s Expr) -> bool {
        let text = if has_equals(expr) { self.text_of(expr) } else { None };
        let Some(text) = text else { return false };
        self.record_text(&text);
        true
    }

    fn record_text(&mut self, text: &Template) {
        if let Some(record) = text::record(text, self.around, self.keep) {
            self.push(record);
        }
    }

    /// The text that an expression builds.
    pub(super) fn text_of(&self, expr: &'s Expr) -> Option<Template> {
        let is_short = expr.span.end - expr.span.start <= LONGEST;
        if !is_short || !is_text(expr) {
            return None;
        }
        self.values.template(expr, self.used(expr.span.start))
    }

    /// Another piece of a text that a variable holds; false if it holds none.
    pub(super) fn add_text(&mut self, key: &(super::PlaceId, String), expr: &'s Expr) -> bool {
        let used = self.used(expr.span.start);
        let Some(texts) = self.texts.get_mut(key).filter(|texts| !texts.is_empty()) else { return false };
        let piece = self.values.template(expr, used).unwrap_or_else(|| {
            let span = self.values.span(expr.span);
            let mut hole = Template::default();
            hole.push_hole(super::super::value::name_of(&self.values.parts(expr, used)), span.start);
            hole.text.seek(span.end);
            hole
        });
        for text in texts {
            if text.pieces.len() < MOST_PIECES && self.names.fit(self.place, text.place) {
                text.pieces.push((self.place, piece.clone()));
            }
        }
        true
    }

    pub(super) fn close_text(&mut self, text: &Grown<Template>) {
        let outer = std::mem::replace(&mut self.around, text.around);
        for case in text.cases(self.names) {
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

    /// The words of a program that are keys and values, together: `-d a=b -d c=d`.
    pub(super) fn record_words(&mut self, command: &'s CommandLine) {
        let mut words: Vec<&'s Expr> = Vec::new();
        for word in command.words.iter().skip(1).take(MOST_WORDS) {
            let is_list = matches!(word.kind, Kind::Splat(_) | Kind::Variable(_) | Kind::List(_) | Kind::Array(_));
            let items = if is_list { self.values.items(word, self.used(command.span.start)) } else { None };
            match items {
                Some(items) if items.len() <= MOST_WORDS => words.extend(items),
                _ => words.push(word),
            }
        }
        words.retain(|word| has_equals(word));
        let texts: Vec<Template> = words.into_iter().filter_map(|word| self.text_of(word)).map(value_of).collect();
        let is_wanted = texts.iter().any(|text| (self.keep)(&text.text.text));
        let mut fields: Vec<_> = texts.iter().filter(|_| is_wanted).flat_map(text::fields).collect();
        fields.truncate(MOST_FIELDS);
        let (Some(first), Some(last)) = (fields.first(), fields.last()) else { return };
        let span = first.key_span.to(last.span);
        self.push(Record { kind: RecordKind::Text, fields, span, ..self.around.record() });
    }
}

/// What stands behind the name of an option that is written with an equals sign: `--data=a=b`.
fn value_of(text: Template) -> Template {
    let known = &text.text.text;
    match known.find('=') {
        Some(at) if known.starts_with("--") => {
            let rest = text.text.slice(at + 1..known.len());
            Template { text: rest, holes: text.holes }
        }
        _ => text,
    }
}

/// Whether an expression is a text, or makes one of texts.
pub(super) fn is_text(expr: &Expr) -> bool {
    match &expr.kind {
        Kind::Word(_) | Kind::Text(_) | Kind::Chain { .. } => true,
        Kind::Operation { operators, .. } => {
            operators.first().is_some_and(|operator| ["+", "-f", "-join"].contains(&operator.as_str()))
        }
        Kind::Cast { value, .. } => is_text(value),
        Kind::Group(statements) => match &statements[..] {
            [only] => matches!(Given::of(only), Given::Value(value) if is_text(value)),
            _ => false,
        },
        _ => false,
    }
}

/// Whether an equals sign stands in any text of an expression.
fn has_equals(expr: &Expr) -> bool {
    match &expr.kind {
        Kind::Word(pieces) | Kind::Text(pieces) => {
            pieces.iter().any(|piece| matches!(piece, Piece::Known { text, .. } if text.contains('=')))
        }
        Kind::Operation { operands, .. } | Kind::List(operands) => operands.iter().any(has_equals),
        Kind::Cast { value, .. } => has_equals(value),
        Kind::Group(statements) | Kind::Array(statements) => {
            statements.iter().any(|only| matches!(Given::of(only), Given::Value(value) if has_equals(value)))
        }
        Kind::Chain { head, links } => {
            let in_link = |link: &Link| matches!(link, Link::Call { args, .. } if args.iter().any(has_equals));
            has_equals(head) || links.iter().any(in_link)
        }
        _ => false,
    }
}
