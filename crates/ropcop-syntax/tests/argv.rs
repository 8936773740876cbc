//! Words that stand one by one: none of their letters means anything to a shell, and each keeps its place.

// A test may fail where it stands.
#![allow(clippy::unwrap_used)]

mod fixture;

use fixture::{check_tools_at as check, tools_as_words as tools};

#[test]
fn a_script_among_the_words_has_places_of_its_own() {
    for (name, text, shown, written) in [
        ("a.py", "run(['bash', '-c', 'x &&\\\n tool a\\tb'])", "tool a b", "tool a\\tb"),
        ("a.py", "run(['bash', '-c', f'x; tool -u {u} -p \"{p}\"'])", "tool -u $u… -p $p", "tool -u {u} -p \"{p}\""),
        ("a.js", "spawn('sh', ['-c', `x; tool -u ${u} && y`])", "tool -u $u…", "tool -u ${u}"),
        ("a.go", "exec.Command(\"sh\", \"-c\", \"x\\ntool a\")", "tool a", "tool a"),
        ("a.bat", "bash -c \"x && tool %U% b\"", "tool $U… b", "tool %U% b"),
        ("a.ps1", "bash -c \"x; tool a `\"$u`\"\"", "tool a $u", "tool a `\"$u`\""),
        ("Dockerfile", "FROM a\nCMD [\"sh\", \"-c\", \"x && tool \\\"a\\\" b\"]\n", "tool a b", "tool \\\"a\\\" b"),
    ] {
        check(name, text, &[(shown, written)]);
    }
}

#[test]
fn a_word_is_no_keyword_and_no_assignment() {
    for word in ["if", "for", "!", "{", "[[", "A=b", "function", "#x", "~", "*"] {
        let text = format!("FROM a\nCMD [\"{word}\", \"tool\", \"{word}\", \"b\"]\n");
        let (shown, written) = (format!("{word} tool {word} b"), format!("{word}\", \"tool\", \"{word}\", \"b"));
        check("Dockerfile", &text, &[(&shown, &written)]);
    }
    check("a.ps1", "sudo tool export A=b", &[("tool export A=b", "tool export A=b")]);
}

#[test]
fn words_that_are_added_are_what_calls_give_in_the_order_of_the_file() {
    for (name, text) in [
        ("a.py", "c = ['tool', 'a']\nc.append(os.getenv('P'))\nrun(c)"),
        ("a.js", "const c = ['tool', 'a'];\nc.push(env('P'));\nspawn(c);"),
        ("a.lua", "local c = { 'tool', 'a' }\nc[#c + 1] = os.getenv('P')\nos.execute(table.concat(c, ' '))"),
        (
            "A.java",
            "class A { void f() { var c = new ArrayList<String>();\nc.add(\"tool\"); c.add(\"a\");\nc.add(System.getenv(\"P\"));\nrun(c); } }",
        ),
        ("a.cs", "var c = new List<string> { \"tool\", \"a\" };\nc.Add(Env(\"P\"));\nRun(c);"),
    ] {
        let found: Vec<String> = tools(name, text).into_iter().map(|(shown, _)| shown).collect();
        // `add("tool")` may be a command by itself, for all that anybody knows.
        let whole: Vec<&String> = found.iter().filter(|shown| shown.starts_with("tool")).collect();
        assert_eq!(whole, ["tool a $P"], "{name}");
    }
    check(
        "a.py",
        "c = ['tool']\nc.append('a')\nc += ['b']\nc.append(u)\nrun(c)",
        &[("tool a b $u", "'tool']\nc.append('a')\nc += ['b']\nc.append(u")],
    );
    // A list that is made where it is added has words of its own.
    let text = "class A { void f() { var c = new ArrayList<String>();\nc.add(\"tool\");\nc.addAll(Arrays.asList(\"a\", u));\nrun(c); } }";
    assert!(tools("A.java", text).iter().any(|(shown, _)| shown == "tool a $u"), "{:?}", tools("A.java", text));
}

#[test]
fn a_program_before_a_line_is_one_word() {
    let text = "Process.Start(@\"C:\\bin\\x\", \"tool 'b c'\");";
    let (shown, written) = ("C:\\bin\\x tool 'b c'", "@\"C:\\bin\\x\", \"tool 'b c'");
    // The text may also be a command line of its own.
    check("a.cs", text, &[(shown, written), ("tool 'b c'", "tool 'b c'")]);
}
