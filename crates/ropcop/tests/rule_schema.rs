//! The schema of rule files, with which an editor helps whoever writes one.

// A test may fail where it stands.
#![allow(clippy::unwrap_used)]

use jsonschema::Validator;
use serde_json::Value;

fn schema() -> Validator {
    let path = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("../../schema/rule.schema.json");
    let schema: Value = serde_json::from_str(&std::fs::read_to_string(path).unwrap()).unwrap();
    jsonschema::validator_for(&schema).unwrap()
}

/// What is wrong with a rule file.
fn mistakes(schema: &Validator, text: &str) -> Vec<String> {
    let file: Value = toml::from_str(text).unwrap();
    schema.iter_errors(&file).map(|error| error.to_string()).collect()
}

fn rule(matches: &str) -> String {
    let start = "summary = 's'\nseverity = 'note'\nimpact = 'hygiene'\nwhy = 'w'\nfix = 'f'\nlinks = []\n";
    format!("{start}{matches}\n[[bad]]\nf = ''\n[[good]]\nf = ''\n")
}

#[test]
fn the_built_in_rules_have_the_shape_that_the_schema_says() {
    let schema = schema();
    for (path, text) in ropcop_rules::FILES.iter().filter(|(path, _)| !path.contains('/')) {
        assert_eq!(mistakes(&schema, text), [""; 0], "{path}");
    }
}

#[test]
fn the_schema_takes_what_matches_share() {
    let schema = schema();
    for matches in [
        "[[match.call]]\npath = ['a.b']\nany = [{ arity = 2 }, 'x']\n[when.call]\nx = { arity = [3, 4] }",
        "[[match.record]]\nat = 'a'\nunless = ['x', { with = ['b'] }]\n[common.record]\nkind = ['text']\n[when.record]\n\
         x = [{ present = ['c'] }, 'y']\ny = { key.a = { present = true } }",
        "[[match.command]]\nname = 'a'\nwhen = ['x']\n[when.command]\nx = { with = ['-a'] }",
    ] {
        assert_eq!(mistakes(&schema, &rule(matches)), [""; 0], "{matches}");
    }
}

#[test]
fn the_schema_refuses_a_key_of_another_kind_wherever_it_stands() {
    let schema = schema();
    let call = "[[match.call]]\npath = ['a.b']\n";
    let command = "[[match.command]]\nname = 'a'\n";
    let record = "[[match.record]]\nkind = ['text']\nat = 'a'\n";
    for matches in [
        format!("{call}with = ['a']"),
        format!("{call}unless-option.a = {{}}"),
        format!("{call}any = [{{ key.a = {{}} }}]"),
        format!("{call}unless = [{{ near = ['a'] }}]"),
        format!("{call}[common.call]\nat = 'a'"),
        format!("{command}arg.a = {{}}"),
        format!("{command}key.a = {{}}"),
        format!("{command}[when.command]\nx = {{ arity = 2 }}"),
        format!("{record}arity = 2"),
        format!("{record}option.a = {{}}"),
        format!("{record}unless = [{{ arg.a = {{}} }}]"),
        format!("{record}[when.record]\nx = [{{ path = [] }}]"),
        "[[match]]\ncall = ['a.b']".to_owned(),
        "[[match.calls]]\npath = ['a.b']".to_owned(),
    ] {
        assert_ne!(mistakes(&schema, &rule(&matches)), [""; 0], "{matches}");
    }
}
