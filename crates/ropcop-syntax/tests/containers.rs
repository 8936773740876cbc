//! What is seen in Dockerfiles, and in the files that say what runs in containers.

// A test may fail where it stands.
#![allow(clippy::unwrap_used)]

mod fixture;

use fixture::{check_tools_at as check, facts, tools_as_words as tools};

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
    check("Dockerfile", "FROM a\nRUN --mount=type=secret,id=x --network=none \\\n  tool a\n", &[("tool a", "tool a")]);
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
    check(
        "Dockerfile",
        "FROM a\nRUN <<-\"EOF\" bash\n\ttool a\n\tEOF\nRUN tool b\n",
        &[("tool a", "tool a"), ("tool b", "tool b")],
    );
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
    for text in [
        "RUN",
        "RUN \\",
        "ONBUILD",
        "HEALTHCHECK CMD",
        "SHELL [",
        "SHELL [\"",
        "FROM",
        "RUN [\"\\",
        "RUN [\"\\u",
        &many,
    ] {
        facts("Dockerfile", text);
    }
    let deep = format!("FROM a\nRUN {}tool a\nRUN tool b\n", "(".repeat(500));
    assert!(tools("Dockerfile", &deep).iter().any(|(shown, _)| shown == "tool b"));
    let long = format!("FROM a\nRUN {}tool b\n", "x \\\n".repeat(100_000));
    assert!(!facts("Dockerfile", &long).commands.is_empty());
}

#[test]
fn a_manifest_runs_command_and_args_as_one() {
    let pod = "apiVersion: batch/v1\nkind: CronJob\nspec:\n  jobTemplate:\n    spec:\n      template:\n        spec:\n          containers:\n          - name: a\n            image: x\n            command: [\"/bin/bash\", \"-ec\"]\n            args:\n            - |\n              # it's tool a\n              tool -u $U \\\n                -p \"$(PASS)\" --last\n              echo tool b\n              tool c\n";
    check(
        "job.yaml",
        pod,
        &[
            ("tool -u $U… -p $PASS --last", "tool -u $U \\\n                -p \"$(PASS)\" --last"),
            ("tool c", "tool c"),
        ],
    );
    assert_eq!(facts("job.yaml", pod).host, Some(ropcop_syntax::Host::Container));
    check(
        "pod.yaml",
        "apiVersion: v1\nkind: Pod\nspec:\n  initContainers:\n  - command:\n    - tool\n    - -u\n    - a b # tool c\n    - --last\n    livenessProbe:\n      exec:\n        command: [tool, d]\n    lifecycle:\n      postStart:\n        exec:\n          command: [sh, -c, tool e]\n",
        &[
            ("tool -u 'a b' --last", "tool\n    - -u\n    - a b # tool c\n    - --last"),
            ("tool d", "tool, d"),
            ("tool e", "tool e"),
        ],
    );
}

#[test]
fn a_manifest_may_hold_others_and_scripts() {
    check(
        "list.yaml",
        "apiVersion: v1\nkind: List\nitems:\n- apiVersion: v1\n  kind: ConfigMap\n  data:\n    run.sh: |\n      tool a\n    start: |\n      #!/bin/sh\n      tool b\n    other: tool c\n- apiVersion: v1\n  kind: Pod\n  spec:\n    containers:\n    - command: [tool, d]\n",
        &[
            ("tool a (likely)", "tool a"),
            ("tool b (likely)", "tool b"),
            ("tool c (stored)", "tool c"),
            ("tool d", "tool, d"),
        ],
    );
    check(
        "list.json",
        r#"{"apiVersion": "v1", "kind": "Pod", "spec": {"containers": [{"command": ["tool"], "args": ["a", "b\"c"]}]}}"#,
        &[("tool a b\"c", "tool\"], \"args\": [\"a\", \"b\\\"c")],
    );
}

#[test]
fn a_kubeconfig_runs_its_plugin() {
    let text = "apiVersion: v1\nkind: Config\nusers:\n- name: x\n  user:\n    exec:\n      apiVersion: y\n      command: tool\n      args:\n      - get\n      - --x\n";
    check("config.yaml", text, &[("tool get --x", "tool\n      args:\n      - get\n      - --x")]);
    let indented: String = text.lines().map(|line| format!("    {line}\n")).collect();
    let secret = format!("apiVersion: v1\nkind: Secret\nstringData:\n  kubeconfig: |\n{indented}");
    assert_eq!(tools("secret.yaml", &secret).len(), 1, "{secret}");
    let secret = secret.replace("kubeconfig:", "value:");
    let found = tools("secret.yaml", &secret);
    assert_eq!(found.len(), 1, "{secret}");
    assert!(found[0].1.starts_with("tool\n          args:"), "{found:?}");
}

#[test]
fn a_template_of_helm_is_a_manifest_with_holes() {
    let text = "{{- if .Values.on }}\napiVersion: apps/v1\nkind: {{ .Values.kind }}\nspec:\n  template:\n    spec:\n      containers:\n      {{- range .Values.list }}\n      - name: {{ .name }}\n        command: [\"sh\", \"-c\"]\n        args:\n        - |\n          tool -u {{ .Values.user | quote }} \\\n            {{- if .x }}\n            -p \"{{ $.Values.pass }}\" \\\n            {{- end }}\n            --last\n      {{- end }}\n{{- end }}\n";
    let found = tools("templates/x.yaml", text);
    assert_eq!(found.len(), 1, "{found:?}");
    assert_eq!(found[0].0.replace('…', ""), "tool -u $user -p $pass --last");
    assert!(found[0].1.starts_with("tool -u {{") && found[0].1.ends_with("--last"), "{found:?}");
}

#[test]
fn services_of_compose_run() {
    let text = "services:\n  a:\n    image: x\n    command: tool -u ${U} -p '$$P' --last # tool c\n  b:\n    image: x\n    entrypoint: [\"bash\", \"-c\"]\n    command:\n      - |\n        echo tool d\n        tool -u $$U \\\n          -p x\n  c:\n    build: .\n    entrypoint: bash -c\n    command: \"'tool e'\"\n    healthcheck:\n      test: [\"CMD-SHELL\", \"tool f || exit 1\"]\n  d:\n    image: x\n    healthcheck:\n      test: [\"CMD\", \"tool\", \"g\"]\n    labels:\n      x: tool h\n";
    check(
        "compose.yaml",
        text,
        &[
            ("tool -u $U… -p $P --last", "tool -u ${U} -p '$$P' --last"),
            ("tool -u $U… -p x", "tool -u $$U \\\n          -p x"),
            ("tool e", "tool e"),
            ("tool f", "tool f"),
            ("tool g", "tool\", \"g"),
            ("tool h (stored)", "tool h"),
        ],
    );
    assert_eq!(facts("compose.yaml", text).host, Some(ropcop_syntax::Host::Container));
    check(
        "c.yml",
        "services:\n  a:\n    image: x\n    entrypoint: [tool]\n    command: [a, b]\n",
        &[("tool a b", "tool]\n    command: [a, b")],
    );
    check(
        "c.yml",
        "x-a: &a\n  command: tool a\nservices:\n  a:\n    image: x\n    <<: *a\n  b:\n    image: x\n    <<: *a\n",
        &[("tool a", "tool a")],
    );
}

#[test]
fn hooks_of_a_development_container_run() {
    let text = "{\n  // tool x\n  \"image\": \"x\",\n  \"postCreateCommand\": \"other && tool -u $U \\\\\\n -p \\\"x\\\"\",\n  \"onCreateCommand\": [\"tool\", \"a b\"],\n  \"postStartCommand\": {\"one\": \"tool c\", \"two\": [\"tool\", \"d\"]},\n  \"description\": \"tool e\",\n}\n";
    check(
        ".devcontainer/devcontainer.json",
        text,
        &[
            ("tool -u $U… -p x", "tool -u $U \\\\\\n -p \\\"x\\\""),
            ("tool 'a b'", "tool\", \"a b"),
            ("tool c", "tool c"),
            ("tool d", "tool\", \"d"),
        ],
    );
    assert_eq!(facts("devcontainer.json", text).host, Some(ropcop_syntax::Host::DevContainer));
}

#[test]
fn aliases_without_end_are_read_in_time() {
    let mut bomb = "apiVersion: v1\nkind: List\na0: &a0 {command: [tool, a]}\n".to_owned();
    let mut services = "services:\n  a: {image: x}\nx-0: &a0 {command: tool $$a}\n".to_owned();
    for level in 1..40 {
        let before = level - 1;
        bomb.push_str(&format!("a{level}: &a{level} [*a{before}, *a{before}, *a{before}]\n"));
        services.push_str(&format!("x-{level}: &a{level} [*a{before}, *a{before}, *a{before}]\n"));
    }
    assert_eq!(tools("x.yaml", &bomb).len(), 1);
    assert_eq!(tools("compose.yaml", &services).len(), 1);
    let deep = format!("apiVersion: v1\nkind: List\nitems: {}", "[".repeat(20_000));
    facts("x.yaml", &deep);
    facts("x.yaml", "a: {b: &a");
    facts("compose.yaml", &deep.replace("apiVersion: v1", "services: {a: {image: x}}"));
}

#[test]
fn words_keep_their_places_behind_wrappers() {
    check(
        "pod.yaml",
        "apiVersion: v1\nkind: Pod\ncontainers:\n- command:\n  - sudo\n  - sh\n  - -c\n  - |\n    # it's\n    tool -u \"é\" \\\n      -p {{ p }}\n",
        &[("tool -u é -p $p…", "tool -u \"é\" \\\n      -p {{ p }}")],
    );
    check(
        "pod.yaml",
        "apiVersion: v1\nkind: Pod\ncontainers:\n- command: [tool, it's, '', \"a é\"]\n",
        &[("tool it's '' 'a é'", "tool, it's, '', \"a é")],
    );
    check(
        "pod.yaml",
        "apiVersion: v1\nkind: Pod\ncontainers:\n- command: [tool, 'x {{ a.b }}']\n  args: [-e, tool a]\n",
        &[("tool 'x $b' -e 'tool a'", "tool, 'x {{ a.b }}']\n  args: [-e, tool a")],
    );
    // The program of another language is no shell.
    check(
        "pod.yaml",
        "apiVersion: v1\nkind: Pod\ncontainers:\n- command: [python3, -c, \"import os; os.system('tool a')\"]\n",
        &[("tool a", "tool a")],
    );
    check("pod.yaml", "apiVersion: v1\nkind: Pod\ncontainers:\n- command: [make, -e, tool a]\n", &[]);
}
