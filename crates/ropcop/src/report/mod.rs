//! What a scan found, ready to be written. One format a file; only these modules serialise.

pub(crate) mod compact;
pub(crate) mod counts;
pub(crate) mod cwe;
pub(crate) mod excerpt;
pub(crate) mod json;
pub(crate) mod plain;
pub(crate) mod pretty;
pub(crate) mod rule_error;
pub(crate) mod rules;
pub(crate) mod sarif;
pub(crate) mod sarif_rules;
pub(crate) mod stats;
pub(crate) mod summary;

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use ropcop_engine::{FileFacts, Finding};
use ropcop_syntax::{Literals, Span};

use self::counts::Counts;
use crate::decode::Encoding;
use crate::document::{Document, LineColumn};
use crate::fingerprint::Fingerprints;
use crate::notice::Notice;

/// Everything that a report says. Findings are sorted by path and place; their messages repeat no value.
#[derive(Debug, Default)]
pub(crate) struct Report {
    pub(crate) findings: Vec<Reported>,
    pub(crate) notices: Vec<Notice>,
    pub(crate) counts: Counts,
    documents: BTreeMap<Arc<str>, Document>,
}

/// A finding with what identifies it.
#[derive(Debug)]
pub(crate) struct Reported {
    pub(crate) finding: Finding,
    pub(crate) fingerprint: String,
}

impl Report {
    /// Takes over findings, the texts that they point to, and everything that must be hidden from now on.
    pub(crate) fn take(
        &mut self,
        mut findings: Vec<Finding>,
        files: &[FileFacts],
        encodings: &BTreeMap<Arc<str>, Encoding>,
    ) {
        findings.sort_by(|a, b| (&a.path, a.span, &a.rule).cmp(&(&b.path, b.span, &b.rule)));
        let related = findings.iter().flat_map(|finding| finding.related.iter().map(|related| &related.path));
        let mentioned: BTreeSet<Arc<str>> =
            findings.iter().map(|finding| &finding.path).chain(related).cloned().collect();
        for file in files.iter().filter(|file| mentioned.contains(&file.path)) {
            let encoding = encodings.get(&file.path).copied().unwrap_or(Encoding::Utf8);
            self.documents.insert(file.path.clone(), Document::new(file.text.clone(), encoding));
        }
        for file in files {
            let Some(document) = self.documents.get_mut(&file.path) else { continue };
            let written = Literals::new(&file.text, file.language, &file.facts);
            let places = findings.iter().flat_map(|finding| places(finding, &file.path));
            let neighbours = places.flat_map(|place| document.neighbours(place, |it| written.may_hold_literals(it)));
            let own = findings.iter().filter(|finding| finding.path == file.path);
            let secrets = own.flat_map(|finding| &finding.secrets).flat_map(|secret| secret.literals.iter().copied());
            let hidden: Vec<Span> = neighbours.chain(secrets).collect();
            document.hide(hidden);
        }
        let mut fingerprints = Fingerprints::default();
        for finding in findings {
            let text = self.masked(&finding.path, finding.span);
            let fingerprint = fingerprints.next(&finding.rule, &finding.path, &text);
            self.findings.push(Reported { finding, fingerprint });
        }
        self.notices.sort();
    }

    /// The file that a finding points to.
    pub(crate) fn document(&self, path: &str) -> Option<&Document> {
        self.documents.get(path)
    }

    /// The first and the last position of a span, the last one behind its last character.
    pub(crate) fn positions(&self, path: &str, span: Span) -> (LineColumn, LineColumn) {
        const TOP: LineColumn = LineColumn { line: 1, column: 1, column_utf16: 1 };
        self.document(path).map_or((TOP, TOP), |file| (file.position(span.start), file.position(span.end)))
    }

    /// The text of a span without secrets.
    pub(crate) fn masked(&self, path: &str, span: Span) -> String {
        self.document(path).map_or_else(String::new, |document| document.masked(span))
    }
}

/// The places in a file that a finding points to.
fn places<'f>(finding: &'f Finding, path: &'f str) -> impl Iterator<Item = Span> + use<'f> {
    let related = finding.related.iter().map(|related| (&related.path, related.span));
    let all = std::iter::once((&finding.path, finding.span)).chain(related);
    all.filter(move |(place, _)| ***place == *path).map(|(_, span)| span)
}
