//! INI files: sections of settings, and the commands, variables and requirements in those of `tox.ini`.

mod line;

use crate::guest::Guest;
use crate::guest::Reading;
use crate::record::Around;
use crate::record::found::Found;
use crate::settings::requirements;
use crate::text::placeholder::Mark;
use crate::text::punch::punched;
use crate::text::template::Template;
use crate::{Certainty, Facts, Field, Language, RecordKind, Source, Span};

use line::{IniLine, Setting};

/// Keys whose values are commands, one a line.
const COMMANDS: &[&str] = &["commands", "commands_pre", "commands_post"];

/// Keys whose values are variables of a process, one a line.
const VARIABLES: &[&str] = &["setenv", "set_env", "env", "environment"];

/// Keys whose values are requirements, one a line.
const REQUIREMENTS: &[&str] = &["deps", "install_requires", "setup_requires", "tests_require", "requires"];

/// Reads a file.
pub(crate) fn facts(source: &Source, reading: &Reading<'_>) -> Facts {
    let text = &source.text;
    let mut reader = IniRecords { found: Found::new(text, reading), reading, text, commands: Facts::default() };
    let runs_tests = source.path.rsplit(['/', '\\']).next().is_some_and(|file| file.starts_with("tox."));
    for section in line::sections(text) {
        let may_run = runs_tests || section.name.starts_with("testenv");
        let span = section.span(text);
        let around = Around { statement: span, function: span };
        let mut fields = Vec::new();
        for setting in &section.settings {
            let key = &text[setting.key.clone()];
            if COMMANDS.contains(&key) && may_run {
                reader.commands(setting);
            } else if VARIABLES.contains(&key) && !setting.more.is_empty() {
                reader.variables(setting, around);
            } else if REQUIREMENTS.contains(&key) || section.name == "options.extras_require" {
                reader.requirements(setting, around);
            } else {
                fields.push(reader.field(setting, around));
            }
        }
        reader.found.add(RecordKind::Mapping, section.name, fields, around);
    }
    reader.found.facts.absorb(reader.commands);
    reader.found.finish()
}

struct IniRecords<'t> {
    found: Found<'t>,
    reading: &'t Reading<'t>,
    text: &'t str,
    commands: Facts,
}

impl IniRecords<'_> {
    fn commands(&mut self, setting: &Setting) {
        let mut command = Template::default();
        for IniLine { start, end } in setting.lines() {
            let skipped = if command.text.text.is_empty() { condition(&self.text[start..end]) } else { 0 };
            command.text.push(&self.text[start + skipped..end], start + skipped);
            command.text.push("\n", end);
            if !self.text[start..end].ends_with('\\') {
                self.run(std::mem::take(&mut command));
            }
        }
        self.run(command);
    }

    fn run(&mut self, code: Template) {
        let code = punched(&code, &[Mark::Tox]);
        let guest = Guest { language: Language::Shell, code, certainty: Certainty::Runs };
        self.commands.absorb(self.reading.guest(&guest));
    }

    fn variables(&mut self, setting: &Setting, around: Around) {
        let mut fields = Vec::new();
        for IniLine { start, end } in setting.lines() {
            // `py38: A = b` holds where that is tested, `D:A=b` sets a default.
            let start = start + condition(&self.text[start..end]);
            let start = start + if self.text[start..end].starts_with("D:") { 2 } else { 0 };
            let line = IniLine { start, end };
            let Some(inner) = line::setting(self.text, line) else { continue };
            fields.push(self.field(&inner, around));
        }
        self.found.add(RecordKind::Environment, "", fields, around);
    }

    fn requirements(&mut self, setting: &Setting, around: Around) {
        let mut fields: Vec<Field> = Vec::new();
        for IniLine { start, end } in setting.lines() {
            let start = start + condition(&self.text[start..end]);
            fields.extend(requirements::requirement(&self.text[start..end], start));
        }
        self.found.add(RecordKind::Versions, "", fields, around);
    }

    /// A setting and its value, which goes on over indented lines.
    fn field(&mut self, setting: &Setting, around: Around) -> Field {
        let text = self.text;
        let mut value = Template::default();
        let first = if setting.more.is_empty() { line::plain(text, setting.value) } else { setting.value };
        let mut span = Span::new(first.start, first.end);
        value.text.push(&text[first.start..first.end], first.start);
        for IniLine { start, end } in &setting.more {
            value.text.push("\n", start.saturating_sub(1));
            value.text.push(&text[*start..*end], *start);
            span.end = *end;
        }
        let value = punched(&value, &[Mark::ToxVariable]);
        let key = (&text[setting.key.clone()], Span::new(setting.key.start, setting.key.end));
        self.found.field(key, &value, span, around)
    }
}

/// The length of what says when a command runs, and of signs before it: `py38,lint: - command`.
fn condition(line: &str) -> usize {
    let is_factor = |c: char| c.is_alphanumeric() || matches!(c, ',' | '!' | '-' | '.' | '_' | '{' | '}');
    let behind = line.split_once(": ").filter(|(factors, _)| !factors.is_empty() && factors.chars().all(is_factor));
    let command = behind.map_or(line, |(_, command)| command);
    line.len() - command.trim_start_matches(['-', '!', '@', ' ', '\t']).len()
}
