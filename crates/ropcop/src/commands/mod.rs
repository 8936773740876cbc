//! What each subcommand does: one file each, from its arguments to its output.

pub(crate) mod completions;
pub(crate) mod explain;
pub(crate) mod facts;
pub(crate) mod rules;
pub(crate) mod scan;
pub(crate) mod test_rules;
