//! String literals of typed languages: escapes, margins and holes.

use tree_sitter::Node;

use super::Lowerer;
use crate::Span;
use crate::program::module::{Expr, ExprId, ScopeId, TextPart};
use crate::text::escape::unescape;
use crate::text::template::MappedText;

/// How the text of a literal is written.
#[derive(Clone, Copy, Default)]
pub(super) struct LiteralSpelling {
    /// A backslash escapes.
    pub(super) backslash: bool,
    /// Characters that are written twice to mean themselves: `""` in `@"…"`, `{{` in `$"…"`.
    pub(super) doubled: &'static str,
    /// White space that is no part of the text, at the start of every line.
    pub(super) margin: usize,
    /// A bar ends the margin of a line, however wide it is.
    pub(super) bar: bool,
}

impl Lowerer<'_> {
    /// A literal whose text stands at `content`, between the quotes. `holes` are the interpolations, each with its
    /// expression.
    pub(super) fn literal(
        &mut self,
        content: Span,
        spelling: LiteralSpelling,
        holes: &[(Span, Option<ExprId>)],
        node: Node<'_>,
        scope: ScopeId,
    ) -> ExprId {
        let mut parts = Vec::new();
        let mut at = content.start;
        for (span, value) in holes {
            self.known(Span::new(at, span.start), content, spelling, &mut parts);
            parts.extend(value.map(|value| TextPart::Hole { value, span: *span }));
            at = span.end;
        }
        self.known(Span::new(at, content.end), content, spelling, &mut parts);
        self.add(Expr::Text(parts), node, scope)
    }

    /// The known text between two holes.
    fn known(&self, span: Span, content: Span, spelling: LiteralSpelling, parts: &mut Vec<TextPart>) {
        let text = self.source.get(span.start..span.end).unwrap_or_default();
        let mut decoded = MappedText::default();
        let mut at = span.start;
        for line in text.split_inclusive('\n') {
            let starts_line = at != span.start || at == content.start;
            let margin = if starts_line { spelling.margin_of(line) } else { 0 };
            spelling.decode(line.get(margin..).unwrap_or_default(), at + margin, &mut decoded);
            at += line.len();
        }
        if !decoded.text.is_empty() {
            parts.push(TextPart::Known(decoded));
        }
    }
}

impl LiteralSpelling {
    /// The part of a line that is margin.
    fn margin_of(self, line: &str) -> usize {
        let blank = margin(line);
        match line.get(blank..) {
            Some(rest) if self.bar && rest.starts_with('|') => blank + 1,
            _ if self.bar => 0,
            _ => blank.min(self.margin),
        }
    }

    /// Appends `text`, which stands at `at`, with its escapes undone.
    fn decode(self, text: &str, at: usize, decoded: &mut MappedText) {
        let (mut plain, mut next) = (0, 0);
        while let Some(special) = text.get(next..).and_then(|rest| self.special(rest)) {
            let (start, len) = (next + special.0, special.1);
            push(decoded, text, plain..start, at);
            let escape = text.get(start..start + len).unwrap_or_default();
            let meant = match escape {
                // Java's space that survives the trimming of lines; `unescape` knows what C and its heirs share.
                "\\s" => " ".to_owned(),
                _ if escape.starts_with('\\') => unescape(escape),
                _ => escape.chars().take(1).collect(),
            };
            if !meant.is_empty() {
                decoded.push(&meant, at + start);
            }
            plain = start + len;
            next = plain;
        }
        push(decoded, text, plain..text.len(), at);
    }

    /// Where the next escape starts, and its length.
    fn special(self, text: &str) -> Option<(usize, usize)> {
        text.char_indices().find_map(|(start, char)| {
            let rest = text.get(start + char.len_utf8()..)?;
            match char {
                '\\' if self.backslash => Some((start, 1 + escape_len(rest))),
                _ if self.doubled.contains(char) && rest.starts_with(char) => Some((start, 2 * char.len_utf8())),
                _ => None,
            }
        })
    }
}

fn push(decoded: &mut MappedText, text: &str, range: std::ops::Range<usize>, at: usize) {
    let start = range.start;
    if let Some(piece) = text.get(range).filter(|piece| !piece.is_empty()) {
        decoded.push(piece, at + start);
    }
}

/// The length of an escape behind its backslash.
fn escape_len(rest: &str) -> usize {
    let digits = |skip: usize, most: usize, radix: u32| {
        let digits = rest.chars().skip(skip).take(most).take_while(|char| char.is_digit(radix)).count();
        skip + digits
    };
    match rest.chars().next() {
        None => 0,
        Some('\r') if rest.starts_with("\r\n") => 2,
        Some('x') => digits(1, 4, 16),
        // Java allows any number of `u`.
        Some('u') => digits(rest.chars().take_while(|char| *char == 'u').count(), 4, 16),
        Some('U') => digits(1, 8, 16),
        Some('0'..='7') => digits(0, 3, 8),
        Some(char) => char.len_utf8(),
    }
}

/// The white space at the start of a line.
pub(super) fn margin(line: &str) -> usize {
    line.len() - line.trim_start_matches([' ', '\t']).len()
}
