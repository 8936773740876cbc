//! From the letters of a command to the words that a program receives, and to texts.

use std::ops::Range;

use crate::script::shell::Operand;
use crate::text::template::Template;

use super::lexer::{BatchLexer, Letter, Unit};

/// A word, and whether it was written where a variable was set.
pub(super) struct Placed {
    pub(super) operand: Operand,
    pub(super) stored: bool,
    /// Its letters, quotes included.
    pub(super) units: Range<usize>,
}

impl BatchLexer<'_> {
    /// The words of a command as Windows programs split their command line.
    pub(super) fn words(&self, units: &[Unit]) -> Vec<Placed> {
        let mut words = Vec::new();
        let mut at = 0;
        while let Some(skip) = units[at..].iter().position(|unit| !unit.is_blank()) {
            at += skip;
            let placed = self.next_word(units, at);
            at = placed.units.end;
            words.push(placed);
        }
        words
    }

    fn next_word(&self, units: &[Unit], start: usize) -> Placed {
        let mut kept: Vec<Unit> = Vec::new();
        let mut quoted = false;
        let mut was_quoted = false;
        let mut at = start;
        while let Some(unit) = units.get(at) {
            at += 1;
            match &unit.letter {
                Letter::Known(c) if c.is_whitespace() && !quoted => {
                    at -= 1;
                    break;
                }
                Letter::Known('\\') if units.get(at).is_some_and(|next| next.is('"')) && !ends_path(units, at) => {
                    kept.push(units[at].clone());
                    at += 1;
                }
                Letter::Known('"') => {
                    quoted = !quoted;
                    was_quoted = true;
                }
                Letter::Known(_) | Letter::Hole(_) => kept.push(unit.clone()),
            }
        }
        let span = self.code.span(bounds(&units[start..at]));
        let is_open = !kept.is_empty() && kept.iter().all(|unit| matches!(unit.letter, Letter::Hole(_)));
        let operand = Operand { text: self.template(&kept), span, splits: !was_quoted && is_open };
        Placed { operand, stored: units[start].stored, units: start..at }
    }

    /// Letters as a text of its own.
    pub(super) fn template(&self, units: &[Unit]) -> Template {
        template(self.code, units)
    }
}

/// `"C:\folder\"` and a blank: the backslash ends a path, whatever programs make of it.
fn ends_path(units: &[Unit], quote: usize) -> bool {
    let ends_word = units.get(quote + 1).is_none_or(Unit::is_blank);
    let back = quote.saturating_sub(300);
    let path = units[back..quote].iter().rev().take_while(|unit| !unit.is('"'));
    ends_word && path.skip(1).any(|unit| unit.is('\\') || unit.is(':'))
}

/// The range of the text that units cover; those that come from elsewhere do not count, unless all do.
fn bounds(units: &[Unit]) -> Range<usize> {
    let stored = units.iter().all(|unit| unit.stored);
    let own = || units.iter().filter(|unit| stored || !unit.stored).map(|unit| &unit.range);
    let start = own().map(|range| range.start).min().unwrap_or_default();
    start..own().map(|range| range.end).max().unwrap_or(start)
}

/// Letters as a text of its own.
pub(super) fn template(code: &Template, units: &[Unit]) -> Template {
    let mut template = Template::default();
    let mut next = None;
    for unit in units {
        let host = code.text.host(unit.range.start);
        match &unit.letter {
            Letter::Hole(name) => {
                template.push_hole(name.clone(), host);
                template.text.seek(code.text.host(unit.range.end));
            }
            Letter::Known(c) if next == Some(host) => template.text.text.push(*c),
            Letter::Known(c) => template.text.push(c.encode_utf8(&mut [0; 4]), host),
        }
        next = match &unit.letter {
            Letter::Known(c) => Some(host + c.len_utf8()),
            Letter::Hole(_) => None,
        };
    }
    if let Some(last) = units.last() {
        template.text.seek(code.text.host(last.range.end));
    }
    template
}
