//! Addresses in a stretch of text that nobody has understood.

use std::sync::LazyLock;

use regex::Regex;

/// The marks of what is filled in later, in any language: `$x`, `${x}`, `$(x)`, `{x}`, `{{x}}`, `%x%`.
static HOLES: LazyLock<Option<Regex>> =
    LazyLock::new(|| Regex::new(r"\$\{\{.*?\}\}|\{\{.*?\}\}|\$?\{[^{}]*\}|\$\([^()]*\)|\$[\w:.]+|%[\w]+%|%s").ok());

/// What stands around an address and is none of it.
const AROUND: [char; 12] = ['"', '\'', '`', '<', '>', ',', ';', '\\', '|', '[', ']', '@'];

/// The addresses and paths of a text, with `…` for what is filled in later.
pub(super) fn all(text: &str) -> Vec<String> {
    let text = match HOLES.as_ref() {
        Some(holes) => holes.replace_all(text, "…"),
        None => text.into(),
    };
    let words = text.split(|c: char| c.is_whitespace() || AROUND.contains(&c)).filter(|word| word.contains('/'));
    words.map(address).filter(|word| word.len() > 1).map(str::to_owned).collect()
}

/// A word from where its address begins: `--url=https://…`, `(https://…`.
fn address(word: &str) -> &str {
    let is_scheme = |c: char| c.is_ascii_alphanumeric() || c == '…';
    let start = match word.find("://") {
        Some(at) => word[..at].trim_end_matches(is_scheme).len(),
        None => word.rfind(['=', '(']).map_or(0, |at| at + 1),
    };
    let word = word.get(start..).unwrap_or_default();
    // The query is no part of the path.
    word.split(['?', '#']).next().unwrap_or(word).trim_end_matches([')', '.', ':', '}'])
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
        ] {
            assert_eq!(all(text), expected, "{text}");
        }
    }
}
