//! What is seen in justfiles, `tox.ini`, Vagrantfiles and components; `fixture/shown.rs` says how commands are written here.

// A test may fail where it stands.
#![allow(clippy::unwrap_used)]

mod fixture;

use fixture::{check_places, check_tools as check, tools};
use ropcop_syntax::{Source, extract};

#[test]
fn recipes_of_a_justfile() {
    let text = "# tool x\nset dotenv-load\n\nlogin user pass='x': build\n  @tool a -u {{user}} -p \"{{ pass }}\"\n\
                \x20 -tool b\n  cd x && tool c \\\n    -p $P \\\n    --exempt\n\n  # tool d\n  echo tool e\nother:\n\ttool f";
    check("justfile", text, &["tool a -u $user… -p $pass", "tool b", "tool c -p $P… --exempt", "tool f"]);
    let places = ["tool a -u {{user}} -p \"{{ pass }}\"", "tool b", "tool c \\\n    -p $P \\\n    --exempt", "tool f"];
    check_places("justfile", text, &places);
    check("justfile", "a:\n  tool {{env_var('AZ_PASS')}} {{{{x}} {{x.y}}", &["tool $AZ_PASS… {{{{x}} $y…"]);
}

#[test]
fn scripts_in_a_justfile() {
    let text = "a:\n    #!/usr/bin/env bash\n    set -e\n    T=tool\n    $T a \\\n      -b\n\nb:\n  #!/usr/bin/env perl\n  tool c\n\
                c:\n  #!/usr/bin/env python3\n  import os\n  if x:\n    os.system('tool d')\n";
    check("justfile", text, &["tool a -b", "tool d"]);
    check_places("justfile", "a:\n  #!/bin/sh\n  tool a\n", &["tool a"]);
}

#[test]
fn values_and_shells_of_a_justfile() {
    let text = "x := `tool a | head`\ny := \"`tool b`\"\nexport z := trim(`tool c`)\nw := ```\n  tool d\n  tool e\n```\nf:\n  tool f\n";
    check("justfile", text, &["tool a", "tool c", "tool d", "tool e", "tool f"]);
    check("justfile", "set shell := [\"cmd.exe\", \"/c\"]\na:\n  call tool %P%\n", &["tool $P…"]);
}

#[test]
fn commands_of_tox() {
    let text = "[testenv]\n# tool x\ndeps = tool y\ncommands_pre = tool a\ncommands =\n  # tool z\n  {envpython} -m tool b {posargs}\n\
                \x20 py38,lint: - tool c -p {env:AZ_PASS:none} \\\n    --exempt\n  echo tool d\nsetenv =\n  X = tool e\n";
    check("tox.ini", text, &["tool a", "$envpython… -m tool b $posargs…", "tool c -p $AZ_PASS… --exempt"]);
    let places = ["tool a", "{envpython} -m tool b {posargs}", "tool c -p {env:AZ_PASS:none} \\\n    --exempt"];
    check_places("tox.ini", text, &places);
}

#[test]
fn scripts_of_a_vagrantfile() {
    let text = "Vagrant.configure('2') do |config|\n  # inline: 'tool x'\n  config.vm.provision \"shell\", inline: \"tool a -u #{user} -p \\\"$P\\\"\"\n\
                \x20 config.vm.provision :shell, :inline => 'tool b #{x}'\n  config.vm.provision 'shell', inline: <<-SHELL\n    # tool y\n    tool c \\\\\n\
                \x20     -p #{ENV['AZ_PASS']} \\\\\n      --exempt\n    echo tool d\n  SHELL\n  node.vm.provision :shell do |s|\n    s.inline = 'tool e'\n  end\n\
                \x20 system('tool f')\nend\n";
    let wanted = ["tool a -u $user… -p $P", "tool b", "tool c -p $AZ_PASS… --exempt", "tool e", "tool f"];
    check("Vagrantfile", text, &wanted);
    check_places("Vagrantfile", "x.inline = \"tool a \\\"b\\\"\"\ny.inline = 'tool'", &["tool a \\\"b\\\"", "tool"]);
}

#[test]
fn here_documents_in_variables_of_a_vagrantfile() {
    let text = "$script = <<-'EOF'\ntool a \\\n  --exempt\nEOF\nunused = <<~EOF\n  tool b -c\nEOF\n\
                Vagrant.configure('2') do |config|\n  config.vm.provision \"shell\", inline: $script\nend\n";
    check("Vagrantfile", text, &["tool a --exempt", "tool b -c (stored)"]);
    check_places("Vagrantfile", text, &["tool a \\\n  --exempt", "tool b -c"]);
}

#[test]
fn scripts_of_a_component() {
    let text = "<template>\n  <p>tool</p>\n</template>\n<!-- <script>run('tool x')</script> -->\n<script lang=\"ts\">\nimport { login as sign } from '@demo/lib'\n\
                </script>\n<SCRIPT setup lang='ts'>\nconst c: Client = sign('a', 'b')\nrun('tool y -z')\n</SCRIPT>\n<style>.tool { }</style>\n";
    for path in ["A.vue", "b.svelte"] {
        let facts = extract(&Source::detect(path, text).unwrap(), &|_| true);
        assert_eq!(facts.calls[0].symbols[0].path, "@demo/lib.login", "{path}");
        assert_eq!(&text[facts.calls[0].span.start..facts.calls[0].span.end], "sign");
        check(path, text, &["tool y -z"]);
        check_places(path, text, &["tool y -z"]);
    }
    check("A.vue", "<script>\nrun('tool a -b')\n", &["tool a -b"]);
    check("A.vue", "<scripted>run('tool a -b')</scripted>", &[]);
}

#[test]
fn hostile_text_is_read_in_time() {
    for (path, text) in [
        ("justfile", "a:\n  ".to_owned() + &"{{".repeat(50_000)),
        ("justfile", "a := ```\n".repeat(10_001)),
        ("justfile", "a:\n".repeat(100_000)),
        ("justfile", "a:\n".to_owned() + &" x\\\n".repeat(50_000)),
        ("tox.ini", "commands =\n  ".to_owned() + &"{".repeat(100_000)),
        ("tox.ini", "commands =\n".to_owned() + &"  a \\\n".repeat(50_000)),
        ("Vagrantfile", "x = <<A\n".repeat(50_000)),
        ("Vagrantfile", "inline: \"".to_owned() + &"\\".repeat(2_001)),
        ("Vagrantfile", "inline: \"".to_owned() + &"#{".repeat(50_000)),
        ("A.vue", "<script ".repeat(10_000)),
        ("A.vue", "<!--".repeat(100_000)),
        ("A.vue", "<script>".repeat(20_000)),
    ] {
        tools(path, &text);
    }
}
