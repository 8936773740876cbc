//! Texts of which the way back to the file is known, and of which parts may be missing.

use std::ops::Range;

use crate::{Part, Span};

/// First of the characters that stand for holes in a [`Template`]: the n-th hole is `HOLE + n`, from Unicode's private
/// use area, which no language treats as special.
pub(crate) const HOLE: char = '\u{E000}';

/// Texts with more holes than this are not put together: the private use area that stands for them ends.
const MOST_HOLES: usize = 4_096;

/// What follows this many bytes of a text that is put together is left out.
const LONGEST: usize = 1_000_000;

/// Text with escapes undone, and the way back to the file.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct MappedText {
    /// The decoded text.
    pub(crate) text: String,
    /// `(offset in text, offset in file)`, ascending: from each on, the two run in step up to the next.
    pub(crate) map: Vec<(usize, usize)>,
}

impl MappedText {
    /// A text that was written at `at`.
    pub(crate) fn verbatim(text: &str, at: usize) -> Self {
        let mut mapped = Self::default();
        mapped.push(text, at);
        mapped
    }

    /// Appends a piece of decoded text that was written at `at`.
    pub(crate) fn push(&mut self, decoded: &str, at: usize) {
        self.seek(at);
        self.text.push_str(decoded);
    }

    /// Appends a stretch of the file as it stands there, without a mark where it runs in step with what is before it.
    pub(crate) fn extend(&mut self, piece: &str, at: usize) {
        if self.map.is_empty() || self.host(self.text.len()) != at {
            self.seek(at);
        }
        self.text.push_str(piece);
    }

    /// Says that what comes next, or the end, stands at `at`.
    pub(crate) fn seek(&mut self, at: usize) {
        self.map.push((self.text.len(), at));
    }

    /// Appends another text.
    pub(crate) fn append(&mut self, other: &Self) {
        let before = self.text.len();
        self.text.push_str(&other.text);
        self.map.extend(other.map.iter().map(|(offset, host)| (offset + before, *host)));
    }

    /// A part of the text as a text of its own.
    pub(crate) fn slice(&self, range: Range<usize>) -> Self {
        let behind = |place: usize| self.map.partition_point(|(offset, _)| *offset <= place);
        let inner = self.map.get(behind(range.start)..behind(range.end)).unwrap_or_default();
        let inner = inner.iter().map(|(offset, host)| (offset - range.start, *host));
        let map = std::iter::once((0, self.host(range.start))).chain(inner).collect();
        Self { text: self.text.get(range).unwrap_or_default().to_owned(), map }
    }

    /// The place in the file of an offset into the text.
    pub(crate) fn host(&self, offset: usize) -> usize {
        let index = self.map.partition_point(|(start, _)| *start <= offset);
        match index.checked_sub(1).map(|index| self.map[index]) {
            Some((start, host)) => host + (offset - start),
            None => 0,
        }
    }
}

/// A text with a character of the private use area for each part that is not known.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Template {
    /// Text and places; the n-th hole is the character `HOLE + n`.
    pub(crate) text: MappedText,
    /// What fills the holes, by name.
    pub(crate) holes: Vec<Option<String>>,
}

impl Template {
    /// A stretch of the file as it stands there.
    pub(crate) fn verbatim(text: &str, at: usize) -> Self {
        let mut template = Self::default();
        template.text.push(text, at);
        template
    }

    /// Appends a hole that stands at `at` and is filled by what has this name. The end of the hole is to be told by
    /// [`MappedText::seek`], if anything follows.
    pub(crate) fn push_hole(&mut self, name: Option<String>, at: usize) {
        if self.holes.len() >= MOST_HOLES {
            return;
        }
        if let Some(character) = char::from_u32(HOLE as u32 + self.holes.len() as u32) {
            self.text.push(character.encode_utf8(&mut [0; 4]), at);
            self.holes.push(name);
        }
    }

    /// Appends another template.
    pub(crate) fn append(&mut self, other: &Self) {
        for (index, character) in other.text.text.char_indices() {
            let host = other.text.host(index);
            match other.hole(character) {
                Some(name) => self.push_hole(name.clone(), host),
                // Step by step only where the two texts do not run in step anyway.
                None if self.text.map.is_empty() || self.text.host(self.text.text.len()) != host => {
                    self.text.push(character.encode_utf8(&mut [0; 4]), host);
                }
                None => self.text.text.push(character),
            }
        }
        self.text.seek(other.text.host(other.text.text.len()));
    }

    /// A part of the text, with those of the holes that stand in it.
    pub(crate) fn part(&self, range: Range<usize>) -> Self {
        let mut part = Self { text: self.text.slice(range), holes: Vec::new() };
        if self.holes.is_empty() || !part.text.text.contains(|c| self.hole(c).is_some()) {
            return part;
        }
        let mut own = |c: char| {
            let Some(name) = self.hole(c) else { return c };
            part.holes.push(name.clone());
            // All of these characters have the same length.
            char::from_u32(HOLE as u32 + part.holes.len() as u32 - 1).unwrap_or(c)
        };
        part.text.text = part.text.text.chars().map(&mut own).collect();
        part
    }

    /// The same text with more holes: `ranges` of the text, ascending, each with the name of what fills it.
    pub(crate) fn punched(&self, ranges: &[(Range<usize>, Option<String>)]) -> Self {
        let mut punched = Self::default();
        let mut from = 0;
        for (range, name) in ranges.iter().filter(|(range, _)| !range.is_empty()) {
            if range.start < from {
                continue;
            }
            punched.append(&self.part(from..range.start));
            punched.push_hole(name.clone(), self.text.host(range.start));
            punched.text.seek(self.text.host(range.end));
            from = range.end;
        }
        punched.append(&self.part(from..self.text.text.len()));
        punched
    }

    /// The name of the hole that `character` stands for.
    pub(crate) fn hole(&self, character: char) -> Option<&Option<String>> {
        self.holes.get((character as usize).checked_sub(HOLE as usize)?)
    }

    /// The bytes of the file for a range of the text.
    pub(crate) fn span(&self, range: Range<usize>) -> Span {
        let Some(last) = self.text.text.get(range.clone()).and_then(|text| text.chars().next_back()) else {
            let at = self.text.host(range.start);
            return Span::new(at, at);
        };
        let end = match self.hole(last) {
            Some(_) => self.text.host(range.end),
            None => self.text.host(range.end - last.len_utf8()) + last.len_utf8(),
        };
        Span::new(self.text.host(range.start), end)
    }

    /// The text in parts.
    pub(crate) fn parts(&self) -> Vec<Part> {
        split_holes(&self.text.text, &self.holes)
    }

    /// The text, if all of it is known.
    pub(crate) fn known(&self) -> Option<&str> {
        self.holes.is_empty().then_some(&self.text.text)
    }
}

/// Splits a text at the characters that stand for holes.
pub(crate) fn split_holes(text: &str, holes: &[Option<String>]) -> Vec<Part> {
    let mut parts = Vec::new();
    let mut known = String::new();
    for character in text.chars() {
        let index = (character as usize).checked_sub(HOLE as usize).filter(|index| *index < holes.len());
        match index {
            Some(index) => {
                if !known.is_empty() {
                    parts.push(Part::Text(std::mem::take(&mut known)));
                }
                parts.push(hole(holes[index].clone()));
            }
            None => known.push(character),
        }
    }
    if !known.is_empty() {
        parts.push(Part::Text(known));
    }
    parts
}

/// A part of a text for which nothing but a name is known, in the terms of the facts.
pub(crate) fn hole(name: Option<String>) -> Part {
    name.map_or(Part::Unknown, Part::Variable)
}

/// Texts with something between them.
pub(crate) fn joined(texts: &[&Template], between: &str) -> Template {
    let mut whole = Template::default();
    for (index, text) in texts.iter().enumerate() {
        if whole.text.text.len() > LONGEST {
            break;
        }
        if index > 0 {
            whole.text.push(between, whole.text.host(whole.text.text.len()));
        }
        whole.append(text);
    }
    whole
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn holes_keep_the_way_back_to_the_file() {
        // In the file, `ab` stands at 10 and `cd<hole>ef` at 20.
        let mut template = Template::default();
        template.text.push("ab", 10);
        template.text.push("cdXXXef", 20);
        let punched = template.punched(&[(4..7, Some("x".into()))]);
        assert_eq!(punched.parts(), [Part::Text("abcd".into()), Part::Variable("x".into()), Part::Text("ef".into())]);
        let text = &punched.text.text;
        let at = |piece: &str| text.find(piece).map(|start| punched.span(start..start + piece.len()));
        assert_eq!(at("ab"), Some(Span::new(10, 12)));
        assert_eq!(at("cd"), Some(Span::new(20, 22)));
        assert_eq!(at("\u{E000}"), Some(Span::new(22, 25)));
        assert_eq!(at("ef"), Some(Span::new(25, 27)));
        assert_eq!(at("\u{E000}ef"), Some(Span::new(22, 27)));
    }

    #[test]
    fn a_stretch_in_step_with_the_one_before_needs_no_mark() {
        let mut text = MappedText::default();
        for (piece, at) in [("ab", 10), ("cd", 12), ("ef", 20)] {
            text.extend(piece, at);
        }
        assert_eq!(text.map, [(0, 10), (4, 20)]);
        assert_eq!(text.slice(1..5), MappedText { text: "bcde".into(), map: vec![(0, 11), (3, 20)] });
    }

    #[test]
    fn holes_of_two_texts_stay_apart() {
        let mut first = Template::verbatim("a ", 0);
        first.push_hole(Some("x".into()), 2);
        first.text.seek(5);
        let mut second = Template::verbatim("b ", 5);
        second.push_hole(Some("y".into()), 7);
        second.text.seek(9);
        first.append(&second);
        assert_eq!(
            first.parts(),
            [Part::Text("a ".into()), Part::Variable("x".into()), Part::Text("b ".into()), Part::Variable("y".into())]
        );
        assert_eq!(first.text.host(first.text.text.len()), 9);
    }
}
