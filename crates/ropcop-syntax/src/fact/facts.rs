//! What was understood of one file.

use super::{Call, Certainty, Command, Host, Omission, Record, Span};

/// Everything that was understood of one file.
#[derive(Clone, Debug, Default)]
pub struct Facts {
    /// Calls of functions, methods and constructors, and such things handed on as values.
    pub calls: Vec<Call>,
    /// Command lines, wherever they stood.
    pub commands: Vec<Command>,
    /// Keys and values that belong together.
    pub records: Vec<Record>,
    /// Modules, packages and namespaces that the file imports, as written (`azure.identity`).
    pub imports: Vec<String>,
    /// Namespaces imported on behalf of *other* files of the same project: C# `global using` and
    /// `<Using Include>` of a project file.
    pub shared_imports: Vec<String>,
    /// Stretches that the grammar could not read. Facts in and around them may be missing.
    pub syntax_errors: Vec<Span>,
    /// Stretches that a limit left out.
    pub omissions: Vec<Omission>,
    /// What people read and no machine does: comments and documentation. In a language that is read without a grammar,
    /// those that have lines of their own.
    pub comments: Vec<Span>,
    /// Where programs write texts: what stands between the quotes, without holes, escapes and all. Names under which a value is
    /// looked up (`getenv("NAME")`, `x["key"]`) are none. No rule asks for it: it tells which characters of an expression can
    /// be a secret.
    pub literals: Vec<Span>,
    /// What runs the file, where its format alone does not tell.
    pub host: Option<Host>,
    /// Code of other languages in the file, from its start to its end. No rule asks for it: it tells the author of one how
    /// a file was read.
    pub guests: Vec<GuestSpan>,
}

/// A stretch of a file that was read as code of another language.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct GuestSpan {
    /// Where the code stands.
    pub span: Span,
    /// The name of its language, as rules spell it.
    pub language: &'static str,
    /// How sure it is that the code runs.
    pub certainty: Certainty,
}

impl Facts {
    /// Takes over the facts of a part of the same file.
    pub(crate) fn absorb(&mut self, part: Self) {
        self.calls.extend(part.calls);
        self.commands.extend(part.commands);
        self.records.extend(part.records);
        self.imports.extend(part.imports);
        self.shared_imports.extend(part.shared_imports);
        self.comments.extend(part.comments);
        self.literals.extend(part.literals);
        self.syntax_errors.extend(part.syntax_errors);
        self.omissions.extend(part.omissions);
        self.guests.extend(part.guests);
    }

    /// Makes sure that every place lies in the text of the file: escapes and folded lines are shorter once undone, and a
    /// place that is counted on from the last of them could lie behind its end.
    pub(crate) fn confine(&mut self, text: &str) {
        let confine = |span: &mut Span| {
            let boundary = |at: usize| text.floor_char_boundary(at.min(text.len()));
            *span = Span::new(boundary(span.start.min(span.end)), boundary(span.end));
        };
        for call in &mut self.calls {
            call.spans().into_iter().for_each(confine);
        }
        for command in &mut self.commands {
            confine(&mut command.span);
            command.words.iter_mut().for_each(|word| confine(&mut word.span));
            command.related.iter_mut().for_each(|(span, _)| confine(span));
        }
        for record in &mut self.records {
            record.spans().into_iter().for_each(confine);
        }
        self.comments.iter_mut().for_each(confine);
        self.literals.iter_mut().for_each(confine);
        self.syntax_errors.iter_mut().for_each(confine);
        self.omissions.iter_mut().for_each(|omission| confine(&mut omission.span));
        self.guests.iter_mut().for_each(|guest| confine(&mut guest.span));
    }

    /// Puts facts that were found in any order in the order of the file, each once.
    pub(crate) fn settle(&mut self) {
        self.calls.sort_by_key(|call| (call.span, call.args.len()));
        self.calls.dedup_by(|a, b| a.span == b.span && a.symbols == b.symbols && a.args.len() == b.args.len());
        self.commands.sort_by_key(|command| (command.span, command.certainty));
        self.commands.dedup_by(|a, b| a.span == b.span && a.words == b.words);
        self.records.sort_by_key(|record| (record.span, record.kind));
        self.records.dedup_by(|a, b| a.kind == b.kind && a.fields == b.fields);
        self.comments.sort();
        self.comments.dedup();
        self.syntax_errors.sort();
        self.syntax_errors.dedup();
        self.omissions.sort();
        self.omissions.dedup();
    }
}
