//! Which texts can matter at all: one automaton over the literals of all rules.

mod sieve;

use std::collections::HashSet;
use std::sync::OnceLock;

use crate::Rules;
use crate::condition::Condition;
use crate::matcher::call::CallMatch;
use crate::matcher::command::CommandMatch;
use crate::matcher::record::{RecordConditions, RecordMatch, RecordName};
use crate::matcher::{Matcher, Wanted};
use crate::pattern::last_part;

use sieve::{Mark, Sieve, Trigger};

/// Texts that matter whatever the rules say: a suppression, which is checked even where nothing is found, and the two ways
/// in which a file imports namespaces on behalf of others.
const ALWAYS: [&str; 3] = ["ropcop: ignore", "global using", "<Using "];

/// Names shorter than this are common words: where a rule knows a rarer text, that one is looked for.
const RARE: usize = 12;

/// Finds out in one pass whether any rule could match in a text.
#[derive(Clone, Debug)]
pub struct Prefilter {
    files: Sieve,
    /// Made when the first file is read: most repositories hold nothing that any rule could match.
    parts: OnceLock<Sieve>,
    part_triggers: Vec<Trigger>,
    /// Names of calls and keys of records of which somebody wants to know the way, in lower case.
    followed: HashSet<String>,
}

impl Prefilter {
    /// Collects the literals of `rules`: names of calls and methods, their modules, and the words of commands.
    pub fn new(rules: &Rules) -> Self {
        let always = ALWAYS.iter().map(|text| (Mark::text(text), Vec::new()));
        let commands: Vec<Trigger> = rules.matchers().flat_map(|matcher| command_triggers(rules, matcher)).collect();
        let names = rules.matchers().flat_map(names).map(|name| (Mark::text(name), Vec::new()));
        let calls = rules.matchers().flat_map(call_triggers);
        let records = rules.matchers().flat_map(record_triggers);
        let fields = rules.matchers().flat_map(field_triggers);
        Self {
            files: Sieve::new(always.chain(calls).chain(records).chain(commands.iter().cloned()), true),
            parts: OnceLock::new(),
            followed: rules
                .matchers()
                .filter(|matcher| matcher.along.asks())
                .chain(aimless(rules))
                .flat_map(followed)
                .collect(),
            part_triggers: names.chain(fields).chain(commands.iter().cloned()).collect(),
        }
    }

    /// Whether a file with this text holds any literal of any rule, in any case.
    pub fn matches(&self, text: &str) -> bool {
        self.files.finds(text.as_bytes())
    }

    /// The same for a text that is not decoded yet. (UTF-16 must be decoded first.)
    pub fn matches_bytes(&self, bytes: &[u8]) -> bool {
        self.files.finds(bytes)
    }

    /// Whether a part of a file that matters, a path of names or the text of a string, could matter itself.
    pub fn wants(&self, part: &str) -> bool {
        let sieve = || Sieve::new(self.part_triggers.iter().cloned(), false);
        self.parts.get_or_init(sieve).finds(part.as_bytes())
    }

    /// Whether a rule asks for the way of a call with this path, or of a record with this key.
    pub fn follows(&self, name: &str) -> bool {
        self.followed.contains(&last_part(name).to_lowercase())
    }

    /// The literals that are looked for in files, sorted.
    pub fn literals(&self) -> &[String] {
        self.files.literals()
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

/// What a file that the matcher can match holds: the name of one of its calls, or a rarer text beside that.
fn call_triggers(matcher: &Matcher) -> Vec<Trigger> {
    let Wanted::Call(CallMatch { callee, .. }) = &matcher.wanted else { return Vec::new() };
    // A C# file may use a namespace that another file imports for it; elsewhere the file itself names the module.
    let names_modules = !matcher.language.is_empty() && !matcher.language.iter().any(|name| name.0 == "csharp");
    let marks = |texts: &[&str]| texts.iter().map(|text| Mark::text(text)).collect::<Vec<_>>();
    let mut found = Vec::new();
    let mut add = |name: &str, modules: Vec<&str>| {
        let near: Vec<&str> = matcher.near.texts.iter().map(String::as_str).collect();
        let rarer = if modules.is_empty() { near.clone() } else { modules.clone() };
        if name.len() >= RARE || rarer.is_empty() {
            found.push((Mark::text(name), marks(if near.is_empty() { &modules } else { &near })));
        } else {
            found.extend(rarer.iter().map(|text| (Mark::text(text), marks(&[name]))));
        }
    };
    for path in &callee.path {
        let module = path.longest_but_last().filter(|_| names_modules);
        // A Go file of the package itself has no import of it.
        let own = module.and_then(|module| module.rsplit_once('/')).map(|(_, last)| format!("package {last}"));
        add(path.last_name(), module.into_iter().chain(own.as_deref()).collect());
    }
    for method in &callee.method {
        let modules = callee.from.iter().filter(|_| names_modules && !callee.rare);
        add(method, modules.map(String::as_str).collect());
    }
    found
}

/// What a text that calls the matcher's command holds: one of its rarest words, beside its program, which may hide in a
/// variable. A command without words of its own is known by its program.
fn command_triggers(rules: &Rules, matcher: &Matcher) -> Vec<Trigger> {
    let Wanted::Command(CommandMatch { called, .. }) = &matcher.wanted else { return Vec::new() };
    let Some(grammar) = called.name.as_deref().and_then(|name| rules.grammar(name)) else { return Vec::new() };
    let programs = grammar.programs().iter().map(|name| Mark::word(name, grammar.program_variables()));
    let programs: Vec<Mark> = programs.collect();
    let words = grammar.rarest_words();
    if words.is_empty() {
        return programs.into_iter().map(|program| (program, Vec::new())).collect();
    }
    words.into_iter().map(|word| (Mark::word(word, None), programs.clone())).collect()
}

/// What a file with a record that the matcher can match holds: two of the rarest texts that must be in it.
fn record_triggers(matcher: &Matcher) -> Vec<Trigger> {
    let Wanted::Record(wanted) = &matcher.wanted else { return Vec::new() };
    let mut sets = field_texts(wanted);
    let near = &matcher.near.texts;
    if !near.is_empty() {
        sets.push((near.clone(), rarity(near) + BETTER));
    }
    sets.sort_by(|a, b| b.1.cmp(&a.1).then_with(|| a.0.cmp(&b.0)));
    // Of two paths the same part may be the rarest, which says nothing the second time.
    sets.dedup_by(|a, b| a.0 == b.0);
    let marks = |(texts, _): &(Vec<String>, usize)| texts.iter().map(|text| field_mark(text)).collect::<Vec<_>>();
    let needs = sets.get(1).map(marks).unwrap_or_default();
    sets.first().map(marks).unwrap_or_default().into_iter().map(|mark| (mark, needs.clone())).collect()
}

/// What a key or value of such a record holds.
fn field_triggers(matcher: &Matcher) -> Vec<Trigger> {
    let Wanted::Record(wanted) = &matcher.wanted else { return Vec::new() };
    let set = field_texts(wanted).into_iter().max_by_key(|(_, rarity)| *rarity);
    set.into_iter().flat_map(|(texts, _)| texts).map(|text| (field_mark(&text), Vec::new())).collect()
}

/// A key or a value. A short one is a part of many words, and must be one itself.
fn field_mark(text: &str) -> Mark {
    if text.len() < 4 { Mark::word(text, None) } else { Mark::text(text) }
}

/// Texts of which each record that the matcher matches holds one of every set, the names of a key or its values; and how rare
/// they are.
fn field_texts(wanted: &RecordMatch) -> Vec<(Vec<String>, usize)> {
    let must = |condition: &Condition| {
        condition.present == Some(true)
            || !condition.is.is_empty()
            || condition.looks_like.is_some()
            || condition.below.is_some()
            || condition.empty.is_some()
    };
    let RecordConditions { with, present, key, .. } = &wanted.asked.all;
    let required = key.iter().filter(|(_, condition)| condition.present != Some(false) && must(condition));
    let keys = with.iter().chain(present).chain(required.clone().map(|(key, _)| key)).chain(&wanted.kept.at);
    let has_paths = wanted.kept.kind.iter().any(|kind| [RecordName::Mapping, RecordName::Text].contains(kind));
    let keys = keys.flat_map(|key| key_texts(&key.text, has_paths)).map(|texts| (rarity(&texts), texts));
    let values = required.filter(|(_, condition)| !condition.is.is_empty()).map(|(_, condition)| &condition.is);
    let values = values.map(|texts| (rarity(texts) + BETTER, texts.clone()));
    keys.chain(values).map(|(rarity, texts)| (texts, rarity)).collect()
}

/// What the names of a key hold. The parts of a path may stand apart: each of them is in the file, but not the whole.
fn key_texts(key: &str, has_paths: bool) -> Vec<Vec<String>> {
    let parts = |name: &str| -> Vec<String> {
        let ends: &[char] = if has_paths { &['.', '*'] } else { &['*'] };
        name.trim().split(ends).filter(|part| !part.is_empty()).map(str::to_owned).collect()
    };
    let names: Vec<Vec<String>> = key.split('|').map(parts).collect();
    match &names[..] {
        [one] => one.iter().map(|part| vec![part.clone()]).collect(),
        _ => {
            let longest = |parts: &Vec<String>| parts.iter().max_by_key(|part| part.len()).cloned();
            vec![names.iter().filter_map(longest).collect()]
        }
    }
}

/// How much rarer a value, or a text near by, is than a key of the same length.
const BETTER: usize = 4;

/// How rare the commonest of some texts is: the longer the rarer.
fn rarity(texts: &[String]) -> usize {
    texts.iter().map(String::len).min().unwrap_or_default()
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
            assert!(prefilter.matches(text), "{text}");
        }
        for text in ["", "a.b", "please login", "toolbox", "stool login"] {
            assert!(!prefilter.matches(text), "{text}");
        }
    }

    #[test]
    fn a_short_key_is_a_word_of_its_own() {
        let rule = "summary = 's'\nseverity = 'note'\nimpact = 'hygiene'\nwhy = 'w'\nfix = 'f'\nlinks = []\n\
                    [[match.record]]\nkind = ['versions']\nkey.Ab = { below = '2' }\nat = 'Ab'\nnear = ['use-module']\n\
                    [[bad]]\nf = ''\n[[good]]\nf = ''\n";
        let rules = Rules::load(&[RuleText { path: "r.toml".into(), text: rule.into() }]).expect("a good rule");
        let prefilter = Prefilter::new(&rules);
        assert!(prefilter.matches("Use-Module -Name Ab -Version 1"));
        assert!(!prefilter.matches("Use-Module -Name about -Version 1"));
        assert!(prefilter.wants("Ab") && !prefilter.wants("about"));
    }

    #[test]
    fn a_common_name_matters_in_a_file_that_names_its_module_and_there_by_itself() {
        let prefilter = prefilter();
        assert!(!prefilter.matches("client.Open()"));
        assert!(prefilter.matches("x.OpenRare()"), "a refused literal hides no other");
        assert!(prefilter.matches("import \"a.io/b\"\nclient.Open()"));
        assert!(prefilter.wants("client.Open"));
        assert!(!prefilter.wants("please login"), "a command is one text");
    }
}
