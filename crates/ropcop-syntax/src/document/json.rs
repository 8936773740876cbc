//! JSON, with comments and trailing commas.

use std::rc::Rc;

use super::scanner::{Format, Scanner};
use super::{Node, Unread};

/// Reads the documents of a file, and tells what could not be read.
pub(crate) fn parse(text: &str) -> (Vec<Rc<Node>>, Unread) {
    let mut scanner = Scanner::new(Format::Json, text, text, &[]);
    let mut documents = Vec::new();
    while scanner.flow_space(0) {
        let start = scanner.at;
        let document = scanner.flow_value(0);
        if scanner.at == start {
            scanner.at += 1;
            scanner.error(start, scanner.at);
            continue;
        }
        if std::mem::take(&mut scanner.broken) {
            scanner.error(scanner.at.min(text.len()), text.len());
        }
        documents.push(document.node);
    }
    (documents, scanner.unread)
}
