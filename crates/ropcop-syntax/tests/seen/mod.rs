//! How the tests of hosts show what was found. A command is written as its words with blanks between: `$NAME` is a
//! variable or hole, `?` something unknown, `…` behind a word means that it may be several, `(likely)` and `(stored)`
//! how sure it is.

use ropcop_syntax::{Certainty, Command, Facts, Part, Source, Word, extract};

pub(crate) fn facts(path: &str, text: &str) -> Facts {
    extract(&Source::detect(path, text).unwrap(), &|_| true)
}

fn shown(command: &Command) -> String {
    let part = |part: &Part| match part {
        Part::Text(text) => text.clone(),
        Part::Variable(name) => format!("${name}"),
        Part::Output { .. } | Part::Unknown => "?".to_owned(),
    };
    let word = |word: &Word| {
        let text: String = word.parts.iter().map(part).collect();
        let text = if text.is_empty() || text.contains(' ') { format!("'{text}'") } else { text };
        format!("{text}{}", if word.splits { "…" } else { "" })
    };
    let line = command.words.iter().map(word).collect::<Vec<_>>().join(" ");
    let certainty = match command.certainty {
        Certainty::Runs => "",
        Certainty::Likely => " (likely)",
        Certainty::Stored => " (stored)",
    };
    format!("{line}{certainty}")
}

/// The commands of a file whose program, or one of whose words, is `tool`, each with the text at its span.
pub(crate) fn tools<'t>(path: &str, text: &'t str) -> Vec<(String, &'t str)> {
    let commands = facts(path, text).commands;
    let found =
        commands.iter().filter(|command| command.words.iter().any(|word| word.text().as_deref() == Some("tool")));
    found.map(|command| (shown(command), &text[command.span.start..command.span.end])).collect()
}

#[track_caller]
pub(crate) fn check(path: &str, text: &str, wanted: &[(&str, &str)]) {
    let found = tools(path, text);
    let found: Vec<(&str, &str)> = found.iter().map(|(shown, span)| (shown.as_str(), *span)).collect();
    assert_eq!(found, wanted, "in:\n{text}");
}
