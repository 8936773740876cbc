//! Java: imports, receivers, builders, arguments, and texts.

use ropcop_syntax::{Call, CallKind, Facts, Origin, Source, Value, extract};

fn facts(text: &str) -> Facts {
    extract(&Source::detect("Sample.java", text).expect("Java"), &|_| true)
}

/// The text inside a method of a class.
fn inside(text: &str) -> String {
    format!("import a.b.Cred;\nclass S {{\n  void go(String u, String p, Object o) {{\n{text}\n  }}\n}}\n")
}

fn find<'f>(facts: &'f Facts, path: &str) -> Option<(&'f Call, Origin)> {
    let of = |call: &'f Call| call.symbols.iter().find(|s| s.path == path).map(|symbol| (call, symbol.origin));
    facts.calls.iter().find_map(of)
}

#[track_caller]
fn resolves(text: &str, path: &str, origin: Origin) {
    let facts = facts(text);
    let found = find(&facts, path);
    assert_eq!(found.map(|(_, origin)| origin), Some(origin), "{text}: {:#?}", facts.calls);
}

#[test]
fn every_spelling_of_an_import_gives_the_full_path() {
    for (text, origin) in [
        ("import a.b.Cred;\nclass S { Object c = new Cred(); }", Origin::Import),
        ("import a.b.*;\nclass S { Object c = new Cred(); }", Origin::Wildcard),
        ("import a . b . Cred ;\nclass S { Object c = new Cred<>(); }", Origin::Import),
        ("class S { Object c = new a.b.Cred(); }", Origin::Import),
        ("class S { Object c = new a.b.Cred<String>() { }; }", Origin::Import),
        ("package a.b;\nclass S { Object c = new Cred(); }", Origin::Relative),
    ] {
        resolves(text, "a.b.Cred", origin);
    }
    for (text, origin) in [
        ("import static a.b.Cred.make;\nclass S { Object c = make(1); }", Origin::Import),
        ("import static a.b.Cred.*;\nclass S { Object c = make(1); }", Origin::Wildcard),
        ("import a.b.Cred;\nclass S { Object c = Cred.make(1); }", Origin::Import),
        ("import a.b.Cred;\nclass S { Object c = Cred.<String>make(1); }", Origin::Import),
        ("class S { Object c = a.b.Cred.make(1); }", Origin::Import),
    ] {
        resolves(text, "a.b.Cred.make", origin);
    }
    resolves("import a.b.Outer.Cred;\nclass S { Object c = new Cred(); }", "a.b.Outer.Cred", Origin::Import);
    resolves("import a.b.Outer;\nclass S { Object c = new Outer.Cred(); }", "a.b.Outer.Cred", Origin::Import);
}

#[test]
fn imports_are_listed_and_the_own_package_is_not() {
    let facts =
        facts("package own.pkg;\nimport a.b.C;\nimport a.c.*;\nimport static a.d.E.f;\nimport static a.g.H.*;\n");
    assert_eq!(facts.imports, ["a.b.C", "a.c", "a.d.E.f", "a.g.H"]);
}

#[test]
fn a_class_of_the_same_name_is_not_the_imported_one() {
    for text in [
        "import a.b.*;\nclass Cred { }\nclass S { Object c = new Cred(); }",
        "import a.b.*;\nclass S { Object c = new Cred(); static class Cred { } }",
        "import a.b.*;\nimport jakarta.Cred;\nclass S { Object c = new Cred(); }",
        "import a.b.*;\nrecord Cred(String u) { }\nclass S { Object c = new Cred(u); }",
        "import a.b.Creds;\nclass S { Object c = new Cred(); }",
    ] {
        assert!(find(&facts(text), "a.b.Cred").is_none(), "{text}");
    }
    resolves("class Cred { }\nclass S { Object c = new Cred(); }", "Cred", Origin::Own);
}

#[test]
fn the_type_of_a_receiver_is_followed() {
    for text in [
        "void go(App app) { app.token(u); }",
        "void go(final @NonNull App app) { app.token(u); }",
        "void go() { App app = make(); app.token(u); }",
        "void go() { var app = make(); app.token(u); } App make() { return null; }",
        "void go() { make().token(u); } App make() { return null; }",
        "void go() { this.make().token(u); } App make() { return null; }",
        "Object make; void go() { make().token(u); } App make() { return null; }",
        "private final App app; void go() { app.token(u); }",
        "void go() { app.token(u); } private App<String> app;",
        "void go() { this.app.token(u); } App app = null;",
        "void go(Object app) { ((App) app).token(u); }",
        "void go(Object o) { App app = (App) o; app.token(u); }",
        "void go(Object o) { var app = (App & Runnable) o; app.token(u); }",
        "void go(Object o) { if (o instanceof App app) { app.token(u); } }",
        "void go(Object o) { if (o instanceof R(App app)) { app.token(u); } }",
        "void go(Object o) { switch (o) { case App app -> app.token(u); default -> { } } }",
        "Object go(Object o) { return switch (o) { case App app when app.x() -> app.token(u); default -> null; }; }",
        "void go() { for (App app : all) { app.token(u); } }",
        "void go() { try (App app = make()) { app.token(u); } }",
        "void go() { try { x(); } catch (App | Error app) { app.token(u); } }",
        "void go() { run((App app) -> app.token(u)); }",
        "void go() { App app; if (x) { app = a(); } else { app = b(); } app.token(u); }",
        "void go() { run(new Runnable() { App app; public void run() { app.token(u); } }); }",
        "void go(App app) { run(new Runnable() { public void run() { app.token(u); } }); }",
        "enum E { A; App app; void go() { app.token(u); } }",
        "record R(App app) { void go() { app.token(u); } }",
        "interface I { App APP = null; default void go() { APP.token(u); } }",
        "static { App app = make(); app.token(u); }",
    ] {
        resolves(&format!("import a.b.App;\nclass S {{ {text} }}"), "a.b.App().token", Origin::Import);
    }
}

#[test]
fn an_assignment_gives_a_field_its_value() {
    for text in [
        "Object app; S() { app = new App(1); } void go() { app.token(u); }",
        "Object app; S() { this.app = new App(1); } void go() { app.token(u); }",
        "S() { app = new App(1); } void go() { this.app.token(u); } Object app;",
    ] {
        resolves(&format!("import a.b.App;\nclass S {{ {text} }}"), "a.b.App().token", Origin::Import);
    }
    let local =
        "import a.b.App;\nclass S { Object app; S() { Object app; app = new App(); } void go() { app.token(u); } }";
    assert!(find(&facts(local), "a.b.App().token").is_none());
}

#[test]
fn a_builder_keeps_its_calls() {
    let chain = "Object c = new Cred().user(u)\n.password(p)\n.build();";
    resolves(&inside(chain), "a.b.Cred().user().password().build", Origin::Import);
    resolves(&inside("Cred c = new Cred(); c.user(u); c.password(p);"), "a.b.Cred().password", Origin::Import);
    resolves(&inside("var c = new Cred().user(u); c.password(p);"), "a.b.Cred().user().password", Origin::Import);
    resolves(&inside("Object c = Cred.builder(s, u, p).build();"), "a.b.Cred.builder().build", Origin::Import);
}

#[test]
fn a_receiver_that_is_not_known_stays_unknown() {
    for text in
        ["void go(var app) { app.token(); }", "void go() { app.token(); }", "void go() { run(app -> app.token()); }"]
    {
        let facts = facts(&format!("import a.b.*;\nclass S {{ {text} }}"));
        let token = facts.calls.iter().find(|call| call.symbols[0].path.ends_with(".token")).expect("a call");
        assert!(token.symbols.iter().all(|s| s.origin == Origin::Unknown), "{text}: {token:?}");
    }
}

#[test]
fn a_field_does_not_hide_a_type() {
    let text = "import a.b.Cred;\nclass S { Object Cred; void go() { Object c = new Cred(u); } }";
    resolves(text, "a.b.Cred", Origin::Import);
}

#[test]
fn a_method_handed_on_is_a_reference() {
    for (text, path) in [
        ("run(Cred::make, u);", "a.b.Cred.make"),
        ("run(a.b.Cred::make, u);", "a.b.Cred.make"),
        ("Cred c = null; run(c::make, u);", "a.b.Cred().make"),
        ("run(Cred::new, u);", "a.b.Cred"),
        ("run(a.b.Cred::new, u);", "a.b.Cred"),
    ] {
        let facts = facts(&inside(text));
        let (call, _) = find(&facts, path).unwrap_or_else(|| panic!("{text}: {facts:#?}"));
        assert_eq!(call.kind, CallKind::Reference, "{text}");
        assert_eq!(call.args.len(), 1, "{text}");
    }
}

#[test]
fn the_place_of_a_call_is_its_callee() {
    for (text, path, written) in [
        ("new Cred(u, p);", "a.b.Cred", "new Cred"),
        ("new a.b.Cred<String>(u, p);", "a.b.Cred", "new a.b.Cred"),
        ("Cred.make(u);", "a.b.Cred.make", "Cred.make"),
        ("Cred\n  .make(u);", "a.b.Cred.make", "make"),
        ("new Cred()\n  .user(u)\n  .password(p);", "a.b.Cred().user().password", "password"),
    ] {
        let text = inside(text);
        let facts = facts(&text);
        let (call, _) = find(&facts, path).unwrap_or_else(|| panic!("{text}: {facts:#?}"));
        assert_eq!(&text[call.span.start..call.span.end], written, "{text}");
    }
}

#[test]
fn arguments_are_in_order() {
    let facts = facts(&inside("new Cred(\"x\", u, /* why */ 5, null, true, p.toCharArray());"));
    let (call, _) = find(&facts, "a.b.Cred").expect("a call");
    let name = |text: &str| Value::Dynamic { name: Some(text.into()) };
    assert_eq!(call.kind, CallKind::New);
    assert_eq!(call.args[0].value.text().as_deref(), Some("x"));
    let values: Vec<_> = call.args[1..5].iter().map(|arg| arg.value.clone()).collect();
    assert_eq!(values, [name("u"), Value::Number("5".into()), Value::Null, Value::Bool(true)]);
    let positions: Vec<_> = call.args.iter().map(|arg| arg.position).collect();
    assert_eq!(positions, (0..6).map(Some).collect::<Vec<_>>());
}

#[test]
fn texts_are_read_as_the_compiler_reads_them() {
    for (literal, expected) in [
        (r#""a\tb\u0041\"\101\s""#, "a\tbA\"A "),
        ("\"\"\"\n    one \"x\"\n      two\n    \"\"\"", "one \"x\"\n  two\n"),
        ("\"\"\"\n    one \\\n    two\\n\"\"\"", "one two\n"),
        ("\"\"\"\n      one\n\n    two\"\"\"", "  one\n\ntwo"),
        (r#""a " + u + " b""#, "a ? b"),
        (r#""a" + 'b' + "c""#, "abc"),
        (r#"String.format("a %s b", u)"#, "a ? b"),
        (r#"String.format(Locale.ROOT, "a %1$s", u)"#, "a ?"),
        (r#""a %s".formatted(u)"#, "a ?"),
        (r#"("a" + " %s").formatted(u)"#, "a ?"),
        ("\"\"", ""),
    ] {
        let facts = facts(&inside(&format!("take({literal});")));
        let take = facts.calls.iter().find(|call| call.symbols.iter().any(|s| s.path == "take")).expect("take");
        let Value::Text(parts) = &take.args[0].value else { panic!("{literal}: {:?}", take.args[0]) };
        let found: String = parts.iter().map(|part| part.text().unwrap_or("?")).collect();
        assert_eq!(found, expected, "{literal}");
    }
}

#[test]
fn constants_and_fields_are_followed() {
    for text in [
        "static final String C = \"x\"; void go() { take(C); }",
        "static final String C = \"x\"; void go() { take(S.C); }",
        "void go() { take(this.c); } String c = \"x\";",
        "void go() { var c = \"x\"; take(c); }",
        "interface K { String C = \"x\"; } void go() { take(K.C); }",
    ] {
        let facts = facts(&format!("class S {{ {text} }}"));
        let take = facts.calls.iter().find(|call| call.symbols[0].path == "take").expect("take");
        assert_eq!(take.args[0].value.text().as_deref(), Some("x"), "{text}");
    }
}

#[test]
fn a_call_of_the_base_constructor_makes_the_base() {
    let text = "import a.b.Cred;\nclass S extends Cred { S(String u) { super(u, 1); } S() { this(\"u\"); } }";
    let facts = facts(text);
    let (call, origin) = find(&facts, "a.b.Cred").expect("a call");
    assert_eq!((origin, call.args.len(), &text[call.span.start..call.span.end]), (Origin::Import, 2, "super"));
    assert_eq!(facts.calls.iter().filter(|c| c.kind == CallKind::New).count(), 1);
}

#[test]
fn a_subclass_is_what_it_derives_from_too() {
    resolves(
        "import a.b.Cred;\nclass Mine extends Cred { }\nclass S { Object c = new Mine(); }",
        "a.b.Cred",
        Origin::Import,
    );
    resolves(
        "import a.b.App;\nclass S implements X, App { void go() { this.token(u); } }",
        "a.b.App().token",
        Origin::Import,
    );
}

#[test]
fn what_only_names_a_thing_is_no_call_of_it() {
    for text in [
        "@Cred(\"x\") class S { }",
        "class S { @Cred @Deprecated void go(@Cred(value = \"x\") int a) { } }",
        "class S { void go() { take(Cred.class); } }",
        "class S { Cred make(Cred c) throws Cred { return c; } List<Cred> all; }",
        "interface I { Cred Cred(String u, String p); }",
        "class S { boolean go(Object o) { return o instanceof Cred; } }",
        "class S<T extends Cred> { }",
        "// new Cred();\n/* new Cred(); */ class S { }",
    ] {
        let text = format!("import a.b.Cred;\n{text}");
        let facts = facts(&text);
        let found = facts.calls.iter().find(|c| c.symbols.iter().any(|s| s.path.starts_with("a.b.Cred")));
        assert!(found.is_none(), "{text}: {found:#?}");
    }
}

fn commands(text: &str) -> Vec<String> {
    let words = |command: &ropcop_syntax::Command| {
        let words = command.words.iter().map(|word| word.text().unwrap_or_else(|| "?".into()));
        words.collect::<Vec<_>>().join(" ")
    };
    facts(&format!("class S {{ {text} }}")).commands.iter().map(words).collect()
}

#[test]
fn words_handed_to_a_process_are_a_command() {
    for text in [
        "void go() { new ProcessBuilder(\"tool\", \"login\", \"-u\", u).start(); }",
        "void go() { new ProcessBuilder(List.of(\"tool\", \"login\", \"-u\", u)).start(); }",
        "void go() { Runtime.getRuntime().exec(new String[] {\"tool\", \"login\", \"-u\", u}); }",
        "void go() { String[] c = {\"tool\", \"login\", \"-u\", u}; run(c); }",
        "void go() { run(Arrays.asList(\"tool\", \"login\", \"-u\", u)); }",
    ] {
        assert!(commands(text).contains(&"tool login -u ?".to_owned()), "{text}: {:?}", commands(text));
    }
}

#[test]
fn words_that_are_printed_or_compared_are_no_command() {
    for text in [
        "void go() { System.out.println(\"tool login -u x\"); }",
        "boolean go() { return u == \"tool login -u x\"; }",
        "boolean go() { return \"tool login -u x\".equals(u); }",
        "void go() { switch (u) { case \"tool login -u x\": break; } }",
        "@Test(\"tool login -u x\") void go() { }",
    ] {
        assert_eq!(commands(text), Vec::<String>::new(), "{text}");
    }
}

#[test]
fn broken_and_empty_files_give_what_can_be_read() {
    assert!(facts("").calls.is_empty());
    for text in
        ["import", "class", "class S { void go( }", "new", "\"", "\"\"\"", "'", "x::", "a.", "class S extends", "\"\\"]
    {
        facts(text);
    }
    let broken = "import a.b.*;\nclass S { void a() { new Cred(1); } void b() { x = = ; } void c() { new Late(2); } }";
    resolves(broken, "a.b.Cred", Origin::Wildcard);
    resolves(broken, "a.b.Late", Origin::Wildcard);
}

#[test]
fn fields_made_of_one_another_end() {
    let assigned: String = (0..40).map(|n| format!("a = b.m{n}(); b = c.m{n}(); c = a.m{n}();\n")).collect();
    let facts = facts(&format!("class S {{ Object a, b, c; void go() {{ {assigned} a.last(); }} }}"));
    assert!(facts.calls.len() == 121);
}

#[test]
fn deep_nesting_ends() {
    for deep in [
        format!("class S {{ int x = {}1{}; }}", "(".repeat(5_000), ")".repeat(5_000)),
        format!("class S {{ int x = {}1{}; }}", "f(".repeat(5_000), ")".repeat(5_000)),
        format!("class S {{ int x = a{}; }}", ".b()".repeat(5_000)),
        format!("class S {{ void go() {{ {}{} }} }}", "if (x) { ".repeat(3_000), "} ".repeat(3_000)),
        format!("class S {{ {} a; }}", "A<".repeat(3_000)),
        "class S { ".repeat(3_000),
    ] {
        facts(&deep);
    }
    let long: String = (0..600).map(|n| format!("\"{n} \" + ")).collect();
    let facts = facts(&inside(&format!("take({long}u);")));
    let Value::Text(parts) = &facts.calls[0].args[0].value else { panic!("a text") };
    assert_eq!(parts.len(), 2);
}

#[test]
fn a_name_that_gets_a_list_again_and_again_is_followed_in_time() {
    let many = 1_500;
    let facts = facts(&inside(&"x = List.of(\"tool\", \"a\"); x.go();\n".repeat(many)));
    assert_eq!((facts.calls.len(), facts.commands.len(), facts.syntax_errors.len()), (2 * many, 2 * many, 0));
}
