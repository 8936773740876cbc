//! The texts that expressions build, with the way back to where each piece is written.

use crate::program::module::{Expr, ExprId, ScopeId, TextPart};
use crate::text::template::Template;
use crate::{Span, Value};

use super::choice::Given;
use super::{DEEPEST, Evaluator, MOST_PIECES, MOST_STEPS};

impl Evaluator<'_, '_> {
    pub(super) fn template_value(&self, id: ExprId, depth: usize) -> Value {
        let mut template = Template::default();
        if self.template_into(id, depth, &mut template) {
            return Value::Text(template.parts());
        }
        Value::Dynamic { name: self.hint(id) }
    }

    /// The text that an expression builds; none if it does not build a text.
    pub(crate) fn template(&self, id: ExprId) -> Option<Template> {
        self.steps.set(MOST_STEPS);
        let mut template = Template::default();
        self.template_into(id, DEEPEST, &mut template).then_some(template)
    }

    /// The texts that an expression may build: one, or one for each of the values that a condition or an assignment in
    /// a branch may give to a part of it. Where several parts have several values, they are taken side by side.
    pub(crate) fn templates(&self, id: ExprId, more: &[ExprId]) -> Vec<Template> {
        let build = || {
            self.template(id).map(|mut template| {
                more.iter().for_each(|piece| self.append(*piece, &mut template));
                template
            })
        };
        self.each_choice(build).into_iter().flatten().collect()
    }

    /// A text that is put together piece by piece, as a value: one for each way through the branches that add to it.
    pub(super) fn grown(&self, id: ExprId, depth: usize) -> Value {
        if self.chosen.get().is_some() || self.choosing.get() {
            return self.template_value(id, depth);
        }
        let built = || {
            let mut template = Template::default();
            self.template_into(id, depth, &mut template).then(|| Value::Text(template.parts()))
        };
        let mut found: Vec<Value> = Vec::new();
        for value in self.each_choice(built).into_iter().flatten() {
            if !found.contains(&value) {
                found.push(value);
            }
        }
        match found.len() {
            0 => self.other(id),
            1 => found.remove(0),
            _ => Value::Choice(found),
        }
    }

    /// Appends what `id` builds, or a hole that stands for it.
    pub(crate) fn append(&self, id: ExprId, out: &mut Template) {
        self.append_within(id, DEEPEST, out);
    }

    fn append_within(&self, id: ExprId, depth: usize, out: &mut Template) {
        let mut piece = Template::default();
        if self.template_into(id, depth, &mut piece) {
            return out.append(&piece);
        }
        self.missing(id, depth, out);
    }

    /// Appends what is known of a part of a text that is no text itself.
    fn missing(&self, id: ExprId, depth: usize, out: &mut Template) {
        if self.is_script() {
            return self.put(id, depth, out);
        }
        let span = self.place(id);
        out.push_hole(self.hint(id), span.start);
        out.text.seek(span.end);
    }

    /// Appends what `id` builds to `out`; false if it is no text.
    pub(super) fn template_into(&self, id: ExprId, depth: usize, out: &mut Template) -> bool {
        let Some(depth) = self.step(depth) else { return false };
        let node = self.resolver.module.node(id);
        match &node.expr {
            Expr::Text(parts) => {
                for part in parts {
                    match part {
                        TextPart::Known(text) => out.text.append(text),
                        TextPart::Hole { value, span } => {
                            self.fill(*value, *span, depth, out);
                            out.text.seek(span.end);
                        }
                    }
                }
                true
            }
            Expr::Concat(parts) => {
                for part in parts {
                    if !self.template_into(*part, depth, out) {
                        self.missing(*part, depth, out);
                    }
                }
                true
            }
            _ if self.is_script() => self.script_into(id, depth, out),
            Expr::Format { template, args } => {
                let mut inner = Template::default();
                self.template_into(*template, depth, &mut inner) && {
                    self.format(&inner, args, depth, out);
                    true
                }
            }
            Expr::Name(name) => {
                let bindings = self.resolver.bindings(name, node.scope, node.span);
                let Some((first, more)) = bindings.split_first() else { return false };
                let given = self.given(&bindings);
                let is_one = matches!(bindings[..], [bind] if bind.value.is_some());
                if !given.values.is_empty() && !is_one {
                    return self.chosen_into(&given, depth, out);
                }
                // `x = …`, `x += …`: one text in pieces.
                if first.append || more.len() > MOST_PIECES || more.iter().any(|bind| !bind.append) {
                    return false;
                }
                let is_text = first.value.is_some_and(|value| self.template_into(value, depth, out));
                let more: Vec<(ScopeId, ExprId)> =
                    more.iter().filter(|_| is_text).filter_map(|bind| Some((bind.scope, bind.value?))).collect();
                self.appended(&more).into_iter().for_each(|value| self.append_within(value, depth, out));
                is_text
            }
            Expr::Choice(options) => self.chosen_into(&Given::one_of(options), depth, out),
            Expr::Member { .. } | Expr::Cast { .. } => match self.field_value(id) {
                Some(value) => self.template_into(value, depth, out),
                None => self.constant_into(id, depth, out),
            },
            Expr::Call { callee, args, .. } => {
                self.constant_into(id, depth, out) || {
                    let default = self.default_of(*callee, args);
                    default.is_some_and(|default| self.chosen_into(&Given::or(default), depth, out))
                }
            }
            _ => false,
        }
    }

    /// Of pieces that are appended to a text, those of the way through their branches on which it is built now; all of
    /// them where nobody asks for more than one text.
    fn appended(&self, more: &[(ScopeId, ExprId)]) -> Vec<ExprId> {
        let mut ways = self.resolver.each_way(more);
        if ways.len() < 2 {
            return ways.pop().unwrap_or_default();
        }
        self.most.set(self.most.get().max(ways.len()));
        match self.chosen.get() {
            Some(chosen) => ways.swap_remove(chosen.min(ways.len() - 1)),
            None => more.iter().map(|(_, piece)| *piece).collect(),
        }
    }

    /// Appends the one of several values that the text is built with now; false if none is.
    fn chosen_into(&self, given: &Given, depth: usize, out: &mut Template) -> bool {
        let options = self.options(&given.values);
        match options[..] {
            [only] if !given.open => self.template_into(only, depth, out),
            _ => self.chosen_of(&options, given.open, out, |option, out| self.template_into(*option, depth, out)),
        }
    }

    /// Appends the one of several texts that is chosen now; false if none is. Of an `open` choice, it may be something that
    /// is not known, which stands behind the last of them.
    pub(super) fn chosen_of<T>(
        &self,
        options: &[T],
        open: bool,
        out: &mut Template,
        build: impl Fn(&T, &mut Template) -> bool,
    ) -> bool {
        if self.choosing.replace(true) {
            return false;
        }
        let texts: Vec<&T> = options.iter().rev().filter(|option| build(option, &mut Template::default())).collect();
        let is_open = open && !texts.is_empty();
        self.most.set(self.most.get().max(texts.len() + usize::from(is_open)));
        let chosen = self.chosen.get().and_then(|chosen| match texts.get(chosen) {
            None if is_open => None,
            text => text.or(texts.first()),
        });
        let is_built = chosen.is_some_and(|option| build(option, out));
        self.choosing.set(false);
        is_built
    }

    /// Appends the text of a constant, or a hole with its name, at the place of the expression.
    fn constant_into(&self, id: ExprId, depth: usize, out: &mut Template) -> bool {
        let span = self.resolver.module.node(id).span;
        match self.constant_text(id, depth) {
            Some(Value::Symbol(symbols)) => {
                let last = symbols.first().and_then(|symbol| symbol.path.rsplit('.').next());
                out.push_hole(last.map(str::to_owned), span.start);
            }
            value => match value.and_then(|value| value.text()) {
                Some(text) => out.text.push(&text, span.start),
                None => return false,
            },
        }
        out.text.seek(span.end);
        true
    }

    /// A hole that stands for a text known elsewhere is that text: at the place of the hole, if all of it is known, else
    /// piece by piece at its own.
    pub(super) fn fill(&self, value: ExprId, place: Span, depth: usize, out: &mut Template) {
        if self.is_script() {
            return self.put_at(value, place, depth, out);
        }
        let at = place.start;
        let mut inner = Template::default();
        let is_text = self.template_into(value, depth, &mut inner);
        match inner.text.text.chars().any(|character| inner.hole(character).is_none()) {
            true if is_text && inner.holes.is_empty() => out.text.push(&inner.text.text, at),
            true if is_text => out.append(&inner),
            _ if is_text && inner.holes.is_empty() => {}
            _ => out.push_hole(self.hint(value), at),
        }
    }
}
