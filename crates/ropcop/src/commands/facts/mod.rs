//! `ropcop facts`: what ropcop understood of one file. It is the page that the author of a rule opens first.

mod again;
mod cover;
mod expression;
mod name;
mod shown;
mod why;
mod word;

use std::collections::BTreeSet;
use std::fs;

use ropcop_engine::FileFacts;
use ropcop_syntax::{Certainty, LineIndex, Source, extract};

use crate::CLEAN;
use crate::cli::FactsArgs;
use crate::decode;
use crate::error::Error;
use crate::ruleset;
use crate::sanitize::sanitize;
use crate::terminal::Terminal;

use cover::Cover;

/// Prints the facts of a file, without literal secrets.
pub(crate) fn run(args: &FactsArgs, terminal: &mut Terminal<'_, '_>) -> Result<u8, Error> {
    let path = args.file.to_string_lossy().replace('\\', "/");
    let bytes = fs::read(&args.file).map_err(|source| Error::Read { what: path.clone(), source })?;
    let (text, _) = decode::decode(&bytes).ok_or_else(|| Error::NotText(path.clone()))?;
    let source = Source::detect(&path, &text).ok_or_else(|| Error::NoLanguage(path.clone()))?;
    let facts = extract(&source, &|_| true);
    let rules = ruleset::load(&args.sources)?;
    let file = FileFacts { path: source.path, text: source.text, language: source.language, facts };
    // The rules know which arguments are secrets.
    let secrets: Vec<_> = rules.check_alone(&file).into_iter().flat_map(|finding| finding.secrets).collect();
    let cover = Cover::new(&file, &secrets);
    let page = page(&file, &cover) + &why::section(&rules, &file, &args.why, &cover)?;
    terminal.print(&page)?;
    Ok(CLEAN)
}

fn page(file: &FileFacts, cover: &Cover<'_>) -> String {
    let lines = LineIndex::new(&file.text);
    let at = |offset: usize| format!("{}:{}", lines.line(offset), lines.column(offset, &file.text));
    let facts = &file.facts;
    let host = facts.host.map_or_else(String::new, |host| format!(", for {}", host.name()));
    let mut out = format!("{}: {}{host}\n", sanitize(&file.path), file.language.name());
    for (title, names) in [("imports", &facts.imports), ("imports for other files", &facts.shared_imports)] {
        let names: BTreeSet<&str> = names.iter().map(String::as_str).collect();
        if !names.is_empty() {
            let names: Vec<&str> = names.into_iter().collect();
            out.push_str(&format!("\n{title}: {}\n", sanitize(&names.join(", "))));
        }
    }
    let guests = facts.guests.iter().map(|guest| {
        let end = at(guest.span.end);
        format!("  {}  {} up to {end} [{}]\n", at(guest.span.start), guest.language, certainty(guest.certainty))
    });
    let calls = facts.calls.iter().map(|call| shown::call(call, &at(call.span.start), cover));
    let commands = facts.commands.iter().map(|command| shown::command(command, &at(command.span.start), cover));
    let records = facts.records.iter().map(|record| shown::record(record, &at(record.span.start), cover));
    section(&mut out, "guests", guests);
    section(&mut out, "calls", calls);
    section(&mut out, "commands", commands);
    section(&mut out, "records", records);
    if facts.calls.is_empty() && facts.commands.is_empty() && facts.records.is_empty() {
        out.push_str("\nno calls, no commands and no records\n");
    }
    for error in &facts.syntax_errors {
        out.push_str(&format!("\ncannot be parsed at {}\n", at(error.start)));
    }
    for omission in &facts.omissions {
        out.push_str(&format!("\n{} at {}\n", omission.why, at(omission.span.start)));
    }
    out
}

/// Lines below a title, if there are any.
fn section(out: &mut String, title: &str, lines: impl Iterator<Item = String>) {
    let lines: String = lines.collect();
    if !lines.is_empty() {
        out.push_str(&format!("\n{title}:\n{lines}"));
    }
}

fn certainty(certainty: Certainty) -> &'static str {
    match certainty {
        Certainty::Runs => "runs",
        Certainty::Likely => "probably runs",
        Certainty::Stored => "stored text",
    }
}
