//! What all readers of records in a program need.

use crate::guest::Reading;
use crate::program::call;
use crate::program::module::{Expr, ExprId, ExprNode, ScopeId, ScopeKind, TextPart};
use crate::program::resolve::Resolver;
use crate::program::value::Evaluator;
use crate::program::way::Ways;
use crate::record::{self, Around};
use crate::{Field, Part, Record, RecordKind, Span, Value};

use super::addition::Owner;
use super::entry::{EntryValue, KeyEntry};

/// Of more fields than this in one record, the last are left out.
pub(super) const LONGEST: usize = 500;

pub(in crate::program) struct EntryReader<'r, 'm> {
    pub(in crate::program) resolver: &'r Resolver<'m>,
    pub(in crate::program) evaluator: Evaluator<'r, 'm>,
    text: &'r str,
    pub(in crate::program) reading: &'r Reading<'r>,
    ways: Ways<'r, 'm>,
}

impl<'r, 'm> EntryReader<'r, 'm> {
    pub(in crate::program) fn new(resolver: &'r Resolver<'m>, text: &'r str, reading: &'r Reading<'r>) -> Self {
        Self { resolver, evaluator: Evaluator::new(resolver), text, reading, ways: Ways::new(resolver) }
    }

    pub(in crate::program) fn node(&self, id: ExprId) -> &'m ExprNode {
        self.resolver.module.node(id)
    }

    pub(in crate::program) fn expr(&self, id: ExprId) -> &'m Expr {
        &self.node(id).expr
    }

    pub(in crate::program) fn span(&self, id: ExprId) -> Span {
        self.node(id).span
    }

    /// Whether a scope is that of a function, or a block of one.
    pub(super) fn is_in_function(&self, scope: ScopeId) -> bool {
        let frame = self.resolver.frame(scope);
        matches!(self.resolver.module.scopes[frame.0].kind, ScopeKind::Function)
    }

    pub(in crate::program) fn all(&self) -> impl DoubleEndedIterator<Item = ExprId> + use<> {
        (0..self.resolver.module.exprs.len()).map(ExprId)
    }

    pub(super) fn source(&self, span: Span) -> &'r str {
        self.text.get(span.start..span.end).unwrap_or_default()
    }

    pub(super) fn is_boundary(&self, at: usize) -> bool {
        self.text.is_char_boundary(at)
    }

    /// The text of a literal without holes.
    pub(in crate::program) fn literal(&self, id: ExprId) -> Option<&'m str> {
        match self.expr(id) {
            Expr::Text(parts) => match &parts[..] {
                [TextPart::Known(known)] => Some(&known.text),
                _ => None,
            },
            _ => None,
        }
    }

    pub(super) fn around(&self, id: ExprId) -> Around {
        let statement = call::statement(self.resolver, id);
        let bound = self.outermost(id).and_then(|outermost| self.resolver.bound(outermost).next());
        let statement = match bound {
            Some(bind) if bind.span.contains(statement) => bind.span,
            _ => statement,
        };
        Around { statement, function: self.resolver.function_of(self.node(id).scope) }
    }

    /// The expression around one that a binding may give to a name.
    fn outermost(&self, id: ExprId) -> Option<ExprId> {
        std::iter::successors(Some(id), |at| self.resolver.parent(*at))
            .take_while(|at| !matches!(self.expr(*at), Expr::Statement(_) | Expr::Other(_)))
            .last()
    }

    /// Whether any key or any text that is written right here matters to anybody.
    pub(super) fn wants(&self, path: &str, entries: &[KeyEntry]) -> bool {
        let wants_text = |entry: &KeyEntry| match &entry.value {
            EntryValue::Expr(id) => match self.expr(self.only_item(*id)) {
                Expr::Text(parts) => parts.iter().any(|part| match part {
                    TextPart::Known(known) => self.reading.wants(&known.text),
                    TextPart::Hole { .. } => false,
                }),
                _ => false,
            },
            EntryValue::Known(Value::Text(parts), _) => {
                parts.iter().filter_map(Part::text).any(|text| self.reading.wants(text))
            }
            EntryValue::Known(..) => false,
        };
        let wants_key =
            |key: &str| self.reading.wants(key) || (!path.is_empty() && self.reading.wants(&format!("{path}.{key}")));
        entries.iter().any(|entry| wants_key(&entry.key) || wants_text(entry))
    }

    /// A list of one is its item.
    fn only_item(&self, id: ExprId) -> ExprId {
        match self.expr(id) {
            Expr::List(items) => match items[..] {
                [item] if !matches!(self.expr(item), Expr::Spread(_)) => item,
                _ => id,
            },
            _ => id,
        }
    }

    /// The place of an expression; of a text, without its quotes.
    pub(in crate::program) fn field_span(&self, id: ExprId) -> Span {
        match self.expr(id) {
            Expr::Text(_) => unquoted(self.source(self.span(id)), self.span(id)),
            _ => self.span(id),
        }
    }

    pub(in crate::program) fn field(&self, entry: &KeyEntry) -> Field {
        let (value, span) = match &entry.value {
            EntryValue::Known(value, span) => (value.clone(), *span),
            EntryValue::Expr(id) => {
                let id = self.only_item(*id);
                let value = match self.evaluator.short_value(id) {
                    Value::Text(parts) => Value::of_parts(parts),
                    value => value,
                };
                (value, self.field_span(id))
            }
        };
        Field { key: entry.key.clone(), value, key_span: entry.key_span, span }
    }

    /// Says of records to which addresses they are sent. What a test expects is no record.
    pub(super) fn sent(&self, mut records: Vec<Record>, starts: &[ExprId]) -> Vec<Record> {
        let is_form = |record: &Record| {
            matches!(record.kind, RecordKind::Mapping | RecordKind::Text)
                && record.fields.iter().any(|field| self.reading.follows(&field.key))
        };
        if !records.iter().any(is_form) {
            return records;
        }
        let request = self.ways.request(starts);
        records.retain(|_| !request.is_expected);
        records.iter_mut().for_each(|record| record.addresses.clone_from(&request.addresses));
        records
    }

    /// The expressions that hold what is added to `owner` by an expression.
    pub(super) fn holders(&self, owner: &Owner, by: ExprId) -> Vec<ExprId> {
        let mut found = vec![by];
        if let Owner::Name(_, name) = owner {
            let node = self.node(by);
            found.extend(self.ways.holders(name, node.scope, node.span));
        }
        found
    }

    pub(super) fn record(&self, kind: RecordKind, path: &str, entries: &[KeyEntry], around: Around) -> Option<Record> {
        let entries = &entries[..entries.len().min(LONGEST)];
        let fields: Vec<Field> = entries.iter().map(|entry| self.field(entry)).collect();
        let span = record::span_of(&fields)?;
        Some(Record { kind, path: path.to_owned(), fields, span, ..around.record() })
    }
}

/// The place of a text literal without its quotes.
fn unquoted(written: &str, span: Span) -> Span {
    let Some(start) = written.find(['"', '\'', '`']) else { return span };
    let quote = &written[start..start + 1];
    let run = written[start..].len() - written[start..].trim_start_matches(quote).len();
    let width = match run {
        // `""`, and `""""""`.
        2 => 1,
        6 if start + run == written.len() => 3,
        run => run,
    };
    let end = written.len().saturating_sub(width);
    match end >= start + width && written[end..].chars().all(|c| quote.starts_with(c)) {
        true => Span::new(span.start + start + width, span.start + end),
        false => span,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_place_of_a_text_has_no_quotes() {
        for (written, expected) in [
            ("'a'", "a"),
            ("\"\"", ""),
            ("u'a'", "a"),
            ("$@\"a\"", "a"),
            ("\"\"\"a\"\"\"", "a"),
            ("\"\"\"\"\"\"", ""),
            ("`a ${b}`", "a ${b}"),
            ("f\"{x['y']}\"", "{x['y']}"),
            ("'", "'"),
            ("word", "word"),
        ] {
            let span = unquoted(written, Span::new(0, written.len()));
            assert_eq!(&written[span.start..span.end], expected, "{written}");
        }
    }
}
