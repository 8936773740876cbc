//! Go: imports, receivers, values, and commands handed to a process.

use ropcop_syntax::{Call, CallKind, Facts, Origin, Part, Source, Value, extract};

fn facts(text: &str) -> Facts {
    extract(&Source::detect("sample.go", text).expect("Go"), &|_| true)
}

/// Facts of a file with these imports and declarations.
fn with_imports(imports: &str, body: &str) -> Facts {
    facts(&format!("package main\n\nimport {imports}\n\n{body}\n"))
}

fn call<'f>(facts: &'f Facts, end: &str) -> &'f Call {
    facts
        .calls
        .iter()
        .find(|call| call.symbols.iter().any(|s| s.path.ends_with(end)))
        .unwrap_or_else(|| panic!("{end}: {facts:#?}"))
}

fn text(value: &str) -> Value {
    Value::Text(vec![Part::Text(value.to_owned())])
}

fn dynamic(name: &str) -> Value {
    Value::Dynamic { name: Some(name.to_owned()) }
}

/// The words of the only command of several words, with `<name>` for what is not known.
fn command(facts: &Facts) -> String {
    let commands: Vec<_> = facts.commands.iter().filter(|command| command.words.len() > 1).collect();
    let [command] = commands[..] else { panic!("one command: {commands:#?}") };
    let part = |part: &Part| match part {
        Part::Text(text) => text.clone(),
        Part::Variable(name) => format!("<{name}>"),
        Part::Output { .. } | Part::Unknown => "<>".to_owned(),
    };
    let words = command.words.iter().map(|word| word.parts.iter().map(part).collect::<String>());
    words.collect::<Vec<_>>().join(" ")
}

#[test]
fn every_spelling_of_an_import_gives_the_full_path() {
    for (imports, callee, path) in [
        ("\"x.io/sdk/azid\"", "azid.New", "x.io/sdk/azid.New"),
        ("`x.io/sdk/azid`", "azid.New", "x.io/sdk/azid.New"),
        ("(\n\t\"fmt\"\n\t\"x.io/sdk/azid\" // why\n)", "azid.New", "x.io/sdk/azid.New"),
        ("identity \"x.io/sdk/azid\"", "identity.New", "x.io/sdk/azid.New"),
        ("\"x.io/sdk/azid/v2\"", "azid.New", "x.io/sdk/azid.New"),
        ("a \"x.io/sdk/azid/v12\"", "a.New", "x.io/sdk/azid.New"),
        ("\"k8s.io/api/core/v1\"", "v1.New", "k8s.io/api/core/v1.New"),
        ("\"gopkg.in/azid.v2\"", "azid.New", "gopkg.in/azid.v2.New"),
        ("\"gopkg.in/azid.v1\"", "azid.New", "gopkg.in/azid.v1.New"),
    ] {
        let facts = with_imports(imports, &format!("func f() {{ {callee}(\"u\") }}"));
        let found = call(&facts, path);
        assert_eq!(found.symbols[0].path, path, "{imports}");
        assert_eq!(found.symbols[0].origin, Origin::Import, "{imports}");
        let package = path.strip_suffix(".New").expect("a function");
        assert!(facts.imports.iter().any(|import| import == package), "{imports}: {:?}", facts.imports);
    }
}

#[test]
fn a_dot_import_is_a_candidate() {
    let facts = with_imports(". \"x.io/azid\"", "func f() { New(\"u\") }");
    assert_eq!(facts.calls[0].symbols[0].path, "x.io/azid.New");
    assert_eq!(facts.calls[0].symbols[0].origin, Origin::Wildcard);
}

#[test]
fn a_blank_import_names_nothing() {
    let facts = with_imports("_ \"x.io/azid\"", "func f() { azid.New(\"u\") }");
    assert_eq!(facts.imports, ["x.io/azid"]);
    assert_eq!(facts.calls[0].symbols[0].origin, Origin::Unknown);
}

#[test]
fn a_name_of_another_package_is_not_the_imported_one() {
    for (imports, body, path, origin) in [
        ("\"y.io/vendor/azid\"", "azid.New(\"u\")", "y.io/vendor/azid.New", Origin::Import),
        ("\"x.io/azid\"", "New(\"u\")", "New", Origin::Unknown),
        ("\"x.io/azid\"", "azid := other(); azid.New(\"u\")", "other().New", Origin::Unknown),
        ("\"x.io/azid\"", "creds.New(\"u\")", "creds.New", Origin::Unknown),
    ] {
        let facts = with_imports(imports, &format!("func f() {{ {body} }}"));
        let found = call(&facts, "New");
        assert_eq!((found.symbols[0].path.as_str(), found.symbols[0].origin), (path, origin), "{body}");
        assert!(found.symbols.iter().all(|s| s.path != "x.io/azid.New"), "{body}");
    }
    let own = with_imports("\"x.io/azid\"", "func New(u string) {}\nfunc f() { New(\"u\") }");
    assert_eq!(own.calls[0].symbols[0].origin, Origin::Own);
    let parameter = with_imports("\"x.io/azid\"", "func f(azid Other) { azid.New(\"u\") }");
    assert_eq!(parameter.calls[0].symbols[0].origin, Origin::Unknown);
}

#[test]
fn the_type_of_a_receiver_is_followed() {
    for body in [
        "func f(c public.Client) { c.Token(\"u\") }",
        "func f(a int, b, c *public.Client) { c.Token(\"u\") }",
        "func f() { var c public.Client; c.Token(\"u\") }",
        "func f() { var c *public.Client = load(); c.Token(\"u\") }",
        "func f() { c := public.Client{}; c.Token(\"u\") }",
        "func f() { c := &public.Client{ID: 1}; c.Token(\"u\") }",
        "func f() { c := new(public.Client); c.Token(\"u\") }",
        "func f() { c := load().(public.Client); c.Token(\"u\") }",
        "func f() { if c, ok := load().(*public.Client); ok { c.Token(\"u\") } }",
        "func f(x any) { switch c := x.(type) { case int: c.No()\ncase *public.Client: c.Token(\"u\") } }",
        "func f() (c *public.Client, err error) { c.Token(\"u\"); return }",
        "func make() (*public.Client, error) { return nil, nil }\nfunc f() { c, err := make(); c.Token(\"u\") }",
        "func make() public.Client { return x }\nfunc f() { make().Token(\"u\") }",
        "type S struct { c public.Client }\nfunc (s *S) f() { s.c.Token(\"u\") }",
        "type S struct { a, c *public.Client `json:\"c\"` }\nfunc (s S) f() { go func() { s.c.Token(\"u\") }() }",
        "type S struct { c public.Client }\nfunc f(s *S) { s.c.Token(\"u\") }",
        "type S struct { c public.Client }\nfunc f() { s := S{}; s.c.Token(\"u\") }",
        "type S[T any] struct { c public.Client }\nfunc (s *S[T]) f() { s.c.Token(\"u\") }",
        "func (s *S) f() { s.c.Token(\"u\") }\ntype S struct { c public.Client }",
        "type S struct { public.Client }\nfunc (s *S) f() { s.Token(\"u\") }",
        "type S struct { *public.Client }\nfunc (s *S) f() { s.Client.Token(\"u\") }",
        "func (s *S) f() { s.make(1).Token(\"u\") }\nfunc (s *S) make(n int) *public.Client { return nil }",
        "func f(s *S) { c, _ := s.make(); c.Token(\"u\") }\nfunc (s *S) make() (*public.Client, error) { return nil, nil }",
        "type M interface { make() public.Client }\nfunc f(m M) { m.make().Token(\"u\") }",
        "type Alias = public.Client\nfunc f(c Alias) { c.Token(\"u\") }",
        "var c public.Client\nfunc f() { c.Token(\"u\") }",
        "var (\n\tc *public.Client\n)\nfunc g() { c = load() }\nfunc f() { c.Token(\"u\") }",
        "func f() { var c any; setup(func() { c = public.Client{} }); c.Token(\"u\") }",
        "func f() { public.Client{}.Token(\"u\") }",
        "func f() { defer (&public.Client{}).Token(\"u\") }",
        "func f(c public.Client) { t := c.Token; t(\"u\") }",
    ] {
        let facts = with_imports("\"x.io/apps/public\"", body);
        let found = call(&facts, "public.Client().Token");
        assert_eq!(found.symbols[0].origin, Origin::Import, "{body}: {found:?}");
        assert_eq!(found.args[0].value, text("u"), "{body}");
    }
}

#[test]
fn what_a_constructor_gives_is_followed() {
    for body in [
        "func f() { c, err := public.New(\"id\"); c.Token(\"u\") }",
        "func f() { if c, err := public.New(\"id\"); err == nil { c.Token(\"u\") } }",
        "func f() { var c, err = public.New(\"id\"); c.Token(\"u\") }",
        "type S struct { c any }\nfunc (s *S) f() { s.c, _ = public.New(\"id\") }\nfunc (s *S) g() { s.c.Token(\"u\") }",
        "func f() { var c any; if x { c = public.New(\"id\") }; c.Token(\"u\") }",
    ] {
        let facts = with_imports("\"x.io/apps/public\"", body);
        let found = call(&facts, "public.New().Token");
        assert!(found.symbols.iter().any(|s| s.origin == Origin::Import), "{body}: {found:?}");
    }
    let second = with_imports("\"x.io/public\"", "func f() { a, c := public.New(), other(); c.Token(\"u\") }");
    assert_eq!(call(&second, ".Token").symbols[0].origin, Origin::Unknown);
    let error = with_imports("\"x.io/public\"", "func f() { c, err := public.New(); err.Token(\"u\") }");
    assert_eq!(call(&error, ".Token").symbols[0].origin, Origin::Unknown);
}

#[test]
fn a_type_that_says_something_else_is_not_followed() {
    for body in [
        "func f(c []public.Client) { c.Token(\"u\") }",
        "func f(c ...public.Client) { c.Token(\"u\") }",
        "func f(c map[string]public.Client) { c.Token(\"u\") }",
        "type S struct { c public.Client }\nfunc (t *T) f() { t.c.Token(\"u\") }",
        "type S struct { c public.Client }\nfunc (s *S) f() { for _, s := range all { s.c.Token(\"u\") } }",
    ] {
        let facts = with_imports("\"x.io/public\"", body);
        let found = call(&facts, ".Token");
        assert!(found.symbols.iter().all(|s| s.origin != Origin::Import), "{body}: {found:?}");
    }
}

#[test]
fn a_function_handed_on_is_a_reference() {
    let facts = with_imports("\"x.io/azid\"", "func f() { retry(azid.New, \"u\") }");
    let found = call(&facts, "azid.New");
    assert_eq!(found.kind, CallKind::Reference);
    assert_eq!(found.args[0].value, text("u"));
}

#[test]
fn a_conversion_is_no_call() {
    let facts = with_imports("\"x.io/m\"", "var _ Cred = (*m.Cred)(nil)\nfunc f() { (*m.Cred)(load()).Token(\"u\") }");
    assert!(facts.calls.iter().all(|call| call.symbols.iter().all(|s| s.path != "x.io/m.Cred")), "{facts:#?}");
    assert_eq!(call(&facts, "Token").symbols[0].path, "x.io/m.Cred().Token");
}

#[test]
fn arguments_and_fields_are_known() {
    let body = "const tenant = \"t\"\nfunc f(user string, more ...string) {\n\tpass := os.Getenv(\"PASS\")\n\t\
                azid.New(tenant, user, pass, 7, nil, true, []string{\"s\"}, &azid.Options{Tenant: tenant, Client: user}, more...)\n}";
    let facts = with_imports("\"x.io/azid\"", body);
    let args = &call(&facts, "azid.New").args;
    let values: Vec<_> = args.iter().map(|arg| arg.value.clone()).collect();
    let options = Value::Map(vec![("Tenant".into(), text("t")), ("Client".into(), dynamic("user"))]);
    let expected = [
        text("t"),
        dynamic("user"),
        dynamic("PASS"),
        Value::Number("7".into()),
        Value::Null,
        Value::Bool(true),
        Value::List(vec![text("s")]),
        options,
        dynamic("more"),
    ];
    assert_eq!(values, expected);
    assert_eq!((args[7].position, args[8].position), (Some(7), None));

    let literal = call(&facts, "azid.Options");
    assert_eq!(literal.kind, CallKind::Literal);
    assert_eq!(literal.args[0].name.as_deref(), Some("Tenant"));
    assert_eq!(literal.args[1].value, dynamic("user"));
}

#[test]
fn composite_literals_of_every_kind_are_values() {
    for (literal, expected) in [
        (
            "map[string]string{\"a\": \"b\", key: \"c\"}",
            Value::Map(vec![("a".into(), text("b")), ("key".into(), text("c"))]),
        ),
        ("url.Values{\"a\": {\"b\"}}", Value::Map(vec![("a".into(), Value::List(vec![text("b")]))])),
        ("[]string{\"a\", \"b\"}", Value::List(vec![text("a"), text("b")])),
        ("[...]string{0: \"a\"}", Value::List(vec![text("a")])),
        ("[]T{{A: \"x\"}}", Value::List(vec![Value::Map(vec![("A".into(), text("x"))])])),
        ("[]*T{{A: \"x\"}}", Value::List(vec![Value::Map(vec![("A".into(), text("x"))])])),
        ("struct{ A string }{A: \"x\"}", Value::Map(vec![("A".into(), text("x"))])),
        ("append([]string{\"a\"}, \"b\")", Value::List(vec![text("a"), text("b")])),
    ] {
        let facts = with_imports("\"net/url\"", &format!("func f() {{ g({literal}) }}"));
        assert_eq!(call(&facts, "g").args[0].value, expected, "{literal}");
    }
    let elements = with_imports("\"x.io/m\"", "var all = []m.Cfg{{User: \"u\"}, {User: \"v\"}}");
    let users: Vec<_> = elements.calls.iter().filter(|call| call.symbols[0].path == "x.io/m.Cfg").collect();
    assert_eq!(users.len(), 2);
    assert_eq!((users[0].kind, &users[1].args[0].value), (CallKind::Literal, &text("v")));
    let unkeyed = with_imports("\"x.io/m\"", "var one = m.Cfg{\"u\", pass}");
    assert_eq!(call(&unkeyed, "m.Cfg").args[1].position, Some(1));
}

#[test]
fn texts_are_put_together() {
    let user = || Part::Variable("user".into());
    let known = |text: &str| Part::Text(text.to_owned());
    for (argument, expected) in [
        ("\"a\\\"b\\x41\\u0042\\101\\n\"", text("a\"bABA\n")),
        ("`a\\n`", text("a\\n")),
        ("\"a\" + `b` + c", text("abc")),
        ("\"u=\" + user", Value::Text(vec![known("u="), user()])),
        (
            "fmt.Sprintf(\"u=%s&%d\", user, n)",
            Value::Text(vec![known("u="), user(), known("&"), Part::Variable("n".into())]),
        ),
        ("string(\"a\")", text("a")),
        ("[]byte(\"a\")", text("a")),
        ("(\"a\")", text("a")),
    ] {
        let facts = with_imports("\"fmt\"", &format!("const c = \"c\"\nfunc f() {{ g({argument}) }}"));
        assert_eq!(call(&facts, "g").args[0].value, expected, "{argument}");
    }
}

#[test]
fn a_call_says_where_it_stands() {
    let source =
        "package p\nimport \"x.io/m\"\nfunc go1() error {\n\treturn m.\n\t\tNew(\"u\")\n}\nvar o = m.Cfg{U: \"v\"}\n";
    let facts = facts(source);
    let at = |span: ropcop_syntax::Span| &source[span.start..span.end];
    let made = call(&facts, "m.New");
    assert_eq!((at(made.span), at(made.args[0].span)), ("New", "\"u\""));
    assert!(at(made.function).starts_with("func go1"));
    let literal = call(&facts, "m.Cfg");
    assert_eq!((at(literal.span), at(literal.statement)), ("m.Cfg", "m.Cfg{U: \"v\"}"));
}

#[test]
fn words_of_a_command_are_seen_in_every_form() {
    for body in [
        "exec.Command(\"tool\", \"login\", \"-u\", user)",
        "o.run(ctx, \"tool\", \"login\", \"-u\", user)",
        "args := []string{\"tool\", \"login\", \"-u\", user}; run(args)",
        "args := []string{\"tool\", \"login\"}; args = append(args, \"-u\", user); run(args)",
        "args := []string{\"login\"}; args = append(args, \"-u\", user); exec.Command(\"tool\", args...)",
        "run(append([]string{\"tool\", \"login\"}, \"-u\", user))",
    ] {
        let facts = with_imports("\"os/exec\"", &format!("func f(user string) {{ {body} }}"));
        assert!(command(&facts).ends_with("tool login -u <user>"), "{body}: {:?}", facts.commands);
    }
}

#[test]
fn compared_text_and_tags_are_no_commands() {
    for body in [
        "func f() { if x == \"tool login -u a\" {} }",
        "func f() { switch x { case \"tool login -u a\": } }",
        "type S struct { a int `tool login -u a` }",
    ] {
        assert!(facts(&format!("package p\n{body}")).commands.is_empty(), "{body}");
    }
}

#[test]
fn broken_and_deep_sources_are_survived() {
    let deep = |open: &str, inner: &str, close: &str| {
        format!("package p\nvar x = {}{inner}{}", open.repeat(3_000), close.repeat(3_000))
    };
    let mut sources = vec![
        String::new(),
        "import (".to_owned(),
        "package p\nfunc (".to_owned(),
        "package p\ntype S struct { *".to_owned(),
        "package p\nvar x = T{a:".to_owned(),
        "package p\nfunc f() { x = append( }".to_owned(),
        "package p\nfunc f() { a, b, := 1; switch x.(type) { case }".to_owned(),
        deep("(", "1", ")"),
        deep("f(", "", ")"),
        deep("[]T{", "", "}"),
        format!("package p\nvar x = []T{{{}{}}}", "{".repeat(3_000), "}".repeat(3_000)),
        deep("a", ".b()", ""),
        format!("package p\nvar x {}T", "*".repeat(3_000)),
        format!("package p\nfunc f() {}{}", "{".repeat(3_000), "}".repeat(3_000)),
    ];
    let whole = "package p\nimport a \"x/v2\"\ntype S struct { *a.C }\nfunc (s *S) f(x ...int) (r T, e error) { y, e := s.C.g(&T{K: \"\\n\"}); return }";
    sources.extend((0..whole.len()).map(|end| whole[..end].to_owned()));
    for source in sources {
        facts(&source);
    }
    let chain = format!("package p\nvar x = f(\"a\"{})", " + \"a\"".repeat(3_000));
    assert_eq!(call(&facts(&chain), "f").args[0].value, text(&"a".repeat(3_001)));
}
