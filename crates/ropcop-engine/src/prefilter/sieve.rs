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

    /// Its length in bytes.
    pub(super) fn len(&self) -> usize {
        self.text.len()
    }
}

/// Looks for sets of marks: what needs them needs one of each.
#[derive(Clone, Debug)]
pub(super) struct Sieve {
    automaton: Option<AhoCorasick>,
    marks: Vec<FoundMark>,
    /// The sets of each need, as numbers of marks.
    needs: Vec<Vec<Vec<usize>>>,
}

/// A mark, and who needs it.
#[derive(Clone, Debug)]
struct FoundMark {
    text: String,
    word: bool,
    longer: Option<Longer>,
    needed_by: Vec<usize>,
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
    pub(super) fn new<'s>(needs: impl IntoIterator<Item = &'s [Vec<Mark>]>, large: bool) -> Self {
        let mut numbers: BTreeMap<Mark, usize> = BTreeMap::new();
        let mut marks: Vec<FoundMark> = Vec::new();
        let mut number = |mark: &Mark, need: usize| {
            let own = *numbers.entry(mark.clone()).or_insert_with(|| {
                marks.push(FoundMark::new(mark));
                marks.len() - 1
            });
            if marks[own].needed_by.last() != Some(&need) {
                marks[own].needed_by.push(need);
            }
            own
        };
        let mut found = Vec::new();
        for (need, sets) in needs.into_iter().enumerate() {
            let known = sets.iter().filter(|set| !set.iter().any(|mark| mark.text.is_empty()));
            found.push(known.map(|set| set.iter().map(|mark| number(mark, need)).collect()).collect());
        }
        let kind = large.then_some(AhoCorasickKind::DFA);
        let heads = marks.iter().map(|mark| &mark.text.as_bytes()[..mark.text.len().min(HEAD)]);
        let automaton = AhoCorasick::builder().ascii_case_insensitive(true).kind(kind).build(heads).ok();
        Self { automaton, marks, needs: found }
    }

    /// Whether a text holds all that one of the needs asks for, and that one is accepted. Each is asked for once at most.
    pub(super) fn finds(&self, bytes: &[u8], accept: impl Fn(usize) -> bool) -> bool {
        // Without an automaton (too many texts for it) everything may matter: slow, but nothing is lost.
        let Some(automaton) = &self.automaton else { return true };
        // Most texts hold no mark and need no lists.
        let (mut seen, mut refused) = (Vec::new(), Vec::new());
        // Overlapping, because a mark may be a part of another.
        automaton.find_overlapping_iter(bytes).any(|found| {
            let number = found.pattern().as_usize();
            let mark = &self.marks[number];
            seen.resize(self.marks.len(), false);
            if seen[number] || !mark.stands_at(bytes, found.start()) {
                return false;
            }
            seen[number] = true;
            refused.resize(self.needs.len(), false);
            mark.needed_by.iter().any(|need| {
                let is_whole = self.needs[*need].iter().all(|set| set.iter().any(|mark| seen[*mark]));
                if !is_whole || refused[*need] {
                    return false;
                }
                refused[*need] = !accept(*need);
                !refused[*need]
            })
        })
    }
}

impl FoundMark {
    fn new(mark: &Mark) -> Self {
        let longer = mark.longer.as_ref().map(|pattern| format!("^(?i-u:{pattern})(?:[^A-Za-z0-9]|$)"));
        let longer = longer.map(|pattern| Longer { pattern, compiled: OnceLock::new() });
        Self { text: mark.text.clone(), word: mark.word, longer, needed_by: Vec::new() }
    }

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
