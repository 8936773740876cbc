//! Dockerfiles.
//!
//! Their lines are read here and not by a grammar, because what the lines mean depends on other lines: on the
//! `# escape=` directive, on `SHELL`, on the stage that a stage is built from.

mod assign;
mod exec;
mod line;
mod record;
mod stage;

use crate::{Facts, Source};

/// Reads a file.
pub(crate) fn facts(source: &Source, keep: &dyn Fn(&str) -> bool) -> Facts {
    let mut stages = stage::Stages::new(keep);
    for instruction in line::instructions(&source.text) {
        stages.instruction(&instruction);
    }
    stages.finish()
}
