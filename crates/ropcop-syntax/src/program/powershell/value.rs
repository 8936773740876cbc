//! What is known of values: the parts of words, and texts with holes.

use std::cell::{Cell, RefCell};
use std::collections::HashSet;

use super::names::{Change, Given, Names, What, link_key, plain};
use super::syntax::{Expr, Kind, Link, Name, Piece, Producer, Statement, Step};
use crate::program::module::{Module, ScopeId};
use crate::text::template::{HOLE, Template, split_holes};
use crate::{Part, Span};

/// Longer ways from a value to its parts are not followed.
pub(super) const DEEPEST: usize = 8;
/// A value is made of at most so many expressions.
const MOST_STEPS: usize = 2_000;
/// No more than so many values of one variable are looked at.
pub(super) const MOST_VALUES: usize = 8;

/// Where a value is used.
#[derive(Clone, Copy, Debug)]
pub(super) struct Use {
    pub(super) place: ScopeId,
    pub(super) at: usize,
}

/// Looks values up.
pub(super) struct Values<'a, 's> {
    pub(super) names: &'a Names<'a, 's>,
    pub(super) text: &'a Template,
    steps: Cell<usize>,
    /// Where texts begin that were put into others.
    pub(super) joined: RefCell<HashSet<usize>>,
}

impl<'a, 's> Values<'a, 's> {
    pub(super) fn new(names: &'a Names<'a, 's>, text: &'a Template) -> Self {
        Self { names, text, steps: Cell::new(0), joined: RefCell::default() }
    }

    /// The bytes of the file for a stretch of what is read.
    pub(super) fn span(&self, span: Span) -> Span {
        self.text.span(span.start..span.end)
    }

    /// Whether a text was put into another, so that it alone says too little.
    pub(super) fn is_joined(&self, text: &Expr) -> bool {
        self.joined.borrow().contains(&text.span.start)
    }

    pub(super) fn written(&self, span: Span) -> &'a str {
        self.text.text.text.get(span.start..span.end).unwrap_or_default()
    }

    /// The parts of a word.
    pub(super) fn parts(&self, expr: &Expr, site: Use) -> Vec<Part> {
        self.begin();
        let mut parts: Vec<Part> = Vec::new();
        for part in self.parts_within(expr, site, DEEPEST) {
            match (parts.last_mut(), part) {
                (_, Part::Text(text)) if text.is_empty() => {}
                (Some(Part::Text(before)), Part::Text(text)) => before.push_str(&text),
                (_, part) => parts.push(part),
            }
        }
        parts
    }

    /// Begins a question, which may take so many steps.
    pub(super) fn begin(&self) {
        self.steps.set(MOST_STEPS);
    }

    /// One level deeper, unless that is too deep or the question has become too large.
    pub(super) fn step(&self, depth: usize) -> Option<usize> {
        self.steps.set(self.steps.get().checked_sub(1)?);
        depth.checked_sub(1)
    }

    pub(super) fn parts_within(&self, expr: &Expr, site: Use, depth: usize) -> Vec<Part> {
        let Some(depth) = self.step(depth) else { return vec![Part::Unknown] };
        let all = |list: &[Expr], between: &str| {
            let mut parts = Vec::new();
            for (index, item) in list.iter().enumerate() {
                if index > 0 {
                    parts.push(Part::Text(between.to_owned()));
                }
                parts.extend(self.parts_within(item, site, depth));
            }
            parts
        };
        match &expr.kind {
            Kind::Word(pieces) | Kind::Text(pieces) => {
                let part = |piece: &Piece| match piece {
                    Piece::Known { text, .. } => split_holes(text, &self.text.holes),
                    Piece::Hole(inner) => self.parts_within(inner, site, depth),
                };
                pieces.iter().flat_map(part).collect()
            }
            Kind::Variable(name) => vec![self.variable(name, site, depth)],
            Kind::Number => vec![Part::Text(self.written(expr.span).to_owned())],
            Kind::Group(statements) => self.group(statements, site, depth),
            Kind::List(items) => all(items, ","),
            Kind::Cast { value, .. } => self.parts_within(value, site, depth),
            Kind::Operation { operators, operands } if operators.iter().all(|operator| operator == "+") => {
                if operators.len() + 1 == operands.len() { all(operands, "") } else { vec![Part::Unknown] }
            }
            Kind::Chain { head, links } => vec![self.chain(head, links, site, depth)],
            _ => vec![Part::Unknown],
        }
    }

    fn group(&self, statements: &[Statement], site: Use, depth: usize) -> Vec<Part> {
        match statements {
            [only] => match Given::of(only) {
                Given::Value(value) => self.parts_within(value, site, depth),
                Given::Result(statement) => vec![output(statement, None).unwrap_or(Part::Unknown)],
            },
            _ => vec![Part::Unknown],
        }
    }

    fn variable(&self, name: &Name, site: Use, depth: usize) -> Part {
        if name.is_constant() {
            return Part::Text(format!("${}", name.name.to_ascii_lowercase()));
        }
        let own = || named(&name.name);
        let key = name.key();
        if let Some(Given::Value(value)) = self.names.only(&key, site.place, site.at) {
            let parts = self.parts_within(value, site, depth);
            let text: Option<String> = parts.iter().map(Part::text).collect();
            if let Some(text) = text.filter(|_| is_text(value)) {
                return Part::Text(text);
            }
        }
        let reaching = self.names.reaching(&key, site.place, site.at);
        let mut outputs = reaching.iter().take(MOST_VALUES).map(|change| self.output_of(change, &name.name, depth));
        let Some(Some(first)) = outputs.next() else { return own() };
        if outputs.all(|other| other.as_ref() == Some(&first)) { first } else { own() }
    }

    /// What a variable is, if it was given what a command puts out.
    fn output_of(&self, change: &Change<'s>, name: &str, depth: usize) -> Option<Part> {
        let value = match &change.what {
            What::Set(Given::Result(statement)) => return output(statement, Some(name)),
            What::Set(Given::Value(value)) => *value,
            _ => return None,
        };
        let site = Use { place: change.place, at: value.span.start };
        match &self.parts_within(value, site, depth)[..] {
            [Part::Output { command, .. }] => {
                Some(Part::Output { command: command.clone(), variable: Some(name.to_owned()) })
            }
            _ => None,
        }
    }

    /// `$a.b`, `$a['b']`, `(command).b`, `[Type]::b`: what is read last gives the name.
    fn chain(&self, head: &Expr, links: &[Link], site: Use, depth: usize) -> Part {
        let mut name = None;
        for (index, link) in links.iter().enumerate().rev() {
            let calls = matches!(links.get(index + 1), Some(Link::Call { .. }));
            let argument = match link {
                Link::Call { args, .. } => args.first().and_then(plain).filter(|text| is_name(text)),
                _ => None,
            };
            let is_static = matches!(head.kind, Kind::Type(_));
            name = match link {
                Link::Call { .. } if is_static => argument.map(str::to_owned),
                Link::Member { .. } | Link::Index(_) if !calls => link_key(link),
                _ => None,
            };
            if name.is_some() {
                break;
            }
        }
        let head = match &head.kind {
            Kind::Variable(_) | Kind::Group(_) => self.parts_within(head, site, depth),
            _ => Vec::new(),
        };
        match (&head[..], name) {
            ([Part::Output { command, .. }], Some(name)) => {
                Part::Output { command: command.clone(), variable: Some(name) }
            }
            (_, Some(name)) => named(&name),
            // `$text.Trim()`
            ([part @ (Part::Variable(_) | Part::Output { .. })], None) => part.clone(),
            _ => Part::Unknown,
        }
    }

    /// The items of a list, if it is written down: in place, or as the value of a variable.
    pub(super) fn items(&self, expr: &'s Expr, site: Use) -> Option<Vec<&'s Expr>> {
        match &expr.kind {
            Kind::List(items) => Some(items.iter().collect()),
            Kind::Array(statements) => {
                let mut items = Vec::new();
                for statement in statements {
                    let Given::Value(value) = Given::of(statement) else { return None };
                    match &value.kind {
                        Kind::List(list) => items.extend(list),
                        _ => items.push(value),
                    }
                }
                Some(items)
            }
            Kind::Group(statements) => match &statements[..] {
                [only] => match Given::of(only) {
                    Given::Value(value) => self.items(value, site),
                    Given::Result(_) => None,
                },
                _ => None,
            },
            Kind::Cast { value, .. } => self.items(value, site),
            Kind::Variable(name) | Kind::Splat(name) => {
                let changes = self.names.reaching(&name.key(), site.place, site.at);
                let mut items = Vec::new();
                for (index, change) in changes.iter().enumerate() {
                    let (What::Set(Given::Value(value)) | What::Add(Given::Value(value))) = &change.what else {
                        return None;
                    };
                    let is_set = matches!(change.what, What::Set(_));
                    if is_set != (index == 0) {
                        return None;
                    }
                    match self.literal_items(value) {
                        Some(list) => items.extend(list),
                        None if is_set => return None,
                        None => items.push(*value),
                    }
                }
                (!changes.is_empty()).then_some(items)
            }
            _ => None,
        }
    }

    fn literal_items(&self, expr: &'s Expr) -> Option<Vec<&'s Expr>> {
        let is_name = matches!(expr.kind, Kind::Variable(_) | Kind::Splat(_));
        let nowhere = Use { place: Module::FILE, at: 0 };
        if is_name { None } else { self.items(expr, nowhere) }
    }
}

/// Whether an expression is a text, a number or a truth value as written.
pub(super) fn is_text(expr: &Expr) -> bool {
    match &expr.kind {
        Kind::Word(_) | Kind::Text(_) | Kind::Number => true,
        Kind::Variable(name) => name.is_constant(),
        Kind::Cast { value, .. } => is_text(value),
        Kind::Operation { operators, operands } => {
            operators.iter().all(|operator| operator == "+") && operands.iter().any(is_text)
        }
        _ => false,
    }
}

fn named(name: &str) -> Part {
    // A name that a host fills in says nothing.
    if name.contains(|c: char| c >= HOLE && c <= '\u{F8FF}') { Part::Unknown } else { Part::Variable(name.to_owned()) }
}

/// The name of a value of which no more is known.
pub(super) fn name_of(parts: &[Part]) -> Option<String> {
    parts.iter().find_map(|part| match part {
        Part::Variable(name) => Some(name.clone()),
        Part::Output { variable, .. } => variable.clone(),
        Part::Text(_) | Part::Unknown => None,
    })
}

fn is_name(text: &str) -> bool {
    !text.is_empty() && text.len() <= 80 && text.chars().all(|c| c.is_alphanumeric() || "_-.:".contains(c))
}

/// What a statement puts out, if it is a command's.
pub(super) fn output(statement: &Statement, variable: Option<&str>) -> Option<Part> {
    let elements = match &statement.step {
        Step::Pipeline(elements) => elements,
        // One of several: where they agree, it does not matter which.
        Step::Choice { arms, .. } => {
            let mut found = arms.iter().map(|arm| output(arm.statements.last()?, variable));
            let first = found.next()??;
            return found.all(|other| other.as_ref() == Some(&first)).then_some(first);
        }
        Step::Blocks(blocks) => return output(blocks.first()?.0.statements.last()?, variable),
        Step::Assign { value, .. } => return output(value, variable),
        _ => return None,
    };
    let command = elements.iter().find_map(|element| match &element.source {
        Producer::Command(command) => command.words.first().and_then(plain),
        Producer::Value(_) => None,
    })?;
    Some(Part::Output { command: command.to_owned(), variable: variable.map(str::to_owned) })
}
