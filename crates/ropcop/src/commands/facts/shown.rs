//! Facts as lines, with `…` for what is not to be seen.

use ropcop_syntax::{Call, CallKind, Command, Origin, Record, RecordKind};

use crate::sanitize::sanitize;

use super::certainty;
use super::cover::Cover;

pub(super) fn call(call: &Call, place: &str, cover: &Cover<'_>) -> String {
    let kind = match call.kind {
        CallKind::Call => "",
        CallKind::New => "new ",
        CallKind::Literal => "literal ",
        CallKind::Reference => "reference to ",
    };
    let args = cover.args(call);
    let mut out = String::new();
    for (index, symbol) in call.symbols.iter().enumerate() {
        let head = if index == 0 { format!("  {place}  {kind}") } else { "        or ".to_owned() };
        let tail = if index == 0 { format!("({})", args.join(", ")) } else { String::new() };
        let origin = origin(symbol.origin);
        out.push_str(&format!("{head}{}{} [{origin}]\n", sanitize(&symbol.path), sanitize(&tail)));
    }
    for way in call.ways.iter().filter(|way| !way.steps.is_empty()) {
        let steps: Vec<&str> = way.steps.iter().map(|step| step.symbol.path.as_str()).collect();
        let start = if way.open { "… " } else { "" };
        out.push_str(&format!("        by {}\n", sanitize(&format!("{start}{}", steps.join(" → ")))));
    }
    out
}

fn origin(origin: Origin) -> &'static str {
    match origin {
        Origin::Import => "imported",
        Origin::Wildcard => "perhaps imported",
        Origin::Relative => "from this repository",
        Origin::Own => "from this file",
        Origin::Unknown => "of unknown origin",
    }
}

/// A word that is not plain stands in quotes, one that may become several has `*` behind it.
pub(super) fn command(command: &Command, place: &str, cover: &Cover<'_>) -> String {
    let word = |(text, splits): (String, bool)| {
        let plain = !text.is_empty() && !text.contains(char::is_whitespace);
        let text = if plain { text } else { format!("\"{text}\"") };
        if splits { text + "*" } else { text }
    };
    let splits = command.words.iter().map(|word| word.splits);
    let words: Vec<String> = cover.words(command).into_iter().zip(splits).map(word).collect();
    format!("  {place}  {} [{}]\n", sanitize(&words.join(" ")), certainty(command.certainty))
}

pub(super) fn record(record: &Record, place: &str, cover: &Cover<'_>) -> String {
    let kind = kind(record.kind);
    let path = if record.path.is_empty() { String::new() } else { format!(" {}", record.path) };
    format!("  {place}  {}\n", sanitize(&format!("{kind}{path} {{{}}}", cover.fields(record).join(", "))))
}

/// The name of a kind of record.
pub(super) fn kind(kind: RecordKind) -> &'static str {
    match kind {
        RecordKind::Environment => "environment",
        RecordKind::Mapping => "mapping",
        RecordKind::Text => "text",
        RecordKind::Versions => "versions",
    }
}
