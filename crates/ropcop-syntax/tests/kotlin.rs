//! Kotlin: imports, receivers, builders, scope functions, arguments, and texts.

use ropcop_syntax::{Call, CallKind, Certainty, Command, Facts, Origin, Part, Source, Value, extract};

fn facts(text: &str) -> Facts {
    extract(&Source::detect("Sample.kt", text).expect("Kotlin"), &|_| true)
}

/// The text inside a method of a class.
fn inside(text: &str) -> String {
    format!(
        "import a.b.Cred\nimport a.b.App\nclass S {{\n  fun go(u: String, p: String, o: Any) {{\n{text}\n  }}\n}}\n"
    )
}

fn find<'f>(facts: &'f Facts, path: &str) -> Option<(&'f Call, Origin)> {
    let of = |call: &'f Call| call.symbols.iter().find(|s| s.path == path).map(|symbol| (call, symbol.origin));
    facts.calls.iter().find_map(of)
}

#[track_caller]
fn resolves(text: &str, path: &str, origin: Origin) {
    let facts = facts(text);
    assert_eq!(facts.syntax_errors, [], "{text}");
    let found = find(&facts, path);
    assert_eq!(found.map(|(_, origin)| origin), Some(origin), "{text}: {:#?}", facts.calls);
}

#[test]
fn every_spelling_of_an_import_gives_the_full_path() {
    for (text, origin) in [
        ("import a.b.Cred\nval c = Cred()", Origin::Import),
        ("import a.b.Cred;\nval c = Cred<String>()", Origin::Import),
        ("import a.b.Cred as C\nval c = C()", Origin::Import),
        ("import a.b.`Cred`\nval c = Cred()", Origin::Import),
        ("import a.b.*\nval c = Cred()", Origin::Wildcard),
        ("val c = a.b.Cred()", Origin::Import),
        ("typealias C = a.b.Cred\nval c = C()", Origin::Import),
        ("import a.b.Cred\ntypealias C = Cred\nval c = C()", Origin::Import),
        ("package a.b\nval c = Cred()", Origin::Relative),
        ("@file:JvmName(\"X\")\npackage x\nimport a.b.Cred\nval c = Cred()", Origin::Import),
    ] {
        resolves(text, "a.b.Cred", origin);
    }
    for (text, origin) in [
        ("import a.b.Cred.make\nval c = make(1)", Origin::Import),
        ("import a.b.Cred.*\nval c = make(1)", Origin::Wildcard),
        ("import a.b.Cred\nval c = Cred.make(1)", Origin::Import),
        ("import a.b.Cred\nval c = Cred.make<String>(1)", Origin::Import),
        ("val c = a.b.Cred.make(1)", Origin::Import),
    ] {
        resolves(text, "a.b.Cred.make", origin);
    }
    resolves("import a.b.Outer.Cred\nval c = Cred()", "a.b.Outer.Cred", Origin::Import);
    resolves("import a.b.Outer\nval c = Outer.Cred()", "a.b.Outer.Cred", Origin::Import);
}

#[test]
fn imports_are_listed_and_the_own_package_is_not() {
    let facts = facts("package own.pkg\nimport a.b.C\nimport a.c.*\nimport a.d.E as F\n");
    assert_eq!(facts.imports, ["a.b.C", "a.c", "a.d.E"]);
}

#[test]
fn a_class_of_the_same_name_is_not_the_imported_one() {
    for text in [
        "import a.b.*\nclass Cred\nval c = Cred()",
        "import a.b.*\nclass S { val c = Cred(); class Cred }",
        "import a.b.*\nimport jakarta.Cred\nval c = Cred()",
        "import a.b.*\ndata class Cred(val u: String)\nval c = Cred(u)",
        "import a.b.Creds\nval c = Cred()",
        "import a.b.Cred as Other\nval c = Cred()",
    ] {
        assert!(find(&facts(text), "a.b.Cred").is_none(), "{text}");
    }
    resolves("class Cred\nval c = Cred()", "Cred", Origin::Own);
}

#[test]
fn the_type_of_a_receiver_is_followed() {
    for text in [
        "fun go(app: App) { app.token(u) }",
        "fun go(app: App?) = app?.token(u)",
        "fun go(@Ann app: App<String>) { app!!.token(u) }",
        "fun go() { val app: App = make()\n app.token(u) }",
        "fun go() { val app = make()\n app.token(u) }\n fun make(): App? = null",
        "fun go() { make().token(u) }\n fun make() = App()",
        "fun go() { this.make().token(u) }\n fun make(): App { return x }",
        "private val app: App\n fun go() { app.token(u) }",
        "fun go() { this.app.token(u) }\n lateinit var app: App",
        "val app by lazy { App() }\n fun go() { app.token(u) }",
        "val app by lazy(NONE) { x()\n App() }\n fun go() { app.token(u) }",
        "val app get() = App()\n fun go() { app.token(u) }",
        "val app: App get() { return x }\n fun go() { app.token(u) }",
        "fun go(app: Any) { (app as App).token(u) }",
        "fun go(o: Any) { val app = o as? App ?: return\n app.token(u) }",
        "fun go(app: Any) { if (app is App) { app.token(u) } }",
        "fun go(app: Any) { if (app !is App) return\n app.token(u) }",
        "fun go(app: Any) { when (app) { is App -> app.token(u)\n else -> x() } }",
        "fun go() { when (val app = App()) { else -> app.token(u) } }",
        "fun go() { for (app: App in all) { app.token(u) } }",
        "fun go() { try { x() } catch (app: App) { app.token(u) } }",
        "fun go() { run({ app: App -> app.token(u) }) }",
        "fun go() { run(fun(app: App) { app.token(u) }) }",
        "fun go() { val app: Any\n if (x) { app = App(1) } else { app = b() }\n app.token(u) }",
        "fun go() { var app: Any? = null\n run { app = App() }\n app.token(u) }",
        "fun go() { val app = if (x) App(1) else b()\n app.token(u) }",
        "fun go() { val app = when { x -> b()\n else -> App(1) }\n app.token(u) }",
        "fun go() { val app = try { App(1) } catch (e: E) { null }\n app.token(u) }",
        "fun go() { App(1).use { it.token(u) } }",
        "fun go() { App(1).let { app -> app.token(u) } }",
        "fun go() { App(1).also { app -> x(app) }.token(u) }",
        "fun go() { with(App(1)) { token(u) } }",
        "fun go() { App(1).apply { x = 1 }.token(u) }",
        "fun go(app: App) { app.apply { token(u) } }",
        "fun go(app: App) { app.apply { run { this.token(u) } } }",
        "fun go() { run(object : Runnable { val app = App()\n override fun run() { app.token(u) } }) }",
        "companion object { val app = App() }\n fun go() { app.token(u) }",
        "companion object { val app = App() }\n fun go() { S.app.token(u) }",
        "enum class E { A, B;\n val app = App()\n fun go() { app.token(u) } }",
        "class R(val app: App) { fun go() { app.token(u) } }",
        "class R(app: App, n: Int = 1) { init { app.token(u) } }",
        "class R : T { constructor(app: App) : super() { app.token(u) } }",
        "class R : T by x {\n val app = App()\n fun go() { app.token(u) }\n}",
        "fun App.go() { token(u) }",
        "fun App.go() = this.token(u)",
    ] {
        resolves(&format!("import a.b.App\nclass S {{\n {text}\n}}"), "a.b.App().token", Origin::Import);
    }
    resolves("import a.b.App\nval app = App()\nfun go() { app.token(u) }", "a.b.App().token", Origin::Import);
    resolves("import a.b.App\nobject O { val app = App() }\nval x = O.app.token(u)", "a.b.App().token", Origin::Import);
}

#[test]
fn an_assignment_gives_a_field_its_value() {
    for text in [
        "var app: Any? = null\n init { app = App(1) }\n fun go() { app.token(u) }",
        "var app: Any? = null\n constructor() { this.app = App(1) }\n fun go() { app.token(u) }",
        "fun set() { app = App(1) }\n fun go() { this.app.token(u) }\n lateinit var app: Any",
    ] {
        resolves(&format!("import a.b.App\nclass S {{\n {text}\n}}"), "a.b.App().token", Origin::Import);
    }
}

#[test]
fn a_builder_keeps_its_calls() {
    let chain = "val c = Cred().user(u)\n  .password(p)\n  ?.build()";
    resolves(&inside(chain), "a.b.Cred().user().password().build", Origin::Import);
    resolves(&inside("val c = Cred()\nc.user(u)\nc.password(p)"), "a.b.Cred().password", Origin::Import);
    resolves(&inside("val c = Cred().user(u)\nc.password(p)"), "a.b.Cred().user().password", Origin::Import);
    resolves(&inside("val c = Cred.builder(s, u, p).build()"), "a.b.Cred.builder().build", Origin::Import);
    resolves(&inside("Cred().apply { user(u)\n password(p) }.build()"), "a.b.Cred().password", Origin::Import);
    resolves(&inside("Cred().apply { user(u)\n password(p) }.build()"), "a.b.Cred().build", Origin::Import);
}

#[test]
fn a_name_inside_apply_that_is_the_files_own_stays_so() {
    let text = "import a.b.Cred\nfun helper() = 1\nfun <T> T.other() = 2\n\
                fun go(f: () -> Unit) { Cred().apply { helper()\n other()\n f()\n Thing() } }";
    let facts = facts(text);
    for path in ["a.b.Cred().helper", "a.b.Cred().other", "a.b.Cred().f", "a.b.Cred().Thing"] {
        assert!(find(&facts, path).is_none(), "{path}: {:#?}", facts.calls);
    }
    assert!(find(&facts, "helper").is_some());
}

#[test]
fn a_receiver_that_is_not_known_stays_unknown() {
    for text in
        ["fun go(app: Any) { app.token() }", "fun go() { app.token() }", "fun go() { run { app -> app.token() } }"]
    {
        let facts = facts(&format!("import a.b.*\nclass S {{ {text} }}"));
        let token = facts.calls.iter().find(|call| call.symbols[0].path.ends_with("token")).expect("a call");
        let known = token.symbols.iter().any(|s| s.origin == Origin::Import || s.path == "a.b.App().token");
        assert!(!known, "{text}: {token:?}");
    }
}

#[test]
fn a_function_handed_on_is_a_reference() {
    for (text, path) in [
        ("run(Cred::make, u)", "a.b.Cred.make"),
        ("run(a.b.Cred::make, u)", "a.b.Cred.make"),
        ("val c: Cred = x()\nrun(c::make, u)", "a.b.Cred().make"),
        ("run(::Cred, u)", "a.b.Cred"),
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
        ("Cred(u, p)", "a.b.Cred", "Cred"),
        ("a.b.Cred<String>(u, p)", "a.b.Cred", "a.b.Cred"),
        ("Cred.make(u)", "a.b.Cred.make", "Cred.make"),
        ("Cred\n  .make(u)", "a.b.Cred.make", "make"),
        ("Cred()\n  .user(u)\n  .password(p)", "a.b.Cred().user().password", "password"),
        ("Cred().apply {\n password(p)\n}", "a.b.Cred().password", "password"),
        ("val é = Cred<String>(1)", "a.b.Cred", "Cred"),
    ] {
        let text = inside(text);
        let facts = facts(&text);
        let (call, _) = find(&facts, path).unwrap_or_else(|| panic!("{text}: {facts:#?}"));
        assert_eq!(&text[call.span.start..call.span.end], written, "{text}");
    }
}

#[test]
fn arguments_have_names_and_places() {
    let facts = facts(&inside("Cred(\"x\", u, /* why */ 5, null, true, password = p.toCharArray(), *rest) { it }"));
    let (call, _) = find(&facts, "a.b.Cred").expect("a call");
    let name = |text: &str| Value::Dynamic { name: Some(text.into()) };
    assert_eq!(call.args[0].value.text().as_deref(), Some("x"));
    let values: Vec<_> = call.args[1..5].iter().map(|arg| arg.value.clone()).collect();
    assert_eq!(values, [name("u"), Value::Number("5".into()), Value::Null, Value::Bool(true)]);
    assert_eq!(call.args[5].name.as_deref(), Some("password"));
    assert_eq!((call.args[5].position, call.args[4].position), (None, Some(4)));
    assert_eq!((call.args.len(), call.args[6].position, call.args[7].position), (8, None, None));
}

#[test]
fn a_generic_call_as_a_statement_is_a_call() {
    for text in ["Cred<String>(u)", "a.b.Cred<String>(u)", "Cred<String> { u }", "x()\nCred<String>(u)\ny()"] {
        let facts = facts(&inside(text));
        let (call, origin) = find(&facts, "a.b.Cred").unwrap_or_else(|| panic!("{text}: {facts:#?}"));
        assert_eq!((origin, call.args.len()), (Origin::Import, 1), "{text}");
    }
}

fn shown(value: &Value) -> String {
    let Value::Text(parts) = value else { panic!("a text: {value:?}") };
    let part = |part: &Part| match part {
        Part::Text(text) => text.clone(),
        Part::Variable(name) => format!("<{name}>"),
        _ => "<?>".to_owned(),
    };
    parts.iter().map(part).collect()
}

#[test]
fn texts_are_read_as_the_compiler_reads_them() {
    for (literal, expected) in [
        (r#""a\tb\u0041\"\$x""#, "a\tbA\"$x"),
        (r#""$u ${o.name} $p.""#, "<u> <name> <p>."),
        (r#""$$u 5$ $5""#, "$<u> 5$ $5"),
        (r#""a${"b"}c""#, "abc"),
        (r#""""a "b" \n $u${p}""""#, "a \"b\" \\n <u><p>"),
        (r#""""${'$'}x""""#, "$x"),
        ("\"\"\"\n    one \"x\"\n      two\n    \"\"\".trimIndent()", "\none \"x\"\n  two\n"),
        ("\"\"\"\n    |one\n    |  two $u\"\"\".trimMargin()", "\none\n  two <u>"),
        (r#""a " + u + " b""#, "a <u> b"),
        ("\"a \" +\n u +\n 'b'", "a <u>b"),
        (r#"String.format("a %s b", u)"#, "a <u> b"),
        (r#""a %1\$s".format(u)"#, "a <u>"),
        ("\"\"", ""),
        ("\"\"\"\"\"\"", ""),
    ] {
        let text = inside(&format!("take({literal})"));
        let facts = facts(&text);
        let take = facts.calls.iter().find(|call| call.symbols.iter().any(|s| s.path == "take")).expect("take");
        assert_eq!(shown(&take.args[0].value), expected, "{literal}");
        assert_eq!(&text[take.args[0].span.start..take.args[0].span.end], literal);
    }
}

#[test]
fn constants_and_fields_are_followed() {
    for text in [
        "const val C = \"x\"\nfun go() { take(C) }",
        "object K { const val C = \"x\" }\nfun go() { take(K.C) }",
        "class S {\n companion object {\n const val C = \"x\"\n }\n fun go() { take(C) } }",
        "class S { fun go() { take(this.c) }\n val c = \"x\" }",
        "fun go() { val c = \"x\"\n take(c) }",
    ] {
        let facts = facts(text);
        let take = facts
            .calls
            .iter()
            .find(|call| call.symbols[0].path == "take")
            .unwrap_or_else(|| panic!("{text}: {facts:#?}"));
        assert_eq!(take.args[0].value.text().as_deref(), Some("x"), "{text}");
    }
    let default = facts("fun go(c: String = \"x\") { take(c) }");
    let take = default.calls.iter().find(|call| call.symbols[0].path == "take").expect("take");
    assert_eq!(take.args[0].value.text(), None);
}

#[test]
fn lists_and_maps_are_values() {
    let facts = facts("val x = take(listOf(\"a\", u), mapOf(\"k\" to \"v\", u to \"w\"))");
    let take = facts.calls.iter().find(|call| call.symbols[0].path == "take").expect("take");
    let Value::List(items) = &take.args[0].value else { panic!("{take:?}") };
    assert_eq!(items.len(), 2);
    let Value::Map(entries) = &take.args[1].value else { panic!("{take:?}") };
    assert_eq!((entries.len(), entries[0].0.as_str(), entries[0].1.text().as_deref()), (1, "k", Some("v")));
}

#[test]
fn a_call_of_the_base_constructor_makes_the_base() {
    for (text, written) in [
        ("import a.b.Cred\nclass S(u: String) : Cred(u, 1)", "Cred"),
        ("import a.b.Cred\nval s = object : Cred(u, 1), Runnable { }", "Cred"),
        ("import a.b.Cred\nclass S : Cred { constructor(u: String) : super(u, 1)\n constructor() : this(2) }", "super"),
    ] {
        let facts = facts(text);
        let (call, origin) = find(&facts, "a.b.Cred").unwrap_or_else(|| panic!("{text}"));
        let span = &text[call.span.start..call.span.end];
        assert_eq!((origin, call.args.len(), span), (Origin::Import, 2, written), "{text}");
        assert_eq!(facts.calls.iter().filter(|call| call.kind == CallKind::New).count(), 1, "{text}");
    }
}

#[test]
fn a_subclass_is_what_it_derives_from_too() {
    resolves("import a.b.Cred\nclass Mine : Cred()\nval c = Mine()", "a.b.Cred", Origin::Import);
    let text = "import a.b.App\nclass S : X, App { fun go() { this.token(u) } }";
    resolves(text, "a.b.App().token", Origin::Import);
}

#[test]
fn what_only_names_a_thing_is_no_call_of_it() {
    for text in [
        "@Cred(\"x\") class S",
        "class S { @Cred(value = \"x\") fun go(@Cred a: Int) { } }",
        "val x = take(Cred::class.java)",
        "val x = take(Cred::class)",
        "fun make(c: Cred, d: (Cred) -> Cred): Cred? = c",
        "interface I { fun Cred(u: String, p: String): Cred }",
        "fun go(o: Any) = o is Cred",
        "class S<T : Cred> where T : Cred",
        "// Cred()\n/* Cred() */\n/** [Cred]() `Cred()` */ class S",
    ] {
        let text = format!("import a.b.Cred\n{text}");
        let facts = facts(&text);
        let found = facts.calls.iter().find(|c| c.symbols.iter().any(|s| s.path.starts_with("a.b.Cred")));
        assert!(found.is_none(), "{text}: {found:#?}");
    }
}

fn words(command: &Command) -> String {
    let part = |part: &Part| match part {
        Part::Text(text) => text.clone(),
        Part::Variable(name) => format!("<{name}>"),
        _ => "<?>".to_owned(),
    };
    let word = |word: &ropcop_syntax::Word| word.parts.iter().map(part).collect::<String>();
    command.words.iter().map(word).collect::<Vec<_>>().join(" ")
}

#[test]
fn words_handed_to_a_process_are_a_command() {
    for (text, expected, written, certainty) in [
        (
            "ProcessBuilder(\"tool\", \"login\", \"-u\", u).start()",
            "tool login -u <u>",
            "\"tool\", \"login\", \"-u\", u",
            Certainty::Likely,
        ),
        (
            "ProcessBuilder(listOf(\"tool\", \"login\", \"-u\", u))",
            "tool login -u <u>",
            "\"tool\", \"login\", \"-u\", u",
            Certainty::Runs,
        ),
        (
            "Runtime.getRuntime().exec(arrayOf(\"tool\", \"login\", u))",
            "tool login <u>",
            "\"tool\", \"login\", u",
            Certainty::Runs,
        ),
        (
            "Runtime.getRuntime().exec(\"tool login -u $u -p ${o.pass}\")",
            "tool login -u <u> -p <pass>",
            "tool login -u $u -p ${o.pass}",
            Certainty::Runs,
        ),
        (
            "val c = listOf(\"tool\", \"login\", u)\nProcessBuilder(c)",
            "tool login <u>",
            "\"tool\", \"login\", u",
            Certainty::Runs,
        ),
        (
            "val c = mutableListOf(\"tool\", \"login\")\nc.add(u)\nc += \"-x\"\nProcessBuilder(c)",
            "tool login <u> -x",
            "",
            Certainty::Runs,
        ),
        (
            "ProcessBuilder(\"tool\", \"login\", u).apply { inheritIO() }.start()",
            "tool login <u>",
            "\"tool\", \"login\", u",
            Certainty::Likely,
        ),
        ("exec { commandLine(\"tool\", \"login\", u) }", "tool login <u>", "\"tool\", \"login\", u", Certainty::Likely),
        (
            "exec { commandLine = listOf(\"tool\", \"login\", u) }",
            "tool login <u>",
            "\"tool\", \"login\", u",
            Certainty::Likely,
        ),
        (
            "tasks.register<Exec>(\"x\") { commandLine(\"tool\", \"login\", u) }",
            "tool login <u>",
            "\"tool\", \"login\", u",
            Certainty::Likely,
        ),
        (
            "shell(\"\"\"\n   cd x\n   tool login \\\n     -u $u\n  \"\"\".trimIndent())",
            "tool login -u <u>",
            "tool login \\\n     -u $u",
            Certainty::Runs,
        ),
        (
            "run(listOf(\"tool\", \"login\") + \"-u\" + extra)",
            "tool login -u <extra>",
            "\"tool\", \"login\") + \"-u\" + extra",
            Certainty::Runs,
        ),
        ("run(\"tool login $u\".split(\" \"))", "tool login <u>", "tool login $u", Certainty::Runs),
        ("\"tool login -u $u\".runCommand()", "tool login -u <u>", "tool login -u $u", Certainty::Runs),
    ] {
        let text = inside(text);
        let facts = facts(&text);
        let found: Vec<_> = facts.commands.iter().filter(|command| words(command) == expected).collect();
        let [command] = found[..] else {
            panic!("{text}: {:#?}", facts.commands.iter().map(words).collect::<Vec<_>>())
        };
        if !written.is_empty() {
            assert_eq!(&text[command.span.start..command.span.end], written, "{text}");
        }
        assert_eq!(command.certainty, certainty, "{text}");
    }
}

#[test]
fn words_that_are_printed_or_compared_are_no_command() {
    for text in [
        "println(\"tool login -u x\")",
        "println(listOf(\"tool\", \"login\", \"x\"))",
        "val b = u == \"tool login -u x\"",
        "val b = \"tool login -u x\".equals(u)",
        "when (u) { \"tool login -u x\" -> { } }",
        "class T { @Test(\"tool login -u x\") fun inner() { } }",
        "logger.info { \"x\" }\nlogger.info(\"tool login -u $u\")",
        "require(x) \n// tool login -u x\n/* \"tool login -u x\" */",
    ] {
        let facts = facts(&inside(text));
        assert_eq!(facts.commands.iter().map(words).collect::<Vec<_>>(), Vec::<String>::new(), "{text}");
    }
}

#[test]
fn broken_and_empty_files_give_what_can_be_read() {
    assert!(facts("").calls.is_empty());
    for text in [
        "import",
        "class",
        "class S { fun go( }",
        "val",
        "\"",
        "\"\"\"",
        "\"\"\"\"",
        "'",
        "x::",
        "a.",
        "class S :",
        "\"\\",
        "\"$",
        "\"${",
        "fun ",
        "when",
        "if (",
        "object :",
        "f<",
        "{ ->",
        "\u{feff}val x = 1",
    ] {
        facts(text);
    }
    let broken = "import a.b.*\nclass S { fun a() { Cred(1) }\n fun b() { x = = }\n fun c() { Late(2) } }";
    let facts = facts(broken);
    for path in ["a.b.Cred", "a.b.Late"] {
        assert_eq!(find(&facts, path).map(|(_, origin)| origin), Some(Origin::Wildcard), "{path}: {facts:#?}");
    }
}

#[test]
fn deep_nesting_ends() {
    for deep in [
        format!("val x = {}1{}", "(".repeat(5_000), ")".repeat(5_000)),
        format!("val x = {}1{}", "f(".repeat(5_000), ")".repeat(5_000)),
        format!("val x = a{}", ".b()".repeat(5_000)),
        format!("val x = a{}", ".apply { c() }".repeat(2_000)),
        format!("val x = {}{}", "f { ".repeat(1_000), "}".repeat(1_000)),
        format!("fun go() {{ {}{} }}", "if (x) { ".repeat(3_000), "} ".repeat(3_000)),
        format!("fun go() {{ {} x() }}", "if (x) y() else ".repeat(3_000)),
        format!("val a: {} Int", "A<".repeat(3_000)),
        format!("val x = {}{}", "\"${".repeat(1_000), "}\"".repeat(1_000)),
        "class S { ".repeat(3_000),
        "when (x) { is ".repeat(1_000),
    ] {
        facts(&deep);
    }
    let long: String = (0..600).map(|n| format!("\"{n} \" + ")).collect();
    let facts = facts(&inside(&format!("take({long}u)")));
    let Value::Text(parts) = &facts.calls[0].args[0].value else { panic!("a text") };
    assert_eq!(parts.len(), 2);
}

#[test]
fn a_name_that_gets_a_list_again_and_again_is_followed_in_time() {
    let many = 1_500;
    let facts = facts(&format!("fun f() {{\nvar x = 1\n{}}}\n", "x = listOf(\"tool\", \"a\"); run(x)\n".repeat(many)));
    assert_eq!((facts.commands.len(), facts.syntax_errors.len()), (many, 0));
}
