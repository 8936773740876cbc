//! Code of one language inside a file of another: a shell script in YAML, Python in a notebook.

use crate::fact::{Arg, Call, Command, Facts, GuestSpan, Part, Record, Step, Value, Word};
use crate::language::is_powershell;
use crate::text::template::{Template, split_holes};
use crate::tree::Effort;
use crate::{Certainty, Language, Span};

mod argv;

/// A piece of code with the way back to the file it stands in. Holes of the host (`${{ … }}`) are holes of the template.
#[derive(Clone, Debug)]
pub(crate) struct Guest {
    pub(crate) language: Language,
    pub(crate) code: Template,
    /// How sure it is that the code runs.
    pub(crate) certainty: Certainty,
}

impl Guest {
    fn place(&self) -> GuestSpan {
        let Self { language, code, certainty } = self;
        GuestSpan { span: code.span(0..code.text.text.len()), language: language.name(), certainty: *certainty }
    }
}

/// One reading of a file: which texts matter to anybody, and the way to the readers of all languages. Those stand in
/// rooms above this one; so the way is handed down, and no reader knows the others.
#[derive(Clone, Copy)]
pub(crate) struct Reading<'k> {
    keep: &'k dyn Fn(&str) -> bool,
    follow: &'k dyn Fn(&str) -> bool,
    /// What the parser may still do for the file, its guests included.
    pub(crate) effort: &'k Effort,
    read: fn(&Guest, &Reading<'_>) -> Facts,
    read_words: fn(&[Template], &Reading<'_>) -> Facts,
    /// In how many scripts the text that is read stands, each handed to the next by a command.
    pub(crate) depth: usize,
}

impl<'k> Reading<'k> {
    /// `read` reads a piece of code, `read_words` a program with its words.
    pub(crate) fn new(
        keep: &'k dyn Fn(&str) -> bool,
        follow: &'k dyn Fn(&str) -> bool,
        effort: &'k Effort,
        read: fn(&Guest, &Reading<'_>) -> Facts,
        read_words: fn(&[Template], &Reading<'_>) -> Facts,
    ) -> Self {
        Self { keep, follow, effort, read, read_words, depth: 0 }
    }

    /// Whether it matters where a call with this path or a record with this key leads.
    pub(crate) fn follows(&self, name: &str) -> bool {
        (self.follow)(name)
    }

    /// Whether a text could matter to anybody: the path of a symbol, a key, the text of a string.
    pub(crate) fn wants(&self, text: &str) -> bool {
        (self.keep)(text)
    }

    /// The same for a script that stands in `depth` others.
    pub(crate) fn at_depth(&self, depth: usize) -> Self {
        Self { depth, ..*self }
    }

    /// Facts of a piece of code; their places are those in the host file. Code that nobody wants is not read.
    pub(crate) fn guest(&self, guest: &Guest) -> Facts {
        if !self.wants(&guest.code.text.text) {
            return Facts::default();
        }
        if guest.language == Language::Shell && is_powershell(&guest.code.text.text) {
            return self.guest(&Guest { language: Language::PowerShell, ..guest.clone() });
        }
        let mut facts = at_most((self.read)(guest, self), guest.certainty);
        for inner in &mut facts.guests {
            inner.certainty = inner.certainty.max(guest.certainty);
        }
        if !guest.code.text.text.trim().is_empty() {
            facts.guests.push(guest.place());
        }
        facts
    }
}

/// Commands are no surer than what runs them.
fn at_most(mut facts: Facts, certainty: Certainty) -> Facts {
    for command in &mut facts.commands {
        command.certainty = command.certainty.max(certainty);
    }
    facts
}

/// What a reader of whole files found in a piece of code, at its places in the host file.
pub(crate) fn placed(mut facts: Facts, code: &Template) -> Facts {
    facts.confine(&code.text.text);
    Placing { code }.facts(&mut facts);
    facts
}

/// Puts facts of a guest at their places in the host file, and gives holes their names.
struct Placing<'c> {
    code: &'c Template,
}

impl Placing<'_> {
    fn facts(&self, facts: &mut Facts) {
        facts.calls.iter_mut().for_each(|call| self.call(call));
        facts.commands.iter_mut().for_each(|command| self.command(command));
        facts.records.iter_mut().for_each(|record| self.record(record));
        facts.comments.iter_mut().for_each(|span| self.span(span));
        facts.literals.iter_mut().for_each(|span| self.span(span));
        facts.syntax_errors.iter_mut().for_each(|span| self.span(span));
        facts.omissions.iter_mut().for_each(|omission| self.span(&mut omission.span));
        facts.guests.iter_mut().for_each(|guest| self.span(&mut guest.span));
    }

    fn record(&self, record: &mut Record) {
        record.spans().into_iter().for_each(|span| self.span(span));
        record.addresses.iter_mut().for_each(|address| self.value(address));
        for field in &mut record.fields {
            self.value(&mut field.value);
            if let Value::Text(parts) = &mut field.value {
                field.value = Value::of_parts(std::mem::take(parts));
            }
        }
    }

    fn call(&self, call: &mut Call) {
        for span in [&mut call.span, &mut call.statement, &mut call.function] {
            self.span(span);
        }
        call.args.iter_mut().for_each(|arg| self.arg(arg));
        call.ways.iter_mut().flat_map(|way| &mut way.steps).for_each(|step| self.step(step));
    }

    fn step(&self, step: &mut Step) {
        self.span(&mut step.span);
        step.args.iter_mut().for_each(|arg| self.arg(arg));
    }

    fn arg(&self, arg: &mut Arg) {
        self.span(&mut arg.span);
        self.value(&mut arg.value);
    }

    fn value(&self, value: &mut Value) {
        match value {
            Value::Text(parts) => self.parts(parts),
            Value::List(values) | Value::Choice(values) => values.iter_mut().for_each(|value| self.value(value)),
            Value::Map(entries) => entries.iter_mut().for_each(|(_, value)| self.value(value)),
            Value::Number(_) | Value::Bool(_) | Value::Null | Value::Symbol(_) | Value::Dynamic { .. } => {}
        }
    }

    fn command(&self, command: &mut Command) {
        self.span(&mut command.span);
        command.words.iter_mut().for_each(|word| self.word(word));
        command.related.iter_mut().for_each(|(span, _)| self.span(span));
    }

    fn word(&self, word: &mut Word) {
        self.span(&mut word.span);
        word.literals.iter_mut().for_each(|literal| self.span(literal));
        self.parts(&mut word.parts);
    }

    fn parts(&self, parts: &mut Vec<Part>) {
        if self.code.holes.is_empty() {
            return;
        }
        let whole = std::mem::take(parts);
        parts.extend(whole.into_iter().flat_map(|part| match part {
            Part::Text(text) => split_holes(&text, &self.code.holes),
            other => vec![other],
        }));
    }

    fn span(&self, span: &mut Span) {
        *span = self.code.span(span.start..span.end);
    }
}
