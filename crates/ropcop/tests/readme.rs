//! The README's commands work, and its picture shows what the program prints.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../..")
}

/// Runs ropcop in the root of the repository, as a reader would.
fn ropcop(args: &[&str]) -> Output {
    ropcop_in(&root(), args)
}

fn ropcop_in(folder: &Path, args: &[&str]) -> Output {
    let mut command = Command::new(env!("CARGO_BIN_EXE_ropcop"));
    command.args(args).current_dir(folder);
    for variable in ["NO_COLOR", "CLICOLOR", "CLICOLOR_FORCE", "COLUMNS", "CI"] {
        command.env_remove(variable);
    }
    command.output().expect("ropcop starts")
}

/// Commands in the `console` blocks of a document.
fn commands(document: &str) -> Vec<String> {
    let text = fs::read_to_string(root().join(document)).expect("the document");
    let mut found = Vec::new();
    let mut in_console = false;
    for line in text.lines() {
        if let Some(language) = line.trim().strip_prefix("```") {
            in_console = language == "console";
        } else if let Some(command) = line.trim().strip_prefix("$ ").filter(|_| in_console) {
            found.push(command.to_owned());
        }
    }
    found
}

#[test]
fn every_command_of_the_documents_works() {
    let mut run = 0;
    for document in ["README.md", "CONTRIBUTING.md"] {
        for command in commands(document) {
            let words: Vec<&str> = command.split_whitespace().collect();
            let args = match &words[..] {
                ["ropcop", args @ ..] | ["cargo", "run", "--release", "--", args @ ..] => args,
                // The rest is what this test is part of, or takes as long as it.
                ["cargo", "test", "--workspace"] | ["ROPCOP_BLESS=1", "cargo", "test", "--workspace"] => continue,
                ["cargo", "install", "--locked", "--path", "crates/ropcop"] => {
                    assert!(root().join("crates/ropcop/Cargo.toml").exists());
                    continue;
                }
                _ => panic!("{document}: what does `{command}` do?"),
            };
            let folder = tempfile::tempdir().expect("a folder for reports");
            let report = folder.path().join("report").display().to_string();
            // A report does not belong into the source tree.
            let args: Vec<&str> =
                args.iter().map(|word| if *word == "ropcop.sarif" { &report } else { *word }).collect();
            let output = ropcop(&args);
            // The repository scans itself here, and its examples are there to be found.
            let expected = if args[0] == "scan" { 1 } else { 0 };
            let errors = String::from_utf8_lossy(&output.stderr);
            assert_eq!(output.status.code(), Some(expected), "{document}: `{command}`: {errors}");
            assert!(!output.stdout.is_empty() || Path::new(&report).exists(), "{document}: `{command}` says nothing");
            run += 1;
        }
    }
    assert!(run >= 5, "only {run} commands were found");
}

#[test]
fn the_readme_names_rules_that_exist() {
    let list = String::from_utf8(ropcop(&["rules"]).stdout).expect("text");
    let known: Vec<&str> = list.lines().filter_map(|line| line.split_whitespace().next()).collect();
    let readme = fs::read_to_string(root().join("README.md")).expect("the README");
    let mut named = Vec::new();
    for (mark, end) in [("ignore[", ']'), ("ropcop explain ", '\n')] {
        named.extend(readme.split(mark).skip(1).filter_map(|rest| rest.split(end).next()).filter(|id| *id != "…"));
    }
    assert!(named.len() >= 2, "{named:?}");
    for id in named {
        assert!(known.contains(&id), "the README names the rule {id}, which does not exist");
    }
}

#[test]
fn the_finding_in_two_files_is_what_the_program_prints() {
    let readme = fs::read_to_string(root().join("README.md")).expect("the README");
    let shown = readme.split("```text\n").nth(1).and_then(|rest| rest.split("```").next()).expect("a text");
    let printed = String::from_utf8(ropcop(&["scan", "examples/shop"]).stdout).expect("text");
    assert!(printed.contains(shown), "{shown}\nis not in\n{printed}");
}

#[test]
fn the_picture_shows_what_the_program_prints() {
    let output = ropcop_in(&root().join("examples/scripts"), &["--color", "always", "scan", "deploy.sh", "lab.sh"]);
    let text = String::from_utf8(output.stdout).expect("text");
    let prompt = "\u{1b}[1m$\u{1b}[0m ropcop scan deploy.sh lab.sh\n\n";
    let svg = anstyle_svg::Term::new().render_svg(&format!("{prompt}{text}"));
    let path = root().join("docs/terminal.svg");
    if std::env::var_os("ROPCOP_BLESS").is_some() {
        fs::write(&path, svg).expect("the picture can be written");
        return;
    }
    let drawn = fs::read_to_string(&path).unwrap_or_default().replace("\r\n", "\n");
    assert!(drawn == svg, "docs/terminal.svg is not up to date; run this test with ROPCOP_BLESS=1");
}
