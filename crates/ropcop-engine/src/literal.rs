//! What is known of a value that was written down: whether it is empty, a mark of a template, a sample.

use ropcop_syntax::{Part, Value};

/// Whether some part of a word is text.
pub(crate) fn has_text(parts: &[Part]) -> bool {
    parts.iter().any(|part| part.text().is_some_and(|text| !text.is_empty()))
}

/// Pairs of marks between which a template names what it will fill in.
const MARKS: [(&str, &str); 8] =
    [("$(", ")"), ("${", "}"), ("{{", "}}"), ("{", "}"), ("#{", "}#"), ("<", ">"), ("%", "%"), ("__", "__")];

/// Whether a text is nothing but the mark of a template: `$(Password)`, `{{ password }}`, `<password>`, `%s`.
pub(crate) fn is_placeholder(text: &str) -> bool {
    let is_name = |name: &str| !name.is_empty() && name.chars().all(|c| c.is_alphanumeric() || " ._-".contains(c));
    let between = |(start, end): &(&str, &str)| text.trim().strip_prefix(start)?.strip_suffix(end);
    let verb =
        text.trim().strip_prefix('%').map(|verb| verb.trim_start_matches(|c: char| c.is_ascii_digit() || c == '$'));
    MARKS.iter().filter_map(between).any(is_name) || verb.is_some_and(|verb| ["s", "@", "v"].contains(&verb))
}

/// Whether a literal is a secret: no mark of a template, and no sample.
pub(crate) fn literal_secret(value: &Value) -> bool {
    if let Value::Choice(values) = value {
        return values.iter().any(|value| is_literal(value) && literal_secret(value));
    }
    !is_sample_secret(value) && !value.text().is_some_and(|text| is_placeholder(&text))
}

/// Whether a value holds text that was written down: not empty, and not only a placeholder between holes.
pub(crate) fn is_literal(value: &Value) -> bool {
    match value {
        Value::Text(parts) => parts.iter().all(|part| part.text().is_some()) && has_text(parts),
        Value::Choice(values) => values.iter().any(is_literal),
        _ => false,
    }
}

/// Whether a value is known to be empty.
pub(crate) fn is_empty(value: &Value) -> bool {
    match value {
        Value::Text(parts) => parts.iter().all(|part| part.text().is_some_and(str::is_empty)),
        Value::Null => true,
        Value::Choice(values) => values.iter().all(is_empty),
        _ => false,
    }
}

/// Whether a value only shows where a real one belongs: `<your password>`, `changeme`.
pub(crate) fn is_sample(value: &Value) -> bool {
    let Value::Text(parts) = value else { return false };
    let text: String = parts.iter().filter_map(Part::text).collect();
    let text = text.to_lowercase();
    let is_marked = |open, close| text.len() > 2 && text.starts_with(open) && text.ends_with(close);
    const WORDS: [&str; 11] = [
        "your",
        "changeme",
        "change_me",
        "change-me",
        "placeholder",
        "replace",
        "todo",
        "example",
        "goes here",
        "goes_here",
        "goes-here",
    ];
    is_marked('<', '>')
        || is_marked('[', ']')
        || WORDS.iter().any(|word| text.contains(word))
        || (text.len() > 2 && text.chars().all(|c| "*x.".contains(c)))
}

/// Whether a password only shows where a real one belongs: it may say no more than that it is one.
pub(crate) fn is_sample_secret(value: &Value) -> bool {
    const WORDS: [&str; 7] = ["password", "passwd", "passcode", "pass", "pwd", "secret", "mypassword"];
    let is_word = |text: String| WORDS.iter().any(|word| text.eq_ignore_ascii_case(word));
    is_sample(value) || value.text().is_some_and(is_word)
}
