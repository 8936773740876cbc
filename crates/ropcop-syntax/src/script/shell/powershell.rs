//! PowerShell that a shell script starts: its code is no shell code.

use crate::Language;
use crate::guest::Guest;

use super::interpret::{Context, DEPTH, Interpreter};
use super::value::{Atom, ExpandedWord};
use super::whole::template;
use super::wrapper::{Inner, join};

/// Longer names of parameters that take the next word as their value.
const VALUES: &[&str] = &[
    "executionpolicy",
    "inputformat",
    "outputformat",
    "windowstyle",
    "version",
    "workingdirectory",
    "configurationname",
    "configurationfile",
    "custompipename",
    "settingsfile",
    "psconsolefile",
];
/// Short names of the same.
const SHORT: &[&str] = &["ep", "ex", "if", "in", "inp", "o", "of", "w", "v", "wd", "wo", "psc", "settings"];

/// Whether a program is PowerShell.
pub(super) fn is_it(program: &str) -> bool {
    Language::of_program(program) == Some(Language::PowerShell)
}

/// What PowerShell is asked to run.
pub(super) fn inner(fields: &[ExpandedWord]) -> Inner {
    let mut at = 1;
    while let Some(field) = fields.get(at) {
        let word = field.text().unwrap_or_default().to_ascii_lowercase();
        let Some(name) = word.strip_prefix(['-', '/']).map(|name| name.trim_start_matches('-')) else { break };
        at += 1;
        if name.is_empty() {
            return Inner::Input;
        }
        // `-c`, `-Comm`, `-CommandWithArgs`
        if "command".starts_with(name) || name == "cwa" || name == "commandwithargs" {
            return match &fields[at..] {
                [] => Inner::Nothing,
                [only] if only.text().is_some_and(|text| text == "-") => Inner::Input,
                rest => Inner::Text(join(rest), Vec::new()),
            };
        }
        if "file".starts_with(name) {
            let is_input = fields.get(at).and_then(ExpandedWord::text).is_some_and(|text| text == "-");
            return if is_input { Inner::Input } else { Inner::Nothing };
        }
        if "encodedcommand".starts_with(name) || name == "ec" {
            return Inner::Nothing;
        }
        at += usize::from(SHORT.contains(&name) || name.len() > 3 && VALUES.iter().any(|long| long.starts_with(name)));
    }
    match fields.get(at..).unwrap_or_default() {
        [] => Inner::Input,
        // Code may stand without `-Command`; the name of a script may stand there as well.
        [first, ..] if has_blank(first) => Inner::Text(join(&fields[at..]), Vec::new()),
        [first, _, ..] if first.text().is_some_and(|text| !text.contains(['.', '/', '\\'])) => {
            Inner::Text(join(&fields[at..]), Vec::new())
        }
        _ => Inner::Nothing,
    }
}

fn has_blank(field: &ExpandedWord) -> bool {
    field.atoms.iter().any(|atom| atom.part.text().is_some_and(|text| text.trim().contains(char::is_whitespace)))
}

impl Interpreter<'_> {
    /// Reads a text as code of PowerShell.
    pub(super) fn run_powershell(&mut self, atoms: &[Atom], context: Context) {
        if self.depth >= DEPTH {
            return;
        }
        for atoms in self.code(atoms) {
            self.ran.extend(atoms.iter().filter_map(|atom| atom.place));
            let code = template(&atoms);
            self.steps += code.text.text.len() / 16;
            let guest = Guest { language: Language::PowerShell, code, certainty: context.certainty };
            let facts = self.reading.at_depth(self.depth + 1).guest(&guest);
            self.guests.extend(facts.guests);
            for mut command in facts.commands {
                command.in_branch |= context.in_branch;
                if context.site != crate::Span::default() && !context.site.contains(command.span) {
                    command.related.push((context.site, "this runs it".to_owned()));
                }
                self.found.push(command);
            }
        }
    }
}
