//! Files of environment variables: `.env`.

use std::ops::Range;

use crate::guest::Reading;
use crate::record::Around;
use crate::record::found::Found;
use crate::text::template::Template;
use crate::{Facts, Field, RecordKind, Source, Span};

/// Reads a file: all of its variables are one environment.
pub(crate) fn facts(source: &Source, reading: &Reading<'_>) -> Facts {
    let text = &source.text;
    let mut found = Found::new(text, reading);
    let mut fields = Vec::new();
    let mut reader = Reader { text, open: Vec::new() };
    let mut at = 0;
    while at < text.len() {
        let end = text[at..].find('\n').map_or(text.len(), |length| at + length);
        let entry = reader.entry(at..end);
        at = entry.as_ref().map_or(end, |entry| entry.behind) + 1;
        fields.extend(entry.map(|entry| entry.field(&mut found, text)));
    }
    let around = found.whole;
    found.add(RecordKind::Environment, "", fields, around);
    found.finish()
}

/// The variable that a text of its own sets: `A=b` in a list.
pub(crate) fn variable(text: &Template, found: &mut Found<'_>, around: Around) -> Option<Field> {
    let written = &text.text.text;
    let equals = written.find('=')?;
    let key = trimmed(written, 0..equals);
    // What says when a variable is set: `D:A=b`, as pytest-env has it.
    let key = key.start + written[key.clone()].rfind(':').map_or(0, |at| at + 1)..key.end;
    if !is_name(&written[key.clone()]) {
        return None;
    }
    let value = Template { text: text.text.slice(equals + 1..written.len()), holes: text.holes.clone() };
    let (key_span, span) = (text.span(key.clone()), text.span(equals + 1..written.len()));
    Some(found.field((&written[key], key_span), &value, span, around))
}

fn is_name(name: &str) -> bool {
    let is_part = |c: char| c.is_alphanumeric() || "_.-".contains(c);
    name.starts_with(|c: char| c.is_alphabetic() || c == '_') && name.chars().all(is_part)
}

/// A variable and its value.
struct Entry {
    key: Range<usize>,
    value: Template,
    written: Range<usize>,
    /// Where the line ends on which the value ends.
    behind: usize,
}

impl Entry {
    fn field(self, found: &mut Found<'_>, text: &str) -> Field {
        let key = (&text[self.key.clone()], Span::new(self.key.start, self.key.end));
        let around = found.whole;
        found.field(key, &self.value, Span::new(self.written.start, self.written.end), around)
    }
}

struct Reader<'t> {
    text: &'t str,
    /// Quotes that are known not to be closed any more.
    open: Vec<char>,
}

impl Reader<'_> {
    /// The variable on a line.
    fn entry(&mut self, line: Range<usize>) -> Option<Entry> {
        let text = self.text;
        let equals = line.start + text[line.clone()].find('=')?;
        let mut key = trimmed(text, line.start..equals);
        for word in ["export ", "set "] {
            if text[key.clone()].starts_with(word) {
                key = trimmed(text, key.start + word.len()..key.end);
            }
        }
        if !is_name(&text[key.clone()]) {
            return None;
        }
        let from = equals + 1 + text[equals + 1..line.end].len() - text[equals + 1..line.end].trim_start().len();
        if let Some(entry) = self.quoted(key.clone(), from..line.end) {
            return Some(entry);
        }
        let value = &text[from..line.end];
        let comment = value.match_indices('#').find(|(at, _)| *at == 0 || value[..*at].ends_with([' ', '\t']));
        let written = trimmed(text, from..comment.map_or(line.end, |(at, _)| from + at));
        let value = Template::verbatim(&text[written.clone()], written.start);
        Some(Entry { key, value, written, behind: line.end })
    }

    /// A value in quotes, which may end on a later line.
    fn quoted(&mut self, key: Range<usize>, rest: Range<usize>) -> Option<Entry> {
        let text = self.text;
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
        let value = if quote == '"' { unescaped(text, written.clone()) } else { verbatim(text, written.clone()) };
        let behind = text[written.end..].find('\n').map_or(text.len(), |length| written.end + length);
        Some(Entry { key, value, written, behind })
    }
}

fn verbatim(text: &str, range: Range<usize>) -> Template {
    Template::verbatim(&text[range.clone()], range.start)
}

/// A text of the file with the escapes undone that shells and their like know in double quotes.
fn unescaped(text: &str, range: Range<usize>) -> Template {
    let mut template = Template::default();
    let mut plain = range.start;
    while let Some(at) = text[plain..range.end].find('\\').map(|found| plain + found) {
        let Some(c) = text[at + 1..range.end].chars().next() else { break };
        template.text.push(&text[plain..at], plain);
        plain = at + 1 + c.len_utf8();
        match c {
            'n' | 'r' => template.text.push("\n", at + 1),
            '"' | '\\' | '$' | '`' | '\'' => template.text.push(&text[at + 1..plain], at + 1),
            _ => template.text.push(&text[at..plain], at),
        }
    }
    template.text.push(&text[plain..range.end], plain);
    template
}

fn trimmed(text: &str, range: Range<usize>) -> Range<usize> {
    let inner = &text[range.clone()];
    let start = range.start + inner.len() - inner.trim_start().len();
    start..start + inner.trim().len()
}
