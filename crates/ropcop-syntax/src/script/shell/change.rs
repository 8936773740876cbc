//! Values that an expansion changes: `${x,,}`, `${x%y}`, `${x/y/z}`.

use crate::Part;

use super::script::{Change, Piece};
use super::value::{Atom, known};

/// The changed value, if that is known.
pub(super) fn changed(atoms: &[Atom], change: &Change) -> Option<Vec<Atom>> {
    let text = known(atoms)?;
    let new = match change {
        Change::Lower { all: true } => text.to_lowercase(),
        Change::Upper { all: true } => text.to_uppercase(),
        Change::Lower { all: false } => first(&text, |c| c.to_lowercase().collect()),
        Change::Upper { all: false } => first(&text, |c| c.to_uppercase().collect()),
        Change::Strip { pattern, at_end, longest } => strip(&text, &plain(pattern)?, *at_end, *longest)?.to_owned(),
        Change::Replace { pattern, by, all } => {
            let (pattern, by) = (plain(pattern)?, plain(by)?);
            if pattern.is_empty() || pattern.contains(is_special) || pattern.starts_with(['#', '%']) {
                return None;
            }
            if *all { text.replace(&pattern, &by) } else { text.replacen(&pattern, &by, 1) }
        }
    };
    let (first, last) = (atoms.first()?, atoms.last()?);
    Some(vec![Atom { part: Part::Text(new), span: first.span.to(last.span), ..first.clone() }])
}

fn first(text: &str, change: impl Fn(char) -> String) -> String {
    let mut rest = text.chars();
    rest.next().map(change).unwrap_or_default() + rest.as_str()
}

/// A pattern whose text is known.
fn plain(pieces: &[Piece]) -> Option<String> {
    let text = |piece: &Piece| match piece {
        Piece::Known(Atom { part: Part::Text(text), .. }) => Some(text.clone()),
        _ => None,
    };
    pieces.iter().map(text).collect()
}

fn is_special(c: char) -> bool {
    "*?[".contains(c)
}

/// What `%`, `#` and their doubles leave of a text. Of the patterns those are known that are plain texts, and the ones by
/// which people cut at a character: `%@*`, `##*/`.
fn strip<'t>(text: &'t str, pattern: &str, at_end: bool, longest: bool) -> Option<&'t str> {
    if !pattern.contains(is_special) {
        let stripped = if at_end { text.strip_suffix(pattern) } else { text.strip_prefix(pattern) };
        return Some(stripped.unwrap_or(text));
    }
    let mark = if at_end { pattern.strip_suffix('*') } else { pattern.strip_prefix('*') };
    let mark = mark.filter(|mark| !mark.is_empty() && !mark.contains(is_special))?;
    // The shortest piece at the end begins at the last mark, the longest one at the start ends there.
    let at = if at_end == longest { text.find(mark) } else { text.rfind(mark) };
    Some(match at {
        Some(at) if at_end => &text[..at],
        Some(at) => &text[at + mark.len()..],
        None => text,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_cut_off_is_what_the_shell_cuts_off() {
        for (text, pattern, at_end, longest, left) in [
            ("a@b@c", "@*", true, false, Some("a@b")),
            ("a@b@c", "@*", true, true, Some("a")),
            ("a/b/c", "*/", false, false, Some("b/c")),
            ("a/b/c", "*/", false, true, Some("c")),
            ("name.sh", ".sh", true, false, Some("name")),
            ("name.sh", ".py", true, true, Some("name.sh")),
            ("--flag", "--", false, false, Some("flag")),
            ("abc", "[ab]", false, false, None),
        ] {
            assert_eq!(strip(text, pattern, at_end, longest), left, "{text} {pattern}");
        }
    }
}
