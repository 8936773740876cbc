//! Which of many texts stand in a larger one, in one pass.

use std::collections::BTreeMap;
use std::sync::OnceLock;

use aho_corasick::{AhoCorasick, AhoCorasickKind};
use regex::bytes::Regex;

/// Of each text only so many bytes are looked for; the rest is compared where they are found. It keeps the automaton
/// small, which makes it fast.
const HEAD: usize = 9;

/// Longer names of variables are not looked at, in bytes.
const LONGEST_NAME: usize = 64;

/// A text to look for. Case does not matter.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Mark {
    text: String,
    /// It must be a word of its own.
    word: bool,
    /// Regular expression for a longer name that does as well, if the word is the start of one.
    longer: Option<String>,
}

impl Mark {
    /// A text, wherever it stands.
    pub(super) fn text(text: &str) -> Self {
        Self { text: text.to_ascii_lowercase(), word: false, longer: None }
    }

    /// A word, or the start of a name that looks like `longer`.
    pub(super) fn word(text: &str, longer: Option<&str>) -> Self {
        Self { text: text.to_ascii_lowercase(), word: true, longer: longer.map(str::to_owned) }
    }
}

/// What decides: a mark, and marks of which one must stand in the same text; none of them if there are none.
pub(super) type Trigger = (Mark, Vec<Mark>);

/// Looks for triggers.
#[derive(Clone, Debug)]
pub(super) struct Sieve {
    automaton: Option<AhoCorasick>,
    marks: Vec<FoundMark>,
    literals: Vec<String>,
}

/// A mark, and what follows once it is found.
#[derive(Clone, Debug)]
struct FoundMark {
    text: String,
    word: bool,
    longer: Option<Longer>,
    /// It decides alone.
    decides: bool,
    /// Marks with which it decides.
    with: Vec<usize>,
}

/// A longer name that does as well as a word; compiled when the first word is found that may begin one.
#[derive(Clone, Debug)]
struct Longer {
    pattern: String,
    compiled: OnceLock<Option<Regex>>,
}

impl Longer {
    fn is_match(&self, name: &[u8]) -> bool {
        let compiled = self.compiled.get_or_init(|| Regex::new(&self.pattern).ok());
        compiled.as_ref().is_some_and(|regex| regex.is_match(name))
    }
}

impl Sieve {
    /// `large` is for texts as long as files: the search is faster, and takes longer to make.
    pub(super) fn new(triggers: impl IntoIterator<Item = Trigger>, large: bool) -> Self {
        let mut numbers: BTreeMap<Mark, usize> = BTreeMap::new();
        let mut marks: Vec<FoundMark> = Vec::new();
        let mut literals: Vec<String> = Vec::new();
        let mut number = |mark: &Mark, marks: &mut Vec<FoundMark>| {
            *numbers.entry(mark.clone()).or_insert_with(|| {
                let longer = mark.longer.as_ref().map(|pattern| format!("^(?i-u:{pattern})(?:[^A-Za-z0-9]|$)"));
                let longer = longer.map(|pattern| Longer { pattern, compiled: OnceLock::new() });
                marks.push(FoundMark {
                    text: mark.text.clone(),
                    word: mark.word,
                    longer,
                    decides: false,
                    with: Vec::new(),
                });
                marks.len() - 1
            })
        };
        for (mark, needs) in triggers.into_iter().filter(|(mark, _)| !mark.text.is_empty()) {
            let own = number(&mark, &mut marks);
            literals.push(mark.text);
            marks[own].decides |= needs.is_empty();
            for need in needs.iter().filter(|need| !need.text.is_empty()) {
                let other = number(need, &mut marks);
                marks[own].with.push(other);
                marks[other].with.push(own);
            }
        }
        literals.sort();
        literals.dedup();
        let kind = large.then_some(AhoCorasickKind::DFA);
        let heads = marks.iter().map(|mark| &mark.text.as_bytes()[..mark.text.len().min(HEAD)]);
        let automaton = AhoCorasick::builder().ascii_case_insensitive(true).kind(kind).build(heads).ok();
        Self { automaton, marks, literals }
    }

    /// The marks of all triggers, sorted.
    pub(super) fn literals(&self) -> &[String] {
        &self.literals
    }

    /// Whether a text holds a trigger.
    pub(super) fn finds(&self, bytes: &[u8]) -> bool {
        // Without an automaton (too many texts for it) everything may matter: slow, but nothing is lost.
        let Some(automaton) = &self.automaton else { return true };
        // Most texts hold no mark and need no list.
        let mut seen = Vec::new();
        // Overlapping, because a mark may be a part of another.
        automaton.find_overlapping_iter(bytes).any(|found| {
            let number = found.pattern().as_usize();
            let mark = &self.marks[number];
            seen.resize(self.marks.len(), false);
            if seen[number] || !mark.stands_at(bytes, found.start()) {
                return false;
            }
            seen[number] = true;
            mark.decides || mark.with.iter().any(|other| seen[*other])
        })
    }
}

impl FoundMark {
    fn stands_at(&self, bytes: &[u8], start: usize) -> bool {
        let end = start + self.text.len();
        let is_here = bytes.get(start..end).is_some_and(|here| here.eq_ignore_ascii_case(self.text.as_bytes()));
        is_here && (!self.word || self.is_word(bytes, start, end))
    }

    fn is_word(&self, bytes: &[u8], start: usize, end: usize) -> bool {
        if !begins_word(bytes, start) {
            return false;
        }
        if bytes.get(end).is_none_or(|next| !next.is_ascii_alphanumeric()) {
            return true;
        }
        let name = |from: usize| &bytes[from..bytes.len().min(from + LONGEST_NAME)];
        let underscore = start.checked_sub(1).filter(|before| bytes[*before] == b'_');
        self.longer.as_ref().is_some_and(|longer| {
            longer.is_match(name(start)) || underscore.is_some_and(|before| longer.is_match(name(before)))
        })
    }
}

/// Whether a word can begin here. Inside a string of JSON, a line begins behind `\n`.
fn begins_word(bytes: &[u8], at: usize) -> bool {
    let before = |count: usize| at.checked_sub(count).map(|start| &bytes[start..at]);
    let is_escape = |escape: &[u8]| escape[0] == b'\\' && matches!(escape[1], b'n' | b'r' | b't');
    let is_code = |code: &[u8]| code.starts_with(b"\\u") && code[2..].iter().all(u8::is_ascii_hexdigit);
    before(1).is_none_or(|last| !last[0].is_ascii_alphanumeric())
        || before(2).is_some_and(is_escape)
        || before(6).is_some_and(is_code)
}
