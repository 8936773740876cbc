//! Why a match finds something in a file, or does not. The matchers themselves say which condition failed; here it is only
//! asked for, fact by fact.

use std::sync::Arc;

use super::failed::{Failed, list};
use super::{FileText, Hit, Matcher, UseNumbers, Wanted, speaks};
use crate::{Confidence, FileFacts, Rules};

/// A fact of a file, by its place among those of its kind.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Fact {
    /// A call.
    Call(usize),
    /// A command.
    Command(usize),
    /// A record.
    Record(usize),
}

/// What became of a match that was tried.
#[derive(Clone, Debug)]
pub struct Tried {
    /// The rule, or the use.
    pub rule: Arc<str>,
    /// The line of its file in which the match begins. Alternatives of a match begin in the same line.
    pub line: usize,
    /// The fact. None if no fact is anything like what the match looks for.
    pub fact: Option<Fact>,
    /// How sure a finding would be; none if it does not match.
    pub matches: Option<Confidence>,
    /// A sentence without its full stop: the first condition that failed, or what the rest of the repository must add.
    pub why: String,
}

/// Tries matches on the facts of a file.
pub(crate) fn explain<'r>(
    rules: &Rules,
    named: impl Iterator<Item = (&'r Arc<str>, &'r Vec<Matcher>)>,
    file: &FileFacts,
) -> Vec<Tried> {
    let text = FileText::new(file);
    let mut tried = Vec::new();
    for (name, matchers) in named {
        for matcher in matchers {
            let found = facts(rules, matcher, &text);
            let says = |fact, matches, why| Tried { rule: Arc::clone(name), line: matcher.line, fact, matches, why };
            if found.is_empty() {
                tried.push(says(None, None, nothing(matcher, file)));
            }
            tried.extend(found.into_iter().map(|(fact, result)| match result {
                Ok(confidence) => says(Some(fact), Some(confidence), needs(rules, &matcher.uses)),
                Err(why) => says(Some(fact), None, why),
            }));
        }
    }
    tried
}

/// The facts that are a little like what a match looks for, each with what is wrong with it, if anything is.
fn facts(rules: &Rules, matcher: &Matcher, text: &FileText<'_>) -> Vec<(Fact, Result<Confidence, String>)> {
    if !speaks(&matcher.language, text.file.language) {
        return Vec::new();
    }
    let facts = &text.file.facts;
    let alike = |fact, result: Result<Hit, Failed<'_>>| match result {
        Ok(hit) => Some((fact, Ok(hit.confidence.min(matcher.says.confidence.unwrap_or(Confidence::High))))),
        Err(failed) if failed.is_other() => None,
        Err(failed) => Some((fact, Err(failed.to_string()))),
    };
    match &matcher.wanted {
        Wanted::Call(wanted) => {
            let callee = &wanted.callee;
            let calls = facts.calls.iter().enumerate().filter_map(|(index, call)| {
                if callee.named(call, text.file).is_none() {
                    let symbol = callee.namesake(call)?;
                    let why = format!("`{}` has the name, but {}", symbol.path, callee.reason(symbol));
                    return Some((Fact::Call(index), Err(why)));
                }
                alike(Fact::Call(index), wanted.hit(call, matcher, text))
            });
            calls.collect()
        }
        Wanted::Command(wanted) => {
            let grammar = wanted.called.name.as_deref().and_then(|name| rules.grammar(name));
            let commands = facts.commands.iter().enumerate().filter_map(|(index, command)| {
                alike(Fact::Command(index), wanted.hit(grammar?, command, &matcher.near, text))
            });
            commands.collect()
        }
        Wanted::Record(wanted) => {
            let records = facts.records.iter().enumerate();
            records
                .filter_map(|(index, record)| alike(Fact::Record(index), wanted.hit(record, matcher, text)))
                .collect()
        }
    }
}

/// Why there is no fact to try a match on.
fn nothing(matcher: &Matcher, file: &FileFacts) -> String {
    if !speaks(&matcher.language, file.language) {
        let languages = list(matcher.language.iter().map(|name| name.0.as_str()));
        return format!("it is about {languages}, and this file is {}", file.language.name());
    }
    match &matcher.wanted {
        Wanted::Call(wanted) => format!("no call has the name of {}", wanted.callee),
        Wanted::Command(wanted) => format!("no command is {}", list(wanted.called.name.as_deref().into_iter())),
        Wanted::Record(wanted) => {
            format!("no record of its kind has the key {}", list(wanted.kept.at.iter().map(|key| key.text.as_str())))
        }
    }
}

/// What else must hold in the repository.
fn needs(rules: &Rules, uses: &UseNumbers) -> String {
    let conditions = [
        ("if one is used of", &uses.used_by),
        ("if none is used of", &uses.unused_by),
        ("if all are used of", &uses.given),
    ];
    let named = conditions.into_iter().filter(|(_, numbers)| !numbers.is_empty());
    let needed: Vec<String> =
        named.map(|(when, numbers)| format!("{when} {}", list(rules.use_names(numbers).into_iter()))).collect();
    if needed.is_empty() { String::new() } else { format!("a finding {}", needed.join(" and ")) }
}
