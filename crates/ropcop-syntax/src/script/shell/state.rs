//! What is known at one point of a script: variables with all values they may have, functions, aliases.

use std::collections::{BTreeMap, HashMap};
use std::rc::Rc;

use super::script::Item;
use super::value::{Atom, Choices, ExpandedWord, ShellValue, VARIANTS, Variant, followed, known};

/// The list that holds `$1` and so on. It is a variable like any other: what changes it in a branch is one of several
/// possibilities behind that.
pub(super) const ARGUMENTS: &str = "@";

/// A value remembers so many of the decisions that led to it: scripts have thousands.
const DECISIONS: usize = 32;

type Variants = Rc<Vec<Variant>>;

/// What the variables are after one arm of a branch.
pub(super) type Changes = BTreeMap<String, Option<Variants>>;

/// Variables, functions and aliases at one point of a script.
#[derive(Default)]
pub(super) struct State {
    variables: HashMap<String, Variants>,
    /// What changed in each open [`State::open`], with the value before.
    journals: Vec<Changes>,
    /// What the variables of each function that is being read hide.
    hidden: Vec<Changes>,
    pub(super) functions: HashMap<String, Rc<Vec<Item>>>,
    pub(super) aliases: HashMap<String, Vec<Atom>>,
    branches: usize,
}

impl State {
    /// All values that a variable may have; empty if nothing is known of it.
    pub(super) fn get(&self, name: &str) -> Variants {
        self.variables.get(name).cloned().unwrap_or_default()
    }

    pub(super) fn set(&mut self, name: &str, value: ShellValue) {
        self.put(name, Some(Rc::new(vec![Variant { choices: Choices::new(), value }])));
    }

    /// Gives a variable several possible values.
    pub(super) fn set_variants(&mut self, name: &str, mut variants: Vec<Variant>) {
        variants.dedup();
        variants.truncate(VARIANTS);
        self.put(name, Some(Rc::new(variants)));
    }

    /// The elements of a list that is known for sure, to be changed where they are: to copy a list for each element
    /// that it gets would take a time that grows with its square.
    pub(super) fn list_mut(&mut self, name: &str) -> Option<&mut Vec<ExpandedWord>> {
        match self.only(name)? {
            ShellValue::List(list) => Some(Rc::make_mut(list)),
            _ => None,
        }
    }

    /// The same for a text.
    pub(super) fn text_mut(&mut self, name: &str) -> Option<&mut Rc<Vec<Atom>>> {
        match self.only(name)? {
            ShellValue::Text(atoms) => Some(atoms),
            _ => None,
        }
    }

    /// The only value that a variable may have, to be changed.
    fn only(&mut self, name: &str) -> Option<&mut ShellValue> {
        let variants = self.variables.get_mut(name).filter(|variants| variants.len() == 1)?;
        if let Some(journal) = self.journals.last_mut()
            && !journal.contains_key(name)
        {
            journal.insert(name.to_owned(), Some(Rc::clone(variants)));
        }
        Rc::make_mut(variants).first_mut().map(|variant| &mut variant.value)
    }

    /// Forgets a variable, as if nothing had ever been assigned.
    pub(super) fn forget(&mut self, name: &str) {
        self.put(name, None);
    }

    fn put(&mut self, name: &str, variants: Option<Variants>) {
        let old = match variants {
            Some(variants) => self.variables.insert(name.to_owned(), variants),
            None => self.variables.remove(name),
        };
        if let Some(journal) = self.journals.last_mut() {
            journal.entry(name.to_owned()).or_insert(old);
        }
    }

    /// Goes into a function, which has arguments and variables of its own.
    pub(super) fn enter(&mut self, args: Option<Vec<ExpandedWord>>) {
        self.hidden.push(Changes::new());
        self.hide(ARGUMENTS);
        match args {
            Some(args) => self.set(ARGUMENTS, ShellValue::List(Rc::new(args))),
            None => self.forget(ARGUMENTS),
        }
    }

    /// Leaves the function: what it declared as its own is what it was before.
    pub(super) fn leave(&mut self) {
        for (name, old) in self.hidden.pop().unwrap_or_default() {
            self.put(&name, old);
        }
    }

    pub(super) fn is_in_function(&self) -> bool {
        !self.hidden.is_empty()
    }

    /// From here on to the end of the function a variable is its own.
    pub(super) fn hide(&mut self, name: &str) {
        let old = self.variables.get(name).cloned();
        if let Some(hidden) = self.hidden.last_mut() {
            hidden.entry(name.to_owned()).or_insert(old);
        }
    }

    /// Values that hold for one command only; [`Self::restore`] takes them back.
    pub(super) fn save(&self, names: impl Iterator<Item = String>) -> Changes {
        names.map(|name| (self.variables.get(&name).cloned(), name)).map(|(old, name)| (name, old)).collect()
    }

    pub(super) fn restore(&mut self, saved: Changes) {
        saved.into_iter().for_each(|(name, old)| self.put(&name, old));
    }

    /// The characters at which a value falls into words.
    pub(super) fn separators(&self) -> String {
        match &self.get("IFS")[..] {
            [Variant { value: ShellValue::Text(atoms), .. }] => known(atoms).unwrap_or_else(|| " \t\n".to_owned()),
            _ => " \t\n".to_owned(),
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
            let mut ways: Vec<(usize, Variant)> = Vec::new();
            for (arm, changes) in arms.iter().enumerate() {
                let after = changes.get(name).cloned().unwrap_or_else(|| before.clone()).unwrap_or_default();
                let unknown = [Variant { choices: Choices::new(), value: ShellValue::Unknown }];
                for variant in if after.is_empty() { &unknown[..] } else { &after[..] } {
                    let forgotten = variant.choices.len().saturating_sub(DECISIONS);
                    let choices = variant.choices.iter().skip(forgotten).copied().chain([(branch, arm)]).collect();
                    ways.push((arm, Variant { choices, value: variant.value.clone() }));
                }
            }
            let decided = ways.iter().map(|(_, variant)| variant.choices.len()).max().unwrap_or_default();
            let mut variants = followed(ways, decided.saturating_sub(1));
            if variants.windows(2).all(|pair| pair[0].value == pair[1].value) {
                variants.truncate(1);
                variants.iter_mut().for_each(|variant| variant.choices.clear());
            }
            self.put(name, Some(Rc::new(variants)));
        }
    }
}
