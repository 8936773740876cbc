//! One key and its value, before they are looked into.

use crate::module::ExprId;
use crate::{Span, Value};

/// A key with what it is given.
#[derive(Clone, Debug)]
pub(super) struct Entry {
    pub(super) key: String,
    pub(super) key_span: Span,
    pub(super) value: Given,
}

/// What a key is given.
#[derive(Clone, Debug)]
pub(super) enum Given {
    /// An expression.
    Expr(ExprId),
    /// A part of a text.
    Known(Value, Span),
}
