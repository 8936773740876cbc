//! Which texts can matter at all: one automaton over the literals of all rules.

use std::collections::{BTreeMap, BTreeSet};

use aho_corasick::AhoCorasick;
use regex::bytes::Regex;

use crate::Rules;
use crate::compile::Matcher;

/// Texts that matter whatever the rules say: a suppression, which is checked even where nothing is found, and the two ways
/// in which a file imports namespaces on behalf of others.
const ALWAYS: [&str; 3] = ["ropcop: ignore", "global using", "<Using "];

/// Finds out in one pass whether any rule could match in a text.
#[derive(Clone, Debug)]
pub struct Prefilter {
    automaton: Option<AhoCorasick>,
    /// For each literal what else there must be, if the literal alone is too common a word.
    also: Vec<Also>,
    literals: Vec<String>,
}

impl Prefilter {
    /// Collects the literals of `rules`: names of calls and methods, and the words of commands.
    pub fn new(rules: &Rules) -> Self {
        let mut needs: BTreeMap<String, Need> = ALWAYS.iter().map(|text| ((*text).to_owned(), Need::Nothing)).collect();
        for (literal, need) in rules.matchers().flat_map(|matcher| literals(rules, matcher)) {
            needs.entry(literal).and_modify(|known| known.or(&need)).or_insert(need);
        }
        needs.retain(|literal, _| !literal.is_empty());
        let (literals, needs): (Vec<String>, Vec<Need>) = needs.into_iter().unzip();
        let automaton = AhoCorasick::builder().ascii_case_insensitive(true).build(&literals).ok();
        Self { automaton, also: needs.iter().map(Need::compile).collect(), literals }
    }

    /// Whether `text` holds any literal of any rule, in any case.
    pub fn matches(&self, text: &str) -> bool {
        self.matches_bytes(text.as_bytes())
    }

    /// The same for a text that is not decoded yet. (UTF-16 must be decoded first.)
    pub fn matches_bytes(&self, bytes: &[u8]) -> bool {
        self.any(bytes, true)
    }

    /// Whether a part of a file that matters, a path of names or the text of a string, could matter itself: what the
    /// file must hold beside it, such as the import of a module, may stand elsewhere.
    pub fn wants(&self, part: &str) -> bool {
        self.any(part.as_bytes(), false)
    }

    fn any(&self, bytes: &[u8], whole_file: bool) -> bool {
        // Without an automaton (too many literals for it) everything may matter: slow, but nothing is lost.
        let Some(automaton) = &self.automaton else { return true };
        let mut refused = Vec::new();
        // Overlapping, because a literal that is refused may be a part of one that is not.
        automaton.find_overlapping_iter(bytes).any(|found| {
            let pattern = found.pattern().as_usize();
            if refused.contains(&pattern) {
                return false;
            }
            let also = match &self.also[pattern] {
                Also::InFile(regex) if whole_file => regex.is_match(bytes),
                Also::InText(regex) => regex.is_match(bytes),
                Also::InFile(_) | Also::Nothing => true,
            };
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

/// What there must be beside a literal.
#[derive(Clone, Debug)]
enum Need {
    /// Nothing: the literal is rare enough.
    Nothing,
    /// Text somewhere in the file that one of these regular expressions finds.
    InFile(BTreeSet<String>),
    /// The same in the text that holds the literal.
    InText(BTreeSet<String>),
}

/// A [`Need`], compiled.
#[derive(Clone, Debug)]
enum Also {
    Nothing,
    InFile(Regex),
    InText(Regex),
}

impl Need {
    /// One of these texts in the file; nothing if there are none.
    fn in_file<'t>(texts: impl IntoIterator<Item = &'t str>) -> Self {
        let patterns: BTreeSet<String> = texts.into_iter().map(regex::escape).collect();
        if patterns.is_empty() { Self::Nothing } else { Self::InFile(patterns) }
    }

    /// What is needed if either suffices.
    fn or(&mut self, other: &Self) {
        match (&mut *self, other) {
            (Self::InFile(mine), Self::InFile(theirs)) | (Self::InText(mine), Self::InText(theirs)) => {
                mine.extend(theirs.iter().cloned());
            }
            _ => *self = Self::Nothing,
        }
    }

    fn compile(&self) -> Also {
        let regex = |patterns: &BTreeSet<String>| {
            let patterns: Vec<&str> = patterns.iter().map(String::as_str).collect();
            Regex::new(&format!("(?i-u){}", patterns.join("|"))).ok()
        };
        match self {
            Self::Nothing => Also::Nothing,
            Self::InFile(patterns) => regex(patterns).map_or(Also::Nothing, Also::InFile),
            Self::InText(patterns) => regex(patterns).map_or(Also::Nothing, Also::InText),
        }
    }
}

/// Literals of which a file that the matcher can match holds one.
fn literals(rules: &Rules, matcher: &Matcher) -> Vec<(String, Need)> {
    let table = &matcher.table;
    // A C# file may use a namespace that another file imports for it; elsewhere the file itself names the module.
    let names_modules = !table.language.is_empty() && !table.language.iter().any(|language| language == "csharp");
    let near = || Need::in_file(matcher.near.iter().map(String::as_str));
    let mut found = Vec::new();
    for call in &matcher.calls {
        let name = call.rarest_name(if names_modules { 2 } else { 1 });
        let need = match near() {
            Need::Nothing if names_modules => Need::in_file(call.longest_but(name)),
            near => near,
        };
        found.push((name.to_owned(), need));
    }
    let need = match near() {
        Need::Nothing if names_modules && !table.rare => Need::in_file(table.from.iter().map(String::as_str)),
        near => near,
    };
    found.extend(table.method.iter().map(|method| (method.clone(), need.clone())));
    if let Some(grammar) = table.command.as_ref().and_then(|name| rules.grammar(name)) {
        // The start of a program's name at the start of a word: in `tool`, `"$TOOL_CMD"`, `/bin/tool.exe`.
        let programs = grammar.programs().iter().map(|name| format!("(?:^|[^a-z0-9]){}", regex::escape(name)));
        let programs: BTreeSet<String> = programs.collect();
        found.extend(grammar.literals().iter().map(|literal| (literal.clone(), Need::InText(programs.clone()))));
    }
    found
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
        for text in ["x = openrare()", "tool login", "\"$TOOL_CMD\" Login", "['tool', 'login']", "/bin/tool.exe  login"]
        {
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
