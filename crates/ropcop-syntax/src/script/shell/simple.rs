//! Simple commands: assignments, words and redirections, up to the operator that ends them.

use super::braces::expanded;
use super::script::{Assign, Assigned, ListElement, RawWord, Redirect, RedirectKind, Simple, WordOrAssign};
use super::whole::known;
use super::word::{Mode, WordReader};

/// Builtins whose arguments may be assignments of lists.
const DECLARING: &[&str] = &["export", "declare", "local", "readonly", "typeset"];

impl WordReader<'_> {
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
                    simple.words.push(WordOrAssign::Assign(assign));
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
                simple.words.extend(expanded(word).into_iter().map(WordOrAssign::Word));
            }
            (at, end) = (next, next);
        }
        simple.span = self.text.span(start, end);
        simple.place = self.text.place(start);
        let spans = simple.words.iter().map(|word| match word {
            WordOrAssign::Word(word) => word.span,
            WordOrAssign::Assign(assign) => assign.span,
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
        words.filter_map(|word| if let WordOrAssign::Word(word) = word { Some(word) } else { None }).collect()
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
        let name = rest[..length].to_owned();
        let mut index = None;
        let mut append = false;
        if self.peek(at) == b'[' {
            let close = self.bracket_end(at + 1, limit.min(at + 200));
            let written = self.text.text.get(at + 1..close).unwrap_or_default();
            // `a[${#a[@]}]=x` is one element more.
            append = written.strip_prefix("${#").is_some_and(|rest| rest.starts_with(&name));
            index = (!append).then(|| self.word(at + 1, close, Mode::Inner).0);
            at = close + 1;
        }
        let one_more = append;
        append |= self.peek(at) == b'+';
        at += usize::from(self.peek(at) == b'+');
        if self.peek(at) != b'=' || at >= limit {
            return None;
        }
        at += 1;
        let (value, end) = if self.peek(at) == b'(' && at < limit {
            let (list, end) = self.list(at + 1, limit);
            (Assigned::List(list), end)
        } else {
            let (word, end) = self.word(at, limit, Mode::Open);
            (if one_more { Assigned::List(vec![ListElement { index: None, word }]) } else { Assigned::Text(word) }, end)
        };
        Some((Assign { name, append, index, value, span: self.text.span(start, end) }, end))
    }

    /// The words of `( … )` from behind the parenthesis, and where it ends.
    fn list(&self, start: usize, limit: usize) -> (Vec<ListElement>, usize) {
        let mut elements = Vec::new();
        let mut index = None;
        let mut at = start;
        loop {
            // A key belongs to the word that follows it at once.
            let gap = self.skip_blanks(at, limit);
            if gap > at
                && let Some(index) = index.take()
            {
                elements.push(ListElement { index: Some(index), word: self.nothing(at) });
            }
            at = gap;
            if at >= limit {
                return (elements, limit);
            }
            match self.peek(at) {
                b')' => {
                    let last = index.take().map(|index| ListElement { index: Some(index), word: self.nothing(at) });
                    elements.extend(last);
                    return (elements, at + 1);
                }
                b'#' => at = self.find(at, limit, b'\n'),
                b'\n' => at += 1,
                b'[' if index.is_none()
                    && self.text.text[at..limit]
                        .split(char::is_whitespace)
                        .next()
                        .is_some_and(|w| w.contains("]=")) =>
                {
                    let close = self.bracket_end(at + 1, limit);
                    index = Some(self.word(at + 1, close, Mode::Inner).0);
                    at = self.find(close, limit, b'=') + 1;
                }
                _ => {
                    let (word, next) = self.word(at, limit, Mode::Open);
                    match index.take() {
                        Some(index) => elements.push(ListElement { index: Some(index), word }),
                        None if next > at => {
                            elements.extend(expanded(word).into_iter().map(|word| ListElement { index: None, word }));
                        }
                        None => {}
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
        let to_standard = matches!(descriptor, "" | "1");
        let is_descriptor = known(&target).bytes().all(|byte| byte.is_ascii_digit() || byte == b'-');
        let kind = match *sign {
            "<<<" | "<<" | "<<-" => RedirectKind::Text,
            "<" if matches!(descriptor, "" | "0") => RedirectKind::In,
            ">&" if to_standard && known(&target) == "1" => RedirectKind::Other,
            ">&" if to_standard && is_descriptor => RedirectKind::Away,
            ">&" if to_standard => RedirectKind::Out,
            ">>" | ">|" | ">" if to_standard => RedirectKind::Out,
            "&>" | "&>>" => RedirectKind::Out,
            _ => RedirectKind::Other,
        };
        let target =
            if matches!(*sign, "<<" | "<<-") { documents.next().unwrap_or_else(|| self.nothing(at)) } else { target };
        Some((Redirect { kind, target }, end))
    }
}
