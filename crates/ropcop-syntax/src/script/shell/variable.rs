//! What a variable becomes where it stands.
//!
//! In the value of an option it stays a variable, even if its value is known: rules look at its name. Only what may
//! hide options is replaced: a value with blanks or a leading hyphen, a list, the program itself.

use std::rc::Rc;

use crate::Part;

use super::expand::{Expansion, Position, requoted};
use super::interpret::{Context, Interpreter};
use super::script::{How, Piece, RawWord, Variable};
use super::split::{separate, split};
use super::value::{Atom, Choices, Field, Value, Variant, known};

impl Interpreter<'_> {
    /// A variable in a text that will be run or stored.
    pub(super) fn as_code(&self, variable: &Variable, at_start: bool) -> Vec<(Choices, Vec<Atom>)> {
        let keep = || (Choices::new(), vec![kept(variable, false)]);
        if let Some(field) = self.positional(&variable.name) {
            return vec![(Choices::new(), field.atoms)];
        }
        if matches!(variable.name.as_str(), "@" | "*")
            && let Some(fields) = self.state.positional.clone()
        {
            return vec![(Choices::new(), super::wrapper::join(&fields))];
        }
        let mut values = Vec::new();
        for Variant { choices, value } in self.state.get(&variable.name).iter() {
            let value = match (value, &variable.how) {
                (Value::Text(atoms), How::Plain | How::Default(_) | How::All | How::Joined) => {
                    let hides = atoms.iter().any(has_blank) || starts_with_hyphen(atoms);
                    (hides || (at_start && known(atoms).is_some())).then(|| (choices.clone(), atoms.to_vec()))
                }
                (Value::List(fields), How::All | How::Joined) => Some((choices.clone(), super::wrapper::join(fields))),
                (Value::List(fields), _) => fields.first().map(|field| (choices.clone(), field.atoms.clone())),
                _ => None,
            };
            let value = value.unwrap_or_else(|| (choices.clone(), vec![kept(variable, false)]));
            if !values.contains(&value) {
                values.push(value);
            }
        }
        if values.is_empty() { vec![keep()] } else { values }
    }

    /// The known value of `$1` and so on.
    fn positional(&self, name: &str) -> Option<Field> {
        let number: usize = name.parse().ok()?;
        let fields = self.state.positional.as_ref()?;
        // Behind a word that may be several, nobody can count.
        let sure = number > 0 && fields.iter().take(number).all(|field| !field.splits);
        sure.then(|| fields.get(number - 1).cloned()).flatten()
    }

    pub(super) fn variable(
        &mut self,
        variable: &Variable,
        whole: bool,
        first: bool,
        position: Position,
        context: Context,
    ) -> Vec<Expansion> {
        if matches!(variable.name.as_str(), "@" | "*") {
            return vec![match &self.state.positional {
                Some(fields) => all(variable, fields),
                None => one(vec![Atom { quoted: false, ..kept(variable, false) }]),
            }];
        }
        if let Some(field) = self.positional(&variable.name) {
            let fields = if variable.quoted { vec![requoted(&field.atoms, true)] } else { split(&field.atoms) };
            let spans = if fields.len() == 1 { vec![field.span] } else { Vec::new() };
            return vec![Expansion { choices: Choices::new(), fields, elsewhere: true, spans }];
        }
        let variants = self.state.get(&variable.name);
        let unset = variants.iter().all(|variant| variant.value == Value::Unknown);
        match &variable.how {
            How::Default(pieces) if unset => self.default(variable, pieces, position, context),
            How::Instead(pieces) => self.instead(variable, pieces, &variants, context),
            How::All | How::Joined if unset => vec![one(vec![Atom { quoted: false, ..kept(variable, false) }])],
            How::Modified => vec![one(vec![kept(variable, false)])],
            _ if unset => vec![one(vec![kept(variable, false)])],
            _ => {
                let mut found: Vec<Expansion> = Vec::new();
                for Variant { choices, value } in variants.iter() {
                    let expansion = match value {
                        Value::Unknown => one(vec![kept(variable, false)]),
                        Value::Text(atoms) => {
                            let (fields, elsewhere) = plain(variable, atoms, whole, first, position);
                            Expansion { choices: Choices::new(), fields, elsewhere, spans: Vec::new() }
                        }
                        Value::List(list) => all(variable, list),
                    };
                    match found.iter_mut().find(|known| known.fields == expansion.fields) {
                        Some(known) => known.choices.clear(),
                        None => found.push(Expansion { choices: choices.clone(), ..expansion }),
                    }
                }
                found
            }
        }
    }

    /// `${x:-word}` of a variable of which nothing is known. The word counts where it names the program or hides options.
    fn default(
        &mut self,
        variable: &Variable,
        pieces: &[Piece],
        position: Position,
        context: Context,
    ) -> Vec<Expansion> {
        let word = RawWord { pieces: pieces.to_vec(), span: variable.span, place: variable.place, quoted: false };
        let atoms = self.whole(&word, context);
        let hides = starts_with_hyphen(&atoms) || (!variable.quoted && atoms.iter().any(has_blank));
        if position == Position::Program && !atoms.is_empty() {
            return vec![one(requoted(&atoms, true))];
        }
        let mut found = vec![one(vec![kept(variable, false)])];
        if hides {
            let fields = if variable.quoted { vec![atoms] } else { split(&atoms) };
            found.push(Expansion { choices: Choices::new(), fields, elsewhere: false, spans: Vec::new() });
        }
        found
    }

    /// `${x:+word}`: the word, or nothing. All such words of one variable go together.
    fn instead(
        &mut self,
        variable: &Variable,
        pieces: &[Piece],
        variants: &Rc<Vec<Variant>>,
        context: Context,
    ) -> Vec<Expansion> {
        let word = RawWord { pieces: pieces.to_vec(), span: variable.span, place: variable.place, quoted: false };
        let fields: Vec<Vec<Atom>> = if variable.quoted {
            vec![self.whole(&word, context)]
        } else {
            separate(&word).iter().map(|part| self.whole(part, context)).collect()
        };
        let is_empty =
            |variant: &Variant| matches!(&variant.value, Value::Text(atoms) if known(atoms).as_deref() == Some(""));
        let is_known = |variant: &Variant| matches!(&variant.value, Value::Text(atoms) if !atoms.is_empty());
        // Numbers of branches count up from one; these count down from the other end.
        let branch =
            variable.name.bytes().fold(usize::MAX, |number, byte| number.wrapping_mul(31).wrapping_sub(byte.into()));
        let nothing =
            Expansion { choices: vec![(branch | 1 << 63, 0)], fields: Vec::new(), elsewhere: false, spans: Vec::new() };
        let word = Expansion { choices: vec![(branch | 1 << 63, 1)], fields, elsewhere: false, spans: Vec::new() };
        match &variants[..] {
            [only] if is_empty(only) => vec![nothing],
            [only] if is_known(only) => vec![word],
            _ => vec![word, nothing],
        }
    }
}

/// What a variable with a text becomes: the words, and whether they were written elsewhere.
fn plain(variable: &Variable, atoms: &[Atom], whole: bool, first: bool, position: Position) -> (Vec<Vec<Atom>>, bool) {
    let keep = |known| (vec![vec![kept(variable, known)]], false);
    let starts_known = atoms.first().is_some_and(|atom| atom.part.text().is_some());
    let fields = if variable.quoted { vec![requoted(atoms, true)] } else { split(atoms) };
    let empty = known(atoms).is_some_and(|text| text.trim().is_empty());
    if empty {
        // An empty start value that something else fills later is more likely than an option without a value.
        return if position == Position::Value {
            keep(true)
        } else if whole {
            (fields, false)
        } else {
            keep(true)
        };
    }
    let hides = fields.len() > 1 || (first && starts_with_hyphen(atoms));
    if hides && (whole || fields.len() > 1 || starts_with_hyphen(atoms)) {
        return (fields, true);
    }
    let word = known(atoms).is_some() && !atoms.iter().any(has_blank);
    let replace = whole && (position == Position::Program || (position == Position::Other && word));
    if replace {
        let here = |atom: &Atom| Atom { span: variable.span, place: variable.place, quoted: true, ..atom.clone() };
        return (vec![atoms.iter().map(here).collect()], false);
    }
    keep(starts_known)
}

/// All members of a list.
fn all(variable: &Variable, list: &[Field]) -> Expansion {
    let joined = variable.quoted && matches!(variable.how, How::Joined);
    let fields = match variable.how {
        How::All | How::Joined if !joined => list.iter().map(|field| field.atoms.clone()).collect(),
        How::Joined => vec![super::wrapper::join(list)],
        _ => list.first().map(|field| field.atoms.clone()).into_iter().collect(),
    };
    let spans = if joined { Vec::new() } else { list.iter().map(|field| field.span).collect() };
    Expansion { choices: Choices::new(), fields, elsewhere: true, spans }
}

pub(super) fn one(atoms: Vec<Atom>) -> Expansion {
    Expansion { choices: Choices::new(), fields: vec![atoms], elsewhere: false, spans: Vec::new() }
}

/// A variable whose value is not put in. One that is known to be a single word counts as quoted.
pub(super) fn kept(variable: &Variable, is_word: bool) -> Atom {
    let part = Part::Variable(variable.name.clone());
    Atom { part, span: variable.span, place: variable.place, quoted: variable.quoted || is_word }
}

pub(super) fn has_blank(atom: &Atom) -> bool {
    atom.part.text().is_some_and(|text| text.contains([' ', '\t', '\n']))
}

pub(super) fn starts_with_hyphen(atoms: &[Atom]) -> bool {
    atoms.first().and_then(|atom| atom.part.text()).is_some_and(|text| text.starts_with('-'))
}
