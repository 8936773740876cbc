//! Ansible: playbooks, and the task files of roles.

use std::collections::BTreeSet;
use std::rc::Rc;

use crate::document::{Content, Entry, Node};
use crate::text::template::Template;
use crate::{Certainty, Language, Span};

use super::collect::Collector;
use super::{Document, startup};

/// Blocks nested deeper than this are left out. The limit protects the stack.
const DEPTH: usize = 50;

/// A module has fewer arguments than this.
const MOST_PAIRS: usize = 100;

/// Keys of a play that hold tasks.
const TASKS: &[&str] = &["tasks", "pre_tasks", "post_tasks", "handlers"];

/// Keys of a task that hold tasks.
const BLOCKS: &[&str] = &["block", "rescue", "always"];

/// What a task says beside its module; `with_…` too.
const KEYWORDS: &[&str] = &[
    "any_errors_fatal",
    "args",
    "async",
    "become",
    "become_exe",
    "become_flags",
    "become_method",
    "become_user",
    "changed_when",
    "check_mode",
    "collections",
    "connection",
    "debugger",
    "delegate_facts",
    "delegate_to",
    "diff",
    "environment",
    "failed_when",
    "ignore_errors",
    "ignore_unreachable",
    "listen",
    "loop",
    "loop_control",
    "module_defaults",
    "name",
    "no_log",
    "notify",
    "poll",
    "port",
    "register",
    "remote_user",
    "retries",
    "run_once",
    "tags",
    "throttle",
    "timeout",
    "until",
    "vars",
    "when",
];

/// Modules of Ansible itself by which a task without keywords is known.
const MODULES: &[&str] = &[
    "shell",
    "command",
    "raw",
    "script",
    "win_shell",
    "win_command",
    "debug",
    "set_fact",
    "include_tasks",
    "import_tasks",
    "include_role",
    "import_role",
    "copy",
    "template",
    "file",
    "apt",
    "yum",
    "pip",
    "local_action",
];

/// What a task decides by: expressions, not commands.
const CONDITIONS: &[&str] = &["when", "until", "changed_when", "failed_when", "that"];

/// What a module does with its text.
fn language(module: &str) -> Option<Language> {
    match module.rsplit('.').next()? {
        "shell" | "command" | "raw" | "script" | "win_command" | "expect" => Some(Language::Shell),
        "win_shell" | "win_powershell" | "powershell" => Some(Language::PowerShell),
        _ => None,
    }
}

/// Whether a document is a playbook, a list of tasks, or an inventory that a plugin makes.
pub(super) fn recognises(document: &Document<'_>) -> bool {
    document.root.get("plugin").is_some_and(|plugin| plugin.text().is_some())
        || document.root.items().iter().any(|item| is_play(item) || is_task(item))
}

fn is_play(item: &Node) -> bool {
    let has = |key: &str| item.get(key).is_some();
    let plays = TASKS.iter().any(|key| has(key)) || ["roles", "gather_facts", "become"].iter().any(|key| has(key));
    (has("hosts") && plays) || has("import_playbook") || has("ansible.builtin.import_playbook")
}

fn is_task(item: &Node) -> bool {
    let keys = || item.entries().iter().map(|entry| entry.key.as_str());
    let named = item.get("name").is_some();
    let is_task_keyword =
        |key: &str| key != "name" && is_keyword(key) && !["timeout", "tags", "port", "args"].contains(&key);
    keys().any(|key| BLOCKS.contains(&key) || key.matches('.').count() >= 2 || (MODULES.contains(&key)))
        || (named && keys().any(is_task_keyword) && module(item).is_some())
}

fn is_keyword(key: &str) -> bool {
    KEYWORDS.contains(&key) || key.starts_with("with_")
}

/// The module of a task.
fn module(task: &Node) -> Option<&Entry> {
    task.entries().iter().find(|entry| !is_keyword(&entry.key) && !BLOCKS.contains(&entry.key.as_str()))
}

/// Reads the tasks.
pub(super) fn read(document: &Document<'_>, collector: &mut Collector<'_>) {
    let root = document.root;
    if let Some((plugin, name)) = root.get("plugin").and_then(|plugin| Some((plugin, plugin.text()?))) {
        collector.call(name.to_owned(), plugin.span_inside(), root.span, collector.args(Some(root)));
    }
    tasks(document.root, collector, &mut BTreeSet::new(), 0);
}

/// `seen` are lists that were read: an alias may bring one again.
fn tasks(list: &Rc<Node>, collector: &mut Collector<'_>, seen: &mut BTreeSet<*const Node>, depth: usize) {
    if depth > DEPTH || !seen.insert(Rc::as_ptr(list)) {
        return;
    }
    for item in list.items() {
        if let Some(defaults) = item.get("module_defaults") {
            defaults.entries().iter().for_each(|entry| call(entry, item, collector));
        }
        for inner in TASKS.iter().chain(BLOCKS).filter_map(|key| item.get(key)) {
            tasks(inner, collector, seen, depth + 1);
        }
        if item.get("hosts").is_none() {
            task(item, collector);
        }
    }
}

fn task(task: &Rc<Node>, collector: &mut Collector<'_>) {
    CONDITIONS.iter().filter_map(|key| task.get(key)).for_each(|condition| silence(condition, collector, 0));
    for entry in task.entries().iter().filter(|entry| !is_keyword(&entry.key) && !BLOCKS.contains(&entry.key.as_str()))
    {
        let module = entry.key.rsplit('.').next().unwrap_or_default();
        match module {
            "debug" | "fail" | "assert" | "pause" => {
                silence(&entry.value, collector, 0);
            }
            "local_action" | "action" => action(&entry.value, collector),
            "copy" | "blockinfile" | "lineinfile" | "win_copy" => written(&entry.value, collector),
            _ => match language(module) {
                Some(language) => run(&entry.value, task, language, collector),
                None => call(entry, task, collector),
            },
        }
    }
}

/// A module with its arguments.
fn call(entry: &Entry, around: &Node, collector: &mut Collector<'_>) {
    let inline;
    let args = match &entry.value.content {
        Content::Map(_) => &entry.value,
        Content::Scalar(text) => {
            inline = pairs(text, entry.value.span);
            &inline
        }
        Content::List(_) => return,
    };
    let args = collector.args(Some(args));
    collector.call(entry.key.clone(), entry.key_span, around.span, args);
}

/// The arguments of `module: a=b c="d e"`.
fn pairs(text: &Template, span: Span) -> Rc<Node> {
    let whole = text.text.text.as_str();
    let mut entries = Vec::new();
    let mut at = 0;
    while let Some(length) = whole[at..].find('=').filter(|_| entries.len() < MOST_PAIRS) {
        let equals = at + length;
        let name = whole[at..equals].split_whitespace().next_back().unwrap_or_default();
        let start = at + whole[at..equals].rfind(name).unwrap_or(0);
        let quote = whole[equals + 1..].chars().next().filter(|c| ['"', '\''].contains(c));
        let from = equals + 1 + usize::from(quote.is_some());
        let is_end = |c: char| quote.map_or(c.is_whitespace(), |quote| c == quote);
        at = whole[from..].find(is_end).map_or(whole.len(), |length| from + length);
        let value = text.part(from..at);
        let value_span = value.span(0..value.text.text.len());
        entries.push(Entry {
            key: name.to_owned(),
            key_span: text.span(start..start + name.len()),
            value: Rc::new(Node { content: Content::Scalar(value), span: value_span }),
        });
        at += quote.filter(|_| at < whole.len()).map_or(0, char::len_utf8);
    }
    Rc::new(Node { content: Content::Map(entries), span })
}

/// The command of a module that runs one: its text, or one of its arguments, or one of those beside it.
fn run(value: &Rc<Node>, task: &Node, language: Language, collector: &mut Collector<'_>) {
    let beside = task.get("args");
    if value.scalar().is_some_and(|text| !text.text.text.trim().is_empty()) {
        return collector.script(value, language, Certainty::Runs);
    }
    for args in [Some(value), beside].into_iter().flatten() {
        for script in ["cmd", "_raw_params", "command", "script", "free_form"].iter().filter_map(|key| args.get(key)) {
            collector.script(script, language, Certainty::Runs);
        }
        if let Some(words) = args.get("argv") {
            collector.words(&words.items().iter().collect::<Vec<_>>(), Certainty::Runs);
        }
    }
}

/// `local_action: shell …` and `local_action: {module: shell, cmd: …}`.
fn action(value: &Rc<Node>, collector: &mut Collector<'_>) {
    if let Some(text) = value.scalar() {
        let whole = text.text.text.as_str();
        let start = whole.len() - whole.trim_start().len();
        let end = whole[start..].find(char::is_whitespace).map_or(whole.len(), |length| start + length);
        collector.take(value);
        if let Some(language) = language(&whole[start..end]) {
            let rest = text.part(end..whole.len());
            collector.code(language, &rest, Certainty::Runs);
        }
    } else if let Some(language) = value.get("module").and_then(|module| module.text()).and_then(language) {
        run(value, value, language, collector);
    }
}

/// A file that is written.
fn written(value: &Rc<Node>, collector: &mut Collector<'_>) {
    let path = ["dest", "path"].iter().find_map(|key| value.get(key)?.scalar());
    let content = ["content", "block", "line"].iter().find_map(|key| value.get(key));
    if let (Some(path), Some(content)) = (path, content) {
        startup::file(&path.text.text, content, collector);
    }
}

/// Text that is shown and not run.
fn silence(value: &Rc<Node>, collector: &mut Collector<'_>, depth: usize) {
    if depth < DEPTH && collector.take(value) {
        value.items().iter().for_each(|item| silence(item, collector, depth + 1));
        value.entries().iter().for_each(|entry| silence(&entry.value, collector, depth + 1));
    }
}
