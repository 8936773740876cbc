//! One key and its value, before they are looked into.

use crate::program::module::{ExprId, ScopeId};
use crate::{Span, Value};

/// A key with what it is given.
#[derive(Clone, Debug)]
pub(in crate::program) struct KeyEntry {
    pub(in crate::program) key: String,
    pub(in crate::program) key_span: Span,
    pub(in crate::program) value: EntryValue,
    /// Where it is given: what stands in one branch of a choice is apart from what stands in another.
    pub(in crate::program) scope: ScopeId,
}

/// What a key is given.
#[derive(Clone, Debug)]
pub(in crate::program) enum EntryValue {
    /// An expression.
    Expr(ExprId),
    /// A part of a text.
    Known(Value, Span),
}
