//! Which .NET methods are called.

use super::lower::SIGIL;
use crate::guest::Reading;
use crate::program::resolve::Resolver;
use crate::program::{call, literal};
use crate::{Call, Facts, Value};

/// The calls of a script, and the namespaces it names.
pub(super) fn facts(resolver: &Resolver<'_>, text: &str, reading: &Reading<'_>) -> Facts {
    let mut calls = call::calls(resolver, text, reading);
    calls.iter_mut().for_each(without_sigils);
    let imports = resolver.module.imports.iter().map(|import| import.path.clone()).collect();
    Facts { calls, imports, literals: literal::literals(resolver.module, text), ..Facts::default() }
}

/// Gives variables the names that people know.
fn without_sigils(call: &mut Call) {
    for symbol in &mut call.symbols {
        symbol.path = symbol.path.replace(SIGIL, "").replace("env:", "");
    }
    let steps = call.ways.iter_mut().flat_map(|way| &mut way.steps);
    let given = steps.flat_map(|step| &mut step.args).chain(&mut call.args);
    given.for_each(|arg| without_sigil(&mut arg.value));
}

fn without_sigil(value: &mut Value) {
    match value {
        Value::Dynamic { name: Some(name) } => *name = bare(name),
        Value::List(items) => items.iter_mut().for_each(without_sigil),
        Value::Map(entries) => entries.iter_mut().for_each(|(_, value)| without_sigil(value)),
        Value::Text(parts) => {
            for part in parts {
                if let crate::Part::Variable(name) = part {
                    *name = bare(name);
                }
            }
        }
        _ => {}
    }
}

/// A name without what tells it from a type, and without its drive.
fn bare(name: &str) -> String {
    match name.strip_prefix(SIGIL) {
        Some(name) => name.rsplit(':').next().unwrap_or_default().to_owned(),
        None => name.to_owned(),
    }
}
