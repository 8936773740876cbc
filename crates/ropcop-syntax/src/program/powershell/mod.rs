//! PowerShell: commands with their words, and calls of .NET.
//!
//! A script is read by a reader of its own ([`reader`], [`statement`], [`definition`], [`command`], [`expression`],
//! [`text`]), because most of what is looked for stands in the words of commands, and what breaks a grammar there must
//! not break the search. [`names`] walks through the tree once, and [`place`] says
//! which values reach a use; [`value`], [`template`] and [`words`] say what is known of
//! the words; [`find`] and [`process`] decide what a command is. [`calls`] turns expressions into a
//! [`crate::program::module::Module`]. [`record`] collects tables, texts and variables that hold keys and values.

mod calls;
mod command;
mod definition;
mod expression;
mod find;
mod lower;
mod names;
mod parameter;
mod place;
mod printing;
mod process;
mod reader;
mod record;
mod statement;
mod syntax;
mod template;
mod text;
mod value;
mod words;

use crate::guest::Reading;
use crate::program::resolve::Resolver;
use crate::text::template::Template;
use crate::{Command, Facts, Source};

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
    let mut reader = reader::Reader::new(&text.text.text);
    let statements = reader.statements();
    let lowered = lower::lower(&statements, &text.text.text);
    let resolver = Resolver::new(&lowered.module);
    let names = names::Names::of(&statements, &lowered, &resolver);
    let mut facts = find::Finder::new(&names, text, reading, depth).run();
    if depth == 0 {
        facts.absorb(calls::facts(&resolver, &text.text.text, reading));
    }
    facts.records.extend(record::records(&statements, &names, text, reading));
    facts.records.extend(record::versions::needed(text, &mut reader.needs, reading));
    facts.syntax_errors.extend(reader.errors.iter().map(|span| text.span(span.start..span.end)));
    facts
}
