//! The words of a function's name say what it does, in every language; letters that only look like one say nothing.

use ropcop_syntax::{Source, extract};

fn commands(path: &str, text: &str) -> Vec<String> {
    let source = Source::detect(path, text).expect("the language is known");
    let words = |command: &ropcop_syntax::Command| {
        let words = command.words.iter().map(|word| word.text().unwrap_or_else(|| "?".to_owned()));
        words.collect::<Vec<_>>().join(" ")
    };
    extract(&source, &|_| true).commands.iter().map(words).collect()
}

/// A call of the function `NAME` with a command line, in each language.
const CALLS: [(&str, &str); 9] = [
    ("a.py", "NAME('tool sign in')\n"),
    ("a.js", "NAME('tool sign in');\n"),
    ("a.ts", "NAME(`tool sign in`);\n"),
    ("a.go", "package a\nfunc f() { NAME(\"tool sign in\") }\n"),
    ("A.cs", "class A { void F() { NAME(\"tool sign in\"); } }\n"),
    ("A.java", "class A { void f() { NAME(\"tool sign in\"); } }\n"),
    ("a.kt", "fun f() { NAME(\"tool sign in\") }\n"),
    ("a.scala", "object A { def f() = NAME(\"tool sign in\") }\n"),
    ("a.groovy", "NAME('tool sign in')\n"),
];

#[test]
fn a_command_is_found_in_a_function_whose_name_only_looks_like_one_that_prints() {
    for name in [
        "catalog",
        "updateCatalog",
        "blog",
        "logOn",
        "blueprint",
        "printer",
        "restart",
        "assertion",
        "information",
        "openDialog",
        "prologue",
        "docker",
        "topology",
        "inputs",
        "helper",
    ] {
        for (path, code) in CALLS {
            assert_eq!(commands(path, &code.replace("NAME", name)), ["tool sign in"], "{name} in {path}");
        }
    }
}

#[test]
fn a_text_is_no_command_in_a_function_that_prints_however_its_name_is_written() {
    for name in ["log", "auditLog", "AUDIT_LOG", "println", "writeline", "loginfo", "fputs", "sysout", "errorMessages"]
    {
        for (path, code) in CALLS {
            assert_eq!(commands(path, &code.replace("NAME", name)), [""; 0], "{name} in {path}");
        }
    }
}

#[test]
fn a_text_in_an_exception_is_no_command_though_its_name_begins_with_run() {
    assert_eq!(commands("a.py", "raise RuntimeError('tool sign in')\n"), [""; 0]);
    assert_eq!(commands("A.java", "class A { void f() { throw new RuntimeException(\"tool sign in\"); } }\n"), [""; 0]);
    // But where something is run, the rest of the name makes no difference.
    assert_eq!(commands("a.py", "run_and_log('tool sign in')\n"), ["tool sign in"]);
}

#[test]
fn a_text_that_is_filled_in_first_is_run_as_what_it_becomes() {
    assert_eq!(commands("a.go", "package a\nfunc f() { run(fmt.Sprintf(\"tool sign in\")) }\n"), ["tool sign in"]);
    assert_eq!(commands("a.js", "run(sprintf('tool sign in'));\n"), ["tool sign in"]);
}

#[test]
fn a_script_says_its_words_by_the_words_of_the_name() {
    for name in ["fingerprint", "catalog", "blog", "logon"] {
        assert_eq!(commands("a.sh", &format!("{name} tool sign in\n")), [format!("{name} tool sign in")]);
    }
    for name in ["audit_log", "auditLog", "log4x", "errcho", "logerror", "print_usage"] {
        assert_eq!(commands("a.sh", &format!("{name} tool sign in\n")), [""; 0], "{name}");
    }
    assert_eq!(commands("a.sh", "run_or_fail tool sign in\n"), ["run_or_fail tool sign in"]);
    assert_eq!(commands("a.sh", "echo 'tool sign in' > catalog\n"), ["tool sign in"]);
    assert_eq!(commands("a.sh", "echo 'tool sign in' > tool.log\n"), [""; 0]);
}

#[test]
fn a_cmdlet_logs_by_the_last_word_of_its_name() {
    assert_eq!(commands("a.ps1", "Update-Catalog 'x y'\n"), ["Update-Catalog x y"]);
    assert_eq!(commands("a.ps1", "Invoke-Blog 'x y'\n").first().map(String::as_str), Some("Invoke-Blog x y"));
    for name in ["Add-ToLog", "WriteLog", "Write-AuditLog", "log"] {
        assert_eq!(commands("a.ps1", &format!("{name} 'x y'\n")), [""; 0], "{name}");
    }
}

#[test]
fn a_key_is_a_script_by_the_words_of_its_name() {
    assert_eq!(commands("a.yml", "startScript: tool sign in\n"), ["tool sign in"]);
    assert_eq!(commands("a.yml", "post_command: tool sign in\n"), ["tool sign in"]);
}
