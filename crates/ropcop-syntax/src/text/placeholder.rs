//! What tools fill in before they run a text: `{{x}}`, `{x}`, `#{x}` become holes.

use crate::text::template::Template;

/// What has no end near by is no placeholder.
const LONGEST: usize = 400;

/// A text with a hole for each stretch from `open` to `close`; `name` finds the name of what fills it, or says that it
/// is none.
pub(crate) fn punched(
    code: &Template,
    open: &str,
    close: &str,
    name: impl Fn(&str) -> Option<Option<String>>,
) -> Template {
    let text = &code.text.text;
    let mut ranges = Vec::new();
    let mut at = 0;
    // The next end is the end of all beginnings before it, so that it is looked for once.
    let mut end = 0;
    while let Some(start) = text[at..].find(open).map(|found| at + found) {
        let from = start + open.len();
        at = from;
        if end < from {
            let Some(found) = text[from..].find(close) else { break };
            end = from + found;
        }
        if end - from > LONGEST {
            continue;
        }
        if let Some(name) = name(&text[from..end]) {
            at = end + close.len();
            ranges.push((start..at, name));
        } else if text[from..].starts_with(open) {
            // Written twice, it means itself.
            at += open.len();
        }
    }
    if ranges.is_empty() { code.clone() } else { code.punched(&ranges) }
}

/// The name in an expression: a text that could be one (`env('X')`, `ENV["X"]`), else its last name (`a.b`).
pub(crate) fn last_name(expression: &str) -> Option<String> {
    let is_name = |c: char| c.is_alphanumeric() || c == '_' || c == '-';
    let quoted = expression.split(['\'', '"']).nth(1).filter(|text| !text.is_empty() && text.chars().all(is_name));
    let last =
        || expression.rsplit(|c| !is_name(c)).find(|name| name.starts_with(|c: char| c.is_alphabetic() || c == '_'));
    quoted.or_else(last).map(str::to_owned)
}
