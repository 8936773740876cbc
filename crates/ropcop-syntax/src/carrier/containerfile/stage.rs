//! What instructions run, stage by stage.

use std::collections::HashMap;

use super::exec;
use super::line::{ImageHereDocument, Instruction, trimmed};
use super::record::ImageRecords;
use crate::guest::Guest;
use crate::guest::Reading;
use crate::text::template::{MappedText, Template};
use crate::{Certainty, Facts, Language};

/// The stages of a file.
pub(super) struct Stages<'k> {
    reading: &'k Reading<'k>,
    facts: Facts,
    /// The language of the shell form in stages that have a name.
    named: HashMap<String, Language>,
    /// The name of the stage.
    name: Option<String>,
    /// The language of its shell form.
    shell: Language,
    entry: Option<Start>,
    command: Option<Start>,
    records: ImageRecords,
}

/// What a container starts with.
enum Start {
    Words(Vec<Template>),
    Code(MappedText, Language),
}

impl<'k> Stages<'k> {
    pub(super) fn new(reading: &'k Reading<'k>) -> Self {
        Self {
            reading,
            facts: Facts::default(),
            named: HashMap::new(),
            name: None,
            shell: Language::Shell,
            entry: None,
            command: None,
            records: ImageRecords::default(),
        }
    }

    /// Takes the next instruction.
    pub(super) fn instruction(&mut self, instruction: &Instruction) {
        let Instruction { name, rest, documents } = instruction;
        self.records.instruction(name, rest, self.reading);
        self.named_instruction(name, rest, documents);
    }

    /// The facts of all stages.
    pub(super) fn finish(mut self) -> Facts {
        self.end_stage();
        self.facts.records.extend(self.records.finish(self.reading));
        self.facts.settle();
        self.facts
    }

    fn named_instruction(&mut self, name: &str, rest: &MappedText, documents: &[ImageHereDocument]) {
        match name {
            "FROM" => self.begin_stage(&rest.text),
            "SHELL" => self.set_shell(rest),
            "RUN" => self.run(&without_flags(rest), documents),
            "CMD" => self.command = Some(self.start(rest)),
            "ENTRYPOINT" => self.entry = Some(self.start(rest)),
            "HEALTHCHECK" => {
                let check = without_flags(rest);
                if let Some(probe) = behind_word(&check, "CMD") {
                    self.run(&probe, &[]);
                }
            }
            "ONBUILD" => {
                let end = rest.text.find(char::is_whitespace).unwrap_or(rest.text.len());
                let inner = rest.text[..end].to_ascii_uppercase();
                // The format forbids `ONBUILD ONBUILD` and `ONBUILD FROM`.
                if !["ONBUILD", "FROM"].contains(&inner.as_str()) {
                    self.named_instruction(&inner, &trimmed(rest, end), documents);
                }
            }
            "COPY" | "ADD" => self.copied_documents(rest, documents),
            _ => {}
        }
    }

    /// `FROM image AS name`.
    fn begin_stage(&mut self, rest: &str) {
        self.end_stage();
        let mut words = rest.split_whitespace().filter(|word| !word.starts_with("--"));
        let image = words.next().unwrap_or_default().to_ascii_lowercase();
        self.shell = self.named.get(&image).copied().unwrap_or_else(|| shell_of_image(&image));
        self.name = words.nth(1).map(str::to_ascii_lowercase);
    }

    fn end_stage(&mut self) {
        if let Some(name) = self.name.take() {
            self.named.insert(name, self.shell);
        }
        match (self.entry.take(), self.command.take()) {
            // The words of CMD are arguments of the program that ENTRYPOINT names.
            (Some(Start::Words(entry)), Some(Start::Words(command))) => self.words(&[entry, command].concat()),
            (entry, command) => {
                for start in [entry, command].into_iter().flatten() {
                    match start {
                        Start::Words(words) => self.words(&words),
                        Start::Code(code, language) => self.code(language, code),
                    }
                }
            }
        }
    }

    /// `SHELL ["powershell", "-Command"]`.
    fn set_shell(&mut self, rest: &MappedText) {
        let words = exec::words(rest).unwrap_or_default();
        if let Some(program) = words.first().and_then(Template::known) {
            self.shell = Language::of_program(program).unwrap_or(Language::Shell);
        }
    }

    fn start(&self, rest: &MappedText) -> Start {
        exec::words(rest).map_or_else(|| Start::Code(rest.clone(), self.shell), Start::Words)
    }

    fn run(&mut self, rest: &MappedText, documents: &[ImageHereDocument]) {
        if let Some(words) = exec::words(rest) {
            return self.words(&words);
        }
        match documents {
            [] => self.code(self.shell, rest.clone()),
            [document] if is_marker(&rest.text) => {
                // `RUN <<EOF bash` names the interpreter behind the marker.
                let named = rest
                    .text
                    .split_whitespace()
                    .nth(1)
                    .and_then(Language::of_program)
                    .filter(|it| *it != Language::Shell);
                let language = named.or_else(|| Language::detect("", &document.body.text)).unwrap_or(self.shell);
                self.code(language, document.body.clone());
            }
            _ => self.run_with_documents(rest, documents),
        }
    }

    /// A command that reads here-documents: the shell sees them as in a script.
    fn run_with_documents(&mut self, rest: &MappedText, documents: &[ImageHereDocument]) {
        let program = rest.text.split_whitespace().next().unwrap_or_default();
        if let Some(language) = Language::of_program(program).filter(|it| *it != Language::Shell) {
            documents.iter().for_each(|document| self.code(language, document.body.clone()));
        }
        let mut script = rest.clone();
        for document in documents {
            script.push("\n", script.host(script.text.len()));
            script.append(&document.body);
            script.append(&document.end);
        }
        script.push("\n", script.host(script.text.len()));
        self.code(self.shell, script);
    }

    /// `COPY <<EOF /run.sh`: a file that is likely to be run.
    fn copied_documents(&mut self, rest: &MappedText, documents: &[ImageHereDocument]) {
        let target = rest.text.split_whitespace().next_back().unwrap_or_default();
        for document in documents {
            if let Some(language) = Language::detect(target, &document.body.text) {
                self.guest(language, document.body.clone(), Certainty::Likely);
            }
        }
    }

    fn words(&mut self, words: &[Template]) {
        self.facts.absorb(self.reading.argv(words, Certainty::Runs));
    }

    fn code(&mut self, language: Language, text: MappedText) {
        self.guest(language, text, Certainty::Runs);
    }

    fn guest(&mut self, language: Language, text: MappedText, certainty: Certainty) {
        let code = Template { text, holes: Vec::new() };
        self.facts.absorb(self.reading.guest(&Guest { language, code, certainty }));
    }
}

/// The language of the shell form in a stage that is built from an image.
fn shell_of_image(image: &str) -> Language {
    let windows = ["windows", "nanoserver", "servercore"].iter().any(|name| image.contains(name));
    if windows { Language::Batch } else { Language::Shell }
}

/// Whether a line is `<<EOF` and perhaps one word more.
fn is_marker(line: &str) -> bool {
    let mut words = line.split_whitespace();
    words.next().is_some_and(|word| word.starts_with("<<")) && words.nth(1).is_none()
}

/// The text behind `--mount=…` and other options of the instruction.
fn without_flags(rest: &MappedText) -> MappedText {
    let mut at = 0;
    while rest.text[at..].starts_with("--") {
        let end = rest.text[at..].find(char::is_whitespace).map_or(rest.text.len(), |length| at + length);
        at = rest.text.len() - rest.text[end..].trim_start().len();
    }
    rest.slice(at..rest.text.len())
}

/// The text behind a word that a text begins with.
fn behind_word(text: &MappedText, word: &str) -> Option<MappedText> {
    let start = text.text.get(..word.len()).filter(|start| start.eq_ignore_ascii_case(word))?;
    let rest = &text.text[start.len()..];
    rest.starts_with(char::is_whitespace).then(|| trimmed(text, start.len()))
}
