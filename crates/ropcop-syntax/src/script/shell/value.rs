//! Values: texts with the places they come from, lists, maps, and what they depend on.

use std::rc::Rc;

use crate::{Part, Span, Word};

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
pub(super) struct ExpandedWord {
    pub(super) atoms: Vec<Atom>,
    pub(super) span: Span,
    /// See [`Atom::place`].
    pub(super) place: Option<Span>,
    /// It may be several words, or none.
    pub(super) splits: bool,
    /// Written without quotes or expansions, so that it can be an alias.
    pub(super) bare: bool,
    /// What the file holds that the field names, if that is known: `<(…)`.
    pub(super) file: Option<Rc<Vec<Atom>>>,
}

impl ExpandedWord {
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
        Word { parts, span: self.span, splits: self.splits, literals: Vec::new() }
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

/// The possibilities that are followed of those that there are, each with the number of the decision that leads there:
/// `VARIANTS` at most. For the eight followed so far the decision is chosen by the columns of an orthogonal array, so
/// that of any two of seven decisions each two still meet. To take the first eight would decide the first ones once and
/// for all. `turn` counts the decisions before.
pub(super) fn followed<T>(ways: Vec<(usize, T)>, turn: usize) -> Vec<T> {
    const COLUMNS: [usize; 7] = [1, 2, 4, 3, 5, 6, 7];
    if ways.len() <= VARIANTS {
        return ways.into_iter().map(|(_, way)| way).collect();
    }
    let mut arms: Vec<Vec<Option<T>>> = Vec::new();
    for (arm, way) in ways {
        arms.resize_with(arms.len().max(arm + 1), Vec::new);
        arms[arm].push(Some(way));
    }
    let (column, count) = (COLUMNS[turn % COLUMNS.len()], arms.len());
    let mut found = Vec::new();
    for index in 0..VARIANTS {
        let arm = if count == 2 { (index & column).count_ones() as usize } else { index + turn } % count;
        found.extend(arms[arm].get_mut(index).and_then(Option::take));
    }
    let left = VARIANTS - found.len();
    found.extend(arms.into_iter().flatten().flatten().take(left));
    found
}

/// One value that a variable may have.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Variant {
    pub(super) choices: Choices,
    pub(super) value: ShellValue,
}

/// A value.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum ShellValue {
    Unknown,
    Text(Rc<Vec<Atom>>),
    List(Rc<Vec<ExpandedWord>>),
    /// Keys and values, in the order in which they were set.
    Map(Rc<Vec<(String, ExpandedWord)>>),
}

impl ShellValue {
    /// Whether it is known to be the empty text.
    pub(super) fn is_empty(&self) -> bool {
        matches!(self, Self::Text(atoms) if known(atoms).as_deref() == Some(""))
    }
}
