//! What is seen in Jenkins pipelines and other Groovy; `fixture/shown.rs` says how commands are written here.

// A test may fail where it stands.
#![allow(clippy::unwrap_used)]

mod fixture;

use ropcop_syntax::{Source, extract};

fn check(text: &str, wanted: &[&str]) {
    fixture::check_tools("Jenkinsfile", text, wanted);
}

fn check_places(text: &str, wanted: &[&str]) {
    fixture::check_places("Jenkinsfile", text, wanted);
}

/// A declarative pipeline with these steps.
fn pipeline(steps: &str) -> String {
    format!(
        "pipeline {{\n  agent any\n  stages {{\n    stage('x') {{\n      when {{ branch 'main' }}\n      steps {{\n{steps}\n\
         \x20     }}\n    }}\n  }}\n  post {{ always {{ cleanWs() }} }}\n}}\n"
    )
}

#[test]
fn commands_are_found_at_every_place_of_a_script() {
    check(&pipeline("sh 'tool a'"), &["tool a"]);
    let text = pipeline("sh '''#!/bin/bash\n  tool a\n  cd x && tool b | tee y\n  tool c\n'''\nsh \"\"\"tool d\"\"\"");
    check(&text, &["tool a", "tool b", "tool c", "tool d"]);
    check_places(&text, &["tool a", "tool b", "tool c", "tool d"]);
}

#[test]
fn every_spelling_of_a_step() {
    for step in [
        "sh 'tool -u x'",
        "sh \"tool -u x\"",
        "sh('tool -u x')",
        "sh(script: 'tool -u x', returnStdout: true).trim()",
        "sh script: 'tool -u x', returnStatus: true",
        "sh returnStdout: true,\n   script: 'tool -u x'",
        "sh([script: 'tool -u x', label: 'y'])",
        "def r = sh(returnStdout: true, script: \"tool -u x\")",
        "def r = sh returnStdout: true, script: \"tool -u x\"",
        "if (a == 'b' && c) { sh 'tool -u x' } else { other() }",
        "if (a) sh 'tool -u x'\nelse other()",
        "script { try { sh 'tool -u x' } catch (Exception e) { throw e } finally { x() } }",
        "withCredentials([usernamePassword(credentialsId: 'c', usernameVariable: 'U', passwordVariable: 'P')]) {\n sh 'tool -u x'\n}",
        "dir('x') { container(name: 'y') { sh 'tool -u x' } }",
        "docker.image('y').inside('-u root') { c -> sh 'tool -u x' }",
        "['a', 'b'].each { item -> sh 'tool -u x' }",
        "parallel(a: { sh 'tool -u x' }, b: { })",
        "steps.sh 'tool -u x'",
        "this.steps.sh(\"tool -u x\")",
        "return sh('tool -u x')",
        "sh 'tool -u x'.stripIndent()",
        "sh \"\"\"\\\n  |tool -u x\n  |\"\"\".stripMargin()",
        "sh /tool -u x/",
        "sh $/tool -u x/$",
        "sshCommand remote: r, command: 'tool -u x'",
        "switch (x) { case 'a': sh 'tool -u x'; break; default: y() }",
        "while (!ok) { sh 'tool -u x' }",
        "'tool -u x'.execute()",
        "isUnix() ? sh('tool -u x') : y()",
    ] {
        check(&pipeline(step), &["tool -u x"]);
        check_places(&pipeline(step), &["tool -u x"]);
    }
}

#[test]
fn a_command_goes_on_in_the_way_of_its_language() {
    let text = pipeline("sh '''\n  tool a \\\\\n    -p \"$P\" \\\\\n    --exempt\n'''");
    check(&text, &["tool a -p $P --exempt"]);
    check_places(&text, &["tool a \\\\\n    -p \"$P\" \\\\\n    --exempt"]);
    check(&pipeline("sh '''\n  tool a \\\n    --exempt\n'''"), &["tool a --exempt"]);
    check(&pipeline("bat \"\"\"\n  call tool a ^\n    -p %P% ^\n    --exempt\n\"\"\""), &["tool a -p $P… --exempt"]);
}

#[test]
fn the_step_decides_about_the_language() {
    check(&pipeline("bat 'call tool -u %U% -p %P%'"), &["tool -u $U… -p $P…"]);
    check(&pipeline("bat script: \"@tool -u %U% -p ${p}\", returnStatus: true"), &["tool -u $U… -p $p"]);
    check(&pipeline("powershell '''\ntool -u $U `\n -p \"$env:P\"\n'''"), &["tool -u $U -p $P"]);
    check(&pipeline("pwsh(script: \"tool -p ${p}\")"), &["tool -p $p"]);
    check(&pipeline("bat 'rem tool a\\n:: tool b'"), &[]);
}

#[test]
fn what_a_string_puts_in_is_a_hole() {
    let text = "sh \"tool ${u} -p ${env.AZ_PASS} $u $env.AZ_USER ${params['X']} ${a ?: b} \\$Q \\${R}\"";
    check(&pipeline(text), &["tool $u… -p $AZ_PASS… $u… $AZ_USER… $X… $a… $Q… $R…"]);
    check(&pipeline("sh 'tool $U ${P}'"), &["tool $U… $P…"]);
    check(&pipeline("sh \"tool ${x.collect { \"a}${it}\" }.join(' ')} -b\""), &["tool ?… -b"]);
    check(&pipeline("sh 'tool -u ' + user + \" -p ${pass}\""), &["tool -u $user… -p $pass…"]);
    check_places(&pipeline("sh \"tool ${u} -p ${env.P}\"\n"), &["tool ${u} -p ${env.P}"]);
}

#[test]
fn texts_in_variables_are_followed() {
    check("def cmd = \"tool -u ${env.U}\"\nnode { sh cmd }", &["tool -u $U…"]);
    check("String cmd = 'tool a'\nnode { sh(script: cmd) }", &["tool a"]);
    check("node {\n  cmd = 'tool a'\n  sh cmd + ' --exempt'\n}", &["tool a --exempt"]);
    check("def t = 'tool'\nnode { sh \"${t} a\" }", &["tool a"]);
    check(
        &pipeline("sh \"${LOGIN} --exempt\"").replace("agent any", "environment {\n LOGIN = 'tool a'\n}"),
        &["tool a --exempt"],
    );
    check("final static CMD = 'tool a'\nvoid f() { CMD.execute() }", &["tool a"]);
}

#[test]
fn comments_and_prints_are_silent() {
    check(
        &pipeline("// sh 'tool a'\n/* sh 'tool b'\n*/\necho 'tool c -p d'\nprintln(\"tool d\")\nerror 'tool e'"),
        &[],
    );
    check(&pipeline("sh 'echo tool a'\nsh '# tool b'\nassert x == 'tool c -d'\nlog.info \"tool d\""), &[]);
    check(&pipeline("def url = 'http://x' // sh 'tool a'\nsh 'tool b'"), &["tool b"]);
}

#[test]
fn unknown_functions_may_run_their_text() {
    check(&pipeline("runTool 'tool a -p x'"), &["tool a -p x (likely)"]);
    check("def cmd = 'tool a -p x'", &["tool a -p x (stored)"]);
    check("node { ['tool', 'a', '-p', p].execute() }", &["tool a -p $p"]);
}

#[test]
fn calls_are_resolved() {
    let text = "import com.demo.Client as C\nimport static com.demo.Kit.connect\nimport com.other.*\n\
                class A extends B {\n  private final C client = new C(user: 'a', pass: p)\n\
                \x20 def run(List<String> xs, int n = 1) {\n    client.open('x') { it.y() }\n    connect 'z'\n  }\n}\n";
    let facts = extract(&Source::detect("A.groovy", text).unwrap(), &|_| true);
    let paths: Vec<&str> = facts.calls.iter().map(|call| call.symbols[0].path.as_str()).collect();
    for path in ["com.demo.Client", "com.demo.Client().open", "com.demo.Kit.connect"] {
        assert!(paths.contains(&path), "{path} in {paths:?}");
    }
    assert_eq!(facts.imports, ["com.demo.Client", "com.demo.Kit.connect", "com.other"]);
    let made = facts.calls.iter().find(|call| call.symbols[0].path == "com.demo.Client").unwrap();
    assert_eq!(made.args.iter().map(|arg| arg.name.as_deref().unwrap()).collect::<Vec<_>>(), ["user", "pass"]);
}

#[test]
fn a_file_that_is_broken_is_read_on() {
    check("def x = [a: \nnode { sh 'tool a' }\n}}}\nsh 'tool b'\n", &["tool a", "tool b"]);
    check("sh 'unclosed\nsh 'tool a'\n", &["tool a"]);
    check("x = a / b\nsh 'tool a'\ny = c / d\n", &["tool a"]);
    check("x.y = ~/a'b/\nsh 'tool a'\n", &["tool a"]);
}

#[test]
fn hostile_text_is_read_in_time() {
    for text in [
        "(".repeat(200_000),
        "[".repeat(200_000),
        "{".repeat(200_000),
        "a{".repeat(100_000) + &"}".repeat(100_000),
        "\"${".repeat(100_000),
        "sh '".to_owned() + &"x ".repeat(50_000),
        "a.".repeat(200_000),
        "a(".repeat(100_000),
        "!".repeat(200_000),
        "a ? b : ".repeat(50_000),
        "x + ".repeat(100_000),
        "if (a) ".repeat(50_000),
        "a\n".repeat(200_000),
        "\n".repeat(500_000) + "a",
        "a<".repeat(100_000),
        "'''".repeat(100_001),
        "def a = \"tool $a\"\nsh a\n".repeat(40),
    ] {
        fixture::tools("Jenkinsfile", &text);
    }
}

#[test]
fn a_text_in_pieces_is_one() {
    check("def a = 'tool'\na += \" -u ${x}\"\na += ' -z'\nsh a\n", &["tool -u $x… -z"]);
    check("def f() {\n  def a = \"tool -u ${x}\"\n  if (y) { a += ' -z' }\n  sh script: a\n}\n", &["tool -u $x… -z"]);
}

#[test]
fn a_name_that_gets_a_text_again_and_again_is_followed_in_time() {
    let text = "def a = 1\n".to_owned() + &"a = \"tool ${a} x\"\nsh a\n".repeat(1_000);
    let facts = extract(&Source::detect("Jenkinsfile", &text).unwrap(), &|_| true);
    assert!(facts.syntax_errors.is_empty() && facts.commands.len() >= 1_000);
}
