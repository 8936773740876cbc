//! What could not be looked at, or looks like a mistake: said in every report, never a reason to stop.

use std::sync::Arc;

use ropcop_engine::Severity;

/// One remark about a file, or about the run if it has no path.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Notice {
    /// The file or folder it is about.
    pub(crate) path: Option<Arc<str>>,
    /// The line, from 1.
    pub(crate) line: Option<usize>,
    /// What kind of remark.
    pub(crate) kind: NoticeKind,
    /// The remark in plain words.
    pub(crate) text: String,
}

impl Notice {
    /// A remark about a file or folder.
    pub(crate) fn new(kind: NoticeKind, path: &Arc<str>, text: impl Into<String>) -> Self {
        Self { path: Some(path.clone()), line: None, kind, text: text.into() }
    }

    /// The same with a line.
    pub(crate) fn at(mut self, line: usize) -> Self {
        self.line = Some(line);
        self
    }
}

/// Kinds of remarks. The names are part of the JSON and SARIF reports and do not change.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum NoticeKind {
    /// No file in a language that ropcop reads.
    NoFiles,
    /// The file or folder cannot be read.
    Unreadable,
    /// The file is too large.
    TooLarge,
    /// The file has the name of a text file but holds something else.
    Binary,
    /// A folder of installed third-party code.
    ThirdParty,
    /// A script that a program wrote.
    Minified,
    /// A symbolic link, not followed.
    Link,
    /// A file that was named but is in no language that ropcop reads.
    NoLanguage,
    /// The file is not UTF-8 and its encoding was guessed.
    Encoding,
    /// The grammar could not read a part of the file.
    SyntaxError,
    /// A part of the file goes beyond a limit.
    Limit,
    /// Reading the file made ropcop fail.
    Crash,
    /// A suppression names a rule that does not exist.
    UnknownSuppression,
    /// A suppression that suppresses nothing.
    UnusedSuppression,
    /// A suppression that names no rule.
    EmptySuppression,
}

impl NoticeKind {
    /// The name in reports.
    pub(crate) fn name(self) -> &'static str {
        match self {
            Self::NoFiles => "no-files",
            Self::Unreadable => "unreadable",
            Self::TooLarge => "too-large",
            Self::Binary => "binary",
            Self::ThirdParty => "third-party",
            Self::Minified => "minified",
            Self::Link => "link",
            Self::NoLanguage => "no-language",
            Self::Encoding => "encoding",
            Self::SyntaxError => "syntax-error",
            Self::Limit => "limit",
            Self::Crash => "crash",
            Self::UnknownSuppression => "unknown-suppression",
            Self::UnusedSuppression => "unused-suppression",
            Self::EmptySuppression => "empty-suppression",
        }
    }

    /// What the kind means, for the description in a report.
    pub(crate) fn meaning(self) -> &'static str {
        match self {
            Self::NoFiles => "There was no file in a language that ropcop reads.",
            Self::Unreadable => "A file or folder could not be read.",
            Self::TooLarge => "A file was skipped because of its size.",
            Self::Binary => "A file was skipped because it is not text.",
            Self::ThirdParty => "A folder of installed third-party code was skipped.",
            Self::Minified => "A minified script was skipped.",
            Self::Link => "A symbolic link was not followed.",
            Self::NoLanguage => "A file that was named is in no language that ropcop reads.",
            Self::Encoding => "A file is not UTF-8; its encoding was guessed.",
            Self::SyntaxError => "A part of a file could not be parsed; findings there may be missing.",
            Self::Limit => "A part of a file goes beyond a limit and was not read; findings there may be missing.",
            Self::Crash => "ropcop failed on a file, which was skipped.",
            Self::UnknownSuppression => "A suppression comment names a rule that does not exist.",
            Self::UnusedSuppression => "A suppression comment suppresses nothing.",
            Self::EmptySuppression => "A suppression comment names no rule and has no effect.",
        }
    }

    /// How much it matters. Remarks of level `note` are counted, and listed only where a list is asked for.
    pub(crate) fn level(self) -> Severity {
        match self {
            Self::ThirdParty | Self::Minified | Self::Link | Self::NoLanguage | Self::Encoding | Self::SyntaxError => {
                Severity::Note
            }
            Self::Crash => Severity::Error,
            Self::NoFiles
            | Self::Unreadable
            | Self::TooLarge
            | Self::Binary
            | Self::Limit
            | Self::UnknownSuppression
            | Self::UnusedSuppression
            | Self::EmptySuppression => Severity::Warning,
        }
    }

    /// What was skipped, in the singular and the plural; none if the remark is not about something skipped.
    pub(crate) fn skipped(self) -> Option<(&'static str, &'static str)> {
        Some(match self {
            Self::Unreadable => ("unreadable file or folder", "unreadable files or folders"),
            Self::TooLarge => ("file over 10 MB", "files over 10 MB"),
            Self::Binary => ("binary file", "binary files"),
            Self::ThirdParty => ("folder of third-party code", "folders of third-party code"),
            Self::Minified => ("minified script", "minified scripts"),
            Self::Link => ("symbolic link", "symbolic links"),
            Self::NoLanguage => ("named file in no known language", "named files in no known language"),
            Self::Crash => ("file on which ropcop failed", "files on which ropcop failed"),
            _ => return None,
        })
    }
}
