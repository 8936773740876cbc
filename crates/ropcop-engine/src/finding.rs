//! What comes out: findings, and notices about what could not be looked at.

use std::sync::Arc;

use ropcop_syntax::Span;
use schemars::JsonSchema;
use serde::Deserialize;

use crate::{Impact, Place, Severity, Target};

/// One place where a rule matched.
#[derive(Clone, Debug)]
pub struct Finding {
    /// Id of the rule.
    pub rule: Arc<str>,
    /// Path of the file, relative to the scanned root, with `/` between its parts.
    pub path: Arc<str>,
    /// The place to look at, in bytes of the file's text.
    pub span: Span,
    /// What is wrong here, in one sentence. Holds no literal secret.
    pub message: String,
    /// How bad it is.
    pub severity: Severity,
    /// What happens to the sign-in.
    pub impact: Impact,
    /// How sure it is.
    pub confidence: Confidence,
    /// The service that the token is for, if known.
    pub target: Option<Target>,
    /// The sovereign cloud that it is about, by the name of its file in `rules/clouds/`.
    pub cloud: Option<Arc<str>>,
    /// The kind of place, which decides about the migration to offer.
    pub place: Place,
    /// Other places that belong to it.
    pub related: Vec<Related>,
    /// Where it is a way through several places: the related places on it, in order, as indices. The finding's own place is
    /// [`Finding::OWN`].
    pub flow: Vec<usize>,
    /// The secrets that it is about: their literals are never to be shown.
    pub secrets: Vec<Secret>,
}

impl Finding {
    /// Stands for the finding's own place in [`Finding::flow`].
    pub const OWN: usize = usize::MAX;
}

/// Another place that belongs to a finding.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Related {
    /// Path of the file, as in [`Finding::path`].
    pub path: Arc<str>,
    /// The place, in bytes of that file's text.
    pub span: Span,
    /// What it has to do with the finding.
    pub label: String,
}

/// A value in the file that is a secret, written down or not.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Secret {
    /// The value as it stands there: often the name of a variable.
    pub value: Span,
    /// The characters of the file with which it is written, wherever they stand: literals and nothing else.
    pub literals: Vec<Span>,
}

/// How sure a finding is.
#[derive(Clone, Copy, Debug, Deserialize, JsonSchema, PartialEq, Eq, PartialOrd, Ord)]
#[serde(rename_all = "lowercase")]
pub enum Confidence {
    /// A hint. Not reported unless asked for.
    Low,
    /// A name that is rare enough, or a command whose words are not all known.
    Medium,
    /// An import or the command itself proves it.
    High,
}

impl Confidence {
    /// The name, as in reports.
    pub fn name(self) -> &'static str {
        match self {
            Self::Low => "low",
            Self::Medium => "medium",
            Self::High => "high",
        }
    }
}
