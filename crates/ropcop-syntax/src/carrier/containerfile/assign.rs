//! The words of `ENV` and `ARG`: quotes, escapes and variables.

use crate::record::assignment::{self, unquoted};
use crate::text::template::{MappedText, Template};
use crate::{Field, Value};

/// The variables of `ENV A=b C="d e"` and of the older `ENV A b c`.
pub(super) fn env(rest: &MappedText) -> Vec<Field> {
    let first = rest.text.split_whitespace().next().unwrap_or_default();
    if first.contains('=') {
        return words(rest).iter().filter_map(pair).collect();
    }
    let value = super::line::trimmed(rest, first.len());
    let inner = unquoted(&value.text, 0..value.text.len());
    let word = word(&value.slice(inner), false).0;
    let key = Template { text: rest.slice(0..first.len()), holes: Vec::new() };
    let mut whole = key.clone();
    whole.append(&word);
    let length = whole.text.text.len();
    vec![with_end(assignment::field(&whole, 0..first.len(), first.len()..length), word.text.text.is_empty())]
}

/// The variables of `ARG A=b C`. Those without a value get one from outside.
pub(super) fn arg(rest: &MappedText) -> Vec<Field> {
    let words = words(rest);
    let inherited = |word: &Template| assignment::inherited(word, 0..word.text.text.len());
    words.iter().map(|word| pair(word).unwrap_or_else(|| inherited(word))).collect()
}

fn pair(word: &Template) -> Option<Field> {
    let length = word.text.text.len();
    let is_key = |key: &str| !key.is_empty() && !key.contains(char::is_whitespace);
    let field = assignment::assignment(word, 0..length, is_key)?;
    let is_empty = word.text.text.ends_with('=') && word.text.text.find('=') == Some(length - 1);
    Some(with_end(field, is_empty))
}

fn with_end(field: Field, is_empty: bool) -> Field {
    if is_empty { Field { value: Value::Text(Vec::new()), ..field } } else { field }
}

fn words(rest: &MappedText) -> Vec<Template> {
    let mut words = Vec::new();
    let mut at = 0;
    loop {
        at += rest.text[at..].len() - rest.text[at..].trim_start().len();
        if at >= rest.text.len() {
            return words;
        }
        let (found, length) = word(&rest.slice(at..rest.text.len()), true);
        words.push(found);
        at += length.max(1);
        at = rest.text.ceil_char_boundary(at);
    }
}

/// The word that a text begins with, and its length; with all blanks in it, if blanks do not end it.
fn word(text: &MappedText, blanks_end: bool) -> (Template, usize) {
    let mut word = Template::default();
    let mut quote = None;
    let mut at = 0;
    while let Some(c) = text.text[at..].chars().next() {
        let rest = &text.text[at..];
        let length = c.len_utf8();
        match (quote, c) {
            (None, c) if c.is_whitespace() && blanks_end => break,
            (None, '"' | '\'') => quote = Some(c),
            (Some(open), c) if open == c => quote = None,
            (None | Some('"'), '\\') if rest.len() > 1 => {
                let next = rest[1..].chars().next().unwrap_or('\\');
                word.text.extend(next.encode_utf8(&mut [0; 4]), text.host(at + 1));
                at += 1 + next.len_utf8();
                continue;
            }
            (None | Some('"'), '$') => {
                if let Some((name, length)) = variable(rest) {
                    word.push_hole(Some(name), text.host(at));
                    at += length;
                    word.text.seek(text.host(at));
                    continue;
                }
                word.text.extend("$", text.host(at));
            }
            _ => word.text.extend(&rest[..length], text.host(at)),
        }
        at += length;
    }
    (word, at)
}

/// The name of the variable that a text begins with, and the length of the reference: `$A`, `${A}`, `${A:-b}`.
fn variable(text: &str) -> Option<(String, usize)> {
    let braced = text.starts_with("${");
    let start = if braced { 2 } else { 1 };
    let rest = &text[start..];
    let end = rest.find(|c: char| !(c.is_ascii_alphanumeric() || c == '_')).unwrap_or(rest.len());
    let length = if braced { start + rest.find('}')? + 1 } else { start + end };
    (end > 0).then(|| (rest[..end].to_owned(), length))
}
