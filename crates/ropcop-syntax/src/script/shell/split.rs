//! From a value to words.

use crate::Part;

use super::print::sub_atom;
use super::script::{Piece, RawWord};
use super::value::Atom;

/// Words of a value that is not quoted where it is used.
pub(super) fn split(atoms: &[Atom]) -> Vec<Vec<Atom>> {
    let mut words: Vec<Vec<Atom>> = Vec::new();
    let mut joins = false;
    for atom in atoms {
        let Part::Text(text) = &atom.part else {
            if !joins {
                words.push(Vec::new());
            }
            words.last_mut().into_iter().for_each(|word| word.push(Atom { quoted: false, ..atom.clone() }));
            joins = true;
            continue;
        };
        let verbatim = text.len() == atom.span.end - atom.span.start;
        let mut from = 0;
        for piece in text.split([' ', '\t', '\n']) {
            if from > 0 {
                joins = false;
            }
            if !piece.is_empty() {
                if !joins {
                    words.push(Vec::new());
                }
                let part = Atom { quoted: true, ..sub_atom(atom, from, from + piece.len(), verbatim) };
                words.last_mut().into_iter().for_each(|word| word.push(part.clone()));
                joins = true;
            }
            from += piece.len() + 1;
        }
    }
    words
}

/// The words of the text of `${x:+…}`, where quotes still hold words together.
pub(super) fn separate(word: &RawWord) -> Vec<RawWord> {
    let mut words: Vec<RawWord> = Vec::new();
    let mut joins = false;
    for piece in &word.pieces {
        let parts = match piece {
            Piece::Known(atom) if !atom.quoted => {
                let before = atom.part.text().is_some_and(|text| text.starts_with([' ', '\t', '\n']));
                let after = atom.part.text().is_some_and(|text| text.ends_with([' ', '\t', '\n']));
                let words = split(std::slice::from_ref(atom));
                (words.into_iter().map(|atoms| atoms.into_iter().map(Piece::Known).collect()).collect(), before, after)
            }
            other => (vec![vec![other.clone()]], false, false),
        };
        let (parts, before, after): (Vec<Vec<Piece>>, bool, bool) = parts;
        joins &= !before;
        for (index, pieces) in parts.into_iter().enumerate() {
            match words.last_mut() {
                Some(last) if joins && index == 0 => last.pieces.extend(pieces),
                _ => words.push(RawWord { pieces, ..word.clone() }),
            }
            joins = true;
        }
        joins &= !after;
    }
    words
}
