//! Which rows of the catalogue of sign-ins the rules cover, by which example, and why not the others.
//!
//! `docs/coverage.md` is made from the `covers` of the rules and from `tests/coverage.toml`. After a change:
//! `ROPCOP_BLESS=1 cargo test -p ropcop-rules`.

use std::collections::BTreeMap;
use std::fmt::Write;
use std::path::{Path, PathBuf};
use std::{env, fs};

use serde::Deserialize;

/// What matters here of a rule file.
#[derive(Deserialize)]
struct Rule {
    #[serde(default)]
    covers: BTreeMap<String, String>,
    bad: Vec<BTreeMap<String, String>>,
}

/// `tests/coverage.toml`.
#[derive(Deserialize)]
struct Uncovered {
    rows: BTreeMap<String, String>,
}

/// What is known of one row.
#[derive(Default)]
struct Row {
    rules: Vec<String>,
    reason: Option<String>,
}

fn workspace(path: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("..").join(path)
}

fn read(path: &str) -> String {
    fs::read_to_string(workspace(path)).unwrap_or_else(|error| panic!("{path}: {error}"))
}

fn order() -> Vec<String> {
    read("tests/catalogue-rows.txt").lines().map(str::to_owned).collect()
}

/// All rows with what is known of them, and the mistakes that were made on the way.
fn rows() -> (BTreeMap<String, Row>, Vec<String>) {
    let mut rows: BTreeMap<String, Row> = order().into_iter().map(|id| (id, Row::default())).collect();
    let mut mistakes = Vec::new();
    for (path, text) in ropcop_rules::FILES.iter().filter(|(path, _)| !path.contains('/')) {
        let rule: Rule = toml::from_str(text).unwrap_or_else(|error| panic!("{path}: {error}"));
        for (id, case) in rule.covers {
            if !rule.bad.iter().any(|example| example.contains_key(&case)) {
                mistakes.push(format!("{path} shows `{id}` in `{case}`, which is no bad example of it"));
            }
            match rows.get_mut(&id) {
                Some(row) => row.rules.push(path.trim_end_matches(".toml").to_owned()),
                None => mistakes.push(format!("{path} covers `{id}`, which is no line of tests/catalogue-rows.txt")),
            }
        }
    }
    let uncovered: Uncovered = toml::from_str(&read("tests/coverage.toml")).expect("tests/coverage.toml");
    for (id, reason) in uncovered.rows {
        match rows.get_mut(&id) {
            Some(row) => row.reason = Some(reason),
            None => mistakes.push(format!("tests/coverage.toml: `{id}` is no line of tests/catalogue-rows.txt")),
        }
    }
    (rows, mistakes)
}

#[test]
fn every_row_is_covered_or_has_a_reason() {
    let (rows, mut mistakes) = rows();
    for (id, row) in &rows {
        match (row.rules.is_empty(), &row.reason) {
            (true, None) => mistakes.push(format!("`{id}` has neither a rule nor a reason in tests/coverage.toml")),
            (false, Some(_)) => mistakes.push(format!("`{id}` has a reason, but {} covers it", row.rules.join(", "))),
            _ => {}
        }
    }
    assert!(mistakes.is_empty(), "{}", mistakes.join("\n"));
}

#[test]
fn the_document_says_what_the_rules_cover() {
    let (rows, _) = rows();
    let expected = document(&order(), &rows);
    if env::var_os("ROPCOP_BLESS").is_some() {
        fs::write(workspace("docs/coverage.md"), &expected).expect("docs/ can be written");
    }
    assert!(
        read("docs/coverage.md").replace("\r\n", "\n") == expected,
        "docs/coverage.md is out of date: ROPCOP_BLESS=1 cargo test -p ropcop-rules"
    );
}

fn document(order: &[String], rows: &BTreeMap<String, Row>) -> String {
    let covered = rows.values().filter(|row| !row.rules.is_empty()).count();
    let mut text = format!(
        "<!-- Written by rules/tests/coverage.rs; change the rules or tests/coverage.toml instead. -->\n\n# Coverage\n\n\
         Every way to sign a user in to Azure with a password that is known to this project has a row: those of program\n\
         libraries by language (`py-`, `js-`, `cs-`, `go-`, `java-`, others), those of hosts by kind (`SH` shell, `PX` programs\n\
         that start a command, `PS` and `PM` PowerShell, `HT` token requests, `EN` environment, `CI` pipelines, `CT` containers,\n\
         `IC` infrastructure as code, `SQ` SQL, `PP` Power Platform, `OT` other tools), then version pins (`VP`) and hygiene of\n\
         service principals (`HY`). Rules cover {covered} of {} rows.\n\n| row | rule, or why there is none |\n| --- | --- |\n",
        rows.len(),
    );
    for id in order {
        let row = &rows[id];
        let rules: Vec<String> = row.rules.iter().map(|rule| format!("[`{rule}`](../rules/{rule}.toml)")).collect();
        let what = if rules.is_empty() { row.reason.clone().unwrap_or_default() } else { rules.join(", ") };
        writeln!(text, "| `{id}` | {what} |").expect("a string takes everything");
    }
    text
}
