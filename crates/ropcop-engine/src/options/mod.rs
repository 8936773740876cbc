//! How a command reads the words behind it: one way of writing options a file.

mod argparse;
mod posix;
mod powershell;
mod slash;

use std::collections::BTreeMap;

use ropcop_syntax::{Part, Span, Word};

use crate::command::OptionFile;

pub(crate) use argparse::argparse;
pub(crate) use posix::posix;
pub(crate) use powershell::powershell;
pub(crate) use slash::slash;

/// What a command made of its words.
#[derive(Clone, Debug, Default)]
pub struct Parsed {
    /// The options that were given, by their first name. Where one is given more than once, the last one counts.
    pub options: BTreeMap<String, Given>,
    /// Why the command refuses the words, if it does: then it does nothing.
    pub refused: Option<String>,
    /// It prints help and does nothing else.
    pub help: bool,
    /// A word is not known that may be any option, or several words, or none.
    pub uncertain: bool,
}

/// An option that was given.
#[derive(Clone, Debug, Default)]
pub struct Given {
    /// Its values: none for a switch. The span of each is the value alone, also where it is joined to the option.
    pub values: Vec<Word>,
    /// The word with the option's name.
    pub span: Span,
}

impl Parsed {
    /// The (last) value of an option that has one.
    pub fn value(&self, name: &str) -> Option<&Word> {
        self.options.get(name)?.values.last()
    }

    /// Whether an option is there and, if it takes a value, the value is not surely empty.
    pub fn filled(&self, name: &str) -> bool {
        self.options
            .get(name)
            .is_some_and(|given| given.values.is_empty() || given.values.iter().any(|v| !v.is_empty()))
    }
}

fn keep(parsed: &mut Parsed, spec: &OptionFile, values: Vec<Word>, span: Span) -> Result<(), String> {
    match values.iter().find(|value| spec.refuses(value)) {
        Some(value) => Err(format!("`{}` does not take `{}`", spec.name(), value.known_start())),
        None => {
            parsed.options.insert(spec.name().to_owned(), Given { values, span });
            Ok(())
        }
    }
}

/// The word without its first `skip` bytes, which are known text.
fn behind(word: &Word, skip: usize) -> Word {
    let mut parts = word.parts.clone();
    if let Some(Part::Text(text)) = parts.first_mut() {
        *text = text.get(skip..).unwrap_or_default().to_owned();
        if text.is_empty() {
            parts.remove(0);
        }
    }
    // Where quotes or escapes stand in the word, its bytes are not those of its text: then the whole word must do.
    let plain = word.text().is_some_and(|text| text.len() == word.span.end - word.span.start);
    let start = if plain { word.span.start + skip } else { word.span.start };
    Word { parts, span: Span::new(start, word.span.end), splits: false, literals: Vec::new() }
}
