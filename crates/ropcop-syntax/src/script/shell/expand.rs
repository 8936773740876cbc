//! From words as written to the words that a program receives.

use std::rc::Rc;

use crate::{Part, Span};

use super::interpret::{Context, Interpreter};
use super::script::{Piece, RawWord, WordOrAssign};
use super::split::split;
use super::value::{Atom, Choices, ExpandedWord, VARIANTS, combine, followed, known};
use super::variable::{kept, one, starts_with_hyphen};

/// Commands whose variants have more words together are not followed in more variants still.
const WORDS: usize = 1 << 12;

/// Where in a command a word stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Position {
    Program,
    /// Right behind the program, where many have a command of their own.
    Command,
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

/// What stands before a variable in its word.
#[derive(Clone, Copy, Debug)]
pub(super) struct Lead {
    /// Neither before nor behind it stands anything.
    pub(super) whole: bool,
    /// Nothing stands before it.
    pub(super) first: bool,
    /// The start of an option's name.
    pub(super) option: bool,
}

/// One variant of some words.
pub(super) type Words = (Choices, Vec<ExpandedWord>);

/// A word that is being put together.
#[derive(Clone, Default)]
struct Partial {
    choices: Choices,
    done: Vec<(Vec<Atom>, Option<Span>)>,
    current: Option<(Vec<Atom>, Option<Span>)>,
    elsewhere: bool,
}

impl Interpreter<'_> {
    /// All variants of the words of a command, each with what it depends on.
    pub(super) fn arguments(&mut self, words: &[WordOrAssign], context: Context) -> Vec<Words> {
        let mut lists: Vec<Words> = vec![(Choices::new(), Vec::new())];
        let mut turn = 0;
        for word in words {
            let word = match word {
                WordOrAssign::Word(word) => word,
                WordOrAssign::Assign(assign) => {
                    self.assign(assign, context);
                    continue;
                }
            };
            // By position, and where most words stand there is one position and one way.
            let mut seen: Vec<(Position, Vec<Words>)> = Vec::new();
            for position in lists.iter().map(|(_, fields)| position(fields)) {
                if !seen.iter().any(|(known, _)| *known == position) {
                    seen.push((position, self.expand(word, position, context)));
                }
            }
            let ways = |fields: &[ExpandedWord]| {
                let position = position(fields);
                seen.iter().find(|(known, _)| *known == position).map(|(_, ways)| &ways[..]).unwrap_or_default()
            };
            // A command of thousands of words is not copied: it goes on in the first way.
            let long = lists.iter().map(|(_, fields)| fields.len()).sum::<usize>() > WORDS;
            let is_only = |ways: &[Words]| matches!(ways, [(choices, _)] if choices.is_empty());
            if long || seen.iter().all(|(_, ways)| is_only(ways)) {
                for (_, fields) in &mut lists {
                    let more = ways(fields).first().map(|(_, more)| more.clone());
                    fields.extend(more.unwrap_or_default());
                }
                continue;
            }
            let mut longer: Vec<(usize, Words)> = Vec::new();
            for (choices, fields) in &lists {
                for (way, (more, new)) in ways(fields).iter().enumerate() {
                    if let Some(both) = combine(choices, more) {
                        longer.push((way, (both, fields.iter().chain(new).cloned().collect())));
                    }
                }
            }
            turn = turn.max(lists.len().max(1).ilog2() as usize);
            lists = followed(longer, turn);
            turn += 1;
        }
        lists.dedup_by(|next, list| next.1 == list.1);
        lists
    }

    /// A word that is not split: the target of a redirection, the text of a here-document.
    pub(super) fn whole(&mut self, word: &RawWord, context: Context) -> Vec<Atom> {
        let mut atoms = Vec::new();
        for piece in &word.pieces {
            match piece {
                Piece::Known(atom) => atoms.push(atom.clone()),
                Piece::Variable(variable) => atoms.push(kept(variable, true)),
                Piece::Output { body, span, place, is_file, .. } => {
                    let output = self.output(body, context).filter(|_| !is_file);
                    atoms.extend(output.unwrap_or_else(|| vec![unknown(*span, *place, true)]));
                }
            }
        }
        atoms
    }

    fn expand(&mut self, word: &RawWord, position: Position, context: Context) -> Vec<Words> {
        let whole = word.pieces.len() == 1;
        let mut partials = vec![Partial { current: word.quoted.then(Default::default), ..Partial::default() }];
        // `""` beside a list does not make an empty word of it, but alone it does.
        if word.pieces.iter().any(|piece| matches!(piece, Piece::Variable(_))) && whole {
            partials[0].current = None;
        }
        let mut file = None;
        for (index, piece) in word.pieces.iter().enumerate() {
            let expansions = match piece {
                Piece::Known(atom) => vec![one(vec![atom.clone()])],
                Piece::Variable(variable) => {
                    let position = if whole { position } else { Position::Value };
                    let option = !whole && partials.iter().all(Partial::names_option);
                    self.variable(variable, Lead { whole, first: index == 0, option }, position, context)
                }
                Piece::Output { body, span, place, is_file: true, .. } => {
                    file = self.output(body, context).map(|atoms| Rc::new(requoted(&atoms, true)));
                    vec![one(vec![unknown(*span, *place, true)])]
                }
                Piece::Output { body, span, place, quoted, .. } => match self.output(body, context) {
                    None => vec![one(vec![unknown(*span, *place, *quoted)])],
                    Some(atoms) if *quoted => vec![one(requoted(&atoms, true))],
                    Some(atoms) => vec![Expansion {
                        choices: Choices::new(),
                        fields: split(&atoms, &self.state.separators()),
                        elsewhere: false,
                        spans: Vec::new(),
                    }],
                },
            };
            partials = longer(partials, &expansions);
        }
        let mut ways: Vec<Words> = partials.into_iter().map(|partial| partial.finish(word)).collect();
        if let (Some(file), true) = (file, whole) {
            ways.iter_mut().flat_map(|(_, fields)| fields).for_each(|field| field.file = Some(Rc::clone(&file)));
        }
        ways
    }
}

impl Partial {
    /// Whether what there is of the word is the start of an option's name.
    fn names_option(&self) -> bool {
        // Words can be of thousands of pieces; names of options are not.
        let Some((atoms, _)) = self.current.as_ref().filter(|(atoms, _)| atoms.len() < 8) else { return false };
        let text = known(atoms).unwrap_or_default();
        text == "-" || (text.starts_with("--") && !text.contains('='))
    }

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

    fn finish(mut self, word: &RawWord) -> (Choices, Vec<ExpandedWord>) {
        self.done.extend(self.current);
        let single = self.done.len() == 1;
        let elsewhere = self.elsewhere;
        let bare = !word.quoted && matches!(word.pieces.as_slice(), [Piece::Known(_)]);
        let fields = self.done.into_iter().map(|(atoms, whole)| {
            let place = atoms.first().map_or(word.place, |atom| atom.place);
            let spans = atoms.iter().filter(|atom| atom.place == place).map(|atom| atom.span);
            let own = whole.or(spans.reduce(Span::to)).filter(|_| elsewhere || !single);
            let splits = !atoms.is_empty() && atoms.iter().all(|atom| !atom.quoted && atom.part.text().is_none());
            ExpandedWord {
                span: own.unwrap_or(word.span),
                place: if own.is_some() { place } else { word.place },
                splits,
                bare,
                atoms,
                file: None,
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

fn position(fields: &[ExpandedWord]) -> Position {
    match fields {
        [] => Position::Program,
        [_] => Position::Command,
        [.., last] if starts_with_hyphen(&last.atoms) => Position::Value,
        _ => Position::Other,
    }
}

pub(super) fn unknown(span: Span, place: Option<Span>, quoted: bool) -> Atom {
    Atom { part: Part::Unknown, span, place, quoted }
}

pub(super) fn requoted(atoms: &[Atom], quoted: bool) -> Vec<Atom> {
    atoms.iter().map(|atom| Atom { quoted, ..atom.clone() }).collect()
}
