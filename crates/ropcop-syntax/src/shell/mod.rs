//! Shell: from the text of a script or of one command line to [`Command`]s.

use crate::module::MappedText;
use crate::{Command, Facts};

/// First of the characters that stand for holes in a text that is handed to [`commands`]: the n-th hole is
/// `HOLE + n`, from Unicode's private use area, which no shell treats as special.
pub(crate) const HOLE: char = '\u{E000}';

/// Reads a script file.
pub(crate) fn facts(text: &str) -> Facts {
    let _ = text;
    Facts::default()
}

/// Reads a text that a program hands to a shell. `holes[n]` is the name of what fills hole `n`, if it has one.
/// Spans of the result are positions in the host file.
pub(crate) fn commands(text: &MappedText, holes: &[Option<String>]) -> Vec<Command> {
    let _ = (text, holes);
    Vec::new()
}

/// Reads words that a program hands to a process without a shell between: wrappers (`sudo`, `bash -c "…"`) are
/// looked through, nothing is expanded.
pub(crate) fn argv(words: &[crate::Word]) -> Vec<Command> {
    let (Some(first), Some(last)) = (words.first(), words.last()) else { return Vec::new() };
    vec![Command {
        words: words.to_vec(),
        span: first.span.to(last.span),
        certainty: crate::Certainty::Runs,
        related: Vec::new(),
        may_wrap: true,
        in_branch: false,
    }]
}
