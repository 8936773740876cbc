//! From words as written to the words that a program receives.
//!
//! A variable in the value of an option stays a variable, even if its value is known: rules look at its name. Only what
//! may hide options is replaced: a value with blanks or a leading hyphen, a list, the program itself.

use std::rc::Rc;

use crate::{Part, Span};

use super::interpret::{Context, Interpreter};
use super::print::sub_atom;
use super::script::{Argument, How, Piece, RawWord, Variable};
use super::value::{Atom, Choices, Field, VARIANTS, Value, Variant, combine, known};

/// Where in a command a word stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Position {
    Program,
    /// Behind an option, so that it is probably the value of that.
    Value,
    Other,
}

/// One way in which something expands.
struct Expansion {
    choices: Choices,
    fields: Vec<Vec<Atom>>,
    /// The words were written elsewhere.
    elsewhere: bool,
    /// Where each of the words was written, as far as that is known of words as a whole.
    spans: Vec<Span>,
}

/// A word that is being put together.
#[derive(Clone, Default)]
struct Partial {
    choices: Choices,
    done: Vec<(Vec<Atom>, Option<Span>)>,
    current: Option<(Vec<Atom>, Option<Span>)>,
    elsewhere: bool,
}

impl Interpreter {
    /// All variants of the words of a command.
    pub(super) fn arguments(&mut self, words: &[Argument], context: Context) -> Vec<Vec<Field>> {
        let mut lists: Vec<(Choices, Vec<Field>)> = vec![(Choices::new(), Vec::new())];
        for word in words {
            let word = match word {
                Argument::Word(word) => word,
                Argument::Assign(assign) => {
                    self.assign(assign, context);
                    continue;
                }
            };
            let mut seen: Vec<(Position, Vec<(Choices, Vec<Field>)>)> = Vec::new();
            let mut longer = Vec::new();
            for (choices, fields) in &lists {
                let position = position(fields);
                if !seen.iter().any(|(known, _)| *known == position) {
                    seen.push((position, self.expand(word, position, context)));
                }
                let expansions = seen.iter().find(|(known, _)| *known == position).map(|(_, list)| list.as_slice());
                for (more, new) in expansions.unwrap_or_default() {
                    let Some(both) = combine(choices, more) else { continue };
                    longer.push((both, fields.iter().chain(new).cloned().collect()));
                }
            }
            longer.truncate(VARIANTS);
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
            values = cross(&values, &more);
        }
        values
    }

    /// All variants of a text that a shell reads, with variables that hold code put in.
    pub(super) fn code(&self, atoms: &[Atom]) -> Vec<Vec<Atom>> {
        let mut values: Vec<(Choices, Vec<Atom>)> = vec![(Choices::new(), Vec::new())];
        for atom in atoms {
            let more = match &atom.part {
                Part::Variable(name) => {
                    let at_start = values.iter().all(|(_, before)| ends_command(before));
                    let (span, place) = (atom.span, atom.place);
                    let variable = Variable { name: name.clone(), how: How::Plain, span, place, quoted: atom.quoted };
                    self.as_code(&variable, at_start)
                }
                _ => vec![(Choices::new(), vec![atom.clone()])],
            };
            values = cross(&values, &more);
        }
        values.into_iter().map(|(_, atoms)| atoms).collect()
    }

    /// A variable in a text that will be run or stored.
    fn as_code(&self, variable: &Variable, at_start: bool) -> Vec<(Choices, Vec<Atom>)> {
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
                    Some(atoms) => vec![Expansion { choices: Choices::new(), fields: split(&atoms), elsewhere: false, spans: Vec::new() }],
                },
            };
            let mut next = Vec::new();
            for partial in &partials {
                for expansion in &expansions {
                    next.extend(partial.with(expansion));
                }
            }
            next.truncate(VARIANTS);
            partials = next;
        }
        partials.into_iter().map(|partial| partial.finish(word)).collect()
    }

    fn variable(
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
        let nothing = Expansion { choices: vec![(branch | 1 << 63, 0)], fields: Vec::new(), elsewhere: false, spans: Vec::new() };
        let word = Expansion { choices: vec![(branch | 1 << 63, 1)], fields, elsewhere: false, spans: Vec::new() };
        match &variants[..] {
            [only] if is_empty(only) => vec![nothing],
            [only] if is_known(only) => vec![word],
            _ => vec![word, nothing],
        }
    }
}

impl Partial {
    fn with(&self, expansion: &Expansion) -> Option<Self> {
        let mut longer = self.clone();
        longer.choices = combine(&self.choices, &expansion.choices)?;
        longer.elsewhere |= expansion.elsewhere;
        for (index, field) in expansion.fields.iter().enumerate() {
            if index > 0 {
                longer.done.extend(longer.current.take());
            }
            let span = expansion.spans.get(index).copied().filter(|_| longer.current.is_none());
            let (atoms, whole) = longer.current.get_or_insert_default();
            atoms.extend(field.iter().cloned());
            *whole = span;
        }
        Some(longer)
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

fn position(fields: &[Field]) -> Position {
    match fields.last() {
        None => Position::Program,
        Some(last) if starts_with_hyphen(&last.atoms) => Position::Value,
        Some(_) => Position::Other,
    }
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

fn one(atoms: Vec<Atom>) -> Expansion {
    Expansion { choices: Choices::new(), fields: vec![atoms], elsewhere: false, spans: Vec::new() }
}

/// A variable whose value is not put in. One that is known to be a single word counts as quoted.
fn kept(variable: &Variable, is_word: bool) -> Atom {
    let part = Part::Variable(variable.name.clone());
    Atom { part, span: variable.span, place: variable.place, quoted: variable.quoted || is_word }
}

fn unknown(span: Span, place: Option<Span>, quoted: bool) -> Atom {
    Atom { part: Part::Unknown, span, place, quoted }
}

fn requoted(atoms: &[Atom], quoted: bool) -> Vec<Atom> {
    atoms.iter().map(|atom| Atom { quoted, ..atom.clone() }).collect()
}

fn has_blank(atom: &Atom) -> bool {
    atom.part.text().is_some_and(|text| text.contains([' ', '\t', '\n']))
}

fn starts_with_hyphen(atoms: &[Atom]) -> bool {
    atoms.first().and_then(|atom| atom.part.text()).is_some_and(|text| text.starts_with('-'))
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

fn cross(left: &[(Choices, Vec<Atom>)], right: &[(Choices, Vec<Atom>)]) -> Vec<(Choices, Vec<Atom>)> {
    let pairs =
        left.iter().flat_map(|(choices, atoms)| right.iter().map(move |(more, new)| (choices, atoms, more, new)));
    let joined = pairs.filter_map(|(choices, atoms, more, new)| {
        Some((combine(choices, more)?, atoms.iter().chain(new).cloned().collect()))
    });
    joined.take(VARIANTS).collect()
}

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
fn separate(word: &RawWord) -> Vec<RawWord> {
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
