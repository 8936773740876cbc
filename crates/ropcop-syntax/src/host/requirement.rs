//! Versions to which packages are held, as managers of packages write them.

use std::ops::Range;

use crate::settings::requirements;

/// A package and the version to which it is held, in bytes of a text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Held {
    pub(super) name: Range<usize>,
    pub(super) version: Range<usize>,
}

/// Reads `name==1.2` of Python, and `channel::name=1.2` of managers that write it so.
pub(super) fn requirement(text: &str) -> Option<Held> {
    let start = text.find("::").map_or(0, |at| at + 2);
    if let Some(field) = requirements::requirement(&text[start..], start) {
        let range = |span: crate::Span| span.start..span.end;
        return Some(Held { name: range(field.key_span), version: range(field.span) });
    }
    let end = start + text[start..].find('=')?;
    let name = end - text[start..end].trim_start().len()..end;
    let is_name = |c: char| c.is_alphanumeric() || "_.-+".contains(c);
    let version = exact(text.get(end + 1..)?)?;
    let is_package = !name.is_empty() && text[name.clone()].chars().all(is_name);
    is_package.then(|| Held { name, version: end + 1 + version.start..end + 1 + version.end })
}

/// The version in `1.2`, `~1.2`, or the upper end of `>=1 <2`, as packages of JavaScript are held.
pub(super) fn upper_end(range: &str) -> Option<Range<usize>> {
    let from = range.rfind('<').or_else(|| range.find(['~', '=']).filter(|at| range[..*at].trim().is_empty()));
    let from = from.map_or(0, |at| at + 1 + usize::from(range[at + 1..].starts_with('=')));
    exact(&range[from..]).map(|version| from + version.start..from + version.end)
}

/// A version that is written alone. One with `*` is its known beginning.
fn exact(text: &str) -> Option<Range<usize>> {
    let start = text.len() - text.trim_start().len();
    let start = start + usize::from(text[start..].starts_with('v'));
    let rest = &text[start..];
    let end = rest.find(|c: char| !(c.is_ascii_alphanumeric() || ".-+".contains(c))).unwrap_or(rest.len());
    // `1.2-1~jammy` is 1.2, packed for a system.
    let is_packed = rest[end..].starts_with('~');
    let written = rest[..end].trim_end_matches('.');
    let version = if is_packed { written.split('-').next().unwrap_or(written) } else { written };
    let is_whole = is_packed || rest[end..].trim_start_matches('*').trim_start().is_empty();
    let is_version = version.starts_with(|c: char| c.is_ascii_digit());
    (is_version && is_whole).then(|| start..start + version.len())
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
            ("a>=1.0,<2", Some(("a", "2"))),
            ("a=1.2.3-1~jammy", Some(("a", "1.2.3"))),
            ("a=1.2.*", Some(("a", "1.2"))),
            ("a>=1.0", None),
            ("a!=1.0", None),
            ("a", None),
            ("a==", None),
            ("==1.0", None),
            ("=", None),
            ("é=1.0", Some(("é", "1.0"))),
        ] {
            let found = requirement(text).map(|held| (&text[held.name], &text[held.version]));
            assert_eq!(found, wanted, "{text}");
        }
    }

    #[test]
    fn a_range_has_an_upper_end() {
        for (text, wanted) in [
            ("4.9.1", Some("4.9.1")),
            (" v1.2 ", Some("1.2")),
            ("~1.2", Some("1.2")),
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
