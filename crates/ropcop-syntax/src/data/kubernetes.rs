//! Kubernetes manifests, templates of Helm, kubeconfig.

use std::collections::BTreeSet;
use std::rc::Rc;

use crate::document::{Content, Entry, Node};

use super::collect::Collector;
use super::holes::Mark;
use super::{Document, program, startup};

/// Values nested deeper than this are left out. The limit protects the stack.
const DEPTH: usize = 100;

/// What is filled in before a container starts; `$(NAME)` is filled in by Kubernetes itself.
const MARKS: &[Mark] = &[Mark::Expression, Mark::Braces, Mark::Macro];

/// Whether a document is a manifest.
pub(super) fn recognises(document: &Document<'_>) -> bool {
    document.root.get("apiVersion").is_some() && document.root.get("kind").is_some()
}

/// Reads what containers, probes and credential plugins run, and scripts that are kept as configuration.
pub(super) fn read(document: &Document<'_>, collector: &mut Collector<'_>) {
    let marks = std::mem::replace(&mut collector.marks, MARKS);
    Walk { collector, seen: BTreeSet::new() }.visit(document.root, 0);
    collector.marks = marks;
}

struct Walk<'c, 'k> {
    collector: &'c mut Collector<'k>,
    /// Aliases make one value part of many.
    seen: BTreeSet<*const Node>,
}

impl Walk<'_, '_> {
    fn visit(&mut self, node: &Rc<Node>, depth: usize) {
        if depth > DEPTH || !self.seen.insert(Rc::as_ptr(node)) {
            return;
        }
        match &node.content {
            Content::Scalar(_) => {}
            Content::List(items) => items.iter().for_each(|item| self.visit(item, depth + 1)),
            Content::Map(entries) => {
                program::read(node, self.collector);
                entries.iter().for_each(|entry| self.entry(entry, depth));
            }
        }
    }

    fn entry(&mut self, entry: &Entry, depth: usize) {
        match entry.key.as_str() {
            "data" | "stringData" => {
                for file in entry.value.entries() {
                    startup::file(&file.key, &file.value, self.collector);
                }
            }
            "annotations" | "labels" | "managedFields" => {}
            _ => self.visit(&entry.value, depth + 1),
        }
    }
}
