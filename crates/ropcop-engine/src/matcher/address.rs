//! Addresses in a stretch of text that nobody has understood.

/// The marks of what is filled in later, in any language: opening and closing.
const HOLES: [(&str, &str); 7] =
    [("${{", "}}"), ("{{", "}}"), ("${", "}"), ("$(", ")"), ("{", "}"), ("%s", ""), ("%", "%")];

/// What stands around an address and is none of it.
const AROUND: [char; 12] = ['"', '\'', '`', '<', '>', ',', ';', '\\', '|', '[', ']', '@'];

/// The addresses and paths of a text, with `…` for what is filled in later.
pub(super) fn all(text: &str) -> Vec<String> {
    let text = without_holes(text);
    let words = text.split(|c: char| c.is_whitespace() || AROUND.contains(&c)).filter(|word| word.contains('/'));
    words.map(address).filter(|word| word.len() > 1).map(str::to_owned).collect()
}

/// A text with `…` for what is filled in later.
fn without_holes(text: &str) -> String {
    let mut shown = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(at) = rest.find(['$', '{', '%']) {
        let (before, mark) = rest.split_at(at);
        shown.push_str(before);
        let length = hole(mark);
        match length {
            // A mark that opens nothing is a character like others; all of them have one byte.
            0 => shown.push_str(&mark[..1]),
            _ => shown.push('…'),
        }
        rest = &mark[length.max(1)..];
    }
    shown + rest
}

/// The length of the hole with which a text begins, in bytes; 0 if it begins with none.
fn hole(text: &str) -> usize {
    let mut closed = HOLES.iter().filter_map(|(opening, closing)| {
        let inner = text.strip_prefix(opening)?;
        let end = inner.find(closing)?;
        let is_one = match *closing {
            // A percent sign has other uses, of which none stands close around a name.
            "%" => end > 0 && inner[..end].chars().all(|c| c.is_alphanumeric() || c == '_'),
            _ => !inner[..end].contains(['\n', '"', '\'', '/', '{']),
        };
        is_one.then_some(opening.len() + end + closing.len())
    });
    let name = || {
        let name = text.strip_prefix('$')?;
        let end = name.find(|c: char| !c.is_alphanumeric() && !"_:.".contains(c)).unwrap_or(name.len());
        (end > 0).then_some(end + 1)
    };
    closed.next().or_else(name).unwrap_or(0)
}

/// A word from where its address begins: `--url=https://…`, `(https://…`.
fn address(word: &str) -> &str {
    // The query is no part of the path.
    let word = word.split(['?', '#']).next().unwrap_or(word);
    let is_scheme = |c: char| c.is_ascii_alphanumeric() || c == '…';
    let start = match word.find("://") {
        Some(at) => word[..at].trim_end_matches(is_scheme).len(),
        None => word.rfind(['=', '(']).map_or(0, |at| at + 1),
    };
    word.get(start..).unwrap_or_default().trim_end_matches([')', '.', ':', '}'])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn addresses_are_found_in_any_notation() {
        for (text, expected) in [
            ("url: https://a.example/b", &["https://a.example/b"][..]),
            (r#"{ "url": "https://a.example/{{tenant}}/token", "b": 1 }"#, &["https://a.example/…/token"]),
            ("curl --url=$HOST/a/token?x=1 -o f", &["…/a/token"]),
            ("fetch(`${base}/auth/token`)", &["…/auth/token"]),
            ("x = \"%s/a\" % b", &["…/a"]),
            ("$(host)/a {0}/b", &["…/a", "…/b"]),
            ("no address here / there", &[]),
            ("100% a/b %20c%20 %tenant%/d", &["a/b", "…/d"]),
        ] {
            assert_eq!(all(text), expected, "{text}");
        }
    }
}
