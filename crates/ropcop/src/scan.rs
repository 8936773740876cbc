//! The whole scan on one screen: inputs → texts → facts → findings → report.
//!
//! It takes [`Input`]s, not paths: files on disk, standard input and the examples of rules come through the same door.

use std::collections::BTreeMap;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::Arc;

use rayon::prelude::*;
use ropcop_engine::{Checked, Confidence, FileFacts, Finding, Prefilter, Rules, Severity};
use ropcop_syntax::{LineIndex, Source, extract_following};

use crate::decode::Encoding;
use crate::error::Error;
use crate::input::{Input, Loaded};
use crate::notice::{Notice, NoticeKind};
use crate::report::Report;
use crate::ruleset::RuleSet;
use crate::suppress;

/// How to scan.
pub(crate) struct Scan<'a> {
    pub(crate) rules: &'a RuleSet,
    /// Findings below are left out.
    pub(crate) min_severity: Severity,
    pub(crate) min_confidence: Confidence,
    /// 0 for as many as there are processors.
    pub(crate) threads: usize,
    /// Called once for each input that has been read.
    pub(crate) tick: &'a (dyn Fn() + Sync),
}

/// Syntax trees can be as deep as a file is long, and are walked by recursion in places; address space costs nothing.
const STACK: usize = 64 * 1024 * 1024;

impl Scan<'_> {
    /// Reads the inputs and applies the rules. The report does not depend on the number of threads.
    pub(crate) fn run(&self, inputs: &[Input]) -> Result<Report, Error> {
        let pool = rayon::ThreadPoolBuilder::new().num_threads(self.threads).stack_size(STACK);
        let pool = pool.build().map_err(|error| Error::Threads(self.threads, error))?;
        let prefilter = Prefilter::new(&self.rules.active);
        let examined: Vec<Examined> = pool.install(|| {
            let one = |buffer: &mut Vec<u8>, input| self.examine(input, &prefilter, buffer);
            inputs.par_iter().map_init(Vec::new, one).collect()
        });
        let mut report = Report::default();
        let mut files = Vec::new();
        let mut encodings = BTreeMap::new();
        for (input, examined) in inputs.iter().zip(examined) {
            report.counts.add(input.language, &examined);
            match examined {
                Examined::Quiet => {}
                Examined::Skipped(notice) => {
                    report.counts.unread += usize::from(input.named && notice.kind == NoticeKind::Unreadable);
                    report.notices.push(notice);
                }
                Examined::Read(file, encoding) => {
                    report.notices.extend(remarks(&file, encoding));
                    encodings.insert(file.path.clone(), encoding);
                    files.push(*file);
                }
            }
        }
        let findings = pool.install(|| self.check(&mut files, inputs))?;
        let findings = self.keep(findings, &files, &mut report);
        report.take(findings, &files, &encodings);
        Ok(report)
    }

    /// Reads one input and turns it into facts, unless no rule can match in it.
    fn examine(&self, input: &Input, prefilter: &Prefilter, buffer: &mut Vec<u8>) -> Examined {
        let examined = guarded(&input.path, || match input.load(prefilter, buffer) {
            Loaded::Quiet => Examined::Quiet,
            Loaded::Skipped(notice) => Examined::Skipped(notice),
            Loaded::Source(source, encoding) => {
                let facts = extract_following(&source, &|text| prefilter.wants(text), &|name| prefilter.follows(name));
                let Source { path, text, language } = source;
                Examined::Read(Box::new(FileFacts { path, text, language, facts }), encoding)
            }
        });
        (self.tick)();
        examined
    }

    /// Findings file by file, in the order of the files.
    fn check(&self, files: &mut [FileFacts], inputs: &[Input]) -> Result<Vec<Vec<Finding>>, Error> {
        let rules = &self.rules.active;
        let checked = catch_unwind(AssertUnwindSafe(|| {
            Rules::link(files);
            let checked: Vec<Checked> = files.par_iter().map(|file| rules.check(file)).collect();
            rules.correlate(checked, inputs.iter().map(|input| &*input.path))
        }));
        checked.map_err(|_| Error::Crash)
    }

    /// Applies suppressions, then the limits. In this order, so that a suppression is not called unused only because a
    /// limit leaves its finding out.
    fn keep(&self, findings: Vec<Vec<Finding>>, files: &[FileFacts], report: &mut Report) -> Vec<Finding> {
        let mut kept = Vec::new();
        for (file, found) in files.iter().zip(findings) {
            let lines = LineIndex::new(&file.text);
            let line_of = |offset| lines.line(offset);
            let (found, suppressed, notices) = suppress::apply(&file.path, &file.text, found, line_of, self.rules);
            report.counts.suppressed += suppressed;
            report.notices.extend(notices);
            for finding in found {
                if finding.severity < self.min_severity {
                    report.counts.below_severity += 1;
                } else if finding.confidence < self.min_confidence {
                    report.counts.below_confidence += 1;
                } else {
                    kept.push(finding);
                }
            }
        }
        kept
    }
}

/// What became of one input.
pub(crate) enum Examined {
    Quiet,
    Skipped(Notice),
    Read(Box<FileFacts>, Encoding),
}

/// A file on which ropcop fails must not hide what is in the others.
fn guarded(path: &Arc<str>, examine: impl FnOnce() -> Examined) -> Examined {
    catch_unwind(AssertUnwindSafe(examine)).unwrap_or_else(|_| {
        let text = "made ropcop fail and was skipped; please report it";
        Examined::Skipped(Notice::new(NoticeKind::Crash, path, text))
    })
}

fn remarks(file: &FileFacts, encoding: Encoding) -> Vec<Notice> {
    let mut notices = Vec::new();
    if encoding == Encoding::Guessed {
        notices.push(Notice::new(NoticeKind::Encoding, &file.path, "is not UTF-8 and was read as Windows-1252"));
    }
    if let Some(error) = file.facts.syntax_errors.first() {
        let line = LineIndex::new(&file.text).line(error.start);
        let places = match file.facts.syntax_errors.len() {
            1 => "cannot be parsed here".to_owned(),
            count => format!("cannot be parsed here and in {} more places", count - 1),
        };
        let text = format!("{places}; findings may be missing");
        notices.push(Notice::new(NoticeKind::SyntaxError, &file.path, text).at(line));
    }
    notices.extend(left_out(file));
    notices
}

/// What limits left out: one notice for each, at the first place.
fn left_out(file: &FileFacts) -> Vec<Notice> {
    let mut places: BTreeMap<&str, (usize, usize)> = BTreeMap::new();
    for omission in &file.facts.omissions {
        let (first, count) = places.entry(&omission.why).or_insert((omission.span.start, 0));
        *first = omission.span.start.min(*first);
        *count += 1;
    }
    if places.is_empty() {
        return Vec::new();
    }
    let lines = LineIndex::new(&file.text);
    let notice = |(why, (first, count)): (&str, (usize, usize))| {
        let more = match count {
            1 => String::new(),
            2 => ", and in one more place".to_owned(),
            _ => format!(", and in {} more places", count - 1),
        };
        let text = format!("{why}{more}; findings may be missing");
        Notice::new(NoticeKind::Limit, &file.path, text).at(lines.line(first))
    };
    places.into_iter().map(notice).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_file_on_which_ropcop_fails_is_skipped_and_said_so() {
        let examined = guarded(&"a.sh".into(), || panic!("as a parser might"));
        assert!(matches!(examined, Examined::Skipped(notice) if notice.kind == NoticeKind::Crash));
    }
}
