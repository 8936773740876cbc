//! What is known of a word of a command in a script: its parts.

use crate::Part;
use crate::program::module::{Argument, Bind, Expr, ExprId, TextPart};
use crate::text::template::{HOLE, Template, hole};

use super::script::{MOST_VALUES, is_set};
use super::{DEEPEST, Evaluator, MOST_STEPS};

impl Evaluator<'_, '_> {
    /// The parts of a word.
    pub(crate) fn parts(&self, id: ExprId) -> Vec<Part> {
        self.steps.set(MOST_STEPS);
        let mut parts: Vec<Part> = Vec::new();
        for part in self.parts_within(id, DEEPEST) {
            match (parts.last_mut(), part) {
                (_, Part::Text(text)) if text.is_empty() => {}
                (Some(Part::Text(before)), Part::Text(text)) => before.push_str(&text),
                (_, part) => parts.push(part),
            }
        }
        parts
    }

    pub(super) fn parts_within(&self, id: ExprId, depth: usize) -> Vec<Part> {
        let Some(depth) = self.step(depth) else { return vec![Part::Unknown] };
        let all = |list: &[ExprId], between: &str| {
            let mut parts = Vec::new();
            for (index, item) in list.iter().enumerate() {
                if index > 0 {
                    parts.push(Part::Text(between.to_owned()));
                }
                parts.extend(self.parts_within(*item, depth));
            }
            parts
        };
        match &self.resolver.module.node(id).expr {
            Expr::Text(pieces) => {
                let part = |piece: &TextPart| match piece {
                    TextPart::Known(known) => vec![Part::Text(known.text.clone())],
                    TextPart::Hole { value, .. } => self.parts_within(*value, depth),
                };
                pieces.iter().flat_map(part).collect()
            }
            Expr::Filled(name) => vec![hole(name.clone())],
            Expr::Bool(value) => vec![Part::Text(format!("${value}"))],
            Expr::Null => vec![Part::Text("$null".to_owned())],
            Expr::Number(number) => vec![Part::Text(number.clone())],
            Expr::Name(name) if is_variable(name) => self.variable(id, name, depth),
            Expr::This => vec![Part::Variable("this".to_owned())],
            Expr::List(items) => all(items, ","),
            Expr::Concat(operands) => all(operands, ""),
            Expr::Cast { value, .. } => self.parts_within(*value, depth),
            Expr::Member { .. } | Expr::Index { .. } | Expr::Call { .. } => vec![self.chain(id, depth)],
            Expr::Block(statements) if statements.len() != 1 => vec![Part::Unknown],
            _ => vec![self.output(id, None).unwrap_or(Part::Unknown)],
        }
    }

    /// The name of a variable as it is written where it is used.
    fn spelled<'n>(&'n self, id: ExprId, name: &'n str) -> &'n str {
        self.resolver.module.spelled.get(&id).map_or_else(|| bare(name), String::as_str)
    }

    fn variable(&self, id: ExprId, name: &str, depth: usize) -> Vec<Part> {
        if let Some(value) = self.only(id).filter(|value| self.is_literal(*value)) {
            let parts = self.parts_within(value, depth);
            if let Some(text) = parts.iter().map(Part::text).collect::<Option<String>>() {
                return vec![Part::Text(text)];
            }
        }
        let spelled = self.spelled(id, name);
        let changes = self.changes(id, name);
        let output = |value: ExprId| match &self.parts_within(value, depth)[..] {
            [Part::Output { command, .. }] => {
                Some(Part::Output { command: command.clone(), variable: Some(spelled.to_owned()) })
            }
            _ => None,
        };
        let given = |bind: &Bind| bind.value.filter(|_| is_set(bind));
        let mut outputs = changes.iter().take(MOST_VALUES).map(|bind| given(bind).and_then(output));
        if let Some(Some(first)) = outputs.next()
            && outputs.all(|other| other.as_ref() == Some(&first))
        {
            return vec![first];
        }
        let mut text = Template::default();
        let is_text = self.variable_into(id, name, depth, &mut text);
        let is_written = text.text.text.chars().any(|character| text.hole(character).is_none());
        if is_text && is_written { text.parts() } else { vec![named(spelled)] }
    }

    /// `$a.b`, `$a['b']`, `(command).b`, `[Type]::b`: what is read last gives the name.
    fn chain(&self, id: ExprId, depth: usize) -> Part {
        let root = self.root(id);
        let is_static = matches!(&self.resolver.module.node(root).expr, Expr::Name(name) if !is_variable(name));
        let mut name = None;
        let (mut at, mut called) = (id, false);
        while at != root && name.is_none() {
            (name, at, called) = match &self.resolver.module.node(at).expr {
                Expr::Call { callee, args, .. } => {
                    let argument = if is_static { self.named_argument(args) } else { None };
                    (argument, *callee, true)
                }
                Expr::Member { object, name, .. } => (Some(name.clone()).filter(|_| !called), *object, false),
                Expr::Index { object, index } => (self.key(*index).filter(|_| !called), *object, false),
                _ => break,
            };
        }
        let head = if is_static { Vec::new() } else { self.parts_within(root, depth) };
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

    /// What a chain of members and calls begins with.
    fn root(&self, id: ExprId) -> ExprId {
        let mut at = id;
        loop {
            at = match &self.resolver.module.node(at).expr {
                Expr::Call { callee, .. } => *callee,
                Expr::Member { object, .. } | Expr::Index { object, .. } => *object,
                _ => return at,
            };
        }
    }

    fn named_argument(&self, args: &[Argument]) -> Option<String> {
        self.key(args.first()?.value).filter(|text| is_name(text))
    }

    /// The text of a literal without holes.
    fn key(&self, id: ExprId) -> Option<String> {
        let Expr::Text(parts) = &self.resolver.module.node(id).expr else { return None };
        match &parts[..] {
            [TextPart::Known(known)] => Some(known.text.clone()),
            _ => None,
        }
    }

    /// Whether an expression is a text, a number or a truth value as written.
    pub(super) fn is_literal(&self, id: ExprId) -> bool {
        match &self.resolver.module.node(id).expr {
            Expr::Text(_) | Expr::Number(_) | Expr::Bool(_) | Expr::Null => true,
            Expr::Cast { value, .. } => self.is_literal(*value),
            Expr::Concat(operands) => operands.iter().any(|operand| self.is_literal(*operand)),
            _ => false,
        }
    }

    /// Whether an expression is what commands or statements give, as many as that may be.
    pub(super) fn is_result(&self, id: ExprId) -> bool {
        if self.resolver.module.enclosed.contains_key(&id) {
            return false;
        }
        let expr = &self.resolver.module.node(id).expr;
        matches!(expr, Expr::Command { .. } | Expr::Pipe(_) | Expr::Block(_))
            || matches!(expr, Expr::Branches { .. } | Expr::Attempt(_))
    }

    /// What a statement puts out, if it is a command's.
    pub(crate) fn output(&self, id: ExprId, variable: Option<&str>) -> Option<Part> {
        let module = self.resolver.module;
        let program = |id: &ExprId| match &module.node(*id).expr {
            Expr::Command { words, .. } => self.key(*words.first()?),
            _ => None,
        };
        let command = match &module.node(id).expr {
            Expr::Command { .. } => program(&id)?,
            Expr::Pipe(elements) => elements.iter().find_map(program)?,
            // One of several: where they agree, it does not matter which.
            Expr::Branches { arms, .. } => {
                let mut found = arms.iter().map(|arm| self.output(*arm, variable));
                let first = found.next()??;
                return found.all(|other| other.as_ref() == Some(&first)).then_some(first);
            }
            Expr::Block(statements) => return self.output(*statements.last()?, variable),
            Expr::Attempt(blocks) => return self.output(*blocks.first()?, variable),
            _ => return None,
        };
        Some(Part::Output { command, variable: variable.map(str::to_owned) })
    }
}

fn is_variable(name: &str) -> bool {
    name.starts_with('$')
}

/// The name of a variable without what tells it from a type, and without its drive.
fn bare(name: &str) -> &str {
    name.trim_start_matches('$').rsplit(':').next().unwrap_or_default()
}

fn named(name: &str) -> Part {
    // A name that a host fills in says nothing.
    if name.contains(|c: char| c >= HOLE && c <= '\u{F8FF}') { Part::Unknown } else { Part::Variable(name.to_owned()) }
}

/// The name of a value of which no more is known.
pub(crate) fn name_of(parts: &[Part]) -> Option<String> {
    parts.iter().find_map(|part| match part {
        Part::Variable(name) => Some(name.clone()),
        Part::Output { variable, .. } => variable.clone(),
        Part::Text(_) | Part::Unknown => None,
    })
}

fn is_name(text: &str) -> bool {
    !text.is_empty() && text.len() <= 80 && text.chars().all(|c| c.is_alphanumeric() || "_-.:".contains(c))
}
