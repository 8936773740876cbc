//! The text of a file that a report mentions, with its lines and what must not be shown of it.

use std::ops::Range;
use std::sync::Arc;

use ropcop_syntax::{LineIndex, Span};

use crate::decode::Encoding;
use crate::mask;

/// A file that a finding is in or points to.
#[derive(Clone, Debug)]
pub(crate) struct Document {
    pub(crate) text: Arc<str>,
    pub(crate) encoding: Encoding,
    lines: LineIndex,
    /// What must not be shown, in order and apart from each other.
    hidden: Vec<Range<usize>>,
}

/// A place as people and editors count: lines and columns from 1.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct LineColumn {
    pub(crate) line: usize,
    /// In characters.
    pub(crate) column: usize,
    /// In UTF-16 code units.
    pub(crate) column_utf16: usize,
}

impl Document {
    pub(crate) fn new(text: Arc<str>, encoding: Encoding) -> Self {
        let lines = LineIndex::new(&text);
        Self { text, encoding, lines, hidden: Vec::new() }
    }

    /// Hides literals from now on.
    pub(crate) fn hide(&mut self, literals: impl IntoIterator<Item = Span>) {
        self.hidden.extend(literals.into_iter().map(|span| span.start..span.end));
        self.hidden = mask::merged(std::mem::take(&mut self.hidden));
    }

    /// What names call a secret on the lines of a place that is to be shown. `may` says where literals can stand.
    pub(crate) fn neighbours(&self, place: Span, may: impl Fn(Span) -> bool) -> Vec<Span> {
        let lines = self.line(place.start).start..self.line(place.end).end;
        // What stands more than a few thousand bytes away on an endless line says nothing about a value.
        let start = self.text.floor_char_boundary(lines.start.max(place.start.saturating_sub(4096)));
        let end = self.text.floor_char_boundary(lines.end.min(place.end.saturating_add(4096))).max(start);
        let at = |range: &Range<usize>| Span::new(range.start + start, range.end + start);
        mask::neighbours(&self.text[start..end], |range| may(at(range))).iter().map(at).collect()
    }

    /// The place of a byte offset. One inside a character counts as its beginning.
    pub(crate) fn position(&self, offset: usize) -> LineColumn {
        let offset = self.text.floor_char_boundary(offset);
        LineColumn {
            line: self.lines.line(offset),
            column: self.lines.column(offset, &self.text),
            column_utf16: self.lines.column_utf16(offset, &self.text),
        }
    }

    /// The bytes of the line that holds `offset`, without its end.
    pub(crate) fn line(&self, offset: usize) -> Range<usize> {
        let offset = self.text.floor_char_boundary(offset);
        let start = self.text[..offset].rfind('\n').map_or(0, |at| at + 1);
        let end = self.text[offset..].find('\n').map_or(self.text.len(), |at| offset + at);
        let end = if end > start && self.text.as_bytes()[end - 1] == b'\r' { end - 1 } else { end };
        start..end.max(start)
    }

    /// What must not be shown.
    pub(crate) fn hidden(&self) -> &[Range<usize>] {
        &self.hidden
    }

    /// The text of a span with `…` for what must not be shown.
    pub(crate) fn masked(&self, span: Span) -> String {
        let (start, end) = (self.text.floor_char_boundary(span.start), self.text.floor_char_boundary(span.end));
        mask::apply(&self.text, start..end.max(start), &self.hidden)
    }
}
