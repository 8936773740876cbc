//! How the matches of a rule file share what they have in common, and where a mistake in them is drawn.

// A test may fail where it stands.
#![allow(clippy::unwrap_used)]

#[expect(dead_code, reason = "the built-in rules play no part here")]
mod repository;

use std::collections::BTreeMap;

use repository::Scanner;
use ropcop_engine::{RuleError, RuleText, Rules};

const START: &str = "summary = 's'\nseverity = 'note'\nimpact = 'hygiene'\nwhy = 'w'\nfix = 'f'\nlinks = []\n";
const END: &str = "\n[[bad]]\nf = ''\n[[good]]\nf = ''\n";

fn load(matches: &str) -> Result<Rules, Vec<RuleError>> {
    Rules::load(&[RuleText { path: "demo.toml".to_owned(), text: format!("{START}{matches}{END}") }])
}

/// The lines of a file of settings in which the rule finds something.
fn found(matches: &str, lines: &[&str]) -> Vec<bool> {
    let scanner = Scanner::of(load(matches).unwrap_or_else(|errors| panic!("{errors:#?}")));
    let is_found =
        |line: &&str| !scanner.findings(&BTreeMap::from([(".env".to_owned(), line.replace(' ', "\n"))])).is_empty();
    lines.iter().map(is_found).collect()
}

/// The mistake, and the stretch of the file at which it is drawn.
fn mistake(matches: &str) -> (String, String) {
    let error = load(matches).unwrap_err().remove(0);
    (error.message.clone(), error.text[error.span].to_owned())
}

#[test]
fn what_is_common_is_inherited_key_by_key_and_a_match_may_say_it_otherwise() {
    let matches = "
        [common.record]
        kind = ['environment']
        at = 'USER'
        with = ['USER']
        key.MODE = { is = ['a'] }
        key.PLACE = { is = ['x'] }
        [[match.record]]
        key.MODE = { is = ['b'] }
        [[match.record]]
        with = ['USER', 'PASS']
    ";
    let lines = ["USER=u MODE=b PLACE=x", "USER=u MODE=b", "USER=u MODE=a PLACE=x", "USER=u PASS=p MODE=a PLACE=x"];
    assert_eq!(found(matches, &lines), [true, false, false, true]);
}

#[test]
fn one_alternative_is_enough_and_each_completes_what_the_match_says() {
    let matches = "
        [[match.record]]
        kind = ['environment']
        at = 'USER'
        with = ['USER']
        any = [{ key.MODE = { is = ['a'] } }, 'by-file']
        [when.record]
        by-file = [{ key.FILE = { present = true } }, { key.PATH_ = { present = true } }]
    ";
    let lines = ["USER=u MODE=a", "USER=u FILE=f", "USER=u PATH_=p", "USER=u", "MODE=a FILE=f"];
    assert_eq!(found(matches, &lines), [true, true, true, false, false]);
}

#[test]
fn all_that_is_named_must_hold_and_each_name_may_stand_for_alternatives() {
    let matches = "
        [[match.record]]
        kind = ['environment']
        at = 'USER'
        when = ['one', 'two']
        with = ['USER']
        [when.record]
        one = [{ key.A = { present = true } }, { key.B = { present = true } }]
        two = [{ key.C = { present = true } }, { key.D = { present = true } }]
    ";
    let lines = ["USER=u A=1 C=1", "USER=u B=1 D=1", "USER=u A=1 B=1", "USER=u C=1"];
    assert_eq!(found(matches, &lines), [true, true, false, false]);
}

/// As in a table of which the first line that holds counts: what an earlier line says must not hold.
#[test]
fn none_of_the_exceptions_may_hold_and_each_holds_only_as_a_whole() {
    let matches = "
        [[match.record]]
        kind = ['environment']
        at = 'USER'
        present = ['USER']
        unless = ['secret', { with = ['CERT'] }]
        [when.record]
        secret = { present = ['SECRET', 'TENANT'] }
    ";
    let lines =
        ["USER=", "USER=u SECRET=s", "USER=u TENANT=t", "USER=u SECRET= TENANT=", "USER=u CERT=c", "USER=u CERT="];
    assert_eq!(found(matches, &lines), [true, true, true, false, false, true]);
}

#[test]
fn what_is_common_to_calls_is_not_common_to_records() {
    let matches = "
        [common.call]
        arity = 2
        [[match.call]]
        path = ['a.b']
        [[match.record]]
        kind = ['environment']
        at = 'USER'
        with = ['USER']
    ";
    assert_eq!(found(matches, &["USER=u"]), [true]);
}

#[test]
fn matches_count_in_the_order_of_the_file_whatever_their_kind() {
    let record = "[[match.record]]\nkind = ['text']\nat = 'a'\nwith = ['a']\n";
    let call = "[[match.call]]\npath = ['a.b']\n";
    let rules = load(&format!("{record}note = 'first'\n{call}note = 'second'\n{record}note = 'third'")).unwrap();
    let notes: Vec<&str> = rules.rules[0].matches().filter_map(|says| says.note.as_deref()).collect();
    assert_eq!(notes, ["first", "second", "third"]);
}

#[test]
fn a_key_of_another_kind_is_refused_where_it_stands() {
    let call = "[[match.call]]\npath = ['a.b']\n";
    let command = "[[match.command]]\nname = 'demo'\n";
    let record = "[[match.record]]\nkind = ['text']\nat = 'a'\nwith = ['a']\n";
    for (matches, key, belongs) in [
        (format!("# [[match.call]]\n{call}unless-option = {{}}"), "unless-option", "a command, not to a call"),
        (format!("{call}with = []"), "with", "a command or a record, not to a call"),
        (format!("{command}arity = 1"), "arity", "a call, not to a command"),
        (format!("{command}key.a = {{}}"), "key", "a record, not to a command"),
        (format!("{record}arg.a = {{}}"), "arg", "a call, not to a record"),
        (format!("{record}any = [{{ option.a = {{}} }}]"), "option", "a command, not to a record"),
        (format!("[common.record]\npath = []\n{record}"), "path", "a call, not to a record"),
        (format!("[when.record]\nx = {{ from = [] }}\n{record}any = ['x']"), "from", "a call, not to a record"),
    ] {
        let expected = (format!("`{key}` belongs to {belongs}"), key.to_owned());
        assert_eq!(mistake(&matches), expected, "{matches}");
    }
}

#[test]
fn every_mistake_in_a_match_is_drawn_where_it_stands() {
    let call = "[[match.call]]\npath = ['a.b']\n";
    let record = "[[match.record]]\nkind = ['text']\nat = 'a'\nwith = ['a']\n";
    for (matches, drawn, message) in [
        ("[[match]]\ncall = ['a.b']".to_owned(), "match", "of which kind is this?"),
        ("[[match.calls]]\npath = ['a.b']".to_owned(), "calls", "`calls` is no kind of match"),
        ("[[match.call]]\nrare = true".to_owned(), "[[match.call]]", "looks for nothing"),
        ("[[match.command]]".to_owned(), "[[match.command]]", "looks for nothing"),
        ("[[match.record]]\nat = 'a'\nwith = ['a']".to_owned(), "[[match.record]]", "looks for nothing"),
        (
            "[[match.record]]\nkind = ['text']\nwith = ['a']".to_owned(),
            "[[match.record]]",
            "which key is to be reported?",
        ),
        ("[[match.record]]\nkind = ['text']\nat = 'a'".to_owned(), "[[match.record]]", "asks for no key"),
        (format!("{call}nonsense = 1"), "nonsense", "unknown key `nonsense`"),
        (format!("{call}arity = 'x'"), "'x'", "Arity"),
        (format!("{call}language = ['c']"), "['c']", "no language is called `c`"),
        (format!("{call}arg.'0' = {{ looks-like = '(' }}"), "'('", "`(` is no regular expression"),
        (format!("{call}arg.'0' = {{ looks = 'x' }}"), "looks", "unknown field `looks`"),
        (format!("{call}near = ['@gone']"), "'@gone'", "texts/gone.toml"),
        (format!("{call}not-near = ['x', '@gone']"), "'@gone'", "texts/gone.toml"),
        (format!("{call}elsewhere = 'x'"), "'x'", "`elsewhere` needs `near`"),
        (format!("{call}near = ['x']\nelsewhere = '('"), "'('", "no regular expression"),
        (format!("{call}used-by = ['gone']"), "'gone'", "uses/gone.toml"),
        (format!("{call}given = ['gone']"), "'gone'", "uses/gone.toml"),
        ("[[match.command]]\nname = 'gone'".to_owned(), "'gone'", "the command `gone` is not described"),
        (format!("{record}when = ['gone']"), "'gone'", "there is no `gone` in `[when.record]`"),
        (format!("{record}any = []"), "[]", "there is no alternative"),
        (format!("{record}any = {{}}"), "{}", "this is no list"),
        (format!("{record}any = [1]"), "1", "this is no table"),
        (format!("{record}any = [{{ at = 'b' }}]"), "at", "`at` is said twice"),
        (format!("{record}key.a = {{}}\nany = [{{ key.a = {{}} }}]"), "a", "`a` is said twice"),
        (format!("{record}unless = [{{ note = 'x' }}]"), "note", "`note` is no condition on a record"),
        (format!("[when.record]\nx = {{ when = ['x'] }}\n{record}when = ['x']"), "'x'", "`x` needs itself"),
        (format!("[when.record]\nx = {{ at = 'x' }}\n{record}"), "x", "nothing asks for `x`"),
    ] {
        let (told, place) = mistake(&matches);
        assert_eq!(place, drawn, "{matches}: {told}");
        assert!(told.contains(message), "{matches}: {told}");
    }
}

#[test]
fn a_use_depends_on_no_other() {
    let does = "does = 'does it'\n[[match.call]]\npath = ['a.b']\n";
    let uses = |name: &str, more: &str| RuleText { path: format!("uses/{name}.toml"), text: format!("{does}{more}") };
    let errors = Rules::load(&[uses("a", ""), uses("b", "used-by = ['a']")]).unwrap_err();
    assert_eq!(errors[0].message, "a use cannot depend on another");
    assert_eq!(&errors[0].text[errors[0].span.clone()], "'a'");
}

#[test]
fn a_match_does_not_stand_for_hundreds() {
    let rows: Vec<String> = (0..20).map(|row| format!("{{ key.k{row} = {{ present = true }} }}")).collect();
    let other: Vec<String> = (0..20).map(|row| format!("{{ key.l{row} = {{ present = true }} }}")).collect();
    let matches = format!(
        "[[match.record]]\nkind = ['text']\nat = 'a'\nwhen = ['x', 'y']\n[when.record]\nx = [{}]\ny = [{}]",
        rows.join(", "),
        other.join(", ")
    );
    assert!(mistake(&matches).0.contains("more than 256"), "{matches}");
}
