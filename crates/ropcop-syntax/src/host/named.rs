//! Lists of names with values: `[{key: a, value: b}, …]`.

use std::rc::Rc;

use crate::Field;
use crate::document::{Content, Node};

use super::environment::{self, VALUES};
use super::field;
use crate::text::placeholder::Mark;

/// Keys that hold the name.
const NAMES: [&str; 5] = ["key", "Key", "name", "Name", "field"];

/// The fields of a list of names with values; none if a list is another one.
pub(super) fn fields(items: &[Rc<Node>], marks: &[Mark]) -> Option<Vec<Field>> {
    let is_named = |item: &Rc<Node>| match &item.content {
        Content::Map(_) => name(item).is_some(),
        _ => false,
    };
    if !items.iter().all(is_named) || !items.iter().any(|item| value(item).is_some()) {
        return None;
    }
    let said = |item: &Node, key: &str, text: &str| item.get(key).and_then(|node| node.text()) == Some(text);
    let is_on = |item: &&Rc<Node>| !said(item, "disabled", "true") && !said(item, "enabled", "false");
    let pair = |item: &Rc<Node>| field::of_pair(name(item)?, value(item)?, marks);
    Some(items.iter().filter(is_on).filter_map(pair).collect())
}

fn name(item: &Node) -> Option<&Node> {
    environment::find(item, &NAMES).filter(|name| name.text().is_some())
}

fn value(item: &Node) -> Option<&Node> {
    environment::find(item, &VALUES).filter(|value| value.scalar().is_some())
}
