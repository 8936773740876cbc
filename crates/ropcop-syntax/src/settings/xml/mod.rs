//! XML: attributes, elements and pairs of them that give a value to a name.

mod element;
mod mend;
mod text;

use roxmltree::{Document, Error, Node, ParsingOptions};

use crate::guest::Reading;
use crate::record::Around;
use crate::record::found::Found;
use crate::settings::requirements;
use crate::{Facts, Field, Omission, RecordKind, Source, Span};

use element::Element;

/// Files with more nodes are data and left out. The report says so.
const MOST_NODES: u32 = 500_000;

/// Elements nested deeper are not looked at.
const DEEPEST: usize = 100;

/// Elements whose children are variables of a process.
const VARIABLES: [&str; 4] = ["environmentvariables", "envs", "env-vars", "environment"];

/// Elements that are such a variable.
const VARIABLE: [&str; 2] = ["environmentvariable", "env"];

/// A name is not remembered further, in bytes.
const LONGEST_NAME: usize = 200;

/// Ends of the names of elements that are one request of a test plan.
const REQUESTS: [&str; 3] = ["Sampler", "SamplerProxy", "request"];

/// Reads a file. One with an error gives nothing but that.
pub(crate) fn facts(source: &Source, reading: &Reading<'_>) -> Facts {
    let found = Found::new(&source.text, reading);
    // Other files have the same endings, and what is no XML has no errors.
    if !source.text.trim_start_matches('\u{feff}').trim_start().starts_with('<') {
        return found.finish();
    }
    let all = Span::new(0, source.text.len());
    match parse(&source.text) {
        Ok(document) => return records(found, &document, &source.text),
        Err(Error::NodesLimitReached) => {
            let omission = Omission::new(all, format!("has more than {MOST_NODES} nodes"));
            return Facts { omissions: vec![omission], ..Facts::default() };
        }
        Err(_) => {}
    }
    match parse(&mend::mended(&source.text)) {
        Ok(document) => records(found, &document, &source.text),
        Err(_) => Facts { syntax_errors: vec![all], ..Facts::default() },
    }
}

/// The document in a text. Entities of its own are not worth the work that they can ask for.
pub(crate) fn parse(text: &str) -> Result<Document<'_>, Error> {
    let text = text.trim_start_matches('\u{feff}');
    let text = if text.starts_with("<?xml") { text } else { text.trim_start() };
    let options =
        ParsingOptions { allow_dtd: !text.contains("<!ENTITY"), nodes_limit: MOST_NODES, ..Default::default() };
    Document::parse_with_options(text, options)
}

/// The records of a document; `file` is the text that it was read from, of which it may leave out the start.
pub(crate) fn records(found: Found<'_>, document: &Document<'_>, file: &str) -> Facts {
    let around = found.whole;
    let offset = file.len() - document.input_text().len();
    let text = file.get(offset..).unwrap_or_default();
    let mut reader = XmlRecords { found, text, offset, path: String::new(), depth: 0 };
    reader.element(document.root_element(), around);
    reader.found.finish()
}

struct XmlRecords<'t> {
    found: Found<'t>,
    text: &'t str,
    offset: usize,
    /// The names of the elements around, with dots between.
    path: String,
    depth: usize,
}

impl XmlRecords<'_> {
    /// Reads an element with all that stands in it, and tells what it is to the element around.
    fn element(&mut self, node: Node<'_, '_>, around: Around) -> Element {
        let name = node.tag_name().name();
        let span = self.span(node.range());
        let is_request = REQUESTS.iter().any(|end| name.ends_with(end));
        let around = Around { statement: span, function: if is_request { span } else { around.function } };
        let before = self.path.len();
        if before > 0 {
            self.path.push('.');
        }
        self.path.push_str(&name[..name.floor_char_boundary(LONGEST_NAME)]);
        self.depth += 1;
        let mut element = Element::new(name, self.name_span(node));
        element.is_closed = self.text[node.range()].ends_with("/>");
        for attribute in node.attributes() {
            let (place, key) = (attribute.range_value(), self.span(attribute.range_qname()));
            element.attributes.push(self.field(attribute.name(), key, place, around));
        }
        for child in node.children() {
            if child.is_text() {
                self.content(child, &mut element, around);
            } else if child.is_element() && self.depth < DEEPEST {
                let child = self.element(child, around);
                element.children.push(child);
            }
        }
        self.records(&mut element, around);
        self.depth -= 1;
        self.path.truncate(before);
        element
    }

    /// The text of an element without children is its value.
    fn content(&mut self, node: Node<'_, '_>, element: &mut Element, around: Around) {
        let range = text::content(self.text, node.range());
        if range.is_empty() {
            return;
        }
        let field = self.field(&element.name.clone(), element.name_span, range, around);
        element.text = Some(field);
    }

    fn records(&mut self, element: &mut Element, around: Around) {
        let name = element.name.to_lowercase();
        let mut fields: Vec<Field> = element.attributes.clone();
        let mut variables = Vec::new();
        let mut versions = Vec::new();
        for child in &mut element.children {
            let kind = child.name.to_lowercase();
            versions.extend(child.package.take());
            let Some(mut field) = child.given.take() else { continue };
            if kind == "environmentvariable" {
                // A web server on Windows is told so, where case makes no difference.
                field.key = field.key.to_uppercase();
            }
            let is_variable = VARIABLES.contains(&name.as_str()) || VARIABLE.contains(&kind.as_str());
            if is_variable { variables.push(field) } else { fields.push(field) }
        }
        element.package = package(&element.name, &fields);
        // What is a field of the element around is said there.
        if !element.give(&fields) {
            self.found.add(RecordKind::Mapping, &self.path, fields, around);
        }
        self.found.add(RecordKind::Environment, "", variables, around);
        self.found.add(RecordKind::Versions, "", versions, around);
    }

    fn field(&mut self, key: &str, key_span: Span, range: std::ops::Range<usize>, around: Around) -> Field {
        let span = self.span(range.clone());
        let value = text::decoded(self.text, range, self.offset);
        let written = value.text.text.trim();
        if written.starts_with('{') && written.ends_with('}') && written.contains(':') {
            self.found.json(&value, around);
        }
        self.found.field((key, key_span), &value, span, around)
    }

    fn span(&self, range: std::ops::Range<usize>) -> Span {
        Span::new(range.start + self.offset, range.end + self.offset)
    }

    fn name_span(&self, node: Node<'_, '_>) -> Span {
        let start = node.range().start + 1;
        let rest = self.text.get(start..node.range().end).unwrap_or_default();
        let length = rest.find(|c: char| c.is_whitespace() || "/>".contains(c)).unwrap_or(rest.len());
        self.span(start..start + length)
    }
}

/// The package that an element names with its version: `<PackageReference Include="X" Version="1.0"/>`.
fn package(element: &str, fields: &[Field]) -> Option<Field> {
    let (name, version) = match element {
        "PackageReference" | "PackageVersion" => ("Include", "Version"),
        "package" => ("id", "version"),
        _ => return None,
    };
    let of = |key: &str| fields.iter().find(|field| field.key == key);
    let (name, version) = (of(name)?, of(version)?);
    let written = version.value.text()?;
    let bare = written.trim_start_matches(['[', '(']);
    let start = version.span.start + written.len() - bare.len();
    requirements::held((&name.value.text()?, name.span), bare.trim_end_matches([']', ')']), start)
}
