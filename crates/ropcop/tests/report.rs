//! What reports hold, and what they must never hold.

#![allow(clippy::unwrap_used, dead_code, missing_docs)]

mod repo;

use repo::{Repo, SIGN_IN};
use serde_json::Value;

const FORMATS: [&str; 4] = ["pretty", "compact", "json", "sarif"];

/// A repository with something of everything that a report can mention.
fn rich() -> Repo {
    let repo = Repo::new([
        ("a b/ü#.sh", "echo start\n\tdemo login -u \"$U\" -p 'hunter2hunter2' # hunter2hunter2\n"),
        ("job.py", "import demo\n\nx = '😀'; c = demo.Password('me', password='tops3cret!')\n"),
        ("many.sh", "demo login \\\n  -u me \\\n  -p \"$P\"\n"),
        ("off.sh", "# ropcop: ignore[demo-password] tested elsewhere\ndemo login -u me -p \"$P\"\n"),
        ("unused.sh", "# ropcop: ignore[demo-password, no-such-rule]\ntrue\n"),
        ("node_modules/x.sh", SIGN_IN),
    ]);
    repo.write("bad.sh", b"\0\0\x01");
    repo
}

#[test]
fn no_secret_is_in_any_report() {
    let repo = rich();
    for format in FORMATS {
        let printed = repo.scan(&["--format", format, "--stats"]);
        assert_eq!(printed.status, 1);
        for secret in ["hunter2", "tops3cret"] {
            assert!(!printed.out.contains(secret), "{format}:\n{}", printed.out);
            assert!(!printed.err.contains(secret), "{format}:\n{}", printed.err);
        }
        let absolute = repo.path().parent().unwrap().display().to_string();
        assert!(!printed.out.contains(&absolute), "{format}:\n{}", printed.out);
    }
}

#[test]
fn the_number_of_threads_changes_nothing() {
    let repo = rich();
    for index in 0..40 {
        repo.write(&format!("more/{index}.sh"), SIGN_IN.as_bytes());
    }
    for format in FORMATS {
        let one = repo.scan(&["--format", format, "--threads", "1"]);
        for _ in 0..3 {
            assert_eq!(repo.scan(&["--format", format, "--threads", "2"]).out, one.out, "{format}");
        }
    }
}

#[test]
fn sarif_holds_what_code_scanning_reads() {
    let repo = rich();
    let log: Value = serde_json::from_str(&repo.scan(&["--format", "sarif"]).out).unwrap();
    let schema: Value = serde_json::from_str(include_str!("data/sarif-2.1.0.json")).unwrap();
    let validator = jsonschema::validator_for(&schema).unwrap();
    let errors: Vec<String> =
        validator.iter_errors(&log).map(|error| format!("{}: {error}", error.instance_path())).collect();
    assert!(errors.is_empty(), "{errors:#?}");

    let run = &log["runs"][0];
    let results = run["results"].as_array().unwrap();
    assert_eq!(results.len(), 3);
    let place = &results[0]["locations"][0]["physicalLocation"];
    assert_eq!(place["artifactLocation"]["uri"], "a%20b/%C3%BC%23.sh");
    assert_eq!(place["region"]["startLine"], 2);
    assert_eq!(place["region"]["startColumn"], 2);
    assert_eq!(place["region"]["snippet"]["text"], "demo login -u \"$U\" -p '…'");
    assert_eq!(results[0]["ruleId"], "demo-password");
    assert_eq!(run["tool"]["driver"]["rules"][0]["id"], "demo-password");
    assert_eq!(run["tool"]["driver"]["rules"][0]["name"], "DemoPassword");
    // The character before the call is one of two UTF-16 units.
    let region = &results[1]["locations"][0]["physicalLocation"]["region"];
    assert_eq!((region["startColumn"].as_u64(), run["columnKind"].as_str()), (Some(15), Some("utf16CodeUnits")));
    let region = &results[2]["locations"][0]["physicalLocation"]["region"];
    assert_eq!((region["startLine"].as_u64(), region["endLine"].as_u64()), (Some(1), Some(3)));
    assert!(results[0]["partialFingerprints"]["ropcop/v1"].is_string());
    assert!(results[0]["partialFingerprints"]["primaryLocationLineHash"].is_string());
    let notices = run["invocations"][0]["toolExecutionNotifications"].as_array().unwrap();
    let kinds: Vec<&str> = notices.iter().map(|notice| notice["descriptor"]["id"].as_str().unwrap()).collect();
    assert_eq!(kinds, ["binary", "third-party", "unknown-suppression", "unused-suppression"]);
    assert_eq!(run["invocations"][0]["exitCode"], 1);
}

#[test]
fn json_has_the_shape_that_its_schema_says() {
    let repo = rich();
    let report = repo.json(&[]);
    let schema = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("../../schema/report.schema.json");
    let schema: Value = serde_json::from_str(&std::fs::read_to_string(schema).unwrap()).unwrap();
    let validator = jsonschema::validator_for(&schema).unwrap();
    let errors: Vec<String> = validator.iter_errors(&report).map(|error| error.to_string()).collect();
    assert!(errors.is_empty(), "{errors:#?}");
    assert_eq!(report["summary"]["findings"], 3);
    assert_eq!(report["summary"]["suppressed"], 1);
    assert_eq!(report["findings"][1]["start"], serde_json::json!({"line": 3, "column": 14}));
}

#[test]
fn the_list_of_rules_is_json_too() {
    let repo = Repo::new([]);
    let list: Value = serde_json::from_str(&repo::run(&repo.path(), &["rules", "--format", "json"], "").out).unwrap();
    let ids: Vec<&str> = list.as_array().unwrap().iter().map(|rule| rule["id"].as_str().unwrap()).collect();
    assert!(ids.is_sorted() && !ids.is_empty(), "{ids:?}");
}

#[test]
fn fingerprints_stay_when_lines_move() {
    let prints = |text: &str| {
        let report = Repo::new([("a.sh", text)]).json(&[]);
        let findings = report["findings"].as_array().unwrap().clone();
        findings.iter().map(|finding| finding["fingerprint"].as_str().unwrap().to_owned()).collect::<Vec<_>>()
    };
    let before = prints(&format!("{SIGN_IN}{SIGN_IN}"));
    assert_eq!(before.len(), 2);
    assert_ne!(before[0], before[1]);
    assert_eq!(prints(&format!("\n# moved\n  {SIGN_IN}\n{SIGN_IN}")), before);
    assert_eq!(prints(&format!("{SIGN_IN}{SIGN_IN}").replace("hunter2", "other")), before, "no password is in a hash");
}

#[test]
fn nothing_from_a_repository_acts_on_a_terminal() {
    let repo = Repo::new([]);
    repo.write("x\u{202e}y.sh", b"demo login -u \"\x1b]0;owned\x07\" -p \"$P\" # \xe2\x80\xae\n");
    for format in FORMATS {
        let printed = repo.scan(&["--format", format, "--color", "never", "--stats"]);
        assert_eq!(printed.status, 1, "{}", printed.err);
        for text in [&printed.out, &printed.err] {
            assert!(!text.contains(['\u{1b}', '\u{7}', '\u{202e}']), "{format}: {text:?}");
        }
    }
}

#[test]
fn limits_leave_findings_out_and_say_so() {
    let repo = Repo::new([("a.sh", SIGN_IN), ("b.py", "import demo\ndemo.Other('a', 'b')\n")]);
    assert_eq!(repo.found(&[]), ["a.sh"]);
    assert_eq!(repo.found(&["--extend-select", "demo-other"]), ["a.sh", "b.py"]);
    assert_eq!(repo.found(&["--select", "demo-other"]), ["b.py"]);
    assert_eq!(repo.found(&["--select", "all", "--ignore", "demo-password"]), ["b.py"]);
    assert_eq!(repo.scan(&["--ignore", "demo-password"]).status, 2, "no rule is left");
    assert_eq!(repo.scan(&["--exit-zero"]).status, 0);
    let report = Repo::new([("c.sh", "x='demo login -u a -p b'\n")]).json(&["--min-confidence", "high"]);
    let left_out = report["summary"]["below_min_confidence"].as_u64().unwrap();
    assert_eq!(report["summary"]["findings"].as_u64().unwrap(), 0, "{left_out}");
}

#[test]
fn suppressions_speak_for_their_line_or_their_file() {
    let repo = Repo::new([
        ("above.sh", "# ropcop: ignore[demo-password] reason\n# more\ndemo login -u a -p b\n"),
        ("beside.sh", "demo login -u a -p b # ropcop: ignore[demo-password]\ndemo login -u a -p b\n"),
        ("file.sh", "#!/bin/sh\n# ropcop: ignore-file[demo-password] reason\n\ndemo login -u a -p b\n"),
        ("other.py", "import demo\n# ropcop: ignore[demo-other] it did not run\n"),
        ("too-far.sh", "# ropcop: ignore[demo-password]\n\ndemo login -u a -p b\n"),
    ]);
    assert_eq!(repo.found(&[]), ["beside.sh", "too-far.sh"]);
    assert_eq!(repo.notices(&[]), [("unused-suppression".to_owned(), "too-far.sh".to_owned())]);
    assert!(repo.scan(&[]).out.contains("Not shown: 3 suppressed by comments."));
    let notices = repo.notices(&["--select", "all"]);
    assert_eq!(notices[0], ("unused-suppression".to_owned(), "other.py".to_owned()));
}

#[test]
fn a_report_goes_to_a_file_and_the_summary_to_whoever_asked() {
    let repo = Repo::new([("a.sh", SIGN_IN)]);
    let printed = repo.scan(&["--format", "sarif", "--output", "out.sarif"]);
    assert_eq!((printed.status, printed.out.as_str()), (1, ""));
    assert!(printed.err.contains("Found 1 error in 1 file."), "{}", printed.err);
    assert!(std::fs::read_to_string(repo.path().join("out.sarif")).unwrap().contains("\"2.1.0\""));
    let printed = repo.scan(&["--output", "no/such/folder/out"]);
    assert_eq!(printed.status, 2);
    assert!(printed.err.contains("cannot write no/such/folder/out"), "{}", printed.err);
}
