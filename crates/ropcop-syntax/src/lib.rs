//! Languages and file formats of ropcop.
//!
//! This crate is the only one that knows tree-sitter, grammars and file formats. It turns the text of one file into
//! [`Facts`]: calls and commands, whose names are resolved as far as that file allows. It does no I/O, it never fails and it
//! knows nothing about what a rule looks for.
//!
//! ```
//! use ropcop_syntax::{Source, extract};
//!
//! let source = Source::detect("job.py", "import demo\ndemo.connect('x')\n").unwrap();
//! let facts = extract(&source, &|_| true);
//! assert_eq!(facts.calls[0].symbols[0].path, "demo.connect");
//! ```
//!
//! A file is read in steps, one module each: [`Language`] (what is it), `tree` (parse), `lower` (from a grammar's tree to
//! the small common language of `module`), `resolve` (names to paths), `process` (commands that a program hands to a
//! process) and `shell` (words of a command line).

mod call;
mod fact;
mod language;
mod line_index;
mod lower;
mod module;
mod msbuild;
mod process;
mod resolve;
mod shell;
mod source;
mod span;
mod tree;
mod usage;
mod value;

pub use fact::{Arg, Call, CallKind, Certainty, Command, Facts, Origin, Part, Symbol, Value, Word};
pub use language::Language;
pub use line_index::LineIndex;
pub use source::Source;
pub use span::Span;

/// Reads one file.
///
/// `keep` says whether a text (a symbol path, the text of a string) could matter to anybody: facts of which no text is kept
/// are left out. It decides about time and memory only; `&|_| true` gives everything.
pub fn extract(source: &Source, keep: &dyn Fn(&str) -> bool) -> Facts {
    match source.language {
        Language::Shell => shell::facts(&source.text),
        Language::MsBuild => msbuild::facts(&source.text),
        _ => lower::lower(source).map_or_else(Facts::default, |module| program_facts(module, &source.text, keep)),
    }
}

/// Facts of a program file that has been lowered.
fn program_facts(mut module: module::Module, text: &str, keep: &dyn Fn(&str) -> bool) -> Facts {
    let shared_imports = std::mem::take(&mut module.shared_imports);
    let syntax_errors = std::mem::take(&mut module.syntax_errors);
    let resolver = resolve::Resolver::new(&module);
    Facts {
        calls: call::calls(&resolver, text, keep),
        commands: process::commands(&resolver, keep),
        imports: module.imports.iter().filter(|import| !import.relative).map(|import| import.path.clone()).collect(),
        shared_imports,
        syntax_errors,
    }
}
