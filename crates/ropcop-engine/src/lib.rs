//! What a rule is, and how facts meet rules.
//!
//! The engine reads rule files ([`Rules::load`]), decides which files can matter ([`Prefilter`]), matches the facts of
//! each file and says what it found ([`Rules::check`]). It does no I/O and knows no sign-in: all of that is in the rules.

pub mod command;
mod compile;
mod correlate;
mod finding;
mod lazy_regex;
mod link;
mod load;
mod matcher;
pub mod options;
mod pattern;
mod place;
mod prefilter;
mod record;
mod rule;
mod shared;
mod surroundings;
mod value;
mod version;

use std::sync::Arc;

pub use command::{CommandFile, Grammar, OptionFile, Refusal, Style, Takes};
pub use correlate::Checked;
pub use finding::{Confidence, Finding, Related};
pub use load::{RuleError, RuleText, Rules};
pub use options::{Given, Parsed};
pub use prefilter::Prefilter;
use ropcop_syntax::{Facts, Language};
pub use rule::{Arity, Condition, Deprecated, Impact, Match, Nearness, Place, RecordName, RuleFile, Severity, Target};
pub use shared::{CloudFile, TargetFile, TextsFile, UseFile};

/// A loaded rule.
#[derive(Clone, Debug)]
pub struct Rule {
    /// Its id: the file name without `.toml`.
    pub id: Arc<str>,
    /// What its file says.
    pub file: RuleFile,
    matchers: Vec<compile::Matcher>,
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
