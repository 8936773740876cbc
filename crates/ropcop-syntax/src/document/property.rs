//! Anchors, aliases, tags and merge keys.

use std::rc::Rc;

use super::scanner::{DEEPEST, Format, Scanner, Tree};
use super::{Content, Entry};
use crate::text::name::last_name;
use crate::text::template::Template;

/// What stands before a value: `!tag &anchor`.
#[derive(Debug, Default)]
pub(super) struct Properties {
    anchor: Option<String>,
    tag: Option<String>,
}

/// Tags of texts that name or hide a value.
const ELSEWHERE: [&str; 8] = ["!Ref", "!GetAtt", "!ImportValue", "!secret", "!vault", "!env", "!env_var", "!var"];

impl Scanner<'_> {
    /// Reads what stands before a value on the same line.
    pub(super) fn properties(&mut self) -> Properties {
        let mut properties = Properties::default();
        self.more_properties(&mut properties);
        properties
    }

    /// Reads on in a later line.
    pub(super) fn more_properties(&mut self, properties: &mut Properties) {
        if self.format == Format::Json {
            return;
        }
        loop {
            self.at = self.behind_blanks(self.at);
            let word = self.word(self.at);
            match word.as_bytes() {
                [b'&', first, ..] if *first != b'&' => properties.anchor = Some(word[1..].to_owned()),
                [b'!', ..] => properties.tag = Some(word.to_owned()),
                _ => return,
            }
            self.at += word.len();
        }
    }

    /// Up to the next blank or sign of a flow collection.
    fn word(&self, at: usize) -> &str {
        let rest = &self.text[at.min(self.text.len())..];
        &rest[..rest.find([' ', '\t', '\r', '\n', ',', '[', ']', '{', '}']).unwrap_or(rest.len())]
    }

    /// The value that an alias stands for, if here is one of a known anchor.
    pub(super) fn alias(&mut self) -> Option<Tree> {
        let word = self.word(self.at);
        let tree = self.anchors.get(word.strip_prefix('*')?)?;
        if tree.height + self.depth > DEEPEST {
            return None;
        }
        let tree = tree.clone();
        self.at += word.len();
        Some(tree)
    }

    /// A value with its properties. A list with a tag of its own (`!reference [a, b]`, `!Join [a, b]`) becomes a mapping
    /// with the tag as its only key: it is no list of what stands in it.
    pub(super) fn close(&mut self, properties: Properties, tree: Tree) -> Tree {
        let is_own = |tag: &String| tag.len() > 1 && !tag.starts_with("!!") && !tag.starts_with("!<");
        let tree = match properties.tag.filter(is_own) {
            Some(key) if matches!(tree.node.content, Content::List(_)) => {
                let span = tree.node.span;
                let entry = Entry { key, key_span: span, value: tree.node };
                Tree::new(Content::Map(vec![entry]), span, tree.height + 1)
            }
            Some(tag) if ELSEWHERE.contains(&tag.as_str()) => elsewhere(&tag, tree),
            _ => tree,
        };
        if let Some(anchor) = properties.anchor {
            self.anchors.insert(anchor, tree.clone());
        }
        tree
    }

    /// The entries of a mapping, with those that `<<` brings in.
    pub(super) fn merged(&mut self, entries: Vec<Entry>) -> Vec<Entry> {
        if self.format == Format::Json || !entries.iter().any(|entry| entry.key == "<<") {
            return entries;
        }
        let (merges, mut entries): (Vec<Entry>, Vec<Entry>) = entries.into_iter().partition(|entry| entry.key == "<<");
        let mut known: std::collections::BTreeSet<String> = entries.iter().map(|entry| entry.key.clone()).collect();
        for value in merges.iter().map(|merge| &merge.value) {
            for source in std::iter::once(value).chain(value.items()) {
                for entry in source.entries() {
                    if self.merges_left == 0 {
                        return entries;
                    }
                    self.merges_left -= 1;
                    if known.insert(entry.key.clone()) {
                        let value = Rc::clone(&entry.value);
                        entries.push(Entry { key: entry.key.clone(), key_span: entry.key_span, value });
                    }
                }
            }
        }
        entries
    }
}

/// A value of which no more than a name is known. What is encrypted is no name.
fn elsewhere(tag: &str, tree: Tree) -> Tree {
    let Some(text) = tree.node.scalar().and_then(|text| text.known()) else { return tree };
    let name = if tag == "!vault" { None } else { last_name(text) };
    let span = tree.node.span;
    let mut hole = Template::default();
    hole.push_hole(name, span.start);
    hole.text.seek(span.end);
    Tree::new(Content::Scalar(hole), span, tree.height)
}
