//! Which language something is written in, and what is to be known of it.
//!
//! [`table`] has a row for each language. Nobody else lists languages; where one of them is meant alone, it is compared
//! with `==`, and a `match` has an arm for each, so that the compiler asks about a new one.

mod command_line;
mod comment;
mod detect;
pub(crate) mod family;
mod manifest;
pub(crate) mod prompt;
mod row;
mod source;
mod table;

use strum::VariantArray;
use tree_sitter_language::LanguageFn;

pub(crate) use command_line::is_powershell;
pub(crate) use comment::comments;
pub use manifest::is_manifest;
pub use source::Source;

use prompt::Prompt;
use row::LanguageKind;

/// A language that ropcop reads.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, VariantArray)]
pub enum Language {
    /// Python.
    Python,
    /// JavaScript with JSX: one grammar reads all of it.
    JavaScript,
    /// TypeScript.
    TypeScript,
    /// TypeScript with JSX.
    Tsx,
    /// C#.
    CSharp,
    /// Go.
    Go,
    /// Java.
    Java,
    /// Lua.
    Lua,
    /// POSIX shell, Bash, zsh.
    Shell,
    /// Kotlin.
    Kotlin,
    /// Scala.
    Scala,
    /// A component of Vue or Svelte: its scripts.
    Component,
    /// PowerShell.
    PowerShell,
    /// Batch files of the Windows command processor.
    Batch,
    /// Makefiles.
    Make,
    /// Justfiles.
    Just,
    /// Groovy: Jenkins pipelines.
    Groovy,
    /// Dockerfiles.
    Containerfile,
    /// YAML; what it means depends on the host.
    Yaml,
    /// JSON, with or without comments; what it means depends on the host.
    Json,
    /// Terraform and other HCL.
    Hcl,
    /// Bicep.
    Bicep,
    /// INI files: sections of settings; in `tox.ini` commands too.
    Ini,
    /// Variables of a process: `.env`.
    Dotenv,
    /// Java properties, and settings of Spark.
    Properties,
    /// TOML.
    Toml,
    /// XML: configuration of programs, servers and builds.
    Xml,
    /// Requests for a client in an editor or a test: `.http`, Bruno, Karate, Robot Framework.
    Http,
    /// Packages with their versions: `requirements.txt`, `.tool-versions`.
    Requirements,
    /// A program in a language without a grammar: only the texts in it.
    Plain,
    /// A Vagrantfile: the scripts in it.
    Vagrantfile,
    /// Jupyter notebooks.
    Notebook,
    /// Markdown: code in fences.
    Markdown,
    /// AsciiDoc: source blocks.
    AsciiDoc,
    /// reStructuredText: code blocks.
    ReStructuredText,
    /// An MSBuild project or props file: XML, and what it imports on behalf of C# files.
    MsBuild,
}

impl Language {
    /// The name that rules use. TypeScript and its JSX form share one.
    pub fn name(self) -> &'static str {
        self.row().name
    }

    /// The names under which rules speak to this language: its own, and that of the language whose libraries it calls.
    pub fn names(self) -> [&'static str; 2] {
        [self.name(), self.row().calls.unwrap_or(self.name())]
    }

    /// Whether `name` is one that rules can use.
    pub fn is_name(name: &str) -> bool {
        Self::VARIANTS.iter().any(|language| language.name() == name)
    }

    /// Whether a full name is as good without an import as with one. In other languages it may be a variable.
    pub fn has_full_names(self) -> bool {
        self.row().full_names
    }

    /// Whether a file of this kind holds code of any language or settings of any program, so that its own name says
    /// little about those.
    pub fn is_mixed(self) -> bool {
        matches!(self.row().kind, LanguageKind::Mixed | LanguageKind::Settings | LanguageKind::Document)
    }

    /// Whether a file in this language is read by people, not by machines.
    pub fn is_document(self) -> bool {
        self.row().kind == LanguageKind::Document
    }

    /// Whether a file in this language holds records only, and no commands.
    pub(crate) fn holds_records_only(self) -> bool {
        matches!(self.row().kind, LanguageKind::Settings | LanguageKind::Texts)
    }

    /// Whether texts in it stand in quotes, and what has none is a name or a sign.
    pub(crate) fn has_quoted_texts(self) -> bool {
        matches!(self.row().kind, LanguageKind::Program | LanguageKind::Texts)
    }

    /// Whether it holds keys and values, and what stands behind a key is the value.
    pub(crate) fn is_data(self) -> bool {
        self.row().kind == LanguageKind::Settings || matches!(self, Self::Yaml | Self::Json | Self::Ini)
    }

    /// Whether people type it into a terminal.
    pub(crate) fn is_command_line(self) -> bool {
        self.row().kind == LanguageKind::CommandLine
    }

    /// Whether code in it does something by itself.
    pub(crate) fn is_run(self) -> bool {
        matches!(self.row().kind, LanguageKind::Program | LanguageKind::CommandLine)
    }

    /// Whether it may stand in a page: a page in a page would be read again and again.
    pub(crate) fn may_stand_in_a_page(self) -> bool {
        !self.is_document() && self != Self::Notebook
    }

    /// Whether what follows `argument` of a program that reads this language is code.
    pub(crate) fn takes_code(self, argument: &str) -> bool {
        (self.row().takes_code)(argument)
    }

    /// What stands before a command in a record of a session.
    pub(crate) fn prompts(self) -> &'static [Prompt] {
        self.row().prompts
    }

    /// None for a language that is read without a grammar.
    pub(crate) fn grammar(self) -> Option<LanguageFn> {
        self.row().grammar
    }

    /// Whether a line is nothing but a comment, in any language: code of one stands in files of another.
    pub fn is_comment(line: &str) -> bool {
        let starts = |mark: &str| line.get(..mark.len()).is_some_and(|start| start.eq_ignore_ascii_case(mark));
        Self::VARIANTS.iter().any(|language| language.row().comments().any(starts))
    }
}
