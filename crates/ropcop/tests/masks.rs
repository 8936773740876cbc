//! Excerpts show everything but secrets: forms of all families, in every format and in `ropcop facts`.

#![allow(clippy::unwrap_used, dead_code, missing_docs)]

mod repo;

use std::fs;
use std::path::Path;

use repo::{Repo, run};

const FORMATS: [&str; 4] = ["pretty", "compact", "json", "sarif"];

/// Stands in every secret of the forms.
const HUNTED: &str = "umbrella";

/// A file, its text, and how the excerpt shows it.
const FORMS: [(&str, &str, &str); 22] = [
    ("a.sh", "word=umbrella; demo login -u me -p $word", "word=…; demo login -u me -p $word"),
    ("a.sh", "demo login -u me -p \"${PW:-umbrella}\"", "-p \"${PW:-…}\""),
    ("a.sh", "demo login -u me --password \"${PW:=umbrella}\"", "--password \"${PW:=…}\""),
    ("a.sh", "demo login -u me -p 'red '\\''umbrella'", "-p '…'"),
    ("a.sh", "demo login -u me -p \"red\\\"umbrella\"", "-p \"…\""),
    ("a.sh", "tool -uroot -pumbrella1 ; demo login -u me -p x1", "tool -uroot -p… ; demo login -u me -p …"),
    ("a.sh", "curl -u id:umbrella x; demo login -u me -p x1", "curl -u id:… x; demo login -u me -p …"),
    ("a.sh", "demo login -u a -p umbrella; demo login -u b -p umbrella", "demo login -u a -p …; demo login -u b -p …"),
    ("a.ps1", "demo login -u me -p 'red''umbrella'", "-p '…'"),
    ("a.ps1", "demo login -u me -p \"red`\"umbrella\"", "-p \"…\""),
    ("a.ps1", "$p = 'umbrella'; demo login -u me -p $p", "$p = '…'; demo login -u me -p $p"),
    ("a.bat", "demo login -u me -p umbrella\r\n", "demo login -u me -p …"),
    ("Dockerfile", "FROM x\nRUN demo login -u me -p umbrella\n", "RUN demo login -u me -p …"),
    (".gitlab-ci.yml", "a:\n  script:\n    - demo login -u me -p umbrella\n", "- demo login -u me -p …"),
    ("a.py", "import demo\ndemo.Password('me', 'umbrella')\n", "demo.Password('me', '…')"),
    ("a.py", "import demo\nx = 'umbrella'; demo.Password('me', x)\n", "x = '…'; demo.Password('me', x)"),
    ("a.py", "import demo\ndemo.Password('me', str('umbrella'))\n", "demo.Password('me', str('…'))"),
    (
        "a.py",
        "import demo, os\ndemo.Password('me', os.getenv('PW', 'umbrella'))\n",
        "demo.Password('me', os.getenv('PW', '…'))",
    ),
    (
        "a.py",
        "import demo, os\ndemo.Password('me', password=os.getenv('PW') or 'umbrella')\n",
        "password=os.getenv('PW') or '…')",
    ),
    (
        "a.go",
        "package a\nimport \"demo\"\nfunc f() { demo.Password(u, \"umbrella\", x) }\n",
        "demo.Password(u, \"…\", x)",
    ),
    (
        "a.js",
        "import * as demo from 'demo';\ndemo.Password('me', pw ?? 'umbrella');\n",
        "demo.Password('me', pw ?? '…')",
    ),
    (
        "A.java",
        "import demo.Password;\nclass A { Object f = new Password(\"me\", \"umbrella\"); }\n",
        "(\"me\", \"…\")",
    ),
];

#[test]
fn every_form_shows_all_but_the_secret() {
    let paths: Vec<String> = FORMS.iter().enumerate().map(|(index, (name, ..))| format!("{index}/{name}")).collect();
    let repo = Repo::new(paths.iter().zip(FORMS).map(|(path, (_, text, _))| (path.as_str(), text)));
    for format in FORMATS {
        let printed = repo.scan(&["--format", format, "--min-confidence", "low"]);
        assert_eq!(printed.status, 1, "{}", printed.err);
        assert!(!printed.out.contains(HUNTED), "{format}:\n{}", printed.out);
        for (path, (_, text, shown)) in paths.iter().zip(FORMS) {
            assert!(printed.out.contains(path), "{format}: {path}\n{text}\n{}", printed.out);
            assert!(format != "pretty" || printed.out.contains(shown), "{text}\n{}", printed.out);
        }
    }
    for (path, (_, text, _)) in paths.iter().zip(FORMS) {
        let page = repo.facts(&[path]);
        assert!(page.status == 0 && !page.out.contains(HUNTED), "{text}\n{}", page.out);
    }
}

/// Names that say what is called or which variable goes where.
#[test]
fn no_name_is_hidden() {
    for (name, text) in [
        ("a.py", "import demo\npassword = input()\ndemo.Password(user_password, password)\n"),
        ("a.py", "import demo\nx = 'password'\ndemo.Password(username_password_of(a), x)\n"),
        ("a.go", "package a\nimport \"demo\"\nfunc f(password string) { demo.Password(name, password, scopes) }\n"),
        ("a.sh", "demo login -u \"$USER\" -p \"$PASSWORD\""),
        ("a.ps1", "demo login -u $User -p $Password"),
    ] {
        let repo = Repo::new([(name, text)]);
        let printed = repo.scan(&["--min-confidence", "low"]);
        let line = text.lines().find(|line| line.contains("demo.") || line.contains("demo login")).unwrap();
        assert!(printed.out.contains(line), "{text}\n{}", printed.out);
    }
}

/// Passwords of the examples: words that stand in them as values of passwords and nowhere else.
#[test]
fn no_report_of_the_examples_shows_a_password_of_them() {
    let examples = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../examples");
    assert!(fs::metadata(&examples).unwrap().is_dir());
    let mut written = String::new();
    for format in FORMATS {
        let printed = run(&examples, &["scan", "--format", format, "--min-confidence", "low"], "");
        assert!(printed.status < 2, "{}", printed.err);
        written.push_str(&printed.out);
    }
    for pattern in [r#"(?i)--?p(?:assword)?[ =]["']?[A-Za-z]\w+[!#]"#, r#"(?i)password=["']\w+["'!#]"#] {
        let pattern = regex::Regex::new(pattern).unwrap();
        let found: Vec<&str> = pattern.find_iter(&written).map(|found| found.as_str()).collect();
        assert!(found.is_empty(), "{found:?}");
    }
}
