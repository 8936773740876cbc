//! `ropcop completions`.

use clap::CommandFactory;

use crate::CLEAN;
use crate::cli::{Cli, CompletionsArgs};
use crate::error::Error;
use crate::terminal::Terminal;

/// Prints a completion script.
pub(crate) fn run(args: &CompletionsArgs, terminal: &mut Terminal<'_, '_>) -> Result<u8, Error> {
    let mut script = Vec::new();
    clap_complete::generate(args.shell, &mut Cli::command(), "ropcop", &mut script);
    terminal.print(&String::from_utf8_lossy(&script))?;
    Ok(CLEAN)
}
