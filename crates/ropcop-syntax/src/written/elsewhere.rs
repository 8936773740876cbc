//! Values that are written elsewhere in the file: constants, variables, the same secret once more.

use std::ops::Range;

use crate::fact::Span;

use super::{Literals, bare};

/// A shorter text is mostly something else where it stands without its name, in characters.
const SHORTEST: usize = 4;
/// A text of letters alone may be a word of the language; shorter ones are only hidden as whole literals.
const SHORTEST_WORD: usize = 8;
/// More places of one text are not looked at.
const MOST_PLACES: usize = 1_000;

/// Words that say no more than what a value is: they stand everywhere.
const WORDS: [&str; 9] = ["password", "passwd", "pass", "pwd", "secret", "token", "null", "default", "string"];

impl Literals<'_> {
    /// Where else a text is written: as a whole literal, or as a whole word in one or in a file that has bare words.
    pub(super) fn said(&self, text: &str) -> Vec<Span> {
        if text.chars().count() < SHORTEST || WORDS.iter().any(|word| text.eq_ignore_ascii_case(word)) {
            return Vec::new();
        }
        let is_word = text.chars().all(char::is_alphabetic) && text.chars().count() < SHORTEST_WORD;
        let is_part = |c: char| c.is_alphanumeric() || "_-".contains(c);
        let places = self.text.match_indices(text).take(MOST_PLACES).map(|(at, text)| Span::new(at, at + text.len()));
        let places = places.filter(|place| {
            let before = self.text[..place.start].chars().next_back();
            let behind = self.text[place.end..].chars().next();
            let is_quoted = before.is_some_and(|c| "\"'`".contains(c)) && before == behind;
            let is_whole = !before.is_some_and(is_part) && !behind.is_some_and(is_part);
            is_whole && (is_quoted || !is_word) && self.may_hold_literals(*place) && !self.is_called_or_named(*place)
        });
        places.collect()
    }

    /// Whether what stands there is called, or is the key of something.
    fn is_called_or_named(&self, place: Span) -> bool {
        let behind = &self.text[place.end..];
        let before = &self.text[..place.start];
        behind.starts_with(['(', '=', ':']) || before.ends_with(['$', '.', '@'])
    }

    /// The literals that are given to a variable of this name.
    pub(super) fn given(&self, name: &str) -> Vec<Span> {
        let is_part = |c: char| c.is_alphanumeric() || c == '_';
        if name.is_empty() || !name.chars().all(is_part) || name.starts_with(|c: char| c.is_ascii_digit()) {
            return Vec::new();
        }
        let places = self.text.match_indices(name).take(MOST_PLACES).filter(|(at, name)| {
            let before = self.text[..*at].chars().next_back();
            let behind = self.text[at + name.len()..].chars().next();
            // `${NAME:-default}` gives it nothing.
            let is_hole = self.text[..*at].ends_with("${");
            !before.is_some_and(is_part) && !behind.is_some_and(is_part) && !is_hole
        });
        places.filter_map(|(at, name)| self.value_behind(at + name.len())).flatten().collect()
    }

    /// The literals of what is given to the name that ends at `at`.
    fn value_behind(&self, at: usize) -> Option<Vec<Span>> {
        let line = self.text[at..].find('\n').map_or(self.text.len(), |end| at + end);
        let rest = &self.text[at..line];
        let sign = rest.trim_start_matches(['"', '\'', ']', '}']).trim_start();
        // A type may stand before the sign: `password: str = "…"`, `Dim p As String = "…"`.
        let typed = sign.split_once('=').filter(|(before, _)| {
            before.len() <= 40 && before.chars().all(|c| c.is_alphanumeric() || " _:.<>?[]".contains(c))
        });
        let value = match typed {
            Some((_, value)) if !value.starts_with(['=', '~']) => value.strip_prefix('>').unwrap_or(value),
            _ => sign.strip_prefix(':')?,
        };
        let tight = !value.starts_with([' ', '\t']);
        let start = line - value.trim_start().len();
        Some(self.value_at(start, line, tight))
    }

    fn value_at(&self, start: usize, line: usize, tight: bool) -> Vec<Span> {
        let literals = &self.facts.literals;
        // A letter or two may stand before the quote.
        let first = literals.partition_point(|literal| literal.start <= start);
        let literal = literals[first..].iter().find(|literal| literal.start <= start + 4);
        if let Some(literal) = literal.filter(|literal| !self.text[start..literal.start].contains(['(', '[', ','])) {
            return vec![*literal];
        }
        let place = Span::new(start, line);
        if self.language_at(Span::new(start, start)).has_quoted_texts() && !self.is_in_text(Span::new(start, start)) {
            return Vec::new();
        }
        let rest = self.text[place.start..place.end].trim_end();
        let end = match rest.chars().next() {
            Some(quote @ ('"' | '\'')) => rest[1..].find(quote).map_or(rest.len(), |end| end + 2),
            _ if tight => rest.find([' ', '\t', ';', '&', '|', ')', '"', '\'', ',']).unwrap_or(rest.len()),
            _ => rest.find(" #").unwrap_or(rest.len()),
        };
        let value = &rest[..end];
        let inner: Range<usize> = bare::inside_quotes(value);
        let split = bare::split(&value[inner.clone()]);
        let found = split.texts.into_iter().chain(split.defaults);
        let from = start + inner.start;
        found.map(|range| Span::new(range.start + from, range.end + from)).collect()
    }
}
