//! Texts that scripts put together, where the order of statements counts.

use crate::program::module::{Argument, Bind, Expr, ExprId, ScopeId, Target, TextPart};
use crate::text::template::Template;
use crate::{Part, Span};

use super::word::name_of;
use super::{DEEPEST, Evaluator, MOST_STEPS};

/// No more than so many values of one variable are looked at.
pub(super) const MOST_VALUES: usize = 8;

/// The command around a word is looked for so far.
const FARTHEST: usize = 32;

/// Methods that give back the text they are called on, changed a little.
const KEEPING: &[&str] = &["trim", "trimstart", "trimend", "tostring", "replace"];

impl<'m> Evaluator<'_, 'm> {
    /// The texts that an expression may be: more than one if a variable in it has several values.
    pub(crate) fn texts(&self, id: ExprId) -> Vec<Template> {
        let mut texts: Vec<Template> = Vec::new();
        for text in self.each_choice(|| self.template(id)).into_iter().rev().flatten() {
            if !texts.contains(&text) {
                texts.push(text);
            }
        }
        texts
    }

    /// What changes of a variable add up to, for each of the values that it may have been given before; and whether it may
    /// be something else. The last change of the same branch, or of one around it, is the one that counts.
    fn alternatives(&self, changes: &[&'m Bind]) -> (Vec<Vec<&'m Bind>>, bool) {
        let (mut found, mut open) = (Vec::new(), false);
        for (index, change) in changes.iter().enumerate().filter(|(_, change)| is_whole(change) && !change.append) {
            let later = &changes[index + 1..];
            let is_over = |later: &&&Bind| {
                is_whole(later) && !later.append && self.resolver.outwards(change.scope).any(|at| at == later.scope)
            };
            if later.iter().any(|later| is_over(&later)) {
                continue;
            }
            let added = later.iter().filter(|later| later.append && self.resolver.fit(later.scope, change.scope));
            let all: Vec<&Bind> = std::iter::once(change).chain(added).copied().collect();
            open |= change.value.is_none();
            if self.first_value(change).is_some() {
                found.extend(self.ways(&all));
            }
        }
        found.truncate(MOST_VALUES);
        (found, open)
    }

    /// The changes on each way through the branches in which something is added to the one value of a variable. Of values
    /// that take each other's place, none is surely the one.
    fn ways(&self, changes: &[&'m Bind]) -> Vec<Vec<&'m Bind>> {
        if changes.iter().filter(|bind| is_set(bind)).count() != 1 {
            return vec![changes.to_vec()];
        }
        let scopes: Vec<ScopeId> = changes.iter().map(|bind| bind.scope).collect();
        let ways = self.resolver.ways(&scopes, |_, _| false);
        ways.into_iter().map(|way| way.into_iter().map(|index| changes[index]).collect()).collect()
    }

    /// The lists that an expression may be: more than one if a variable gets its items in branches.
    pub(crate) fn lists(&self, id: ExprId) -> Vec<Vec<ExprId>> {
        match &self.resolver.module.node(id).expr {
            Expr::Name(name) => self.ways(&self.changes(id, name)).iter().filter_map(|way| self.added(way)).collect(),
            _ => self.items(id).into_iter().collect(),
        }
    }

    /// The text that a variable ends up with in a scope, if it gets it in pieces.
    pub(crate) fn whole(&self, name: &str, scope: ScopeId) -> Option<Template> {
        let changes = self.resolver.reaching_changes(name, scope, usize::MAX);
        self.steps.set(MOST_STEPS);
        let mut out = Template::default();
        (changes.len() > 1 && self.pieces(&changes, DEEPEST, &mut out)).then_some(out)
    }

    /// Whether a value was put into a text whole, so that it alone says too little.
    pub(crate) fn is_put_in(&self, value: ExprId) -> bool {
        self.put_in.borrow().contains(&value)
    }

    /// What can have happened to a variable before it is used.
    pub(crate) fn changes(&self, id: ExprId, name: &str) -> Vec<&'m Bind> {
        self.resolver.reaching_changes(name, self.resolver.module.node(id).scope, self.used_at(id))
    }

    /// Where the command begins in whose words something is used: what other words of it do comes too late.
    fn used_at(&self, id: ExprId) -> usize {
        let module = self.resolver.module;
        let around = std::iter::successors(Some(id), |at| self.resolver.parent(*at)).take(FARTHEST);
        let command = around.into_iter().find(|at| matches!(module.node(*at).expr, Expr::Command { .. }));
        let own = module.node(id);
        // What stands in a block of a word is no word.
        let command = command.map(|at| module.node(at)).filter(|command| command.scope == own.scope);
        command.unwrap_or(own).span.start
    }

    /// The only value that a variable is ever given.
    pub(crate) fn only(&self, id: ExprId) -> Option<ExprId> {
        let node = self.resolver.module.node(id);
        let Expr::Name(name) = &node.expr else { return None };
        self.resolver.only_change(name, node.scope, self.used_at(id))?.value
    }

    /// Appends the text that an expression builds; false if it builds none.
    pub(super) fn script_into(&self, id: ExprId, depth: usize, out: &mut Template) -> bool {
        match &self.resolver.module.node(id).expr {
            Expr::Name(name) => match self.only(id) {
                Some(value) => self.template_into(value, depth, out),
                None => self.variable_into(id, name, depth, out),
            },
            Expr::Choice(options) => self.options_into(options, depth, out),
            Expr::Branches { arms, .. } => self.options_into(arms, depth, out),
            Expr::Block(statements) => match statements[..] {
                [only] => self.template_into(only, depth, out),
                _ => false,
            },
            Expr::Cast { value, .. } => self.template_into(*value, depth, out),
            Expr::Format { template, args } => {
                let args: Vec<ExprId> = args.iter().map(|arg| arg.value).collect();
                self.numbered(*template, &args, depth, out)
            }
            Expr::Join { list, between } => self.join(*list, *between, depth, out),
            Expr::Call { callee, args, .. } => self.method(*callee, args, depth, out),
            _ => false,
        }
    }

    /// One of several values: `$a ?? $b`, `if (…) { 'a' } else { 'b' }`.
    fn options_into(&self, options: &[ExprId], depth: usize, out: &mut Template) -> bool {
        let options = self.options(options);
        let is_text = |option: &ExprId| self.template_into(*option, depth, &mut Template::default());
        let open = !options.iter().all(is_text);
        self.chosen_of(&options, open, out, |option, out| self.template_into(*option, depth, out))
    }

    /// Whether one of several changes has surely given a variable a value.
    fn is_given(&self, changes: &[&Bind], site: ScopeId) -> bool {
        let set: Vec<ScopeId> = changes.iter().filter(|change| is_set(change)).map(|change| change.scope).collect();
        set.iter().any(|scope| self.resolver.is_sure(*scope, site)) || self.resolver.cover(&set)
    }

    /// What a variable is given as a whole; what a parameter is if nothing is given.
    fn first_value(&self, bind: &Bind) -> Option<ExprId> {
        bind.value.or_else(|| self.given(&[bind]).values.first().copied())
    }

    /// The text of a variable: the one that it surely has, what is chosen now, or all that it is ever given in pieces.
    pub(super) fn variable_into(&self, id: ExprId, name: &str, depth: usize, out: &mut Template) -> bool {
        let changes = self.changes(id, name);
        let (texts, open) = self.alternatives(&changes);
        let open = open || !self.is_given(&changes, self.resolver.module.node(id).scope);
        if let ([only], false) = (&texts[..], open) {
            return self.pieces(only, depth, out);
        }
        let is_text = |text: &Vec<&Bind>| self.pieces(text, depth, &mut Template::default());
        let open = open || !texts.iter().all(is_text);
        self.chosen_of(&texts, open, out, |text, out| self.pieces(text, depth, out))
            || self.chosen.get().is_none()
                && changes.len() > 1
                && is_set(changes[0])
                && self.pieces(&changes, depth, out)
    }

    /// `$x = …`, `$x += …`: one text in pieces.
    fn pieces(&self, changes: &[&Bind], depth: usize, out: &mut Template) -> bool {
        let [first, more @ ..] = changes else { return false };
        let is_one = |bind: &&Bind| is_added(bind) && !bind.value.is_some_and(|value| self.is_result(value));
        let is_text = is_whole(first) && !first.append && more.iter().all(is_one);
        if !is_text || !self.first_value(first).is_some_and(|value| self.template_into(value, depth, out)) {
            return false;
        }
        for value in more.iter().filter_map(|bind| bind.value) {
            if !self.template_into(value, depth, out) {
                self.put(value, depth, out);
            }
        }
        true
    }

    /// `[string]::Format(…)` and its like, `$text.Trim()`.
    fn method(&self, callee: ExprId, args: &[Argument], depth: usize, out: &mut Template) -> bool {
        let Expr::Member { object, name, .. } = &self.resolver.module.node(callee).expr else { return false };
        let args: Vec<ExprId> = args.iter().map(|arg| arg.value).collect();
        let of_text = match &self.resolver.module.node(*object).expr {
            Expr::Name(class) => ["string", "system.string"].iter().any(|known| class.eq_ignore_ascii_case(known)),
            _ => false,
        };
        match (name.to_ascii_lowercase().as_str(), &args[..]) {
            ("format", [text, args @ ..]) if of_text => self.numbered(*text, args, depth, out),
            ("concat", args) if of_text => {
                args.iter().for_each(|arg| self.put(*arg, depth, out));
                true
            }
            ("join", [with, list]) if of_text => self.join(*list, *with, depth, out),
            (name, _) => KEEPING.contains(&name) && self.template_into(*object, depth, out),
        }
    }

    /// `(a, b) -join ' '`
    fn join(&self, list: ExprId, with: ExprId, depth: usize, out: &mut Template) -> bool {
        let Some(items) = self.items(list) else { return false };
        let between = match &self.resolver.module.node(with).expr {
            Expr::Text(parts) => match &parts[..] {
                [] => "",
                [TextPart::Known(known)] => &known.text,
                _ => " ",
            },
            _ => " ",
        };
        for (index, item) in items.into_iter().enumerate() {
            if index > 0 {
                out.text.push(between, out.text.host(out.text.text.len()));
            }
            self.put(item, depth, out);
        }
        true
    }

    /// `"… {0} …" -f a, b`
    fn numbered(&self, template: ExprId, args: &[ExprId], depth: usize, out: &mut Template) -> bool {
        let mut inner = Template::default();
        if !self.template_into(template, depth, &mut inner) {
            return false;
        }
        let text = &inner.text.text;
        let (mut at, mut from) = (0, 0);
        while let Some(start) = text[at..].find('{').map(|start| at + start) {
            let digits = text[start + 1..].find(|c: char| !c.is_ascii_digit()).unwrap_or(0);
            let close = text[start..].find('}').map(|end| start + end + 1);
            at = start + 1;
            let (Ok(number), Some(end)) = (text[start + 1..start + 1 + digits].parse::<usize>(), close) else {
                continue;
            };
            out.append(&inner.part(from..start));
            let place = inner.span(start..end);
            match args.get(number) {
                Some(arg) => self.put_at(*arg, place, depth, out),
                None => {
                    out.push_hole(None, place.start);
                    out.text.seek(place.end);
                }
            }
            (at, from) = (end, end);
        }
        out.append(&inner.part(from..text.len()));
        true
    }

    /// Puts a value into a text: its text at the place where it is used, if it is known, else a hole.
    pub(super) fn put(&self, value: ExprId, depth: usize, out: &mut Template) {
        self.put_at(value, self.place(value), depth, out);
    }

    pub(super) fn put_at(&self, value: ExprId, span: Span, depth: usize, out: &mut Template) {
        if self.is_literal(value) {
            let before = (out.text.text.len(), out.holes.len());
            if self.template_into(value, depth, out) || before != (out.text.text.len(), out.holes.len()) {
                return;
            }
        }
        let parts = self.parts_within(value, depth);
        let mut text = Template::default();
        match parts.iter().map(Part::text).collect::<Option<String>>() {
            Some(text) => {
                self.put_in.borrow_mut().extend(self.only(value));
                put_text(&text, span, out);
            }
            // A text with holes of its own, whose keys stand where it was written.
            None if parts.len() > 1 && self.template_into(value, depth, &mut text) => {
                self.put_in.borrow_mut().extend(self.only(value));
                out.append(&text);
                out.text.seek(span.end);
            }
            None => {
                out.push_hole(name_of(&parts), span.start);
                out.text.seek(span.end);
            }
        }
    }

    /// The items of a list, if it is written down: in place, or as the value of a variable.
    pub(crate) fn items(&self, id: ExprId) -> Option<Vec<ExprId>> {
        match &self.resolver.module.node(id).expr {
            Expr::List(items) => Some(items.clone()),
            Expr::Gather(statements) => {
                let mut items = Vec::new();
                for statement in statements {
                    match &self.resolver.module.node(*statement).expr {
                        Expr::List(list) => items.extend(list),
                        // As many as it gives.
                        _ if self.is_result(*statement) => return None,
                        _ => items.push(*statement),
                    }
                }
                Some(items)
            }
            Expr::Cast { value, .. } => self.items(*value),
            Expr::Name(name) => self.added(&self.changes(id, name)),
            _ => None,
        }
    }

    /// The items that a variable is given one after the other.
    fn added(&self, changes: &[&Bind]) -> Option<Vec<ExprId>> {
        let (first, more) = changes.split_first()?;
        if !is_set(first) || !more.iter().all(|bind| is_added(bind)) {
            return None;
        }
        let literal = |value: ExprId| match self.resolver.module.node(value).expr {
            Expr::Name(_) => None,
            _ => self.items(value),
        };
        let mut items = literal(first.value?)?;
        for value in more.iter().filter_map(|bind| bind.value) {
            match literal(value) {
                Some(list) => items.extend(list),
                None => items.push(value),
            }
        }
        Some(items)
    }
}

/// Whether a change is one of the variable as a whole.
fn is_whole(bind: &Bind) -> bool {
    matches!(bind.target, Target::Name(_) | Target::Global(_))
}

/// Whether a variable gets a value that is written down.
pub(super) fn is_set(bind: &Bind) -> bool {
    is_whole(bind) && !bind.append && bind.value.is_some()
}

/// Whether something is added to a variable.
fn is_added(bind: &Bind) -> bool {
    let is_whole = matches!(bind.target, Target::Name(_) | Target::Global(_) | Target::Item(_));
    is_whole && bind.append && bind.value.is_some()
}

/// Appends a text that stands for what is written at `span`.
pub(crate) fn put_text(text: &str, span: Span, out: &mut Template) {
    // All of it stands at the start: what is longer than its place must not reach over that.
    for character in text.chars() {
        out.text.push(character.encode_utf8(&mut [0; 4]), span.start);
    }
    out.text.seek(span.end);
}
