//! The cells of a notebook.

use std::rc::Rc;

use crate::Language;
use crate::document::{Node, Unread, json};
use crate::text::template::Template;

/// A cell with code.
#[derive(Debug)]
pub(super) struct Cell {
    /// What it is written in, unless its first line says otherwise; none for a language that ropcop does not read.
    pub(super) language: Option<Language>,
    pub(super) code: Template,
}

/// The cells with code, in order, and what of the file could not be read.
pub(super) fn cells(text: &str) -> (Vec<Cell>, Unread) {
    let (documents, unread) = json::parse(text);
    let Some(notebook) = documents.first() else { return (Vec::new(), unread) };
    let kernel = kernel(notebook);
    // Up to version 3 of the format, cells were in worksheets.
    let sheets = notebook.get("worksheets").map_or(&[][..], |sheets| sheets.items());
    let lists = std::iter::once(notebook).chain(sheets).filter_map(|holder| holder.get("cells"));
    let cells = lists.flat_map(|cells| cells.items()).filter_map(|cell| read(cell, &kernel));
    (cells.collect(), unread)
}

/// The name of the language that a notebook is written in.
fn kernel(notebook: &Node) -> String {
    const PLACES: [[&str; 2]; 3] =
        [["kernelspec", "language"], ["language_info", "name"], ["application/vnd.databricks.v1+notebook", "language"]];
    let metadata = notebook.get("metadata");
    let at = |[outer, inner]: [&str; 2]| metadata?.get(outer)?.get(inner)?.text().map(str::to_owned);
    // The name of a kernel is anybody's invention: it counts only if it is one that is known.
    let name = || at(["kernelspec", "name"]).filter(|name| language(name).is_some());
    PLACES.into_iter().find_map(at).or_else(name).unwrap_or_else(|| "python".to_owned())
}

fn read(cell: &Rc<Node>, kernel: &str) -> Option<Cell> {
    if cell.get("cell_type")?.text()? != "code" {
        return None;
    }
    let source = cell.get("source").or_else(|| cell.get("input"))?;
    let mut code = source.scalar().cloned().unwrap_or_default();
    for line in source.items().iter().filter_map(|line| line.scalar()) {
        code.append(line);
    }
    Some(Cell { language: language(own(cell).unwrap_or(kernel)), code })
}

/// The language that a cell names for itself. Each program that writes notebooks has a place of its own for it.
fn own(cell: &Node) -> Option<&str> {
    const KEYS: [&str; 3] = ["kernelName", "languageId", "language"];
    let metadata = cell.get("metadata").map_or(&[][..], |metadata| metadata.entries());
    let named = metadata.iter().find_map(|entry| KEYS.iter().find_map(|key| entry.value.get(key)?.text()));
    named.or_else(|| cell.get("language")?.text())
}

/// Names of kernels and magics that mean a language only in a notebook.
const NAMES: [(&str, Language); 6] = [
    ("pyspark", Language::Python),
    ("local", Language::Python),
    ("spark", Language::Scala),
    ("system", Language::Shell),
    ("sx", Language::Shell),
    ("!", Language::Shell),
];

/// The language of a kernel, a cell or a magic, by the name that these use.
pub(super) fn language(name: &str) -> Option<Language> {
    let name = name.to_ascii_lowercase();
    let name = name.trim_start_matches(".net-");
    let own = NAMES.iter().find(|(own, _)| *own == name).map(|(_, language)| *language);
    own.or_else(|| Language::called(name).filter(|language| language.is_run()))
}
