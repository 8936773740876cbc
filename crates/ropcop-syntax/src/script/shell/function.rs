//! Functions: called where they are called, with their arguments and variables.

use std::rc::Rc;

use super::interpret::{Context, DEPTH, Interpreter};
use super::script::{Item, WordOrAssign};
use super::value::{Atom, ExpandedWord, ShellValue};
use super::whole::known;

/// A function is read for this many calls at most.
const CALLS: usize = 24;

impl Interpreter<'_> {
    /// Calls a function of the file; none if there is no such function.
    pub(super) fn call(&mut self, name: &str, args: &[ExpandedWord], context: Context) -> Option<Option<Vec<Atom>>> {
        // Inside a function of the program's own name, behind `command`, `sudo` or a container, the name is the program.
        if self.active.iter().any(|active| active == name) {
            return None;
        }
        let body = Rc::clone(self.state.functions.get(name)?);
        let again = self.is_again();
        let calls = self.calls.entry(name.to_owned()).or_default();
        // Rounds of a loop are limited by themselves.
        *calls += usize::from(!again);
        // What is called too often or too deep is taken for a program, so that at least its words are seen.
        if *calls > CALLS || self.depth >= DEPTH {
            return None;
        }
        let args = args.iter().cloned().map(|field| field.placed(context.line.0)).collect();
        self.state.enter(Some(args));
        self.active.push(name.to_owned());
        self.depth += 1;
        self.read.insert(Rc::as_ptr(&body).addr());
        let output = self.body(&body, context);
        self.depth -= 1;
        self.active.pop();
        self.state.leave();
        Some(output)
    }

    /// Reads the body of a function.
    pub(super) fn body(&mut self, body: &Rc<Vec<Item>>, context: Context) -> Option<Vec<Atom>> {
        let place = self.places.get(&Rc::as_ptr(body).addr()).copied().unwrap_or_default();
        self.records.enter(place);
        let output = self.run(body, context, None);
        self.records.leave();
        output
    }

    /// What `local`, `declare` and `typeset` say about variables before they give them values: in a function they are its
    /// own, and some are maps.
    pub(super) fn declare(&mut self, words: &[WordOrAssign]) {
        let Some((WordOrAssign::Word(program), rest)) = words.split_first() else { return };
        if !matches!(known(program), "local" | "declare" | "typeset") {
            return;
        }
        let options = |letter: char| {
            rest.iter().any(|word| match word {
                WordOrAssign::Word(word) => {
                    known(word).strip_prefix('-').is_some_and(|letters| letters.contains(letter))
                }
                WordOrAssign::Assign(_) => false,
            })
        };
        let own = self.state.is_in_function() && !options('g');
        let is_map = options('A');
        for word in rest {
            let name = match word {
                WordOrAssign::Word(word) => known(word),
                WordOrAssign::Assign(assign) => &assign.name,
            };
            if name.is_empty() || name.starts_with(['-', '+']) {
                continue;
            }
            if own {
                self.state.hide(name);
            }
            if is_map {
                self.state.set(name, ShellValue::Map(Rc::default()));
            } else if own && matches!(word, WordOrAssign::Word(_)) {
                self.state.forget(name);
            }
        }
    }
}
