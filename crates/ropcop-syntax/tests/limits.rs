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
        ("a.sh", format!("{}tool a", "sudo ".repeat(20)), format!("{}tool a", "sudo ".repeat(5_000))),
        (
            "Dockerfile",
            format!("FROM a\nRUN {}tool a", "env ".repeat(20)),
            format!("FROM a\nRUN {}tool a", "env ".repeat(200)),
        ),
        ("a.xml", format!("<a>{}</a>", "<b/>".repeat(1_000)), format!("<a>{}</a>", "<b/>".repeat(600_000))),
    ] {
        assert_eq!(facts(path, &few).omissions, [], "{path}: {:.60}", few);
        assert!(!facts(path, &many).omissions.is_empty(), "{path}: {:.60}", many);
    }
}

/// `levels` blocks inside each other, each at a column of its own, and a call before them.
fn blocks(levels: usize, head: &str) -> String {
    let lines = (0..=levels).map(|level| format!("{}if x:\n", " ".repeat(level)));
    format!("import a\na.b('c')\n{}{}y = '{head}'\n", lines.collect::<String>(), " ".repeat(levels + 1))
}

/// As [`blocks`], and in the innermost a text in a text in a text: all that the scanner of Python remembers.
fn full_memory(levels: usize) -> String {
    let texts = format!("{}1{}", "f'{".repeat(300), "}'".repeat(300));
    blocks(levels, "") + &format!("{}z = {texts}\n", " ".repeat(levels + 1))
}

#[test]
fn python_at_more_columns_than_its_scanner_remembers_is_read_without_its_grammar() {
    for text in [blocks(381, ""), full_memory(381)] {
        let at_the_bound = facts("a.py", &text);
        assert!(
            at_the_bound.omissions.iter().all(|it| it.why.contains("nested deeper")),
            "{:?}",
            at_the_bound.omissions
        );
        assert!(at_the_bound.imports.contains(&"a".to_owned()));
    }
    for levels in [383, 384, 510, 511, 512, 3_000] {
        for text in [blocks(levels, ""), full_memory(levels)] {
            let beyond = facts("a.py", &text);
            assert_eq!(beyond.omissions.len(), 1);
            assert_eq!(beyond.omissions[0].why, "begins its lines at more than 383 columns");
            assert_eq!(
                beyond.omissions[0].span.start,
                text.find(&format!("\n{}if", " ".repeat(383))).map_or(0, |at| at + 1)
            );
            // By its name alone.
            assert_eq!(beyond.calls[0].symbols[0].path, "a.b");
        }
    }
}

#[test]
fn all_ways_in_which_python_counts_columns_are_counted() {
    let line = |column: &dyn Fn(usize) -> String| (0..600).map(|at| column(at) + "if x:\n").collect::<String>();
    for text in [
        line(&|at| "\t".repeat(at)),
        line(&|at| "\\\n ".repeat(at)),
        line(&|at| format!("   \r{}", " ".repeat(at))),
        line(&|at| format!("#\0{}", " ".repeat(at))),
    ] {
        assert_eq!(facts("a.py", &text).omissions[0].why, "begins its lines at more than 383 columns", "{text:.40}");
    }
}

#[test]
fn python_in_other_files_is_not_read_beyond_the_memory_of_its_scanner_either() {
    let code = blocks(600, "");
    let escaped = code.replace('\n', "\\n");
    let cell = format!("{{\"cells\": [{{\"cell_type\": \"code\", \"source\": \"{escaped}\"}}]}}");
    for (path, text) in [("a.ipynb", cell), ("a.md", format!("```python\n{code}```\n"))] {
        let found = facts(path, &text);
        assert!(found.omissions.iter().any(|it| it.why.contains("383 columns")), "{path}: {:?}", found.omissions);
    }
}

#[test]
fn no_scanner_of_a_grammar_ends_the_program_beyond_what_it_remembers() {
    // That the test goes on is what it asserts: an abort ends it.
    for (path, bound, text) in [
        (
            "a.sh",
            145,
            &(|n| format!("tool a {}\n{}tool b\n", "<<A ".repeat(n), "x\nA\n".repeat(n))) as &dyn Fn(usize) -> _,
        ),
        ("a.sh", 1_012, &|n| format!("tool a <<{0}\nx\n{0}\ntool b\n", "A".repeat(n))),
        ("a.cs", 255, &|n| format!("class A {{ void B() {{ C({}1{}); }} }}\n", "$\"{".repeat(n), "}\"".repeat(n))),
        ("a.tf", 63, &|n| format!("a = {}1{}\n", "\"${".repeat(n), "}\"".repeat(n))),
        ("a.tf", 127, &|n| format!("a = <<{0}\nx\n{0}\n", "A".repeat(n))),
        ("a.scala", 507, &|n| (0..=n).map(|at| format!("{}if x then\n", " ".repeat(at))).collect()),
        ("a.lua", 255, &|n| format!("a([{0}[x]{0}])\n", "=".repeat(n))),
        ("a.bicep", 255, &|n| format!("var a = '''x{}'''\n", "'".repeat(n))),
    ] {
        for count in [bound - 1, bound, bound + 1, 2 * bound + 1, 10 * bound] {
            facts(path, &text(count));
        }
    }
}

/// Texts in which a grammar loses its way.
fn lost(count: usize) -> [(&'static str, String); 3] {
    [
        ("a.go", format!("package a\nfunc b() {{\nc(\"d\")\n{}\n}}\n", "<!--".repeat(count))),
        ("a.js", format!("c(\"d\");\n{}\n", "->".repeat(2 * count))),
        ("a.ts", format!("c(\"d\");\n{}\n", "</a>".repeat(count / 2) + &"<a>".repeat(count / 2))),
    ]
}

#[test]
fn a_text_in_which_the_grammar_loses_its_way_is_read_without_it() {
    for (path, text) in &lost(5_000)[..2] {
        let found = facts(path, text);
        let why = &found.omissions[0].why;
        assert!(why.starts_with("takes the parser more than 2"), "{path}: {why}");
        assert_eq!(found.calls[0].symbols[0].path, "c", "{path}");
    }
    for (path, text) in lost(20) {
        assert_eq!(facts(path, &text).omissions, [], "{path}");
    }
}

#[test]
fn pieces_of_code_in_one_file_share_the_effort() {
    let one = format!("```go\n{}```\n", lost(60)[0].1);
    assert_eq!(facts("a.md", &one).omissions, []);
    let omissions = facts("a.md", &one.repeat(30)).omissions;
    assert!((5..25).contains(&omissions.len()), "{omissions:?}");
}
