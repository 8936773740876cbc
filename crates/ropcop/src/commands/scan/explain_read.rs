//! `ropcop scan --explain-read`: why a file is parsed, or why it is not.

use std::collections::BTreeSet;
use std::path::Path;

use ropcop_engine::{Prefilter, Reason};
use ropcop_syntax::{LineIndex, Source};

use crate::CLEAN;
use crate::cli::ScanArgs;
use crate::error::Error;
use crate::input::{Input, Loaded};
use crate::report::compact;
use crate::ruleset::{self, RuleSet};
use crate::sanitize::sanitize;
use crate::terminal::Terminal;
use crate::walk;

/// Prints for a file, or for each below a folder, which matches let it pass, and by which texts.
pub(super) fn run(file: &Path, args: &ScanArgs, terminal: &mut Terminal<'_, '_>) -> Result<u8, Error> {
    let rules = ruleset::load(&args.sources).and_then(|rules| RuleSet::selected(rules, &args.selection))?;
    let walked = walk::walk(&[file.to_owned()], &super::walk_options(args))?;
    if walked.inputs.is_empty() {
        return Err(Error::NoLanguage(file.to_string_lossy().into_owned()));
    }
    let prefilter = Prefilter::new(&rules.active);
    let mut buffer = Vec::new();
    let pages = walked.inputs.iter().map(|input| page(input, &prefilter, &mut buffer));
    let pages: Vec<String> = pages.collect();
    terminal.print(&pages.concat())?;
    Ok(CLEAN)
}

fn page(input: &Input, prefilter: &Prefilter, buffer: &mut Vec<u8>) -> String {
    match input.load(prefilter, buffer) {
        Loaded::Quiet => format!("{} is not parsed: no rule can match in it\n", sanitize(&input.path)),
        Loaded::Skipped(notice) => format!("{}\n", compact::line(&notice)),
        Loaded::Source(source, _) => {
            let reasons = prefilter.reasons(source.text.as_bytes(), source.language);
            let lines = LineIndex::new(&source.text);
            let reasons: String = reasons.iter().map(|reason| line(reason, &source, &lines)).collect();
            format!("{} is parsed:\n{reasons}", sanitize(&input.path))
        }
    }
}

/// `  demo-password, match in line 21: "demo" in line 1, "login" in line 3`
fn line(reason: &Reason, source: &Source, lines: &LineIndex) -> String {
    let owner = reason.owner.as_ref().map(|owner| format!("{owner}, match in line {}", reason.line));
    let owner = owner.unwrap_or_else(|| "every scan".to_owned());
    let texts: BTreeSet<(usize, usize)> = reason.texts.iter().map(|place| (place.start, place.end)).collect();
    let text = |(start, end): &(usize, usize)| {
        let text = source.text.get(*start..*end).unwrap_or_default();
        format!("\"{}\" in line {}", sanitize(text), lines.line(*start))
    };
    let texts: Vec<String> = texts.iter().map(text).collect();
    format!("  {owner}: {}\n", texts.join(", "))
}
