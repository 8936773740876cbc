//! Kubernetes manifests, templates of Helm, kubeconfig.

use crate::{Certainty, Language};

use super::collect::Collector;
use super::{Document, program, startup, walk};
use crate::text::placeholder;

/// Whether a document is a manifest.
pub(super) fn recognises(document: &Document<'_>) -> bool {
    document.root.get("apiVersion").is_some() && document.root.get("kind").is_some()
}

/// Reads what containers, probes and credential plugins run, and scripts that are kept as configuration.
pub(super) fn read(document: &Document<'_>, collector: &mut Collector<'_>) {
    let maps = walk::maps(document.root);
    for map in &maps {
        for files in ["data", "stringData"].iter().filter_map(|key| map.get(key)) {
            files.entries().iter().for_each(|file| startup::file(&file.key, &file.value, collector));
        }
        // Files of a machine, and what it runs when it becomes a node.
        if let (Some(content), Some(path)) = (map.get("content"), map.get("path")) {
            startup::file(path.text().unwrap_or_default(), content, collector);
        }
        for entry in map.entries().iter().filter(|entry| entry.key.ends_with("Commands")) {
            collector.script(&entry.value, Language::Shell, Certainty::Runs);
        }
    }
    let marks = std::mem::replace(&mut collector.marks, placeholder::CONTAINER);
    maps.iter().for_each(|map| program::read(map, collector));
    collector.marks = marks;
}
