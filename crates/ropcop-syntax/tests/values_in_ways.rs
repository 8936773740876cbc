//! Values that come to a record in several ways: through conditions, defaults, constants, and texts put into texts.

use ropcop_syntax::{Part, RecordKind, Source, Value, extract};

fn part(part: &Part) -> String {
    match part {
        Part::Text(text) => text.clone(),
        Part::Variable(name) => format!("${name}"),
        Part::Output { .. } | Part::Unknown => "$?".to_owned(),
    }
}

fn shown(value: &Value) -> String {
    match value {
        Value::Text(parts) => parts.iter().map(part).collect(),
        Value::Choice(values) => values.iter().map(shown).collect::<Vec<_>>().join("|"),
        Value::Dynamic { name } => format!("${}", name.as_deref().unwrap_or("?")),
        other => format!("{other:?}"),
    }
}

/// The values of `grant` in all records of a kind, in the order of the file.
fn grants(path: &str, text: &str, kind: RecordKind) -> Vec<String> {
    let facts = extract(&Source::detect(path, text).expect("a language"), &|_| true);
    let records = facts.records.iter().filter(|record| record.kind == kind);
    let fields = records.flat_map(|record| record.fields.iter()).filter(|field| field.key == "grant");
    fields.map(|field| shown(&field.value)).collect()
}

#[track_caller]
fn check(kind: RecordKind, cases: &[(&str, &str, &[&str])]) {
    let wrong: Vec<String> = cases
        .iter()
        .map(|(path, text, expected)| (text, expected, grants(path, text, kind)))
        .filter(|(_, expected, found)| found != *expected)
        .map(|(text, expected, found)| format!("in:\n{text}\nexpected {expected:?}\nfound {found:?}\n"))
        .collect();
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn a_value_that_a_condition_chooses_is_one_of_several() {
    check(
        RecordKind::Mapping,
        &[
            ("a.py", "d = {'grant': 'a' if c else 'b', 'user': u}", &["a|b"]),
            ("a.py", "if c:\n  g = 'a'\nelse:\n  g = 'b'\nd = {'grant': g}", &["a|b"]),
            ("a.py", "d = {'grant': os.environ.get('G', 'a')}", &["$G|a"]),
            ("a.py", "d = {'grant': x or 'a'}", &["$x|a"]),
            ("a.py", "d = {'grant': x or y}", &["$x"]),
            ("a.py", "d = {'grant': a if c else ('b' if e else 'f')}", &["$a|b|f"]),
            ("a.ts", "post({ grant: c ? 'a' : 'b' })", &["a|b"]),
            ("a.ts", "post({ grant: process.env.G ?? 'a' })", &["$G|a"]),
            ("a.cs", "class C { void F() { var d = new { grant = c ? \"a\" : \"b\" }; } }", &["a|b"]),
            ("A.java", "class A { void f() { d.put(\"grant\", c ? \"a\" : \"b\"); } }", &["a|b"]),
            ("a.kt", "fun f() { d.put(\"grant\", if (c) \"a\" else \"b\") }", &["a|b"]),
            // The same word twice is one value, and what is not written down chooses nothing.
            ("a.py", "d = {'grant': 'a' if c else 'a'}", &["a"]),
        ],
    );
}

#[test]
fn a_text_has_one_form_for_each_value_that_is_chosen() {
    check(
        RecordKind::Text,
        &[
            ("a.py", "g = 'a' if c else 'b'\nbody = f'grant={g}&user={u}'", &["b", "a"]),
            ("a.ts", "const g = c ? 'a' : 'b';\nsend(`grant=${g}&user=${u}`)", &["b", "a"]),
            ("a.py", "body = f'grant={g}&user={u}'", &["$g"]),
        ],
    );
}

#[test]
fn a_parameter_may_be_its_default() {
    check(
        RecordKind::Mapping,
        &[
            ("a.py", "def f(u, g='a'):\n  post({'grant': g, 'user': u})", &["$g|a"]),
            ("a.js", "function f(u, g = 'a') { post({ grant: g, user: u }); }", &["$g|a"]),
            ("a.ts", "const f = (u: string, g: string = 'a') => post({ grant: g, user: u });", &["$g|a"]),
            ("a.ts", "function f(u, { g = 'a' } = {}) { post({ grant: g, user: u }); }", &["$?|a"]),
            (
                "a.cs",
                "class C { void F(string u, string g = \"a\") { Post(new { grant = g, user = u }); } }",
                &["$g|a"],
            ),
            ("a.kt", "fun f(u: String, g: String = \"a\") { d.put(\"grant\", g) }", &["$g|a"]),
            ("a.scala", "def f(u: String, g: String = \"a\") = { d.put(\"grant\", g) }", &["$g|a"]),
            ("a.groovy", "def f(u, g = 'a') { post([grant: g, user: u]) }", &["$g|a"]),
            // What is set where nothing was given, is one of the values.
            ("a.py", "def f(u, g=None):\n  if g is None:\n    g = 'a'\n  post({'grant': g, 'user': u})", &["$g|a"]),
            ("a.go", "package p\nfunc f(g string) { if g == \"\" { g = \"a\" }; d[\"grant\"] = g }", &["$g|a"]),
            // Nothing is no value.
            ("a.py", "def f(u, g=None):\n  post({'grant': g, 'user': u})", &["$g"]),
            ("a.py", "def f(u, g=''):\n  post({'grant': g, 'user': u})", &["$g"]),
            ("a.py", "def f(u, g=h()):\n  post({'grant': g, 'user': u})", &["$g"]),
        ],
    );
    check(
        RecordKind::Text,
        &[
            ("a.py", "def f(u, g='a'):\n  send(f'grant={g}&user={u}')", &["a", "$g"]),
            ("a.ts", "function f(u, g = 'a') { send(`grant=${g}&user=${u}`); }", &["a", "$g"]),
            ("a.cs", "class C { void F(string u, string g = \"a\") { Send($\"grant={g}&user={u}\"); } }", &["a", "$g"]),
        ],
    );
}

#[test]
fn what_stands_in_for_nothing_is_one_of_the_values() {
    check(
        RecordKind::Mapping,
        &[
            ("A.java", "class A { void f() { d.put(\"grant\", x.orElse(\"a\")); } }", &["$x|a"]),
            ("A.java", "class A { void f() { d.put(\"grant\", m.getOrDefault(KEY, \"a\")); } }", &["$KEY|a"]),
            ("a.kt", "fun f() { d.put(\"grant\", x ?: \"a\") }", &["$x|a"]),
            ("a.scala", "def f() = { d.put(\"grant\", x.getOrElse(\"a\")) }", &["$x|a"]),
            ("a.cs", "class C { void F() { d.Add(\"grant\", s.GetValueOrDefault(\"g\", \"a\")); } }", &["$g|a"]),
            ("a.go", "package p\nimport \"cmp\"\nfunc f() { d[\"grant\"] = cmp.Or(x, \"a\") }", &["$x|a"]),
            ("a.lua", "local t = { grant = x or 'a', user = u }", &["$x|a"]),
        ],
    );
}

#[test]
fn a_text_is_filled_with_each_value_that_its_format_may_get() {
    check(
        RecordKind::Text,
        &[
            ("a.py", "G = 'a'\nsend('grant=%s&user=%s' % (G, u))", &["a"]),
            ("a.py", "g = 'a' if c else 'b'\nsend('grant={}&user={}'.format(g, u))", &["b", "a"]),
            ("a.py", "send('grant={g}&user={u}'.format(g='a', u=u))", &["a"]),
            (
                "a.go",
                "package p\nfunc f() { g := \"a\"; if c { g = \"b\" }; h(fmt.Sprintf(\"grant=%s&user=%s\", g, u)) }",
                &["b", "a"],
            ),
            (
                "A.java",
                "class A { void f() { g(String.format(\"grant=%s&user=%s\", c ? \"a\" : \"b\", u)); } }",
                &["b", "a"],
            ),
            ("a.py", "send('grant=%s&user=%s' % (g, u))", &["$g"]),
        ],
    );
}

#[test]
fn a_text_that_grows_is_known_where_it_is_used() {
    check(
        RecordKind::Mapping,
        &[
            ("a.py", "g = 'a'\nif c:\n  g += 'b'\npost({'grant': g, 'user': u})", &["ab"]),
            ("a.ts", "let g = 'a';\nif (c) g += 'b'; else g += 'd';\npost({ grant: g, user: u });", &["ab|ad"]),
            ("a.py", "g = h()\ng += 'b'\npost({'grant': g, 'user': u})", &["$g"]),
        ],
    );
}

#[test]
fn a_text_that_is_put_into_another_keeps_its_keys() {
    check(
        RecordKind::Text,
        &[
            ("a.py", "core = f'user={u}&grant=a'\nsend(f'{core}&scope=b')", &["a", "a"]),
            ("a.ts", "const core = `user=${u}&grant=a`;\nsend(`${core}&scope=b`)", &["a", "a"]),
            ("a.cs", "class C { void F() { var k = $\"user={u}&grant=a\"; G($\"{k}&scope=b\"); } }", &["a", "a"]),
            ("a.go", "package p\nfunc f() { core := \"grant=a&user=\" + u; g(core + \"&scope=b\") }", &["a", "a"]),
        ],
    );
}

#[test]
fn a_key_behind_something_unknown_is_a_key() {
    check(
        RecordKind::Text,
        &[
            ("a.py", "send(base + f'grant=a&user={u}')", &["a"]),
            ("a.py", "send(f'{base}grant=a&user={u}')", &["a"]),
            ("a.ts", "send(`${base}grant=a&user=${u}`)", &["a"]),
            ("a.go", "package p\nfunc f() { g(base + \"grant=a&user=\" + u) }", &["a"]),
            // A part of a name that is not known belongs to the name.
            ("a.py", "send(f'{base}_grant=a&user={u}')", &[]),
        ],
    );
}

#[test]
fn a_constant_that_is_turned_into_a_text_is_its_value_or_has_its_name() {
    check(
        RecordKind::Text,
        &[
            ("a.py", "class M:\n  P = 'a'\nsend(f'user={u}&grant={M.P.value}')", &["a"]),
            ("a.cs", "class C { void F() { G($\"user={u}&grant={nameof(Mode.A)}\"); } }", &["A"]),
            ("a.cs", "class C { void F() { G(\"user=\" + u + \"&grant=\" + Mode.A.ToString()); } }", &["$A"]),
            (
                "A.java",
                "class A { enum Mode { B } String f() { return \"user=\" + u + \"&grant=\" + Mode.B.name(); } }",
                &["$B"],
            ),
            // A value of a thing that is no type is not known.
            ("a.py", "send(f'user={u}&grant={mode.value}')", &["$value"]),
        ],
    );
}

#[test]
fn members_of_a_class_are_a_form_if_one_has_a_text_by_default() {
    check(
        RecordKind::Mapping,
        &[
            ("a.py", "@dataclass\nclass F:\n  user: str\n  grant: str = 'a'", &["a"]),
            (
                "a.cs",
                "class F { [AliasAs(\"grant\")] public string Kind { get; set; } = \"a\"; public string User { get; set; } }",
                &["a"],
            ),
            ("A.java", "class F { String user; @Name(\"grant\") String kind = \"a\"; }", &["a"]),
            ("a.ts", "class F { user: string; grant = 'a' }", &["a"]),
            ("a.py", "class F:\n  user: str\n  grant: str", &[]),
            // What stands in a method before it is no annotation, and what a function holds is no form.
            ("A.java", "class F { String user; void f() { a[0] = g(\"grant\"); } String kind = \"a\"; }", &[]),
            ("a.py", "def f(a):\n  a[0]; g('grant')\n  kind = 'a'\n  a[1]; g('user')\n  u = 'x'", &[]),
            ("a.cs", "class C { void F() { a[0] = G(\"grant\"); var kind = \"a\"; var user = \"x\"; } }", &[]),
        ],
    );
}

#[test]
fn what_the_block_of_a_builder_appends_belongs_together() {
    check(
        RecordKind::Mapping,
        &[("a.kt", "val p = parameters { append(\"user\", u); append(\"grant\", \"a\") }", &["a"])],
    );
}

#[test]
fn xml_that_a_parser_refuses_is_read_as_it_is_meant() {
    check(
        RecordKind::Text,
        &[
            ("a.xml", "<a><add value=\"user=u;grant=a;word=x&y\"/></a>", &["a"]),
            ("a.xml", "<a><body>@(\"user={{u}}&grant=a\")</body></a>", &["a"]),
            (
                "a.xml",
                "<a><when x=\"@(f<int>(\"t\"))\"><body>@{ return \"user=u&grant=a\"; }</body></when></a>",
                &["a"],
            ),
        ],
    );
}
