//! Records in programs: literals, what is added to them, texts, and variables of the environment.

mod fixture;

use fixture::shown;
use ropcop_syntax::{Field, Record, Source, Value, extract};

/// A key as `key`, with `<…>` behind it if something else is written there; a value as it is known, with `@…` behind it
/// if something else is written there.
fn shown_field(text: &str, field: &Field) -> String {
    let value = match &field.value {
        Value::Text(parts) => format!("'{}'", shown::parts(parts)),
        Value::Dynamic { name } => format!("${}", name.as_deref().unwrap_or("?")),
        Value::Symbol(symbols) => symbols[0].path.clone(),
        Value::Choice(values) => format!("{} values", values.len()),
        Value::Map(_) => "{}".to_owned(),
        Value::List(_) => "[]".to_owned(),
        Value::Bool(value) => value.to_string(),
        Value::Number(number) => number.clone(),
        Value::Null => "null".to_owned(),
    };
    let (key, written) = (&text[field.key_span.start..field.key_span.end], &text[field.span.start..field.span.end]);
    let key = if key == field.key { field.key.clone() } else { format!("{}<{key}>", field.key) };
    let as_written = written == value.trim_matches('\'').trim_start_matches('$');
    let is_literal = matches!(field.value, Value::Map(_) | Value::List(_) | Value::Symbol(_));
    if as_written || is_literal { format!("{key}={value}") } else { format!("{key}={value}@{written}") }
}

fn records(path: &str, text: &str) -> Vec<Record> {
    let found = extract(&Source::detect(path, text).expect("a program"), &|_| true).records;
    for record in &found {
        for field in &record.fields {
            assert!(record.span.contains(field.key_span), "{path}: {record:?}");
        }
    }
    found
}

fn line(text: &str, record: &Record) -> String {
    let fields: Vec<String> = record.fields.iter().map(|field| shown_field(text, field)).collect();
    let path = if record.path.is_empty() { String::new() } else { format!(" {}", record.path) };
    format!("{}{path}: {}", shown::kind(record.kind), fields.join(", "))
}

/// The records that hold `grant`, `user`, or a name in capitals.
fn found(path: &str, text: &str) -> Vec<String> {
    let matters =
        |field: &Field| ["grant", "user", "type"].contains(&field.key.as_str()) || field.key.starts_with("A_");
    let found = records(path, text);
    found.iter().filter(|record| record.fields.iter().any(matters)).map(|record| line(text, record)).collect()
}

#[track_caller]
fn check(path: &str, cases: &[(&str, &[&str])]) {
    let wrong: Vec<String> = cases
        .iter()
        .map(|(text, expected)| (text, expected, found(path, text)))
        .filter(|(_, expected, found)| found != *expected)
        .map(|(text, expected, found)| format!("in:\n{text}\nexpected {expected:#?}\nfound {found:#?}\n"))
        .collect();
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

const WHOLE: &[&str] = &["mapping: grant='password', user=$u"];

#[test]
fn what_lua_adds_to_a_table_belongs_to_it() {
    check(
        "a.lua",
        &[
            ("local t = { grant = 'password', user = u }", WHOLE),
            ("local t = { ['grant'] = 'password', [\"user\"] = u }", WHOLE),
            ("local t = {}\nt.grant = 'password'\nt['user'] = u", WHOLE),
            ("local t = { grant = 'password' }\nif x then t.user = u end", WHOLE),
            ("c:post { grant = 'password', user = u }", WHOLE),
            ("function C:f() self.t = { grant = 'password' }\nself.t.user = u end", WHOLE),
            ("local s = 'grant=password&user=' .. u", &["text: grant='password', user=$u"]),
            ("local s = ('grant=password&user=%s'):format(u)", &["text: grant='password', user=$u@%s"]),
            ("local s = table.concat({ 'grant=password', 'user=' .. u }, '&')", &["text: grant='password', user=$u"]),
            ("posix.setenv('A_B', u)", &["environment: A_B=$u"]),
            ("vim.env.A_B = u", &["environment: A_B=$u"]),
            ("-- local t = { grant = 'password' }\nlocal x = t.user", &[]),
        ],
    );
}

#[test]
fn what_python_adds_to_a_dictionary_belongs_to_it() {
    check(
        "a.py",
        &[
            ("d = {'grant': 'password', 'user': u}", WHOLE),
            ("d = {u'grant': \"password\", \"user\": u}", WHOLE),
            ("d = dict(grant='password', user=u)", WHOLE),
            ("d = {'grant': 'password'}\nd['user'] = u\npost(d)", WHOLE),
            ("d = {}\nd['grant'] = 'password'\nd['user'] = u", WHOLE),
            ("d = {'grant': 'password'}\nd.update({'user': u})", WHOLE),
            ("d = {'grant': 'password'}\nd.update(user=u)", WHOLE),
            ("d = {'grant': 'password'}\nd.setdefault('user', u)", WHOLE),
            ("class A:\n  def f(self):\n    self.d = {'grant': 'password'}\n    self.d['user'] = u", WHOLE),
            ("d = [('grant', 'password'), ('user', u)]", WHOLE),
            ("d = [('grant', 'password')]\nd.append(('user', u))", WHOLE),
            ("post(url, data={'grant': 'password', 'user': u})", WHOLE),
            ("connect(grant='password', user=u)", WHOLE),
            ("o.grant = 'password'\no.user = u", WHOLE),
            ("G = 'grant'\nd = {G: 'password', 'user': u}", &["mapping: grant<G>='password', user=$u"]),
            ("G = 'grant'\nd = {}\nd[G] = 'password'\nd['user'] = u", &["mapping: grant<G>='password', user=$u"]),
            ("P = 'password'\nd = {'grant': P, 'user': f'{u}'}", &["mapping: grant='password'@P, user=$u@{u}"]),
            ("d = {'grant': '', 'user': None}", &["mapping: grant='', user=null@None"]),
            ("base = {'grant': 'password'}\nd = {**base, 'user': u}", &["mapping: grant='password'", WHOLE[0]]),
            ("d = {'a': {'b': {'user': u}}}", &["mapping a.b: user=$u"]),
            ("d = {'a': [{'user': u}]}", &["mapping a: user=$u"]),
            (
                "d = {'grant': 'a'}\nd['user'] = 'b'\nd = {'grant': 'c'}\nd['user'] = 'd'",
                &["mapping: grant='a', user='b'", "mapping: grant='c', user='d'"],
            ),
            ("def f():\n  d = {'grant': 'a'}\ndef g():\n  d['user'] = u", &["mapping: grant='a'", "mapping: user=$u"]),
            ("# d = {'grant': 'password'}\nx = d.get('user', u)", &[]),
        ],
    );
}

#[test]
fn a_key_may_end_in_what_is_not_known() {
    check(
        "a.py",
        &[
            ("c.set('user', u)\nc.set(f'grant.{a}.x', 'p')", &["mapping: user=$u, grant.….x<grant.{a}.x>='p'"]),
            ("c.set('user', u)\nc.set('grant.' + a, 'p')", &["mapping: user=$u, grant.…<'grant.' + a>='p'"]),
            ("c.set('user', u)\nc.set(f'{a}.grant', 'p')", &["mapping: user=$u"]),
        ],
    );
    check(
        "a.scala",
        &[("val x = { c.set(\"user\", u); c.set(s\"grant.$a\", p) }", &["mapping: user=$u, grant.…<grant.$a>=$p"])],
    );
}

#[test]
fn what_javascript_adds_to_an_object_belongs_to_it() {
    check(
        "a.ts",
        &[
            ("const d = {grant: 'password', 'user': u};", WHOLE),
            ("function f(user) { const d = {grant: 'password', user}; }", &["mapping: grant='password', user=$user"]),
            ("const d: any = {grant: 'password'}; d.user = u;", WHOLE),
            ("const d = {grant: 'password'}; d['user'] = u;", WHOLE),
            ("const d = new URLSearchParams(); d.append('grant', 'password'); d.set('user', u);", WHOLE),
            ("const d = new URLSearchParams({grant: 'password'}); d.append('user', u);", WHOLE),
            ("const d = new URLSearchParams([['grant', 'password'], ['user', u]]);", WHOLE),
            ("const d = new URLSearchParams(); d.append(`grant`, 'password'); if (x) { d.append('user', u); }", WHOLE),
            ("Object.assign(d, {grant: 'password', user: u});", WHOLE),
            (
                "const d = {grant: 'password', ...b}; const b = {user: u};",
                &["mapping: grant='password', user=$u", "mapping: user=$u"],
            ),
            ("const l = [{name: 'grant', value: 'password'}, {key: 'user', value: u}];", WHOLE),
            ("this.form.append('grant', 'password'); this.form.append('user', u);", WHOLE),
            ("request.post(x).type('f').field('grant', 'password').field('user', u);", WHOLE),
            ("const G = 'grant'; const d = {[G]: 'password', user: u};", &["mapping: grant<G>='password', user=$u"]),
            (
                "const c = {authentication: {type: 'p', options: {user: u}}};",
                &["mapping authentication: type='p', options={}", "mapping authentication.options: user=$u"],
            ),
            (
                "c.authentication = {type: 'p'}; c.authentication.options.user = u;",
                &["mapping authentication: type='p'", "mapping authentication.options: user=$u"],
            ),
            ("const d = {grant: `a ${u}`, user: ''};", &["mapping: grant='a $u'@a ${u}, user=''"]),
            ("// const d = {grant: 'password'}", &[]),
        ],
    );
}

#[test]
fn what_csharp_adds_to_a_collection_belongs_to_it() {
    let inside = |body: &str| format!("class A {{ void F(string u) {{ {body} }} }}");
    for body in [
        "var d = new Dictionary<string, string> { { \"grant\", \"password\" }, { \"user\", u } };",
        "var d = new Dictionary<string, string> { [\"grant\"] = \"password\", [\"user\"] = u };",
        "var d = new Dictionary<string, string>(); d.Add(\"grant\", \"password\"); d[\"user\"] = u;",
        "var d = new List<KeyValuePair<string, string>> { new KeyValuePair<string, string>(\"grant\", \"password\"), new(\"user\", u) };",
        "var d = new List<KeyValuePair<string, string>>(); d.Add(new KeyValuePair<string, string>(\"grant\", \"password\")); d.Add(new(\"user\", u));",
        "Post(new FormUrlEncodedContent(new[] { new KeyValuePair<string, string>(\"grant\", \"password\"), new KeyValuePair<string, string>(\"user\", u) }));",
        "request.AddParameter(\"grant\", \"password\"); request.AddParameter(\"user\", u, ParameterType.GetOrPost);",
        "request.AddParameter(\"grant\", \"password\").AddParameter(\"user\", u);",
        "var c = new MultipartFormDataContent(); c.Add(new StringContent(\"password\"), \"grant\"); c.Add(new StringContent(u), \"user\");",
        "var d = new { grant = \"password\", user = u };",
        "var b = new Builder { grant = \"password\", user = u };",
        "var b = new Builder { grant = \"password\" }; b.user = u;",
        "var b = new Builder(); b.grant = \"password\"; b.user = u;",
        "Connect(grant: \"password\", user: u);",
    ] {
        assert_eq!(found("a.cs", &inside(body)), WHOLE, "{body}");
    }
    let constant = "class K { public const string G = \"grant\"; }\nclass A { object F(string u) => new Dictionary<string, string> { { K.G, \"password\" }, { \"user\", u } }; }";
    assert_eq!(found("a.cs", constant), ["mapping: grant<K.G>='password', user=$u"]);
    let text = "using Lib;\nclass A { void F() { var b = new Builder { type = Method.Password }; b.user = u; } }";
    assert_eq!(found("a.cs", text), ["mapping: type=Lib.Method.Password, user=$u"]);
}

#[test]
fn what_go_sets_belongs_to_its_map() {
    let inside = |body: &str| format!("package p\nfunc f(u string) {{\n{body}\n}}\n");
    for body in [
        "d := url.Values{}\nd.Set(\"grant\", \"password\")\nd.Add(\"user\", u)",
        "d := url.Values{\"grant\": {\"password\"}, \"user\": {u}}",
        "d := map[string]string{\"grant\": \"password\"}\nd[\"user\"] = u",
        "d := Config{grant: \"password\", user: u}",
        "d := &Config{grant: \"password\"}\nd.user = u",
        "d := make(map[string]string)\nd[\"grant\"] = \"password\"\nd[\"user\"] = u",
        "post(url.Values{\"grant\": []string{\"password\"}, \"user\": []string{u}})",
    ] {
        assert_eq!(found("a.go", &inside(body)), WHOLE, "{body}");
    }
}

#[test]
fn what_java_and_its_relatives_add_belongs_together() {
    let inside = |body: &str| format!("class A {{ void f(String u) {{ {body} }} }}");
    for body in [
        "var d = Map.of(\"grant\", \"password\", \"user\", u);",
        "var d = Map.ofEntries(entry(\"grant\", \"password\"), Map.entry(\"user\", u));",
        "Map<String, String> d = new HashMap<>(); d.put(\"grant\", \"password\"); d.put(\"user\", u);",
        "Map<String, String> d = new HashMap<>(Map.of(\"grant\", \"password\")); d.put(\"user\", u);",
        "RequestBody b = new FormBody.Builder().add(\"grant\", \"password\").add(\"user\", u).build();",
        "FormBody.Builder b = new FormBody.Builder().add(\"grant\", \"password\"); b.add(\"user\", u);",
        "List<NameValuePair> d = new ArrayList<>(); d.add(new BasicNameValuePair(\"grant\", \"password\")); d.add(new BasicNameValuePair(\"user\", u));",
        "List<NameValuePair> d = List.of(new BasicNameValuePair(\"grant\", \"password\"), new BasicNameValuePair(\"user\", u));",
        "spark.read().option(\"grant\", \"password\").option(\"user\", u).load();",
    ] {
        assert_eq!(found("A.java", &inside(body)), WHOLE, "{body}");
    }
    for body in [
        "val d = mapOf(\"grant\" to \"password\", \"user\" to u)",
        "val d = listOf(\"grant\" to \"password\", \"user\" to u)",
        "val d = FormBody.Builder().add(\"grant\", \"password\").add(\"user\", u).build()",
        "val d = mutableMapOf(\"grant\" to \"password\")\nd[\"user\"] = u",
        "connect(grant = \"password\", user = u)",
    ] {
        assert_eq!(found("a.kt", &format!("fun f(u: String) {{\n{body}\n}}\n")), WHOLE, "{body}");
    }
    for body in [
        "val d = Map(\"grant\" -> \"password\", \"user\" -> u)",
        "val d = Seq(\"grant\" -> \"password\", \"user\" -> u)",
        "spark.read.option(\"grant\", \"password\").option(\"user\", u).load()",
    ] {
        let text = format!("object A {{\n  def f(u: String) = {{\n    {body}\n  }}\n}}\n");
        assert_eq!(found("a.scala", &text), WHOLE, "{body}");
    }
}

#[test]
fn branches_that_give_the_same_key_are_apart() {
    check(
        "a.py",
        &[
            (
                "d = {'x': 1}\nif a:\n  d['grant'] = 'a'\n  d['user'] = u\nelse:\n  d['grant'] = 'b'\n  d['secret'] = s\nd['y'] = 2\n",
                &["mapping: x=1, grant='a', user=$u, y=2", "mapping: x=1, grant='b', secret=$s, y=2"],
            ),
            (
                "d = {'grant': 'a'}\nif a:\n  d['x'] = 1\nif b:\n  d['user'] = u\n",
                &["mapping: grant='a', x=1, user=$u"],
            ),
            ("d = {'grant': 'a'}\nif a:\n  d['grant'] = 'b'\n", &["mapping: grant='a', grant='b'"]),
            (
                "d = {}\nif a:\n  d['grant'] = 'a'\nelse:\n  d['grant'] = 'b'\nif b:\n  d['size'] = 1\nelse:\n  d['size'] = 2\n",
                &["mapping: grant='a', size=1", "mapping: grant='a', size=2", "mapping: grant='b', size=1"],
            ),
            (
                "d = P()\nd.add('grant', 'a')\nd = P()\nd.add('grant', 'b')\n",
                &["mapping: grant='a'", "mapping: grant='b'"],
            ),
        ],
    );
}

#[test]
fn chains_on_one_member_are_apart() {
    let text = "a = spark.read.option('grant', 'a').option('user', 'b')\nb = spark.read.option('grant', 'c').option('user', 'd')\n";
    assert_eq!(found("a.py", text), ["mapping: grant='a', user='b'", "mapping: grant='c', user='d'"]);
}

#[test]
fn texts_of_a_program_are_records() {
    check(
        "a.py",
        &[
            ("p = 'grant=password&user=' + u", &["text: grant='password', user=$u"]),
            ("p = f'grant=password&user={u}'", &["text: grant='password', user=$u@{u}"]),
            ("p = 'grant=password&user=%s' % u", &["text: grant='password', user=$u@%s"]),
            ("p = 'grant=password&user={}'.format(u)", &["text: grant='password', user=$u@{}"]),
            ("p = 'grant=password'\np += '&user=' + u", &["text: grant='password', user=$u"]),
            ("p = '&'.join(['grant=password', 'user=' + u])", &["text: grant='password', user=$u"]),
            ("requests.post(url, data='grant=password&user=x')", &["text: grant='password', user='x'"]),
            ("out.write('grant=password&user=x')", &["text: grant='password', user='x'"]),
            ("parser.add_argument('--x', default='user=a;b=c', help='user=d;b=c')", &["text: user='a', b='c'"]),
            ("print('grant=password&user=x')\n'user=a&b=c'\nif x == 'user=a': pass", &[]),
            ("# 'grant=password&user=x'", &[]),
        ],
    );
    check("a.js", &[("fetch(u, {body: `grant=password&user=${u}`})", &["text: grant='password', user=$u@${u}"])]);
    check(
        "a.go",
        &[(
            "package p\nfunc f() { s := fmt.Sprintf(\"grant=password&user=%s\", u) }",
            &["text: grant='password', user=$u@%s"],
        )],
    );
    check(
        "a.cs",
        &[
            ("class A { const string S = \"grant=a;user=b\"; }", &["text: grant='a', user='b'"]),
            (
                "class A { const string S = \"grant={Quoted};user={0};a={name};b=%s\"; }",
                &["text: grant='Quoted', user=$?@{0}, a=$name@{name}, b=$?@%s"],
            ),
            ("class A { void F() { G($\"grant=a;user={u}\"); } }", &["text: grant='a', user=$u@{u}"]),
            ("class A { void F() { G(string.Format(\"grant=a;user={0}\", u)); } }", &["text: grant='a', user=$u@{0}"]),
        ],
    );
    check(
        "A.java",
        &[(
            "class A { void f() { StringBuilder s = new StringBuilder(); s.append(\"grant=a\"); s.append(\"&user=\").append(u); } }",
            &["text: grant='a', user=$u"],
        )],
    );
}

const VARIABLES: &[&str] = &["environment: A_USER=$u, A_PASS='p'"];

#[test]
fn variables_that_a_program_sets_are_one_record() {
    check(
        "a.py",
        &[
            ("import os\nos.environ['A_USER'] = u\nos.environ[\"A_PASS\"] = 'p'", VARIABLES),
            ("from os import environ\nenviron['A_USER'] = u\nenviron['A_PASS'] = 'p'", VARIABLES),
            ("os.environ.update({'A_USER': u, 'A_PASS': 'p'})", VARIABLES),
            ("os.environ.update(A_USER=u, A_PASS='p')", VARIABLES),
            ("os.environ.setdefault('A_USER', u)\nos.putenv('A_PASS', 'p')", VARIABLES),
            (
                "def test(monkeypatch):\n  monkeypatch.setenv('A_USER', u)\n  monkeypatch.setenv('A_PASS', 'p')",
                VARIABLES,
            ),
            ("os.environ['A_USER'] = u\ndef f():\n  os.environ['A_PASS'] = 'p'\n", VARIABLES),
            ("os.environ['A_USER'] = u\ndel os.environ['A_PASS']", &["environment: A_USER=$u"]),
            ("x = os.environ['A_USER']\ny = os.environ.get('A_PASS', 'p')", &[]),
            (
                "def f():\n  os.environ['A_USER'] = 'a'\ndef g():\n  os.environ['A_PASS'] = 'b'",
                &["environment: A_USER='a'", "environment: A_PASS='b'"],
            ),
            ("K = 'A_USER'\nos.environ[K] = u", &["environment: A_USER<K>=$u"]),
            ("os.environ['A_USER'] = os.environ['X']", &["environment: A_USER=$X@os.environ['X']"]),
        ],
    );
    check(
        "a.js",
        &[
            ("process.env.A_USER = u; process.env['A_PASS'] = 'p';", VARIABLES),
            ("Object.assign(process.env, {A_USER: u, A_PASS: 'p'});", VARIABLES),
            ("it('x', () => { vi.stubEnv('A_USER', u); vi.stubEnv('A_PASS', 'p'); });", VARIABLES),
            ("delete process.env.A_USER; const x = process.env.A_PASS;", &[]),
        ],
    );
    check(
        "a.go",
        &[
            ("package p\nfunc f() { os.Setenv(\"A_USER\", u); os.Setenv(\"A_PASS\", \"p\") }", VARIABLES),
            (
                "package p\nfunc TestF(t *testing.T) {\n\tt.Setenv(\"A_USER\", u)\n\tt.Setenv(\"A_PASS\", \"p\")\n}",
                VARIABLES,
            ),
            ("package p\nfunc f() { os.Unsetenv(\"A_USER\") }", &[]),
        ],
    );
    check(
        "a.cs",
        &[(
            "class A { void F() { Environment.SetEnvironmentVariable(\"A_USER\", u); Environment.SetEnvironmentVariable(\"A_PASS\", \"p\"); Environment.SetEnvironmentVariable(\"A_X\", null); } }",
            VARIABLES,
        )],
    );
}

#[test]
fn an_environment_that_is_handed_over_is_one_record() {
    check(
        "a.py",
        &[
            ("subprocess.run(x, env={'A_USER': u, 'A_PASS': 'p'})", VARIABLES),
            ("subprocess.run(x, env={**os.environ, 'A_USER': u, 'A_PASS': 'p'})", VARIABLES),
            ("subprocess.run(x, env=dict(os.environ, A_USER=u, A_PASS='p'))", VARIABLES),
            ("e = os.environ.copy()\ne['A_USER'] = u\ne['A_PASS'] = 'p'\nsubprocess.run(x, env=e)", VARIABLES),
            ("e = {'A_USER': u}\ne['A_PASS'] = 'p'\nsubprocess.run(x, env=e)", VARIABLES),
            ("@patch.dict(os.environ, {'A_USER': u, 'A_PASS': 'p'})\ndef f(): pass", VARIABLES),
            ("with mock.patch.dict('os.environ', {'A_USER': u, 'A_PASS': 'p'}, clear=True): pass", VARIABLES),
            ("runner.invoke(cli, env={'A_USER': u, 'A_PASS': 'p'})", VARIABLES),
            ("client.run(image, environment=[f'A_USER={u}', 'A_PASS=p'])", &["environment: A_USER=$u@{u}, A_PASS='p'"]),
        ],
    );
    check(
        "a.js",
        &[
            ("spawn('x', [], {env: {A_USER: u, A_PASS: 'p'}});", VARIABLES),
            ("spawn('x', [], {env: {...process.env, A_USER: u, A_PASS: 'p'}});", VARIABLES),
            ("const env = {A_USER: u}; env.A_PASS = 'p'; spawn('x', {env});", VARIABLES),
            ("const environment = {type: 'a', user: u};", &["mapping: type='a', user=$u"]),
        ],
    );
    check(
        "a.cs",
        &[
            ("class A { void F() { p.Environment[\"A_USER\"] = u; p.Environment[\"A_PASS\"] = \"p\"; } }", VARIABLES),
            (
                "class A { void F() { p.EnvironmentVariables.Add(\"A_USER\", u); p.EnvironmentVariables[\"A_PASS\"] = \"p\"; } }",
                VARIABLES,
            ),
            (
                "class A { void F() { b.WithEnvironment(\"A_USER\", u).WithEnvironment(\"A_PASS\", \"p\"); } }",
                VARIABLES,
            ),
        ],
    );
    check(
        "a.go",
        &[
            ("package p\nfunc f() { cmd.Env = append(os.Environ(), \"A_USER=\"+u, \"A_PASS=p\") }", VARIABLES),
            (
                "package p\nfunc f() {\n\tcmd.Env = os.Environ()\n\tcmd.Env = append(cmd.Env, \"A_USER=\"+u)\n\tcmd.Env = append(cmd.Env, \"A_PASS=p\")\n}",
                VARIABLES,
            ),
            (
                "package p\nvar c = Container{Env: []EnvVar{{Name: \"A_USER\", Value: u}, {Name: \"A_PASS\", Value: \"p\"}}}",
                VARIABLES,
            ),
        ],
    );
    check(
        "A.java",
        &[
            (
                "class A { void f() { pb.environment().put(\"A_USER\", u); pb.environment().put(\"A_PASS\", \"p\"); } }",
                VARIABLES,
            ),
            (
                "class A { void f() { Map<String, String> env = pb.environment(); env.put(\"A_USER\", u); env.put(\"A_PASS\", \"p\"); } }",
                VARIABLES,
            ),
            (
                "class A { void f() { var c = new GenericContainer(\"i\").withEnv(\"A_USER\", u).withEnv(\"A_PASS\", \"p\"); } }",
                VARIABLES,
            ),
        ],
    );
}

#[test]
fn a_record_knows_its_statement_and_its_function() {
    let text = "def f():\n    d = {'user': u}\n    post('https://h', json={'user': u})\n";
    let found = records("a.py", text);
    let at = |span: ropcop_syntax::Span| &text[span.start..span.end];
    assert_eq!(at(found[0].statement), "d = {'user': u}");
    assert_eq!(at(found[0].span), "user': u");
    assert!(at(found[0].function).starts_with("def f"));
    assert!(found.iter().any(|record| at(record.statement) == "post('https://h', json={'user': u})"));
}

#[test]
fn nothing_is_kept_that_nobody_wants() {
    let text = "d = {'a': {'b': 1}, 'user': u}\ns = 'x=1;y=2'\nos.environ['OTHER'] = 'x'\n";
    let source = Source::detect("a.py", text).expect("python");
    assert_eq!(extract(&source, &|text| text == "other").records, []);
    let found = extract(&source, &|text| text == "user").records;
    assert_eq!(found.len(), 1);
    assert_eq!(line(text, &found[0]), "mapping: a={}, user=$u");
}

#[test]
fn large_files_take_no_longer_than_their_size() {
    let many = |line: &str| format!("d = {{'user': 1}}\n{}", line.repeat(5_000));
    for text in [
        many("d['user'] = d\n"),
        many("d = {'user': d, 'x': d}\n"),
        many("os.environ['A_USER'] = u\ndef f():\n  os.environ['A_PASS'] = 'p'\n"),
        format!("d = {}1{}", "{'user': ".repeat(5_000), "}".repeat(5_000)),
        format!("d = b{}", ".add('user', 1)".repeat(5_000)),
    ] {
        let found = extract(&Source::detect("a.py", &text).expect("python"), &|_| true).records;
        assert!(found.iter().map(|record| record.fields.len()).sum::<usize>() <= 50_000);
    }
}

/// The members of the last argument of the call of `Client`.
fn options(path: &str, text: &str) -> Vec<(String, Value)> {
    let facts = extract(&Source::detect(path, text).expect("a program"), &|_| true);
    let is_client = |path: &str| path.rsplit('.').next() == Some("Client");
    let call = facts.calls.iter().find(|call| call.symbols.iter().any(|symbol| is_client(&symbol.path)));
    match call.and_then(|call| call.args.last()).map(|arg| arg.value.clone()) {
        Some(Value::Map(members)) => members,
        other => panic!("{other:?} in:\n{text}"),
    }
}

#[test]
fn an_argument_shows_the_members_of_an_object_made_before() {
    let csharp = |body: &str| format!("class A {{ void F() {{ {body} }} }}");
    for (path, text) in [
        ("a.cs", csharp("new Client(new Options { A = true });")),
        ("a.cs", csharp("var o = new Options { A = true }; new Client(o);")),
        ("a.cs", csharp("var o = new Options(); o.A = true; new Client(o);")),
        ("a.cs", csharp("var o = new Options { A = false }; o.A = true; o.B = x; new Client(o); o.A = false;")),
        ("a.cs", csharp("Options o = new() { A = true }; new Client(o);")),
        ("a.js", "const o = {A: true}; new Client(o);".to_owned()),
        ("a.js", "const o = {}; o.A = true; new Client(o);".to_owned()),
        ("a.py", "o = {'B': 1}\no['A'] = True\nClient(o)".to_owned()),
        ("a.py", "o = {'A': True}\nClient(**o)".to_owned()),
        ("a.go", "package p\nfunc f() {\n\to := Options{}\n\to.A = true\n\tp.Client(o)\n}\n".to_owned()),
    ] {
        let found = options(path, &text);
        assert!(found.contains(&("A".to_owned(), Value::Bool(true))), "{found:?} in:\n{text}");
    }
}

#[test]
fn a_constant_as_a_text_keeps_its_name() {
    check(
        "A.java",
        &[("class A { void a(B b) { b.put(\"grant\", Mode.SignIn.toString()); } }", &["mapping: grant=Mode.SignIn"])],
    );
    check(
        "a.py",
        &[(
            "d = {'grant': Mode.sign_in.strip(), 'user': f(x).strip()}",
            &["mapping: grant=$sign_in@Mode.sign_in.strip(), user=$x@f(x).strip()"],
        )],
    );
    check("a.py", &[("d = {'grant': get()}", &["mapping: grant=$get@get()"])]);
}

#[test]
fn what_a_constant_of_an_enumeration_is_made_with_is_its_text() {
    let java = |call: &str| {
        format!(
            "enum M {{ A(1, \"password\"); final String t; M(int n, String t) {{ this.t = t; }} String t() {{ return t; }} }}\n\
             class C {{ void a(B b) {{ b.put(\"grant\", {call}); }} }}"
        )
    };
    check(
        "A.java",
        &[
            (&java("M.A.t()"), &["mapping: grant='password'@M.A.t()"]),
            (&java("M.A.getValue()"), &["mapping: grant='password'@M.A.getValue()"]),
            (&java("M.A.name()"), &["mapping: grant=M.A"]),
        ],
    );
    let kotlin = "enum class M(val t: String) { A(\"password\") }\nfun a(b: B) { b.put(\"grant\", M.A.t) }";
    check("a.kt", &[(kotlin, &["mapping: grant='password'@M.A.t"])]);
}
