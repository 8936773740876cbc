//! What rule files share, and what is said when they share something that is not there.

// A test may fail where it stands.
#![allow(clippy::unwrap_used)]

use ropcop_engine::{Place, RuleText, Rules};

fn text(path: &str, text: &str) -> RuleText {
    RuleText { path: path.to_owned(), text: text.to_owned() }
}

fn rule(more: &str) -> RuleText {
    let start = "summary = 's'\nseverity = 'note'\nimpact = 'hygiene'\nwhy = 'w'\nfix = 'f'\nlinks = []\n";
    let end = "[[match]]\ncall = ['demo.open']\n[[bad]]\nf = ''\n[[good]]\nf = ''\n";
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
fn conditions_of_calls_and_commands_do_not_mix() {
    let wrong = "unless-option = { '-x' = { is = ['y'] } }";
    let both = rule("").text.replace("[[bad]]", &format!("{wrong}\n[[bad]]"));
    let errors = Rules::load(&[text("demo.toml", &both)]).unwrap_err();
    assert!(errors[0].message.contains("`unless-option`"), "{errors:#?}");
}

#[test]
fn an_option_in_an_exception_must_be_described() {
    let grammar = text("commands/demo.toml", "name = 'demo'\nprograms = ['demo']\nstyle = 'posix'\n");
    let table = "command = 'demo'\nunless-option = { '--gone' = { is = ['y'] } }";
    let command = rule("").text.replace("call = ['demo.open']", table);
    let errors = Rules::load(&[grammar, text("demo.toml", &command)]).unwrap_err();
    assert!(errors[0].message.contains("`--gone`"), "{errors:#?}");
}

#[test]
fn what_leads_elsewhere_needs_something_near_and_is_a_regular_expression() {
    for (more, wrong) in [("elsewhere = 'x'", "`near`"), ("near = ['x']\nelsewhere = '('", "`(`")] {
        let table = rule("").text.replace("[[bad]]", &format!("{more}\n[[bad]]"));
        let errors = Rules::load(&[text("demo.toml", &table)]).unwrap_err();
        assert!(errors[0].message.contains(wrong), "{errors:#?}");
    }
}
