//! What a makefile says about variables.

use std::collections::{HashMap, HashSet};
use std::ops::Range;

use crate::Language;

use super::line::Statement;

/// Variables with the one value that they have in the whole file.
pub(super) struct MakeVariables {
    single: HashMap<String, MakeValue>,
    /// All lines of a recipe go to one shell.
    pub(super) one_shell: bool,
    /// What reads the recipes.
    pub(super) language: Language,
}

/// The value of a variable.
#[derive(Clone)]
pub(super) struct MakeValue {
    pub(super) range: Range<usize>,
    /// The environment and the command line come first: `?=`.
    pub(super) default: bool,
}

impl MakeVariables {
    pub(super) fn of(statements: &[Statement], text: &str) -> Self {
        let mut single: HashMap<String, MakeValue> = HashMap::new();
        let mut several: HashSet<&str> = HashSet::new();
        let mut one_shell = false;
        for statement in statements {
            match statement {
                Statement::Assign { name, operator, value, local, .. } => {
                    let value = MakeValue { range: value.clone(), default: *operator == "?=" };
                    let is_plain = !local && !matches!(*operator, "+=" | "!=") && !value.range.is_empty();
                    if !is_plain || single.insert(name.clone(), value).is_some() {
                        several.insert(name);
                    }
                }
                Statement::Define { name, .. } => drop(several.insert(name)),
                Statement::Other(range) => one_shell |= text[range.clone()].trim_start().starts_with(".ONESHELL"),
                Statement::Recipe(_) | Statement::Condition(_) => {}
            }
        }
        single.retain(|name, _| !several.contains(name.as_str()));
        let shell = single.get("SHELL").and_then(|value| text.get(value.range.clone())).unwrap_or_default();
        let language = Language::of_program(shell).unwrap_or(Language::Shell);
        Self { single, one_shell, language }
    }

    pub(super) fn get(&self, name: &str) -> Option<&MakeValue> {
        self.single.get(name)
    }
}
