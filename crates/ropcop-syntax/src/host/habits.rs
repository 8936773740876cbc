//! Where the variables of processes stand: the habits of hosts.

use std::rc::Rc;

use crate::Host;
use crate::document::{Entry, Node};

use super::{semaphore, walk};
use crate::text::placeholder::{self, Mark};

/// What kind of host a document is for, as far as variables go.
#[derive(Clone, Copy, Debug)]
pub(super) struct Habits {
    host: Option<Host>,
    /// The keys under which variables stand; none if the name of a key tells.
    pub(super) keys: Option<&'static [&'static str]>,
    /// Whether what stands inside gets the variables, too.
    pub(super) inherits: bool,
}

/// What a host fills in beside the marks of its reader.
const NO_MARKS: &[Mark] = &[];

/// Of files that nobody is known to read.
pub(super) const UNKNOWN: Habits = Habits { host: None, keys: None, inherits: false };

/// Mappings under these keys are parts of a document that stand for themselves.
const PARTS: [&str; 8] = ["services", "jobs", "resources", "tasks", "profiles", "functions", "executors", "mcpServers"];

/// A mapping with one of these keys holds steps.
const STEPS: [&str; 8] = ["steps", "script", "tasks", "plan", "cmds", "block", "commands", "stages"];

/// A mapping with one of these keys is a process.
const PROCESSES: [&str; 15] = [
    "run",
    "uses",
    "script",
    "bash",
    "pwsh",
    "powershell",
    "task",
    "command",
    "commands",
    "cmds",
    "cmd",
    "shell",
    "image",
    "get",
    "put",
];

/// An `extends` is followed to so many others.
const MOST_BASES: usize = 20;

impl Habits {
    pub(super) fn of(host: Host) -> Self {
        let keys: Option<&'static [&'static str]> = match host {
            Host::GitHubActions => Some(&["env"]),
            Host::AzurePipelines => Some(&["variables", "env"]),
            Host::GitLab => Some(&["variables"]),
            Host::CircleCi => Some(&["environment"]),
            _ => None,
        };
        let inherits = keys.is_some() || matches!(host, Host::Pipeline | Host::Configuration | Host::Tasks);
        Self { host: Some(host), keys, inherits }
    }

    /// Whether names of variables are put in capitals, and have `_` where a dot was written.
    pub(super) fn has_capitals(&self, key: &str) -> bool {
        self.host == Some(Host::AzurePipelines) && key == "variables"
    }

    /// What a container's runtime fills in.
    pub(super) fn marks(&self) -> &'static [Mark] {
        if self.host == Some(Host::Container) { placeholder::CONTAINER } else { NO_MARKS }
    }

    /// Whether the mappings under a key stand for themselves.
    pub(super) fn has_parts(&self, key: &str) -> bool {
        PARTS.contains(&key)
    }

    /// Whether a mapping is a job.
    pub(super) fn is_part(&self, map: &Node) -> bool {
        self.inherits && walk::has_any(map, &STEPS)
    }

    /// Whether a mapping is a step.
    pub(super) fn is_process(&self, map: &Node) -> bool {
        let is_task = || {
            let has_module = map.entries().iter().any(|entry| entry.key.contains('.'));
            (has_module || map.get("name").is_some()) && !walk::has_any(map, &["hosts", "block", "tasks"])
        };
        // `run: {command: …}` holds a process and is none.
        let is_said = |entry: &Entry| PROCESSES.contains(&entry.key.as_str()) && entry.value.entries().is_empty();
        map.entries().iter().any(is_said) || (self.host == Some(Host::Configuration) && is_task())
    }

    /// Whether what stands under a key of the document counts only where an alias brings it.
    pub(super) fn is_template(&self, key: &str) -> bool {
        self.host == Some(Host::Container) && key.starts_with("x-")
    }

    /// Whether what stands under a key gets no variables from outside.
    pub(super) fn is_apart(&self, key: &str) -> bool {
        key == "services"
    }

    /// Other mappings whose variables the process of this one gets, those that count less first.
    pub(super) fn beside<'n>(&self, map: &'n Node, root: &'n Rc<Node>) -> Vec<&'n Rc<Node>> {
        let has_steps = map.get("steps").is_some();
        match self.host {
            Some(Host::GitHubActions) if has_steps => map.get("container").into_iter().collect(),
            Some(Host::CircleCi) if has_steps => {
                let executor = map.get("executor").and_then(|name| name.get("name").unwrap_or(name).text());
                let executor = executor.and_then(|name| root.get("executors")?.get(name));
                let image = |node: &'n Node| walk::items(node, "docker").first();
                let inner = executor.and_then(|executor| image(executor));
                [inner, executor, image(map)].into_iter().flatten().collect()
            }
            Some(Host::Pipeline) if has_steps => {
                ["stepTemplate", "options"].iter().filter_map(|key| map.get(key)).collect()
            }
            Some(Host::Pipeline) => semaphore::shared(map, root).into_iter().collect(),
            Some(Host::GitLab) => {
                let mut found = Vec::new();
                bases(map, root, &mut found);
                found.reverse();
                found
            }
            _ => Vec::new(),
        }
    }

    /// Mappings that are no process themselves, because others are made from them.
    pub(super) fn templates<'n>(&self, root: &'n Rc<Node>) -> Vec<&'n Rc<Node>> {
        let of_jobs =
            |root: &'n Rc<Node>| root.entries().iter().flat_map(|job| self.beside(&job.value, root)).collect();
        match self.host {
            Some(Host::GitLab) => of_jobs(root),
            Some(Host::CircleCi) => {
                let jobs = root.get("jobs").map(|jobs| jobs.entries()).unwrap_or_default();
                jobs.iter().flat_map(|job| self.beside(&job.value, root)).collect()
            }
            Some(Host::Pipeline) => semaphore::global(root).into_iter().collect(),
            _ => Vec::new(),
        }
    }
}

/// Adds the jobs that a job extends, the nearest first.
fn bases<'n>(job: &'n Node, root: &'n Rc<Node>, found: &mut Vec<&'n Rc<Node>>) {
    let Some(names) = job.get("extends") else { return };
    for name in std::iter::once(names).chain(names.items().iter().rev()).filter_map(|name| name.text()) {
        let Some(base) = root.get(name).filter(|_| found.len() < MOST_BASES) else { continue };
        found.push(base);
        bases(base, root, found);
    }
}
