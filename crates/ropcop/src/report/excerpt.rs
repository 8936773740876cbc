//! The lines of a finding as a terminal shows them: masked, escaped, cut to width, with the span in the cut text.
//!
//! Only lines of the span itself are shown. Lines around it would often be the ones that hold the secret.

use std::ops::Range;

use miette::{MietteError, MietteSpanContents, SourceCode, SourceSpan, SpanContents};

use crate::document::Document;
use crate::mask::MASK;
use crate::sanitize;

/// A span over more lines than this is shown shortened.
const LINES: usize = 6;
const TAB: usize = 4;
/// Stands where a line is cut; different from what stands for a secret.
const CUT: &str = "...";

/// Lines to show and the part to underline, in bytes of `text`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Excerpt {
    /// Path, line and column, for the frame around the lines.
    pub(crate) name: String,
    pub(crate) text: String,
    pub(crate) mark: Range<usize>,
    /// Number of the first line.
    pub(crate) line: usize,
}

impl Excerpt {
    /// The lines of `span` in at most `width` columns.
    pub(crate) fn new(name: String, document: &Document, span: Range<usize>, width: usize) -> Self {
        let end = document.text.floor_char_boundary(span.end.max(span.start));
        let start = document.text.floor_char_boundary(span.start);
        // A span that ends with the end of a line does not include the next line.
        let end = start + document.text[start..end].trim_end().len();
        let lines = document.line(start).start..document.line(end).end;
        let first = document.hidden().partition_point(|part| part.end <= lines.start);
        let behind = document.hidden().partition_point(|part| part.start < lines.end);
        let hidden = &document.hidden()[first..behind.max(first)];
        let mut excerpt = Self { name, text: String::new(), mark: 0..0, line: document.position(start).line };
        let mut at = start;
        let total = document.text[start..end].matches('\n').count() + 1;
        let shown = if total > LINES { LINES - 1 } else { total };
        for index in 0..shown {
            let line = document.line(at);
            let mark = line.start.max(start)..line.end.min(end);
            let (text, mark) = one_line(document, line.clone(), mark, hidden, width);
            if index == 0 {
                excerpt.mark.start = mark.start;
            } else {
                excerpt.text.push('\n');
            }
            excerpt.mark.end = excerpt.text.len() + mark.end;
            excerpt.text.push_str(&text);
            at = document.text[line.end..].find('\n').map_or(document.text.len(), |end| line.end + end + 1);
        }
        if total > shown {
            excerpt.text.push_str(&format!("\n{CUT} and {} more lines", total - shown));
        }
        excerpt
    }
}

/// One line and where the mark is in it.
fn one_line(
    document: &Document,
    line: Range<usize>,
    mark: Range<usize>,
    hidden: &[Range<usize>],
    width: usize,
) -> (String, Range<usize>) {
    // An endless line is not looked at as a whole; what is far from the mark would be cut anyway.
    let start = line.start.max(document.text.floor_char_boundary(mark.start.saturating_sub(1000)));
    let end = line.end.min(document.text.floor_char_boundary(mark.start + 4000)).max(start);
    let cells = cells(&document.text[start..end], start, &mark, hidden);
    cut(&cells, width, start > line.start, end < line.end)
}

/// The characters to show, each with whether it is marked.
fn cells(text: &str, offset: usize, mark: &Range<usize>, hidden: &[Range<usize>]) -> Vec<(char, bool)> {
    let mut cells: Vec<(char, bool)> = Vec::new();
    let mut masked = None;
    for (at, c) in text.char_indices().map(|(at, c)| (at + offset, c)) {
        let marked = mark.contains(&at);
        if let Some(part) = hidden.iter().position(|part| part.contains(&at)) {
            if masked != Some(part) {
                cells.extend(MASK.chars().map(|c| (c, marked)));
            }
            masked = Some(part);
            continue;
        }
        masked = None;
        match c {
            '\t' => cells.extend(std::iter::repeat_n((' ', marked), TAB - cells.len() % TAB)),
            c if sanitize::is_unsafe(c) => cells.extend(sanitize::escape(c).chars().map(|c| (c, marked))),
            c => cells.push((c, marked)),
        }
    }
    cells
}

/// As many of the cells as fit, the beginning of the mark among them.
fn cut(cells: &[(char, bool)], width: usize, cut_before: bool, cut_behind: bool) -> (String, Range<usize>) {
    let width = width.max(20);
    let first = cells.iter().position(|(_, marked)| *marked).unwrap_or(0);
    let last = cells.iter().rposition(|(_, marked)| *marked).map_or(first, |last| last + 1);
    let fits = cells.len() <= width && !cut_before && !cut_behind;
    let room = width - 2 * CUT.len();
    // The whole mark if it fits, else its beginning, in the middle of what stands around it.
    let from = match () {
        () if fits || (last <= width - CUT.len() && !cut_before) => 0,
        () if last - first < room => first - ((room - (last - first)) / 2).min(first),
        () => first,
    };
    let to = if fits {
        cells.len()
    } else {
        cells.len().min(from + width - CUT.len() - if from > 0 { CUT.len() } else { 0 })
    };
    let mut text = String::new();
    if from > 0 || cut_before {
        text.push_str(CUT);
    }
    let mut mark = None;
    for (c, marked) in &cells[from..to] {
        let start = text.len();
        text.push(*c);
        if *marked {
            mark = Some(mark.map_or(start, |(start, _)| start)).map(|start| (start, text.len()));
        }
    }
    let (start, end) = mark.unwrap_or((text.len(), text.len()));
    if to < cells.len() || cut_behind {
        text.push_str(CUT);
    }
    (text, start..end)
}

impl SourceCode for Excerpt {
    fn read_span<'a>(
        &'a self,
        _: &SourceSpan,
        _: usize,
        _: usize,
    ) -> Result<Box<dyn SpanContents<'a> + 'a>, MietteError> {
        Ok(Box::new(MietteSpanContents::new_named(
            self.name.clone(),
            self.text.as_bytes(),
            (0, self.text.len()).into(),
            self.line - 1,
            0,
            self.text.lines().count(),
        )))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::decode::Encoding;

    fn excerpt(text: &str, marked: &str, width: usize) -> (String, String) {
        let mut document = Document::new(text.into(), Encoding::Utf8);
        let start = text.find(marked).expect("it is there");
        let neighbours = document.neighbours(ropcop_syntax::Span::new(start, start + marked.len()), |_| true);
        document.hide(neighbours);
        let found = Excerpt::new(String::new(), &document, start..start + marked.len(), width);
        (found.text.clone(), found.text[found.mark].to_owned())
    }

    #[test]
    fn only_the_lines_of_the_span_are_shown_with_secrets_masked() {
        let (text, mark) = excerpt("PASSWORD=x1\n\ttool -p 'x2' # \u{1b}[0m\nnext\n", "tool -p 'x2'", 80);
        assert_eq!(text, "    tool -p '…' # \\u{1b}[0m");
        assert_eq!(mark, "tool -p '…'");
    }

    #[test]
    fn a_long_line_is_cut_around_the_span() {
        let line = format!("{}target{}", "a".repeat(300), "b".repeat(9_000));
        let (text, mark) = excerpt(&line, "target", 40);
        assert_eq!(mark, "target");
        assert_eq!(text, "...aaaaaaaaaaaaaatargetbbbbbbbbbbbbbb...");
        let (text, mark) = excerpt(&format!("target{}", "b".repeat(90)), "target", 40);
        assert_eq!((text.len(), &*mark), (40, "target"));
        let (text, mark) = excerpt(&"x".repeat(100), &"x".repeat(100), 40);
        assert_eq!((text.len(), mark.len()), (40, 37));
    }

    #[test]
    fn a_span_over_many_lines_is_shortened() {
        let (text, mark) = excerpt("a\nb\nc\nd\ne\nf\ng\nh\n", "a\nb\nc\nd\ne\nf\ng\nh\n", 80);
        assert_eq!(text, "a\nb\nc\nd\ne\n... and 3 more lines");
        assert_eq!(mark, "a\nb\nc\nd\ne");
    }
}
