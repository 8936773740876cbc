//! Secrets that a word shows by its form.

use std::ops::Range;

use crate::mask::MASK;

use super::name;

/// A word without the secret that is a part of it: `--password=…`, `/p:Password=…`, `-u user:…`, `-p…`. `before` is the word
/// before it.
pub(super) fn masked(word: &str, before: &str) -> String {
    match secret(word, before).filter(|at| *at < word.len()) {
        Some(at) => format!("{}{MASK}", &word[..at]),
        None => word.to_owned(),
    }
}

/// Where the secret begins that the word ends with.
fn secret(word: &str, before: &str) -> Option<usize> {
    let is_name = |name: &str| !name.contains([' ', ';', '&', '"', '\'']) && name::is_secret(name);
    if let Some((at, _)) = word.match_indices(['=', ':']).find(|(at, _)| is_name(&word[..*at])) {
        let value = &word[at + 1..];
        let is_hole = value == "?" || value.starts_with("${") || value.starts_with("$(");
        return (!is_hole).then_some(at + 1);
    }
    if ["-u", "-U", "--user", "--proxy-user"].contains(&before) {
        return word.find(':').map(|at| at + 1);
    }
    // `mysql -phunter2`, but not `-path` and `-p8080:80`.
    let glued = word.strip_prefix("-p").filter(|rest| !rest.contains(['/', ':', '=', '.']))?;
    let has_letter = glued.chars().any(char::is_alphabetic);
    let has_other = glued.chars().any(|c| !c.is_alphabetic() && !"-_${}?*".contains(c));
    (has_letter && has_other).then_some(2)
}

/// Stretches of a text that look like a password that a machine made: long, without blanks, and changing all the time
/// between capitals, small letters, digits and other marks.
pub(super) fn made_by_machines(text: &str) -> Vec<Range<usize>> {
    let is_mark = |c: char| "!#%^*+~".contains(c);
    let is_part = |c: char| c.is_ascii_alphanumeric() || is_mark(c);
    let mut found = Vec::new();
    let mut at = 0;
    for piece in text.split(|c: char| !is_part(c)) {
        let start = at;
        at += piece.len() + text[start + piece.len()..].chars().next().map_or(0, char::len_utf8);
        let kinds: Vec<u8> = piece
            .chars()
            .map(|c| match c {
                c if is_mark(c) => 3,
                c if c.is_ascii_digit() => 2,
                c => u8::from(c.is_ascii_uppercase()),
            })
            .collect();
        let changes = kinds.windows(2).filter(|pair| pair[0] != pair[1]).count();
        if kinds.len() >= 10 && [0, 1, 2].iter().all(|kind| kinds.contains(kind)) && changes * 2 > kinds.len() - 1 {
            found.push(start..start + piece.len());
        }
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_secret_that_is_part_of_a_word_is_hidden() {
        for (before, word, expected) in [
            ("tool", "--password=a b", "--password=…"),
            ("tool", "/p:Password=x y", "/p:Password=…"),
            ("-u", "me:hunter2", "me:…"),
            ("tool", "-phunter2", "-p…"),
            ("tool", "PASSWORD=x", "PASSWORD=…"),
            ("tool", "PASSWORD=$x/y", "PASSWORD=…"),
        ] {
            assert_eq!(masked(word, before), expected);
        }
        for (before, word) in [
            ("tool", "-path"),
            ("tool", "-p8080:80"),
            ("tool", "-p"),
            ("-u", "me"),
            ("-o", "a:b"),
            ("tool", "--password=${X}"),
            ("tool", "https://example.org"),
        ] {
            assert_eq!(masked(word, before), word);
        }
    }

    #[test]
    fn what_a_machine_made_is_seen() {
        for (text, expected) in [("x=aB3dE5gH7jK9;y", "aB3dE5gH7jK9"), ("zQ8!rT4#uV6*", "zQ8!rT4#uV6*")] {
            let found: Vec<&str> = made_by_machines(text).into_iter().map(|range| &text[range]).collect();
            assert_eq!(found, [expected]);
        }
        for text in ["GetAzureUser2", "Server2019Datacenter", "0f8fad5b-d9cb-469f-a165-70867728950e", "camelCaseName"] {
            assert!(made_by_machines(text).is_empty(), "{text}");
        }
    }
}
