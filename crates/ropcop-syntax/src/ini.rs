//! INI files that hold commands: `tox.ini`.

use crate::guest::{self, Guest};
use crate::template::Template;
use crate::{Certainty, Facts, Language, Source, placeholder};

/// Keys whose values are commands, one a line.
const COMMANDS: &[&str] = &["commands", "commands_pre", "commands_post"];

/// Reads a file.
pub(crate) fn facts(source: &Source, keep: &dyn Fn(&str) -> bool) -> Facts {
    let mut facts = Facts::default();
    let mut run = |code: Template| {
        let code = placeholder::punched(&code, "{", "}", |inner| Some(substituted(inner)));
        facts.absorb(guest::facts(&Guest { language: Language::Shell, code, certainty: Certainty::Runs }, keep));
    };
    let mut in_commands = false;
    let mut command = Template::default();
    let mut at = 0;
    for whole in source.text.split_inclusive('\n') {
        let start = at;
        at += whole.len();
        let line = whole.trim_end();
        if line.trim().is_empty() || line.trim_start().starts_with(['#', ';']) {
            continue;
        }
        let mut from = start + (line.len() - line.trim_start().len());
        if !line.starts_with([' ', '\t']) {
            // A section or a key.
            let (key, value) = line.split_once('=').unwrap_or((line, ""));
            in_commands = !line.starts_with('[') && COMMANDS.contains(&key.trim());
            from = start + line.len() - value.trim_start().len();
        }
        if !in_commands || from >= start + line.len() {
            continue;
        }
        let end = start + line.len();
        if command.text.text.is_empty() {
            from += condition(&source.text[from..end]);
        }
        command.text.push(&source.text[from..end], from);
        command.text.push("\n", end);
        if !line.ends_with('\\') {
            run(std::mem::take(&mut command));
        }
    }
    run(command);
    facts.settle();
    facts
}

/// The length of what says when a command runs, and of signs before it: `py38,lint: - command`.
fn condition(line: &str) -> usize {
    let is_factor = |c: char| c.is_alphanumeric() || matches!(c, ',' | '!' | '-' | '.' | '_' | '{' | '}');
    let behind = line.split_once(": ").filter(|(factors, _)| !factors.is_empty() && factors.chars().all(is_factor));
    let command = behind.map_or(line, |(_, command)| command);
    line.len() - command.trim_start_matches(['-', '!', '@', ' ', '\t']).len()
}

/// The name in `{env:NAME:default}`, `{posargs:…}`, `{[section]key}`, `{envpython}`.
fn substituted(inner: &str) -> Option<String> {
    let name = match inner.strip_prefix("env:") {
        Some(variable) => variable.split(':').next()?,
        None => inner.split(':').next()?.rsplit(']').next()?,
    };
    (!name.is_empty()).then(|| name.to_owned())
}
