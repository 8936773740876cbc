//! Reading rule files.

use std::collections::BTreeSet;
use std::ops::Range;
use std::sync::Arc;

use crate::{FileFacts, Finding, Rule, RuleFile, matcher};

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
    /// Where the mistake is, in bytes; the whole file if it has no place.
    pub span: Range<usize>,
    /// What is wrong.
    pub message: String,
    /// What to do about it.
    pub help: Option<String>,
}

/// All rules of a run.
#[derive(Clone, Debug, Default)]
pub struct Rules {
    /// In the order of their ids.
    pub rules: Vec<Rule>,
}

impl Rules {
    /// Reads rule files and command grammars. Files in a folder `commands` are grammars.
    /// A later rule replaces an earlier one of the same id, so that a user's own rules win.
    ///
    /// # Errors
    /// All mistakes of all files, not only the first.
    pub fn load(files: &[RuleText]) -> Result<Self, Vec<RuleError>> {
        let mut rules: Vec<Rule> = Vec::new();
        let mut errors = Vec::new();
        for file in files {
            if file.path.contains("commands/") {
                continue;
            }
            match toml::from_str::<RuleFile>(&file.text) {
                Ok(parsed) => {
                    let id = file.path.rsplit(['/', '\\']).next().unwrap_or(&file.path).trim_end_matches(".toml");
                    rules.retain(|rule| &*rule.id != id);
                    rules.push(Rule { id: Arc::from(id), file: parsed });
                }
                Err(error) => errors.push(RuleError {
                    path: file.path.clone(),
                    text: file.text.clone(),
                    span: error.span().unwrap_or(0..file.text.len()),
                    message: error.message().to_owned(),
                    help: None,
                }),
            }
        }
        rules.sort_by(|a, b| a.id.cmp(&b.id));
        if errors.is_empty() { Ok(Self { rules }) } else { Err(errors) }
    }

    /// The rule with this id.
    pub fn get(&self, id: &str) -> Option<&Rule> {
        self.rules.iter().find(|rule| &*rule.id == id)
    }

    /// Keeps the rules whose id `on` accepts.
    pub fn retain(&mut self, on: impl Fn(&Rule) -> bool) {
        self.rules.retain(on);
    }

    /// Ids in order.
    pub fn ids(&self) -> BTreeSet<&str> {
        self.rules.iter().map(|rule| &*rule.id).collect()
    }

    /// Matches the facts of all files of a repository. Findings of every confidence, sorted by path, place and rule.
    pub fn check(&self, files: &[FileFacts]) -> Vec<Finding> {
        matcher::check(self, files)
    }
}
