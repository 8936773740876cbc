//! Conditions on values.
