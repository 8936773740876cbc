//! What is read in notebooks. A command is written as its words with blanks between: `$NAME` is a hole or a variable, `?`
//! something unknown, `(likely)` and `(stored)` how sure it is. The text at the span of each command stands behind `@`.

// A test may fail where it stands.
#![allow(clippy::unwrap_used)]

mod fixture;

use fixture::{endure, shown};
use ropcop_syntax::{Command, Facts};

fn facts(text: &str) -> Facts {
    fixture::facts("book.ipynb", text)
}

fn line(command: &Command, text: &str) -> String {
    let sure = shown::certainty(command.certainty);
    format!("{}{sure} @ {}", shown::fixed_words(command), &text[command.span.start..command.span.end])
}

fn quoted(text: &str) -> String {
    let escaped = text.replace('\\', "\\\\").replace('"', "\\\"").replace('\n', "\\n").replace('\t', "\\t");
    format!("\"{escaped}\"")
}

/// A code cell whose source is a list of lines.
fn cell(source: &str) -> String {
    let lines: Vec<String> = source.split_inclusive('\n').map(quoted).collect();
    let lines = lines.join(",\n    ");
    format!(
        "{{\"cell_type\": \"code\", \"metadata\": {{}}, \"outputs\": [{{\"text\": [\"tool output\"]}}],\n   \"source\": [\n    {lines}\n   ]}}"
    )
}

/// A notebook with these cells, in the language of a kernel.
fn notebook(language: &str, cells: &[&str]) -> String {
    let cells: Vec<String> = cells.iter().map(|source| cell(source)).collect();
    let metadata = format!("{{\"kernelspec\": {{\"language\": \"{language}\", \"name\": \"x\"}}}}");
    format!("{{\"cells\": [\n  {}\n ],\n \"metadata\": {metadata}, \"nbformat\": 4}}\n", cells.join(",\n  "))
}

/// The commands that begin with `tool`.
fn tools(text: &str) -> Vec<String> {
    let facts = facts(text);
    assert!(facts.syntax_errors.is_empty(), "{:?} in:\n{text}", facts.syntax_errors);
    facts.commands.iter().map(|command| line(command, text)).filter(|line| line.starts_with("tool")).collect()
}

#[track_caller]
fn check(text: &str, wanted: &[&str]) {
    assert_eq!(tools(text), wanted, "in:\n{text}");
}

#[track_caller]
fn python(cells: &[&str], wanted: &[&str]) {
    check(&notebook("python", cells), wanted);
}

#[test]
fn shell_lines_are_found_first_in_the_middle_and_last() {
    python(
        &[
            "!tool a -p {secret}\nx = 1\nif x:\n    !tool b -p \"$x\"\n# !tool comment\nprint('!tool c')\nout = !tool d\n!echo tool e\n%sx tool f",
        ],
        &[
            "tool a -p $secret @ tool a -p {secret}",
            "tool b -p $x @ tool b -p \\\"$x\\\"",
            "tool d @ tool d",
            "tool f @ tool f",
        ],
    );
}

#[test]
fn a_shell_line_goes_on_behind_a_backslash() {
    python(
        &["!tool a \\\n  -p b \\\n  --last\ny = 2\n"],
        &["tool a -p b --last @ tool a \\\\\\n\",\n    \"  -p b \\\\\\n\",\n    \"  --last"],
    );
    let text =
        "{\"cells\": [{\"cell_type\": \"code\", \"source\": \"x = 1\\n!tool a \\\\\\r\\n -\\u0070 b\\n!tool c\"}]}";
    check(text, &["tool a -p b @ tool a \\\\\\r\\n -\\u0070 b", "tool c @ tool c"]);
}

#[test]
fn all_python_cells_are_one_program() {
    let text = notebook(
        "python",
        &[
            "import demo\n%matplotlib inline\n",
            "%%time\nuser = 'a'",
            "!tool x\ndemo.connect(user)\ndemo?",
            "%%capture\ndemo.close()",
        ],
    );
    let facts = facts(&text);
    assert!(facts.syntax_errors.is_empty(), "{:?}", facts.syntax_errors);
    let calls: Vec<_> =
        facts.calls.iter().map(|call| (&*call.symbols[0].path, &text[call.span.start..call.span.end])).collect();
    assert_eq!(calls, [("demo.connect", "demo.connect"), ("demo.close", "demo.close")]);
    assert!(facts.imports.contains(&"demo".to_owned()));
}

#[test]
fn a_cell_magic_gives_the_whole_cell_a_language() {
    for (source, wanted) in [
        ("%%bash\nT='tool a'\n$T -u $U \\\n -p b\n", &["tool a -u $U -p b"][..]),
        ("# note\n\n%%sh\ntool a\necho tool b\ntool c", &["tool a", "tool c"]),
        ("%%script --bg /bin/bash\ntool a", &["tool a"]),
        ("%%time\n%%bash -s x\ntool a", &["tool a"]),
        ("%%!\ntool a", &["tool a"]),
        ("%sh\ntool a\ntool b", &["tool a", "tool b"]),
        ("%sh tool a\ntool b", &["tool a", "tool b"]),
        ("%%writefile setup.sh\ntool a", &["tool a (likely)"]),
        ("%%sql\ntool a", &[]),
        ("%%html\n!tool a", &[]),
        ("%md\n!tool a", &[]),
        ("%%writefile notes.md\n```\ntool a\n```", &[]),
        ("%pip install tool\n%tool a", &[]),
        ("\"\"\"\n!tool a\n\"\"\"\n", &[]),
    ] {
        let text = notebook("python", &[source]);
        let found: Vec<String> = tools(&text).iter().map(|line| line.split(" @ ").next().unwrap().to_owned()).collect();
        assert_eq!(found, wanted, "{source}");
    }
}

#[test]
fn a_variable_that_is_a_whole_command_line_is_followed() {
    let text = notebook("python", &["cmd = 'tool a -p b'\n", "!{cmd}\n"]);
    check(&text, &["tool a -p b @ tool a -p b"]);
    python(&["get_ipython().system('tool a')"], &["tool a @ tool a"]);
}

#[test]
fn braces_of_the_shell_are_no_holes() {
    python(
        &["!tool ${A} {a,b} {x.y} '{{p}}' {d[\"key\"]}"],
        &["tool $A a b $y {{p}} $key @ tool ${A} {a,b} {x.y} '{{p}}' {d[\\\"key\\\"]}"],
    );
}

#[test]
fn the_kernel_or_the_cell_says_the_language() {
    check(&notebook("bash", &["T='tool a'", "$T -b"]), &["tool a -b @ tool a"]);
    check(&notebook("R", &["!tool a", "%%bash\ntool b"]), &["tool b @ tool b"]);
    let polyglot = "{\"cells\": [{\"cell_type\": \"code\", \"metadata\": {\"polyglot_notebook\": {\"kernelName\": \"javascript\"}}, \
                    \"source\": [\"demo.connect()\"]}, \
                    {\"cell_type\": \"code\", \"metadata\": {\"vscode\": {\"languageId\": \"shellscript\"}}, \"source\": \"tool a\"}], \
                    \"metadata\": {\"kernelspec\": {\"language\": \"C#\", \"name\": \".net-csharp\"}}}";
    check(polyglot, &["tool a @ tool a"]);
    assert_eq!(facts(polyglot).calls.len(), 1);
    let text = notebook(
        "C#",
        &[
            "#!time\n#r \"nuget: Demo\"\nusing Demo;\n",
            "Connect.Now()",
            "var x = 1;\n#!javascript\ndemo.connect()\n#!csharp\nConnect.Again();",
        ],
    );
    let facts = facts(&text);
    assert!(facts.syntax_errors.is_empty(), "{:?}", facts.syntax_errors);
    let calls: Vec<_> = facts.calls.iter().map(|call| &text[call.span.start..call.span.end]).collect();
    assert_eq!(calls, ["Connect.Now", "demo.connect", "Connect.Again"]);
}

#[test]
fn other_cells_and_outputs_are_silent() {
    check(
        "{\"cells\": [{\"cell_type\": \"markdown\", \"source\": [\"!tool a\"]}, {\"cell_type\": \"raw\", \"source\": \"!tool b\"}]}",
        &[],
    );
    check("{}", &[]);
    check("[]", &[]);
    check("", &[]);
}

#[test]
fn the_old_format_has_worksheets() {
    let text = "{\"worksheets\": [{\"cells\": [{\"cell_type\": \"code\", \"language\": \"python\", \"input\": [\"!tool a\"], \
                \"outputs\": []}]}], \"nbformat\": 3}";
    check(text, &["tool a @ tool a"]);
}

#[test]
fn a_python_file_of_databricks_has_shell_in_comments() {
    let text = "# Databricks notebook source\r\n# MAGIC %sh\r\n# MAGIC tool a \\\r\n# MAGIC   -p b\r\n# MAGIC tool c\r\n\r\n\
                # COMMAND ----------\r\n# MAGIC %md\r\n# MAGIC tool d\r\n# COMMAND ----------\r\n# MAGIC %sh tool e\r\n\
                import subprocess\r\nsubprocess.run('tool f', shell=True)\r\n";
    let of = |text: &str| {
        let facts = fixture::facts("job.py", text);
        facts.commands.iter().map(|command| line(command, text)).collect::<Vec<_>>()
    };
    let wanted = ["tool a -p b @ tool a \\\r\n# MAGIC   -p b", "tool c @ tool c", "tool e @ tool e", "tool f @ tool f"];
    assert_eq!(of(text), wanted);
    assert_eq!(of(&text[1..]), ["tool f @ tool f"], "only the first line says where a file comes from");
}

#[test]
fn hostile_notebooks_take_neither_stack_nor_time() {
    let deep = "[".repeat(50_000);
    endure("job.ipynb", &format!("{{\"cells\": {deep}"));
    endure("job.ipynb", &notebook("python", &[&"!a {b\n".repeat(10_000)]));
    endure("job.ipynb", &notebook("python", &[&format!("!{}", "{b}".repeat(10_000))]));
    endure("job.ipynb", &notebook("python", &vec!["!a\n%%b\nx = !c {d}\n"; 2_000]));
    endure("job.ipynb", &notebook("python", &[&"%%bash\n".repeat(5_000)]));
    endure("job.ipynb", &notebook("C#", &[&"#!pwsh\na\n#!csharp\nb()\n".repeat(2_000)]));
}
