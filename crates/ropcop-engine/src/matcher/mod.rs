//! Facts × rules → findings.

mod address;
pub(crate) mod call;
pub(crate) mod command;
mod explain;
mod failed;
pub(crate) mod near;
pub(crate) mod record;
mod text;
pub(crate) mod way;

use std::sync::Arc;

use ropcop_syntax::{Language, Span};
use schemars::JsonSchema;
use serde::Deserialize;

use crate::correlate::{Candidate, Checked, Use};
use crate::rule::LanguageName;
use crate::surroundings::Aim;
use crate::{Confidence, FileFacts, Finding, Impact, Related, Rule, Rules, Secret, Severity, Target, place};

use call::CallMatch;
use command::CommandMatch;
pub(crate) use explain::explain;
pub use explain::{Fact, Tried};
use failed::Failed;
use near::Near;
use record::RecordMatch;
pub(crate) use text::FileText;
use way::Along;

/// One way in which a rule matches, ready to use.
#[derive(Clone, Debug)]
pub(crate) struct Matcher {
    /// The line of its file in which it begins.
    pub(crate) line: usize,
    pub(crate) wanted: Wanted,
    pub(crate) language: Vec<LanguageName>,
    pub(crate) near: Near,
    pub(crate) along: Along,
    pub(crate) uses: UseNumbers,
    pub(crate) says: Says,
}

/// The kind of fact that a match looks for, with all that is asked of such a fact.
#[derive(Clone, Debug)]
pub(crate) enum Wanted {
    Call(CallMatch),
    Command(CommandMatch),
    Record(RecordMatch),
}

/// Conditions that hold together, and others of which none holds.
#[derive(Clone, Debug)]
pub(crate) struct Asked<C> {
    pub(crate) all: C,
    pub(crate) unless: Vec<C>,
}

impl<C> Asked<C> {
    fn check<'m>(&'m self, check: impl Fn(&'m C) -> Checks<'m>) -> Checks<'m> {
        check(&self.all)?;
        match self.unless.iter().position(|excluded| check(excluded).is_ok()) {
            Some(at) => Err(Failed::Unless(at + 1)),
            None => Ok(()),
        }
    }

    fn each(&self) -> impl Iterator<Item = &C> {
        std::iter::once(&self.all).chain(&self.unless)
    }
}

/// The uses that a match names, by their numbers.
#[derive(Clone, Debug, Default)]
pub(crate) struct UseNumbers {
    /// One must be there; none if it does not matter.
    pub(crate) used_by: Vec<usize>,
    /// None may be there.
    pub(crate) unused_by: Vec<usize>,
    /// All must be there.
    pub(crate) given: Vec<usize>,
}

/// What a match says of its findings, where that differs from what the rule says.
#[derive(Clone, Debug, Default, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case", default)]
pub struct Says {
    /// Added to the headline: what is special about this match.
    pub note: Option<String>,
    /// Severity of this match, where it differs from the rule's.
    pub severity: Option<Severity>,
    /// Impact of this match, where it differs from the rule's.
    pub impact: Option<Impact>,
    /// The service that the token is for, where this match tells more than the rule.
    pub target: Option<Target>,
    /// It is never surer than this.
    pub confidence: Option<Confidence>,
}

/// Whether conditions hold, and if not, which is the first that does not.
type Checks<'m> = Result<(), Failed<'m>>;

/// Nothing, or what makes a condition fail.
fn none<'m>(failed: Option<Failed<'m>>) -> Checks<'m> {
    failed.map_or(Ok(()), Err)
}

/// What matched, before it is a finding.
pub(crate) struct Hit {
    pub(crate) span: Span,
    pub(crate) confidence: Confidence,
    pub(crate) secrets: Vec<Secret>,
    pub(crate) related: Vec<(Span, String)>,
    pub(crate) literal_secret: bool,
    /// What makes it less sure.
    pub(crate) doubts: Vec<String>,
    /// It is never worse than this.
    pub(crate) at_most: Option<Severity>,
    /// What tells for which service it is.
    pub(crate) aim: Aim,
    /// The statement, command or mapping that it is part of.
    pub(crate) statement: Span,
    /// The function, service or job around it; of a command the whole script.
    pub(crate) scope: Span,
}

/// Matches the facts of one file.
pub(crate) fn check_file(rules: &Rules, file: &FileFacts) -> Checked {
    let text = FileText::new(file);
    let mut checked = Checked::default();
    for rule in &rules.rules {
        for matcher in &rule.matchers {
            let found = hits(rules, matcher, &text).into_iter().map(|hit| Candidate {
                names: if matcher.uses.used_by.is_empty() { Arc::default() } else { text.names(hit.scope) },
                finding: finding(rules, rule, matcher, &text, hit),
                uses: matcher.uses.clone(),
            });
            checked.candidates.extend(found);
        }
    }
    for (index, _, used) in rules.uses() {
        let sure = |hit: &Hit| hit.confidence >= Confidence::Medium;
        let found = used.matchers.iter().flat_map(|matcher| hits(rules, matcher, &text)).filter(sure);
        checked.uses.extend(found.map(|hit| Use { index, path: file.path.clone(), span: hit.span }));
    }
    checked
}

fn hits(rules: &Rules, matcher: &Matcher, text: &FileText<'_>) -> Vec<Hit> {
    if !speaks(&matcher.language, text.file.language) {
        return Vec::new();
    }
    match &matcher.wanted {
        Wanted::Call(wanted) => wanted.hits(matcher, text),
        Wanted::Command(wanted) => match wanted.called.name.as_deref().and_then(|name| rules.grammar(name)) {
            Some(grammar) => wanted.hits(grammar, &matcher.near, text),
            None => Vec::new(),
        },
        Wanted::Record(wanted) => wanted.hits(matcher, text),
    }
}

/// Whether a match for these languages applies to files in another; one without a language applies to all.
pub(crate) fn speaks(languages: &[LanguageName], language: Language) -> bool {
    // A page or a notebook may hold code of every language.
    languages.is_empty()
        || language.is_mixed()
        || languages.iter().any(|name| language.names().contains(&name.0.as_str()))
}

fn finding(rules: &Rules, rule: &Rule, matcher: &Matcher, text: &FileText<'_>, hit: Hit) -> Finding {
    let file = text.file;
    let mut message = rule.file.summary.clone();
    if let Some(note) = &matcher.says.note {
        message = format!("{message}: {note}");
    }
    if hit.literal_secret {
        message.push_str("; the password is written in the source");
    }
    for doubt in &hit.doubts {
        message.push_str("; ");
        message.push_str(doubt);
    }
    let (statement, scope) = (hit.statement, hit.scope);
    let mut finding = Finding {
        rule: rule.id.clone(),
        path: file.path.clone(),
        span: hit.span,
        message,
        severity: severity(rule, matcher, file.language).min(hit.at_most.unwrap_or(Severity::Error)),
        impact: matcher.says.impact.unwrap_or(rule.file.impact),
        confidence: hit.confidence.min(matcher.says.confidence.unwrap_or(Confidence::High)),
        target: matcher.says.target.or(rule.file.target),
        place: place::of(file, hit.span),
        related: hit
            .related
            .into_iter()
            .map(|(span, label)| Related { path: file.path.clone(), span, label })
            .collect(),
        flow: Vec::new(),
        cloud: None,
        secrets: hit.secrets,
    };
    rules.surroundings.complete(&mut finding, &hit.aim, text.around(rules, statement, scope));
    finding
}

/// A document shows how something was done; nothing there runs.
fn severity(rule: &Rule, matcher: &Matcher, language: Language) -> Severity {
    let severity = matcher.says.severity.unwrap_or(rule.file.severity);
    if language.is_document() { Severity::Note } else { severity }
}
