//! From a value to words.

use crate::Part;

use super::print::sub_atom;
use super::script::{Piece, RawWord};
use super::value::Atom;

/// The characters at which a value falls into words, unless the script says otherwise.
pub(super) const BLANKS: &str = " \t\n";

/// Words of a value that is not quoted where it is used. Of the separators blanks count together, every other one for
/// itself: `a::b` is three words at colons.
pub(super) fn split(atoms: &[Atom], separators: &str) -> Vec<Vec<Atom>> {
    let mut words: Vec<Vec<Atom>> = Vec::new();
    // Whether the last word goes on, and whether a separator that is no blank could still follow it.
    let (mut joins, mut ended) = (false, false);
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
        let ends = text.char_indices().filter(|(_, c)| separators.contains(*c));
        for (end, separator) in ends.map(|(at, c)| (at, Some(c))).chain([(text.len(), None)]) {
            if end > from {
                if !joins {
                    words.push(Vec::new());
                }
                let part = Atom { quoted: true, ..sub_atom(atom, from, end, verbatim) };
                words.last_mut().into_iter().for_each(|word| word.push(part.clone()));
                joins = true;
            }
            let Some(separator) = separator else { continue };
            from = end + separator.len_utf8();
            if BLANKS.contains(separator) {
                ended = joins || ended;
            } else if !joins && !ended {
                words.push(Vec::new());
            } else {
                ended = false;
            }
            joins = false;
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
                let words = split(std::slice::from_ref(atom), BLANKS);
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
