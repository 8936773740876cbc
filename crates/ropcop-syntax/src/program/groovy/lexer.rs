//! From the text of a Groovy file to its tokens.

use crate::Span;

use super::token::{GroovyToken, TokenKind};

/// Longer signs first.
const SIGNS: &[&str] = &[
    ">>>=", "<=>", "===", "!==", "==~", "**=", "<<=", ">>=", "...", "..<", "*.@", "?.", "?:", "?=", "*.", ".&", ".@",
    "::", "->", "==", "!=", "=~", "<=", ">=", "&&", "||", "++", "--", "+=", "-=", "*=", "/=", "%=", "**", "<<", ">>",
    "..", "|=", "&=", "^=", "(", ")", "[", "]", "{", "}", ",", ";", ":", ".", "=", "<", ">", "+", "-", "*", "/", "%",
    "!", "?", "&", "|", "^", "~", "@", "$", "\\", "#", "`",
];

/// Expressions in strings in expressions are followed so far.
pub(super) const DEEPEST: usize = 24;

pub(super) struct GroovyLexer<'t> {
    pub(super) text: &'t str,
    pub(super) at: usize,
    /// How many expressions in strings may still be nested.
    pub(super) depth: usize,
}

/// The tokens of a file.
pub(super) fn tokens(text: &str) -> Vec<GroovyToken> {
    GroovyLexer { text, at: 0, depth: DEEPEST }.until_closed(None)
}

impl GroovyLexer<'_> {
    pub(super) fn rest(&self) -> &str {
        self.text.get(self.at..).unwrap_or_default()
    }

    /// The tokens up to a `}` that nothing has opened, or to the end.
    pub(super) fn until_closed(&mut self, close: Option<&str>) -> Vec<GroovyToken> {
        let mut tokens: Vec<GroovyToken> = Vec::new();
        let mut open = 0_usize;
        loop {
            let before = self.at;
            let newline = self.blanks();
            let spaced = self.at > before;
            let start = self.at;
            if newline && !tokens.last().is_some_and(GroovyToken::is_newline) {
                tokens.push(GroovyToken { kind: TokenKind::Newline, span: Span::new(before, start), spaced });
            }
            let Some(c) = self.rest().chars().next() else { return tokens };
            let kind = match c {
                '\'' | '"' => TokenKind::Text(self.quoted()),
                '/' if self.begins_slashy(tokens.last(), spaced) => TokenKind::Text(self.slashy()),
                '$' if self.rest().starts_with("$/") => TokenKind::Text(self.dollar_slashy()),
                '0'..='9' => TokenKind::Number(self.run(|c| c.is_ascii_alphanumeric() || c == '_')),
                c if c.is_alphabetic() || c == '_' || (c == '$' && self.names_follow()) => {
                    TokenKind::Name(self.run(|c| c.is_alphanumeric() || matches!(c, '_' | '$')))
                }
                _ => {
                    let sign = SIGNS.iter().find(|sign| self.rest().starts_with(**sign));
                    self.at += sign.map_or(c.len_utf8(), |sign| sign.len());
                    let Some(sign) = sign else { continue };
                    match *sign {
                        "{" => open += 1,
                        "}" if open == 0 && close.is_some() => return tokens,
                        "}" => open = open.saturating_sub(1),
                        _ => {}
                    }
                    TokenKind::Sign(sign)
                }
            };
            tokens.push(GroovyToken { kind, span: Span::new(start, self.at), spaced });
        }
    }

    fn names_follow(&self) -> bool {
        self.rest()[1..].starts_with(|c: char| c.is_alphabetic() || c == '_')
    }

    fn run(&mut self, belongs: impl Fn(char) -> bool) -> String {
        let rest = self.rest();
        let run = rest[..rest.find(|c| !belongs(c)).unwrap_or(rest.len())].to_owned();
        self.at += run.len();
        run
    }

    /// Skips blanks and comments; whether a line ends among them.
    fn blanks(&mut self) -> bool {
        let mut newline = false;
        loop {
            let rest = self.rest();
            let blank = rest.len() - rest.trim_start().len();
            newline |= rest[..blank].contains('\n');
            let behind = &rest[blank..];
            let skip = if behind.starts_with("//") || (behind.starts_with("#!") && self.at + blank == 0) {
                behind.find('\n').unwrap_or(behind.len())
            } else if let Some(comment) = behind.strip_prefix("/*") {
                comment.find("*/").map_or(behind.len(), |end| end + 4)
            } else if behind.starts_with("\\\n") || behind.starts_with("\\\r\n") {
                // A line that goes on.
                behind.find('\n').map_or(behind.len(), |end| end + 1)
            } else {
                0
            };
            self.at += blank + skip;
            if skip == 0 {
                return newline;
            }
        }
    }

    /// Whether a slash begins a string and is no division.
    fn begins_slashy(&self, before: Option<&GroovyToken>, spaced: bool) -> bool {
        let rest = &self.rest()[1..];
        let line = &rest[..rest.find('\n').unwrap_or(rest.len())];
        let starts_value = match before.map(|token| &token.kind) {
            None | Some(TokenKind::Newline) => true,
            Some(TokenKind::Sign(sign)) => !matches!(*sign, ")" | "]" | "}" | "++" | "--"),
            Some(TokenKind::Name(name)) => {
                let is_word = matches!(name.as_str(), "return" | "in" | "case" | "assert" | "sh" | "bat");
                is_word && spaced && !line.starts_with(' ')
            }
            Some(TokenKind::Number(_) | TokenKind::Text(_)) => false,
        };
        starts_value && line.contains('/') && !line.starts_with('=')
    }
}
