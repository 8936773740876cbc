//! Languages and file formats of ropcop.
//!
//! This crate is the only one that knows tree-sitter, grammars and file formats. It turns the text of one file into
//! [`Facts`]: calls, commands and records, whose names are resolved as far as that file allows. It does no I/O, it never fails and it
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

mod argv;
mod batch;
mod bicep;
mod call;
mod component;
mod containerfile;
mod data;
mod document;
mod dotenv;
mod fact;
mod groovy;
mod guest;
mod hcl;
mod host;
mod http;
mod ini;
mod just;
mod language;
mod line_index;
mod lower;
mod make;
mod manifest;
mod markup;
mod module;
mod msbuild;
mod notebook;
mod pieces;
mod placeholder;
mod plain;
mod powershell;
mod process;
mod properties;
mod record;
mod requirements;
mod resolve;
mod shell;
mod source;
mod span;
mod template;
mod toml_file;
mod tree;
mod usage;
mod vagrant;
mod value;
mod xml;

pub use fact::{
    Arg, Call, CallKind, Certainty, Command, Facts, Field, Origin, Part, Record, RecordKind, Symbol, Value, Word,
};
pub use host::Host;
pub use language::Language;
pub use line_index::LineIndex;
pub use manifest::is_manifest;
pub use source::Source;
pub use span::Span;

/// Reads one file.
///
/// `keep` says whether a text (a symbol path, the text of a string) could matter to anybody: facts of which no text is kept
/// are left out. It decides about time and memory only; `&|_| true` gives everything.
pub fn extract(source: &Source, keep: &dyn Fn(&str) -> bool) -> Facts {
    let mut facts = read(source, keep);
    facts.confine(&source.text);
    let versions = record::versions::records(&facts.commands, &source.text, keep);
    facts.records.extend(versions);
    facts
}

/// Reads one file in the way of its language.
fn read(source: &Source, keep: &dyn Fn(&str) -> bool) -> Facts {
    match source.language {
        Language::Shell => shell::facts(&source.text, keep),
        Language::MsBuild => msbuild::facts(source, keep),
        Language::PowerShell => powershell::facts(source, keep),
        Language::Batch => batch::facts(source, keep),
        Language::Make => make::facts(source, keep),
        Language::Just => just::facts(source, keep),
        Language::Groovy => groovy::facts(source, keep),
        Language::Containerfile => containerfile::facts(source, keep),
        Language::Yaml | Language::Json => data::facts(source, keep),
        Language::Hcl => hcl::facts(source, keep),
        Language::Bicep => bicep::facts(source, keep),
        Language::Ini => ini::facts(source, keep),
        Language::Dotenv => dotenv::facts(source, keep),
        Language::Properties => properties::facts(source, keep),
        Language::Toml => toml_file::facts(source, keep),
        Language::Xml => xml::facts(source, keep),
        Language::Http => http::facts(source, keep),
        Language::Requirements => requirements::facts(source, keep),
        Language::Plain => plain::facts(source, keep),
        Language::Vagrantfile => vagrant::facts(source, keep),
        Language::Notebook => notebook::facts(source, keep),
        Language::Component => component::facts(source, keep),
        Language::Markdown | Language::AsciiDoc | Language::ReStructuredText => markup::facts(source, keep),
        Language::Python | Language::Scala => {
            let mut facts = lowered(source, keep);
            let exported = notebook::exported(&source.text, keep);
            if !exported.commands.is_empty() {
                facts.absorb(exported);
                facts.settle();
            }
            facts
        }
        _ => lowered(source, keep),
    }
}

/// Facts of a program file.
fn lowered(source: &Source, keep: &dyn Fn(&str) -> bool) -> Facts {
    let Some(module) = lower::lower(source) else {
        let all = Span::new(0, source.text.len());
        return Facts { syntax_errors: vec![all], ..Facts::default() };
    };
    program_facts(module, &source.text, keep)
}

/// Facts of a program file that has been lowered.
fn program_facts(mut module: module::Module, text: &str, keep: &dyn Fn(&str) -> bool) -> Facts {
    let shared_imports = std::mem::take(&mut module.shared_imports);
    let mut syntax_errors = std::mem::take(&mut module.syntax_errors);
    let resolver = resolve::Resolver::new(&module);
    let calls = call::calls(&resolver, text, keep);
    let commands = process::commands(&resolver, keep);
    let records = record::program::records(&resolver, text, keep);
    syntax_errors.extend(resolver.given_up());
    Facts {
        calls,
        commands,
        records,
        imports: module.imports.iter().filter(|import| !import.relative).map(|import| import.path.clone()).collect(),
        shared_imports,
        syntax_errors,
        host: None,
    }
}
