//! Words as texts with holes: nothing is put in, nothing is run.

use crate::text::template::{MappedText, Template};
use crate::{Field, Part, Span, Value};

use super::script::{Assign, Assigned, Piece, RawWord};
use super::value::Atom;

/// A word that is one known text.
pub(super) fn known(word: &RawWord) -> &str {
    match &word.pieces[..] {
        [Piece::Known(Atom { part: Part::Text(text), .. })] => text,
        _ => "",
    }
}

/// The variable that an assignment sets.
pub(super) fn field(assign: &Assign) -> Option<Field> {
    let (Assigned::Text(word), false, false) = (&assign.value, assign.index.is_some(), assign.append) else {
        return None;
    };
    let value = template(&atoms(word));
    let length = value.text.text.len();
    let name = Span::new(assign.span.start, assign.span.start + assign.name.len());
    Some(Field {
        key: assign.name.clone(),
        value: match length {
            0 => Value::Text(Vec::new()),
            _ => Value::of_parts(value.parts()),
        },
        key_span: name,
        span: match length {
            0 => Span::new(name.end + 1, name.end + 1),
            _ => value.span(0..length),
        },
    })
}

pub(super) fn atoms(word: &RawWord) -> Vec<Atom> {
    word.pieces.iter().map(atom).collect()
}

/// A piece without anything put in and without anything run.
pub(super) fn atom(piece: &Piece) -> Atom {
    match piece {
        Piece::Known(atom) => atom.clone(),
        Piece::Variable(variable) => {
            let part = Part::Variable(variable.name.clone());
            Atom { part, span: variable.span, place: variable.place, quoted: variable.quoted }
        }
        Piece::Output { span, place, quoted, .. } => {
            Atom { part: Part::Unknown, span: *span, place: *place, quoted: *quoted }
        }
    }
}

/// A text of several pieces, with holes for what is not known.
pub(super) fn template(atoms: &[Atom]) -> Template {
    let mut whole = Template::default();
    atoms.iter().for_each(|atom| append(&mut whole, atom));
    whole
}

pub(super) fn append(whole: &mut Template, atom: &Atom) {
    let name = match &atom.part {
        Part::Text(text) => {
            let text = MappedText { text: text.clone(), map: vec![(0, atom.span.start)] };
            whole.text.append(&text);
            whole.text.seek(atom.span.end);
            return;
        }
        Part::Variable(name) => Some(name.clone()),
        Part::Output { variable, command } => variable.clone().or_else(|| Some(command.clone())),
        Part::Unknown => None,
    };
    whole.push_hole(name, atom.span.start);
    whole.text.seek(atom.span.end);
}
