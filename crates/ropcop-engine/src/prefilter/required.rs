//! Texts of which one is in whatever a regular expression matches.

use regex_syntax::hir::{Class, Hir, HirKind};

/// Shorter texts are everywhere.
const SHORTEST: usize = 4;

/// Texts in lower case, one of which every match holds in some case. None if there are no such texts, or only short ones.
pub(super) fn required(pattern: &str) -> Option<Vec<String>> {
    let texts = of(&regex_syntax::parse(pattern).ok()?)?;
    let words: Vec<String> = texts.iter().map(|text| longest_word(text).to_owned()).collect();
    words.iter().all(|word| word.len() >= SHORTEST).then_some(words)
}

/// What stands between the words of a value may be written in other ways, such as the blanks of a form.
pub(super) fn longest_word(text: &str) -> &str {
    let words = text.split(|c: char| !(c.is_alphanumeric() || "_-".contains(c)));
    words.max_by_key(|word| word.len()).unwrap_or_default()
}

fn of(hir: &Hir) -> Option<Vec<String>> {
    match hir.kind() {
        HirKind::Literal(literal) => Some(vec![String::from_utf8_lossy(&literal.0).to_lowercase()]),
        HirKind::Class(class) => letter(class).map(|letter| vec![letter.to_string()]),
        HirKind::Repetition(repetition) if repetition.min > 0 => of(&repetition.sub),
        HirKind::Capture(capture) => of(&capture.sub),
        HirKind::Concat(parts) => of_sequence(parts),
        HirKind::Alternation(branches) => {
            let all: Option<Vec<Vec<String>>> = branches.iter().map(of).collect();
            all.map(|all| all.concat())
        }
        HirKind::Repetition(_) | HirKind::Empty | HirKind::Look(_) => None,
    }
}

/// Of what stands one behind the other, the texts of the part that says most; letters in a row are one part.
fn of_sequence(parts: &[Hir]) -> Option<Vec<String>> {
    let mut found: Vec<Vec<String>> = Vec::new();
    let mut run = String::new();
    for part in parts {
        match part.kind() {
            HirKind::Literal(literal) => run.push_str(&String::from_utf8_lossy(&literal.0).to_lowercase()),
            HirKind::Class(class) if letter(class).is_some() => run.extend(letter(class)),
            _ => {
                found.push(vec![std::mem::take(&mut run)]);
                found.extend(of(part));
            }
        }
    }
    found.push(vec![run]);
    let shortest = |texts: &Vec<String>| texts.iter().map(|text| longest_word(text).len()).min();
    found.into_iter().max_by_key(shortest).filter(|texts| texts.iter().all(|text| !text.is_empty()))
}

/// The letter that a class stands for, if that is one in both cases.
fn letter(class: &Class) -> Option<char> {
    let Class::Unicode(class) = class else { return None };
    let mut letters = class.iter().flat_map(|range| [range.start(), range.end()]).map(|c| c.to_ascii_lowercase());
    let first = letters.next().filter(char::is_ascii_lowercase)?;
    // Two letters have a third form, which nobody writes.
    letters.all(|other| other == first || "\u{17f}\u{212a}".contains(other)).then_some(first)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_match_holds_one_of_the_texts() {
        for (pattern, texts) in [
            ("(?i)^Active ?Directory ?Password$", Some(&["directory"][..])),
            ("^password(_credentials)?$", Some(&["password"])),
            ("(?i)user|login|mail", Some(&["user", "login", "mail"])),
            (r"(?i)login\.(example\.(com|us)|contoso\.net)", Some(&["example", "contoso"])),
            (r"(?i)\.(alpha|bravo)\.x", Some(&["alpha", "bravo"])),
            ("(example){2}", Some(&["example"])),
            ("(?i)kiosk", Some(&["kiosk"])),
            ("user|^x", None),
            ("[a-z]+example?", Some(&["exampl"])),
            ("(example)?", None),
            ("a|b", None),
        ] {
            let texts = texts.map(|texts| texts.iter().map(|text| (*text).to_owned()).collect::<Vec<_>>());
            assert_eq!(required(pattern), texts, "{pattern}");
        }
    }
}
