//! From words as written to the words that a program receives.

use crate::{Part, Span};

use super::interpret::{Context, Interpreter};
use super::script::{Argument, How, Piece, RawWord, Variable};
use super::split::split;
use super::value::{Atom, Choices, Field, VARIANTS, combine};
use super::variable::{kept, one, starts_with_hyphen};

/// A text of more pieces than this is not made longer still.
const ATOMS: usize = 1 << 12;

/// Where in a command a word stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Position {
    Program,
    /// Behind an option, so that it is probably the value of that.
    Value,
    Other,
}

/// One way in which something expands.
pub(super) struct Expansion {
    pub(super) choices: Choices,
    pub(super) fields: Vec<Vec<Atom>>,
    /// The words were written elsewhere.
    pub(super) elsewhere: bool,
    /// Where each of the words was written, as far as that is known of words as a whole.
    pub(super) spans: Vec<Span>,
}

/// One variant of some words.
type Words = (Choices, Vec<Field>);

/// A word that is being put together.
#[derive(Clone, Default)]
struct Partial {
    choices: Choices,
    done: Vec<(Vec<Atom>, Option<Span>)>,
    current: Option<(Vec<Atom>, Option<Span>)>,
    elsewhere: bool,
}

impl Interpreter<'_> {
    /// All variants of the words of a command.
    pub(super) fn arguments(&mut self, words: &[Argument], context: Context) -> Vec<Vec<Field>> {
        let mut lists: Vec<Words> = vec![(Choices::new(), Vec::new())];
        for word in words {
            let word = match word {
                Argument::Word(word) => word,
                Argument::Assign(assign) => {
                    self.assign(assign, context);
                    continue;
                }
            };
            if let [(choices, fields)] = &mut lists[..] {
                // By far the most frequent case: nothing is copied.
                let mut expansions = self.expand(word, position(fields), context);
                if expansions.len() == 1
                    && let Some(both) = combine(choices, &expansions[0].0)
                {
                    *choices = both;
                    fields.extend(expansions.swap_remove(0).1);
                    continue;
                }
            }
            let mut longer = Vec::new();
            let mut seen: Vec<(Position, Vec<Words>)> = Vec::new();
            for (choices, fields) in &lists {
                let position = position(fields);
                if !seen.iter().any(|(known, _)| *known == position) {
                    seen.push((position, self.expand(word, position, context)));
                }
                let expansions = seen.iter().find(|(known, _)| *known == position).map(|(_, list)| list.as_slice());
                for (more, new) in expansions.unwrap_or_default() {
                    if let (Some(both), true) = (combine(choices, more), longer.len() < VARIANTS) {
                        longer.push((both, fields.iter().chain(new).cloned().collect()));
                    }
                }
            }
            lists = longer;
        }
        let mut result: Vec<Vec<Field>> = lists.into_iter().map(|(_, fields)| fields).collect();
        result.dedup();
        result
    }

    /// A word that is not split: the target of a redirection, the text of a here-document.
    pub(super) fn whole(&mut self, word: &RawWord, context: Context) -> Vec<Atom> {
        let mut atoms = Vec::new();
        for piece in &word.pieces {
            match piece {
                Piece::Known(atom) => atoms.push(atom.clone()),
                Piece::Variable(variable) => atoms.push(kept(variable, true)),
                Piece::Output { body, span, place, .. } => {
                    atoms.extend(self.output(body, context).unwrap_or_else(|| vec![unknown(*span, *place, true)]));
                }
            }
        }
        atoms
    }

    /// The values of an assignment.
    pub(super) fn assigned(&mut self, word: &RawWord, context: Context) -> Vec<(Choices, Vec<Atom>)> {
        let mut values: Vec<(Choices, Vec<Atom>)> = vec![(Choices::new(), Vec::new())];
        for piece in &word.pieces {
            let at_start = values.iter().all(|(_, atoms)| atoms.is_empty());
            let more: Vec<(Choices, Vec<Atom>)> = match piece {
                Piece::Known(atom) => vec![(Choices::new(), vec![atom.clone()])],
                Piece::Variable(variable) => self.as_code(variable, at_start),
                Piece::Output { body, span, place, quoted } => {
                    let output = self.output(body, context).unwrap_or_else(|| vec![unknown(*span, *place, *quoted)]);
                    self.code(&output).into_iter().map(|atoms| (Choices::new(), atoms)).collect()
                }
            };
            append(&mut values, more);
        }
        values
    }

    /// All variants of a text that a shell reads, with variables that hold code put in.
    pub(super) fn code(&self, atoms: &[Atom]) -> Vec<Vec<Atom>> {
        let mut values: Vec<(Choices, Vec<Atom>)> = vec![(Choices::new(), Vec::new())];
        for atom in atoms {
            let more = match &atom.part {
                // Variables that hold each other many times over would make a text of any length.
                Part::Variable(_) if values.iter().any(|(_, text)| text.len() > ATOMS) => {
                    vec![(Choices::new(), vec![atom.clone()])]
                }
                Part::Variable(name) => {
                    let at_start = values.iter().all(|(_, before)| ends_command(before));
                    let (span, place) = (atom.span, atom.place);
                    let variable = Variable { name: name.clone(), how: How::Plain, span, place, quoted: atom.quoted };
                    self.as_code(&variable, at_start)
                }
                _ => vec![(Choices::new(), vec![atom.clone()])],
            };
            append(&mut values, more);
        }
        values.into_iter().map(|(_, atoms)| atoms).collect()
    }

    fn output(&mut self, body: &[super::script::Item], context: Context) -> Option<Vec<Atom>> {
        let mut atoms = self.run(body, Context { capture: true, ..context }, None)?;
        // A substitution drops the line breaks at its end.
        while let Some(Atom { part: Part::Text(text), .. }) = atoms.last_mut() {
            text.truncate(text.trim_end_matches('\n').len());
            if !text.is_empty() {
                break;
            }
            atoms.pop();
        }
        (!atoms.is_empty()).then_some(atoms)
    }

    fn expand(&mut self, word: &RawWord, position: Position, context: Context) -> Vec<(Choices, Vec<Field>)> {
        let whole = word.pieces.len() == 1;
        let mut partials = vec![Partial { current: word.quoted.then(Default::default), ..Partial::default() }];
        // `""` beside a list does not make an empty word of it, but alone it does.
        if word.pieces.iter().any(|piece| matches!(piece, Piece::Variable(_))) && whole {
            partials[0].current = None;
        }
        for (index, piece) in word.pieces.iter().enumerate() {
            let expansions = match piece {
                Piece::Known(atom) => vec![one(vec![atom.clone()])],
                Piece::Variable(variable) => {
                    let position = if whole { position } else { Position::Value };
                    self.variable(variable, whole, index == 0, position, context)
                }
                Piece::Output { body, span, place, quoted } => match self.output(body, context) {
                    None => vec![one(vec![unknown(*span, *place, *quoted)])],
                    Some(atoms) if *quoted => vec![one(requoted(&atoms, true))],
                    Some(atoms) => vec![Expansion {
                        choices: Choices::new(),
                        fields: split(&atoms),
                        elsewhere: false,
                        spans: Vec::new(),
                    }],
                },
            };
            partials = longer(partials, &expansions);
        }
        partials.into_iter().map(|partial| partial.finish(word)).collect()
    }
}

impl Partial {
    fn extend(&mut self, choices: Choices, expansion: &Expansion) {
        self.choices = choices;
        self.elsewhere |= expansion.elsewhere;
        for (index, field) in expansion.fields.iter().enumerate() {
            if index > 0 {
                self.done.extend(self.current.take());
            }
            let span = expansion.spans.get(index).copied().filter(|_| self.current.is_none());
            let (atoms, whole) = self.current.get_or_insert_default();
            atoms.extend(field.iter().cloned());
            *whole = span;
        }
    }

    fn finish(mut self, word: &RawWord) -> (Choices, Vec<Field>) {
        self.done.extend(self.current);
        let single = self.done.len() == 1;
        let elsewhere = self.elsewhere;
        let bare = !word.quoted && matches!(word.pieces.as_slice(), [Piece::Known(_)]);
        let fields = self.done.into_iter().map(|(atoms, whole)| {
            let place = atoms.first().map_or(word.place, |atom| atom.place);
            let spans = atoms.iter().filter(|atom| atom.place == place).map(|atom| atom.span);
            let own = whole.or(spans.reduce(Span::to)).filter(|_| elsewhere || !single);
            let splits = !atoms.is_empty() && atoms.iter().all(|atom| !atom.quoted && atom.part.text().is_none());
            Field {
                span: own.unwrap_or(word.span),
                place: if own.is_some() { place } else { word.place },
                splits,
                bare,
                atoms,
            }
        });
        (self.choices, fields.collect())
    }
}

/// Goes on with each of the words in each of the ways that do not exclude each other.
fn longer<'e>(partials: Vec<Partial>, expansions: &'e [Expansion]) -> Vec<Partial> {
    let mut found = Vec::new();
    for partial in partials {
        let fits = |expansion: &'e Expansion| Some((combine(&partial.choices, &expansion.choices)?, expansion));
        let mut ways: Vec<(Choices, &Expansion)> = expansions.iter().filter_map(fits).collect();
        ways.truncate(VARIANTS.saturating_sub(found.len()));
        let Some((choices, last)) = ways.pop() else { continue };
        // Words can be of thousands of pieces, and most have one way only: nothing is copied for the last.
        for (choices, expansion) in ways {
            let mut copy = partial.clone();
            copy.extend(choices, expansion);
            found.push(copy);
        }
        let mut partial = partial;
        partial.extend(choices, last);
        found.push(partial);
    }
    found
}

fn position(fields: &[Field]) -> Position {
    match fields.last() {
        None => Position::Program,
        Some(last) if starts_with_hyphen(&last.atoms) => Position::Value,
        Some(_) => Position::Other,
    }
}

fn unknown(span: Span, place: Option<Span>, quoted: bool) -> Atom {
    Atom { part: Part::Unknown, span, place, quoted }
}

pub(super) fn requoted(atoms: &[Atom], quoted: bool) -> Vec<Atom> {
    atoms.iter().map(|atom| Atom { quoted, ..atom.clone() }).collect()
}

/// Whether a command begins behind the text.
fn ends_command(atoms: &[Atom]) -> bool {
    atoms.last().is_none_or(|atom| {
        atom.part.text().is_some_and(|text| {
            let text = text.trim_end_matches([' ', '\t']);
            text.is_empty() && atoms.len() == 1 || text.ends_with([';', '|', '&', '(', '\n'])
        })
    })
}

/// Goes on with each of `values` in each of the ways of `more`.
fn append(values: &mut Vec<(Choices, Vec<Atom>)>, more: Vec<(Choices, Vec<Atom>)>) {
    if let ([(choices, atoms)], [(more_choices, _)]) = (&mut values[..], &more[..]) {
        // By far the most frequent case, and texts can be long: nothing is copied.
        if let Some(both) = combine(choices, more_choices) {
            *choices = both;
            atoms.extend(more.into_iter().flat_map(|(_, new)| new));
        }
        return;
    }
    let mut joined = Vec::new();
    for (choices, atoms) in values.iter() {
        for (more_choices, new) in &more {
            let Some(both) = combine(choices, more_choices) else { continue };
            if joined.len() < VARIANTS {
                joined.push((both, atoms.iter().chain(new).cloned().collect()));
            }
        }
    }
    *values = joined;
}
