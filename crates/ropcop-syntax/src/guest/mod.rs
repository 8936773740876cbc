//! Code of one language inside a file of another: a shell script in YAML, Python in a notebook.

use crate::fact::{Arg, Call, Command, Facts, Part, Record, Value, Word};
use crate::read;
use crate::record;
use crate::script::shell;
use crate::text::template::{Template, split_holes};
use crate::{Certainty, Language, Source, Span};

pub(crate) mod argv;

/// A piece of code with the way back to the file it stands in. Holes of the host (`${{ … }}`) are holes of the template.
#[derive(Clone, Debug)]
pub(crate) struct Guest {
    pub(crate) language: Language,
    pub(crate) code: Template,
    /// How sure it is that the code runs.
    pub(crate) certainty: Certainty,
}

/// Facts of a piece of code; their places are those in the host file. Code that `keep` does not want is not read.
pub(crate) fn facts(guest: &Guest, keep: &dyn Fn(&str) -> bool) -> Facts {
    let Guest { language, code, certainty } = guest;
    if !keep(&code.text.text) {
        return Facts::default();
    }
    let mut facts = match language {
        Language::Shell => shell::guest(code, keep),
        _ => {
            let source = Source { path: "".into(), text: code.text.text.as_str().into(), language: *language };
            let mut facts = read(&source, keep);
            facts.confine(&source.text);
            Placing { code }.facts(&mut facts);
            facts
        }
    };
    for command in &mut facts.commands {
        command.certainty = command.certainty.max(*certainty);
    }
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
        facts.syntax_errors.iter_mut().for_each(|span| self.span(span));
    }

    fn record(&self, record: &mut Record) {
        record.spans().into_iter().for_each(|span| self.span(span));
        for field in &mut record.fields {
            self.value(&mut field.value);
            if let Value::Text(parts) = &mut field.value {
                field.value = record::value(std::mem::take(parts));
            }
        }
    }

    fn call(&self, call: &mut Call) {
        for span in [&mut call.span, &mut call.statement, &mut call.function] {
            self.span(span);
        }
        call.args.iter_mut().for_each(|arg| self.arg(arg));
    }

    fn arg(&self, arg: &mut Arg) {
        self.span(&mut arg.span);
        self.value(&mut arg.value);
    }

    fn value(&self, value: &mut Value) {
        match value {
            Value::Text(parts) => self.parts(parts),
            Value::List(values) => values.iter_mut().for_each(|value| self.value(value)),
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
