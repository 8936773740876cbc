//! GitHub Actions: workflows and composite actions.

use crate::text::template;
use std::rc::Rc;

use crate::document::Node;
use crate::{Certainty, Language};

use super::collect::Collector;
use super::{Document, walk};
use crate::text::placeholder::Mark;

/// Inputs that hold code: the action, its input, and the language.
const CODE: [(&str, &str, Language); 5] = [
    ("azure/cli", "inlineScript", Language::Shell),
    ("azure/powershell", "inlineScript", Language::PowerShell),
    ("actions/github-script", "script", Language::JavaScript),
    ("appleboy/ssh-action", "script", Language::Shell),
    ("nick-fields/retry", "command", Language::Shell),
];

/// Names of inputs that hold commands in many actions.
const LIKELY: [&str; 6] = ["script", "run", "command", "commands", "cmd", "inlinescript"];

pub(super) fn recognises(document: &Document<'_>) -> bool {
    let root = document.root;
    let is_job = |job: &Node| walk::has_any(job, &["runs-on"]);
    let has_jobs = || root.get("jobs").is_some_and(|jobs| jobs.entries().iter().any(|entry| is_job(&entry.value)));
    let is_workflow = || walk::has_any(root, &["on"]) && walk::has_map(root, "jobs");
    has_jobs() || is_workflow() || root.get("runs").is_some_and(|runs| walk::has_any(runs, &["using", "steps"]))
}

pub(super) fn read(document: &Document<'_>, collector: &mut Collector<'_>) {
    collector.marks = &[Mark::Expression];
    let root = document.root;
    let workflow = default_shell(root);
    for job in root.get("jobs").map(|jobs| jobs.entries()).unwrap_or_default() {
        let shell = default_shell(&job.value).or(workflow).or_else(|| runner_shell(&job.value));
        steps(&job.value, shell, collector);
    }
    if let Some(runs) = root.get("runs") {
        steps(runs, None, collector);
    }
}

fn default_shell(node: &Node) -> Option<&str> {
    walk::text(node.get("defaults")?.get("run")?, "shell")
}

/// The shell of runners that are Windows for sure.
fn runner_shell(job: &Node) -> Option<&'static str> {
    let runner = job.get("runs-on")?;
    let labels = std::iter::once(runner).chain(runner.items());
    let is_windows =
        labels.filter_map(|label| label.text()).any(|label| label.to_ascii_lowercase().contains("windows"));
    is_windows.then_some("pwsh")
}

fn steps(owner: &Node, shell: Option<&str>, collector: &mut Collector<'_>) {
    for step in walk::items(owner, "steps") {
        if let Some(code) = step.get("run") {
            let shell = walk::text(step, "shell").or(shell).and_then(|shell| shell.split_whitespace().next());
            let language = shell.and_then(Language::of_program).unwrap_or(Language::Shell);
            collector.script(code, language, Certainty::Runs);
        }
        if let Some(action) = step.get("uses") {
            uses(step, action, collector);
        }
    }
}

fn uses(step: &Node, action: &Rc<Node>, collector: &mut Collector<'_>) {
    let with = step.get("with");
    if action.text().is_some_and(|action| action.starts_with("docker://")) {
        return image(with, collector);
    }
    let Some(path) = action.text().and_then(action_path) else { return };
    for input in with.map(|with| with.entries()).unwrap_or_default() {
        let is_it = |(name, key, _): &&(&str, &str, _)| *name == path && key.eq_ignore_ascii_case(&input.key);
        let key = input.key.to_ascii_lowercase().replace(['-', '_'], "");
        match CODE.iter().find(is_it) {
            Some((_, _, language)) => collector.script(&input.value, *language, Certainty::Runs),
            None if LIKELY.contains(&key.as_str()) => {
                collector.script(&input.value, Language::Shell, Certainty::Likely);
            }
            None => {}
        }
    }
    let args = collector.args(with);
    collector.call(path, action.span_inside(), step.span, args);
}

/// An image: a program, if it is not the image's own, and its words in one text.
fn image(with: Option<&Rc<Node>>, collector: &mut Collector<'_>) {
    let parts = ["entrypoint", "args"].iter().filter_map(|key| with?.get(key));
    let parts: Vec<&Rc<Node>> = parts.filter(|part| part.scalar().is_some()).collect();
    parts.iter().for_each(|part| {
        collector.take(part);
    });
    let texts: Vec<_> = parts.iter().filter_map(|part| part.scalar()).collect();
    collector.code(Language::Shell, &template::joined(&texts, " "), Certainty::Runs);
}

/// `owner/repository.path.inside` of `owner/repository/path/inside@version`; none for actions without a repository.
fn action_path(action: &str) -> Option<String> {
    let name = action.split('@').next()?.trim();
    if name.starts_with('.') || name.contains(':') {
        return None;
    }
    let mut parts = name.split('/');
    let repository = format!("{}/{}", parts.next()?, parts.next()?).to_ascii_lowercase();
    Some(std::iter::once(repository.as_str()).chain(parts).collect::<Vec<_>>().join("."))
}
