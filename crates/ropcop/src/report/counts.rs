//! How much was read, and what was left out.

use std::collections::BTreeMap;

use ropcop_syntax::Language;

use crate::notice::NoticeKind;
use crate::scan::Examined;

/// The numbers of a report.
#[derive(Clone, Debug, Default)]
pub(crate) struct Counts {
    /// Files that were read.
    pub(crate) read: usize,
    /// Files in which some rule might match.
    pub(crate) passed: usize,
    /// Files of these that were parsed: not those that turned out to be minified.
    pub(crate) parsed: usize,
    /// Files that were named and could not be read: the work is not done.
    pub(crate) unread: usize,
    /// Files in no language that ropcop reads.
    pub(crate) other: usize,
    /// Documents that were not read because nobody asked for them.
    pub(crate) documents: usize,
    /// Findings that a comment suppresses.
    pub(crate) suppressed: usize,
    /// Findings left out by `--min-severity`.
    pub(crate) below_severity: usize,
    /// Findings left out by `--min-confidence`.
    pub(crate) below_confidence: usize,
    /// Files that were read, by language.
    pub(crate) languages: BTreeMap<&'static str, usize>,
}

impl Counts {
    /// Counts one input.
    pub(crate) fn add(&mut self, language: Language, examined: &Examined) {
        match examined {
            Examined::Skipped(notice) => {
                self.passed += usize::from([NoticeKind::Minified, NoticeKind::Crash].contains(&notice.kind));
                return;
            }
            Examined::Read(..) => {
                self.passed += 1;
                self.parsed += 1;
            }
            Examined::Quiet => {}
        }
        self.read += 1;
        *self.languages.entry(language.name()).or_default() += 1;
    }
}
