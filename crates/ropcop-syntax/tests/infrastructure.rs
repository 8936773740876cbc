//! What is seen in templates of infrastructure, and in the files of tools that configure machines.

// A test may fail where it stands.
#![allow(clippy::unwrap_used)]

mod fixture;

use fixture::{check_tools_at as check, facts, tools_as_words as tools};
use ropcop_syntax::{Host, Value};

#[test]
fn a_local_command_runs() {
    check(
        "main.tf",
        r#"resource "null_resource" "x" {
  # provisioner "local-exec" { command = "tool c" }
  provisioner "local-exec" {
    command = "other; tool -u ${var.user} -p \"$P\" --x $${HOME} # tool d"
  }
  provisioner "local-exec" { command = "echo tool e" }
}
"#,
        &[("tool -u $user… -p $P --x $HOME…", r#"tool -u ${var.user} -p \"$P\" --x $${HOME}"#)],
    );
}

#[test]
fn a_here_document_keeps_its_places() {
    check(
        "main.tf",
        "resource \"x\" \"y\" {\n  provisioner \"local-exec\" {\n    command = <<-EOT\n      #!/bin/bash\n      # it's ${var.x} tool a\n      tool -u ${var.users[0].name} \\\n        -p '${var.pass[\"key\"]}' %{ if var.a }-v%{ else }-w%{ endif } \\\n        --last\n      echo tool b\n\n      tool c\n    EOT\n  }\n}\n",
        &[
            (
                "tool -u $name… -p $key -v-w --last",
                "tool -u ${var.users[0].name} \\\n        -p '${var.pass[\"key\"]}' %{ if var.a }-v%{ else }-w%{ endif } \\\n        --last",
            ),
            ("tool c", "tool c"),
        ],
    );
    check(
        "main.tf",
        "provisioner \"local-exec\" {\r\n  command = <<EOT\r\ntool a \\\r\n  b\r\nEOT\r\n}\r\n",
        &[("tool a b", "tool a \\\r\n  b")],
    );
}

#[test]
fn the_interpreter_tells_the_language() {
    for (interpreter, command, wanted) in [
        (r#"["/bin/bash", "-c"]"#, "tool a", "tool a"),
        (r#"["python3", "-c"]"#, "import os; os.system('tool a')", "tool a"),
        (r#"["/usr/bin/env", "python3", "-c"]"#, "import os; os.system('tool a')", "tool a"),
        (r#"["/usr/bin/env", "bash", "-c"]"#, "tool a", "tool a"),
        (r#"[var.shell, "-c"]"#, "tool a", "tool a"),
        ("local.interpreter", "tool a", "tool a"),
    ] {
        let text =
            format!("provisioner \"local-exec\" {{\n interpreter = {interpreter}\n command = \"{command}\"\n}}\n");
        check("main.tf", &text, &[("tool a", wanted)]);
    }
}

#[test]
fn lines_of_a_remote_command_are_one_script() {
    check(
        "main.tf",
        "resource \"a\" \"b\" {\n  provisioner \"remote-exec\" {\n    inline = [\n      \"U=x\",\n      \"tool -u $U -p ${var.p}\", # tool b\n      \"echo tool\",\n    ]\n  }\n}\n",
        &[("tool -u $U -p $p…", "tool -u $U -p ${var.p}")],
    );
    check(
        "build.pkr.hcl",
        "build {\n  provisioner \"shell\" {\n    inline = [\"tool a\"]\n  }\n}\n",
        &[("tool a", "tool a")],
    );
}

#[test]
fn lists_of_words_are_commands() {
    check(
        "main.tf",
        "data \"external\" \"x\" {\n  program = [\"bash\", \"-c\", \"tool -u '${var.u}'\"]\n}\n",
        &[("tool -u $u", "tool -u '${var.u}'")],
    );
    check(
        "a.tf",
        "data \"external\" \"x\" {\n  program = [\"tool\", \"-u\", var.u]\n}\n",
        &[("tool -u $u", "tool\", \"-u\", var.u")],
    );
    check(
        "a.nomad",
        "task \"x\" {\n config {\n  command = \"bash\"\n  args = [\"-c\", \"tool b\"]\n }\n}\n",
        &[("tool b", "tool b")],
    );
    check(
        "t.hcl",
        "terraform {\n before_hook \"x\" {\n execute = [\"tool\", \"a\"]\n }\n}\n",
        &[("tool a", "tool\", \"a")],
    );
    check("t.hcl", "inputs = { x = run_cmd(\"tool\", \"a b\") }\n", &[("tool 'a b'", "tool\", \"a b")]);
}

#[test]
fn functions_put_texts_together() {
    let local_exec = |value: &str| format!("provisioner \"local-exec\" {{\n  command = {value}\n}}\n");
    for (value, wanted) in [
        (r#"join(" ", ["tool", "-u", var.u, "-p"])"#, "tool -u $u -p"),
        (r#"format("tool -u %s -p %s %s", var.u, "x")"#, "tool -u $u -p x %s"),
        (r#"trimspace("tool a")"#, "tool a"),
        (r#"coalesce(var.x, "tool a")"#, "tool a"),
    ] {
        let found: Vec<String> = tools("main.tf", &local_exec(value)).into_iter().map(|(shown, _)| shown).collect();
        assert_eq!(found.iter().map(|shown| shown.replace('…', "")).collect::<Vec<_>>(), [wanted], "{value}");
    }
    check("main.tf", &local_exec("var.a ? \"tool a\" : \"tool b\""), &[("tool a", "tool a"), ("tool b", "tool b")]);
    check("main.tf", &local_exec("templatefile(\"tool a\", { x = \"tool b\" })"), &[]);
}

#[test]
fn a_local_value_runs_where_it_is_used() {
    let text = "locals {\n  a = \"tool a\"\n  b = \"tool b ${var.x}\"\n}\nprovisioner \"local-exec\" {\n  command = local.b\n}\n";
    check("main.tf", text, &[("tool a (stored)", "tool a"), ("tool b $x…", "tool b ${var.x}")]);
}

#[test]
fn settings_of_an_extension_are_code() {
    for settings in [
        "jsonencode({ \"commandToExecute\" = \"tool -u ${var.u}\" })",
        "<<SETTINGS\n  {\n    \"commandToExecute\": \"tool -u ${var.u}\"\n  }\nSETTINGS\n",
        "\"{ \\\"commandToExecute\\\": \\\"tool -u ${var.u}\\\" }\"",
    ] {
        let text = format!("resource \"ext\" \"x\" {{\n  settings = {settings}\n}}\n");
        let found = tools("main.tf", &text);
        assert_eq!(found.len(), 1, "{text}");
        assert!(found[0].0.starts_with("tool -u $u"), "{found:?}");
        assert_eq!(found[0].1, "tool -u ${var.u}");
    }
}

#[test]
fn what_a_machine_starts_with_is_code() {
    check(
        "main.tf",
        "resource \"vm\" \"x\" {\n custom_data = base64encode(<<-EOF\n  #!/bin/bash\n  tool a\n  EOF\n )\n}\n",
        &[("tool a", "tool a")],
    );
    check(
        "main.tf",
        "resource \"vm\" \"x\" {\n user_data = \"#!/usr/bin/env python3\\nimport os\\nos.system('tool a')\"\n}\n",
        &[("tool a", "tool a")],
    );
    check(
        "main.tf",
        "resource \"cm\" \"x\" {\n data = {\n  \"run.sh\" = \"tool a\"\n  \"notes.txt\" = \"tool b\"\n }\n}\n",
        &[("tool a (likely)", "tool a"), ("tool b (stored)", "tool b")],
    );
    check(
        "main.tf",
        "resource \"local_file\" \"x\" {\n filename = \"${path.module}/run.sh\"\n content = \"tool a\"\n}\n",
        &[("tool a (likely)", "tool a")],
    );
}

#[test]
fn other_attributes_are_less_sure() {
    check(
        "main.tf",
        "resource \"a\" \"b\" {\n startup_command = \"tool a\"\n description = \"run tool b\"\n other = \"tool c\"\n}\n",
        &[("tool a (likely)", "tool a"), ("tool c (stored)", "tool c")],
    );
}

#[test]
fn a_provider_is_a_call() {
    let text =
        "terraform {}\nprovider \"demo\" {\n  username = var.user\n  password = \"x${var.p}\"\n  features {}\n}\n";
    let calls = facts("main.tf", text).calls;
    assert_eq!(calls.len(), 1);
    assert_eq!(calls[0].symbols[0].path, "provider.demo");
    assert_eq!(&text[calls[0].span.start..calls[0].span.end], "provider \"demo\"");
    let names: Vec<&str> = calls[0].args.iter().filter_map(|arg| arg.name.as_deref()).collect();
    assert_eq!(names, ["username", "password", "features"]);
}

#[test]
fn a_deployment_script_of_bicep_runs() {
    check(
        "main.bicep",
        "resource s 'x@1' = {\n  kind: 'AzureCLI'\n  properties: {\n    scriptContent: '''\n      # it's tool a\n      tool -u $U \\\n        -p \"$P\" --last\n      echo tool b\n    '''\n  }\n}\n",
        &[("tool -u $U… -p $P --last", "tool -u $U \\\n        -p \"$P\" --last")],
    );
    check(
        "main.bicep",
        "resource s 'x@1' = if (z) {\n  properties: {\n    scriptContent: 'tool -u ${user.name} -p \\'${p}\\' $x \\${y} #z'\n  }\n}\n",
        &[("tool -u $name… -p $p $x… $y…", "tool -u ${user.name} -p \\'${p}\\' $x \\${y}")],
    );
    check(
        "main.bicep",
        "var script = 'tool a'\nresource s 'x@1' = [for i in y: {\n  properties: {\n    scriptContent: script\n  }\n}]\n",
        &[("tool a", "tool a")],
    );
}

#[test]
fn functions_of_bicep_put_texts_together() {
    for (value, wanted) in [
        ("concat('tool -u ', user, ' -p x')", "tool -u $user -p x"),
        ("format('tool -u {0} -p {1}', user, 'x')", "tool -u $user -p x"),
        ("join(['tool', '-u', user], ' ')", "tool -u $user"),
        ("cond ? 'tool a' : loadTextContent('tool b')", "tool a"),
    ] {
        let text = format!("resource s 'x@1' = {{\n  properties: {{\n    commandToExecute: {value}\n  }}\n}}\n");
        let found: Vec<String> = tools("main.bicep", &text).into_iter().map(|(shown, _)| shown).collect();
        assert_eq!(found.iter().map(|shown| shown.replace('…', "")).collect::<Vec<_>>(), [wanted], "{value}");
    }
}

#[test]
fn containers_of_bicep_have_words() {
    check(
        "main.bicep",
        "resource c 'x@1' = {\n  properties: {\n    command: [\n      '/bin/sh'\n      '-c'\n      'tool -u ${u}'\n    ]\n    description: 'tool b'\n  }\n}\n",
        &[("tool -u $u…", "tool -u ${u}")],
    );
    check(
        "main.bicep",
        "resource v 'x@1' = {\n  properties: {\n    osProfile: {\n      customData: base64('''\n#!/bin/bash\ntool a\n''')\n    }\n  }\n}\n",
        &[("tool a", "tool a")],
    );
}

#[test]
fn a_template_of_the_resource_manager_runs_its_scripts() {
    let text = r#"{
  "$schema": "https://schema.example/2019-04-01/deploymentTemplate.json#",
  "variables": { "line": "[concat('tool -u ', parameters('user'), ' -p ''x''')]" },
  "resources": [
    { "kind": "AzureCLI", "properties": { "scriptContent": "echo tool a\ntool -u \"$U\" \\\n  -p x\n# tool b" } },
    { "properties": { "settings": { "commandToExecute": "[variables('line')]" } } },
    { "properties": { "commandToExecute": "[format('tool -u {0} -p {1}', reference('a').b.user, 'x')]" } },
    { "properties": { "containers": [ { "command": [ "/bin/sh", "-c", "tool c" ] } ] } },
    { "properties": { "customData": "[base64('#!/bin/sh\ntool d')]", "description": "tool e" } }
  ]
}
"#;
    let found = tools("main.json", text);
    let found: Vec<(String, &str)> = found.into_iter().map(|(shown, span)| (shown.replace('…', ""), span)).collect();
    let found: Vec<(&str, &str)> = found.iter().map(|(shown, span)| (shown.as_str(), *span)).collect();
    assert_eq!(
        found,
        [
            ("tool -u $user -p x", "tool -u ', parameters('user'), ' -p ''x'"),
            ("tool -u $U -p x", "tool -u \\\"$U\\\" \\\\\\n  -p x"),
            ("tool -u $user -p x", "tool -u {0} -p {1}', reference('a').b.user, 'x"),
            ("tool c", "tool c"),
            ("tool d", "tool d"),
        ]
    );
    assert_eq!(facts("main.json", text).host, Some(Host::Infrastructure));
}

#[test]
fn expressions_without_end_are_read() {
    for expression in
        ["[", "[concat(", "[concat('", "['''", "[a.b['c'", "[concat(a b c", "[]", "[1)]", "[concat(,)]", "['it''']"]
    {
        let text = format!("{{\"commandToExecute\": \"{expression}]\"}}");
        facts("main.json", &text);
    }
    facts("main.json", &format!("{{\"commandToExecute\": \"[{}]\"}}", "concat(".repeat(10_000)));
    let mut doubled = "{\"contentVersion\": \"1\", \"resources\": [], \"variables\": {\"a0\": \"tool a \"".to_owned();
    for level in 1..60 {
        let before = level - 1;
        doubled.push_str(&format!(", \"a{level}\": \"[concat(variables('a{before}'), variables('a{before}'))]\""));
    }
    facts("main.json", &format!("{doubled}}}}}"));
    let doubled: String = (1..60)
        .map(|level| format!("locals {{\n a{level} = concat(local.a{0}, local.a{0})\n}}\n", level - 1))
        .collect();
    facts("main.tf", &format!("locals {{\n a0 = [\"tool a\"]\n}}\n{doubled}"));
}

#[test]
fn cloud_init_runs_commands_and_writes_files() {
    let text = "#cloud-config\nruncmd:\n  - U=x\n  - tool -u $U -p x # y\n  - echo tool a\nbootcmd:\n  - [tool, b c]\n  - tool d\nwrite_files:\n  - path: /x/run.sh\n    content: |\n      tool e\n  - path: /x/run.conf\n    content: tool f\n";
    let found = tools("user-data", text);
    let found: Vec<&str> = found.iter().map(|(shown, _)| shown.as_str()).collect();
    assert_eq!(found, ["tool -u $U -p x", "tool 'b c'", "tool d", "tool e (likely)", "tool f (stored)"]);
    let indented: String = text.lines().map(|line| format!("    {line}\n")).collect();
    let terraform =
        format!("resource \"vm\" \"x\" {{\n  custom_data = base64encode(<<-EOF\n{indented}    EOF\n  )\n}}\n");
    let found = tools("main.tf", &terraform);
    let spans: Vec<&str> = found.iter().map(|(_, span)| *span).collect();
    assert_eq!(spans[1..4], ["tool, b c", "tool d", "tool e"], "{found:?}");
}

#[test]
fn tasks_of_ansible_run() {
    let text = "- hosts: all\n  vars:\n    other: tool z\n  tasks:\n    - name: tool a\n      shell: tool -u {{ user }} -p '{{ pass | quote }}' --last\n    - ansible.builtin.command:\n        cmd: tool b\n      args:\n        chdir: /\n    - name: x\n      command:\n        argv:\n          - tool\n          - c d\n    - block:\n        - ansible.builtin.shell: |\n            # tool e\n            echo tool f\n            tool g \\\n              --last\n      rescue:\n        - local_action: command tool h\n      always:\n        - local_action:\n            module: shell\n            cmd: tool i\n    - debug:\n        msg: run tool j\n    - name: y\n      shell:\n      args:\n        cmd: tool k\n  handlers:\n    - name: z\n      raw: tool l\n";
    let found = tools("play.yml", text);
    let found: Vec<(String, &str)> = found.into_iter().map(|(shown, span)| (shown.replace('…', ""), span)).collect();
    let found: Vec<(&str, &str)> = found.iter().map(|(shown, span)| (shown.as_str(), *span)).collect();
    assert_eq!(
        found,
        [
            ("tool z (stored)", "tool z"),
            ("tool -u $user -p $pass --last", "tool -u {{ user }} -p '{{ pass | quote }}' --last"),
            ("tool b", "tool b"),
            ("tool 'c d'", "tool\n          - c d"),
            ("tool g --last", "tool g \\\n              --last"),
            ("tool h", "tool h"),
            ("tool i", "tool i"),
            ("tool k", "tool k"),
            ("tool l", "tool l"),
        ]
    );
    assert_eq!(facts("play.yml", text).host, Some(Host::Configuration));
    // A list that is no list of tasks.
    assert_eq!(facts("list.yml", "- name: x\n  cmd: tool a\n  timeout: 3\n").host, None);
}

#[test]
fn modules_of_ansible_are_calls() {
    let text = "- name: x\n  demo.azcollection.vm:\n    ad_user: \"{{ user }}\"\n    password: x\n  register: y\n- name: z\n  demo_vm:\n    ad_user: a\n  when: true\n- hosts: all\n  roles: [a]\n  module_defaults:\n    group/demo.azcollection.all:\n      ad_user: b\n";
    let calls = facts("main.yml", text).calls;
    let paths: Vec<&str> = calls.iter().map(|call| call.symbols[0].path.as_str()).collect();
    assert_eq!(paths, ["demo.azcollection.vm", "demo_vm", "group/demo.azcollection.all"]);
    assert_eq!(&text[calls[0].span.start..calls[0].span.end], "demo.azcollection.vm");
    let names: Vec<&str> = calls[0].args.iter().filter_map(|arg| arg.name.as_deref()).collect();
    assert_eq!(names, ["ad_user", "password"]);
    assert_eq!(calls[0].args[0].value, Value::Dynamic { name: Some("user".to_owned()) });
    let text = "- name: x\n  demo_vm: ad_user={{ user }} password='a b' x=\n  when: tool a\n";
    let calls = facts("main.yml", text).calls;
    let args: Vec<(&str, &str)> =
        calls[0].args.iter().map(|arg| (arg.name.as_deref().unwrap(), &text[arg.span.start..arg.span.end])).collect();
    assert_eq!(args, [("ad_user", "{{ user }}"), ("password", "a b"), ("x", "")]);
    check("main.yml", text, &[]);
}

#[test]
fn a_plugin_that_makes_an_inventory_is_a_call() {
    let text = "plugin: demo.cloud.vms\nad_user: a\npassword: b\ngroups: []\n";
    let facts = facts("vms.yml", text);
    assert_eq!(facts.calls[0].symbols[0].path, "demo.cloud.vms");
    assert_eq!(&text[facts.calls[0].span.start..facts.calls[0].span.end], "demo.cloud.vms");
    let names: Vec<&str> = facts.calls[0].args.iter().filter_map(|arg| arg.name.as_deref()).collect();
    assert_eq!(names, ["plugin", "ad_user", "password", "groups"]);
}

#[test]
fn states_of_salt_run() {
    let text = "login:\n  cmd.run:\n    - name: tool -u {{ pillar['user'] }} -p x\n    - cwd: /\ntool a:\n  cmd.run\nother:\n  cmd.run:\n    - names:\n      - tool b\n      - echo tool c\npkg:\n  pkg.installed: []\n";
    for file in ["init.sls.yaml", "init.sls"] {
        let found: Vec<String> = tools(file, text).iter().map(|(shown, _)| shown.replace('…', "")).collect();
        assert_eq!(found, ["tool -u $user -p x", "tool a", "tool b"], "{file}");
    }
}

#[test]
fn a_script_that_salt_writes_is_likely_to_run() {
    let text = "/opt/a.sh:\n  file.managed:\n    - contents: |\n        # tool a\n        tool b\nc:\n  file.managed:\n    - name: /etc/c.txt\n    - contents: tool c\n";
    check("init.sls", text, &[("tool b (likely)", "tool b"), ("tool c (stored)", "tool c")]);
}

#[test]
fn tasks_with_a_block_are_tasks() {
    let text = "- name: a\n  block:\n    - raw: tool a\n  tags: x\n- local_action: command tool b\n- command: tool c\n";
    check("main.yml", text, &[("tool a", "tool a"), ("tool b", "tool b"), ("tool c", "tool c")]);
    assert_eq!(facts("main.yml", text).host, Some(Host::Configuration));
}

#[test]
fn programs_of_pulumi_and_cloudformation_run() {
    check(
        "Pulumi.yaml",
        "name: x\nruntime: yaml\nresources:\n  a:\n    type: command:local:Command\n    properties:\n      create: tool a\n      delete: echo tool b\n  b:\n    type: command:local:Command\n    properties:\n      interpreter: [\"bash\", \"-c\"]\n      update: tool c\n  c:\n    type: other:x:Y\n    properties:\n      create: tool d\n",
        &[("tool a", "tool a"), ("tool c", "tool c"), ("tool d (stored)", "tool d")],
    );
    check(
        "Pulumi.yaml",
        "resources:\n  a:\n    type: x:y:CliScript\n    properties:\n      scriptContent: |\n        tool a\n  b:\n    type: x:y:PowerShellScript\n    properties:\n      scriptContent: |\n        tool b `\n          c\n",
        &[("tool a", "tool a"), ("tool b c", "tool b `\n          c")],
    );
    for data in [
        "\n        Fn::Base64:\n          Fn::Sub: |\n            #!/bin/bash\n            tool -u ${U} \\\n              -p x\n",
        "\n        Fn::Base64:\n          Fn::Sub:\n            - |\n              #!/bin/bash\n              tool -u ${U} \\\n              -p x\n            - U: y\n",
        " !Base64\n        Fn::Sub: |\n            #!/bin/bash\n            tool -u ${U} -p x\n",
        "\n        Fn::Base64: !Join [\"\\n\", [\"#!/bin/bash\", \"tool -u ${U} -p x\"]]\n",
    ] {
        let text = format!("Resources:\n  A:\n    Type: AWS::EC2::Instance\n    Properties:\n      UserData:{data}");
        let found = tools("stack.yaml", &text);
        assert_eq!(found.len(), 1, "{text}");
        assert_eq!(found[0].0, "tool -u $U… -p x", "{text}");
    }
}

#[test]
fn a_text_that_names_its_interpreter_is_likely_to_run() {
    check("x.yaml", "a:\n  b: |\n    #!/bin/bash\n    # `tool x`\n    tool a\n", &[("tool a (likely)", "tool a")]);
    check("x.tf", "a {\n  b = <<EOF\n#!/bin/sh\ntool a\nEOF\n}\n", &[("tool a (likely)", "tool a")]);
    check("x.yaml", "a:\n  description: |\n    #!/bin/bash\n    tool a\n", &[]);
}

#[test]
fn what_follows_a_mistake_is_read() {
    let block = "provisioner \"local-exec\" {\n  command = \"tool a\"\n}\n";
    for mistake in ["a {\n  b = 1 2\n}\n", "a {\n  b = = =\n}\n", "a {\n}\n}\n", "{{ x }}\n"] {
        check(
            "main.tf",
            &format!("{block}{mistake}{}", block.replace("tool a", "tool b")),
            &[("tool a", "tool a"), ("tool b", "tool b")],
        );
    }
}

#[test]
fn broken_and_endless_files_are_read() {
    let deep = "[".repeat(20_000);
    let blocks = "a {\n".repeat(20_000);
    let calls = format!("a = {}", "join(\"\", [".repeat(5_000));
    let interpolations = format!("a = \"{}", "${\"".repeat(5_000));
    let locals = format!("locals {{\n a = \"{}\"\n}}\n{}", "x ".repeat(5_000), "b = local.a\n".repeat(5_000));
    for text in ["a = ", "a = <<", "a = <<EOF", "a = <<EOF\n", "a = \"", "a = \"\\", "a = \"\\u1", "a = \"${"] {
        facts("main.tf", text);
    }
    for text in ["provider", &deep, &blocks, &calls, &interpolations, &locals] {
        facts("main.tf", text);
    }
    let deep = format!("var x = {}", "[".repeat(20_000));
    let calls = format!("var x = {}", "concat(".repeat(5_000));
    let strings = format!("var x = {}", "'${".repeat(5_000));
    let sums = format!("var x = a{}", " + a".repeat(20_000));
    for text in
        ["var", "var x = '", "var x = '''", "var x = ''''''", "var x = '\\", "resource", "resource a 'b' = {\n a: ["]
    {
        facts("main.bicep", text);
    }
    for text in [&deep, &calls, &strings, &sums] {
        facts("main.bicep", text);
    }
}
