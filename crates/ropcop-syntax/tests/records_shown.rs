//! Texts that would be records, if they were not only shown to people.

use ropcop_syntax::{RecordKind, Source, extract};

/// The values of `b` in all texts that are records.
fn found(path: &str, text: &str) -> Vec<String> {
    let records = extract(&Source::detect(path, text).expect("a language"), &|_| true).records;
    let texts = records.iter().filter(|record| record.kind == RecordKind::Text);
    let fields = texts.flat_map(|record| &record.fields).filter(|field| field.key == "b");
    fields.filter_map(|field| field.value.text()).collect()
}

#[test]
fn a_text_that_a_program_only_shows_is_no_record() {
    for (path, text) in [
        (
            "a.cs",
            "class A { void F() { System.Console.WriteLine(\"a=1;b=2\"); System.Console.Error.WriteLine(\"a=1;b=2\"); } }",
        ),
        ("a.cs", "class A { object o = new Option<string>(\"--to\", \"as in a=1;b=2\"); }"),
        ("a.py", "import sys\nsys.stdout.write('a=1;b=2')\n"),
        ("a.py", "USAGE = 'tool \"a=1;b=2\"'\nsys.exit(USAGE)\n"),
        ("a.py", "def f():\n    text = 'a=1;b=2'\n    print(text)\n"),
        ("a.py", "x = Field(examples=['a=1;b=2'], description='a=1;b=2')\n"),
        ("a.js", "yargs.option('to', { describe: 'as in a=1;b=2' });\n"),
        ("a.js", "program.option('-t, --to <text>', 'as in a=1;b=2');\n"),
        ("a.go", "package a\n\nvar to = flag.String(\"to\", \"\", \"as in a=1;b=2\")\n"),
        ("a.go", "package a\n\nvar root = &cobra.Command{Long: `as in a=1;b=2`, Example: \"tool a=1;b=2\"}\n"),
    ] {
        assert_eq!(found(path, text), [""; 0], "{text}");
    }
}

#[test]
fn a_text_that_a_program_may_use_is_a_record() {
    for (path, text) in [
        ("a.py", "TEXT = 'a=1;b=2'\nprint(TEXT)\n"),
        ("a.py", "def f():\n    text = 'a=1;b=2'\n    print(text)\n    connect(text)\n"),
        ("a.js", "request.write('a=1;b=2');\n"),
        ("a.js", "frame.option('url', 'a=1;b=2');\n"),
        ("a.js", "const options = { text: 'a=1;b=2' };\n"),
        ("a.go", "package a\n\nvar to = flag.String(\"to\", \"a=1;b=2\", \"where to\")\n"),
        ("a.cs", "class A { void F() { writer.WriteLine(\"a=1;b=2\"); } }"),
    ] {
        assert_eq!(found(path, text), ["2"], "{text}");
    }
}

#[test]
fn what_a_file_of_settings_says_for_people_is_no_record() {
    for (path, text) in [
        (
            "a.json",
            r#"{"to": {"description": "as in a=1;b=2", "examples": ["a=1;b=2"], "markdown_description": "a=1;b=2"}}"#,
        ),
        ("action.yml", "description: a=1;b=2\n"),
        ("a.tf", "variable \"to\" {\n  description = \"as in a=1;b=2\"\n}\n"),
        ("a.toml", "description = 'a=1;b=2'\n"),
        ("a.xml", "<doc><summary>as in a=1;b=2</summary></doc>"),
    ] {
        assert_eq!(found(path, text), [""; 0], "{text}");
    }
    for (path, text) in [
        ("a.json", r#"{"to": {"default": "a=1;b=2"}}"#),
        ("a.tf", "variable \"to\" {\n  default = \"a=1;b=2\"\n}\n"),
        ("a.toml", "to = 'a=1;b=2'\n"),
        ("a.xml", "<to>a=1;b=2</to>"),
    ] {
        assert_eq!(found(path, text), ["2"], "{text}");
    }
}

/// Whether a mapping with the key `kind` is a record.
fn is_mapping(path: &str, text: &str) -> bool {
    let records = extract(&Source::detect(path, text).expect("a language"), &|_| true).records;
    let mut mappings = records.iter().filter(|record| record.kind == RecordKind::Mapping);
    mappings.any(|record| record.fields.iter().any(|field| field.key == "kind"))
}

#[test]
fn what_a_test_expects_is_no_record() {
    for (path, text) in [
        ("a.js", "assert.deepEqual(parse(text), { kind: 'x', inner: { kind: 'y' } });\n"),
        ("a.ts", "expect(parse(text)).toEqual([{ kind: 'x' }]);\n"),
        ("a.py", "assert parse(text) == {'kind': 'x'}\n"),
        ("a.py", "self.assertEqual(parse(text), {'kind': 'x'})\n"),
        ("a.py", "expected_body = {'kind': 'x'}\nassert sent() == expected_body\n"),
        (
            "a.cs",
            "var h = new Handler { ExpectedPostData = new Dictionary<string, string> { { \"kind\", \"x\" } } };\n",
        ),
    ] {
        assert!(!is_mapping(path, text), "{text}");
    }
    for (path, text) in [
        ("a.js", "connect({ kind: 'x' });\n"),
        ("a.js", "expect(connect({ kind: 'x' })).toBe(1);\n"),
        ("a.py", "options = {'kind': 'x'}\nassert options\nconnect(options)\n"),
    ] {
        assert!(is_mapping(path, text), "{text}");
    }
}

#[test]
fn a_request_that_was_kept_with_its_answer_is_no_record() {
    for (path, text) in [
        (
            "cassette.yaml",
            "interactions:\n  - request:\n      body: a=1&b=2\n      form: {b: ['2']}\n    response:\n      body: '{}'\n",
        ),
        ("http.json", r#"[{"Url": "https://x.example", "Body": "a=1&b=2", "Content": "{\"token\": 1}"}]"#),
        ("stub.json", r#"{"request": {"url": "/x?a=1&b=2"}, "response": {"status": 200}}"#),
    ] {
        assert_eq!(found(path, text), [""; 0], "{text}");
    }
    for (path, text) in [
        ("collection.json", r#"{"item": [{"request": {"body": "a=1&b=2"}, "response": []}]}"#),
        ("request.json", r#"{"url": "https://x.example", "body": "a=1&b=2", "content": "form"}"#),
    ] {
        assert_eq!(found(path, text), ["2"], "{text}");
    }
}
