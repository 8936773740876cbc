//! Stretches of template engines (`{{ … }}`, `{% … %}`, `{# … #}`) in files that are no YAML before they are filled in.
//!
//! They are replaced by as many bytes that disturb no reader of YAML: letters where a value will stand, blanks where
//! nothing will. What they were is remembered for the scalars that they are part of.

use std::ops::Range;

use super::placeholder::Mark;
use super::punch;

/// A stretch of a file that a template engine fills.
#[derive(Debug)]
pub(crate) struct Stretch {
    /// The bytes up to the end of the stretch or of its first line.
    pub(crate) range: Range<usize>,
    pub(crate) kind: StretchKind,
}

/// What becomes of a [`Stretch`].
#[derive(Debug, PartialEq, Eq)]
pub(crate) enum StretchKind {
    /// A value, by the last name in its expression.
    Value(Option<String>),
    /// Nothing: it steers the engine, or is a comment.
    Nothing,
}

/// What stands in such files; `${{ … }}` is left for the host, which reads YAML first.
const MARKS: [Mark; 4] = [Mark::Expression, Mark::Braces, Mark::Statement, Mark::Comment];

/// A line is not looked at further than this to tell whether it holds anything else.
const NEAR: usize = 300;

/// First words of a Go template action that puts nothing out.
const STEERING: [&str; 10] = ["if", "else", "end", "range", "with", "define", "block", "break", "continue", "/*"];

/// The text with all stretches replaced, and the stretches in order; the text is of the same length.
pub(crate) fn masked(text: &str) -> (String, Vec<Stretch>) {
    let mut bytes = text.as_bytes().to_vec();
    let mut stretches = Vec::new();
    let found = punch::found(text, &MARKS).into_iter();
    for it in found.filter(|it| !it.is(Mark::Expression)) {
        let is_value = it.is(Mark::Braces) && !steers(&text[it.inside]);
        let Range { start, end } = it.range;
        let kind = if is_value { StretchKind::Value(it.name) } else { StretchKind::Nothing };
        let line_end = text[start..end].find(['\r', '\n']).map_or(end, |length| start + length);
        let is_blank = kind == StretchKind::Nothing || stands_alone(text, start, end);
        bytes[start..line_end].fill(if is_blank { b' ' } else { b'x' });
        bytes[line_end..end].iter_mut().filter(|byte| !b"\r\n".contains(byte)).for_each(|byte| *byte = b' ');
        stretches.push(Stretch { range: start..line_end, kind });
    }
    // Whole stretches became ASCII, so what is left is still text.
    (String::from_utf8(bytes).unwrap_or_else(|_| text.to_owned()), stretches)
}

fn steers(expression: &str) -> bool {
    let action = expression.trim_start_matches('-').trim_start();
    let assigns = || action.starts_with('$') && action.split_once('=').is_some_and(|(name, _)| !name.contains('|'));
    let first = action.split(|c: char| c.is_whitespace() || c == '-').next().unwrap_or_default();
    STEERING.contains(&first) || action.starts_with("/*") || assigns()
}

/// Whether a line holds nothing but stretches.
fn stands_alone(text: &str, start: usize, end: usize) -> bool {
    let bytes = text.as_bytes();
    let before = bytes[start.saturating_sub(NEAR)..start].rsplit(|b| *b == b'\n').next().unwrap_or_default();
    let after = bytes[end..bytes.len().min(end + NEAR)].split(|b| *b == b'\n').next().unwrap_or_default();
    let is_stretch = |part: &[u8]| part.is_empty() || (part.starts_with(b"{") && part.ends_with(b"}"));
    is_stretch(before.trim_ascii()) && is_stretch(after.trim_ascii())
}
