//! Secrets that occur again in another text.

use std::ops::Range;

/// The texts of all secrets of a page: hidden wherever they occur again.
#[derive(Clone, Debug, Default)]
pub(super) struct SecretTexts(Vec<String>);

impl SecretTexts {
    /// Remembers a text. One of three letters or less is only hidden where it stands: anywhere else it is mostly not it.
    pub(super) fn add(&mut self, text: &str) {
        if text.chars().count() > 3 && text.chars().any(char::is_alphanumeric) && !self.0.iter().any(|s| s == text) {
            self.0.push(text.to_owned());
        }
    }

    /// Where they occur in `text`: the longer ones anywhere, short ones as whole words.
    pub(super) fn ranges(&self, text: &str) -> Vec<Range<usize>> {
        let mut found = Vec::new();
        for secret in &self.0 {
            let anywhere = secret.chars().count() >= 8;
            for (start, _) in text.match_indices(secret.as_str()) {
                let range = start..start + secret.len();
                if anywhere || is_word(text, &range) {
                    found.push(range);
                }
            }
        }
        found
    }
}

fn is_word(text: &str, range: &Range<usize>) -> bool {
    let part = |c: char| c.is_alphanumeric() || c == '_';
    !text[..range.start].chars().next_back().is_some_and(part) && !text[range.end..].chars().next().is_some_and(part)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn long_secrets_are_found_anywhere_and_short_ones_as_words() {
        let mut secrets = SecretTexts::default();
        for text in ["hunter2hunter2", "abcd", "x"] {
            secrets.add(text);
        }
        let text = "a hunter2hunter2s abcd abcde x";
        let found: Vec<&str> = secrets.ranges(text).into_iter().map(|range| &text[range]).collect();
        assert_eq!(found, ["hunter2hunter2", "abcd"]);
    }
}
