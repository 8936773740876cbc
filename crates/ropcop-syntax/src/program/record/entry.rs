//! One key and its value, before they are looked into.

use crate::program::module::{ExprId, ScopeId};
use crate::{Span, Value};

/// A key with what it is given.
#[derive(Clone, Debug)]
pub(super) struct Entry {
    pub(super) key: String,
    pub(super) key_span: Span,
    pub(super) value: Given,
    /// Where it is given: what stands in one branch of a choice is apart from what stands in another.
    pub(super) scope: ScopeId,
}

/// What a key is given.
#[derive(Clone, Debug)]
pub(super) enum Given {
    /// An expression.
    Expr(ExprId),
    /// A part of a text.
    Known(Value, Span),
}
