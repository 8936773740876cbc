//! The closing lines: how much was found, how much was read, what was left out.

use std::collections::BTreeMap;
use std::time::Duration;

use ropcop_engine::Severity;

use super::Report;

/// A few lines for people. `time` is only given on a terminal: everything else gets the same bytes every time.
pub(crate) fn render(report: &Report, time: Option<Duration>) -> String {
    let mut out = found(report);
    for (rule, count) in by_rule(report) {
        out.push_str(&format!("  {count:>4}  {rule}\n"));
    }
    out.push_str(&left_out(report));
    out.push_str(&read(report, time));
    out
}

fn found(report: &Report) -> String {
    let total = report.findings.len();
    if total == 0 {
        return "Nothing found.\n".to_owned();
    }
    let severities = [Severity::Error, Severity::Warning, Severity::Note].map(|severity| {
        let of_it = report.findings.iter().filter(|reported| reported.finding.severity == severity).count();
        (of_it, severity.name())
    });
    let parts = severities.into_iter().filter(|(count, _)| *count > 0);
    let parts: Vec<String> = parts.map(|(count, name)| format!("{count} {name}{}", s(count))).collect();
    let mut paths: Vec<&str> = report.findings.iter().map(|reported| &*reported.finding.path).collect();
    paths.dedup();
    format!("Found {} in {} file{}.\n", parts.join(", "), paths.len(), s(paths.len()))
}

/// How many findings each rule has.
pub(crate) fn by_rule(report: &Report) -> BTreeMap<&str, usize> {
    let mut counts = BTreeMap::new();
    for reported in &report.findings {
        *counts.entry(&*reported.finding.rule).or_default() += 1;
    }
    counts
}

fn left_out(report: &Report) -> String {
    let counts = &report.counts;
    let all = [
        (counts.suppressed, "suppressed by comments"),
        (counts.below_severity, "below --min-severity"),
        (counts.below_confidence, "below --min-confidence"),
    ];
    let parts: Vec<String> = all.iter().filter(|(n, _)| *n > 0).map(|(n, what)| format!("{n} {what}")).collect();
    if parts.is_empty() { String::new() } else { format!("Not shown: {}.\n", parts.join(", ")) }
}

fn read(report: &Report, time: Option<Duration>) -> String {
    let count = report.counts.read;
    let time = time.map_or_else(String::new, |time| format!(" in {:.2} s", time.as_secs_f64()));
    let mut skipped: BTreeMap<_, usize> = BTreeMap::new();
    for notice in &report.notices {
        if let Some(names) = notice.kind.skipped() {
            *skipped.entry((notice.kind, names)).or_default() += 1;
        }
    }
    let parts = skipped.iter().map(|((_, (one, many)), n)| format!("{n} {}", if *n == 1 { one } else { many }));
    let parts: Vec<String> = parts.collect();
    let skipped =
        if parts.is_empty() { String::new() } else { format!("; skipped {} (see --stats)", parts.join(", ")) };
    format!("Read {count} file{}{time}{skipped}.\n", s(count))
}

fn s(count: usize) -> &'static str {
    if count == 1 { "" } else { "s" }
}
