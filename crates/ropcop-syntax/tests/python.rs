//! Python: imports, receivers, values, and commands handed to a process.

use ropcop_syntax::{Call, CallKind, Certainty, Facts, Origin, Source, Value, extract};

fn facts(text: &str) -> Facts {
    extract(&Source::detect("sample.py", text).expect("python"), &|_| true)
}

fn paths(text: &str) -> Vec<String> {
    facts(text).calls.iter().map(|call| call.symbols[0].path.clone()).collect()
}

fn call<'f>(facts: &'f Facts, end: &str) -> &'f Call {
    facts
        .calls
        .iter()
        .find(|call| call.symbols.iter().any(|s| s.path.ends_with(end)))
        .unwrap_or_else(|| panic!("{end}: {facts:#?}"))
}

#[test]
fn every_spelling_of_an_import_gives_the_full_path() {
    for text in [
        "import azure.identity\nazure.identity.Cred()",
        "import azure.identity as ai\nai.Cred()",
        "from azure import identity\nidentity.Cred()",
        "from azure.identity import Cred\nCred()",
        "from azure.identity import Cred as C\nC()",
        "from azure.identity import (\n    A,\n    Cred as C,\n)\nC()",
        "def f():\n    from azure.identity import Cred\n    return Cred()",
        "try:\n    from azure.identity import Cred\nexcept ImportError:\n    Cred = None\nCred()",
        "from azure.identity import Cred\nK = Cred\nK()",
        "import azure.identity as ai\ngetattr(ai, 'Cred')()",
        "from functools import partial\nfrom azure.identity import Cred\nmake = partial(Cred, 'u')",
        "import importlib\nimportlib.import_module('azure.identity').Cred()",
        "from azure.identity import Cred\nclass Mine(Cred):\n    def __init__(self):\n        super().__init__('u')",
    ] {
        let facts = facts(text);
        let found = call(&facts, "azure.identity.Cred");
        assert_eq!(found.symbols[0].origin, Origin::Import, "{text}");
    }
}

#[test]
fn a_wildcard_import_is_a_candidate() {
    let facts = facts("from azure.identity import *\nCred()");
    assert_eq!(facts.calls[0].symbols[0].path, "azure.identity.Cred");
    assert_eq!(facts.calls[0].symbols[0].origin, Origin::Wildcard);
}

#[test]
fn a_class_of_the_same_name_is_not_the_imported_one() {
    let own = facts("class Cred:\n    pass\nCred('u')");
    assert_eq!(own.calls[0].symbols[0].origin, Origin::Own);
    let other = facts("from jenkins.credential import Cred\nCred('u')");
    assert_eq!(other.calls[0].symbols[0].path, "jenkins.credential.Cred");
    let relative = facts("from .auth import Cred\nCred('u')");
    assert_eq!(relative.calls[0].symbols[0].origin, Origin::Relative);
}

#[test]
fn a_subclass_is_what_it_derives_from_too() {
    let facts = facts("from azure.identity import Cred\nclass Mine(Cred):\n    pass\nMine('u')");
    let found = facts.calls.last().expect("a call");
    assert!(found.symbols.iter().any(|s| s.path == "azure.identity.Cred" && s.origin == Origin::Import), "{found:?}");
}

#[test]
fn the_type_of_a_receiver_is_followed() {
    for text in [
        "import msal\napp = msal.App('id')\napp.token('u')",
        "import msal\nclass S:\n    def __init__(self):\n        self.app = msal.App()\n    def go(self):\n        self.app.token('u')",
        "import msal\ndef go(app: msal.App):\n    app.token('u')",
        "import msal\nclass S:\n    app: msal.App\n    def go(self):\n        self.app.token('u')",
        "import msal\ndef make() -> msal.App:\n    return x\nmake().token('u')",
        "import msal\nwith msal.App() as app:\n    app.token('u')",
        "import msal\napp = None\nif x:\n    app = msal.App()\napp.token('u')",
    ] {
        let facts = facts(text);
        let found = call(&facts, "msal.App().token");
        assert_eq!(found.symbols[0].origin, Origin::Import, "{text}: {found:?}");
    }
}

#[test]
fn a_receiver_that_is_not_known_stays_unknown() {
    let facts = facts("def go(app):\n    app.token('u')");
    assert_eq!(facts.calls[0].symbols[0].origin, Origin::Unknown);
    assert_eq!(facts.calls[0].symbols[0].path, "app.token");
}

#[test]
fn an_own_method_is_own() {
    let facts = facts("class S:\n    def token(self):\n        pass\n    def go(self):\n        self.token()");
    assert_eq!(facts.calls[0].symbols[0].origin, Origin::Own);
}

#[test]
fn a_method_handed_on_is_a_reference_with_the_arguments_behind_it() {
    let facts = facts("import adal\nctx = adal.Context('u')\nAuth(ctx.acquire, 'res', user, pwd)");
    let found = call(&facts, "adal.Context().acquire");
    assert_eq!(found.kind, CallKind::Reference);
    assert_eq!(found.args[0].value.text().as_deref(), Some("res"));
    assert_eq!(found.args[1].value, Value::Dynamic { name: Some("user".into()) });
}

#[test]
fn values_are_followed_to_constants() {
    let facts = facts(
        "USER = 'me'\ndef f(p):\n    q = 'x' + USER\n    go(USER, q, f'{p}@{USER}', os.environ['PW'], pw=p, **{'k': 1})",
    );
    let go = call(&facts, "go");
    let texts: Vec<_> = go.args.iter().map(|arg| arg.value.text()).collect();
    assert_eq!(texts[..2], [Some("me".to_owned()), Some("xme".to_owned())]);
    assert_eq!(go.args[3].value, Value::Dynamic { name: Some("PW".into()) });
    assert_eq!(go.args[4].name.as_deref(), Some("pw"));
    assert_eq!(go.args[5].value, Value::Map(vec![("k".into(), Value::Number("1".into()))]));
}

#[test]
fn a_dictionary_is_known_however_it_is_made() {
    let facts = facts("options = dict(user='u', pw=p)\ngo(**options)");
    let Value::Map(entries) = &call(&facts, "go").args[0].value else { panic!("{facts:#?}") };
    assert_eq!(entries[0], ("user".to_owned(), Value::Text(vec![ropcop_syntax::Part::Text("u".into())])));
}

#[test]
fn a_docstring_is_no_command() {
    assert_eq!(commands("def f():\n    \"tool login -u {user}\"\n    return 1"), Vec::<String>::new());
    assert_eq!(commands("def f():\n    return \"tool login -u {user}\""), ["tool login -u {user}"]);
}

#[test]
fn the_place_of_a_call_is_its_callee() {
    let text = "import msal\nx = (\n    msal.App('a')\n    .token(\n        'u'))";
    let facts = facts(text);
    let found = call(&facts, ".token");
    assert_eq!(&text[found.span.start..found.span.end], "token");
    let found = call(&facts, "msal.App");
    assert_eq!(&text[found.span.start..found.span.end], "msal.App");
}

#[test]
fn broken_and_empty_files_give_what_can_be_read() {
    assert!(paths("").is_empty());
    assert_eq!(paths("import a\na.b()\ny = = 3\nif x ==:\n    a.c()\na.d()"), ["a.b", "a.c", "a.d"]);
}

#[test]
fn what_is_nested_too_deeply_is_said() {
    let deep = |depth| facts(&format!("x = {}f(){}", "g(".repeat(depth), ")".repeat(depth)));
    assert!(deep(50).syntax_errors.is_empty());
    assert!(!deep(2_000).syntax_errors.is_empty());
}

fn commands(text: &str) -> Vec<String> {
    let words = |command: &ropcop_syntax::Command| {
        let words = command.words.iter().map(|word| word.text().unwrap_or_else(|| "?".into()));
        words.collect::<Vec<_>>().join(" ")
    };
    facts(text).commands.iter().map(words).collect()
}

#[test]
fn words_handed_to_any_helper_are_a_command() {
    for text in [
        "subprocess.run(['tool', 'login', '-u', u])",
        "self.go('tool', 'login', '-u', u)",
        "cmd = ['tool', 'login']\ncmd.extend(['-u', u])\nrun(cmd)",
        "cmd = ['tool', 'login']\ncmd += ['-u', u]\nrun(cmd)",
        "spawn('tool', ['login', '-u', u])",
    ] {
        assert!(commands(text).contains(&"tool login -u ?".to_owned()), "{text}: {:?}", commands(text));
    }
}

#[test]
fn words_that_are_printed_or_compared_are_no_command() {
    for text in [
        "print(['tool', 'login', '-u', u])",
        "assert redact(['tool', 'login', '-u', u]) == 1",
        "log.info('tool', 'login', '-u', u)",
        "x == ['tool', 'login', '-u', u]",
    ] {
        assert_eq!(commands(text), Vec::<String>::new(), "{text}");
    }
}

#[test]
fn a_function_of_the_programs_name_is_the_program() {
    for text in ["sh.tool('login', '-u', u)", "def tool(*args):\n    run(['tool', *args])\ntool('login', '-u', u)"] {
        assert!(commands(text).contains(&"tool login -u ?".to_owned()), "{text}: {:?}", commands(text));
    }
}

#[test]
fn a_text_in_pieces_is_one_command() {
    let piecewise = "def f():\n    a = 'tool login'\n    a += f' -u {u}'\n    a += ' -z'\n    os.system(a)\n";
    assert_eq!(commands(piecewise), ["tool login -u ? -z"]);
    let two = "a = 'tool login'\na += ' -z'\nrun(a)\na = 'tool logout'\na += ' -x'\nrun(a)\n";
    assert_eq!(commands(two), ["tool login -z", "tool logout -x"]);
}

#[test]
fn a_name_that_gets_a_value_again_and_again_is_followed_in_time() {
    let many = 1_000;
    for (text, count) in [
        ("a = 1\n".to_owned() + &"a = f'tool {a} x'\nrun(a)\n".repeat(many), many),
        ("a = ['tool', 'x']\nrun(a)\n".repeat(many), many),
        (format!("class A:\n  def f(self):\n{}", "    self.a = f'tool {a} x'\n    run(self.a)\n".repeat(300)), 300),
        (format!("a = ['tool', 'x']\n{}run(a)\n", "a += ['b']\n".repeat(100)), 1),
    ] {
        let facts = facts(&text);
        assert_eq!((facts.commands.len(), facts.syntax_errors.len()), (count, 0), "{}", &text[..20]);
        assert!(facts.commands.iter().all(|command| command.certainty == Certainty::Runs), "{}", &text[..20]);
    }
    // Here only the last of the values that may reach a use are followed, and that is said.
    for text in [
        format!("a = 'tool x'\n{}", "if z:\n  a = f'tool {a} x'\nrun(a)\n".repeat(many)),
        format!("a = 'tool x'\n{}", "a += ' b c'\nrun(a)\n".repeat(many)),
        format!("a = ['tool', 'x']\n{}run(a)\n", "a += ['b']\n".repeat(many)),
    ] {
        let facts = facts(&text);
        assert!(facts.commands.iter().any(|command| command.words[0].text().as_deref() == Some("tool")));
        assert!(!facts.syntax_errors.is_empty(), "{}", &text[..40]);
    }
}
