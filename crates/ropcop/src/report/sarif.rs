//! SARIF 2.1.0, as GitHub code scanning reads it.
//!
//! Paths are relative to `%SRCROOT%`, the folder in which ropcop ran: run it in the root of the repository. Two
//! fingerprints are given: ropcop's own, and the one that GitHub's upload action would compute, which uploads without that
//! action need.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, utf8_percent_encode};
use ropcop_engine::{Related, Rules};
use ropcop_syntax::Span;
use serde_json::json;
use serde_sarif::sarif::{
    ArtifactContent, ArtifactLocation, CodeFlow, Invocation, Location, Message, Notification, PhysicalLocation,
    PropertyBag, Region, ReportingDescriptorReference, Result as Finding, ResultLevel, Run, RunAutomationDetails,
    Sarif, ThreadFlow, ThreadFlowLocation, Tool, ToolComponent,
};

use super::sarif_rules::{descriptor, notifications, sentence, taxonomy};
use super::{Report, Reported, json};
use crate::decode::Encoding;
use crate::error::Error;
use crate::line_hash::line_hashes;
use crate::notice::{Notice, NoticeKind};
use crate::sanitize::sanitize;

const SCHEMA: &str = "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json";
const ROOT: &str = "%SRCROOT%";

/// Writes the report. `status` is the exit status that the run is going to have.
pub(crate) fn render(report: &Report, rules: &Rules, status: u8) -> Result<String, Error> {
    let mut writer = SarifWriter { report, rules, hashes: HashMap::new() };
    let results: Vec<Finding> = report.findings.iter().map(|reported| writer.result(reported)).collect();
    let root = ArtifactLocation::builder().description(message("The folder in which ropcop ran.")).build();
    let kinds: BTreeSet<NoticeKind> = report.notices.iter().map(|notice| notice.kind).collect();
    let kinds: Vec<NoticeKind> = kinds.into_iter().collect();
    let mut run = Run::builder()
        .tool(Tool::builder().driver(driver(rules, &kinds)).build())
        .invocations(vec![invocation(report, &kinds, status)])
        .automation_details(RunAutomationDetails::builder().id("ropcop/").build())
        .column_kind(json!("utf16CodeUnits"))
        .original_uri_base_ids(BTreeMap::from([(ROOT.to_owned(), root)]))
        .results(results)
        .build();
    run.taxonomies = taxonomy(rules).map(|taxonomy| vec![taxonomy]);
    json::to_text(&Sarif::builder().schema(SCHEMA).version(json!("2.1.0")).runs(vec![run]).build())
}

fn driver(rules: &Rules, kinds: &[NoticeKind]) -> ToolComponent {
    let version = env!("CARGO_PKG_VERSION");
    ToolComponent::builder()
        .name("ropcop")
        .full_name(format!("ropcop {version}"))
        .version(version)
        .semantic_version(version)
        .information_uri(env!("CARGO_PKG_REPOSITORY"))
        .rules(rules.rules.iter().map(descriptor).collect::<Vec<_>>())
        .notifications(notifications(kinds))
        .build()
}

fn invocation(report: &Report, kinds: &[NoticeKind], status: u8) -> Invocation {
    let notifications: Vec<Notification> = report.notices.iter().map(|notice| notification(notice, kinds)).collect();
    let mut invocation = Invocation::builder().execution_successful(true).exit_code(i64::from(status)).build();
    invocation.tool_execution_notifications = (!notifications.is_empty()).then_some(notifications);
    invocation
}

fn notification(notice: &Notice, kinds: &[NoticeKind]) -> Notification {
    let index = kinds.iter().position(|kind| *kind == notice.kind).unwrap_or_default();
    let descriptor = ReportingDescriptorReference::builder().id(notice.kind.name()).index(index as i64).build();
    // A viewer may show the text without the place.
    let text = match &notice.path {
        Some(path) => format!("{}: {}", sanitize(path), sanitize(&notice.text)),
        None => sanitize(&notice.text).into_owned(),
    };
    let mut found = Notification::builder()
        .descriptor(descriptor)
        .level(json!(notice.kind.level().name()))
        .message(message(&sentence(&text)))
        .build();
    found.locations = notice.path.as_ref().map(|path| {
        let mut place = PhysicalLocation::builder().artifact_location(artifact(path)).build();
        place.region = notice.line.map(|line| Region::builder().start_line(line as i64).build());
        vec![Location::builder().physical_location(place).build()]
    });
    found
}

struct SarifWriter<'a> {
    report: &'a Report,
    rules: &'a Rules,
    /// Line hashes by path: a file is hashed whole, whatever the number of its findings.
    hashes: HashMap<&'a str, Vec<String>>,
}

impl<'a> SarifWriter<'a> {
    fn result(&mut self, reported: &'a Reported) -> Finding {
        let finding = &reported.finding;
        let index = self.rules.rules.iter().position(|rule| rule.id == finding.rule).unwrap_or_default();
        let related: Vec<Location> =
            finding.related.iter().enumerate().map(|(at, related)| self.related(at + 1, related)).collect();
        let mut properties = BTreeMap::from([
            ("confidence".to_owned(), json!(finding.confidence.name())),
            ("impact".to_owned(), json!(finding.impact.name())),
        ]);
        let target = finding.target.map_or(json::UNKNOWN, |target| target.name());
        properties.insert("target".to_owned(), json!(target));
        if let Some(cloud) = &finding.cloud {
            properties.insert("cloud".to_owned(), json!(&**cloud));
        }
        let mut result = Finding::builder()
            .rule_id(&*finding.rule)
            .rule_index(index as i64)
            .level(level(finding.severity))
            .message(message(&text(reported)))
            .locations(vec![Location::builder().physical_location(self.place(&finding.path, finding.span)).build()])
            .partial_fingerprints(self.fingerprints(reported))
            .properties(PropertyBag::builder().additional_properties(properties).build())
            .build();
        result.related_locations = (!related.is_empty()).then_some(related);
        result.code_flows = (!finding.flow.is_empty()).then(|| vec![self.flow(reported)]);
        result
    }

    /// The way from where something is set to where it is used.
    fn flow(&self, reported: &Reported) -> CodeFlow {
        let finding = &reported.finding;
        let steps = finding.flow.iter().map(|step| match finding.related.get(*step) {
            Some(related) => (&*related.path, related.span, related.label.as_str()),
            None => (&*finding.path, finding.span, finding.message.as_str()),
        });
        let location = |(path, span, label): (&str, Span, &str)| {
            let message = message(&sentence(&escape(&sanitize(label))));
            let place = Location::builder().physical_location(self.place(path, span)).message(message).build();
            ThreadFlowLocation::builder().location(place).build()
        };
        let flow = ThreadFlow::builder().locations(steps.map(location).collect::<Vec<_>>()).build();
        CodeFlow::builder().thread_flows(vec![flow]).build()
    }

    fn related(&self, id: usize, related: &Related) -> Location {
        Location::builder()
            .id(id as i64)
            .physical_location(self.place(&related.path, related.span))
            .message(message(&sentence(&sanitize(&related.label))))
            .build()
    }

    fn place(&self, path: &str, span: Span) -> PhysicalLocation {
        let (start, end) = self.report.positions(path, span);
        let snippet = ArtifactContent::builder().text(self.report.masked(path, span)).build();
        let region = Region::builder()
            .start_line(start.line as i64)
            .start_column(start.column_utf16 as i64)
            .end_line(end.line as i64)
            .end_column(end.column_utf16 as i64)
            .snippet(snippet)
            .build();
        PhysicalLocation::builder().artifact_location(artifact(path)).region(region).build()
    }

    fn fingerprints(&mut self, reported: &'a Reported) -> BTreeMap<String, String> {
        let finding = &reported.finding;
        let mut found = BTreeMap::from([("ropcop/v1".to_owned(), reported.fingerprint.clone())]);
        let Some(document) = self.report.document(&finding.path) else { return found };
        // The action reads every file as UTF-8, byte order mark included; for other encodings it hashes something that is
        // not the text, and finds that out for itself.
        let mark = match document.encoding {
            Encoding::Utf8 => "",
            Encoding::Utf8Mark => "\u{feff}",
            Encoding::Utf16 | Encoding::Guessed => return found,
        };
        // It also takes a carriage return alone for the end of a line, so that its lines are not ours.
        if document.text.replace("\r\n", "").contains('\r') {
            return found;
        }
        let hash = || line_hashes(&format!("{mark}{}", document.text));
        let hashes = self.hashes.entry(&finding.path).or_insert_with(hash);
        let line = self.report.positions(&finding.path, finding.span).0.line;
        if let Some(hash) = hashes.get(line - 1) {
            found.insert("primaryLocationLineHash".to_owned(), hash.clone());
        }
        found
    }
}

/// The message, with a link to each related place: GitHub shows only those that the message links to.
fn text(reported: &Reported) -> String {
    let finding = &reported.finding;
    let message = sentence(&escape(&sanitize(&finding.message)));
    let links = finding.related.iter().enumerate();
    let label = |related: &Related| match related.path == finding.path {
        true => related.label.clone(),
        false => format!("{} {}", related.path, related.label),
    };
    let links: Vec<String> =
        links.map(|(at, related)| format!("[{}]({})", escape(&sanitize(&label(related))), at + 1)).collect();
    if links.is_empty() { message } else { format!("{message} See: {}.", links.join(", ")) }
}

/// Square brackets would begin a link.
fn escape(text: &str) -> String {
    text.replace('\\', "\\\\").replace('[', "\\[").replace(']', "\\]")
}

fn level(severity: ropcop_engine::Severity) -> ResultLevel {
    match severity {
        ropcop_engine::Severity::Note => ResultLevel::Note,
        ropcop_engine::Severity::Warning => ResultLevel::Warning,
        ropcop_engine::Severity::Error => ResultLevel::Error,
    }
}

fn message(text: &str) -> Message {
    Message::builder().text(text).build()
}

fn artifact(path: &str) -> ArtifactLocation {
    ArtifactLocation::builder().uri(uri(path)).uri_base_id(ROOT).build()
}

/// What means itself in a relative URI, beside letters and digits.
const MARKS: &AsciiSet = &NON_ALPHANUMERIC.remove(b'-').remove(b'.').remove(b'_').remove(b'~').remove(b'/');

/// A path as a relative URI.
fn uri(path: &str) -> String {
    utf8_percent_encode(path, MARKS).to_string()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn paths_become_uris() {
        assert_eq!(uri("a b/ü:#?.sh"), "a%20b/%C3%BC%3A%23%3F.sh");
        assert_eq!(escape("a[0]"), "a\\[0\\]");
    }
}
