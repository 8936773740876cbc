//! Which texts can matter at all: one automaton over the literals of all rules.

use std::collections::BTreeMap;

use aho_corasick::AhoCorasick;
use regex::bytes::Regex;

use crate::Rules;

/// Texts that matter whatever the rules say: a suppression, which is checked even where nothing is found, and the two ways
/// in which a file imports namespaces on behalf of others.
const ALWAYS: [&str; 3] = ["ropcop: ignore", "global using", "<Using "];

/// Finds out in one pass whether any rule could match in a text.
#[derive(Clone, Debug)]
pub struct Prefilter {
    automaton: Option<AhoCorasick>,
    /// For each literal what else the text must hold, if the literal alone is too common a word.
    also: Vec<Option<Regex>>,
    literals: Vec<String>,
}

impl Prefilter {
    /// Collects the literals of `rules`: names of calls and methods, and the words of commands.
    pub fn new(rules: &Rules) -> Self {
        let mut found: BTreeMap<String, Option<Regex>> = ALWAYS.iter().map(|text| ((*text).to_owned(), None)).collect();
        for matcher in rules.matchers() {
            for name in
                matcher.calls.iter().map(|call| call.last()).chain(matcher.table.method.iter().map(String::as_str))
            {
                found.insert(name.to_owned(), None);
            }
            let Some(grammar) = matcher.table.command.as_ref().and_then(|name| rules.grammar(name)) else { continue };
            for literal in grammar.literals() {
                found.entry(literal.clone()).or_insert_with(|| word_start(grammar.programs()));
            }
        }
        found.retain(|literal, _| !literal.is_empty() && literal != "*" && literal != "**");
        let (literals, also): (Vec<String>, Vec<Option<Regex>>) = found.into_iter().unzip();
        let automaton = AhoCorasick::builder().ascii_case_insensitive(true).build(&literals).ok();
        Self { automaton, also, literals }
    }

    /// Whether `text` holds any literal of any rule, in any case.
    pub fn matches(&self, text: &str) -> bool {
        self.matches_bytes(text.as_bytes())
    }

    /// The same for a text that is not decoded yet. (UTF-16 must be decoded first.)
    pub fn matches_bytes(&self, bytes: &[u8]) -> bool {
        // Without an automaton (too many literals for it) everything may matter: slow, but nothing is lost.
        let Some(automaton) = &self.automaton else { return true };
        let mut refused = Vec::new();
        automaton.find_iter(bytes).any(|found| {
            let pattern = found.pattern().as_usize();
            if refused.contains(&pattern) {
                return false;
            }
            let also = self.also[pattern].as_ref().is_none_or(|regex| regex.is_match(bytes));
            if !also {
                refused.push(pattern);
            }
            also
        })
    }

    /// The literals, sorted.
    pub fn literals(&self) -> &[String] {
        &self.literals
    }
}

/// The start of one of these program names at the start of a word: in `tool`, `"$TOOL_CMD"`, `/bin/tool.exe`.
fn word_start(programs: &[String]) -> Option<Regex> {
    let names: Vec<String> = programs.iter().map(|name| regex::escape(name)).collect();
    Regex::new(&format!("(?i-u)(?:^|[^a-z0-9])(?:{})", names.join("|"))).ok()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::RuleText;

    fn prefilter() -> Prefilter {
        let grammar = "name = 'tool login'\nprograms = ['tool']\nsub-commands = ['login']\nstyle = 'argparse'\n";
        let rule = "summary = 's'\nseverity = 'note'\nimpact = 'hygiene'\nwhy = 'w'\nfix = 'f'\nlinks = []\n\
                    [[match]]\ncall = ['a.b.Rare']\n[[match]]\ncommand = 'tool login'\n[[bad]]\nf = ''\n[[good]]\nf = ''\n";
        let text = |path: &str, text: &str| RuleText { path: path.into(), text: text.into() };
        let rules = Rules::load(&[text("commands/tool.toml", grammar), text("r.toml", rule)]).expect("good rules");
        Prefilter::new(&rules)
    }

    #[test]
    fn a_rare_name_matters_alone_and_a_common_word_only_beside_its_program() {
        let prefilter = prefilter();
        for text in ["x = rare()", "tool login", "\"$TOOL_CMD\" Login", "['tool', 'login']", "/bin/tool.exe  login"] {
            assert!(prefilter.matches(text), "{text}");
        }
        for text in ["", "a.b", "please login", "toolbox", "stool login"] {
            assert!(!prefilter.matches(text), "{text}");
        }
    }
}
