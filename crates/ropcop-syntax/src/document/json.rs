//! JSON, with comments and trailing commas.

use std::rc::Rc;

use super::Node;
use super::reader::{Format, Reader};
use crate::Span;

/// Reads the documents of a file, and tells what could not be read.
pub(crate) fn parse(text: &str) -> (Vec<Rc<Node>>, Vec<Span>) {
    let mut reader = Reader::new(Format::Json, text, text, &[]);
    let mut documents = Vec::new();
    while reader.flow_space(0) {
        let start = reader.at;
        let document = reader.flow_value(0);
        if reader.at == start {
            reader.at += 1;
            reader.error(start, reader.at);
            continue;
        }
        if std::mem::take(&mut reader.broken) {
            reader.error(reader.at.min(text.len()), text.len());
        }
        documents.push(document.node);
    }
    (documents, reader.errors)
}
