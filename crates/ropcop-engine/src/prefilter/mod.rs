//! Which texts can matter at all: one automaton over the literals of all rules, and for each match all that it needs.

mod flag;
mod need;
mod pieces;
mod reason;
mod required;
mod sieve;

use std::collections::HashSet;
use std::sync::OnceLock;

use ropcop_syntax::Language;

use crate::Rules;
use crate::matcher::{Matcher, Wanted};
use crate::pattern::last_part;

use need::{Need, Sets, needs};
pub use reason::Reason;
use sieve::Sieve;

/// Texts that matter whatever the rules say: a suppression, which is checked even where nothing is found, and the two ways
/// in which a file imports namespaces on behalf of others.
const ALWAYS: [(&str, Option<Language>); 3] =
    [("ropcop: ignore", None), ("global using", Some(Language::CSharp)), ("<Using ", Some(Language::MsBuild))];

/// Finds out in one pass whether any rule could match in a text.
#[derive(Clone, Debug)]
pub struct Prefilter {
    needs: Vec<Need>,
    files: Sieve,
    /// Made when the first file is read: most repositories hold nothing that any rule could match.
    parts: OnceLock<Sieve>,
    part_sets: Vec<Sets>,
    /// Names of calls and keys of records of which somebody wants to know the way, in lower case.
    followed: HashSet<String>,
}

impl Prefilter {
    /// Collects what the matches of `rules` need: names of calls and methods, their modules and arguments, the words of
    /// commands, the keys of records.
    pub fn new(rules: &Rules) -> Self {
        let always = ALWAYS.iter().map(|(text, language)| Need::always(text, *language));
        let needs: Vec<Need> = always.chain(needs(rules)).collect();
        Self {
            files: Sieve::new(needs.iter().map(|need| need.sets.as_slice()), true),
            needs,
            parts: OnceLock::new(),
            followed: rules
                .matchers()
                .filter(|matcher| matcher.along.asks())
                .chain(aimless(rules))
                .flat_map(followed)
                .collect(),
            part_sets: rules.matchers().flat_map(|matcher| need::of_parts(rules, matcher)).collect(),
        }
    }

    /// Whether any rule could match in a file with this text: it holds all that one of their matches needs, in any case.
    /// The text may be one that is not decoded yet. (UTF-16 must be decoded first.)
    pub fn matches(&self, bytes: &[u8], language: Language) -> bool {
        self.files.finds(bytes, |number| self.needs.get(number).is_some_and(|need| need.may_hold(bytes, language)))
    }

    /// Whether a part of a file that matters, a path of names or the text of a string, could matter itself.
    pub fn wants(&self, part: &str) -> bool {
        let sieve = || Sieve::new(self.part_sets.iter().map(Vec::as_slice), false);
        self.parts.get_or_init(sieve).finds(part.as_bytes(), |_| true)
    }

    /// Whether a rule asks for the way of a call with this path, or of a record with this key.
    pub fn follows(&self, name: &str) -> bool {
        self.followed.contains(&last_part(name).to_lowercase())
    }
}

/// The calls of which the way alone tells for which service they are.
fn aimless(rules: &Rules) -> impl Iterator<Item = &Matcher> {
    let open = rules.rules.iter().filter(|rule| rule.file.any_service);
    let matchers = open.flat_map(|rule| &rule.matchers);
    matchers.filter(|matcher| matcher.says.target.is_none() && matches!(matcher.wanted, Wanted::Call(_)))
}

/// The last parts of all paths that a matcher matches.
fn names(matcher: &Matcher) -> impl Iterator<Item = &str> {
    let callee = match &matcher.wanted {
        Wanted::Call(wanted) => Some(&wanted.callee),
        Wanted::Command(_) | Wanted::Record(_) => None,
    };
    callee.into_iter().flat_map(|callee| {
        callee.path.iter().map(|path| path.last_name()).chain(callee.method.iter().map(String::as_str))
    })
}

/// The names of the calls that a matcher matches, and the keys of the record, in lower case.
fn followed(matcher: &Matcher) -> Vec<String> {
    let keys = match &matcher.wanted {
        Wanted::Record(wanted) => wanted.kept.at.iter().map(|key| key.text.as_str()).collect(),
        Wanted::Call(_) | Wanted::Command(_) => Vec::new(),
    };
    let keys = keys.into_iter().flat_map(|key| key.split('|')).map(|key| last_part(key.trim()));
    names(matcher).map(last_part).chain(keys).map(str::to_lowercase).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::RuleText;

    fn prefilter() -> Prefilter {
        let grammar = "name = 'tool login'\nprograms = ['tool']\nsub-commands = ['login']\nstyle = 'argparse'\n";
        let rule = "summary = 's'\nseverity = 'note'\nimpact = 'hygiene'\nwhy = 'w'\nfix = 'f'\nlinks = []\n\
                    [[match.call]]\npath = ['a.b.OpenRare']\n[[match.call]]\nlanguage = ['go']\nmethod = ['Open']\nfrom = ['a.io/b']\n\
                    [[match.command]]\nname = 'tool login'\n[[bad]]\nf = ''\n[[good]]\nf = ''\n";
        let text = |path: &str, text: &str| RuleText { path: path.into(), text: text.into() };
        let rules = Rules::load(&[text("commands/tool.toml", grammar), text("r.toml", rule)]).expect("good rules");
        Prefilter::new(&rules)
    }

    fn matches(prefilter: &Prefilter, text: &str) -> bool {
        prefilter.matches(text.as_bytes(), Language::Go)
    }

    #[test]
    fn a_rare_name_matters_alone_and_a_common_word_only_beside_its_program() {
        let prefilter = prefilter();
        for text in [
            "x = openrare()",
            "tool login",
            "\"$TOOL_CMD\" Login",
            "['tool', 'login']",
            "/bin/tool.exe  login",
            r#"{"run": "x\ntool login"}"#,
        ] {
            assert!(matches(&prefilter, text), "{text}");
        }
        for text in ["", "a.b", "please login", "toolbox", "stool login"] {
            assert!(!matches(&prefilter, text), "{text}");
        }
    }

    #[test]
    fn a_short_key_is_a_word_of_its_own() {
        let rule = "summary = 's'\nseverity = 'note'\nimpact = 'hygiene'\nwhy = 'w'\nfix = 'f'\nlinks = []\n\
                    [[match.record]]\nkind = ['versions']\nkey.Ab = { below = '2' }\nat = 'Ab'\nnear = ['use-module']\n\
                    [[bad]]\nf = ''\n[[good]]\nf = ''\n";
        let rules = Rules::load(&[RuleText { path: "r.toml".into(), text: rule.into() }]).expect("a good rule");
        let prefilter = Prefilter::new(&rules);
        assert!(matches(&prefilter, "Use-Module -Name Ab -Version 1"));
        assert!(!matches(&prefilter, "Use-Module -Name about -Version 1"));
        assert!(prefilter.wants("Ab") && !prefilter.wants("about"));
    }

    #[test]
    fn a_common_name_matters_in_a_file_that_names_its_module_and_there_by_itself() {
        let prefilter = prefilter();
        assert!(!matches(&prefilter, "client.Open()"));
        assert!(matches(&prefilter, "x.OpenRare()"), "a refused literal hides no other");
        assert!(matches(&prefilter, "import \"a.io/b\"\nclient.Open()"));
        assert!(prefilter.wants("client.Open"));
        assert!(!prefilter.wants("please login"), "a command is one text");
    }
}
