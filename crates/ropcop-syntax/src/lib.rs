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
//! A file is read in steps. [`Language`] says what it is, and [`extract`] gives it to the reader of that language:
//!
//! - a program is parsed (`tree`), lowered (`program::lower`, to the small common language of `program::module`) and
//!   resolved (`program::resolve`, names to paths); then its calls, the commands that it hands to a process and its
//!   records are read from the module;
//! - a script is read word by word (`script`), for its commands and the variables that it sets;
//! - data becomes one tree, whatever its format (`document`), and a reader of the `host` says what its keys mean; files
//!   that hold nothing but `settings` are records at once;
//! - code that stands in a file of another language, in data or in a page (`carrier`), is a `guest`: it goes through the
//!   same door as a file of its own.

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
mod vocabulary;
mod written;

use std::cmp::Reverse;

use guest::{Guest, Reading};
use text::template::Template;

pub use fact::{
    Arg, Call, CallKind, Certainty, Command, Facts, Field, GuestSpan, Host, LineIndex, Omission, Origin, Part, Record,
    RecordKind, Span, Step, Symbol, Value, Way, Word,
};
pub use language::{Language, Source, is_manifest};
pub use written::Literals;

/// Reads one file.
///
/// `keep` says whether a text (a symbol path, the text of a string) could matter to anybody: facts of which no text is kept
/// are left out. It decides about time and memory only; `&|_| true` gives everything.
pub fn extract(source: &Source, keep: &dyn Fn(&str) -> bool) -> Facts {
    extract_following(source, keep, keep)
}

/// Reads one file as [`extract`] does, and follows only those ways for which somebody asks: of calls to whose path `follow`
/// agrees, and of records to one of whose keys it does. To follow a way costs more than to read what lies at its end.
pub fn extract_following(source: &Source, keep: &dyn Fn(&str) -> bool, follow: &dyn Fn(&str) -> bool) -> Facts {
    let effort = tree::Effort::of_file();
    let reading = Reading::new(keep, follow, &effort, read_guest, read_words);
    let mut facts = read(source, &reading);
    if source.language.grammar().is_none() || facts.comments.is_empty() {
        facts.comments.extend(language::comments(source));
    }
    facts.confine(&source.text);
    facts.literals.sort();
    facts.literals.dedup();
    let versions = record::versions::records(&facts.commands, &source.text, &reading);
    facts.records.extend(versions);
    // A piece of code that holds others comes before them; one that two readers saw is told once.
    facts.guests.sort_by_key(|guest| (guest.span.start, Reverse(guest.span.end), guest.language, guest.certainty));
    facts.guests.dedup_by_key(|guest| (guest.span, guest.language));
    facts
}

/// Reads one file in the way of its language. No wildcard: a language without a reader does not compile.
fn read(source: &Source, reading: &Reading<'_>) -> Facts {
    use program::lower::{Lower, csharp, go, java, javascript, kotlin, lua, python, scala};
    let program = |lower: Lower| program::facts(source, lower, reading);
    match source.language {
        Language::Python => with_cells(program(python::lower), source, reading),
        Language::JavaScript | Language::TypeScript | Language::Tsx => program(javascript::lower),
        Language::CSharp => program(csharp::lower),
        Language::Go => program(go::lower),
        Language::Java => program(java::lower),
        Language::Kotlin => program(kotlin::lower),
        Language::Lua => program(lua::lower),
        Language::Scala => with_cells(program(scala::lower), source, reading),
        Language::Groovy => program::groovy::facts(source, reading),
        Language::PowerShell => program::powershell::facts(source, reading),
        // Some tools give their XML an ending that belongs to a language.
        Language::Plain if Language::detect("", &source.text) == Some(Language::Xml) => {
            settings::xml::facts(source, reading)
        }
        Language::Plain => program::plain::facts(source, reading),
        Language::Shell => script::shell::facts(&source.text, reading),
        Language::Batch => script::batch::facts(source, reading),
        Language::Make => script::make::facts(source, reading),
        Language::Just => script::just::facts(source, reading),
        Language::Yaml => host::yaml(source, reading),
        Language::Json => host::json(source, reading),
        Language::Hcl => host::infrastructure::hcl(source, reading),
        Language::Bicep => host::infrastructure::bicep(source, reading),
        Language::MsBuild => settings::msbuild::facts(source, reading),
        Language::Ini => settings::ini::facts(source, reading),
        Language::Dotenv => settings::dotenv::facts(source, reading),
        Language::Properties => settings::properties::facts(source, reading),
        Language::Toml => settings::toml_file::facts(source, reading),
        Language::Xml => settings::xml::facts(source, reading),
        Language::Http => settings::http::facts(source, reading),
        Language::Requirements => settings::requirements::facts(source, reading),
        Language::Containerfile => carrier::containerfile::facts(source, reading),
        Language::Vagrantfile => carrier::vagrant::facts(source, reading),
        Language::Notebook => carrier::notebook::facts(source, reading),
        Language::Component => carrier::component::facts(source, reading),
        Language::Markdown => carrier::markup::markdown(source, reading),
        Language::AsciiDoc => carrier::markup::asciidoc(source, reading),
        Language::ReStructuredText => carrier::markup::restructured(source, reading),
    }
}

/// The facts of a program, and those of the cells of other languages if a notebook was exported to it.
fn with_cells(mut facts: Facts, source: &Source, reading: &Reading<'_>) -> Facts {
    let exported = carrier::notebook::exported(&source.text, reading);
    if !exported.commands.is_empty() {
        facts.absorb(exported);
        facts.settle();
    }
    facts
}

/// Reads a piece of code that stands in a file of another language.
fn read_guest(guest: &Guest, reading: &Reading<'_>) -> Facts {
    let Guest { language, code, .. } = guest;
    if *language == Language::Shell {
        return script::shell::guest(code, reading);
    }
    // A command line holds no settings, and no functions that others call.
    if *language == Language::PowerShell && reading.depth > 0 {
        return Facts { commands: program::powershell::commands(code, reading), ..Facts::default() };
    }
    let source = Source { path: "".into(), text: code.text.text.as_str().into(), language: *language };
    guest::placed(read(&source, reading), code)
}

/// Reads a program with its words, which stand in a file as a list.
fn read_words(words: &[Template], reading: &Reading<'_>) -> Facts {
    let words: Vec<_> = words.iter().map(script::shell::Operand::of).collect();
    script::shell::list(&words, reading)
}
