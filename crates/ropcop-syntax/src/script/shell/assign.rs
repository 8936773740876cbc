//! What gives variables their values.

use std::rc::Rc;

use crate::Span;

use super::interpret::{Context, Interpreter};
use super::script::{Argument, Assign, Assigned, RawWord};
use super::value::{Atom, Choices, Field, Value, Variant, combine, known};

/// Values longer than this, in bytes or words, are not followed.
const LENGTH: usize = 1 << 16;

impl Interpreter<'_> {
    /// `name=value`, wherever it stands.
    pub(super) fn assign(&mut self, assign: &Assign, context: Context) {
        match &assign.value {
            Assigned::Text(word) => {
                let values = self.assigned(word, context);
                if assign.indexed {
                    return self.state.set(&assign.name, Value::Unknown);
                }
                self.assign_text(&assign.name, values, assign.append, assign.span);
            }
            Assigned::List(words) => {
                let arguments: Vec<_> = words.iter().cloned().map(Argument::Word).collect();
                let lists = self.arguments(&arguments, context);
                let old = if assign.append { self.state.get(&assign.name) } else { Rc::default() };
                let none = [Variant { choices: Choices::new(), value: Value::List(Rc::default()) }];
                let mut variants = Vec::new();
                for before in if old.is_empty() { &none[..] } else { &old[..] } {
                    let mut first = match &before.value {
                        Value::List(list) => list.to_vec(),
                        Value::Text(atoms) => vec![field(atoms.to_vec(), assign.span)],
                        Value::Unknown => Vec::new(),
                    };
                    if before.value == Value::Unknown {
                        let name = crate::Part::Variable(assign.name.clone());
                        let atom = Atom { part: name, span: assign.span, place: None, quoted: false };
                        first.push(Field { splits: true, ..field(vec![atom], assign.span) });
                    }
                    for list in &lists {
                        let new = list.iter().cloned().map(|field| field.placed(assign.span));
                        let fields: Vec<Field> = first.iter().cloned().chain(new).collect();
                        let value = if fields.len() > LENGTH { Value::Unknown } else { Value::List(Rc::new(fields)) };
                        variants.push(Variant { choices: before.choices.clone(), value });
                    }
                }
                self.state.set_variants(&assign.name, variants);
            }
        }
    }

    /// Gives a variable a text, or several that it may have.
    pub(super) fn assign_text(&mut self, name: &str, values: Vec<(Choices, Vec<Atom>)>, append: bool, span: Span) {
        let old = if append { self.state.get(name) } else { Rc::default() };
        let mut variants = Vec::new();
        for (choices, atoms) in values {
            let atoms = placed(atoms, span);
            if length(&atoms) > LENGTH {
                variants.push(Variant { choices, value: Value::Unknown });
                continue;
            }
            if old.is_empty() {
                self.store(name, span, &atoms);
                variants.push(Variant { choices, value: Value::Text(Rc::new(atoms)) });
                continue;
            }
            for before in old.iter() {
                let Some(choices) = combine(&before.choices, &choices) else { continue };
                let value = match &before.value {
                    Value::Text(first) if length(first) > LENGTH => Value::Unknown,
                    Value::Text(first) => {
                        let longer: Vec<Atom> = first.iter().chain(&atoms).cloned().collect();
                        self.store(name, span, &longer);
                        Value::Text(Rc::new(longer))
                    }
                    other => other.clone(),
                };
                variants.push(Variant { choices, value });
            }
        }
        self.state.set_variants(name, variants);
    }

    /// Remembers a text that could be a command.
    fn store(&mut self, name: &str, span: Span, atoms: &[Atom]) {
        if atoms.iter().any(|atom| atom.part.text().is_some_and(|text| text.contains(' '))) {
            self.stored.push((name.to_owned(), span, atoms.to_vec()));
        }
    }

    /// `for name in words`.
    pub(super) fn each(&mut self, name: &str, words: &[RawWord], context: Context) {
        let mut variants = Vec::new();
        for word in words {
            for (choices, atoms) in self.assigned(word, context) {
                let value = if known(&atoms).is_some() {
                    Value::Text(Rc::new(placed(atoms, word.span)))
                } else {
                    Value::Unknown
                };
                variants.push(Variant { choices, value });
            }
        }
        if variants.is_empty() {
            self.state.set(name, Value::Unknown);
        } else {
            self.state.set_variants(name, variants);
        }
    }

    /// `shift`.
    pub(super) fn shift(&mut self, count: usize) {
        self.shifted = true;
        if let Some(fields) = &self.state.positional {
            let sure = fields.iter().take(count).all(|field| !field.splits);
            self.state.positional = sure.then(|| Rc::new(fields.iter().skip(count).cloned().collect()));
        }
    }
}

/// Atoms that belong to an assignment, unless they were written elsewhere already.
fn placed(mut atoms: Vec<Atom>, place: Span) -> Vec<Atom> {
    atoms.iter_mut().for_each(|atom| atom.place = atom.place.or(Some(place)));
    atoms
}

/// How long a text is, counting unknown parts as well.
fn length(atoms: &[Atom]) -> usize {
    atoms.iter().map(|atom| atom.part.text().map_or(1, str::len).max(1)).sum()
}

fn field(atoms: Vec<Atom>, span: Span) -> Field {
    Field { atoms, span, place: Some(span), ..Field::default() }
}
