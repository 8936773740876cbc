//! Simple commands: assignments, words and redirections, up to the operator that ends them.

use super::script::{Argument, Assign, Assigned, RawWord, Redirect, RedirectKind, Simple};
use super::word::{Mode, Reader};

/// Builtins whose arguments may be assignments of lists.
const DECLARING: &[&str] = &["export", "declare", "local", "readonly", "typeset"];

impl Reader<'_> {
    /// Reads one simple command from `start` on; the result says where it ended. `documents` are the texts of its
    /// here-documents, in order.
    pub(super) fn simple(&self, start: usize, limit: usize, documents: Vec<RawWord>) -> (Simple, usize) {
        let mut simple = Simple::default();
        let mut documents = documents.into_iter();
        let mut declares = false;
        let mut at = start;
        let mut end = start;
        loop {
            at = self.skip_blanks(at, limit);
            if at >= limit || self.comment(at) {
                break;
            }
            if let Some((redirect, next)) = self.redirect(at, limit, &mut documents) {
                simple.redirects.push(redirect);
                (at, end) = (next, next);
                continue;
            }
            let assignable = simple.words.is_empty() || declares;
            if let Some((assign, next)) = assignable.then(|| self.assign(at, limit)).flatten() {
                if simple.words.is_empty() {
                    simple.assigns.push(assign);
                } else {
                    simple.words.push(Argument::Assign(assign));
                }
                (at, end) = (next, next);
                continue;
            }
            let (word, next) = self.word(at, limit, Mode::Open);
            if next == at {
                break;
            }
            if simple.words.is_empty() {
                declares = DECLARING.contains(&self.text.text.get(at..next).unwrap_or_default());
            }
            // `\` and a line break between words make a word of nothing.
            if !word.pieces.is_empty() || word.quoted {
                simple.words.push(Argument::Word(word));
            }
            (at, end) = (next, next);
        }
        simple.span = self.text.span(start, end);
        simple.place = self.text.place(start);
        let spans = simple.words.iter().map(|word| match word {
            Argument::Word(word) => word.span,
            Argument::Assign(assign) => assign.span,
        });
        simple.words_span = spans.reduce(crate::Span::to).unwrap_or(simple.span);
        (simple, at)
    }

    /// All redirections in a range: those behind a compound statement.
    pub(super) fn redirects(&self, start: usize, limit: usize, documents: Vec<RawWord>) -> Vec<Redirect> {
        self.simple(start, limit, documents).0.redirects
    }

    /// Reads words up to the end of a line or an operator.
    pub(super) fn words(&self, start: usize, limit: usize) -> Vec<RawWord> {
        let words = self.simple(start, limit, Vec::new()).0.words.into_iter();
        words.filter_map(|word| if let Argument::Word(word) = word { Some(word) } else { None }).collect()
    }

    fn peek(&self, at: usize) -> u8 {
        self.text.text.as_bytes().get(at).copied().unwrap_or(0)
    }

    pub(super) fn comment(&self, at: usize) -> bool {
        self.peek(at) == b'#'
    }

    pub(super) fn skip_blanks(&self, start: usize, limit: usize) -> usize {
        let mut at = start;
        while at < limit {
            at += match (self.peek(at), self.peek(at + 1), self.peek(at + 2)) {
                (b' ' | b'\t', ..) => 1,
                (b'\\', b'\n', _) => 2,
                (b'\\', b'\r', b'\n') => 3,
                (b'\r', b'\n', _) => 1,
                _ => break,
            };
        }
        at.min(limit)
    }

    fn assign(&self, start: usize, limit: usize) -> Option<(Assign, usize)> {
        let rest = self.text.text.get(start..limit)?;
        let length = rest.bytes().take_while(|byte| byte.is_ascii_alphanumeric() || *byte == b'_').count();
        if length == 0 || rest.as_bytes()[0].is_ascii_digit() {
            return None;
        }
        let mut at = start + length;
        let indexed = self.peek(at) == b'[';
        if indexed {
            at = self.find(at, limit.min(at + 200), b']') + 1;
        }
        let append = self.peek(at) == b'+';
        at += usize::from(append);
        if self.peek(at) != b'=' || at >= limit {
            return None;
        }
        at += 1;
        let (value, end) = if self.peek(at) == b'(' && at < limit {
            let (list, end) = self.list(at + 1, limit);
            (Assigned::List(list), end)
        } else {
            let (word, end) = self.word(at, limit, Mode::Open);
            (Assigned::Text(word), end)
        };
        let name = rest[..length].to_owned();
        Some((Assign { name, append, indexed, value, span: self.text.span(start, end) }, end))
    }

    /// The words of `( … )` from behind the parenthesis, and where it ends.
    fn list(&self, start: usize, limit: usize) -> (Vec<RawWord>, usize) {
        let mut words = Vec::new();
        let mut at = start;
        loop {
            at = self.skip_blanks(at, limit);
            if at >= limit {
                return (words, limit);
            }
            match self.peek(at) {
                b')' => return (words, at + 1),
                b'#' => at = self.find(at, limit, b'\n'),
                b'[' if self.text.text[at..limit]
                    .split(char::is_whitespace)
                    .next()
                    .is_some_and(|w| w.contains("]=")) =>
                {
                    at = self.find(at, limit, b'=') + 1;
                }
                _ => {
                    let (word, next) = self.word(at, limit, Mode::Open);
                    if next > at {
                        words.push(word);
                    }
                    at = next.max(at + 1);
                }
            }
        }
    }

    fn redirect(
        &self,
        start: usize,
        limit: usize,
        documents: &mut impl Iterator<Item = RawWord>,
    ) -> Option<(Redirect, usize)> {
        let rest = self.text.text.get(start..limit)?;
        let digits = rest.bytes().take_while(u8::is_ascii_digit).count();
        let (descriptor, operator) = rest.split_at(digits);
        const OPERATORS: &[&str] = &["&>>", "&>", "<<<", "<<-", "<<", "<&", "<>", "<", ">>", ">|", ">&", ">"];
        let sign = OPERATORS.iter().find(|sign| operator.starts_with(**sign))?;
        // `<(…)` is a word.
        if matches!(*sign, "<" | ">") && operator[1..].starts_with('(') {
            return None;
        }
        let at = self.skip_blanks(start + digits + sign.len(), limit);
        let (target, end) = self.word(at, limit, Mode::Open);
        let kind = match *sign {
            "<<<" | "<<" | "<<-" => RedirectKind::Text,
            ">>" | ">|" | ">" if matches!(descriptor, "" | "1") => RedirectKind::Out,
            "&>" | "&>>" => RedirectKind::Out,
            _ => RedirectKind::Other,
        };
        let target =
            if matches!(*sign, "<<" | "<<-") { documents.next().unwrap_or_else(|| self.nothing(at)) } else { target };
        Some((Redirect { kind, target }, end))
    }
}
