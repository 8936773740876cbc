//! Texts of which parts may be missing, with the way back to the file: what every reader puts its code and values into.

pub(crate) mod closing;
pub(crate) mod escape;
pub(crate) mod name;
pub(crate) mod placeholder;
pub(crate) mod punch;
pub(crate) mod stretch;
pub(crate) mod template;
