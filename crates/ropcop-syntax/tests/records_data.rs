//! Records of documents: mappings, environments with what they inherit, texts and versions.

// A test may fail where it stands.
#![allow(clippy::unwrap_used)]

mod fixture;

use ropcop_syntax::{Field, Record, RecordKind, Source, Value, extract};

fn records(path: &str, text: &str) -> Vec<Record> {
    extract(&Source::detect(path, text).unwrap(), &|_| true).records
}

/// What is known of a value: its text, `$NAME` for what is filled in, and the text of its place, if that is another.
fn shown(field: &Field, text: &str) -> String {
    let value = match &field.value {
        Value::Text(parts) => fixture::shown::parts(parts),
        Value::Dynamic { name } => format!("${}", name.as_deref().unwrap_or("?")),
        other => format!("{other:?}"),
    };
    let at_key = &text[field.key_span.start..field.key_span.end];
    let at_value = &text[field.span.start..field.span.end];
    let key = if at_key == field.key { field.key.clone() } else { format!("{}<{at_key}>", field.key) };
    if at_value == value { format!("{key}={value}") } else { format!("{key}={value}<{at_value}>") }
}

/// The records of a kind, one a line.
fn lines(path: &str, text: &str, kind: RecordKind) -> Vec<String> {
    let found = records(path, text).into_iter().filter(|record| record.kind == kind);
    let line = |record: &Record| {
        let fields: Vec<String> = record.fields.iter().map(|field| shown(field, text)).collect();
        let path = if record.path.is_empty() { String::new() } else { format!("{}: ", record.path) };
        format!("{path}{}", fields.join(" | "))
    };
    found.map(|record| line(&record)).collect()
}

#[track_caller]
fn check(path: &str, text: &str, kind: RecordKind, wanted: &[&str]) {
    assert_eq!(lines(path, text, kind), wanted, "{path}:\n{text}");
}

#[track_caller]
fn environments(path: &str, text: &str, wanted: &[&str]) {
    check(path, text, RecordKind::Environment, wanted);
}

const WORKFLOW: &str = "on: push
env:
  T: t
jobs:
  a:
    runs-on: x
    container:
      image: i
      env: {C: c}
    env:
      USER_A: ${{ secrets.U }} # comment
    services:
      db: {image: d, env: {OTHER: o}}
    steps:
      - uses: x/y@v1
        env:
          PASS: \"${{ secrets.P }}\"
          # SECRET: x
          T: mine
      - run: echo
        env: {EMPTY: ''}
  b:
    uses: ./x.yml
    secrets: {USER_A: x, PASS: y}
";

#[test]
fn a_step_of_a_workflow_has_the_variables_of_its_job_container_and_workflow() {
    environments(
        ".github/workflows/a.yml",
        WORKFLOW,
        &[
            "T=t",
            "T=t | C=c | USER_A=$U<${{ secrets.U }}> | EMPTY=",
            "C=c | USER_A=$U<${{ secrets.U }}> | PASS=$P<${{ secrets.P }}> | T=mine",
            "OTHER=o",
        ],
    );
    let mappings = lines(".github/workflows/a.yml", WORKFLOW, RecordKind::Mapping);
    assert!(mappings.contains(&"jobs.b.secrets: USER_A=x | PASS=y".to_owned()), "{mappings:?}");
    environments(
        "action.yml",
        "runs:\n  using: composite\n  steps:\n    - run: a\n      shell: bash\n      env: {A: '${{ inputs.a }}'}\n",
        &["A=$a<${{ inputs.a }}>"],
    );
}

#[test]
fn an_outer_scope_counts_alone_if_a_process_has_no_variables_of_its_own() {
    let text = "on: x\njobs:\n  a:\n    runs-on: x\n    env: {A: a}\n    steps:\n      - run: x\n        env: {B: b}\n";
    environments(".github/workflows/a.yml", text, &["A=a | B=b"]);
    environments(".github/workflows/a.yml", &format!("{text}      - run: y\n"), &["A=a", "A=a | B=b"]);
}

#[test]
fn the_place_of_a_record_is_told_by_its_step_and_job() {
    let records = records(".github/workflows/a.yml", WORKFLOW);
    let step = records.iter().find(|record| record.fields.iter().any(|field| field.key == "PASS")).unwrap();
    let shown = |span: ropcop_syntax::Span| WORKFLOW[span.start..span.end].lines().next().unwrap();
    assert_eq!(shown(step.statement), "uses: x/y@v1");
    assert_eq!(shown(step.function), "runs-on: x");
}

#[test]
fn azure_pipelines_writes_names_in_capitals() {
    environments(
        "azure-pipelines.yml",
        "variables:
- group: g
- name: azure.user
  value: u
- ${{ if eq(1, 1) }}:
  - {name: tenant, value: t}
parameters:
- {name: p, value: x}
jobs:
- job: A
  variables:
    Pass: $(pass)
    ${{ if x }}:
      Q: q
  steps:
  - script: echo
    env:
      mine: ${{ parameters.client }}
  - task: X@2
    env: {OTHER: $(y)}
",
        &[
            "AZURE_USER<azure.user>=u | TENANT<tenant>=t | PASS<Pass>=$pass<$(pass)> | Q=q | mine=$client<${{ parameters.client }}>",
            "AZURE_USER<azure.user>=u | TENANT<tenant>=t | PASS<Pass>=$pass<$(pass)> | Q=q | OTHER=$y<$(y)>",
        ],
    );
}

#[test]
fn a_gitlab_job_has_the_variables_of_the_file_and_of_what_it_extends() {
    environments(
        ".gitlab-ci.yml",
        "variables:
  A: a
  B: {value: \"b\", description: d}
.base:
  variables: {T: t}
a:
  extends: .base
  script: [x]
  variables:
    C: $SECRET
    # D: d
",
        &["A=a | B=b | T=t | C=$SECRET"],
    );
}

#[test]
fn a_circleci_step_has_the_variables_of_job_executor_and_image() {
    environments(
        ".circleci/config.yml",
        "executors:
  e:
    docker:
      - {image: i, environment: {I: i}}
    environment: {E: e}
jobs:
  a:
    executor: e
    environment: {J: j}
    steps:
      - run: {command: echo, environment: {S: s}}
",
        &["I=i | E=e | J=j | S=s"],
    );
}

#[test]
fn other_pipelines_inherit_too() {
    for (path, text, wanted) in [
        (
            ".travis.yml",
            "language: x\nenv:\n  global:\n    - A=a B=\"b c\"\n    - secure: abc\njobs:\n  include:\n    - env: C=c\n      script: x\n",
            &["A=a | B=b c | C=c"][..],
        ),
        (
            "appveyor.yml",
            "environment:\n  global: {A: a}\n  B: {secure: abc}\n  matrix:\n    - C: c\nbuild_script: [x]\n",
            &["A=a | B=$B<{secure: abc}> | C=c"],
        ),
        (
            ".drone.yml",
            "kind: pipeline\nenvironment: {A: a}\nsteps:\n- name: x\n  commands: [x]\n  environment:\n    P: {from_secret: p}\n",
            &["A=a | P=$P<{from_secret: p}>"],
        ),
        (
            ".buildkite/pipeline.yml",
            "env: {A: a}\nsteps:\n- label: x\n  command: x\n  env: {B: b}\n- wait\n",
            &["A=a | B=b"],
        ),
        (
            ".semaphore/semaphore.yml",
            "global_job_config:\n  env_vars: [{name: A, value: a}, {name: B, value: a}]\nblocks:\n- task:\n    env_vars: [{name: B, value: b}]\n    jobs:\n    - commands: [x]\n      env_vars: [{name: C, value: c}]\n- task:\n    env_vars: [{name: D, value: d}]\n    jobs:\n    - commands_file: x\nafter_pipeline:\n  task:\n    env_vars: [{name: E, value: e}]\n    jobs:\n    - commands: [x]\n",
            &["A=a | B=a | B=b | C=c", "A=a | B=a | D=d", "E=e"],
        ),
        (
            "cloudbuild.yaml",
            "steps:\n- name: x\n  args: [y]\n  env: ['A=a', 'B=b=c']\n  secretEnv: ['C_D']\noptions:\n  env: ['O=o']\n",
            &["O=o | A=a | B=b=c | C_D=$C_D<C_D>"],
        ),
        (
            "task.yaml",
            "apiVersion: tekton.dev/v1\nkind: Task\nspec:\n  stepTemplate:\n    env: [{name: T, value: t}]\n  steps:\n  - name: a\n    image: i\n    env:\n    - name: A\n      value: $(params.x)\n",
            &["T=t | A=$x<$(params.x)>"],
        ),
        (
            "pipeline.yml",
            "jobs:\n- name: j\n  plan:\n  - task: t\n    params: {MY_USER: ((user)), b: c}\n",
            &["MY_USER=$user<((user))> | b=c"],
        ),
        ("Taskfile.yml", "version: '3'\nenv: {A: a}\ntasks:\n  t:\n    env: {B: b}\n    cmds: [x]\n", &["A=a | B=b"]),
        (
            "play.yml",
            "- hosts: all\n  environment: {A: a}\n  tasks:\n  - block:\n    - name: x\n      shell: y\n      environment:\n        B: \"{{ pass }}\"\n    environment: {C: c}\n",
            &["A=a | C=c | B=$pass<{{ pass }}>"],
        ),
        (
            "bitbucket-pipelines.yml",
            "definitions:\n  services:\n    db:\n      variables: {DB_USER: u}\npipelines:\n  default:\n  - step: {script: [x]}\n",
            &["DB_USER=u"],
        ),
    ] {
        environments(path, text, wanted);
    }
}

#[test]
fn a_service_of_compose_has_its_own_variables_only() {
    environments(
        "compose.yaml",
        "x-env: &env
  T: t
services:
  a:
    image: a
    build: {context: ., args: [USER_A=x, PASS_A]}
    environment:
      <<: *env
      U: ${USER_NAME:-me}
      P: pa$$word
  b:
    image: b
    environment:
      - U=u
      # - C=c
      - \"P=a b=c\"
      - S
      - EMPTY=
",
        &[
            "U=$USER_NAME<${USER_NAME:-me}> | P=pa$word<pa$$word> | T=t",
            "USER_A=x | PASS_A=$PASS_A<PASS_A>",
            "U=u | P=a b=c | S=$S<S> | EMPTY=",
        ],
    );
}

#[test]
fn containers_secrets_and_settings_of_kubernetes_are_apart() {
    environments(
        "k8s.yaml",
        "apiVersion: v1
kind: Secret
data: {my.pass: c2VjcmV0}
stringData: {MY_USER: u}
---
apiVersion: v1
kind: ConfigMap
data:
  MY_USER: u
  prod.env: |
    # c
    A=a
    export B=\"b c\"
  application.yml: |
    x:
      user: u
---
apiVersion: v1
kind: Pod
spec:
  initContainers:
  - {name: i, image: x, env: [{name: U, value: i}]}
  containers:
  - name: a
    env:
    - name: U
      value: \"{{ .Values.user }}\"
    - name: P
      valueFrom: {secretKeyRef: {name: s, key: p}}
    - {name: M, value: $(P)}
",
        &[
            "my.pass=$my.pass<c2VjcmV0> | MY_USER=u",
            "MY_USER=u",
            "A=a | B=b c",
            "U=i",
            "U=$user<{{ .Values.user }}> | P=$P<name: P\n      valueFrom: {secretKeyRef: {name: s, key: p}}> | M=$P<$(P)>",
        ],
    );
}

#[test]
fn a_file_in_a_map_of_settings_has_records_of_its_own() {
    let text = "apiVersion: v1\nkind: ConfigMap\ndata:\n  application.yml: |\n    x:\n      user: u\n";
    check("k8s.yaml", text, RecordKind::Mapping, &["apiVersion=v1 | kind=ConfigMap", "x: user=u"]);
}

#[test]
fn a_file_of_variables_in_a_document_is_read_once_and_as_that_file() {
    let file = "A=a # c\nexport b=\"x \\\"y\\\"\"\n# C=c\nno line\nD='d\ne'\nE=$F\n";
    for (path, head, indent) in [
        ("k8s.yaml", "apiVersion: v1\nkind: ConfigMap\ndata:\n  app.env: |\n", "    "),
        ("values.yaml", "files:\n  app.env: |\n", "    "),
        ("play.yml", "- hosts: a\n  tasks:\n  - copy:\n      dest: /a/app.env\n      content: |\n", "        "),
        ("x.yaml", "environment: |\n", "  "),
    ] {
        let lines = file.lines().map(|line| format!("{indent}{line}\n"));
        let text = format!("{head}{}", lines.collect::<String>());
        let wanted = format!("A=a | b=x \"y\"<x \\\"y\\\"> | D=d\ne<d\n{indent}e> | E=$F");
        environments(path, &text, &[&wanted]);
    }
}

#[test]
fn the_key_tells_where_nobody_is_known_to_read() {
    for (path, text, wanted) in [
        (
            "values.yaml",
            "extraEnv:\n  - {name: A, value: a}\nsecrets: {MY_PASS: x}\nconfig: {level: debug}\nworker:\n  env: {B: b}\n",
            &["A=a | MY_PASS=x", "B=b"][..],
        ),
        (
            "devcontainer.json",
            "{\"image\": \"x\", // c\n \"containerEnv\": {\"A\": \"${localEnv:HOST_A}\"}, \"remoteEnv\": {\"B\": \"b\"}}",
            &["A=$HOST_A<${localEnv:HOST_A}> | B=b"],
        ),
        (
            ".vscode/launch.json",
            "{\"configurations\": [{\"name\": \"x\", \"env\": {\"A\": \"${env:P}\"}}]}",
            &["A=$P<${env:P}>"],
        ),
        (".vscode/settings.json", "{\"terminal.integrated.env.linux\": {\"A\": \"a\"}}", &["A=a"]),
        (
            "launchSettings.json",
            "{\"profiles\": {\"x\": {\"environmentVariables\": {\"A\": \"a\"}}, \"y\": {\"environmentVariables\": {\"B\": \"b\"}}}}",
            &["A=a", "B=b"],
        ),
        ("local.settings.json", "{\"Values\": {\"MY_USER\": \"u\", \"b\": \"\"}}", &["MY_USER=u | b="]),
        (".mcp.json", "{\"mcpServers\": {\"x\": {\"command\": \"y\", \"env\": {\"A\": \"a\"}}}}", &["A=a"]),
        (
            "serverless.yml",
            "provider:\n  name: x\n  environment:\n    A: ${param:pass}\n",
            &["A=$param<${param:pass}>"],
        ),
        (
            "template.yaml",
            "Resources:\n  F:\n    Type: AWS::Lambda::Function\n    Properties:\n      Environment:\n        Variables:\n          A: !Ref Pass\n",
            &["A=$Pass<Pass>"],
        ),
        (
            "task.json",
            "{\"environment\": [{\"name\": \"A\", \"value\": \"a\"}], \"secrets\": [{\"name\": \"P_A\", \"valueFrom\": \"arn\"}]}",
            &["A=a | P_A=$P_A<{\"name\": \"P_A\", \"valueFrom\": \"arn\"}>"],
        ),
        ("init.sls", "run:\n  cmd.run:\n    - name: x\n    - env:\n      - A: a\n      - B: b\n", &["A=a | B=b"]),
        (
            "user-data.yaml",
            "#cloud-config\nwrite_files:\n- path: /etc/app/app.env\n  content: |\n    A=a\n    B='b'\n",
            &["A=a | B=b"],
        ),
        ("variables.tf", "variable \"environment\" {\n  type = string\n  default = \"x\"\n}\n", &[]),
        ("env.yaml", "MY_USER: u\nMY_PASS: p\n", &["MY_USER=u | MY_PASS=p"]),
    ] {
        environments(path, text, wanted);
    }
}

#[test]
fn infrastructure_gives_variables_in_blocks_objects_and_lists() {
    environments(
        "main.tf",
        "resource \"a\" \"x\" {
  app_settings = {
    \"A\" = var.user
    B   = \"lit\"
    # C = \"x\"
  }
  template {
    env {
      name  = \"D\"
      value = \"d\"
    }
    env {
      name        = \"E\"
      secret_name = \"e\"
    }
  }
}
",
        &[
            "A=$user<var.user> | B=lit",
            "D=d | E=$E<env {\n      name        = \"E\"\n      secret_name = \"e\"\n    }>",
        ],
    );
    environments(
        "main.bicep",
        "resource x 'a@1' = {
  properties: {
    siteConfig: {
      appSettings: [
        { name: 'A', value: user }
        { name: 'B', value: 'lit' } // c
      ]
    }
    environmentVariables: [ { name: 'C', secureValue: pw } ]
  }
}
",
        &["A=$user<user> | B=lit", "C=$pw<pw>"],
    );
    environments(
        "azuredeploy.json",
        "{\"$schema\": \"deploymentTemplate.json#\", \"resources\": [{\"properties\": {\"siteConfig\": {\"appSettings\": [
          {\"name\": \"A\", \"value\": \"[parameters('user')]\"}, {\"name\": \"B\", \"value\": \"lit\"}]}}}]}",
        &["A=$user<parameters('user')> | B=lit"],
    );
}

#[test]
fn what_is_filled_in_later_is_no_text() {
    for (written, shown) in [
        ("${A}", "$A<${A}>"),
        ("${B}-$MY_A", "$B-$MY_A<${B}-$MY_A>"),
        ("pa$word", "pa$word"),
        ("\"#{A}#\"", "$A<#{A}#>"),
        ("__A_B__", "$A_B<__A_B__>"),
        ("{{ a.b | quote }}", "$b<{{ a.b | quote }}>"),
        ("!vault abc", "$?<abc>"),
        ("!secret abc", "$abc<abc>"),
        ("''", ""),
    ] {
        check("x.yaml", &format!("k: {written}\n"), RecordKind::Mapping, &[&format!("k={shown}")]);
    }
}

#[test]
fn mappings_have_the_path_that_leads_to_them() {
    check(
        "application.yml",
        "spring:\n  cloud.azure:\n    credential:\n      username: u # c\n      # client-secret: x\n      password: \"${PASS:x}\"\n\"spring.x.y\": z\nlist: [one]\nempty:\n",
        RecordKind::Mapping,
        &["spring.cloud.azure.credential: username=u | password=$PASS<${PASS:x}>", "spring.x.y=z | list=one | empty="],
    );
    check(
        "a.json",
        "{\"a\": {\"type\": \"t\", \"options\": {\"user\\u004eame\": \"\", \"password\": null}}}",
        RecordKind::Mapping,
        &["a: type=t", "a.options: userName<user\\u004eame>= | password=null"],
    );
}

#[test]
fn a_list_of_names_with_values_is_one_mapping_and_knows_its_request() {
    let text = "{\"item\": [{\"name\": \"a\", \"request\": {\"url\": {\"raw\": \"https://h/{{t}}\"}, \"body\": {\"mode\": \"urlencoded\", \"urlencoded\": [
      {\"key\": \"grant_type\", \"value\": \"password\", \"type\": \"text\"},
      {\"key\": \"off\", \"value\": \"x\", \"disabled\": true},
      {\"key\": \"user\", \"value\": \"{{user}}\"}]}}},
     {\"name\": \"b\", \"request\": {\"url\": \"https://other\"}}]}";
    let records = records("x.postman_collection.json", text);
    let form = records.iter().find(|record| record.path == "item.request.body.urlencoded").unwrap();
    let fields: Vec<String> = form.fields.iter().map(|field| shown(field, text)).collect();
    assert_eq!(fields, ["grant_type=password", "user=$user<{{user}}>"]);
    let shown = |span: ropcop_syntax::Span| &text[span.start..span.end];
    assert!(shown(form.statement).starts_with("{\"mode\": \"urlencoded\""));
    assert!(shown(form.function).starts_with("{\"url\": {\"raw\": \"https://h/"), "{}", shown(form.function));
    assert!(!shown(form.function).contains("other"));
}

#[test]
fn texts_in_documents_are_records() {
    let connection = "Server=x;Authentication=Password;User ID=u;Password=\\\"p;q\\\";";
    check(
        "appsettings.json",
        &format!("{{\"ConnectionStrings\": {{\"Default\": \"{connection}\"}}}}"),
        RecordKind::Text,
        &["Server=x | Authentication=Password | User ID=u | Password=p;q"],
    );
    check(
        "request.yaml",
        "request:\n  body: grant_type=password&username=${U}\n  # body: a=b&c=d\n",
        RecordKind::Text,
        &["grant_type=password | username=$U<${U}>"],
    );
    check(
        "main.bicep",
        "resource x 'a@1' = {\n  c: 'Server=x;User=${user};Password=${pw}'\n}\n",
        RecordKind::Text,
        &["Server=x | User=$user<${user}> | Password=$pw<${pw}>"],
    );
    // What is code is read as code.
    let code = ".github/workflows/a.yml";
    check(code, "on: x\njobs:\n  a:\n    runs-on: x\n    steps:\n    - run: a=b;c=d\n", RecordKind::Text, &[]);
    // The value of a variable, too.
    check(
        "compose.yaml",
        "services:\n  a:\n    image: x\n    environment: [\"C=a=b;c=d\"]\n",
        RecordKind::Text,
        &["a=b | c=d"],
    );
}

#[test]
fn versions_are_those_of_images_packages_and_tools() {
    for (path, text, wanted) in [
        ("compose.yaml", "services:\n  a:\n    image: \"h:50/n/cli:2.1@sha256:abc\" # x:1\n", &["h:50/n/cli=2.1"][..]),
        ("compose.yaml", "services:\n  a:\n    image: n/cli:${TAG:-2.1}\n", &["n/cli=2.1"]),
        (
            "compose.yaml",
            "services:\n  a:\n    image: n/cli:${TAG}\n  b: {image: https://x:1}\n",
            &["n/cli=$TAG<${TAG}>"],
        ),
        ("compose.yaml", "services:\n  a:\n    image: ${REG}/n/cli:2.1\n  b: {image: '${IMG}:2.1'}\n", &["n/cli=2.1"]),
        (".gitlab-ci.yml", "a:\n  script: [x]\n  image: {name: \"n/cli:2.1\", entrypoint: ['']}\n", &["n/cli=2.1"]),
        (
            ".github/workflows/a.yml",
            "on: x\njobs:\n  a:\n    runs-on: x\n    container: h/cli:2.1\n  b:\n    runs-on: x\n    container: {image: h/cli:2.2}\n",
            &["h/cli=2.1", "h/cli=2.2"],
        ),
        ("values.yaml", "image: {registry: h, repository: cli, tag: \"2.1\"}\n", &["h/cli<cli>=2.1"]),
        (
            "devcontainer.json",
            "{\"image\": \"h/base:1.2\", \"features\": {\"ghcr.io/f/azure-cli:1\": {\"version\": \"2.0\"}, \"ghcr.io/f/x:1\": {}}}",
            &["h/base=1.2", "ghcr.io/f/azure-cli<ghcr.io/f/azure-cli:1>=2.0"],
        ),
        (
            "package.json",
            "{\"dependencies\": {\"@a/B\": \"1.2.3\", \"b\": \"^4\", \"c\": \">=1 <2.5\", \"d\": \"~1.2\"}, \"devDependencies\": {\"e\": \"*\"}}",
            &["@a/b<@a/B>=1.2.3 | c=2.5 | d=1.2"],
        ),
        (
            "environment.yml",
            "dependencies:\n  - python=3.8\n  - azure-cli==2.20\n  # - b=1\n  - pip:\n    - Msal<=1.2\n    - x>=2\n",
            &["python=3.8 | azure-cli=2.20", "msal<Msal>=1.2"],
        ),
        (
            ".pre-commit-config.yaml",
            "repos:\n- hooks:\n  - id: x\n    additional_dependencies: [\"a[b]==1.2\", c]\n",
            &["a=1.2"],
        ),
        (
            "tasks.yml",
            "- pip: {name: \"a==1.2\"}\n- ansible.builtin.pip:\n    name: [\"b==1.3\"]\n- ansible.builtin.pip: {name: c, version: \"1.4\"}\n- apt: name=d=1.5-1~x state=present\n- apt: {name: [e=1.6]}\n",
            &["a=1.2", "b=1.3", "c=1.4", "d=1.5", "e=1.6"],
        ),
    ] {
        check(path, text, RecordKind::Versions, wanted);
    }
}

#[test]
fn only_records_that_somebody_wants_are_kept_and_they_are_whole() {
    let text = "a: {wanted: x, other: y}\nb: {other: z}\nc: {d: wanted-too}\n";
    let found = extract(&Source::detect("x.yaml", text).unwrap(), &|text| text.contains("wanted")).records;
    let keys: Vec<Vec<&str>> =
        found.iter().map(|record| record.fields.iter().map(|field| field.key.as_str()).collect()).collect();
    assert_eq!(keys, [vec!["wanted", "other"], vec!["d"]]);
}

#[test]
fn hostile_documents_cost_little() {
    let keys: String = (0..100_000).map(|n| format!("  KEY_{n}: v\n")).collect();
    let steps: String = (0..5_000).map(|n| format!("    - run: x\n      env: {{A_{n}: b}}\n")).collect();
    let jobs: String = (0..500)
        .map(|n| format!("j{n}:\n  extends: [j{}, j{}]\n  script: [x]\n  variables: {{A_{n}: b}}\n", n + 1, n + 2))
        .collect();
    let bomb: String = (1..60).map(|n| format!("a{n}: &a{n} {{env: *a{}, x: *a{}}}\n", n - 1, n - 1)).collect();
    for (path, text) in [
        (".github/workflows/a.yml", format!("on: x\nenv:\n{keys}jobs:\n a:\n  steps:\n{steps}")),
        (".gitlab-ci.yml", jobs),
        ("x.yaml", format!("env:{}", " &a [*a, *a]".repeat(10_000))),
        ("x.yaml", format!("a: {}\n", "${".repeat(100_000))),
        ("x.yaml", format!("image: {}\n", "a:/".repeat(100_000))),
        ("compose.yaml", format!("services:\n  a:\n    image: x\n    environment:\n{}", "    - A=b\n".repeat(50_000))),
        ("x.yaml", format!("a0: &a0 {{A_B: c}}\n{bomb}")),
        ("x.json", format!("{{\"k\": {}\"A_B\": \"c=d&e=f\"{}}}", "{\"k\": ".repeat(100_000), "}".repeat(100_000))),
        ("x.yaml", format!("env: {}\n", "[".repeat(100_000))),
        (".travis.yml", format!("language: x\nenv: \"{}\"\n", "A=b ".repeat(100_000))),
        ("x.yaml", format!("{}: {{{}}}\n", "k".repeat(100_000), "a: b, ".repeat(10_000))),
    ] {
        let found = records(path, &text);
        let fields: usize = found.iter().map(|record| record.fields.len()).sum();
        assert!(fields < 300_000, "{path}: {fields}");
        for record in found {
            assert!(text.get(record.span.start..record.span.end).is_some(), "{path}: {:?}", record.span);
        }
    }
}
