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

    const GRAMMAR: &str = "name = 'tool login'\nprograms = ['tool']\nprogram-variables = 'tool_(cmd|path)'\n\
        sub-commands = ['login']\nstyle = 'argparse'\n\
        [[option]]\nnames = ['--user', '-u']\nvalue = 'one'\n[[option]]\nnames = ['--quiet', '-q']\n";

    /// A rule with these matches.
    fn prefilter(matches: &str) -> Prefilter {
        let rule = format!(
            "summary = 's'\nseverity = 'note'\nimpact = 'hygiene'\nwhy = 'w'\nfix = 'f'\nlinks = []\n\
             {matches}\n[[bad]]\nf = ''\n[[good]]\nf = ''\n"
        );
        let text = |path: &str, text: &str| RuleText { path: path.into(), text: text.into() };
        let rules = Rules::load(&[text("commands/tool.toml", GRAMMAR), text("r.toml", &rule)]).expect("good rules");
        Prefilter::new(&rules)
    }

    fn check(prefilter: &Prefilter, passes: &[&str], stays: &[&str]) {
        let matches = |text: &str| prefilter.matches(text.as_bytes(), Language::Go);
        passes.iter().for_each(|text| assert!(matches(text), "{text}"));
        stays.iter().for_each(|text| assert!(!matches(text), "{text}"));
    }

    #[test]
    fn a_command_matters_with_its_program_and_all_of_its_words() {
        let prefilter = prefilter("[[match.command]]\nname = 'tool login'\n");
        let passes = [
            "tool login",
            "\"$TOOL_CMD\" Login",
            "['tool', 'login']",
            "/bin/tool.exe  login",
            r#"{"run": "x\ntool login"}"#,
            "WORD=login; tool $WORD",
            "my_tool_path = x; call(my_tool_path, 'login')",
        ];
        check(
            &prefilter,
            &passes,
            &["", "please login", "toolbox login", "stool login", "tool login=1", "tool-x login"],
        );
        check(&prefilter, &[], &["tool on_login", "tool x.login()", "example.com/tool/x login"]);
        assert!(prefilter.wants("tool login") && !prefilter.wants("please login"), "a command is one text");
    }

    #[test]
    fn options_that_must_be_there_may_be_cut_or_put_together() {
        let prefilter = prefilter("[[match.command]]\nname = 'tool login'\nwith = ['--user']\n");
        let passes =
            ["tool login -u x", "tool login -qu x", "ARGS='--us x'; tool login $ARGS", "['tool', 'login', '-' + o]"];
        check(&prefilter, &passes, &["tool login", "tool login -q x", "tool login --quiet"]);
    }

    #[test]
    fn a_short_key_is_a_word_of_its_own() {
        let prefilter = prefilter(
            "[[match.record]]\nkind = ['versions']\nkey.Ab = { below = '2' }\nat = 'Ab'\nnear = ['use-module']\n",
        );
        check(&prefilter, &["Use-Module -Name Ab -Version 1"], &["Use-Module -Name about -Version 1"]);
        assert!(prefilter.wants("Ab") && !prefilter.wants("about"));
    }

    #[test]
    fn a_name_matters_as_a_word_in_a_file_that_names_its_module_and_in_a_part_by_itself() {
        let prefilter = prefilter(
            "[[match.call]]\npath = ['a.b.OpenRare']\n[[match.call]]\nlanguage = ['go']\nmethod = ['Open']\nfrom = ['a.io/b']\n",
        );
        let passes = ["x = openrare()", "x.OpenRare()", "import \"a.io/b\"\nclient.Open()"];
        check(&prefilter, &passes, &["", "a.b", "client.Open()", "OpenRarely()", "import \"a.io/b\"\nclient.Opened()"]);
        assert!(prefilter.wants("client.Open"));
    }

    #[test]
    fn of_a_call_the_arguments_that_must_be_there_are_asked_for() {
        let prefilter = prefilter(
            "[[match.call]]\npath = ['a.Open']\narg.grant = { is = ['password'] }\narg.'1|user' = { present = true }\n\
             arg.'0' = { looks-like = '(?i)^kiosk ?mode' }\n",
        );
        let whole = "a.Open('KioskMode', x, grant='password')";
        check(&prefilter, &[whole], &["a.Open('KioskMode', x, grant='none')", "a.Open('KioskMode', 'password')"]);
        check(&prefilter, &[], &["a.Open('other', x, grant='password')"]);
    }

    #[test]
    fn of_a_record_all_keys_values_and_texts_near_by_are_asked_for() {
        let prefilter = prefilter(
            "[[match.record]]\nkind = ['text']\nwith = ['username']\nkey.grant_type = { is = ['password'] }\n\
             at = 'grant_type'\nnear = ['login.example.com']\n",
        );
        let whole = "login.example.com grant_type=password&username=x";
        check(&prefilter, &[whole, &whole.to_uppercase()], &[]);
        for part in ["login.example.com", "grant_type", "password", "username"] {
            check(&prefilter, &[], &[&whole.replace(part, "other")]);
        }
    }

    #[test]
    fn what_is_not_the_rarest_may_be_put_together_from_two_pieces() {
        let prefilter = prefilter(
            "[[match.record]]\nkind = ['text']\nwith = ['username']\nkey.grant_type = { is = ['password'] }\n\
             at = 'grant_type'\nnear = ['login.example.com']\n",
        );
        let whole = "login.example.com grant_type=password&username=x";
        for pieces in ["user\" + \"name", "user${JOINT}name", r"us\u0065rname", "user\" \\\n  \"name"] {
            check(&prefilter, &[&whole.replace("username", pieces)], &[]);
        }
        check(&prefilter, &[], &[&whole.replace("username", "user name")]);
    }

    #[test]
    fn a_suppression_and_what_speaks_for_other_files_matters_by_itself() {
        let prefilter = prefilter("[[match.command]]\nname = 'tool login'\n");
        check(&prefilter, &["# ropcop: ignore"], &["global using A;", "<Using Include='A' />"]);
        assert!(prefilter.matches(b"global using A;", Language::CSharp));
        assert!(prefilter.matches(b"<Using Include='A' />", Language::MsBuild));
    }

    #[test]
    fn a_reason_names_the_match_and_its_texts() {
        let prefilter = prefilter("[[match.command]]\nname = 'tool login'\nwith = ['--user']\n");
        let text = "login; Tool login -u x";
        let reasons = prefilter.reasons(text.as_bytes(), Language::Shell);
        let texts: Vec<&str> =
            reasons.iter().flat_map(|reason| &reason.texts).map(|place| &text[place.clone()]).collect();
        assert_eq!((reasons.len(), reasons[0].owner.as_deref(), reasons[0].line), (1, Some("r"), 7));
        assert_eq!(texts, ["login", "Tool"]);
    }
}
