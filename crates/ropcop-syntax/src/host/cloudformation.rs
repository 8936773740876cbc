//! CloudFormation: what machines start with.

use std::rc::Rc;

use crate::document::{Content, Node, function};

use super::collect::Collector;
use super::{Document, startup, walk};

/// Whether a document is a template.
pub(super) fn recognises(document: &Document<'_>) -> bool {
    let resources = document.root.get("Resources").map(|resources| resources.entries()).unwrap_or_default();
    let kind = |node: &Node| node.get("Type").and_then(|kind| kind.text()).is_some_and(|kind| kind.contains("::"));
    document.root.get("AWSTemplateFormatVersion").is_some() || resources.iter().any(|resource| kind(&resource.value))
}

/// Reads the user data of its resources.
pub(super) fn read(document: &Document<'_>, collector: &mut Collector<'_>) {
    for map in walk::maps(document.root) {
        if let Some(data) = map.get("UserData") {
            start(data, collector, 0);
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
