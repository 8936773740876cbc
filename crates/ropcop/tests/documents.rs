//! What the documents promise: the paths they mention exist, and the invariants of `ARCHITECTURE.md` hold.
//!
//! The checks read source text. They cannot prove an invariant, but they notice the usual way of breaking it.

mod source;

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

use source::{files, relative, root};

/// Documents whose paths are relative to the root of the repository, unless they stand beside the document.
const DOCUMENTS: [&str; 7] = [
    "README.md",
    "ARCHITECTURE.md",
    "CONTRIBUTING.md",
    "CHANGELOG.md",
    "SECURITY.md",
    "crates/README.md",
    "docs/ci.md",
];

/// What a path of the repository begins with. A text in backticks that begins otherwise may be anything.
const TOP: [&str; 8] = ["crates/", "rules/", "tests/", "examples/", "docs/", "schema/", ".ci/", ".github/"];

/// Endings of file names that stand at the top of the repository.
const TOP_FILES: [&str; 8] = [
    "LICENSE-",
    "Cargo.",
    "rust-toolchain",
    "pyproject.toml",
    "deny.toml",
    ".pre-commit-",
    ".editorconfig",
    ".gitattributes",
];

/// Names that documents mention to say that they are *not* there.
const ABSENT: [&str; 1] = ["rust-toolchain.toml"];

fn read(path: &Path) -> String {
    fs::read_to_string(path).unwrap_or_else(|error| panic!("{}: {error}", path.display()))
}

/// Fails with all complaints at once.
fn assert_none(complaints: &[String]) {
    assert!(complaints.is_empty(), "\n{}\n", complaints.join("\n"));
}

// ---------------------------------------------------------------------------------------------------------------------
// Paths

#[test]
fn every_path_that_a_document_mentions_exists() {
    let mut missing = Vec::new();
    let mut seen = 0;
    for document in DOCUMENTS {
        let path = root().join(document);
        let beside = path.parent().expect("a document is in a folder").to_owned();
        let text = read(&path);
        let quoted = between(&text, "`", "`").into_iter().filter(|text| looks_like_a_path(text));
        let linked = between(&text, "](", ")").into_iter().filter(|link| !link.contains(':') && !link.starts_with('#'));
        for mention in quoted.chain(linked) {
            seen += 1;
            let file = mention.split('#').next().unwrap_or_default();
            if !exists(&root(), file) && !exists(&beside, file) {
                missing.push(format!("{document} mentions {mention}, which does not exist"));
            }
        }
    }
    assert!(seen > 50, "only {seen} paths were recognised");
    assert_none(&missing);
}

/// Texts between two marks within a line, code blocks left out.
fn between<'t>(text: &'t str, open: &str, close: &str) -> Vec<&'t str> {
    let mut found = Vec::new();
    let mut in_block = false;
    for line in text.lines() {
        if line.trim_start().starts_with("```") {
            in_block = !in_block;
            continue;
        }
        let mut rest = if in_block { "" } else { line };
        while let Some((_, after)) = rest.split_once(open) {
            let Some((inner, behind)) = after.split_once(close) else { break };
            found.push(inner);
            rest = behind;
        }
    }
    found
}

fn looks_like_a_path(text: &str) -> bool {
    let is_place = TOP.iter().any(|top| text.starts_with(top) || text == top.trim_end_matches('/'))
        || TOP_FILES.iter().any(|name| text.starts_with(name))
        || (text.ends_with(".md") && !text.contains('*'));
    is_place && !text.contains([' ', '<', '(']) && !text.contains("NAME") && !ABSENT.contains(&text)
}

/// Whether a path exists; a `*` stands for any part of one name.
fn exists(folder: &Path, path: &str) -> bool {
    let Some((start, end)) = path.split_once('*') else { return folder.join(path).exists() };
    let (parent, prefix) = start.rsplit_once('/').unwrap_or(("", start));
    let (suffix, below) = end.split_once('/').unwrap_or((end, ""));
    let Ok(entries) = fs::read_dir(folder.join(parent)) else { return false };
    entries.flatten().any(|entry| {
        let name = entry.file_name().to_string_lossy().into_owned();
        name.starts_with(prefix) && name.ends_with(suffix) && (below.is_empty() || entry.path().join(below).exists())
    })
}

#[test]
fn every_file_in_the_table_of_an_example_exists() {
    let mut missing = Vec::new();
    for example in folders(&root().join("examples")) {
        for line in read(&example.join("README.md")).lines().filter(|line| line.starts_with("| `")) {
            let file = line.split('`').nth(1).unwrap_or_default();
            if !files(&example).iter().any(|path| path.ends_with(file)) {
                missing.push(format!("{}: there is no {file}", example.display()));
            }
        }
    }
    assert_none(&missing);
}

// ---------------------------------------------------------------------------------------------------------------------
// Invariants

/// A line of source code, without its comment, outside of tests.
struct Line {
    /// Path from the root of the repository.
    path: String,
    number: usize,
    text: String,
}

/// The code of some crates: no comments, nothing that is compiled for tests only.
fn code(crates: &[&str]) -> Vec<Line> {
    let mut lines = Vec::new();
    for name in crates {
        for file in files(&root().join("crates").join(name).join("src")) {
            let path = relative(&file);
            if path.ends_with(".rs") && !path.ends_with("/tests.rs") {
                lines.extend(code_of(&path, &read(&file)));
            }
        }
    }
    assert!(lines.len() > 300, "only {} lines of code were found in {crates:?}", lines.len());
    lines
}

/// rustfmt puts the end of an item at the depth of its start, which makes it easy to leave an item out.
fn code_of(path: &str, text: &str) -> Vec<Line> {
    let mut lines = Vec::new();
    let mut test_until: Option<String> = None;
    for (index, line) in text.lines().enumerate() {
        let trimmed = line.trim_start();
        let indent = &line[..line.len() - trimmed.len()];
        if trimmed.starts_with("#[cfg(test)]") {
            test_until = Some(indent.to_owned());
        } else if let Some(depth) = &test_until {
            if indent == depth && (trimmed.ends_with('}') || trimmed.ends_with(';')) {
                test_until = None;
            }
        } else if !trimmed.starts_with("//") {
            let text = trimmed.split(" // ").next().unwrap_or_default().to_owned();
            lines.push(Line { path: path.to_owned(), number: index + 1, text });
        }
    }
    lines
}

fn folders(folder: &Path) -> Vec<PathBuf> {
    let entries = fs::read_dir(folder).expect("a folder").map(|entry| entry.expect("an entry").path());
    entries.filter(|path| path.is_dir()).collect()
}

/// Complaints about all lines in which `is_bad` finds something.
fn complaints(lines: &[Line], is_bad: impl Fn(&Line) -> Option<String>) -> Vec<String> {
    let found = lines.iter().filter_map(|line| Some((line, is_bad(line)?)));
    found.map(|(line, what)| format!("{}:{}: {what}: {}", line.path, line.number, line.text)).collect()
}

const ALL: [&str; 3] = ["ropcop-syntax", "ropcop-engine", "ropcop"];

#[test]
fn only_the_syntax_crate_names_tree_sitter() {
    let names = |text: &str| text.contains("tree_sitter") || text.contains("tree-sitter");
    let mut wrong = complaints(&code(&["ropcop-engine", "ropcop"]), |line| {
        names(&line.text).then(|| "names tree-sitter".to_owned())
    });
    for manifest in ["crates/ropcop-engine/Cargo.toml", "crates/ropcop/Cargo.toml", "rules/Cargo.toml"] {
        if names(&read(&root().join(manifest))) {
            wrong.push(format!("{manifest} depends on tree-sitter"));
        }
    }
    assert!(code(&["ropcop-syntax"]).iter().any(|line| names(&line.text)), "the check looks for the wrong name");
    assert_none(&wrong);
}

/// Parts of names that belong to Azure, Entra and their libraries, lower case. They are looked for inside words.
const AZURE: [&str; 17] = [
    "azure",
    "msal",
    "adal4j",
    "azcli",
    "kusto",
    "sharepoint",
    "dataverse",
    "powerbi",
    "microsoft",
    "onmicrosoft",
    "kubelogin",
    "service-principal",
    "serviceprincipal",
    "service_principal",
    "usernamepassword",
    "username_password",
    "az login",
];

/// The same for words that are also parts of other words; they are compared with whole words.
const AZURE_WORDS: [&str; 5] = ["az", "aad", "adal", "entra", "ropc"];

/// Where such a name may stand, and why.
const ALLOWED: [(&str, &str, &str); 7] = [
    // The systems that run pipelines have names. They decide about the migration to offer.
    ("crates/ropcop-syntax/src/fact/host.rs", "azure", "AzurePipelines"),
    ("crates/ropcop-engine/src/place.rs", "azure", "Host::AzurePipelines => Place::AzurePipelines,"),
    ("crates/ropcop-engine/src/rule/mod.rs", "azure", "AzurePipelines,"),
    // The extension of the Azure CLI Tools for Visual Studio Code: it says that a file is a shell script.
    ("crates/ropcop-syntax/src/language/table.rs", "azcli", "\"azcli\""),
    ("crates/ropcop/src/report/rules.rs", "azure", "Place::AzurePipelines =>"),
    // Sentences for people: what the impact `blocked` means, and what it means that the service is not known.
    ("crates/ropcop/src/report/rules.rs", "azure", "Impact::Blocked => \"Azure itself refuses changes"),
    ("crates/ropcop/src/report/rules.rs", "azure", "\"if it manages Azure resources, "),
];

/// The tables of hosts: which key of which file holds which language. Names of hosts are their business.
const HOSTS: &str = "crates/ropcop-syntax/src/host";

/// The vocabulary of the rule format: services that a rule can name as the target of a token. They decide nothing.
const TARGETS: &str = "crates/ropcop-engine/src/rule/mod.rs";

#[test]
fn no_code_knows_a_sign_in() {
    let lines = code(&ALL);
    let is_allowed = |line: &Line, name: &str| {
        let listed = ALLOWED.iter().any(|(path, n, text)| line.path == *path && name == *n && line.text.contains(text));
        listed || line.path.starts_with(HOSTS) || (line.path == TARGETS && is_target(&line.text))
    };
    let wrong = complaints(&lines, |line| {
        let name = azure_name(&line.text).filter(|name| !is_allowed(line, name))?;
        Some(format!("knows `{name}`"))
    });
    assert_none(&wrong);
    for (path, name, text) in ALLOWED {
        let is_used = lines.iter().any(|line| line.path == path && line.text.contains(text));
        assert!(is_used, "`{name}` is allowed in {path} and no longer there");
    }
}

fn azure_name(text: &str) -> Option<&'static str> {
    let lower = text.to_lowercase();
    let words: Vec<&str> = lower.split(|c: char| !c.is_ascii_alphanumeric()).collect();
    let part = AZURE.into_iter().find(|part| lower.contains(part));
    part.or_else(|| AZURE_WORDS.into_iter().find(|word| words.contains(word)))
}

/// A variant of `Target`, or the name of one: `Kusto,`, `Self::Kusto => "kusto",`.
fn is_target(text: &str) -> bool {
    let is_name = |name: &str| name.chars().all(|c| c.is_ascii_alphabetic());
    match text.trim_end_matches(',').split_once(" => ") {
        Some((variant, name)) => variant.strip_prefix("Self::").is_some_and(is_name) && is_name(name.trim_matches('"')),
        None => is_name(text.trim_end_matches(',')),
    }
}

#[test]
fn syntax_and_engine_touch_nothing_outside() {
    let modules = ["fs", "net", "env", "process", "io", "time", "thread"];
    let macros = ["println!", "eprintln!", "print!", "eprint!", "dbg!"];
    let wrong = complaints(&code(&["ropcop-syntax", "ropcop-engine"]), |line| {
        let from_std = line.text.split("std::").skip(1).find_map(|path| {
            // `std::fs::read`, `use std::{env, fs};`
            let names = path.strip_prefix('{').map_or(path, |list| list.split('}').next().unwrap_or(list));
            let count = if path.starts_with('{') { usize::MAX } else { 1 };
            let mut words = names.split(|c: char| !c.is_ascii_alphanumeric() && c != '_').take(count);
            words.find(|word| modules.contains(word)).map(|word| format!("uses std::{word}"))
        });
        let prints = || macros.iter().find(|name| line.text.contains(*name)).map(|name| format!("uses {name}"));
        from_std.or_else(prints)
    });
    assert_none(&wrong);
}

#[test]
fn only_the_report_serialises() {
    let ways = ["serde_json::to_", "serde_json::json!", "serde_sarif", "Serialize", "SerializeStruct"];
    let lines = code(&ALL);
    let writes = |line: &Line| ways.iter().find(|way| line.text.replace("Deserialize", "").contains(*way)).copied();
    let (report, others): (Vec<Line>, Vec<Line>) =
        lines.into_iter().partition(|line| line.path.starts_with("crates/ropcop/src/report"));
    assert!(report.iter().any(|line| writes(line).is_some()), "the check looks for the wrong names");
    assert_none(&complaints(&others, |line| writes(line).map(|way| format!("names {way}"))));
}

#[test]
fn there_is_no_global_state_and_nothing_asynchronous() {
    let wrong = complaints(&code(&ALL), |line| {
        let text = line.text.trim_start_matches("pub").trim_start_matches("(crate)").trim_start();
        // A regular expression that is compiled once holds no state, nor does a list of words that is split once.
        let made_once = [": LazyLock<Regex> =", ": List ="].iter().any(|kind| text.contains(kind));
        let is_static = text.starts_with("static ") && !made_once;
        let is_global = is_static || text.starts_with("thread_local!") || text.starts_with("lazy_static!");
        let is_async = text.contains("async fn") || text.contains(".await");
        (is_global || is_async).then(|| "is global or asynchronous".to_owned())
    });
    assert_none(&wrong);
}

#[test]
fn no_match_over_languages_has_an_arm_for_the_rest() {
    let mut arms = 0;
    let mut wrong = Vec::new();
    for file in ALL.iter().flat_map(|name| files(&root().join("crates").join(name).join("src"))) {
        let text = read(&file);
        arms += text.lines().filter(|line| is_arm(line)).count();
        wrong.extend(rests(&text).into_iter().map(|number| format!("{}:{number}", relative(&file))));
    }
    assert!(arms > 40, "only {arms} arms for languages were found");
    assert_none(&wrong);
}

#[test]
fn an_arm_for_the_rest_of_the_languages_is_found_in_all_its_forms() {
    for rest in ["_ => 2,", "_ if odd => 2,", "language => 2,", "other if odd => 2,"] {
        let text =
            format!("match it {{\n    Language::Go\n    | Language::Java => {{\n        1\n    }}\n    {rest}\n}}");
        assert_eq!(rests(&text), [6], "{text}");
    }
    assert_eq!(rests("if matches!(it, Language::Go | Language::Java) {"), [1]);
    let nested =
        "match it {\n    Language::Go => match name {\n        \"a\" => 1,\n        _ => 2,\n    },\n}\n_ => 3,";
    assert_eq!(rests(nested), []);
}

fn is_arm(line: &str) -> bool {
    let line = line.trim_start();
    let pattern = line.split("=>").next().unwrap_or_default().trim_end();
    let is_pattern =
        pattern.split(" | ").all(|part| part.starts_with("Language::") || part.starts_with("| Language::"));
    is_pattern && (line.contains("=>") || !line.contains([',', ';', '(']))
}

/// Lines that speak of all languages that are not named.
fn rests(text: &str) -> Vec<usize> {
    let lines: Vec<&str> = text.lines().collect();
    let indent = |line: &str| line.len() - line.trim_start().len();
    let takes_all = |line: &str| {
        let pattern = line.split("=>").next().unwrap_or_default().split(" if ").next().unwrap_or_default().trim();
        line.contains("=>") && !pattern.is_empty() && pattern.chars().all(|c| c.is_ascii_lowercase() || c == '_')
    };
    let mut found = BTreeSet::new();
    for (index, line) in lines.iter().enumerate() {
        if line.contains("matches!(") && line.contains(", Language::") {
            found.insert(index + 1);
        }
        if !is_arm(line) {
            continue;
        }
        let inside = lines
            .iter()
            .enumerate()
            .skip(index + 1)
            .take_while(|(_, other)| other.trim().is_empty() || indent(other) >= indent(line));
        let beside = inside.filter(|(_, other)| indent(other) == indent(line) && takes_all(other));
        found.extend(beside.map(|(index, _)| index + 1));
    }
    found.into_iter().collect()
}

#[test]
fn every_crate_takes_the_lints_of_the_workspace() {
    let workspace = read(&root().join("Cargo.toml"));
    assert!(workspace.contains("unsafe_code = \"forbid\""), "the workspace no longer forbids unsafe code");
    for name in ["crates/ropcop-syntax", "crates/ropcop-engine", "crates/ropcop", "rules"] {
        let manifest = read(&root().join(name).join("Cargo.toml"));
        assert!(manifest.contains("[lints]\nworkspace = true"), "{name} has lints of its own");
    }
}

#[test]
fn continuous_integration_runs_what_a_contributor_runs_on_three_systems() {
    let workflow = read(&root().join(".github/workflows/ci.yml"));
    assert!(workflow.lines().any(|line| line.trim() == "- run: .ci/run"), "the workflow has steps of its own");
    for system in ["ubuntu", "macos", "windows"] {
        assert!(workflow.contains(&format!("{system}-latest")), "{system} is missing");
    }
    assert!(!workflow.contains("cargo "), "what is run belongs into .ci/run");
}

#[test]
fn there_is_no_second_way_to_run_things() {
    for name in ["Makefile", "justfile", "Justfile", "Taskfile.yml", "xtask", "rust-toolchain", "rust-toolchain.toml"] {
        assert!(!root().join(name).exists(), "{name}: `cargo test` and .ci/run are the two ways");
    }
}
