//! Where keys stand, and what those are that are written as constants.

use crate::Span;
use crate::program::module::{Bind, ExprId, ScopeId};

use super::entry::{EntryValue, KeyEntry};
use super::reader::EntryReader;

/// Keys are looked for in so many bytes before their value.
const FARTHEST: usize = 400;

impl EntryReader<'_, '_> {
    /// The entry of a key that stands somewhere between `from` and its value. A key that is not known may be a constant.
    pub(in crate::program) fn entry(&self, key: Option<&str>, from: usize, value: ExprId) -> Option<KeyEntry> {
        let node = self.node(value);
        let start = from.max(node.span.start.saturating_sub(FARTHEST)).min(node.span.start);
        let start = self.boundary(start);
        let between = Span::new(start, node.span.start.max(start));
        let (key, key_span) = match key {
            Some(key) => (key.to_owned(), self.written(key, between).unwrap_or(node.span)),
            None => self.constant_key(between, node.scope)?,
        };
        Some(KeyEntry { key, key_span, value: EntryValue::Expr(value), scope: node.scope })
    }

    fn boundary(&self, at: usize) -> usize {
        let is_boundary = |at: &usize| self.is_boundary(*at);
        (at..at + 4).find(is_boundary).unwrap_or(at)
    }

    /// The place of a name in the stretch that declares it, or the start of that.
    pub(super) fn place_of(&self, name: &str, declared: Span) -> Span {
        self.written(name, declared).unwrap_or(Span::new(declared.start, declared.start))
    }

    /// The last place of a key in a stretch of the file.
    fn written(&self, key: &str, between: Span) -> Option<Span> {
        let text = self.source(between);
        let is_word = |c: Option<char>| c.is_some_and(|c| c.is_alphanumeric() || c == '_');
        let stands_alone =
            |at: usize| !is_word(text[..at].chars().next_back()) && !is_word(text[at + key.len()..].chars().next());
        let (at, _) = text.rmatch_indices(key).find(|(at, _)| !key.is_empty() && stands_alone(*at))?;
        Some(Span::new(between.start + at, between.start + at + key.len()))
    }

    /// The text of the constant whose name stands last in a stretch of the file.
    fn constant_key(&self, between: Span, scope: ScopeId) -> Option<(String, Span)> {
        let text = self.source(between);
        let text = text.trim_end_matches(|c: char| c.is_whitespace() || ":=],>{(-".contains(c));
        let text = text.strip_suffix(" to").unwrap_or(text).trim_end();
        let is_path = |c: char| c.is_alphanumeric() || "_.".contains(c);
        let path = &text[text.trim_end_matches(is_path).len()..];
        let value = self.constant(path, scope, between)?;
        let end = between.start + text.len();
        Some((value, Span::new(end - path.len(), end)))
    }

    /// The text of a constant of this file.
    pub(super) fn constant(&self, path: &str, scope: ScopeId, at: Span) -> Option<String> {
        let found: Vec<&Bind> = match path.rsplit_once('.') {
            None if path.is_empty() => return None,
            None => self.resolver.bindings(path, scope, at),
            Some((owner, name)) => {
                let class = match owner {
                    "self" | "this" | "cls" => self.resolver.class_of(scope)?,
                    _ => owner.rsplit('.').next().unwrap_or(owner),
                };
                self.resolver.field(class, name)
            }
        };
        match found[..] {
            [bind] if !bind.append => self.evaluator.text(bind.value?),
            _ => None,
        }
    }

    /// Whether a key that is written between two places is a name between brackets: `d[NAME]`.
    pub(super) fn is_computed(&self, key: Span) -> bool {
        let before = Span::new(key.start.saturating_sub(1), key.start);
        let after = Span::new(key.end, key.end + 1);
        self.source(before) == "[" && self.source(after) == "]"
    }
}
