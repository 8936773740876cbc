//! Dockerfiles.
//!
//! Their lines are read here and not by a grammar, because what the lines mean depends on other lines: on the
//! `# escape=` directive, on `SHELL`, on the stage that a stage is built from.

mod assign;
mod exec;
mod line;
mod record;
mod stage;

use crate::guest::Reading;
use crate::{Facts, Source};

/// Reads a file.
pub(crate) fn facts(source: &Source, reading: &Reading<'_>) -> Facts {
    let mut stages = stage::Stages::new(reading);
    for instruction in line::instructions(&source.text) {
        stages.instruction(&instruction);
    }
    stages.finish()
}
