//! Visiting the parts of a document.

use std::collections::BTreeSet;
use std::rc::Rc;

use crate::document::{Content, Node};

/// All mappings of a document, each once however many aliases it has, outer ones first.
pub(super) fn maps(root: &Rc<Node>) -> Vec<&Rc<Node>> {
    let mut seen = BTreeSet::new();
    let mut found = Vec::new();
    let mut open = vec![root];
    while let Some(node) = open.pop() {
        if !seen.insert(Rc::as_ptr(node)) {
            continue;
        }
        match &node.content {
            Content::Scalar(_) => {}
            Content::List(items) => open.extend(items.iter().rev()),
            Content::Map(entries) => {
                found.push(node);
                open.extend(entries.iter().rev().map(|entry| &entry.value));
            }
        }
    }
    found
}

/// Whether a mapping has one of these keys.
pub(super) fn has_any(node: &Node, keys: &[&str]) -> bool {
    node.entries().iter().any(|entry| keys.contains(&entry.key.as_str()))
}

/// The text of a key, if all of it is known.
pub(super) fn text<'n>(node: &'n Node, key: &str) -> Option<&'n str> {
    node.get(key)?.text()
}

/// Whether the value of a key is a mapping.
pub(super) fn has_map(node: &Node, key: &str) -> bool {
    node.get(key).is_some_and(|value| matches!(value.content, Content::Map(_)))
}

/// The items of the list at a key.
pub(super) fn items<'n>(node: &'n Node, key: &str) -> &'n [Rc<Node>] {
    node.get(key).map(|value| value.items()).unwrap_or_default()
}
