//! Goes through a script once and notes every command: a small abstract interpreter.
//!
//! Nothing is executed. Both arms of a branch are read, loops once, functions where they are called; what a variable
//! may hold is followed as far as the file tells.

use std::collections::{BTreeMap, BTreeSet, HashMap, HashSet};
use std::rc::Rc;

use crate::guest::Reading;
use crate::{Certainty, Command, Facts, GuestSpan, Language, Span};

use super::lower::Effort;
use super::print;
use super::record::Records;
use super::script::{Assigned, Item, Redirect, RedirectKind, Simple};
use super::text::Text;
use super::value::{Atom, Changes, Field, State};

/// Functions and texts within each other are followed to this depth.
pub(super) const DEPTH: usize = 10;
/// Statements and words that are read in one file at most, those of functions once a call.
const BUDGET: usize = 2_000_000;
/// A function is read for this many calls at most.
const CALLS: usize = 24;

/// Under what circumstances a statement is read.
#[derive(Clone, Copy, Debug)]
pub(super) struct Context {
    pub(super) certainty: Certainty,
    pub(super) in_branch: bool,
    /// Somebody wants to know what it prints.
    pub(super) capture: bool,
    /// The statement that runs a text which was written elsewhere.
    pub(super) site: Span,
    /// The words of the statement, and where they were written.
    pub(super) line: (Span, Option<Span>),
}

impl Context {
    /// At the start of a file.
    pub(super) fn new() -> Self {
        let line = (Span::default(), None);
        Self { certainty: Certainty::Runs, in_branch: false, capture: false, site: Span::default(), line }
    }
}

/// The state of the walk.
pub(super) struct Interpreter<'k> {
    pub(super) state: State,
    pub(super) found: Vec<Command>,
    /// Code of other languages that was read.
    pub(super) guests: Vec<GuestSpan>,
    /// Assignments whose text was run.
    pub(super) ran: HashSet<Span>,
    /// Variables that are handed to something, and those that are printed.
    pub(super) handed: HashSet<String>,
    pub(super) printed: HashSet<String>,
    /// Texts in variables.
    pub(super) stored: Vec<(String, Span, Vec<Atom>)>,
    /// What is written to each file that may be a script.
    written: BTreeMap<String, Vec<Atom>>,
    /// Every function that was defined, also those that a later one of the same name replaced.
    bodies: Vec<(String, Rc<Vec<Item>>)>,
    /// Functions that were read: where their bodies are kept.
    read: HashSet<usize>,
    calls: HashMap<String, usize>,
    active: Vec<String>,
    pub(super) steps: usize,
    /// The statement before the one at which the budget was used up.
    given_up: Option<Span>,
    pub(super) depth: usize,
    pub(super) shifted: bool,
    pub(super) records: Records<'k>,
    pub(super) reading: &'k Reading<'k>,
    /// Where functions stand, by where their bodies are kept.
    places: HashMap<usize, Span>,
}

impl<'k> Interpreter<'k> {
    pub(super) fn new(reading: &'k Reading<'k>, records: Records<'k>) -> Self {
        Self {
            state: State::default(),
            found: Vec::new(),
            guests: Vec::new(),
            ran: HashSet::new(),
            handed: HashSet::new(),
            printed: HashSet::new(),
            stored: Vec::new(),
            written: BTreeMap::new(),
            bodies: Vec::new(),
            read: HashSet::new(),
            calls: HashMap::new(),
            active: Vec::new(),
            steps: 0,
            given_up: None,
            depth: reading.depth,
            shifted: false,
            records,
            reading,
            places: HashMap::new(),
        }
    }

    /// Reads statements. What they print is the result, if that is wanted and known.
    pub(super) fn run(&mut self, items: &[Item], context: Context, input: Option<&[Atom]>) -> Option<Vec<Atom>> {
        let mut output = Some(Vec::new());
        for item in items {
            self.steps += 1;
            if self.steps > BUDGET {
                self.given_up.get_or_insert(context.line.0);
                return None;
            }
            let printed = self.item(item, context, input);
            output = match (output, printed) {
                (Some(mut all), Some(more)) if context.capture => {
                    all.extend(more);
                    Some(all)
                }
                (Some(all), Some(_)) => Some(all),
                _ => None,
            };
        }
        output
    }

    fn item(&mut self, item: &Item, context: Context, input: Option<&[Atom]>) -> Option<Vec<Atom>> {
        match item {
            Item::Simple(simple) => self.simple(simple, context, input),
            Item::Sequence(items) => self.run(items, context, input),
            Item::Pipeline(stages) => self.pipeline(stages, context, input),
            Item::Optional { items, repeats } => self.optional(items, *repeats, context),
            Item::Branches { arms, exhaustive } => {
                let several = arms.len() > 1;
                let inner = Context { in_branch: context.in_branch || several, ..context };
                let mut changes: Vec<Changes> = Vec::new();
                let mut silent = true;
                for arm in arms {
                    self.state.open();
                    silent &= self.run(arm, inner, None).is_some_and(|output| output.is_empty());
                    changes.push(self.state.close());
                }
                if !exhaustive {
                    changes.push(Changes::new());
                }
                self.state.merge(&changes);
                silent.then(Vec::new)
            }
            Item::Each { name, words } => {
                self.each(name, words, context);
                Some(Vec::new())
            }
            Item::Subshell(items) => {
                self.state.open();
                let output = self.run(items, context, input);
                self.state.close();
                output
            }
            Item::Redirected { body, redirects } => {
                self.redirected(redirects, context, input, |this, context, input| this.run(body, context, input))
            }
            Item::Function { name, body, span } => {
                self.places.insert(Rc::as_ptr(body).addr(), *span);
                self.bodies.push((name.clone(), Rc::clone(body)));
                self.state.functions.insert(name.clone(), Rc::clone(body));
                Some(Vec::new())
            }
            Item::Look(words) => {
                for word in words {
                    self.whole(word, context);
                }
                Some(Vec::new())
            }
        }
    }

    fn optional(&mut self, items: &[Item], repeats: bool, context: Context) -> Option<Vec<Atom>> {
        self.state.open();
        // A loop that shifts sees other arguments each time.
        let positional = self.state.positional.clone();
        if repeats {
            self.state.positional = None;
        }
        self.shifted = false;
        let silent = self.run(items, context, None).is_some_and(|output| output.is_empty());
        if repeats && !self.shifted {
            self.state.positional = positional;
        }
        let changes = self.state.close();
        self.state.merge(&[changes, Changes::new()]);
        silent.then(Vec::new)
    }

    fn pipeline(&mut self, stages: &[Item], context: Context, input: Option<&[Atom]>) -> Option<Vec<Atom>> {
        let mut flowing = input.map(<[Atom]>::to_vec);
        for (number, stage) in stages.iter().enumerate() {
            let capture = context.capture || number + 1 < stages.len();
            flowing = self.item(stage, Context { capture, ..context }, flowing.as_deref());
        }
        flowing
    }

    /// Runs something whose output may go to a file and whose input may be a here-document.
    fn redirected(
        &mut self,
        redirects: &[Redirect],
        context: Context,
        input: Option<&[Atom]>,
        body: impl FnOnce(&mut Self, Context, Option<&[Atom]>) -> Option<Vec<Atom>>,
    ) -> Option<Vec<Atom>> {
        let mut own_input = None;
        let mut file = None;
        let mut goes_away = false;
        for redirect in redirects {
            let target = self.whole(&redirect.target, context);
            match redirect.kind {
                RedirectKind::Text => own_input = Some(target),
                RedirectKind::Out => {
                    goes_away = true;
                    file = print::file(&redirect.target);
                }
                RedirectKind::Other => {}
            }
        }
        let inner = Context { capture: context.capture || file.is_some(), ..context };
        let output = body(self, inner, own_input.as_deref().or(input));
        match (file, output) {
            (Some(file), Some(output)) => {
                self.write(file, output);
                Some(Vec::new())
            }
            (_, output) if goes_away => output.map(|_| Vec::new()),
            (_, output) => output,
        }
    }

    fn simple(&mut self, simple: &Simple, context: Context, input: Option<&[Atom]>) -> Option<Vec<Atom>> {
        let place = simple.place;
        let site = if place.is_none() { simple.span } else { context.site };
        self.records.simple(simple);
        let context = Context { site, line: (simple.words_span, place), ..context };
        if simple.words.is_empty() {
            for assign in &simple.assigns {
                self.assign(assign, context);
            }
            return self.redirected(&simple.redirects, context, input, |_, _, _| Some(Vec::new()));
        }
        // Assignments before a command hold for that command alone; only what they run counts.
        for assign in &simple.assigns {
            if let Assigned::Text(word) = &assign.value {
                self.assigned(word, context);
            }
        }
        self.redirected(&simple.redirects, context, input, |this, context, input| {
            let variants = this.arguments(&simple.words, context);
            let mut output = None;
            for (number, fields) in variants.into_iter().enumerate() {
                let printed = if fields.is_empty() { Some(Vec::new()) } else { this.command(fields, context, input) };
                if number == 0 {
                    output = printed;
                }
            }
            output
        })
    }

    /// Notes what is written to a file that may be a script.
    pub(super) fn write(&mut self, file: String, mut output: Vec<Atom>) {
        if !output.is_empty() {
            if !output.last().and_then(|atom| atom.part.text()).is_some_and(|text| text.ends_with('\n')) {
                print::end_line(&mut output);
            }
            self.written.entry(file).or_default().extend(output);
        }
    }

    /// Reads a text as a script.
    pub(super) fn run_text(
        &mut self,
        atoms: &[Atom],
        context: Context,
        args: Option<Vec<Field>>,
        input: Option<&[Atom]>,
    ) -> Option<Vec<Atom>> {
        if self.depth >= DEPTH {
            return None;
        }
        let mut output = None;
        let outer = args.map(|args| self.state.positional.replace(Rc::new(args)));
        for (number, text) in self.code(atoms).iter().enumerate() {
            let text = Text::assemble(text);
            self.steps += text.text.len() / 16;
            let items = super::lower::lower(&text, &Effort::of(text.text.len()));
            self.depth += 1;
            let printed = self.run(&items, context, input);
            self.depth -= 1;
            if number == 0 {
                output = printed;
            }
        }
        if let Some(positional) = outer {
            self.state.positional = positional;
        }
        output
    }

    /// Calls a function of the file; none if there is no such function.
    pub(super) fn call(&mut self, name: &str, args: &[Field], context: Context) -> Option<Option<Vec<Atom>>> {
        // Inside a function of the program's own name, behind `command`, `sudo` or a container, the name is the program.
        if self.active.iter().any(|active| active == name) {
            return None;
        }
        let body = Rc::clone(self.state.functions.get(name)?);
        let calls = self.calls.entry(name.to_owned()).or_default();
        *calls += 1;
        // What is called too often or too deep is taken for a program, so that at least its words are seen.
        if *calls > CALLS || self.depth >= DEPTH {
            return None;
        }
        let args = args.iter().cloned().map(|field| field.placed(context.line.0)).collect();
        let positional = self.state.positional.replace(Rc::new(args));
        self.active.push(name.to_owned());
        self.depth += 1;
        self.read.insert(Rc::as_ptr(&body).addr());
        let output = self.body(&body, context);
        self.depth -= 1;
        self.active.pop();
        self.state.positional = positional;
        Some(output)
    }

    /// Reads the body of a function.
    fn body(&mut self, body: &Rc<Vec<Item>>, context: Context) -> Option<Vec<Atom>> {
        let place = self.places.get(&Rc::as_ptr(body).addr()).copied().unwrap_or_default();
        self.records.enter(place);
        let output = self.run(body, context, None);
        self.records.leave();
        output
    }

    /// What is left when the script has been read: functions that nobody called, or only from too deep inside others;
    /// scripts that were written, texts that were stored; and where the walk was given up, if it was.
    pub(super) fn finish(mut self) -> Facts {
        let context = Context::new();
        self.state.positional = None;
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
        let syntax_errors = self.given_up.into_iter().collect();
        Facts { commands: found, records, syntax_errors, guests: self.guests, ..Facts::default() }
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
            if only_printed || crate::vocabulary::show::says(&name) {
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
