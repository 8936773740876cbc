//! Versions to which commands hold what they install.

mod module;
mod specifier;
mod table;

use std::collections::HashMap;

use super::requirement::{self, UNKNOWN};
use super::{Around, is_wanted};
use crate::guest::Reading;
use crate::{Certainty, Command, Field, Part, Record, RecordKind, Span, Value, Word};

use table::Form;

/// More variables are not looked up in one file.
const MOST_NAMES: usize = 20;

/// The versions in all commands of a file, one record a command.
pub(crate) fn records(commands: &[Command], text: &str, reading: &Reading<'_>) -> Vec<Record> {
    let mut file = File { text, known: HashMap::new() };
    let mut found = Vec::new();
    for command in commands.iter().filter(|command| command.certainty != Certainty::Stored) {
        let words = plain(&command.words, text);
        let Some((form, from)) = table::form(&words) else { continue };
        let held = match form {
            Form::Module(version) => module::held(&words[from..], version),
            _ => specifier::held(form, &words[from..]),
        };
        let held = held.into_iter().filter(|held| reading.wants(&held.name));
        let fields: Vec<Field> = held.filter_map(|held| file.field(held, form)).collect();
        let around = Around { statement: command.span, function: Span::new(0, text.len()) };
        let record = super::command::record(fields, around, RecordKind::Versions);
        found.extend(record.filter(|record| is_wanted(record, reading)));
    }
    found
}

/// A word with a character for each part that is not known.
#[derive(Debug)]
struct Plain<'w> {
    word: &'w Word,
    text: String,
    /// The word in the file.
    written: &'w str,
}

fn plain<'w>(words: &'w [Word], text: &'w str) -> Vec<Plain<'w>> {
    let part = |part: &Part| part.text().map_or(UNKNOWN.to_string(), str::to_owned);
    let plain = |word: &'w Word| Plain {
        word,
        text: word.parts.iter().map(part).collect(),
        written: text.get(word.span.start..word.span.end).unwrap_or_default(),
    };
    words.iter().map(plain).collect()
}

impl Plain<'_> {
    /// The place of a part of the text: that of the word, where the part does not stand in it as it is.
    fn span(&self, start: usize, end: usize) -> Span {
        let part = &self.text[start..end];
        let found = self.written.find(part).filter(|_| !part.is_empty()).map(|at| self.word.span.start + at);
        found.map_or(self.word.span, |at| Span::new(at, at + part.len()))
    }

    /// A part of the text as the version of another.
    fn version(&self, start: usize, end: usize) -> Version {
        let version = &self.text[start..end];
        let variable = self.word.parts.iter().find_map(|part| match part {
            Part::Variable(name) => Some(name.clone()),
            _ => None,
        });
        let known = (!version.contains(UNKNOWN)).then(|| version.to_owned());
        Version { known, variable, span: self.span(start, end) }
    }
}

/// A version as it is written.
#[derive(Clone, Debug)]
struct Version {
    known: Option<String>,
    /// The variable that it comes from.
    variable: Option<String>,
    span: Span,
}

/// A name that is held to a version.
#[derive(Debug)]
struct HeldName {
    name: String,
    span: Span,
    version: Version,
    /// What stands between the two, if it makes a difference.
    operator: &'static str,
}

/// The file, for variables that hold versions.
struct File<'t> {
    text: &'t str,
    known: HashMap<String, Option<String>>,
}

impl File<'_> {
    fn field(&mut self, held: HeldName, form: Form) -> Option<Field> {
        let known = match (held.version.known, held.version.variable) {
            (Some(known), _) => Some(known),
            (None, Some(name)) => self.value(&name),
            (None, None) => None,
        };
        let version = if form == Form::Tag { known? } else { bare(&known?)? };
        // What a variable holds is known only now.
        if !requirement::is_bound(held.operator, version.trim_end_matches(".*"), version.ends_with(".*")) {
            return None;
        }
        let value = Value::Text(vec![Part::Text(version)]);
        Some(Field { key: held.name, value, key_span: held.span, span: held.version.span })
    }

    /// The one version that is given to a variable anywhere in the file, in whatever language.
    fn value(&mut self, name: &str) -> Option<String> {
        if let Some(known) = self.known.get(name) {
            return known.clone();
        }
        let mut found: Option<String> = None;
        if self.known.len() < MOST_NAMES && name.len() > 1 {
            for (at, _) in self.text.match_indices(name) {
                let before = self.text[..at].chars().next_back();
                let is_whole = before.is_none_or(|c| !(c.is_alphanumeric() || c == '_'));
                let Some(value) = assigned(&self.text[at + name.len()..]).filter(|_| is_whole) else { continue };
                if found.as_ref().is_some_and(|found| *found != value) {
                    found = None;
                    break;
                }
                found = Some(value);
            }
        }
        self.known.insert(name.to_owned(), found.clone());
        found
    }
}

/// The version that stands behind the name of a variable: `=1.2`, `: "1.2"`, ` := 1.2`, `:-1.2}`.
fn assigned(rest: &str) -> Option<String> {
    let line = rest.lines().next().unwrap_or_default();
    let line = line.trim_start_matches(['"', '\'', ' ']);
    let signs = line.len() - line.trim_start_matches([':', '=', '?', '-']).len();
    let value = line[signs..].trim_start().trim_start_matches(['"', '\'']);
    let end = value.find(|c: char| c.is_whitespace() || "\"'`;,}&|)".contains(c)).unwrap_or(value.len());
    let is_version = value.trim_start_matches('v').starts_with(|c: char| c.is_ascii_digit());
    (signs > 0 && is_version).then(|| value[..end].to_owned())
}

/// A version without what packagers add to it: epoch, revision, the name of a system.
fn bare(version: &str) -> Option<String> {
    let version = version.trim();
    let version = version.split_once(':').map_or(version, |(_, version)| version);
    let version = version.trim_start_matches(['v', 'V']);
    let is_part = |c: char| c.is_ascii_alphanumeric() || matches!(c, '.' | '*');
    let end = version.find(|c| !is_part(c)).unwrap_or(version.len());
    let version = version[..end].trim_end_matches('.');
    version.starts_with(|c: char| c.is_ascii_digit()).then(|| version.to_owned())
}
