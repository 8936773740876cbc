//! What is known of a value: texts put together, constants followed, holes named.

use std::cell::Cell;

use crate::program::module::{Argument, Bind, Expr, ExprId, How, Target, TextPart};
use crate::program::resolve::Resolver;
use crate::text::template::{HOLE, MappedText, Template};
use crate::{Origin, Span, Value};

/// Longer ways from a value to its parts are not followed.
const DEEPEST: usize = 24;
/// A value is made of at most so many expressions.
const MOST_STEPS: usize = 10_000;
/// The same for values of which there are many.
const FEW_STEPS: usize = 200;
/// Of more members that a variable is given after it was made, only the first count.
const MOST_MEMBERS: usize = 100;
/// A text that is put together from more pieces is data, not a command.
pub(crate) const MOST_PIECES: usize = 64;

/// Looks values up.
pub(crate) struct Evaluator<'r, 'm> {
    resolver: &'r Resolver<'m>,
    /// Steps left for the question that is being answered.
    steps: Cell<usize>,
}

impl<'r, 'm> Evaluator<'r, 'm> {
    pub(crate) fn new(resolver: &'r Resolver<'m>) -> Self {
        Self { resolver, steps: Cell::new(0) }
    }

    /// What is known of a value.
    pub(crate) fn value(&self, id: ExprId) -> Value {
        self.steps.set(MOST_STEPS);
        self.value_within(id, DEEPEST)
    }

    /// What is known of a value that is one of thousands: long lists are not followed to their end.
    pub(crate) fn short_value(&self, id: ExprId) -> Value {
        self.steps.set(FEW_STEPS);
        self.value_within(id, DEEPEST)
    }

    /// The text of an expression, if all of it is known.
    pub(crate) fn text(&self, id: ExprId) -> Option<String> {
        self.value(id).text()
    }

    /// One level deeper, unless that is too deep or the question has become too large: constants that are made of each
    /// other grow by powers.
    fn step(&self, depth: usize) -> Option<usize> {
        self.steps.set(self.steps.get().checked_sub(1)?);
        depth.checked_sub(1)
    }

    fn value_within(&self, id: ExprId, depth: usize) -> Value {
        let Some(depth) = self.step(depth) else { return Value::Dynamic { name: None } };
        let many = |ids: &[ExprId]| ids.iter().map(|id| self.value_within(*id, depth)).collect::<Vec<_>>();
        let node = self.resolver.module.node(id);
        match &node.expr {
            Expr::Text(_) | Expr::Format { .. } => self.template_value(id, depth),
            Expr::Concat(parts) => match many(parts) {
                lists if lists.iter().any(|value| matches!(value, Value::List(_))) => join_lists(lists),
                _ => self.template_value(id, depth),
            },
            Expr::Number(number) => Value::Number(number.clone()),
            Expr::Bool(value) => Value::Bool(*value),
            Expr::Null => Value::Null,
            Expr::List(items) => Value::List(self.items(items, depth)),
            Expr::Map(entries) => Value::Map(self.entries(entries, depth)),
            Expr::Call { args, how: How::Literal, .. } => Value::Map(self.properties(args, depth)),
            // An object is what its initialiser says.
            Expr::Call { args, how: How::New, .. } if args.iter().any(|arg| arg.name.is_some()) => {
                Value::Map(self.properties(args, depth))
            }
            Expr::Cast { value, .. } => self.value_within(*value, depth),
            Expr::Name(name) => self.constant(id, name, depth),
            Expr::Member { .. } => match self.field_value(id).map(|value| self.value_within(value, depth)) {
                None | Some(Value::Dynamic { .. }) => self.other(id),
                Some(value) => value,
            },
            _ => self.other(id),
        }
    }

    fn properties(&self, args: &[Argument], depth: usize) -> Vec<(String, Value)> {
        args.iter().filter_map(|arg| Some((arg.name.clone()?, self.value_within(arg.value, depth)))).collect()
    }

    /// What `bind` made, with the members that its variable is given up to its use at `id`: `o = new T(); o.a = 1`.
    fn completed(&self, made: Value, bind: &Bind, id: ExprId, depth: usize) -> Value {
        let (Target::Name(name), Some(value)) = (&bind.target, bind.value) else { return made };
        let is_object = matches!(self.resolver.module.node(value).expr, Expr::Call { how: How::New, .. });
        let (start, end) = (bind.span.end, self.resolver.module.node(id).span.start);
        if start > end {
            return made;
        }
        let later = self.resolver.filled(self.resolver.frame(bind.scope), name, Span::new(start, end));
        let mut later = later.peekable();
        let mut members = match made {
            Value::Map(members) => members,
            Value::Dynamic { .. } if is_object && later.peek().is_some() => Vec::new(),
            other => return other,
        };
        for member in later.take(MOST_MEMBERS) {
            let (Target::Key(_, key), Some(value)) = (&member.target, member.value) else { continue };
            let value = self.value_within(value, depth);
            match members.iter_mut().find(|(known, _)| known == key) {
                Some((_, old)) => *old = value,
                None => members.push((key.clone(), value)),
            }
        }
        Value::Map(members)
    }

    fn entries(&self, entries: &[(Option<String>, ExprId)], depth: usize) -> Vec<(String, Value)> {
        let mut found = Vec::new();
        for (key, value) in entries {
            match (key, &self.resolver.module.node(*value).expr) {
                (Some(key), _) => found.push((key.clone(), self.value_within(*value, depth))),
                // `{...base}` has the keys of what it spreads.
                (None, Expr::Spread(base)) => {
                    if let Value::Map(inner) = self.value_within(*base, depth) {
                        found.extend(inner);
                    }
                }
                (None, _) => {}
            }
        }
        found
    }

    /// The items of a list, with those of the lists that are spread in it.
    fn items(&self, items: &[ExprId], depth: usize) -> Vec<Value> {
        let mut found = Vec::new();
        for item in items {
            match &self.resolver.module.node(*item).expr {
                Expr::Spread(base) => match self.value_within(*base, depth) {
                    Value::List(inner) => found.extend(inner),
                    _ => found.push(Value::Dynamic { name: self.hint(*base) }),
                },
                _ => found.push(self.value_within(*item, depth)),
            }
        }
        found
    }

    fn template_value(&self, id: ExprId, depth: usize) -> Value {
        let mut template = Template::default();
        if self.template_into(id, depth, &mut template) {
            return Value::Text(template.parts());
        }
        Value::Dynamic { name: self.hint(id) }
    }

    /// The value of a name that has exactly one, else its name.
    fn constant(&self, id: ExprId, name: &str, depth: usize) -> Value {
        let node = self.resolver.module.node(id);
        if let [bind] = self.resolver.bindings(name, node.scope, node.span)[..] {
            if let (Some(value), false) = (bind.value, bind.append) {
                match self.completed(self.value_within(value, depth), bind, id, depth) {
                    Value::Dynamic { name: None } => {}
                    Value::Dynamic { .. } => {
                        return Value::Dynamic { name: self.hint(value).or(Some(name.to_owned())) };
                    }
                    value => return value,
                }
            }
            return Value::Dynamic { name: Some(name.to_owned()) };
        }
        self.other(id)
    }

    fn other(&self, id: ExprId) -> Value {
        let is_path = matches!(self.resolver.module.node(id).expr, Expr::Name(_) | Expr::Member { .. });
        let symbols = self.resolver.symbols(id);
        if is_path && symbols.iter().any(|s| matches!(s.origin, Origin::Import | Origin::Wildcard)) {
            return Value::Symbol(symbols.to_vec());
        }
        Value::Dynamic { name: self.hint(id) }
    }

    /// What a value that is not known is called where it comes from: the variable, the property, the environment
    /// variable that a call or an index names.
    pub(crate) fn hint(&self, id: ExprId) -> Option<String> {
        match &self.resolver.module.node(id).expr {
            Expr::Name(name) | Expr::Member { name, .. } => Some(name.clone()),
            Expr::Index { index, .. } => self.literal(*index),
            Expr::Call { callee, args, .. } => match args.first() {
                Some(arg) => self.literal(arg.value).or_else(|| self.hint(arg.value)),
                None => self.hint(*callee),
            },
            Expr::Cast { value, .. } | Expr::Spread(value) => self.hint(*value),
            Expr::Choice(options) => options.iter().find_map(|option| self.hint(*option)),
            Expr::Other(children) => match children[..] {
                [child] => self.hint(child),
                _ => None,
            },
            _ => None,
        }
    }

    /// A text written right here that could be a name.
    fn literal(&self, id: ExprId) -> Option<String> {
        let Expr::Text(parts) = &self.resolver.module.node(id).expr else { return None };
        let [TextPart::Known(MappedText { text, .. })] = &parts[..] else { return None };
        let is_name = |c: char| c.is_alphanumeric() || "_-.:".contains(c);
        (!text.is_empty() && text.len() <= 80 && text.chars().all(is_name)).then(|| text.clone())
    }

    /// The text that an expression builds; none if it does not build a text.
    pub(crate) fn template(&self, id: ExprId) -> Option<Template> {
        self.steps.set(MOST_STEPS);
        let mut template = Template::default();
        self.template_into(id, DEEPEST, &mut template).then_some(template)
    }

    /// Appends what `id` builds, or a hole that stands for it.
    pub(crate) fn append(&self, id: ExprId, out: &mut Template) {
        self.append_within(id, DEEPEST, out);
    }

    fn append_within(&self, id: ExprId, depth: usize, out: &mut Template) {
        let span = self.resolver.module.node(id).span;
        let mut piece = Template::default();
        if self.template_into(id, depth, &mut piece) {
            return out.append(&piece);
        }
        out.push_hole(self.hint(id), span.start);
        out.text.seek(span.end);
    }

    /// Appends what `id` builds to `out`; false if it is no text.
    fn template_into(&self, id: ExprId, depth: usize, out: &mut Template) -> bool {
        let Some(depth) = self.step(depth) else { return false };
        let node = self.resolver.module.node(id);
        match &node.expr {
            Expr::Text(parts) => {
                for part in parts {
                    match part {
                        TextPart::Known(text) => out.text.append(text),
                        TextPart::Hole { value, span } => {
                            self.fill(*value, span.start, depth, out);
                            out.text.seek(span.end);
                        }
                    }
                }
                true
            }
            Expr::Concat(parts) => {
                for part in parts {
                    let span = self.resolver.module.node(*part).span;
                    if !self.template_into(*part, depth, out) {
                        out.push_hole(self.hint(*part), span.start);
                        out.text.seek(span.end);
                    }
                }
                true
            }
            Expr::Format { template, args } => {
                let mut inner = Template::default();
                self.template_into(*template, depth, &mut inner) && {
                    self.format(&inner, args, out);
                    true
                }
            }
            Expr::Name(name) => {
                let bindings = self.resolver.bindings(name, node.scope, node.span);
                let Some((first, more)) = bindings.split_first() else { return false };
                // `x = …`, `x += …`: one text in pieces.
                if first.append || more.len() > MOST_PIECES || more.iter().any(|bind| !bind.append) {
                    return false;
                }
                let is_text = first.value.is_some_and(|value| self.template_into(value, depth, out));
                let more = more.iter().filter(|_| is_text).filter_map(|bind| bind.value);
                more.for_each(|value| self.append_within(value, depth, out));
                is_text
            }
            Expr::Member { .. } | Expr::Cast { .. } => match self.field_value(id) {
                Some(value) => self.template_into(value, depth, out),
                None => false,
            },
            _ => false,
        }
    }

    /// The one value that the file gives to `self.x` or to a constant of its own class.
    fn field_value(&self, id: ExprId) -> Option<ExprId> {
        match &self.resolver.module.node(id).expr {
            Expr::Cast { value, .. } => Some(*value),
            Expr::Member { object, name, .. } => {
                let class = match &self.resolver.module.node(*object).expr {
                    Expr::This | Expr::Super => {
                        self.resolver.class_of(self.resolver.module.node(*object).scope)?
                    }
                    Expr::Name(class) => class,
                    _ => return None,
                };
                match self.resolver.field(class, name)[..] {
                    [bind] if !bind.append => bind.value,
                    _ => None,
                }
            }
            _ => None,
        }
    }

    /// A hole that stands for a text known elsewhere is that text, at the place of the hole.
    fn fill(&self, value: ExprId, at: usize, depth: usize, out: &mut Template) {
        let mut inner = Template::default();
        if self.template_into(value, depth, &mut inner) && inner.holes.is_empty() {
            out.text.push(&inner.text.text, at);
        } else {
            out.push_hole(self.hint(value), at);
        }
    }

    /// Fills the `%s` and `{}` of a text with holes named after the arguments.
    fn format(&self, template: &Template, args: &[Argument], out: &mut Template) {
        let mut next = 0;
        let name_of = |index: usize| args.get(index).and_then(|arg| self.hint(arg.value));
        let text = &template.text.text;
        let mut at = 0;
        while let Some(character) = text[at..].chars().next() {
            let place = template.text.host(at);
            if let Some((length, key)) = placeholder(&text[at..]) {
                let name = match key.parse::<usize>() {
                    Ok(index) => name_of(index),
                    Err(_) if !key.is_empty() => Some(key),
                    Err(_) => {
                        next += 1;
                        name_of(next - 1)
                    }
                };
                out.push_hole(name, place);
                at += length;
                out.text.seek(template.text.host(at));
                continue;
            }
            let index = (character as usize).checked_sub(HOLE as usize).filter(|index| *index < template.holes.len());
            match index {
                Some(index) => out.push_hole(template.holes[index].clone(), place),
                None => out.text.push(character.encode_utf8(&mut [0; 4]), place),
            }
            at += character.len_utf8();
        }
    }
}

/// A format hole at the start of a text: its length in bytes and its name or number, empty for the next in order.
fn placeholder(text: &str) -> Option<(usize, String)> {
    if let Some(rest) = text.strip_prefix('%') {
        if let Some(inner) = rest.strip_prefix('(') {
            let (name, after) = inner.split_once(')')?;
            return after.starts_with(['s', 'd', 'r']).then(|| (name.len() + 4, name.to_owned()));
        }
        let digits = rest.len() - rest.trim_start_matches(|c: char| c.is_ascii_digit() || "+-#.[]$".contains(c)).len();
        return rest[digits..].starts_with(['s', 'd', 'v', 'q', 'r', 'i']).then(|| (digits + 2, String::new()));
    }
    let (name, _) = text.strip_prefix('{')?.split_once('}')?;
    let bare = name.split([':', '!', ',']).next().unwrap_or_default();
    let is_name = bare.chars().all(|c| c.is_alphanumeric() || "_.[]".contains(c));
    is_name.then(|| (name.len() + 2, bare.to_owned()))
}

fn join_lists(values: Vec<Value>) -> Value {
    Value::List(
        values
            .into_iter()
            .flat_map(|value| match value {
                Value::List(items) => items,
                other => vec![other],
            })
            .collect(),
    )
}
