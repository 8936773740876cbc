//! A list of words, and where in a name one of them stands.

use std::collections::HashSet;
use std::sync::OnceLock;

use super::Name;

/// Endings that leave a verb what it is (`logs`, `printed`), or say how it writes (`printf`, `println`).
const ENDINGS: [&str; 7] = ["s", "es", "d", "ed", "ing", "f", "ln"];

/// Shorter words have no endings, and are not looked for in names that run two words together.
const SHORTEST: usize = 3;

/// Words in small letters. What is written as several words (`starts with`) stands here as one.
pub(super) struct List {
    text: &'static str,
    words: OnceLock<HashSet<&'static str>>,
}

impl List {
    /// The words of a text, which blanks part.
    pub(super) const fn new(text: &'static str) -> Self {
        Self { text, words: OnceLock::new() }
    }

    /// Whether this is one of the words.
    pub(super) fn has(&self, word: &str) -> bool {
        self.words.get_or_init(|| self.text.split_ascii_whitespace().collect()).contains(word)
    }

    /// Whether this is one of the words, in any of its forms.
    fn has_form(&self, word: &str) -> bool {
        self.has(word) || ENDINGS.iter().any(|ending| self.has_stem(word, ending))
    }

    fn has_stem(&self, word: &str, ending: &str) -> bool {
        word.strip_suffix(ending).is_some_and(|stem| stem.len() >= SHORTEST && self.has(stem))
    }

    /// Whether two of the words run together are this: `logerror`.
    fn has_both(&self, word: &str) -> bool {
        let last = word.len().saturating_sub(SHORTEST);
        (SHORTEST..=last).any(|at| {
            let parts = word.split_at_checked(at);
            parts.is_some_and(|(first, second)| self.has(first) && self.has_form(second))
        })
    }

    /// Whether a name as a whole is one of the words.
    pub(super) fn is(&self, name: &str) -> bool {
        self.has(Name::new(name).whole())
    }

    /// Whether one of the words stands anywhere in a name, in any form.
    pub(super) fn is_in(&self, name: &Name) -> bool {
        name.runs().any(|word| self.has_form(word)) || name.words().any(|word| self.has_both(word))
    }

    /// Whether a name ends with one of the words.
    pub(super) fn ends(&self, name: &Name) -> bool {
        name.tails().any(|word| self.has(word))
    }

    /// Whether one of the words of a name is one of these.
    pub(super) fn is_word_of(&self, name: &Name) -> bool {
        name.words().any(|word| self.has(word))
    }

    /// Whether a name begins with one of the words, in any form.
    pub(super) fn begins(&self, name: &Name) -> bool {
        name.words().next().is_some_and(|word| self.has_form(word))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    static LIST: List = List::new("log error print startswith");

    #[test]
    fn a_word_is_found_in_its_forms_and_run_together_with_another() {
        for name in ["log", "auditLog", "logs", "printf", "println", "startsWith", "log_error", "logerror", "logerrors"]
        {
            assert!(LIST.is_in(&Name::new(name)), "{name}");
        }
        for name in ["catalog", "blog", "blueprint", "printer", "terror", "logon", "starts", "logging"] {
            assert!(!LIST.is_in(&Name::new(name)), "{name}");
        }
    }

    #[test]
    fn a_place_in_the_name_can_be_asked_for() {
        let (first, last) = (Name::new("log_x"), Name::new("x_log"));
        assert!(LIST.begins(&first) && !LIST.begins(&last) && LIST.ends(&last) && !LIST.ends(&first));
        assert!(LIST.is("Starts_With") && !LIST.is("x_log") && !LIST.is(""));
    }
}
