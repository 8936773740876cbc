//! The only stage that sees the whole repository: what is set in one file, and what uses it in another.
//!
//! It takes time in proportion to the number of facts: each use is noted once for every folder around it, and of a folder
//! only the first few are looked at.

use std::cmp::Reverse;
use std::collections::{BTreeSet, HashMap, HashSet};
use std::sync::Arc;

use ropcop_syntax::Span;

use crate::{Confidence, Finding, Related, Rules};

/// So many uses are shown beside a finding.
const MOST_SHOWN: usize = 4;

/// Files that stand in the folder of a project. Endings begin with a dot.
const MANIFESTS: [&str; 20] = [
    "package.json",
    "pyproject.toml",
    "requirements.txt",
    "setup.py",
    "setup.cfg",
    "Pipfile",
    "go.mod",
    "pom.xml",
    "build.gradle",
    "build.gradle.kts",
    "build.sbt",
    "Cargo.toml",
    "composer.json",
    "Chart.yaml",
    "host.json",
    ".csproj",
    ".fsproj",
    ".vbproj",
    "tox.ini",
    "Dockerfile",
];

/// What was found in one file, before the others are known.
#[derive(Debug, Default)]
pub struct Checked {
    pub(crate) candidates: Vec<Candidate>,
    pub(crate) uses: Vec<Use>,
}

/// A finding, if the rest of the repository is as its rule says.
#[derive(Debug)]
pub(crate) struct Candidate {
    pub(crate) finding: Finding,
    /// Numbers of uses of which one must be there; none if it does not matter.
    pub(crate) used_by: Vec<usize>,
    /// Numbers of uses of which none may be there.
    pub(crate) unused_by: Vec<usize>,
    /// Numbers of uses that must all be there.
    pub(crate) given: Vec<usize>,
}

/// A place that uses what stands elsewhere.
#[derive(Clone, Debug)]
pub(crate) struct Use {
    /// Number of the file in `rules/uses/`.
    pub(crate) index: usize,
    pub(crate) path: Arc<str>,
    pub(crate) span: Span,
}

/// Findings of each file.
pub(crate) fn findings<'p>(
    rules: &Rules,
    checked: Vec<Checked>,
    paths: impl Iterator<Item = &'p str>,
) -> Vec<Vec<Finding>> {
    let uses = all_uses(rules, &checked);
    let is_correlated = checked.iter().flat_map(|file| &file.candidates).any(|candidate| !candidate.used_by.is_empty());
    let correlation = Correlation {
        rules,
        nearest: if is_correlated { nearest(&uses) } else { HashMap::new() },
        there: uses.iter().map(|used| used.index).collect(),
        projects: if is_correlated { projects(paths) } else { HashSet::new() },
    };
    let file = |file: Checked| {
        settled(file.candidates.into_iter().filter_map(|candidate| correlation.finding(candidate)).collect())
    };
    checked.into_iter().map(file).collect()
}

/// Uses that were looked for, and findings that are one, in the order of the files.
fn all_uses(rules: &Rules, checked: &[Checked]) -> Vec<Use> {
    let by_impact = rules.uses().into_iter().filter(|(_, used)| !used.file.impact.is_empty()).collect::<Vec<_>>();
    let of_candidate = |candidate: &Candidate| {
        let finding = &candidate.finding;
        let counts = candidate.used_by.is_empty() && finding.confidence >= Confidence::Medium;
        let indices = by_impact.iter().filter(|(_, used)| counts && used.file.impact.contains(&finding.impact));
        let found = indices.map(|(index, _)| Use { index: *index, path: finding.path.clone(), span: finding.span });
        found.collect::<Vec<_>>()
    };
    let of_file = |file: &Checked| {
        let from_findings = file.candidates.iter().flat_map(of_candidate);
        file.uses.iter().cloned().chain(from_findings).collect::<Vec<_>>()
    };
    checked.iter().flat_map(of_file).collect()
}

/// The first uses of each number in each file, and in each folder with all that is in it.
fn nearest(uses: &[Use]) -> HashMap<(usize, &str), Vec<&Use>> {
    let mut nearest: HashMap<(usize, &str), Vec<&Use>> = HashMap::new();
    for used in uses {
        for place in places(&used.path) {
            let known = nearest.entry((used.index, place)).or_default();
            if known.len() < MOST_SHOWN {
                known.push(used);
            }
        }
    }
    nearest
}

/// A path, and the folders around it, innermost first; the last is empty.
fn places(path: &str) -> impl Iterator<Item = &str> {
    std::iter::successors(Some(path), |path| match path.rsplit_once('/') {
        Some((folder, _)) => Some(folder),
        None if path.is_empty() => None,
        None => Some(""),
    })
}

fn folder(path: &str) -> &str {
    path.rsplit_once('/').map_or("", |(folder, _)| folder)
}

/// The folders of projects.
fn projects<'p>(paths: impl Iterator<Item = &'p str>) -> HashSet<&'p str> {
    let is_manifest = |path: &&str| {
        let name = path.rsplit('/').next().unwrap_or(path);
        MANIFESTS.iter().any(|known| *known == name || (known.starts_with('.') && name.ends_with(known)))
    };
    paths.filter(is_manifest).map(folder).collect()
}

struct Correlation<'a> {
    rules: &'a Rules,
    nearest: HashMap<(usize, &'a str), Vec<&'a Use>>,
    /// Numbers of the uses that are somewhere.
    there: BTreeSet<usize>,
    projects: HashSet<&'a str>,
}

impl Correlation<'_> {
    /// The finding, if the rest of the repository is as the rule says.
    fn finding(&self, candidate: Candidate) -> Option<Finding> {
        let Candidate { mut finding, used_by, unused_by, given } = candidate;
        let is_there = |index: &usize| self.there.contains(index);
        if unused_by.iter().any(is_there) || !given.iter().all(is_there) {
            return None;
        }
        if used_by.is_empty() {
            return Some(finding);
        }
        let used = self.near(&finding.path, &used_by);
        let first = used.first()?;
        if !self.is_close(&finding.path, &first.path) {
            finding.confidence = finding.confidence.min(Confidence::Medium);
        }
        if first.path != finding.path {
            finding.message.push_str(&format!("; {} {}", first.path, self.does(first)));
        }
        let own = finding.related.len();
        finding.related.extend(used.iter().map(|used| self.related(used)));
        finding.flow = (0..own).chain([Finding::OWN, own]).collect();
        Some(finding)
    }

    /// The uses nearest to a file: those in it, then those in the folder, then in the folder around that.
    fn near(&self, path: &str, indices: &[usize]) -> Vec<&Use> {
        let mut found: Vec<&Use> = Vec::new();
        for place in places(path) {
            let here = indices.iter().filter_map(|index| self.nearest.get(&(*index, place))).flatten();
            for used in here {
                let is_new = !found.iter().any(|known| known.path == used.path && known.span == used.span);
                if is_new && found.len() < MOST_SHOWN {
                    found.push(used);
                }
            }
        }
        found
    }

    /// Whether two files belong to one project: they stand in one folder or one in a folder around the other that is
    /// not the root, or the nearest project around them is the same.
    fn is_close(&self, a: &str, b: &str) -> bool {
        let (a, b) = (folder(a), folder(b));
        let holds = |outer: &str, inner: &str| !outer.is_empty() && places(inner).any(|place| place == outer);
        let project = |path| places(path).find(|place| self.projects.contains(place));
        a == b || holds(a, b) || holds(b, a) || project(a).is_some_and(|found| project(b) == Some(found))
    }

    fn does(&self, used: &Use) -> &str {
        self.rules.used_file(used.index).map_or("uses this", |file| file.does.as_str())
    }

    fn related(&self, used: &Use) -> Related {
        Related { path: used.path.clone(), span: used.span, label: self.does(used).to_owned() }
    }
}

/// Sorted findings of one file. Of several on one fact by the same rule the surest, worst and shortest stays, as with a
/// variable that has two values; it takes over the places that it does not show.
fn settled(mut findings: Vec<Finding>) -> Vec<Finding> {
    let key = |found: &Finding| (found.span.start, Reverse(found.confidence), Reverse(found.severity), found.span.end);
    findings.sort_by(|a, b| (&a.rule, key(a)).cmp(&(&b.rule, key(b))));
    findings.dedup_by(|other, kept| {
        let is_same = other.span.start == kept.span.start && other.rule == kept.rule;
        if is_same && !kept.flow.is_empty() {
            let more = other.related.drain(..).filter(|related| !kept.related.contains(related)).collect::<Vec<_>>();
            kept.related.extend(more);
        }
        is_same
    });
    findings.sort_by(|a, b| (a.span, &a.rule).cmp(&(b.span, &b.rule)));
    findings
}
