//! What the interpreter knows: texts with the places they come from, and variables with all values they may have.

use std::collections::{BTreeMap, HashMap};
use std::rc::Rc;

use crate::{Part, Span, Word};

use super::script::Item;

/// No variable and no command is followed in more variants than this.
pub(super) const VARIANTS: usize = 8;

/// A piece of text, or something unknown.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Atom {
    pub(super) part: Part,
    /// Where it is written in the file.
    pub(super) span: Span,
    /// The assignment or call that it was written in, if that is not the command that uses it.
    pub(super) place: Option<Span>,
    /// It stood in quotes: blanks in it do not separate words.
    pub(super) quoted: bool,
}

/// A word after expansion.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Field {
    pub(super) atoms: Vec<Atom>,
    pub(super) span: Span,
    /// See [`Atom::place`].
    pub(super) place: Option<Span>,
    /// It may be several words, or none.
    pub(super) splits: bool,
    /// Written without quotes or expansions, so that it can be an alias.
    pub(super) bare: bool,
}

impl Field {
    /// The text, if all of it is known.
    pub(super) fn text(&self) -> Option<String> {
        self.atoms.iter().map(|atom| atom.part.text()).collect()
    }

    /// The field as a word of a fact.
    pub(super) fn word(&self) -> Word {
        let mut parts: Vec<Part> = Vec::new();
        for atom in &self.atoms {
            match (parts.last_mut(), &atom.part) {
                (_, Part::Text(text)) if text.is_empty() => {}
                (Some(Part::Text(before)), Part::Text(text)) => before.push_str(text),
                _ => parts.push(atom.part.clone()),
            }
        }
        Word { parts, span: self.span, splits: self.splits }
    }

    /// The field as an argument that was written at `place`, unless it comes from elsewhere already.
    pub(super) fn placed(mut self, place: Span) -> Self {
        self.place = self.place.or(Some(place));
        self.atoms.iter_mut().for_each(|atom| atom.place = atom.place.or(Some(place)));
        self
    }
}

/// The text of a list of atoms, if all of it is known.
pub(super) fn known(atoms: &[Atom]) -> Option<String> {
    atoms.iter().map(|atom| atom.part.text()).collect()
}

/// Which arms of which branches must have run for a value. Two values that ask for different arms of one branch never
/// meet in one command.
pub(super) type Choices = Vec<(usize, usize)>;

/// Both choices together, unless they exclude each other.
pub(super) fn combine(left: &Choices, right: &Choices) -> Option<Choices> {
    let mut both = left.clone();
    for (branch, arm) in right {
        match both.iter().find(|(known, _)| known == branch) {
            Some((_, known)) if known != arm => return None,
            Some(_) => {}
            None => both.push((*branch, *arm)),
        }
    }
    Some(both)
}

/// One value that a variable may have.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Variant {
    pub(super) choices: Choices,
    pub(super) value: Value,
}

/// A value.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Value {
    Unknown,
    Text(Rc<Vec<Atom>>),
    List(Rc<Vec<Field>>),
}

/// Variables, functions and aliases at one point of a script.
#[derive(Default)]
pub(super) struct State {
    variables: HashMap<String, Rc<Vec<Variant>>>,
    /// What changed in each open [`State::open`], with the value before.
    journals: Vec<BTreeMap<String, Option<Rc<Vec<Variant>>>>>,
    pub(super) functions: HashMap<String, Rc<Vec<Item>>>,
    pub(super) aliases: HashMap<String, Vec<Atom>>,
    /// `$1` and so on; none if they are not known.
    pub(super) positional: Option<Rc<Vec<Field>>>,
    branches: usize,
}

/// What the variables are after one arm of a branch.
pub(super) type Changes = BTreeMap<String, Option<Rc<Vec<Variant>>>>;

impl State {
    /// All values that a variable may have; empty if nothing is known of it.
    pub(super) fn get(&self, name: &str) -> Rc<Vec<Variant>> {
        self.variables.get(name).cloned().unwrap_or_default()
    }

    pub(super) fn set(&mut self, name: &str, value: Value) {
        self.put(name, Some(Rc::new(vec![Variant { choices: Choices::new(), value }])));
    }

    /// Gives a variable several possible values.
    pub(super) fn set_variants(&mut self, name: &str, mut variants: Vec<Variant>) {
        variants.dedup();
        variants.truncate(VARIANTS);
        self.put(name, Some(Rc::new(variants)));
    }

    fn put(&mut self, name: &str, variants: Option<Rc<Vec<Variant>>>) {
        let old = match variants {
            Some(variants) => self.variables.insert(name.to_owned(), variants),
            None => self.variables.remove(name),
        };
        if let Some(journal) = self.journals.last_mut() {
            journal.entry(name.to_owned()).or_insert(old);
        }
    }

    /// Begins to note changes, so that [`State::close`] can undo them.
    pub(super) fn open(&mut self) {
        self.journals.push(BTreeMap::new());
    }

    /// Undoes everything since the matching [`State::open`] and tells what it was.
    pub(super) fn close(&mut self) -> Changes {
        let journal = self.journals.pop().unwrap_or_default();
        let mut changes = Changes::new();
        for (name, old) in journal {
            let new = match old {
                Some(old) => self.variables.insert(name.clone(), old),
                None => self.variables.remove(&name),
            };
            changes.insert(name, new);
        }
        changes
    }

    /// Goes on behind a branch of which any one arm may have run.
    pub(super) fn merge(&mut self, arms: &[Changes]) {
        self.branches += 1;
        let branch = self.branches;
        let mut names: Vec<&String> = arms.iter().flat_map(Changes::keys).collect();
        names.sort();
        names.dedup();
        for name in names {
            let before = self.variables.get(name).cloned();
            let mut variants: Vec<Variant> = Vec::new();
            for (arm, changes) in arms.iter().enumerate() {
                let after = changes.get(name).cloned().unwrap_or_else(|| before.clone()).unwrap_or_default();
                let unknown = [Variant { choices: Choices::new(), value: Value::Unknown }];
                for variant in if after.is_empty() { &unknown[..] } else { &after[..] } {
                    let mut choices = variant.choices.clone();
                    choices.push((branch, arm));
                    variants.push(Variant { choices, value: variant.value.clone() });
                }
            }
            if variants.windows(2).all(|pair| pair[0].value == pair[1].value) {
                variants.truncate(1);
                variants.iter_mut().for_each(|variant| variant.choices.clear());
            }
            variants.truncate(VARIANTS);
            self.put(name, Some(Rc::new(variants)));
        }
    }
}
