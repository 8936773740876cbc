//! Systems for continuous integration whose files need no more than a few lines to be read.

use std::rc::Rc;

use crate::document::{Content, Node};
use crate::{Certainty, Language};

use super::collect::Collector;
use super::{Document, walk};
use crate::text::placeholder::Mark;

/// Lists of commands in the root of a Travis file.
const TRAVIS: [&str; 11] = [
    "before_install",
    "install",
    "before_script",
    "script",
    "before_cache",
    "after_success",
    "after_failure",
    "before_deploy",
    "after_deploy",
    "after_script",
    "deploy",
];

/// Lists of commands in an AppVeyor file.
const APPVEYOR: [&str; 15] = [
    "init",
    "install",
    "build_script",
    "before_build",
    "after_build",
    "before_package",
    "test_script",
    "before_test",
    "after_test",
    "deploy_script",
    "before_deploy",
    "after_deploy",
    "on_success",
    "on_failure",
    "on_finish",
];

pub(super) fn is_bitbucket(document: &Document<'_>) -> bool {
    walk::has_map(document.root, "pipelines") && !walk::has_any(document.root, &["receivers", "exporters"])
}

pub(super) fn read_bitbucket(document: &Document<'_>, collector: &mut Collector<'_>) {
    collector.marks = &[];
    for map in walk::maps(document.root) {
        for key in ["script", "after-script"] {
            let lines: Vec<&Rc<Node>> = walk::items(map, key).iter().filter(|item| item.scalar().is_some()).collect();
            collector.lines(&lines, Language::Shell, Certainty::Runs);
        }
        let Some(pipe) = map.get("pipe") else { continue };
        if let Some(name) = pipe.text() {
            let name = name.trim_start_matches("docker://").split(':').next().unwrap_or_default().to_owned();
            let args = collector.args(map.get("variables"));
            collector.call(name, pipe.span_inside(), map.span, args);
        }
    }
}

pub(super) fn is_appveyor(document: &Document<'_>) -> bool {
    let keys =
        ["build_script", "test_script", "deploy_script", "on_success", "on_finish", "before_build", "after_build"];
    let file = document.path.rsplit(['/', '\\']).next().unwrap_or_default();
    file.trim_start_matches('.').starts_with("appveyor") || walk::has_any(document.root, &keys)
}

pub(super) fn read_appveyor(document: &Document<'_>, collector: &mut Collector<'_>) {
    collector.marks = &[];
    for map in walk::maps(document.root) {
        for list in APPVEYOR.iter().filter_map(|key| map.get(key)) {
            let plain: Vec<&Rc<Node>> = list.items().iter().filter(|item| item.scalar().is_some()).collect();
            collector.lines(&plain, Language::Shell, Certainty::Runs);
            let steps = list.items().iter().flat_map(|item| item.entries());
            for step in steps.chain(list.entries()) {
                let language = match step.key.as_str() {
                    "ps" | "pwsh" => Language::PowerShell,
                    "cmd" | "sh" => Language::Shell,
                    _ => continue,
                };
                collector.script(&step.value, language, Certainty::Runs);
            }
        }
    }
}

pub(super) fn is_travis(document: &Document<'_>) -> bool {
    let root = document.root;
    let about = ["language", "dist", "os", "sudo", "services", "jobs", "matrix", "addons", "osx_image"];
    document.path.ends_with(".travis.yml")
        || (TRAVIS.iter().any(|key| root.get(key).is_some_and(|value| value.entries().is_empty()))
            && walk::has_any(root, &about))
}

pub(super) fn read_travis(document: &Document<'_>, collector: &mut Collector<'_>) {
    collector.marks = &[];
    let jobs = ["jobs", "matrix"]
        .iter()
        .filter_map(|key| document.root.get(key))
        .flat_map(|jobs| walk::items(jobs, "include"));
    for job in std::iter::once(document.root).chain(jobs) {
        let (deploys, scripts) = TRAVIS.split_last().map_or((None, &TRAVIS[..]), |(last, rest)| (job.get(last), rest));
        // All of them run in one shell, in this order.
        let nodes = scripts.iter().filter_map(|key| job.get(key));
        let lines: Vec<&Rc<Node>> = nodes.flat_map(lines).collect();
        collector.lines(&lines, Language::Shell, Certainty::Runs);
        for deploy in deploys.into_iter().flat_map(|deploy| std::iter::once(deploy).chain(deploy.items())) {
            if let Some(script) = deploy.get("script") {
                collector.script(script, Language::Shell, Certainty::Runs);
            }
        }
    }
}

/// The texts of a value that is one or a list of them.
fn lines(node: &Rc<Node>) -> Vec<&Rc<Node>> {
    std::iter::once(node).chain(node.items()).filter(|node| node.scalar().is_some()).collect()
}

/// Drone, Woodpecker: steps are images with commands.
pub(super) fn is_drone(document: &Document<'_>) -> bool {
    let steps = ["steps", "pipeline"].iter().filter_map(|key| document.root.get(key));
    let step = |node: &Rc<Node>| walk::has_any(node, &["commands"]) && walk::has_any(node, &["image", "name"]);
    steps
        .into_iter()
        .any(|steps| steps.items().iter().any(step) || steps.entries().iter().any(|entry| step(&entry.value)))
}

pub(super) fn is_buildkite(document: &Document<'_>) -> bool {
    let root = document.root;
    let keys = ["command", "commands", "wait", "block", "plugins", "trigger"];
    let steps = walk::items(root, "steps").iter().chain(root.items());
    // A block of tasks is a list.
    let is_step = |step: &&Rc<Node>| step.get("block").is_none_or(|block| block.scalar().is_some());
    steps.into_iter().filter(is_step).any(|step| {
        walk::has_any(step, &keys) && walk::has_any(step, &["label", "plugins", "agents", "key", "wait", "block"])
    }) || walk::items(root, "steps").iter().any(|step| step.text() == Some("wait"))
        || (walk::has_any(root, &["agents"]) && walk::has_any(root, &["steps"]))
}

/// Every `command` and `commands` is a script, but that of a plugin is a program with its words.
pub(super) fn read_commands(document: &Document<'_>, collector: &mut Collector<'_>) {
    collector.marks = &[Mark::Expression];
    for plugins in walk::maps(document.root).into_iter().filter_map(|map| map.get("plugins")) {
        for plugin in walk::maps(plugins) {
            let words = walk::items(plugin, "command");
            if words.iter().any(|word| !collector.is_taken(word)) {
                collector.words(&words.iter().collect::<Vec<_>>(), Certainty::Runs);
            }
        }
    }
    for map in walk::maps(document.root) {
        for code in ["command", "commands"].iter().filter_map(|key| map.get(key)) {
            if code.items().first().is_some_and(|word| collector.is_taken(word)) {
                continue;
            }
            collector.script(code, Language::Shell, Certainty::Runs);
        }
    }
}

/// Google Cloud Build.
pub(super) fn is_cloud_build(document: &Document<'_>) -> bool {
    let step = |step: &Rc<Node>| walk::has_any(step, &["name"]) && walk::has_any(step, &["args", "entrypoint"]);
    walk::items(document.root, "steps").iter().any(step)
}

pub(super) fn read_cloud_build(document: &Document<'_>, collector: &mut Collector<'_>) {
    collector.marks = &[];
    walk::items(document.root, "steps").iter().for_each(|step| image_step(step, &["entrypoint"], collector));
}

/// Tekton and Jenkins X: steps in containers.
pub(super) fn is_tekton(document: &Document<'_>) -> bool {
    walk::text(document.root, "apiVersion").is_some_and(|version| version.starts_with("tekton.dev/"))
}

pub(super) fn read_tekton(document: &Document<'_>, collector: &mut Collector<'_>) {
    collector.marks = &[Mark::Macro, Mark::Braces];
    for map in walk::maps(document.root) {
        walk::items(map, "steps").iter().for_each(|step| image_step(step, &["command"], collector));
    }
}

/// Argo Workflows.
pub(super) fn is_argo(document: &Document<'_>) -> bool {
    let kind = walk::text(document.root, "kind").unwrap_or_default();
    let is_argo = || walk::text(document.root, "apiVersion").is_some_and(|version| version.starts_with("argoproj.io/"));
    ["Workflow", "WorkflowTemplate", "CronWorkflow", "ClusterWorkflowTemplate", "Sensor"].contains(&kind) && is_argo()
}

pub(super) fn read_argo(document: &Document<'_>, collector: &mut Collector<'_>) {
    collector.marks = &[Mark::Braces];
    for map in walk::maps(document.root) {
        if let Some(script) = map.get("script") {
            let program = walk::items(script, "command").first().and_then(|program| program.text());
            let language = program.and_then(Language::of_program).unwrap_or(Language::Shell);
            if let Some(code) = script.get("source") {
                collector.script(code, language, Certainty::Runs);
            }
        }
        let lists = ["containers", "initContainers", "sidecars"].iter().flat_map(|key| walk::items(map, key));
        for container in map.get("container").into_iter().chain(lists) {
            image_step(container, &["command"], collector);
        }
    }
}

/// Concourse.
pub(super) fn is_concourse(document: &Document<'_>) -> bool {
    let root = document.root;
    let plan = |job: &Rc<Node>| walk::has_any(job, &["plan"]);
    let task =
        || walk::has_any(root, &["platform"]) && root.get("run").is_some_and(|run| walk::has_any(run, &["path"]));
    walk::items(root, "jobs").iter().any(plan) || task()
}

pub(super) fn read_concourse(document: &Document<'_>, collector: &mut Collector<'_>) {
    collector.marks = &[Mark::Braces, Mark::Parentheses];
    for run in walk::maps(document.root).into_iter().filter_map(|map| map.get("run")) {
        if let Some(path) = run.get("path") {
            let words: Vec<&Rc<Node>> = std::iter::once(path).chain(walk::items(run, "args")).collect();
            collector.words(&words, Certainty::Runs);
        }
    }
}

/// A step in a container: a script with its interpreter in the first line, or a program with its words.
fn image_step(step: &Node, program: &[&str], collector: &mut Collector<'_>) {
    if let Some(script) = step.get("script") {
        let language = script.text().and_then(|text| Language::detect("", text)).unwrap_or(Language::Shell);
        collector.script(script, language, Certainty::Runs);
        return;
    }
    let parts = program.iter().chain(&["args"]).filter_map(|key| step.get(key));
    let words: Vec<&Rc<Node>> = parts.flat_map(lines).collect();
    let is_line = |node: &Rc<Node>| matches!(&node.content, Content::Scalar(text) if text.text.text.contains(' '));
    match words[..] {
        [] => {}
        [line] if is_line(line) => collector.script(line, Language::Shell, Certainty::Runs),
        _ => collector.words(&words, Certainty::Runs),
    }
}
