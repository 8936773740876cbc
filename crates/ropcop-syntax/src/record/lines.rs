//! Lines that set variables, `NAME=value`, as files of variables have them and as they stand in other texts.
//!
//! Those who read such files differ in details. What is done here is what python-dotenv, dotenv of Node and Compose have
//! in common: `export` is no part of a name, quotes are no part of a value, a comment begins behind a blank, and only in
//! double quotes a backslash escapes. (Docker's own `--env-file` keeps quotes and comments; few files rely on that.)

use std::ops::Range;

use super::assignment::{self, MOST_FIELDS};
use crate::text::template::Template;
use crate::{Field, Value};

/// A variable that a line sets.
pub(crate) struct VariableLine {
    /// Its name, in bytes of the text.
    pub(crate) key: Range<usize>,
    /// The value without quotes, its escapes undone.
    pub(crate) value: Template,
    /// Where the value stands in the text, without quotes.
    pub(crate) written: Range<usize>,
}

/// What the lines of a text do.
pub(crate) struct Lines {
    pub(crate) set: Vec<VariableLine>,
    /// Whether any line does something else.
    pub(crate) others: bool,
}

/// The variables that a text sets if it does nothing else, and if they have names as processes get them.
pub(crate) fn only(text: &Template) -> Option<Vec<Field>> {
    let Lines { set, others } = read(text);
    let is_variable = |line: &VariableLine| assignment::is_variable(&text.text.text[line.key.clone()]);
    let field = |line: VariableLine| Field {
        key: text.text.text[line.key.clone()].to_owned(),
        value: Value::of_parts(line.value.parts()),
        key_span: text.span(line.key),
        span: text.span(line.written),
    };
    (!others && set.iter().all(is_variable)).then(|| set.into_iter().take(MOST_FIELDS).map(field).collect())
}

/// Reads all lines of a text.
pub(crate) fn read(text: &Template) -> Lines {
    let mut reader = LineReader { text, written: &text.text.text, open: Vec::new() };
    let mut lines = Lines { set: Vec::new(), others: false };
    let mut at = 0;
    while at < reader.written.len() {
        let line = at..line_end(reader.written, at);
        let set = reader.line(line.clone());
        lines.others |= set.is_none() && !reader.is_nothing(line.clone());
        at = set.as_ref().map_or(line.end, |line| line_end(reader.written, line.written.end)) + 1;
        lines.set.extend(set);
    }
    lines
}

struct LineReader<'t> {
    text: &'t Template,
    written: &'t str,
    /// Quotes that are known not to be closed any more.
    open: Vec<char>,
}

impl LineReader<'_> {
    /// Whether a line says nothing: it is empty, a comment, or filled in by somebody else.
    fn is_nothing(&self, line: Range<usize>) -> bool {
        let first = self.written[line].trim_start().chars().next();
        first.is_none_or(|first| first == '#' || self.text.hole(first).is_some())
    }

    /// The variable on a line.
    fn line(&mut self, line: Range<usize>) -> Option<VariableLine> {
        let text = self.written;
        let equals = line.start + text[line.clone()].find('=')?;
        let mut key = trimmed(text, line.start..equals);
        for word in ["export ", "set "] {
            if text[key.clone()].starts_with(word) {
                key = trimmed(text, key.start + word.len()..key.end);
            }
        }
        if !assignment::is_name(&text[key.clone()]) {
            return None;
        }
        let behind = equals + 1..line.end;
        let from = behind.end - text[behind].trim_start().len();
        if let Some((value, written)) = self.quoted(from..line.end) {
            return Some(VariableLine { key, value, written });
        }
        let value = &text[from..line.end];
        let comment = value.match_indices('#').find(|(at, _)| *at == 0 || value[..*at].ends_with([' ', '\t']));
        let written = trimmed(text, from..comment.map_or(line.end, |(at, _)| from + at));
        Some(VariableLine { key, value: self.text.part(written.clone()), written })
    }

    /// A value in quotes, which may end on a later line.
    fn quoted(&mut self, rest: Range<usize>) -> Option<(Template, Range<usize>)> {
        let text = self.written;
        let quote = text[rest.clone()].chars().next().filter(|c| matches!(c, '"' | '\'' | '`'))?;
        if self.open.contains(&quote) {
            return None;
        }
        let from = rest.start + 1;
        let mut escaped = false;
        let end = text[from..].char_indices().find(|(_, c)| {
            let ends = *c == quote && !escaped;
            escaped = *c == '\\' && quote == '"' && !escaped;
            ends
        });
        let Some((length, _)) = end else {
            self.open.push(quote);
            return None;
        };
        let written = from..from + length;
        let value = if quote == '"' { self.unescaped(written.clone()) } else { self.text.part(written.clone()) };
        Some((value, written))
    }

    /// A part of the text with the escapes undone that shells and their like know in double quotes.
    fn unescaped(&self, range: Range<usize>) -> Template {
        let text = self.written;
        if !text[range.clone()].contains('\\') {
            return self.text.part(range);
        }
        let mut template = Template::default();
        let mut plain = range.start;
        while let Some(at) = text[plain..range.end].find('\\').map(|found| plain + found) {
            let Some(c) = text[at + 1..range.end].chars().next() else { break };
            template.append(&self.text.part(plain..at));
            plain = at + 1 + c.len_utf8();
            match c {
                'n' | 'r' => template.text.push("\n", self.text.text.host(at + 1)),
                '"' | '\\' | '$' | '`' | '\'' => template.append(&self.text.part(at + 1..plain)),
                _ => template.append(&self.text.part(at..plain)),
            }
        }
        template.append(&self.text.part(plain..range.end));
        template
    }
}

fn line_end(text: &str, at: usize) -> usize {
    text[at..].find('\n').map_or(text.len(), |length| at + length)
}

fn trimmed(text: &str, range: Range<usize>) -> Range<usize> {
    let inner = &text[range.clone()];
    let start = range.start + inner.len() - inner.trim_start().len();
    start..start + inner.trim().len()
}
