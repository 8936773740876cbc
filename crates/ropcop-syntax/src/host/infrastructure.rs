//! Templates of infrastructure, in whatever language they are written: Terraform, Bicep, Azure Resource Manager.

use std::collections::BTreeSet;
use std::rc::Rc;

use crate::document::{Content, Entry, Node, Unread, bicep, hcl};
use crate::guest::Reading;
use crate::{Certainty, Facts, Host, Language, Source, Span};

use super::collect::Collector;
use super::habits::Habits;
use super::{generic, program, startup};

/// Values nested deeper than this are left out. The limit protects the stack.
const DEPTH: usize = 100;

/// Reads a file of Terraform, Packer, Nomad and others that have HCL.
pub(crate) fn hcl(source: &Source, reading: &Reading<'_>) -> Facts {
    facts(source, hcl::parse(&source.text, reading.effort), reading)
}

/// Reads a file of Bicep.
pub(crate) fn bicep(source: &Source, reading: &Reading<'_>) -> Facts {
    facts(source, bicep::parse(&source.text, reading.effort), reading)
}

/// The facts of a document in a language that has named its holes itself.
fn facts(source: &Source, (root, unread): (Rc<Node>, Unread), reading: &Reading<'_>) -> Facts {
    let mut collector = Collector::new(reading, source.text.len());
    collector.habits = Habits::of(Host::Infrastructure);
    providers(&root, &mut collector);
    read(&root, &mut collector);
    generic::read(&root, &mut collector);
    let mut facts = collector.finish();
    unread.tell(&mut facts);
    facts.settle();
    facts
}

/// Reads what infrastructure is known to run.
pub(super) fn read(root: &Rc<Node>, collector: &mut Collector<'_>) {
    ResourceWalk { collector, seen: BTreeSet::new() }.visit(root, KeysAround::default(), 0);
}

/// The providers that a file configures, each as a call that has its attributes as arguments.
fn providers(root: &Rc<Node>, collector: &mut Collector<'_>) {
    for block in root.entries().iter().filter(|entry| entry.key == "provider") {
        for provider in block.value.entries() {
            let args = collector.args(Some(&provider.value));
            let span = block.key_span.to(provider.key_span);
            let whole = Span::new(span.start, provider.value.span.end);
            collector.call(format!("provider.{}", provider.key), span, whole, args);
        }
    }
}

/// What the keys around a value say.
#[derive(Clone, Copy, Debug, Default)]
struct KeysAround {
    /// The language of scripts.
    language: Option<Language>,
    /// It is a step that runs.
    runs: bool,
}

impl KeysAround {
    /// What holds below a key or the label of a block.
    fn below(self, key: &str) -> Self {
        let language = match key {
            "windowsshell" => Some(Language::Batch),
            _ if key.contains("powershell") => Some(Language::PowerShell),
            _ => self.language,
        };
        let runs = ["localexec", "remoteexec", "shell", "shelllocal", "powershell", "windowsshell"].contains(&key);
        Self { language, runs: self.runs || runs }
    }

    /// What holds in a mapping that says what its script is written in.
    fn among(self, node: &Node) -> Self {
        let kinds =
            node.entries().iter().filter(|entry| ["kind", "runbooktype"].contains(&normal(&entry.key).as_str()));
        let named = kinds.filter_map(|entry| entry.value.text()).map(normal).find_map(|kind| {
            let known = [("powershell", Language::PowerShell), ("python", Language::Python), ("cli", Language::Shell)];
            known.into_iter().find(|(name, _)| kind.contains(name)).map(|(_, language)| language)
        });
        Self { language: named.or(self.language), ..self }
    }

    fn language(self) -> Language {
        self.language.unwrap_or(Language::Shell)
    }
}

/// A key in lower case, without what joins its words.
fn normal(key: &str) -> String {
    key.chars().filter(|c| !"-_".contains(*c)).flat_map(char::to_lowercase).collect()
}

struct ResourceWalk<'c, 'k> {
    collector: &'c mut Collector<'k>,
    /// One value may be part of many.
    seen: BTreeSet<*const Node>,
}

impl ResourceWalk<'_, '_> {
    fn visit(&mut self, node: &Rc<Node>, around: KeysAround, depth: usize) {
        if depth > DEPTH || !self.seen.insert(Rc::as_ptr(node)) {
            return;
        }
        match &node.content {
            Content::Map(entries) => {
                let around = around.among(node);
                for entry in entries {
                    self.entry(node, entry, around, depth);
                }
                program::read(node, self.collector);
            }
            Content::List(items) => items.iter().for_each(|item| self.visit(item, around, depth + 1)),
            Content::Scalar(text) => {
                // Settings are often written as a text that is JSON.
                if text.text.text.trim_start().starts_with('{') && text.text.text.contains('"') {
                    self.collector.script(node, Language::Json, Certainty::Runs);
                }
            }
        }
    }

    fn entry(&mut self, parent: &Node, entry: &Entry, around: KeysAround, depth: usize) {
        let Entry { key, value, .. } = entry;
        let key = normal(key);
        let is_list = matches!(value.content, Content::List(_));
        match key.as_str() {
            "scriptcontent" | "commandtoexecute" | "appcommandline" => {
                self.collector.script(value, around.language(), Certainty::Runs);
            }
            "customdata" | "userdata" | "userdatabase64" | "startupscript" | "metadatastartupscript" | "cloudinit" => {
                startup::read(value, self.collector);
            }
            "content" | "contentbase64" => self.content(parent, value, around),
            "command" if around.runs && !is_list => self.interpreted(parent, value, around),
            "inline" if around.runs => self.collector.script(value, around.language(), Certainty::Runs),
            "program" | "execute" if is_list => self.collector.words(&program::words(value), Certainty::Runs),
            // The key is the name of a file.
            _ if key.contains('.') && value.scalar().is_some() => startup::file(&entry.key, value, self.collector),
            _ => self.visit(value, around.below(&key), depth + 1),
        }
    }

    /// The text of a file, of a runbook, of a part of what a machine starts with.
    fn content(&mut self, parent: &Node, value: &Rc<Node>, around: KeysAround) {
        let has = |name: &str| parent.entries().iter().find(|entry| normal(&entry.key) == name);
        if has("runbooktype").is_some() {
            return self.collector.script(value, around.language(), Certainty::Runs);
        }
        if has("contenttype").is_some() {
            return startup::read(value, self.collector);
        }
        let path = ["filename", "path", "destination", "name"].iter().find_map(|name| has(name)?.value.scalar());
        match path {
            Some(path) => startup::file(&path.text.text, value, self.collector),
            None => self.visit(value, around, DEPTH),
        }
    }

    /// `command` with the `interpreter` that reads it.
    fn interpreted(&mut self, parent: &Node, value: &Rc<Node>, around: KeysAround) {
        let interpreter = parent.get("interpreter").map(program::words).unwrap_or_default();
        let is_known =
            interpreter.iter().take(2).any(|program| program.text().and_then(Language::of_program).is_some());
        if is_known && interpreter.len() > 1 {
            let words: Vec<&Rc<Node>> = interpreter.into_iter().chain([value]).collect();
            self.collector.words(&words, Certainty::Runs);
        } else {
            self.collector.script(value, around.language(), Certainty::Runs);
        }
    }
}
