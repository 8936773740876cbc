//! GitLab CI/CD.

use std::collections::BTreeSet;
use std::rc::Rc;

use crate::document::Node;
use crate::{Certainty, Language};

use super::collect::Collector;
use super::{Document, walk};
use crate::text::placeholder::Mark;

/// What a job has beside a script, and a job of another host has not.
const JOB_KEYS: [&str; 19] = [
    "stage",
    "extends",
    "rules",
    "only",
    "except",
    "image",
    "tags",
    "needs",
    "artifacts",
    "before_script",
    "after_script",
    "variables",
    "when",
    "allow_failure",
    "environment",
    "services",
    "cache",
    "dependencies",
    "retry",
];

/// A `!reference` is followed through so many others.
const DEEPEST: usize = 10;

pub(super) fn recognises(document: &Document<'_>) -> bool {
    let root = document.root;
    let is_job = |job: &Node| walk::has_any(job, &["script"]) && walk::has_any(job, &JOB_KEYS);
    let is_hidden = |key: &str, job: &Node| {
        key.starts_with('.') && walk::has_any(job, &["script", "before_script", "after_script"])
    };
    let has_stages = walk::items(root, "stages").iter().any(|stage| stage.scalar().is_some());
    let is_entry = |entry: &crate::document::Entry| {
        let job = &entry.value;
        is_job(job) || is_hidden(&entry.key, job) || (has_stages && walk::has_any(job, &["script"]))
    };
    document.path.ends_with("gitlab-ci.yml") || root.entries().iter().any(is_entry)
}

pub(super) fn read(document: &Document<'_>, collector: &mut Collector<'_>) {
    collector.marks = &[Mark::Input];
    let root = document.root;
    let jobs = root.entries().iter().map(|entry| &entry.value);
    let mut seen = BTreeSet::new();
    for job in std::iter::once(root).chain(jobs) {
        // One shell runs both, so that variables carry over.
        let scripts = [&["before_script", "script"][..], &["after_script"]];
        for keys in scripts {
            let parts: Vec<&Rc<Node>> = keys.iter().filter_map(|key| job.get(key)).collect();
            // Many jobs may share a script by an anchor.
            if !seen.insert(parts.iter().map(|part| Rc::as_ptr(part)).collect::<Vec<_>>()) {
                continue;
            }
            let mut lines = Vec::new();
            parts.iter().for_each(|part| gather(root, part, &mut lines, DEEPEST));
            collector.lines(&lines, Language::Shell, Certainty::Runs);
        }
    }
}

/// The lines of a script, from lists in lists and from other jobs.
fn gather<'n>(root: &'n Rc<Node>, node: &'n Rc<Node>, lines: &mut Vec<&'n Rc<Node>>, depth: usize) {
    if depth == 0 || lines.len() > 10_000 {
        return;
    }
    if node.scalar().is_some() {
        lines.push(node);
    }
    for item in node.items() {
        gather(root, item, lines, depth - 1);
    }
    if let Some(reference) = node.get("!reference") {
        let mut target = Some(root);
        for key in reference.items() {
            target = target.zip(key.text()).and_then(|(node, key)| node.get(key));
        }
        if let Some(target) = target.filter(|_| !reference.items().is_empty()) {
            gather(root, target, lines, depth - 1);
        }
    }
}
