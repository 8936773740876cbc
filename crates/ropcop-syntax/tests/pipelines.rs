//! Files of systems for continuous integration and of task runners: which text is code, and which step is a call.

// A test may fail where it stands.
#![allow(clippy::unwrap_used)]

mod fixture;

use fixture::{endure, facts, shown};
use ropcop_syntax::{Command, Host, Origin, Value, Word};

/// The commands with the program `tool`: words, certainty, and (if it differs from the words) the text at their place.
fn tools(file: &str, text: &str) -> Vec<String> {
    let facts = facts(file, text);
    let is_tool =
        |command: &&ropcop_syntax::Command| command.words.first().is_some_and(|word| word.known_start() == "tool");
    let shown = facts.commands.iter().filter(is_tool).map(|command| {
        let mut line = shown::fixed_words(command);
        let place = &text[command.span.start..command.span.end];
        let is_same = place == line;
        line.push_str(shown::certainty(command.certainty));
        if is_same { line } else { format!("{line} <- {place}") }
    });
    shown.collect()
}

/// The steps that are calls: path, arguments, and the text at their place.
fn calls(file: &str, text: &str) -> Vec<String> {
    let value = |value: &Value| match value {
        Value::Text(parts) => shown::parts(parts),
        Value::Dynamic { name } => format!("${}", name.as_deref().unwrap_or("?")),
        other => format!("{other:?}"),
    };
    let shown = facts(file, text).calls.into_iter().map(|call| {
        assert_eq!(call.symbols[0].origin, Origin::Import);
        assert!(call.statement.contains(call.span) && call.function.contains(call.statement));
        let arg =
            |arg: &ropcop_syntax::Arg| format!("{}={}", arg.name.as_deref().unwrap_or_default(), value(&arg.value));
        let args: Vec<String> = call.args.iter().map(arg).collect();
        format!("{}({}) <- {}", call.symbols[0].path, args.join(", "), &text[call.span.start..call.span.end])
    });
    shown.collect()
}

#[track_caller]
fn check(host: Host, file: &str, text: &str, wanted: &[&str]) {
    assert_eq!(facts(file, text).host, Some(host), "in:\n{text}");
    assert_eq!(tools(file, text), wanted, "in:\n{text}");
}

#[test]
fn github_runs_are_scripts() {
    let text = "\
name: tool name
on: push
env: {A: x}
jobs:
  a:
    runs-on: ubuntu-latest
    steps:
      - uses: actions/checkout@v4
      - name: tool printed
        run: tool first -p ${{ secrets.AZ_PASS }} --last
      - run: |
          # tool comment
          echo \"tool printed\"
          tool middle -u \"$U\" \\
            -p '${{ secrets.P }}' \\
            --exempt
          other
      - run: >-
          tool folded
          --exempt
      - {run: 'tool last'}
";
    check(
        Host::GitHubActions,
        "w.yml",
        text,
        &[
            "tool first -p $AZ_PASS --last <- tool first -p ${{ secrets.AZ_PASS }} --last",
            "tool middle -u $U -p $P --exempt <- tool middle -u \"$U\" \\\n            -p '${{ secrets.P }}' \\\n            --exempt",
            "tool folded --exempt <- tool folded\n          --exempt",
            "tool last",
        ],
    );
}

#[test]
fn a_composite_action_has_steps_too() {
    let text = "name: x\nruns:\n  using: composite\n  steps:\n    - run: tool a ${{ inputs.b }}\n      shell: bash\n";
    check(Host::GitHubActions, "action.yml", text, &["tool a $b <- tool a ${{ inputs.b }}"]);
}

#[test]
fn the_shell_of_a_run_is_the_nearest_that_is_named() {
    let text = "\
on: push
defaults: {run: {shell: bash}}
jobs:
  a:
    runs-on: windows-latest
    defaults: {run: {shell: python}}
    steps:
      - run: |
          import subprocess
          subprocess.run('tool from python', shell=True)
      - run: 'tool from shell'
        shell: bash --noprofile {0}
";
    check(Host::GitHubActions, "w.yml", text, &["tool from python", "tool from shell"]);
}

#[test]
fn code_of_powershell_is_read_as_such() {
    let wanted = ["tool a $P <- tool a `\n          -p $P"];
    for (host, text) in [
        (
            Host::GitHubActions,
            "on: x\njobs:\n  a:\n    runs-on: windows-2022\n    steps:\n      - run: |\n          tool a `\n          -p $P\n",
        ),
        (Host::AzurePipelines, "steps:\n    - pwsh: |\n          tool a `\n          -p $P\n"),
    ] {
        let found = tools("w.yml", text);
        assert_eq!(facts("w.yml", text).host, Some(host), "in:\n{text}");
        assert_eq!(
            found.iter().map(|line| line.replace("-p $P <-", "$P <-")).collect::<Vec<_>>(),
            wanted,
            "in:\n{text}"
        );
    }
}

#[test]
fn github_actions_are_calls_and_may_hold_code() {
    let text = "\
on: push
jobs:
  a:
    runs-on: ubuntu-latest
    steps:
      - uses: Azure/login@v2
        with:
          creds: ${{ secrets.CREDS }}
          name: a ${{ x.b }} c
      - uses: azure/cli@v2
        with:
          inlineScript: |
            tool a \\
              -b
      - uses: microsoft/powerplatform-actions/import-solution@v1
      - uses: some/runner@v1
        with: {command: tool maybe, args: tool no}
      - uses: ./local
      - uses: docker://alpine:3
";
    check(
        Host::GitHubActions,
        "w.yml",
        text,
        &["tool a -b <- tool a \\\n              -b", "tool maybe (likely)", "tool no (stored)"],
    );
    let found = calls("w.yml", text);
    assert_eq!(found[0], "azure/login(creds=$CREDS, name=a $b c) <- Azure/login@v2");
    assert_eq!(
        found[2],
        "microsoft/powerplatform-actions.import-solution() <- microsoft/powerplatform-actions/import-solution@v1"
    );
    assert_eq!(found.len(), 4);
}

#[test]
fn azure_pipelines_steps_are_scripts() {
    let text = "\
trigger: [main]
variables:
  cmd: tool stored
stages:
- stage: A
  displayName: tool printed
  jobs:
  - deployment: D
    strategy:
      runOnce:
        deploy:
          steps:
          - script: tool first -u $(az.user) -p \"$(pass)\" $(other x)
          - ${{ if eq(parameters.x, 'y') }}:
            - bash: |
                # tool comment
                echo tool printed
                tool middle \\
                  --exempt
                X=$(tool inner)
          - task: AzureCLI@2
            inputs:
              scriptType: bash
              azureSubscription: $(sub)
              inlineScript: |
                tool last $[ variables.z ]
          - task: Vendor.Some@1
            inputs:
              ScriptArguments: tool maybe
              displayName: tool printed
";
    check(
        Host::AzurePipelines,
        "p.yml",
        text,
        &[
            "tool stored (likely)",
            "tool first -u $user -p $pass ? <- tool first -u $(az.user) -p \"$(pass)\" $(other x)",
            "tool middle --exempt <- tool middle \\\n                  --exempt",
            "tool inner",
            "tool last $z <- tool last $[ variables.z ]",
            "tool maybe (likely)",
        ],
    );
    let found = calls("p.yml", text);
    assert!(
        found[0].starts_with("AzureCLI(scriptType=bash, azureSubscription=$sub, inlineScript=tool last"),
        "{found:?}"
    );
    assert!(found[0].ends_with("<- AzureCLI@2"), "{found:?}");
    assert!(found[1].starts_with("Vendor.Some(ScriptArguments=tool maybe"), "{found:?}");
}

#[test]
fn azure_pipelines_templates_are_recognised() {
    for text in [
        "parameters:\n- name: a\nsteps:\n- script: tool a\n",
        "parameters: {a: b}\njobs:\n- job: A\n  steps:\n  - bash: tool a\n",
        "steps:\n- ${{ each x in parameters.y }}:\n  - script: tool a\n",
        "steps:\n- checkout: self\n- task: CmdLine@2\n  inputs: {script: tool a}\n",
        "extends:\n  template: x.yml\n  parameters:\n    steps:\n    - script: tool a\n",
        "pool: {vmImage: x}\nsteps:\n- task: SSH@0\n  inputs:\n    runOptions: inline\n    inline: tool a\n",
    ] {
        check(Host::AzurePipelines, "p.yml", text, &["tool a"]);
    }
}

#[test]
fn gitlab_scripts_are_one_script() {
    let text = "\
stages: [build]
default:
  before_script: [tool default]
.setup: &setup
  - NAME=bob
.named:
  script:
    - tool referenced
build:
  stage: build
  before_script:
    - *setup
    - PASS=$SECRET
  script:
    - tool first $NAME \"$PASS\"
    - >
      tool middle
      --exempt
    - !reference [.named, script]
    - 'echo \"tool printed\"' # tool comment
    - |
      tool last $[[ inputs.x ]] \\
        --exempt
  after_script: tool after
";
    let lines = tools(".gitlab-ci.yml", text);
    assert_eq!(facts(".gitlab-ci.yml", text).host, Some(Host::GitLab));
    assert_eq!(
        lines,
        [
            "tool default",
            "tool referenced",
            "tool first bob $PASS <- tool first $NAME \"$PASS\"",
            "tool middle --exempt <- tool middle\n      --exempt",
            "tool last $x --exempt <- tool last $[[ inputs.x ]] \\\n        --exempt",
            "tool after",
        ]
    );
    check(Host::GitLab, "include.yml", ".a:\n  script:\n  - tool a\n", &["tool a"]);
}

#[test]
fn circleci_runs_and_orbs() {
    let text = "\
version: 2.1
orbs:
  cli: circleci/azure-cli@1.2.2
  mine:
    commands:
      go:
        steps:
          - run: tool inline
jobs:
  a:
    docker: [{image: x}]
    steps:
      - checkout
      - run: tool first << parameters.user >> -x
      - run:
          name: tool printed
          command: |
            tool middle \\
              --exempt
            cat <<EOF >> file
            EOF
      - cli/install
      - cli/login-with-user:
          alternate-tenant: true
      - when:
          condition: x
          steps:
            - run: {command: tool last, shell: /bin/bash -eo pipefail}
      - unknown/command
      - run: <<include(scripts/x.sh)>>
workflows:
  w:
    jobs:
      - a
      - cli/deploy: {context: x}
";
    check(
        Host::CircleCi,
        ".circleci/config.yml",
        text,
        &[
            "tool inline",
            "tool first $user -x <- tool first << parameters.user >> -x",
            "tool middle --exempt <- tool middle \\\n              --exempt",
            "tool last",
        ],
    );
    assert_eq!(
        calls(".circleci/config.yml", text),
        [
            "circleci/azure-cli.install() <- cli/install",
            "circleci/azure-cli.login-with-user(alternate-tenant=true) <- cli/login-with-user",
            "circleci/azure-cli.deploy(context=x) <- cli/deploy",
        ]
    );
    let text = "description: x\nsteps:\n- run:\n    command: >\n      tool a \\\n        <<#parameters.t>> \\\n        -t $<<parameters.t>> <</parameters.t>> \\\n        -u b\n";
    let words = tools("login.yml", text);
    assert!(words.len() == 1 && words[0].starts_with("tool a -t $t -u b <-"), "{words:?}");
    check(Host::CircleCi, "login.yml", "description: x\nsteps:\n  - run: tool a\n", &["tool a"]);
}

#[test]
fn a_job_of_semaphore_is_one_script_with_what_runs_before_and_after_it() {
    let text = "\
version: v1.0
name: tool printed
agent: {machine: {type: x}}
global_job_config:
  prologue:
    commands: [NAME=bob, 'tool first $NAME']
  epilogue:
    always: {commands: ['tool last $NAME $WORD']}
blocks:
  - name: tool printed
    task:
      prologue:
        commands:
          - NAME=ann
      jobs:
        - name: tool printed
          commands:
            - WORD=own
            - tool begin $NAME ${{ parameters.place }}
            - echo \"tool printed\" # tool comment
            - |
              tool middle \\
                --exempt
        - commands: [tool end $NAME]
      epilogue:
        on_pass: {commands: [tool passed $WORD, WORD=task]}
        on_fail: {commands: [tool failed]}
  - task:
      jobs: [{commands_file: tool.sh}]
      prologue: {commands: [tool alone]}
after_pipeline:
  task:
    jobs: [{commands: [tool after $NAME]}]
";
    check(
        Host::Pipeline,
        ".semaphore/semaphore.yml",
        text,
        &[
            "tool first bob <- tool first $NAME",
            "tool last ann task <- tool last $NAME $WORD",
            "tool last bob $WORD <- tool last $NAME $WORD",
            "tool begin ann $place <- tool begin $NAME ${{ parameters.place }}",
            "tool middle --exempt <- tool middle \\\n                --exempt",
            "tool end ann <- tool end $NAME",
            "tool passed own <- tool passed $WORD",
            "tool passed $WORD",
            "tool failed",
            "tool alone",
            "tool after $NAME",
        ],
    );
    check(Host::Pipeline, "deploy.yml", "blocks:\n- task:\n    jobs:\n    - commands:\n      - tool a\n", &["tool a"]);
}

#[test]
fn other_pipelines_run_their_scripts() {
    let files: &[(&str, &str, &[&str])] = &[
        (
            "bitbucket-pipelines.yml",
            "pipelines:\n  default:\n  - step:\n      script:\n      - N=a\n      - tool $N\n      - pipe: a/b:1.2\n        variables: {X: $Y}\n      - tool last \\\n        -b\n",
            &["tool a <- tool $N", "tool last -b <- tool last \\\n        -b"],
        ),
        (
            ".travis.yml",
            "language: python\ninstall: tool a\nscript:\n- tool b\n- echo tool c\ndeploy:\n  provider: script\n  script: tool d\njobs:\n  include:\n  - script: tool e\n",
            &["tool a", "tool b", "tool d", "tool e"],
        ),
        (
            "x.yml",
            "kind: pipeline\nsteps:\n- name: a\n  image: b\n  commands:\n  - tool a\n  - tool b\n",
            &["tool a", "tool b"],
        ),
        ("x.yml", "steps:\n  build:\n    image: b\n    commands: [tool a]\n", &["tool a"]),
        (
            "x.yml",
            "steps:\n- label: tool no\n  command: tool a\n- wait\n- commands:\n  - tool b\n",
            &["tool a", "tool b"],
        ),
        (
            "x.yml",
            "apiVersion: tekton.dev/v1\nkind: Task\nspec:\n  steps:\n  - name: a\n    script: |\n      #!/usr/bin/env bash\n      tool a $(params.user)\n  - command: [tool]\n    args: [b, -c]\n  - script: |\n      #!/usr/bin/python3\n      tool = 1\n",
            &["tool a $user <- tool a $(params.user)", "tool b -c <- tool]\n    args: [b, -c"],
        ),
        (
            "x.yml",
            "apiVersion: argoproj.io/v1alpha1\nkind: Workflow\nspec:\n  templates:\n  - script:\n      command: [bash]\n      source: |\n        tool a {{inputs.parameters.b}}\n  - container:\n      command: [sh, -c]\n      args: [\"tool c; tool d\"]\n",
            &["tool a $b <- tool a {{inputs.parameters.b}}", "tool c", "tool d"],
        ),
        (
            "cloudbuild.yaml",
            "steps:\n- name: img\n  entrypoint: bash\n  args:\n  - -c\n  - |\n    tool a \\\n      -b\n- name: img\n  script: tool c\n- name: img\n  args: [tool, d]\n",
            &["tool a -b <- tool a \\\n      -b", "tool c", "tool d <- tool, d"],
        ),
        (
            "appveyor.yml",
            "install:\n- cmd: tool a\nbuild_script:\n- tool b\n- sh: tool c\ntest_script: \n",
            &["tool a", "tool b", "tool c"],
        ),
        (
            "appveyor.yml",
            "image: a\ninstall:\n- tool a\n- ps: tool b\non_failure:\n- ps: |\n    tool c `\n      -d\n",
            &["tool a", "tool b", "tool c -d <- tool c `\n      -d"],
        ),
        (
            "x.yml",
            "steps:\n- label: a\n  command: [tool a, tool b]\n  plugins:\n  - docker#v5:\n      command: [tool, c, -d]\n",
            &["tool a", "tool b", "tool c -d <- tool, c, -d"],
        ),
        (
            "x.yml",
            "apiVersion: argoproj.io/v1alpha1\nkind: Workflow\nspec:\n  templates:\n  - containerSet:\n      containers:\n      - command: [sh, -c]\n        args: [tool a]\n    initContainers:\n    - command: [tool, b]\n",
            &["tool a", "tool b <- tool, b"],
        ),
        (
            "x.yml",
            "jobs:\n- name: a\n  plan:\n  - task: b\n    config:\n      run:\n        path: sh\n        args: [-ec, tool a ((b)) -c ((vault:d/e.f)) -g]\n",
            &["tool a $b -c $f -g <- tool a ((b)) -c ((vault:d/e.f)) -g"],
        ),
        (
            "x.yml",
            "jobs:\n- name: a\n  plan:\n  - task: b\n    config:\n      run:\n        path: sh\n        args: [-ec, tool a]\n",
            &["tool a"],
        ),
    ];
    for (file, text, wanted) in files {
        check(Host::Pipeline, file, text, wanted);
    }
    assert_eq!(calls(files[0].0, files[0].1), ["a/b(X=$Y) <- a/b:1.2"]);
}

#[test]
fn task_runners_run_their_scripts() {
    let files: &[(&str, &str, &[&str])] = &[
        (
            "package.json",
            r#"{"name": "x", "description": "tool no", "scripts": {"a": "other && tool a -p \"$P\" -x", "b": "tool b"}}"#,
            &[r#"tool a -p $P -x <- tool a -p \"$P\" -x"#, "tool b"],
        ),
        ("composer.json", r#"{"require": {}, "scripts": {"a": ["tool a", "tool b"]}}"#, &["tool a", "tool b"]),
        ("deno.json", r#"{"tasks": {"a": "tool a", "b": {"command": "tool b"}}}"#, &["tool a", "tool b"]),
        (
            "Taskfile.yml",
            "version: '3'\nvars:\n  X: {sh: tool a}\ntasks:\n  t: tool b\n  u: [tool c]\n  v:\n    desc: tool no\n    cmds:\n    - tool d -u {{.USER}} -x\n    - cmd: tool e\n    - defer: tool f\n    - task: t\n",
            &["tool a", "tool b", "tool c", "tool d -u $USER -x <- tool d -u {{.USER}} -x", "tool e", "tool f"],
        ),
        (
            ".pre-commit-config.yaml",
            "repos:\n- repo: local\n  hooks:\n  - id: a\n    name: tool no\n    entry: bash -c 'tool a'\n    language: system\n  - id: b\n    entry: tool b\n    language: pygrep\n",
            &["tool a"],
        ),
    ];
    for (file, text, wanted) in files {
        check(Host::Tasks, file, text, wanted);
    }
}

#[test]
fn unknown_files_are_read_by_the_names_of_their_keys() {
    for (text, wanted) in [
        ("a:\n  postCreateCommand: tool a\n", &["tool a (likely)"][..]),
        ("commands:\n- X=1\n- tool $X\n", &["tool 1 (likely) <- tool $X"]),
        ("a:\n  Entry-Point: [tool, a]\n", &["tool a (likely) <- tool, a"]),
        ("description: tool a\nhelp: |\n  tool b\nexamples: [tool c]\n", &[]),
        ("other: tool a\n", &["tool a (stored)"]),
        ("script: tool.sh\n", &[]),
    ] {
        assert_eq!(tools("x.yaml", text), wanted, "in:\n{text}");
        assert_eq!(facts("x.yaml", text).host, None, "in:\n{text}");
    }
}

#[test]
fn code_that_begins_as_powershell_is_powershell_whatever_the_host_says() {
    let step = "$opts = @{ Name = 'a' }\n    tool @opts `\n      -b";
    for (path, text) in [
        ("x.yaml", format!("executor:\n  command: |\n    {step}\n")),
        (".gitlab-ci.yml", format!("job:\n  script: |\n    {step}\n")),
        ("x.json", format!("{{\"command\": \"{}\"}}", step.replace('\n', "\\n"))),
        ("A.cs", format!("class A {{ void B() {{ shell.AddScript(@\"{step}\"); }} }}")),
        ("a.py", format!("run(\"\"\"{step}\"\"\")\n")),
    ] {
        let found = facts(path, &text);
        let words = |command: &Command| command.words.iter().filter_map(Word::text).collect::<Vec<_>>();
        assert!(
            found.commands.iter().any(|command| words(command) == ["tool", "-Name", "a", "-b"]),
            "{path}: {found:#?}"
        );
    }
    let shell = "steps:\n- run: |\n    $TOOL a\n    x=1 tool b\n";
    assert!(facts("x.yaml", shell).guests.iter().all(|guest| guest.language == "shell"));
}

#[test]
fn prose_wraps_no_command() {
    let text = "command: Use tool a to sign in\nother: then `tool b` it\n";
    assert!(facts("x.yaml", text).commands.iter().all(|command| !command.may_wrap));
}

#[test]
fn hostile_pipelines_are_read_to_their_end() {
    let shared = "script: *a\n  ";
    let script = "- tool x\n  ".repeat(2_000);
    let jobs = format!("j:\n  stage: x\n  {shared}\n").repeat(2_000);
    endure(".gitlab-ci.yml", &format!(".a: &a\n  {script}\n{jobs}"));
    endure(".gitlab-ci.yml", "a:\n  script:\n  - !reference [a, script]\n  - !reference [a, script]\n");
    let shared = "  - true\n".repeat(20_000);
    let jobs = "    - commands: [tool x]\n".repeat(20_000);
    endure(
        "s.yml",
        &format!("global_job_config:\n prologue:\n  commands:\n{shared}blocks:\n- task:\n    jobs:\n{jobs}"),
    );
    endure("w.yml", &("on: x\njobs:\n a:\n  steps:\n".to_owned() + &"  - run: x\n".repeat(20_000)));
}

#[test]
fn a_task_may_name_a_program_and_its_words() {
    let text = "steps:\n- task: CmdLine@1\n  inputs:\n    filename: tool\n    arguments: '-u $(user) --last'\n- task: PythonScript@0\n  inputs:\n    script: |\n      import os\n      os.system('tool a')\n";
    check(
        Host::AzurePipelines,
        "x.yml",
        text,
        &["tool -u $user --last <- tool\n    arguments: '-u $(user) --last", "tool a"],
    );
}

#[test]
fn an_image_of_a_step_runs_a_program_with_words() {
    let text = "on: push\njobs:\n  a:\n    runs-on: x\n    steps:\n    - uses: docker://a/b\n      with:\n        entrypoint: tool\n        args: a -p ${{ secrets.P }}\n    - uses: docker://a/b\n      with: {args: tool b, x: tool c}\n";
    let found = tools("x.yml", text);
    assert_eq!(found[..2], ["tool a -p $P <- tool\n        args: a -p ${{ secrets.P }}", "tool b"]);
}

#[test]
fn a_remark_of_the_windows_command_processor_is_silent() {
    let text = "steps:\n- script: |\n    rem tool a\n    @REM tool b\n    :: tool c\n    tool d\n";
    check(Host::AzurePipelines, "x.yml", text, &["tool d"]);
    let text = "steps:\n- script: |\n    echo 'tool a' > /etc/motd\n    echo 'tool b' > /opt/b.sh\n";
    check(Host::AzurePipelines, "x.yml", text, &["tool b (likely)"]);
}
