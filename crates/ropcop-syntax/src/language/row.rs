//! What is to be known of a language: the shape of a row of the table.

use tree_sitter_language::LanguageFn;

use super::family::Family;
use super::prompt::Prompt;

/// A row of the table of languages. What a constructor asks for every language must tell; the rest has an answer that is
/// right for most.
pub(super) struct Row {
    /// The name that rules and reports use. TypeScript and its JSX form share one.
    pub(super) name: &'static str,
    pub(super) kind: LanguageKind,
    /// The name of the language whose libraries it calls, if that is another one.
    pub(super) calls: Option<&'static str>,
    /// A full name means the same with and without an import, and no variable looks like one.
    pub(super) full_names: bool,
    /// None for a language that is read without a grammar.
    pub(super) grammar: Option<LanguageFn>,
    /// Names by which pages and notebooks call it, lower case, beside those that are in this row anyway.
    pub(super) aliases: &'static [&'static str],
    /// Endings of its files.
    pub(super) extensions: &'static [&'static str],
    /// Languages that are read alike and bring endings of their own.
    pub(super) families: &'static [Family],
    /// Names of files; `Name.x`, `Name-x` and `Name_x` count too where `variants` says so.
    pub(super) files: &'static [&'static str],
    pub(super) variants: bool,
    /// Beginnings and ends of names of files, which count where nothing else is known of a file. Where there is a `/`,
    /// the folder belongs to the name.
    pub(super) patterns: &'static [(&'static str, &'static str)],
    /// Programs that read it, as a `#!` line names them.
    pub(super) interpreters: &'static [&'static str],
    /// How a text begins that says of itself that it is in this language.
    pub(super) start: Option<&'static str>,
    /// Whether what follows this argument of an interpreter is code.
    pub(super) takes_code: fn(&str) -> bool,
    /// How a line begins that is a comment.
    pub(super) comments: &'static [&'static str],
    /// What stands before a command in a record of a session.
    pub(super) prompts: &'static [Prompt],
}

/// What a file in a language is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum LanguageKind {
    /// It is run, and does what rules of its language speak of.
    Program,
    /// The same, and people type it into a terminal.
    CommandLine,
    /// It is run, but only its texts, keys and calls are seen.
    Texts,
    /// It holds settings of any program.
    Settings,
    /// It holds code of any language, and settings too.
    Mixed,
    /// People read it.
    Document,
}

/// What holds for a language that has nothing to say about itself.
const NONE: Row = Row {
    name: "",
    kind: LanguageKind::Program,
    calls: None,
    full_names: false,
    grammar: None,
    aliases: &[],
    extensions: &[],
    families: &[],
    files: &[],
    variants: false,
    patterns: &[],
    interpreters: &[],
    start: None,
    takes_code: |_| false,
    comments: &[],
    prompts: &[],
};

impl Row {
    /// A language that is read with a grammar.
    pub(super) const fn parsed(name: &'static str, kind: LanguageKind, grammar: LanguageFn) -> Self {
        Self { name, kind, grammar: Some(grammar), ..NONE }
    }

    /// A language with a reader of its own.
    pub(super) const fn read(name: &'static str, kind: LanguageKind) -> Self {
        Self { name, kind, ..NONE }
    }

    pub(super) fn has_extension(&self, extension: &str) -> bool {
        self.extensions.iter().any(|own| own.eq_ignore_ascii_case(extension))
            || self.families.iter().any(|family| family.has(extension))
    }

    pub(super) fn has_file(&self, file: &str) -> bool {
        let is_variant = |name: &&str| {
            self.variants && file.strip_prefix(*name).is_some_and(|rest| rest.starts_with(['.', '-', '_']))
        };
        self.files.iter().any(|name| *name == file || is_variant(name))
    }

    pub(super) fn has_pattern(&self, path: &str, file: &str) -> bool {
        let mut parts = path.rsplit(['/', '\\']);
        let folder = parts.nth(1).unwrap_or_default();
        self.patterns.iter().any(|(start, end)| {
            let file = match start.split_once('/') {
                Some((wanted, _)) if wanted != folder => return false,
                _ => file,
            };
            let start = start.rsplit('/').next().unwrap_or_default();
            file.strip_prefix(start).is_some_and(|rest| rest.ends_with(end))
        })
    }

    /// How all lines begin that are comments.
    pub(super) fn comments(&self) -> impl Iterator<Item = &'static str> {
        self.comments.iter().chain(self.families.iter().flat_map(|family| family.line)).copied()
    }
}
