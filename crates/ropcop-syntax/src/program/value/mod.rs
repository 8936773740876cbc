//! What is known of a value: texts put together, constants followed, holes named.

mod choice;
mod constant;
pub(crate) mod format;
mod script;
mod template;
mod word;

use std::cell::{Cell, RefCell};
use std::collections::HashSet;

use crate::program::module::{Argument, Bind, Expr, ExprId, How, Target, TextPart};
use crate::program::resolve::Resolver;
use crate::program::usage;
use crate::text::template::{MappedText, Template};
use crate::vocabulary::{gather, run};
use crate::{Origin, Span, Value};

use choice::Given;
pub(crate) use script::put_text;
pub(crate) use word::name_of;

/// Longer ways from a value to its parts are not followed.
const DEEPEST: usize = 24;
/// A value is made of at most so many expressions. One that would need more is not known.
const MOST_STEPS: usize = 10_000;
/// So many where a value is one of thousands: long lists are not followed to their end.
const FEW_STEPS: usize = 200;
/// Of more members that a variable is given after it was made, only the first count.
const MOST_MEMBERS: usize = 100;
/// Of more values that may reach one place, the last count.
const MOST_OPTIONS: usize = 8;
/// A text that is put together from more pieces is data, not a command.
pub(crate) const MOST_PIECES: usize = 64;

/// Looks values up.
pub(crate) struct Evaluator<'r, 'm> {
    resolver: &'r Resolver<'m>,
    /// Steps left for the question that is being answered.
    steps: Cell<usize>,
    /// Which of several values a text is built with, counted from the last; none leaves a hole.
    chosen: Cell<Option<usize>>,
    /// The most values that met in the text that was built last.
    most: Cell<usize>,
    /// Whether one of several values is being looked up. What has several values in turn is only a name there: the ways
    /// would multiply.
    choosing: Cell<bool>,
    /// The text that was read, if it stands in another and its places are not those of the file.
    around: Option<&'r Template>,
    /// Values of variables that were put into texts whole.
    put_in: RefCell<HashSet<ExprId>>,
}

impl<'r, 'm> Evaluator<'r, 'm> {
    pub(crate) fn new(resolver: &'r Resolver<'m>) -> Self {
        Self {
            resolver,
            steps: Cell::new(0),
            chosen: Cell::new(None),
            most: Cell::new(0),
            choosing: Cell::new(false),
            around: None,
            put_in: RefCell::default(),
        }
    }

    /// For a program that stands in a text, which leads back to the file.
    pub(crate) fn within(resolver: &'r Resolver<'m>, around: &'r Template) -> Self {
        Self { around: Some(around), ..Self::new(resolver) }
    }

    /// Where an expression stands in the file, with the parentheses around it.
    fn place(&self, id: ExprId) -> Span {
        let module = self.resolver.module;
        let span = module.enclosed.get(&id).copied().unwrap_or(module.node(id).span);
        self.around.map_or(span, |text| text.span(span.start..span.end))
    }

    fn is_script(&self) -> bool {
        self.resolver.module.traits.in_order
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
            Expr::List(items) => Value::List(self.spread_items(items, depth)),
            Expr::Gather(statements) => Value::List(self.gathered(statements, depth)),
            Expr::Command { makes: Some(made), .. } => self.value_within(*made, depth),
            Expr::Map(entries) => Value::Map(self.entries(entries, depth)),
            Expr::Call { args, how: How::Literal, .. } => Value::Map(self.properties(args, depth)),
            // An object is what its initialiser says.
            Expr::Call { args, how: How::New, .. } if args.iter().any(|arg| arg.name.is_some()) => {
                Value::Map(self.properties(args, depth))
            }
            Expr::Call { callee, args, .. } if self.collects(*callee) => {
                let items: Vec<ExprId> = args.iter().map(|arg| arg.value).collect();
                match &self.spread_items(&items, depth)[..] {
                    // A list of a list has the same items.
                    [Value::List(items)] => Value::List(items.clone()),
                    items => Value::List(items.to_vec()),
                }
            }
            Expr::Cast { value, .. } => self.value_within(*value, depth),
            Expr::Choice(options) => self.choice(id, &Given::one_of(options), depth),
            Expr::Name(name) => self.constant(id, name, depth),
            Expr::Member { .. } => match self.field_value(id).map(|value| self.value_within(value, depth)) {
                None | Some(Value::Dynamic { .. }) => self.constant_text(id, depth).unwrap_or_else(|| self.other(id)),
                Some(value) => value,
            },
            Expr::Call { callee, args, how: How::Call } => match self.constant_text(id, depth) {
                Some(value) => value,
                None => self.defaulted(id, *callee, args, depth),
            },
            _ => self.other(id),
        }
    }

    /// Whether a call makes a list or a set of its arguments.
    fn collects(&self, callee: ExprId) -> bool {
        match &self.resolver.module.node(callee).expr {
            Expr::Member { object, name, .. } => {
                gather::collects(name, Some(&usage::last_name(self.resolver, *object)))
            }
            Expr::Name(name) => gather::collects(name, None),
            _ => false,
        }
    }

    fn properties(&self, args: &[Argument], depth: usize) -> Vec<(String, Value)> {
        args.iter().filter_map(|arg| Some((arg.name.clone()?, self.value_within(arg.value, depth)))).collect()
    }

    /// What `bind` made, with the members that its variable is given up to its use at `id`: `o = new T(); o.a = 1`.
    fn completed(&self, made: Value, bind: &Bind, id: ExprId, depth: usize) -> Value {
        let (Target::Name(name), Some(value)) = (&bind.target, bind.value) else { return made };
        let made_by = self.resolver.module.made(value);
        let is_object = matches!(self.resolver.module.node(made_by).expr, Expr::Call { how: How::New, .. });
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
    fn spread_items(&self, items: &[ExprId], depth: usize) -> Vec<Value> {
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

    /// What statements give, one after the other: the items of a list, or a value that is none.
    fn gathered(&self, statements: &[ExprId], depth: usize) -> Vec<Value> {
        let items = statements.iter().map(|statement| match self.value_within(*statement, depth) {
            Value::List(items) => items,
            value => vec![value],
        });
        items.flatten().collect()
    }

    /// The value of a name: the one that it has, or one of several, else its name.
    fn constant(&self, id: ExprId, name: &str, depth: usize) -> Value {
        let node = self.resolver.module.node(id);
        let bindings = self.resolver.bindings(name, node.scope, node.span);
        if let [bind] = bindings[..]
            && let (Some(value), false) = (bind.value, bind.append)
        {
            return match self.completed(self.value_within(value, depth), bind, id, depth) {
                Value::Dynamic { name: None } => Value::Dynamic { name: Some(name.to_owned()) },
                Value::Dynamic { .. } => Value::Dynamic { name: self.hint(value).or(Some(name.to_owned())) },
                value => value,
            };
        }
        if bindings.iter().any(|bind| bind.append) {
            return self.grown(id, depth);
        }
        let given = self.given(&bindings);
        match (&given.values[..], &bindings[..]) {
            ([], [_]) => Value::Dynamic { name: Some(name.to_owned()) },
            ([], _) => self.other(id),
            _ => self.choice(id, &given, depth),
        }
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
                // `x.orElse("a")` is `x`.
                Some(_) if args.len() == 1 && self.stands_in(*callee).is_some() => self.hint(self.stands_in(*callee)?),
                Some(arg) => self.literal(arg.value).or_else(|| self.hint(arg.value)),
                None => self.hint_of_result(*callee),
            },
            Expr::Cast { value, .. } | Expr::Spread(value) => self.hint(*value),
            Expr::Command { makes: Some(made), .. } => self.hint(*made),
            Expr::Filled(name) => name.clone(),
            Expr::Choice(options) => options.iter().find_map(|option| self.hint(*option)),
            Expr::Other(children) => match children[..] {
                [child] => self.hint(child),
                _ => None,
            },
            _ => None,
        }
    }

    /// What a call without arguments gives back is called like its function; a text that it only changes a little keeps
    /// its name.
    fn hint_of_result(&self, callee: ExprId) -> Option<String> {
        match &self.resolver.module.node(callee).expr {
            Expr::Member { object, name, .. } if run::passes(name) => self.hint(*object).or_else(|| self.hint(callee)),
            _ => self.hint(callee),
        }
    }

    /// A text written right here that could be a name.
    fn literal(&self, id: ExprId) -> Option<String> {
        let Expr::Text(parts) = &self.resolver.module.node(id).expr else { return None };
        let [TextPart::Known(MappedText { text, .. })] = &parts[..] else { return None };
        let is_name = |c: char| c.is_alphanumeric() || "_-.:".contains(c);
        (!text.is_empty() && text.len() <= 80 && text.chars().all(is_name)).then(|| text.clone())
    }

    /// The one value that the file gives to `self.x` or to a constant of its own class.
    fn field_value(&self, id: ExprId) -> Option<ExprId> {
        match &self.resolver.module.node(id).expr {
            Expr::Cast { value, .. } => Some(*value),
            Expr::Member { object, name, .. } => {
                let class = match &self.resolver.module.node(*object).expr {
                    Expr::This | Expr::Super => self.resolver.class_of(self.resolver.module.node(*object).scope)?,
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
