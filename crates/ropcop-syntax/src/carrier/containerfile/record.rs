//! Records of images: the variables of their stages, and the images that they are built from.

use std::collections::HashMap;

use crate::guest::Reading;
use crate::record::image::tagged;
use crate::record::{self, Around, is_wanted, text};
use crate::text::template::{MappedText, Template};
use crate::{Field, Part, Record, RecordKind, Span, Value};

use super::assign;

/// So many variables are handed down from stages to others.
const MOST_INHERITED: usize = 50_000;

/// A stage, or what stands above all of them.
#[derive(Default)]
struct Stage {
    /// The stage that it is built from.
    parent: Option<usize>,
    /// Another stage is built from it.
    is_base: bool,
    fields: Vec<Field>,
    span: Option<Span>,
}

/// What is known of variables and images.
pub(super) struct ImageRecords {
    stages: Vec<Stage>,
    named: HashMap<String, usize>,
    images: Vec<Field>,
    texts: Vec<Record>,
}

impl Default for ImageRecords {
    fn default() -> Self {
        Self { stages: vec![Stage::default()], named: HashMap::new(), images: Vec::new(), texts: Vec::new() }
    }
}

impl ImageRecords {
    /// Takes the next instruction.
    pub(super) fn instruction(&mut self, name: &str, rest: &MappedText, reading: &Reading<'_>) {
        let place = Span::new(rest.host(0), rest.host(rest.text.len()));
        if name == "FROM" {
            self.from(rest);
        }
        let around = Around { statement: place, function: place };
        let mut fields = match name {
            "ENV" => assign::env(rest),
            "ARG" => assign::arg(rest),
            "COPY" => {
                self.copy(rest);
                Vec::new()
            }
            _ => Vec::new(),
        };
        fields.truncate(record::assignment::MOST_FIELDS);
        if !fields.is_empty() && rest.text.contains([';', '&']) {
            let value = |field: &Field| verbatim(rest, field.span);
            self.texts
                .extend(fields.iter().filter_map(value).filter_map(|value| text::wanted(&value, around, reading)));
        }
        if let Some(stage) = self.stages.last_mut() {
            stage.fields.extend(fields);
            stage.span = Some(stage.span.map_or(place, |span| span.to(place)));
        }
    }

    /// `FROM --platform=x image:tag AS name`.
    fn from(&mut self, rest: &MappedText) {
        let mut words = rest.text.split_whitespace().filter(|word| !word.starts_with("--"));
        let Some(image) = words.next() else { return };
        let parent = self.named.get(&image.to_ascii_lowercase()).copied();
        if parent.is_none() {
            self.image(rest, image);
        }
        if let Some(parent) = parent {
            self.stages[parent].is_base = true;
        }
        if let Some(name) = words.nth(1) {
            self.named.insert(name.to_ascii_lowercase(), self.stages.len());
        }
        self.stages.push(Stage { parent, ..Stage::default() });
    }

    /// `COPY --from=image:tag`.
    fn copy(&mut self, rest: &MappedText) {
        let source = rest.text.split_whitespace().find_map(|word| word.strip_prefix("--from="));
        let is_stage = |name: &str| {
            self.named.contains_key(&name.to_ascii_lowercase()) || name.chars().all(|c| c.is_ascii_digit())
        };
        if let Some(image) = source.filter(|image| !is_stage(image)) {
            self.image(rest, image);
        }
    }

    /// An image with a tag: `image` is a part of the text.
    fn image(&mut self, rest: &MappedText, image: &str) {
        let start = image.as_ptr().addr() - rest.text.as_ptr().addr();
        let written = Template { text: rest.slice(start..start + image.len()), holes: Vec::new() };
        let resolved = self.resolved(image);
        let Some((name, tag)) = resolved.as_deref().and_then(tagged) else { return };
        let (key, value) = match tagged(image) {
            Some((name, tag)) => (0..name.len(), name.len() + 1..name.len() + 1 + tag.len()),
            None => (0..image.len(), 0..image.len()),
        };
        if self.images.len() < record::assignment::MOST_FIELDS {
            self.images.push(Field {
                key: name.to_ascii_lowercase(),
                value: Value::Text(vec![Part::Text(tag.to_owned())]),
                key_span: written.span(key),
                span: written.span(value),
            });
        }
    }

    /// The name of an image with the variables of the file put in; none if one is not known.
    fn resolved(&self, image: &str) -> Option<String> {
        let mut whole = String::new();
        let mut rest = image;
        while let Some(sign) = rest.find('$') {
            whole.push_str(&rest[..sign]);
            let (name, default, length) = reference(&rest[sign..])?;
            let set = self.stages[0].fields.iter().rev().find(|field| field.key == name);
            let set = set.and_then(|field| field.value.text()).filter(|text| !text.is_empty());
            whole.push_str(&set.or_else(|| default.map(str::to_owned))?);
            rest = &rest[sign + length..];
        }
        whole.push_str(rest);
        Some(whole)
    }

    /// All records.
    pub(super) fn finish(self, reading: &Reading<'_>) -> Vec<Record> {
        let mut found = self.texts;
        let mut left = MOST_INHERITED;
        for (index, stage) in self.stages.iter().enumerate() {
            let (Some(span), false) = (stage.span, stage.is_base || index == 0) else { continue };
            let mut chain = vec![stage];
            while let Some(parent) = chain.last().and_then(|stage| stage.parent) {
                let Some(rest) = left.checked_sub(self.stages[parent].fields.len() + 1) else { break };
                left = rest;
                chain.push(&self.stages[parent]);
            }
            let fields: Vec<Field> = chain.iter().rev().flat_map(|stage| stage.fields.iter().cloned()).collect();
            let around = Around { statement: span, function: span };
            found.extend(record::command::record(fields, around, RecordKind::Environment));
        }
        let statement = self.images.iter().map(|field| field.key_span.to(field.span)).reduce(Span::to);
        let around = statement.map(|span| Around { statement: span, function: span });
        found.extend(around.and_then(|around| record::command::record(self.images, around, RecordKind::Versions)));
        found.retain(|record| record.kind == RecordKind::Text || is_wanted(record, reading));
        found
    }
}

/// A stretch of an instruction that stands in the file at a place.
fn verbatim(rest: &MappedText, place: Span) -> Option<Template> {
    let (start, end) = (offset(rest, place.start), offset(rest, place.end.checked_sub(1)?) + 1);
    let text = rest.slice(start..rest.text.ceil_char_boundary(end));
    Some(Template { text, holes: Vec::new() })
}

/// The first offset of a text that does not stand before a place in the file.
fn offset(text: &MappedText, at: usize) -> usize {
    let (mut start, mut end) = (0, text.text.len());
    while start < end {
        let middle = start + (end - start) / 2;
        if text.host(middle) < at { start = middle + 1 } else { end = middle }
    }
    start
}

/// `$A`, `${A}`, `${A:-default}`: the name, the default and the length.
fn reference(text: &str) -> Option<(&str, Option<&str>, usize)> {
    let is_part = |c: char| c.is_ascii_alphanumeric() || c == '_';
    let Some(inner) = text.strip_prefix("${") else {
        let end = text[1..].find(|c| !is_part(c)).map_or(text.len(), |end| end + 1);
        return Some((&text[1..end], None, end));
    };
    let end = inner.find('}')?;
    let (name, default) = match inner[..end].split_once(":-") {
        Some((name, default)) => (name, Some(default)),
        None => (&inner[..end], None),
    };
    Some((name, default, end + 3))
}
