//! Texts, names and signs of a program, without its comments.

use std::ops::Range;

use super::literal;
use crate::Span;
use crate::language::family::Family;
use crate::text::escape::unescape;
use crate::text::name::last_name;
use crate::text::placeholder::Mark;
use crate::text::punch;
use crate::text::template::Template;

/// A part of a program.
pub(super) enum PlainToken {
    /// A text, put together of all that is joined to it.
    Text(Template),
    Word,
    /// `=>`, `:` or `=`.
    Gives(char),
    Open,
    Close,
    /// `,` or `;`.
    Ends,
    Line,
    Other,
}

/// A text is not put together of more pieces.
const MOST_JOINED: usize = 200;

/// What is joined to a text is not longer, unless it is a text too.
const LONGEST: usize = 200;

/// Splits a program into tokens.
pub(super) struct PlainLexer<'t> {
    text: &'t str,
    family: &'static Family,
    at: usize,
    /// Quotes that are known not to be closed any more.
    open: Vec<char>,
    /// See [`crate::Facts::literals`].
    pub(super) literals: Vec<Span>,
}

impl<'t> PlainLexer<'t> {
    pub(super) fn new(text: &'t str, family: &'static Family) -> Self {
        let mut lexer = Self { text, family, at: 0, open: Vec::new(), literals: Vec::new() };
        lexer.enter();
        lexer
    }

    /// Skips the page around a program, up to where the program begins or goes on.
    fn enter(&mut self) {
        if let Some((open, _)) = self.family.inside {
            self.at += self.rest().find(open).map_or(self.rest().len(), |found| found + open.len());
        }
    }

    fn rest(&self) -> &'t str {
        &self.text[self.at..]
    }

    /// Skips blanks and comments; line breaks too, if they mean nothing here.
    fn skip(&mut self, lines: bool) {
        loop {
            let before = self.at;
            let blank = |c: char| if lines { c.is_whitespace() } else { c.is_whitespace() && c != '\n' };
            self.at += self.rest().len() - self.rest().trim_start_matches(blank).len();
            let block = self.family.block.filter(|(open, _)| self.rest().starts_with(open));
            if let Some((open, close)) = block {
                let end = self.rest()[open.len()..]
                    .find(close)
                    .map_or(self.text.len(), |found| self.at + open.len() + found + close.len());
                self.at = end;
            } else if self.family.line.iter().any(|mark| self.rest().starts_with(mark)) {
                let line = self.rest().find('\n').unwrap_or(self.rest().len());
                let leaves = self.family.inside.and_then(|(_, close)| self.rest()[..line].find(close));
                self.at += leaves.unwrap_or(line);
            } else if self.family.inside.is_some_and(|(_, close)| self.rest().starts_with(close)) {
                self.enter();
            }
            if self.at == before {
                return;
            }
        }
    }

    /// A text whose quote stands here, without what is joined to it.
    fn literal(&mut self) -> Option<Template> {
        // A text of Objective-C has a sign before it.
        let sign = usize::from(self.rest().starts_with("@\""));
        let quote = self.rest()[sign..].chars().next();
        let quote = quote.filter(|c| self.family.quotes.contains(*c) && !self.open.contains(c))?;
        let from = self.at + sign + 1;
        let mut escaped = false;
        let mut chars = self.text[from..].char_indices().peekable();
        while let Some((length, c)) = chars.next() {
            if c == quote && !escaped {
                let is_doubled = !self.family.backslash && chars.peek().is_some_and(|(_, next)| *next == quote);
                if !is_doubled {
                    self.at = from + length + 1;
                    let text = self.decoded(from..from + length, quote);
                    self.literals.extend(literal::pieces(self.text, from..from + length, &text));
                    return Some(text);
                }
                chars.next();
            }
            escaped = c == '\\' && self.family.backslash && !escaped;
            // A text of Basic ends on its line.
            if c == '\n' && !self.family.backslash && quote == '"' {
                return None;
            }
        }
        self.open.push(quote);
        None
    }

    fn decoded(&self, range: Range<usize>, quote: char) -> Template {
        let mut template = Template::default();
        let mut plain = range.start;
        let escape = if self.family.backslash { '\\' } else { quote };
        while let Some(at) = self.text[plain..range.end].find(escape).map(|found| plain + found) {
            let Some(c) = self.text[at + 1..range.end].chars().next() else { break };
            template.text.push(&self.text[plain..at], plain);
            plain = at + 1 + c.len_utf8();
            let is_hole = self.family.holes.iter().any(|(open, _)| self.text[at..].starts_with(open));
            if is_hole || (quote == '\'' && !"'\\".contains(c)) {
                template.text.push(&self.text[at..plain], at);
            } else if escape == '\\' {
                template.text.push(&unescape(&self.text[at..plain]), at + 1);
            } else {
                template.text.push(&self.text[at + 1..plain], at + 1);
            }
        }
        template.text.push(&self.text[plain..range.end], plain);
        template.text.seek(range.end);
        if quote == '\'' && self.family.backslash && self.family.sigil.is_some() {
            return template;
        }
        let template = punch::interpolated(template, self.family.holes);
        if self.family.sigil.is_some() { punch::punched(&template, &[Mark::Sigil]) } else { template }
    }

    /// A text together with what is joined to it: `"a" . $b . "c"`.
    fn joined(&mut self) -> Option<Template> {
        let mut whole = self.literal()?;
        for _ in 0..MOST_JOINED {
            let before = self.at;
            self.skip(true);
            if self.rest().starts_with("_\n") || self.rest().starts_with("_\r") {
                self.at += 1;
                self.skip(true);
            }
            let Some(join) = self.family.joins.iter().find(|join| self.rest().starts_with(**join)) else {
                self.at = before;
                break;
            };
            self.at += join.len();
            self.skip(true);
            if self.rest().starts_with("_\n") || self.rest().starts_with("_\r") {
                self.at += 1;
                self.skip(true);
            }
            if let Some(next) = self.literal() {
                whole.append(&next);
                continue;
            }
            let end = self.at + expression(self.rest(), join);
            if join.is_empty() || end == self.at {
                self.at = before;
                break;
            }
            whole.push_hole(last_name(&self.text[self.at..end]), self.at);
            whole.text.seek(end);
            self.at = end;
        }
        Some(whole)
    }
}

/// The length of an expression that is joined to a text; zero if it is not a simple one.
fn expression(rest: &str, join: &str) -> usize {
    let mut depth = 0;
    for (at, c) in rest.char_indices() {
        let ends = match c {
            '(' | '[' => {
                depth += 1;
                false
            }
            ')' | ']' => {
                depth -= 1;
                depth < 0
            }
            _ if depth > 0 => false,
            '.' | '>' | ':' | '-' | '$' | '@' | '_' => c == '.' && join == ".",
            _ => !c.is_alphanumeric(),
        };
        if ends {
            return at;
        }
        if at > LONGEST {
            return 0;
        }
    }
    rest.len()
}

impl Iterator for PlainLexer<'_> {
    type Item = (PlainToken, Range<usize>);

    fn next(&mut self) -> Option<Self::Item> {
        self.skip(false);
        let start = self.at;
        if let Some(text) = self.joined() {
            return Some((PlainToken::Text(text), start..self.at));
        }
        let rest = self.rest();
        let c = rest.chars().next()?;
        let is_part = |c: char| c.is_alphanumeric() || c == '_' || c == '$' || c == '@';
        let (token, length) = match c {
            '\n' => (PlainToken::Line, 1),
            '=' if rest.starts_with("=>") => (PlainToken::Gives('>'), 2),
            '=' if rest.starts_with("==") || rest.starts_with("=~") => (PlainToken::Other, 2),
            ':' if rest.starts_with("::") => (PlainToken::Other, 2),
            '!' | '<' | '>' if rest[1..].starts_with('=') => (PlainToken::Other, 2),
            ':' if rest.starts_with(":=") => (PlainToken::Gives('='), 2),
            '=' | ':' => (PlainToken::Gives(c), 1),
            '(' | '[' | '{' => (PlainToken::Open, 1),
            ')' | ']' | '}' => (PlainToken::Close, 1),
            ',' | ';' => (PlainToken::Ends, 1),
            // A character of C, Rust and their like, which may be a quote.
            '\'' if !self.family.quotes.contains(c) => (PlainToken::Other, character(rest)),
            _ if is_part(c) => (PlainToken::Word, rest.find(|c| !is_part(c)).unwrap_or(rest.len())),
            _ => (PlainToken::Other, c.len_utf8()),
        };
        self.at += length;
        Some((token, start..self.at))
    }
}

/// The length of `'x'` or `'\''`; of anything else, as the name of a lifetime, that of the quote.
fn character(rest: &str) -> usize {
    let mut chars = rest.char_indices().skip(1);
    let escaped = chars.next().is_some_and(|(_, c)| c == '\\');
    let last = if escaped { chars.nth(1) } else { chars.next() };
    last.filter(|(_, c)| *c == '\'').map_or(1, |(at, _)| at + 1)
}
