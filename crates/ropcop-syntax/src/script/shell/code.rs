//! Texts that are put together: what is assigned, and what a shell reads as code.

use crate::{Part, Span};

use super::change::changed;
use super::expand::{requoted, unknown};
use super::interpret::{Context, Interpreter};
use super::script::{Item, Modifier, Piece, RawWord, Variable, Which};
use super::value::{Atom, Choices, ShellValue, Variant, combine, followed, known};
use super::variable::{branch, hides, is_word, kept, word_of};
use super::wrapper::{join, join_with};

/// A text of more pieces than this is not made longer still.
const ATOMS: usize = 1 << 12;

/// One way in which a text turns out.
type Outcome = (Choices, Vec<Atom>);

impl Interpreter<'_> {
    /// The values of an assignment to the variable `own`.
    pub(super) fn assigned(&mut self, word: &RawWord, own: Option<&str>, context: Context) -> Vec<Outcome> {
        let mut values: Vec<Outcome> = vec![(Choices::new(), Vec::new())];
        let whole = word.pieces.len() == 1;
        for piece in &word.pieces {
            let at_start = values.iter().all(|(_, atoms)| atoms.is_empty());
            let more: Vec<Outcome> = match piece {
                Piece::Known(atom) => vec![(Choices::new(), vec![atom.clone()])],
                Piece::Variable(variable) => self.value_in_text(variable, (at_start, whole), own, context),
                Piece::Output { body, span, place, quoted, is_file: false } => {
                    let output = self.output(body, context).unwrap_or_else(|| vec![unknown(*span, *place, *quoted)]);
                    self.code(&output).into_iter().map(|atoms| (Choices::new(), atoms)).collect()
                }
                Piece::Output { body, span, place, .. } => {
                    self.output(body, context);
                    vec![(Choices::new(), vec![unknown(*span, *place, true)])]
                }
            };
            append(&mut values, more);
        }
        values
    }

    /// A variable in a text that is assigned.
    fn value_in_text(
        &mut self,
        variable: &Variable,
        (at_start, whole): (bool, bool),
        own: Option<&str>,
        context: Context,
    ) -> Vec<Outcome> {
        match &variable.how {
            Modifier::Default { word, colon, .. } => {
                let values = self.values(variable);
                let missing = |value: &ShellValue| *value == ShellValue::Unknown || (*colon && value.is_empty());
                if !values.iter().all(|variant| missing(&variant.value)) {
                    return self.as_code(variable, at_start, own);
                }
                let atoms = self.whole(&word_of(variable, word), context);
                // Whoever sets it from outside may say anything; the script itself says this.
                if values.is_empty() && hides(&atoms) {
                    return vec![(Choices::new(), atoms)];
                }
                let mut ways = self.as_code(variable, at_start, own);
                if hides(&atoms) || is_pairs(&atoms) || (whole && is_word(&atoms)) {
                    ways.iter_mut().for_each(|(choices, _)| choices.push((branch(variable), 0)));
                    ways.push(([(branch(variable), 1)].into(), atoms));
                }
                ways
            }
            Modifier::Instead(word) if matches!(variable.which, Which::Plain | Which::Element(_)) => {
                let atoms = self.whole(&word_of(variable, word), context);
                let unset = [Variant { choices: Choices::new(), value: ShellValue::Unknown }];
                let values = self.values(variable);
                let mut ways = Vec::new();
                for Variant { choices, value } in if values.is_empty() { &unset[..] } else { &values[..] } {
                    if *value == ShellValue::Unknown {
                        ways.extend([(1, atoms.clone()), (0, Vec::new())].into_iter().filter_map(|(number, atoms)| {
                            Some((combine(choices, &[(branch(variable), number)].into())?, atoms))
                        }));
                    } else {
                        ways.push((choices.clone(), if value.is_empty() { Vec::new() } else { atoms.clone() }));
                    }
                }
                ways
            }
            _ => self.as_code(variable, at_start, own),
        }
    }

    /// `${x:=word}`: from here on the variable has a value.
    pub(super) fn set_default(&mut self, variable: &Variable, word: &[Piece], context: Context) {
        let atoms = self.whole(&word_of(variable, word), context);
        let mut ways = vec![(Choices::from([(branch(variable), 1)]), atoms)];
        if !hides(&ways[0].1) {
            let own = Variable { how: Modifier::Plain, which: Which::Plain, ..variable.clone() };
            ways.insert(0, (Choices::from([(branch(variable), 0)]), vec![kept(&own, false)]));
        }
        self.assign_text(&variable.name, ways, false, variable.span);
    }

    /// All variants of a text that a shell reads, with variables that hold code put in.
    pub(super) fn code(&self, atoms: &[Atom]) -> Vec<Vec<Atom>> {
        let mut values: Vec<Outcome> = vec![(Choices::new(), Vec::new())];
        for atom in atoms {
            let more = match &atom.part {
                // Variables that hold each other many times over would make a text of any length.
                Part::Variable(_) if values.iter().any(|(_, text)| text.len() > ATOMS) => {
                    vec![(Choices::new(), vec![atom.clone()])]
                }
                Part::Variable(name) => {
                    let at_start = values.iter().all(|(_, before)| ends_command(before));
                    self.as_code(&plain(name, atom.span, atom.place, atom.quoted), at_start, None)
                }
                _ => vec![(Choices::new(), vec![atom.clone()])],
            };
            append(&mut values, more);
        }
        values.into_iter().map(|(_, atoms)| atoms).collect()
    }

    /// A variable in a text that will be run or stored.
    fn as_code(&self, variable: &Variable, at_start: bool, own: Option<&str>) -> Vec<Outcome> {
        let keep = || vec![kept(variable, false)];
        let is_argument = variable.name.parse::<usize>().is_ok();
        let mut values = Vec::new();
        for Variant { choices, value } in self.values(variable).iter() {
            let atoms = match (value, &variable.how) {
                (_, Modifier::Modified) => None,
                (ShellValue::Text(atoms), Modifier::Changed(change)) => changed(atoms, change),
                (ShellValue::Text(atoms), _) => Some(atoms.to_vec()),
                (ShellValue::List(fields), Modifier::Changed(_)) if fields.len() != 1 => None,
                (ShellValue::List(fields), _) => match variable.which {
                    Which::All => Some(join(fields)),
                    Which::Joined => {
                        let separators = self.state.separators();
                        Some(join_with(fields, separators.get(..1).unwrap_or_default()))
                    }
                    _ => fields.first().map(|field| field.atoms.clone()),
                },
                _ => None,
            };
            let is_part = matches!(value, ShellValue::List(_));
            let is_own = own == Some(variable.name.as_str());
            let counts = |atoms: &Vec<Atom>| {
                is_part
                    || is_argument
                    || is_own
                    || hides(atoms)
                    || is_pairs(atoms)
                    || (at_start && known(atoms).is_some())
            };
            let way = (choices.clone(), atoms.filter(counts).unwrap_or_else(keep));
            if !values.contains(&way) {
                values.push(way);
            }
        }
        if values.is_empty() { vec![(Choices::new(), keep())] } else { values }
    }

    /// What a substitution prints, without the line breaks at its end. What is assigned there stays there.
    pub(super) fn output(&mut self, body: &[Item], context: Context) -> Option<Vec<Atom>> {
        self.state.open();
        let atoms = self.run(body, Context { capture: true, ..context }, None);
        self.state.close();
        let mut atoms = atoms?;
        while let Some(Atom { part: Part::Text(text), .. }) = atoms.last_mut() {
            text.truncate(text.trim_end_matches('\n').len());
            if !text.is_empty() {
                break;
            }
            atoms.pop();
        }
        (!atoms.is_empty()).then_some(atoms)
    }

    /// What stands in the file that a word names, if it is `<(…)`.
    pub(super) fn file_of(&mut self, word: &RawWord, context: Context) -> Option<Vec<Atom>> {
        match &word.pieces[..] {
            [Piece::Output { body, is_file: true, .. }] => {
                let output = self.output(body, context)?;
                Some(requoted(&output, true))
            }
            _ => None,
        }
    }
}

/// A variable of which nothing but the name is written.
pub(super) fn plain(name: &str, span: Span, place: Option<Span>, quoted: bool) -> Variable {
    let which = match name {
        "@" => Which::All,
        "*" => Which::Joined,
        _ => Which::Plain,
    };
    Variable { name: name.to_owned(), which, how: Modifier::Plain, span, place, quoted }
}

/// Whether a text is a form or a part of one: keys with values.
fn is_pairs(atoms: &[Atom]) -> bool {
    atoms.iter().any(|atom| atom.part.text().is_some_and(|text| text.contains('='))) && atoms.len() < ATOMS
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
fn append(values: &mut Vec<Outcome>, more: Vec<Outcome>) {
    if let ([(choices, atoms)], [(more_choices, _)]) = (&mut values[..], &more[..]) {
        // By far the most frequent case, and texts can be long: nothing is copied.
        if let Some(both) = combine(choices, more_choices) {
            *choices = both;
            atoms.extend(more.into_iter().flat_map(|(_, new)| new));
        }
        return;
    }
    let turn = values.len().max(1).ilog2() as usize;
    let mut ways: Vec<(usize, Outcome)> = Vec::new();
    for (choices, atoms) in values.iter() {
        for (number, (more_choices, new)) in more.iter().enumerate() {
            let Some(both) = combine(choices, more_choices) else { continue };
            ways.push((number, (both, atoms.iter().chain(new).cloned().collect())));
        }
    }
    *values = followed(ways, turn);
}
