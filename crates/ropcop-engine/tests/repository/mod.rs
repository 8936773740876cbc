//! Small repositories, and what the built-in rules find in them.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

use ropcop_engine::{FileFacts, Finding, Prefilter, RuleError, RuleText, Rules, SHARED_FOLDERS};
use ropcop_syntax::{Source, extract_following};

/// The built-in rules, ready to use.
pub(crate) struct Scanner {
    pub(crate) rules: Rules,
    pub(crate) prefilter: Prefilter,
}

impl Scanner {
    pub(crate) fn new() -> Self {
        Self::of(load(&texts()))
    }

    pub(crate) fn of(rules: Rules) -> Self {
        let prefilter = Prefilter::new(&rules);
        Self { rules, prefilter }
    }

    /// All findings in a small repository: file name = text.
    pub(crate) fn findings(&self, repository: &BTreeMap<String, String>) -> Vec<Finding> {
        let mut files: Vec<FileFacts> = repository
            .iter()
            .filter_map(|(path, text)| Source::detect(path, text))
            .filter(|source| self.prefilter.matches(source.text.as_bytes(), source.language))
            .map(|source| FileFacts {
                facts: extract_following(&source, &|text| self.prefilter.wants(text), &|name| {
                    self.prefilter.follows(name)
                }),
                path: source.path,
                text: source.text,
                language: source.language,
            })
            .collect();
        Rules::link(&mut files);
        let checked = files.iter().map(|file| self.rules.check(file)).collect();
        self.rules.correlate(checked, repository.keys().map(String::as_str)).into_iter().flatten().collect()
    }
}

/// The texts of the built-in rules and of what they share.
pub(crate) fn texts() -> Vec<RuleText> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../rules");
    let mut files = Vec::new();
    let shared = SHARED_FOLDERS.map(|name| root.join(name));
    for folder in std::iter::once(root.clone()).chain(shared) {
        let entries = fs::read_dir(&folder).expect("the folder of the rules");
        let mut paths: Vec<PathBuf> = entries.map(|entry| entry.expect("an entry").path()).collect();
        paths.sort();
        for path in
            paths.iter().filter(|path| path.extension().is_some_and(|e| e == "toml") && !path.ends_with("Cargo.toml"))
        {
            let name = path.strip_prefix(&root).expect("below the root").to_string_lossy().into_owned();
            files.push(RuleText { path: name, text: fs::read_to_string(path).expect("a rule file") });
        }
    }
    files
}

pub(crate) fn load(files: &[RuleText]) -> Rules {
    match Rules::load(files) {
        Ok(rules) => rules,
        Err(errors) => {
            let errors: Vec<String> = errors.iter().map(shown).collect();
            panic!("{}\n`ropcop test-rules rules` draws each mistake where it stands", errors.join("\n"));
        }
    }
}

/// A mistake in one line, as compilers write it.
fn shown(error: &RuleError) -> String {
    let line = 1 + error.text[..error.span.start].matches('\n').count();
    let help = error.help.iter().map(|help| format!(" ({help})"));
    format!("rules/{}:{line}: {}{}", error.path, error.message, help.collect::<String>())
}
