//! Jupyter notebooks, and Python files that were exported from notebooks.

mod cell;
mod databricks;
mod line;
mod magic;

use crate::guest::Guest;
use crate::guest::Reading;
use crate::text::template::Template;
use crate::{Certainty, Facts, Language, Source};

pub(crate) use databricks::facts as exported;

/// Reads a file.
pub(crate) fn facts(source: &Source, reading: &Reading<'_>) -> Facts {
    let (cells, unread) = cell::cells(&source.text);
    let mut kernels = Kernels::default();
    for cell in &cells {
        kernels.cell(cell);
    }
    let mut facts = Facts::default();
    unread.tell(&mut facts);
    for guest in kernels.guests() {
        facts.absorb(reading.guest(&guest));
    }
    facts.settle();
    facts
}

/// Collects the code of a notebook.
#[derive(Default)]
struct Kernels {
    /// What the cells of one kernel share: an import in one of them holds in all that follow.
    programs: Vec<(Language, Template)>,
    /// Code that stands for itself: every shell cell has a process of its own.
    alone: Vec<Guest>,
}

impl Kernels {
    fn cell(&mut self, cell: &cell::Cell) {
        for part in magic::parts(cell) {
            let language = part.language;
            if language == Language::Python {
                let (python, shell) = line::split(&part.code);
                self.alone.extend(shell);
                self.share(language, &python);
            } else if !part.shared {
                self.alone.push(Guest { language, code: part.code, certainty: part.certainty });
            } else if language.is_command_line() {
                self.share(language, &part.code);
            } else {
                self.share(language, &line::without_directives(&part.code));
            }
        }
    }

    /// Appends code to what the kernel of its language has seen.
    fn share(&mut self, language: Language, code: &Template) {
        let known = self.programs.iter().position(|(known, _)| *known == language);
        let index = known.unwrap_or(self.programs.len());
        if known.is_none() {
            self.programs.push((language, Template::default()));
        }
        let Some((_, program)) = self.programs.get_mut(index) else { return };
        program.append(code);
        // The value of a cell is an expression at its end; in a program there is none without a semicolon.
        let ends = program.text.text.trim_end().ends_with([';', '}']);
        let needs = [Language::CSharp, Language::Java].contains(&language) && !ends;
        let end = program.text.host(program.text.text.len());
        program.text.push(if needs { ";\n" } else { "\n" }, end);
    }

    fn guests(self) -> impl Iterator<Item = Guest> {
        let programs = self.programs.into_iter();
        let programs = programs.map(|(language, code)| Guest { language, code, certainty: Certainty::Runs });
        programs.chain(self.alone)
    }
}
