//! The examples that rule files carry, run as tests.

use std::collections::BTreeMap;

use ropcop_engine::{Confidence, Rule, RuleText, Rules, Severity};

use crate::error::Error;
use crate::input::Input;
use crate::report::Report;
use crate::ruleset::{self, RuleSet};
use crate::scan::Scan;

/// How it went.
#[derive(Debug, Default)]
pub(crate) struct Outcome {
    pub(crate) rules: usize,
    pub(crate) examples: usize,
    /// One message for each example that does not hold.
    pub(crate) failures: Vec<String>,
}

/// Runs the examples of `own` rule files, with the built-in rules beside them if asked for.
pub(crate) fn run(own: &[RuleText], with_builtin: bool) -> Result<Outcome, Error> {
    let mut files = if with_builtin { ruleset::builtin() } else { Vec::new() };
    files.extend_from_slice(own);
    let set = RuleSet::all(Rules::load(&files).map_err(Error::Rules)?);
    let mut outcome = Outcome::default();
    let is_own = |rule: &&Rule| {
        let name = format!("{}.toml", rule.id);
        own.iter().any(|file| file.path.rsplit(['/', '\\']).next() == Some(&*name))
    };
    for rule in set.active.rules.iter().filter(is_own) {
        outcome.rules += 1;
        for (index, example) in rule.file.bad.iter().enumerate() {
            let failure = bad(&set, rule, example)?;
            outcome.add(rule, "bad", index, failure);
        }
        for (index, example) in rule.file.good.iter().enumerate() {
            let failure = good(&set, rule, example)?;
            outcome.add(rule, "good", index, failure);
        }
    }
    Ok(outcome)
}

impl Outcome {
    fn add(&mut self, rule: &Rule, kind: &str, index: usize, failure: Option<String>) {
        self.examples += 1;
        let place = format!("{}: [[{kind}]] number {}", rule.id, index + 1);
        self.failures.extend(failure.map(|failure| format!("{place}: {failure}")));
    }
}

type Example = BTreeMap<String, String>;

fn bad(set: &RuleSet, rule: &Rule, example: &Example) -> Result<Option<String>, Error> {
    let (report, unread) = scan(set, example)?;
    if let Some(path) = unread.first() {
        return Ok(Some(format!("`{path}` is in no language that ropcop reads")));
    }
    let found = report.findings.iter().any(|reported| reported.finding.rule == rule.id);
    Ok((!found).then(|| "the rule finds nothing".to_owned()))
}

/// A good example must be clean under the rule itself and under all that are on by default.
fn good(set: &RuleSet, rule: &Rule, example: &Example) -> Result<Option<String>, Error> {
    let (report, unread) = scan(set, example)?;
    if let Some(path) = unread.first() {
        return Ok(Some(format!("`{path}` is in no language that ropcop reads")));
    }
    let counts = |id: &str| id == &*rule.id || set.active.get(id).is_some_and(|other| other.file.default);
    let mut found = report.findings.iter().map(|reported| &reported.finding);
    let found = found.find(|finding| finding.confidence > Confidence::Low && counts(&finding.rule));
    Ok(found.map(|finding| {
        let (start, _) = report.positions(&finding.path, finding.span);
        let place = format!("{}:{}:{}", finding.path, start.line, start.column);
        format!("{} finds something at {place}", finding.rule)
    }))
}

/// Scans an example; also the files of it that cannot be read.
fn scan<'e>(set: &RuleSet, example: &'e Example) -> Result<(Report, Vec<&'e str>), Error> {
    let mut inputs = Vec::new();
    let mut unread = Vec::new();
    for (path, text) in example {
        match Input::text(path, text) {
            Some(input) => inputs.push(input),
            None => unread.push(path.as_str()),
        }
    }
    let scan =
        Scan { rules: set, min_severity: Severity::Note, min_confidence: Confidence::Low, threads: 1, tick: &|| {} };
    Ok((scan.run(&inputs)?, unread))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_examples_of_the_built_in_rules_hold() {
        ruleset::builtin_rules();
        let outcome = run(&ruleset::builtin(), false).expect("the rules were loaded just now");
        assert!(outcome.failures.is_empty(), "{}", outcome.failures.join("\n"));
    }
}
