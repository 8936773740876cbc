//! The exec form: `["program", "word"]`.

use crate::text::escape::unescape;
use crate::text::template::{MappedText, Template};

/// The words of an exec form; none if a text is no list of strings, and so the shell form.
pub(super) fn words(text: &MappedText) -> Option<Vec<Template>> {
    let mut words = Vec::new();
    let mut at = 1;
    if !text.text.starts_with('[') {
        return None;
    }
    loop {
        at += space(&text.text[at..]);
        if &text.text[at..] == "]" {
            return Some(words);
        }
        let (word, end) = string(text, at)?;
        words.push(word);
        at = end + space(&text.text[end..]);
        match text.text.as_bytes().get(at)? {
            b',' => at += 1,
            b']' if at + 1 == text.text.len() => return Some(words),
            _ => return None,
        }
    }
}

/// How much white space a text begins with.
fn space(text: &str) -> usize {
    text.len() - text.trim_start().len()
}

/// The string that begins at an offset, and where it ends.
fn string(text: &MappedText, start: usize) -> Option<(Template, usize)> {
    let rest = text.text[start..].strip_prefix('"')?;
    let mut word = Template::default();
    word.text.seek(text.host(start + 1));
    let mut at = start + 1;
    let mut escaped = rest.chars();
    while let Some(character) = escaped.next() {
        let host = text.host(at);
        match character {
            '"' => {
                word.text.seek(host);
                return Some((word, at + 1));
            }
            '\\' => {
                let length = if escaped.as_str().starts_with('u') { 5 } else { 1 };
                let code = escaped.as_str().get(..length).filter(|code| !code.is_empty())?;
                word.text.push(&unescape(&format!("\\{code}")), host);
                escaped = escaped.as_str()[length..].chars();
                at += 1 + length;
                word.text.seek(text.host(at));
                continue;
            }
            _ if word.text.host(word.text.text.len()) == host => word.text.text.push(character),
            _ => word.text.push(character.encode_utf8(&mut [0; 4]), host),
        }
        at += character.len_utf8();
    }
    None
}
