//! Strings of TOML and where their characters stand.

use std::ops::Range;

use crate::Span;
use crate::text::escape::unescape;
use crate::text::template::Template;

/// The text of a string that is written at `written`, and its place without quotes. A bare key has none.
pub(super) fn string(file: &str, written: Range<usize>, decoded: &str) -> (Template, Span) {
    let raw = file.get(written.clone()).unwrap_or_default();
    let quote = ["\"\"\"", "'''", "\"", "'"]
        .iter()
        .find(|quote| raw.len() >= 2 * quote.len() && raw.starts_with(**quote) && raw.ends_with(**quote));
    let quotes = quote.map_or(0, |quote| quote.len());
    let inner = written.start + quotes..written.start + raw.len() - quotes;
    let span = Span::new(inner.start, inner.end);
    let content = &file[inner.clone()];
    if content == decoded {
        return (Template::verbatim(content, inner.start), span);
    }
    // A line break behind the opening quotes is no part of the text.
    let skipped = content.len() - content.trim_start_matches(['\r', '\n']).len();
    let skipped = if quotes == 3 { skipped.min(content.find('\n').map_or(0, |at| at + 1)) } else { 0 };
    let is_basic = quote.is_some_and(|quote| quote.starts_with('"'));
    (unescaped(file, inner.start + skipped..inner.end, is_basic), span)
}

fn unescaped(file: &str, range: Range<usize>, is_basic: bool) -> Template {
    let mut template = Template::default();
    let mut plain = range.start;
    while let Some(at) = file[plain..range.end].find('\\').filter(|_| is_basic).map(|found| plain + found) {
        let rest = &file[at + 1..range.end];
        let Some(c) = rest.chars().next() else { break };
        template.text.push(&file[plain..at], plain);
        if c.is_whitespace() {
            plain = at + 1 + rest.len() - rest.trim_start().len();
            continue;
        }
        let digits = match c {
            'u' => 4,
            'U' => 8,
            'x' => 2,
            _ => 0,
        };
        let alone = at + 1 + c.len_utf8();
        plain = if rest.is_char_boundary(1 + digits) { alone + digits } else { alone };
        // The character itself, escaped for nothing, stands behind the backslash.
        template.text.push(&unescape(&file[at..plain]), if plain == alone { at + 1 } else { at });
    }
    template.text.push(&file[plain..range.end], plain);
    template
}
