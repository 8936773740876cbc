//! References to variables and functions: `$(NAME)`, `${NAME}`, `$X`, `$(function arguments)`.

use std::collections::HashMap;
use std::ops::Range;

/// What a dollar sign begins.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum DollarReference<'t> {
    /// `$$`.
    Dollar,
    /// A variable by its name, or a parameter by its number.
    Name(&'t str),
    /// A variable whose value is changed: `$(NAME:.c=.o)`.
    Changed(&'t str),
    /// A function, and where its arguments stand.
    Function(&'t str, Range<usize>),
    /// An automatic variable, a name that is put together.
    Unknown(Range<usize>),
}

/// Where parentheses and braces close that open at a place.
pub(super) struct Brackets(HashMap<usize, usize>);

impl Brackets {
    pub(super) fn of(text: &str, range: Range<usize>) -> Self {
        let mut ends = HashMap::new();
        let (mut round, mut curly) = (Vec::new(), Vec::new());
        for (offset, byte) in text.as_bytes().get(range.clone()).unwrap_or_default().iter().enumerate() {
            let index = range.start + offset;
            match byte {
                b'(' => round.push(index),
                b'{' => curly.push(index),
                b')' => drop(round.pop().map(|start| ends.insert(start, index))),
                b'}' => drop(curly.pop().map(|start| ends.insert(start, index))),
                _ => {}
            }
        }
        Self(ends)
    }
}

/// What the dollar sign at `at` begins, and where it ends; none if it means itself.
pub(super) fn read<'t>(
    text: &'t str,
    at: usize,
    end: usize,
    brackets: &Brackets,
) -> Option<(DollarReference<'t>, usize)> {
    let next = text.get(at + 1..end)?.chars().next()?;
    match next {
        '$' => Some((DollarReference::Dollar, at + 2)),
        '(' | '{' => {
            let close = *brackets.0.get(&(at + 1))?;
            Some((inside(text, at + 2..close), close + 1))
        }
        c if c.is_whitespace() => None,
        c => {
            let range = at + 1..at + 1 + c.len_utf8();
            let is_name = c.is_alphanumeric() || c == '_';
            let end = range.end;
            Some((if is_name { DollarReference::Name(&text[range]) } else { DollarReference::Unknown(range) }, end))
        }
    }
}

fn inside(text: &str, range: Range<usize>) -> DollarReference<'_> {
    let body = &text[range.clone()];
    let is_name = |c: char| c.is_alphanumeric() || matches!(c, '_' | '-' | '.');
    let end = body.find(|c: char| !is_name(c)).unwrap_or(body.len());
    let name = &body[..end];
    match body[end..].chars().next() {
        None if !name.is_empty() => DollarReference::Name(name),
        Some(':') if !name.is_empty() => DollarReference::Changed(name),
        Some(c) if c.is_whitespace() && !name.is_empty() => {
            let skip = end + (body[end..].len() - body[end..].trim_start().len());
            DollarReference::Function(name, range.start + skip..range.end)
        }
        _ => DollarReference::Unknown(range),
    }
}
