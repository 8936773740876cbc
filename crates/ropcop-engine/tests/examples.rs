//! The examples of every built-in rule: each `bad` one is found by its rule, no `good` one by any.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

use ropcop_engine::{Confidence, FileFacts, Prefilter, RuleText, Rules, Severity};
use ropcop_syntax::{Source, extract};

fn built_in() -> Rules {
    load(&texts())
}

fn texts() -> Vec<RuleText> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../rules");
    let mut files = Vec::new();
    for folder in [root.clone(), root.join("commands"), root.join("fixes"), root.join("uses")] {
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

fn load(files: &[RuleText]) -> Rules {
    match Rules::load(files) {
        Ok(rules) => rules,
        Err(errors) => {
            let errors: Vec<String> =
                errors.iter().map(|e| format!("{}:{:?}: {} ({:?})", e.path, e.span, e.message, e.help)).collect();
            panic!("{}", errors.join("\n"));
        }
    }
}

/// Findings in a small repository: rule, path and message of each.
fn findings(rules: &Rules, prefilter: &Prefilter, repository: &BTreeMap<String, String>) -> Vec<(String, String)> {
    let mut files: Vec<FileFacts> = repository
        .iter()
        .filter(|(_, text)| prefilter.matches(text))
        .filter_map(|(path, text)| Source::detect(path, text))
        .map(|source| FileFacts {
            facts: extract(&source, &|text| prefilter.wants(text)),
            path: source.path,
            text: source.text,
            language: source.language,
        })
        .collect();
    Rules::link(&mut files);
    let checked = files.iter().map(|file| rules.check(file)).collect();
    let findings = rules.correlate(checked, repository.keys().map(String::as_str)).into_iter().flatten();
    let shown = findings.filter(|finding| finding.confidence >= Confidence::Medium);
    shown.map(|f| (f.rule.to_string(), format!("{}:{:?} {}", f.path, f.span, f.message))).collect()
}

#[test]
fn examples_of_every_rule_hold() {
    let rules = built_in();
    let prefilter = Prefilter::new(&rules);
    assert!(!rules.rules.is_empty());
    let mut wrong = Vec::new();
    for rule in &rules.rules {
        for (index, example) in rule.file.bad.iter().enumerate() {
            let found = findings(&rules, &prefilter, example);
            if !found.iter().any(|(id, _)| *id == *rule.id) {
                wrong.push(format!("{}: bad example {} is not found: {example:#?}", rule.id, index + 1));
            }
        }
        for (index, example) in rule.file.good.iter().enumerate() {
            let mut found = findings(&rules, &prefilter, example);
            found.retain(|(id, _)| *id == *rule.id || rules.get(id).is_some_and(|rule| rule.file.default));
            if !found.is_empty() {
                wrong.push(format!("{}: good example {} gives {found:#?}: {example:#?}", rule.id, index + 1));
            }
        }
    }
    assert!(wrong.is_empty(), "{} examples do not hold:\n{}", wrong.len(), wrong.join("\n"));
}

/// A `[[match]]` that no example needs may be misspelt, and nobody would know.
#[test]
fn every_match_of_every_rule_finds_an_example() {
    let files = texts();
    let (shared, rules): (Vec<RuleText>, Vec<RuleText>) =
        files.into_iter().partition(|file| file.path.contains(['/', '\\']));
    let mut idle = Vec::new();
    for rule in rules {
        let mut table: toml::Table = rule.text.parse().expect("a rule file");
        let matches = table["match"].as_array().expect("tables").clone();
        for (index, only) in matches.into_iter().enumerate() {
            table.insert("match".to_owned(), toml::Value::Array(vec![only]));
            let text = toml::to_string(&table).expect("a rule file");
            let alone = load(&[&shared[..], &[RuleText { path: rule.path.clone(), text }]].concat());
            let prefilter = Prefilter::new(&alone);
            let bad = &alone.rules[0].file.bad;
            if bad.iter().all(|example| findings(&alone, &prefilter, example).is_empty()) {
                idle.push(format!("{}: match {}", rule.path, index + 1));
            }
        }
    }
    assert!(idle.is_empty(), "no example is found by\n{}", idle.join("\n"));
}

/// The result of a call has the path of the call and `()`: handing it on is not handing on the function.
#[test]
fn what_a_call_gives_back_is_no_second_finding() {
    let rules = built_in();
    let prefilter = Prefilter::new(&rules);
    let python = "import msal\napp = msal.PublicClientApplication('x')\n\
                  result = app.acquire_token_by_username_password(user, password, scopes)\nshow(result)\n";
    let go = "package p\nimport \"github.com/Azure/azure-sdk-for-go/sdk/azidentity\"\nfunc f() {\n\
              \tcred, err := azidentity.NewUsernamePasswordCredential(t, c, u, p, nil)\n\tshow(cred, err)\n}\n";
    for (path, text) in [("a.py", python), ("a.go", go)] {
        let found = findings(&rules, &prefilter, &BTreeMap::from([(path.to_owned(), text.to_owned())]));
        assert_eq!(found.len(), 1, "{found:#?}");
    }
}

/// A template's mark is masked like a password, for it may be one, but nobody is told that a password stands there.
#[test]
fn the_mark_of_a_template_is_no_password() {
    let rules = built_in();
    let prefilter = Prefilter::new(&rules);
    for (password, is_told) in
        [("$(Password)", false), ("{{ password }}", false), ("<password>", false), ("a$(b", true)]
    {
        let text = format!("az login -u ops@example.org -p '{password}'\n");
        let found = findings(&rules, &prefilter, &BTreeMap::from([("a.sh".to_owned(), text)]));
        assert_eq!(found.len(), 1, "{password}: {found:#?}");
        assert_eq!(found[0].1.contains("written in the source"), is_told, "{password}: {found:#?}");
    }
}

#[test]
fn a_sovereign_cloud_is_worth_a_note_and_no_more() {
    let rules = built_in();
    let prefilter = Prefilter::new(&rules);
    let lines = [
        "Connect-AzAccount -Environment AzureChinaCloud -Credential $c",
        "Login-AzureRmAccount -EnvironmentName:AzureUSGovernment -Credential $c",
    ];
    for line in lines {
        let source = Source::detect("a.ps1", line).expect("a script");
        let file = FileFacts {
            facts: extract(&source, &|text| prefilter.wants(text)),
            path: source.path,
            text: source.text,
            language: source.language,
        };
        let severities: Vec<Severity> = rules.check_alone(&file).iter().map(|finding| finding.severity).collect();
        assert_eq!(severities, [Severity::Note], "{line}");
    }
}

#[test]
fn a_password_that_only_shows_where_one_belongs_is_worth_a_note() {
    let rules = built_in();
    let prefilter = Prefilter::new(&rules);
    for (password, expected) in
        [("<password>", Severity::Note), ("your-password", Severity::Note), ("hunter2", Severity::Warning)]
    {
        let text = format!("CONNECTION=Server=s;Authentication=Active Directory Password;UID=u;PWD={password}\n");
        let source = Source::detect(".env", &text).expect("variables");
        let file = FileFacts {
            facts: extract(&source, &|text| prefilter.wants(text)),
            path: source.path,
            text: source.text,
            language: source.language,
        };
        let severities: Vec<Severity> = rules.check_alone(&file).iter().map(|finding| finding.severity).collect();
        assert_eq!(severities, [expected], "{password}");
    }
}
