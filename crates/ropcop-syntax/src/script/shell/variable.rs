//! What a variable becomes where it stands.
//!
//! In the value of an option it stays a variable, even if its value is known: rules look at its name. Only what may
//! hide options is replaced: a value with blanks or a leading hyphen, a list, the program itself.

use crate::{Part, Span};

use super::change::changed;
use super::expand::{Expansion, Lead, Position, requoted};
use super::interpret::{Context, Interpreter};
use super::script::{Modifier, Piece, RawWord, Variable, Which};
use super::split::{separate, split};
use super::value::{Atom, Choices, ExpandedWord, ShellValue, Variant, combine, known};

impl Interpreter<'_> {
    /// All ways in which a variable expands.
    pub(super) fn variable(
        &mut self,
        variable: &Variable,
        lead: Lead,
        position: Position,
        context: Context,
    ) -> Vec<Expansion> {
        let values = self.values(variable);
        let unset = [Variant { choices: Choices::new(), value: ShellValue::Unknown }];
        let separators = self.state.separators();
        let mut found: Vec<Expansion> = Vec::new();
        for Variant { choices, value } in if values.is_empty() { &unset[..] } else { &values[..] } {
            let ways = match (&variable.how, value) {
                (Modifier::Default { word, colon, sets }, value)
                    if *value == ShellValue::Unknown || (*colon && value.is_empty()) =>
                {
                    let seen = if values.is_empty() { None } else { Some(value) };
                    let ways = self.default(variable, word, (seen, lead, position), context);
                    if *sets && values.is_empty() {
                        self.set_default(variable, word, context);
                    }
                    ways
                }
                (Modifier::Instead(word), value) if matches!(variable.which, Which::Plain | Which::Element(_)) => {
                    self.instead(variable, word, value, context)
                }
                (_, ShellValue::Unknown) | (Modifier::Modified, _) => vec![one(vec![kept(variable, false)])],
                (Modifier::Changed(change), ShellValue::Text(atoms)) => match changed(atoms, change) {
                    Some(atoms) => vec![plain(variable, &atoms, lead, position, &separators)],
                    None => vec![one(vec![kept(variable, false)])],
                },
                (Modifier::Changed(_), _) => vec![one(vec![kept(variable, false)])],
                (_, ShellValue::Text(atoms)) => vec![plain(variable, atoms, lead, position, &separators)],
                (_, ShellValue::List(list)) => vec![all(variable, list, &separators)],
                (_, ShellValue::Map(pairs)) => {
                    let list: Vec<ExpandedWord> = pairs.iter().map(|(_, field)| field.clone()).collect();
                    vec![all(variable, &list, &separators)]
                }
            };
            for way in ways {
                match found.iter_mut().find(|known| known.fields == way.fields) {
                    Some(known) => known.choices.clear(),
                    None => {
                        let Some(choices) = combine(choices, &way.choices) else { continue };
                        found.push(Expansion { choices, ..way });
                    }
                }
            }
        }
        found
    }

    /// `${x:-word}` of a variable that is empty, not known (`seen`) or never assigned. The word counts where it names the
    /// program or hides options; elsewhere the name says more.
    fn default(
        &mut self,
        variable: &Variable,
        pieces: &[Piece],
        (seen, lead, position): (Option<&ShellValue>, Lead, Position),
        context: Context,
    ) -> Vec<Expansion> {
        let atoms = self.whole(&word_of(variable, pieces), context);
        let separators = self.state.separators();
        let hides = hides(&atoms) && (!variable.quoted || starts_with_hyphen(&atoms) || position == Position::Program);
        let instead = |choices| {
            let fields = if variable.quoted { vec![requoted(&atoms, true)] } else { split(&atoms, &separators) };
            Expansion { choices, fields, elsewhere: false, spans: Vec::new() }
        };
        let is_empty = seen.is_some_and(ShellValue::is_empty);
        if known(&atoms).is_some_and(|text| !text.is_empty()) {
            let place = atoms.iter().map(|atom| atom.span).reduce(Span::to);
            self.defaults.extend(place.map(|place| (variable.span, place)));
        }
        match position {
            Position::Program if !atoms.is_empty() => vec![one(requoted(&atoms, true))],
            // Whoever sets it from outside may say anything; the script itself says this.
            _ if hides && seen.is_none() => vec![instead(Choices::new())],
            _ if is_empty && (hides || position != Position::Value) => vec![instead(Choices::new())],
            _ if hides || (position == Position::Command && lead.whole && is_word(&atoms)) => {
                let way = |number| Choices::from([(branch(variable), number)]);
                vec![Expansion { choices: way(0), ..one(vec![kept(variable, false)]) }, instead(way(1))]
            }
            _ => vec![one(vec![kept(variable, false)])],
        }
    }

    /// `${x:+word}`: the word, or nothing. All such words of one variable go together.
    fn instead(
        &mut self,
        variable: &Variable,
        pieces: &[Piece],
        value: &ShellValue,
        context: Context,
    ) -> Vec<Expansion> {
        let word = word_of(variable, pieces);
        let fields: Vec<Vec<Atom>> = if variable.quoted {
            vec![self.whole(&word, context)]
        } else {
            let words = separate(&word);
            let mut fields = Vec::new();
            for word in &words {
                // `${1+"$@"}`: a list that stands there is a list still.
                match &word.pieces[..] {
                    [Piece::Variable(inner)] if matches!(inner.which, Which::All) => {
                        let lead = Lead { whole: true, first: true, option: false };
                        let ways = self.variable(inner, lead, Position::Other, context);
                        fields.extend(ways.into_iter().next().map(|way| way.fields).unwrap_or_default());
                    }
                    _ => fields.push(self.whole(word, context)),
                }
            }
            fields
        };
        let way = |number, fields| Expansion {
            choices: vec![(branch(variable), number)],
            fields,
            elsewhere: false,
            spans: Vec::new(),
        };
        match value {
            ShellValue::Unknown => vec![way(1, fields), way(0, Vec::new())],
            value if value.is_empty() => vec![Expansion { choices: Choices::new(), ..way(0, Vec::new()) }],
            ShellValue::Text(atoms) if atoms.iter().all(|atom| atom.part.text().is_none()) => {
                vec![way(1, fields), way(0, Vec::new())]
            }
            _ => vec![Expansion { choices: Choices::new(), ..way(1, fields) }],
        }
    }
}

/// What a variable with a text becomes: the words, and whether they were written elsewhere.
fn plain(variable: &Variable, atoms: &[Atom], lead: Lead, position: Position, separators: &str) -> Expansion {
    let keep = |known| one(vec![kept(variable, known)]);
    let starts_known = atoms.first().is_some_and(|atom| atom.part.text().is_some());
    let fields = if variable.quoted { vec![requoted(atoms, true)] } else { split(atoms, separators) };
    let with = |fields, elsewhere| Expansion { choices: Choices::new(), fields, elsewhere, spans: Vec::new() };
    let empty = known(atoms).is_some_and(|text| text.trim().is_empty());
    if empty {
        // An empty start value that something else fills later is more likely than an option without a value.
        return if position == Position::Value || !lead.whole { keep(true) } else { with(fields, false) };
    }
    if fields.len() > 1 || (lead.first && starts_with_hyphen(atoms)) {
        return with(fields, true);
    }
    let word = is_word(atoms);
    // `--$X` is the name of an option, not the value of one.
    let names = lead.option && word;
    if names || (lead.whole && (position == Position::Program || (position != Position::Value && word))) {
        let here = |atom: &Atom| Atom { span: variable.span, place: variable.place, quoted: true, ..atom.clone() };
        return with(vec![atoms.iter().map(here).collect()], false);
    }
    keep(starts_known)
}

/// What a list becomes: all of its members, or the first.
fn all(variable: &Variable, list: &[ExpandedWord], separators: &str) -> Expansion {
    let is_separator = |atom: &Atom| atom.part.text().is_some_and(|text| text.contains(|c| separators.contains(c)));
    let joined = variable.quoted && matches!(variable.which, Which::Joined);
    let fields: Vec<Vec<Atom>> = match (&variable.which, variable.quoted) {
        (Which::Joined, true) => {
            let between = separators.chars().next().map(String::from).unwrap_or_default();
            vec![super::wrapper::join_with(list, &between)]
        }
        (Which::All, true) => list.iter().map(|field| field.atoms.clone()).collect(),
        (Which::All | Which::Joined, false) => {
            let words = |field: &ExpandedWord| match field.atoms.iter().any(is_separator) {
                true => split(&field.atoms, separators),
                false => vec![field.atoms.clone()],
            };
            list.iter().flat_map(words).collect()
        }
        (_, true) => list.first().map(|field| requoted(&field.atoms, true)).into_iter().collect(),
        (_, false) => list.first().map(|field| split(&field.atoms, separators)).unwrap_or_default(),
    };
    let spans: Vec<_> = match variable.which {
        Which::All | Which::Joined => list.iter().map(|field| field.span).collect(),
        _ => list.iter().take(1).map(|field| field.span).collect(),
    };
    let spans = if joined || spans.len() != fields.len() { Vec::new() } else { spans };
    Expansion { choices: Choices::new(), fields, elsewhere: true, spans }
}

pub(super) fn one(atoms: Vec<Atom>) -> Expansion {
    Expansion { choices: Choices::new(), fields: vec![atoms], elsewhere: false, spans: Vec::new() }
}

/// A variable whose value is not put in. One that is known to be a single word counts as quoted; all members of a list
/// are never known to be one.
pub(super) fn kept(variable: &Variable, is_word: bool) -> Atom {
    let part = Part::Variable(variable.name.clone());
    let is_list = matches!(variable.which, Which::All | Which::Joined);
    Atom { part, span: variable.span, place: variable.place, quoted: !is_list && (variable.quoted || is_word) }
}

/// The word in `${x:-word}`.
pub(super) fn word_of(variable: &Variable, pieces: &[Piece]) -> RawWord {
    RawWord { pieces: pieces.to_vec(), span: variable.span, place: variable.place, quoted: false }
}

/// The decision whether a variable is set. Numbers of branches count up from one; these count down from the other end.
pub(super) fn branch(variable: &Variable) -> usize {
    let hash = |number: usize, byte: u8| number.wrapping_mul(31).wrapping_sub(byte.into());
    variable.name.bytes().fold(usize::MAX, hash) | 1 << 63
}

/// Whether a text may hold options.
pub(super) fn hides(atoms: &[Atom]) -> bool {
    atoms.iter().any(has_blank) || starts_with_hyphen(atoms)
}

/// Whether a text is one word that is known.
pub(super) fn is_word(atoms: &[Atom]) -> bool {
    known(atoms).is_some_and(|text| !text.is_empty()) && !atoms.iter().any(has_blank)
}

pub(super) fn has_blank(atom: &Atom) -> bool {
    atom.part.text().is_some_and(|text| text.contains([' ', '\t', '\n']))
}

pub(super) fn starts_with_hyphen(atoms: &[Atom]) -> bool {
    atoms.first().and_then(|atom| atom.part.text()).is_some_and(|text| text.starts_with('-'))
}
