//! Shell: from the text of a script or of one command line to [`Command`]s.
//!
//! A script goes through these steps: [`text`] keeps the way back to the file, [`lower`] takes the statements from
//! tree-sitter's tree, [`word`] reads the words, [`interpret`] walks through the statements, [`expand`] puts variables
//! in, and [`command`] decides what a command is: a builtin, a [`wrapper`] of another, something that [`print`]s, or a
//! fact.

mod assign;
mod bounds;
mod broken;
mod command;
mod expand;
mod interpret;
mod lower;
mod print;
mod script;
mod simple;
mod split;
mod text;
mod value;
mod variable;
mod word;
mod wrapper;
mod wrapper_table;

use std::ops::Range;

use crate::document::stretch::last_name;
use crate::template::{MappedText, Template};
use crate::{Command, Facts, Span, Word};

use interpret::{Context, Interpreter};
use text::Text;
use value::Field;

/// Reads a script file.
pub(crate) fn facts(text: &str) -> Facts {
    let length = text.len();
    let text = match expressions(text) {
        ranges if ranges.is_empty() => Text::file(text),
        ranges => {
            let punched = Template::verbatim(text, 0).punched(&ranges);
            Text::mapped(&punched.text, &punched.holes)
        }
    };
    let (items, errors) = lower::lower_with_errors(&text, &lower::Effort::of(length));
    let mut syntax_errors: Vec<Span> = errors.iter().map(|error| text.span(error.start, error.end)).collect();
    let mut interpreter = Interpreter::default();
    interpreter.run(&items, Context::new(), None);
    let (commands, given_up) = interpreter.finish();
    syntax_errors.extend(given_up);
    Facts { commands, syntax_errors, ..Facts::default() }
}

/// `${{ … }}`, which no shell knows: a host fills it in before the script is run.
fn expressions(text: &str) -> Vec<(Range<usize>, Option<String>)> {
    let open = text.match_indices("${{").map(|(start, _)| start);
    let ranges = open.filter_map(|start| {
        let line = text[start..].lines().next()?;
        let end = line.find("}}")?;
        Some((start..start + end + 2, last_name(&line[3..end])))
    });
    ranges.collect()
}

/// Reads a text that a program hands to a shell. `holes[n]` is the name of what fills hole `n`, if it has one.
/// Spans of the result are positions in the host file.
pub(crate) fn commands(text: &MappedText, holes: &[Option<String>]) -> Vec<Command> {
    let text = Text::mapped(text, holes);
    interpret(&lower::lower(&text, &lower::Effort::of(text.text.len())))
}

/// Reads words that a program hands to a process without a shell between: wrappers (`sudo`, `bash -c "…"`) are
/// looked through, nothing is expanded.
pub(crate) fn argv(words: &[Word]) -> Vec<Command> {
    let (Some(first), Some(last)) = (words.first(), words.last()) else { return Vec::new() };
    let line = (first.span.to(last.span), None);
    let mut interpreter = Interpreter::default();
    let fields = words.iter().map(Field::of_word).collect();
    interpreter.command(fields, Context { line, site: line.0, ..Context::new() }, None);
    interpreter.finish().0
}

fn interpret(items: &[script::Item]) -> Vec<Command> {
    let mut interpreter = Interpreter::default();
    interpreter.run(items, Context::new(), None);
    interpreter.finish().0
}
