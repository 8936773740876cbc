//! Reading rule files.

use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;
use std::sync::Arc;

use crate::command::{CommandFile, Grammar};
use crate::compile::{Matcher, Mistake, UseNumbers};
use crate::correlate::{self, Checked};
use crate::surroundings::Surroundings;
use crate::{FileFacts, Finding, Match, Place, Rule, RuleFile, Target, TextsFile, UseFile, link, matcher};

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
    uses: BTreeMap<Arc<str>, Used>,
    texts: BTreeMap<Arc<str>, Vec<String>>,
    pub(crate) surroundings: Surroundings,
    /// Numbers of the uses that some rule names.
    named_uses: BTreeSet<usize>,
}

/// A file in `uses/`, compiled.
#[derive(Clone, Debug)]
pub(crate) struct Used {
    file: UseFile,
    pub(crate) matchers: Vec<Matcher>,
}

impl Rules {
    /// Reads rule files and what they share: files in a folder `commands` are command grammars, those in a folder `fixes`
    /// say what to use instead in which kind of place, those in a folder `uses` what uses what stands elsewhere, those in a
    /// folder `texts` are lists of texts, and those in `targets` and `clouds` tell what a sign-in is for. A later file replaces an earlier one of the same name, so that a user's own rules
    /// win.
    ///
    /// # Errors
    /// All mistakes of all files, not only the first.
    pub fn load(files: &[RuleText]) -> Result<Self, Vec<RuleError>> {
        let mut rules = Self::default();
        let mut errors = Vec::new();
        for folder in SHARED.into_iter().chain([""]) {
            for file in files.iter().filter(|file| folder_of(&file.path) == folder) {
                if let Err(error) = rules.take(folder, file) {
                    errors.push(error);
                }
            }
        }
        rules.rules.sort_by(|a, b| a.id.cmp(&b.id));
        rules.note_uses();
        if errors.is_empty() { Ok(rules) } else { Err(errors) }
    }

    /// Reads one file.
    fn take(&mut self, folder: &str, file: &RuleText) -> Result<(), RuleError> {
        match folder {
            "commands" => {
                let grammar = Grammar::new(read::<CommandFile>(file)?).map_err(|error| whole(file, error, None))?;
                self.grammars.retain(|known| known.name() != grammar.name());
                self.grammars.push(grammar);
            }
            "fixes" => drop(self.fixes.insert(id(&file.path), read(file)?)),
            "texts" => drop(self.texts.insert(id(&file.path), read::<TextsFile>(file)?.texts)),
            "targets" => {
                let name = toml::Value::String(id(&file.path).to_string());
                let target: Target = name.try_into().map_err(|_| {
                    let help = "the files in `targets/` are named after the targets that a rule can have".to_owned();
                    whole(file, format!("`{}` is no target", id(&file.path)), Some(help))
                })?;
                self.surroundings.add_target(target, read(file)?);
            }
            "clouds" => self.surroundings.add_cloud(id(&file.path), read(file)?),
            "uses" => drop(self.uses.insert(id(&file.path), self.used(file)?)),
            _ => {
                let rule = self.rule(file)?;
                self.rules.retain(|known| known.id != rule.id);
                self.rules.push(rule);
            }
        }
        Ok(())
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
        let matchers = self.compiled(file, &read.matches)?;
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

    fn compiled(&self, file: &RuleText, tables: &[Match]) -> Result<Vec<Matcher>, RuleError> {
        let compile = |(index, table): (usize, &Match)| {
            let compiled = self.completed(table).and_then(|table| {
                let uses = UseNumbers {
                    used_by: self.use_numbers(&table.used_by),
                    unused_by: self.use_numbers(&table.unused_by),
                    given: self.use_numbers(&table.given),
                };
                Ok(Matcher { uses, ..Matcher::new(&table, &self.grammars)? })
            });
            compiled.map_err(|mistake| in_table(file, "[[match]]", index, mistake))
        };
        tables.iter().enumerate().map(compile).collect()
    }

    /// A table with the texts of the lists that it names.
    fn completed(&self, table: &Match) -> Result<Match, Mistake> {
        let is_missing = |name: &&String| !self.uses.contains_key(name.as_str());
        if let Some(name) = table.uses().find(is_missing) {
            let help = "`used-by`, `unused-by` and `given` name files in `uses/` without their `.toml`";
            return Err(Mistake::new(format!("there is no `uses/{name}.toml`"), help));
        }
        let list = |texts: &[String]| {
            let named = texts.iter().map(|text| match text.strip_prefix('@') {
                None => Ok(vec![text.clone()]),
                Some(name) => self.texts.get(name).cloned().ok_or_else(|| {
                    let help = "behind `@` stands the name of a file in `texts/` without its `.toml`";
                    Mistake::new(format!("there is no `texts/{name}.toml`"), help)
                }),
            });
            named.collect::<Result<Vec<_>, _>>().map(|lists| lists.concat())
        };
        Ok(Match { near: list(&table.near)?, not_near: list(&table.not_near)?, ..table.clone() })
    }

    fn used(&self, file: &RuleText) -> Result<Used, RuleError> {
        let read: UseFile = read(file)?;
        if read.matches.is_empty() {
            let help = Some("add a `[[match]]`".to_owned());
            return Err(whole(file, "this use looks for nothing".to_owned(), help));
        }
        if read.matches.iter().any(|table| table.uses().next().is_some()) {
            let help = Some("`used-by`, `unused-by` and `given` belong to rules".to_owned());
            return Err(whole(file, "a use cannot depend on another".to_owned(), help));
        }
        Ok(Used { matchers: self.compiled(file, &read.matches)?, file: read })
    }

    /// The rule with this id.
    pub fn get(&self, id: &str) -> Option<&Rule> {
        self.rules.iter().find(|rule| &*rule.id == id)
    }

    /// Keeps the rules that `on` accepts.
    pub fn retain(&mut self, on: impl Fn(&Rule) -> bool) {
        self.rules.retain(on);
        self.note_uses();
    }

    /// Those of all rules, and of the uses that they name.
    pub(crate) fn matchers(&self) -> impl Iterator<Item = &Matcher> {
        let of_uses = self.uses().flat_map(|(_, used)| &used.matchers);
        self.rules.iter().flat_map(|rule| &rule.matchers).chain(of_uses)
    }

    /// The uses that some rule names, with their numbers.
    pub(crate) fn uses(&self) -> impl Iterator<Item = (usize, &Used)> {
        let all = self.uses.values().enumerate();
        all.filter(|(index, _)| self.named_uses.contains(index))
    }

    /// The numbers of uses.
    fn use_numbers(&self, names: &[String]) -> Vec<usize> {
        names.iter().filter_map(|name| self.uses.keys().position(|known| **known == **name)).collect()
    }

    /// Notes which uses the rules name.
    fn note_uses(&mut self) {
        let matchers = self.rules.iter().flat_map(|rule| &rule.matchers);
        let numbers = matchers.flat_map(|matcher| {
            let UseNumbers { used_by, unused_by, given } = &matcher.uses;
            used_by.iter().chain(unused_by).chain(given)
        });
        self.named_uses = numbers.copied().collect();
    }

    /// The use with a number.
    pub(crate) fn used_file(&self, index: usize) -> Option<&UseFile> {
        self.uses.values().nth(index).map(|used| &used.file)
    }

    pub(crate) fn grammar(&self, name: &str) -> Option<&Grammar> {
        self.grammars.iter().find(|grammar| grammar.name() == name)
    }

    /// Gives each file what other files of the same project say on its behalf. To be called once, with the facts of the
    /// whole repository, before [`Rules::check`].
    pub fn link(files: &mut [FileFacts]) {
        link::share_imports(files);
    }

    /// Matches the facts of one file.
    pub fn check(&self, file: &FileFacts) -> Checked {
        matcher::check_file(self, file)
    }

    /// What is found where the whole repository is seen: for each file, in the given order, findings of every confidence,
    /// sorted by place and rule. `paths` are those of all files that were looked at: some tell where a project begins.
    pub fn correlate<'p>(&self, checked: Vec<Checked>, paths: impl Iterator<Item = &'p str>) -> Vec<Vec<Finding>> {
        correlate::findings(self, checked, paths)
    }

    /// What is found in one file, as if it were the whole repository.
    pub fn check_alone(&self, file: &FileFacts) -> Vec<Finding> {
        self.correlate(vec![self.check(file)], std::iter::once(&*file.path)).into_iter().flatten().collect()
    }
}

/// The folder of a file, if it is one for what rules share.
fn folder_of(path: &str) -> &str {
    let folder = path.rsplit(['/', '\\']).nth(1).unwrap_or_default();
    if SHARED.contains(&folder) { folder } else { "" }
}

/// Folders of what rules share; each may name what is in those before it.
pub(crate) const SHARED: [&str; 6] = ["commands", "fixes", "texts", "targets", "clouds", "uses"];

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
