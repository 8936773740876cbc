//! Whether an option may stand in a text.

use std::sync::OnceLock;

use regex::bytes::Regex;

/// Names of one option, of which a text may hold any.
#[derive(Clone, Debug)]
pub(super) struct Flag {
    pattern: String,
    compiled: OnceLock<Option<Regex>>,
}

impl Flag {
    /// Programs differ in how far a name may be cut, and whether a letter is joined to those of `switches`: `-u`, `-qu`,
    /// `--user` and `--username` may all be the same. So only the first letter of a long name is asked for. A hyphen behind
    /// which something is filled in, or a quote ends, may become any option; arrows and marks of sentences do not. None if
    /// one of the names begins with something else.
    pub(super) fn new<'n>(names: impl Iterator<Item = &'n str>, switches: &str) -> Option<Self> {
        let (mut short, mut long) = (String::new(), String::new());
        for name in names {
            let name = name.strip_prefix('-')?;
            let first = name.trim_start_matches('-').chars().next().filter(char::is_ascii_alphanumeric)?;
            if name.starts_with('-') { long.push(first) } else { short.push(first) }
        }
        // A class may not be empty.
        let class = |letters: &str| if letters.is_empty() { r"[\x00]".to_owned() } else { format!("[{letters}]") };
        let (short, long, switches) = (class(&short), class(&long), class(switches));
        // What stands before is no part of a name; inside a string of JSON it may be an escape.
        let before = r"(?:^|[^0-9A-Za-z_-]|\\[nrt]|\\u[0-9A-Fa-f]{4})";
        // Behind a quote the string goes on, or another is added to it.
        let open = r#"["'`](?:[0-9A-Za-z]|\s*[+.,&%<|"'])|[$%{!<]|\#\{|@\(|\\["'(`$ux]"#;
        let hyphen = format!("-(?:{switches}*{short}|-{long}|-?(?:{open}))");
        // What an editor makes of one hyphen, or of two.
        let dash = format!(r"\xe2\x80[\x90-\x95](?:{switches}*{short}|-?{long})");
        let pattern = format!("(?-u){before}(?:{hyphen}|{dash})");
        Some(Self { pattern, compiled: OnceLock::new() })
    }

    /// Whether one of them may stand in a text.
    pub(super) fn may_stand_in(&self, bytes: &[u8]) -> bool {
        let compiled = self.compiled.get_or_init(|| Regex::new(&self.pattern).ok());
        compiled.as_ref().is_none_or(|regex| regex.is_match(bytes))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_option_may_be_cut_joined_or_put_together() {
        let flag = Flag::new(["--username", "-u"].into_iter(), "q").expect("names with hyphens");
        for text in [
            "tool -u x",
            "-qu",
            "'--user'",
            "--username=x",
            r"tool\n-u",
            r"\u0020-u",
            "'-' + name",
            "-\"u\"",
            "'-'.$x",
            "- -{}",
            "-$flag",
            "--%s",
            "tool \u{2013}u x",
            "tool \u{2013}user x",
        ] {
            assert!(flag.may_stand_in(text.as_bytes()), "{text}");
        }
        for text in [
            "",
            "u",
            "non-uniform",
            "tool - u",
            "tool -p x",
            "-pu",
            "-U",
            "a--u",
            "tool --resource-group",
            "-> x",
            "a -, b",
            "x -= 1",
            "a \u{2013} user",
        ] {
            assert!(!flag.may_stand_in(text.as_bytes()), "{text}");
        }
    }

    #[test]
    fn an_option_without_a_hyphen_may_stand_anywhere() {
        assert!(Flag::new(["name"].into_iter(), "").is_none());
    }
}
