//! Logical lines of properties, in places of the file.

use std::ops::Range;

use crate::text::template::Template;

/// A key and a value; escapes and ends of lines stand in them as they were written.
pub(super) struct PropertyLine {
    pub(super) key: Range<usize>,
    pub(super) value: Range<usize>,
}

/// All settings of a file.
pub(super) fn lines(text: &str) -> Vec<PropertyLine> {
    let mut lines = Vec::new();
    let mut at = 0;
    while at < text.len() {
        let start = at + text[at..].len() - text[at..].trim_start().len();
        let is_comment = text[start..].starts_with(['#', '!']);
        let end = if is_comment { line_end(text, start) } else { logical_end(text, start) };
        at = end + 1;
        if !is_comment && start < end {
            lines.push(line(text, start..end));
        }
    }
    lines
}

impl PropertyLine {
    /// Whether it looks like a setting wherever it stands: `a.b = c`.
    pub(super) fn is_setting(&self, text: &str) -> bool {
        let key = &text[self.key.clone()];
        let is_name = |c: char| c.is_alphanumeric() || "._-".contains(c);
        key.contains('.') && key.chars().all(is_name) && !text[self.value.clone()].ends_with([';', '{'])
    }
}

fn line_end(text: &str, from: usize) -> usize {
    text[from..].find('\n').map_or(text.len(), |length| from + length)
}

/// The end of a line that goes on where a backslash stands at its end.
fn logical_end(text: &str, from: usize) -> usize {
    let mut at = from;
    loop {
        let end = line_end(text, at);
        let line = text[at..end].trim_end_matches('\r');
        let slashes = line.len() - line.trim_end_matches('\\').len();
        if slashes.is_multiple_of(2) || end >= text.len() {
            return end;
        }
        at = end + 1;
    }
}

/// Splits a logical line at the first `=`, `:` or blank.
fn line(text: &str, range: Range<usize>) -> PropertyLine {
    let content = &text[range.clone()];
    let mut escaped = false;
    let key = content.char_indices().find(|(_, c)| {
        let ends = !escaped && (matches!(c, '=' | ':') || c.is_whitespace());
        escaped = *c == '\\' && !escaped;
        ends
    });
    let key = key.map_or(content.len(), |(at, _)| at);
    let behind = content[key..].trim_start();
    let value = behind.strip_prefix(['=', ':']).unwrap_or(behind).trim_start();
    let start = range.end - value.len();
    PropertyLine { key: range.start..range.start + key, value: start..start + value.trim_end().len() }
}

/// The text of a range with its escapes undone and its lines joined.
pub(super) fn unescaped(text: &str, range: Range<usize>) -> Template {
    let mut template = Template::default();
    let mut plain = range.start;
    while let Some(at) = text[plain..range.end].find('\\').map(|found| plain + found) {
        let rest = &text[at + 1..range.end];
        let Some(c) = rest.chars().next() else { break };
        template.text.push(&text[plain..at], plain);
        plain = at + 1 + c.len_utf8();
        match c {
            'n' | 'r' | 'f' => template.text.push("\n", at + 1),
            't' => template.text.push("\t", at + 1),
            '\n' | '\r' => plain = at + 1 + rest.len() - rest.trim_start().len(),
            'u' => {
                let meant = rest.get(1..5).and_then(|digits| u32::from_str_radix(digits, 16).ok());
                let meant = meant.and_then(char::from_u32);
                plain += if meant.is_some() { 4 } else { 0 };
                template.text.push(meant.unwrap_or('u').encode_utf8(&mut [0; 4]), at);
            }
            _ => template.text.push(&text[at + 1..plain], at + 1),
        }
    }
    template.text.push(&text[plain.min(range.end)..range.end], plain);
    template
}
