//! Pulumi programs in YAML.

use crate::{Certainty, Language};

use super::collect::Collector;
use super::{Document, program};

/// Whether a document has resources of Pulumi.
pub(super) fn recognises(document: &Document<'_>) -> bool {
    let resources = document.root.get("resources").map(|resources| resources.entries()).unwrap_or_default();
    resources.iter().any(|resource| resource.value.get("type").and_then(|kind| kind.text()).is_some_and(is_command))
}

fn is_command(kind: &str) -> bool {
    kind.starts_with("command:")
}

/// Reads the commands of its resources.
pub(super) fn read(document: &Document<'_>, collector: &mut Collector<'_>) {
    for resource in document.root.get("resources").map(|resources| resources.entries()).unwrap_or_default() {
        let runs = resource.value.get("type").and_then(|kind| kind.text()).is_some_and(is_command);
        let Some(properties) = resource.value.get("properties").filter(|_| runs) else { continue };
        let interpreter = properties.get("interpreter").map(program::words).unwrap_or_default();
        for script in ["create", "update", "delete"].iter().filter_map(|key| properties.get(key)) {
            if interpreter.len() > 1 {
                collector.words(&[interpreter.as_slice(), &[script]].concat(), Certainty::Runs);
            } else {
                collector.script(script, Language::Shell, Certainty::Runs);
            }
        }
    }
}
