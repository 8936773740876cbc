//! The command grammar of `az login` against what the real Azure CLI did with 3,000 command lines.

// A test may fail where it stands.
#![allow(clippy::unwrap_used)]

use std::fs;
use std::path::Path;
use std::sync::LazyLock;

use regex::Regex;
use ropcop_engine::{Grammar, Parsed};
use ropcop_syntax::{Part, Source, Span, Word, extract};

fn repository(path: &str) -> String {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../..").join(path);
    fs::read_to_string(&path).unwrap_or_else(|error| panic!("{}: {error}", path.display()))
}

fn grammar() -> Grammar {
    Grammar::from_toml(&repository("rules/commands/az-login.toml")).unwrap()
}

static APP: LazyLock<Regex> = LazyLock::new(|| Regex::new("(?i)client_?id|app_?id|spn").unwrap());
static GUID: LazyLock<Regex> =
    LazyLock::new(|| Regex::new("^\\s*[0-9a-fA-F]{8}(-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}$").unwrap());
static UNKNOWN: LazyLock<Regex> = LazyLock::new(|| Regex::new(r"\$(\w+|\([^)]*\))").unwrap());

/// The decision table of the catalogue, on top of what the grammar says.
fn verdict(parsed: &Parsed) -> &'static str {
    let has = |name| parsed.filled(name);
    let looks_like_app = || {
        let Some(user) = parsed.value("--username") else { return false };
        user.text().is_some_and(|text| GUID.is_match(&text))
            || user.parts.iter().any(|part| matches!(part, Part::Variable(name) if APP.is_match(name)))
    };
    if parsed.help {
        "help"
    } else if parsed.refused.is_some() {
        "error"
    } else if has("--identity") {
        "identity"
    } else if has("--service-principal") {
        "service-principal"
    } else if !has("--username") {
        "interactive"
    } else if has("--federated-token") || has("--certificate") || looks_like_app() {
        "user-missing-sp"
    } else if has("--password") {
        "user-password"
    } else {
        "user-prompt"
    }
}

/// `$NAME` and `$(…)` are unknown, everything else is text.
fn word(text: &str) -> Word {
    let mut parts = Vec::new();
    let mut at = 0;
    for hit in UNKNOWN.captures_iter(text) {
        let whole = hit.get(0).unwrap();
        if whole.start() > at {
            parts.push(Part::Text(text[at..whole.start()].to_owned()));
        }
        parts.push(if hit[1].starts_with('(') { Part::Unknown } else { Part::Variable(hit[1].to_owned()) });
        at = whole.end();
    }
    if at < text.len() {
        parts.push(Part::Text(text[at..].to_owned()));
    }
    Word { parts, span: Span::new(0, text.len()), splits: false, literals: Vec::new() }
}

fn words(list: &[&str]) -> Vec<Word> {
    list.iter().map(|text| word(text)).collect()
}

fn truth() -> Vec<(String, Vec<String>, String)> {
    let unescape = |cell: &str| {
        let mut out = String::new();
        let mut chars = cell.chars();
        while let Some(c) = chars.next() {
            match (c, if c == '\\' { chars.next() } else { None }) {
                ('\\', Some('n')) => out.push('\n'),
                ('\\', Some('t')) => out.push('\t'),
                ('\\', Some(other)) => out.push(other),
                (other, _) => out.push(other),
            }
        }
        out
    };
    let table = repository("tests/truth/az-login.tsv");
    let rows = table.lines().map(|line| {
        let cells: Vec<&str> = line.split('\t').collect();
        (unescape(cells[0]), serde_json::from_str(cells[1]).unwrap(), cells[2].to_owned())
    });
    rows.collect()
}

#[test]
fn words_get_the_verdict_of_the_real_program() {
    let grammar = grammar();
    let mut wrong = Vec::new();
    let rows = truth();
    assert_eq!(rows.len(), 3000);
    for (_, list, wanted) in &rows {
        let mut argv = vec!["az"];
        argv.extend(list.iter().map(String::as_str));
        let argv = words(&argv);
        // Options before `login` are refused, unless one of them prints help.
        let got = match grammar.find(&argv) {
            Some(0) => verdict(&grammar.parse(&argv)),
            _ if list
                .iter()
                .take_while(|w| !w.eq_ignore_ascii_case("login"))
                .any(|w| w == "-h" || w.starts_with("--h")) =>
            {
                "help"
            }
            _ => "error",
        };
        if got != wanted {
            wrong.push(format!("{list:?}: {got}, not {wanted}"));
        }
    }
    assert!(wrong.is_empty(), "{} wrong:\n{}", wrong.len(), wrong[..wrong.len().min(30)].join("\n"));
}

#[test]
fn shell_lines_get_the_verdict_of_the_real_program() {
    let grammar = grammar();
    let mut wrong = Vec::new();
    for (line, list, wanted) in &truth() {
        let source = Source::detect("line.sh", line).unwrap();
        let commands = extract(&source, &|_| true).commands;
        let found: Vec<_> = commands
            .iter()
            .filter_map(|command| grammar.find(&command.words).map(|at| &command.words[at..]))
            .map(|words| (verdict(&grammar.parse(words)), words))
            .collect();
        let got = match &found[..] {
            [(verdict, _)] => verdict,
            // `az -h login`, `az --debug login`: the grammar does not call it a sign-in.
            [] if wanted == "error" || wanted == "help" => wanted.as_str(),
            [] => "nothing",
            _ => "several",
        };
        if got != wanted {
            wrong.push(format!(
                "{line}\n   {list:?}\n   {:?}\n   {got}, not {wanted}",
                found.first().map(|(_, words)| words)
            ));
        }
    }
    assert!(wrong.is_empty(), "{} wrong:\n{}", wrong.len(), wrong[..wrong.len().min(12)].join("\n"));
}

/// Every row of the table of test vectors in the catalogue.
#[test]
fn vectors() {
    let grammar = grammar();
    let table = [
        ("--user a --pass b", "user-password"),
        ("--usern a --p b", "user-password"),
        ("--user=a --pass=b", "user-password"),
        ("--u a", "error"),
        ("--us a", "error"),
        ("--use a", "error"),
        ("--se -u a -p b", "service-principal"),
        ("--service -u a -p b -t T", "service-principal"),
        ("--s -u a -p b", "error"),
        ("--sp -u a -p b", "error"),
        ("--i", "identity"),
        ("--id", "identity"),
        ("--ident", "identity"),
        ("-ua -pb", "user-password"),
        ("-u=a -p=b", "user-password"),
        ("--username=a", "user-prompt"),
        ("-pb -ua", "user-password"),
        ("-iua", "error"),
        ("-iu a", "error"),
        ("-iu=a", "error"),
        ("-i -u a", "error"),
        ("--id -u a", "error"),
        ("-i -u ''", "identity"),
        ("-u a -p b -i", "error"),
        ("--identity -p b", "error"),
        ("--identity -t T", "error"),
        ("-U a -P b", "error"),
        ("--USERNAME a", "error"),
        ("-o none -u a -p b --only-show-errors", "user-password"),
        ("-u a -p @file", "user-password"),
        ("-u a -p b -u c", "user-password"),
        ("-u ''", "interactive"),
        ("-u '' -p ''", "interactive"),
        ("-u=", "interactive"),
        ("--username=", "interactive"),
        ("-p b", "interactive"),
        ("-u a", "user-prompt"),
        ("-u a -p ''", "user-prompt"),
        ("-u a -p=", "user-prompt"),
        ("-u a -p -b", "error"),
        ("-u a -p=-b", "user-password"),
        ("-u a -p b --use-device-code", "error"),
        ("-u a --federated-token x", "user-missing-sp"),
        ("-u a --certificate x", "user-missing-sp"),
        ("--federated-token x", "interactive"),
        ("--certificate x", "interactive"),
        ("-u a -p b --federated-token ''", "user-password"),
        ("-u a --certificate=", "user-prompt"),
        ("-service-principal -u a -p b", "user-password"),
        ("-username=a -password=b", "user-password"),
        ("-p --service-principal -u a", "error"),
        ("--password=--service-principal -u a", "user-password"),
        ("'-u a' '-p b'", "user-password"),
        ("'--username a' -p b", "error"),
        ("'--username=a b' -p b", "user-password"),
        ("-u a -p -", "user-password"),
        ("-u a -p b -o xml", "error"),
        ("-u a -p b -o xml -o json", "error"),
        ("-u a -p b --use-cert-sn-issuer", "error"),
        ("-u a -p b --skip-sub", "error"),
        ("-u a -p b --skip-sub -t T -s name", "error"),
        ("-u a -p b --client-id x", "user-password"),
        ("--service-principal=true -u a -p b", "error"),
        ("--service-principal=false -u a -p b", "error"),
        ("--service-principal -u a -p b", "service-principal"),
        ("-u a -p b --service-principal", "service-principal"),
        ("--msi -u a", "error"),
        ("--identity --client-id a", "identity"),
        ("--identity --object-id a", "identity"),
        ("--identity --resource-id a", "identity"),
        ("-u a -p b -t T --allow-no-subscriptions", "user-password"),
        ("-u a -p b --subscription s", "user-password"),
        ("--scope x y -u a -p b", "user-password"),
        ("--scope=x y -u a -p b", "error"),
        ("--scope x a -p b", "interactive"),
        ("-u a -h", "help"),
        ("-hu a", "help"),
        ("–u a -p b", "error"),
        ("-u a –password b", "error"),
        ("—username a", "error"),
        // Section 1.2: how an option takes its value.
        ("-u'' a", "user-prompt"),
        ("-password b", "error"),
        ("-tenant T", "error"),
        ("-identity", "error"),
        ("-i=true", "error"),
        ("-i=otsv", "identity"),
        ("-i=", "error"),
        ("-ui", "user-prompt"),
        ("-up b", "error"),
        ("-u -p b", "error"),
        ("-u a -p --", "error"),
        ("-u a -p -1", "user-password"),
        ("-u a -p -1.5", "user-password"),
        ("-u a -p -.5", "user-password"),
        ("-u a -p -1e5", "error"),
        ("-u a -p '-x y'", "user-password"),
        ("-u a -p '--x y'", "user-password"),
        ("-u a -p '-p y'", "error"),
        ("-u a -p '-i x'", "error"),
        ("-u a -p '--tenant=x y'", "error"),
        ("-u a -p '--ten=x y'", "error"),
        ("-u a -p@file", "user-password"),
        ("-u a -p b -u ''", "interactive"),
        ("--identity=", "error"),
        ("-u a -p b -- x", "error"),
        ("-u a -p b x", "error"),
        ("-u a -p b ''", "error"),
        ("-u a --query -x", "error"),
        ("-u a --claims-challenge abc", "error"),
        ("-u a --claims-challenge e30=", "user-prompt"),
    ];
    let wrong: Vec<_> = table
        .iter()
        .filter_map(|(line, wanted)| {
            let source = Source::detect("line.sh", &format!("az login {line}\n")).unwrap();
            let commands = extract(&source, &|_| true).commands;
            let got = commands.first().map_or("nothing", |command| verdict(&grammar.parse(&command.words)));
            (got != *wanted).then(|| format!("{line}: {got}, not {wanted}"))
        })
        .collect();
    assert!(wrong.is_empty(), "{} wrong:\n{}", wrong.len(), wrong.join("\n"));
}

#[test]
fn the_program_is_found_by_its_last_part_or_behind_a_wrapper() {
    let grammar = grammar();
    let find = |list: &[&str]| grammar.find(&words(list));
    assert_eq!(find(&["az", "LOGIN"]), Some(0));
    assert_eq!(find(&["/usr/bin/az", "login"]), Some(0));
    assert_eq!(find(&["$HOME/bin/az.cmd", "login"]), Some(0));
    assert_eq!(find(&["$AZ_CMD", "login"]), Some(0));
    assert_eq!(find(&["run_az", "label", "--", "az", "login"]), Some(3));
    assert_eq!(find(&["$TOOL", "login"]), None);
    assert_eq!(find(&["az", "acr", "login"]), None);
    assert_eq!(find(&["az", "--debug", "login"]), None);
    assert_eq!(find(&["topaz", "login"]), None);
}

#[test]
fn a_word_that_may_be_anything_makes_the_result_uncertain() {
    let grammar = grammar();
    let parse = |list: &[&str]| grammar.parse(&words(list));
    assert!(parse(&["az", "login", "-u", "a", "-p", "b", "$EXTRA"]).uncertain);
    assert!(parse(&["az", "login", "-u", "a", "--$EXTRA"]).uncertain);
    assert!(!parse(&["az", "login", "-u", "$U", "-p", "$P"]).uncertain);
    assert!(parse(&["az", "login", "-u", "a", "-p", "b", "$EXTRA"]).refused.is_none());
}

#[test]
fn a_joined_value_is_told_from_its_option() {
    let parsed = grammar().parse(&words(&["az", "login", "--username=a", "-psecret"]));
    let password = parsed.value("--password").unwrap();
    assert_eq!(password.text().as_deref(), Some("secret"));
    assert_eq!(password.span, Span::new(2, 8));
}

#[test]
fn mistakes_in_a_grammar_are_told() {
    let broken = "name = 'x'\nprograms = ['x']\nstyle = 'argparse'\n[[refused]]\nwith = ['--gone']\nwhy = 'w'\n";
    assert!(Grammar::from_toml(broken).unwrap_err().contains("--gone"));
}
