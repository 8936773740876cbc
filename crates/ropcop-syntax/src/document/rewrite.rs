//! The same document with other scalars.

use std::collections::HashMap;
use std::rc::Rc;

use super::{Content, Entry, Node};

/// Values nested deeper than this stay as they are. The limit protects the stack.
const DEPTH: usize = 100;

/// A document in which `change` has replaced the scalars that it has another value for.
pub(crate) fn rewritten(root: &Rc<Node>, change: &dyn Fn(&Node) -> Option<Rc<Node>>) -> Rc<Node> {
    Rewriting { change, done: HashMap::new() }.node(root, 0)
}

struct Rewriting<'c> {
    change: &'c dyn Fn(&Node) -> Option<Rc<Node>>,
    /// Values that aliases share stay shared.
    done: HashMap<*const Node, Rc<Node>>,
}

impl Rewriting<'_> {
    fn node(&mut self, node: &Rc<Node>, depth: usize) -> Rc<Node> {
        if depth > DEPTH {
            return Rc::clone(node);
        }
        if let Some(done) = self.done.get(&Rc::as_ptr(node)) {
            return Rc::clone(done);
        }
        let content = match &node.content {
            Content::Scalar(_) => None,
            Content::List(items) => Some(Content::List(items.iter().map(|item| self.node(item, depth + 1)).collect())),
            Content::Map(entries) => {
                let entry = |entry: &Entry| Entry {
                    key: entry.key.clone(),
                    key_span: entry.key_span,
                    value: self.node(&entry.value, depth + 1),
                };
                Some(Content::Map(entries.iter().map(entry).collect()))
            }
        };
        let new = match content {
            Some(content) => Rc::new(Node { content, span: node.span }),
            None => (self.change)(node).unwrap_or_else(|| Rc::clone(node)),
        };
        self.done.insert(Rc::as_ptr(node), Rc::clone(&new));
        new
    }
}
