//! Goes through a script once and notes every command: a small abstract interpreter.
//!
//! Nothing is executed. Both arms of a branch are read, loops once, functions where they are called; what a variable
//! may hold is followed as far as the file tells.

use std::collections::{BTreeMap, HashMap, HashSet};
use std::rc::Rc;

use crate::guest::Reading;
use crate::{Certainty, Command, GuestSpan, Omission, Span};

use super::expand::Words;
use super::lower::ScriptEffort;
use super::print;
use super::record::Records;
use super::repeat::Rounds;
use super::script::{Item, Redirect, RedirectKind, Simple};
use super::state::{Changes, State};
use super::text::Text;
use super::value::{Atom, ExpandedWord};

/// Functions and texts within each other are followed to this depth.
pub(super) const DEPTH: usize = 10;
/// Statements and words that are read in one file at most, those of functions once a call. The report says so.
const BUDGET: usize = 2_000_000;

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
    pub(super) stored: Vec<(String, Span, Rc<Vec<Atom>>)>,
    /// What is written to each file that may be a script.
    pub(super) written: BTreeMap<String, Vec<Atom>>,
    /// Every function that was defined, also those that a later one of the same name replaced.
    pub(super) bodies: Vec<(String, Rc<Vec<Item>>)>,
    /// Functions that were read: where their bodies are kept.
    pub(super) read: HashSet<usize>,
    pub(super) calls: HashMap<String, usize>,
    pub(super) active: Vec<String>,
    pub(super) steps: usize,
    /// The statement before the one at which the budget was used up.
    pub(super) given_up: Option<Omission>,
    pub(super) depth: usize,
    /// How many programs run the command that is read, each through the next.
    pub(super) wrappers: usize,
    pub(super) shifted: bool,
    pub(super) rounds: Rounds,
    pub(super) records: Records<'k>,
    pub(super) reading: &'k Reading<'k>,
    /// Where the defaults of variables stand that stayed variables, by where these stand.
    pub(super) defaults: HashMap<Span, Span>,
    /// Where functions stand, by where their bodies are kept.
    pub(super) places: HashMap<usize, Span>,
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
            wrappers: 0,
            shifted: false,
            rounds: Rounds::default(),
            records,
            reading,
            defaults: HashMap::new(),
            places: HashMap::new(),
        }
    }

    /// Reads statements. What they print is the result, if that is wanted and known.
    pub(super) fn run(&mut self, items: &[Item], context: Context, input: Option<&[Atom]>) -> Option<Vec<Atom>> {
        let mut output = Some(Vec::new());
        for item in items {
            self.steps += 1;
            if self.steps > BUDGET {
                let why = format!("takes more than {BUDGET} steps");
                self.given_up.get_or_insert(Omission::new(context.line.0, why));
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
            Item::Optional(items) => self.optional(items, context),
            Item::For { name, words, body } => self.each(name, words.as_deref(), body, context),
            Item::While { condition, body } => self.repeat(condition, body, context, input),
            Item::Branches { arms, exhaustive } => self.branches(arms, *exhaustive, context),
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

    fn branches(&mut self, arms: &[Vec<Item>], exhaustive: bool, context: Context) -> Option<Vec<Atom>> {
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

    pub(super) fn optional(&mut self, items: &[Item], context: Context) -> Option<Vec<Atom>> {
        self.state.open();
        let silent = self.run(items, context, None).is_some_and(|output| output.is_empty());
        let changes = self.state.close();
        self.state.merge(&[changes, Changes::new()]);
        silent.then(Vec::new)
    }

    /// Each stage is a shell of its own: what it assigns is lost.
    fn pipeline(&mut self, stages: &[Item], context: Context, input: Option<&[Atom]>) -> Option<Vec<Atom>> {
        let mut flowing = input.map(<[Atom]>::to_vec);
        for (number, stage) in stages.iter().enumerate() {
            let capture = context.capture || number + 1 < stages.len();
            self.state.open();
            flowing = self.item(stage, Context { capture, ..context }, flowing.as_deref());
            self.state.close();
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
        let mut input = input.map(<[Atom]>::to_vec);
        let mut file = None;
        let mut goes_away = false;
        for redirect in redirects {
            let target = self.whole(&redirect.target, context);
            match redirect.kind {
                RedirectKind::Text => input = Some(target),
                RedirectKind::In => input = self.file_of(&redirect.target, context),
                RedirectKind::Out => {
                    goes_away = true;
                    file = print::file(&redirect.target);
                }
                RedirectKind::Away => goes_away = true,
                RedirectKind::Other => {}
            }
        }
        let inner = Context { capture: context.capture || file.is_some(), ..context };
        let output = body(self, inner, input.as_deref());
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
        self.declare(&simple.words);
        self.redirected(&simple.redirects, context, input, |this, context, input| {
            let variants = this.arguments(&simple.words, context);
            // Assignments before a command hold for that command alone, and not for its own words.
            let saved = this.state.save(simple.assigns.iter().map(|assign| assign.name.clone()));
            let stored = this.stored.len();
            for assign in &simple.assigns {
                this.assign(assign, context);
            }
            this.stored.truncate(stored);
            let output = this.command_in_variants(variants, context, input);
            this.state.restore(saved);
            output
        })
    }

    fn command_in_variants(
        &mut self,
        variants: Vec<Words>,
        context: Context,
        input: Option<&[Atom]>,
    ) -> Option<Vec<Atom>> {
        let is_set =
            |(_, fields): &Words| fields.first().and_then(ExpandedWord::text).is_some_and(|name| name == "set");
        if !variants.is_empty() && variants.iter().all(is_set) {
            self.set(variants, context);
            return Some(Vec::new());
        }
        let mut output = None;
        for (number, (_, fields)) in variants.into_iter().enumerate() {
            let printed = if fields.is_empty() { Some(Vec::new()) } else { self.command(fields, context, input) };
            if number == 0 {
                output = printed;
            }
        }
        output
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
        args: Option<Vec<ExpandedWord>>,
        input: Option<&[Atom]>,
    ) -> Option<Vec<Atom>> {
        if self.depth >= DEPTH {
            return None;
        }
        let mut output = None;
        let own = args.is_some();
        if own {
            self.state.enter(args);
        }
        for (number, text) in self.code(atoms).iter().enumerate() {
            let text = Text::assemble(text);
            self.steps += text.text.len() / 16;
            let effort = ScriptEffort::of(text.text.len(), self.reading.effort);
            let items = super::lower::lower(&text, &effort);
            self.given_up = self.given_up.take().or_else(|| effort.given_up());
            self.depth += 1;
            let printed = self.run(&items, context, input);
            self.depth -= 1;
            if number == 0 {
                output = printed;
            }
        }
        if own {
            self.state.leave();
        }
        output
    }
}
