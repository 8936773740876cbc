//! CloudFormation: what machines start with.

use std::collections::BTreeSet;
use std::rc::Rc;

use crate::document::{Content, Node, function};

use super::collect::Collector;
use super::{Document, startup};

/// Values nested deeper than this are left out. The limit protects the stack.
const DEPTH: usize = 60;

/// Whether a document is a template.
pub(super) fn recognises(document: &Document<'_>) -> bool {
    let resources = document.root.get("Resources").map(|resources| resources.entries()).unwrap_or_default();
    let kind = |node: &Node| node.get("Type").and_then(|kind| kind.text()).is_some_and(|kind| kind.contains("::"));
    document.root.get("AWSTemplateFormatVersion").is_some() || resources.iter().any(|resource| kind(&resource.value))
}

/// Reads the user data of its resources.
pub(super) fn read(document: &Document<'_>, collector: &mut Collector<'_>) {
    visit(document.root, collector, &mut BTreeSet::new(), 0);
}

fn visit(node: &Rc<Node>, collector: &mut Collector<'_>, seen: &mut BTreeSet<*const Node>, depth: usize) {
    if depth > DEPTH || !seen.insert(Rc::as_ptr(node)) {
        return;
    }
    node.items().iter().for_each(|item| visit(item, collector, seen, depth + 1));
    for entry in node.entries() {
        if entry.key == "UserData" {
            start(&entry.value, collector, 0);
        } else {
            visit(&entry.value, collector, seen, depth + 1);
        }
    }
}

/// The text in `Fn::Base64: {Fn::Sub: …}`.
fn start(node: &Rc<Node>, collector: &mut Collector<'_>, depth: usize) {
    match &node.content {
        _ if depth > 5 => {}
        Content::Scalar(_) => startup::read(node, collector),
        // `Fn::Sub: [text, {name: value}]`, and `!Join ["", […]]`, of which the tag is not seen.
        Content::List(items) => match &items[..] {
            [between, list] if between.scalar().is_some() && !list.items().is_empty() => {
                if let Some(text) = function::value("join", items, node.span) {
                    collector.hold(&text);
                    startup::read(&text, collector);
                }
                list.items().iter().for_each(|item| {
                    collector.take(item);
                });
            }
            [text, ..] => start(text, collector, depth + 1),
            [] => {}
        },
        Content::Map(entries) => entries.iter().for_each(|entry| start(&entry.value, collector, depth + 1)),
    }
}
