//! Texts that say themselves what they are: what a machine runs when it starts, files that are written.

use std::rc::Rc;

use crate::document::Node;
use crate::{Certainty, Language};

use super::collect::Collector;

/// Reads what a machine runs when it starts: a script, or a configuration of cloud-init.
pub(super) fn read(node: &Rc<Node>, collector: &mut Collector<'_>) {
    let Some(text) = node.scalar() else { return };
    let start = text.text.text.trim_start();
    if start.starts_with("#cloud-config") {
        return collector.script(node, Language::Yaml, Certainty::Runs);
    }
    for (tag, end, language) in
        [("<powershell>", "</powershell>", Language::PowerShell), ("<script>", "</script>", Language::Batch)]
    {
        let Some(from) = text.text.text.find(tag).map(|at| at + tag.len()) else { continue };
        let to = text.text.text[from..].find(end).map_or(text.text.text.len(), |at| from + at);
        collector.take(node);
        let code = text.part(from..to);
        return collector.code(language, &code, Certainty::Runs);
    }
    match Language::detect("", start) {
        Some(language) => collector.script(node, language, Certainty::Runs),
        None => collector.text(node, Language::Shell, Certainty::Likely),
    }
}

/// Reads the text of a file that is written somewhere.
pub(super) fn file(path: &str, node: &Rc<Node>, collector: &mut Collector<'_>) {
    let Some(text) = node.scalar() else { return };
    // A manifest or kubeconfig under whatever name.
    let is_manifest = text.text.text.trim_start().starts_with("apiVersion:");
    match Language::detect(path, &text.text.text).or(is_manifest.then_some(Language::Yaml)) {
        Some(language) if language.holds_records_only() => collector.file(node, language),
        Some(language) if !language.is_document() => collector.script(node, language, Certainty::Likely),
        _ => {}
    }
}
