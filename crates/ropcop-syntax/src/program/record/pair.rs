//! One key and one value: `("k", "v")`, `new T("k", "v")`, `{name: "k", value: "v"}`, `"k" to "v"`.

use crate::program::module::{Argument, Expr, ExprId, How, ScopeId};
use crate::program::usage;
use crate::text::template::Template;
use crate::{Span, Value};

use super::entry::{EntryValue, KeyEntry};
use super::reader::{EntryReader, LONGEST};
use crate::vocabulary::gather;

impl EntryReader<'_, '_> {
    /// The entries of a list, if it is one of pairs.
    pub(super) fn pairs(&self, items: &[ExprId]) -> Vec<KeyEntry> {
        let items = &items[..items.len().min(LONGEST)];
        let begins = items.iter().take(3).any(|item| self.pair(*item).is_some());
        if !begins {
            return Vec::new();
        }
        items.iter().filter_map(|item| self.pair(*item)).collect()
    }

    /// A key and its value in one expression.
    pub(super) fn pair(&self, id: ExprId) -> Option<KeyEntry> {
        match self.expr(id) {
            Expr::List(items) => match items[..] {
                [key, value] => self.entry_of(key, value),
                _ => None,
            },
            Expr::Map(entries) => {
                let named = entries.iter().map(|(name, value)| (name.as_deref(), *value));
                self.pair_of_names(named)
            }
            Expr::Call { callee, args, how } => self.pair_of_call(*callee, args, *how),
            // Scala's `"k" -> v`.
            Expr::Other(parts) => match parts[..] {
                [key, .., value] => {
                    let between = Span::new(self.span(key).end, self.span(value).start);
                    self.entry_of(key, value).filter(|_| self.source(between).trim() == "->")
                }
                _ => None,
            },
            _ => None,
        }
    }

    fn pair_of_call(&self, callee: ExprId, args: &[Argument], how: How) -> Option<KeyEntry> {
        let is_named = |arg: &Argument| arg.name.is_some();
        match args {
            // `"k" to "v"`.
            [value] => match self.expr(callee) {
                Expr::Member { object, name, .. } if name == "to" || name == "->" => {
                    self.entry_of(*object, value.value)
                }
                _ => None,
            },
            args if args.iter().any(is_named) => {
                self.pair_of_names(args.iter().map(|arg| (arg.name.as_deref(), arg.value)))
            }
            [key, value] => {
                let name = usage::last_name(self.resolver, callee).to_ascii_lowercase();
                let is_pair =
                    how != How::Call || name == "of" || ["entry", "pair"].iter().any(|end| name.ends_with(end));
                self.entry_of(key.value, value.value).filter(|_| is_pair)
            }
            _ => None,
        }
    }

    /// `{name: "k", value: "v"}`.
    pub(super) fn pair_of_names<'e>(&self, named: impl Iterator<Item = (Option<&'e str>, ExprId)>) -> Option<KeyEntry> {
        let (mut key, mut value) = (None, None);
        for (name, given) in named.take(8) {
            match name {
                Some(name) if gather::is_key_name(name) => key = Some(given),
                Some(name) if gather::is_value_name(name) => value = Some(given),
                _ => {}
            }
        }
        self.entry_of(key?, value?)
    }

    /// The entry of a key that is an expression of its own.
    pub(super) fn entry_of(&self, key: ExprId, value: ExprId) -> Option<KeyEntry> {
        let node = self.node(key);
        let (text, key_span) = match self.literal(key) {
            Some(text) => (text.to_owned(), self.field_span(key)),
            None => match &node.expr {
                Expr::Name(_) | Expr::Member { .. } => {
                    let path = self.source(node.span);
                    (self.constant(path, node.scope, node.span)?, node.span)
                }
                Expr::Text(_) | Expr::Concat(_) | Expr::Format { .. } => (self.built_key(key)?, self.field_span(key)),
                _ => return None,
            },
        };
        let is_key = !text.is_empty() && text.len() <= 200 && !text.contains('\n');
        is_key.then_some(KeyEntry { key: text, key_span, value: EntryValue::Expr(value), scope: node.scope })
    }

    /// A key that begins with a known name, with `…` for what is not known.
    fn built_key(&self, key: ExprId) -> Option<String> {
        let template = self.evaluator.template(key)?;
        let shown = |character| if template.hole(character).is_some() { '…' } else { character };
        let text: String = template.text.text.chars().map(shown).collect();
        let is_name = text.chars().all(|c| c.is_alphanumeric() || "._-…".contains(c));
        (is_name && !text.starts_with('…')).then_some(text)
    }

    /// The entries of texts that each are an assignment: `["NAME=value"]`.
    pub(super) fn assignments(&self, items: &[ExprId]) -> Vec<KeyEntry> {
        let texts = items.iter().take(LONGEST).filter_map(|item| match self.expr(*item) {
            Expr::Text(_) | Expr::Concat(_) | Expr::Format { .. } => {
                assignment(&self.evaluator.template(*item)?, self.node(*item).scope)
            }
            _ => None,
        });
        texts.collect()
    }
}

fn assignment(text: &Template, scope: ScopeId) -> Option<KeyEntry> {
    let whole = &text.text.text;
    let (key, _) = whole.split_once('=')?;
    let is_name = !key.is_empty() && key.chars().all(|c| c.is_ascii_alphanumeric() || c == '_');
    let value = key.len() + 1..whole.len();
    let parts = text.part(value.clone()).parts();
    let (key_span, span): (Span, Span) = (text.span(0..key.len()), text.span(value));
    is_name.then(|| KeyEntry {
        key: key.to_owned(),
        key_span,
        value: EntryValue::Known(Value::of_parts(parts), span),
        scope,
    })
}
