//! Variables of processes: under which keys they stand, and how they are written.

use crate::document::{Content, Entry, Node};
use crate::record::assignment::is_name;
use crate::record::lines;
use crate::text::template::Template;
use crate::{Field, Language, Value};

use super::field;
use crate::text::placeholder::Mark;
use crate::vocabulary::environment;

/// A process has fewer variables of its own than this.
pub(super) const MOST: usize = 500;

/// Mappings in an environment that are nested deeper than this are none of it.
const DEPTH: usize = 4;

/// Keys of an entry of a list that hold the name of a variable.
const NAMES: [&str; 4] = ["name", "Name", "key", "Key"];

/// Keys that hold its value.
pub(super) const VALUES: [&str; 6] = ["value", "Value", "val", "secureValue", "secure_value", "default_value"];

/// Keys that say where its value comes from.
const SOURCES: [&str; 13] = [
    "valueFrom",
    "ValueFrom",
    "value_from",
    "secretRef",
    "secretKeyRef",
    "configMapKeyRef",
    "secret_ref",
    "secret_name",
    "from_secret",
    "fromSecret",
    "secure",
    "secret",
    "reference",
];

/// Whether the name of a key tells that variables stand under it. `parent` is the key around.
pub(super) fn is_environment(entry: &Entry, parent: &str) -> bool {
    let key = normal(&entry.key);
    let is_sure = environment::is_key(&entry.key)
        || key.starts_with("terminalintegratedenv")
        || (parent == "build" && key == "args");
    // What is declared is no variable yet: `environment: {type: string, default: …}`.
    let is_declared = entry.value.get("type").is_some() && !has_capitals(&entry.value);
    (is_sure && !is_declared) || (environment::may_be_key(&entry.key) && has_capitals(&entry.value))
}

fn normal(key: &str) -> String {
    key.chars().filter(|c| !"-_.".contains(*c)).flat_map(char::to_lowercase).collect()
}

/// Whether any name in a mapping, a list of names with values, or a list of `A_B=c` looks like a variable.
fn has_capitals(node: &Node) -> bool {
    let is_variable = |item: &Node| match &item.content {
        Content::Scalar(text) => text.text.text.split_once('=').is_some_and(|(name, _)| is_capital(name)),
        Content::Map(entries) => match find(item, &NAMES).and_then(|name| name.text()) {
            Some(name) => is_capital(name),
            None => entries.iter().any(|entry| is_capital(&entry.key)),
        },
        Content::List(_) => false,
    };
    node.entries().iter().any(|entry| is_capital(&entry.key)) || node.items().iter().any(|item| is_variable(item))
}

/// Whether a name is written as most variables are: `A_B`.
pub(super) fn is_capital(name: &str) -> bool {
    name.contains('_')
        && name.starts_with(|c: char| c.is_ascii_uppercase())
        && name.chars().all(|c| c.is_ascii_uppercase() || c.is_ascii_digit() || c == '_')
}

/// Whether a file of this name holds variables, one a line.
pub(super) fn is_file(name: &str) -> bool {
    name == "environment" || Language::detect(name, "") == Some(Language::Dotenv)
}

/// The value of the first of several keys.
pub(super) fn find<'n>(node: &'n Node, keys: &[&str]) -> Option<&'n Node> {
    keys.iter().find_map(|key| node.get(key)).map(|value| value.as_ref())
}

/// Variables as they are read.
pub(super) struct HostVariables<'n> {
    pub(super) fields: Vec<Field>,
    /// Values that may be records of their own.
    pub(super) texts: Vec<Template>,
    /// Entries that are whole files of variables.
    pub(super) files: Vec<&'n Entry>,
    /// What the host fills in.
    pub(super) marks: Vec<Mark>,
    /// Whether the values are encoded, so that only their names are known.
    pub(super) is_encoded: bool,
}

impl<'n> HostVariables<'n> {
    pub(super) fn new(marks: Vec<Mark>) -> Self {
        Self { fields: Vec::new(), texts: Vec::new(), files: Vec::new(), marks, is_encoded: false }
    }

    /// Reads an environment: a mapping, a list, or lines of a text.
    pub(super) fn read(&mut self, node: &'n Node, depth: usize) {
        match &node.content {
            _ if depth > DEPTH => {}
            Content::Map(_) if self.named(node) => {}
            Content::Map(entries) => entries.iter().for_each(|entry| self.entry(entry, depth)),
            Content::List(items) => items.iter().for_each(|item| self.item(item, depth)),
            Content::Scalar(text) => self.lines(text),
        }
    }

    fn push(&mut self, field: Option<Field>, value: Option<&'n Node>) {
        if self.fields.len() < MOST {
            self.fields.extend(field);
            let text = value.and_then(|value| value.scalar());
            self.texts.extend(text.filter(|text| text.text.text.contains('=') && !self.is_encoded).cloned());
        }
    }

    fn entry(&mut self, entry: &'n Entry, depth: usize) {
        let is_condition = entry.key.starts_with("${{");
        match &entry.value.content {
            // Under the name of a file stands the file.
            Content::Scalar(text) if entry.key.contains('.') && text.text.text.contains('\n') => {
                self.files.push(entry);
            }
            Content::Scalar(_) if ["secure", "group", "template"].contains(&entry.key.as_str()) => {}
            Content::Scalar(_) => {
                let mut field = field::field(entry, &self.marks);
                if let Some(field) = field.as_mut().filter(|_| self.is_encoded) {
                    field.value = Value::Dynamic { name: Some(field.key.clone()) };
                }
                self.push(field, Some(&entry.value));
            }
            Content::Map(_)
                if !is_condition && (find(&entry.value, &VALUES).is_some() || is_elsewhere(&entry.value)) =>
            {
                let value = find(&entry.value, &VALUES).filter(|value| value.scalar().is_some());
                self.push(Some(outside(entry, value, &self.marks)), value);
            }
            Content::Map(_) | Content::List(_) => self.read(&entry.value, depth + 1),
        }
    }

    fn item(&mut self, item: &'n Node, depth: usize) {
        match &item.content {
            Content::Scalar(text) => self.words(text),
            Content::Map(_) => self.read(item, depth + 1),
            Content::List(_) => {}
        }
    }

    /// `{name: A, value: b}`; false if it is none.
    fn named(&mut self, item: &'n Node) -> bool {
        let Some(name) = find(item, &NAMES).filter(|name| name.text().is_some_and(is_name)) else { return false };
        let value = find(item, &VALUES).filter(|value| value.scalar().is_some());
        if value.is_none() && !is_elsewhere(item) {
            return false;
        }
        let field = field::of_pair(name, value.unwrap_or(item), &self.marks);
        self.push(field, value);
        true
    }

    /// `A=b`, `A=b C="d e"`, or the name of a variable that is handed through.
    fn words(&mut self, text: &'n Template) {
        let whole = &text.text.text;
        if is_name(whole) {
            let value = Value::Dynamic { name: Some(whole.clone()) };
            let span = text.span(0..whole.len());
            self.push(Some(Field { key: whole.clone(), value, key_span: span, span }), None);
            return;
        }
        let mut at = 0;
        while let Some(name) = word_with_name(&whole[at..]).map(|length| at..at + length) {
            let rest = &whole[name.end + 1..];
            let quote = rest.chars().next().filter(|c| "\"'".contains(*c));
            let (from, end) = match quote.and_then(|quote| Some((quote, rest[1..].find(quote)?))) {
                Some((_, length)) => (1, 1 + length),
                None => (0, next_assignment(rest)),
            };
            let inside = name.end + 1 + from..name.end + 1 + end;
            at = (inside.end + from).min(whole.len());
            at += whole[at..].len() - whole[at..].trim_start().len();
            if whole[inside.clone()].contains('=') {
                self.texts.push(text.part(inside.clone()));
            }
            let field = field::of_ranges(text, name, inside, &self.marks);
            self.push(Some(field), None);
        }
    }

    /// `A=b` in lines of their own.
    fn lines(&mut self, text: &Template) {
        for line in lines::read(text).set {
            let field = Field {
                key: text.text.text[line.key.clone()].to_owned(),
                value: field::value(&line.value, &self.marks),
                key_span: text.span(line.key),
                span: text.span(line.written),
            };
            self.push(Some(field), None);
            if line.value.text.text.contains('=') {
                self.texts.push(line.value);
            }
        }
    }
}

/// Whether an entry says that the value comes from elsewhere.
fn is_elsewhere(node: &Node) -> bool {
    find(node, &SOURCES).is_some()
}

/// `A: {value: b}` and `A: {from_secret: b}`.
fn outside(entry: &Entry, value: Option<&Node>, marks: &[Mark]) -> Field {
    let name = entry.key.trim().to_owned();
    let node = value.unwrap_or(&entry.value);
    let found = value.and_then(|value| value.scalar()).map(|text| field::value(text, marks));
    Field {
        value: found.unwrap_or_else(|| Value::Dynamic { name: Some(name.clone()) }),
        key: name,
        key_span: field::key_span(entry),
        span: field::value_span(node),
    }
}

/// The length of the name before `=` that a text begins with.
fn word_with_name(text: &str) -> Option<usize> {
    let length = text.find('=')?;
    is_name(&text[..length]).then_some(length)
}

/// The length of a value up to the next `NAME=` behind a blank.
fn next_assignment(text: &str) -> usize {
    let blanks = text.match_indices(' ').map(|(at, _)| at);
    let is_assignment = |at: &usize| {
        let word = text[at + 1..].split(' ').next().unwrap_or_default();
        word.split_once('=').is_some_and(|(name, _)| is_name(name) && name.chars().any(|c| c.is_ascii_uppercase()))
    };
    let end = blanks.into_iter().find(is_assignment).unwrap_or(text.len());
    text[..end].trim_end().len()
}
