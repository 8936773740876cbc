//! C#: imports, receivers, `new` in all its forms, arguments, and texts.

use ropcop_syntax::{Call, CallKind, Facts, Origin, Part, Source, Value, extract};

fn facts(text: &str) -> Facts {
    extract(&Source::detect("Sample.cs", text).expect("C#"), &|_| true)
}

/// The text inside a method of a class.
fn inside(text: &str) -> String {
    format!("using Azure.Identity;\nclass S {{\n  void Go(string u, string p, object o) {{\n{text}\n  }}\n}}\n")
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
        ("using Azure.Identity;\nvar c = new Cred();", Origin::Wildcard),
        ("global using Azure.Identity;\nvar c = new Cred();", Origin::Wildcard),
        ("using global::Azure.Identity;\nvar c = new Cred();", Origin::Wildcard),
        ("namespace N { using Azure.Identity; class S { object c = new Cred(); } }", Origin::Wildcard),
        ("#if X\nusing Azure.Identity;\n#endif\nclass S { object c = new Cred(); }", Origin::Wildcard),
        ("using Cred = Azure.Identity.Cred;\nvar c = new Cred();", Origin::Import),
        ("using C = Azure.Identity.Cred;\nvar c = new C();", Origin::Import),
        ("using C = global::Azure.Identity.Cred;\nvar c = new C();", Origin::Import),
        ("using I = Azure.Identity;\nvar c = new I.Cred();", Origin::Import),
        ("using I = Azure.Identity;\nvar c = new I::Cred();", Origin::Import),
        ("var c = new Azure.Identity.Cred();", Origin::Import),
        ("var c = new global::Azure.Identity.Cred();", Origin::Import),
        ("Azure.Identity.Cred c = Make();\nRun(new Azure.Identity.Cred());", Origin::Import),
        ("using System; using Other.Thing;\nvar c = new Azure.Identity.Cred();", Origin::Import),
        ("namespace Azure.Samples;\nclass S { object c = new Identity.Cred(); }", Origin::Relative),
    ] {
        resolves(text, "Azure.Identity.Cred", origin);
    }
}

#[test]
fn static_imports_bring_members() {
    resolves("class S { object c = Azure.Identity.Cred.Make(1); }", "Azure.Identity.Cred.Make", Origin::Import);
    resolves("using static N.Maker;\nMake();", "N.Maker.Make", Origin::Wildcard);
    resolves("using static N.Maker;\nclass S { void Go() { Make(1); } }", "N.Maker.Make", Origin::Wildcard);
}

#[test]
fn many_imports_hide_none() {
    let usings: String = (0..30).map(|n| format!("using N{n};\n")).collect();
    resolves(&format!("{usings}using Azure.Identity;\nnew Cred();"), "Azure.Identity.Cred", Origin::Wildcard);
}

#[test]
fn global_usings_are_shared() {
    let facts = facts("global using Azure.Identity;\nglobal using static N.T;\nglobal using A = N.U;\nusing Own;\n");
    assert_eq!(facts.shared_imports, ["Azure.Identity"]);
    assert_eq!(facts.imports, ["Azure.Identity", "N.T", "N.U", "Own"]);
}

#[test]
fn a_namespace_of_the_file_itself_is_no_import() {
    for text in ["namespace Azure.Identity;\nclass S { }", "namespace Azure.Identity { class S { } }"] {
        assert!(facts(text).imports.is_empty(), "{text}");
    }
}

#[test]
fn a_class_of_the_same_name_is_not_the_imported_one() {
    for text in [
        "using Azure.Identity;\nclass Cred { }\nclass S { object c = new Cred(); }",
        "using Azure.Identity;\nclass S { object c = new Cred(); class Cred { } }",
        "using Azure.Identity;\nrecord Cred(string U);\nclass S { object c = new Cred(u); }",
        "using Other = N.Cred;\nusing Cred = Jenkins.Cred;\nclass S { object c = new Cred(); }",
    ] {
        assert!(find(&facts(text), "Azure.Identity.Cred").is_none(), "{text}");
    }
    resolves("class Cred { }\nclass S { object c = new Cred(); }", "Cred", Origin::Own);
}

#[test]
fn the_type_of_a_receiver_is_followed() {
    for text in [
        "void Go(IApp app) { app.Token(u); }",
        "void Go(IApp? app) { app?.Token(u); app!.Token(u); }",
        "void Go() { IApp app = Make(); app.Token(u); }",
        "void Go() { var app = Make(); app.Token(u); } IApp Make() => null;",
        "async void Go() { var app = await Make(); app.Token(u); } Task<IApp> Make() => null;",
        "async void Go() { (await Make()).Token(u); } async Task<IApp> Make() { }",
        "void Go() { (await Make().ConfigureAwait(false)).Token(u); } async Task<IApp> Make() { }",
        "void Go() { Make().GetAwaiter().GetResult().Token(u); } async Task<IApp> Make() { }",
        "readonly IApp app; void Go() { app.Token(u); }",
        "void Go() { app.Token(u); } readonly IApp app;",
        "void Go() { this.app.Token(u); } IApp app;",
        "IApp App { get; set; } void Go() { App.Token(u); }",
        "IApp App => Make(); void Go() { this.App.Token(u); }",
        "IApp IApp { get; } void Go() { IApp.Token(u); }",
        "void Go(object app) { ((IApp)app).Token(u); }",
        "void Go(object app) { (app as IApp).Token(u); }",
        "void Go(object app) { (app as IApp)?.Token(u); }",
        "void Go(object app) { var other = (IApp)app; other.Token(u); }",
        "void Go(object o) { if (o is IApp app) app.Token(u); }",
        "void Go(object o) { if (o is not IApp app) return; app.Token(u); }",
        "void Go(object o) { if (o is IApp { X: 1 } app && app.Token(u)) { } }",
        "void Go(object o) { switch (o) { case IApp app when x: app.Token(u); break; } }",
        "object Go(object o) => o switch { IApp app => app.Token(u), _ => null };",
        "void Go() { foreach (IApp app in all) { app.Token(u); } }",
        "void Go() { using IApp app = Make(); app.Token(u); }",
        "void Go() { using (IApp app = Make()) { app.Token(u); } }",
        "void Go() { Find(out IApp app); app.Token(u); }",
        "void Go() { Action<IApp> f = (IApp app) => app.Token(u); }",
        "void Go() { void Inner(IApp app) { app.Token(u); } }",
        "void Go() {\n#if X\n  IApp app = A();\n#else\n  IApp app = B();\n#endif\n  app.Token(u); }",
        "void Go() { IApp app; if (x) { app = A(); } else { app = B(); } app.Token(u); }",
        "void Go() { try { } catch (IApp app) when (app.X()) { app.Token(u); } }",
    ] {
        resolves(&format!("using N;\nclass S {{ {text} }}"), "N.IApp().Token", Origin::Wildcard);
    }
    resolves("using N;\nclass S(IApp app) { void Go() { app.Token(u); } }", "N.IApp().Token", Origin::Wildcard);
    resolves("using N;\nrecord S(IApp App) { void Go() { App.Token(u); } }", "N.IApp().Token", Origin::Wildcard);
    resolves("class S { void Go(N.IApp app) { app.Token(u); } }", "N.IApp().Token", Origin::Import);
    resolves("using N;\nIApp app = Make();\napp.Token(u);", "N.IApp().Token", Origin::Wildcard);
}

#[test]
fn a_chain_keeps_its_calls() {
    let text = "using N;\nvar app = AppBuilder.Create(id).WithX(1).Build();\nawait app.Token(s, u, p).ExecuteAsync();";
    resolves(text, "N.AppBuilder.Create().WithX().Build().Token", Origin::Wildcard);
    resolves(text, "N.AppBuilder.Create().WithX().Build().Token().ExecuteAsync", Origin::Wildcard);
}

#[test]
fn a_receiver_that_is_not_known_stays_unknown() {
    for text in ["void Go(dynamic app) { app.Token(); }", "void Go() { app.Token(); }", "void Go(app) { app.Token(); }"]
    {
        let facts = facts(&format!("using N;\nclass S {{ {text} }}"));
        let token = facts.calls.iter().find(|call| call.symbols[0].path.ends_with(".Token")).expect("a call");
        assert!(token.symbols.iter().all(|s| s.path != "N.app.Token" && s.origin != Origin::Import), "{token:?}");
    }
}

#[test]
fn a_field_does_not_hide_a_type() {
    let text = "using N;\nclass S { Cred Cred { get; set; } void Go() { Cred = new Cred(u); } }";
    resolves(text, "N.Cred", Origin::Wildcard);
    let both = "using N;\nclass S { Mode Mode { get; set; } void Go() { Set(Mode.Password); } }";
    resolves(both, "N.Mode.Password", Origin::Wildcard);
}

#[test]
fn a_new_without_a_type_takes_it_from_its_place() {
    for text in [
        "void Go() { Cred c = new(u, p); }",
        "void Go() { Cred? c = new(u, p); }",
        "void Go() { Azure.Identity.Cred c = new(u, p); }",
        "Cred c = new(u, p);",
        "Cred C { get; } = new(u, p);",
        "Cred C => new(u, p);",
        "Cred C { get { return new(u, p); } }",
        "Cred Go() => new(u, p);",
        "Cred Go() { return new(u, p); }",
        "async Task<Cred> Go() { return new(u, p); }",
        "Cred Go() { if (x) { return new(u, p); } return null; }",
        "Cred Go() => x ? new(u, p) : null;",
        "Cred Go() => cached ?? new(u, p);",
        "Cred Go() => x switch { 1 => new(u, p), _ => null };",
        "void Go() { Cred Inner() => new(u, p); }",
        "void Go() { Cred c; c = new(u, p); }",
        "void Go() { Cred c = null; c ??= new(u, p); }",
        "Cred c; void Go() { c = new(u, p); }",
        "void Go() { c = new(u, p); } Cred c;",
        "void Go() { this.c = new(u, p); } Cred c;",
        "void Go() { C = new(u, p); } Cred C { get; set; }",
        "void Go() { var c = (Cred)new(u, p); }",
        "void Go() { Cred[] all = { new(u, p) }; }",
        "void Go() { List<Cred> all = new() { new(u, p) }; }",
        "void Go() { List<Cred> all = [new(u, p)]; }",
        "void Go() { var all = new List<Cred> { new(u, p) }; }",
        "void Go() { var all = new Cred[] { new(u, p) }; }",
        "void Go() { Dictionary<string, Cred> all = new() { [\"a\"] = new(u, p) }; }",
        "void Go(Cred c = new(u, p)) { }",
    ] {
        let text = format!("using Azure.Identity;\nclass S {{ {text} }}");
        let facts = facts(&text);
        let (call, _) = find(&facts, "Azure.Identity.Cred").unwrap_or_else(|| panic!("{text}: {facts:#?}"));
        assert_eq!(call.kind, CallKind::New, "{text}");
        assert_eq!(call.args.len(), 2, "{text}");
        assert_eq!(&text[call.span.start..call.span.end], "new", "{text}");
    }
}

#[test]
fn a_new_that_is_handed_on_has_no_known_type() {
    for text in ["Take(new(u, p));", "var c = new(u, p);", "Func<Cred> f = () => { return new(u, p); };"] {
        assert!(find(&facts(&inside(text)), "Azure.Identity.Cred").is_none(), "{text}");
    }
}

#[test]
fn arguments_have_a_place_or_a_name() {
    let name = |text: &str| Value::Dynamic { name: Some(text.into()) };
    for (text, names) in [
        ("new Cred(u, p);", [None, None]),
        ("new Cred(username: u, password: p);", [Some("username"), Some("password")]),
        ("new Cred(u, password: p);", [None, Some("password")]),
        ("new Cred { User = u, Password = p };", [Some("User"), Some("Password")]),
        ("new Cred() { User = u, Password = p };", [Some("User"), Some("Password")]),
        ("new Cred(u) { Password = p };", [None, Some("Password")]),
        ("Cred c = new() { User = u, Password = p };", [Some("User"), Some("Password")]),
        ("new Cred(u,\n#pragma warning disable CS0618\n // why\n p);", [None, None]),
        ("new Cred(@u, @p);", [None, None]),
    ] {
        let facts = facts(&inside(text));
        let (call, _) = find(&facts, "Azure.Identity.Cred").unwrap_or_else(|| panic!("{text}: {facts:#?}"));
        let found: Vec<_> = call.args.iter().map(|arg| arg.name.as_deref()).collect();
        assert_eq!(found, names, "{text}");
        let values: Vec<_> = call.args.iter().map(|arg| arg.value.clone()).collect();
        assert_eq!(values, [name("u"), name("p")], "{text}");
    }
}

#[test]
fn values_between_braces() {
    let text = |text: &str| Value::Text(vec![Part::Text(text.into())]);
    for (value, expected) in [
        ("new[] { \"a\", \"b\" }", Value::List(vec![text("a"), text("b")])),
        ("new string[] { \"a\" }", Value::List(vec![text("a")])),
        ("new List<string> { \"a\" }", Value::List(vec![text("a")])),
        ("[\"a\"]", Value::List(vec![text("a")])),
        ("new Dictionary<string, string> { { \"k\", \"v\" } }", Value::Map(vec![("k".into(), text("v"))])),
        ("new Dictionary<string, string> { [\"k\"] = \"v\" }", Value::Map(vec![("k".into(), text("v"))])),
        ("new() { [\"k\"] = \"v\" }", Value::Map(vec![("k".into(), text("v"))])),
        ("new { k = \"v\" }", Value::Map(vec![("k".into(), text("v"))])),
        ("true", Value::Bool(true)),
        ("null", Value::Null),
        ("5", Value::Number("5".into())),
    ] {
        let facts = facts(&inside(&format!("Take({value});")));
        let take = facts.calls.iter().find(|call| call.symbols.iter().any(|s| s.path == "Take")).expect("Take");
        assert_eq!(take.args[0].value, expected, "{value}");
    }
}

#[test]
fn texts_are_read_as_the_compiler_reads_them() {
    for (literal, expected) in [
        (r#""a\tb\u0041\"""#, "a\tbA\""),
        (r#"@"a""b\n""#, "a\"b\\n"),
        (r#"$"a{{b}}{u}c""#, "a{b}?c"),
        (r#"$@"a"" {{ {u}}}""#, "a\" { ?}"),
        (r#"@$"a\{u}""#, "a\\?"),
        (r#"$"{u,10:F2}z""#, "?z"),
        ("\"\"\"a \"b\" c\"\"\"", "a \"b\" c"),
        ("\"\"\"\n    one\n      two\n    \"\"\"", "one\n  two"),
        ("$\"\"\"\n    one {u}\n    two\n    \"\"\"", "one ?\ntwo"),
        ("$$\"\"\"a {b} {{u}}\"\"\"", "a {b} ?"),
        (r#""a " + u + " b""#, "a ? b"),
        (r#""a" + 'b' + @"c""#, "abc"),
        (r#"string.Format("a {0} b", u)"#, "a ? b"),
        (r#"String.Format(CultureInfo.InvariantCulture, "a {0}", u)"#, "a ?"),
        (r#"string.Format(provider, "a {0}", u)"#, "a ?"),
        (r#""a"u8"#, "a"),
        ("\"\"", ""),
    ] {
        let facts = facts(&inside(&format!("Take({literal});")));
        let take = facts.calls.iter().find(|call| call.symbols.iter().any(|s| s.path == "Take")).expect("Take");
        let Value::Text(parts) = &take.args[0].value else { panic!("{literal}: {:?}", take.args[0]) };
        let found: String = parts.iter().map(|part| part.text().unwrap_or("?")).collect();
        assert_eq!(found, expected, "{literal}");
    }
}

#[test]
fn constants_and_fields_are_followed() {
    for text in [
        "const string C = \"x\"; void Go() { Take(C); }",
        "static readonly string C = \"x\"; void Go() { Take(S.C); }",
        "void Go() { Take(this.C); } string C = \"x\";",
        "string C => \"x\"; void Go() { Take(C); }",
        "void Go() { var c = \"x\"; Take(c); }",
        "void Go() { string c = \"x\"; { Take(c); } }",
    ] {
        let facts = facts(&format!("class S {{ {text} }}"));
        let take = facts.calls.iter().find(|call| call.symbols[0].path == "Take").expect("Take");
        assert_eq!(take.args[0].value.text().as_deref(), Some("x"), "{text}");
    }
}

#[test]
fn the_place_of_a_call_is_its_callee() {
    for (text, path, written) in [
        ("new Cred(u, p);", "Azure.Identity.Cred", "new Cred"),
        ("new Azure.Identity.Cred(u, p);", "Azure.Identity.Cred", "new Azure.Identity.Cred"),
        ("Cred.Make(u);", "Azure.Identity.Cred.Make", "Cred.Make"),
        ("Cred.Make<int>(u);", "Azure.Identity.Cred.Make", "Cred.Make<int>"),
        ("Cred\n  .Make(u);", "Azure.Identity.Cred.Make", "Make"),
        ("Cred?\n  .Make(u);", "Azure.Identity.Cred.Make", "Make"),
        ("Cred\n  .Make<int>(u);", "Azure.Identity.Cred.Make", "Make"),
    ] {
        let text = inside(text);
        let facts = facts(&text);
        let (call, _) = find(&facts, path).unwrap_or_else(|| panic!("{text}: {facts:#?}"));
        assert_eq!(&text[call.span.start..call.span.end], written, "{text}");
    }
}

#[test]
fn a_call_of_the_base_constructor_makes_the_base() {
    for (text, written) in [
        ("using N;\nclass S : Cred { S(string u) : base(u, 1) { } }", "base"),
        ("using N;\nclass S(string u) : Cred(u, 1) { }", "Cred"),
        ("using N;\nrecord S(string u) : Cred(u, 1);", "Cred"),
    ] {
        let facts = facts(text);
        let (call, _) = find(&facts, "N.Cred").unwrap_or_else(|| panic!("{text}: {facts:#?}"));
        assert_eq!((call.args.len(), &text[call.span.start..call.span.end]), (2, written), "{text}");
    }
    assert!(find(&facts("using N;\nclass S : Cred { S(string u) : this(u, 1) { } }"), "N.Cred").is_none());
}

#[test]
fn a_subclass_is_what_it_derives_from_too() {
    resolves("using N;\nclass Mine : Cred { }\nclass S { object c = new Mine(); }", "N.Cred", Origin::Wildcard);
    resolves("using N;\nclass Mine : I<int>, Cred { void Go() { base.Token(); } }", "N.Cred().Token", Origin::Wildcard);
}

#[test]
fn a_method_handed_on_is_a_reference() {
    for text in ["Run(app.Token, u);", "Run(((IApp)o).Token, u);", "var all = new[] { app.Token };"] {
        let facts = facts(&format!("using N;\nclass S {{ IApp app; void Go(object o) {{ {text} }} }}"));
        let (call, _) = find(&facts, "N.IApp().Token").unwrap_or_else(|| panic!("{text}: {facts:#?}"));
        assert_eq!(call.kind, CallKind::Reference, "{text}");
    }
}

#[test]
fn what_only_names_a_thing_is_no_call_of_it() {
    for text in [
        "[Cred(\"x\")] class S { }",
        "class S { [Obsolete(nameof(Cred))] void Go([Cred] int a) { } }",
        "[assembly: Cred(\"x\")]",
        "class S { void Go() { Take(nameof(Cred.Make)); Take(typeof(Cred)); Take(default(Cred)); } }",
        "class S { Cred Make(Cred c) { } List<Cred> all; Dictionary<string, Cred> more; }",
        "interface I { Cred Cred(string u, string p); }",
        "class S { void Go(object o) { if (o is Cred) { } } }",
        "class S<T> where T : Cred { }",
        "class S { event Cred Changed; delegate Cred D(int x); }",
        "// new Cred();\n/* new Cred(); */ class S { }",
    ] {
        let text = format!("using Azure.Identity;\n{text}");
        let facts = facts(&text);
        let found = facts.calls.iter().find(|c| c.symbols.iter().any(|s| s.path.starts_with("Azure.Identity.Cred")));
        assert!(found.is_none(), "{text}: {found:#?}");
    }
}

fn commands(text: &str) -> Vec<String> {
    let text = format!("using System.Diagnostics;\nclass S {{ {text} }}");
    let words = |command: &ropcop_syntax::Command| {
        let words = command.words.iter().map(|word| word.text().unwrap_or_else(|| "?".into()));
        words.collect::<Vec<_>>().join(" ")
    };
    facts(&text).commands.iter().map(words).collect()
}

#[test]
fn words_handed_to_a_process_are_a_command() {
    for text in [
        "void Go() { Run(\"tool\", new[] { \"login\", \"-u\", u }); }",
        "void Go() { Run(\"tool\", [\"login\", \"-u\", u]); }",
        "void Go() { var a = new List<string> { \"tool\", \"login\" }; a.Add(\"-u\"); a.Add(u); Run(a); }",
        "void Go() { Cli.Wrap(\"tool\").WithArguments(new[] { \"login\", \"-u\", u }); }",
    ] {
        assert!(commands(text).contains(&"tool login -u ?".to_owned()), "{text}: {:?}", commands(text));
    }
}

#[test]
fn a_line_handed_to_a_process_is_a_command() {
    for text in [
        "void Go() { Process.Start(\"tool\", \"login -u \" + u); }",
        "void Go() { Process.Start(new ProcessStartInfo(\"tool\", $\"login -u {u}\")); }",
        "void Go() { Process.Start(new ProcessStartInfo { FileName = \"tool\", Arguments = $\"login -u {u}\" }); }",
        "void Go() { ProcessStartInfo i = new() { FileName = \"tool\", Arguments = $\"login -u {u}\" }; }",
        "void Go() { var i = new ProcessStartInfo(\"tool\"); i.Arguments = $\"login -u {u}\"; Process.Start(i); }",
    ] {
        assert!(commands(text).contains(&"tool login -u ?".to_owned()), "{text}: {:?}", commands(text));
    }
}

#[test]
fn words_that_are_printed_or_compared_are_no_command() {
    for text in [
        "void Go() { Console.WriteLine(new[] { \"tool\", \"login\", \"-u\", u }); }",
        "void Go() { Assert.Equal(\"tool login -u x\", u); }",
        "bool Go() => u == \"tool login -u x\";",
        "bool Go() => u is \"tool login -u x\";",
        "void Go() { switch (u) { case \"tool login -u x\": break; } }",
    ] {
        assert_eq!(commands(text), Vec::<String>::new(), "{text}");
    }
}

#[test]
fn broken_and_empty_files_give_what_can_be_read() {
    assert!(facts("").calls.is_empty());
    for text in
        ["using", "class", "class S { void Go( }", "new", "$\"{", "\"\"\"", "@\"", "a?.", "x = new(", "'", "class S : "]
    {
        facts(text);
    }
    let broken = "using N;\nclass S { void A() { new Cred(1); } void B() { x = = ; } void C() { new Late(2); } }";
    resolves(broken, "N.Cred", Origin::Wildcard);
    resolves(broken, "N.Late", Origin::Wildcard);
}

#[test]
fn deep_nesting_ends() {
    for deep in [
        format!("x = {}1{};", "(".repeat(5_000), ")".repeat(5_000)),
        format!("x = {}1{};", "F(".repeat(5_000), ")".repeat(5_000)),
        format!("x = a{};", ".B()".repeat(5_000)),
        format!("{}{}", "if (x) { ".repeat(3_000), "} ".repeat(3_000)),
        format!("{} a;", "A.".repeat(5_000)),
    ] {
        facts(&deep);
    }
    let long: String = (0..600).map(|n| format!("\"{n} \" + ")).collect();
    let facts = facts(&format!("Take({long}u);"));
    let Value::Text(parts) = &facts.calls[0].args[0].value else { panic!("a text") };
    assert_eq!(parts.len(), 2);
}

#[test]
fn a_command_may_be_put_together_on_an_object_that_starts_it() {
    for body in [
        "var s = new ProcessStartInfo(\"tool\"); s.ArgumentList.Add(\"login\"); s.ArgumentList.Add(\"-u\"); s.ArgumentList.Add(user);",
        "var p = new Process(); p.StartInfo.FileName = \"tool\"; p.StartInfo.Arguments = $\"login -u {user}\"; p.Start();",
        "var s = new ProcessStartInfo { FileName = \"tool\", Arguments = \"login -u \" + user };",
        "var l = new List<string>(); l.Add(\"tool\"); l.Add(\"login\"); l.Add(\"-u\"); l.Add(user); Run(l);",
    ] {
        let facts = facts(&format!("class S {{ void Go(string user) {{ {body} }} }}"));
        let found = facts.commands.iter().any(|command| {
            let words: Vec<_> = command.words.iter().map(|word| word.text().unwrap_or_else(|| "?".into())).collect();
            words == ["tool", "login", "-u", "?"]
        });
        assert!(found, "{body}: {:#?}", facts.commands);
    }
}

#[test]
fn a_name_that_gets_a_list_again_and_again_is_followed_in_time() {
    let line = "p = new List<string>(); p.Add(\"tool\"); p.Add(\"x\"); run(p);\n";
    let found = facts(&format!("class S {{ void F() {{ {} }} }}", line.repeat(50)));
    assert_eq!((found.commands.len(), found.syntax_errors.len()), (100, 0));
    let found = facts(&format!("class S {{ void F() {{ {} }} }}", line.repeat(400)));
    assert!(found.commands.len() >= 400 && !found.syntax_errors.is_empty());
}
