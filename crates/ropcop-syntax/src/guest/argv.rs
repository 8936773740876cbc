//! A program and its words as a list in a file: `["bash", "-c", "…"]`.

use crate::guest::{Guest, Reading, at_most};
use crate::text::template::{self, Template};
use crate::{Certainty, Facts, Language};

/// A list with more items is data, not a command.
const MOST_WORDS: usize = 200;

impl Reading<'_> {
    /// Facts of a list of words: those of the code among them if the program is no shell and takes code, else those of the
    /// command. A list that nobody wants is not read.
    pub(crate) fn argv(&self, words: &[Template], certainty: Certainty) -> Facts {
        let Some(first) = words.first().filter(|_| words.len() <= MOST_WORDS) else { return Facts::default() };
        // `env` runs the program behind it.
        let is_env = first.known().is_some_and(|first| first == "env" || first.ends_with("/env"));
        let program = words.get(1).filter(|_| is_env).unwrap_or(first);
        if let Some((language, from)) = code_for(program, words) {
            let code = joined(&words[from..]);
            return self.guest(&Guest { language, code, certainty });
        }
        if !self.wants(&joined(words).text.text) {
            return Facts::default();
        }
        let facts = (self.read_words)(words, self);
        at_most(facts, certainty)
    }
}

/// The language of the code among the words, and the word it begins with, if a program other than a shell runs it.
fn code_for(program: &Template, words: &[Template]) -> Option<(Language, usize)> {
    let language = Language::of_program(program.known()?).filter(|language| *language != Language::Shell)?;
    let is_code = |word: &Template| word.known().is_some_and(|word| language.takes_code(word));
    let from = words.iter().skip(1).position(is_code)? + 2;
    (from < words.len()).then_some((language, from))
}

fn joined(words: &[Template]) -> Template {
    template::joined(&words.iter().collect::<Vec<_>>(), " ")
}
