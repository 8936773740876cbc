//! What is known of values: the parts of words, and texts with holes.

use std::cell::Cell;

use super::names::{Change, Given, Names, PlaceId, What, link_key, plain};
use super::syntax::{Expr, Kind, Link, Name, Piece, Producer, Statement, Step};
use crate::template::{HOLE, Template, split_holes};
use crate::{Part, Span};

/// Longer ways from a value to its parts are not followed.
const DEEPEST: usize = 8;
/// A value is made of at most so many expressions.
const MOST_STEPS: usize = 2_000;
/// No more than so many values of one variable are looked at.
pub(super) const MOST_VALUES: usize = 8;

/// Where a value is used.
#[derive(Clone, Copy, Debug)]
pub(super) struct Use {
    pub(super) place: PlaceId,
    pub(super) at: usize,
}

/// Looks values up.
pub(super) struct Values<'a, 's> {
    pub(super) names: &'a Names<'s>,
    pub(super) text: &'a Template,
    steps: Cell<usize>,
}

impl<'a, 's> Values<'a, 's> {
    pub(super) fn new(names: &'a Names<'s>, text: &'a Template) -> Self {
        Self { names, text, steps: Cell::new(0) }
    }

    /// The bytes of the file for a stretch of what is read.
    pub(super) fn span(&self, span: Span) -> Span {
        self.text.span(span.start..span.end)
    }

    fn written(&self, span: Span) -> &'a str {
        self.text.text.text.get(span.start..span.end).unwrap_or_default()
    }

    /// The parts of a word.
    pub(super) fn parts(&self, expr: &Expr, site: Use) -> Vec<Part> {
        self.steps.set(MOST_STEPS);
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

    /// The text of a word, if all of it is known.
    pub(super) fn known(&self, expr: &Expr, site: Use) -> Option<String> {
        self.parts(expr, site).iter().map(Part::text).collect()
    }

    fn step(&self, depth: usize) -> Option<usize> {
        self.steps.set(self.steps.get().checked_sub(1)?);
        depth.checked_sub(1)
    }

    fn parts_within(&self, expr: &Expr, site: Use, depth: usize) -> Vec<Part> {
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
        let nowhere = Use { place: PlaceId(0), at: 0 };
        if is_name { None } else { self.items(expr, nowhere) }
    }

    /// The texts that an expression may be: more than one if a variable has several values.
    pub(super) fn templates(&self, expr: &Expr, site: Use) -> Vec<Template> {
        self.steps.set(MOST_STEPS);
        if let Kind::Variable(name) = &expr.kind {
            let changes = self.names.reaching(&name.key(), site.place, site.at);
            if changes.iter().all(|change| matches!(change.what, What::Set(_))) {
                let given = changes.iter().take(MOST_VALUES).filter_map(|change| match change.what {
                    What::Set(Given::Value(value)) => {
                        self.template(value, Use { place: change.place, at: value.span.start })
                    }
                    _ => None,
                });
                return given.collect();
            }
        }
        self.template(expr, site).into_iter().collect()
    }

    /// The text that an expression builds; none if it does not build one.
    pub(super) fn template(&self, expr: &Expr, site: Use) -> Option<Template> {
        self.steps.set(MOST_STEPS);
        let mut out = Template::default();
        self.template_into(expr, site, DEEPEST, &mut out).then_some(out)
    }

    fn template_into(&self, expr: &Expr, site: Use, depth: usize, out: &mut Template) -> bool {
        let Some(depth) = self.step(depth) else { return false };
        match &expr.kind {
            Kind::Word(pieces) | Kind::Text(pieces) => {
                for piece in pieces {
                    match piece {
                        Piece::Known { text, at } => self.run(text, *at, out),
                        Piece::Hole(inner) => self.fill(inner, site, depth, out),
                    }
                }
                true
            }
            Kind::Variable(name) => match self.names.only(&name.key(), site.place, site.at) {
                Some(Given::Value(value)) => self.template_into(value, site, depth, out),
                _ => false,
            },
            Kind::Group(statements) => match &statements[..] {
                [only] => match Given::of(only) {
                    Given::Value(value) => self.template_into(value, site, depth, out),
                    Given::Result(_) => false,
                },
                _ => false,
            },
            Kind::Cast { value, .. } => self.template_into(value, site, depth, out),
            Kind::Operation { operators, operands } => match &operators[0][..] {
                "+" if operators.len() + 1 == operands.len() => {
                    for operand in operands {
                        if !self.template_into(operand, site, depth, out) {
                            self.fill(operand, site, depth, out);
                        }
                    }
                    true
                }
                "-f" if operators.len() == 1 => self.format(&operands[0], operands.get(1), site, depth, out),
                "-join" if operators.len() == 1 && operands.len() == 2 => {
                    self.join(&operands[0], &operands[1], site, depth, out)
                }
                _ => false,
            },
            Kind::Chain { head, links } => {
                let keeps = ["trim", "trimstart", "trimend", "tostring", "replace"];
                let is_kept = matches!(&links[..], [Link::Member { name, .. }, Link::Call { .. }]
                    if keeps.iter().any(|kept| name.eq_ignore_ascii_case(kept)));
                is_kept && self.template_into(head, site, depth, out)
            }
            _ => false,
        }
    }

    /// `(a, b) -join ' '`
    fn join(&self, list: &Expr, with: &Expr, site: Use, depth: usize, out: &mut Template) -> bool {
        let items = match &list.kind {
            Kind::List(items) => items.iter().collect(),
            Kind::Group(_) | Kind::Array(_) => match flat(list) {
                Some(items) => items,
                None => return false,
            },
            _ => return false,
        };
        let between = plain(with).unwrap_or(" ").to_owned();
        for (index, item) in items.into_iter().enumerate() {
            if index > 0 {
                let at = self.text.text.host(item.span.start);
                out.text.push(&between, at.saturating_sub(between.len()));
            }
            self.fill(item, site, depth, out);
        }
        true
    }

    /// `"… {0} …" -f a, b`
    fn format(&self, text: &Expr, args: Option<&Expr>, site: Use, depth: usize, out: &mut Template) -> bool {
        let mut inner = Template::default();
        if !self.template_into(text, site, depth, &mut inner) {
            return false;
        }
        let args: Vec<&Expr> = match args.map(|args| &args.kind) {
            Some(Kind::List(items)) => items.iter().collect(),
            _ => args.into_iter().collect(),
        };
        let text = &inner.text.text;
        let mut ranges = Vec::new();
        let mut at = 0;
        while let Some(start) = text[at..].find('{').map(|start| at + start) {
            let digits = text[start + 1..].find(|c: char| !c.is_ascii_digit()).unwrap_or(0);
            let close = text[start..].find('}').map(|end| start + end + 1);
            at = start + 1;
            let (Ok(number), Some(end)) = (text[start + 1..start + 1 + digits].parse::<usize>(), close) else {
                continue;
            };
            let name = args.get(number).and_then(|arg| name_of(&self.parts_within(arg, site, depth)));
            ranges.push((start..end, name));
            at = end;
        }
        out.append(&inner.punched(&ranges));
        true
    }

    /// A stretch of decoded text, with the holes that a host has made in it.
    fn run(&self, text: &str, at: usize, out: &mut Template) {
        if self.text.holes.is_empty() && self.text.text.map.len() == 1 {
            out.text.push(text, self.text.text.host(at));
            out.text.seek(self.text.text.host(at) + text.len());
            return;
        }
        for (index, character) in text.char_indices() {
            let host = self.text.text.host(at + index);
            match self.text.hole(character) {
                Some(name) => out.push_hole(name.clone(), host),
                None => out.text.push(character.encode_utf8(&mut [0; 4]), host),
            }
            out.text.seek(self.text.text.host(at + index + character.len_utf8()));
        }
    }

    /// Fills a place in a text with a value: its text at that place, if it is known, else a hole.
    fn fill(&self, value: &Expr, site: Use, depth: usize, out: &mut Template) {
        let span = self.span(value.span);
        if is_text(value) {
            let before = (out.text.text.len(), out.holes.len());
            if self.template_into(value, site, depth, out) || before != (out.text.text.len(), out.holes.len()) {
                return;
            }
        }
        let parts = self.parts_within(value, site, depth);
        let known: Option<String> = parts.iter().map(Part::text).collect();
        match known {
            Some(text) => out.text.push(&text, span.start),
            None => out.push_hole(name_of(&parts), span.start),
        }
        out.text.seek(span.end);
    }
}

/// Whether an expression is a text, a number or a truth value as written.
fn is_text(expr: &Expr) -> bool {
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

/// The items of a list in parentheses.
fn flat(list: &Expr) -> Option<Vec<&Expr>> {
    let (Kind::Group(statements) | Kind::Array(statements)) = &list.kind else { return None };
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
