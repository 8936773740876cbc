//! YAML.

use std::rc::Rc;

use super::Node;
use crate::Span;

/// Reads the documents of a file, and tells what could not be read.
pub(crate) fn parse(_text: &str) -> (Vec<Rc<Node>>, Vec<Span>) {
    Default::default()
}
