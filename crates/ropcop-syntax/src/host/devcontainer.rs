//! Development containers: `devcontainer.json`.

use std::rc::Rc;

use crate::document::{Content, Node};
use crate::{Certainty, Language};

use super::Document;
use super::collect::Collector;

/// Keys whose values are run at a point in the life of the container.
const HOOKS: &[&str] = &[
    "initializeCommand",
    "onCreateCommand",
    "updateContentCommand",
    "postCreateCommand",
    "postStartCommand",
    "postAttachCommand",
];

/// Whether a document describes a development container, or a feature of one.
pub(super) fn recognises(document: &Document<'_>) -> bool {
    let has = |keys: &[&str]| keys.iter().any(|key| document.root.get(key).is_some());
    document.path.ends_with("devcontainer.json")
        || has(HOOKS)
            && has(&[
                "image",
                "build",
                "dockerFile",
                "dockerComposeFile",
                "features",
                "name",
                "customizations",
                "remoteUser",
            ])
}

/// Reads the hooks.
pub(super) fn read(document: &Document<'_>, collector: &mut Collector<'_>) {
    for value in HOOKS.iter().filter_map(|key| document.root.get(key)) {
        hook(value, collector);
        // Several commands that have names run side by side.
        value.entries().iter().for_each(|entry| hook(&entry.value, collector));
    }
}

/// A line for a shell, or a list of words.
fn hook(value: &Rc<Node>, collector: &mut Collector<'_>) {
    match &value.content {
        Content::Scalar(_) => collector.script(value, Language::Shell, Certainty::Runs),
        Content::List(items) => collector.words(&items.iter().collect::<Vec<_>>(), Certainty::Runs),
        Content::Map(_) => {}
    }
}
