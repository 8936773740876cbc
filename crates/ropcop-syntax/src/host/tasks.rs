//! Runners of tasks: scripts of packages, Taskfiles, hooks before a commit.

use std::rc::Rc;

use crate::document::Node;
use crate::{Certainty, Language};

use super::collect::Collector;
use super::{Document, walk};
use crate::text::placeholder::Mark;

/// What a package of JavaScript or PHP says beside its scripts.
const PACKAGE: [&str; 10] = [
    "name",
    "version",
    "private",
    "dependencies",
    "devDependencies",
    "require",
    "require-dev",
    "type",
    "main",
    "workspaces",
];

pub(super) fn is_package(document: &Document<'_>) -> bool {
    let root = document.root;
    let file = document.path.rsplit(['/', '\\']).next().unwrap_or_default();
    let is_deno = file.starts_with("deno.json") && walk::has_map(root, "tasks");
    is_deno || (walk::has_map(root, "scripts") && (file == "package.json" || walk::has_any(root, &PACKAGE)))
}

pub(super) fn read_package(document: &Document<'_>, collector: &mut Collector<'_>) {
    collector.marks = &[];
    for scripts in ["scripts", "tasks"].iter().filter_map(|key| document.root.get(key)) {
        for script in scripts.entries() {
            let code = script.value.get("command").unwrap_or(&script.value);
            collector.each(code, Certainty::Runs);
        }
    }
}

pub(super) fn is_taskfile(document: &Document<'_>) -> bool {
    let root = document.root;
    let file = document.path.rsplit(['/', '\\']).next().unwrap_or_default().to_ascii_lowercase();
    let has_commands = |task: &Rc<Node>| walk::has_any(task, &["cmds", "cmd"]);
    let tasks = root.get("tasks").map(|tasks| tasks.entries()).unwrap_or_default();
    (file.starts_with("taskfile") && !tasks.is_empty()) || tasks.iter().any(|task| has_commands(&task.value))
}

pub(super) fn read_taskfile(document: &Document<'_>, collector: &mut Collector<'_>) {
    collector.marks = &[Mark::Braces];
    for task in document.root.get("tasks").map(|tasks| tasks.entries()).unwrap_or_default() {
        collector.each(&task.value, Certainty::Runs);
    }
    for map in walk::maps(document.root) {
        for code in ["cmds", "cmd", "defer", "sh", "status", "preconditions"].iter().filter_map(|key| map.get(key)) {
            collector.each(code, Certainty::Runs);
        }
    }
}

pub(super) fn is_pre_commit(document: &Document<'_>) -> bool {
    let has_hooks = |repository: &Rc<Node>| walk::has_any(repository, &["hooks"]);
    let is_hook = |hook: &Rc<Node>| walk::has_any(hook, &["entry"]) && walk::has_any(hook, &["id"]);
    walk::items(document.root, "repos").iter().any(has_hooks) || document.root.items().iter().any(is_hook)
}

pub(super) fn read_pre_commit(document: &Document<'_>, collector: &mut Collector<'_>) {
    collector.marks = &[];
    for hook in walk::maps(document.root) {
        let Some(entry) = hook.get("entry") else { continue };
        match walk::text(hook, "language") {
            // What stands there is a pattern, or a message.
            Some("pygrep" | "fail") => {
                collector.take(entry);
            }
            _ => collector.script(entry, Language::Shell, Certainty::Runs),
        }
    }
}
