//! Commands as lines: the words with blanks between, `$NAME` for a variable, `?` for something unknown, `…` behind a
//! word that may be several, `(likely)`, `(stored)` and `(branch)` at the end; then `@` and the text of the span.

use ropcop_syntax::{Certainty, Command, Part, Source, Word, extract};

fn word(word: &Word) -> String {
    let part = |part: &Part| match part {
        Part::Text(text) => text.clone(),
        Part::Variable(name) => format!("${name}"),
        Part::Output { .. } | Part::Unknown => "?".to_owned(),
    };
    let text: String = word.parts.iter().map(part).collect();
    let text = if text.is_empty() || text.contains(' ') { format!("'{text}'") } else { text };
    format!("{text}{}", if word.splits { "…" } else { "" })
}

fn line(command: &Command, text: &str) -> String {
    let mut line = command.words.iter().map(word).collect::<Vec<_>>().join(" ");
    line.push_str(match command.certainty {
        Certainty::Runs => "",
        Certainty::Likely => " (likely)",
        Certainty::Stored => " (stored)",
    });
    if command.in_branch {
        line.push_str(" (branch)");
    }
    let span = text.get(command.span.start..command.span.end).unwrap_or("no text of the file");
    format!("{line} @ {span}")
}

/// The commands of a file in which `tool` stands, with their places.
pub(crate) fn placed(path: &str, text: &str) -> Vec<String> {
    let source = Source::detect(path, text).unwrap();
    let facts = extract(&source, &|_| true);
    let lines = facts.commands.iter().map(|command| line(command, text));
    lines.filter(|line| line.split(" @ ").next().unwrap_or_default().contains("tool")).collect()
}

/// The same without their places.
pub(crate) fn tools(path: &str, text: &str) -> Vec<String> {
    let without_place = |line: String| line.split(" @ ").next().unwrap_or_default().to_owned();
    placed(path, text).into_iter().map(without_place).collect()
}

/// Checks the commands of a file, and that they stand where `tool` is written.
#[track_caller]
pub(crate) fn check(path: &str, text: &str, wanted: &[&str]) {
    assert_eq!(tools(path, text), wanted, "in:\n{text}");
}

/// Checks the text of the file at the commands.
#[track_caller]
#[allow(dead_code)]
pub(crate) fn check_places(path: &str, text: &str, wanted: &[&str]) {
    let places: Vec<String> =
        placed(path, text).iter().map(|line| line.split_once(" @ ").unwrap_or_default().1.to_owned()).collect();
    assert_eq!(places, wanted, "in:\n{text}");
}
