//! Docker Compose.

use std::rc::Rc;

use crate::document::rewrite::rewritten;
use crate::document::{Content, Node};
use crate::text::template::{self, Template};
use crate::{Certainty, Language};

use super::collect::Collector;
use super::{Document, generic, program};

/// Whether a document has services.
pub(super) fn recognises(document: &Document<'_>) -> bool {
    const KEYS: &[&str] = &["image", "build", "command", "entrypoint", "extends", "container_name", "healthcheck"];
    let is_service = |service: &Node| KEYS.iter().any(|key| service.get(key).is_some());
    let services = document.root.get("services").filter(|_| document.root.get("apiVersion").is_none());
    services.is_some_and(|services| services.entries().iter().any(|entry| is_service(&entry.value)))
}

/// Reads what the services run.
pub(super) fn read(document: &Document<'_>, collector: &mut Collector<'_>) {
    collector.take(document.root);
    let root = rewritten(document.root, &unescaped);
    collector.hold(&root);
    for service in root.get("services").map(|services| services.entries()).unwrap_or_default() {
        self::service(&service.value, collector);
    }
    generic::read(&root, collector);
}

/// A text in which `$$` has become `$`.
fn unescaped(node: &Node) -> Option<Rc<Node>> {
    let text = node.scalar().filter(|text| text.text.text.contains("$$"))?;
    let mut unescaped = Template::default();
    let mut skipped = false;
    for (index, character) in text.text.text.char_indices() {
        if character == '$' && !skipped && text.text.text[index + 1..].starts_with('$') {
            skipped = true;
            continue;
        }
        skipped = false;
        let at = text.text.host(index);
        match text.hole(character) {
            Some(name) => unescaped.push_hole(name.clone(), at),
            None if !unescaped.text.map.is_empty() && unescaped.text.host(unescaped.text.text.len()) == at => {
                unescaped.text.text.push(character);
            }
            None => unescaped.text.push(character.encode_utf8(&mut [0; 4]), at),
        }
    }
    unescaped.text.seek(text.text.host(text.text.text.len()));
    Some(Rc::new(Node { content: Content::Scalar(unescaped), span: node.span }))
}

fn service(service: &Node, collector: &mut Collector<'_>) {
    start(service, collector);
    if let Some(test) = service.get("healthcheck").and_then(|check| check.get("test")) {
        probe(test, collector);
    }
    for hook in ["post_start", "pre_stop"].iter().filter_map(|name| service.get(name)).flat_map(|hooks| hooks.items()) {
        start(hook, collector);
    }
}

/// `entrypoint` and `command`: lists of words, or lines that are split into words.
fn start(service: &Node, collector: &mut Collector<'_>) {
    let is_line = |node: &&Rc<Node>| node.scalar().is_some();
    let (entry, command) = (service.get("entrypoint"), service.get("command"));
    match (entry.filter(is_line), command.filter(is_line)) {
        (Some(entry), Some(command)) => {
            let line = template::joined(
                &[entry, command].map(|node| node.scalar()).into_iter().flatten().collect::<Vec<_>>(),
                " ",
            );
            collector.take(entry);
            collector.take(command);
            collector.code(Language::Shell, &line, Certainty::Runs);
        }
        (Some(line), None) | (None, Some(line)) => {
            collector.script(line, Language::Shell, Certainty::Runs);
            program::read(service, collector);
        }
        (None, None) => program::read(service, collector),
    }
}

/// `["CMD", "program"]`, `["CMD-SHELL", "line"]` or a line.
fn probe(test: &Rc<Node>, collector: &mut Collector<'_>) {
    let words: Vec<&Rc<Node>> = test.items().iter().collect();
    match words.split_first() {
        None => collector.script(test, Language::Shell, Certainty::Runs),
        Some((kind, words)) => match (kind.text(), words) {
            (Some("CMD"), words) => collector.words(words, Certainty::Runs),
            (Some("CMD-SHELL"), [line, ..]) => collector.script(line, Language::Shell, Certainty::Runs),
            _ => {}
        },
    }
}
