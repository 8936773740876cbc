//! Words that another language has put together: what they hold is not looked at as a shell would, and not quoted.

use crate::guest::Reading;
use crate::text::template::Template;
use crate::{Command, Facts, Span};

use super::interpret::{Context, Interpreter};
use super::record::Records;
use super::text::Text;
use super::value::{Atom, ExpandedWord};
use super::{lower, whole, word};

/// A word that a program receives.
pub(crate) struct Operand {
    /// What it says, letter by letter: it can be a script, whose commands then have places of their own.
    pub(crate) text: Template,
    /// The word as written.
    pub(crate) span: Span,
    /// It may be several words, or none.
    pub(crate) splits: bool,
}

impl Operand {
    /// A word that stands in a file as its text does.
    pub(crate) fn of(text: &Template) -> Self {
        let length = text.text.text.len();
        let span = match length {
            // Nothing stands between two quotes.
            0 => Span::new(text.text.host(0).saturating_sub(1), text.text.host(0) + 1),
            _ => text.span(0..length),
        };
        Self { text: text.clone(), span, splits: false }
    }

    /// A word of which nothing is known but its name, if that.
    pub(crate) fn unknown(name: Option<String>, span: Span, splits: bool) -> Self {
        let mut text = Template::default();
        text.push_hole(name, span.start);
        text.text.seek(span.end);
        Self { text, span, splits }
    }

    /// Its text, if all of it is known.
    pub(crate) fn known(&self) -> Option<&str> {
        self.text.known()
    }

    fn field(&self) -> ExpandedWord {
        let text = Text::mapped(&self.text.text, &self.text.holes);
        let atoms = whole::atoms(&word::verbatim(&text)).into_iter();
        let atoms = atoms.map(|atom| Atom { quoted: !self.splits, ..atom }).collect();
        ExpandedWord { atoms, span: self.span, splits: self.splits, ..ExpandedWord::default() }
    }
}

/// Reads words that a program hands to a process without a shell between: wrappers (`sudo`, `bash -c "…"`) are
/// looked through, nothing is expanded.
pub(crate) fn argv(words: &[Operand], reading: &Reading<'_>) -> Vec<Command> {
    read(words, Records::default(), reading).commands
}

/// The same for words that stand in a file as a list, with the settings in them.
pub(crate) fn list(words: &[Operand], reading: &Reading<'_>) -> Facts {
    let records = Records::new(span(words), reading);
    Facts { syntax_errors: Vec::new(), ..read(words, records, reading) }
}

fn read(words: &[Operand], records: Records<'_>, reading: &Reading<'_>) -> Facts {
    let site = span(words);
    let mut interpreter = Interpreter::new(reading, records);
    let fields = words.iter().map(Operand::field).collect();
    interpreter.command(fields, Context { line: (site, None), site, ..Context::new() }, None);
    interpreter.finish()
}

fn span(words: &[Operand]) -> Span {
    words.iter().map(|operand| operand.span).reduce(Span::to).unwrap_or_default()
}

/// Reads a program, and a text that holds the words for it. The program is one word, whatever its letters are.
pub(crate) fn started(program: &Operand, line: &Template, reading: &Reading<'_>) -> Vec<Command> {
    let text = Text::behind(&program.field(), line);
    let items = lower::lower(&text, &lower::ScriptEffort::of(text.text.len(), reading.effort));
    let mut interpreter = Interpreter::new(reading, Records::default());
    interpreter.run(&items, Context::new(), None);
    interpreter.finish().commands
}
