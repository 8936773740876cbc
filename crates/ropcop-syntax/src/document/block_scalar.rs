//! Block scalars: `|` and `>`.

use std::ops::Range;

use super::Content;
use super::scanner::{Scanner, Tree};
use crate::Span;
use crate::text::stretch::StretchKind;
use crate::text::template::Template;

/// What stands behind `|` or `>`.
struct Header {
    folds: bool,
    chomp: Chomp,
    /// The indentation that is asked for, beyond that of the parent.
    indent: Option<usize>,
}

/// What becomes of the line breaks at the end.
enum Chomp {
    /// One stays.
    Clip,
    Strip,
    Keep,
}

impl Scanner<'_> {
    /// The block scalar that begins here, if one does. `least` is the smallest column that its lines can have.
    pub(super) fn block_scalar(&mut self, least: usize) -> Option<Tree> {
        let header = self.header()?;
        let start = self.at;
        let (lines, end) = self.block_lines(&header, least);
        let mut scalar = Template::default();
        scalar.text.seek(lines.first().map_or(end, |line| line.start));
        self.join(&header, &lines, &mut scalar);
        self.at = end;
        Some(Tree::new(Content::Scalar(scalar), Span::new(start, end), 0))
    }

    fn header(&self) -> Option<Header> {
        let mut header = Header { folds: self.byte(self.at) == b'>', chomp: Chomp::Clip, indent: None };
        let mut at = self.at + 1;
        loop {
            match self.byte(at) {
                b'-' => header.chomp = Chomp::Strip,
                b'+' => header.chomp = Chomp::Keep,
                digit @ b'1'..=b'9' => header.indent = Some(usize::from(digit - b'0')),
                _ => break,
            }
            at += 1;
        }
        self.ends_line(at).then_some(header)
    }

    /// The lines of the text without their indentation, and where the scalar ends.
    fn block_lines(&self, header: &Header, least: usize) -> (Vec<Range<usize>>, usize) {
        let mut indent = header.indent.map(|more| least.saturating_sub(1) + more);
        let mut lines = Vec::new();
        let mut end = self.line(self.at).end;
        let mut next = self.next_line(self.at);
        while let Some(start) = next {
            let line = self.line(start);
            next = self.next_line(start);
            let column = self.text[line.clone()].bytes().take_while(|b| *b == b' ').count();
            let is_empty = self.trimmed(line.clone()).is_empty();
            if !is_empty {
                // Tabs do not indent, but people try.
                let tabs = if column == 0 { self.behind_blanks(start) - start } else { 0 };
                let indent = *indent.get_or_insert(column.max(tabs));
                if indent < least || column.max(tabs) < indent || self.is_marker(start) {
                    break;
                }
                end = line.end;
            }
            let stretch = self.stretches(line.clone()).first().filter(|_| is_empty);
            let indent = indent.filter(|indent| *indent <= line.len()).unwrap_or(line.len());
            lines.push(stretch.map_or(line.start + indent, |stretch| stretch.range.start)..line.end);
        }
        (lines, end)
    }

    fn join(&self, header: &Header, lines: &[Range<usize>], scalar: &mut Template) {
        let is_empty =
            |line: &Range<usize>| self.trimmed(line.clone()).is_empty() && self.stretches(line.clone()).is_empty();
        let mut breaks = 0;
        let mut before: Option<&Range<usize>> = None;
        for line in lines {
            if is_empty(line) {
                breaks += 1;
                continue;
            }
            let stretches = self.stretches(line.clone());
            let blank = self.trimmed(line.clone()).is_empty();
            // A line that only steers the template engine leaves none behind.
            if blank && stretches.iter().all(|stretch| stretch.kind == StretchKind::Nothing) {
                continue;
            }
            let sticks_out = |line: &Range<usize>| self.is_blank(line.start);
            match before {
                Some(last) if header.folds && !sticks_out(last) && !sticks_out(line) => {
                    Self::fold(scalar, breaks, last.end);
                }
                Some(last) => scalar.text.push(&"\n".repeat(breaks + 1), last.end),
                None => scalar.text.push(&"\n".repeat(breaks), line.start),
            }
            self.copy(line.clone(), scalar);
            (before, breaks) = (Some(line), 0);
        }
        let Some(last) = before else { return };
        match header.chomp {
            Chomp::Strip => {}
            Chomp::Clip => scalar.text.push("\n", last.end),
            Chomp::Keep => scalar.text.push(&"\n".repeat(breaks + 1), last.end),
        }
        scalar.text.seek(last.end + 1);
    }
}
