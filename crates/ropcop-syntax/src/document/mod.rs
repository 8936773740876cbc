//! Documents: the common form of YAML, JSON, HCL and Bicep.

use std::rc::Rc;

use crate::text::template::Template;
use crate::{Facts, Omission, Span};

pub(crate) mod bicep;
mod block_scalar;
mod flow;
pub(crate) mod function;
pub(crate) mod hcl;
pub(crate) mod json;
pub(crate) mod known;
mod literal;
mod property;
mod quoted;
pub(crate) mod rewrite;
mod scanner;
pub(crate) mod yaml;

/// What of a file could not be read.
#[derive(Debug, Default)]
pub(crate) struct Unread {
    pub(crate) errors: Vec<Span>,
    pub(crate) omissions: Vec<Omission>,
}

impl Unread {
    /// Adds it to what was read.
    pub(crate) fn tell(self, facts: &mut Facts) {
        facts.syntax_errors.extend(self.errors);
        facts.omissions.extend(self.omissions);
    }
}

/// A value in a document.
#[derive(Debug)]
pub(crate) struct Node {
    pub(crate) content: Content,
    /// The value as written.
    pub(crate) span: Span,
}

/// What a value is.
#[derive(Debug)]
pub(crate) enum Content {
    /// Text, with escapes undone and lines folded. Numbers, booleans and null are their text as written (null: empty).
    Scalar(Template),
    /// A list.
    List(Vec<Rc<Node>>),
    /// A mapping. Keys may repeat.
    Map(Vec<Entry>),
}

/// A key with its value.
#[derive(Debug)]
pub(crate) struct Entry {
    pub(crate) key: String,
    pub(crate) key_span: Span,
    pub(crate) value: Rc<Node>,
}

impl Node {
    /// The value of a key of a mapping.
    pub(crate) fn get(&self, key: &str) -> Option<&Rc<Node>> {
        self.entries().iter().find(|entry| entry.key == key).map(|entry| &entry.value)
    }

    /// The entries of a mapping.
    pub(crate) fn entries(&self) -> &[Entry] {
        match &self.content {
            Content::Map(entries) => entries,
            _ => &[],
        }
    }

    /// The items of a list.
    pub(crate) fn items(&self) -> &[Rc<Node>] {
        match &self.content {
            Content::List(items) => items,
            _ => &[],
        }
    }

    /// Where the text of a scalar stands, quotes left out.
    pub(crate) fn span_inside(&self) -> Span {
        match self.scalar() {
            Some(template) if !template.text.text.is_empty() => template.span(0..template.text.text.len()),
            _ => self.span,
        }
    }

    /// The text of a scalar.
    pub(crate) fn scalar(&self) -> Option<&Template> {
        match &self.content {
            Content::Scalar(template) => Some(template),
            _ => None,
        }
    }

    /// The text of a scalar of which all is known.
    pub(crate) fn text(&self) -> Option<&str> {
        self.scalar()?.known()
    }
}
