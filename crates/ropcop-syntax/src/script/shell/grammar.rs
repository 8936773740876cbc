//! What the grammar would stumble over. It only says where statements are, so it gets a text of the same length in which
//! that is written in letters; the words are read from the text itself.

use std::borrow::Cow;

/// A list in braces of more characters is none that a person wrote.
const LIST: usize = 1_000;

/// The text as the grammar gets it.
pub(super) fn for_grammar(text: &str) -> Cow<'_, str> {
    let mut changed: Option<Vec<u8>> = None;
    let mut replace = |at: usize, by: u8| changed.get_or_insert_with(|| text.as_bytes().to_vec())[at] = by;
    for (at, sign) in text.match_indices(['{', '\\']) {
        let before = at.checked_sub(1).map_or(b'\n', |before| text.as_bytes()[before]);
        match sign {
            // `\ ` at the end of a line is a word of one blank.
            "\\" => {
                let blanks = text[at + 1..].bytes().take_while(|byte| matches!(byte, b' ' | b'\t')).count();
                let ends = text[at + 1 + blanks..].starts_with(['\n', '\r']) || at + 1 + blanks == text.len();
                if blanks > 0 && ends && before != b'\\' {
                    (at..at + 2).for_each(|at| replace(at, b'_'));
                }
            }
            // `${x:$i:1}`: the numbers are variables.
            _ if before == b'$' => {
                offset(&text[at + 1..]).into_iter().flatten().for_each(|inner| replace(at + 1 + inner, b'0'))
            }
            // `{a,b}` as the first word is no group of commands.
            _ if b" \t\n;|&(".contains(&before) => {
                let close = list_end(&text[at + 1..]);
                close.into_iter().for_each(|close| {
                    replace(at, b'_');
                    replace(at + 1 + close, b'_');
                });
            }
            _ => {}
        }
    }
    changed.and_then(|bytes| String::from_utf8(bytes).ok()).map_or(Cow::Borrowed(text), Cow::Owned)
}

/// The places behind `${x:` up to the brace, if what stands there is not what the grammar takes for an offset.
fn offset(rest: &str) -> Option<std::ops::Range<usize>> {
    let name = rest.find(|c: char| !c.is_ascii_alphanumeric() && !"_@*".contains(c))?;
    let inner = rest[name..].strip_prefix(':').filter(|inner| !inner.starts_with(['-', '=', '+', '?']))?;
    let length = inner.find(['}', '\n', '"', '\'', '`', '{', '('])?;
    let is_plain = inner[length..].starts_with('}');
    (is_plain && inner[..length].contains('$') && inner[..length].is_ascii()).then(|| name + 1..name + 1 + length)
}

/// Where the brace closes behind which a list of words begins at once: `az,login}`.
fn list_end(rest: &str) -> Option<usize> {
    let (mut deep, mut quote, mut commas) = (0, None, false);
    for (at, c) in rest.char_indices().take(LIST) {
        match (quote, c) {
            (Some(open), c) => quote = Some(open).filter(|_| c != open),
            (None, '"' | '\'') => quote = Some(c),
            (None, '{') => deep += 1,
            (None, '}') if deep == 0 => return (commas && at > 0).then_some(at),
            (None, '}') => deep -= 1,
            (None, ',') if deep == 0 => commas = true,
            (None, ' ' | '\t' | '\n' | '\r' | ';' | '|' | '&' | '<' | '>' | '(' | ')') => return None,
            _ => {}
        }
    }
    None
}
