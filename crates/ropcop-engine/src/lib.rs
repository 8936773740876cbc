//! What a rule is, and how facts meet rules.
//!
//! The engine reads rule files ([`Rules::load`]), decides which files can matter ([`Prefilter`]), matches the facts of
//! each file and says what it found ([`Rules::check`]). It does no I/O and knows no sign-in: all of that is in the rules.

mod command;
mod condition;
mod correlate;
mod finding;
mod lazy_regex;
mod link;
mod literal;
mod load;
mod matcher;
mod options;
mod pattern;
mod place;
mod prefilter;
mod rule;
mod shared;
mod surroundings;
mod version;

use std::sync::Arc;

pub use command::Grammar;
pub use correlate::Checked;
pub use finding::{Confidence, Finding, Related, Secret};
pub use load::{RuleError, RuleText, Rules};
pub use matcher::{Fact, Says, Tried};
use matcher::{Matcher, Wanted};
pub use options::{Given, Parsed};
pub use prefilter::{Prefilter, Reason};
use ropcop_syntax::{Facts, Language};
pub use rule::{Deprecated, Impact, Place, RuleFile, RuleFormat, Severity, Target};
pub use shared::{CloudFile, SHARED_FOLDERS, TargetFile, TextsFile, UseFile};

/// A loaded rule.
#[derive(Clone, Debug)]
pub struct Rule {
    /// Its id: the file name without `.toml`.
    pub id: Arc<str>,
    /// What its file says.
    pub file: RuleFile,
    matchers: Vec<Matcher>,
}

impl Rule {
    /// What each of its matches says of its findings, in the order of the file, alternatives one by one.
    pub fn matches(&self) -> impl Iterator<Item = &Says> {
        self.matchers.iter().map(|matcher| &matcher.says)
    }

    /// Whether it goes by names alone, which may be those of others, and by no full path and no command.
    pub fn goes_by_names(&self) -> bool {
        self.matchers.iter().all(|matcher| match &matcher.wanted {
            Wanted::Call(wanted) => wanted.callee.path.is_empty(),
            Wanted::Command(_) => false,
            Wanted::Record(_) => true,
        })
    }
}

/// A file that passed the prefilter, with what was understood of it.
#[derive(Clone, Debug)]
pub struct FileFacts {
    /// Path relative to the scanned root.
    pub path: Arc<str>,
    /// Its text: matching looks at what stands near a fact.
    pub text: Arc<str>,
    /// What it is written in.
    pub language: Language,
    /// What was understood.
    pub facts: Facts,
}
