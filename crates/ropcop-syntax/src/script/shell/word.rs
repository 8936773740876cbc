//! Words of a shell: quotes, escapes and expansions.
//!
//! The grammar of tree-sitter tells where statements are; words are read here, because every character of them counts
//! and because they must be readable where the grammar has given up.

use std::cell::Cell;
use std::collections::HashMap;
use std::rc::Rc;

use crate::{Part, Span};

use super::code::plain;
use super::lower::{self, ScriptEffort};
use super::script::{Piece, RawWord};
use super::text::Text;
use super::value::Atom;

/// Where a piece of a word stands, which decides about the characters that are special in it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Mode {
    /// In the open: blanks and operators end the word.
    Open,
    /// In the word of `${x:-word}`: blanks belong to it.
    Inner,
    /// Between double quotes.
    Quoted,
    /// In a here-document whose delimiter has no quotes.
    Document,
}

/// Reads words from one text.
pub(super) struct WordReader<'t> {
    pub(super) text: &'t Text,
    /// Ends of the substitutions that the grammar saw, by their start.
    pub(super) ends: &'t HashMap<usize, usize>,
    pub(super) effort: &'t ScriptEffort<'t>,
    /// How deep the reader itself is in quotes and braces.
    pub(super) nesting: Cell<usize>,
}

/// Collects the pieces of one word.
pub(super) struct WordPieces<'t> {
    text: &'t Text,
    pub(super) pieces: Vec<Piece>,
}

impl WordPieces<'_> {
    /// Adds text that stands in the script letter by letter.
    fn verbatim(&mut self, start: usize, end: usize, quoted: bool) {
        let mut at = start;
        while at < end {
            let step = end.min(self.text.step_end(at).max(at + 1));
            let Some(run) = self.text.text.get(at..step) else { return };
            let stop = run.char_indices().find(|(_, c)| self.text.hole(*c).is_some());
            let length = stop.map_or(run.len(), |(index, _)| index);
            if length > 0 {
                self.known(Part::Text(run[..length].to_owned()), at, at + length, quoted);
            }
            at += length;
            if let Some((_, c)) = stop {
                let part = self.text.hole(c).cloned().unwrap_or(Part::Unknown);
                self.known(part, at, at + c.len_utf8(), quoted);
                at += c.len_utf8();
            }
        }
    }

    /// Adds something that is written in other letters.
    pub(super) fn known(&mut self, part: Part, start: usize, end: usize, quoted: bool) {
        let span = self.text.span(start, end);
        let place = self.text.place(start);
        // Neighbours are joined where text and file run in step, so that an ordinary word is one atom.
        if let (Part::Text(more), Some(Piece::Known(last))) = (&part, self.pieces.last_mut())
            && let Part::Text(before) = &mut last.part
            && last.span.end == span.start
            && (last.quoted, last.place) == (quoted, place)
            && before.len() == last.span.end - last.span.start
        {
            before.push_str(more);
            last.span.end = span.end;
            return;
        }
        self.pieces.push(Piece::Known(Atom { part, span, place, quoted }));
    }
}

impl WordReader<'_> {
    fn bytes(&self) -> &[u8] {
        self.text.text.as_bytes()
    }

    pub(super) fn byte(&self, at: usize) -> u8 {
        self.bytes().get(at).copied().unwrap_or(0)
    }

    /// The word at `start`, and where it ends. In the open it ends at a blank or an operator, at `limit` at the latest.
    pub(super) fn word(&self, start: usize, limit: usize, mode: Mode) -> (RawWord, usize) {
        let nested = self.nested(None, || Some(self.word_here(start, limit, mode)));
        nested.unwrap_or_else(|| (self.nothing(start), limit))
    }

    fn word_here(&self, start: usize, limit: usize, mode: Mode) -> (RawWord, usize) {
        let mut out = WordPieces { text: self.text, pieces: Vec::new() };
        let mut at = start;
        let mut quoted = mode == Mode::Quoted;
        while at < limit {
            let next = match self.byte(at) {
                b'\\' => self.escape(at, limit, mode, &mut out),
                b'\'' if matches!(mode, Mode::Open | Mode::Inner) => {
                    quoted = true;
                    let end = self.find(at + 1, limit, b'\'');
                    out.verbatim(at + 1, end, true);
                    end + 1
                }
                b'"' if matches!(mode, Mode::Open | Mode::Inner) => {
                    quoted = true;
                    let end = self.string_end(at + 1, limit);
                    let (inner, _) = self.word(at + 1, end, Mode::Quoted);
                    out.pieces.extend(inner.pieces);
                    end + 1
                }
                b'$' => self.dollar(at, limit, mode, &mut out, &mut quoted),
                b'`' => self.backquotes(at, limit, mode, &mut out),
                b'<' | b'>' if mode == Mode::Open && self.byte(at + 1) == b'(' => {
                    let end = self.substitution_end(at, limit);
                    out.pieces.push(self.output(at, end, Mode::Open));
                    end
                }
                b'(' if mode == Mode::Open && at > start && b"?*+@!".contains(&self.byte(at - 1)) => {
                    let end = self.closing(at + 1, limit);
                    out.verbatim(at, end, false);
                    end
                }
                byte if mode == Mode::Open && ends_word(byte) => break,
                _ => {
                    let end = self.plain_end(at, limit, mode);
                    out.verbatim(at, end, matches!(mode, Mode::Quoted | Mode::Document));
                    end
                }
            };
            at = next.max(at + 1).min(limit);
        }
        let word =
            RawWord { pieces: out.pieces, span: self.text.span(start, at), place: self.text.place(start), quoted };
        (word, at)
    }

    /// The end of a run of characters that mean themselves.
    fn plain_end(&self, start: usize, limit: usize, mode: Mode) -> usize {
        let special = |byte: u8| match mode {
            Mode::Open => ends_word(byte) || b"\\'\"$`".contains(&byte),
            Mode::Inner => b"\\'\"$`".contains(&byte),
            Mode::Quoted | Mode::Document => b"\\$`".contains(&byte),
        };
        let rest = &self.bytes()[start + 1..limit];
        rest.iter().position(|byte| special(*byte)).map_or(limit, |offset| start + 1 + offset)
    }

    fn escape(&self, at: usize, limit: usize, mode: Mode, out: &mut WordPieces<'_>) -> usize {
        let newline = match (self.byte(at + 1), self.byte(at + 2)) {
            (b'\n', _) => 2,
            (b'\r', b'\n') => 3,
            _ => 0,
        };
        if newline > 0 {
            return at + newline;
        }
        let Some(escaped) = self.text.text[at + 1..limit.max(at + 1)].chars().next() else {
            out.verbatim(at, at + 1, true);
            return at + 1;
        };
        let end = at + 1 + escaped.len_utf8();
        let literal = match mode {
            Mode::Open | Mode::Inner => false,
            Mode::Quoted => !"$`\"\\".contains(escaped),
            Mode::Document => !"$`\\".contains(escaped),
        };
        if literal {
            out.verbatim(at, at + 1, true);
            return at + 1;
        }
        out.known(Part::Text(escaped.to_string()), at, end, true);
        end
    }

    fn dollar(&self, at: usize, limit: usize, mode: Mode, out: &mut WordPieces<'_>, any: &mut bool) -> usize {
        let quoted = matches!(mode, Mode::Quoted | Mode::Document);
        let next = self.byte(at + 1);
        match next {
            b'\'' if !quoted => {
                *any = true;
                self.ansi_c(at + 2, limit, out)
            }
            b'"' if !quoted => at + 1,
            b'(' if self.byte(at + 2) == b'(' && self.arithmetic_end(at + 3, limit).is_some() => {
                let end = self.arithmetic_end(at + 3, limit).unwrap_or(limit);
                out.known(Part::Unknown, at, end, quoted);
                end
            }
            b'(' => {
                let end = self.substitution_end(at, limit);
                out.pieces.push(self.output(at, end, mode));
                end
            }
            b'{' => {
                let end = self.brace_end(at + 2, limit);
                self.braces(at, end, mode, out);
                (end + 1).min(limit)
            }
            _ => {
                let name_end = self.name_end(at + 1, limit);
                if name_end == at + 1 {
                    out.verbatim(at, at + 1, quoted);
                    return name_end;
                }
                let (span, place) = (self.text.span(at, name_end), self.text.place(at));
                out.pieces.push(Piece::Variable(plain(&self.text.text[at + 1..name_end], span, place, quoted)));
                name_end
            }
        }
    }

    fn backquotes(&self, at: usize, limit: usize, mode: Mode, out: &mut WordPieces<'_>) -> usize {
        let mut end = at + 1;
        let mut escapes = Vec::new();
        while end < limit && self.byte(end) != b'`' {
            if self.byte(end) == b'\\' {
                let inner_quote = mode == Mode::Quoted && self.byte(end + 1) == b'"';
                if b"`\\$".contains(&self.byte(end + 1)) || inner_quote {
                    escapes.push(end - at - 1);
                }
                end += 1;
            }
            end += 1;
        }
        let end = end.min(limit);
        let inner = self.text.slice(at + 1, end).without(&escapes);
        let body = Rc::new(lower::lower_inner(&inner, self.effort));
        let quoted = matches!(mode, Mode::Quoted | Mode::Document);
        let span = self.text.span(at, (end + 1).min(limit));
        out.pieces.push(Piece::Output { body, span, place: self.text.place(at), quoted, is_file: false });
        end + 1
    }

    /// `$(…)` or `<(…)` from `start`, of which the parenthesis closes just before `end`.
    fn output(&self, start: usize, end: usize, mode: Mode) -> Piece {
        let inner = start + 2;
        let closed = self.byte(end.saturating_sub(1)) == b')' && end > inner;
        let text = self.text.slice(inner, if closed { end - 1 } else { end });
        let body = Rc::new(lower::lower_inner(&text, self.effort));
        let is_file = self.byte(start) != b'$';
        let quoted = is_file || matches!(mode, Mode::Quoted | Mode::Document);
        Piece::Output { body, span: self.text.span(start, end), place: self.text.place(start), quoted, is_file }
    }

    /// `$'…'`, from behind the opening quote.
    fn ansi_c(&self, start: usize, limit: usize, out: &mut WordPieces<'_>) -> usize {
        let mut at = start;
        while at < limit && self.byte(at) != b'\'' {
            let Some(c) = self.text.text[at..limit].chars().next() else { break };
            if c != '\\' {
                out.verbatim(at, at + c.len_utf8(), true);
                at += c.len_utf8();
                continue;
            }
            let (decoded, length) = unescape(&self.text.text[at + 1..limit]);
            out.known(Part::Text(decoded), at, at + 1 + length, true);
            at += 1 + length;
        }
        at + 1
    }

    pub(super) fn name_end(&self, start: usize, limit: usize) -> usize {
        let bytes = &self.bytes()[start.min(limit)..limit];
        match bytes.first() {
            Some(b'a'..=b'z' | b'A'..=b'Z' | b'_') => {
                let rest = bytes.iter().position(|byte| !byte.is_ascii_alphanumeric() && *byte != b'_');
                start + rest.unwrap_or(bytes.len())
            }
            Some(b'0'..=b'9' | b'@' | b'*' | b'#' | b'?' | b'$' | b'!' | b'-') => start + 1,
            _ => start,
        }
    }

    /// The whole of a text as the text of a here-document.
    pub(super) fn document(&self, is_verbatim: bool) -> RawWord {
        if !is_verbatim {
            return self.word(0, self.text.text.len(), Mode::Document).0;
        }
        verbatim(self.text)
    }

    /// A word that is nothing, at `at`.
    pub(super) fn nothing(&self, at: usize) -> RawWord {
        let span: Span = self.text.span(at, at);
        RawWord { pieces: Vec::new(), span, place: self.text.place(at), quoted: false }
    }
}

/// The whole of a text as one word, in which nothing is special.
pub(super) fn verbatim(text: &Text) -> RawWord {
    let end = text.text.len();
    let mut out = WordPieces { text, pieces: Vec::new() };
    out.verbatim(0, end, true);
    RawWord { pieces: out.pieces, span: text.span(0, end), place: text.place(0), quoted: true }
}

/// Whether an unquoted character ends a word.
pub(super) fn ends_word(byte: u8) -> bool {
    b" \t\n\r;|&<>()".contains(&byte)
}

/// What the text behind a backslash means in `$'…'`, in `printf` and in `echo -e`, and how long it is.
pub(super) fn unescape(text: &str) -> (String, usize) {
    let Some(first) = text.chars().next() else { return ("\\".to_owned(), 0) };
    let simple = match first {
        'n' => "\n",
        't' => "\t",
        'r' => "\r",
        'a' | 'b' | 'e' | 'E' | 'f' | 'v' => " ",
        'x' | 'u' | 'U' => {
            let most = if first == 'x' { 2 } else { 8 };
            let digits = text[1..].bytes().take(most).take_while(u8::is_ascii_hexdigit).count();
            let code = u32::from_str_radix(&text[1..1 + digits], 16).ok().and_then(char::from_u32);
            return (code.map(String::from).unwrap_or_default(), 1 + digits);
        }
        '0'..='7' => {
            let digits = text.bytes().take(3).take_while(|byte| (b'0'..=b'7').contains(byte)).count();
            let code = u32::from_str_radix(&text[..digits], 8).ok().and_then(char::from_u32);
            return (code.map(String::from).unwrap_or_default(), digits);
        }
        '\\' | '\'' | '"' | '?' => return (first.to_string(), 1),
        _ => return (format!("\\{first}"), first.len_utf8()),
    };
    (simple.to_owned(), 1)
}
