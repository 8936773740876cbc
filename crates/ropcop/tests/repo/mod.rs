//! A small repository in a temporary folder, with a rule of its own, and ropcop run in it.

use std::fs;
use std::path::Path;
use std::process::{Command, Output, Stdio};

use tempfile::TempDir;

const RULE: &str = r#"
summary = "a demo tool signs a user in with a password"
severity = "error"
impact = "blocked"
cwe = [308, 522]
why = "The service asks for a second factor. More about that."
fix = "Use a service identity."
links = ["https://example.org/demo"]

[[match.command]]
name = "demo login"
with = ["--username", "--password"]
secret = ["--password"]

[[match.call]]
path = ["demo.Password"]
secret = ["1|password"]

[[bad]]
"a.sh" = "demo login -u a -p b"

[[good]]
"a.sh" = "demo login"
"#;

const GRAMMAR: &str = r#"
name = "demo login"
programs = ["demo"]
sub-commands = ["login"]
style = "argparse"

[[option]]
names = ["--username", "-u"]
value = "one"

[[option]]
names = ["--password", "-p"]
value = "one"
"#;

pub(crate) const SIGN_IN: &str = "demo login -u me -p hunter2hunter2\n";

pub(crate) struct Repo {
    outer: TempDir,
}

/// What a run printed.
pub(crate) struct Printed {
    pub(crate) status: i32,
    pub(crate) out: String,
    pub(crate) err: String,
}

impl Repo {
    /// A repository with these files, and the rule `demo-password` in a folder beside it.
    pub(crate) fn new<'a>(files: impl IntoIterator<Item = (&'a str, &'a str)>) -> Self {
        let repo = Self { outer: tempfile::tempdir().expect("a folder") };
        fs::create_dir_all(repo.path()).expect("a folder");
        write(&repo.outer.path().join("rules/demo-password.toml"), RULE.as_bytes());
        let off = RULE.replacen("impact", "default = false\nimpact", 1).replace("demo.Password", "demo.Other");
        let (start, rest) = off.split_once("[[match.command]]").expect("a match of a command");
        let (_, calls) = rest.split_once("[[match.call]]").expect("a match of a call");
        let off = format!("{start}[[match.call]]{calls}");
        write(&repo.outer.path().join("rules/demo-other.toml"), off.as_bytes());
        write(&repo.outer.path().join("rules/commands/demo-login.toml"), GRAMMAR.as_bytes());
        for (path, text) in files {
            repo.write(path, text.as_bytes());
        }
        repo
    }

    pub(crate) fn path(&self) -> std::path::PathBuf {
        self.outer.path().join("repo")
    }

    pub(crate) fn write(&self, path: &str, bytes: &[u8]) {
        write(&self.path().join(path), bytes);
    }

    /// `ropcop scan` with the rule of this repository and no other.
    pub(crate) fn scan(&self, args: &[&str]) -> Printed {
        self.scan_with(args, "")
    }

    pub(crate) fn scan_with(&self, args: &[&str], stdin: &str) -> Printed {
        let rules = self.outer.path().join("rules").display().to_string();
        let mut all = vec!["scan", "--no-builtin-rules", "--rules", &rules];
        all.extend(args);
        run(&self.path(), &all, stdin)
    }

    /// Paths of the findings, in order.
    pub(crate) fn found(&self, args: &[&str]) -> Vec<String> {
        let mut all = vec!["--format", "compact", "--quiet"];
        all.extend(args);
        let printed = self.scan(&all);
        assert!(printed.status < 2, "{}", printed.err);
        printed.out.lines().filter_map(|line| line.split(':').next()).map(str::to_owned).collect()
    }

    /// The report as JSON.
    pub(crate) fn json(&self, args: &[&str]) -> serde_json::Value {
        let mut all = vec!["--format", "json"];
        all.extend(args);
        serde_json::from_str(&self.scan(&all).out).expect("JSON")
    }

    /// Kind and path of every notice.
    pub(crate) fn notices(&self, args: &[&str]) -> Vec<(String, String)> {
        let text = |value: &serde_json::Value| value.as_str().unwrap_or_default().to_owned();
        let notices = self.json(args)["notices"].as_array().cloned().unwrap_or_default();
        notices.iter().map(|notice| (text(&notice["kind"]), text(&notice["path"]))).collect()
    }
}

/// ropcop in a folder.
pub(crate) fn run(folder: &Path, args: &[&str], stdin: &str) -> Printed {
    use std::io::Write;
    let mut child = Command::new(env!("CARGO_BIN_EXE_ropcop"))
        .args(args)
        .current_dir(folder)
        .env("NO_COLOR", "1")
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .expect("ropcop starts");
    child.stdin.take().expect("a pipe").write_all(stdin.as_bytes()).expect("it listens");
    let Output { status, stdout, stderr } = child.wait_with_output().expect("ropcop ends");
    let text = |bytes: Vec<u8>| String::from_utf8(bytes).expect("output is UTF-8");
    Printed { status: status.code().expect("a status"), out: text(stdout), err: text(stderr) }
}

fn write(path: &Path, bytes: &[u8]) {
    fs::create_dir_all(path.parent().expect("it is in a folder")).expect("a folder");
    fs::write(path, bytes).expect("a file");
}
