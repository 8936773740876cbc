//! What is found by looking at more than one file: which use is shown, how sure it is, and what is said.

mod repository;

use std::collections::BTreeMap;

use repository::Scanner;
use ropcop_engine::{Confidence, Finding};

const PAIR: &str = "AZURE_CLIENT_ID=c\nAZURE_USERNAME=u\nAZURE_PASSWORD=p\n";
const READER: &str = "from azure.identity import DefaultAzureCredential\ncredential = DefaultAzureCredential()\n";
const COMPOSE: &str = "services:\n  web:\n    build: ./services/web\n  stock:\n    build: ./services/stock\n    environment:\n      \
                       AZURE_CLIENT_ID: c\n      AZURE_USERNAME: u\n      AZURE_PASSWORD: p\n";

/// The finding of the pair in a repository; `files` are path and text.
fn pair(files: &[(&str, &str)]) -> Option<Finding> {
    let repository: BTreeMap<String, String> =
        files.iter().map(|(path, text)| ((*path).to_owned(), (*text).to_owned())).collect();
    let found = Scanner::new().findings(&repository);
    found.into_iter().find(|finding| &*finding.rule == "azure-identity-environment-password")
}

/// The files of the uses that are shown, in order.
fn shown(finding: &Finding) -> Vec<&str> {
    let uses = finding.related.iter().filter(|related| related.label.starts_with("reads"));
    uses.map(|related| &*related.path).collect()
}

#[test]
fn the_nearest_use_comes_first_and_distance_makes_it_less_sure() {
    for (files, expected, confidence) in [
        (
            &[("a/.env", PAIR), ("a/app.py", READER), ("b/app.py", READER)][..],
            &["a/app.py", "b/app.py"][..],
            Confidence::High,
        ),
        (&[("a/b/c.env", PAIR), ("a/x.py", READER), ("z.py", READER)], &["a/x.py", "z.py"], Confidence::High),
        (&[("deploy/prod.env", PAIR), ("src/app.py", READER)], &["src/app.py"], Confidence::Medium),
        // One project, whatever its folders are called.
        (
            &[("deploy/prod.env", PAIR), ("src/app.py", READER), ("pyproject.toml", "[project]\nname = 'x'\n")],
            &["src/app.py"],
            Confidence::High,
        ),
        (
            &[("a/prod.env", PAIR), ("b/app.py", READER), ("a/package.json", "{}"), ("b/setup.py", "")],
            &["b/app.py"],
            Confidence::Medium,
        ),
        // The service names the folder of its program.
        (
            &[("compose.yaml", COMPOSE), ("services/stock/app.py", READER), ("services/a/app.py", READER)],
            &["services/stock/app.py", "services/a/app.py"],
            Confidence::High,
        ),
    ] {
        let finding = pair(files).expect("a finding");
        assert_eq!(shown(&finding), expected, "{files:?}");
        assert_eq!(finding.confidence, confidence, "{files:?}");
        let told = format!("; {} reads them with `DefaultAzureCredential`", expected[0]);
        assert!(finding.message.ends_with(&told), "{}", finding.message);
    }
}

#[test]
fn the_way_goes_from_the_variables_over_the_password_to_the_nearest_use() {
    let finding = pair(&[("a/.env", PAIR), ("a/app.py", READER), ("a/b/app.py", READER)]).expect("a finding");
    let labels: Vec<&str> = finding.related.iter().map(|related| related.label.as_str()).collect();
    let reads = "reads them with `DefaultAzureCredential`";
    assert_eq!(labels, ["`AZURE_USERNAME` is set here", "`AZURE_CLIENT_ID` is set here", reads, reads]);
    assert_eq!(finding.flow, [0, 1, Finding::OWN, 2]);
}

#[test]
fn of_many_uses_a_few_are_shown() {
    let readers: Vec<(String, &str)> = (0..50).map(|number| (format!("a/app{number:02}.py"), READER)).collect();
    let mut files: Vec<(&str, &str)> = readers.iter().map(|(path, text)| (path.as_str(), *text)).collect();
    files.push(("a/.env", PAIR));
    let finding = pair(&files).expect("a finding");
    assert_eq!(shown(&finding), ["a/app00.py", "a/app01.py", "a/app02.py", "a/app03.py"]);
}

#[test]
fn without_a_use_there_is_nothing() {
    assert!(pair(&[("a/.env", PAIR), ("a/app.py", "print('hello')\n")]).is_none());
}
