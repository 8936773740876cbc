//! The text of a file that a report mentions, with its lines and what must not be shown of it.

use std::ops::Range;
use std::sync::Arc;

use ropcop_syntax::{LineIndex, Span};

use crate::decode::Encoding;
use crate::mask::{self, Secrets};

/// A file that a finding is in or points to.
#[derive(Clone, Debug)]
pub(crate) struct Document {
    pub(crate) text: Arc<str>,
    pub(crate) encoding: Encoding,
    lines: LineIndex,
    /// Where literal secrets of findings stand.
    secrets: Vec<Span>,
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
        Self { text, encoding, lines, secrets: Vec::new() }
    }

    /// Remembers where literal secrets stand.
    pub(crate) fn hide(&mut self, secrets: &[Span]) {
        self.secrets.extend(secrets.iter().map(|span| mask::inside_quotes(&self.text, *span)));
    }

    /// Where a literal secret stands.
    pub(crate) fn secrets(&self) -> &[Span] {
        &self.secrets
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

    /// The parts of `range` that must not be shown. Neighbouring text on the same lines is taken into account: it says
    /// what a value is for.
    pub(crate) fn hidden(&self, range: Range<usize>, secrets: &Secrets) -> Vec<Range<usize>> {
        let (start, end) = (self.line(range.start).start, self.line(range.end).end);
        // What stands more than a few thousand bytes away on an endless line says nothing about a value.
        let start = self.text.floor_char_boundary(start.max(range.start.saturating_sub(4096)));
        let end = self.text.floor_char_boundary(end.min(range.end.saturating_add(4096))).max(start);
        mask::hidden(&self.text[start..end], start, &self.secrets, secrets)
    }

    /// The text of a span with `…` for what must not be shown.
    pub(crate) fn masked(&self, span: Span, secrets: &Secrets) -> String {
        let (start, end) = (self.text.floor_char_boundary(span.start), self.text.floor_char_boundary(span.end));
        mask::apply(&self.text, start..end.max(start), &self.hidden(start..end.max(start), secrets))
    }
}
