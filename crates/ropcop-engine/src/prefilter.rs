//! Which texts can matter at all: one automaton over the literals of all rules.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::OnceLock;

use aho_corasick::AhoCorasick;
use regex::bytes::Regex;

use crate::Rules;
use crate::compile::Matcher;

/// Texts that matter whatever the rules say: a suppression, which is checked even where nothing is found, and the two ways
/// in which a file imports namespaces on behalf of others.
const ALWAYS: [&str; 3] = ["ropcop: ignore", "global using", "<Using "];

/// Names shorter than this are common words: where a rule knows a rarer text, that one is looked for.
const RARE: usize = 12;

/// Finds out in one pass whether any rule could match in a text.
#[derive(Clone, Debug)]
pub struct Prefilter {
    files: Sieve,
    parts: Sieve,
}

impl Prefilter {
    /// Collects the literals of `rules`: names of calls and methods, their modules, and the words of commands.
    pub fn new(rules: &Rules) -> Self {
        let always = ALWAYS.iter().map(|text| ((*text).to_owned(), Need::Nothing));
        let commands: Vec<(String, Need)> =
            rules.matchers().flat_map(|matcher| command_literals(rules, matcher)).collect();
        let names = rules.matchers().flat_map(names).map(|name| (name.to_owned(), Need::Nothing));
        Self {
            files: Sieve::new(always.chain(rules.matchers().flat_map(call_literals)).chain(commands.iter().cloned())),
            parts: Sieve::new(names.chain(commands.iter().cloned())),
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
        self.parts.finds(part.as_bytes())
    }

    /// The literals that are looked for in files, sorted.
    pub fn literals(&self) -> &[String] {
        &self.files.literals
    }
}

/// Literals, each with what the same text must hold beside it.
#[derive(Clone, Debug)]
struct Sieve {
    automaton: Option<AhoCorasick>,
    also: Vec<Also>,
    literals: Vec<String>,
}

impl Sieve {
    fn new(literals: impl IntoIterator<Item = (String, Need)>) -> Self {
        let mut needs: BTreeMap<String, Need> = BTreeMap::new();
        for (literal, need) in literals.into_iter().filter(|(literal, _)| !literal.is_empty()) {
            // Case does not matter.
            needs.entry(literal.to_ascii_lowercase()).and_modify(|known| known.or(&need)).or_insert(need);
        }
        let (literals, needs): (Vec<String>, Vec<Need>) = needs.into_iter().unzip();
        let automaton = AhoCorasick::builder().ascii_case_insensitive(true).build(&literals).ok();
        Self { automaton, also: needs.into_iter().map(Also::new).collect(), literals }
    }

    fn finds(&self, bytes: &[u8]) -> bool {
        // Without an automaton (too many literals for it) everything may matter: slow, but nothing is lost.
        let Some(automaton) = &self.automaton else { return true };
        // Most texts hold no literal at all, which is found out faster than what each of them is.
        if !automaton.is_match(bytes) {
            return false;
        }
        let mut refused = Vec::new();
        // Overlapping, because a literal that is refused may be a part of one that is not.
        automaton.find_overlapping_iter(bytes).any(|found| {
            let pattern = found.pattern().as_usize();
            if refused.contains(&pattern) {
                return false;
            }
            let also = self.also[pattern].holds(bytes);
            if !also {
                refused.push(pattern);
            }
            also
        })
    }
}

/// What a text must hold beside a literal.
#[derive(Clone, Debug)]
enum Need {
    /// Nothing: the literal is rare enough.
    Nothing,
    /// Text that one of these regular expressions finds.
    OneOf(BTreeSet<String>),
}

impl Need {
    /// One of these texts; nothing if there are none.
    fn texts<'t>(texts: impl IntoIterator<Item = &'t str>) -> Self {
        let patterns: BTreeSet<String> = texts.into_iter().map(regex::escape).collect();
        if patterns.is_empty() { Self::Nothing } else { Self::OneOf(patterns) }
    }

    /// What is needed if either suffices.
    fn or(&mut self, other: &Self) {
        match (&mut *self, other) {
            (Self::OneOf(mine), Self::OneOf(theirs)) => mine.extend(theirs.iter().cloned()),
            _ => *self = Self::Nothing,
        }
    }
}

/// A [`Need`] that can be looked for. Most literals are never met, so the expression is compiled when one is.
#[derive(Clone, Debug)]
struct Also {
    need: Need,
    regex: OnceLock<Option<Regex>>,
}

impl Also {
    fn new(need: Need) -> Self {
        Self { need, regex: OnceLock::new() }
    }

    fn holds(&self, bytes: &[u8]) -> bool {
        let Need::OneOf(patterns) = &self.need else { return true };
        let compile = || {
            let patterns: Vec<&str> = patterns.iter().map(String::as_str).collect();
            Regex::new(&format!("(?i-u){}", patterns.join("|"))).ok()
        };
        self.regex.get_or_init(compile).as_ref().is_none_or(|regex| regex.is_match(bytes))
    }
}

/// The last parts of all paths that a matcher matches.
fn names(matcher: &Matcher) -> impl Iterator<Item = &str> {
    matcher.calls.iter().map(|call| call.last_name()).chain(matcher.table.method.iter().map(String::as_str))
}

/// Literals of which a file that the matcher can match holds one: the names of its calls, or rarer texts.
fn call_literals(matcher: &Matcher) -> Vec<(String, Need)> {
    let table = &matcher.table;
    // A C# file may use a namespace that another file imports for it; elsewhere the file itself names the module.
    let names_modules = !table.language.is_empty() && !table.language.iter().any(|language| language == "csharp");
    let mut found = Vec::new();
    let mut add = |name: &str, modules: Vec<&str>| {
        let near: Vec<&str> = matcher.near.iter().map(String::as_str).collect();
        let rarer = if modules.is_empty() { near.clone() } else { modules.clone() };
        if name.len() >= RARE || rarer.is_empty() {
            found.push((name.to_owned(), Need::texts(if near.is_empty() { modules } else { near })));
        } else {
            found.extend(rarer.iter().map(|text| ((*text).to_owned(), Need::texts([name]))));
        }
    };
    for call in &matcher.calls {
        let module = call.longest_but_last().filter(|_| names_modules);
        add(call.last_name(), module.into_iter().collect());
    }
    for method in &table.method {
        let modules = table.from.iter().filter(|_| names_modules && !table.rare);
        add(method, modules.map(String::as_str).collect());
    }
    found
}

/// Words of which a text must hold one to call the command that the matcher matches, beside its program.
fn command_literals(rules: &Rules, matcher: &Matcher) -> Vec<(String, Need)> {
    let Some(grammar) = matcher.table.command.as_ref().and_then(|name| rules.grammar(name)) else { return Vec::new() };
    // The name as a word of its own (`tool`, `/bin/tool.exe`, `"$TOOL_CMD"`), or a variable that may hold it.
    let names = grammar.programs().iter().map(|name| regex::escape(name)).collect::<Vec<_>>().join("|");
    let names = std::iter::once(names.as_str()).chain(grammar.program_variables()).collect::<Vec<_>>().join("|");
    // Inside a string of JSON, a line begins behind `\n`.
    let start = r"(?:^|[^a-z0-9]|\\[nrt]|\\u[0-9a-f]{4})";
    let program = BTreeSet::from([format!("{start}(?:{names})(?:[^a-z0-9]|$)")]);
    grammar.literals().into_iter().map(|word| (word.to_owned(), Need::OneOf(program.clone()))).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::RuleText;

    fn prefilter() -> Prefilter {
        let grammar = "name = 'tool login'\nprograms = ['tool']\nsub-commands = ['login']\nstyle = 'argparse'\n";
        let rule = "summary = 's'\nseverity = 'note'\nimpact = 'hygiene'\nwhy = 'w'\nfix = 'f'\nlinks = []\n\
                    [[match]]\ncall = ['a.b.OpenRare']\n[[match]]\nlanguage = ['go']\nmethod = ['Open']\nfrom = ['a.io/b']\n\
                    [[match]]\ncommand = 'tool login'\n[[bad]]\nf = ''\n[[good]]\nf = ''\n";
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
    fn a_common_name_matters_in_a_file_that_names_its_module_and_there_by_itself() {
        let prefilter = prefilter();
        assert!(!prefilter.matches("client.Open()"));
        assert!(prefilter.matches("x.OpenRare()"), "a refused literal hides no other");
        assert!(prefilter.matches("import \"a.io/b\"\nclient.Open()"));
        assert!(prefilter.wants("client.Open"));
        assert!(!prefilter.wants("please login"), "a command is one text");
    }
}
