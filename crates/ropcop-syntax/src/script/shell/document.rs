//! Redirections behind statements, and the texts of here-documents.

use std::cell::Cell;
use std::collections::HashMap;

use tree_sitter::Node;

use crate::tree;

use super::lower::{Lowering, children, is_simple, is_statement, last_simple};
use super::script::{Item, RawWord};
use super::word::WordReader;

impl Lowering<'_> {
    pub(super) fn redirected(&self, node: Node<'_>, depth: usize) -> Vec<Item> {
        let mut documents = Vec::new();
        let mut behind = Vec::new();
        let redirects: Vec<_> = children(node).into_iter().filter(|child| child.kind() == "heredoc_redirect").collect();
        for redirect in &redirects {
            documents.push(self.document(*redirect));
            // The grammar hangs what follows `<<EOF` on its line below the redirection.
            behind.extend(
                children(*redirect).into_iter().filter(|child| child.kind() == "pipeline" || is_statement(*child)),
            );
        }
        let body = tree::field(node, "body");
        let first = match body {
            Some(body) if last_simple(body).is_some_and(|last| last != body) => {
                let last = last_simple(body).map_or(0, |last| last.start_byte());
                self.tails.borrow_mut().insert(last, (node.end_byte(), documents));
                Item::Sequence(self.item(body, depth, &mut 0))
            }
            Some(body) if !is_simple(body) => {
                let redirects = self.reader.redirects(body.end_byte(), node.end_byte(), documents);
                Item::Redirected { body: self.item(body, depth, &mut 0), redirects }
            }
            _ => {
                let (start, end) = (node.start_byte(), node.end_byte());
                let whole = documents.is_empty();
                let (simple, at) = self.reader.simple(start, end, documents);
                let mut items = vec![Item::Simple(simple)];
                if whole && at < end {
                    self.lines(at, end, &mut items);
                }
                Item::Sequence(items)
            }
        };
        let (pipes, others): (Vec<_>, Vec<_>) = behind.into_iter().partition(|child| child.kind() == "pipeline");
        let mut items = vec![first];
        for pipe in pipes {
            let mut stages = vec![Item::Sequence(std::mem::take(&mut items))];
            let named = children(pipe).into_iter().filter(|child| child.is_named());
            stages.extend(named.map(|stage| Item::Sequence(self.item(stage, depth, &mut 0))));
            items.push(Item::Pipeline(stages));
        }
        items.extend(others.into_iter().map(|node| Item::Optional(self.item(node, depth, &mut 0))));
        items
    }

    /// The text of a here-document.
    fn document(&self, redirect: Node<'_>) -> RawWord {
        let parts = children(redirect);
        let find = |kind: &str| parts.iter().find(|part| part.kind() == kind);
        let Some(body) = find("heredoc_body") else { return self.reader.nothing(redirect.end_byte()) };
        let verbatim = find("heredoc_start")
            .is_some_and(|start| tree::text(*start, &self.reader.text.text).contains(['\'', '"', '\\']));
        let mut text = self.reader.text.slice(body.start_byte(), body.end_byte());
        if find("<<-").is_some() {
            let bytes = text.text.as_bytes();
            let leading = |at: &usize| {
                bytes[*at] == b'\t'
                    && bytes[..*at].iter().rev().find(|byte| **byte != b'\t').is_none_or(|b| *b == b'\n')
            };
            let tabs: Vec<usize> = (0..bytes.len()).filter(leading).collect();
            text = text.without(&tabs);
        }
        // The positions of the substitutions are not those of the slice, so they are counted anew.
        let ends = HashMap::new();
        let reader = WordReader { text: &text, ends: &ends, effort: self.reader.effort, nesting: Cell::new(0) };
        reader.document(verbatim)
    }
}
