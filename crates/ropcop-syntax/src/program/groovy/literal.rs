//! Strings of Groovy, in all their spellings.

use crate::Span;
use crate::text::template::MappedText;

use super::lexer::GroovyLexer;
use super::token::{GroovyToken, StringPiece, TokenKind};

/// How a string is written.
#[derive(Clone, Copy)]
struct StringSpelling {
    end: &'static str,
    /// `$name` and `${…}` are put in.
    holes: bool,
    /// It ends with the line, if it is not closed.
    one_line: bool,
    escape: Escape,
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Escape {
    /// `\n`, `\"`, `\$`, …
    Backslash,
    /// `\/` only.
    Slash,
    /// `$$`, `$/`.
    Dollar,
}

impl GroovyLexer<'_> {
    /// `'…'`, `"…"`, `'''…'''`, `"""…"""`.
    pub(super) fn quoted(&mut self) -> Vec<StringPiece> {
        const QUOTES: &[(&str, bool, bool)] =
            &[("'''", false, false), ("\"\"\"", true, false), ("'", false, true), ("\"", true, true)];
        let found = QUOTES.iter().find(|(quote, ..)| self.rest().starts_with(quote));
        let (end, holes, one_line) = *found.unwrap_or(&QUOTES[3]);
        self.at += end.len();
        self.string(StringSpelling { end, holes, one_line, escape: Escape::Backslash })
    }

    pub(super) fn slashy(&mut self) -> Vec<StringPiece> {
        self.at += 1;
        self.string(StringSpelling { end: "/", holes: true, one_line: false, escape: Escape::Slash })
    }

    pub(super) fn dollar_slashy(&mut self) -> Vec<StringPiece> {
        self.at += 2;
        self.string(StringSpelling { end: "/$", holes: true, one_line: false, escape: Escape::Dollar })
    }

    fn string(&mut self, spelling: StringSpelling) -> Vec<StringPiece> {
        let mut pieces = Vec::new();
        let mut known = MappedText::default();
        let mut plain = self.at;
        loop {
            let (start, rest) = (self.at, self.rest());
            let Some(c) = rest.chars().next() else { break };
            if rest.starts_with(spelling.end) || (spelling.one_line && c == '\n') {
                break;
            }
            if let Some((length, meant)) = escape(rest, spelling.escape) {
                known.push(&self.text[plain..start], plain);
                known.push(&meant, start);
                self.at += length;
                plain = self.at;
            } else if let Some(hole) = (spelling.holes && c == '$').then(|| self.hole()).flatten() {
                known.push(&self.text[plain..start], plain);
                if !known.text.is_empty() {
                    pieces.push(StringPiece::Known(std::mem::take(&mut known)));
                }
                known = MappedText::default();
                pieces.push(hole);
                plain = self.at;
            } else {
                self.at += c.len_utf8();
            }
        }
        known.push(&self.text[plain..self.at], plain);
        known.seek(self.at);
        if !known.text.is_empty() {
            pieces.push(StringPiece::Known(known));
        }
        if self.rest().starts_with(spelling.end) {
            self.at += spelling.end.len();
        }
        pieces
    }

    /// `${…}`, `$name`, `$name.name`.
    fn hole(&mut self) -> Option<StringPiece> {
        let start = self.at;
        let behind = &self.rest()[1..];
        if behind.starts_with('{') {
            self.at += 2;
            let tokens = match self.depth.checked_sub(1) {
                Some(depth) => {
                    let mut inner = GroovyLexer { text: self.text, at: self.at, depth };
                    let tokens = inner.until_closed(Some("}"));
                    self.at = inner.at;
                    tokens
                }
                None => {
                    self.at += self.rest().find(['}', '\n']).map_or(self.rest().len(), |end| end + 1);
                    Vec::new()
                }
            };
            return Some(StringPiece::Hole(tokens, Span::new(start, self.at)));
        }
        if !behind.starts_with(|c: char| c.is_alphabetic() || c == '_') {
            return None;
        }
        let mut tokens = Vec::new();
        self.at += 1;
        loop {
            let rest = self.rest();
            let end = rest.find(|c: char| !(c.is_alphanumeric() || c == '_')).unwrap_or(rest.len());
            let name = rest[..end].to_owned();
            let span = Span::new(self.at, self.at + end);
            self.at += end;
            tokens.push(GroovyToken { kind: TokenKind::Name(name), span, spaced: false });
            let goes_on = self.rest().strip_prefix('.').is_some_and(|rest| rest.starts_with(char::is_alphabetic));
            if !goes_on {
                return Some(StringPiece::Hole(tokens, Span::new(start, self.at)));
            }
            tokens.push(GroovyToken {
                kind: TokenKind::Sign("."),
                span: Span::new(self.at, self.at + 1),
                spaced: false,
            });
            self.at += 1;
        }
    }
}

/// The escape that a text begins with: its length and what it means.
fn escape(text: &str, kind: Escape) -> Option<(usize, String)> {
    match kind {
        Escape::Slash => text.starts_with("\\/").then(|| (2, "/".to_owned())),
        Escape::Dollar if text.starts_with("/$") => None,
        Escape::Dollar => {
            ["$$", "$/"].iter().find(|sign| text.starts_with(**sign)).map(|sign| (2, sign[1..].to_owned()))
        }
        Escape::Backslash => backslash(text),
    }
}

fn backslash(text: &str) -> Option<(usize, String)> {
    let rest = text.strip_prefix('\\')?;
    let c = rest.chars().next()?;
    let meant = match c {
        'n' => "\n",
        't' => "\t",
        'r' => "\r",
        'b' | 'f' => "",
        // The line goes on.
        '\n' => "",
        '\r' if rest.starts_with("\r\n") => return Some((3, String::new())),
        'u' => {
            let digits = rest.get(1..5)?;
            let character = u32::from_str_radix(digits, 16).ok().and_then(char::from_u32)?;
            return Some((6, character.to_string()));
        }
        _ => return Some((1 + c.len_utf8(), c.to_string())),
    };
    Some((2, meant.to_owned()))
}
