//! Variables of batch files.

use std::collections::HashMap;
use std::rc::Rc;

use super::lexer::Unit;

/// A longer value is not followed.
const LONGEST: usize = 4_000;
/// More values of one variable are not told apart.
const MOST_VALUES: usize = 8;

/// What is known of the variables at one point. Names are compared without case.
pub(super) struct BatchVariables {
    known: HashMap<String, BatchVariable>,
    /// How many letters may still be put in.
    left: usize,
}

#[derive(Default)]
struct BatchVariable {
    /// All values that it may have; empty if one of them is not known.
    values: Vec<Rc<[Unit]>>,
    used: bool,
    /// Its value was run as a command.
    ran: bool,
    /// A label stood between here and the last assignment.
    joined: bool,
}

/// Values that were not put in where they are used: in the order of the file.
#[derive(Default)]
pub(super) struct Left {
    /// Nobody reads them.
    pub(super) stored: Vec<Rc<[Unit]>>,
    /// One of several runs.
    pub(super) alternatives: Vec<Rc<[Unit]>>,
}

impl BatchVariables {
    /// For a script of this length.
    pub(super) fn new(length: usize) -> Self {
        Self { known: HashMap::new(), left: length * 4 + 100_000 }
    }

    /// The value of a variable, if there is only one.
    pub(super) fn value(&mut self, name: &str) -> Option<Rc<[Unit]>> {
        let variable = self.known.get_mut(&name.to_ascii_lowercase())?;
        variable.used = true;
        let [value] = &variable.values[..] else { return None };
        let value = Rc::clone(value);
        self.left = self.left.checked_sub(value.len())?;
        Some(value)
    }

    /// Notes that the value of a variable, which has several, is run.
    pub(super) fn run(&mut self, name: &str) {
        if let Some(variable) = self.known.get_mut(&name.to_ascii_lowercase()) {
            variable.ran = true;
        }
    }

    /// Gives a variable a value: surely, or only sometimes.
    pub(super) fn set(&mut self, name: &str, value: Option<Rc<[Unit]>>, sometimes: bool) {
        let value = value.filter(|value| !value.is_empty() && value.len() <= LONGEST);
        let variable = self.known.entry(name.to_ascii_lowercase()).or_default();
        if !(sometimes || variable.joined) {
            *variable = BatchVariable::default();
        }
        variable.joined = false;
        match value {
            Some(value) if variable.values.len() < MOST_VALUES => variable.values.push(value),
            _ => variable.values.clear(),
        }
    }

    /// Says that code from elsewhere goes on here.
    pub(super) fn join(&mut self) {
        self.known.values_mut().for_each(|variable| variable.joined = true);
    }

    /// Values of several words that were not put in anywhere.
    pub(super) fn left(&self) -> Left {
        let mut left = Left::default();
        for variable in self.known.values() {
            let values = variable.values.iter().filter(|value| value.iter().any(Unit::is_blank)).cloned();
            match (variable.used, variable.values.len()) {
                (false, _) => left.stored.extend(values),
                (true, 2..) if variable.ran => left.alternatives.extend(values),
                _ => {}
            }
        }
        let start = |value: &Rc<[Unit]>| value.first().map(|unit| unit.range.start);
        left.stored.sort_by_key(start);
        left.alternatives.sort_by_key(start);
        left
    }
}
