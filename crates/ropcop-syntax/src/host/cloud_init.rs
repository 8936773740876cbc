//! cloud-init: what a machine does when it starts for the first time.

use std::rc::Rc;

use crate::document::{Content, Node};
use crate::{Certainty, Language};

use super::collect::Collector;
use super::{Document, startup};

/// Keys whose lists are run.
const COMMANDS: &[&str] = &["runcmd", "bootcmd", "late-commands", "early-commands"];

/// Whether a document is such a configuration.
pub(super) fn recognises(document: &Document<'_>) -> bool {
    ["runcmd", "bootcmd", "write_files", "autoinstall"].iter().any(|key| document.root.get(key).is_some())
}

/// Reads the commands and the files that are written.
pub(super) fn read(document: &Document<'_>, collector: &mut Collector<'_>) {
    let inner = document.root.get("autoinstall");
    for root in [Some(document.root), inner].into_iter().flatten() {
        for list in COMMANDS.iter().filter_map(|key| root.get(key)) {
            commands(list, collector);
        }
        for file in root.get("write_files").map(|files| files.items()).unwrap_or_default() {
            let path = file.get("path").and_then(|path| path.text()).unwrap_or_default();
            if let Some(content) = file.get("content").filter(|_| file.get("encoding").is_none()) {
                startup::file(path, content, collector);
            }
        }
    }
}

/// Lines of one script, among which may be lists of words.
fn commands(list: &Rc<Node>, collector: &mut Collector<'_>) {
    if list.items().iter().all(|item| item.scalar().is_some()) {
        return collector.script(list, Language::Shell, Certainty::Runs);
    }
    for item in list.items() {
        match &item.content {
            Content::List(words) => collector.words(&words.iter().collect::<Vec<_>>(), Certainty::Runs),
            _ => collector.script(item, Language::Shell, Certainty::Runs),
        }
    }
}
