//! A name, parted into its words.

/// Two words that together are one, and mean something else: `logOn` writes no log.
const ONE_WORD: [&str; 5] = ["logon", "login", "logoff", "logout", "blueprint"];

/// More words in a row are no word of any list.
const MOST_TOGETHER: usize = 4;

/// What is longer is a text, and no name: it has no words, in bytes.
const LONGEST: usize = 200;

/// The words of a name in small letters: `print_line`, `printLine`, `print-line` and `PrintLine` are the same. Digits are a
/// word of their own.
#[derive(Debug)]
pub(super) struct Name {
    /// All words, one behind the other.
    letters: String,
    /// Where the words end.
    ends: Vec<usize>,
}

impl Name {
    pub(super) fn new(written: &str) -> Self {
        let written = if written.len() > LONGEST { "" } else { written };
        let mut name = Self { letters: String::with_capacity(written.len()), ends: Vec::new() };
        let mut chars = written.chars().peekable();
        let mut before = ' ';
        while let Some(c) = chars.next() {
            if parts(before, c, chars.peek().copied()) {
                name.end();
            }
            if c.is_alphanumeric() {
                name.letters.extend(c.to_lowercase());
            }
            before = c;
        }
        name.end();
        name
    }

    /// Ends the word that was begun, if there is one.
    fn end(&mut self) {
        let end = self.letters.len();
        let start = self.ends.last().copied().unwrap_or_default();
        if start == end {
            return;
        }
        let first = self.ends.len().checked_sub(2).map_or(0, |at| self.ends[at]);
        if ONE_WORD.contains(&&self.letters[first..end]) {
            self.ends.pop();
        }
        self.ends.push(end);
    }

    /// The whole name without what parts its words.
    pub(super) fn whole(&self) -> &str {
        &self.letters
    }

    /// Its words.
    pub(super) fn words(&self) -> impl Iterator<Item = &str> {
        (0..self.ends.len()).map(|word| &self.letters[self.start(word)..self.ends[word]])
    }

    /// Its words, and all that are more of them in a row.
    pub(super) fn runs(&self) -> impl Iterator<Item = &str> {
        let count = self.ends.len();
        (0..count).flat_map(move |first| {
            let last = count.min(first + MOST_TOGETHER);
            (first..last).map(move |last| &self.letters[self.start(first)..self.ends[last]])
        })
    }

    /// The words and runs of words with which it ends, the longest first.
    pub(super) fn tails(&self) -> impl Iterator<Item = &str> {
        (0..self.ends.len()).map(|first| &self.letters[self.start(first)..])
    }

    fn start(&self, word: usize) -> usize {
        word.checked_sub(1).map_or(0, |before| self.ends[before])
    }
}

/// Whether a word ends before `c`.
fn parts(before: char, c: char, behind: Option<char>) -> bool {
    if !c.is_alphanumeric() || c.is_numeric() != before.is_numeric() {
        return true;
    }
    // `printLine`, `HTTPError`
    c.is_uppercase() && (before.is_lowercase() || behind.is_some_and(char::is_lowercase))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn words(written: &str) -> Vec<String> {
        Name::new(written).words().map(str::to_owned).collect()
    }

    #[test]
    fn a_name_is_parted_at_case_marks_and_digits() {
        for (written, expected) in [
            ("print_line", &["print", "line"][..]),
            ("printLine", &["print", "line"]),
            ("Print-Line", &["print", "line"]),
            ("print.line", &["print", "line"]),
            ("PRINT_LINE", &["print", "line"]),
            ("HTTPErrorLog", &["http", "error", "log"]),
            ("log4j", &["log", "4", "j"]),
            ("sha256Sum", &["sha", "256", "sum"]),
            ("__x__", &["x"]),
            ("Écho", &["écho"]),
            ("$", &[]),
            ("", &[]),
            (&"log_".repeat(100), &[]),
        ] {
            assert_eq!(words(written), expected, "{written}");
        }
    }

    #[test]
    fn two_words_that_mean_something_else_together_are_one() {
        for (written, expected) in [
            ("LogOn", &["logon"][..]),
            ("log_in", &["login"]),
            ("userLogOut", &["user", "logout"]),
            ("log_off_all", &["logoff", "all"]),
            ("bluePrint", &["blueprint"]),
            ("log_online", &["log", "online"]),
        ] {
            assert_eq!(words(written), expected, "{written}");
        }
    }

    #[test]
    fn runs_and_tails_are_words_in_a_row() {
        let name = Name::new("a_b_c");
        assert_eq!(name.runs().collect::<Vec<_>>(), ["a", "ab", "abc", "b", "bc", "c"]);
        assert_eq!(name.tails().collect::<Vec<_>>(), ["abc", "bc", "c"]);
        assert_eq!((name.whole(), Name::new("").whole()), ("abc", ""));
    }
}
