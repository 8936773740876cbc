//! Which files are read, how they are decoded, and what is said about those that are not.

#![allow(clippy::unwrap_used, dead_code, missing_docs)]

mod repo;

use repo::{Repo, SIGN_IN, run};

fn pairs(notices: &[(&str, &str)]) -> Vec<(String, String)> {
    notices.iter().map(|(kind, path)| ((*kind).to_owned(), (*path).to_owned())).collect()
}

#[test]
fn ignore_files_are_honoured_but_a_named_file_is_read() {
    let repo = Repo::new([
        (".ropcopignore", "skipped.sh\n"),
        (".gitignore", "ignored.sh\n"),
        ("skipped.sh", SIGN_IN),
        ("ignored.sh", SIGN_IN),
        (".hidden/own.sh", SIGN_IN),
    ]);
    // Without a repository, `.gitignore` means nothing.
    assert_eq!(repo.found(&[]), [".hidden/own.sh", "ignored.sh"]);
    repo.write(".git/config", b"");
    repo.write(".git/hooks/pre-commit.sh", SIGN_IN.as_bytes());
    assert_eq!(repo.found(&[]), [".hidden/own.sh"]);
    assert_eq!(repo.found(&["--no-ignore"]), [".hidden/own.sh", "ignored.sh", "skipped.sh"]);
    assert_eq!(repo.found(&["skipped.sh", "ignored.sh"]), ["ignored.sh", "skipped.sh"]);
}

#[test]
fn no_file_is_read_twice() {
    let repo = Repo::new([("a/x.sh", SIGN_IN), ("a/b/y.sh", SIGN_IN)]);
    assert_eq!(repo.found(&[".", "a", "./a/b", "a/x.sh", "a/../a/x.sh"]), ["a/b/y.sh", "a/x.sh"]);
}

#[test]
fn paths_are_relative_and_never_absolute() {
    let repo = Repo::new([("a/x.sh", SIGN_IN), ("b/x.sh", SIGN_IN)]);
    let absolute = repo.path().join("a").display().to_string();
    assert_eq!(repo.found(&[&absolute]), ["a/x.sh"]);
    assert_eq!(repo.found(&["./a/../b"]), ["b/x.sh"]);
    let elsewhere = Repo::new([("c/y.sh", SIGN_IN)]);
    let outside = elsewhere.path().display().to_string();
    assert_eq!(repo.found(&[&outside]), ["c/y.sh"]);
    let file = elsewhere.path().join("c/y.sh").display().to_string();
    assert_eq!(repo.found(&[&file]), ["y.sh"]);
    let another = elsewhere.path().join("c").display().to_string();
    assert_eq!(repo.found(&[&file, &another]), ["y.sh"], "the file is in the folder too");
}

#[test]
fn excluded_globs_are_left_out() {
    let repo = Repo::new([("a/x.sh", SIGN_IN), ("a/tests/y.sh", SIGN_IN), ("z.sh", SIGN_IN)]);
    assert_eq!(repo.found(&["--exclude", "tests", "--exclude", "/z.sh"]), ["a/x.sh"]);
    assert_eq!(repo.found(&["--exclude", "a/**"]), ["z.sh"]);
}

#[test]
fn installed_code_is_skipped_and_said_so() {
    let repo = Repo::new([
        ("node_modules/p/x.sh", SIGN_IN),
        ("lib/vendor/modules.txt", ""),
        ("lib/vendor/x.sh", SIGN_IN),
        ("vendor/own.sh", SIGN_IN),
        ("venv/pyvenv.cfg", ""),
        ("venv/bin/x.sh", SIGN_IN),
        ("env/own.sh", SIGN_IN),
        ("app.min.js", "x"),
    ]);
    assert_eq!(repo.found(&[]), ["env/own.sh", "vendor/own.sh"]);
    let expected = [
        ("third-party", "lib/vendor"),
        ("third-party", "node_modules"),
        ("third-party", "venv"),
        ("minified", "app.min.js"),
    ];
    let mut notices = repo.notices(&[]);
    notices.sort();
    let mut expected = pairs(&expected);
    expected.sort();
    assert_eq!(notices, expected);
    assert_eq!(repo.found(&["--include-vendored"]).len(), 5);
    assert_eq!(repo.found(&["node_modules/p"]), ["node_modules/p/x.sh"]);
    let summary = repo.scan(&[]).out;
    assert!(summary.contains("skipped 3 folders of third-party code, 1 minified script (see --stats)"), "{summary}");
}

#[test]
fn documents_are_read_when_asked_for_or_named() {
    let fence = format!("# How to\n\n```bash\n{SIGN_IN}\n```\n");
    let repo = Repo::new([("README.md", &*fence), ("docs/page.rst", "Text\n"), ("x.sh", SIGN_IN)]);
    assert_eq!(repo.found(&[]), ["x.sh"]);
    assert_eq!(repo.found(&["--include-docs"]), ["README.md", "x.sh"]);
    assert_eq!(repo.found(&["README.md"]), ["README.md"]);
    assert_eq!(repo.json(&["README.md"])["findings"][0]["severity"], "note");
    assert_eq!(repo.notices(&[]), pairs(&[]));
    let stats = repo.scan(&["--stats"]).err;
    assert!(stats.contains("Documents, not read without --include-docs: 2\n"), "{stats}");
    assert!(repo.scan(&["docs"]).out.contains("no files to read but documents, which --include-docs reads"));
}

#[test]
fn a_comment_in_a_notebook_silences_the_line_below_it() {
    let cell = |lines: &str| {
        format!("{{\"cells\": [{{\"cell_type\": \"code\", \"source\": [\n{lines}\n]}}], \"metadata\": {{}}}}\n")
    };
    let sign_in = format!("  \"!{}\"", SIGN_IN.trim_end());
    let repo = Repo::new([("a.ipynb", &*cell(&sign_in))]);
    assert_eq!(repo.found(&[]), ["a.ipynb"]);
    let report = repo.json(&[]);
    assert_eq!(report["findings"][0]["start"], serde_json::json!({"line": 2, "column": 5}));
    assert_eq!(report["findings"][0]["severity"], "error");
    assert!(!repo.scan(&[]).out.contains("hunter2"));
    let comment = "  \"# ropcop: ignore[demo-password] only here\\n\",\n";
    repo.write("a.ipynb", cell(&format!("{comment}{sign_in}")).as_bytes());
    assert_eq!(repo.found(&[]), Vec::<String>::new());
}

#[cfg(unix)]
#[test]
fn links_are_not_followed_unless_named() {
    let repo = Repo::new([("a/x.sh", SIGN_IN)]);
    let elsewhere = Repo::new([("y.sh", SIGN_IN)]);
    std::os::unix::fs::symlink(elsewhere.path(), repo.path().join("folder")).unwrap();
    std::os::unix::fs::symlink(elsewhere.path().join("y.sh"), repo.path().join("file.sh")).unwrap();
    assert_eq!(repo.found(&[]), ["a/x.sh"]);
    assert_eq!(repo.notices(&[]), pairs(&[("link", "file.sh"), ("link", "folder")]));
    assert_eq!(repo.found(&["file.sh"]), ["file.sh"]);
    assert_eq!(repo.found(&["folder"]), ["folder/y.sh"]);
}

#[test]
fn large_binary_and_missing_files_are_said_so() {
    let repo = Repo::new([("x.sh", SIGN_IN), ("picture.png", "\0"), ("data.sh", "\0\u{1}\0\u{2}\u{3}")]);
    let file = std::fs::File::create(repo.path().join("huge.sh")).unwrap();
    file.set_len(11 * 1024 * 1024).unwrap();
    assert_eq!(repo.notices(&[]), pairs(&[("binary", "data.sh"), ("too-large", "huge.sh")]));
    let printed = repo.scan(&["no-such-file.sh"]);
    assert_eq!(printed.status, 2);
    assert!(printed.err.contains("no such file or folder: no-such-file.sh"), "{}", printed.err);
}

#[test]
fn every_usual_encoding_is_read() {
    let repo = Repo::new([]);
    let utf16 = |text: &str| text.encode_utf16().flat_map(u16::to_le_bytes).collect::<Vec<u8>>();
    repo.write("marked.sh", &[b"\xff\xfe".to_vec(), utf16(SIGN_IN)].concat());
    repo.write("bare.sh", &utf16(SIGN_IN));
    repo.write("latin.sh", &[b"# \xe4\xf6\xfc\n".to_vec(), SIGN_IN.into()].concat());
    repo.write("utf8mark.sh", &[b"\xef\xbb\xbf".to_vec(), SIGN_IN.into()].concat());
    repo.write("script", &[b"#!/bin/sh\r\n".to_vec(), SIGN_IN.into()].concat());
    assert_eq!(repo.found(&[]), ["bare.sh", "latin.sh", "marked.sh", "script", "utf8mark.sh"]);
    assert_eq!(repo.notices(&[]), pairs(&[("encoding", "latin.sh")]));
    let report = repo.json(&["latin.sh", "utf8mark.sh"]);
    assert_eq!(report["findings"][0]["start"], serde_json::json!({"line": 2, "column": 1}));
    assert_eq!(report["findings"][1]["start"], serde_json::json!({"line": 1, "column": 1}));
}

#[test]
fn an_empty_folder_has_no_files_to_read() {
    let repo = Repo::new([]);
    let printed = repo.scan(&[]);
    assert_eq!(printed.status, 0);
    assert!(printed.out.contains("there were no files to read"), "{}", printed.out);
}

#[test]
fn a_file_with_a_mistake_is_read_as_far_as_it_goes() {
    let broken = "import demo\ndef f(:\n    pass\ncred = demo.Password('a', 'b')\n";
    let repo = Repo::new([("x.py", broken)]);
    assert_eq!(repo.notices(&[]), pairs(&[("syntax-error", "x.py")]));
    assert!(!repo.scan(&[]).out.contains("syntax-error"), "only lists and machines get it");
    assert!(repo.scan(&["--stats"]).err.contains("syntax-error"));
}

#[test]
fn standard_input_is_read() {
    let repo = Repo::new([]);
    let printed = repo.scan_with(&["-", "--stdin-filename", "dir/a.sh", "--format", "compact"], SIGN_IN);
    assert_eq!(printed.status, 1);
    assert!(printed.out.starts_with("dir/a.sh:1:1: error[demo-password]"), "{}", printed.out);
    let printed = repo.scan_with(&["-"], &format!("#!/bin/sh\n{SIGN_IN}"));
    assert_eq!(printed.status, 1);
    let printed = repo.scan_with(&["-"], SIGN_IN);
    assert_eq!(printed.status, 2);
    assert!(printed.err.contains("--stdin-filename"), "{}", printed.err);
}

#[test]
fn a_reader_that_goes_away_is_no_error() {
    use std::process::{Command, Stdio};
    let repo = Repo::new([]);
    let mut child = Command::new(env!("CARGO_BIN_EXE_ropcop"))
        .args(["rules", "--format", "markdown"])
        .current_dir(repo.path())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    drop(child.stdout.take());
    let output = child.wait_with_output().unwrap();
    assert_eq!((output.status.code(), output.stderr), (Some(0), Vec::new()));
    assert_eq!(run(&repo.path(), &["rules"], "").status, 0);
}

#[cfg(unix)]
#[test]
fn a_device_or_an_endless_list_of_globs_leaves_nothing_out_and_is_said() {
    let repo = Repo::new([
        ("x.sh", SIGN_IN),
        ("a/.ropcopignore", "y.sh\n"),
        ("a/y.sh", SIGN_IN),
        ("b/z.sh", SIGN_IN),
        ("b/c/w.sh", SIGN_IN),
    ]);
    repo.write("b/.ropcopignore", "w.sh\n".repeat(200_000).as_bytes());
    assert_eq!(repo.found(&[]), ["b/c/w.sh", "b/z.sh", "x.sh"]);
    assert_eq!(repo.notices(&[]), pairs(&[("unreadable", "b/.ropcopignore")]));
    std::os::unix::fs::symlink("/dev/zero", repo.path().join(".ropcopignore")).unwrap();
    assert_eq!(repo.found(&[]), ["a/y.sh", "b/c/w.sh", "b/z.sh", "x.sh"]);
    assert_eq!(repo.notices(&[]), pairs(&[("unreadable", ".ropcopignore"), ("link", ".ropcopignore")]));
    assert_eq!(repo.notices(&["--no-ignore"]), pairs(&[("link", ".ropcopignore")]));
}

#[cfg(target_os = "linux")]
#[test]
fn a_named_file_that_cannot_be_read_is_a_failure_and_the_others_are_reported() {
    let repo = Repo::new([("x.sh", SIGN_IN)]);
    // A regular file of which nothing can be read.
    std::os::unix::fs::symlink("/proc/self/mem", repo.path().join("y.sh")).unwrap();
    let printed = repo.scan(&["x.sh", "y.sh", "--exit-zero", "--format", "compact"]);
    assert_eq!(printed.status, 2, "{}", printed.err);
    assert!(printed.out.contains("x.sh:1:1"), "{}", printed.out);
    std::os::unix::fs::symlink("/dev/zero", repo.path().join("z.sh")).unwrap();
    let printed = repo.scan(&["z.sh"]);
    assert_eq!(printed.status, 2);
    assert!(printed.err.contains("z.sh is no regular file and no folder"), "{}", printed.err);
}
