//! Which of many texts stand in a larger one, in one pass.

use std::cell::OnceCell;
use std::collections::{BTreeMap, HashMap};
use std::ops::Range;
use std::sync::OnceLock;

use aho_corasick::{AhoCorasick, AhoCorasickKind};
use regex::bytes::Regex;

use super::pieces::Joints;

/// Of each text only so many bytes are looked for; the rest is compared where they are found. It keeps the automaton
/// small, which makes it fast.
const HEAD: usize = 9;

/// So many sets of a need, the rarest, must stand in a text as they are. Others may be put together there.
const WHOLE: usize = 2;

/// Longer names of variables are not looked at, in bytes.
const LONGEST_NAME: usize = 64;

/// A text to look for. Case does not matter.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Mark {
    text: String,
    ends: Ends,
    /// Regular expression for a longer name that does as well, if the word is the start of one.
    longer: Option<String>,
}

/// What may stand before and behind a mark.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Ends {
    /// Anything.
    Open,
    /// No letter and no digit.
    Word,
    /// Nothing that makes it a part of a longer word of a command, or of a name.
    CommandWord,
    /// The same, for the last part of a path.
    Program,
}

impl Mark {
    /// A text, wherever it stands.
    pub(super) fn text(text: &str) -> Self {
        Self { text: text.to_ascii_lowercase(), ends: Ends::Open, longer: None }
    }

    /// A word.
    pub(super) fn word(text: &str) -> Self {
        Self { text: text.to_ascii_lowercase(), ends: Ends::Word, longer: None }
    }

    /// A program, or the start of a variable whose name looks like `longer`.
    pub(super) fn program(text: &str, longer: Option<&str>) -> Self {
        Self { text: text.to_ascii_lowercase(), ends: Ends::Program, longer: longer.map(str::to_owned) }
    }

    /// A word of a command.
    pub(super) fn command_word(text: &str) -> Self {
        Self { text: text.to_ascii_lowercase(), ends: Ends::CommandWord, longer: None }
    }

    /// The same with dots for `_`, if it has some.
    pub(super) fn dotted(&self) -> Option<Self> {
        self.text.contains('_').then(|| Self { text: self.text.replace('_', "."), ..self.clone() })
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
    ends: Ends,
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
    pub(super) fn finds(&self, bytes: &[u8], mut accept: impl FnMut(usize) -> bool) -> bool {
        // Without an automaton (too many texts for it) everything may matter: slow, but nothing is lost.
        let Some(automaton) = &self.automaton else { return true };
        // Most texts hold no mark and need no lists.
        let (mut seen, mut refused) = (Vec::new(), Vec::new());
        // Overlapping, because a mark may be a part of another.
        for found in automaton.find_overlapping_iter(bytes) {
            let number = found.pattern().as_usize();
            let mark = &self.marks[number];
            seen.resize(self.marks.len(), false);
            if seen[number] || !mark.stands_at(bytes, found.start()) {
                continue;
            }
            seen[number] = true;
            refused.resize(self.needs.len(), false);
            for need in &mark.needed_by {
                let is_whole = self.needs[*need].iter().all(|set| set.iter().any(|mark| seen[*mark]));
                if is_whole && !refused[*need] {
                    if accept(*need) {
                        return true;
                    }
                    refused[*need] = true;
                }
            }
        }
        !seen.is_empty() && self.finds_in_pieces(bytes, &seen, |need| !refused[need] && accept(need))
    }

    /// Where the first text of each set of a need stands, if it stands there as it is.
    pub(super) fn places(&self, need: usize, bytes: &[u8]) -> Vec<Range<usize>> {
        let first = |set: &Vec<usize>| {
            set.iter().filter_map(|mark| self.marks[*mark].first(bytes)).min_by_key(|place| place.start)
        };
        self.needs[need].iter().filter_map(first).collect()
    }

    /// What [`Sieve::finds`] says of what is put together: the first two sets stand in the text as they are, the others may be in pieces.
    fn finds_in_pieces(&self, bytes: &[u8], seen: &[bool], mut accept: impl FnMut(usize) -> bool) -> bool {
        let is_seen = |set: &Vec<usize>| set.iter().any(|mark| seen[*mark]);
        let joints = OnceCell::new();
        let mut known: HashMap<usize, bool> = HashMap::new();
        let mut may_be = |mark: &usize| {
            let joints = joints.get_or_init(|| Joints::of(bytes));
            *known.entry(*mark).or_insert_with(|| self.marks[*mark].may_be_in_pieces(joints))
        };
        self.needs.iter().enumerate().any(|(number, sets)| {
            let Some((whole, others)) = sets.split_at_checked(WHOLE) else { return false };
            let mut missing = others.iter().filter(|set| !is_seen(set)).peekable();
            missing.peek().is_some()
                && whole.iter().all(is_seen)
                && missing.all(|set| set.iter().any(&mut may_be))
                && accept(number)
        })
    }
}

impl FoundMark {
    fn new(mark: &Mark) -> Self {
        let longer = mark.longer.as_ref().map(|pattern| format!("^(?i-u:{pattern})(?:[^A-Za-z0-9]|$)"));
        let longer = longer.map(|pattern| Longer { pattern, compiled: OnceLock::new() });
        Self { text: mark.text.clone(), ends: mark.ends, longer, needed_by: Vec::new() }
    }

    fn may_be_in_pieces(&self, joints: &Joints<'_>) -> bool {
        self.ends == Ends::Open && joints.may_join(&self.text)
    }

    fn first(&self, bytes: &[u8]) -> Option<Range<usize>> {
        let start = (0..bytes.len()).find(|start| self.stands_at(bytes, *start))?;
        Some(start..start + self.text.len())
    }

    fn stands_at(&self, bytes: &[u8], start: usize) -> bool {
        let end = start + self.text.len();
        let is_here = bytes.get(start..end).is_some_and(|here| here.eq_ignore_ascii_case(self.text.as_bytes()));
        is_here
            && match self.ends {
                Ends::Open => true,
                Ends::Word => is_word(bytes, start, end),
                Ends::CommandWord => is_word(bytes, start, end) && !is_joined(bytes, start, end, b"./\\", b"./(:="),
                Ends::Program => self.is_program(bytes, start, end),
            }
    }

    fn is_program(&self, bytes: &[u8], start: usize, end: usize) -> bool {
        if !begins_word(bytes, start) {
            return false;
        }
        if is_word(bytes, start, end) && !is_joined(bytes, start, end, b"", b"/") {
            return true;
        }
        let name = |from: usize| &bytes[from..bytes.len().min(from + LONGEST_NAME)];
        let underscore = start.checked_sub(1).filter(|before| bytes[*before] == b'_');
        self.longer.as_ref().is_some_and(|longer| {
            longer.is_match(name(start)) || underscore.is_some_and(|before| longer.is_match(name(before)))
        })
    }
}

/// Whether no letter and no digit stands before and behind a text.
fn is_word(bytes: &[u8], start: usize, end: usize) -> bool {
    begins_word(bytes, start) && bytes.get(end).is_none_or(|next| !next.is_ascii_alphanumeric())
}

/// Whether a word of a command is a part of a longer one, such as `a-word` and `a.word=`, or has one of these before it or
/// behind it.
fn is_joined(bytes: &[u8], start: usize, end: usize, before: &[u8], behind: &[u8]) -> bool {
    let is = |byte: &u8, others: &[u8]| b"_-@".contains(byte) || others.contains(byte);
    start.checked_sub(1).is_some_and(|at| is(&bytes[at], before)) || bytes.get(end).is_some_and(|byte| is(byte, behind))
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
