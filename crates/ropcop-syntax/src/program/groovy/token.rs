//! Tokens.

use crate::Span;
use crate::text::template::MappedText;

/// A token with its place.
#[derive(Debug)]
pub(super) struct GroovyToken {
    pub(super) kind: TokenKind,
    pub(super) span: Span,
    /// Blanks stand before it.
    pub(super) spaced: bool,
}

/// What a token is.
#[derive(Debug)]
pub(super) enum TokenKind {
    /// A name or a keyword.
    Name(String),
    Number(String),
    Text(Vec<StringPiece>),
    /// An operator, a parenthesis, a comma.
    Sign(&'static str),
    Newline,
}

/// One part of a string.
#[derive(Debug)]
pub(super) enum StringPiece {
    Known(MappedText),
    /// `${…}` or `$name`: its tokens and its place.
    Hole(Vec<GroovyToken>, Span),
}

impl GroovyToken {
    pub(super) fn is(&self, sign: &str) -> bool {
        matches!(self.kind, TokenKind::Sign(found) if found == sign)
    }

    pub(super) fn name(&self) -> Option<&str> {
        match &self.kind {
            TokenKind::Name(name) => Some(name),
            _ => None,
        }
    }

    /// The name of a member or a key, which may stand in quotes; empty if it is put together.
    pub(super) fn member(&self) -> Option<String> {
        match &self.kind {
            TokenKind::Name(name) => Some(name.clone()),
            TokenKind::Text(pieces) => match &pieces[..] {
                [StringPiece::Known(text)] => Some(text.text.clone()),
                _ => Some(String::new()),
            },
            _ => None,
        }
    }

    pub(super) fn is_name(&self, name: &str) -> bool {
        self.name() == Some(name)
    }

    pub(super) fn is_newline(&self) -> bool {
        matches!(self.kind, TokenKind::Newline)
    }
}
