//! The form in which samples name the facts that are expected of them: it fails where it should.

mod fixture;

use fixture::{check, framed};

#[test]
fn what_is_named_and_found_is_right() {
    check(
        "a.py",
        r#"
=== all that can be said of a call
import m
m.f('a', u)  # call m.f('a', $u) [import] @ m.f
=== a part of it
import m
m.f('a', u)  # call m.f
=== on the line below, and several
import m
m.f(m.g('a; b'))
# call m.f; call m.g('a; b')
=== none of a kind, or any
print('tool a')  # no command; more call
"#,
    );
    check(
        "a.sh",
        "tool a && tool b \"$c\"  # command tool a; command tool b $c\nif x; then tool d; fi\n# command tool d; command x",
    );
    framed("a.py", "import m\ndef f():\n  …\n", "m.f()  # call m.f\nm.g()\n# call m.g @ m.g");
}

/// Whether a sample fails with this complaint.
#[track_caller]
fn fails(sample: &str, complaint: &str) {
    let sample = sample.to_owned();
    let failure = std::panic::catch_unwind(move || check("a.py", &sample)).expect_err("it fails");
    let message = failure.downcast_ref::<String>().expect("a message");
    assert!(message.contains(complaint), "{message}");
}

#[test]
fn what_differs_is_a_failure() {
    fails("import m\nm.f()  # call m.g", "line 2: not found: call m.g");
    fails("import m\nm.f()  # call m.g", "line 2: found: call m.f() [import] @ m.f");
    fails("import m\nm.f()  # call m.f [own]", "not found: call m.f [own]");
    fails("import m\nm.f()  # call m.f('a')", "not found: call m.f('a')");
    fails("import m\nm.f()  # call m.f @ f", "not found: call m.f @ f");
    fails("import m\nm.f()  # call m.f\nm.g()", "line 3: found: call m.g()");
    fails("import m  # call m.f\nm.f()", "line 1: not found: call m.f");
    fails("run(['tool', 'a'])  # no command", "line 1: found: command tool a");
    fails("from m import C\nclass D(C): pass\nD()  # call D [own]", "found: call D() [own] @ D or m.C [import]");
}

#[test]
#[should_panic(expected = "nothing is expected of")]
fn a_sample_that_expects_nothing_is_a_mistake() {
    check("a.py", "f()  # a comment");
}
