//! The state of the scanner of YAML or JSON, and what all of its parts need: places, lines, blanks, texts.

use std::collections::BTreeMap;
use std::ops::Range;
use std::rc::Rc;

use super::{Content, Node, Unread};
use crate::text::stretch::{Stretch, StretchKind};
use crate::text::template::Template;
use crate::{Omission, Span};

/// Values nested deeper than this are not read. The limit protects the stack. The report says so.
pub(super) const DEEPEST: usize = 100;

/// A file does not merge more entries than this into its mappings (`<<`).
const MOST_MERGED: usize = 100_000;

/// Which of the two formats is read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Format {
    Yaml,
    Json,
}

/// A value, and how deep it is nested in itself: aliases must not make it deeper than [`DEEPEST`].
#[derive(Clone, Debug)]
pub(super) struct Tree {
    pub(super) node: Rc<Node>,
    pub(super) height: usize,
}

impl Tree {
    pub(super) fn new(content: Content, span: Span, height: usize) -> Self {
        Self { node: Rc::new(Node { content, span }), height }
    }

    /// A value that is not there.
    pub(super) fn empty(at: usize) -> Self {
        Self::new(Content::Scalar(Template::verbatim("", at)), Span::new(at, at), 0)
    }
}

/// Reads a file from front to end.
pub(super) struct Scanner<'t> {
    pub(super) format: Format,
    /// The text without template stretches.
    pub(super) text: &'t str,
    /// The text as it is in the file.
    original: &'t str,
    stretches: &'t [Stretch],
    /// Where lines begin.
    lines: Vec<usize>,
    /// Where the text begins, behind a byte order mark.
    first: usize,
    pub(super) at: usize,
    pub(super) depth: usize,
    pub(super) anchors: BTreeMap<String, Tree>,
    pub(super) merges_left: usize,
    pub(super) unread: Unread,
    /// A bracket of a flow collection was not closed.
    pub(super) broken: bool,
}

impl<'t> Scanner<'t> {
    pub(super) fn new(format: Format, original: &'t str, text: &'t str, stretches: &'t [Stretch]) -> Self {
        let lines = std::iter::once(0).chain(text.match_indices('\n').map(|(at, _)| at + 1)).collect();
        let first = text.len() - text.trim_start_matches('\u{feff}').len();
        Self {
            format,
            text,
            original,
            stretches,
            lines,
            first,
            at: first,
            depth: 0,
            anchors: BTreeMap::new(),
            merges_left: MOST_MERGED,
            unread: Unread::default(),
            broken: false,
        }
    }

    /// The byte at an offset; 0 behind the end.
    pub(super) fn byte(&self, at: usize) -> u8 {
        self.text.as_bytes().get(at).copied().unwrap_or(0)
    }

    pub(super) fn at_end(&self) -> bool {
        self.at >= self.text.len()
    }

    /// Where the line of an offset begins and where it ends, line break left out.
    pub(super) fn line(&self, at: usize) -> Range<usize> {
        let next = self.lines.partition_point(|start| *start <= at);
        let start = self.lines[next.saturating_sub(1)];
        let end = self.lines.get(next).map_or(self.text.len(), |start| start - 1);
        let end = if end > start && self.byte(end - 1) == b'\r' { end - 1 } else { end };
        start..end
    }

    /// Where the line behind that of an offset begins.
    pub(super) fn next_line(&self, at: usize) -> Option<usize> {
        self.lines.get(self.lines.partition_point(|start| *start <= at)).copied()
    }

    pub(super) fn column(&self, at: usize) -> usize {
        at - self.line(at).start
    }

    pub(super) fn is_blank(&self, at: usize) -> bool {
        matches!(self.byte(at), b' ' | b'\t')
    }

    /// Behind the blanks at an offset.
    pub(super) fn behind_blanks(&self, at: usize) -> usize {
        let blanks = self.text.as_bytes()[at.min(self.text.len())..].iter().take_while(|b| b" \t".contains(b));
        at + blanks.count()
    }

    /// Whether nothing but a comment is left on the line; says where the line goes on behind blanks, too.
    pub(super) fn ends_line(&self, at: usize) -> bool {
        let next = self.behind_blanks(at);
        let is_comment =
            self.byte(next) == b'#' && (next > at || at <= self.first || b" \t\n".contains(&self.byte(at - 1)));
        next >= self.text.len() || b"\r\n".contains(&self.byte(next)) || is_comment
    }

    /// Where text ends that lies between two offsets, without the blanks at its end.
    pub(super) fn trimmed(&self, range: Range<usize>) -> Range<usize> {
        let bytes = &self.text.as_bytes()[range.clone()];
        let blanks = bytes.iter().rev().take_while(|b| b" \t\r".contains(b)).count();
        range.start..range.end - blanks
    }

    /// A stretch of the file as it stands there.
    pub(super) fn written(&self, range: Range<usize>) -> &'t str {
        self.original.get(range).unwrap_or_default()
    }

    /// The template stretches that begin in a range.
    pub(super) fn stretches(&self, range: Range<usize>) -> &'t [Stretch] {
        let first = self.stretches.partition_point(|stretch| stretch.range.start < range.start);
        let behind = self.stretches.partition_point(|stretch| stretch.range.start < range.end);
        &self.stretches[first..behind.max(first)]
    }

    /// Appends a stretch of the file to a scalar, with holes where a template engine puts values in.
    pub(super) fn copy(&self, range: Range<usize>, scalar: &mut Template) {
        let mut from = range.start;
        for stretch in self.stretches(range.clone()) {
            scalar.text.push(&self.text[from..stretch.range.start], from);
            if let StretchKind::Value(name) = &stretch.kind {
                scalar.push_hole(name.clone(), stretch.range.start);
            }
            scalar.text.seek(stretch.range.end);
            from = stretch.range.end.min(range.end);
        }
        if from < range.end {
            scalar.text.push(&self.text[from..range.end], from);
        }
    }

    /// Appends what line breaks are folded to: a blank, or the empty lines among them.
    pub(super) fn fold(scalar: &mut Template, empty_lines: usize, at: usize) {
        match empty_lines {
            // A shell would take the backslash and the blank for a word. Whoever writes that means a continuation.
            0 if scalar.text.text.ends_with('\\') => scalar.text.push("\n", at),
            0 => scalar.text.push(" ", at),
            count => scalar.text.push(&"\n".repeat(count), at),
        }
    }

    pub(super) fn error(&mut self, start: usize, end: usize) {
        self.unread.errors.push(Span::new(start, end));
    }

    /// Says that a value was left out because it stands too deep.
    pub(super) fn too_deep(&mut self, start: usize, end: usize) {
        let why = format!("is nested deeper than {DEEPEST} levels");
        self.unread.omissions.push(Omission::new(Span::new(start, end), why));
    }
}
