//! Stretches of template engines (`{{ … }}`, `{% … %}`, `{# … #}`) in files that are no YAML before they are filled in.
//!
//! They are replaced by as many bytes that disturb no reader of YAML: letters where a value will stand, blanks where
//! nothing will. What they were is remembered for the scalars that they are part of.

use std::ops::Range;

use super::closing::Closing;

/// A stretch of a file that a template engine fills.
#[derive(Debug)]
pub(crate) struct Stretch {
    /// The bytes up to the end of the stretch or of its first line.
    pub(crate) range: Range<usize>,
    pub(crate) kind: Kind,
}

/// What becomes of a [`Stretch`].
#[derive(Debug, PartialEq, Eq)]
pub(crate) enum Kind {
    /// A value, by the last name in its expression.
    Value(Option<String>),
    /// Nothing: it steers the engine, or is a comment.
    Nothing,
}

/// A stretch is not longer than this: what has no end near by is none.
const LONGEST: usize = 4_000;

/// A line is not looked at further than this to tell whether it holds anything else.
const NEAR: usize = 300;

/// First words of a Go template action that puts nothing out.
const STEERING: [&str; 10] = ["if", "else", "end", "range", "with", "define", "block", "break", "continue", "/*"];

/// The text with all stretches replaced, and the stretches in order; the text is of the same length.
pub(crate) fn masked(text: &str) -> (String, Vec<Stretch>) {
    let mut bytes = text.as_bytes().to_vec();
    let mut stretches = Vec::new();
    let mut marks = ["}}", "%}", "#}"].map(Closing::new);
    let mut at = 0;
    while let Some(start) = text[at..].find('{').map(|found| found + at) {
        let Some((end, kind)) = stretch_at(text, start, &mut marks) else {
            at = start + 1;
            continue;
        };
        let line_end = text[start..end].find(['\r', '\n']).map_or(end, |length| start + length);
        let is_blank = kind == Kind::Nothing || stands_alone(text, start, end);
        bytes[start..line_end].fill(if is_blank { b' ' } else { b'x' });
        bytes[line_end..end].iter_mut().filter(|byte| !b"\r\n".contains(byte)).for_each(|byte| *byte = b' ');
        stretches.push(Stretch { range: start..line_end, kind });
        at = end;
    }
    // Whole stretches became ASCII, so what is left is still text.
    (String::from_utf8(bytes).unwrap_or_else(|_| text.to_owned()), stretches)
}

fn stretch_at(text: &str, start: usize, marks: &mut [Closing; 3]) -> Option<(usize, Kind)> {
    let bytes = text.as_bytes();
    // `${{ … }}` belongs to a host that reads YAML first; `${#x}` is shell.
    if start > 0 && bytes[start - 1] == b'$' {
        return None;
    }
    let mark = b"{%#".iter().position(|mark| bytes.get(start + 1) == Some(mark))?;
    let mut close = marks[mark].at_or_behind(text, start + 2).filter(|close| close - start < LONGEST)?;
    // `{{{ x }}}` ends with the last of the braces.
    while mark == 0 && bytes.get(close + 2) == Some(&b'}') {
        close += 1;
    }
    let expression = text.get(start + 2..close)?;
    let kind = match mark {
        0 if !steers(expression) => Kind::Value(last_name(expression)),
        _ => Kind::Nothing,
    };
    Some((close + 2, kind))
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

/// The last identifier of an expression, filters left out: `password` of ` .Values.user.password | quote `.
pub(crate) fn last_name(expression: &str) -> Option<String> {
    let value = expression.split('|').find(|part| !part.trim().is_empty())?;
    let is_part = |c: char| c.is_alphanumeric() || c == '_' || c == '-';
    let mut names = value.split(|c: char| !is_part(c)).map(|name| name.trim_matches('-'));
    names.rfind(|name| name.starts_with(|c: char| c.is_alphabetic() || c == '_')).map(str::to_owned)
}
