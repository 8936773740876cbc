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

mod carrier;
mod document;
mod fact;
mod guest;
mod host;
mod language;
mod program;
mod record;
mod script;
mod settings;
mod text;
mod tree;

pub use fact::{
    Arg, Call, CallKind, Certainty, Command, Facts, Field, Host, LineIndex, Origin, Part, Record, RecordKind, Span,
    Symbol, Value, Word,
};
pub use language::{Language, Source, is_manifest};

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
        Language::Shell => script::shell::facts(&source.text, keep),
        Language::MsBuild => settings::msbuild::facts(source, keep),
        Language::PowerShell => program::powershell::facts(source, keep),
        Language::Batch => script::batch::facts(source, keep),
        Language::Make => script::make::facts(source, keep),
        Language::Just => script::just::facts(source, keep),
        Language::Groovy => program::groovy::facts(source, keep),
        Language::Containerfile => carrier::containerfile::facts(source, keep),
        Language::Yaml | Language::Json => host::facts(source, keep),
        Language::Hcl => host::hcl::facts(source, keep),
        Language::Bicep => host::bicep::facts(source, keep),
        Language::Ini => settings::ini::facts(source, keep),
        Language::Dotenv => settings::dotenv::facts(source, keep),
        Language::Properties => settings::properties::facts(source, keep),
        Language::Toml => settings::toml_file::facts(source, keep),
        Language::Xml => settings::xml::facts(source, keep),
        Language::Http => settings::http::facts(source, keep),
        Language::Requirements => settings::requirements::facts(source, keep),
        Language::Plain => program::plain::facts(source, keep),
        Language::Vagrantfile => carrier::vagrant::facts(source, keep),
        Language::Notebook => carrier::notebook::facts(source, keep),
        Language::Component => carrier::component::facts(source, keep),
        Language::Markdown | Language::AsciiDoc | Language::ReStructuredText => carrier::markup::facts(source, keep),
        Language::Python | Language::Scala => {
            let mut facts = program::facts(source, keep);
            let exported = carrier::notebook::exported(&source.text, keep);
            if !exported.commands.is_empty() {
                facts.absorb(exported);
                facts.settle();
            }
            facts
        }
        _ => program::facts(source, keep),
    }
}
