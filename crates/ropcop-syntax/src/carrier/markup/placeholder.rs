//! What people put into commands for others to fill in.

use std::ops::Range;

use crate::text::template::{MappedText, Template};

/// More placeholders than this in one block are left as they are.
const MOST: usize = 1_000;

/// No placeholder is longer, in bytes.
const LONGEST: usize = 200;

/// Dashes that a word processor makes of hyphens.
const DASHES: [char; 4] = ['\u{2013}', '\u{2014}', '\u{2011}', '\u{2212}'];

/// The code with hyphens before its options again: `–u` is `-u`, and `—user` was `--user`.
pub(super) fn hyphens(code: MappedText) -> MappedText {
    let mut mended = MappedText::default();
    let mut from = 0;
    let mut before = ' ';
    for (at, char) in code.text.char_indices() {
        let starts_word = before.is_whitespace();
        before = char;
        if !starts_word || !DASHES.contains(&char) {
            continue;
        }
        let end = at + char.len_utf8();
        let name = code.text.get(end..).unwrap_or_default();
        let letters = name.chars().take(2).take_while(char::is_ascii_alphanumeric).count();
        if letters > 0 {
            mended.append(&code.slice(from..at));
            mended.push(if letters > 1 { "--" } else { "-" }, code.host(at));
            mended.seek(code.host(end));
            from = end;
        }
    }
    if from == 0 {
        return code;
    }
    mended.append(&code.slice(from..code.text.len()));
    mended
}

/// The code with its placeholders as holes: `<user name>`, `{{user}}`, `@lab.User(1).Name`.
pub(super) fn holes(code: MappedText) -> Template {
    let mut found: Vec<(Range<usize>, Option<String>)> = Vec::new();
    let text = &code.text;
    let starts = text.match_indices(['<', '{', '@']).map(|(at, _)| at);
    for at in starts {
        if found.len() >= MOST {
            break;
        }
        if found.last().is_some_and(|(range, _)| at < range.end) {
            continue;
        }
        let rest = text.get(at..text.floor_char_boundary(at + LONGEST)).unwrap_or_default();
        let line = rest.lines().next().unwrap_or_default();
        let placeholder =
            angles(text.get(..at).unwrap_or_default(), line).or_else(|| braces(line)).or_else(|| lab(line));
        found.extend(placeholder.map(|(len, name)| (at..at + len, name)));
    }
    Template { text: code, holes: Vec::new() }.punched(&found)
}

/// `<user>`, `<<user>>`, and no redirection: those have no end, or a blank behind their sign.
fn angles(before: &str, line: &str) -> Option<(usize, Option<String>)> {
    let double = line.starts_with("<<");
    let (open, close) = if double { ("<<", ">>") } else { ("<", ">") };
    let content = line.strip_prefix(open)?;
    let end = content.char_indices().find(|(_, char)| "<>\"`();|&".contains(*char))?.0;
    let (content, rest) = content.split_at_checked(end)?;
    let rest = rest.strip_prefix(close)?;
    let last = content.chars().next_back().filter(|last| !last.is_whitespace())?;
    // `cat <<EOF>>file` and `tool <in 2>out`
    let redirects = double && !rest.is_empty() && !rest.starts_with([' ', '"', '\''])
        || last.is_ascii_digit() && content.trim_end_matches(last).ends_with(' ')
        || before.ends_with('<');
    let starts_name = content.starts_with(|first: char| first.is_alphanumeric() || "_.$-".contains(first));
    (starts_name && !redirects).then(|| (2 * open.len() + content.len(), joined(content)))
}

/// `{{user}}`, `${{ secrets.USER }}` without its dollar sign.
fn braces(line: &str) -> Option<(usize, Option<String>)> {
    let content = line.strip_prefix("{{")?;
    let content = content.get(..content.find("}}")?)?;
    Some((content.len() + 4, last_name(content)))
}

/// `@lab.User(1).Name`, as guides of a lab platform have it.
fn lab(line: &str) -> Option<(usize, Option<String>)> {
    let content = line.strip_prefix("@lab.")?;
    let is_name = |char: char| char.is_ascii_alphanumeric() || "_.".contains(char);
    let mut rest = content.trim_start_matches(is_name);
    if let Some((_, behind)) = rest.strip_prefix('(').and_then(|inner| inner.split_once(')')) {
        rest = behind.trim_start_matches(is_name);
    }
    let content = content.get(..content.len() - rest.len())?.trim_end_matches('.');
    Some((content.len() + 5, last_name(content)))
}

/// `your user-name` in one word.
fn joined(content: &str) -> Option<String> {
    let words: Vec<&str> =
        content.split(|char: char| !char.is_alphanumeric()).filter(|word| !word.is_empty()).collect();
    (!words.is_empty()).then(|| words.join("_"))
}

/// The last name in an expression.
fn last_name(content: &str) -> Option<String> {
    let mut names = content.split(|char: char| !char.is_alphanumeric() && char != '_');
    names.rfind(|name| name.starts_with(char::is_alphabetic)).map(str::to_owned)
}
