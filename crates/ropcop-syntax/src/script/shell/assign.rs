//! What gives variables their values.

use std::rc::Rc;

use crate::{Part, Span};

use super::interpret::{Context, Interpreter};
use super::script::{Assign, Assigned, ListElement, RawWord, WordOrAssign};
use super::state::ARGUMENTS;
use super::value::{Atom, Choices, ExpandedWord, ShellValue, Variant, combine};

/// Values longer than this, in bytes or words, are not followed.
const LENGTH: usize = 1 << 16;
/// Texts of more pieces are not followed.
const PIECES: usize = 1 << 12;
/// Lists that may be one of several are not followed if all of them together have more words: each is copied when it
/// gets longer.
const WORDS: usize = 1 << 11;
/// Maps of more keys are not followed: each key is looked for among all.
const PAIRS: usize = 256;

impl Interpreter<'_> {
    /// `name=value`, wherever it stands.
    pub(super) fn assign(&mut self, assign: &Assign, context: Context) {
        match (&assign.value, &assign.index) {
            (Assigned::Text(word), None) => {
                let values = self.assigned(word, Some(&assign.name), context);
                self.assign_text(&assign.name, values, assign.append, assign.span);
            }
            (Assigned::Text(word), Some(index)) => self.assign_element(assign, index, word, context),
            (Assigned::List(elements), _) if self.is_map(&assign.name, elements, assign.append) => {
                self.assign_map(assign, elements, context);
            }
            (Assigned::List(elements), _) => self.assign_list(assign, elements, context),
        }
    }

    fn assign_list(&mut self, assign: &Assign, elements: &[ListElement], context: Context) {
        let arguments: Vec<_> = elements.iter().map(|element| WordOrAssign::Word(element.word.clone())).collect();
        let lists = self.arguments(&arguments, context);
        if let ([(choices, new)], true) = (&lists[..], assign.append)
            && choices.is_empty()
            && let Some(list) = self.state.list_mut(&assign.name)
            && list.len() + new.len() < LENGTH
        {
            return list.extend(new.iter().cloned().map(|field| field.placed(assign.span)));
        }
        let old = if assign.append { self.state.get(&assign.name) } else { Rc::default() };
        let count = |variant: &Variant| if let ShellValue::List(list) = &variant.value { list.len() } else { 1 };
        if old.len() > 1 && old.iter().map(count).sum::<usize>() > WORDS {
            return self.state.set(&assign.name, ShellValue::Unknown);
        }
        let none = [Variant { choices: Choices::new(), value: ShellValue::List(Rc::default()) }];
        let mut variants = Vec::new();
        for before in if old.is_empty() { &none[..] } else { &old[..] } {
            let first = match &before.value {
                ShellValue::List(list) => list.to_vec(),
                ShellValue::Text(atoms) => vec![field(atoms.to_vec(), assign.span)],
                ShellValue::Unknown | ShellValue::Map(_) => vec![anything(&assign.name, assign.span)],
            };
            for (choices, list) in &lists {
                let Some(choices) = combine(&before.choices, choices) else { continue };
                let new = list.iter().cloned().map(|field| field.placed(assign.span));
                let fields: Vec<ExpandedWord> = first.iter().cloned().chain(new).collect();
                let value = if fields.len() > LENGTH { ShellValue::Unknown } else { ShellValue::List(Rc::new(fields)) };
                variants.push(Variant { choices, value });
            }
        }
        self.state.set_variants(&assign.name, variants);
    }

    /// Gives a variable a text, or several that it may have.
    pub(super) fn assign_text(&mut self, name: &str, values: Vec<(Choices, Vec<Atom>)>, append: bool, span: Span) {
        if let ([(choices, more)], true) = (&values[..], append)
            && choices.is_empty()
            && self.append(name, more, span)
        {
            return;
        }
        let old = if append { self.state.get(name) } else { Rc::default() };
        let mut variants = Vec::new();
        for (choices, atoms) in values {
            let atoms = placed(atoms, span);
            if length(&atoms) > LENGTH {
                variants.push(Variant { choices, value: ShellValue::Unknown });
                continue;
            }
            if old.is_empty() {
                let atoms = Rc::new(atoms);
                self.store(name, span, &atoms);
                variants.push(Variant { choices, value: ShellValue::Text(atoms) });
                continue;
            }
            for before in old.iter() {
                let Some(choices) = combine(&before.choices, &choices) else { continue };
                let value = match &before.value {
                    ShellValue::Text(first) if length(first) > LENGTH => ShellValue::Unknown,
                    ShellValue::Text(first) => {
                        let longer: Rc<Vec<Atom>> = Rc::new(first.iter().chain(&atoms).cloned().collect());
                        self.store(name, span, &longer);
                        ShellValue::Text(longer)
                    }
                    other => other.clone(),
                };
                variants.push(Variant { choices, value });
            }
        }
        self.state.set_variants(name, variants);
    }

    /// Remembers a text that could be a command.
    fn store(&mut self, name: &str, span: Span, atoms: &Rc<Vec<Atom>>) {
        if atoms.iter().any(|atom| atom.part.text().is_some_and(|text| text.contains(' '))) {
            self.stored.push((name.to_owned(), span, Rc::clone(atoms)));
        }
    }

    /// Makes a text longer where it is, if it is known for sure; false if it is not.
    fn append(&mut self, name: &str, more: &[Atom], span: Span) -> bool {
        let Some(text) = self.state.text_mut(name) else { return false };
        // What was remembered of it so far goes on in what is remembered now.
        if self.stored.last().is_some_and(|(_, _, stored)| Rc::ptr_eq(stored, text)) {
            self.stored.pop();
        }
        Rc::make_mut(text).extend(placed(more.to_vec(), span));
        if text.len() > PIECES || length(text) > LENGTH {
            self.state.set(name, ShellValue::Unknown);
        } else {
            let text = Rc::clone(text);
            self.store(name, span, &text);
        }
        true
    }

    /// Whether a list is one of keys and values: what it is assigned to was declared as such.
    fn is_map(&self, name: &str, elements: &[ListElement], append: bool) -> bool {
        let keys = !elements.is_empty() && elements.iter().all(|element| element.index.is_some());
        let declared = self.state.get(name).iter().any(|variant| matches!(variant.value, ShellValue::Map(_)));
        declared && (keys || (elements.is_empty() && !append))
    }

    /// `name=([key]=value …)`.
    fn assign_map(&mut self, assign: &Assign, elements: &[ListElement], context: Context) {
        if !assign.append {
            self.state.set(&assign.name, ShellValue::Map(Rc::default()));
        }
        for element in elements {
            if let Some(index) = &element.index {
                self.assign_element(assign, index, &element.word, context);
            }
        }
    }

    /// `name[index]=word`.
    fn assign_element(&mut self, assign: &Assign, index: &RawWord, word: &RawWord, context: Context) {
        let values = self.assigned(word, None, context);
        let key = self.index(&index.pieces);
        if let [(choices, atoms)] = &values[..]
            && choices.is_empty()
            && key.as_ref().is_none_or(|key| key.parse::<usize>().is_ok())
            && let Some(list) = self.state.list_mut(&assign.name).filter(|list| list.len() < LENGTH)
        {
            let new = field(placed(atoms.clone(), assign.span), assign.span);
            return put(list, key.as_deref(), new, assign.append);
        }
        let old = self.state.get(&assign.name);
        let none = [Variant { choices: Choices::new(), value: ShellValue::List(Rc::default()) }];
        let mut variants = Vec::new();
        for before in if old.is_empty() { &none[..] } else { &old[..] } {
            for (choices, atoms) in &values {
                let Some(choices) = combine(&before.choices, choices) else { continue };
                let new = field(placed(atoms.clone(), assign.span), assign.span);
                let value = with_element(&before.value, key.as_deref(), new, assign.append);
                variants.push(Variant { choices, value });
            }
        }
        self.state.set_variants(&assign.name, variants);
    }

    /// `set -- words`: the arguments of the script or function.
    pub(super) fn set_arguments(&mut self, variants: Vec<(Choices, Vec<ExpandedWord>)>, place: Span) {
        let variants = variants.into_iter().map(|(choices, fields)| {
            let fields = fields.into_iter().map(|field| field.placed(place)).collect();
            Variant { choices, value: ShellValue::List(Rc::new(fields)) }
        });
        self.state.set_variants(ARGUMENTS, variants.collect());
    }

    /// `shift`.
    pub(super) fn shift(&mut self, count: usize) {
        self.shifted = true;
        let shifted = |variant: &Variant| {
            let value = match &variant.value {
                ShellValue::List(fields) if fields.iter().take(count).all(|field| !field.splits) => {
                    ShellValue::List(Rc::new(fields.iter().skip(count).cloned().collect()))
                }
                _ => ShellValue::Unknown,
            };
            Variant { choices: variant.choices.clone(), value }
        };
        let variants: Vec<Variant> = self.state.get(ARGUMENTS).iter().map(shifted).collect();
        if !variants.is_empty() {
            self.state.set_variants(ARGUMENTS, variants);
        }
    }

    /// `unset name`, `unset 'name[index]'`.
    pub(super) fn unset(&mut self, word: &str) {
        let Some((name, index)) = word.strip_suffix(']').and_then(|rest| rest.split_once('[')) else {
            // Without it words fall apart at blanks again.
            if word == "IFS" {
                return self.state.forget(word);
            }
            return self.state.set(word, ShellValue::Text(Rc::default()));
        };
        let without = |variant: &Variant| {
            let value = match &variant.value {
                ShellValue::List(list) => match index.parse::<usize>() {
                    Ok(at) => {
                        let kept = list.iter().enumerate().filter(|(number, _)| *number != at);
                        ShellValue::List(Rc::new(kept.map(|(_, field)| field.clone()).collect()))
                    }
                    Err(_) => ShellValue::Unknown,
                },
                ShellValue::Map(pairs) => {
                    ShellValue::Map(Rc::new(pairs.iter().filter(|(key, _)| key != index).cloned().collect()))
                }
                _ => ShellValue::Unknown,
            };
            Variant { choices: variant.choices.clone(), value }
        };
        let variants: Vec<Variant> = self.state.get(name).iter().map(without).collect();
        if !variants.is_empty() {
            self.state.set_variants(name, variants);
        }
    }
}

/// A list or map with one element more, or another in its place.
fn with_element(value: &ShellValue, key: Option<&str>, new: ExpandedWord, append: bool) -> ShellValue {
    let is_name = key.is_some_and(|key| key.parse::<usize>().is_err());
    match value {
        ShellValue::Map(pairs) => with_pair(pairs, key, new, append),
        // It may have been declared in another file.
        ShellValue::List(list) if list.is_empty() && is_name => with_pair(&[], key, new, append),
        ShellValue::List(_) | ShellValue::Text(_) => {
            let mut list = match value {
                ShellValue::List(list) => list.to_vec(),
                ShellValue::Text(atoms) => vec![field(atoms.to_vec(), new.span)],
                _ => Vec::new(),
            };
            if is_name || list.len() >= LENGTH {
                return ShellValue::Unknown;
            }
            put(&mut list, key, new, append);
            ShellValue::List(Rc::new(list))
        }
        ShellValue::Unknown => ShellValue::Unknown,
    }
}

fn with_pair(pairs: &[(String, ExpandedWord)], key: Option<&str>, new: ExpandedWord, append: bool) -> ShellValue {
    let Some(key) = key else { return ShellValue::Unknown };
    let mut pairs = pairs.to_vec();
    match pairs.iter().position(|(known, _)| known == key) {
        Some(at) if append => pairs[at].1.atoms.extend(new.atoms),
        Some(at) => pairs[at].1 = new,
        None if pairs.len() < PAIRS => pairs.push((key.to_owned(), new)),
        None => return ShellValue::Unknown,
    }
    ShellValue::Map(Rc::new(pairs))
}

/// Gives a list an element. A number that is not known is mostly counted up, and where numbers are left out the elements
/// stand one behind the other all the same.
fn put(list: &mut Vec<ExpandedWord>, key: Option<&str>, new: ExpandedWord, append: bool) {
    match key.and_then(|key| key.parse::<usize>().ok()).and_then(|at| list.get_mut(at)) {
        Some(field) if append => field.atoms.extend(new.atoms),
        Some(field) => *field = new,
        None => list.push(new),
    }
}

/// Words of which nothing is known.
fn anything(name: &str, span: Span) -> ExpandedWord {
    let atom = Atom { part: Part::Variable(name.to_owned()), span, place: None, quoted: false };
    ExpandedWord { splits: true, ..field(vec![atom], span) }
}

/// Atoms that belong to an assignment, unless they were written elsewhere already.
pub(super) fn placed(mut atoms: Vec<Atom>, place: Span) -> Vec<Atom> {
    atoms.iter_mut().for_each(|atom| atom.place = atom.place.or(Some(place)));
    atoms
}

/// How long a text is, counting unknown parts as well.
pub(super) fn length(atoms: &[Atom]) -> usize {
    atoms.iter().map(|atom| atom.part.text().map_or(1, str::len).max(1)).sum()
}

pub(super) fn field(atoms: Vec<Atom>, span: Span) -> ExpandedWord {
    ExpandedWord { atoms, span, place: Some(span), ..ExpandedWord::default() }
}
