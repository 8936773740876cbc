//! Shell: from the text of a script or of one command line to [`Command`]s.
//!
//! A script goes through these steps: [`text`] keeps the way back to the file, [`lower`] takes the statements from
//! tree-sitter's tree, [`word`] reads the words, [`interpret`] walks through the statements, [`expand`] puts variables
//! in, and [`command`] decides what a command is: a builtin, a [`wrapper`] of another, something that [`print`]s, or a
//! fact.

mod argv;
mod assign;
mod bounds;
mod braces;
mod broken;
mod builtin;
mod change;
mod code;
mod command;
mod document;
mod expand;
mod expansion;
mod filter;
mod finish;
mod function;
mod grammar;
mod interpret;
mod lower;
mod powershell;
mod print;
mod read;
mod record;
mod repeat;
mod script;
mod select;
mod simple;
mod split;
mod state;
mod text;
mod value;
mod variable;
mod whole;
mod word;
mod wrapper;
mod wrapper_table;
mod xargs;

use std::ops::Range;

use crate::guest::Reading;
use crate::text::placeholder::Mark;
use crate::text::punch;
use crate::text::template::{MappedText, Template};
use crate::{Command, Facts};

pub(crate) use argv::{Operand, argv, list, started};

use interpret::{Context, Interpreter};
use record::Records;
use text::Text;

/// Reads a script file.
pub(crate) fn facts(text: &str, reading: &Reading<'_>) -> Facts {
    let ranges = expressions(text);
    if ranges.is_empty() {
        return read(&Text::file(text), reading, Some(ScriptPlace::File));
    }
    let punched = Template::verbatim(text, 0).punched(&ranges);
    read(&Text::mapped(&punched.text, &punched.holes), reading, Some(ScriptPlace::File))
}

/// Where a script stands whose records are wanted.
#[derive(Clone, Copy, PartialEq, Eq)]
enum ScriptPlace {
    File,
    Guest,
}

/// Reads a script.
fn read(text: &Text, reading: &Reading<'_>, script: Option<ScriptPlace>) -> Facts {
    let length = text.text.len();
    let effort = lower::ScriptEffort::of(length, reading.effort);
    let (items, errors) = lower::lower_with_errors(text, &effort);
    let records = script.map(|_| Records::new(text.span(0, length), reading)).unwrap_or_default();
    let mut interpreter = Interpreter::new(reading, records);
    // A file that only assigns is there to be read by others.
    interpreter.records.export_all(script == Some(ScriptPlace::File) && script::only_assigns(&items));
    interpreter.run(&items, Context::new(), None);
    let mut facts = interpreter.finish();
    facts.syntax_errors = errors;
    facts.omissions.extend(effort.given_up());
    facts
}

/// `${{ … }}`, which no shell knows: a host fills it in before the script is run.
fn expressions(text: &str) -> Vec<(Range<usize>, Option<String>)> {
    let found = punch::found(text, &[Mark::Expression]).into_iter();
    let on_one_line = found.filter(|it| !text[it.inside.clone()].contains('\n'));
    on_one_line.map(|it| (it.range, it.name)).collect()
}

/// Reads code that stands in a file of another kind, as [`facts`] does.
pub(crate) fn guest(code: &Template, reading: &Reading<'_>) -> Facts {
    let facts = read(&Text::mapped(&code.text, &code.holes), reading, Some(ScriptPlace::Guest));
    Facts { syntax_errors: Vec::new(), ..facts }
}

/// Reads a text that a program hands to a shell. `holes[n]` is the name of what fills hole `n`, if it has one.
/// Spans of the result are positions in the host file.
pub(crate) fn commands(text: &MappedText, holes: &[Option<String>], reading: &Reading<'_>) -> Vec<Command> {
    read(&Text::mapped(text, holes), reading, None).commands
}
