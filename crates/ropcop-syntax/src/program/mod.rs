//! Programs: from a tree to a module, from a module to calls, commands and records.

pub(crate) mod call;
pub(crate) mod groovy;
pub(crate) mod literal;
pub(crate) mod lower;
pub(crate) mod module;
pub(crate) mod pieces;
pub(crate) mod plain;
pub(crate) mod powershell;
pub(crate) mod process;
pub(crate) mod record;
pub(crate) mod resolve;
pub(crate) mod usage;
pub(crate) mod value;
pub(crate) mod way;

use std::collections::HashSet;

use crate::guest::Reading;
use crate::{Facts, Source};
use module::Module;

/// Facts of a program file, which `lower` takes from its tree to a module. One that is too much for its grammar is read as
/// one without: what its texts tell is better than nothing.
pub(crate) fn facts(source: &Source, lower: lower::Lower, reading: &Reading<'_>) -> Facts {
    match lower::lower(source, lower, reading.effort) {
        Ok(module) => of_module(module, &source.text, reading),
        Err(omission) => {
            let mut facts = plain::facts(source, reading);
            facts.omissions.push(omission);
            facts
        }
    }
}

/// Facts of a program file that has been lowered.
fn of_module(mut module: Module, text: &str, reading: &Reading<'_>) -> Facts {
    let shared_imports = std::mem::take(&mut module.shared_imports);
    let syntax_errors = std::mem::take(&mut module.syntax_errors);
    let mut omissions = std::mem::take(&mut module.omissions);
    let comments = std::mem::take(&mut module.comments);
    let resolver = resolve::Resolver::new(&module);
    let calls = call::calls(&resolver, text, reading);
    let commands = process::commands(&resolver, reading);
    let records = record::records(&resolver, text, &HashSet::new(), reading);
    omissions.extend(resolver.given_up());
    Facts {
        calls,
        commands,
        records,
        imports: module.imports.iter().filter(|import| !import.relative).map(|import| import.path.clone()).collect(),
        shared_imports,
        comments,
        literals: literal::literals(&module, text),
        syntax_errors,
        omissions,
        host: None,
        guests: Vec::new(),
    }
}
