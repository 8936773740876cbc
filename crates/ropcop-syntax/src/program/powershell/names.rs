//! One walk through a script: where names get values, and where commands stand.

use std::collections::{HashMap, HashSet};

use super::place::{Place, PlaceId};
use super::printing;
use super::syntax::{Assignment, Block, Element, Expr, Kind, Link, Param, Piece, Producer, Statement, Step};

/// What happens to a variable.
#[derive(Clone, Debug)]
pub(super) struct Change<'s> {
    /// Where it has happened.
    pub(super) at: usize,
    pub(super) place: PlaceId,
    pub(super) what: What<'s>,
}

/// How a variable changes.
#[derive(Clone, Debug)]
pub(super) enum What<'s> {
    Set(Given<'s>),
    /// `+=`
    Add(Given<'s>),
    /// An entry of a hashtable gets a value.
    Key(String, Given<'s>),
    /// An entry is taken out.
    Remove(String),
    /// Nothing is known of the value: a parameter, the variable of a loop.
    Unknown,
}

/// What a variable is given.
#[derive(Clone, Copy, Debug)]
pub(super) enum Given<'s> {
    Value(&'s Expr),
    Result(&'s Statement),
}

impl<'s> Given<'s> {
    pub(super) fn of(statement: &'s Statement) -> Self {
        match &statement.step {
            Step::Pipeline(elements) => match &elements[..] {
                [Element { source: Producer::Value(value), redirections }] if redirections.is_empty() => {
                    Self::Value(value)
                }
                _ => Self::Result(statement),
            },
            _ => Self::Result(statement),
        }
    }
}

/// A pipeline with its place.
#[derive(Clone, Copy, Debug)]
pub(super) struct Line<'s> {
    pub(super) elements: &'s [Element],
    pub(super) place: PlaceId,
}

/// What is known of a script.
#[derive(Debug, Default)]
pub(super) struct Names<'s> {
    pub(super) places: Vec<Place>,
    pub(super) changes: HashMap<(PlaceId, String), Vec<Change<'s>>>,
    /// Other names of commands, in lower case.
    pub(super) aliases: HashMap<String, String>,
    pub(super) lines: Vec<Line<'s>>,
    /// Calls of methods, with their place.
    pub(super) chains: Vec<(&'s Expr, PlaceId)>,
    /// Variables that are used for something else than showing them.
    pub(super) used: HashSet<String>,
    /// Variables that are shown or compared.
    pub(super) shown: HashSet<String>,
    /// Texts that are given to something, with its name.
    pub(super) texts: Vec<(Option<String>, &'s Expr, PlaceId)>,
    /// The place of each block, function body and class, by where it begins.
    pub(super) homes: HashMap<usize, PlaceId>,
    /// The arms of each choice, and whether one of them surely runs.
    pub(super) choices: Vec<(Vec<PlaceId>, bool)>,
}

impl<'s> Names<'s> {
    pub(super) fn of(statements: &'s [Statement]) -> Self {
        let mut names = Self::default();
        names.places.push(Place { parent: None, is_frame: true, arm: None, sure: true, in_branch: false });
        names.statements(statements, PlaceId(0));
        names
    }

    fn open(&mut self, parent: PlaceId, sure: bool) -> PlaceId {
        let in_branch = self.places[parent.0].in_branch;
        self.places.push(Place { parent: Some(parent), is_frame: false, arm: None, sure, in_branch });
        PlaceId(self.places.len() - 1)
    }

    fn frame(&mut self, parent: PlaceId) -> PlaceId {
        let place = self.open(parent, false);
        self.places[place.0].is_frame = true;
        self.places[place.0].in_branch = false;
        place
    }

    fn change(&mut self, key: String, frame: PlaceId, change: Change<'s>) {
        self.changes.entry((frame, key)).or_default().push(change);
    }

    fn statements(&mut self, statements: &'s [Statement], place: PlaceId) {
        for statement in statements {
            self.statement(statement, place);
        }
    }

    fn block(&mut self, block: &'s Block, parent: PlaceId, sure: bool) {
        let place = self.open(parent, sure);
        self.homes.insert(block.span.start, place);
        self.statements(&block.statements, place);
    }

    fn statement(&mut self, statement: &'s Statement, place: PlaceId) {
        match &statement.step {
            Step::Pipeline(elements) => self.line(elements, place),
            Step::Assign { target, how, value } => {
                self.target(target, place);
                self.statement(value, place);
                self.assign(target, *how, Given::of(value), statement.span.end, place);
            }
            Step::Function { params, body, .. } => {
                let frame = self.frame(place);
                self.homes.insert(body.span.start, frame);
                self.params(params, frame);
                self.statements(&body.statements, frame);
            }
            Step::Params(params) => self.params(params, place),
            Step::Class { properties, methods, .. } => {
                let frame = self.frame(place);
                self.homes.insert(statement.span.start, frame);
                self.params(properties, frame);
                self.statements(methods, frame);
            }
            Step::Choice { tests, arms, exhaustive } => {
                self.statements(tests, place);
                let choice = self.choices.len();
                self.choices.push((Vec::new(), *exhaustive));
                for arm in arms {
                    let inner = self.open(place, false);
                    self.homes.insert(arm.span.start, inner);
                    self.choices[choice].0.push(inner);
                    self.places[inner.0].arm = Some(choice);
                    self.places[inner.0].in_branch |= arms.len() > 1;
                    self.statements(&arm.statements, inner);
                }
            }
            Step::Loop { variable, head, body } => {
                self.statements(head, place);
                if let Some(variable) = variable {
                    let change = Change { at: statement.span.start, place, what: What::Unknown };
                    self.change(variable.clone(), self.frame_of(place), change);
                }
                self.block(body, place, false);
            }
            Step::Blocks(blocks) => blocks.iter().for_each(|(block, sure)| self.block(block, place, *sure)),
            Step::Using(_) => {}
            Step::Return(value) => value.iter().for_each(|value| self.statement(value, place)),
            Step::Throw(value) => value.iter().for_each(|value| self.shown_statement(value, place)),
        }
    }

    /// A statement whose value people read.
    fn shown_statement(&mut self, statement: &'s Statement, place: PlaceId) {
        match Given::of(statement) {
            Given::Value(value) => self.expr(value, place, true),
            Given::Result(statement) => self.statement(statement, place),
        }
    }

    fn params(&mut self, params: &'s [Param], frame: PlaceId) {
        for param in params {
            if let Some(default) = &param.default {
                self.expr(default, frame, true);
            }
            let home = self.frame_of(frame);
            self.change(param.name.clone(), home, Change { at: param.span.start, place: frame, what: What::Unknown });
        }
    }

    /// What is used on the left side of an assignment.
    fn target(&mut self, target: &'s Expr, place: PlaceId) {
        if let Kind::Chain { links, .. } = &target.kind {
            self.links(links, place);
        }
    }

    fn assign(&mut self, target: &'s Expr, how: Assignment, given: Given<'s>, at: usize, place: PlaceId) {
        let what = |given| match how {
            Assignment::Set => What::Set(given),
            Assignment::Add => What::Add(given),
            Assignment::Other => What::Unknown,
        };
        match &target.kind {
            Kind::Variable(name) => {
                let is_far = name
                    .scope
                    .as_deref()
                    .is_some_and(|scope| ["script", "global"].iter().any(|far| scope.eq_ignore_ascii_case(far)));
                let frame = if is_far { PlaceId(0) } else { self.frame_of(place) };
                self.change(name.key(), frame, Change { at, place, what: what(given) });
                if let Given::Value(value) = given {
                    self.text(Some(name.key()), value, place);
                }
            }
            Kind::Cast { value, .. } => self.assign(value, how, given, at, place),
            Kind::List(items) => {
                for item in items {
                    if let Kind::Variable(name) = &item.kind {
                        self.change(name.key(), self.frame_of(place), Change { at, place, what: What::Unknown });
                    }
                }
            }
            Kind::Chain { head, links } => {
                let (Kind::Variable(name), [link]) = (&head.kind, &links[..]) else { return };
                if let Some(key) = link_key(link) {
                    let what = if how == Assignment::Set { What::Key(key.clone(), given) } else { What::Unknown };
                    self.change(name.key(), self.frame_of(place), Change { at, place, what });
                    if let Given::Value(value) = given {
                        self.text(Some(key.to_lowercase()), value, place);
                    }
                }
            }
            _ => {}
        }
    }

    /// Notes a text that is given to a variable or an entry.
    fn text(&mut self, name: Option<String>, value: &'s Expr, place: PlaceId) {
        match &value.kind {
            Kind::Text(_) | Kind::Operation { .. } => self.texts.push((name, value, place)),
            Kind::Cast { value, .. } => self.text(name, value, place),
            _ => {}
        }
    }

    fn line(&mut self, elements: &'s [Element], place: PlaceId) {
        self.lines.push(Line { elements, place });
        let shown = elements.last().is_some_and(|element| match &element.source {
            Producer::Command(command) => printing::shows(command),
            Producer::Value(_) => false,
        });
        for (index, element) in elements.iter().enumerate() {
            match &element.source {
                Producer::Value(value) => self.expr(value, place, shown && elements.len() > 1),
                Producer::Command(command) => {
                    let shown = printing::shows(command) || shown && index + 1 < elements.len();
                    self.alias(command);
                    for word in &command.words {
                        self.expr(word, place, shown);
                    }
                }
            }
            for target in &element.redirections {
                self.expr(target, place, true);
            }
        }
    }

    fn alias(&mut self, command: &'s super::syntax::CommandLine) {
        let known: Vec<&str> = command.words.iter().filter_map(plain).collect();
        let Some((program, words)) = known.split_first() else { return };
        if !["set-alias", "new-alias", "sal", "nal"].iter().any(|name| name.eq_ignore_ascii_case(program)) {
            return;
        }
        // Whatever the parameters are called, the name stands before the value unless they say otherwise.
        let named = |names: &[&str]| {
            let at = words.iter().position(|word| names.iter().any(|name| name.eq_ignore_ascii_case(word)))?;
            words.get(at + 1).copied()
        };
        let mut free = Vec::new();
        let mut at = 0;
        while let Some(word) = words.get(at) {
            let takes = ["-name", "-value", "-scope", "-option", "-description"];
            at += if takes.iter().any(|name| name.eq_ignore_ascii_case(word)) { 2 } else { 1 };
            if !word.starts_with('-') {
                free.push(*word);
            }
        }
        let mut free = free.into_iter();
        let name = named(&["-name", "-n"]).or_else(|| free.next());
        let value = named(&["-value", "-v"]).or_else(|| free.next());
        if let (Some(name), Some(value)) = (name, value) {
            self.aliases.insert(name.to_lowercase(), value.to_owned());
        }
    }

    /// Walks through an expression. `shown` says that people read its value, or something compares it.
    fn expr(&mut self, expr: &'s Expr, place: PlaceId, shown: bool) {
        match &expr.kind {
            Kind::Word(pieces) | Kind::Text(pieces) => {
                for piece in pieces {
                    if let Piece::Hole(inner) = piece {
                        self.expr(inner, place, shown);
                    }
                }
            }
            Kind::Variable(name) | Kind::Splat(name) => {
                let set = if shown { &mut self.shown } else { &mut self.used };
                set.insert(name.key());
            }
            Kind::Group(statements) | Kind::Array(statements) => match &statements[..] {
                [only] if shown => self.shown_statement(only, place),
                _ => self.statements(statements, place),
            },
            Kind::List(items) => items.iter().for_each(|item| self.expr(item, place, shown)),
            Kind::Hash(entries) => {
                for (key, value) in entries {
                    self.expr(key, place, true);
                    self.statement(value, place);
                    if let Given::Value(value) = Given::of(value) {
                        self.text(plain(key).map(str::to_lowercase), value, place);
                    }
                }
            }
            Kind::Block(block) => self.block(block, place, false),
            Kind::Chain { head, links } => {
                self.expr(head, place, shown);
                self.links(links, place);
                self.entry(head, links, expr.span.end, place);
                self.chains.push((expr, place));
            }
            Kind::Cast { value, .. } => self.expr(value, place, shown),
            Kind::Operation { operators, operands } => {
                let compares = operators.iter().any(|operator| printing::compares(operator));
                operands.iter().for_each(|operand| self.expr(operand, place, shown || compares));
            }
            Kind::Type(_) | Kind::Number | Kind::Nothing => {}
        }
    }

    fn links(&mut self, links: &'s [Link], place: PlaceId) {
        for link in links {
            match link {
                Link::Member { .. } => {}
                Link::Computed(inner) | Link::Index(inner) => self.expr(inner, place, false),
                Link::Call { args, .. } => args.iter().for_each(|arg| self.expr(arg, place, false)),
            }
        }
    }

    /// `$table.Add('key', value)`, `$table.Remove('key')`
    fn entry(&mut self, head: &'s Expr, links: &'s [Link], at: usize, place: PlaceId) {
        let (Kind::Variable(name), [Link::Member { name: method, .. }, Link::Call { args, .. }]) = (&head.kind, links)
        else {
            return;
        };
        let what = match (method.to_ascii_lowercase().as_str(), &args[..]) {
            ("add", [key, value]) => plain(key).map(|key| What::Key(key.to_owned(), Given::Value(value))),
            ("add", [value]) => Some(What::Add(Given::Value(value))),
            ("remove", [key]) => plain(key).map(|key| What::Remove(key.to_owned())),
            _ => None,
        };
        if let Some(what) = what {
            self.change(name.key(), self.frame_of(place), Change { at, place, what });
        }
    }
}

/// The text of a word or of a quoted text, if it has no holes.
pub(super) fn plain(expr: &Expr) -> Option<&str> {
    match &expr.kind {
        Kind::Word(pieces) | Kind::Text(pieces) => match &pieces[..] {
            [Piece::Known { text, .. }] => Some(text),
            _ => None,
        },
        _ => None,
    }
}

/// The entry that a link names.
pub(super) fn link_key(link: &Link) -> Option<String> {
    match link {
        Link::Member { name, .. } => Some(name.clone()),
        Link::Index(index) => plain(index).map(str::to_owned),
        Link::Computed(_) | Link::Call { .. } => None,
    }
}
