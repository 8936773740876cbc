//! What is left when a script has been read: functions that nobody called, files that were written, texts in variables.

use std::collections::{BTreeSet, HashSet};
use std::rc::Rc;

use crate::vocabulary::show;
use crate::{Certainty, Facts, Language, Span};

use super::interpret::{Context, Interpreter};
use super::print;
use super::state::ARGUMENTS;
use super::value::Atom;

impl Interpreter<'_> {
    /// What is left when the script has been read: functions that nobody called, or only from too deep inside others;
    /// scripts that were written, texts that were stored; and where the walk was given up, if it was.
    pub(super) fn finish(mut self) -> Facts {
        let context = Context::new();
        self.state.forget(ARGUMENTS);
        // Reading one can define more, so the list may grow on the way.
        let mut next = 0;
        while let Some((name, body)) = self.bodies.get(next).cloned() {
            next += 1;
            if self.read.insert(Rc::as_ptr(&body).addr()) {
                self.active.push(name);
                self.body(&body, context);
                self.active.pop();
            }
        }
        for (file, text) in std::mem::take(&mut self.written) {
            let context = Context { certainty: Certainty::Likely, ..context };
            self.records.enter(text.iter().map(|atom| atom.span).reduce(Span::to).unwrap_or_default());
            self.records.written(&file, &text);
            if !print::script_name(&file) {
            } else if Language::detect(&file, "") == Some(Language::PowerShell) {
                self.run_powershell(&text, context);
            } else {
                self.run_text(&text, context, None, None);
            }
            self.records.leave();
        }
        self.records.close();
        self.unused_texts(context);
        let mut seen = BTreeSet::new();
        let mut found = std::mem::take(&mut self.found);
        found.sort_by_key(|command| (command.span, command.certainty));
        found.retain(|command| seen.insert((command.span, format!("{:?}", command.words))));
        let records = self.records.finish();
        let omissions = self.given_up.into_iter().collect();
        Facts { commands: found, records, omissions, guests: self.guests, ..Facts::default() }
    }

    /// Texts in variables that were never run here: something else may, unless they are only printed.
    fn unused_texts(&mut self, context: Context) {
        let stored = std::mem::take(&mut self.stored);
        let places = |span: &Span, atoms: &[Atom]| -> Vec<Span> {
            atoms.iter().filter_map(|atom| atom.place).filter(|place| place != span).collect()
        };
        // A text that goes on in another one is not a command of its own.
        let parts: HashSet<Span> = stored.iter().flat_map(|(_, span, atoms)| places(span, atoms)).collect();
        for (name, place, atoms) in stored {
            let began = atoms.first().and_then(|atom| atom.place);
            if parts.contains(&place) || began.is_some_and(|place| self.ran.contains(&place)) {
                continue;
            }
            let only_printed = self.printed.contains(&name) && !self.handed.contains(&name);
            if only_printed || show::says(&name) {
                continue;
            }
            let one_line = !atoms.iter().any(|atom| atom.part.text().is_some_and(|text| text.contains('\n')));
            let likely = one_line && self.handed.contains(&name);
            let certainty = if likely { Certainty::Likely } else { Certainty::Stored };
            let before = self.found.len();
            self.run_text(&atoms, Context { certainty, site: place, ..context }, None, None);
            self.found[before..].iter_mut().for_each(|command| command.may_wrap = false);
        }
    }
}
