//! Records in the words of a command: what it sends, and the variables that it sets for others.

use super::assignment::{self, MOST_FIELDS};
use super::{Around, address, is_wanted, span_of, text};
use crate::guest::Reading;
use crate::text::template::Template;
use crate::{Field, Record, RecordKind};

/// Longer words are data, in bytes.
const LONGEST: usize = 20_000;
/// Options whose value sets a variable.
const OPTIONS: &[&str] = &["-e", "--env", "--build-arg", "--from-literal", "--env-var", "--setenv"];
/// Programs whose options of that kind may name a variable alone: its value is that of the caller.
const CONTAINERS: &[&str] = &["docker", "podman", "nerdctl", "docker-compose", "podman-compose", "buildah"];

/// The texts that the words of a command hold: parts of forms are one record together, a connection string is one alone.
pub(crate) fn texts(words: &[Template], around: Around, reading: &Reading<'_>) -> Vec<Record> {
    let mut form = Vec::new();
    let mut found = Vec::new();
    for word in words {
        let written = &word.text.text;
        if written.len() > LONGEST || !written.contains('=') {
            continue;
        }
        let start = start(written);
        let text = if start == 0 { word.clone() } else { word.part(start..written.len()) };
        let fields = text::fields(&text);
        if fields.len() > 1 && written.contains(';') {
            found.extend(record(fields, around, RecordKind::Text));
        } else if form.len() < MOST_FIELDS {
            form.extend(fields);
        }
    }
    found.extend(record(form, around, RecordKind::Text));
    found.retain(|record| is_wanted(record, reading));
    let addresses = if found.is_empty() { Vec::new() } else { address::of_words(words) };
    found.iter_mut().for_each(|record| record.addresses.clone_from(&addresses));
    found
}

/// Where the text begins that a word holds: behind `-d`, `--data=` and `NAME=`, if pairs follow.
fn start(word: &str) -> usize {
    let Some(sign) = word.find('=') else { return 0 };
    let (before, rest) = (&word[..sign], &word[sign + 1..]);
    if before.starts_with("--") {
        return sign + 1;
    }
    if word.starts_with('-') && before[1..].starts_with(|c: char| c.is_ascii_alphabetic()) {
        return 2;
    }
    // A variable that holds a connection string.
    let is_pairs = rest.contains(';') && rest.contains('=');
    if is_pairs && assignment::is_variable(before) { sign + 1 } else { 0 }
}

/// A record of fields, if there are any.
pub(crate) fn record(mut fields: Vec<Field>, around: Around, kind: RecordKind) -> Option<Record> {
    fields.truncate(MOST_FIELDS);
    let span = span_of(&fields)?;
    Some(Record { kind, fields, span, ..around.record() })
}

/// The same, if it matters to anybody.
pub(crate) fn wanted(fields: Vec<Field>, around: Around, kind: RecordKind, reading: &Reading<'_>) -> Option<Record> {
    record(fields, around, kind).filter(|record| is_wanted(record, reading))
}

/// What the words of a command set for something else and what they send, with the input that it gets.
pub(crate) fn records(
    mut words: Vec<Template>,
    input: Option<Template>,
    around: Around,
    reading: &Reading<'_>,
) -> Vec<Record> {
    let mut fields = Vec::new();
    for (index, field) in variables(&words) {
        // What sets a variable is no part of a form, but it may hold a connection string.
        if !words[index].text.text.contains(';') {
            words[index] = Template::default();
        }
        fields.push(field);
    }
    words.extend(input);
    wanted(fields, around, RecordKind::Environment, reading).into_iter().chain(texts(&words, around, reading)).collect()
}

/// The variables that a command sets for something that it starts or configures, with the words that say so: those of
/// options that are known for it, and words `NAME=value` if there are several.
pub(crate) fn variables(words: &[Template]) -> Vec<(usize, Field)> {
    let mut by_option = Vec::new();
    let mut by_word = Vec::new();
    let program = words.first().map(|word| word.text.text.as_str()).unwrap_or_default();
    let program = program.rsplit('/').next().unwrap_or_default();
    let mut before = "";
    for (index, word) in words.iter().enumerate().skip(1).take(MOST_FIELDS * 2) {
        let written = word.text.text.as_str();
        let is_value = OPTIONS.contains(&std::mem::replace(&mut before, written));
        let start = if is_value { Some(0) } else { joined(written) };
        let Some(start) = start else {
            let found = assignment::assignment(word, 0..written.len(), assignment::is_variable);
            by_word.extend(found.map(|field| (index, field)));
            continue;
        };
        let named = || is_value && CONTAINERS.contains(&program) && assignment::is_variable(written);
        let found = assignment::assignment(word, start..written.len(), assignment::is_name);
        let found = found.or_else(|| named().then(|| assignment::inherited(word, 0..written.len())));
        by_option.extend(found.map(|field| (index, field)));
    }
    if by_word.len() > 1 {
        by_option.extend(by_word);
        by_option.sort_by_key(|(index, _)| *index);
    }
    by_option
}

/// Where the value of an option begins that stands in the same word: `--env=A=b`, `-eA=b`.
fn joined(word: &str) -> Option<usize> {
    let behind = |option: &&str| {
        let rest = word.strip_prefix(*option)?;
        let rest = if option.starts_with("--") { rest.strip_prefix('=')? } else { rest };
        (!rest.is_empty()).then_some(word.len() - rest.len())
    };
    OPTIONS.iter().find_map(behind)
}

/// The variables at the start of `env A=b program` and `sudo A=b program`.
pub(crate) fn leading(words: &[Template]) -> Vec<Field> {
    let behind = words.iter().skip(1).skip_while(|word| !word.text.text.contains('=') && !word.text.text.is_empty());
    let assignment = |word: &Template| {
        assignment::assignment(word, 0..word.text.text.len(), |name| assignment::is_name(name) && !name.contains('-'))
    };
    behind.map_while(assignment).take(MOST_FIELDS).collect()
}
