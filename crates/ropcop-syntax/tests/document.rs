//! How YAML and JSON are read: every style of text gives the right words, at the right place in the file.
//!
//! The texts are commands, so that words and places can be seen from outside.

// A test may fail where it stands.
#![allow(clippy::unwrap_used)]

mod fixture;

use fixture::{endure, facts, shown};

/// The commands with the program `tool`, as words, and the texts at their places.
fn tools(file: &str, text: &str) -> Vec<(String, String)> {
    let facts = facts(file, text);
    let is_tool =
        |command: &&ropcop_syntax::Command| command.words.first().is_some_and(|word| word.known_start() == "tool");
    let shown = facts
        .commands
        .iter()
        .filter(is_tool)
        .map(|command| (shown::fixed_words(command), text[command.span.start..command.span.end].to_owned()));
    shown.collect()
}

#[track_caller]
fn check(text: &str, wanted: &[(&str, &str)]) {
    let wanted: Vec<(String, String)> = wanted.iter().map(|(a, b)| ((*a).to_owned(), (*b).to_owned())).collect();
    assert_eq!(tools("x.yaml", text), wanted, "in:\n{text}");
}

/// One command whose place holds exactly its words.
#[track_caller]
fn check_same(text: &str, words: &str) {
    check(text, &[(words, words)]);
}

#[test]
fn plain_scalars() {
    check_same("run: tool a -b c\n", "tool a -b c");
    check_same("run: tool a -b c # tool no\n", "tool a -b c");
    check_same("run:   tool a#b   \nx: y", "tool a#b");
    check_same("run:\n  tool a\n", "tool a");
    check("run: tool a\n  -b c\n  -d\nx: y", &[("tool a -b c -d", "tool a\n  -b c\n  -d")]);
    check("a:\n  run: tool a\n    -b\n\n    tool c\n  x: 1", &[("tool a -b", "tool a\n    -b"), ("tool c", "tool c")]);
    check("run: tool a # no\n", &[("tool a", "tool a")]);
    check_same("run: tool a: b\n", "tool a: b");
    check_same("run: tool http://x/y:z\n", "tool http://x/y:z");
    check_same("run: tool 'it' \"is\"\n".replace(['\'', '"'], "").as_str(), "tool it is");
}

#[test]
fn quoted_scalars() {
    check_same("run: 'tool a -b'\n", "tool a -b");
    check_same("run: \"tool a -b\"\n", "tool a -b");
    check("run: 'tool ''a b'' c'", &[("tool 'a b' c", "tool ''a b'' c")]);
    check(r#"run: "tool \"a b\" c""#, &[("tool 'a b' c", r#"tool \"a b\" c"#)]);
    check(
        r#"run: "other\ntool \x61 \u0062 \U00000063 \/ d""#,
        &[("tool a b c / d", r"tool \x61 \u0062 \U00000063 \/ d")],
    );
    check("run: \"tool a\n  b \\\n  c\\\n  d\"", &[("tool a b cd", "tool a\n  b \\\n  c\\\n  d")]);
    check("run: 'tool a\n\n  tool b'", &[("tool a", "tool a"), ("tool b", "tool b")]);
    check_same("\"run\" : 'tool a' # tool b", "tool a");
    check_same("'run': \"tool a # b\"".replace(" # b", "").as_str(), "tool a");
}

#[test]
fn literal_blocks() {
    check("run: |\n  other\n  tool a \\\n    -b c\n  last\n", &[("tool a -b c", "tool a \\\n    -b c")]);
    check_same("run: |-\n  tool a", "tool a");
    check_same("run: |+\n  tool a\n\n\nx: y", "tool a");
    check_same("run: |2\n    tool a\n", "tool a");
    check_same("run: |  # a comment\n  tool a\n", "tool a");
    check_same("a:\n  - run: |\n      # tool no\n      tool a\n    x: 1\n", "tool a");
    check_same("run: |\n\n\n   tool a\n\n   other\n", "tool a");
    check(
        "- run: |\n    if x; then\n      tool a\n    fi\n- run: |\n    tool b\n",
        &[("tool a", "tool a"), ("tool b", "tool b")],
    );
    check_same("run: |\n\ttool a\n", "tool a");
}

#[test]
fn folded_blocks() {
    check("run: >\n  tool a\n  -b\n  c\n", &[("tool a -b c", "tool a\n  -b\n  c")]);
    check("run: >-\n  tool a\n  -b\n\n  tool c\n", &[("tool a -b", "tool a\n  -b"), ("tool c", "tool c")]);
    check(
        "run: >\n  tool a\n    tool b\n  tool c\n",
        &[("tool a", "tool a"), ("tool b", "tool b"), ("tool c", "tool c")],
    );
    check("run: >+2\n    tool a\n\n  tool b\n", &[("tool a", "tool a"), ("tool b", "tool b")]);
}

#[test]
fn a_backslash_before_a_folded_line_break_continues_the_command() {
    check("run: >\n  tool a \\\n  -b\n", &[("tool a -b", "tool a \\\n  -b")]);
    check("run:\n- tool a \\\n    -b\n", &[("tool a -b", "tool a \\\n    -b")]);
    check("run: 'tool a \\\n  -b'\n", &[("tool a -b", "tool a \\\n  -b")]);
}

#[test]
fn line_ends_of_windows_are_no_part_of_words() {
    check("run: |\r\n  tool a\r\n  other\r\n", &[("tool a", "tool a")]);
    check("run: >\r\n  tool a\r\n  -b\r\nx: y\r\n", &[("tool a -b", "tool a\r\n  -b")]);
    check("run: tool a\r\n  -b\r\nx: 'tool'\r\n", &[("tool a -b", "tool a\r\n  -b")]);
    check("run: \"tool a\r\n  b\"\r\n", &[("tool a b", "tool a\r\n  b")]);
    check("run:\r\n- tool a\r\n- tool b\r\n", &[("tool a", "tool a"), ("tool b", "tool b")]);
}

#[test]
fn a_byte_order_mark_is_skipped() {
    check_same("\u{feff}run: tool a\n", "tool a");
    check_same("\u{feff}# run: x\nrun: tool a\n", "tool a");
}

#[test]
fn lists_and_mappings() {
    check("run:\n- tool a\n- tool b\nx: y", &[("tool a", "tool a"), ("tool b", "tool b")]);
    check("a:\n  -   run: tool a\n      x: y\n  - - run: tool b\n", &[("tool a", "tool a"), ("tool b", "tool b")]);
    check("{run: tool a, b: {run: 'tool b, c'}, }", &[("tool a", "tool a"), ("tool b, c", "tool b, c")]);
    check(
        "a: [{run: tool a}, {run: \"tool b\"},\n  {run: tool\n   c}]",
        &[("tool a", "tool a"), ("tool b", "tool b"), ("tool c", "tool\n   c")],
    );
    check("? a\n  b\n: - run: tool a\n  - c\n", &[("tool a", "tool a")]);
    check("? run\n: tool a\n? x\n", &[("tool a", "tool a")]);
    check("a: [run: tool a]", &[("tool a", "tool a")]);
    check(
        "---\nrun: tool a\n...\n---\nrun: tool b\n--- \nrun: tool c",
        &[("tool a", "tool a"), ("tool b", "tool b"), ("tool c", "tool c")],
    );
    check("%YAML 1.2\n--- !x\nrun: !y tool a\n", &[("tool a", "tool a")]);
    check("run: tool a\nrun: tool b\n", &[("tool a", "tool a"), ("tool b", "tool b")]);
}

#[test]
fn words_of_a_list_are_one_command() {
    check("command: [tool, a, \"b c\", '']", &[("tool a 'b c' ''", "tool, a, \"b c\", ''")]);
    check("command:\n  - tool\n  - a\n  - -b\n", &[("tool a -b", "tool\n  - a\n  - -b")]);
    check("command: tool\nargs: [a]\n", &[("tool a", "tool\nargs: [a")]);
    check("command: [/bin/sh, -c, 'other; tool a']", &[("tool a", "tool a")]);
    check("command:\n - bash\n - -ec\n - |\n   other\n   tool a \\\n     -b\n", &[("tool a -b", "tool a \\\n     -b")]);
}

#[test]
fn anchors_are_read_once_and_merged() {
    check("a: &x\n  run: tool a\nb: *x\nc:\n  <<: *x\n  d: 1\n", &[("tool a", "tool a")]);
    check("run: &x tool a\nb:\n  run: *x\n", &[("tool a", "tool a")]);
    check("a: &x\n- tool a\nrun: *x\n", &[("tool a", "tool a")]);
    check(
        "a: &x {k: tool a}\nb: &y {run: tool b}\nc:\n  <<: [*x, *y]\n",
        &[("tool a", "tool a"), ("tool b", "tool b")],
    );
}

#[test]
fn templates_are_no_yaml_yet() {
    let helm = "{{- if .Values.on }}\na:\n  run: |\n    tool -u {{ .Values.auth.user | quote }} \\\n    {{- if .Values.x }}\n      -c {{ .Values.x }} \\\n    {{- end }}\n      -d\n{{- end }}\n  {{ .Values.name }}:\n    run: tool {{ .Values.y }}\n  b: {{ include \"c\" . }}\n";
    check(
        helm,
        &[
            (
                "tool -u $user -c $x -d",
                "tool -u {{ .Values.auth.user | quote }} \\\n    {{- if .Values.x }}\n      -c {{ .Values.x }} \\\n    {{- end }}\n      -d",
            ),
            ("tool $y", "tool {{ .Values.y }}"),
        ],
    );
    check("run: tool {% if x %}-a{% endif %} -b {# no #}\n", &[("tool -a -b", "tool {% if x %}-a{% endif %} -b")]);
    check("- run: tool -p \"{{ password }}\" -c\n", &[("tool -p $password -c", "tool -p \"{{ password }}\" -c")]);
    check(
        "- run: \"tool -p '{{ lookup(\"env\", 'X') }}' -c\"\n",
        &[("tool -p $X -c", "tool -p '{{ lookup(\"env\", 'X') }}' -c")],
    );
    check("run: |\n  tool a \\\n{{ if x }}\n    -b\n", &[("tool a -b", "tool a \\\n{{ if x }}\n    -b")]);
    check(
        "run: |\n  tool a \\\n    {{ .Values.more }} \\\n    -b\n",
        &[("tool a $more -b", "tool a \\\n    {{ .Values.more }} \\\n    -b")],
    );
    // The last of three braces belongs to the list, but where three open the placeholder.
    check("a: {run: tool -p {{ x }}}\n", &[("tool -p $x", "tool -p {{ x }}")]);
    check("run: tool -p {{{ x }}} -c\n", &[("tool -p $x -c", "tool -p {{{ x }}} -c")]);
    check("run: tool ${{ secrets.A }} ${#x}\n", &[("tool $A ?", "tool ${{ secrets.A }} ${#x}")]);
}

#[test]
fn what_is_wrong_hides_only_itself() {
    check("a:\n\t- b\n  run: tool a\n ]\nrun: tool b\n", &[("tool a", "tool a"), ("tool b", "tool b")]);
    check("a: [b\nrun: tool a\n", &[("tool a", "tool a")]);
    check("a: \"b\nrun: tool a\nc: d\n", &[("tool a", "tool a")]);
    check("steps:\n- run: \"$X\" && tool a\n- run: tool b\n", &[("tool a", "tool a"), ("tool b", "tool b")]);
    check("- run: [[ -f x ]] && tool a\n- run: |\n  x\n- run: tool b\n", &[("tool a", "tool a"), ("tool b", "tool b")]);
    check(
        "a: *unknown\n<<<<<<< HEAD\nrun: tool a\n=======\nrun: tool b\n>>>>>>> x\n",
        &[("tool a", "tool a"), ("tool b", "tool b")],
    );
    for text in ["a: [b\nc: d\n", "a: \"b\" c\n", "a: b\n ]\n  }\n"] {
        assert!(!facts("x.yaml", text).syntax_errors.is_empty() || text.contains(']'), "{text}");
    }
}

#[test]
fn json_strings_are_decoded() {
    let check = |text: &str, wanted: &[(&str, &str)]| {
        let wanted: Vec<(String, String)> = wanted.iter().map(|(a, b)| ((*a).to_owned(), (*b).to_owned())).collect();
        assert_eq!(tools("x.json", text), wanted, "in:\n{text}");
    };
    check(r#"{"run": "tool a -b"}"#, &[("tool a -b", "tool a -b")]);
    check(
        r#"{"run": "other\n\ttool \"a b\" \u0063 \ud83d\ude00 d"}"#,
        &[("tool 'a b' c 😀 d", r#"tool \"a b\" \u0063 \ud83d\ude00 d"#)],
    );
    check("// tool no\n{\"run\": /* tool no */ \"tool a\", // tool no\n }", &[("tool a", "tool a")]);
    check(r#"[{"run": ["tool", "a", "b"],},]"#, &[("tool a b", r#"tool", "a", "b"#)]);
    check("{\"run\": \"tool a\"}\n{\"run\": \"tool b\"}\n", &[("tool a", "tool a"), ("tool b", "tool b")]);
    check("\u{feff}{\"a\": [1, -2.5e3, true, null], \"run\": \"tool a\"}", &[("tool a", "tool a")]);
    check("{\"run\": \"tool a\", \"b\": [1, 2", &[("tool a", "tool a")]);
    assert!(facts("x.json", "{\"a\": [1,2,], // c\n}").syntax_errors.is_empty());
    assert!(!facts("x.json", "{\"a\": [1, 2").syntax_errors.is_empty());
}

#[test]
fn hostile_files_cost_neither_stack_nor_time() {
    let many = 30_000;
    let bomb = (1..60).fold("a0: &a0 [tool x]\n".to_owned(), |text, n| {
        let before = n - 1;
        text + &format!("a{n}: &a{n} [*a{before}, *a{before}, *a{before}]\n")
    });
    let chain = (1..many).fold("a0: &a0 [x]\n".to_owned(), |mut text, n| {
        text.push_str(&format!("a{n}: &a{n} [*a{}]\n", n - 1));
        text
    });
    let merges = (0..3_000).map(|n| format!("k{n}: 1\n  ")).collect::<String>();
    let merges = format!("a: &a\n  {merges}\n") + &"b: {<<: *a}\n".repeat(3_000);
    let steps = (0..3_000).map(|n| " ".repeat(n) + "- \n").collect::<String>();
    let files = [
        ("x.yaml", "[".repeat(many)),
        ("x.yaml", "{a: ".repeat(many)),
        ("x.yaml", "- ".repeat(many)),
        ("x.yaml", "? ".repeat(many)),
        ("x.yaml", "- \"a\n".repeat(many)),
        ("x.yaml", "- [\n".repeat(many)),
        ("x.yaml", "{{".repeat(many)),
        ("x.yaml", "{{ a }}".repeat(many)),
        ("x.yaml", "run: ${{ ".repeat(many)),
        ("x.yaml", "a\n".repeat(many)),
        ("x.yaml", "\n".repeat(many) + "a: b"),
        ("x.yaml", "a: b\n ".repeat(many)),
        ("x.yaml", "run: |\n  tool x\n".repeat(20_000)),
        ("x.yaml", "&a ".repeat(many)),
        ("x.yaml", "!a [".repeat(many)),
        ("x.yaml", steps),
        ("x.yaml", bomb),
        ("x.yaml", chain),
        ("x.yaml", merges),
        ("x.json", "[".repeat(many)),
        ("x.json", "{\"a\":".repeat(many)),
        ("x.json", "]".repeat(many)),
        ("x.json", "\"".repeat(many)),
        ("x.json", "/*".repeat(many)),
        ("x.json", "[1,".repeat(many)),
    ];
    for (file, text) in files {
        endure(file, &text);
    }
}
