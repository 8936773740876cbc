//! What stops a run. Everything that does not is a [`crate::notice::Notice`].

use std::io;

use ropcop_engine::RuleError;

use crate::sanitize::sanitize;

/// A reason to end with status 2.
#[derive(Debug, thiserror::Error)]
pub(crate) enum Error {
    #[error("no such file or folder: {}", sanitize(.0))]
    NoSuchPath(String),
    #[error("{} is no regular file and no folder", sanitize(.0))]
    NoFile(String),
    #[error("there is no rule `{}`", sanitize(.id))]
    UnknownRule { id: String, similar: Option<String> },
    #[error("{} mistake{} in the rules", .0.len(), if .0.len() == 1 { "" } else { "s" })]
    Rules(Vec<RuleError>),
    #[error("no rule is selected")]
    NoRules,
    #[error("no rule files in {}", sanitize(.0))]
    NoRuleFiles(String),
    #[error("`{}` is not a glob: {}", sanitize(.glob), sanitize(.reason))]
    Glob { glob: String, reason: String },
    #[error("the language of {} is not known", sanitize(.0))]
    NoLanguage(String),
    #[error("{} is not a text file", sanitize(.0))]
    NotText(String),
    #[error("cannot read {}: {source}", sanitize(.what))]
    Read { what: String, source: io::Error },
    #[error("cannot write {}: {source}", sanitize(.what))]
    Write { what: String, source: io::Error },
    #[error("the report cannot be written as JSON: {0}")]
    Json(#[from] serde_json::Error),
    #[error("cannot start {0} threads: {1}")]
    Threads(usize, rayon::ThreadPoolBuildError),
    #[error("ropcop failed while it compared facts with rules")]
    Crash,
}

impl Error {
    /// What the user can do about it.
    pub(crate) fn help(&self) -> Option<String> {
        Some(match self {
            Self::NoSuchPath(_) => "paths are relative to the current folder".to_owned(),
            Self::NoFile(_) => "`-` reads what comes from a pipe".to_owned(),
            Self::UnknownRule { similar: Some(similar), .. } => format!("did you mean `{similar}`?"),
            Self::UnknownRule { similar: None, .. } => "`ropcop rules` lists all rules".to_owned(),
            Self::NoRules => "--select, --extend-select and --ignore together leave none".to_owned(),
            Self::NoRuleFiles(_) => "a rule is a file `RULE-ID.toml` directly in that folder".to_owned(),
            Self::Glob { .. } => "globs are written as in .gitignore: `tests/**`, `*.min.js`".to_owned(),
            Self::NoLanguage(name) if name == crate::input::STDIN => {
                "say what it is with --stdin-filename, for example `--stdin-filename deploy.sh`".to_owned()
            }
            Self::NoLanguage(_) => "a language is told by file name, extension or `#!` line".to_owned(),
            Self::Threads(..) => "try a smaller number with --threads".to_owned(),
            Self::Crash => "this is a mistake in ropcop; please report it with the file that causes it".to_owned(),
            Self::Rules(_) | Self::NotText(_) | Self::Read { .. } | Self::Write { .. } | Self::Json(_) => return None,
        })
    }
}
