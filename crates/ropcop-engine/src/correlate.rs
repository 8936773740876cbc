//! The only stage that sees the whole repository: what is set in one file, and what uses it in another.
//!
//! It takes time in proportion to the number of facts: each use is noted once for every folder around it, and of a folder
//! only the first few are looked at.

use std::cmp::Reverse;
use std::collections::{BTreeSet, HashMap, HashSet};
use std::sync::Arc;

use ropcop_syntax::{Span, is_manifest};

use crate::link::folder;
use crate::matcher::UseNumbers;
use crate::{Confidence, Finding, Related, Rules};

/// So many uses are shown beside a finding.
const MOST_SHOWN: usize = 4;

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
    /// What must be there and what must not.
    pub(crate) uses: UseNumbers,
    /// Words of the service, job or function around it: they may name the folder of the program.
    pub(crate) names: Arc<[String]>,
}

/// A place that uses what stands elsewhere.
#[derive(Clone, Debug, PartialEq, Eq)]
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
    let uses: Vec<Use> = checked.iter().flat_map(|file| file.uses.iter().cloned()).collect();
    let is_correlated =
        checked.iter().flat_map(|file| &file.candidates).any(|candidate| !candidate.uses.used_by.is_empty());
    let correlation = Correlation {
        rules,
        nearest: if is_correlated { nearest(&uses) } else { HashMap::new() },
        named: if is_correlated { named(&uses) } else { HashMap::new() },
        there: uses.iter().map(|used| used.index).collect(),
        projects: if is_correlated { projects(paths) } else { HashSet::new() },
    };
    checked.into_iter().map(|file| correlation.file(file)).collect()
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

/// The first uses of each number below each folder with a name, wherever it stands.
fn named(uses: &[Use]) -> HashMap<(usize, &str), Vec<&Use>> {
    let mut named: HashMap<(usize, &str), Vec<&Use>> = HashMap::new();
    for used in uses {
        let names: BTreeSet<&str> = folder(&used.path).split('/').filter(|name| !name.is_empty()).collect();
        for name in names {
            let known = named.entry((used.index, name)).or_default();
            if known.len() < MOST_SHOWN {
                known.push(used);
            }
        }
    }
    named
}

/// A path, and the folders around it, innermost first; the last is empty.
fn places(path: &str) -> impl Iterator<Item = &str> {
    std::iter::successors(Some(path), |path| match path.rsplit_once('/') {
        Some((folder, _)) => Some(folder),
        None if path.is_empty() => None,
        None => Some(""),
    })
}

/// The folders of projects.
fn projects<'p>(paths: impl Iterator<Item = &'p str>) -> HashSet<&'p str> {
    paths.filter(|path| is_manifest(path)).map(folder).collect()
}

struct Correlation<'a> {
    rules: &'a Rules,
    nearest: HashMap<(usize, &'a str), Vec<&'a Use>>,
    named: HashMap<(usize, &'a str), Vec<&'a Use>>,
    /// Numbers of the uses that are somewhere.
    there: BTreeSet<usize>,
    projects: HashSet<&'a str>,
}

impl Correlation<'_> {
    /// Sorted findings of one file.
    fn file(&self, file: Checked) -> Vec<Finding> {
        let mut candidates: Vec<Candidate> =
            file.candidates.into_iter().filter(|candidate| self.holds(candidate)).collect();
        // Where several readings of one place match, as with a variable that has two values, the surest, worst and
        // shortest stays.
        let key = |finding: &Finding| {
            (finding.span.start, Reverse(finding.confidence), Reverse(finding.severity), finding.span.end)
        };
        candidates.sort_by(|a, b| (&a.finding.rule, key(&a.finding)).cmp(&(&b.finding.rule, key(&b.finding))));
        candidates.dedup_by(|other, kept| {
            let is_same =
                other.finding.span.start == kept.finding.span.start && other.finding.rule == kept.finding.rule;
            if is_same && other.finding.confidence == kept.finding.confidence {
                kept.uses.used_by.append(&mut other.uses.used_by);
            }
            is_same
        });
        let mut findings: Vec<Finding> = candidates.into_iter().map(|candidate| self.finding(candidate)).collect();
        findings.sort_by(|a, b| (a.span, &a.rule).cmp(&(b.span, &b.rule)));
        findings
    }

    /// Whether the rest of the repository is as the rule says.
    fn holds(&self, candidate: &Candidate) -> bool {
        let is_there = |index: &usize| self.there.contains(index);
        !candidate.uses.unused_by.iter().any(is_there)
            && candidate.uses.given.iter().all(is_there)
            && (candidate.uses.used_by.is_empty() || candidate.uses.used_by.iter().any(is_there))
    }

    /// The finding, with the uses nearest to it.
    fn finding(&self, candidate: Candidate) -> Finding {
        let Candidate { mut finding, uses, names } = candidate;
        let used_by = uses.used_by;
        let by_name = self.by_name(&names, &used_by);
        let mut used = by_name.clone();
        used.extend(self.near(&finding.path, &used_by).into_iter().filter(|used| !by_name.contains(used)));
        used.truncate(MOST_SHOWN);
        let Some(first) = used.first() else { return finding };
        if by_name.is_empty() && !self.is_close(&finding.path, &first.path) {
            finding.confidence = finding.confidence.min(Confidence::Medium);
        }
        if first.path != finding.path {
            finding.message.push_str(&format!("; {} {}", first.path, self.does(first)));
        }
        let own = finding.related.len();
        finding.related.extend(used.iter().map(|used| self.related(used)));
        finding.flow = (0..own).chain([Finding::OWN, own]).collect();
        finding
    }

    /// Uses below a folder that is named around the finding. Of several the one whose path is named in more of its parts
    /// comes first, and a name that stands in the paths of all of them says nothing.
    fn by_name(&self, names: &[String], indices: &[usize]) -> Vec<&Use> {
        let mut found: Vec<(usize, &Use)> = Vec::new();
        for name in names {
            for used in indices.iter().filter_map(|index| self.named.get(&(*index, name.as_str()))).flatten() {
                match found.iter_mut().find(|(_, known)| known == used) {
                    Some((count, _)) => *count += 1,
                    None => found.push((1, used)),
                }
            }
        }
        let most = found.iter().map(|(count, _)| *count).max().unwrap_or_default();
        let least = found.iter().map(|(count, _)| *count).min().unwrap_or_default();
        let is_general = found.len() > 1 && most == least && self.is_everywhere(indices, &found);
        if is_general {
            return Vec::new();
        }
        found.into_iter().filter(|(count, _)| *count == most).map(|(_, used)| used).collect()
    }

    /// Whether uses are those of the whole repository.
    fn is_everywhere(&self, indices: &[usize], found: &[(usize, &Use)]) -> bool {
        let all = self.near("", indices);
        all.iter().all(|used| found.iter().any(|(_, known)| known == used))
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
