//! Vagrantfiles: the scripts that provision a machine.
//!
//! A Vagrantfile is Ruby. Of that only strings and here-documents are read, and where they go: to `inline`, to `system`,
//! or to a variable that is given to `inline`.

mod text;

use std::ops::Range;

use crate::guest::Guest;
use crate::guest::Reading;
use crate::{Certainty, Facts, Language, Source};

use text::{RubyHereDocument, RubyText};

/// Behind so many here-documents without end no other is looked for: each is looked for in the whole file.
const MOST_UNCLOSED: usize = 50;

/// Reads a file.
pub(crate) fn facts(source: &Source, reading: &Reading<'_>) -> Facts {
    let text = &source.text;
    let lower = text.to_ascii_lowercase();
    // The shell of a machine with Windows is PowerShell.
    let is_windows = ["winrm", "powershell_", ":windows"].iter().any(|sign| lower.contains(sign));
    let file = if is_windows { Language::PowerShell } else { Language::Shell };
    let mut facts = Facts::default();
    for VagrantScript { written, certainty, tag } in scripts(text) {
        let code = written.template(text);
        let tag = tag.to_ascii_lowercase();
        let by_tag = ["powershell", "pwsh", "ps"].contains(&tag.trim_end_matches('1')).then_some(Language::PowerShell);
        let language = Language::detect("", &code.text.text).or(by_tag).unwrap_or(file);
        facts.absorb(reading.guest(&Guest { language, code, certainty }));
    }
    facts.settle();
    facts
}

/// A text that may be a script.
struct VagrantScript {
    written: RubyText,
    certainty: Certainty,
    /// The word that ends a here-document.
    tag: String,
}

fn scripts(text: &str) -> Vec<VagrantScript> {
    let mut scripts = Vec::new();
    // Variables that are provisioned, and here-documents by the variable they are given to.
    let mut provisioned: Vec<String> = Vec::new();
    let mut stored: Vec<(String, VagrantScript)> = Vec::new();
    let mut unclosed = 0;
    let mut at = 0;
    while at < text.len() {
        let end = at + text[at..].find('\n').unwrap_or(text.len() - at);
        let line = at..end;
        at = end + 1;
        let trimmed = text[line.clone()].trim_start();
        if trimmed.starts_with('#') {
            continue;
        }
        let value = value_of_inline(text, &line);
        let variable = assigned(trimmed);
        let document = if unclosed < MOST_UNCLOSED { RubyHereDocument::opened(text, line.clone()) } else { None };
        unclosed += usize::from(document.is_none() && text[line.clone()].contains("<<"));
        match document {
            Some(document) => {
                at = document.behind;
                let script = VagrantScript { written: document.body, certainty: Certainty::Runs, tag: document.tag };
                match (value, variable) {
                    (None, Some(variable)) => stored.push((variable, script)),
                    (None, None) => scripts.push(VagrantScript { certainty: Certainty::Stored, ..script }),
                    (Some(_), _) => scripts.push(script),
                }
            }
            None => match value.map(|value| (value, RubyText::string(text, value..end))) {
                Some((_, Some(written))) => {
                    scripts.push(VagrantScript { written, certainty: Certainty::Runs, tag: String::new() });
                }
                Some((value, None)) => provisioned.extend(name(&text[value..end])),
                None => {}
            },
        }
    }
    scripts.extend(stored.into_iter().map(|(variable, script)| {
        let certainty = if provisioned.contains(&variable) { Certainty::Runs } else { Certainty::Stored };
        VagrantScript { certainty, ..script }
    }));
    scripts
}

/// Where the value of `inline` begins, or the text that `system` runs.
fn value_of_inline(text: &str, line: &Range<usize>) -> Option<usize> {
    let content = &text[line.clone()];
    for (word, signs) in [("inline", &[":", "=>", "="][..]), ("system", &["(", " "])] {
        let Some(found) = content.find(word) else { continue };
        let behind = content[found + word.len()..].trim_start_matches(['"', '\'']);
        let behind = if word == "inline" { behind.trim_start() } else { behind };
        if let Some(value) = signs.iter().find_map(|sign| behind.strip_prefix(sign)) {
            return Some(line.end - value.trim_start().len());
        }
    }
    None
}

/// The variable that a line gives a value.
fn assigned(line: &str) -> Option<String> {
    let (left, right) = line.split_once('=')?;
    if right.starts_with(['=', '>', '~']) {
        return None;
    }
    let name = name(left)?;
    (left.trim() == name).then_some(name)
}

/// The name that a text begins with.
fn name(text: &str) -> Option<String> {
    let is_name = |c: char| c.is_alphanumeric() || matches!(c, '_' | '$' | '@');
    let text = text.trim_start();
    let name = &text[..text.find(|c| !is_name(c)).unwrap_or(text.len())];
    (!name.is_empty()).then(|| name.to_owned())
}
