//! Commands and operators that show or compare what they are given.

use super::names::plain;
use super::syntax::CommandLine;
use crate::vocabulary::show;

/// Commands that show what they are given, by name.
const SHOWING: &[&str] = &[
    "echo",
    "write",
    "out-host",
    "out-string",
    "out-null",
    "out-default",
    "out-gridview",
    "read-host",
    "get-command",
    "gcm",
    "get-help",
    "help",
    "man",
    "select-string",
    "sls",
    "where-object",
    "where",
    "?",
    "compare-object",
    "should",
    "mock",
    "add-type",
    "describe",
    "context",
    "it",
    "assert-mockcalled",
    "test-path",
    "import-module",
];

/// Beginnings of names of commands that show what they are given.
const SHOWING_STARTS: &[&str] =
    &["write-", "log-", "show-", "trace-", "print-", "add-log", "out-log", "assert-", "format-"];

/// Parameters that take texts for people.
const SHOWN_PARAMETERS: &[&str] = &[
    "message",
    "description",
    "prompt",
    "title",
    "text",
    "caption",
    "status",
    "activity",
    "errormessage",
    "helpmessage",
    "subject",
    "body",
    "label",
    "summary",
    "comment",
    "because",
    "pattern",
    "recommendedaction",
];

/// Variables that hold texts for people, whoever gets them.
const SHOWN_VARIABLES: &[&str] = &["help", "usage", "hint", "description", "helptext", "usagetext", "helpmessage"];

/// Whether a variable holds a text for people.
pub(super) fn is_shown_variable(name: &str) -> bool {
    SHOWN_VARIABLES.iter().any(|known| known.eq_ignore_ascii_case(name))
}

/// Whether a command only shows what it is given.
pub(super) fn shows(command: &CommandLine) -> bool {
    command.words.first().and_then(plain).is_some_and(is_showing)
}

/// Whether the command of this name only shows what it is given.
pub(super) fn is_showing(name: &str) -> bool {
    let written = name.rsplit('\\').next().unwrap_or_default();
    let name = written.to_ascii_lowercase();
    SHOWING.contains(&name.as_str())
        || SHOWING_STARTS.iter().any(|start| name.starts_with(start))
        || show::is_log(written)
}

/// Whether a parameter takes a text for people.
pub(super) fn is_shown_parameter(name: &str) -> bool {
    SHOWN_PARAMETERS.iter().any(|known| known.eq_ignore_ascii_case(name))
}

/// Whether an operator looks at its operands and makes nothing of them.
pub(super) fn compares(operator: &str) -> bool {
    let name = operator.trim_start_matches('-');
    let name = name.strip_prefix(['c', 'i']).filter(|rest| !rest.is_empty() && *rest != "n").unwrap_or(name);
    ["eq", "ne", "like", "notlike", "match", "notmatch", "contains", "ontains", "notcontains", "in", "notin"]
        .contains(&name)
}
