//! What a name says about the value that it has, or that it gives.

use std::sync::LazyLock;

use regex::Regex;

/// Ends of names of passwords, keys and tokens.
static SECRET: LazyLock<Regex> = LazyLock::new(|| {
    let key = r"(?:api|access|account|private|shared|secret|master|storage|signing)[_.-]?key";
    let name = format!(r"(?:{PASSWORD}|token|cred|credential|{key})");
    regex(&format!(r"(?i){name}{BEHIND}$"))
});

/// Texts that only look like addresses of a service: they hold no user and no query.
static ADDRESS: LazyLock<Regex> = LazyLock::new(|| regex(r"^https?://[^\s@?]+$"));

/// Words of names of passwords.
pub(super) const PASSWORD: &str = "(?:passw(?:or)?d|passphrase|passcode|pass|pwd|pw|secret|securestring)";
/// What may stand between such a word and the end of a name.
pub(super) const BEHIND: &str = r"(?:s|\d+|[_.-]?(?:value|text|string|plain|default|literal))*";

/// A pattern of these files. They are constants, and the tests use each of them.
pub(super) fn regex(pattern: &str) -> Regex {
    Regex::new(pattern).expect("the pattern is valid")
}

/// The last part of a dotted path.
pub(super) fn last(path: &str) -> &str {
    path.rsplit('.').next().unwrap_or(path)
}

/// Whether what has this name is a secret.
pub(super) fn is_secret(name: &str) -> bool {
    SECRET.is_match(name)
}

/// Whether the word behind this option is a secret.
pub(super) fn is_secret_option(word: &str) -> bool {
    let name = word.trim_start_matches(['-', '/']).trim_end_matches(':');
    is_option(word) && (name.eq_ignore_ascii_case("p") || is_secret(name))
}

/// Whether a word is an option, and not its value.
pub(super) fn is_option(word: &str) -> bool {
    let name = word.trim_start_matches('-');
    name.len() < word.len()
        && name.starts_with(|c: char| c.is_ascii_alphabetic())
        && name.chars().all(|c| c.is_alphanumeric() || "-_:".contains(c))
}

/// Whether what has this name is known to be something else, though it belongs to a secret.
pub(super) fn is_public(name: &str) -> bool {
    const ENDS: [&str; 16] = [
        "id",
        "name",
        "user",
        "tenant",
        "url",
        "uri",
        "endpoint",
        "authority",
        "audience",
        "resource",
        "scope",
        "scopes",
        "type",
        "file",
        "path",
        "provider",
    ];
    let name = name.to_lowercase();
    !is_secret(&name) && ENDS.iter().any(|end| name.ends_with(end))
}

/// Whether a text is an address and nothing more.
pub(super) fn is_address(text: &str) -> bool {
    ADDRESS.is_match(text)
}

/// Whether a function or program looks something up, so that what it is given is the name of a value and not the value.
pub(super) fn looks_up(name: &str) -> bool {
    const WORDS: [&str; 24] = [
        "get",
        "getenv",
        "env",
        "environ",
        "environment",
        "variable",
        "read",
        "show",
        "find",
        "fetch",
        "load",
        "lookup",
        "config",
        "configuration",
        "property",
        "prop",
        "setting",
        "settings",
        "param",
        "parameter",
        "vault",
        "input",
        "prompt",
        "resolve",
    ];
    words(name).any(|word| WORDS.contains(&word.to_lowercase().as_str()))
}

/// The words of a name: `getEnvValue` and `get_env-value` have three.
fn words(name: &str) -> impl Iterator<Item = &str> {
    let starts = |(at, c): (usize, char)| {
        let behind_lower = name[..at].chars().next_back().is_some_and(char::is_lowercase);
        (c.is_uppercase() && behind_lower).then_some(at)
    };
    let borders: Vec<usize> = name.char_indices().filter_map(starts).chain([name.len()]).collect();
    let pieces = borders.into_iter().scan(0, |from, to| Some(&name[std::mem::replace(from, to)..to]));
    pieces.flat_map(|piece| piece.split(|c: char| !c.is_alphanumeric()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_says_whether_its_value_is_a_secret() {
        for name in
            ["password", "DB_PASSWORD", "clientSecret", "pw", "pass2", "account_key", "PASSWORD_VALUE", "a.token"]
        {
            assert!(is_secret(name), "{name}");
        }
        for name in ["password_file", "tokenizer", "secretsManager", "key", "passwordPolicy", "grant_type", "user"] {
            assert!(!is_secret(name), "{name}");
        }
        for option in ["-p", "--password", "-Password", "-Password:", "--client-secret"] {
            assert!(is_secret_option(option), "{option}");
        }
        for word in ["p", "password", "--token-type", "-", "--", "-p=x", "-1"] {
            assert!(!is_secret_option(word), "{word}");
        }
        for (name, expected) in [("tenant_id", true), ("Authority", true), ("value", false), ("id_token", false)] {
            assert_eq!(is_public(name), expected, "{name}");
        }
    }

    #[test]
    fn what_looks_something_up_is_given_a_name() {
        for name in ["getenv", "GetEnvironmentVariable", "os.environ.get", "Get-Secret", "read_secret"] {
            assert!(looks_up(name), "{name}");
        }
        for name in ["str", "target", "payload", "toCharArray", "Forget"] {
            assert!(!looks_up(name), "{name}");
        }
        assert!(is_address("https://example.org/.default"));
        assert!(!is_address("https://me:x@example.org") && !is_address("https://example.org/?sig=x"));
    }
}
