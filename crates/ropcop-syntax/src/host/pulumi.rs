//! Pulumi programs in YAML.

use crate::{Certainty, Language};

use super::collect::Collector;
use super::{Document, program};

/// Whether a document has resources of Pulumi.
pub(super) fn recognises(document: &Document<'_>) -> bool {
    let resources = document.root.get("resources").map(|resources| resources.entries()).unwrap_or_default();
    resources.iter().any(|resource| resource.value.get("type").and_then(|kind| kind.text()).is_some_and(is_type))
}

/// `package:module:Type`.
fn is_type(kind: &str) -> bool {
    kind.contains(':') && !kind.contains("::")
}

/// Reads the commands of its resources.
pub(super) fn read(document: &Document<'_>, collector: &mut Collector<'_>) {
    for resource in document.root.get("resources").map(|resources| resources.entries()).unwrap_or_default() {
        let kind = resource.value.get("type").and_then(|kind| kind.text()).unwrap_or_default();
        let Some(properties) = resource.value.get("properties") else { continue };
        if let Some(script) = properties.get("scriptContent") {
            let is_powershell = kind.to_ascii_lowercase().contains("powershell");
            let language = if is_powershell { Language::PowerShell } else { Language::Shell };
            collector.script(script, language, Certainty::Runs);
        }
        if !kind.starts_with("command:") {
            continue;
        }
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
