//! Terraform, Packer, Nomad and other HCL.

use crate::document::hcl;
use crate::guest::Reading;
use crate::host::infrastructure;
use crate::{Facts, Source};

/// Reads a file.
pub(crate) fn facts(source: &Source, reading: &Reading<'_>) -> Facts {
    let (root, syntax_errors) = hcl::parse(&source.text);
    let mut facts = infrastructure::facts(&root, source.text.len(), reading);
    facts.syntax_errors.extend(syntax_errors);
    facts.settle();
    facts
}
