//! Scala: imports, receivers, builders, processes, arguments, and texts.

use ropcop_syntax::{Call, CallKind, Certainty, Command, Facts, Origin, Part, Source, Value, extract};

fn facts(text: &str) -> Facts {
    extract(&Source::detect("Sample.scala", text).expect("Scala"), &|_| true)
}

/// The text inside a method of a class.
fn inside(text: &str) -> String {
    format!(
        "import a.b.{{Cred, App}}\nclass S {{\n  def go(u: String, p: String, o: Any): Unit = {{\n{text}\n  }}\n}}\n"
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
        ("import a.b.Cred\nval c = new Cred()", Origin::Import),
        ("import a.b.Cred\nval c = new Cred", Origin::Import),
        ("import a.b.Cred\nval c = Cred()", Origin::Import),
        ("import a.b.Cred\nval c = new Cred[String]()", Origin::Import),
        ("import a.b.{Cred => C}\nval c = new C()", Origin::Import),
        ("import a.b.Cred as C\nval c = C()", Origin::Import),
        ("import a.b.{Other, Cred as C}\nval c = C()", Origin::Import),
        ("import x.y, a.b.{X => _, Cred}\nval c = new Cred()", Origin::Import),
        ("import a.b\nval c = new b.Cred()", Origin::Import),
        ("import _root_.a.b.Cred\nval c = new Cred()", Origin::Import),
        ("object O { import a.b.Cred\n val c = new Cred() }", Origin::Import),
        ("import a.b._\nval c = new Cred()", Origin::Wildcard),
        ("import a.b.*\nval c = new Cred()", Origin::Wildcard),
        ("import a.b.{X => Y, _}\nval c = new Cred()", Origin::Wildcard),
        ("val c = new a.b.Cred()", Origin::Import),
        ("val c = new a.b.Cred(u) with T { }", Origin::Import),
        ("type C = a.b.Cred\nval c = new C()", Origin::Import),
        ("package a.b\nclass S { val c = new Cred() }", Origin::Relative),
    ] {
        resolves(text, "a.b.Cred", origin);
    }
    for (text, origin) in [
        ("import a.b.Cred.make\nval c = make(1)", Origin::Import),
        ("import a.b.Cred._\nval c = make(1)", Origin::Wildcard),
        ("import a.b.Cred\nval c = Cred.make(1)", Origin::Import),
        ("import a.b.Cred\nval c = Cred.make[String](1)", Origin::Import),
        ("import a.b.Cred\nval c = Cred make 1", Origin::Import),
        ("val c = a.b.Cred.make(1)", Origin::Import),
    ] {
        resolves(text, "a.b.Cred.make", origin);
    }
    resolves("import a.b.Outer\nval c = new Outer.Cred()", "a.b.Outer.Cred", Origin::Import);
}

#[test]
fn imports_are_listed_and_the_own_package_is_not() {
    let facts = facts("package own.pkg\nimport a.b.C\nimport a.c._\nimport a.d.{E, F => G, _}, x.{given, *}\n");
    assert_eq!(facts.imports, ["a.b.C", "a.c", "a.d.E", "a.d.F", "a.d", "x", "x"]);
}

#[test]
fn a_class_of_the_same_name_is_not_the_imported_one() {
    for text in [
        "import a.b._\nclass Cred\nval c = new Cred()",
        "import a.b._\nclass S { val c = new Cred(); class Cred }",
        "import a.b._\nimport jakarta.Cred\nval c = new Cred()",
        "import a.b._\ncase class Cred(u: String)\nval c = Cred(u)",
        "import a.b.Creds\nval c = new Cred()",
        "import a.b.{Cred => Other}\nval c = new Cred()",
    ] {
        let found = facts(text);
        assert!(find(&found, "a.b.Cred").is_none(), "{text}");
    }
    resolves("class Cred\nobject O { val c = new Cred() }", "Cred", Origin::Own);
}

#[test]
fn the_type_of_a_receiver_is_followed() {
    for text in [
        "def go(app: App): Unit = { app.token(u) }",
        "def go(app: => App) = app.token(u)",
        "def go(x: Int)(implicit app: App[String]) { app.token(u) }",
        "def go() = { val app: App = make(); app.token(u) }",
        "def go() = { val app = make(); app.token(u) }\n def make(): App = ???",
        "def go() = make().token(u)\n def make() = new App()",
        "def go() = make.token(u)\n def make = new App()",
        "def go() = this.make.token(u)\n def make: App = ???",
        "def go() = make.token(u)\n def make = { x(); new App() }",
        "private val app: App\n def go() = app.token(u)",
        "def go() = this.app.token(u)\n lazy val app = new App()",
        "lazy val app = { x(); new App() }\n def go() = app.token(u)",
        "def go(app: Any) = app.asInstanceOf[App].token(u)",
        "def go(o: Any) = { val app = (o: App); app.token(u) }",
        "def go(o: Any) = o match { case app: App => app.token(u); case _ => 1 }",
        "def go(o: Any) = o match { case Some(app: App) if app.x => app.token(u) }",
        "def go() = all.foreach { case (app: App, x) => app.token(u) }",
        "def go() = all.map { (app: App) => app.token(u) }",
        "def go() = all.map((app: App) => app.token(u))",
        "def go() = for (app: App <- all) app.token(u)",
        "def go() = for { x <- all; app = new App() } yield app.token(u)",
        "def go() = try { x() } catch { case app: App => app.token(u) }",
        "def go() = { val app = if (x) new App(1) else b(); app.token(u) }",
        "def go() = { val app = x match { case 1 => b(); case _ => new App(1) }; app.token(u) }",
        "def go() = { var app: Any = null; if (x) { app = new App() }; app.token(u) }",
        "def go() = { var app: Any = null; all.foreach { x => app = new App() }; app.token(u) }",
        "def go() = run(new Runnable { val app = new App(); def run() = app.token(u) })",
        "class R(val app: App) { def go() = app.token(u) }",
        "class R(app: App, n: Int = 1) extends T { app.token(u) }",
        "case class R()(using app: App) { def go() = app.token(u) }",
        "object R { val app = new App() }\n def go() = R.app.token(u)",
        "trait R { def app: App\n def go() = app.token(u) }",
        "extension (app: App) def go() = app.token(u)",
        "given app: App = ???\n def go() = app.token(u)",
        "def go() = { val (x, y) = z; val app = new App(); app.token(u) }",
    ] {
        resolves(&format!("import a.b.App\nclass S {{\n {text}\n}}"), "a.b.App().token", Origin::Import);
    }
    let indented = "import a.b.App\nobject O:\n  def go(app: App) =\n    if x then\n      app.token(u)\n    else y\n";
    resolves(indented, "a.b.App().token", Origin::Import);
}

#[test]
fn a_builder_keeps_its_calls() {
    let chain = "val c = new Cred().user(u)\n  .password(p)\n  .build()";
    resolves(&inside(chain), "a.b.Cred().user().password().build", Origin::Import);
    resolves(&inside("val c = new Cred(); c.user(u); c.password(p)"), "a.b.Cred().password", Origin::Import);
    resolves(&inside("val c = new Cred().user(u)\nc.password(p)"), "a.b.Cred().user().password", Origin::Import);
    resolves(&inside("val c = Cred.builder(s, u, p).build()"), "a.b.Cred.builder().build", Origin::Import);
    resolves(&inside("val c = new Cred() user u password p"), "a.b.Cred().user().password", Origin::Import);
}

#[test]
fn a_receiver_that_is_not_known_stays_unknown() {
    for text in ["def go(app: Any) = app.token()", "def go() = app.token()", "def go() = run(app => app.token())"] {
        let facts = facts(&format!("import a.b._\nclass S {{ {text} }}"));
        let token = facts.calls.iter().find(|call| call.symbols[0].path.ends_with("token")).expect("a call");
        assert!(token.symbols.iter().all(|s| s.path != "a.b.App().token"), "{text}: {token:?}");
    }
}

#[test]
fn a_function_handed_on_is_a_reference() {
    for text in ["run(Cred.make, u)", "run(Cred.make _, u)", "run(a.b.Cred.make, u)"] {
        let facts = facts(&inside(text));
        let (call, _) = find(&facts, "a.b.Cred.make").unwrap_or_else(|| panic!("{text}: {facts:#?}"));
        assert_eq!((call.kind, call.args.len()), (CallKind::Reference, 1), "{text}");
    }
}

#[test]
fn the_place_of_a_call_is_its_callee() {
    for (text, path, written) in [
        ("new Cred(u, p)", "a.b.Cred", "new Cred"),
        ("new a.b.Cred[String](u, p)", "a.b.Cred", "new a.b.Cred"),
        ("Cred(u, p)", "a.b.Cred", "Cred"),
        ("Cred.make(u)", "a.b.Cred.make", "Cred.make"),
        ("Cred\n  .make(u)", "a.b.Cred.make", "make"),
        ("new Cred()\n  .user(u)\n  .password(p)", "a.b.Cred().user().password", "password"),
    ] {
        let text = inside(text);
        let facts = facts(&text);
        let (call, _) = find(&facts, path).unwrap_or_else(|| panic!("{text}: {facts:#?}"));
        assert!(text[call.span.start..call.span.end].starts_with(written), "{text}");
    }
}

#[test]
fn arguments_have_names_and_places() {
    let facts = facts(&inside("new Cred(\"x\", u, /* why */ 5, null, true, password = p.toCharArray, rest: _*)"));
    let (call, _) = find(&facts, "a.b.Cred").expect("a call");
    let name = |text: &str| Value::Dynamic { name: Some(text.into()) };
    assert_eq!(call.kind, CallKind::New);
    assert_eq!(call.args[0].value.text().as_deref(), Some("x"));
    let values: Vec<_> = call.args[1..5].iter().map(|arg| arg.value.clone()).collect();
    assert_eq!(values, [name("u"), Value::Number("5".into()), Value::Null, Value::Bool(true)]);
    assert_eq!(call.args[5].name.as_deref(), Some("password"));
    assert_eq!((call.args[5].position, call.args[6].position, call.args.len()), (None, None, 7));
}

fn shown(parts: &[Part]) -> String {
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
        (r#""a\tb\u0041\"$x""#, "a\tbA\"$x"),
        (r#"s"$u ${o.name} $p.\n$$x""#, "<u> <name> <p>.\n$x"),
        (r#"f"a $u%s ${o.n}%5.2f b %%""#, "a <u> <n> b %%"),
        (r#"raw"a\n$u""#, "a\\n<u>"),
        (r#"sh"a $u""#, "a <u>"),
        (r#""""a "b" \n $u""""#, "a \"b\" \\n $u"),
        (r#"s"""a "b" $u""""#, "a \"b\" <u>"),
        ("\"\"\"one\n    |two \"x\"\n    |  three\"\"\".stripMargin", "one\ntwo \"x\"\n  three"),
        ("s\"\"\"one\n    |two $u\"\"\".stripMargin('|')", "one\ntwo <u>"),
        (r#""a " + u + " b""#, "a <u> b"),
        ("\"a \" +\n u +\n 'b'", "a <u>b"),
        (r#""a %s".format(u)"#, "a <u>"),
        (r#"String.format("a %s b", u)"#, "a <u> b"),
        ("\"\"", ""),
        ("\"\"\"\"\"\"", ""),
    ] {
        let text = inside(&format!("take({literal})"));
        let facts = facts(&text);
        let take = facts.calls.iter().find(|call| call.symbols.iter().any(|s| s.path == "take")).expect("take");
        let Value::Text(parts) = &take.args[0].value else { panic!("{literal}: {take:?}") };
        assert_eq!(shown(parts), expected, "{literal}");
        assert_eq!(&text[take.args[0].span.start..take.args[0].span.end], literal);
    }
}

#[test]
fn constants_lists_and_maps_are_values() {
    for text in [
        "object K { val C = \"x\" }\nclass S { def go() = take(K.C) }",
        "class S { private final val C = \"x\"; def go() = take(C) }",
        "class S { def go() = take(this.c); def c = \"x\" }",
        "class S { def go() = { val c = \"x\"; take(c) } }",
    ] {
        let facts = facts(text);
        let take = facts.calls.iter().find(|call| call.symbols[0].path == "take").expect("take");
        assert_eq!(take.args[0].value.text().as_deref(), Some("x"), "{text}");
    }
    let facts = facts(
        "val x = take(Seq(\"a\", u) ++ List(\"b\") :+ \"c\", Map(\"k\" -> \"v\", u -> \"w\"), \"d\" :: \"e\" :: Nil)",
    );
    let take = facts.calls.iter().find(|call| call.symbols[0].path == "take").expect("take");
    let [Value::List(joined), Value::Map(entries), Value::List(cons)] =
        [&take.args[0].value, &take.args[1].value, &take.args[2].value]
    else {
        panic!("{take:?}")
    };
    assert_eq!((joined.len(), entries.len(), cons.len()), (4, 1, 2));
}

#[test]
fn a_subclass_makes_and_is_its_base() {
    let text = "import a.b.Cred\nclass S(u: String) extends Cred(u, 1) with T";
    let found = facts(text);
    let (call, origin) = find(&found, "a.b.Cred").expect("a call");
    assert_eq!((origin, call.args.len(), &text[call.span.start..call.span.end]), (Origin::Import, 2, "Cred"));
    resolves("import a.b.Cred\nclass Mine extends Cred\nobject O { new Mine() }", "a.b.Cred", Origin::Import);
    let text = "import a.b.App\nclass S extends X with App { def go() = this.token(u) }";
    resolves(text, "a.b.App().token", Origin::Import);
}

#[test]
fn what_only_names_a_thing_is_no_call_of_it() {
    for text in [
        "@Cred(\"x\") class S",
        "class S { @Cred(value = \"x\") def go(a: Cred): Cred = a }",
        "val x = take(classOf[Cred])",
        "def go(o: Any) = o.isInstanceOf[Cred]",
        "def go(o: Any) = o match { case Cred(u, p) => 1; case c: Cred => 2 }",
        "trait I { def Cred(u: String, p: String): Cred }",
        "class S[T <: Cred] { self: Cred => }",
        "// new Cred()\n/* new Cred() */\n/** {{{ new Cred() }}} */ class S",
    ] {
        let text = format!("import a.b.Cred\n{text}");
        let facts = facts(&text);
        let found = facts.calls.iter().find(|c| c.symbols.iter().any(|s| s.path.starts_with("a.b.Cred")));
        assert!(found.is_none(), "{text}: {found:#?}");
    }
}

fn words(command: &Command) -> String {
    command.words.iter().map(|word| shown(&word.parts)).collect::<Vec<_>>().join(" ")
}

#[test]
fn words_handed_to_a_process_are_a_command() {
    let list = "\"tool\", \"login\", u";
    for (text, expected, written, certainty) in [
        (
            "s\"tool login -u $u -p ${o.pass}\".!",
            "tool login -u <u> -p <pass>",
            "tool login -u $u -p ${o.pass}",
            Certainty::Runs,
        ),
        ("s\"tool login -u $u\" !", "tool login -u <u>", "tool login -u $u", Certainty::Runs),
        ("val r = s\"tool login $u\".!!.trim", "tool login <u>", "tool login $u", Certainty::Runs),
        ("s\"tool login $u\".!(log)", "tool login <u>", "tool login $u", Certainty::Runs),
        ("(s\"tool login $u\" #&& \"x\").!", "tool login <u>", "tool login $u", Certainty::Runs),
        ("val c = s\"tool login $u\"\nc.!!", "tool login <u>", "tool login $u", Certainty::Runs),
        ("Seq(\"tool\", \"login\", u).!!", "tool login <u>", list, Certainty::Runs),
        ("Process(Seq(\"tool\", \"login\", u)).!", "tool login <u>", list, Certainty::Likely),
        ("Process(\"tool\", Seq(\"login\", u)).!", "tool login <u>", "\"tool\", Seq(\"login\", u", Certainty::Likely),
        ("Process(s\"tool login $u\").run()", "tool login <u>", "tool login $u", Certainty::Likely),
        ("new ProcessBuilder(\"tool\", \"login\", u).start()", "tool login <u>", list, Certainty::Likely),
        ("Runtime.getRuntime.exec(Array(\"tool\", \"login\", u))", "tool login <u>", list, Certainty::Runs),
        (
            "(Seq(\"tool\", \"login\") ++ extra :+ \"-x\").!",
            "tool login <extra> -x",
            "\"tool\", \"login\") ++ extra :+ \"-x\"",
            Certainty::Runs,
        ),
        (
            "(Seq(\"tool\", \"login\") ++ (if (x) Seq(\"-x\") else Nil)).!",
            "tool login -x",
            "\"tool\", \"login\") ++ (if (x) Seq(\"-x\"",
            Certainty::Runs,
        ),
        ("(\"tool\" :: \"login\" :: rest).!", "tool login <rest>", "\"tool\" :: \"login\" :: rest", Certainty::Runs),
        (
            "val c = ListBuffer(\"tool\", \"login\")\nc += u\nc += \"-x\"\nc.!",
            "tool login <u> -x",
            "\"tool\", \"login\")\nc += u\nc += \"-x\"",
            Certainty::Runs,
        ),
        (
            "run(s\"\"\"tool login \\\n   |  -u $u\"\"\".stripMargin)",
            "tool login -u <u>",
            "tool login \\\n   |  -u $u",
            Certainty::Runs,
        ),
    ] {
        let text = inside(text);
        let facts = facts(&text);
        let found: Vec<_> = facts.commands.iter().filter(|command| words(command) == expected).collect();
        let [command] = found[..] else {
            panic!("{text}: {:#?}", facts.commands.iter().map(words).collect::<Vec<_>>())
        };
        assert_eq!(&text[command.span.start..command.span.end], written, "{text}");
        assert_eq!(command.certainty, certainty, "{text}");
    }
}

#[test]
fn words_that_are_printed_or_compared_are_no_command() {
    for text in [
        "println(\"tool login -u x\")",
        "println(Seq(\"tool\", \"login\", \"x\"))",
        "u should be (\"tool login -u x\")",
        "u shouldBe \"tool login -u x\"",
        "val b = u == \"tool login -u x\"",
        "val b = \"tool login -u x\".equals(u)",
        "u match { case \"tool login -u x\" => 1; case _ => 2 }",
        "logger.info(s\"tool login -u $u\")",
        "x() // tool login -u x\n/* \"tool login -u x\" */",
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
        "import a.",
        "import a.{",
        "class",
        "class S { def go( }",
        "val",
        "\"",
        "\"\"\"",
        "s\"",
        "s\"$",
        "s\"${",
        "'",
        "a.",
        "class S extends",
        "\"\\",
        "x match",
        "if (",
        "new",
        "f[",
        "f\"$u%",
        "case",
    ] {
        facts(text);
    }
    let broken =
        "import a.b._\nclass S { def a() = { new Cred(1) }\n def b() = { x = = ; }\n def c() = { new Late(2) } }";
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
        format!("val x = {}1", "a :: ".repeat(2_000)),
        format!("val x = {}{}", "f { ".repeat(1_000), "}".repeat(1_000)),
        format!("def go() = {{ {}{} }}", "if (x) { ".repeat(3_000), "} ".repeat(3_000)),
        format!("def go() = {{ {} x() }}", "if (x) y() else ".repeat(3_000)),
        format!("val a: {} Int", "A[".repeat(3_000)),
        format!("val x = {}{}", "s\"${".repeat(1_000), "}\"".repeat(1_000)),
        format!("x match {{ case {}y{} => 1 }}", "A(".repeat(2_000), ")".repeat(2_000)),
        "class S { ".repeat(3_000),
        "new A { ".repeat(1_000),
    ] {
        facts(&deep);
    }
    let long: String = (0..600).map(|n| format!("\"{n} \" + ")).collect();
    let facts = facts(&inside(&format!("take({long}u)")));
    let Value::Text(parts) = &facts.calls[0].args[0].value else { panic!("a text") };
    assert_eq!(parts.len(), 2);
}
