//! Files that nobody is known to read, and what the known readers leave: the names of keys tell what is run.

use std::collections::BTreeSet;
use std::rc::Rc;

use crate::document::{Content, Entry, Node};
use crate::vocabulary::{people, run};
use crate::{Certainty, Language};

use super::collect::Collector;
use super::mapping;

/// Longer texts of no known use are data, in bytes.
const LONGEST_LINE: usize = 10_000;

/// What the name of a key says about its text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Use {
    /// It is run.
    Code(Language),
    /// It is a program with its words, or only the words.
    Words,
    /// It is for people.
    Prose,
    /// Nothing.
    Any,
}

/// Collects what looks like commands, and all records of what no reader has read as code.
pub(super) fn read(root: &Rc<Node>, collector: &mut Collector<'_>) {
    if !collector.is_taken(root) {
        mapping::read(root, collector);
    }
    GenericWalk { collector, seen: BTreeSet::new() }.visit(root, Use::Any);
}

struct GenericWalk<'c, 'k> {
    collector: &'c mut Collector<'k>,
    /// Aliases make one value part of many.
    seen: BTreeSet<*const Node>,
}

impl GenericWalk<'_, '_> {
    fn visit(&mut self, node: &Rc<Node>, key: Use) {
        if self.collector.is_taken(node) || !self.seen.insert(Rc::as_ptr(node)) {
            return;
        }
        match &node.content {
            Content::Scalar(_) => self.scalar(node, key),
            Content::List(items) if items.iter().any(|item| self.collector.is_taken(item)) => {
                items.iter().for_each(|item| self.visit(item, key));
            }
            Content::List(items) if is_exec_form(items, key) => {
                self.collector.words(&items.iter().collect::<Vec<_>>(), Certainty::Likely);
            }
            Content::List(items) => match key {
                Use::Code(language) if items.iter().all(|item| item.scalar().is_some()) => {
                    self.collector.script(node, language, Certainty::Likely);
                }
                _ => items.iter().for_each(|item| self.visit(item, key)),
            },
            Content::Map(entries) => self.map(entries),
        }
    }

    fn scalar(&mut self, node: &Rc<Node>, key: Use) {
        let text = node.scalar().map_or("", |text| text.text.text.as_str());
        match key {
            Use::Prose => {}
            // A text that names its interpreter is a script, wherever it stands.
            _ if text.starts_with("#!") => match Language::detect("", text) {
                Some(language) => self.collector.script(node, language, Certainty::Likely),
                None => self.collector.text(node, Language::Shell, Certainty::Stored),
            },
            Use::Code(language) => self.collector.text(node, language, Certainty::Likely),
            Use::Words | Use::Any if !may_be_line(text) => {}
            Use::Words | Use::Any => self.collector.text(node, Language::Shell, Certainty::Stored),
        }
    }

    fn map(&mut self, entries: &[Entry]) {
        let mut program: Option<&Rc<Node>> = None;
        let mut words: Option<&Rc<Node>> = None;
        for entry in entries {
            let key = use_of(&entry.key);
            let is_one = entry.value.text().is_some_and(|text| !text.trim().contains(char::is_whitespace));
            let is_list = matches!(entry.value.content, Content::List(_));
            match key {
                Use::Code(Language::Shell) if is_one => program = Some(&entry.value),
                Use::Words if is_list => words = Some(&entry.value),
                _ => {}
            }
        }
        if let (Some(program), Some(words)) = (program, words) {
            let is_taken = |node: &Rc<Node>| self.collector.is_taken(node);
            if !is_taken(program) && !words.items().iter().any(is_taken) && self.seen.insert(Rc::as_ptr(words)) {
                let all: Vec<&Rc<Node>> = std::iter::once(program).chain(words.items()).collect();
                self.collector.words(&all, Certainty::Likely);
            }
        }
        for entry in entries {
            self.visit(&entry.value, use_of(&entry.key));
        }
    }
}

/// Whether a text of no known use may be a command line: data and pages are longer, or begin otherwise.
fn may_be_line(text: &str) -> bool {
    text.len() <= LONGEST_LINE && !text.trim_start().starts_with(['{', '[', '<'])
}

/// Whether a list is a program with its words: no blank in the first two, and no list of lines.
fn is_exec_form(items: &[Rc<Node>], key: Use) -> bool {
    let is_word =
        |item: &Rc<Node>| item.scalar().is_some_and(|text| !text.text.text.trim().contains(char::is_whitespace));
    let runs = matches!(key, Use::Code(Language::Shell) | Use::Words);
    runs && items.len() > 1 && items.iter().all(|item| item.scalar().is_some()) && items.iter().take(2).all(is_word)
}

fn use_of(key: &str) -> Use {
    let whole = key.to_ascii_lowercase().replace(['-', '_'], "");
    match whole.as_str() {
        "pwsh" | "powershell" => Use::Code(Language::PowerShell),
        "args" | "arguments" | "argv" => Use::Words,
        _ if people::is_prose_key(key) => Use::Prose,
        _ if run::is_code_key(key) => Use::Code(Language::Shell),
        _ => Use::Any,
    }
}
