//! Where expressions stand that give a secret: whatever literal is a part of them is hidden.

use std::collections::BTreeSet;
use std::ops::Range;
use std::sync::LazyLock;

use regex::Regex;
use ropcop_engine::FileFacts;
use ropcop_syntax::{Call, Span};

use super::name::{self, BEHIND, PASSWORD};

/// The expressions of one file that give a secret.
pub(super) struct Expressions {
    /// Those that rules know.
    known: Vec<Range<usize>>,
    /// Those that names speak of.
    named: Vec<Range<usize>>,
}

impl Expressions {
    /// Looks for them. `known` are those that rules found.
    pub(super) fn new(file: &FileFacts, known: &[Span]) -> Self {
        let facts = &file.facts;
        let known = merged(known.iter().map(|span| span.start..span.end).collect());
        let mut named: Vec<Range<usize>> = assigned(&file.text);
        for call in &facts.calls {
            // Where a rule knows which argument is a secret, the others are none.
            let is_known = call.args.iter().any(|arg| hold(&known, arg.span));
            let args = call.args.iter().enumerate().filter(|(at, arg)| {
                arg.name.as_deref().is_some_and(name::is_secret) || (!is_known && takes(call, *at))
            });
            named.extend(args.map(|(_, arg)| arg.span.start..arg.span.end));
        }
        let fields = facts.records.iter().flat_map(|record| &record.fields);
        named.extend(fields.filter(|field| name::is_secret(&field.key)).map(|field| field.span.start..field.span.end));
        for command in &facts.commands {
            let behind = command.words.windows(2).filter(|pair| name::is_secret_option(pair[0].known_start()));
            named.extend(behind.map(|pair| pair[1].span.start..pair[1].span.end));
            // `ConvertTo-SecureString x`, `New-Credential user x`.
            let program = command.words.first().map_or("", |word| word.known_start());
            if name::is_secret(program) && !name::looks_up(program) {
                named.extend(command.words.iter().skip(1).map(|word| word.span.start..word.span.end));
            }
        }
        Self { known, named: merged(named) }
    }

    /// Whether a rule knows that a secret stands there.
    pub(super) fn are_known(&self, span: Span) -> bool {
        hold(&self.known, span)
    }

    /// Whether what stands there is a part of such an expression.
    pub(super) fn hold(&self, span: Span) -> bool {
        hold(&self.known, span) || hold(&self.named, span)
    }
}

/// Whether a function is one that makes a credential of the argument at this place: of the only one, or of any behind the
/// first, which is mostly the user.
fn takes(call: &Call, at: usize) -> bool {
    let only = call.args.len() == 1;
    call.symbols.iter().any(|symbol| {
        let name = name::last(&symbol.path);
        let lower = name.to_lowercase();
        let makes = ["password", "credential", "securestring"].iter().any(|word| lower.contains(word));
        let is_setter = only && name::is_secret(name);
        (makes && (only || at > 0) || is_setter) && !name::looks_up(name)
    })
}

fn hold(ranges: &[Range<usize>], span: Span) -> bool {
    let behind = ranges.partition_point(|range| range.start <= span.start);
    behind.checked_sub(1).is_some_and(|index| span.end <= ranges[index].end) && span.start < span.end
}

/// The ranges in order, those that overlap as one.
fn merged(mut ranges: Vec<Range<usize>>) -> Vec<Range<usize>> {
    ranges.sort_by_key(|range| (range.start, range.end));
    let mut merged: Vec<Range<usize>> = Vec::new();
    for range in ranges {
        match merged.last_mut() {
            Some(last) if range.start < last.end => last.end = last.end.max(range.end),
            _ => merged.push(range),
        }
    }
    merged
}

/// A name of a password that gets a value. It is narrower than what [`name::is_secret`] knows: what gives a
/// token is mostly a call that asks
/// for one, and that is what a page of facts is to show.
static ASSIGNED: LazyLock<Regex> = LazyLock::new(|| {
    name::regex(&format!(r#"(?i){PASSWORD}{BEHIND}(?P<quote>["'`])?\]?\s*(?::=|=>|\+=|==?|:)[ \t]*"#))
});

/// Where expressions stand that give a password its value.
pub(super) fn assigned(text: &str) -> Vec<Range<usize>> {
    let found = ASSIGNED.captures_iter(text).filter_map(|captures| {
        let whole = captures.get(0)?;
        let line = text[..whole.start()].rfind('\n').map_or(0, |at| at + 1);
        let quotes = text[line..whole.start()].matches(['"', '\'', '`']).count();
        // Within a longer text, what follows is prose or a pair of that text, and no expression.
        if (quotes % 2 == 1) != captures.name("quote").is_some() {
            return None;
        }
        let before = text[line..whole.start()].trim_end_matches(|c: char| c.is_alphanumeric() || c == '_');
        let alone = before.is_empty() || before.ends_with([' ', '\t', ';', '&']);
        let tight = alone && whole.as_str().ends_with('=') && !whole.as_str().contains(' ');
        Some(whole.end()..end_of_expression(text, whole.end(), tight))
    });
    found.collect()
}

/// A name that gets a literal as its value: a text in quotes, or `NAME=value` in one piece.
static LITERAL: LazyLock<Regex> = LazyLock::new(|| {
    let quoted = r#"(?:"(?P<double>[^"\n]+)"|'(?P<single>[^'\n]+)')"#;
    let bare = r#"(?P<bare>[^\s"'`,;&|<>()$=]+)"#;
    name::regex(&format!(r#"(?P<name>\w+)["'\]]*(?:\s*(?::=|=)\s*{quoted}|={bare})"#))
});

/// The literals that these names get as their values, wherever in the file.
pub(super) fn literals_of(text: &str, names: &BTreeSet<String>) -> impl Iterator<Item = String> {
    let named = LITERAL.captures_iter(text).filter(|captures| names.contains(&captures["name"]));
    named.filter_map(|captures| {
        let value = ["double", "single", "bare"].into_iter().find_map(|group| captures.name(group))?;
        Some(value.as_str().to_owned())
    })
}

/// Longer than this is no expression that gives a password.
const LONGEST_EXPRESSION: usize = 2_000;

/// Where the expression that begins at `start` ends: before the comma, line or bracket that it does not open itself; if it is
/// `tight`, as in `NAME=value command`, before a blank. A body in braces is none.
fn end_of_expression(text: &str, start: usize, tight: bool) -> usize {
    let rest = &text[start..text.floor_char_boundary(start + LONGEST_EXPRESSION)];
    let mut depth = 0_usize;
    let mut quoted_until = 0;
    for (at, c) in rest.char_indices() {
        match c {
            _ if at < quoted_until => {}
            '"' | '\'' | '`' => quoted_until = end_of_quote(rest, at, c).unwrap_or(at),
            '{' if depth == 0 && is_body(&rest[..at]) => return start + at,
            '(' | '[' | '{' => depth += 1,
            ')' | ']' | '}' if depth > 0 => depth -= 1,
            ')' | ']' | '}' => return start + at,
            ',' | ';' | '\n' if depth == 0 => return start + at,
            ' ' | '\t' if depth == 0 && tight => return start + at,
            _ => {}
        }
    }
    start + rest.len()
}

/// Whether a brace behind this text opens the body of a function or an object: what stands there has names of its own. In
/// `if (…) {` and `${` it is a part of the expression.
fn is_body(before: &str) -> bool {
    !before.contains(['(', '$']) || ["=>", "->", "func"].iter().any(|mark| before.contains(mark))
}

/// The place behind the quote that closes the one at `at`, if it is on the same line.
fn end_of_quote(text: &str, at: usize, quote: char) -> Option<usize> {
    let mut escaped = false;
    for (index, c) in text[at + 1..].char_indices() {
        match c {
            '\n' => return None,
            _ if escaped => escaped = false,
            '\\' => escaped = true,
            c if c == quote => return Some(at + 1 + index + 1),
            _ => {}
        }
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_expression_ends_where_its_statement_or_argument_does() {
        for (text, expected) in [
            ("password = a(\"x, y\") or 'z', tenant='t'", "a(\"x, y\") or 'z'"),
            ("f(password: a[1], x)", "a[1]"),
            ("{\"password\": \"x\", \"b\": 1}", "\"x\""),
            ("$password = if ($x) { 'a' } else { 'b' }\nnext", "if ($x) { 'a' } else { 'b' }"),
            ("PASSWORD=x tool login", "x"),
            ("password := os.Getenv(\"A\")\n", "os.Getenv(\"A\")"),
            ("d['password'] = \"it's\"; x", "\"it's\""),
        ] {
            let found: Vec<&str> = assigned(text).into_iter().map(|range| &text[range]).collect();
            assert_eq!(found, [expected], "{text}");
        }
        for text in ["print(\"password: \"); tool(\"x\")", "token = ask(\"x\")", "get_password(\"x\")"] {
            assert!(assigned(text).is_empty(), "{text}: {:?}", assigned(text));
        }
        let function = "makeSecret = async () => { tool('x') }";
        assert!(!assigned(function).iter().any(|range| function[range.clone()].contains("tool")));
    }
}
