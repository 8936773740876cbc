//! Loops. One over words that are known is read word by word, as what a round sets counts in the next; any other is
//! read once, with all values that its variable may have.

use crate::Part;

use super::assign::placed;
use super::interpret::{Context, Interpreter};
use super::read::lines;
use super::script::{Item, RawWord, WordOrAssign};
use super::state::ARGUMENTS;
use super::value::{Atom, Choices, ExpandedWord, ShellValue, Variant};
use super::whole::known;

/// A loop over more words or lines is read once.
const ROUNDS: usize = 64;
/// Statements and words that are read in second and later rounds, in one file. Rounds within rounds would take any time.
const STEPS: usize = 30_000;

/// How much was read in second and later rounds.
#[derive(Default)]
pub(super) struct Rounds {
    spent: usize,
    /// Where the one that is being read began, in steps.
    began: Option<usize>,
}

impl Interpreter<'_> {
    /// `for name in words`.
    pub(super) fn each(
        &mut self,
        name: &str,
        words: Option<&[RawWord]>,
        body: &[Item],
        context: Context,
    ) -> Option<Vec<Atom>> {
        let lists = match words {
            Some(words) => {
                let words: Vec<_> = words.iter().cloned().map(WordOrAssign::Word).collect();
                self.arguments(&words, context)
            }
            None => self
                .state
                .get(ARGUMENTS)
                .iter()
                .filter_map(|Variant { choices, value }| match value {
                    ShellValue::List(fields) => Some((choices.clone(), fields.to_vec())),
                    _ => None,
                })
                .collect(),
        };
        match &lists[..] {
            [(_, fields)] if are_words(fields) => self.rounds(name, fields, body, context),
            _ => {
                let values =
                    lists.iter().flat_map(|(choices, fields)| fields.iter().map(move |field| (choices, field)));
                let one_of = |field: &ExpandedWord| if field.splits { ShellValue::Unknown } else { value(field) };
                let values = values.map(|(choices, field)| Variant { choices: choices.clone(), value: one_of(field) });
                self.any_of(name, values.collect(), body, context)
            }
        }
    }

    fn rounds(&mut self, name: &str, fields: &[ExpandedWord], body: &[Item], context: Context) -> Option<Vec<Atom>> {
        let mut output = Some(Vec::new());
        for (number, field) in fields.iter().enumerate() {
            let last = number > 0 && self.is_spent();
            let printed = if last {
                let rest = fields[number..].iter();
                let values = rest.map(|field| Variant { choices: Choices::new(), value: value(field) });
                self.any_of(name, values.collect(), body, context).and(None)
            } else {
                self.state.set(name, value(field));
                self.round(number > 0, |this| this.run(body, context, None))
            };
            output = output.zip(printed).map(|(mut all, more)| {
                all.extend(more);
                all
            });
            if last {
                break;
            }
        }
        output
    }

    /// The body of a loop whose variable has any of these values, if it runs at all.
    fn any_of(&mut self, name: &str, values: Vec<Variant>, body: &[Item], context: Context) -> Option<Vec<Atom>> {
        if values.is_empty() {
            self.state.set(name, ShellValue::Unknown);
        } else {
            self.state.set_variants(name, values);
        }
        self.optional(body, context)
    }

    /// Reads something again, if `again`.
    fn round<T>(&mut self, again: bool, read: impl FnOnce(&mut Self) -> T) -> T {
        let outermost = again && self.rounds.began.is_none();
        if outermost {
            self.rounds.began = Some(self.steps);
        }
        let result = read(self);
        if outermost {
            self.rounds.spent = self.spent();
            self.rounds.began = None;
        }
        result
    }

    fn spent(&self) -> usize {
        self.rounds.spent + self.rounds.began.map_or(0, |began| self.steps - began)
    }

    fn is_spent(&self) -> bool {
        self.spent() > STEPS
    }

    /// Whether something is read again, within what that may take.
    pub(super) fn is_again(&self) -> bool {
        self.rounds.began.is_some() && !self.is_spent()
    }

    /// `while condition`, `until condition`.
    pub(super) fn repeat(
        &mut self,
        condition: &[Item],
        body: &[Item],
        context: Context,
        input: Option<&[Atom]>,
    ) -> Option<Vec<Atom>> {
        let reads = condition.iter().any(is_read);
        let texts = input.filter(|_| reads).map(|input| self.code(input)).unwrap_or_default();
        let lines: Vec<Vec<Atom>> = texts.iter().flat_map(|text| lines(text)).collect();
        if lines.is_empty() || lines.len() > ROUNDS {
            let silent = self.run(condition, context, input.filter(|_| !reads)).is_some_and(|output| output.is_empty());
            return self.any_times(body, context).filter(|_| silent);
        }
        let mut output = Some(Vec::new());
        for (number, line) in lines.iter().enumerate() {
            if number > 0 && self.is_spent() {
                return None;
            }
            let printed = self.round(number > 0, |this| {
                this.run(condition, context, Some(line));
                this.run(body, context, None)
            });
            output = output.zip(printed).map(|(mut all, more)| {
                all.extend(more);
                all
            });
        }
        output
    }

    /// The body of a loop that may run any number of times.
    fn any_times(&mut self, body: &[Item], context: Context) -> Option<Vec<Atom>> {
        self.state.open();
        // A loop that shifts sees other arguments each time.
        let arguments = self.state.get(ARGUMENTS);
        self.state.forget(ARGUMENTS);
        let shifted = std::mem::take(&mut self.shifted);
        let silent = self.run(body, context, None).is_some_and(|output| output.is_empty());
        if self.shifted {
            self.state.set(ARGUMENTS, ShellValue::Unknown);
        } else if !arguments.is_empty() {
            self.state.set_variants(ARGUMENTS, arguments.to_vec());
        }
        let shifts = std::mem::replace(&mut self.shifted, shifted);
        let changes = self.state.close();
        self.state.merge(&[changes, Default::default()]);
        if shifts {
            self.state.forget(ARGUMENTS);
            self.shifted = true;
        }
        silent.then(Vec::new)
    }
}

/// Whether fields are words that can be counted: no names of files, and no list. What is not known is a list if it is
/// all that the loop has, `for x in $LIST`; beside other words it is one of them.
fn are_words(fields: &[ExpandedWord]) -> bool {
    let is_pattern = |atom: &Atom| !atom.quoted && atom.part.text().is_some_and(|text| text.contains(['*', '?']));
    let is_all = |field: &ExpandedWord| matches!(&field.atoms[..], [Atom { part: Part::Variable(name), .. }] if name == ARGUMENTS || name == "*");
    let is_list = |field: &ExpandedWord| field.splits && (fields.len() == 1 || is_all(field));
    (1..=ROUNDS).contains(&fields.len())
        && !fields.iter().any(|field| is_list(field) || field.atoms.iter().any(is_pattern))
}

/// What the variable of a loop is for one word. One that is not known is put in where the variable stands: its own name
/// says more than that of the loop.
fn value(field: &ExpandedWord) -> ShellValue {
    match field.text() {
        Some(_) => ShellValue::Text(placed(field.atoms.clone(), field.span).into()),
        None => ShellValue::List(vec![field.clone().placed(field.span)].into()),
    }
}

/// Whether a statement reads a line.
fn is_read(item: &Item) -> bool {
    match item {
        Item::Simple(simple) => matches!(simple.words.first(), Some(WordOrAssign::Word(word)) if known(word) == "read"),
        Item::Sequence(items) | Item::Optional(items) => items.iter().any(is_read),
        _ => false,
    }
}
