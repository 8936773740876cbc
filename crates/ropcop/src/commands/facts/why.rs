//! What became of rules: which match was tried on which fact, and the first condition that failed.

use std::collections::BTreeMap;

use ropcop_engine::{Fact, FileFacts, Rules, Tried};
use ropcop_syntax::{LineIndex, Span};

use crate::error::Error;
use crate::ruleset::{ALL, unknown};
use crate::sanitize::sanitize;

use super::cover::Cover;

/// The section about the rules with these names; nothing if there are none.
pub(super) fn section(rules: &Rules, file: &FileFacts, names: &[String], cover: &Cover<'_>) -> Result<String, Error> {
    if names.is_empty() {
        return Ok(String::new());
    }
    if let Some(name) = names.iter().find(|name| *name != ALL && !rules.names().any(|known| known == *name)) {
        return Err(unknown(name, rules.names()));
    }
    let is_named = |rule: &str| names.iter().any(|name| name == rule);
    let all = is_named(ALL);
    let mut by_fact: BTreeMap<Option<Fact>, Vec<String>> = BTreeMap::new();
    for tried in rules.explain(file, &|rule| all || is_named(rule)) {
        // That most rules look for other things goes without saying.
        if tried.fact.is_none() && !is_named(&tried.rule) {
            continue;
        }
        let line = line(&tried, cover);
        let lines = by_fact.entry(tried.fact).or_default();
        // Alternatives often fail for the same reason.
        if !lines.contains(&line) {
            lines.push(line);
        }
    }
    let mut out = String::from("\ntried:\n");
    if by_fact.is_empty() {
        out.push_str("  no rule looks for anything like these facts\n");
    }
    let without = by_fact.remove(&None);
    let mut at: Vec<(Span, String, Vec<String>)> =
        by_fact.into_iter().filter_map(|(fact, lines)| fact.map(|fact| place(file, fact, cover, lines))).collect();
    at.sort_by_key(|(span, ..)| *span);
    let lines = LineIndex::new(&file.text);
    for (span, name, tried) in at {
        let place = format!("{}:{}", lines.line(span.start), lines.column(span.start, &file.text));
        out.push_str(&format!("  {place}  {}\n{}", sanitize(&name), tried.concat()));
    }
    if let Some(tried) = without {
        out.push_str(&format!("  on no fact\n{}", tried.concat()));
    }
    Ok(out)
}

fn line(tried: &Tried, cover: &Cover<'_>) -> String {
    let why = cover.text(&tried.why);
    let says = match tried.matches {
        Some(confidence) if why.is_empty() => format!("matches with {} confidence", confidence.name()),
        Some(confidence) => format!("matches with {} confidence; {why}", confidence.name()),
        None => why,
    };
    format!("    {}, line {}: {}\n", sanitize(&tried.rule), tried.line, sanitize(&says))
}

/// Where a fact stands, and a name for it.
fn place(file: &FileFacts, fact: Fact, cover: &Cover<'_>, lines: Vec<String>) -> (Span, String, Vec<String>) {
    let facts = &file.facts;
    let (span, name) = match fact {
        Fact::Call(index) => {
            let call = &facts.calls[index];
            (call.span, format!("call of {}", call.symbols[0].path))
        }
        Fact::Command(index) => {
            let command = &facts.commands[index];
            let words = cover.words(command);
            let shown = words[..words.len().min(3)].join(" ");
            (command.span, format!("command {shown}{}", if words.len() > 3 { " …" } else { "" }))
        }
        Fact::Record(index) => {
            let record = &facts.records[index];
            let keys: Vec<&str> = record.fields.iter().map(|field| field.key.as_str()).take(3).collect();
            let more = if record.fields.len() > 3 { ", …" } else { "" };
            (record.span, format!("{} of {}{more}", super::shown::kind(record.kind), keys.join(", ")))
        }
    };
    (span, name, lines)
}
