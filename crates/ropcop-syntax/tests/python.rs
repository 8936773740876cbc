//! Python: imports, receivers, values, and commands handed to a process.

mod fixture;

use fixture::{check, facts, framed};
use ropcop_syntax::Certainty;

#[test]
fn every_spelling_of_an_import_gives_the_full_path() {
    check(
        "sample.py",
        r#"
=== the module
import azure.identity
azure.identity.Cred()  # call azure.identity.Cred() [import]
=== an alias of the module
import azure.identity as ai
ai.Cred()  # call azure.identity.Cred() [import]
=== a module of a package
from azure import identity
identity.Cred()  # call azure.identity.Cred() [import]
=== the class
from azure.identity import Cred
Cred()  # call azure.identity.Cred() [import]
=== an alias of the class
from azure.identity import Cred as C
C()  # call azure.identity.Cred() [import]
=== a list in brackets
from azure.identity import (
    A,
    Cred as C,
)
C()  # call azure.identity.Cred() [import]
=== within a function
def f():
    from azure.identity import Cred
    return Cred()  # call azure.identity.Cred() [import]
=== where it may be missing
try:
    from azure.identity import Cred
except ImportError:
    Cred = None
Cred()  # call azure.identity.Cred() [import]
=== another name for it
from azure.identity import Cred
K = Cred
K()  # call azure.identity.Cred() [import]
=== by its name as a text
import azure.identity as ai
getattr(ai, 'Cred')()  # call azure.identity.Cred() [import]
=== a part of its arguments, to be called later
from functools import partial
from azure.identity import Cred
make = partial(Cred, 'u')  # call azure.identity.Cred('u') [import]
=== a module by its name as a text
import importlib
importlib.import_module('azure.identity').Cred()  # call azure.identity.Cred() [import]
=== the class that another one derives from
from azure.identity import Cred
class Mine(Cred):
    def __init__(self):
        super().__init__('u')  # new azure.identity.Cred('u') [import]
"#,
    );
}

#[test]
fn a_wildcard_import_is_a_candidate() {
    check("sample.py", "from azure.identity import *\nCred()  # call azure.identity.Cred [wildcard]");
}

#[test]
fn a_class_of_the_same_name_is_not_the_imported_one() {
    check(
        "sample.py",
        r#"
=== of the file itself
class Cred:
    pass
Cred('u')  # call Cred [own]
=== of another package
from jenkins.credential import Cred
Cred('u')  # call jenkins.credential.Cred [import]
=== of the same repository
from .auth import Cred
Cred('u')  # call .auth.Cred [relative]
"#,
    );
}

#[test]
fn a_subclass_is_what_it_derives_from_too() {
    check(
        "sample.py",
        r#"
from azure.identity import Cred
class Mine(Cred):
    pass
Mine('u')  # call Mine [own] or azure.identity.Cred [import]
"#,
    );
}

#[test]
fn the_type_of_a_receiver_is_followed() {
    check(
        "sample.py",
        r#"
=== from its constructor
import msal
app = msal.App('id')  # call msal.App('id') [import]
app.token('u')  # call msal.App().token('u') [import]
=== from a field of the object
import msal
class S:
    def __init__(self):
        self.app = msal.App()  # call msal.App
    def go(self):
        self.app.token('u')  # call msal.App().token('u') [import]
=== from the type of a parameter
import msal
def go(app: msal.App):
    app.token('u')  # call msal.App().token('u') [import]
=== from the type of a field
import msal
class S:
    app: msal.App
    def go(self):
        self.app.token('u')  # call msal.App().token('u') [import]
=== from what a function says it returns
import msal
def make() -> msal.App:
    return x
make().token('u')  # call make [own]; call msal.App().token('u') [import]
=== from a context
import msal
with msal.App() as app:  # call msal.App
    app.token('u')  # call msal.App().token('u') [import]
=== from one of several values
import msal
app = None
if x:
    app = msal.App()  # call msal.App
app.token('u')  # call msal.App().token('u') [import]
"#,
    );
}

#[test]
fn a_receiver_that_is_not_known_stays_unknown() {
    check("sample.py", "def go(app):\n    app.token('u')  # call app.token [unknown]");
}

#[test]
fn an_own_method_is_own() {
    check(
        "sample.py",
        r#"
class S:
    def token(self):
        pass
    def go(self):
        self.token()  # call S.token [own]
"#,
    );
}

#[test]
fn a_method_handed_on_is_a_reference_with_the_arguments_behind_it() {
    check(
        "sample.py",
        r#"
import adal
ctx = adal.Context('u')
Auth(ctx.acquire, 'res', user, pwd)  # reference adal.Context().acquire('res', $user, $pwd) [import]
"#,
    );
}

#[test]
fn values_are_followed_to_constants() {
    check(
        "sample.py",
        r#"
USER = 'me'
def f(p):
    q = 'x' + USER
    go(USER, q, f'{p}@{USER}', os.environ['PW'], pw=p, **{'k': 1})
    # call go('me', 'xme', '$p@me', $PW, pw=$p, {k: 1})
"#,
    );
}

#[test]
fn a_dictionary_is_known_however_it_is_made() {
    check(
        "sample.py",
        r#"
options = dict(user='u', pw=p)
go(**options)  # call go({user: 'u', pw: $p})
"#,
    );
}

#[test]
fn a_docstring_is_no_command() {
    check(
        "sample.py",
        r#"
=== the first text of a function
def f():
    "tool login -u {user}"  # no command
    return 1
=== a text that is returned
def f():
    return "tool login -u {user}"  # command tool login -u {user}
"#,
    );
}

#[test]
fn the_place_of_a_call_is_its_callee() {
    check(
        "sample.py",
        r#"
import msal
x = (
    msal.App('a')  # call msal.App @ msal.App
    .token(  # call msal.App().token @ token
        'u'))
"#,
    );
}

#[test]
fn broken_and_empty_files_give_what_can_be_read() {
    assert!(facts("sample.py", "").calls.is_empty());
    check(
        "sample.py",
        r#"
import a
a.b()  # call a.b
y = = 3
if x ==:
    a.c()  # call a.c
a.d()  # call a.d
"#,
    );
}

#[test]
fn what_is_nested_too_deeply_is_said() {
    let deep = |depth| facts("sample.py", &format!("x = {}f(){}", "g(".repeat(depth), ")".repeat(depth)));
    assert!(deep(50).omissions.is_empty());
    assert!(!deep(2_000).omissions.is_empty());
}

#[test]
fn words_handed_to_any_helper_are_a_command() {
    check(
        "sample.py",
        r#"
=== a list
subprocess.run(['tool', 'login', '-u', u])  # command tool login -u $u
=== arguments
self.go('tool', 'login', '-u', u)
# command tool login -u $u (likely); command go tool login -u $u (likely)
=== a list that grows
cmd = ['tool', 'login']  # command tool login -u $u
cmd.extend(['-u', u])
run(cmd)
=== a list that is added to
cmd = ['tool', 'login']  # command tool login -u $u
cmd += ['-u', u]
run(cmd)
=== a program and a list
spawn('tool', ['login', '-u', u])  # command tool login -u $u
"#,
    );
}

#[test]
fn words_that_are_printed_or_compared_are_no_command() {
    framed(
        "sample.py",
        "…",
        r#"
print(['tool', 'login', '-u', u])  # no command
assert redact(['tool', 'login', '-u', u]) == 1  # no command
log.info('tool', 'login', '-u', u)  # no command
x == ['tool', 'login', '-u', u]  # no command
"#,
    );
}

#[test]
fn a_function_of_the_programs_name_is_the_program() {
    check(
        "sample.py",
        r#"
=== of a library
sh.tool('login', '-u', u)
# command tool login -u $u (likely); command login -u $u (likely)
=== of the file itself
def tool(*args):
    run(['tool', *args])
tool('login', '-u', u)
# command tool login -u $u (likely); command login -u $u (likely)
"#,
    );
}

#[test]
fn a_text_in_pieces_is_one_command() {
    check(
        "sample.py",
        r#"
=== one
def f():
    a = 'tool login'  # command tool login -u $u… -z
    a += f' -u {u}'
    a += ' -z'
    os.system(a)
=== two, one after the other
a = 'tool login'  # command tool login -z
a += ' -z'
run(a)
a = 'tool logout'  # command tool logout -x
a += ' -x'
run(a)
"#,
    );
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
        let facts = facts("sample.py", &text);
        assert_eq!((facts.commands.len(), facts.omissions.len()), (count, 0), "{}", &text[..20]);
        assert!(facts.commands.iter().all(|command| command.certainty == Certainty::Runs), "{}", &text[..20]);
    }
    // Here only the last of the values that may reach a use are followed, and that is said.
    for text in [
        format!("a = 'tool x'\n{}", "if z:\n  a = f'tool {a} x'\nrun(a)\n".repeat(many)),
        format!("a = 'tool x'\n{}", "a += ' b c'\nrun(a)\n".repeat(many)),
        format!("a = ['tool', 'x']\n{}run(a)\n", "a += ['b']\n".repeat(many)),
    ] {
        let facts = facts("sample.py", &text);
        assert!(facts.commands.iter().any(|command| command.words[0].text().as_deref() == Some("tool")));
        assert!(!facts.omissions.is_empty(), "{}", &text[..40]);
    }
}
