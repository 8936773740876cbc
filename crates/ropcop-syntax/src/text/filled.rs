//! What is filled in before a file of configuration is read: `${X}`, `{{ x }}`, `#{X}#` and their like become holes.

use crate::text::placeholder;
use crate::text::stretch::last_name;
use crate::text::template::Template;

/// How holes are written; longer marks first.
const MARKS: [(&str, &str); 8] =
    [("${{", "}}"), ("{{", "}}"), ("${", "}"), ("#{", "}#"), ("#{", "}"), ("$(", ")"), ("<%", "%>"), ("%(", ")s")];

/// The value with holes where something is filled in.
pub(crate) fn filled(value: &Template) -> Template {
    let text = &value.text.text;
    if !text.contains(['$', '{', '%', '_', '@']) {
        return value.clone();
    }
    if let Some(name) = whole(text) {
        return value.punched(&[(0..text.len(), Some(name.to_owned()))]);
    }
    let present = MARKS.iter().filter(|(open, _)| text.contains(open));
    present.fold(value.clone(), |value, (open, close)| placeholder::punched(&value, open, close, name))
}

/// The name of what fills all of a text: `$X`, `%X%`, `@X@`, `__X__`.
fn whole(text: &str) -> Option<&str> {
    let inside = |open: &str, close: &str| text.strip_prefix(open)?.strip_suffix(close);
    let name =
        [("$", ""), ("%", "%"), ("@", "@"), ("__", "__")].iter().find_map(|(open, close)| inside(open, close))?;
    let is_name = |c: char| c.is_alphanumeric() || c == '_' || c == '.';
    (name.starts_with(|c: char| c.is_alphabetic() || c == '_') && name.chars().all(is_name)).then_some(name)
}

/// The name in a hole, without where it comes from and what stands in for it: `env:X`, `X:-default`, `X | quote`.
fn name(inner: &str) -> Option<Option<String>> {
    let inner = inner.trim_start_matches(['=', '-', ' ']);
    let named = ["env:", "ENV:", "sys:"].iter().find_map(|from| inner.strip_prefix(from)).unwrap_or(inner);
    let first = named.split([':', '|']).next().unwrap_or(named);
    Some(last_name(first))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_filled_in_is_a_hole() {
        for (text, names) in [
            ("${A}", &["A"][..]),
            ("$A_B", &["A_B"]),
            ("pa$word", &[]),
            ("x ${A:-b} {{ c.d | quote }}", &["A", "d"]),
            ("${{ secrets.E }}", &["E"]),
            ("#{F}#-#{G}", &["F", "G"]),
            ("$(H.I)", &["I"]),
            ("<%= j %>", &["j"]),
            ("%(k)s", &["k"]),
            ("__L__", &["L"]),
            ("%M%", &["M"]),
            ("${env:N}", &["N"]),
            ("50%", &[]),
            ("$1", &[]),
        ] {
            let filled = filled(&Template::verbatim(text, 0));
            let mut found: Vec<&str> = filled.holes.iter().flatten().map(String::as_str).collect();
            found.sort_unstable();
            assert_eq!(found, names, "{text}");
        }
    }
}
