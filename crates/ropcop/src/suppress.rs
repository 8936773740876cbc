//! Suppression comments: `ropcop: ignore[rule-id] reason` and `ropcop: ignore-file[rule-id] reason`.
//!
//! The form of the comment does not matter, so every language has it. The ids must be named: a comment that silences
//! whatever comes would also silence what nobody has seen yet. A comment that suppresses nothing is reported, or it would
//! stay for ever.

use std::collections::BTreeSet;
use std::sync::Arc;

use ropcop_engine::Finding;
use ropcop_syntax::Language;

use crate::notice::{Notice, NoticeKind};

/// Within so many lines from the top a comment may speak for the whole file.
const FILE_LINES: usize = 20;

/// Which rules there are, and which ran: an unused suppression is only known to be unused if its rule ran.
pub(crate) trait Known {
    /// Whether a rule of this id exists.
    fn exists(&self, id: &str) -> bool;
    /// Whether it ran.
    fn ran(&self, id: &str) -> bool;
}

/// One id in one comment.
#[derive(Debug, PartialEq, Eq)]
struct Suppression {
    /// Line of the comment, from 1.
    line: usize,
    whole_file: bool,
    id: String,
    used: bool,
}

/// Takes away the findings of one file that its comments suppress. Returns the rest, how many were taken, and remarks.
/// `line_of` gives the line of a byte offset.
pub(crate) fn apply(
    path: &Arc<str>,
    text: &str,
    findings: Vec<Finding>,
    line_of: impl Fn(usize) -> usize,
    known: &dyn Known,
) -> (Vec<Finding>, usize, Vec<Notice>) {
    let (mut suppressions, mut notices) = read(path, text);
    if suppressions.is_empty() {
        return (findings, 0, notices);
    }
    let lines: Vec<&str> = text.lines().collect();
    let before = findings.len();
    let kept: Vec<Finding> = findings
        .into_iter()
        .filter(|finding| {
            let covered = covered(&lines, line_of(finding.span.start));
            let mut hit = false;
            for suppression in suppressions.iter_mut().filter(|s| s.id == *finding.rule) {
                if suppression.whole_file || covered.contains(&suppression.line) {
                    suppression.used = true;
                    hit = true;
                }
            }
            !hit
        })
        .collect();
    for Suppression { line, id, .. } in suppressions.iter().filter(|s| !s.used) {
        let (kind, text) = if !known.exists(id) {
            (NoticeKind::UnknownSuppression, format!("there is no rule `{id}`; this suppression has no effect"))
        } else if known.ran(id) {
            (NoticeKind::UnusedSuppression, format!("`{id}` finds nothing here; the suppression can go"))
        } else {
            continue;
        };
        notices.push(Notice::new(kind, path, text).at(*line));
    }
    let suppressed = before - kept.len();
    (kept, suppressed, notices)
}

/// The lines whose comments speak for a finding on `line`: itself, and the block of comment lines directly above.
fn covered(lines: &[&str], line: usize) -> BTreeSet<usize> {
    let mut covered = BTreeSet::from([line]);
    let mut above = line.saturating_sub(1);
    while above > 0 && lines.get(above - 1).is_some_and(|line| is_comment(line)) {
        covered.insert(above);
        above -= 1;
    }
    covered
}

/// Whether a line is nothing but a comment in any of the languages. A line of code with a comment at its end speaks for
/// itself only.
fn is_comment(line: &str) -> bool {
    // A line of a notebook is a text of JSON.
    let line = line.trim_start();
    let line = line.strip_prefix('"').unwrap_or(line);
    Language::is_comment(line)
}

/// All suppressions of a file.
fn read(path: &Arc<str>, text: &str) -> (Vec<Suppression>, Vec<Notice>) {
    let (mut found, mut notices) = (Vec::new(), Vec::new());
    for (index, line) in text.lines().enumerate() {
        for (at, _) in line.match_indices("ropcop:") {
            let rest = line[at + "ropcop:".len()..].trim_start();
            let Some(rest) = rest.strip_prefix("ignore") else { continue };
            let (whole_file, rest) = match rest.strip_prefix("-file") {
                Some(rest) => (true, rest),
                None => (false, rest),
            };
            if rest.starts_with(|c: char| c.is_alphanumeric() || c == '-') {
                continue;
            }
            let line = index + 1;
            let ids = ids(rest);
            if ids.is_empty() {
                let text = "this suppression names no rule: write `ropcop: ignore[rule-id] reason`";
                notices.push(Notice::new(NoticeKind::EmptySuppression, path, text).at(line));
            } else if whole_file && line > FILE_LINES {
                let text = format!("`ignore-file` only counts within the first {FILE_LINES} lines of a file");
                notices.push(Notice::new(NoticeKind::EmptySuppression, path, text).at(line));
            } else {
                found.extend(ids.into_iter().map(|id| Suppression { line, whole_file, id, used: false }));
            }
        }
    }
    (found, notices)
}

/// `[a, b]` → `a`, `b`. Only what can be an id is taken: the text is a stranger's and will be shown.
fn ids(rest: &str) -> Vec<String> {
    let Some((list, _)) = rest.strip_prefix('[').and_then(|rest| rest.split_once(']')) else { return Vec::new() };
    let is_id = |id: &&str| {
        (1..=80).contains(&id.len()) && id.chars().all(|c| c.is_ascii_alphanumeric() || c == '-' || c == '_')
    };
    list.split(',').map(str::trim).filter(is_id).map(str::to_owned).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn ids_at(text: &str) -> Vec<(usize, bool, String)> {
        read(&"f".into(), text).0.into_iter().map(|s| (s.line, s.whole_file, s.id)).collect()
    }

    #[test]
    fn comments_of_every_form_are_read() {
        assert_eq!(ids_at("x # ropcop: ignore[a-b] reason"), [(1, false, "a-b".into())]);
        assert_eq!(ids_at("\n// ropcop:ignore[a, b]"), [(2, false, "a".into()), (2, false, "b".into())]);
        assert_eq!(ids_at("<!-- ropcop: ignore-file[a] -->"), [(1, true, "a".into())]);
        assert!(ids_at("# ropcop: ignored[a]").is_empty());
        assert!(ids_at("# ropcop: ignore-files[a]").is_empty());
    }

    #[test]
    fn a_suppression_without_ids_or_too_far_down_has_no_effect_and_says_so() {
        let late = format!("{}# ropcop: ignore-file[a]", "\n".repeat(20));
        for text in ["# ropcop: ignore", "# ropcop: ignore[]", "# ropcop: ignore[*]", &late] {
            let (found, notices) = read(&"f".into(), text);
            assert!(found.is_empty(), "{text}");
            assert_eq!(notices[0].kind, NoticeKind::EmptySuppression, "{text}");
        }
    }

    #[test]
    fn a_line_is_a_comment_in_whatever_language_it_is_one() {
        for line in ["# a", " // a", "/* a */", " * a", "<!-- a", "-- a", "; a", "' a", ":: a", "Rem a", "<# a #>"] {
            assert!(is_comment(line), "{line}");
        }
        // A cell of a notebook is a list of texts.
        assert!(is_comment("    \"# a\\n\","));
        for line in ["", "a # b", "remove a", "a -- b", "\"a\""] {
            assert!(!is_comment(line), "{line}");
        }
    }

    #[test]
    fn the_block_of_comments_above_speaks_for_a_line() {
        let lines = ["code # c", "# one", "# two", "code", "code"];
        assert_eq!(covered(&lines, 4), BTreeSet::from([2, 3, 4]));
        assert_eq!(covered(&lines, 5), BTreeSet::from([5]));
        assert_eq!(covered(&lines, 2), BTreeSet::from([2]));
    }
}
