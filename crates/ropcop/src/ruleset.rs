//! Which rules run.

use std::collections::BTreeSet;
use std::fs;
use std::path::Path;
use std::sync::Arc;

use ropcop_engine::{RuleText, Rules};

use crate::cli::{RuleSources, Selection};
use crate::error::Error;
use crate::suggest::similar;
use crate::walk::toml_files;

/// Means every rule where rules are selected.
pub(crate) const ALL: &str = "all";

/// The rules that run, and the ids of all that there are.
#[derive(Debug)]
pub(crate) struct RuleSet {
    pub(crate) active: Rules,
    all: BTreeSet<Arc<str>>,
}

impl RuleSet {
    /// All rules, also those that are off by default.
    pub(crate) fn all(rules: Rules) -> Self {
        let all = rules.rules.iter().map(|rule| rule.id.clone()).collect();
        Self { active: rules, all }
    }

    /// The rules that the selection leaves: those of `--select`, or else those that are on by default; and those of
    /// `--extend-select`; but none of `--ignore`.
    pub(crate) fn selected(rules: Rules, selection: &Selection) -> Result<Self, Error> {
        let mut set = Self::all(rules);
        let Selection { select, extend_select, ignore } = selection;
        for id in [select, extend_select, ignore].into_iter().flatten() {
            set.check(id)?;
        }
        let named = |list: &[String], id: &str| list.iter().any(|named| named == ALL || named == id);
        set.active.retain(|rule| {
            let base = if select.is_empty() { rule.file.default } else { named(select, &rule.id) };
            (base || named(extend_select, &rule.id)) && !named(ignore, &rule.id)
        });
        if set.active.rules.is_empty() && !set.all.is_empty() {
            return Err(Error::NoRules);
        }
        Ok(set)
    }

    fn check(&self, id: &str) -> Result<(), Error> {
        if id == ALL || self.exists(id) { Ok(()) } else { Err(unknown(id, self.all.iter().map(|id| &**id))) }
    }

    /// Whether there is a rule of this id.
    pub(crate) fn exists(&self, id: &str) -> bool {
        self.all.contains(id)
    }

    /// Whether it runs.
    pub(crate) fn ran(&self, id: &str) -> bool {
        self.active.get(id).is_some()
    }
}

/// The error for an id that no rule has.
pub(crate) fn unknown<'a>(id: &str, known: impl IntoIterator<Item = &'a str>) -> Error {
    Error::UnknownRule { id: id.to_owned(), similar: similar(id, known).map(str::to_owned) }
}

/// Loads the built-in rules and those of `--rules`, of which a later one replaces an earlier one of the same name.
pub(crate) fn load(sources: &RuleSources) -> Result<Rules, Error> {
    let mut files = if sources.no_builtin_rules { Vec::new() } else { builtin() };
    for path in &sources.rules {
        files.extend(read(path)?);
    }
    Rules::load(&files).map_err(Error::Rules)
}

/// The texts of the built-in rules and command grammars.
pub(crate) fn builtin() -> Vec<RuleText> {
    let file = |(path, text): &(&str, &str)| RuleText { path: (*path).to_owned(), text: (*text).to_owned() };
    ropcop_rules::FILES.iter().map(file).collect()
}

/// The built-in rules; a mistake in one is drawn.
#[cfg(test)]
pub(crate) fn builtin_rules() -> Rules {
    let look = crate::terminal::Look { colour: false, width: 100, terminal: false };
    Rules::load(&builtin()).unwrap_or_else(|errors| panic!("{}", crate::report::rule_error::render(&errors, &look)))
}

/// The texts of the rule files in a folder, or of one rule file.
pub(crate) fn read(path: &Path) -> Result<Vec<RuleText>, Error> {
    let shown = path.to_string_lossy().into_owned();
    let failed = |source| Error::Read { what: shown.clone(), source };
    let metadata = fs::metadata(path).map_err(|_| Error::NoSuchPath(shown.clone()))?;
    let files = if metadata.is_dir() { toml_files(path).map_err(failed)? } else { vec![path.to_owned()] };
    if files.is_empty() {
        return Err(Error::NoRuleFiles(shown));
    }
    let text = |file: std::path::PathBuf| {
        let shown = file.to_string_lossy().replace('\\', "/");
        let text = fs::read_to_string(&file).map_err(|source| Error::Read { what: shown.clone(), source })?;
        Ok(RuleText { path: shown, text })
    };
    files.into_iter().map(text).collect()
}
