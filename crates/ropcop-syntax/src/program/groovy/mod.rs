//! Groovy: Jenkins pipelines, and programs.
//!
//! Pipelines are read by a parser of our own: the grammar there is gives up on most real files, and a file that it half
//! understands hides its strings. [`lexer`] makes tokens, [`parser`] lowers them to a [`Module`], so that the resolver
//! follows names and texts as in every other language, and [`step`] knows which step reads which language.

mod argument;
mod declaration;
mod expression;
mod lexer;
mod literal;
mod parser;
mod record;
mod step;
mod token;

use crate::guest::Reading;
use crate::program::call;
use crate::program::module::Module;
use crate::program::process;
use crate::program::resolve::Resolver;
use crate::{Facts, Source};

/// Reads a file.
pub(crate) fn facts(source: &Source, reading: &Reading<'_>) -> Facts {
    let tokens = lexer::tokens(&source.text);
    let mut module: Module = parser::lower(&source.text, &tokens);
    let syntax_errors = std::mem::take(&mut module.syntax_errors);
    let resolver = Resolver::new(&module);
    let mut facts = Facts {
        calls: call::calls(&resolver, &source.text, reading),
        commands: process::commands(&resolver, reading),
        imports: module.imports.iter().map(|import| import.path.clone()).collect(),
        syntax_errors,
        ..Facts::default()
    };
    facts.records = record::records(&source.text, &tokens, reading);
    step::read(&resolver, reading, &mut facts);
    facts.syntax_errors.extend(resolver.given_up());
    facts.settle();
    facts
}
