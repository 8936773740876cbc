//! What is seen in files of settings, variables, versions and requests.
//!
//! A record is written `Kind path: key=value, …`. Where key or value are written otherwise in the file, how they are
//! written stands behind them in `<…>`. A value with a name but no text is `$name`.

// A test may fail where it stands.
#![allow(clippy::unwrap_used)]

mod fixture;

use fixture::{endure, facts};
use ropcop_syntax::{Field, Record, Source, Span, Value, extract};

fn value(value: &Value) -> String {
    match value {
        Value::Text(parts) => fixture::shown::parts(parts),
        Value::Number(number) => number.clone(),
        Value::Bool(bool) => bool.to_string(),
        Value::Dynamic { name } => name.as_ref().map_or("?".to_owned(), |name| format!("${name}")),
        other => format!("{other:?}"),
    }
}

fn shown(record: &Record, text: &str) -> String {
    let written = |shown: String, span: Span| match &text[span.start..span.end] {
        written if written == shown => shown,
        written => format!("{shown}<{written}>"),
    };
    let field = |field: &Field| {
        format!("{}={}", written(field.key.clone(), field.key_span), written(value(&field.value), field.span))
    };
    let fields: Vec<String> = record.fields.iter().map(field).collect();
    let path = if record.path.is_empty() { String::new() } else { format!(" {}", record.path) };
    format!("{:?}{path}: {}", record.kind, fields.join(", "))
}

fn records(path: &str, text: &str) -> Vec<String> {
    facts(path, text).records.iter().map(|record| shown(record, text)).collect()
}

#[track_caller]
fn check(path: &str, text: &str, wanted: &[&str]) {
    assert_eq!(records(path, text), wanted, "{path}:\n{text}");
}

/// The text of the statement and of the function of the first record of a kind.
fn around<'t>(path: &str, text: &'t str, kind: &str) -> (&'t str, &'t str) {
    let facts = facts(path, text);
    let record = facts.records.iter().find(|record| format!("{:?}", record.kind) == kind).unwrap();
    let at = |span: Span| &text[span.start..span.end];
    (at(record.statement), at(record.function))
}

#[test]
fn a_dotenv_file_is_one_environment() {
    check(
        ".env",
        "# AZURE_USERNAME=old\nexport AZURE_USERNAME = me@x.example # who\nAZURE_PASSWORD='p # q'\nEMPTY=\nB=\"${AZURE_USERNAME}\"\nC=\"a \\\"b\\\" é\"\nno line\n1A=b\n",
        &[
            "Environment: AZURE_USERNAME=me@x.example, AZURE_PASSWORD=p # q, EMPTY=, B=$AZURE_USERNAME<${AZURE_USERNAME}>, C=a \"b\" é<a \\\"b\\\" é>",
        ],
    );
    check(".env.local", "A=1\r\nB=2 \r\nC=pa#ss", &["Environment: A=1, B=2, C=pa#ss"]);
    check("prod.env", "K=\"-----BEGIN\nabc\n-----END\"\nL=x", &["Environment: K=-----BEGIN\nabc\n-----END, L=x"]);
    check(".env", "A='open\nB=2\n", &["Environment: A='open, B=2"]);
    check(
        ".env.example",
        "A={{ secret.x }}\nB=$C\nD=__E__\n",
        &["Environment: A=$x<{{ secret.x }}>, B=$C, D=$E<__E__>"],
    );
}

#[test]
fn the_values_of_variables_are_texts() {
    check(
        ".env",
        "DB=\"Server=h;User Id=u;Password=${PW}\"\n",
        &[
            "Environment: DB=Server=h;User Id=u;Password=$PW<Server=h;User Id=u;Password=${PW}>",
            "Text: Server=h, User Id=u, Password=$PW<${PW}>",
        ],
    );
}

#[test]
fn properties_are_one_mapping() {
    check(
        "application.properties",
        "# a.b=1\n! a.c=2\nspring.cloud.azure.credential.username = me\nspring.cloud.azure.credential.password: p\\u0041\\:w\nlong.key one, \\\n    two\nx\\ y=${PW:none}\nempty=\n",
        &[
            "Mapping: spring.cloud.azure.credential.username=me, spring.cloud.azure.credential.password=pA:w<p\\u0041\\:w>, \
           long.key=one, two<one, \\\n    two>, x y<x\\ y>=$PW<${PW:none}>, empty=",
        ],
    );
}

#[test]
fn only_settings_with_dots_make_a_conf_file_one_of_properties() {
    check(
        "spark-defaults.conf",
        "spark.master yarn\n# c\nspark.a.user.name\tme\n",
        &["Mapping: spark.master=yarn, spark.a.user.name=me"],
    );
    check("nginx.conf", "user www;\nhttp {\n  server.x on;\n  location / { a=b; }\n}\n", &[]);
}

#[test]
fn tables_of_toml_are_mappings_variables_and_versions() {
    check(
        "a.toml",
        "top = 1\n[a.b]\nuser = \"me\"\n'pass word' = 'p\\q'\non = true\nsub = { x = \"y\" }\n[[list]]\nk = \"v\"\n# c = \"d\"\n",
        &[
            "Mapping: top=1",
            "Mapping a.b: user=me, pass word=p\\q, on=true",
            "Mapping a.b.sub: x=y",
            "Mapping list: k=v",
        ],
    );
    check(
        "netlify.toml",
        "[build.environment]\nAZURE_USERNAME = \"a\\\"b\"\nN = 5\n[env]\nC = { value = \"${D}\", force = true }\n[env.staging]\nz = \"\"\n",
        &[
            "Environment: AZURE_USERNAME=a\"b<a\\\"b>, N=5",
            "Environment: C=$D<${D}>",
            "Mapping env.C: value=$D<${D}>, force=true",
            "Mapping env.staging: z=",
        ],
    );
    check(
        "pyproject.toml",
        "[project]\ndependencies = [\n  \"azure-cli[x]<=2.20.0; python_version>'3'\",\n  \"b>=1\",\n]\n[tool.poetry.dependencies]\nazure-cli = \"==2.30.0\"\nc = \"^1.0\"\nd = { version = \"2.0\" }\n[tool.pytest.ini_options]\nenv = [\"A=b\", \"D:C=d\"]\n",
        &[
            "Versions: azure-cli=2.20.0",
            "Versions: azure-cli=2.30.0, d=2.0",
            "Mapping tool.poetry.dependencies.d: version=2.0",
            "Environment: A=b, C=d",
        ],
    );
    check("mise.toml", "[tools]\nazure-cli = \"2.20.0\"\n", &["Versions: azure-cli=2.20.0"]);
}

#[test]
fn a_broken_toml_file_gives_what_can_be_read() {
    let text = "[a]\nuser = \"me\"\nbroken = = 3\npass = \"p\"\n";
    let facts = facts("a.toml", text);
    assert!(!facts.syntax_errors.is_empty());
    assert!(records("a.toml", text).iter().any(|record| record.contains("user=me") && record.contains("pass=p")));
}

#[test]
fn settings_of_xml_are_fields_of_the_element_around() {
    check(
        "web.config",
        "\u{feff}<?xml version=\"1.0\"?>\n<configuration>\n <appSettings>\n  <!-- <add key=\"Old\" value=\"x\"/> -->\n  <add key=\"PbiUsername\" value=\"a&amp;b\" />\n  <add key=\"PbiPassword\" value=\"\"/>\n </appSettings>\n <connectionStrings><add name=\"C\" connectionString=\"Server=h;Pwd=&quot;p&quot;\" providerName=\"x\"/></connectionStrings>\n</configuration>\n",
        &[
            "Mapping configuration.appSettings: PbiUsername=a&b<a&amp;b>, PbiPassword=",
            "Mapping configuration.connectionStrings: C=Server=h;Pwd=\"p\"<Server=h;Pwd=&quot;p&quot;>",
            "Text: Server=h, Pwd=p",
        ],
    );
    check(
        "core-site.xml",
        "<configuration><property><name>fs.user.name</name><value>me</value><final>true</final></property><property><name>fs.pw</name><value>${P}</value></property></configuration>",
        &["Mapping configuration: fs.user.name=me, fs.pw=$P<${P}>"],
    );
    check(
        "a.xml",
        "<a x='1'><user>me</user><pass><![CDATA[p&q]]></pass><none></none><entry key=\"k\">v</entry></a>",
        &["Mapping a: x=1, user=me, pass=p&q, none=, k=v"],
    );
}

#[test]
fn variables_in_xml_are_an_environment() {
    check(
        "web.config",
        "<aspNetCore processPath=\"d\"><environmentVariables><environmentVariable name=\"Azure_User\" value=\"u\"/></environmentVariables></aspNetCore>",
        &["Mapping aspNetCore: processPath=d", "Environment: AZURE_USER<Azure_User>=u"],
    );
    check(
        "t.runsettings",
        "<RunSettings><RunConfiguration><EnvironmentVariables><A>b</A><C>d</C></EnvironmentVariables></RunConfiguration></RunSettings>",
        &["Environment: A=b, C=d"],
    );
    check("run.xml", "<c><envs><env name=\"A\" value=\"b\"/></envs></c>", &["Environment: A=b"]);
}

#[test]
fn arguments_of_a_test_plan_stand_in_their_request() {
    let text = "<jmeterTestPlan><HTTPSamplerProxy testname=\"t\"><elementProp name=\"HTTPsampler.Arguments\"><collectionProp name=\"Arguments.arguments\">\
        <elementProp name=\"grant_type\" elementType=\"HTTPArgument\"><stringProp name=\"Argument.value\">password</stringProp><stringProp name=\"Argument.metadata\">=</stringProp><stringProp name=\"Argument.name\">grant_type</stringProp></elementProp>\
        <elementProp name=\"u\" elementType=\"HTTPArgument\"><stringProp name=\"Argument.value\">me</stringProp><stringProp name=\"Argument.name\">username</stringProp></elementProp>\
        </collectionProp></elementProp><stringProp name=\"HTTPSampler.domain\">login.example.com</stringProp></HTTPSamplerProxy></jmeterTestPlan>";
    let found = records("plan.jmx", text);
    let wanted = "grant_type=password, username=me";
    assert!(found.iter().any(|record| record.contains(wanted)), "{found:#?}");
    let facts = facts("plan.jmx", text);
    let record = facts.records.iter().find(|record| shown(record, text).contains(wanted)).unwrap();
    assert!(text[record.function.start..record.function.end].starts_with("<HTTPSamplerProxy"));
    assert!(text[record.function.start..record.function.end].ends_with("</HTTPSamplerProxy>"));
}

#[test]
fn packages_of_projects_are_versions() {
    check(
        "a.csproj",
        "<Project><ItemGroup><PackageReference Include=\"A.B\" Version=\"1.2.3\" /><PackageReference Include=\"C\"><Version>[2.0]</Version></PackageReference></ItemGroup></Project>",
        &[
            "Mapping Project.ItemGroup.PackageReference: Include=A.B, Version=1.2.3",
            "Versions: A.B=1.2.3, C=2.0",
            "Mapping Project.ItemGroup.PackageReference: Include=C, Version=[2.0]",
        ],
    );
}

#[test]
fn xml_that_cannot_be_read_is_a_notice_and_no_xml_is_nothing() {
    assert_eq!(facts("a.xml", "<a><b></a>").syntax_errors.len(), 1);
    assert_eq!(
        facts("a.xml", "<!DOCTYPE a [<!ENTITY b \"c\"><!ENTITY d \"&b;&b;\">]><a>&d;</a>").syntax_errors.len(),
        1
    );
    check("a.xml", "<!DOCTYPE a SYSTEM \"a.dtd\"><a b=\"c\"/>", &["Mapping a: b=c"]);
    let facts = facts(".config", "CONFIG_X=y\n");
    assert!(facts.syntax_errors.is_empty() && facts.records.is_empty());
}

#[test]
fn sections_of_ini_files_are_mappings() {
    check(
        "credentials",
        "; c\n[default]\nad_user = me@x.example\npassword=\"p;q\"\n# password=old\nsubscription_id: 1 # c\n[other]\nempty =\n",
        &["Mapping default: ad_user=me@x.example, password=p;q, subscription_id=1", "Mapping other: empty="],
    );
    check(
        "odbc.ini",
        "[dsn]\nConn = Driver={X};UID=u;PWD=p\n",
        &["Mapping dsn: Conn=Driver={X};UID=u;PWD=p", "Text: Driver=X, UID=u, PWD=p"],
    );
    check("a.ini", "[s]\n\n  a = b\n  c = d\n", &["Mapping s: a=b, c=d"]);
}

#[test]
fn variables_and_requirements_of_test_runs_are_known() {
    check(
        "tox.ini",
        "[testenv]\nsetenv =\n    A = b\n    py38: C = {env:D:x}\n    # E = f\ndeps =\n    azure-cli==2.20.0\n    lint: x>=1\n    -r requirements.txt\n",
        &["Environment: A=b, C=$D<{env:D:x}>", "Versions: azure-cli=2.20.0"],
    );
    check("setup.cfg", "[options]\ninstall_requires =\n    azure-cli~=2.20.0\n", &["Versions: azure-cli=2.20.0"]);
    check("pytest.ini", "[pytest]\nenv =\n    A=b\n    D:C=d\n", &["Environment: A=b, C=d"]);
}

#[test]
fn only_test_runs_have_commands_in_ini_files() {
    let text = "[testenv:x]\ncommands =\n    tool a\n    lint: tool b \\\n      c ; d\n";
    assert_eq!(facts("setup.cfg", text).commands.len(), 3);
    assert_eq!(facts("setup.cfg", &text.replace("testenv:x", "other")).commands.len(), 0);
}

#[test]
fn a_request_is_read_with_its_variables() {
    let text = "@host = login.example.com\n@user=me@x.example\n\n# @name login\nPOST https://{{host}}/token?api=1\n  &v=2\nContent-Type: application/x-www-form-urlencoded\n\ngrant_type=password\n&username={{user}}\n&password={{$dotenv PW}}\n# &x=y\n\n> {% a=b&c=d %}\n\n### next\nGET https://x.example/a\n\n";
    check(
        "a.http",
        text,
        &["Text: api=1, v=2", "Text: grant_type=password, username=me@x.example, password=$PW<{{$dotenv PW}}>"],
    );
    let (statement, function) = around("a.http", text, "Text");
    assert!(statement.starts_with("POST") && statement.contains("{{$dotenv PW}}"), "{statement}");
    assert!(!statement.contains("next"), "{statement}");
    assert_eq!(statement, function);
    check("answer.http", "HTTP/1.0 500 x\nA: b\n\nc=d&e=f\n", &[]);
}

#[test]
fn blocks_of_bruno_are_mappings() {
    check(
        "login.bru",
        "meta {\n  name: Login\n}\n\npost {\n  url: https://login.example.com/t\n  body: formUrlEncoded\n}\n\nbody:form-urlencoded {\n  grant_type: password\n  username: {{user}}\n  ~client_secret: s\n}\n",
        &[
            "Mapping meta: name=Login",
            "Mapping post: url=https://login.example.com/t, body=formUrlEncoded",
            "Mapping body:form-urlencoded: grant_type=password, username=$user<{{user}}>",
        ],
    );
}

#[test]
fn steps_of_karate_are_a_form() {
    check(
        "token.feature",
        "Feature: a user's token\n  Background:\n    * url 'https://login.example.com/t'\n  Scenario Outline: one\n    # * form field x = 'y'\n    Given form field grant_type = 'password'\n    And form field username = user.name\n    And form field password = '<pw>'\n    When method post\n  Scenario: two\n    * form fields { grant_type: 'password', password: '#(pw)' }\n    * method post\n    And request 'a=b&p=' + pw + '&c=d'\n    When method post\n",
        &[
            "Mapping form: grant_type=password, username=$name<user.name>, password=$pw<<pw>>",
            "Mapping: grant_type=password, password=$pw<#(pw)>",
            "Text: a=b, p=$pw<pw + '>, c=d",
        ],
    );
}

#[test]
fn rows_of_robot_framework_are_mappings_and_texts() {
    let text = "*** Keywords ***\nToken\n    [Documentation]    a=b\n    &{body}=    Create Dictionary    grant_type=password    # x=y\n    ...    username=${USER}\n    ...\tpassword=%{PW}\n    POST    ${URL}    data=a=b&p=${PW}\n\nOther\n    Log    a=b\n    # Set    a=b\n    Connect    Server=h;Pwd=${PW}\n    ${d}=    Set Variable    {\"a\": \"${B}\"}\n";
    check(
        "token.robot",
        text,
        &[
            "Mapping: grant_type=password, username=$USER<${USER}>, password=$PW<%{PW}>",
            "Mapping: data=a=b&p=$PW<a=b&p=${PW}>",
            "Text: a=b, p=$PW<${PW}>",
            "Text: Server=h, Pwd=$PW<${PW}>",
            "Mapping: a=$B<${B}>",
        ],
    );
    let (statement, function) = around("token.robot", text, "Mapping");
    assert!(statement.starts_with("&{body}=") && statement.ends_with("password=%{PW}"), "{statement}");
    assert!(function.starts_with("Token") && !function.contains("Other"), "{function}");
}

#[test]
fn json_in_an_element_is_read() {
    let text = "<?xml version=\"1.0\"?>\n<a>\n  <url>https://login.example.com</url>\n  <body>{ &quot;parameters&quot;: [ { &quot;name&quot;: &quot;b&quot;, &quot;value&quot;: &quot;c&quot; } ] }</body>\n</a>\n";
    for path in ["a.xml", "Get Token.rs", "a.dtsx"] {
        let found = records(path, text);
        assert!(found.contains(&"Mapping parameters: b=c".to_owned()), "{path}: {found:#?}");
    }
    let all = |record: &Record| text[record.function.start..record.function.end].contains("login.example.com");
    assert!(facts("a.xml", text).records.iter().all(all));
}

#[test]
fn requirements_that_bound_a_version_are_versions() {
    check(
        "requirements.txt",
        "# azure-cli==1.0\nAzure-CLI[x]==2.20.0 ; python_version < '3' # c\na>=1,<2.5\nb~=2.20\nc~=2.20.1\nd==2.*\ne==2.3.*\nf\n-r g.txt\nh @ https://x/y==1\ni<=3 --hash=sha256:00\n",
        &["Versions: azure-cli<Azure-CLI>=2.20.0, a=2.5, c=2.20.1, e=2.3, i=3"],
    );
    check(".tool-versions", "azure-cli 2.20.0 # c\nnodejs latest\n", &["Versions: azure-cli=2.20.0"]);
}

#[test]
fn texts_of_programs_without_a_grammar_are_records() {
    for (path, text, wanted) in [
        (
            "a.php",
            "<?php\n// 'a=b&c=d'\n# 'a=b'\n/* 'a=b' */\n$q = 'grant_type=password&u=' . $user . \"&p={$pw}\";\n",
            "Text: grant_type=password, u=$user<$user . \">, p=$pw<{$pw}>",
        ),
        ("a.rb", "# 'a=b'\nq = \"a=1&p=#{ENV['PW']}\"\n", "Text: a=1, p=$PW<#{ENV['PW']}>"),
        ("a.rs", "// \"a=b\"\nfn f<'a>(x: &'a str) { g(\"k=v;p=\\\"q\\\"\") }\n", "Text: k=v, p=q"),
        ("a.cpp", "char c = '\"';\nauto s = \"a=1;\"\n  \"b=2\"; // \"c=d\"\n", "Text: a=1, b=2"),
        ("a.vb", "' \"a=b\"\nDim s = \"a=1;p=\" & pw & _\n  \";q=\"\"x\"\"\"\n", "Text: a=1, p=$pw<pw & _\n  \">, q=x"),
        ("a.sql", "-- 'a=b'\nCREATE X WITH (C = 'Server=h;Pwd=it''s')\n", "Text: Server=h, Pwd=it's<it''s>"),
        ("a.pl", "# 'a=b'\nmy $s = \"a=1&p=$pw\";\n", "Text: a=1, p=$pw"),
        ("a.dart", "final s = 'a=1&p=${x.pw}';\n", "Text: a=1, p=$pw<${x.pw}>"),
        ("a.swift", "let s = \"a=1&p=\\(pw)\"\n", "Text: a=1, p=$pw<\\(pw)>"),
        ("a.m", "// @\"a=b\"\nNSString *s = @\"a=1;\" @\"b=2\";\n", "Text: a=1, b=2"),
        ("a.pq", "// \"a=b\"\nlet s = \"a=1&p=\" & pw & \"&q=\\\", t = 1 in s\n", "Text: a=1, p=$pw<pw & \">, q=\\"),
    ] {
        let found = records(path, text);
        let found: Vec<&String> = found.iter().filter(|record| record.starts_with("Text")).collect();
        assert_eq!(found, [wanted], "{path}:\n{text}");
    }
}

#[test]
fn keys_and_values_of_programs_without_a_grammar_are_mappings() {
    let wanted = "grant_type=password, username=$user";
    for (path, text) in [
        ("a.php", "<?php $c->post($url, ['form_params' => ['grant_type' => 'password', 'username' => $user,]]);"),
        (
            "a.php",
            "<?php\n$d = array(\n  // 'x' => 'y',\n  'grant_type' => 'password',\n  \"username\" => $this->user\n);\n",
        ),
        ("a.php", "<?php\nfunction f()\n{\n  $d['grant_type'] = 'password';\n  $d['username'] = $user;\n}\n"),
        ("a.rb", "Net::HTTP.post_form(uri, grant_type: 'password', username: user)\n"),
        ("a.rb", "x = {\n  :grant_type => 'password',\n  'username' => user\n}\n"),
        ("a.rs", "let p = [(\"grant_type\", \"password\"), (\"username\", user)];"),
        ("a.r", "POST(url, body = list(grant_type = \"password\", username = user))"),
        (
            "a.vb",
            "Dim d = New Dictionary(Of String, String) From {{\"grant_type\", \"password\"}, {\"username\", user}}",
        ),
        ("a.cpp", "auto m = {{\"grant_type\", \"password\"}, {\"username\", user}};"),
        ("a.swift", "let p = [\"grant_type\": \"password\", \"username\": user]"),
        ("a.pl", "my %h = (grant_type => 'password', username => $user);"),
        ("a.m", "NSDictionary *d = @{@\"grant_type\": @\"password\", @\"username\": user};"),
        ("a.pq", "Uri.BuildQueryString([ grant_type = \"password\", username = user ])"),
        ("a.phpt", "--FILE--\n<?php\n$d = ['grant_type' => 'password', 'username' => $user];\n"),
    ] {
        let found = records(path, text);
        let is_wanted = |record: &&String| {
            let shown = record.replace("$user<$user>", "$user").replace("$user<$this->user>", "$user");
            shown.replace("$user<user>", "$user") == format!("Mapping: {wanted}")
        };
        assert_eq!(found.iter().filter(is_wanted).count(), 1, "{path}:\n{text}\n{found:#?}");
    }
}

#[test]
fn the_page_around_a_program_is_no_program() {
    check(
        "a.php",
        "it's 'a=b' <?php $x = 'c=d'; // it's ?> it's 'e=f'\n<?= 'g=h' ?>'i=j'\n",
        &["Text: c=d", "Text: g=h"],
    );
}

#[test]
fn what_is_sent_stands_in_the_statement_that_sends_it() {
    let text = "<?php\nclass A {\n  public function f() {\n    $x = g(1);\n    $c->post('https://login.example.com', ['form' => ['grant_type' => 'password']]);\n  }\n  function h() {}\n}\n";
    let facts = facts("a.php", text);
    let record = facts.records.iter().find(|record| shown(record, text).contains("grant_type=")).unwrap();
    let statement = text[record.statement.start..record.statement.end].trim();
    assert_eq!(statement, "$c->post('https://login.example.com', ['form' => ['grant_type' => 'password']])");
    assert!(text[record.function.start..record.function.end].starts_with("{\n    $x = g(1);"));
}

#[test]
fn hostile_files_are_read_to_their_end() {
    let paths = [
        ".env",
        "a.properties",
        "a.conf",
        "a.toml",
        "a.xml",
        "a.csproj",
        "a.ini",
        "tox.ini",
        "a.http",
        "a.bru",
        "a.feature",
        "a.robot",
        "a.m",
        "a.pq",
        "requirements.txt",
        ".tool-versions",
        "a.php",
        "a.rb",
        "a.vb",
        "a.c",
        "a.lua",
        "a.sql",
        "a.rs",
    ];
    let units = [
        "[",
        "(",
        "{",
        "<a>",
        "<a b='c=d'>",
        "\"",
        "'",
        "a='",
        "a=\"b\n",
        "a=b\n",
        " a  b=c\n",
        "* form field a = '<",
        "a.b=c\\\n",
        "{{",
        "${",
        "#{a}",
        "@a={{a}}\n",
        "a=1&",
        "a=1;",
        "/*",
        "--[[",
        "[a]\nb=c\n",
        "[a.b]\n",
        "a = {b = ",
        "é=\\",
        "'a' => ",
        "\"a\" . ",
        "&amp;",
        "&#x41;",
        "### \n",
        "a==1,",
        "\u{e000}",
        "<!--",
        "a: b\n  c\n",
        "\\u00e",
        "\"\\x",
        "a[0",
        "\r\n\\\r\n",
    ];
    for path in paths {
        for unit in units {
            endure(path, &unit.repeat(4_000));
            endure(path, &format!("<a>{}", unit.repeat(3)));
            endure(path, &format!("a = \"{unit}\"\nb = \"\"\"{unit}é\"\"\"\nc='{unit}\\"));
        }
    }
}

#[test]
fn a_record_is_not_longer_than_people_write_and_keeps_what_matters() {
    let text: String = (0..3_000).map(|index| format!("KEY_{index}=1\n")).collect();
    let source = Source::detect(".env", &text).unwrap();
    let facts = extract(&source, &|text| text.contains("KEY_2999"));
    assert_eq!(facts.records[0].fields.len(), 1);
    assert_eq!(facts.records[0].fields[0].key, "KEY_2999");
}
