//! What rule files share, and what is said when they share something that is not there.

// A test may fail where it stands.
#![allow(clippy::unwrap_used)]

use ropcop_engine::{Place, RuleText, Rules};

fn text(path: &str, text: &str) -> RuleText {
    RuleText { path: path.to_owned(), text: text.to_owned() }
}

fn rule(more: &str) -> RuleText {
    let start = "summary = 's'\nseverity = 'note'\nimpact = 'hygiene'\nwhy = 'w'\nfix = 'f'\nlinks = []\n";
    let end = "[[match.call]]\npath = ['demo.open']\n[[bad]]\nf = ''\n[[good]]\nf = ''\n";
    text("demo.toml", &format!("{start}{more}\n{end}"))
}

#[test]
fn a_rule_takes_from_a_shared_file_what_it_does_not_say_itself() {
    let shared = text("fixes/common.toml", "shell = 'shared shell'\ngo = 'shared go'\n");
    let rules = Rules::load(&[rule("fix-from = 'common'\n[fix-in]\nshell = 'own shell'"), shared]).unwrap();
    let fixes = &rules.get("demo").unwrap().file.fix_in;
    assert_eq!(fixes.get(&Place::Shell).unwrap(), "own shell");
    assert_eq!(fixes.get(&Place::Go).unwrap(), "shared go");
    assert_eq!(fixes.len(), 2);
}

#[test]
fn a_shared_file_that_is_not_there_or_names_no_place_is_a_mistake() {
    let errors = Rules::load(&[rule("fix-from = 'gone'")]).unwrap_err();
    assert!(errors[0].message.contains("fixes/gone.toml"), "{errors:#?}");
    let errors = Rules::load(&[text("fixes/common.toml", "nowhere = 'x'\n"), rule("")]).unwrap_err();
    assert!(errors[0].message.contains("nowhere"), "{errors:#?}");
}

#[test]
fn an_option_that_a_rule_names_must_be_described_wherever_it_names_it() {
    let grammar = text("commands/demo.toml", "name = 'demo'\nprograms = ['demo']\nstyle = 'posix'\n");
    for more in [
        "unless-option = { '--gone' = { is = ['y'] } }",
        "with = ['--gone']",
        "secret = ['--gone']",
        "unless = [{ without = ['--gone'] }]",
    ] {
        let table = format!("[[match.command]]\nname = 'demo'\n{more}");
        let command = rule("").text.replace("[[match.call]]\npath = ['demo.open']", &table);
        let errors = Rules::load(&[grammar.clone(), text("demo.toml", &command)]).unwrap_err();
        assert_eq!(errors[0].message, "`demo` has no option `--gone`");
        assert_eq!(errors[0].text[errors[0].span.clone()].trim_matches('\''), "--gone");
    }
}

#[test]
fn a_mistake_in_the_grammar_of_a_command_is_drawn_where_it_stands() {
    let start = "name = 'demo'\nprograms = ['demo']\nstyle = 'posix'\n";
    for (more, drawn) in [
        ("program-variables = '('", "'('"),
        ("[[option]]\nnames = ['-a']\nrefuse = ['(']", "['(']"),
        ("[[refused]]\nwith = ['--gone']\nwhy = 'w'", "'--gone'"),
        ("[[refused]]\nwith = []\nunless-like = { '--gone' = 'x' }\nwhy = 'w'", "'--gone'"),
    ] {
        let grammar = format!("{start}{more}\n");
        let errors = Rules::load(&[text("commands/demo.toml", &grammar), rule("")]).unwrap_err();
        assert_eq!(&grammar[errors[0].span.clone()], drawn, "{errors:#?}");
    }
}
