//! What `--stats` prints: what was read, every notice, and where the time went.

use std::time::Duration;

use super::counts::Counts;
use super::{Report, compact};

/// Times of the stages.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Times {
    pub(crate) rules: Duration,
    pub(crate) walk: Duration,
    pub(crate) scan: Duration,
}

/// A list for people.
pub(crate) fn render(report: &Report, times: Times) -> String {
    let counts = &report.counts;
    let languages: Vec<String> = counts.languages.iter().map(|(name, count)| format!("{name} {count}")).collect();
    let languages = if languages.is_empty() { String::new() } else { format!(" ({})", languages.join(", ")) };
    let mut out = format!("Files read: {}{languages}\n", counts.read);
    let Counts { passed, parsed, .. } = counts;
    out.push_str(&format!(
        "Files in which a rule might match: {passed}, of which parsed: {parsed} (see --explain-read)\n"
    ));
    out.push_str(&format!("Files in other languages, not read: {}\n", counts.other));
    out.push_str(&format!("Documents, not read without --include-docs: {}\n", counts.documents));
    let seconds = |time: Duration| format!("{:.3} s", time.as_secs_f64());
    out.push_str(&format!(
        "Time: loading rules {}, listing files {}, scanning {}\n",
        seconds(times.rules),
        seconds(times.walk),
        seconds(times.scan)
    ));
    if report.notices.is_empty() {
        out.push_str("Nothing was skipped.\n");
    } else {
        out.push_str("Skipped and remarkable:\n");
        for notice in &report.notices {
            out.push_str(&format!("  {}\n", compact::line(notice)));
        }
    }
    out
}
