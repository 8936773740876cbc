//! `ropcop explain`.

use crate::CLEAN;
use crate::cli::ExplainArgs;
use crate::error::Error;
use crate::report::rules;
use crate::ruleset;
use crate::terminal::Terminal;

/// Prints the page of one rule.
pub(crate) fn run(args: &ExplainArgs, terminal: &mut Terminal<'_, '_>) -> Result<u8, Error> {
    let all = ruleset::load(&args.sources)?;
    let ids = all.rules.iter().map(|rule| &*rule.id);
    let rule = all.get(&args.rule).ok_or_else(|| ruleset::unknown(&args.rule, ids))?;
    let text = rules::explain(rule, &terminal.look());
    terminal.print(&text)?;
    Ok(CLEAN)
}
