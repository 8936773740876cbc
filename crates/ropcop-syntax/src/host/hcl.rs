//! Terraform, Packer, Nomad and other HCL.

use crate::document::hcl;
use crate::host::infrastructure;
use crate::{Facts, Source};

/// Reads a file.
pub(crate) fn facts(source: &Source, keep: &dyn Fn(&str) -> bool) -> Facts {
    let (root, syntax_errors) = hcl::parse(&source.text);
    let mut facts = infrastructure::facts(&root, source.text.len(), keep);
    facts.syntax_errors.extend(syntax_errors);
    facts.settle();
    facts
}
