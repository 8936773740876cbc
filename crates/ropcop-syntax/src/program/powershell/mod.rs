//! PowerShell: commands with their words, and calls of .NET.
//!
//! A script is read by a reader of its own ([`reader`], [`statement`], [`definition`], [`command`], [`expression`],
//! [`text`]), because most of what is looked for stands in the words of commands, and what breaks a grammar there must
//! not break the search. [`lower`] turns the tree into a [`crate::program::module::Module`], and the resolver and the
//! evaluator of all programs say what reaches a name and what a value is; [`value`] is the one door to their answers.
//! [`names`] walks through the tree for commands and texts, [`words`] puts together what a command receives, [`find`] and
//! [`process`] decide what it is, [`calls`] has the calls of .NET. [`record`] collects tables, texts and variables that
//! hold keys and values, [`password`] where the password of a credential is written.
//!
//! The alternative was an engine of its own for words, which knew branches and pieces, beside a module for calls. Each
//! knew what the other did not.

mod calls;
mod command;
mod definition;
mod expression;
mod find;
mod lower;
mod names;
mod parameter;
mod password;
mod printing;
mod process;
mod reader;
mod record;
mod statement;
mod syntax;
mod text;
mod value;
mod words;

use crate::guest::Reading;
use crate::program::resolve::Resolver;
use crate::text::template::Template;
use crate::{Command, Facts, Omission, Source};

/// Reads a file.
pub(crate) fn facts(source: &Source, reading: &Reading<'_>) -> Facts {
    let text = Template::verbatim(&source.text, 0);
    let mut facts = read(&text, reading, 0);
    if record::versions::is_list(&source.path) {
        facts.records.extend(record::versions::listed(&text, reading));
    }
    facts.settle();
    facts
}

/// Commands of a text that stands in other scripts; places are those in the file.
pub(crate) fn commands(text: &Template, reading: &Reading<'_>) -> Vec<Command> {
    let mut facts = read(text, reading, reading.depth);
    facts.settle();
    facts.commands
}

/// Reads a text, which may stand in another (`depth` levels deep); places are those in the file.
fn read(text: &Template, reading: &Reading<'_>, depth: usize) -> Facts {
    let mut reader = reader::PowerShellReader::new(&text.text.text);
    let statements = reader.statements();
    let lowered = lower::lower(&statements, text);
    let resolver = Resolver::new(&lowered.module);
    let names = names::Names::of(&statements, &lowered, &resolver);
    let mut facts = find::PsCommandFinder::new(&names, text, reading, depth).run();
    if depth == 0 {
        facts.absorb(calls::facts(&resolver, &text.text.text, reading));
    }
    facts.records.extend(record::records(&statements, &names, text, reading));
    facts.records.extend(record::versions::needed(text, &mut reader.needs, reading));
    facts.syntax_errors.extend(reader.errors.iter().map(|span| text.span(span.start..span.end)));
    facts.omissions.extend(reader.too_deep.iter().map(|span| {
        let why = format!("is nested deeper than {} levels", reader::DEEPEST);
        Omission::new(text.span(span.start..span.end), why)
    }));
    facts
}
