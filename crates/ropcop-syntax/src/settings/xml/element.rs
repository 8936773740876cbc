//! What an element says to the element around it.

use crate::{Field, Span, Value};

/// An element that has been read.
pub(super) struct Element {
    pub(super) name: String,
    pub(super) name_span: Span,
    /// Has no end tag.
    pub(super) is_closed: bool,
    pub(super) attributes: Vec<Field>,
    /// Its own text.
    pub(super) text: Option<Field>,
    /// The elements in it, until it has been read.
    pub(super) children: Vec<Element>,
    /// What it gives to the element around.
    pub(super) given: Option<Field>,
    /// The package that it holds to a version.
    pub(super) package: Option<Field>,
}

/// An element that only gives a value to a name has no more fields: these two, a type, a description.
const MOST_OF_PAIR: usize = 4;

/// Names of attributes and elements that name what is given a value.
const KEYS: [&str; 2] = ["key", "name"];

/// Names of those that are the value.
const VALUES: [&str; 2] = ["value", "connectionstring"];

/// The field that two of some fields are: `name="A" value="b"`, `Argument.name` and `Argument.value`.
fn pair(fields: &[Field]) -> Option<Field> {
    // More fields than a pair has are no pair, and cost time.
    let mut fields = fields.iter().take(20);
    let parts = |field: &Field| {
        let key = field.key.to_lowercase();
        let start = key.rfind('.').map_or(0, |dot| dot + 1);
        (key[..start].to_owned(), key[start..].to_owned())
    };
    let value = fields.clone().find(|field| VALUES.contains(&parts(field).1.as_str()))?;
    let start = parts(value).0;
    let key = fields.find(|field| {
        let (before, last) = parts(field);
        before == start && KEYS.contains(&last.as_str())
    })?;
    Some(Field { key: key.value.text()?, key_span: key.span, value: value.value.clone(), span: value.span })
}

impl Element {
    pub(super) fn new(name: &str, name_span: Span) -> Self {
        Self {
            name: name.to_owned(),
            name_span,
            is_closed: false,
            attributes: Vec::new(),
            text: None,
            children: Vec::new(),
            given: None,
            package: None,
        }
    }

    /// Works out what it gives to the element around, from its attributes and what it got from the elements in it; tells
    /// whether that is all there is to say.
    pub(super) fn give(&mut self, fields: &[Field]) -> bool {
        let (pair, leaf) = (pair(fields), self.leaf());
        let is_named = leaf.as_ref().is_some_and(|leaf| leaf.key_span != self.name_span);
        let is_all = (pair.is_some() || is_named) && fields.len() <= MOST_OF_PAIR;
        self.given = pair.or(leaf);
        self.children.clear();
        is_all
    }

    /// The text of an element that holds nothing else, under its name or the one that an attribute gives it.
    fn leaf(&self) -> Option<Field> {
        let key = self.attributes.iter().find(|field| KEYS.contains(&field.key.to_lowercase().as_str()));
        let is_empty = self.attributes.is_empty() || (key.is_some() && !self.is_closed);
        let is_leaf = self.children.is_empty() && (self.text.is_some() || is_empty);
        let key = key.and_then(|key| Some((key.value.text()?, key.span)));
        let (key, key_span) = key.unwrap_or_else(|| (self.name.clone(), self.name_span));
        let end = self.name_span.end + 1;
        let empty =
            || Field { key: String::new(), value: Value::Text(Vec::new()), key_span, span: Span::new(end, end) };
        is_leaf.then(|| Field { key, key_span, ..self.text.clone().unwrap_or_else(empty) })
    }
}
