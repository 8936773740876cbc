//! `ropcop test-rules`.

use crate::cli::TestRulesArgs;
use crate::error::Error;
use crate::sanitize::sanitize;
use crate::terminal::Terminal;
use crate::{CLEAN, FOUND, rule_tests, ruleset};

/// Runs the examples of rule files and says which do not hold.
pub(crate) fn run(args: &TestRulesArgs, terminal: &mut Terminal<'_, '_>) -> Result<u8, Error> {
    let own = ruleset::read(&args.rules)?;
    let outcome = rule_tests::run(&own, !args.no_builtin_rules)?;
    let mut text = String::new();
    for failure in &outcome.failures {
        text.push_str(&format!("{}\n", failure.lines().map(sanitize).collect::<Vec<_>>().join("\n")));
    }
    let (rules, examples, failed) = (outcome.rules, outcome.examples, outcome.failures.len());
    let s = |count: usize| if count == 1 { "" } else { "s" };
    text.push_str(&format!("{rules} rule{}, {examples} example{}, {failed} failed.\n", s(rules), s(examples)));
    terminal.print(&text)?;
    Ok(if failed == 0 { CLEAN } else { FOUND })
}
