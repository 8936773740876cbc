//! Groovy: Jenkins pipelines, and programs.
//!
//! Pipelines are read by a parser of our own: the grammar there is gives up on most real files, and a file that it half
//! understands hides its strings. [`lexer`] makes tokens, [`parser`] lowers them to a [`Module`], so that names, texts and
//! records are followed as in every other language. [`step`] knows which step reads which language, and [`environment`]
//! where the variables of pipelines hold.

mod argument;
mod declaration;
mod environment;
mod expression;
mod lexer;
mod literal;
mod parser;
mod step;
mod token;

use crate::guest::Reading;
use crate::program::module::Module;
use crate::program::record::{self, EntryReader};
use crate::program::resolve::Resolver;
use crate::program::{call, process};
use crate::{Facts, Source};

/// Reads a file.
pub(crate) fn facts(source: &Source, reading: &Reading<'_>) -> Facts {
    let tokens = lexer::tokens(&source.text);
    let mut module: Module = parser::lower(&source.text, &tokens);
    let omissions = std::mem::take(&mut module.omissions);
    let resolver = Resolver::new(&module);
    let steps = step::steps(&resolver);
    let scripts = steps.iter().map(|step| step.script).collect();
    let mut facts = Facts {
        calls: call::calls(&resolver, &source.text, reading),
        commands: process::commands(&resolver, reading),
        records: record::records(&resolver, &source.text, &scripts, reading),
        imports: module.imports.iter().map(|import| import.path.clone()).collect(),
        literals: crate::program::literal::literals(&module, &source.text),
        omissions,
        ..Facts::default()
    };
    facts.records.extend(environment::records(&EntryReader::new(&resolver, &source.text, reading)));
    step::read(&resolver, &steps, reading, &mut facts);
    facts.omissions.extend(resolver.given_up());
    facts.settle();
    facts
}
