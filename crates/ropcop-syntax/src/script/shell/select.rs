//! What an expansion names: a variable, an argument, an element of a list or a map, a part of a list.

use std::rc::Rc;

use crate::Part;

use super::interpret::Interpreter;
use super::script::{Modifier, Piece, Variable, Which};
use super::state::ARGUMENTS;
use super::value::{Atom, ExpandedWord, ShellValue, VARIANTS, Variant, known};

/// Names of variables in variables are followed so far.
const INDIRECT: usize = 4;

impl Interpreter<'_> {
    /// All values of what `variable` names; empty if nothing is known of it.
    pub(super) fn values(&self, variable: &Variable) -> Rc<Vec<Variant>> {
        let name = self.name_of(variable);
        if let Ok(number) = name.parse::<usize>() {
            let arguments = self.state.get(ARGUMENTS);
            // `$0` is the script itself.
            return if number == 0 { Rc::default() } else { each(&arguments, |value| element_at(value, number - 1)) };
        }
        let all = self.state.get(if name == "*" { ARGUMENTS } else { name.as_str() });
        let chosen = match &variable.which {
            Which::Element(index) => self.elements(&all, index),
            _ => all,
        };
        match variable.how {
            // The arguments are counted from one.
            Modifier::Slice(from, count) if matches!(name.as_str(), "@" | "*") => {
                each(&chosen, |value| slice(value, if from > 0 { from - 1 } else { from }, count))
            }
            Modifier::Slice(from, count) => each(&chosen, |value| slice(value, from, count)),
            _ => chosen,
        }
    }

    /// The name itself, or for `${!x}` the one that is in the variable.
    fn name_of(&self, variable: &Variable) -> String {
        let mut name = variable.name.clone();
        if !matches!(variable.how, Modifier::Indirect) {
            return name;
        }
        for _ in 0..INDIRECT {
            match &self.state.get(&name)[..] {
                [Variant { value: ShellValue::Text(atoms), .. }] => match known(atoms) {
                    Some(next) => return next,
                    // `ref=$other` is known as far as `$other` is.
                    None => match &atoms[..] {
                        [Atom { part: Part::Variable(next), .. }] => name.clone_from(next),
                        _ => break,
                    },
                },
                _ => break,
            }
        }
        String::new()
    }

    fn elements(&self, all: &Rc<Vec<Variant>>, index: &[Piece]) -> Rc<Vec<Variant>> {
        let key = self.index(index);
        let mut found: Vec<Variant> = Vec::new();
        for Variant { choices, value } in all.iter() {
            let elements = match (value, &key) {
                (ShellValue::Map(pairs), Some(key)) => {
                    let hit = pairs.iter().find(|(known, _)| known == key);
                    vec![hit.map_or_else(nothing, |(_, field)| ShellValue::List(Rc::new(vec![field.clone()])))]
                }
                // Which key it is nobody knows: any of them.
                (ShellValue::Map(pairs), None) => {
                    pairs.iter().map(|(_, field)| ShellValue::List(Rc::new(vec![field.clone()]))).collect()
                }
                (value, Some(key)) => vec![key.parse().map_or(ShellValue::Unknown, |at: i64| element(value, at))],
                (_, None) => vec![ShellValue::Unknown],
            };
            found.extend(elements.into_iter().map(|value| Variant { choices: choices.clone(), value }));
        }
        found.truncate(VARIANTS);
        Rc::new(found)
    }

    /// The index of an element, if it is known: a number, a key, or a variable that holds one.
    pub(super) fn index(&self, pieces: &[Piece]) -> Option<String> {
        let mut text = String::new();
        for piece in pieces {
            match piece {
                Piece::Known(Atom { part: Part::Text(more), .. }) => text.push_str(more),
                Piece::Variable(variable) => match &self.values(variable)[..] {
                    [Variant { value: ShellValue::Text(atoms), .. }] => text.push_str(&known(atoms)?),
                    [Variant { value: ShellValue::List(list), .. }] => text.push_str(&list.first()?.text()?),
                    _ => return None,
                },
                _ => return None,
            }
        }
        (!text.is_empty()).then_some(text)
    }
}

fn each(variants: &[Variant], value: impl Fn(&ShellValue) -> ShellValue) -> Rc<Vec<Variant>> {
    let changed = |variant: &Variant| Variant { choices: variant.choices.clone(), value: value(&variant.value) };
    Rc::new(variants.iter().map(changed).collect())
}

/// The value of a variable that is not set.
fn nothing() -> ShellValue {
    ShellValue::Text(Rc::default())
}

fn element(value: &ShellValue, at: i64) -> ShellValue {
    match (value, usize::try_from(at)) {
        (ShellValue::Text(_), Ok(0)) => value.clone(),
        (_, Ok(at)) => element_at(value, at),
        (ShellValue::List(list), Err(_)) => {
            let at = list.len().checked_sub(at.unsigned_abs().try_into().unwrap_or(usize::MAX));
            at.map_or_else(nothing, |at| element_at(value, at))
        }
        _ => ShellValue::Unknown,
    }
}

fn element_at(value: &ShellValue, at: usize) -> ShellValue {
    match value {
        ShellValue::List(list) if is_sure(list, at + 1) => {
            list.get(at).map_or_else(nothing, |field| ShellValue::List(Rc::new(vec![field.clone()])))
        }
        ShellValue::Text(_) => nothing(),
        _ => ShellValue::Unknown,
    }
}

/// Behind a word that may be several, nobody can count.
fn is_sure(list: &[ExpandedWord], count: usize) -> bool {
    list.iter().take(count).all(|field| !field.splits)
}

fn slice(value: &ShellValue, from: i64, count: Option<usize>) -> ShellValue {
    let ShellValue::List(list) = value else { return ShellValue::Unknown };
    let start = match usize::try_from(from) {
        Ok(start) => start.min(list.len()),
        Err(_) => list.len().saturating_sub(from.unsigned_abs().try_into().unwrap_or(usize::MAX)),
    };
    let end = count.map_or(list.len(), |count| list.len().min(start.saturating_add(count)));
    let counted = if from < 0 {
        list.len()
    } else if count.is_some() {
        end
    } else {
        start
    };
    if is_sure(list, counted) { ShellValue::List(Rc::new(list[start..end].to_vec())) } else { ShellValue::Unknown }
}
