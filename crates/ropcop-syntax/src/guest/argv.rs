//! A program and its words as a list in a file: `["bash", "-c", "…"]`.
//!
//! The words become one command line, quoted so that a shell would read just these words. So the shell layer can look
//! through wrappers, and every letter of a script among the words keeps its way back to the file.

use crate::guest::Guest;
use crate::text::template::{self, Template};
use crate::{Certainty, Language};

/// A list with more items is data, not a command.
const MOST_WORDS: usize = 200;

/// The code that a list of words runs; none if there is no word.
pub(crate) fn guest(words: &[&Template], certainty: Certainty) -> Option<Guest> {
    let first = words.first().filter(|_| words.len() <= MOST_WORDS)?;
    // `env` runs the program behind it.
    let is_env = first.known().is_some_and(|first| first == "env" || first.ends_with("/env"));
    let program = words.get(1).filter(|_| is_env).unwrap_or(first);
    let (language, code) = match code_for(program, words) {
        Some((language, from)) => (language, template::joined(&words[from..], " ")),
        None => (Language::Shell, line(words)),
    };
    Some(Guest { language, code, certainty })
}

/// The language of the code among the words, and the word it begins with, if a program other than a shell runs it.
fn code_for(program: &Template, words: &[&Template]) -> Option<(Language, usize)> {
    let language = Language::of_program(program.known()?).filter(|language| *language != Language::Shell)?;
    let is_code = |word: &&Template| word.known().is_some_and(|word| language.takes_code(word));
    let from = words.iter().skip(1).position(is_code)? + 2;
    (from < words.len()).then_some((language, from))
}

/// The words as a command line.
fn line(words: &[&Template]) -> Template {
    let mut line = Template::default();
    for (index, word) in words.iter().enumerate() {
        let span = word.span(0..word.text.text.len());
        if index > 0 {
            line.text.push(" ", span.start);
        }
        if is_plain(&word.text.text) {
            line.append(word);
            continue;
        }
        if word.text.text.is_empty() {
            // Nothing stands between two quotes.
            line.text.push("'", span.start.saturating_sub(1));
            line.text.push("'", span.start);
            continue;
        }
        line.text.push("'", span.start);
        quote(word, &mut line);
        let last = span.end.saturating_sub(1).max(span.start);
        if word.text.text.chars().next_back().is_some_and(|character| word.hole(character).is_some()) {
            // A hole ends where the next character stands, and the word ends behind its last: these are two.
            line.text.push("'", span.end);
            line.text.push("'", last);
        }
        line.text.push("'", last);
        line.text.seek(span.end);
    }
    line
}

/// Whether a shell reads a word as it stands.
fn is_plain(word: &str) -> bool {
    let option = word.starts_with('-');
    !word.is_empty()
        && word.chars().all(|c| c.is_ascii_alphanumeric() || "_./:@%+,-".contains(c) || (option && c == '='))
}

/// Appends a word as it stands between single quotes.
fn quote(word: &Template, line: &mut Template) {
    for (index, character) in word.text.text.char_indices() {
        let at = word.text.host(index);
        match word.hole(character) {
            Some(name) => line.push_hole(name.clone(), at),
            None if character == '\'' => ["'", "\\", "'", "'"].iter().for_each(|piece| line.text.push(piece, at)),
            None if line.text.host(line.text.text.len()) == at => line.text.text.push(character),
            None => line.text.push(character.encode_utf8(&mut [0; 4]), at),
        }
    }
}
