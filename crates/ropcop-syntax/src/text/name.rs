//! The names of what fills a placeholder.

/// What says where a value comes from, before its name: `${env:NAME}`.
const SOURCES: [&str; 7] = ["env:", "ENV:", "sys:", "localEnv:", "containerEnv:", "env.", "config:"];

/// The last name in an expression, without filters and defaults: `password` in `.Values.user.password | quote`, `NAME` in
/// `env('NAME', 'none')` and `ENV["NAME"]`.
pub(crate) fn last_name(expression: &str) -> Option<String> {
    let value = expression.split('|').find(|part| !part.trim().is_empty())?;
    let mut names = value.split(|c| !is_part(c)).map(|name| name.trim_matches('-'));
    argument(value).or_else(|| names.rfind(|name| is_name(name))).map(str::to_owned)
}

/// The name that the last call or index of an expression has as its first text: what follows it is a default. The lookups
/// of Ansible have their kind before the name (`lookup('env', 'NAME')`).
fn argument(value: &str) -> Option<&str> {
    let (_, arguments) = value.rsplit_once(['(', '['])?;
    let (inside, behind) = arguments.split_once([')', ']']).unwrap_or((arguments, ""));
    // `f('x').name` has another last name, a block of Ruby has none.
    let is_last = behind.trim_start().starts_with('{') || !behind.contains(char::is_alphabetic);
    let mut texts = inside.split(['\'', '"']).skip(1).step_by(2).filter(|text| is_name(text) && *text != "env");
    texts.next().filter(|_| is_last)
}

/// The name of a variable, without where it comes from and what stands in for it: `env:NAME`, `NAME:-none`.
pub(super) fn variable(inside: &str) -> Option<String> {
    let named = SOURCES.iter().find_map(|source| inside.strip_prefix(source)).unwrap_or(inside);
    let capitals = named.find(|c: char| !(c.is_ascii_uppercase() || c.is_ascii_digit() || c == '_')).unwrap_or(0);
    // A shell has no hyphen in names; the properties of programs have, but they are not written in capitals.
    let end = if capitals > 0 && named[capitals..].starts_with('-') { capitals } else { named.len() };
    last_name(named[..end].split([':', '?', '+']).next().unwrap_or_default())
}

/// The name that stands there alone.
pub(super) fn as_written(inside: &str) -> Option<String> {
    Some(inside.to_owned())
}

/// The name in `NAME=none`.
pub(super) fn before_equals(inside: &str) -> Option<String> {
    last_name(inside.split('=').next().unwrap_or_default())
}

/// The name in `env:NAME:none`, `posargs:…` and `[section]key`.
pub(super) fn of_tox(inside: &str) -> Option<String> {
    let inside = inside.strip_prefix("env:").unwrap_or(inside);
    let name = inside.split(':').next()?.rsplit(']').next()?;
    (!name.is_empty()).then(|| name.to_owned())
}

/// `your user-name` in one word.
pub(super) fn in_one_word(inside: &str) -> Option<String> {
    let words: Vec<&str> = inside.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty()).collect();
    (!words.is_empty()).then(|| words.join("_"))
}

fn is_name(text: &str) -> bool {
    text.starts_with(|c: char| c.is_alphabetic() || c == '_') && text.chars().all(is_part)
}

fn is_part(c: char) -> bool {
    c.is_alphanumeric() || c == '_' || c == '-'
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_last_name_is_that_of_the_value() {
        for (expression, name) in [
            ("secrets.AZ_PASS", Some("AZ_PASS")),
            (" .Values.user.pass-word | quote ", Some("pass-word")),
            ("- x -", Some("x")),
            ("inputs.a || 'x'", Some("a")),
            ("github.ref == 'x' && secrets['A'] || secrets.B", Some("A")),
            ("contains(github.ref, 'main') && secrets.A", Some("A")),
            ("fromJSON(secrets.a).b", Some("b")),
            ("x[0]", Some("x")),
            ("env('A', 'none')", Some("A")),
            ("ENV[\"A\"] || \"none\"", Some("A")),
            ("ENV.fetch('A') { 'none' ", Some("A")),
            ("env_var_or_default('A', 'none')", Some("A")),
            ("lookup('env', 'A')", Some("A")),
            ("lookup('ansible.builtin.env', 'A') | default('none')", Some("A")),
            ("vault:team/my.pass", Some("pass")),
            ("", None),
            (" 1 ", None),
        ] {
            assert_eq!(last_name(expression).as_deref(), name, "{expression}");
        }
    }

    #[test]
    fn a_default_is_no_name() {
        for (inside, name) in [
            ("A", Some("A")),
            ("A:-none", Some("A")),
            ("A-none", Some("A")),
            ("A:?what", Some("A")),
            ("A+other", Some("A")),
            ("my.user-name:none", Some("user-name")),
            ("env:A", Some("A")),
            ("localEnv:A:none", Some("A")),
            ("a.b | none", Some("b")),
        ] {
            assert_eq!(variable(inside).as_deref(), name, "{inside}");
        }
        assert_eq!(before_equals("A=none").as_deref(), Some("A"));
        assert_eq!(of_tox("env:A:none").as_deref(), Some("A"));
        assert_eq!(of_tox("[base]deps").as_deref(), Some("deps"));
    }
}
