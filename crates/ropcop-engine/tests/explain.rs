//! What is said of a match that was tried on a fact: the first condition that failed.

// A test may fail where it stands.
#![allow(clippy::unwrap_used)]

use ropcop_engine::{Confidence, Fact, FileFacts, RuleText, Rules, Tried};
use ropcop_syntax::{Source, extract};

const GRAMMAR: &str = "
name = 'tool login'
programs = ['tool']
sub-commands = ['login']
style = 'argparse'
option = [
  { names = ['--user', '-u'], value = 'one' },
  { names = ['--password', '-p'], value = 'one' },
  { names = ['--service'] },
  { names = ['--help'], help = true },
]
";

/// A rule with one match.
fn rules(matches: &str) -> Rules {
    let text = |path: &str, text: &str| RuleText { path: path.to_owned(), text: text.to_owned() };
    let start = "summary = 's'\nseverity = 'note'\nimpact = 'hygiene'\nwhy = 'w'\nfix = 'f'\nlinks = []\n";
    let end = "[[bad]]\nf = ''\n[[good]]\nf = ''\n";
    let used = "does = 'uses it'\n[[match.call]]\nmethod = ['use_it']\n";
    let files = [
        text("commands/tool-login.toml", GRAMMAR),
        text("uses/reader.toml", used),
        text("demo.toml", &format!("{start}{matches}\n{end}")),
    ];
    Rules::load(&files).unwrap_or_else(|errors| panic!("{errors:#?}"))
}

fn tried(matches: &str, path: &str, text: &str) -> Vec<Tried> {
    let source = Source::detect(path, text).unwrap();
    let facts = extract(&source, &|_| true);
    let file = FileFacts { path: source.path, text: source.text, language: source.language, facts };
    rules(matches).explain(&file, &|name| name == "demo")
}

/// Checks what is said of the first fact that is a little like what the match looks for.
#[track_caller]
fn check(matches: &str, path: &str, text: &str, why: &str) {
    let tried = tried(matches, path, text);
    let first = tried.first().unwrap();
    let says = match first.matches {
        Some(confidence) => format!("{} {}", confidence.name(), first.why),
        None => first.why.clone(),
    };
    assert_eq!(says.trim(), why, "{text}: {tried:#?}");
    assert_eq!(first.line, 7, "the match begins behind the head of the rule");
}

#[test]
fn the_first_condition_of_a_call_that_failed_is_said() {
    let table = "[[match.call]]
path = ['m.open']
arity = [2, 3]
arg = { '0' = { is = ['a'] } }
unless-arg = { user = { looks-like = '^x' } }
unless = [{ arity = 3 }]
near = ['server']
not-near = ['test']
near-in = 'statement'
elsewhere = 'other'";
    for (text, why) in [
        ("import m\nm.open('a', 'server')", "high"),
        ("from m import *\nopen('a', 'server')", "high"),
        ("import n\nn.open('a', 'server')", "`n.open` has the name, but is not `m.open`"),
        ("def open(): pass\nopen('a')", "`open` has the name, but is defined in this file"),
        ("import m\nf(m.open, 'a')", "it is handed on and not called, and the match does not say `reference`"),
        ("import m\nm.open()", "it has 0 arguments, and `arity` is 2 to 3"),
        ("import m\nm.open('b', 'c')", "the argument `0` does not fulfil `{ is = [\"a\"] }`"),
        (
            "import m\nm.open('a', user='xy')",
            "the argument `user` fulfils `{ looks-like = '^x' }`, which `unless-arg` excludes",
        ),
        ("import m\nm.open('a', 'b', 'c')", "what number 1 of `unless` says holds"),
        ("import m\nm.open('a', 'b')", "in its statement stands none of `server`"),
        ("import m\nm.open('a', 'server', test=1)", "what number 1 of `unless` says holds"),
        ("import m\nm.open('a', 'server-test')", "in its statement stands `test`, which `not-near` excludes"),
        ("import m\nm.close()", "no call has the name of `m.open`"),
    ] {
        check(table, "a.py", text, why);
    }
    let by_file = table.replace("near-in = 'statement'", "near-in = 'file'").replace("not-near = ['test']\n", "");
    let why = "its statement leads elsewhere, and what is near stands further away";
    check(&by_file, "a.py", "import m\nm.open('a', 'other')\nserver = 1", why);
    check(
        "[[match.call]]\nmethod = ['open']\nfrom = ['m']",
        "a.py",
        "x.open()",
        "`x.open` has the name, but does not come from `m`",
    );
    check(
        "[[match.call]]\nlanguage = ['go']\nmethod = ['open']",
        "a.py",
        "open()",
        "it is about `go`, and this file is python",
    );
}

#[test]
fn the_first_condition_of_a_command_that_failed_is_said() {
    let table = "[[match.command]]
name = 'tool login'
with = ['--user']
with-any = ['--password', '--service']
without = ['--service']
option = { '--user' = { looks-like = '@' } }
unless-option = { '--password' = { is = ['x'] } }";
    for (text, why) in [
        ("tool login -u a@b -p c", "high"),
        ("$(which x) tool login -u a@b -p c", "medium"),
        ("tool login --help", "it asks for help, and does nothing else"),
        ("tool login --gone", "the command refuses it: `--gone` is no option of the command"),
        ("tool login -p c", "the option `--user` is not there, or is empty"),
        ("tool login -u a@b", "none of the options `--password`, `--service` is there"),
        ("tool login -u a@b --service", "the option `--service` is there, which `without` excludes"),
        ("tool login -u a -p c", "the option `--user` does not fulfil `{ looks-like = '@' }`"),
        (
            "tool login -u a@b -p x",
            "the option `--password` fulfils `{ is = [\"x\"] }`, which `unless-option` excludes",
        ),
        ("tool logout", "no command is `tool login`"),
    ] {
        check(table, "a.sh", text, why);
    }
    let prose = "x = 'please run tool login -u a@b -p c'\n";
    check(table, "a.py", prose, "the program does not stand at its start, and nothing says that it is run");
}

#[test]
fn the_first_condition_of_a_record_that_failed_is_said() {
    let table = "[[match.record]]
kind = ['environment']
at = 'A_USER'
with = ['A_USER']
with-any = ['A_PASS', 'A_KEY']
without = ['A_OFF']
present = ['A_ID']
key = { A_ID = { known = true } }
unless-key = { A_PASS = { is = ['none'] } }
used-by = ['reader']";
    for (text, why) in [
        ("A_USER=u\nA_PASS=p\nA_ID=i\n", "high a finding if one is used of `reader`"),
        ("A_USER=\nA_PASS=p\n", "the key `A_USER` is not there, or is empty"),
        ("A_USER=u\n", "none of the keys `A_PASS`, `A_KEY` is there"),
        ("A_USER=u\nA_PASS=p\nA_OFF=1\n", "the key `A_OFF` is there, which `without` excludes"),
        ("A_USER=u\nA_PASS=p\n", "the key `A_ID` is not there"),
        ("A_USER=u\nA_PASS=p\nA_ID=${X}\n", "the key `A_ID` does not fulfil `{ known = true }`"),
        (
            "A_USER=u\nA_PASS=none\nA_ID=i\n",
            "the key `A_PASS` fulfils `{ is = [\"none\"] }`, which `unless-key` excludes",
        ),
        ("A_PASS=p\n", "no record of its kind has the key `A_USER`"),
    ] {
        check(table, "a.env", text, why);
    }
}

#[test]
fn what_is_not_there_is_told_from_what_is_wrong() {
    for (table, path, text, why) in [
        (
            "[[match.call]]\npath = ['m.open']\narg = { user = { is = ['a'] } }",
            "a.py",
            "import m\nm.open()",
            "the argument `user` is not there, and must fulfil `{ is = [\"a\"] }`",
        ),
        (
            "[[match.command]]\nname = 'tool login'\noption = { '--user' = { looks-like = '@' } }",
            "a.sh",
            "tool login",
            "the option `--user` is not there, and must fulfil `{ looks-like = '@' }`",
        ),
        (
            "[[match.record]]\nkind = ['environment']\nat = 'A_USER'\nkey = { A_ID = { known = true } }",
            "a.env",
            "A_USER=u\n",
            "the key `A_ID` is not there, and must fulfil `{ known = true }`",
        ),
    ] {
        check(table, path, text, why);
    }
}

#[test]
fn each_match_is_tried_on_each_fact_that_is_like_it() {
    let two = "[[match.command]]\nname = 'tool login'\nwith = ['--user']\n\n[[match.command]]\nname = 'tool login'\nwith = ['--service']";
    let tried = tried(two, "a.sh", "tool login -u a\ntool login --service\ntool logout\n");
    let short: Vec<(usize, Option<Fact>, Option<Confidence>)> =
        tried.iter().map(|tried| (tried.line, tried.fact, tried.matches)).collect();
    let (first, second) = (Some(Fact::Command(0)), Some(Fact::Command(1)));
    let high = Some(Confidence::High);
    assert_eq!(short, [(7, first, high), (7, second, None), (11, first, None), (11, second, high)]);
}

#[test]
fn a_use_is_explained_like_a_rule() {
    let source = Source::detect("a.py", "use_it()\n").unwrap();
    let facts = extract(&source, &|_| true);
    let file = FileFacts { path: source.path, text: source.text, language: source.language, facts };
    let rules = rules("[[match.call]]\npath = ['m.open']");
    let tried = rules.explain(&file, &|name| name == "reader");
    assert_eq!(
        tried.iter().map(|tried| (&*tried.rule, tried.matches.is_some())).collect::<Vec<_>>(),
        [("reader", true)]
    );
    assert_eq!(rules.names().collect::<Vec<_>>(), ["demo", "reader"]);
}
