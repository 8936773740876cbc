//! From pipelines to facts: cmdlets, programs, and texts that are run.

use std::collections::HashSet;

use super::names::{Names, PlacedPipeline, plain};
use super::parameter::Parameters;
use super::password;
use super::printing;
use super::syntax::{CommandLine, Producer, PsElement, PsExpr, PsExprKind};
use super::value::Values;
use super::words::MadeWord;
use crate::guest::Guest;
use crate::guest::Reading;
use crate::program::module::ScopeId;
use crate::script::shell;
use crate::text::template::Template;
use crate::{Certainty, Command, Facts, Language, Part, Span, Word};

/// Texts in texts are not read deeper than this.
const DEEPEST: usize = 4;

/// First parts of names of cmdlets that may run what they are given.
const RUNNING_VERBS: &[&str] = &["invoke", "start", "run", "exec", "execute", "use", "try", "retry", "call"];

/// Parts of names of parameters that take code.
const CODE_PARAMETERS: &[&str] = &["command", "script", "code", "expression", "argument"];

/// Collects the commands of a script.
pub(super) struct PsCommandFinder<'a, 's> {
    pub(super) values: Values<'a, 's>,
    names: &'a Names<'a, 's>,
    pub(super) reading: &'a Reading<'a>,
    pub(super) depth: usize,
    pub(super) facts: Facts,
    /// Where texts begin that were read as code.
    read: HashSet<usize>,
}

/// What holds for a command because of where it stands.
#[derive(Clone, Copy, Debug)]
pub(super) struct Site {
    pub(super) place: ScopeId,
    /// The command in the file.
    pub(super) span: Span,
}

impl<'a, 's> PsCommandFinder<'a, 's> {
    pub(super) fn new(names: &'a Names<'a, 's>, text: &'a Template, reading: &'a Reading<'a>, depth: usize) -> Self {
        let values = Values::new(names, text);
        Self { values, names, reading, depth, facts: Facts::default(), read: HashSet::new() }
    }

    /// All commands, and the texts that may be some.
    pub(super) fn run(mut self) -> Facts {
        for line in &self.names.lines {
            self.line(line);
        }
        for (chain, place) in &self.names.chains {
            self.method(chain, *place);
        }
        for (name, value, place) in &self.names.texts {
            self.text(name.as_deref(), value, *place);
        }
        self.facts
    }

    pub(super) fn in_branch(&self, place: ScopeId) -> bool {
        self.names.resolver.in_branch(place)
    }

    fn line(&mut self, line: &PlacedPipeline<'s>) {
        for (index, element) in line.elements.iter().enumerate() {
            let input = index.checked_sub(1).and_then(|before| match &line.elements[before].source {
                Producer::Value(value) => Some(value),
                Producer::Command(command) => printed(command),
            });
            match &element.source {
                Producer::Value(value) => self.redirect(element, value, line.place),
                Producer::Command(command) => {
                    if let Some(text) = printed(command) {
                        self.redirect(element, text, line.place);
                    }
                    self.command(command, input, line.place);
                }
            }
        }
    }

    /// A text that is written to a file.
    fn redirect(&mut self, element: &'s PsElement, value: &'s PsExpr, place: ScopeId) {
        for file in &element.redirections {
            self.write(value, Some(file), place);
        }
    }

    fn command(&mut self, command: &'s CommandLine, input: Option<&'s PsExpr>, place: ScopeId) {
        let Some(first) = command.words.first() else { return };
        if matches!(first.kind, PsExprKind::Block(_) | PsExprKind::Hash(_) | PsExprKind::Nothing) {
            return;
        }
        let site = Site { place, span: self.values.span(command.span) };
        for mut items in self.values.words(command) {
            let Some(program) = items.first_mut() else { continue };
            let name = program.word.text().unwrap_or_default();
            if name.starts_with('-') {
                continue;
            }
            let name = match self.names.aliases.get(&name.to_lowercase()) {
                Some(real) => {
                    program.word.parts = vec![Part::Text(real.clone())];
                    program.expr = None;
                    real.clone()
                }
                None => name,
            };
            self.program(&name, command, &items, input, site);
        }
    }

    /// Decides what a command is by its name.
    fn program(
        &mut self,
        name: &str,
        command: &'s CommandLine,
        items: &[MadeWord<'s>],
        input: Option<&'s PsExpr>,
        site: Site,
    ) {
        let base = base_name(name);
        match base.as_str() {
            "invoke-expression" | "iex" => {
                let words = items[1..].iter().filter(|item| !is_parameter(item));
                let texts: Vec<&MadeWord<'s>> = words.collect();
                self.expression(&texts, input, site);
            }
            "powershell" | "pwsh" => self.shell(items, input, site),
            "start-process" | "start" | "saps" => {
                self.cmdlet(items, site);
                let parameters = Parameters::of(&command.words[1..], &["filepath", "argumentlist"]);
                if let Some(program) = parameters.get("filepath") {
                    let args = parameters.get("argumentlist").or(parameters.get("args"));
                    self.start(program, args, site);
                }
            }
            "set-content" | "add-content" | "out-file" | "tee-object" | "sc" | "ac" | "tee" | "new-item" | "ni" => {
                let order: &[&str] =
                    if base.contains("content") || base.len() == 2 { &["path", "value"] } else { &["filepath"] };
                let parameters = Parameters::of(&command.words[1..], order);
                let file = ["path", "filepath", "literalpath"].iter().find_map(|name| parameters.get(name));
                let value = ["value", "inputobject"].iter().find_map(|name| parameters.get(name)).or(input);
                if let Some(value) = value {
                    self.write(value, file, site.place);
                }
            }
            "bash" | "sh" | "cmd" | "wsl" if items.len() == 1 => {
                if let Some(input) = input {
                    let language = if base == "cmd" { Language::Batch } else { Language::Shell };
                    self.code(input, language, Certainty::Runs, site);
                }
            }
            _ if printing::is_showing(name) => {}
            _ if is_cmdlet(&base) => {
                self.cmdlet(items, site);
                self.handed(&base, command, site);
            }
            _ => self.native(items, site),
        }
    }

    /// A command of PowerShell's own kind.
    fn cmdlet(&mut self, items: &[MadeWord<'s>], site: Site) {
        let mut words: Vec<Word> = items.iter().map(MadeWord::cmdlet_word).collect();
        for (at, item) in items.iter().enumerate().skip(1) {
            let parameter = words[at - 1].text().unwrap_or_default();
            if let Some(expr) = item.expr.filter(|_| password::is_taken_by(&parameter)) {
                words[at].literals = self.values.passwords(expr);
            }
        }
        let name = words.first().and_then(Word::text).unwrap_or_default();
        let may_wrap = runs(&base_name(&name));
        self.facts.commands.push(Command {
            words,
            span: site.span,
            certainty: Certainty::Runs,
            related: Vec::new(),
            may_wrap,
            in_branch: self.names.resolver.in_branch(site.place),
        });
    }

    /// Texts with blanks that a cmdlet receives and may run.
    fn handed(&mut self, base: &str, command: &'s CommandLine, site: Site) {
        let mut parameter = String::new();
        for word in &command.words[1..] {
            if let Some(name) = super::parameter::name(word) {
                parameter = name;
                continue;
            }
            let is_code = takes_code(&parameter);
            if !printing::is_shown_parameter(&parameter) && (is_code || parameter.is_empty() && runs(base)) {
                let records = self.facts.records.len();
                self.code(word, Language::PowerShell, Certainty::Likely, site);
                if !is_code {
                    // A connection string looks like statements with assignments.
                    self.facts.records.truncate(records);
                }
            }
            parameter.clear();
        }
    }

    /// Reads the texts that `expr` may be as code, if they have blanks.
    pub(super) fn code(&mut self, expr: &'s PsExpr, language: Language, certainty: Certainty, site: Site) {
        let items = match &expr.kind {
            PsExprKind::List(_) | PsExprKind::Array(_) => self.values.items(expr).unwrap_or_default(),
            _ => vec![expr],
        };
        for item in items {
            for text in self.values.templates(item) {
                self.code_text(&text, language, certainty, site);
            }
        }
    }

    /// Remembers that something has looked at a text.
    pub(super) fn note_read(&mut self, text: &Template) {
        self.read.insert(text.text.host(0));
    }

    /// Reads a text as code.
    pub(super) fn code_text(&mut self, text: &Template, language: Language, certainty: Certainty, site: Site) {
        let trimmed = text.text.text.trim();
        if !trimmed.contains(char::is_whitespace) || self.depth >= DEEPEST || !self.reading.wants(trimmed) {
            return;
        }
        self.note_read(text);
        if text.text.map.len() > super::process::MOST_STRETCHES {
            return;
        }
        let mut found = if language == Language::PowerShell {
            super::read(text, self.reading, self.depth + 1)
        } else if language == Language::Shell {
            let commands = shell::commands(&text.text, &text.holes, &self.reading.at_depth(self.depth + 1));
            Facts { commands, ..Facts::default() }
        } else {
            self.reading.guest(&Guest { language, code: text.clone(), certainty })
        };
        for command in &mut found.commands {
            command.certainty = command.certainty.max(certainty);
            command.in_branch |= self.names.resolver.in_branch(site.place);
            if !site.span.contains(command.span) && certainty != Certainty::Stored {
                command.related.push((site.span, "this runs it".to_owned()));
            }
        }
        found.syntax_errors.clear();
        self.facts.absorb(found);
    }

    /// A text that is given to a variable or an entry and that nothing was seen to run.
    fn text(&mut self, name: Option<&str>, value: &'s PsExpr, place: ScopeId) {
        let Some(mut text) = self.values.template(value) else { return };
        if let Some(whole) = name.and_then(|name| self.values.whole(name, place)) {
            let start = text.text.host(0);
            if whole.text.host(0) == start {
                text = whole;
            } else if whole.text.map.iter().any(|(_, host)| *host == start) {
                return;
            }
        }
        if self.read.contains(&text.text.host(0)) || self.values.is_put_in(value) {
            return;
        }
        let name = name.unwrap_or_default();
        let certainty = match name {
            _ if takes_code(name) => Certainty::Likely,
            // What runs it has read it already: the name is believed before a use that nobody knows.
            _ if printing::is_shown_variable(name) => return,
            _ if self.names.used.contains(name) => Certainty::Likely,
            _ if self.names.shown.contains(name) || printing::is_shown_parameter(name) => return,
            _ => Certainty::Stored,
        };
        let site = Site { place, span: self.values.span(value.span) };
        let records = self.facts.records.len();
        self.code_text(&text, Language::PowerShell, certainty, site);
        self.facts.records.truncate(records);
    }
}

/// What a command that prints hands on.
fn printed(command: &CommandLine) -> Option<&PsExpr> {
    let name = command.words.first().and_then(plain)?;
    let prints = ["echo", "write-output", "write"].iter().any(|known| known.eq_ignore_ascii_case(name));
    command.words.iter().skip(1).find(|word| super::parameter::name(word).is_none()).filter(|_| prints)
}

/// Whether a parameter or an entry of this name takes code.
fn takes_code(name: &str) -> bool {
    CODE_PARAMETERS.iter().any(|part| name.contains(part)) || ["args", "cmd", "run"].contains(&name)
}

/// The last part of a name, in lower case and without the ending of a program file.
pub(super) fn base_name(name: &str) -> String {
    let base = name.rsplit(['/', '\\']).next().unwrap_or_default().to_ascii_lowercase();
    let bare = [".exe", ".cmd", ".bat", ".ps1"].iter().find_map(|end| base.strip_suffix(end));
    bare.map_or(base.clone(), str::to_owned)
}

/// `Verb-Noun`
fn is_cmdlet(base: &str) -> bool {
    base.split_once('-').is_some_and(|(verb, noun)| {
        verb.len() > 1 && verb.chars().all(|c| c.is_ascii_alphabetic()) && !noun.is_empty() && !noun.starts_with('-')
    })
}

/// Whether the name of a cmdlet says that it may run what it is given.
fn runs(base: &str) -> bool {
    let verb = base.split('-').next().unwrap_or_default();
    RUNNING_VERBS.contains(&verb)
}

fn is_parameter(item: &MadeWord<'_>) -> bool {
    item.expr.is_some_and(|expr| super::parameter::name(expr).is_some())
}
