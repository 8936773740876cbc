//! Calls in languages without a grammar.
//!
//! A call is written as its callee stands in the file, then its path, where that differs, and its arguments.

// A test may fail where it stands.
#![allow(clippy::unwrap_used)]

mod fixture;

use fixture::{endure, facts, shown};
use ropcop_syntax::{Arg, Call, Origin, Source, Span, extract};

fn line(call: &Call, text: &str) -> String {
    assert_eq!(call.symbols[0].origin, Origin::Unknown);
    let arg = |arg: &Arg| match (&arg.name, arg.position) {
        (Some(name), None) => format!("{name}={}", shown::value(&arg.value)),
        (None, Some(_)) => shown::value(&arg.value),
        other => format!("{other:?}"),
    };
    let args: Vec<String> = call.args.iter().map(arg).collect();
    let (path, written) = (&call.symbols[0].path, &text[call.span.start..call.span.end]);
    let path = if path == written { String::new() } else { format!(" {path}") };
    format!("{written}{path}({})", args.join(", "))
}

#[track_caller]
fn check(path: &str, text: &str, wanted: &[&str]) {
    let calls: Vec<String> = facts(path, text).calls.iter().map(|call| line(call, text)).collect();
    assert_eq!(calls, wanted, "{path}:\n{text}");
}

#[test]
fn a_name_before_a_bracket_is_called_with_what_stands_between_commas() {
    for (path, text, wanted) in [
        ("a.rb", "x = A::User.new(user, 'b') # f(x)\n", "A::User.new A.User.new($user, 'b')"),
        ("a.rb", "f(a: 1, 'b' => nil)", "f(a=1, b=null)"),
        (
            "a.r",
            "t <- P::get_token(\"r\", tenant = t,\n  user=NULL)\n",
            "P::get_token P.get_token('r', tenant=$t, user=null)",
        ),
        ("a.r", "t <-get_token()\n", "get_token()"),
        ("a.php", "<?php $this->p->get('a', ['b' => $c]);", "$this->p->get this.p.get('a', {b: $c})"),
        ("a.cpp", "auto x = ns::open(p, \"a\");", "ns::open ns.open($p, 'a')"),
        ("a.vb", "Dim t = client.Open(\"a\", b)", "client.Open('a', $b)"),
        ("a.swift", "let t = client.open(user: name, \"a\")", "client.open(user=$name, 'a')"),
    ] {
        check(path, text, &[wanted]);
    }
}

#[test]
fn an_array_that_is_handed_over_keeps_its_keys() {
    for text in ["<?php $p->get('a', array('b' => 'c', 'd' => f()));", "<?php $p->get('a', ['b' => 'c', 'd' => f()],);"]
    {
        let facts = facts("a.php", text);
        let call = facts.calls.iter().find(|call| call.symbols[0].path == "p.get").unwrap();
        assert!(line(call, text).ends_with("('a', {b: 'c', d: $f})"), "{}", line(call, text));
        assert!(matches!(&text[call.args[1].span.start..call.args[1].span.end], arg if arg.ends_with([')', ']'])));
    }
}

#[test]
fn a_chain_of_calls_is_one_path() {
    check(
        "a.rs",
        "let a = B::build(x)\n    .user(u) // (\n    .pass(p);\nq.r()\n",
        &["B::build B.build($x)", "user B.build().user($u)", "pass B.build().user().pass($p)", "q.r()"],
    );
}

#[test]
fn a_text_is_what_it_is_wrapped_in_and_stands_where_it_is_written() {
    let text =
        "c.exchange(&User::new(u), &Pass::new(\"b c\".to_string()), String::from(\"d\"), env(\"E\"), \"f\".len());";
    let facts = facts("a.rs", text);
    let call = facts.calls.iter().find(|call| call.symbols[0].path == "c.exchange").unwrap();
    let values: Vec<String> = call.args.iter().map(|arg| shown::value(&arg.value)).collect();
    assert_eq!(values, ["$u", "'b c'", "'d'", "$env", "$len"]);
    let at = |span: Span| &text[span.start..span.end];
    assert_eq!(at(call.args[1].span).trim_matches('"'), "b c");
    assert_eq!(at(call.args[2].span).trim_matches('"'), "d");
}

#[test]
fn a_definition_a_comment_and_a_text_are_no_calls() {
    for (path, text) in [
        ("a.rs", "fn open(a: &str) {}\n// open(a)\nlet x = \"open(a)\";"),
        ("a.rb", "def open(a, b)\nend\n"),
        ("a.r", "# open(a)\nx <- (1)\n"),
        ("a.php", "open(a) <?php function open($a) {} /* open(a) */"),
        ("a.vb", "Public Function Open(a As String)\n' Open(a)\n"),
        ("a.pl", "my @a = (1, 2);"),
    ] {
        let found: Vec<String> = facts(path, text).calls.iter().map(|call| line(call, text)).collect();
        assert!(!found.iter().any(|call| call.to_lowercase().starts_with("open")), "{path}: {found:?}");
    }
}

#[test]
fn only_wanted_calls_are_kept() {
    let source = Source::detect("a.rb", "f(1)\nwanted(2, g(3))\n").unwrap();
    let facts = extract(&source, &|text| text == "wanted");
    assert_eq!(facts.calls.len(), 1);
}

#[test]
fn hostile_programs_are_read_in_linear_time() {
    endure("a.rb", &"f(".repeat(100_000));
    endure("a.rs", &".f(x)".repeat(100_000));
    endure("a.php", &format!("<?php {}", "a->".repeat(200_000)));
    endure("a.rs", &format!("{}{}", "a(b, ".repeat(5_000), ")".repeat(5_000)));
    endure("a.r", &format!("f({})", "x = 1, ".repeat(100_000)));
}
