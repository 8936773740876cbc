//! Which code of other languages was read in a file, and where it stands.

#![allow(clippy::unwrap_used)]

use ropcop_syntax::{Certainty, Source, extract};

/// `language: text` of each guest, from the start of the file to its end.
fn guests(path: &str, text: &str) -> Vec<String> {
    let facts = extract(&Source::detect(path, text).unwrap(), &|_| true);
    let shown = facts.guests.iter().map(|guest| {
        let certainty = if guest.certainty == Certainty::Runs { "" } else { "?" };
        format!("{}{certainty}: {}", guest.language, text[guest.span.start..guest.span.end].trim_matches(['"', '\n']))
    });
    shown.collect()
}

#[test]
fn code_in_a_file_of_another_language_is_told_with_its_place() {
    for (path, text, wanted) in [
        // A list of words is no code: no shell reads it.
        ("Dockerfile", "FROM a\nRUN tool one\nCMD [\"tool\", \"two\"]\n", vec!["shell: tool one"]),
        (".gitlab-ci.yml", "a:\n  script:\n    - tool one\n", vec!["shell: tool one"]),
        ("Makefile", "a:\n\ttool one\n", vec!["shell: tool one"]),
        ("a.md", "```python\ntool.one()\n```\n", vec!["python: tool.one()"]),
        ("a.sh", "pwsh -c 'Get-Thing one'\n", vec!["powershell: Get-Thing one"]),
        ("a.py", "import os\nos.getcwd()\n", vec![]),
    ] {
        assert_eq!(guests(path, text), wanted, "{text}");
    }
}

#[test]
fn what_holds_other_code_comes_before_it_and_makes_it_no_surer() {
    let notebook = r#"{"cells": [{"cell_type": "code", "source": ["x = 1\n", "!tool one"]}], "metadata": {}}"#;
    assert_eq!(guests("a.ipynb", notebook), [r#"python: x = 1\n", "!tool one"#, "shell: tool one"]);
}
