//! `ropcop rules`.

use crate::CLEAN;
use crate::cli::{ListFormat, RulesArgs};
use crate::error::Error;
use crate::report::rules;
use crate::ruleset;
use crate::terminal::Terminal;

/// Lists all rules, also those that are off by default.
pub(crate) fn run(args: &RulesArgs, terminal: &mut Terminal<'_, '_>) -> Result<u8, Error> {
    let all = ruleset::load(&args.sources)?;
    let text = match args.format {
        ListFormat::Text => rules::text(&all),
        ListFormat::Json => rules::json(&all)?,
        ListFormat::Markdown => rules::markdown(&all),
    };
    terminal.print(&text)?;
    Ok(CLEAN)
}
