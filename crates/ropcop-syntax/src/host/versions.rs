//! Versions to which images, packages and tools are held.

use std::ops::Range;
use std::rc::Rc;

use crate::document::{Content, Entry, Node};
use crate::guest::Reading;
use crate::record::requirement;
use crate::record::{self, Around};
use crate::text::template::Template;
use crate::{Field, Record, RecordKind};

use super::collect::Collector;
use super::environment;
use super::field;
use crate::text::placeholder::Mark;

/// A mapping or list with more packages than this is a list of everything there is.
const MOST: usize = 1_000;

/// Modules of Ansible that install packages.
const INSTALLERS: [&str; 7] = ["pip", "apt", "yum", "dnf", "package", "apk", "zypper"];

/// Reads the versions in a mapping that stands under a key.
pub(super) fn read(node: &Rc<Node>, key: &str, around: Around, marks: &[Mark], collector: &mut Collector<'_>) {
    for entry in node.entries() {
        let fields = fields(entry, marks, collector.reading());
        let spans = fields.iter().flat_map(|field| [field.key_span, field.span]);
        let Some(span) = spans.reduce(|all, span| all.to(span)) else { continue };
        add(Record { kind: RecordKind::Versions, fields, span, ..around.record() }, collector);
    }
    let module = key.rsplit('.').next().unwrap_or(key);
    if INSTALLERS.contains(&module) {
        let fields: Vec<Field> = installed(node, marks).into_iter().collect();
        if let [Field { key_span, span, .. }] = fields[..] {
            add(Record { kind: RecordKind::Versions, fields, span: key_span.to(span), ..around.record() }, collector);
        }
    }
}

fn add(record: Record, collector: &mut Collector<'_>) {
    if record::is_wanted(&record, collector.reading()) {
        collector.record(record);
    }
}

/// What a key says about versions.
fn fields(entry: &Entry, marks: &[Mark], reading: &Reading<'_>) -> Vec<Field> {
    let Entry { key, value, .. } = entry;
    match key.as_str() {
        "features" | "tools" => {
            value.entries().iter().take(MOST).filter_map(|feature| feature_version(feature, marks)).collect()
        }
        "dependencies"
        | "devDependencies"
        | "peerDependencies"
        | "optionalDependencies"
        | "resolutions"
        | "overrides"
        | "additional_dependencies" => {
            let packages = value.entries().iter().take(MOST).filter_map(|package| package_version(package, marks));
            let required = value.items().iter().take(MOST).filter_map(|item| required(item, marks));
            packages.chain(required).collect()
        }
        "name" | "container" => image(value, marks, true, reading).into_iter().collect(),
        _ if ends_with(key, "image") => {
            let inner = value.get("name").unwrap_or(value);
            image(inner, marks, false, reading).or_else(|| image_in_parts(value, marks)).into_iter().collect()
        }
        key if INSTALLERS.contains(&key.rsplit('.').next().unwrap_or(key)) => {
            let single = environment::find(value, &["name", "pkg"]).unwrap_or(value);
            let items = single.items().iter().take(MOST).map(|item| item.as_ref());
            std::iter::once(single).chain(items).filter_map(|item| required(item, marks)).collect()
        }
        _ => Vec::new(),
    }
}

fn ends_with(key: &str, end: &str) -> bool {
    key.len() >= end.len() && key.get(key.len() - end.len()..).is_some_and(|tail| tail.eq_ignore_ascii_case(end))
}

/// `registry/name:tag`. Under a common key, an image has a registry.
fn image(node: &Node, marks: &[Mark], is_common: bool, reading: &Reading<'_>) -> Option<Field> {
    let written = node.scalar().filter(|text| reading.wants(&text.text.text))?;
    let text = field::punched(&with_default(written), marks);
    let whole = &text.text.text;
    if whole.contains("://") && !whole.starts_with("docker://") {
        return None;
    }
    let end = whole.find('@').unwrap_or(whole.len());
    // Of a registry that is filled in, the name behind it is known.
    let registry = whole[..end].rfind('/').and_then(|last| {
        let hole = whole[..last].char_indices().rev().find(|(_, c)| text.hole(*c).is_some())?;
        whole[hole.0..].find('/').map(|slash| hole.0 + slash + 1)
    });
    let start = registry.unwrap_or(if whole.starts_with("docker://") { "docker://".len() } else { 0 });
    let name = whole.get(start..end)?;
    let last = name.rfind('/').map_or(0, |at| at + 1);
    let colon = last + name.get(last..)?.find(':')?;
    let is_plain = |c: char| c.is_alphanumeric() || "._-/:".contains(c);
    let is_tag = |c: char| is_plain(c) || text.hole(c).is_some();
    let (image, tag) = (name.get(..colon)?, name.get(colon + 1..)?);
    let is_image = !image.is_empty() && image.chars().all(is_plain) && !tag.is_empty() && tag.chars().all(is_tag);
    if !is_image || (is_common && last == 0 && registry.is_none()) {
        return None;
    }
    Some(field::of_ranges(&text, start..start + colon, start + colon + 1..end, marks))
}

/// `name:${TAG:-1.2}` with the tag that is used if nobody gives another.
fn with_default(text: &Template) -> Template {
    let whole = &text.text.text;
    let found = whole.rfind(":${").and_then(|at| {
        let default = at + whole[at..].find(":-")? + ":-".len();
        (whole.ends_with('}') && default > at + 3).then_some((at + 1, default))
    });
    let Some((tag, default)) = found else { return text.clone() };
    let mut chosen = text.part(0..tag);
    chosen.append(&text.part(default..whole.len() - 1));
    chosen
}

/// `{registry: …, repository: …, tag: …}`.
fn image_in_parts(node: &Node, marks: &[Mark]) -> Option<Field> {
    let (repository, tag) = (node.get("repository")?, node.get("tag")?);
    let mut field = field::of_pair(repository, tag, marks).filter(|_| tag.scalar().is_some())?;
    if let Some(registry) = node.get("registry").and_then(|registry| registry.text()).filter(|text| !text.is_empty()) {
        field.key = format!("{registry}/{}", field.key);
    }
    Some(field)
}

/// `"registry/feature:1": {"version": "2.0"}`.
fn feature_version(entry: &Entry, marks: &[Mark]) -> Option<Field> {
    let node = entry.value.get("version").unwrap_or(&entry.value);
    let value = field::value(node.scalar().filter(|text| !text.text.text.is_empty())?, marks);
    let last = entry.key.rfind('/').map_or(0, |at| at + 1);
    let end = entry.key[last..].find([':', '@']).map_or(entry.key.len(), |length| last + length);
    let key = entry.key[..end].to_lowercase();
    Some(Field { key, value, key_span: field::key_span(entry), span: field::value_span(node) })
}

/// `"package": "1.2.3"`.
fn package_version(entry: &Entry, marks: &[Mark]) -> Option<Field> {
    let node = entry.value.get("version").unwrap_or(&entry.value);
    let text = node.scalar()?;
    let version = requirement::upper_end(&text.text.text)?;
    let mut field = field::of_ranges(text, 0..0, version, marks);
    field.key = entry.key.to_lowercase();
    field.key_span = field::key_span(entry);
    Some(field)
}

/// `package==1.2.3`.
fn required(node: &Node, marks: &[Mark]) -> Option<Field> {
    let text = node.scalar()?;
    let written = &text.text.text;
    // `name=package=1.2.3 state=present`.
    let start = written.find("name=").map_or(0, |at| at + "name=".len());
    let end = written[start..].find(char::is_whitespace).filter(|_| start > 0);
    let end = end.map_or(written.len(), |length| start + length);
    let requirement::HeldPackage { name, bound } = requirement::requirement(&written[start..end])?;
    let moved = |range: Range<usize>| start + range.start..start + range.end;
    Some(held(text, moved(name), moved(bound.version), marks))
}

fn held(text: &Template, name: Range<usize>, version: Range<usize>, marks: &[Mark]) -> Field {
    let mut field = field::of_ranges(text, name, version, marks);
    field.key = field.key.to_lowercase();
    field
}

/// `{name: package, version: 1.2.3}` of a module that installs.
fn installed(node: &Node, marks: &[Mark]) -> Option<Field> {
    if !matches!(node.content, Content::Map(_)) {
        return None;
    }
    let name = environment::find(node, &["name", "pkg"])?;
    let version = node.get("version").filter(|version| version.scalar().is_some())?;
    let mut field = field::of_pair(name, version, marks)?;
    field.key = field.key.to_lowercase();
    Some(field)
}
