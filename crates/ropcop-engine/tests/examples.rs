//! The examples of every built-in rule: each `bad` one is found by its rule, no `good` one by any.

mod repository;

use std::collections::BTreeMap;

use repository::{Scanner, load, texts};
use ropcop_engine::{Confidence, RuleText, Severity};

/// What is reported of a small repository: rule, and place with message.
fn reported(scanner: &Scanner, repository: &BTreeMap<String, String>) -> Vec<(String, String)> {
    let found = scanner.findings(repository).into_iter();
    let shown = found.filter(|finding| finding.confidence >= Confidence::Medium);
    shown.map(|f| (f.rule.to_string(), format!("{}:{:?} {}", f.path, f.span, f.message))).collect()
}

fn one_file(path: &str, text: &str) -> BTreeMap<String, String> {
    BTreeMap::from([(path.to_owned(), text.to_owned())])
}

#[test]
fn examples_of_every_rule_hold() {
    let scanner = Scanner::new();
    assert!(!scanner.rules.rules.is_empty());
    let mut wrong = Vec::new();
    for rule in &scanner.rules.rules {
        for (index, example) in rule.file.bad.iter().enumerate() {
            let found = reported(&scanner, example);
            if !found.iter().any(|(id, _)| *id == *rule.id) {
                wrong.push(format!("{}: bad example {} is not found: {example:#?}", rule.id, index + 1));
            }
        }
        for (index, example) in rule.file.good.iter().enumerate() {
            let mut found = reported(&scanner, example);
            found.retain(|(id, _)| *id == *rule.id || scanner.rules.get(id).is_some_and(|rule| rule.file.default));
            if !found.is_empty() {
                wrong.push(format!("{}: good example {} gives {found:#?}: {example:#?}", rule.id, index + 1));
            }
        }
    }
    assert!(wrong.is_empty(), "{} examples do not hold:\n{}", wrong.len(), wrong.join("\n"));
}

/// A match, or an alternative of one, that no example needs may be misspelt, and nobody would know.
#[test]
fn every_match_of_every_rule_finds_an_example() {
    let files = texts();
    let (shared, rules): (Vec<RuleText>, Vec<RuleText>) =
        files.into_iter().partition(|file| file.path.contains(['/', '\\']));
    let mut idle = Vec::new();
    for file in rules {
        let load = || load(&[&shared[..], std::slice::from_ref(&file)].concat());
        let rules = load();
        let rule = &rules.rules[0];
        for (number, says) in rule.matches().enumerate() {
            let mut alone = load();
            alone.keep_match(&rule.id, number);
            let scanner = Scanner::of(alone);
            // What is never surer than a hint shows itself in examples in which nothing is reported.
            let hints = says.confidence == Some(Confidence::Low);
            let mut examples = rule.file.bad.iter().chain(rule.file.good.iter().filter(|_| hints));
            let is_found = |example: &BTreeMap<String, String>| match hints {
                true => !scanner.findings(example).is_empty(),
                false => !reported(&scanner, example).is_empty(),
            };
            if !examples.any(is_found) {
                idle.push(format!("{}: match {}", file.path, number + 1));
            }
        }
    }
    assert!(idle.is_empty(), "no example is found by\n{}", idle.join("\n"));
}

/// The result of a call has the path of the call and `()`: handing it on is not handing on the function.
#[test]
fn what_a_call_gives_back_is_no_second_finding() {
    let scanner = Scanner::new();
    let python = "import msal\napp = msal.PublicClientApplication('x')\n\
                  result = app.acquire_token_by_username_password(user, password, scopes)\nshow(result)\n";
    let go = "package p\nimport \"github.com/Azure/azure-sdk-for-go/sdk/azidentity\"\nfunc f() {\n\
              \tcred, err := azidentity.NewUsernamePasswordCredential(t, c, u, p, nil)\n\tshow(cred, err)\n}\n";
    for (path, text) in [("a.py", python), ("a.go", go)] {
        let found = reported(&scanner, &one_file(path, text));
        assert_eq!(found.len(), 1, "{found:#?}");
    }
}

/// A template's mark is masked like a password, for it may be one, but nobody is told that a password stands there.
#[test]
fn the_mark_of_a_template_is_no_password() {
    let scanner = Scanner::new();
    for (password, is_told) in
        [("$(Password)", false), ("{{ password }}", false), ("<password>", false), ("%s", false), ("a$(b", true)]
    {
        let text = format!("az login -u ops@example.org -p '{password}'\n");
        let found = reported(&scanner, &one_file("a.sh", &text));
        assert_eq!(found.len(), 1, "{password}: {found:#?}");
        assert_eq!(found[0].1.contains("written in the source"), is_told, "{password}: {found:#?}");
    }
}

#[test]
fn a_sovereign_cloud_is_worth_a_note_and_no_more() {
    let scanner = Scanner::new();
    for (path, text, cloud) in [
        ("a.ps1", "Connect-AzAccount -Environment AzureChinaCloud -Credential $c", "21Vianet"),
        ("a.ps1", "Login-AzureRmAccount -EnvironmentName:AzureUSGovernment -Credential $c", "Azure Government"),
        ("a.ps1", "Login-AzureRmAccount -EnvironmentName AzureGermanCloud -Credential $c", "Azure Germany"),
        ("a.ps1", "Login-AzureRmAccount $cred -Environment AzureChinaCloud", "21Vianet"),
        ("a.ps1", "Connect-AzAccount -Environment AzureUSGovernment -Credential (Get-Credential)", "Azure Government"),
        ("a.sh", "az cloud set --name AzureChinaCloud\naz login -u \"$U\" -p \"$P\"\n", "21Vianet"),
        ("a.sh", "az cloud set -n azureusgovernment && az login -u \"$U\" -p \"$P\"\n", "Azure Government"),
    ] {
        let found = scanner.findings(&one_file(path, text));
        let severities: Vec<Severity> = found.iter().map(|finding| finding.severity).collect();
        assert_eq!(severities, [Severity::Note], "{text}");
        assert!(found[0].message.contains(cloud), "{text}: {}", found[0].message);
    }
}

#[test]
fn a_password_that_only_shows_where_one_belongs_is_worth_a_note() {
    let scanner = Scanner::new();
    for (password, expected) in [
        ("<password>", Severity::Note),
        ("your-password", Severity::Note),
        ("Password", Severity::Note),
        ("hunter2", Severity::Warning),
    ] {
        let text = format!("CONNECTION=Server=s;Authentication=Active Directory Password;UID=u;PWD={password}\n");
        let found = scanner.findings(&one_file(".env", &text));
        let severities: Vec<Severity> = found.iter().map(|finding| finding.severity).collect();
        assert_eq!(severities, [expected], "{password}");
    }
}
