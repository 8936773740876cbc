//! Containers and their like: a program whose words stand under several keys.

use std::rc::Rc;

use crate::document::{Content, Node};
use crate::{Certainty, Language};

use super::collect::Collector;

/// Reads `entrypoint`, `command` and `args` of a mapping, which together are one program with its words.
pub(super) fn read(container: &Node, collector: &mut Collector<'_>) {
    let [entry, command, args] = [&["entrypoint"][..], &["command", "cmd"], &["args", "arguments"]];
    let (entry, command, args) = (find(container, entry), find(container, command), find(container, args));
    let is_list = |node: &Rc<Node>| matches!(node.content, Content::List(_));
    if ![entry, command, args].into_iter().flatten().any(is_list) || (entry.is_none() && command.is_none()) {
        return;
    }
    let words: Vec<&Rc<Node>> = [entry, command, args].into_iter().flatten().flat_map(words).collect();
    let is_line =
        |word: &Rc<Node>| word.scalar().is_some_and(|text| text.text.text.trim().contains(char::is_whitespace));
    match (words.first(), command) {
        // Where the program should be stands a line: the list is a script.
        (Some(first), Some(command)) if is_line(first) => collector.script(command, Language::Shell, Certainty::Likely),
        _ => collector.words(&words, Certainty::Runs),
    }
}

/// The value of one of several keys, whatever its case.
fn find<'n>(node: &'n Node, keys: &[&str]) -> Option<&'n Rc<Node>> {
    let is_key = |key: &str| keys.iter().any(|name| name.eq_ignore_ascii_case(key));
    node.entries().iter().find(|entry| is_key(&entry.key)).map(|entry| &entry.value)
}

/// The items of a list, or the one word.
pub(super) fn words(node: &Rc<Node>) -> Vec<&Rc<Node>> {
    match &node.content {
        Content::List(items) => items.iter().collect(),
        Content::Scalar(_) => vec![node],
        Content::Map(_) => Vec::new(),
    }
}
