//! Packages and the versions to which they are held, as those write them who install them: `name==1.2`, `name=1.2`,
//! `>=1,<2`. Lists of requirements, words of commands and keys of documents are read alike.

use std::ops::Range;

/// Stands for a part of a word that is not known.
pub(crate) const UNKNOWN: char = '\u{FFFC}';

/// What holds a version, longer signs first. `>=` and `>` have no upper end, `!=` says nothing.
const OPERATORS: [&str; 7] = ["===", "==", "~=", "<=", "<", "~", "="];

/// A package that is held to a version, in bytes of a text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct HeldPackage {
    pub(crate) name: Range<usize>,
    pub(crate) bound: Bound,
}

/// The upper end of the versions that are allowed, in bytes of a text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Bound {
    pub(crate) operator: &'static str,
    /// Without `.*` at its end.
    pub(crate) version: Range<usize>,
}

/// Reads `name[extra]==1.2 ; marker # comment` of Python, `channel::name=1.2` and `name:architecture=1.2` of others.
pub(crate) fn requirement(text: &str) -> Option<HeldPackage> {
    let text = text.split(" #").next()?.split(';').next()?;
    let start = text.find("::").map_or(0, |at| at + 2);
    let start = start + blanks(&text[start..]);
    let is_part = |c: char| c.is_alphanumeric() || "._-+".contains(c);
    let name = start..word_end(text, start, is_part);
    if name.is_empty() || text[start..].starts_with(['.', '-']) {
        return None;
    }
    let mut at = name.end + blanks(&text[name.end..]);
    if text[at..].starts_with('[') {
        at += text[at..].find(']')? + 1;
    } else if text[at..].starts_with(':') {
        at = word_end(text, at + 1, is_part);
    }
    Some(HeldPackage { name, bound: bound(text, at)? })
}

/// The upper end in a list of bounds that begins at `from`: `>=1,<2`.
pub(crate) fn bound(text: &str, from: usize) -> Option<Bound> {
    let mut at = from;
    text[from..].split(',').find_map(|bound| {
        let start = at + blanks(bound) + usize::from(bound.trim_start().starts_with('('));
        at += bound.len() + 1;
        let operator = OPERATORS.iter().find(|operator| text[start..].starts_with(**operator))?;
        let version = version(text, start + operator.len())?;
        let is_bound = is_bound(operator, &text[version.clone()], text[version.end..].starts_with(".*"));
        is_bound.then_some(Bound { operator, version })
    })
}

/// Whether an operator holds a package near to a version, behind which `.*` may stand: `~=2.1`, `=2` and `==2.*` are met
/// by all of `2`. Of a version that is not known nothing can be said.
pub(crate) fn is_bound(operator: &str, version: &str, is_open: bool) -> bool {
    let parts = version.split('.').count();
    match operator {
        _ if version.contains(UNKNOWN) => true,
        "~=" => parts > 2,
        "~" | "=" => parts > 1,
        _ => parts > 1 || !is_open,
    }
}

/// The version in `1.2`, `~1.2`, or the upper end of `>=1 <2`, as packages of JavaScript are held.
pub(crate) fn upper_end(range: &str) -> Option<Range<usize>> {
    let from = range.rfind('<').or_else(|| range.find(['~', '=']).filter(|at| range[..*at].trim().is_empty()));
    let from = from.map_or(0, |at| at + 1 + usize::from(range[at + 1..].starts_with('=')));
    alone(&range[from..]).map(|version| from + version.start..from + version.end)
}

/// A version that is written alone. One with `*` is its known beginning.
pub(crate) fn alone(text: &str) -> Option<Range<usize>> {
    let version = version(text, 0)?;
    let rest = &text[version.end..];
    let is_whole = rest.trim_start_matches('.').trim_start_matches('*').trim_start().is_empty();
    let is_packed = rest.starts_with('-') && rest.contains('~');
    let is_near = is_bound("==", &text[version.clone()], rest.starts_with(".*"));
    ((is_whole || is_packed) && is_near).then_some(version)
}

/// The version that begins behind blanks, a `v`, and what Debian counts before it (`1:2.0`).
fn version(text: &str, from: usize) -> Option<Range<usize>> {
    let start = from + blanks(&text[from..]);
    let start = start + usize::from(text[start..].starts_with(['v', 'V']));
    let digits = word_end(text, start, |c| c.is_ascii_digit());
    let start = if digits > start && text[digits..].starts_with(':') { digits + 1 } else { start };
    let is_part = |c: char| c.is_ascii_alphanumeric() || ".-+!".contains(c) || c == UNKNOWN;
    let end = word_end(text, start, is_part);
    // `1.2-1~jammy` is 1.2, packed for a system.
    let packed = text[start..end].find('-').filter(|_| text[end..].starts_with('~'));
    let version = text[start..packed.map_or(end, |length| start + length)].trim_end_matches('.');
    version.starts_with(|c: char| c.is_ascii_digit() || c == UNKNOWN).then(|| start..start + version.len())
}

fn word_end(text: &str, start: usize, is_part: impl Fn(char) -> bool) -> usize {
    text[start..].find(|c| !is_part(c)).map_or(text.len(), |length| start + length)
}

fn blanks(text: &str) -> usize {
    text.len() - text.trim_start().len()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_requirement_is_a_package_with_a_version() {
        for (text, wanted) in [
            ("azure-cli==2.20.0", Some(("azure-cli", "2.20.0"))),
            ("conda-forge::azure-cli=2.5", Some(("azure-cli", "2.5"))),
            ("a[b,c] ~= 1.2.3 ; python_version > '3'", Some(("a", "1.2.3"))),
            ("a (>=1.0,<2)", Some(("a", "2"))),
            ("a>=1.0,<2", Some(("a", "2"))),
            ("a=1.2.3-1~jammy", Some(("a", "1.2.3"))),
            ("a:amd64=1:1.2-1", Some(("a", "1.2-1"))),
            ("a=1.2.*", Some(("a", "1.2"))),
            ("a==1.2 --hash=sha256:0", Some(("a", "1.2"))),
            ("a>=1.0", None),
            ("a!=1.0", None),
            ("a", None),
            ("a==", None),
            ("==1.0", None),
            ("=", None),
            ("a @ https://x/y==1.2", None),
            ("é=1.0", Some(("é", "1.0"))),
        ] {
            let found = requirement(text).map(|held| (&text[held.name], &text[held.bound.version]));
            assert_eq!(found, wanted, "{text}");
        }
    }

    #[test]
    fn what_all_of_a_major_version_meets_holds_nothing() {
        for (text, wanted) in [
            ("a~=2.20", None),
            ("a~=2.20.1", Some("2.20.1")),
            ("a==2.*", None),
            ("a==2.3.*", Some("2.3")),
            ("a=2", None),
            ("a==2", Some("2")),
            ("a=2.3", Some("2.3")),
            ("a~=2.20,<2.5", Some("2.5")),
            ("a~=\u{FFFC}", Some("\u{FFFC}")),
        ] {
            let found = requirement(text).map(|held| &text[held.bound.version]);
            assert_eq!(found, wanted, "{text}");
        }
        assert_eq!(alone("2.*"), None);
    }

    #[test]
    fn a_range_has_an_upper_end() {
        for (text, wanted) in [
            ("4.9.1", Some("4.9.1")),
            (" v1.2 ", Some("1.2")),
            ("~1.2", Some("1.2")),
            ("1.2.*", Some("1.2")),
            (">=1 <2.5", Some("2.5")),
            ("<=3", Some("3")),
            ("^1.2", None),
            (">=1.2", None),
            ("latest", None),
            ("1 || 2", None),
            ("", None),
            ("<", None),
        ] {
            assert_eq!(upper_end(text).map(|range| &text[range]), wanted, "{text}");
        }
    }
}
