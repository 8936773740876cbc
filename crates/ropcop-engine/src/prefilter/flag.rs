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
    /// Programs differ in how far a name may be cut, and joined to others: `-u`, `-qu`, `--user` and `--username` may all be
    /// the same. So only the first letter of a long name is asked for. A hyphen behind which something is filled in, or a
    /// quote ends, may become any option. None if one of the names begins with something else.
    pub(super) fn new<'n>(names: impl Iterator<Item = &'n str>) -> Option<Self> {
        let letters: Option<Vec<String>> = names
            .map(|name| {
                let first = name.strip_prefix('-')?.trim_start_matches('-').chars().next()?;
                first.is_ascii_alphanumeric().then(|| first.to_string())
            })
            .collect();
        let letters = letters?.concat();
        // What stands before is no part of a name; inside a string of JSON it may be an escape.
        let before = r"(?:^|[^0-9A-Za-z_-]|\\[nrt]|\\u[0-9A-Fa-f]{4})";
        let pattern = format!(r"(?i-u){before}--?(?:[0-9a-z]*[{letters}]|[^0-9a-z\s-])");
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
        let flag = Flag::new(["--username", "-u"].into_iter()).expect("names with hyphens");
        for text in ["tool -u x", "-qu", "'--user'", "--username=x", r"tool\n-u", r"\u0020-u", "'-' + name", "-$flag", "--%s"] {
            assert!(flag.may_stand_in(text.as_bytes()), "{text}");
        }
        for text in ["", "u", "non-uniform", "tool - u", "tool -p x", "a--u"] {
            assert!(!flag.may_stand_in(text.as_bytes()), "{text}");
        }
    }

    #[test]
    fn an_option_without_a_hyphen_may_stand_anywhere() {
        assert!(Flag::new(["name"].into_iter()).is_none());
    }
}
