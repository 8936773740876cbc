//! HCL as a document, in the form that its JSON spelling has: `provider "x" { a = 1 }` is `{provider: {x: {a: 1}}}`.

use std::rc::Rc;

use tree_sitter::Node as Tree;

use super::{Content, Entry, Node, Unread};
use crate::tree;
use crate::{Language, Omission, Span};

mod expression;
mod text;

use expression::{DEPTH, HclFile};

/// A broken file with more blocks than this is not read block by block. The report says so.
const MOST_PARTS: usize = 2_000;

/// Reads a file, and tells what could not be read.
pub(crate) fn parse(text: &str, effort: &tree::Effort) -> (Rc<Node>, Unread) {
    let mut unread = Unread::default();
    let whole = tree::parse(Language::Hcl, text, effort);
    unread.errors = whole.as_ref().map(tree::errors).unwrap_or_default();
    // A mistake in one block would spoil all that follow.
    let parts = if whole.is_ok() && unread.errors.is_empty() { Vec::new() } else { parts(text) };
    let trees: Vec<_> = match parts.len() {
        2..=MOST_PARTS => parts.iter().map(|part| tree::parse_part(Language::Hcl, text, *part, effort)).collect(),
        _ => vec![whole],
    };
    if parts.len() > MOST_PARTS {
        let why = format!("is broken and has more than {MOST_PARTS} blocks");
        unread.omissions.push(Omission::new(Span::new(0, text.len()), why));
    }
    let keep = |tree: Result<_, Omission>| tree.map_err(|omission| unread.omissions.push(omission)).ok();
    let trees: Vec<_> = trees.into_iter().filter_map(keep).collect();
    let mut reader = HclFile::new(text);
    let blocks = trees.iter().flat_map(|tree| blocks(tree.root_node()));
    for block in blocks.filter(|block| head(*block, text) == "locals") {
        for entry in body(&reader, block, 0) {
            reader.locals.add(entry.key, entry.value);
        }
    }
    let entries = trees.iter().flat_map(|tree| body(&reader, tree.root_node(), 0)).collect();
    (Rc::new(Node { content: Content::Map(entries), span: Span::new(0, text.len()) }), unread)
}

/// The stretches from the head of one block to that of the next, as far as the layout tells.
fn parts(text: &str) -> Vec<Span> {
    let mut starts = vec![0];
    let mut at = 0;
    for line in text.split_inclusive('\n') {
        if line.starts_with(|c: char| c.is_alphabetic() || c == '_') && line.trim_end().ends_with('{') {
            starts.push(at);
        }
        at += line.len();
    }
    let ends = starts.iter().skip(1).copied().chain([text.len()]);
    starts.iter().zip(ends).map(|(start, end)| Span::new(*start, end)).filter(|part| part.start < part.end).collect()
}

/// The blocks at the top.
fn blocks(root: Tree<'_>) -> Vec<Tree<'_>> {
    let bodies = tree::named(root).into_iter().filter(|node| node.kind() == "body");
    bodies.flat_map(tree::named).filter(|node| node.kind() == "block").collect()
}

/// The type of a block.
fn head<'t>(block: Tree<'_>, text: &'t str) -> &'t str {
    tree::named(block).first().map_or("", |head| tree::text(*head, text))
}

/// The attributes and blocks in a block, in a file, or in what the grammar could not read.
fn body(reader: &HclFile<'_>, node: Tree<'_>, depth: usize) -> Vec<Entry> {
    let mut entries = Vec::new();
    for child in tree::named(node).into_iter().filter(|_| depth < DEPTH) {
        match child.kind() {
            "attribute" => entries.extend(attribute(reader, child)),
            "block" => entries.extend(block(reader, child, depth + 1)),
            "body" => entries.extend(body(reader, child, depth)),
            _ if child.is_error() => entries.extend(body(reader, child, depth + 1)),
            // A file of variables in the form of JSON.
            "object" => {
                if let Content::Map(inner) = reader.object(child, depth + 1) {
                    entries.extend(inner);
                }
            }
            _ => {}
        }
    }
    entries
}

/// `name = value`; once for each value that a condition chooses from.
fn attribute(reader: &HclFile<'_>, node: Tree<'_>) -> Vec<Entry> {
    let children = tree::named(node);
    let [key, value] = children[..] else { return Vec::new() };
    let entry = |value| Entry { key: reader.source(key).to_owned(), key_span: tree::span(key), value };
    reader.values(value, 0).into_iter().map(entry).collect()
}

/// `type "label" { … }`.
fn block(reader: &HclFile<'_>, node: Tree<'_>, depth: usize) -> Option<Entry> {
    let is_label = |child: &Tree<'_>| matches!(child.kind(), "identifier" | "string_lit");
    let labels: Vec<Tree<'_>> = tree::named(node).into_iter().take_while(is_label).collect();
    let entry = |label: Tree<'_>, value: Node| Entry {
        key: reader.source(label).trim_matches('"').to_owned(),
        key_span: tree::span(label),
        value: Rc::new(value),
    };
    let around = |content| Node { content: Content::Map(content), span: tree::span(node) };
    let (first, others) = labels.split_first()?;
    let inside = around(body(reader, node, depth));
    let inside = others.iter().rev().fold(inside, |value, label| around(vec![entry(*label, value)]));
    Some(entry(*first, inside))
}
