//! Parameters of the few commands whose arguments are followed further.

use super::names::plain;
use super::reader::is_dash;
use super::syntax::{PsExpr, PsExprKind, PsPiece};

/// Switches of the commands that are read here, in lower case.
const SWITCHES: &[&str] = &[
    "append",
    "confirm",
    "force",
    "loaduserprofile",
    "nnw",
    "noclobber",
    "nonewline",
    "nonewwindow",
    "passthru",
    "usenewenvironment",
    "verbose",
    "wait",
    "whatif",
    "asbytestream",
    "noexit",
    "nologo",
    "noninteractive",
    "noprofile",
];

/// The arguments of a command by the names of their parameters.
pub(super) struct Parameters<'s> {
    found: Vec<(String, &'s PsExpr)>,
}

impl<'s> Parameters<'s> {
    /// Reads words. Those without a parameter are for `order`, one after the other.
    pub(super) fn of(words: &'s [PsExpr], order: &[&str]) -> Self {
        let mut found: Vec<(String, &'s PsExpr)> = Vec::new();
        let mut free = Vec::new();
        let mut at = 0;
        while let Some(word) = words.get(at) {
            at += 1;
            let Some(name) = name(word) else {
                free.push(word);
                continue;
            };
            if let PsExprKind::Word(pieces) = &word.kind
                && let [PsPiece::Known { .. }, PsPiece::Hole(value)] = &pieces[..]
            {
                found.push((name, value));
            } else if !SWITCHES.contains(&name.as_str())
                && let Some(value) = words.get(at)
            {
                at += 1;
                found.push((name, value));
            }
        }
        for (value, name) in free.into_iter().zip(order.iter().filter(|name| !given(&found, name)).collect::<Vec<_>>())
        {
            found.push(((*name).to_owned(), value));
        }
        Self { found }
    }

    /// The argument for a parameter, whose name may be shortened.
    pub(super) fn get(&self, name: &str) -> Option<&'s PsExpr> {
        self.found.iter().find(|(short, _)| name.starts_with(short.as_str())).map(|(_, value)| *value)
    }
}

fn given(found: &[(String, &PsExpr)], name: &str) -> bool {
    found.iter().any(|(short, _)| name.starts_with(short.as_str()))
}

/// The name of the parameter that a word is, in lower case.
pub(super) fn name(word: &PsExpr) -> Option<String> {
    let PsExprKind::Word(pieces) = &word.kind else { return None };
    let [PsPiece::Known { text, .. }, ..] = &pieces[..] else { return None };
    let name = text.strip_prefix(is_dash)?.trim_end_matches(':');
    let is_whole = plain(word).is_some() || text.ends_with(':');
    let starts = name.chars().next().is_some_and(char::is_alphabetic);
    (starts && is_whole).then(|| name.to_ascii_lowercase())
}
