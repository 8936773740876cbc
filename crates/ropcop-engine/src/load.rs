//! Reading rule files.

use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;
use std::sync::Arc;

use serde::de::DeserializeOwned;
use toml::de::{DeTable, Deserializer};

use crate::command::{CommandFile, Grammar};
use crate::correlate::{self, Checked};
use crate::matcher::{self, Matcher, Tried, UseNumbers};
use crate::rule::{Compiler, Mistake, Tables};
use crate::surroundings::Surroundings;
use crate::{FileFacts, Finding, Place, Rule, RuleFile, SHARED_FOLDERS, Target, TextsFile, UseFile, link};

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

impl RuleError {
    fn new(file: &RuleText, mistake: Mistake) -> Self {
        let Mistake { message, help, span } = mistake;
        Self { path: file.path.clone(), text: file.text.clone(), span, message, help }
    }
}

/// All rules of a run.
#[derive(Debug, Default)]
pub struct Rules {
    /// In the order of their ids.
    pub rules: Vec<Rule>,
    grammars: Vec<Grammar>,
    fixes: BTreeMap<Arc<str>, BTreeMap<Place, String>>,
    uses: BTreeMap<Arc<str>, Used>,
    texts: BTreeMap<Arc<str>, TextsFile>,
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
        for folder in SHARED_FOLDERS.into_iter().chain([""]) {
            for file in files.iter().filter(|file| folder_of(&file.path) == folder) {
                if let Err(mistake) = rules.take(folder, file) {
                    errors.push(RuleError::new(file, mistake));
                }
            }
        }
        rules.rules.sort_by(|a, b| a.id.cmp(&b.id));
        rules.note_uses();
        if errors.is_empty() { Ok(rules) } else { Err(errors) }
    }

    /// Reads one file.
    fn take(&mut self, folder: &str, file: &RuleText) -> Result<(), Mistake> {
        match folder {
            "commands" => {
                let grammar = Grammar::new(read::<CommandFile>(file)?)?;
                self.grammars.retain(|known| known.name() != grammar.name());
                self.grammars.push(grammar);
            }
            "fixes" => drop(self.fixes.insert(id(&file.path), read(file)?)),
            "texts" => drop(self.texts.insert(id(&file.path), read(file)?)),
            "targets" => {
                let name = toml::Value::String(id(&file.path).to_string());
                let target: Target = name.try_into().map_err(|_| {
                    let help = "the files in `targets/` are named after the targets that a rule can have";
                    Mistake::whole(format!("`{}` is no target", id(&file.path)), help)
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

    fn rule(&self, file: &RuleText) -> Result<Rule, Mistake> {
        let uses = self.uses.keys().map(|name| &**name).collect();
        let (mut read, matchers): (RuleFile, _) = self.with_matches(file, Some(uses))?;
        if let Some(name) = &read.fix_from {
            let Some(shared) = self.fixes.get(&**name.get_ref()) else {
                let help = "`fix-from` names a file in `fixes/` without its `.toml`";
                return Err(Mistake::at(name.span(), format!("there is no `fixes/{}.toml`", name.get_ref()), help));
            };
            for (place, text) in shared {
                read.fix_in.entry(*place).or_insert_with(|| text.clone());
            }
        }
        for (head, missing) in [
            ("[[match.call]]`, `[[match.command]]` or `[[match.record]]", matchers.is_empty()),
            ("[[bad]]", read.bad.is_empty()),
            ("[[good]]", read.good.is_empty()),
        ] {
            if missing {
                return Err(Mistake::whole(format!("the rule has no `{head}`"), "add at least one"));
            }
        }
        Ok(Rule { id: id(&file.path), file: read, matchers })
    }

    fn used(&self, file: &RuleText) -> Result<Used, Mistake> {
        let (read, matchers) = self.with_matches(file, None)?;
        if matchers.is_empty() {
            let help = "add a `[[match.call]]`, `[[match.command]]` or `[[match.record]]`";
            return Err(Mistake::whole("this use looks for nothing", help));
        }
        Ok(Used { file: read, matchers })
    }

    /// Reads a file with matches, which may name these uses.
    fn with_matches<T: DeserializeOwned>(
        &self,
        file: &RuleText,
        uses: Option<Vec<&str>>,
    ) -> Result<(T, Vec<Matcher>), Mistake> {
        let mut table = DeTable::parse(&file.text)?;
        let tables = Tables::take(table.get_mut());
        let read = T::deserialize(Deserializer::from(table))?;
        let compiler = Compiler { text: &file.text, grammars: &self.grammars, uses, texts: &self.texts };
        Ok((read, compiler.matchers(&tables)?))
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

    /// Keeps one rule, and of its matches the one with this number. With it a test sees what each of them finds.
    pub fn keep_match(&mut self, id: &str, number: usize) {
        self.rules.retain(|rule| &*rule.id == id);
        for rule in &mut self.rules {
            rule.matchers = rule.matchers.drain(..).skip(number).take(1).collect();
        }
        self.note_uses();
    }

    /// Those of all rules, and of the uses that they name.
    pub(crate) fn matchers(&self) -> impl Iterator<Item = &Matcher> {
        let of_uses = self.uses().flat_map(|(.., used)| &used.matchers);
        self.rules.iter().flat_map(|rule| &rule.matchers).chain(of_uses)
    }

    /// The uses that some rule names, with their numbers and names.
    pub(crate) fn uses(&self) -> impl Iterator<Item = (usize, &Arc<str>, &Used)> {
        let all = self.uses.iter().enumerate().map(|(index, (name, used))| (index, name, used));
        all.filter(|(index, ..)| self.named_uses.contains(index))
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

    /// Why the matches of some rules and uses, chosen by their names, find something in one file or do not: each of them on
    /// each fact that is a little like what it looks for. A match for which there is no such fact says so once.
    pub fn explain(&self, file: &FileFacts, wanted: &dyn Fn(&str) -> bool) -> Vec<Tried> {
        let rules = self.rules.iter().map(|rule| (&rule.id, &rule.matchers));
        let uses = self.uses.iter().map(|(name, used)| (name, &used.matchers));
        matcher::explain(self, rules.chain(uses).filter(|(name, _)| wanted(name)), file)
    }

    /// The names of all rules and uses.
    pub fn names(&self) -> impl Iterator<Item = &str> {
        self.rules.iter().map(|rule| &*rule.id).chain(self.uses.keys().map(|name| &**name))
    }

    /// The names of the uses with these numbers.
    pub(crate) fn use_names(&self, numbers: &[usize]) -> Vec<&str> {
        numbers.iter().filter_map(|number| self.uses.keys().nth(*number)).map(|name| &**name).collect()
    }

    /// What is found in one file, as if it were the whole repository.
    pub fn check_alone(&self, file: &FileFacts) -> Vec<Finding> {
        self.correlate(vec![self.check(file)], std::iter::once(&*file.path)).into_iter().flatten().collect()
    }
}

/// The folder of a file, if it is one for what rules share.
fn folder_of(path: &str) -> &str {
    let folder = path.rsplit(['/', '\\']).nth(1).unwrap_or_default();
    if SHARED_FOLDERS.contains(&folder) { folder } else { "" }
}

fn id(path: &str) -> Arc<str> {
    path.rsplit(['/', '\\']).next().unwrap_or(path).trim_end_matches(".toml").into()
}

fn read<T: DeserializeOwned>(file: &RuleText) -> Result<T, Mistake> {
    Ok(toml::from_str(&file.text)?)
}
