//! CircleCI: configurations, and orbs in one file or unpacked.

use std::collections::BTreeMap;
use std::rc::Rc;

use crate::document::{Content, Entry, Node};
use crate::{Certainty, Language, Span};

use super::collect::Collector;
use super::{Document, walk};
use crate::text::placeholder::Mark;

pub(super) fn recognises(document: &Document<'_>) -> bool {
    let root = document.root;
    let has_steps = |key: &str| {
        let owners = root.get(key).map(|owners| owners.entries()).unwrap_or_default();
        owners.iter().any(|owner| walk::has_any(&owner.value, &["steps"]))
    };
    // A command or job of an orb that is kept in many files.
    let is_unpacked = || {
        let runs = |step: &Rc<Node>| walk::has_any(step, &["run"]) || step.text() == Some("checkout");
        walk::has_any(root, &["parameters", "description", "executor", "docker"])
            && walk::items(root, "steps").iter().any(runs)
    };
    walk::has_map(root, "orbs") || has_steps("jobs") || has_steps("commands") || is_unpacked()
}

pub(super) fn read(document: &Document<'_>, collector: &mut Collector<'_>) {
    collector.marks = &[Mark::Angles];
    let maps = walk::maps(document.root);
    let orbs = orbs(&maps);
    for map in maps {
        for steps in ["steps", "pre-steps", "post-steps", "jobs"] {
            walk::items(map, steps).iter().for_each(|step| read_step(step, &orbs, collector));
        }
    }
}

/// What the names of orbs stand for.
fn orbs(maps: &[&Rc<Node>]) -> BTreeMap<String, String> {
    let lists = maps.iter().filter_map(|map| map.get("orbs"));
    let entries = lists.flat_map(|orbs| orbs.entries());
    let orb = |entry: &Entry| Some((entry.key.clone(), entry.value.text()?.split('@').next()?.to_owned()));
    entries.filter_map(orb).collect()
}

fn read_step(step: &Rc<Node>, orbs: &BTreeMap<String, String>, collector: &mut Collector<'_>) {
    if let Some(name) = step.text() {
        call(name, step.span_inside(), step.span, None, orbs, collector);
    }
    for entry in step.entries() {
        match entry.key.as_str() {
            "run" => run(&entry.value, collector),
            name => call(name, entry.key_span, step.span, Some(&entry.value), orbs, collector),
        }
    }
}

fn run(step: &Rc<Node>, collector: &mut Collector<'_>) {
    let code = match &step.content {
        Content::Map(_) => step.get("command"),
        _ => Some(step),
    };
    let shell = walk::text(step, "shell").and_then(|shell| shell.split_whitespace().next());
    let language = shell.and_then(Language::of_program).unwrap_or(Language::Shell);
    if let Some(code) = code {
        collector.script(code, language, Certainty::Runs);
    }
}

/// `orb/command`, with the orb's full name.
fn call(
    name: &str,
    span: Span,
    around: Span,
    args: Option<&Rc<Node>>,
    orbs: &BTreeMap<String, String>,
    collector: &mut Collector<'_>,
) {
    let Some((orb, command)) = name.split_once('/') else { return };
    let Some(orb) = orbs.get(orb) else { return };
    let args = collector.args(args);
    collector.call(format!("{orb}.{command}"), span, around, args);
}
