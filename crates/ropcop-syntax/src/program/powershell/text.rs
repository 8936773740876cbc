//! Texts in quotes, here-strings, and the variables in them.

use super::reader::{PowerShellReader, is_double_quote, is_name, is_single_quote};
use super::syntax::{PsExpr, PsExprKind, PsPiece, PsVariable};
use crate::Span;

/// Pieces of a text while it is read.
#[derive(Default)]
pub(super) struct TextPieces {
    pub(super) list: Vec<PsPiece>,
    /// Where the file goes on in step with the last piece.
    step: usize,
}

impl TextPieces {
    /// Adds a character that was written at `at`.
    pub(super) fn push(&mut self, character: char, at: usize) {
        match self.list.last_mut() {
            Some(PsPiece::Known { text, .. }) if self.step == at => text.push(character),
            _ => self.list.push(PsPiece::Known { text: character.to_string(), at }),
        }
        self.step = at + character.len_utf8();
    }

    /// Adds the pieces of another text.
    pub(super) fn join(&mut self, list: Vec<PsPiece>) {
        self.step = usize::MAX;
        self.list.extend(list);
    }

    pub(super) fn hole(&mut self, expr: PsExpr) {
        self.step = usize::MAX;
        self.list.push(PsPiece::Hole(expr));
    }
}

impl PowerShellReader<'_> {
    /// A text in quotes, which are next.
    pub(super) fn quoted(&mut self) -> PsExpr {
        let start = self.at;
        let pieces = self.retried(|reader| {
            let mut pieces = TextPieces::default();
            let closed = match reader.bump() {
                Some(quote) if is_single_quote(quote) => reader.literal(&mut pieces),
                _ => reader.expandable(&mut pieces, true),
            };
            (pieces.list, closed)
        });
        PsExpr { kind: PsExprKind::Text(pieces), span: self.since(start) }
    }

    /// The rest of a text in single quotes; false if it has no end.
    pub(super) fn literal(&mut self, pieces: &mut TextPieces) -> bool {
        loop {
            let at = self.at;
            let Some(c) = self.bump() else { return false };
            if is_single_quote(c) {
                if !self.peek().is_some_and(is_single_quote) {
                    return true;
                }
                self.bump();
            }
            pieces.push(c, at);
        }
    }

    /// The rest of a text in double quotes, or all of one without (`quotes` is false); false if it has no end.
    pub(super) fn expandable(&mut self, pieces: &mut TextPieces, quotes: bool) -> bool {
        loop {
            let at = self.at;
            let Some(c) = self.peek() else { return false };
            match c {
                '$' => match self.variable() {
                    Some(expr) => pieces.hole(expr),
                    None => {
                        self.bump();
                        pieces.push('$', at);
                    }
                },
                '`' => {
                    self.bump();
                    self.escape(pieces, at);
                }
                _ if quotes && is_double_quote(c) => {
                    self.bump();
                    if !self.peek().is_some_and(is_double_quote) {
                        return true;
                    }
                    self.bump();
                    pieces.push(c, at);
                }
                _ => {
                    self.bump();
                    pieces.push(c, at);
                }
            }
        }
    }

    /// What a backtick that was just read at `at` makes of the next character.
    pub(super) fn escape(&mut self, pieces: &mut TextPieces, at: usize) {
        let place = self.at;
        match self.bump() {
            Some('n') => pieces.push('\n', at),
            Some('r') => pieces.push('\r', at),
            Some('t') => pieces.push('\t', at),
            Some('0' | 'a' | 'b' | 'f' | 'v' | 'e') => {}
            Some('\r') if self.peek() == Some('\n') => drop(self.bump()),
            Some('\n' | '\r') | None => {}
            Some(other) => pieces.push(other, place),
        }
    }

    /// `@"…"@`, `@'…'@`; none if what is next is no here-string.
    pub(super) fn here_string(&mut self) -> Option<PsExpr> {
        let start = self.at;
        let quote = self.second()?;
        let is_quote = if is_single_quote(quote) { is_single_quote } else { is_double_quote };
        let body = self.rest()[1..].strip_prefix(is_quote)?.trim_start_matches([' ', '\t']);
        let body = body.strip_prefix("\r\n").or_else(|| body.strip_prefix('\n'))?;
        let from = self.text.len() - body.len();
        let (end, behind) = here_end(self.text, from, is_quote);
        let whole = self.text;
        self.at = from;
        let mut pieces = TextPieces::default();
        self.text = &whole[..end];
        if is_single_quote(quote) {
            while let (at, Some(c)) = (self.at, self.bump()) {
                pieces.push(c, at);
            }
        } else {
            self.expandable(&mut pieces, false);
        }
        (self.text, self.at) = (whole, behind);
        if end == whole.len() {
            self.errors.push(self.since(start));
        }
        Some(PsExpr { kind: PsExprKind::Text(pieces.list), span: self.since(start) })
    }

    /// `$name`, `${name}`, `$(…)`; none if the `$` is only a character.
    pub(super) fn variable(&mut self) -> Option<PsExpr> {
        let start = self.at;
        if self.rest().starts_with("$(") {
            self.at += 2;
            let inner = self.within(')', |reader| reader.statements()).unwrap_or_default();
            return Some(PsExpr { kind: PsExprKind::Group(inner), span: self.since(start) });
        }
        self.at += 1;
        let name = self.name();
        if name.is_none() {
            self.at = start;
        }
        Some(PsExpr { kind: PsExprKind::Variable(name?), span: self.since(start) })
    }

    /// The name of a variable, behind its sigil.
    pub(super) fn name(&mut self) -> Option<PsVariable> {
        let named = |whole: &str| match whole.rsplit_once(':') {
            Some((scope, name)) => PsVariable { scope: Some(scope.to_owned()), name: name.to_owned() },
            None => PsVariable { scope: None, name: whole.to_owned() },
        };
        if self.rest().starts_with('{') {
            let length = self.rest().find(['}', '\n']).filter(|end| self.rest()[*end..].starts_with('}'))?;
            let whole = &self.rest()[1..length];
            self.at += length + 1;
            return Some(named(whole));
        }
        let start = self.at;
        self.take_while(is_name);
        while self.at > start && self.peek() == Some(':') && self.second().is_some_and(is_name) {
            self.bump();
            self.take_while(is_name);
        }
        if self.at == start && matches!(self.peek(), Some('?' | '$' | '^')) {
            self.bump();
        }
        (self.at > start).then(|| named(&self.text[start..self.at]))
    }
}

/// Where the body of a here-string ends, and where the text goes on behind it.
fn here_end(text: &str, from: usize, is_quote: fn(char) -> bool) -> (usize, usize) {
    let mut at = from;
    loop {
        // The end stands at the start of a line; blanks before it are a mistake that is forgiven.
        let line = text[at..].trim_start_matches([' ', '\t']);
        if let Some(behind) = line.strip_prefix(is_quote).and_then(|line| line.strip_prefix('@')) {
            let body = text[from..at].strip_suffix('\n').map_or(at, |body| from + body.len());
            return (body, text.len() - behind.len());
        }
        match text[at..].find('\n') {
            Some(length) => at += length + 1,
            None => return (text.len(), text.len()),
        }
    }
}

/// The place of a single character, for what could not be read.
pub(super) fn nothing(at: usize) -> PsExpr {
    PsExpr { kind: PsExprKind::Nothing, span: Span::new(at, at) }
}
