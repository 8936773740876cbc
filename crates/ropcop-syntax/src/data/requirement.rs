//! Versions to which packages are held: `name==1.2`, `~=1.2`, `<2`.

use std::ops::Range;

/// A package and the version to which it is held, in bytes of a text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Held {
    pub(super) name: Range<usize>,
    pub(super) version: Range<usize>,
}

/// Reads `name[extra]==1.2`, and `name=1.2` of managers that write it so.
pub(super) fn requirement(text: &str) -> Option<Held> {
    let start = text.len() - text.trim_start().len();
    // `channel::name=1.2`.
    let start = text.find("::").map_or(start, |at| at + 2);
    let is_name = |c: char| c.is_alphanumeric() || "_.-/@".contains(c);
    let end = text[start..].find(|c| !is_name(c)).map_or(text.len(), |length| start + length);
    let rest = text[end..].trim_start();
    let behind = match rest.strip_prefix('[') {
        Some(extras) => text.len() - extras.len() + extras.find(']')? + 1,
        None => end,
    };
    let version = upper_end(&text[behind..])?;
    (end > start).then(|| Held { name: start..end, version: behind + version.start..behind + version.end })
}

/// The version in `==1.2`, or the upper end of a range. A bare version is none; see [`exact`].
pub(super) fn upper_end(constraint: &str) -> Option<Range<usize>> {
    let constraint = constraint.split([';', '#']).next().unwrap_or_default();
    let mut at = 0;
    for part in constraint.split(',') {
        let start = at;
        at += part.len() + 1;
        let sign = part.trim_start();
        let lead = part.len() - sign.len();
        let Some(sign) = ["===", "==", "~=", "<=", "<", "~", "="].into_iter().find(|known| sign.starts_with(known))
        else {
            continue;
        };
        let from = start + lead + sign.len();
        if let Some(version) = exact(&constraint[from..start + part.len()]) {
            return Some(from + version.start..from + version.end);
        }
    }
    None
}

/// A version that is written alone. One with `*` is its known beginning.
pub(super) fn exact(text: &str) -> Option<Range<usize>> {
    let start = text.len() - text.trim_start().len();
    let start = start + usize::from(text[start..].starts_with('v'));
    let rest = &text[start..];
    let end = rest.find(|c: char| !(c.is_ascii_alphanumeric() || ".-+".contains(c))).unwrap_or(rest.len());
    let version = rest[..end].trim_end_matches('.');
    // `1.2-1~jammy` is 1.2, packed for a system.
    let is_packed = rest[end..].starts_with('~');
    let version = if is_packed { version.split('-').next().unwrap_or(version) } else { version };
    let is_whole = is_packed || rest[end..].trim_start_matches('*').trim_start().is_empty();
    let is_version = version.starts_with(|c: char| c.is_ascii_digit());
    (is_version && is_whole).then(|| start..start + version.len())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_upper_end_of_a_requirement_is_its_version() {
        for (text, wanted) in [
            ("azure-cli==2.20.0", Some(("azure-cli", "2.20.0"))),
            ("conda-forge::azure-cli=2.5", Some(("azure-cli", "2.5"))),
            (" a[b,c] ~= 1.2 ; python_version > '3'", Some(("a", "1.2"))),
            ("a>=1.0,<2", Some(("a", "2"))),
            ("a <= 1.*", Some(("a", "1"))),
            ("a=1.2.3-1~jammy", Some(("a", "1.2.3"))),
            ("a>=1.0", None),
            ("a!=1.0", None),
            ("a", None),
            ("a==", None),
            ("==1.0", None),
            ("é==1.0", Some(("é", "1.0"))),
        ] {
            let found = requirement(text).map(|held| (&text[held.name], &text[held.version]));
            assert_eq!(found, wanted, "{text}");
        }
    }

    #[test]
    fn a_version_alone_is_one_number() {
        for (text, wanted) in
            [("4.9.1", Some("4.9.1")), (" v1.2 ", Some("1.2")), ("^1.2", None), ("latest", None), ("1 || 2", None)]
        {
            assert_eq!(exact(text).map(|range| &text[range]), wanted, "{text}");
        }
    }
}
