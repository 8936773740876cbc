//! What is seen in Dockerfiles, and in the files that say what runs in containers. A command is written as its words
//! with blanks between: `$NAME` is a variable or hole, `?` something unknown, `…` behind a word means that it may be
//! several, `(likely)` and `(stored)` how sure it is.

// A test may fail where it stands.
#![allow(clippy::unwrap_used)]

use ropcop_syntax::{Certainty, Command, Facts, Part, Source, Word, extract};

fn facts(path: &str, text: &str) -> Facts {
    extract(&Source::detect(path, text).unwrap(), &|_| true)
}

fn shown(command: &Command) -> String {
    let part = |part: &Part| match part {
        Part::Text(text) => text.clone(),
        Part::Variable(name) => format!("${name}"),
        Part::Output { .. } | Part::Unknown => "?".to_owned(),
    };
    let word = |word: &Word| {
        let text: String = word.parts.iter().map(part).collect();
        let text = if text.is_empty() || text.contains(' ') { format!("'{text}'") } else { text };
        format!("{text}{}", if word.splits { "…" } else { "" })
    };
    let line = command.words.iter().map(word).collect::<Vec<_>>().join(" ");
    let certainty = match command.certainty {
        Certainty::Runs => "",
        Certainty::Likely => " (likely)",
        Certainty::Stored => " (stored)",
    };
    format!("{line}{certainty}")
}

/// The commands of a file whose program, or one of whose words, is `tool`, each with the text at its span.
fn tools<'t>(path: &str, text: &'t str) -> Vec<(String, &'t str)> {
    let commands = facts(path, text).commands;
    let found = commands.iter().filter(|command| command.words.iter().any(|word| word.text().as_deref() == Some("tool")));
    found.map(|command| (shown(command), &text[command.span.start..command.span.end])).collect()
}

#[track_caller]
fn check(path: &str, text: &str, wanted: &[(&str, &str)]) {
    let found = tools(path, text);
    let found: Vec<(&str, &str)> = found.iter().map(|(shown, span)| (shown.as_str(), *span)).collect();
    assert_eq!(found, wanted, "in:\n{text}");
}

/// The same for a Dockerfile where every span is as long as what is shown.
#[track_caller]
fn runs(text: &str, wanted: &[&str]) {
    let found: Vec<String> = tools("Dockerfile", text).into_iter().map(|(shown, _)| shown).collect();
    assert_eq!(found, wanted, "in:\n{text}");
}

#[test]
fn a_command_is_found_first_in_the_middle_and_last() {
    check(
        "Dockerfile",
        "FROM a\nRUN tool -u $U -p x && other && tool b; tool c # tool d\n",
        &[("tool -u $U… -p x", "tool -u $U -p x"), ("tool b", "tool b"), ("tool c", "tool c")],
    );
}

#[test]
fn a_continued_line_is_one_command() {
    check(
        "Dockerfile",
        "FROM a\nRUN apt-get update && \\\n    tool -u $U \\\n# a comment tool\n\n      # another\n  -p \"$P\" \\  \n    --last x\nRUN y\n",
        &[(
            "tool -u $U… -p $P --last x",
            "tool -u $U \\\n# a comment tool\n\n      # another\n  -p \"$P\" \\  \n    --last x",
        )],
    );
    check("Dockerfile", "FROM a\r\nRUN tool a \\\r\n  b\r\nRUN y\r\n", &[("tool a b", "tool a \\\r\n  b")]);
    check("Dockerfile", "# escape=`\nFROM a\nRUN tool a `\n  b\\c\n", &[("tool a bc", "tool a `\n  b\\c")]);
    // A directive behind an instruction or a comment is a comment.
    runs("# hello\n# escape=`\nFROM a\nRUN tool a `x`\n", &["tool a ?…"]);
}

#[test]
fn comments_and_printed_text_are_silent() {
    runs("FROM a\n# RUN tool a\n  #RUN tool b\nRUN echo tool c\nRUN echo \"run tool d\"\nLABEL x=\"tool e\"\n", &[]);
    runs("FROM a\nENV X=\"tool a\"\nARG tool=1\nEXPOSE tool\nCOPY tool /bin/tool\n", &[]);
}

#[test]
fn the_exec_form_is_a_list_of_words() {
    check(
        "Dockerfile",
        "FROM a\nRUN [\"tool\", \"-u\", \"$U x\", \"a\\\"\\u0041b\"]\nCMD [\"x\"]\n",
        &[("tool -u '$U x' a\"Ab", "tool\", \"-u\", \"$U x\", \"a\\\"\\u0041b")],
    );
    check(
        "Dockerfile",
        "FROM a\nRUN [\"bash\", \"-c\", \"echo 'x' && tool -u \\\"$U\\\" -p 'it'\"]\n",
        &[("tool -u $U -p it", "tool -u \\\"$U\\\" -p 'it'")],
    );
    check("Dockerfile", "FROM a\nRUN [\"tool\", \\\n  \"b\"]\n", &[("tool b", "tool\", \\\n  \"b")]);
    // What is no list of strings goes to the shell.
    runs("FROM a\nRUN [ -f x ] && tool a\n", &["tool a"]);
    runs("FROM a\nRUN [\"tool\"] x\nRUN [\"tool\nRUN [\n", &[]);
}

#[test]
fn options_of_an_instruction_are_no_words() {
    check(
        "Dockerfile",
        "FROM a\nRUN --mount=type=secret,id=x --network=none \\\n  tool a\n",
        &[("tool a", "tool a")],
    );
    runs("FROM a\nHEALTHCHECK --interval=5s --timeout=3s CMD tool a || exit 1\nHEALTHCHECK NONE\n", &["tool a"]);
    runs("FROM a\nHEALTHCHECK CMD [\"tool\", \"b\"]\n", &["tool b"]);
    runs("from a\nonbuild run tool a\nONBUILD ENTRYPOINT [\"tool\", \"b\"]\n", &["tool a", "tool b"]);
}

#[test]
fn the_words_of_cmd_follow_those_of_entrypoint() {
    check(
        "Dockerfile",
        "FROM a\nENTRYPOINT [\"tool\"]\nCMD [\"-u\", \"x\"]\n",
        &[("tool -u x", "tool\"]\nCMD [\"-u\", \"x")],
    );
    runs("FROM a\nENTRYPOINT [\"bash\", \"-c\"]\nCMD [\"tool a\"]\nFROM b\nCMD tool b\n", &["tool a", "tool b"]);
    runs("FROM a\nENTRYPOINT tool a\nCMD [\"tool\", \"b\"]\n", &["tool a", "tool b"]);
    runs("FROM a\nCMD tool a\nCMD tool b\n", &["tool b"]);
}

#[test]
fn a_here_document_is_a_script() {
    check(
        "Dockerfile",
        "FROM a\nRUN <<EOF\nset -e\ntool -u $U \\\n  -p x\n# tool c\nEOF\nRUN tool b\n",
        &[("tool -u $U… -p x", "tool -u $U \\\n  -p x"), ("tool b", "tool b")],
    );
    check("Dockerfile", "FROM a\nRUN <<-\"EOF\" bash\n\ttool a\n\tEOF\nRUN tool b\n", &[
        ("tool a", "tool a"),
        ("tool b", "tool b"),
    ]);
    runs("FROM a\nRUN bash -e <<EOF && tool c\ntool a\nEOF\nRUN tool b\n", &["tool c", "tool a", "tool b"]);
    runs("FROM a\nRUN cat <<A > x.txt && cat <<B\ntool a\nA\ntool b\nB\nRUN tool c\n", &["tool c"]);
    runs("FROM a\nRUN echo $((1<<x)) 'a <<b' <<<y\nRUN tool c\n", &["tool c"]);
    runs("FROM a\nRUN <<EOF\ntool a\n", &["tool a"]);
}

#[test]
fn a_here_document_may_be_in_another_language() {
    for text in [
        "FROM a\nRUN python3 - <<EOF\nimport subprocess\nsubprocess.run(['tool', 'a'])\nEOF\n",
        "FROM a\nRUN <<EOF python3\nimport subprocess\nsubprocess.run(['tool', 'a'])\nEOF\n",
        "FROM a\nRUN <<EOF\n#!/usr/bin/env python3\nimport subprocess\nsubprocess.run(['tool', 'a'])\nEOF\n",
        "FROM a\nCOPY <<EOF /x/run.py\nimport subprocess\nsubprocess.run(['tool', 'a'])\nEOF\n",
    ] {
        let found = tools("Dockerfile", text);
        assert_eq!(found.len(), 1, "{text}");
        assert_eq!(found[0].1, "'tool', 'a'", "{text}");
    }
    check("Dockerfile", "FROM a\nCOPY <<EOF /x/run.sh\ntool a\nEOF\n", &[("tool a (likely)", "tool a")]);
    runs("FROM a\nCOPY <<EOF /etc/x.conf\ntool a\nEOF\n", &[]);
}

#[test]
fn a_file_that_makes_no_sense_is_read_to_its_end() {
    let many = "RUN <<A <<B <<C ".repeat(200);
    for text in ["RUN", "RUN \\", "ONBUILD", "HEALTHCHECK CMD", "SHELL [", "SHELL [\"", "FROM", "RUN [\"\\", "RUN [\"\\u", &many] {
        facts("Dockerfile", text);
    }
    let deep = format!("FROM a\nRUN {}tool a\nRUN tool b\n", "(".repeat(500));
    assert!(tools("Dockerfile", &deep).iter().any(|(shown, _)| shown == "tool b"));
    let long = format!("FROM a\nRUN {}tool b\n", "x \\\n".repeat(100_000));
    assert!(!facts("Dockerfile", &long).commands.is_empty());
}
