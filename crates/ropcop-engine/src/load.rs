//! Reading rule files.

use std::collections::BTreeMap;
use std::ops::Range;
use std::sync::Arc;

use crate::command::{CommandFile, Grammar};
use crate::compile::{Matcher, Mistake};
use crate::{FileFacts, Finding, Place, Rule, RuleFile, link, matcher};

/// The text of a rule file, wherever it came from.
#[derive(Clone, Debug)]
pub struct RuleText {
    /// Path as it is to be shown; its file name gives the id of a rule.
    pub path: String,
    /// TOML.
    pub text: String,
}

/// A mistake in a rule file, with its place.
#[derive(Clone, Debug)]
pub struct RuleError {
    /// Path of the rule file.
    pub path: String,
    /// Text of the rule file.
    pub text: String,
    /// Where the mistake is, in bytes of `text`.
    pub span: Range<usize>,
    /// What is wrong.
    pub message: String,
    /// What to do about it.
    pub help: Option<String>,
}

/// All rules of a run.
#[derive(Debug, Default)]
pub struct Rules {
    /// In the order of their ids.
    pub rules: Vec<Rule>,
    grammars: Vec<Grammar>,
    fixes: BTreeMap<Arc<str>, BTreeMap<Place, String>>,
}

impl Rules {
    /// Reads rule files and what they share: files in a folder `commands` are command grammars, those in a folder `fixes`
    /// say what to use instead in which kind of place. A later file replaces an earlier one of the same name, so that a
    /// user's own rules win.
    ///
    /// # Errors
    /// All mistakes of all files, not only the first.
    pub fn load(files: &[RuleText]) -> Result<Self, Vec<RuleError>> {
        let mut rules = Self::default();
        let mut errors = Vec::new();
        let (grammars, others): (Vec<&RuleText>, Vec<&RuleText>) =
            files.iter().partition(|file| is_in("commands", &file.path));
        let (fixes, tables): (Vec<&RuleText>, Vec<&RuleText>) =
            others.into_iter().partition(|file| is_in("fixes", &file.path));
        for file in grammars {
            match read::<CommandFile>(file)
                .and_then(|read| Grammar::new(read).map_err(|error| whole(file, error, None)))
            {
                Ok(grammar) => {
                    rules.grammars.retain(|known| known.name() != grammar.name());
                    rules.grammars.push(grammar);
                }
                Err(error) => errors.push(error),
            }
        }
        for file in fixes {
            match read(file) {
                Ok(fixes) => {
                    rules.fixes.insert(id(&file.path), fixes);
                }
                Err(error) => errors.push(error),
            }
        }
        for file in tables {
            match rules.rule(file) {
                Ok(rule) => {
                    rules.rules.retain(|known| known.id != rule.id);
                    rules.rules.push(rule);
                }
                Err(error) => errors.push(error),
            }
        }
        rules.rules.sort_by(|a, b| a.id.cmp(&b.id));
        if errors.is_empty() { Ok(rules) } else { Err(errors) }
    }

    fn rule(&self, file: &RuleText) -> Result<Rule, RuleError> {
        let mut read: RuleFile = read(file)?;
        if let Some(name) = &read.fix_from {
            let Some(shared) = self.fixes.get(name.as_str()) else {
                let help = Some("`fix-from` names a file in `fixes/` without its `.toml`".to_owned());
                return Err(whole(file, format!("there is no `fixes/{name}.toml`"), help));
            };
            for (place, text) in shared {
                read.fix_in.entry(*place).or_insert_with(|| text.clone());
            }
        }
        let mut matchers = Vec::new();
        for (index, table) in read.matches.iter().enumerate() {
            let compiled = Matcher::new(table, &self.grammars);
            matchers.push(compiled.map_err(|mistake| in_table(file, "[[match]]", index, mistake))?);
        }
        for (name, missing) in
            [("match", read.matches.is_empty()), ("bad", read.bad.is_empty()), ("good", read.good.is_empty())]
        {
            if missing {
                let help = format!("add at least one `[[{name}]]`");
                return Err(whole(file, format!("the rule has no `[[{name}]]`"), Some(help)));
            }
        }
        Ok(Rule { id: id(&file.path), file: read, matchers })
    }

    /// The rule with this id.
    pub fn get(&self, id: &str) -> Option<&Rule> {
        self.rules.iter().find(|rule| &*rule.id == id)
    }

    /// Keeps the rules that `on` accepts.
    pub fn retain(&mut self, on: impl Fn(&Rule) -> bool) {
        self.rules.retain(on);
    }

    pub(crate) fn matchers(&self) -> impl Iterator<Item = &Matcher> {
        self.rules.iter().flat_map(|rule| &rule.matchers)
    }

    pub(crate) fn grammar(&self, name: &str) -> Option<&Grammar> {
        self.grammars.iter().find(|grammar| grammar.name() == name)
    }

    /// Gives each file what other files of the same project say on its behalf. To be called once, with the facts of the
    /// whole repository, before [`Rules::check`].
    pub fn link(files: &mut [FileFacts]) {
        link::share_imports(files);
    }

    /// Matches the facts of one file. Findings of every confidence, sorted by place and rule.
    pub fn check(&self, file: &FileFacts) -> Vec<Finding> {
        matcher::check_file(self, file)
    }
}

fn is_in(folder: &str, path: &str) -> bool {
    path.replace('\\', "/").split('/').rev().nth(1) == Some(folder)
}

fn id(path: &str) -> Arc<str> {
    path.rsplit(['/', '\\']).next().unwrap_or(path).trim_end_matches(".toml").into()
}

fn read<T: serde::de::DeserializeOwned>(file: &RuleText) -> Result<T, RuleError> {
    toml::from_str(&file.text).map_err(|error| RuleError {
        path: file.path.clone(),
        text: file.text.clone(),
        span: error.span().unwrap_or(0..0),
        message: error.message().to_owned(),
        help: None,
    })
}

fn whole(file: &RuleText, message: String, help: Option<String>) -> RuleError {
    RuleError { path: file.path.clone(), text: file.text.clone(), span: 0..0, message, help }
}

/// A mistake in the n-th table of a kind, drawn at the head of that table.
fn in_table(file: &RuleText, head: &str, index: usize, mistake: Mistake) -> RuleError {
    let start = file.text.match_indices(head).nth(index).map_or(0, |(start, _)| start);
    let span = start..start + if start == 0 { 0 } else { head.len() };
    RuleError {
        path: file.path.clone(),
        text: file.text.clone(),
        span,
        message: mistake.message,
        help: Some(mistake.help),
    }
}
