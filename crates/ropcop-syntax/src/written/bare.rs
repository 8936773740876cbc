//! Values that are written without quotes, or within a text: what of them is no hole.

use std::ops::Range;

use crate::fact::{Part, Span, Value};

/// The stretches of a value that says something, and the defaults in its holes. If it stands in a file of data, all of it
/// is the value, whatever is made of it (base64, for one).
pub(super) fn pieces(source: &str, span: Span, value: &Value, is_data: bool) -> Vec<Span> {
    let Some(written) = source.get(span.start..span.end) else { return Vec::new() };
    let inner = inside_quotes(written);
    let (text, known) = said(value);
    let mut found = Vec::new();
    let begins_with_mark = written[inner.clone()].starts_with(['$', '*', '!', '&', '%', '<', '{', '@']);
    let is_all = known && (is_same(&text, &written[inner.clone()]) || (is_data && !begins_with_mark));
    if is_all && !text.is_empty() {
        found.push(inner);
    } else {
        let parts = split(&written[inner.clone()]);
        let between: Vec<Range<usize>> =
            parts.texts.into_iter().map(|range| range.start + inner.start..range.end + inner.start).collect();
        let all: String = between.iter().map(|range| &written[range.clone()]).collect();
        if !text.is_empty() && is_same(&text, &all) {
            found.extend(between);
        }
        found.extend(parts.defaults.into_iter().map(|range| range.start + inner.start..range.end + inner.start));
    }
    if let Value::Choice(values) = value {
        let of_each = values.iter().flat_map(|value| pieces(source, span, value, is_data));
        return of_each.chain(placed(found, span)).collect();
    }
    placed(found, span).collect()
}

fn placed(found: Vec<Range<usize>>, span: Span) -> impl Iterator<Item = Span> {
    found.into_iter().map(move |range| Span::new(range.start + span.start, range.end + span.start))
}

/// All that is known of a text, and whether that is all of it.
fn said(value: &Value) -> (String, bool) {
    match value {
        Value::Text(parts) => {
            (parts.iter().filter_map(Part::text).collect(), parts.iter().all(|part| part.text().is_some()))
        }
        Value::Number(number) => (number.clone(), true),
        _ => (String::new(), false),
    }
}

/// What stands between the quotes, if there are some.
pub(super) fn inside_quotes(written: &str) -> Range<usize> {
    let sign =
        written.find(['"', '\'', '`']).filter(|at| *at <= 2 && written[..*at].chars().all(|c| "$@rbuf".contains(c)));
    let Some(start) = sign else { return 0..written.len() };
    let quote = &written[start..=start];
    let is_closed = written.len() > start + 1 && written.ends_with(quote);
    if is_closed { start + 1..written.len() - 1 } else { 0..written.len() }
}

/// Whether a text is what is written, apart from quotes and escapes. What has escapes is longer than what it says.
fn is_same(text: &str, written: &str) -> bool {
    let plain = |text: &str| text.chars().filter(|c| c.is_alphanumeric() || *c == '$').collect::<String>();
    let (text, plain_written) = (plain(text), plain(written));
    let has_escapes = written.contains(['\\', '`', '&', '%', '\'']) || written.contains("\"\"");
    let is_short = written.starts_with(['$', '%']) && !written.contains('\\');
    text == plain_written || (has_escapes && !is_short && is_hidden_in(&text, &plain_written))
}

/// Whether the characters of a text stand in another in this order, without much between them.
fn is_hidden_in(text: &str, written: &str) -> bool {
    let mut rest = written.chars();
    text.chars().filter(char::is_ascii).all(|c| rest.any(|other| other == c)) && written.len() <= text.len() * 6 + 8
}

/// A text that is written with holes.
#[derive(Debug, Default, PartialEq, Eq)]
pub(super) struct Split {
    /// What stands between the holes.
    pub(super) texts: Vec<Range<usize>>,
    /// What fills a hole if nothing else does.
    pub(super) defaults: Vec<Range<usize>>,
}

/// Splits a text at its holes.
pub(super) fn split(written: &str) -> Split {
    let mut split = Split::default();
    let (mut at, mut from) = (0, 0);
    while let Some(c) = written[at..].chars().next() {
        let length = if c == '\\' { None } else { hole(&written[at..]) };
        let Some(length) = length else {
            let escaped = if c == '\\' { written[at + 1..].chars().next().map_or(0, char::len_utf8) } else { 0 };
            at += c.len_utf8() + escaped;
            continue;
        };
        text(&mut split, written, from..at);
        let inner = defaults(&written[at..at + length]);
        split.defaults.extend(inner.into_iter().map(|range| range.start + at..range.end + at));
        at += length;
        from = at;
    }
    text(&mut split, written, from..written.len());
    split
}

fn text(split: &mut Split, written: &str, range: Range<usize>) {
    let piece = &written[range.clone()];
    let start = range.start + piece.len() - piece.trim_start_matches(['"', '\'']).len();
    let end = range.start + piece.trim_end_matches(['"', '\'']).len();
    if start < end {
        split.texts.push(start..end);
    }
}

/// Pairs of marks around a hole.
const HOLES: [(&str, &str); 8] =
    [("${{", "}}"), ("${", "}"), ("$(", ")"), ("$[", "]"), ("{{", "}}"), ("#{", "}"), ("<%", "%>"), ("<+", ">")];

/// The length of the hole that begins here.
fn hole(rest: &str) -> Option<usize> {
    if let Some((open, close)) = HOLES.iter().find(|(open, _)| rest.starts_with(open)) {
        return Some(closed(rest, open, close).unwrap_or(rest.len()));
    }
    let is_part = |c: char| c.is_alphanumeric() || c == '_';
    let name = |rest: &str| rest.find(|c| !is_part(c)).unwrap_or(rest.len());
    match rest.chars().next()? {
        '$' => {
            let after = &rest[1..];
            let special = after.starts_with(['@', '*', '#', '?', '!']).then_some(2);
            let drive = after.find(':').filter(|at| *at > 0 && name(after) == *at).map_or(0, |at| at + 1);
            let plain = drive + name(&after[drive..]);
            special.or((plain > 0).then_some(plain + 1))
        }
        '%' => {
            let inner = rest[1..].find('%').filter(|end| *end > 0 && rest[1..=*end].chars().all(is_part));
            inner.map(|end| end + 2).or_else(|| rest[1..].starts_with(|c: char| c.is_ascii_digit()).then_some(2))
        }
        '{' => rest
            .find('}')
            .filter(|end| *end > 1 && rest[1..*end].chars().all(|c| is_part(c) || ".:".contains(c)))
            .map(|end| end + 1),
        '`' => rest[1..].find('`').map(|end| end + 2),
        _ => None,
    }
}

/// Whether a text is one hole with marks around it and nothing more.
pub(super) fn is_mark(written: &str) -> bool {
    let closed =
        |(open, close): &(&str, &str)| written.starts_with(open) && closed(written, open, close) == Some(written.len());
    HOLES.iter().any(closed)
}

/// The length of a hole up to the mark that closes it.
fn closed(rest: &str, open: &str, close: &str) -> Option<usize> {
    let (opens, closes) = (open.chars().next_back()?, close.chars().next()?);
    let mut depth = 0_usize;
    for (at, c) in rest[open.len()..].char_indices() {
        let at = at + open.len();
        match c {
            _ if depth == 0 && rest[at..].starts_with(close) => return Some(at + close.len()),
            c if c == opens => depth += 1,
            c if c == closes => depth = depth.saturating_sub(1),
            _ => {}
        }
    }
    None
}

/// Marks between a name and what stands for it if it is empty.
const DEFAULTS: [&str; 5] = [":-", ":=", "-", "=", ":"];

/// The literals in a hole: `${X:-literal}`, `${x ? y : "literal"}`, `$(echo literal)`.
fn defaults(hole: &str) -> Vec<Range<usize>> {
    let inner =
        hole.strip_prefix("${").filter(|inner| !inner.starts_with('{')).and_then(|inner| inner.strip_suffix('}'));
    if let Some(inner) = inner {
        let name = inner.find(|c: char| !(c.is_alphanumeric() || "_.".contains(c))).unwrap_or(inner.len());
        let rest = &inner[name..];
        if let Some(mark) = DEFAULTS.iter().find(|mark| rest.starts_with(**mark)) {
            return default(&rest[mark.len()..], 2 + name + mark.len());
        }
    }
    if let Some(words) = ["$(echo ", "$(printf ", "$(printf '%s' ", "$(printf \"%s\" ", "$(echo -n "]
        .iter()
        .rev()
        .find(|start| hole.starts_with(**start))
        .filter(|start| !hole[start.len()..].starts_with(['-', '$']))
    {
        let rest = &hole[words.len()..];
        let end = rest.find(['|', ')', '<', '>']).unwrap_or(rest.len());
        let word = rest[..end].trim_end();
        let parts = split(&word[inside_quotes(word)]).texts;
        let start = words.len() + inside_quotes(word).start;
        return parts.into_iter().map(|range| range.start + start..range.end + start).collect();
    }
    quoted(hole)
}

/// A default that stands `at` so many bytes behind the beginning of its hole.
fn default(rest: &str, at: usize) -> Vec<Range<usize>> {
    // `${x:1}`, `${x: -3:2}` are parts of a text.
    if rest.chars().all(|c| c.is_ascii_digit() || ": -".contains(c)) && rest.len() <= 4 {
        return Vec::new();
    }
    let inner = inside_quotes(rest);
    let parts = split(&rest[inner.clone()]);
    let at = at + inner.start;
    parts.texts.into_iter().chain(parts.defaults).map(|range| range.start + at..range.end + at).collect()
}

/// Texts in quotes that an expression may give: not those that are compared, and no keys.
pub(super) fn quoted(expression: &str) -> Vec<Range<usize>> {
    let mut found = Vec::new();
    let mut at = 0;
    while let Some(start) = expression[at..].find(['"', '\'']).map(|start| start + at) {
        let quote = &expression[start..=start];
        let Some(length) = expression[start + 1..].find(quote) else { break };
        let range = start + 1..start + 1 + length;
        at = range.end + 1;
        let before = expression[..start].trim_end();
        let behind = expression[at..].trim_start();
        let is_compared =
            [before.ends_with("=="), before.ends_with("!="), behind.starts_with("=="), behind.starts_with("!=")];
        let is_key = before.ends_with('[') || before.ends_with('(');
        if !is_key && !is_compared.contains(&true) && !range.is_empty() && !expression[range.clone()].starts_with('$') {
            found.push(range);
        }
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn holes_are_no_text_and_their_defaults_are() {
        for (written, texts, defaults) in [
            ("red", &["red"][..], &[][..]),
            ("$x", &[], &[]),
            ("${X:-red}", &[], &["red"]),
            ("${X:-\"red one\"}", &[], &["red one"]),
            ("${X:=$Y}", &[], &[]),
            ("${x:1}", &[], &[]),
            ("${PW:red}", &[], &["red"]),
            ("a$x-b", &["a", "-b"], &[]),
            ("%PW%", &[], &[]),
            ("{{ pw }}", &[], &[]),
            ("{pw}", &[], &[]),
            ("${{ a.b || 'red' }}", &[], &["red"]),
            ("${var.pw != \"x\" ? var.pw : \"red\"}", &[], &["red"]),
            ("$(cat \"file\" | tool)", &[], &["file"]),
            ("$(echo red | tool)", &[], &["red"]),
            ("$env:PW!", &["!"], &[]),
            ("100% $5", &["100% "], &[]),
            ("a\\$b", &["a\\$b"], &[]),
        ] {
            let found = split(written);
            let at = |ranges: &[Range<usize>]| {
                ranges.iter().map(|range| written[range.clone()].to_owned()).collect::<Vec<_>>()
            };
            assert_eq!(
                (at(&found.texts), at(&found.defaults)),
                (texts.iter().map(|t| (*t).to_owned()).collect(), defaults.iter().map(|t| (*t).to_owned()).collect()),
                "{written}"
            );
        }
    }

    #[test]
    fn a_mark_of_a_template_is_no_secret() {
        assert!(is_mark("$(Password)") && is_mark("{{ x }}") && is_mark("${x}"));
        assert!(!is_mark("$(a)b") && !is_mark("$ecret") && !is_mark("${open"));
    }

    #[test]
    fn what_is_written_otherwise_than_it_says_is_the_same_only_with_escapes() {
        assert!(is_same("red\"one", "red\\\"one"));
        assert!(is_same("it's", "it''s"));
        assert!(is_same("a\nb", "a\\nb"));
        assert!(!is_same("umbrella", "$geheim"));
        assert!(!is_same("umbrella", "pw"));
    }
}
