//! From byte offsets to lines and columns.

/// Where the lines of a text begin. Built once a file, only for files that are reported.
#[derive(Clone, Debug)]
pub struct LineIndex {
    starts: Vec<usize>,
}

impl LineIndex {
    /// Indexes `text`. Lines end at `\n`; a `\r` before it belongs to the line, as in every editor.
    pub fn new(text: &str) -> Self {
        let starts = std::iter::once(0)
            .chain(text.bytes().enumerate().filter(|(_, b)| *b == b'\n').map(|(i, _)| i + 1))
            .collect();
        Self { starts }
    }

    /// The line that holds `offset`, counted from 1.
    pub fn line(&self, offset: usize) -> usize {
        self.starts.partition_point(|start| *start <= offset)
    }

    /// The byte offset at which `line` (from 1) begins; the end of the text for a line behind the last.
    pub fn start(&self, line: usize, text: &str) -> usize {
        self.starts.get(line - 1).copied().unwrap_or(text.len())
    }

    /// The column of `offset` in UTF-16 code units, counted from 1: the unit SARIF readers assume.
    pub fn column_utf16(&self, offset: usize, text: &str) -> usize {
        self.before(offset, text).encode_utf16().count() + 1
    }

    /// The column of `offset` in characters (Unicode scalar values), counted from 1.
    pub fn column(&self, offset: usize, text: &str) -> usize {
        self.before(offset, text).chars().count() + 1
    }

    fn before<'t>(&self, offset: usize, text: &'t str) -> &'t str {
        let start = self.starts[self.line(offset) - 1];
        text.get(start..offset).unwrap_or_default()
    }
}
