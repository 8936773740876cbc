//! States of Salt.

use std::rc::Rc;

use crate::document::{Content, Entry, Node};
use crate::text::template::Template;
use crate::{Certainty, Language};

use super::collect::Collector;
use super::{Document, startup};

/// Functions that run a command.
const RUNS: &[&str] = &["cmd.run", "cmd.wait", "cmd.shell", "cmd.run_all", "cmd.retcode", "cmd.powershell"];

/// The function that writes a file.
const WRITES: &str = "file.managed";

/// Whether a document has states that run commands or write files.
pub(super) fn recognises(document: &Document<'_>) -> bool {
    document.root.entries().iter().any(|state| runs(&state.value).is_some() || state.value.get(WRITES).is_some())
}

/// Reads those states.
pub(super) fn read(document: &Document<'_>, collector: &mut Collector<'_>) {
    for state in document.root.entries() {
        if let Some((function, args)) = runs(&state.value) {
            self::state(state, function, args, collector);
        }
        if let Some(args) = state.value.get(WRITES) {
            let find = |key: &str| args.items().iter().find_map(|arg| arg.get(key));
            let name = find("name").map_or(Some(state.key.as_str()), |name| name.text());
            if let (Some(name), Some(contents)) = (name, find("contents")) {
                startup::file(name, contents, collector);
            }
        }
    }
}

/// The function of a state that runs a command, with its arguments.
fn runs(state: &Node) -> Option<(&str, &[Rc<Node>])> {
    let function = |name: &str| RUNS.iter().find(|known| **known == name).copied();
    match &state.content {
        Content::Scalar(_) => Some((function(state.text()?)?, &[])),
        Content::Map(entries) => entries.iter().find_map(|entry| Some((function(&entry.key)?, entry.value.items()))),
        // `cmd: [run, {name: …}]`.
        Content::List(_) => None,
    }
}

fn state(state: &Entry, function: &str, args: &[Rc<Node>], collector: &mut Collector<'_>) {
    let find = |key: &str| args.iter().find_map(|arg| arg.get(key));
    let shell = find("shell").and_then(|shell| shell.text()).unwrap_or_default();
    let is_powershell = function.ends_with("powershell") || shell.eq_ignore_ascii_case("powershell");
    let language = if is_powershell { Language::PowerShell } else { Language::Shell };
    let named: Vec<&Rc<Node>> =
        find("name").into_iter().chain(find("names").map(|names| names.items()).unwrap_or_default()).collect();
    for name in &named {
        collector.script(name, language, Certainty::Runs);
    }
    // Without a name, the name of the state is the command.
    if named.is_empty() && state.key_span.end - state.key_span.start == state.key.len() {
        collector.code(language, &Template::verbatim(&state.key, state.key_span.start), Certainty::Runs);
    }
}
