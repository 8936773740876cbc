//! With which characters of a file a value was written: what must not be shown of a secret.
//!
//! A fact says what a value is, with escapes undone and constants filled in. Nothing but literals may be hidden, all of them,
//! and no name of a variable. So the way is gone back: from the place of the value to the texts in it, where the language
//! has quotes, or to what is no hole, where it writes bare words; and from what the value says, or what it is called, to
//! where that is written in the same file.

mod bare;
mod elsewhere;

use crate::fact::{Facts, Part, Span, Value};
use crate::language::Language;

/// More texts before a place are not asked whether the place lies in them.
const MOST_BEFORE: usize = 64;

/// A file whose values are asked for.
#[derive(Clone, Copy, Debug)]
pub struct Literals<'f> {
    text: &'f str,
    language: Language,
    facts: &'f Facts,
}

impl<'f> Literals<'f> {
    /// For a file with its facts.
    pub fn new(text: &'f str, language: Language, facts: &'f Facts) -> Self {
        Self { text, language, facts }
    }

    /// The literals of which a value is made that stands at `span`, in order and apart from each other.
    pub fn places(&self, value: &Value, span: Span) -> Vec<Span> {
        let mut found = self.inside(span);
        let language = self.language_at(span);
        if self.is_in_text(span) || !language.has_quoted_texts() {
            found.extend(bare::pieces(self.text, span, value, language.is_data()));
        } else if found.is_empty() {
            found.extend(self.number(value, span));
        }
        for text in texts(value) {
            found.extend(self.said(&text));
        }
        let written = self.at(span);
        let name = written.rsplit(['.', '>', ':', '$', '@']).next().unwrap_or_default().trim_end_matches(['}', ')']);
        for name in names(value).into_iter().chain([name.to_owned()]) {
            found.extend(self.given(&name));
        }
        found.retain(|place| !self.is_mark(*place));
        merged(found)
    }

    /// Whether a stretch is a place where people may write anything: a literal, a comment, or all of a file without quotes.
    pub fn may_hold_literals(&self, span: Span) -> bool {
        let holds = |spans: &[Span]| spans.iter().any(|outer| outer.start <= span.start && span.end <= outer.end);
        !self.language_at(span).has_quoted_texts()
            || holds(&self.facts.literals)
            || holds(&self.facts.comments)
            || holds(&self.facts.syntax_errors)
            || self.facts.omissions.iter().any(|omission| holds(&[omission.span]))
    }

    fn at(&self, span: Span) -> &'f str {
        self.text.get(span.start..span.end).unwrap_or_default()
    }

    /// The language of the innermost code around a place.
    fn language_at(&self, span: Span) -> Language {
        let around = self.facts.guests.iter().filter(|guest| guest.span.contains(span));
        let innermost = around.min_by_key(|guest| guest.span.end - guest.span.start);
        innermost.and_then(|guest| Language::called(guest.language)).unwrap_or(self.language)
    }

    /// The literals in an expression. The first argument of what makes a credential is the user.
    fn inside(&self, span: Span) -> Vec<Span> {
        let first = self.facts.literals.partition_point(|literal| literal.start < span.start);
        let inside = self.facts.literals[first..].iter().take_while(|literal| literal.start < span.end);
        let mut inside: Vec<Span> = inside.filter(|literal| literal.end <= span.end).copied().collect();
        if let [user, _, ..] = inside[..] {
            let before = self.at(Span::new(span.start, user.start)).to_lowercase();
            let behind = self.at(Span::new(user.end, span.end)).trim_start_matches(['"', '\'']).trim_start();
            if before.contains("credential") && behind.starts_with(',') {
                inside.remove(0);
            }
        }
        inside
    }

    /// Whether a place lies between the quotes of a text.
    fn is_in_text(&self, span: Span) -> bool {
        let behind = self.facts.literals.partition_point(|literal| literal.start <= span.start);
        // Texts do not overlap, except where a text is code and holds others.
        let before = self.facts.literals[..behind].iter().rev().take(MOST_BEFORE);
        before.into_iter().any(|literal| literal.contains(span))
    }

    fn number(&self, value: &Value, span: Span) -> Option<Span> {
        let is_written = |number: &str| self.at(span) == number && !number.is_empty();
        matches!(value, Value::Number(number) if is_written(number)).then_some(span)
    }

    /// Whether what stands there is no secret: blanks, or the mark of something that is filled in, `$(Password)`.
    fn is_mark(&self, span: Span) -> bool {
        let written = self.at(span).trim();
        written.is_empty() || bare::is_mark(written)
    }
}

/// The texts that a value may be, as far as all of a text is known.
fn texts(value: &Value) -> Vec<String> {
    match value {
        Value::Text(_) => value.text().into_iter().collect(),
        Value::Number(number) => vec![number.clone()],
        Value::Choice(values) | Value::List(values) => values.iter().flat_map(texts).collect(),
        Value::Map(entries) => entries.iter().flat_map(|(_, value)| texts(value)).collect(),
        _ => Vec::new(),
    }
}

/// The variables of which a value is made.
fn names(value: &Value) -> Vec<String> {
    match value {
        Value::Text(parts) => parts.iter().filter_map(name).collect(),
        Value::Dynamic { name: Some(name) } => vec![name.clone()],
        Value::Choice(values) => values.iter().flat_map(names).collect(),
        _ => Vec::new(),
    }
}

fn name(part: &Part) -> Option<String> {
    match part {
        Part::Variable(name) | Part::Output { variable: Some(name), .. } => Some(name.clone()),
        _ => None,
    }
}

/// The spans in order, those that touch as one.
fn merged(mut spans: Vec<Span>) -> Vec<Span> {
    spans.sort();
    let mut merged: Vec<Span> = Vec::new();
    for span in spans {
        match merged.last_mut() {
            Some(last) if span.start <= last.end => last.end = last.end.max(span.end),
            _ => merged.push(span),
        }
    }
    merged
}
