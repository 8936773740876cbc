//! Literal secrets never leave the process: what is shown in their place is `…`.
//!
//! Two sources say what is a secret. The engine knows the values that are passwords, and says with which characters of the
//! file they are written. Beyond that, a line is searched for values that stand after names like `password` or `-p`: a second
//! secret on the same line is none the less secret because no rule asked for it. Both hide literals and nothing else: what
//! is called what, and which variable goes where, is what a finding is about.

use std::ops::Range;
use std::sync::LazyLock;

use regex::{Captures, Regex};

/// What stands for a secret.
pub(crate) const MASK: &str = "…";

/// The values in `text` that names near them call secrets. What stands where only names and signs can stand is none: `may`
/// says whether a stretch can hold a literal.
pub(crate) fn neighbours(text: &str, may: impl Fn(&Range<usize>) -> bool) -> Vec<Range<usize>> {
    let patterns: [&Regex; 9] = [&NAMED, &OPTION, &SETTER, &SECURE_STRING, &PIPED, &CREDENTIAL, &URL, &GLUED, &USER];
    let found = patterns.iter().flat_map(|pattern| values(pattern, text)).filter(may);
    merged(found.collect())
}

/// The part of `text` in `range`, with [`MASK`] for each of the `hidden` parts; line ends stay, so that lines keep their
/// numbers.
pub(crate) fn apply(text: &str, range: Range<usize>, hidden: &[Range<usize>]) -> String {
    let mut shown = String::new();
    let mut at = range.start;
    for part in hidden {
        let (start, end) = (part.start.max(at), part.end.min(range.end));
        if start >= end {
            continue;
        }
        shown.push_str(&text[at..start]);
        for (index, line) in text[start..end].split('\n').enumerate() {
            shown.push_str(if index > 0 { "\n" } else { "" });
            shown.push_str(if line.is_empty() { "" } else { MASK });
        }
        at = end;
    }
    shown.push_str(&text[at..range.end]);
    shown
}

/// The ranges in order, those that touch as one.
pub(crate) fn merged(mut ranges: Vec<Range<usize>>) -> Vec<Range<usize>> {
    ranges.sort_by_key(|range| (range.start, range.end));
    let mut merged: Vec<Range<usize>> = Vec::new();
    for range in ranges {
        match merged.last_mut() {
            Some(last) if range.start <= last.end => last.end = last.end.max(range.end),
            _ => merged.push(range),
        }
    }
    merged
}

/// A quoted value, or one that goes up to the next space or separator.
const QUOTED: &str = r#"(?:"(?P<double>(?:[^"\\\n]|\\.)*)"|'(?P<single>(?:[^'\\\n]|\\.)*)'|`(?P<back>[^`\n]*)`)"#;
const BARE: &str = r#"(?P<bare>[^\s"'`,;&|<>(){}\[\]]+[^\s"'`,;&|<>]*)"#;

/// Endings of names of things that belong to a secret and are none: `token_url`, `key_vault_name`.
const NO_SECRET: [&str; 11] =
    ["url", "uri", "endpoint", "type", "name", "file", "path", "scope", "scopes", "id", "provider"];

/// `password = "x"`, `"client_secret": "x"`, `PASSWORD=x`, `pwd: x`, `Password=x;`.
static NAMED: LazyLock<Regex> = LazyLock::new(|| {
    let name = r"(?P<name>pass(?:word|wd|phrase|code)?|pwd|secret|securestring|token|credential|cred|apikey|key)";
    let quoted = format!(r#"["'`]?\]?\s*(?:=>|:=|==?|:|,|\s)\s*(?:[a-zA-Z@$]{{0,2}}){QUOTED}"#);
    let bare = format!(r#"["'`]?(?:=|:[ \t]*){BARE}"#).replace("<double>", "<d2>");
    regex(&format!(r"(?i){name}(?P<tail>[\w.-]*)(?:{quoted}|{bare})"))
});

/// `-p x`, `-p "x"`, `--password=x`, `"-p", "x"`.
static OPTION: LazyLock<Regex> = LazyLock::new(|| {
    let option = r#"(?:^|[\s"'`])-{1,2}(?:p|[\w-]*(?:pass(?:word)?|pwd|secret|token|key))"#;
    regex(&format!(r#"(?i){option}(?:["'`]?\s*[,=]?\s*{QUOTED}|[\s=]\s*{BARE})"#))
});

/// `.password("x")`, `setPassword("x")` with nothing else, but not `getPassword("name")`.
static SETTER: LazyLock<Regex> = LazyLock::new(|| {
    let name = r"(?:pass(?:word|wd|phrase|code)|pwd|secret|securestring)";
    regex(&format!(r"(?i)(?P<verb>\w*?){name}(?:text|value|string|chars)?\(\s*{QUOTED}\s*\)"))
});

/// Beginnings of functions that are given the name of a secret, and not the secret.
const GETTERS: [&str; 10] = ["get", "read", "fetch", "load", "find", "lookup", "resolve", "ask", "prompt", "show"];

/// `ConvertTo-SecureString -String "x" -AsPlainText`, `ConvertTo-SecureString x`.
static SECURE_STRING: LazyLock<Regex> =
    LazyLock::new(|| regex(&format!(r"(?i)securestring(?:\s+-(?:as|f|s)[a-z]*)*\s+(?:{QUOTED}|{BARE})")));

/// `"x" | ConvertTo-SecureString`.
static PIPED: LazyLock<Regex> = LazyLock::new(|| regex(&format!(r"(?i){QUOTED}\s*\|\s*ConvertTo-SecureString")));

/// The argument behind the user of what makes a credential: `[pscredential]::new("u", "x")`, `New-Credential u "x"`.
static CREDENTIAL: LazyLock<Regex> = LazyLock::new(|| {
    let user = r#"(?:"[^"\n]*"|'[^'\n]*'|[\w$.:]+)"#;
    regex(&format!(r#"(?i)cred(?:ential)?s?["'\]]*(?:::new)?(?:\(\s*|[ \t]+){user}(?:\s*,\s*|[ \t]+){QUOTED}"#))
});

/// `scheme://user:x@host`.
static URL: LazyLock<Regex> = LazyLock::new(|| regex(r"://[^\s/:@]+:(?P<bare>[^\s/@]+)@"));

/// `mysql -phunter2`, but not `-path` and `-p8080:80`.
static GLUED: LazyLock<Regex> =
    LazyLock::new(|| regex(r#"(?:^|[\s"'])-p(?P<glued>[^\s"'`,;|&<>()/:=.{}$\[\]]{4,})(?:$|[\s"';])"#));

/// `curl -u user:hunter2`.
static USER: LazyLock<Regex> =
    LazyLock::new(|| regex(r#"(?:^|\s)(?:-u|-U|--user|--proxy-user)[ =]["']?[^\s:"'$/=]+:(?P<bare>[^\s"'`,;|<>()]+)"#));

/// A pattern of this file. They are constants, and the tests use each of them.
fn regex(pattern: &str) -> Regex {
    Regex::new(pattern).expect("the pattern is valid")
}

/// The value that a pattern captured, unless it is a variable, a call or another expression: those are no literals, and
/// hiding them would hide what the finding is about.
fn value(captures: &Captures<'_>) -> Option<Range<usize>> {
    let tail = captures.name("tail").map_or_else(String::new, |tail| tail.as_str().to_lowercase());
    if NO_SECRET.iter().any(|ending| tail.ends_with(ending)) {
        return None;
    }
    if let Some(found) = ["double", "single", "back"].iter().find_map(|name| captures.name(name)) {
        let verb = captures.name("verb").map_or_else(String::new, |verb| verb.as_str().to_lowercase());
        if is_user(captures, found.start()) || GETTERS.iter().any(|getter| verb.contains(getter)) {
            return None;
        }
        return (!found.is_empty() && !is_reference(found.as_str())).then(|| found.range());
    }
    if let Some(found) = captures.name("glued") {
        let has_letter = found.as_str().contains(char::is_alphabetic);
        let has_other = found.as_str().contains(|c: char| !c.is_alphabetic() && !"-_?*".contains(c));
        return (has_letter && has_other).then(|| found.range());
    }
    let found = captures.name("bare")?;
    let text = found.as_str();
    // Brackets at the end close what was opened before the value.
    let end = found.start() + text.trim_end_matches([')', ']', '}']).len();
    (!is_reference(text) && !is_expression(text)).then_some(found.start()..end)
}

/// What comes first behind a name of a credential is the user: `New-Credential "u"`.
fn is_user(captures: &Captures<'_>, value: usize) -> bool {
    let (Some(name), Some(tail), Some(whole)) = (captures.name("name"), captures.name("tail"), captures.get(0)) else {
        return false;
    };
    let between = &whole.as_str()[tail.end() - whole.start()..value - whole.start()];
    name.as_str().to_lowercase().starts_with("cred") && !between.contains(['=', ':', ','])
}

/// What a pattern hides in a text.
fn values(pattern: &Regex, text: &str) -> Vec<Range<usize>> {
    let mut found = Vec::new();
    let mut at = 0;
    while let Some(captures) = pattern.captures_at(text, at) {
        let Some(whole) = captures.get(0) else { break };
        let quoted = ["double", "single", "back"].iter().find_map(|name| captures.name(name));
        match quoted.filter(|quoted| is_next_key(text, whole.range(), quoted.start())) {
            Some(key) => at = key.start(),
            None => {
                found.extend(value(&captures));
                at = whole.end();
            }
        }
    }
    found
}

/// `'grant': 'password', 'username': u`: the word was a value, and what follows is the key of another.
fn is_next_key(text: &str, whole: Range<usize>, start: usize) -> bool {
    let behind = text[whole.end..].trim_start();
    let before = text[whole.start..start].trim_end_matches(['"', '\'', '`']).trim_end();
    before.ends_with(',') && [":", "=>"].iter().any(|mark| behind.starts_with(mark))
}

fn is_reference(text: &str) -> bool {
    // `\$X` in a text that is read twice, as in `ssh host "…"`, is a variable on the second reading.
    let text = text.trim_start().trim_start_matches('\\');
    let is_between_texts = text.starts_with("+ ") && text.trim_end().ends_with(" +");
    text.is_empty() || is_between_texts || text.starts_with(['$', '%', '{', '<', '@', '*', '&', '-'])
}

/// `os.environ[…]`, `getpass(…)`, `config.password`, `password`, `None`.
fn is_expression(text: &str) -> bool {
    let head: &str = text.split(['(', '[', ')', ']', '}']).next().unwrap_or_default();
    let is_path = head.split('.').all(|part| {
        part.chars().next().is_some_and(|c| c.is_alphabetic() || c == '_')
            && part.chars().all(|c| c.is_alphanumeric() || c == '_')
    });
    let lower = head.to_lowercase();
    let is_word = ["none", "null", "nil", "undefined", "true", "false", "string", "str", "password", "secret", "token"];
    let is_used = text[head.len()..].starts_with(['(', '[']);
    is_path && (is_used || head.contains('.') || is_word.contains(&lower.as_str()))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn shown(text: &str) -> String {
        apply(text, 0..text.len(), &neighbours(text, |_| true))
    }

    #[test]
    fn literals_after_telling_names_are_hidden() {
        for (text, expected) in [
            (r#"tool -u me -p "hunter2""#, r#"tool -u me -p "…""#),
            ("tool -p hunter2 --x", "tool -p … --x"),
            ("tool --password=hunter2", "tool --password=…"),
            (r#"["tool", "-p", "hunter2"]"#, r#"["tool", "-p", "…"]"#),
            (
                "ConvertTo-SecureString -String 'hunter2' -AsPlainText",
                "ConvertTo-SecureString -String '…' -AsPlainText",
            ),
            ("ConvertTo-SecureString hunter2 -Force", "ConvertTo-SecureString … -Force"),
            ("ConvertTo-SecureString -AsPlainText $password", "ConvertTo-SecureString -AsPlainText $password"),
            ("PASSWORD=hunter2", "PASSWORD=…"),
            ("  password: hunter2", "  password: …"),
            (r#"{"password": "hunter2"}"#, r#"{"password": "…"}"#),
            ("client_secret = 'x\\'y'", "client_secret = '…'"),
            ("Server=s;Password=hunter2;Encrypt=True", "Server=s;Password=…;Encrypt=True"),
            ("{'grant': 'password', 'password': 'hunter2'}", "{'grant': 'password', 'password': '…'}"),
            (r#"os.environ["PASSWORD"] = "x1""#, r#"os.environ["PASSWORD"] = "…""#),
            ("ConvertTo-SecureString \"hunter2\" -AsPlainText", "ConvertTo-SecureString \"…\" -AsPlainText"),
            (".username(\"me\").password(\"hunter2\")", ".username(\"me\").password(\"…\")"),
            ("x.setPassword('hunter2')", "x.setPassword('…')"),
            ("('hunter2' | ConvertTo-SecureString -AsPlainText)", "('…' | ConvertTo-SecureString -AsPlainText)"),
            ("[Net.NetworkCredential]::new('me', 'hunter2')", "[Net.NetworkCredential]::new('me', '…')"),
            ("Get-Cred \"me\" \"hunter2\"", "Get-Cred \"me\" \"…\""),
            ("new PasswordCredential(user, \"hunter2\")", "new PasswordCredential(user, \"…\")"),
            ("mysql -uroot -phunter2 ; x", "mysql -uroot -p… ; x"),
            ("curl -u me:hunter2 -d x", "curl -u me:… -d x"),
            ("git clone https://me:hunter2@host/x", "git clone https://me:…@host/x"),
        ] {
            assert_eq!(shown(text), expected);
        }
    }

    #[test]
    fn what_is_no_literal_stays_visible() {
        for text in [
            r#"tool -u "$USER" -p "$PASS""#,
            "tool --password=${PASS}",
            "tool -path -p8080:80 -passthru",
            "curl -u me:$PASS",
            r#"run "tool -p \${PASS}""#,
            "login(password=os.environ['X'])",
            "password = getpass()",
            "login(password=self.password)",
            "login(user, password=password)",
            "x.getPassword(\"name-of-it\")",
            "demo.Password('me', password)",
            "get_password_token(scopes)",
            "password: ${{ secrets.X }}",
            "token_url=\"https://example.org/token\"",
            "{'grant': 'password', 'username': u}",
            "['grant' => 'password', 'username' => $u]",
            "'UID=' + u + ';PWD=' + p + ';Encrypt=True'",
        ] {
            assert_eq!(shown(text), text);
        }
    }

    #[test]
    fn line_ends_stay() {
        let text = "f('s1',\n 'y')";
        assert_eq!(apply(text, 0..text.len(), &[3..9]), "f('…\n…'y')");
    }

    #[test]
    fn nothing_is_hidden_where_no_literal_can_stand() {
        assert!(neighbours("login(-p hunter2)", |_| false).is_empty());
    }
}
