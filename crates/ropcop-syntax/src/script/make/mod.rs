//! Makefiles: the scripts in recipes, in `$(shell …)` and in `define`.

mod expand;
mod line;
mod record;
mod reference;
mod variable;

use std::cell::{Cell, RefCell};
use std::ops::Range;

use crate::guest::Guest;
use crate::guest::Reading;
use crate::text::template::Template;
use crate::{Certainty, Facts, Language, Source};

use line::{Condition, Statement};
use variable::MakeVariables;

/// Conditions nested deeper than this are not told apart.
const MOST_OPEN: usize = 64;

/// Reads a file.
pub(crate) fn facts(source: &Source, reading: &Reading<'_>) -> Facts {
    let statements = line::statements(&source.text);
    let reader = Makefile {
        text: &source.text,
        variables: MakeVariables::of(&statements, &source.text),
        shells: RefCell::default(),
        left: Cell::new(source.text.len() * 4 + 100_000),
    };
    let mut facts = reader.facts(&statements, reading);
    facts.records.extend(record::records(&source.text, &statements, reading));
    facts.settle();
    facts
}

struct Makefile<'t> {
    text: &'t str,
    variables: MakeVariables,
    /// Scripts whose output is used: `$(shell …)`.
    shells: RefCell<Vec<Template>>,
    /// How many letters variables may still put in.
    left: Cell<usize>,
}

impl Makefile<'_> {
    fn facts(&self, statements: &[Statement], reading: &Reading<'_>) -> Facts {
        let mut facts = Facts::default();
        // Open conditions: how many commands were found before each, and whether it has an `else`.
        let mut open: Vec<(usize, bool)> = Vec::new();
        let mut index = 0;
        while let Some(statement) = statements.get(index) {
            index += 1;
            match statement {
                Statement::Recipe(_) => {
                    let most = if self.variables.one_shell { usize::MAX } else { 1 };
                    let lines = statements[index - 1..].iter().map_while(Statement::recipe).take(most);
                    let count = lines.clone().count();
                    let code = self.recipe(lines);
                    let language = self.variables.language;
                    facts.absorb(reading.guest(&Guest { language, code, certainty: Certainty::Runs }));
                    index += count - 1;
                }
                Statement::Assign { operator: "!=", value, .. } => {
                    let code = self.value(value.clone());
                    facts.absorb(reading.guest(&shell(code, Certainty::Runs)));
                }
                Statement::Assign { value, .. } | Statement::Other(value) => drop(self.value(value.clone())),
                Statement::Define { body, .. } => {
                    facts.absorb(reading.guest(&shell(self.body(body.clone()), Certainty::Likely)));
                }
                Statement::Condition(Condition::If) => open.push((facts.commands.len(), false)),
                Statement::Condition(Condition::Else) => {
                    if let Some((_, has_else)) = open.last_mut() {
                        *has_else = true;
                    }
                }
                Statement::Condition(Condition::End) => {
                    if let (Some((start, true)), true) = (open.pop(), open.len() < MOST_OPEN) {
                        facts.commands[start..].iter_mut().for_each(|command| command.in_branch = true);
                    }
                }
            }
            for code in self.shells.take() {
                facts.absorb(reading.guest(&shell(code, Certainty::Runs)));
            }
        }
        facts
    }

    /// The script of a recipe: one line, or all of them where they share a shell.
    fn recipe<'r>(&self, lines: impl Iterator<Item = &'r Range<usize>>) -> Template {
        let mut whole = Template::default();
        for line in lines {
            if !whole.text.text.is_empty() {
                whole.text.push("\n", line.start.saturating_sub(1));
            }
            whole.append(&self.command(line.clone()));
        }
        whole
    }
}

fn shell(code: Template, certainty: Certainty) -> Guest {
    Guest { language: Language::Shell, code, certainty }
}
