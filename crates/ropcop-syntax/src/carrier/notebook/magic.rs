//! First lines that say what the rest of a cell is: `%%bash`, `#!pwsh`, `%sh`.

use std::ops::Range;

use crate::text::template::{MappedText, Template};
use crate::{Certainty, Language};

use super::cell::{self, Cell};

/// A piece of a cell in one language.
pub(super) struct CellPart {
    pub(super) language: Language,
    pub(super) code: Template,
    pub(super) certainty: Certainty,
    /// Whether the kernel that runs it has run other pieces, and will run more.
    pub(super) shared: bool,
}

/// What a first line says about what follows.
enum Head {
    /// This is the language.
    Language(Option<Language>),
    /// It is written to a file of this name.
    File(String),
    /// The language of the notebook: the line is only about time, output and the like.
    Same,
}

/// Cell magics after which a cell is still in the language of the notebook.
const SAME: [&str; 8] = ["time", "timeit", "capture", "prun", "memit", "mprun", "lprun", "debug"];

/// The pieces of a cell.
pub(super) fn parts(cell: &Cell) -> Vec<CellPart> {
    let text = &cell.code.text.text;
    let mut parts = Vec::new();
    let mut head = Head::Same;
    let (mut from, mut at) = (0, 0);
    // Blank lines and comments may stand before the line that decides; later ones count only as `#!`.
    let mut first = true;
    for line in text.split_inclusive('\n') {
        let end = at + line.len();
        if let Some(next) = read(line.trim(), first) {
            parts.extend(part(cell, &head, from..at));
            from = at + command(line).unwrap_or(line.len());
            // `%%time` may stand above `%%bash`.
            first = first && matches!(next, Head::Same);
            head = next;
        } else if !line.trim().is_empty() && !line.trim_start().starts_with('#') {
            first = false;
        }
        at = end;
    }
    parts.extend(part(cell, &head, from..text.len()));
    parts
}

fn read(line: &str, first: bool) -> Option<Head> {
    if let Some(directive) = line.strip_prefix("#!") {
        // Other directives of a polyglot notebook (`#!time`, `#!set`) change nothing. A `#!` line of a script names a path.
        let word = directive.split_whitespace().next().unwrap_or_default();
        return cell::language(word).map(|language| Head::Language(Some(language)));
    }
    if !first {
        return None;
    }
    let is_cell = line.starts_with("%%");
    let magic = line.trim_start_matches('%');
    if magic.len() == line.len() {
        return None;
    }
    let mut words = magic.split_whitespace();
    let name = words.next().unwrap_or_default();
    match name {
        "script" => Some(Head::Language(words.find(|word| !word.starts_with('-')).and_then(program))),
        "writefile" | "file" if is_cell => {
            words.find(|word| !word.starts_with('-')).map(|path| Head::File(path.into()))
        }
        _ if SAME.contains(&name) => is_cell.then_some(Head::Same),
        _ if is_cell => Some(Head::Language(cell::language(name))),
        // Databricks has one `%` before the language of a cell; in IPython one `%` is about the line alone.
        "sh" | "python" | "scala" | "sql" | "md" | "r" => Some(Head::Language(cell::language(name))),
        _ => None,
    }
}

/// Where the code begins that stands behind `%sh` on its line.
fn command(line: &str) -> Option<usize> {
    let rest = line.trim_start().strip_prefix("%sh")?;
    rest.starts_with([' ', '\t']).then(|| line.len() - rest.len())
}

/// The language of a program: `/bin/bash`.
fn program(path: &str) -> Option<Language> {
    cell::language(path.rsplit(['/', '\\']).next()?)
}

/// The stretch of a cell under a head; nothing if it is in a language that ropcop does not read.
fn part(cell: &Cell, head: &Head, range: Range<usize>) -> Option<CellPart> {
    if range.is_empty() {
        return None;
    }
    let (language, certainty, shared) = match head {
        Head::Same => (cell.language?, Certainty::Runs, true),
        Head::Language(language) => {
            let language = (*language)?;
            // Each such cell has a process of its own; PowerShell has a kernel.
            let alone = language == Language::Shell || language == Language::Batch;
            (language, Certainty::Runs, !alone)
        }
        Head::File(path) => {
            let language = Language::detect(path, "").filter(|language| language.may_stand_in_a_page())?;
            (language, Certainty::Likely, false)
        }
    };
    let text: MappedText = cell.code.text.slice(range);
    Some(CellPart { language, code: Template { text, holes: Vec::new() }, certainty, shared })
}
