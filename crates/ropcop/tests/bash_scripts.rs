//! Shell scripts and what bash itself makes of them: whether the Azure CLI is asked to sign a user in with a password.
//!
//! Each row of `tests/truth/bash-scripts.jsonl` was run by bash with a stand-in for the CLI, whose words were judged by the
//! CLI's own parser.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::Path;

use serde_json::Value;

/// Rules about a user's sign-in with the Azure CLI.
const RULES: [&str; 3] = ["az-login-password", "az-login-prompt", "az-login-missing-service-principal"];

struct Row {
    kind: String,
    signs_in: bool,
    files: BTreeMap<String, String>,
}

fn rows() -> Vec<Row> {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../tests/truth/bash-scripts.jsonl");
    let text = fs::read_to_string(path).expect("the table exists");
    let row = |line: &str| {
        let row: Value = serde_json::from_str(line).expect("a row is JSON");
        let files = row["files"].as_object().expect("a row has files");
        let files = files.iter().map(|(name, text)| (name.clone(), text.as_str().unwrap_or_default().to_owned()));
        Row {
            kind: row["kind"].as_str().unwrap_or_default().to_owned(),
            signs_in: row["signs-in"].as_bool().expect("a row has a verdict"),
            files: files.collect(),
        }
    };
    text.lines().map(row).collect()
}

/// The numbers of the rows in which a sign-in is found.
fn found(rows: &[Row]) -> BTreeSet<usize> {
    let folder = tempfile::tempdir().expect("a folder");
    for (number, row) in rows.iter().enumerate() {
        for (name, text) in &row.files {
            let path = folder.path().join(number.to_string()).join(name);
            fs::create_dir_all(path.parent().expect("a file is in a folder")).expect("a folder");
            fs::write(path, text).expect("a file");
        }
    }
    let (mut out, mut err) = (Vec::new(), Vec::new());
    let mut streams = ropcop::Streams { out: &mut out, err: &mut err, out_is_terminal: false, err_is_terminal: false };
    let path = folder.path().to_string_lossy();
    ropcop::run(["ropcop", "scan", "--no-ignore", "--format", "json", &path], &mut streams);
    let report: Value = serde_json::from_slice(&out).expect("the report is JSON");
    let findings = report["findings"].as_array().expect("a report has findings");
    let ours = findings.iter().filter(|finding| RULES.contains(&finding["rule"].as_str().unwrap_or_default()));
    let number = |finding: &Value| {
        let path = finding["path"].as_str()?;
        path.rsplit('/').find_map(|part| part.parse().ok())
    };
    ours.filter_map(number).collect()
}

#[test]
fn scripts_sign_in_where_bash_does() {
    let rows = rows();
    assert!(rows.len() > 250 && rows.iter().any(|row| !row.signs_in), "the table is whole");
    let found = found(&rows);
    let wrong: Vec<String> = rows
        .iter()
        .enumerate()
        .filter(|(number, row)| found.contains(number) != row.signs_in)
        .map(|(number, row)| format!("row {}: {} (signs in: {})", number + 1, row.kind, row.signs_in))
        .collect();
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}
