//! ropcop's own JSON. `schema/report.schema.json` is generated from the types here; their doc comments are its text.
//!
//! The shape is stable: fields may be added without a new [`VERSION`], nothing is taken away or changes its meaning.

use std::collections::BTreeMap;

use schemars::JsonSchema;
use serde::Serialize;

use ropcop_engine::{Rules, Severity};
use ropcop_syntax::Span;

use super::rules::fix;
use super::{Report, Reported, summary};
use crate::error::Error;
use crate::sanitize;

/// Version of the shape.
const VERSION: u32 = 1;

/// The report of one run of ropcop.
#[derive(Serialize, JsonSchema)]
pub(crate) struct Root<'a> {
    /// Version of this shape.
    version: u32,
    /// The program that wrote the report.
    tool: Tool,
    /// What was found, sorted by path and place.
    findings: Vec<Finding<'a>>,
    /// What could not be looked at or looks like a mistake.
    notices: Vec<NoticeEntry<'a>>,
    /// Numbers about the run.
    summary: Summary<'a>,
}

/// A program.
#[derive(Serialize, JsonSchema)]
struct Tool {
    /// Its name.
    name: &'static str,
    /// Its version.
    version: &'static str,
}

/// The target of a token of which nothing tells what it is for.
pub(super) const UNKNOWN: &str = "unknown";

/// One place where a rule matched.
#[derive(Serialize, JsonSchema)]
struct Finding<'a> {
    /// Id of the rule.
    rule: &'a str,
    /// Path of the file, `/` between its parts, relative to the folder in which ropcop ran.
    path: &'a str,
    /// First character.
    start: Position,
    /// Behind the last character.
    end: Position,
    /// `error`, `warning` or `note`.
    severity: &'static str,
    /// What happens to the sign-in: `blocked`, `at-risk`, `broken` or `hygiene`.
    impact: &'static str,
    /// How sure the finding is: `high`, `medium` or `low`.
    confidence: &'static str,
    /// The service that the token is for; `unknown` if nothing tells.
    target: &'static str,
    /// The sovereign cloud that it is about, if it is about one.
    cloud: Option<&'a str>,
    /// What is wrong, in one sentence.
    message: &'a str,
    /// The text of the place; literal secrets are replaced by `…`.
    snippet: String,
    /// What to use instead, for this kind of place. Markdown.
    fix: Option<String>,
    /// Pages to read, the most useful first.
    links: &'a [String],
    /// Other places that belong to the finding.
    related: Vec<Related<'a>>,
    /// Stays the same when the lines around the finding move.
    fingerprint: &'a str,
}

/// Another place that belongs to a finding.
#[derive(Serialize, JsonSchema)]
struct Related<'a> {
    /// Path of the file.
    path: &'a str,
    /// First character.
    start: Position,
    /// Behind the last character.
    end: Position,
    /// What it has to do with the finding.
    label: &'a str,
}

/// A place in a file.
#[derive(Serialize, JsonSchema)]
struct Position {
    /// Line, from 1.
    line: usize,
    /// Column in characters, from 1.
    column: usize,
}

/// A remark about a file, or about the run if it has no path.
#[derive(Serialize, JsonSchema)]
#[schemars(rename = "Notice")]
struct NoticeEntry<'a> {
    /// What kind of remark: `too-large`, `unused-suppression` and so on.
    kind: &'static str,
    /// `error`, `warning` or `note`.
    level: &'static str,
    /// The file or folder.
    path: Option<&'a str>,
    /// The line, from 1.
    line: Option<usize>,
    /// The remark.
    text: &'a str,
}

/// Numbers about the run.
#[derive(Serialize, JsonSchema)]
struct Summary<'a> {
    /// How many findings there are.
    findings: usize,
    /// How many of each severity.
    by_severity: BTreeMap<&'static str, usize>,
    /// How many of each rule.
    by_rule: BTreeMap<&'a str, usize>,
    /// Files that were read.
    files_read: usize,
    /// Files of these that were parsed, because some rule might match.
    files_parsed: usize,
    /// Files in languages that ropcop does not read.
    files_other: usize,
    /// Findings that comments suppress.
    suppressed: usize,
    /// Findings left out by `--min-severity`.
    below_min_severity: usize,
    /// Findings left out by `--min-confidence`.
    below_min_confidence: usize,
}

/// Writes the report.
pub(crate) fn render(report: &Report, rules: &Rules) -> Result<String, Error> {
    let counts = &report.counts;
    let mut by_severity = BTreeMap::from([Severity::Error, Severity::Warning, Severity::Note].map(|s| (s.name(), 0)));
    for reported in &report.findings {
        *by_severity.entry(reported.finding.severity.name()).or_default() += 1;
    }
    let root = Root {
        version: VERSION,
        tool: Tool { name: "ropcop", version: env!("CARGO_PKG_VERSION") },
        findings: report.findings.iter().map(|reported| finding(report, reported, rules)).collect(),
        notices: report.notices.iter().map(notice).collect(),
        summary: Summary {
            findings: report.findings.len(),
            by_severity,
            by_rule: summary::by_rule(report),
            files_read: counts.read,
            files_parsed: counts.parsed,
            files_other: counts.other,
            suppressed: counts.suppressed,
            below_min_severity: counts.below_severity,
            below_min_confidence: counts.below_confidence,
        },
    };
    to_text(&root)
}

fn finding<'a>(report: &Report, reported: &'a Reported, rules: &'a Rules) -> Finding<'a> {
    let finding = &reported.finding;
    let rule = rules.get(&finding.rule).map(|rule| &rule.file);
    let (start, end) = positions(report, &finding.path, finding.span);
    let related = finding.related.iter().map(|related| {
        let (start, end) = positions(report, &related.path, related.span);
        Related { path: &related.path, start, end, label: &related.label }
    });
    Finding {
        rule: &finding.rule,
        path: &finding.path,
        start,
        end,
        severity: finding.severity.name(),
        impact: finding.impact.name(),
        confidence: finding.confidence.name(),
        target: finding.target.map_or(UNKNOWN, |target| target.name()),
        cloud: finding.cloud.as_deref(),
        message: &finding.message,
        snippet: report.masked(&finding.path, finding.span),
        fix: rule.map(|rule| {
            let fix = fix(rule, finding.place);
            [fix.general, fix.host].into_iter().flatten().collect::<Vec<_>>().join("\n\n")
        }),
        links: rule.map_or(&[], |rule| &rule.links),
        related: related.collect(),
        fingerprint: &reported.fingerprint,
    }
}

fn positions(report: &Report, path: &str, span: Span) -> (Position, Position) {
    let (start, end) = report.positions(path, span);
    (Position { line: start.line, column: start.column }, Position { line: end.line, column: end.column })
}

fn notice(notice: &crate::notice::Notice) -> NoticeEntry<'_> {
    NoticeEntry {
        kind: notice.kind.name(),
        level: notice.kind.level().name(),
        path: notice.path.as_deref(),
        line: notice.line,
        text: &notice.text,
    }
}

/// JSON whose strings hold nothing that acts on a terminal: such characters are written as `\u…`, which means the same.
pub(crate) fn to_text(value: &impl Serialize) -> Result<String, Error> {
    let json = serde_json::to_string_pretty(value)?;
    let mut out = String::with_capacity(json.len() + 1);
    for c in json.chars() {
        if c != '\n' && sanitize::is_unsafe(c) {
            let mut units = [0; 2];
            for unit in c.encode_utf16(&mut units) {
                out.push_str(&format!("\\u{unit:04x}"));
            }
        } else {
            out.push(c);
        }
    }
    out.push('\n');
    Ok(out)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_schema_of_the_report_is_up_to_date() {
        let schema = schemars::schema_for!(Root<'static>);
        let text = serde_json::to_string_pretty(&schema).expect("a schema is JSON") + "\n";
        crate::generated::check("schema/report.schema.json", &text);
    }

    #[test]
    fn nothing_in_json_acts_on_a_terminal() {
        let text = "a\u{1b}[0m\u{202e}\u{e0001}ü\n";
        let json = to_text(&text).expect("JSON");
        assert_eq!(json, "\"a\\u001b[0m\\u202e\\udb40\\udc01ü\\n\"\n");
        assert_eq!(serde_json::from_str::<String>(&json).expect("JSON"), text);
    }
}
