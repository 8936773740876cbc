//! The repositories in `examples` are what they say: after a comment `Broken` there is a finding, after a comment
//! `Exempt` there is none, and the table in each `README.md` agrees.

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

/// Says of the lines below it whether there is something to find.
struct Marker {
    line: usize,
    broken: bool,
}

fn examples() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../../examples")
}

fn files(folder: &Path) -> Vec<PathBuf> {
    let entries = fs::read_dir(folder).expect("a folder").map(|entry| entry.expect("an entry").path());
    entries.flat_map(|path| if path.is_dir() { files(&path) } else { vec![path] }).collect()
}

fn markers(text: &str) -> Vec<Marker> {
    let mut found = Vec::new();
    for (index, line) in text.lines().enumerate() {
        // In a notebook, each line is a text.
        let comment = line.trim_start();
        let comment = comment.strip_prefix("\"#").map_or(comment, |_| &comment[1..]);
        let Some(text) = ["#", "///", "//", "/**", "\"\"\"", "rem "].iter().find_map(|mark| comment.strip_prefix(mark))
        else {
            continue;
        };
        let text = text.trim_start();
        if text.starts_with("Broken") || text.starts_with("Exempt") {
            found.push(Marker { line: index + 1, broken: text.starts_with("Broken") });
        }
    }
    found
}

/// Path below `examples` and line of every finding, from the report with one line per finding.
fn findings() -> Vec<(String, usize)> {
    let mut command = Command::new(env!("CARGO_BIN_EXE_ropcop"));
    let output = command.args(["scan", "--format", "compact", "--quiet"]).current_dir(examples()).output();
    let text = String::from_utf8(output.expect("ropcop starts").stdout).expect("text");
    let finding = |line: &str| {
        let mut parts = line.split(':');
        Some((parts.next()?.to_owned(), parts.next()?.parse().ok()?))
    };
    text.lines().filter_map(finding).collect()
}

#[test]
fn findings_are_where_the_comments_say() {
    let findings = findings();
    let mut wrong = Vec::new();
    let mut broken = 0;
    for file in files(&examples()) {
        let path = file.strip_prefix(examples()).expect("below").to_string_lossy().replace('\\', "/");
        let markers = markers(&fs::read_to_string(&file).expect("text"));
        let here: Vec<usize> = findings.iter().filter(|(found, _)| *found == path).map(|(_, line)| *line).collect();
        for line in &here {
            let marker = markers.iter().rev().find(|marker| marker.line <= *line);
            if !marker.is_some_and(|marker| marker.broken) {
                wrong.push(format!("{path}:{line} is found, and should not be"));
            }
        }
        for (index, marker) in markers.iter().enumerate().filter(|(_, marker)| marker.broken) {
            let end = markers.get(index + 1).map_or(usize::MAX, |next| next.line);
            broken += 1;
            if !here.iter().any(|line| (marker.line..end).contains(line)) {
                wrong.push(format!("{path}:{} is not found", marker.line + 1));
            }
        }
    }
    assert!(broken > 20, "only {broken} comments say `Broken`");
    assert!(wrong.is_empty(), "\n{}\n", wrong.join("\n"));
}

#[test]
fn the_table_of_each_example_agrees_with_its_comments() {
    for example in fs::read_dir(examples()).expect("a folder").map(|entry| entry.expect("an entry").path()) {
        let readme = fs::read_to_string(example.join("README.md")).expect("a README");
        let rows = readme.lines().filter(|line| line.starts_with("| `")).map(|line| {
            let cells: Vec<&str> = line.trim_matches('|').split('|').map(str::trim).collect();
            (cells[0].trim_matches('`').to_owned(), cells[cells.len() - 1] == "broken")
        });
        let rows: BTreeSet<(String, bool)> = rows.collect();
        let names: BTreeSet<String> = rows.iter().map(|(name, _)| name.clone()).collect();
        let mut marked = BTreeSet::new();
        for file in files(&example) {
            let path = file.strip_prefix(&example).expect("below").to_string_lossy().replace('\\', "/");
            // A table may leave the folder out if it says so.
            let name = names.iter().find(|name| path.ends_with(*name)).cloned().unwrap_or(path);
            let found = markers(&fs::read_to_string(&file).expect("text"));
            marked.extend(found.iter().map(|marker| (name.clone(), marker.broken)));
        }
        assert_eq!(rows, marked, "{}", example.display());
    }
}
