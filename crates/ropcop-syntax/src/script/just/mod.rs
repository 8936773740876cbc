//! Justfiles: recipes and what stands in backquotes.

mod record;

use std::ops::Range;

use crate::guest::Guest;
use crate::guest::Reading;
use crate::text::placeholder::Mark;
use crate::text::punch::punched;
use crate::text::template::Template;
use crate::{Certainty, Facts, Language, Source};

/// Reads a file.
pub(crate) fn facts(source: &Source, reading: &Reading<'_>) -> Facts {
    let text = &source.text;
    let mut lines = JustfileLines { text, at: 0 };
    let mut exports = record::JustExports::default();
    let mut language = Language::Shell;
    let mut facts = Facts::default();
    let mut run = |language: Language, code: &Template| {
        let code = punched(code, &[Mark::Recipe]);
        facts.absorb(reading.guest(&Guest { language, code, certainty: Certainty::Runs }));
    };
    while let Some(range) = lines.next() {
        let line = &text[range.clone()];
        if line.starts_with([' ', '\t', '#', '[']) {
            continue;
        }
        if let Some((name, value)) = line.split_once(":=") {
            exports.line(text, range.clone(), reading);
            if name.split_whitespace().eq(["set", "shell"]) {
                let program = value.split(['"', '\'']).nth(1).unwrap_or_default();
                language = Language::of_program(program).unwrap_or(Language::Shell);
            } else if let Some(code) = backquoted(text, range.end - value.len(), &mut lines) {
                run(language, &code);
            }
        } else if line.contains(':') {
            let body = lines.body();
            let script = dedented(text, &body);
            if script.text.text.starts_with("#!") {
                // A script of a language that is not read is nothing.
                if let Some(language) = Language::detect("", &script.text.text) {
                    run(language, &script);
                }
                continue;
            }
            commands(text, &body).iter().for_each(|code| run(language, code));
        }
    }
    facts.records.extend(exports.finish(text, reading));
    facts.settle();
    facts
}

struct JustfileLines<'t> {
    text: &'t str,
    at: usize,
}

impl JustfileLines<'_> {
    /// The next line, without its end.
    fn next(&mut self) -> Option<Range<usize>> {
        let rest = self.text.get(self.at..).filter(|rest| !rest.is_empty())?;
        let length = rest.find('\n').unwrap_or(rest.len());
        let start = self.at;
        self.at = (start + length + 1).min(self.text.len());
        Some(start..start + rest[..length].trim_end_matches('\r').len())
    }

    /// The lines of a recipe.
    fn body(&mut self) -> Vec<Range<usize>> {
        let mut body = Vec::new();
        loop {
            let before = self.at;
            let Some(range) = self.next() else { return body };
            let line = &self.text[range.clone()];
            if !line.starts_with([' ', '\t']) && !line.trim().is_empty() {
                self.at = before;
                return body;
            }
            body.push(range);
        }
    }
}

fn margin(line: &str) -> usize {
    line.len() - line.trim_start_matches([' ', '\t']).len()
}

/// A recipe that is one script: without the blanks that its first line begins with.
fn dedented(text: &str, body: &[Range<usize>]) -> Template {
    let first = body.iter().map(|range| &text[range.clone()]).find(|line| !line.trim().is_empty());
    let skip = first.map_or(0, margin);
    let mut script = Template::default();
    for range in body {
        let start = range.start + margin(&text[range.clone()]).min(skip);
        script.text.push(&text[start..range.end], start);
        script.text.push("\n", range.end);
    }
    script
}

/// The lines of a recipe that is not one script, each with those that continue it.
fn commands(text: &str, body: &[Range<usize>]) -> Vec<Template> {
    let mut commands = Vec::new();
    let mut command = Template::default();
    for range in body {
        let line = &text[range.clone()];
        let is_first = command.text.text.is_empty();
        let sigils = |c: char| matches!(c, '@' | '-' | ' ' | '\t');
        let start = if is_first { range.end - line.trim_start_matches(sigils).len() } else { range.start };
        command.text.push(&text[start..range.end], start);
        command.text.push("\n", range.end);
        if !line.ends_with('\\') {
            commands.push(std::mem::take(&mut command));
        }
    }
    commands.push(command);
    commands
}

/// What stands in backquotes in a value; three of them hold several lines.
fn backquoted(text: &str, from: usize, lines: &mut JustfileLines<'_>) -> Option<Template> {
    let line_end = from + text[from..].find('\n').unwrap_or(text.len() - from);
    let value = text[from..line_end].trim_start();
    // Not in a string.
    let quote = value.find(['`', '"', '\'']).filter(|at| value[*at..].starts_with('`'))?;
    let mark = if value[quote..].starts_with("```") { "```" } else { "`" };
    let start = line_end - value.len() + quote + mark.len();
    let limit = if mark.len() == 1 { line_end } else { text.len() };
    let end = start + text[start..limit].find(mark)?;
    lines.at = lines.at.max(end);
    Some(Template::verbatim(&text[start..end], start))
}
