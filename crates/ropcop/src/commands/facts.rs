//! `ropcop facts`: what ropcop understood of one file.

use std::collections::BTreeSet;
use std::fs;

use ropcop_engine::{FileFacts, Rules};
use ropcop_syntax::{
    Arg, Call, CallKind, Certainty, Command, Facts, LineIndex, Origin, Part, Record, RecordKind, Source, Step, Value,
    Word, extract,
};

use crate::CLEAN;
use crate::cli::FactsArgs;
use crate::decode;
use crate::error::Error;
use crate::mask::{self, Secrets};
use crate::ruleset;
use crate::sanitize::sanitize;
use crate::terminal::Terminal;

/// Prints the facts of a file, without literal secrets.
pub(crate) fn run(args: &FactsArgs, terminal: &mut Terminal<'_, '_>) -> Result<u8, Error> {
    let path = args.file.to_string_lossy().replace('\\', "/");
    let bytes = fs::read(&args.file).map_err(|source| Error::Read { what: path.clone(), source })?;
    let (text, _) = decode::decode(&bytes).ok_or_else(|| Error::NotText(path.clone()))?;
    let source = Source::detect(&path, &text).ok_or_else(|| Error::NoLanguage(path.clone()))?;
    let facts = extract(&source, &|_| true);
    let rules = ruleset::load(&args.sources)?;
    let file = FileFacts { path: source.path, text: source.text, language: source.language, facts };
    let shown = render(&file);
    terminal.print(&masked(&shown, &file, &rules))?;
    Ok(CLEAN)
}

/// The rules know which arguments are secrets; their texts are hidden wherever they occur.
fn masked(shown: &str, file: &FileFacts, rules: &Rules) -> String {
    let mut secrets = Secrets::default();
    for span in rules.check_alone(file).iter().flat_map(|finding| &finding.secrets) {
        let span = mask::inside_quotes(&file.text, *span);
        secrets.add(file.text.get(span.start..span.end).unwrap_or_default());
    }
    let line = |line: &str| mask::apply(line, 0..line.len(), &mask::hidden(line, 0, &[], &secrets)) + "\n";
    // The first line is the name of the file.
    let (head, rest) = shown.split_once('\n').unwrap_or((shown, ""));
    std::iter::once(format!("{head}\n")).chain(rest.lines().map(line)).collect()
}

fn render(file: &FileFacts) -> String {
    let Facts { calls, commands, records, imports, shared_imports, syntax_errors, comments: _, host: _ } = &file.facts;
    let lines = LineIndex::new(&file.text);
    let at = |offset: usize| format!("{}:{}", lines.line(offset), lines.column(offset, &file.text));
    let mut out = format!("{}: {}\n", sanitize(&file.path), file.language.name());
    for (title, names) in [("imports", imports), ("imports for other files", shared_imports)] {
        let names: BTreeSet<&str> = names.iter().map(String::as_str).collect();
        if !names.is_empty() {
            let names: Vec<&str> = names.into_iter().collect();
            out.push_str(&format!("\n{title}: {}\n", sanitize(&names.join(", "))));
        }
    }
    if !calls.is_empty() {
        out.push_str("\ncalls:\n");
        calls.iter().for_each(|found| out.push_str(&call(found, &at(found.span.start))));
    }
    if !commands.is_empty() {
        out.push_str("\ncommands:\n");
        commands.iter().for_each(|found| out.push_str(&command(found, &at(found.span.start))));
    }
    if !records.is_empty() {
        out.push_str("\nrecords:\n");
        records.iter().for_each(|found| out.push_str(&record(found, &at(found.span.start))));
    }
    if calls.is_empty() && commands.is_empty() && records.is_empty() {
        out.push_str("\nno calls, no commands and no records\n");
    }
    for error in syntax_errors {
        out.push_str(&format!("\ncannot be parsed at {}\n", at(error.start)));
    }
    out
}

fn call(call: &Call, place: &str) -> String {
    let kind = match call.kind {
        CallKind::Call => "",
        CallKind::New => "new ",
        CallKind::Literal => "literal ",
        CallKind::Reference => "reference to ",
    };
    let args: Vec<String> = call.args.iter().map(arg).collect();
    let mut out = String::new();
    for (index, symbol) in call.symbols.iter().enumerate() {
        let head = if index == 0 { format!("  {place}  {kind}") } else { "        or ".to_owned() };
        let tail = if index == 0 { format!("({})", args.join(", ")) } else { String::new() };
        let origin = origin(symbol.origin);
        out.push_str(&format!("{head}{}{} [{origin}]\n", sanitize(&symbol.path), sanitize(&tail)));
    }
    for way in call.ways.iter().filter(|way| !way.steps.is_empty()) {
        let steps: Vec<String> = way.steps.iter().map(step).collect();
        let start = if way.open { "… " } else { "" };
        out.push_str(&format!("        by {}\n", sanitize(&format!("{start}{}", steps.join(" → ")))));
    }
    out
}

fn step(step: &Step) -> String {
    let args: Vec<String> = step.args.iter().map(arg).collect();
    // The way itself says what the last name is a member of.
    let name = step.symbol.path.trim_end_matches("()").rsplit('.').next().unwrap_or_default();
    format!("{name}({})", args.join(", "))
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

fn arg(arg: &Arg) -> String {
    let name = arg.name.as_ref().map_or_else(String::new, |name| format!("{name}="));
    format!("{name}{}", value(&arg.value))
}

fn value(found: &Value) -> String {
    match found {
        Value::Text(text) => format!("\"{}\"", parts(text)),
        Value::Number(number) => number.clone(),
        Value::Bool(truth) => truth.to_string(),
        Value::Null => "null".to_owned(),
        Value::List(values) => format!("[{}]", values.iter().map(value).collect::<Vec<_>>().join(", ")),
        Value::Map(entries) => {
            let entries: Vec<String> = entries.iter().map(|(key, found)| format!("{key}: {}", value(found))).collect();
            format!("{{{}}}", entries.join(", "))
        }
        Value::Symbol(symbols) => symbols.first().map_or_else(String::new, |symbol| symbol.path.clone()),
        Value::Dynamic { name: Some(name) } => format!("${{{name}}}"),
        Value::Dynamic { name: None } => "?".to_owned(),
    }
}

fn command(command: &Command, place: &str) -> String {
    let words: Vec<String> = command.words.iter().map(word).collect();
    let certainty = match command.certainty {
        Certainty::Runs => "runs",
        Certainty::Likely => "probably runs",
        Certainty::Stored => "stored text",
    };
    format!("  {place}  {} [{certainty}]\n", sanitize(&words.join(" ")))
}

fn record(record: &Record, place: &str) -> String {
    let kind = match record.kind {
        RecordKind::Environment => "environment",
        RecordKind::Mapping => "mapping",
        RecordKind::Text => "text",
        RecordKind::Versions => "versions",
    };
    let path = if record.path.is_empty() { String::new() } else { format!(" {}", record.path) };
    let fields: Vec<String> =
        record.fields.iter().map(|field| format!("{}: {}", field.key, value(&field.value))).collect();
    let mut out = format!("  {place}  {}\n", sanitize(&format!("{kind}{path} {{{}}}", fields.join(", "))));
    for address in &record.addresses {
        out.push_str(&format!("        to {}\n", sanitize(&value(address))));
    }
    out
}

/// A word; one that is not plain stands in quotes, one that may become several has `*` behind it.
fn word(word: &Word) -> String {
    let text = parts(&word.parts);
    let plain = !text.is_empty() && !text.contains(char::is_whitespace);
    let text = if plain { text } else { format!("\"{text}\"") };
    if word.splits { text + "*" } else { text }
}

fn parts(parts: &[Part]) -> String {
    let part = |part: &Part| match part {
        Part::Text(text) => text.clone(),
        Part::Variable(name) => format!("${{{name}}}"),
        Part::Output { command, variable: Some(name) } => format!("${{{name} of {command}}}"),
        Part::Output { command, variable: None } => format!("$({command})"),
        Part::Unknown => "?".to_owned(),
    };
    parts.iter().map(part).collect()
}
