//! The text of a script, with the way back to the file it stands in.

use std::rc::Rc;

use crate::text::template::{HOLE, MappedText, Template, hole};
use crate::{Part, Span};

use super::value::{Atom, ExpandedWord};

/// No text has more holes than fit into the private use area, which ends at U+F8FF.
const HOLES: usize = 0xF8FF - 0xE000;

/// A script or command line, however it came about: a file, a quoted string, the value of a variable.
#[derive(Clone, Debug, Default)]
pub(super) struct Text {
    /// The text as a shell sees it; a character from the private use area stands for each hole.
    pub(super) text: String,
    stretches: Vec<InStep>,
    holes: Rc<Vec<Part>>,
}

/// From `at` on, up to the next stretch, text and file run in step.
#[derive(Clone, Copy, Debug)]
struct InStep {
    at: usize,
    host: usize,
    place: Option<Span>,
}

impl Text {
    /// A whole file, or text that stands in one letter by letter.
    pub(super) fn file(text: &str) -> Self {
        let stretches = vec![InStep { at: 0, host: 0, place: None }];
        Self { text: text.to_owned(), stretches, holes: Rc::default() }
    }

    /// A text of a program, see [`super::commands`].
    pub(super) fn mapped(text: &MappedText, holes: &[Option<String>]) -> Self {
        let stretches = text.map.iter().map(|(at, host)| InStep { at: *at, host: *host, place: None }).collect();
        let holes = Rc::new(holes.iter().map(|name| hole(name.clone())).collect());
        Self { text: text.text.clone(), stretches, holes }
    }

    /// A line of which the first word is known: its letters mean nothing to the shell that reads the line.
    pub(super) fn behind(first: &ExpandedWord, line: &Template) -> Self {
        let mut whole = Self::default();
        let mut holes: Vec<Part> = line.holes.iter().map(|name| hole(name.clone())).collect();
        for (index, atom) in first.atoms.iter().enumerate() {
            // The word stands where its quotes begin.
            let host = if index == 0 { first.span.start } else { atom.span.start };
            whole.stretches.push(InStep { at: whole.text.len(), host, place: None });
            whole.text.extend(char::from_u32(HOLE as u32 + holes.len() as u32));
            holes.push(atom.part.clone());
        }
        whole.stretches.push(InStep { at: whole.text.len(), host: first.span.end, place: None });
        whole.text.push(' ');
        let before = whole.text.len();
        whole.text.push_str(&line.text.text);
        let stretch = |(at, host): &(usize, usize)| InStep { at: before + at, host: *host, place: None };
        whole.stretches.extend(line.text.map.iter().map(stretch));
        whole.holes = Rc::new(holes);
        whole
    }

    /// A text that a script puts together.
    pub(super) fn assemble(atoms: &[Atom]) -> Self {
        let mut whole = Self::default();
        let mut holes = Vec::new();
        for atom in atoms {
            whole.stretches.push(InStep { at: whole.text.len(), host: atom.span.start, place: atom.place });
            match &atom.part {
                Part::Text(text) => whole.text.push_str(text),
                unknown => {
                    let number = holes.len().min(HOLES);
                    if number == holes.len() {
                        holes.push(unknown.clone());
                    }
                    whole.text.extend(char::from_u32(HOLE as u32 + number as u32));
                }
            }
            // What follows the last atom begins where that ends.
            whole.stretches.push(InStep { at: whole.text.len(), host: atom.span.end, place: atom.place });
        }
        whole.holes = Rc::new(holes);
        whole
    }

    /// A part of the text as a text of its own.
    pub(super) fn slice(&self, start: usize, end: usize) -> Self {
        let first = self.stretch(start);
        // Looked for by halves: a text of many stretches is cut into many pieces.
        let behind = |offset: usize| self.stretches.partition_point(|stretch| stretch.at <= offset);
        let inner = self.stretches.get(behind(start)..behind(end)).unwrap_or_default().iter();
        let stretches = std::iter::once(InStep { at: 0, host: self.host(start), place: first.place })
            .chain(inner.map(|stretch| InStep { at: stretch.at - start, ..*stretch }))
            .collect();
        Self {
            text: self.text.get(start..end).unwrap_or_default().to_owned(),
            stretches,
            holes: Rc::clone(&self.holes),
        }
    }

    /// The text with some of its bytes left out: escapes of backquotes, tabs before the lines of a here-document.
    pub(super) fn without(&self, skipped: &[usize]) -> Self {
        let mut shorter = Self { holes: Rc::clone(&self.holes), ..Self::default() };
        let mut from = 0;
        for skip in skipped.iter().copied().chain([self.text.len()]) {
            let piece = self.slice(from, skip);
            let base = shorter.text.len();
            shorter.text.push_str(&piece.text);
            shorter.stretches.extend(piece.stretches.iter().map(|s| InStep { at: s.at + base, ..*s }));
            from = skip + 1;
        }
        shorter
    }

    /// The bytes of the file for a range of the text.
    pub(super) fn span(&self, start: usize, end: usize) -> Span {
        if end <= start {
            let at = self.host(start);
            return Span::new(at, at);
        }
        let last = self.text[..end].chars().next_back().map_or(1, char::len_utf8);
        let is_hole = self.text[..end].chars().next_back().is_some_and(|c| self.hole(c).is_some());
        let behind = if is_hole { self.host(end) } else { self.host(end - last) + last };
        Span::new(self.host(start), behind)
    }

    /// The assignment or call that the text at `offset` was written in, if it was not written where it is run.
    pub(super) fn place(&self, offset: usize) -> Option<Span> {
        self.stretch(offset).place
    }

    /// What fills the hole that `c` stands for.
    pub(super) fn hole(&self, c: char) -> Option<&Part> {
        let number = (c as usize).checked_sub(HOLE as usize)?;
        self.holes.get(number)
    }

    /// Where the next stretch begins behind `offset`: an atom must not reach over that.
    pub(super) fn step_end(&self, offset: usize) -> usize {
        let next = self.stretches.partition_point(|stretch| stretch.at <= offset);
        self.stretches.get(next).map_or(self.text.len(), |stretch| stretch.at)
    }

    fn stretch(&self, offset: usize) -> InStep {
        let next = self.stretches.partition_point(|stretch| stretch.at <= offset);
        let found = next.checked_sub(1).and_then(|index| self.stretches.get(index));
        found.copied().unwrap_or(InStep { at: 0, host: 0, place: None })
    }

    fn host(&self, offset: usize) -> usize {
        let stretch = self.stretch(offset);
        stretch.host + (offset - stretch.at)
    }
}
