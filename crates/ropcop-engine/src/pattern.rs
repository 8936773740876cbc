//! Patterns over symbol paths.

use std::fmt;

use serde::Deserialize;

/// A path with wildcards: `*` stands for one part, `name*` for one that begins so, `**` for any number of parts. The marks
/// of calls and indexing, with which `ropcop facts` shows a path, may stand in it, and say nothing.
#[derive(Clone, Debug, Deserialize)]
#[serde(from = "String")]
pub(crate) struct PathPattern {
    parts: Vec<String>,
}

impl PathPattern {
    pub(crate) fn new(text: &str) -> Self {
        Self { parts: plain(text).split('.').map(str::to_owned).collect() }
    }

    /// Whether a path matches from its first to its last part. Calls inside the path (`Builder().build`) are passages,
    /// not parts.
    pub(crate) fn matches(&self, path: &str) -> bool {
        // Nearly every path ends in another name, and that costs nothing to see.
        let end = path.trim_end_matches(['(', ')', '[', ']']);
        if self.parts.last().is_some_and(|last| !last.contains('*') && !end.ends_with(last.as_str())) {
            return false;
        }
        let path = plain(path);
        let parts: Vec<&str> = path.split('.').collect();
        matches(&self.parts, &parts)
    }

    /// Whether the path is one of these from its root on: a pattern that begins with any part does not say whose it is.
    pub(crate) fn is_whole(&self, path: &str) -> bool {
        self.parts.first().is_some_and(|first| !first.starts_with('*')) && self.matches(path)
    }

    /// Whether the path may be one of these, seen from inside the package. A Go file says of the path of its own package only
    /// the last segment; the folder says more, as far as it is in sight.
    pub(crate) fn is_inside(&self, path: &str, folder: &str) -> bool {
        let ([.., package, name], Some((own, rest))) = (&self.parts[..], path.split_once('.')) else { return false };
        let mut around = package.rsplit('/').zip(folder.rsplit('/')).skip(1).take(1);
        package.rsplit_once('/').is_some_and(|(_, last)| last == own)
            && name == rest
            && around.all(|(wanted, found)| wanted == found)
    }

    /// The name at the end of the path, or, where that may be any, the one before it.
    pub(crate) fn last_name(&self) -> &str {
        let known = self.parts.iter().rev().map(|part| part.trim_end_matches('*'));
        known.into_iter().find(|name| !name.is_empty()).unwrap_or_default()
    }

    /// The last part, as it is written.
    pub(crate) fn last(&self) -> &str {
        self.parts.last().map_or("", String::as_str)
    }

    /// The longest of the other names: a file that uses the path by an import of its own holds it too.
    pub(crate) fn longest_but_last(&self) -> Option<&str> {
        let (_, others) = self.parts.split_last()?;
        let names = others.iter().filter(|part| !part.starts_with('*'));
        names.max_by_key(|name| name.len()).map(String::as_str)
    }
}

impl fmt::Display for PathPattern {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.parts.join("."))
    }
}

impl From<String> for PathPattern {
    fn from(text: String) -> Self {
        Self::new(&text)
    }
}

fn matches(pattern: &[String], parts: &[&str]) -> bool {
    match (pattern.split_first(), parts.split_first()) {
        (None, None) => true,
        (Some((first, rest)), _) if first == "**" => (0..=parts.len()).any(|skipped| matches(rest, &parts[skipped..])),
        (Some((first, rest)), Some((part, others))) if fits(first, part) => matches(rest, others),
        _ => false,
    }
}

fn fits(pattern: &str, part: &str) -> bool {
    pattern.strip_suffix('*').map_or(pattern == part, |start| part.starts_with(start))
}

/// A path without the marks of calls and indexing.
pub(crate) fn plain(path: &str) -> String {
    path.replace("()", "").replace("[]", "")
}

/// The last part of a path.
pub(crate) fn last_part(path: &str) -> &str {
    path.trim_end_matches("()").rsplit('.').next().unwrap_or(path)
}

/// Whether a path is the module or lies in it.
pub(crate) fn is_within(path: &str, module: &str) -> bool {
    path.strip_prefix(module).is_some_and(|rest| rest.is_empty() || rest.starts_with(['.', '/', '(']))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn wildcards_stand_for_parts() {
        let pattern = PathPattern::new("azure.identity.**.Cred");
        assert!(pattern.matches("azure.identity.Cred"));
        assert!(pattern.matches("azure.identity._credentials.user_password.Cred"));
        assert!(!pattern.matches("azure.identity.aio.Credential"));
        assert!(!pattern.matches("my.azure.identity.Cred"));
        assert!(PathPattern::new("a.*.m").matches("a.B().m"));
        assert!(!PathPattern::new("a.*.m").matches("a.b.c.m"));
        assert!(PathPattern::new("a.B().m").matches("a.B().m"));
        assert!(PathPattern::new("**.Step*").matches("vendor.StepOne"));
        assert!(PathPattern::new("**.Step*").matches("Step"));
        assert!(!PathPattern::new("**.Step*").matches("vendor.NoStep"));
    }

    #[test]
    fn what_is_known_of_the_last_name_is_looked_for() {
        assert_eq!(PathPattern::new("a.b.Cred").last_name(), "Cred");
        assert_eq!(PathPattern::new("owner/actions.*").last_name(), "owner/actions");
        assert_eq!(PathPattern::new("**.Step*").last_name(), "Step");
    }

    #[test]
    fn a_module_holds_what_lies_in_it_and_nothing_that_only_begins_alike() {
        assert!(is_within("office365.sharepoint.X", "office365"));
        assert!(is_within("github.com/a/b/sub.F", "github.com/a/b"));
        assert!(!is_within("office365api.X", "office365"));
    }
}
