//! Records of a document: its mappings, its environments, and the texts and versions in it.

use std::collections::BTreeSet;
use std::rc::Rc;

use crate::document::{Content, Entry, Node};
use crate::record::{self, Around};
use crate::text::template::Template;
use crate::{Field, Language, Record, RecordKind, Span};

use super::collect::Collector;
use super::environment::{self, HostVariables};
use super::scope::Scopes;
use super::{field, named, recording, versions};
use crate::text::placeholder::Mark;
use crate::vocabulary::people;

/// A mapping with more entries than this is data: of the rest, only what is wanted is a field.
const MOST: usize = 500;

/// A path that is longer is not made longer, in bytes.
const LONGEST_PATH: usize = 300;

/// Reads the records of a document. What is code must be taken already.
pub(super) fn read(root: &Rc<Node>, collector: &mut Collector<'_>) {
    let habits = collector.habits;
    let templates = habits.templates(root).into_iter().map(Rc::as_ptr).collect();
    let marks = collector.marks.iter().chain(habits.marks()).copied().collect();
    let place = Place { path: String::new(), parent: None, outer: None, part: collector.whole(), in_part: false };
    let mut walk = MappingWalk {
        root,
        marks,
        absorbed: templates,
        scopes: Scopes::default(),
        consumed: BTreeSet::new(),
        seen: BTreeSet::new(),
        collector,
    };
    walk.visit(root, &place, "");
}

/// What is around a value.
#[derive(Clone, Debug)]
struct Place {
    /// The keys that lead to it.
    path: String,
    /// The mapping around, if it is in the same part.
    parent: Option<Span>,
    /// The mapping around that.
    outer: Option<Span>,
    /// The job, service, item or file.
    part: Span,
    /// Whether the part is a job, of which items of lists are no parts.
    in_part: bool,
}

impl Place {
    /// Where a mapping stands.
    fn around(&self, mapping: Span) -> Around {
        Around { statement: mapping, function: self.outer.unwrap_or(self.part) }
    }

    fn below(&self, mapping: Span, key: &str) -> Self {
        let path = match self.path.as_str() {
            "" => key.to_owned(),
            path if path.len() + key.len() > LONGEST_PATH => path.to_owned(),
            path => format!("{path}.{key}"),
        };
        let path = if path.len() > LONGEST_PATH { String::new() } else { path };
        Self { path, parent: Some(mapping), outer: self.parent, part: self.part, in_part: self.in_part }
    }

    /// A part of the document that stands for itself.
    fn part(&self, span: Span, is_job: bool) -> Self {
        Self { path: self.path.clone(), parent: None, outer: None, part: span, in_part: is_job }
    }

    fn item(&self, span: Span) -> Self {
        let part = if self.in_part { self.part } else { span };
        self.part(part, self.in_part)
    }
}

struct MappingWalk<'n, 'c, 'k> {
    root: &'n Rc<Node>,
    /// What the host fills in.
    marks: Vec<Mark>,
    collector: &'c mut Collector<'k>,
    scopes: Scopes,
    /// Mappings whose variables belong to others.
    absorbed: BTreeSet<*const Node>,
    /// Values that are variables.
    consumed: BTreeSet<*const Node>,
    /// Aliases make one value part of many.
    seen: BTreeSet<*const Node>,
}

impl<'n> MappingWalk<'n, '_, '_> {
    fn visit(&mut self, node: &'n Rc<Node>, place: &Place, key: &str) {
        if !self.seen.insert(Rc::as_ptr(node)) {
            return;
        }
        match &node.content {
            Content::Scalar(_) if self.collector.is_taken(node) || people::is_document(key) => {}
            Content::Scalar(text) => {
                let statement = place.parent.unwrap_or(place.part);
                self.text(text, Around { statement, function: place.outer.unwrap_or(place.part) });
            }
            Content::List(items) => self.list(node, items, place, key),
            Content::Map(entries) if recording::is(entries) => {}
            Content::Map(entries) => self.map(node, entries, place, key),
        }
    }

    fn list(&mut self, node: &'n Node, items: &'n [Rc<Node>], place: &Place, key: &str) {
        if let Some(fields) = named::fields(items, &self.marks) {
            let statement = place.parent.unwrap_or(node.span);
            let function = place.outer.unwrap_or(place.part);
            self.add(RecordKind::Mapping, fields, &place.path, Around { statement, function });
            let texts = items.iter().flat_map(|item| item.entries()).filter_map(|entry| entry.value.scalar());
            texts.for_each(|text| self.text(text, Around { statement, function }));
            return;
        }
        for item in items {
            match item.scalar() {
                Some(_) => self.visit(item, place, key),
                None => self.visit(item, &place.item(item.span), key),
            }
        }
    }

    fn map(&mut self, node: &'n Rc<Node>, entries: &'n [Entry], place: &Place, key: &str) {
        let habits = self.collector.habits;
        let part = habits.is_part(node).then(|| place.part(node.span, true));
        let place = part.as_ref().unwrap_or(place);
        let around = place.around(node.span);
        let variables = self.variables(node, entries, key);
        let has_variables = !variables.is_empty();
        let floor = (has_variables && !habits.inherits).then(|| self.scopes.hide());
        if has_variables {
            self.scopes.open(variables, around, habits.is_process(node), self.collector.reading());
        } else if habits.is_process(node) && !self.absorbed.contains(&Rc::as_ptr(node)) {
            self.scopes.process();
        }
        self.mapping(entries, &place.path, around);
        versions::read(node, key, around, &self.marks, self.collector);
        let is_template = |entry: &Entry| place.path.is_empty() && habits.is_template(&entry.key);
        let inner = entries.iter().filter(|entry| entry.value.scalar().is_none() && !is_template(entry));
        for entry in inner {
            self.below(entry, node, place);
        }
        if has_variables {
            let record = self.scopes.close(&mut self.collector.fields_left);
            record.into_iter().for_each(|record| self.collector.record(record));
        }
        floor.into_iter().for_each(|floor| self.scopes.show(floor));
    }

    /// What stands under a key.
    fn below(&mut self, entry: &'n Entry, node: &Node, place: &Place) {
        let habits = self.collector.habits;
        let below = place.below(node.span, &entry.key);
        let floor = habits.is_apart(&entry.key).then(|| self.scopes.hide());
        if habits.has_parts(&entry.key) && self.seen.insert(Rc::as_ptr(&entry.value)) {
            for inner in entry.value.entries() {
                let path = below.below(entry.value.span, &inner.key);
                self.visit(&inner.value, &path.part(inner.value.span, false), &inner.key);
            }
            for item in entry.value.items() {
                self.visit(item, &below.item(item.span), &entry.key);
            }
        } else {
            self.visit(&entry.value, &below, &entry.key);
        }
        floor.into_iter().for_each(|floor| self.scopes.show(floor));
    }

    /// The variables that a mapping gives to its processes. They are no mapping beside that.
    fn variables(&mut self, node: &'n Rc<Node>, entries: &'n [Entry], key: &str) -> Vec<Field> {
        if self.absorbed.contains(&Rc::as_ptr(node)) {
            self.own(node, entries, key);
            return Vec::new();
        }
        let beside = self.collector.habits.beside(node, self.root);
        let mut fields: Vec<Field> = Vec::new();
        for other in beside {
            if std::ptr::eq(Rc::as_ptr(other), Rc::as_ptr(node)) {
                continue;
            }
            self.absorbed.insert(Rc::as_ptr(other));
            fields.extend(self.own(other, other.entries(), ""));
        }
        fields.extend(self.own(node, entries, key));
        fields.truncate(environment::MOST);
        fields
    }

    fn own(&mut self, node: &'n Rc<Node>, entries: &'n [Entry], key: &str) -> Vec<Field> {
        let habits = self.collector.habits;
        let kind = node.get("kind").and_then(|kind| kind.text()).unwrap_or_default();
        let mut found = Vec::new();
        for entry in entries {
            let is_stored =
                ["Secret", "ConfigMap"].contains(&kind) && ["data", "stringData"].contains(&entry.key.as_str());
            let is_it = is_stored
                || match habits.keys {
                    Some(keys) => keys.contains(&entry.key.as_str()),
                    None => environment::is_environment(entry, key),
                };
            let is_template = std::ptr::eq(node, self.root) && habits.is_template(&entry.key);
            if !is_it || is_template || self.collector.is_taken(&entry.value) {
                continue;
            }
            let mut variables = HostVariables::new(self.marks.clone());
            variables.is_encoded = kind == "Secret" && entry.key == "data";
            variables.read(&entry.value, 0);
            if variables.fields.is_empty() && variables.files.is_empty() {
                continue;
            }
            self.seen.insert(Rc::as_ptr(&entry.value));
            self.consumed.insert(Rc::as_ptr(&entry.value));
            let HostVariables { mut fields, texts, files, .. } = variables;
            let around = Around { statement: node.span, function: node.span };
            texts.iter().for_each(|text| self.text(text, around));
            let files = files.into_iter().filter(|file| !self.collector.is_taken(&file.value));
            files.collect::<Vec<_>>().into_iter().for_each(|file| self.file(&file.key, &[], &file.value));
            if habits.has_capitals(&entry.key) {
                fields.iter_mut().for_each(|field| field.key = field.key.to_uppercase().replace(['.', ' '], "_"));
            }
            found.extend(fields);
        }
        found
    }

    /// The scalars of a mapping.
    fn mapping(&mut self, entries: &'n [Entry], path: &str, around: Around) {
        let reading = self.collector.reading();
        let is_field = |entry: &&Entry| {
            let is_taken = |node: &Rc<Node>| self.collector.is_taken(node);
            let is_variable = self.consumed.contains(&Rc::as_ptr(&entry.value));
            !is_variable && !is_taken(&entry.value) && !entry.value.items().iter().any(is_taken)
        };
        let wants = |entry: &Entry| {
            let text = field::single(&entry.value).and_then(|node| node.scalar());
            let key = || {
                if path.is_empty() {
                    reading.wants(&entry.key)
                } else {
                    reading.wants(&format!("{path}.{}", entry.key))
                }
            };
            text.is_some_and(|text| reading.wants(&text.text.text) || key())
        };
        let mine: Vec<&Entry> = entries.iter().filter(is_field).collect();
        if mine.iter().any(|entry| wants(entry)) {
            let chosen = mine.iter().enumerate().filter(|(index, entry)| *index < MOST || wants(entry)).take(2 * MOST);
            let fields: Vec<Field> = chosen.filter_map(|(_, entry)| field::field(entry, &self.marks)).collect();
            let has_capitals = |field: &Field| environment::is_capital(&field.key);
            let all_variables = self.collector.habits.keys.is_none() && fields.iter().all(has_capitals);
            let kind = if all_variables && fields.len() > 1 { RecordKind::Environment } else { RecordKind::Mapping };
            self.add(kind, fields, path, around);
        }
        for entry in mine {
            if let Some(text) = entry.value.scalar().filter(|_| self.seen.insert(Rc::as_ptr(&entry.value))) {
                self.file(&entry.key, entries, &entry.value);
                if !people::is_document(&entry.key) {
                    self.text(text, around);
                }
            }
        }
    }

    /// Reads a text that is a file of variables.
    fn file(&mut self, key: &str, entries: &[Entry], node: &Rc<Node>) {
        if !node.scalar().is_some_and(|text| text.text.text.contains('=')) {
            return;
        }
        let path =
            entries.iter().find(|entry| ["path", "dest", "filename", "destination"].contains(&entry.key.as_str()));
        let path = path.filter(|_| ["content", "data", "contents"].contains(&key)).and_then(|entry| entry.value.text());
        if environment::is_file(path.unwrap_or(key).rsplit('/').next().unwrap_or_default()) {
            self.collector.file(node, Language::Dotenv);
        }
    }

    fn text(&mut self, text: &Template, around: Around) {
        let reading = self.collector.reading();
        if text.text.text.contains('=') && reading.wants(&text.text.text) {
            let text = field::punched(text, &self.marks);
            let record = record::text::record(&text, around);
            record.into_iter().for_each(|record| self.collector.record(record));
        }
    }

    fn add(&mut self, kind: RecordKind, fields: Vec<Field>, path: &str, around: Around) {
        let spans = fields.iter().flat_map(|field| [field.key_span, field.span]);
        let Some(span) = spans.reduce(|all, span| all.to(span)) else { return };
        let path = if kind == RecordKind::Mapping { path.to_owned() } else { String::new() };
        let record = Record { kind, path, fields, span, ..around.record() };
        if record::is_wanted(&record, self.collector.reading()) {
            self.collector.record(record);
        }
    }
}
