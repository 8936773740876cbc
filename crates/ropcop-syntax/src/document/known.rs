//! Values that a file gives names to.

use std::cell::Cell;
use std::collections::HashMap;
use std::rc::Rc;

use super::{Content, Node};

/// Values by name, which stand for the name where it is used.
#[derive(Debug)]
pub(crate) struct Known {
    values: HashMap<String, (usize, Rc<Node>)>,
    /// How much of them may still be put in elsewhere: values that are made of values could double without end.
    left: Cell<usize>,
}

impl Known {
    /// For a file of a length.
    pub(crate) fn new(len: usize) -> Self {
        Self { values: HashMap::new(), left: Cell::new(len.saturating_mul(4).saturating_add(10_000)) }
    }

    /// Gives a value a name.
    pub(crate) fn add(&mut self, name: String, value: Rc<Node>) {
        self.values.insert(name, (weight(&value), value));
    }

    /// The value that a name stands for.
    pub(crate) fn get(&self, name: &str) -> Option<Rc<Node>> {
        let (weight, value) = self.values.get(name)?;
        let left = self.left.get().checked_sub(*weight)?;
        self.left.set(left);
        Some(Rc::clone(value))
    }
}

/// How much is copied where a value is put in.
fn weight(node: &Node) -> usize {
    let text = |node: &Node| node.scalar().map_or(1, |text| text.text.text.len() + 1);
    match &node.content {
        Content::Scalar(_) => text(node),
        Content::List(items) => items.iter().map(|item| text(item)).sum(),
        Content::Map(entries) => entries.iter().map(|entry| text(&entry.value)).sum(),
    }
}
