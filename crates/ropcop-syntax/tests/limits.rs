//! What the comments of limits promise with `The report says so.`: what is cut is among the stretches that were not read, and
//! what is not cut is not.

mod fixture;

use fixture::facts;

fn nested(open: &str, close: &str, depth: usize) -> String {
    open.repeat(depth) + &close.repeat(depth)
}

#[test]
fn what_a_limit_cuts_is_said_and_nothing_else() {
    let yaml = |depth: usize| (0..depth).map(|at| format!("{}a:\n", " ".repeat(at))).collect::<String>();
    for (path, few, many) in [
        ("a.py", nested("f(", ")", 90), nested("f(", ")", 900)),
        ("Jenkinsfile", format!("x = {}", nested("f(", ")", 30)), format!("x = {}", nested("f(", ")", 400))),
        ("a.ps1", format!("$x = {}", nested("(", ")", 20)), format!("$x = {}", nested("(", ")", 200))),
        ("a.json", nested("[", "]", 90), nested("[", "]", 200)),
        ("a.yml", yaml(90), yaml(200)),
        ("a.xml", format!("<a>{}</a>", "<b/>".repeat(1_000)), format!("<a>{}</a>", "<b/>".repeat(600_000))),
    ] {
        assert_eq!(facts(path, &few).syntax_errors, [], "{path}: {:.60}", few);
        assert!(!facts(path, &many).syntax_errors.is_empty(), "{path}: {:.60}", many);
    }
}
