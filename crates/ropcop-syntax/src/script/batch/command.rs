//! One command: what the command processor does itself, what runs another script, and everything else.

use std::rc::Rc;

use crate::guest::Guest;
use crate::script::shell::{self, Operand};
use crate::text::template::Template;
use crate::{Certainty, Language, Part, Span};

use super::BatchReader;
use super::lexer::{BatchCommand, Unit};
use super::word::Placed;

/// Commands whose words are text for people, for a search, or no program.
const SILENT: &[&str] = &[
    "title", "find", "findstr", "prompt", "msg", "color", "choice", "where", "goto", "rem", "exit", "cd", "chdir",
    "setlocal", "endlocal", "pause", "shift", "assoc", "ftype",
];

impl BatchReader<'_, '_> {
    pub(super) fn command(&mut self, simple: &BatchCommand, sometimes: bool) {
        let mut units = trim(&simple.units);
        // `call call start "" program`: no command has more than a few of these.
        for _ in 0..8 {
            units = trim_start(units, |unit| unit.is_blank() || unit.is('@'));
            let name = head(units);
            let rest = &units[name.len().min(units.len())..];
            match name.as_str() {
                "echo" => return self.echo(rest, simple),
                "set" => return self.assign(trim(rest), sometimes, simple),
                // A label is in this file.
                "call" if trim(rest).first().is_some_and(|unit| unit.is(':')) => return,
                "call" => units = trim(rest),
                "start" => units = self.started(trim(rest)),
                _ if SILENT.contains(&name.as_str()) => return,
                _ => break,
            }
        }
        self.program(units, simple);
    }

    /// `echo` is silent, unless it writes a script.
    fn echo(&mut self, text: &[Unit], simple: &BatchCommand) {
        let scripts = simple.targets.iter().filter_map(|target| Language::detect(target, ""));
        let language = scripts.into_iter().find(|language| language.is_command_line());
        let Some(language) = language else {
            if !simple.targets.is_empty() {
                self.note_line(&self.lexer.template(trim(text)), simple.range.clone());
            }
            return;
        };
        let code = self.lexer.template(text.get(1..).unwrap_or_default());
        if language == Language::Batch {
            self.nested(&code, Certainty::Likely);
        } else {
            self.guest(Guest { language, code, certainty: Certainty::Likely });
        }
    }

    fn guest(&mut self, mut guest: Guest) {
        guest.certainty = guest.certainty.max(self.certainty);
        self.facts.absorb(self.reading.guest(&guest));
    }

    /// `set NAME=value`, `set "NAME=value"`. The value of `set /p` and `set /a` is not known.
    fn assign(&mut self, units: &[Unit], sometimes: bool, simple: &BatchCommand) {
        let asks = units.first().is_some_and(|unit| unit.is('/'));
        let units = if asks { trim(units.get(2..).unwrap_or_default()) } else { units };
        let units = unquoted(units);
        let Some(sign) = units.iter().position(|unit| unit.is('=')) else { return };
        let Some(name) = known(&units[..sign]) else { return };
        if !asks {
            self.note_set(trim(units), simple.range.clone());
        }
        let value: Rc<[Unit]> = units[sign + 1..].into();
        self.variables.set(name.trim(), (!asks).then_some(value), sometimes);
    }

    /// The program behind `start "title" /wait /d folder`.
    fn started<'u>(&self, units: &'u [Unit]) -> &'u [Unit] {
        let mut rest = units;
        let mut folder = false;
        for placed in self.lexer.words(units) {
            let text = placed.operand.known().unwrap_or_default();
            let is_title = placed.units.start == 0 && units[0].is('"');
            if !(is_title || folder || text.starts_with('/')) {
                break;
            }
            folder = text.eq_ignore_ascii_case("/d");
            rest = &units[placed.units.end..];
        }
        trim(rest)
    }

    fn program(&mut self, units: &[Unit], simple: &BatchCommand) {
        let words = self.lexer.words(units);
        let Some(first) = words.first() else { return };
        let program = match &first.operand.text.parts()[..] {
            // `%ComSpec%` is the command processor, wherever it is installed.
            [Part::Variable(name)] if name.eq_ignore_ascii_case("comspec") => "cmd".to_owned(),
            [Part::Variable(name)] => {
                self.variables.run(name);
                String::new()
            }
            _ => first.operand.known().unwrap_or_default().to_owned(),
        };
        let base = program.rsplit(['/', '\\']).next().unwrap_or_default().to_ascii_lowercase();
        let mut texts =
            words.iter().skip(1).map(|placed| placed.operand.known().unwrap_or_default().to_ascii_lowercase());
        match base.strip_suffix(".exe").unwrap_or(&base) {
            "cmd" => {
                let Some(option) = texts.position(|text| text.starts_with("/c") || text.starts_with("/k")) else {
                    return;
                };
                let placed = &words[option + 1];
                let inner = trim(&units[placed.units.start + 2..]);
                let code = self.lexer.template(unquoted(inner));
                self.nested(&code, Certainty::Runs);
            }
            "powershell" | "pwsh" => self.powershell(units, &words),
            name => {
                let texts: Vec<Template> = words.iter().map(|placed| placed.operand.text.clone()).collect();
                match name {
                    "setx" => self.note_setx(&texts[1..]),
                    _ => self.note_words(texts, trim_range(&self.lexer.code.text.text, simple.range.clone())),
                }
                self.external(words, simple);
            }
        }
    }

    /// `powershell -NoProfile -Command "code"`; without an option the first operand is the code.
    fn powershell(&mut self, units: &[Unit], words: &[Placed]) {
        let mut at = 1;
        while let Some(placed) = words.get(at) {
            let text = placed.operand.known().unwrap_or_default().to_ascii_lowercase();
            let Some(option) = text.strip_prefix(['-', '/']) else { break };
            at += 1;
            match option {
                _ if !option.is_empty() && "command".starts_with(option) => break,
                _ if !option.is_empty() && "file".starts_with(option) => return,
                "nop" | "noprofile" | "noni" | "noninteractive" | "nol" | "nologo" | "noexit" | "mta" | "sta" => {}
                _ => at += 1,
            }
        }
        let Some(first) = words.get(at) else { return };
        let bare: Vec<Unit> = without_quotes(&units[first.units.start..]);
        let code = self.lexer.template(&bare);
        self.guest(Guest { language: Language::PowerShell, code, certainty: Certainty::Runs });
    }

    /// Everything else is a program with its words.
    fn external(&mut self, words: Vec<Placed>, simple: &BatchCommand) {
        let parts: Vec<Part> = words.iter().flat_map(|placed| placed.operand.text.parts()).collect();
        let known: Vec<&str> = parts.iter().filter_map(Part::text).collect();
        if !self.reading.wants(&known.join(" ")) {
            return;
        }
        let before = self.facts.commands.len();
        let (stored, own): (Vec<&Placed>, Vec<&Placed>) = words.iter().partition(|placed| placed.stored);
        let around = |words: &[&Placed]| words.iter().map(|placed| placed.operand.span).reduce(Span::to);
        let (stored, here) = (around(&stored), around(&own));
        let operands: Vec<Operand> = words.into_iter().map(|placed| placed.operand).collect();
        let mut commands = shell::argv(&operands, self.reading);
        if let Some(stored) = stored {
            // The command is written where the variable was set, if its program is.
            for command in &mut commands {
                let program = command.words.first().map(|word| word.span);
                let span = match (here, program) {
                    (Some(here), Some(program)) if here.contains(program) => here,
                    _ => stored,
                };
                command.span = Span::new(program.map_or(span.start, |program| program.start), span.end);
            }
        }
        self.facts.commands.extend(commands);
        if stored.is_some() {
            let site = trim_range(&self.lexer.code.text.text, simple.range.clone());
            self.relate(before, self.lexer.code.span(site));
        }
    }
}

fn trim_range(text: &str, range: std::ops::Range<usize>) -> std::ops::Range<usize> {
    let whole = text.get(range.clone()).unwrap_or_default();
    let start = range.start + (whole.len() - whole.trim_start().len());
    start..start + whole.trim().len()
}

fn trim_start(units: &[Unit], skipped: impl Fn(&Unit) -> bool) -> &[Unit] {
    let start = units.iter().position(|unit| !skipped(unit)).unwrap_or(units.len());
    &units[start..]
}

fn trim(units: &[Unit]) -> &[Unit] {
    let units = trim_start(units, Unit::is_blank);
    let end = units.iter().rposition(|unit| !unit.is_blank()).map_or(0, |last| last + 1);
    &units[..end]
}

/// What stands between the quote at the start and the last quote.
fn unquoted(units: &[Unit]) -> &[Unit] {
    match (units.first(), units.iter().rposition(|unit| unit.is('"'))) {
        (Some(first), Some(last)) if first.is('"') && last > 0 => &units[1..last],
        _ => units,
    }
}

/// Letters without the quotes that the command line takes away.
fn without_quotes(units: &[Unit]) -> Vec<Unit> {
    let escaped = |index: usize| index > 0 && units[index - 1].is('\\');
    let drops = |index: usize| {
        let is_escape = units[index].is('\\') && units.get(index + 1).is_some_and(|next| next.is('"'));
        is_escape || (units[index].is('"') && !escaped(index))
    };
    (0..units.len()).filter(|index| !drops(*index)).map(|index| units[index].clone()).collect()
}

/// The text of units, if all of it is known.
fn known(units: &[Unit]) -> Option<String> {
    units
        .iter()
        .map(|unit| match unit.letter {
            super::lexer::Letter::Known(c) => Some(c),
            super::lexer::Letter::Hole(_) => None,
        })
        .collect()
}

/// The letters that a command begins with, lower case: empty for a path or a name with an ending, which is a file.
fn head(units: &[Unit]) -> String {
    let end = units.iter().position(|unit| match unit.letter {
        super::lexer::Letter::Known(c) => !(c.is_ascii_alphanumeric() || matches!(c, '_' | '-')),
        super::lexer::Letter::Hole(_) => true,
    });
    let end = end.unwrap_or(units.len());
    let name = known(&units[..end]).unwrap_or_default().to_ascii_lowercase();
    let is_file = units.get(end).is_some_and(|next| next.is('\\') || (next.is('.') && name != "echo"));
    if is_file { String::new() } else { name }
}
