//! The program `ropcop` as a library: [`run`] is all of it, from the words of the command line to the exit status.
//!
//! A scan goes through these modules, in this order: `cli` (what was typed), `ruleset` (which rules run), `walk` and
//! `input` (which files, and their text), `scan` (facts and findings), `suppress`, `report` (what is written).
//!
//! ```
//! let (mut out, mut err) = (Vec::new(), Vec::new());
//! let mut streams =
//!     ropcop::Streams { out: &mut out, err: &mut err, out_is_terminal: false, err_is_terminal: false };
//! assert_eq!(ropcop::run(["ropcop", "--version"], &mut streams), 0);
//! assert!(out.starts_with(b"ropcop "));
//! ```

mod cli;
mod commands;
mod decode;
mod document;
mod error;
mod fingerprint;
#[cfg(test)]
mod generated;
mod ignore_file;
mod input;
mod line_hash;
mod mask;
mod notice;
mod progress;
mod report;
mod root;
mod rule_tests;
mod ruleset;
mod sanitize;
mod scan;
mod suggest;
mod suppress;
mod terminal;
mod third_party;
mod walk;

use std::ffi::OsString;

use clap::Parser;

use crate::cli::{Cli, Command};
use crate::error::Error;
use crate::terminal::Terminal;
pub use crate::terminal::{Streams, hush_panics};

/// Exit status: nothing was found.
pub const CLEAN: u8 = 0;
/// Exit status: something was found.
pub const FOUND: u8 = 1;
/// Exit status: ropcop could not do its work.
pub const FAILED: u8 = 2;

/// Runs the program with these arguments, of which the first is its name. Returns the exit status.
pub fn run<A: Into<OsString> + Clone>(args: impl IntoIterator<Item = A>, streams: &mut Streams<'_>) -> u8 {
    let cli = match Cli::try_parse_from(args) {
        Ok(cli) => cli,
        Err(error) => return usage(&error, streams),
    };
    let mut terminal = Terminal::new(streams, cli.color);
    let result = match &cli.command {
        Command::Scan(args) => commands::scan::run(args, &mut terminal),
        Command::Rules(args) => commands::rules::run(args, &mut terminal),
        Command::Explain(args) => commands::explain::run(args, &mut terminal),
        Command::Facts(args) => commands::facts::run(args, &mut terminal),
        Command::TestRules(args) => commands::test_rules::run(args, &mut terminal),
        Command::Completions(args) => commands::completions::run(args, &mut terminal),
    };
    result.unwrap_or_else(|error: Error| {
        terminal.error(&error);
        FAILED
    })
}

/// Help, the version, or what is wrong with the command line.
fn usage(error: &clap::Error, streams: &mut Streams<'_>) -> u8 {
    let mut terminal = Terminal::new(streams, cli::Color::Auto);
    let text = error.render();
    let shown = |colour: bool| if colour { text.ansi().to_string() } else { text.to_string() };
    if error.use_stderr() {
        let shown = shown(terminal.err_look().colour);
        terminal.tell(&shown);
        return FAILED;
    }
    let shown = shown(terminal.look().colour);
    if terminal.print(&shown).is_ok() { CLEAN } else { FAILED }
}
