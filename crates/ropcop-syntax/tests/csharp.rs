//! C#: imports, receivers, `new` in all its forms, arguments, and texts.

mod fixture;

use fixture::{check, facts, framed};
use ropcop_syntax::Value;

const FILE: &str = "Sample.cs";

/// A class that imports a namespace.
const CLASS: &str = "using N;\nclass S { … }";

/// The same for the namespace of the credential.
const IDENTITY: &str = "using Azure.Identity;\nclass S { … }";

/// The body of a method.
const METHOD: &str = "using Azure.Identity;\nclass S {\n  void Go(string u, string p, object o) {\n…\n  }\n}\n";

#[test]
fn every_spelling_of_an_import_gives_the_full_path() {
    framed(
        FILE,
        "…",
        r#"
using Azure.Identity; var c = new Cred();  // new Azure.Identity.Cred [wildcard]
global using Azure.Identity; var c = new Cred();  // new Azure.Identity.Cred [wildcard]
using global::Azure.Identity; var c = new Cred();  // new Azure.Identity.Cred [wildcard]
namespace N { using Azure.Identity; class S { object c = new Cred(); } }
// new N.Cred [relative] or Azure.Identity.Cred [wildcard]
using Cred = Azure.Identity.Cred; var c = new Cred();  // new Azure.Identity.Cred [import]
using C = Azure.Identity.Cred; var c = new C();  // new Azure.Identity.Cred [import]
using C = global::Azure.Identity.Cred; var c = new C();  // new Azure.Identity.Cred [import]
using I = Azure.Identity; var c = new I.Cred();  // new Azure.Identity.Cred [import]
using I = Azure.Identity; var c = new I::Cred();  // new Azure.Identity.Cred [import]
var c = new Azure.Identity.Cred();  // new Azure.Identity.Cred [import]
var c = new global::Azure.Identity.Cred();  // new Azure.Identity.Cred [import]
Azure.Identity.Cred c = Make(); Run(new Azure.Identity.Cred());  // new Azure.Identity.Cred [import]
using System; using Other.Thing; var c = new Azure.Identity.Cred();  // new or Azure.Identity.Cred [import] or …
namespace Azure.Samples; class S { object c = new Identity.Cred(); }  // new or Azure.Identity.Cred [relative] or …
"#,
    );
    check(
        FILE,
        r#"
#if X
using Azure.Identity;
#endif
class S { object c = new Cred(); }  // new Azure.Identity.Cred [wildcard]
"#,
    );
}

#[test]
fn static_imports_bring_members() {
    framed(
        FILE,
        "…",
        r#"
class S { object c = Azure.Identity.Cred.Make(1); }  // call Azure.Identity.Cred.Make [import]
using static N.Maker; Make();  // call N.Maker.Make [wildcard]
using static N.Maker; class S { void Go() { Make(1); } }  // call N.Maker.Make [wildcard]
"#,
    );
}

#[test]
fn many_imports_hide_none() {
    let usings: String = (0..30).map(|n| format!("using N{n};\n")).collect();
    let wanted = "new or Azure.Identity.Cred [wildcard] or …";
    check(FILE, &format!("{usings}using Azure.Identity;\nnew Cred();  // {wanted}"));
}

#[test]
fn global_usings_are_shared() {
    let text = "global using Azure.Identity;\nglobal using static N.T;\nglobal using A = N.U;\nusing Own;\n";
    let facts = facts(FILE, text);
    assert_eq!(facts.shared_imports, ["Azure.Identity"]);
    assert_eq!(facts.imports, ["Azure.Identity", "N.T", "N.U", "Own"]);
}

#[test]
fn a_namespace_of_the_file_itself_is_no_import() {
    for text in ["namespace Azure.Identity;\nclass S { }", "namespace Azure.Identity { class S { } }"] {
        assert!(facts(FILE, text).imports.is_empty(), "{text}");
    }
}

#[test]
fn a_class_of_the_same_name_is_not_the_imported_one() {
    framed(
        FILE,
        "…",
        r#"
using Azure.Identity; class Cred { } class S { object c = new Cred(); }  // new Cred [own]
using Azure.Identity; class S { object c = new Cred(); class Cred { } }  // new Cred [own]
using Azure.Identity; record Cred(string U); class S { object c = new Cred(u); }  // new Cred [own]
using Other = N.Cred; using Cred = Jenkins.Cred; class S { object c = new Cred(); }  // new Jenkins.Cred [import]
class Cred { } class S { object c = new Cred(); }  // new Cred [own]
"#,
    );
}

#[test]
fn the_type_of_a_receiver_is_followed() {
    framed(
        FILE,
        CLASS,
        r#"
void Go(IApp app) { app.Token(u); }  // call N.IApp().Token [wildcard]
void Go(IApp? app) { app?.Token(u); app!.Token(u); }  // call N.IApp().Token [wildcard]; call N.IApp().Token [wildcard]
void Go() { IApp app = Make(); app.Token(u); }
// call N.Make [wildcard]; call N.Make().Token [wildcard] or N.IApp().Token [wildcard]
void Go() { var app = Make(); app.Token(u); } IApp Make() => null;
// call Make [own]; call N.IApp().Token [wildcard]
async void Go() { var app = await Make(); app.Token(u); } Task<IApp> Make() => null;
// call Make [own]; call N.IApp().Token [wildcard]
async void Go() { (await Make()).Token(u); } async Task<IApp> Make() { }
// call Make [own]; call N.IApp().Token [wildcard]
void Go() { (await Make().ConfigureAwait(false)).Token(u); } async Task<IApp> Make() { }
// call Make [own]; call N.IApp().Token [wildcard]
void Go() { Make().GetAwaiter().GetResult().Token(u); } async Task<IApp> Make() { }
// call Make [own]; call N.IApp().Token [wildcard]
readonly IApp app; void Go() { app.Token(u); }  // call N.IApp().Token [wildcard]
void Go() { app.Token(u); } readonly IApp app;  // call N.IApp().Token [wildcard]
void Go() { this.app.Token(u); } IApp app;  // call N.IApp().Token [wildcard]
IApp App { get; set; } void Go() { App.Token(u); }  // call N.IApp().Token [wildcard]
IApp App => Make(); void Go() { this.App.Token(u); }
// call N.Make [wildcard]; call N.Make().Token [wildcard] or N.IApp().Token [wildcard]
IApp IApp { get; } void Go() { IApp.Token(u); }  // call N.IApp().Token [wildcard] or N.IApp.Token [wildcard]
void Go(object app) { ((IApp)app).Token(u); }  // call N.IApp().Token [wildcard]
void Go(object app) { (app as IApp).Token(u); }  // call N.IApp().Token [wildcard]
void Go(object app) { (app as IApp)?.Token(u); }  // call N.IApp().Token [wildcard]
void Go(object app) { var other = (IApp)app; other.Token(u); }  // call N.IApp().Token [wildcard]
void Go(object o) { if (o is IApp app) app.Token(u); }  // call N.IApp().Token [wildcard]
void Go(object o) { if (o is not IApp app) return; app.Token(u); }  // call N.IApp().Token [wildcard]
void Go(object o) { if (o is IApp { X: 1 } app && app.Token(u)) { } }  // call N.IApp().Token [wildcard]
void Go(object o) { switch (o) { case IApp app when x: app.Token(u); break; } }  // call N.IApp().Token [wildcard]
object Go(object o) => o switch { IApp app => app.Token(u), _ => null };  // call N.IApp().Token [wildcard]
void Go() { foreach (IApp app in all) { app.Token(u); } }  // call N.IApp().Token [wildcard]
void Go() { using IApp app = Make(); app.Token(u); }
// call N.Make [wildcard]; call N.Make().Token [wildcard] or N.IApp().Token [wildcard]
void Go() { using (IApp app = Make()) { app.Token(u); } }
// call N.Make [wildcard]; call N.Make().Token [wildcard] or N.IApp().Token [wildcard]
void Go() { Find(out IApp app); app.Token(u); }  // call N.Find [wildcard]; call N.IApp().Token [wildcard]
void Go() { Action<IApp> f = (IApp app) => app.Token(u); }  // call N.IApp().Token [wildcard]
void Go() { void Inner(IApp app) { app.Token(u); } }  // call N.IApp().Token [wildcard]
void Go() { IApp app; if (x) { app = A(); } else { app = B(); } app.Token(u); }
// call N.A; call N.B; call N.B().Token [wildcard] or N.A().Token [wildcard] or N.IApp().Token [wildcard]
void Go() { try { } catch (IApp app) when (app.X()) { app.Token(u); } }
// call N.IApp().X [wildcard]; call N.IApp().Token [wildcard]
"#,
    );
    framed(
        FILE,
        "…",
        r#"
using N; class S(IApp app) { void Go() { app.Token(u); } }  // call N.IApp().Token [wildcard]
using N; record S(IApp App) { void Go() { App.Token(u); } }  // call N.IApp().Token [wildcard]
class S { void Go(N.IApp app) { app.Token(u); } }  // call N.IApp().Token [import]
using N; IApp app = Make(); app.Token(u);
// call N.Make [wildcard]; call N.Make().Token [wildcard] or N.IApp().Token [wildcard]
"#,
    );
    check(
        FILE,
        r#"
using N;
class S { void Go() {
#if X
  IApp app = A();  // call N.A
#else
  IApp app = B();  // call N.B
#endif
  app.Token(u);  // call N.B().Token [wildcard] or N.IApp().Token [wildcard]
} }
"#,
    );
}

#[test]
fn a_chain_keeps_its_calls() {
    check(
        FILE,
        r#"
using N;
var app = AppBuilder.Create(id)  // call N.AppBuilder.Create [wildcard]
  .WithX(1)  // call N.AppBuilder.Create().WithX [wildcard]
  .Build();  // call N.AppBuilder.Create().WithX().Build [wildcard]
await app.Token(s, u, p)  // call N.AppBuilder.Create().WithX().Build().Token [wildcard]
  .ExecuteAsync();  // call N.AppBuilder.Create().WithX().Build().Token().ExecuteAsync [wildcard]
"#,
    );
}

#[test]
fn a_receiver_that_is_not_known_stays_unknown() {
    framed(
        FILE,
        CLASS,
        r#"
void Go(dynamic app) { app.Token(); }  // call dynamic().Token [unknown]
void Go() { app.Token(); }  // call app.Token [unknown]
void Go(app) { app.Token(); }  // call app.Token [unknown]
"#,
    );
}

#[test]
fn a_field_does_not_hide_a_type() {
    framed(
        FILE,
        CLASS,
        r#"
Cred Cred { get; set; } void Go() { Cred = new Cred(u); }  // new N.Cred [wildcard]
Mode Mode { get; set; } void Go() { Set(Mode.Password); }  // reference N.Mode().Password [wildcard] or N.Mode.Password [wildcard]
"#,
    );
}

#[test]
fn a_new_without_a_type_takes_it_from_its_place() {
    framed(
        FILE,
        IDENTITY,
        r#"
void Go() { Cred c = new(u, p); }  // new Azure.Identity.Cred($u, $p) @ new
void Go() { Cred? c = new(u, p); }  // new Azure.Identity.Cred($u, $p) @ new
void Go() { Azure.Identity.Cred c = new(u, p); }
// new Azure.Identity.Azure.Identity.Cred($u, $p) @ new or Azure.Identity.Cred [import]
Cred c = new(u, p);  // new Azure.Identity.Cred($u, $p) @ new
Cred C { get; } = new(u, p);  // new Azure.Identity.Cred($u, $p) @ new
Cred C => new(u, p);  // new Azure.Identity.Cred($u, $p) @ new
Cred C { get { return new(u, p); } }  // new Azure.Identity.Cred($u, $p) @ new
Cred Go() => new(u, p);  // new Azure.Identity.Cred($u, $p) @ new
Cred Go() { return new(u, p); }  // new Azure.Identity.Cred($u, $p) @ new
async Task<Cred> Go() { return new(u, p); }  // new Azure.Identity.Cred($u, $p) @ new
Cred Go() { if (x) { return new(u, p); } return null; }  // new Azure.Identity.Cred($u, $p) @ new
Cred Go() => x ? new(u, p) : null;  // new Azure.Identity.Cred($u, $p) @ new
Cred Go() => cached ?? new(u, p);  // new Azure.Identity.Cred($u, $p) @ new
Cred Go() => x switch { 1 => new(u, p), _ => null };  // new Azure.Identity.Cred($u, $p) @ new
void Go() { Cred Inner() => new(u, p); }  // new Azure.Identity.Cred($u, $p) @ new
void Go() { Cred c; c = new(u, p); }  // new Azure.Identity.Cred($u, $p) @ new
void Go() { Cred c = null; c ??= new(u, p); }  // new Azure.Identity.Cred($u, $p) @ new
Cred c; void Go() { c = new(u, p); }  // new Azure.Identity.Cred($u, $p) @ new
void Go() { c = new(u, p); } Cred c;  // new Azure.Identity.Cred($u, $p) @ new
void Go() { this.c = new(u, p); } Cred c;  // new Azure.Identity.Cred($u, $p) @ new
void Go() { C = new(u, p); } Cred C { get; set; }  // new Azure.Identity.Cred($u, $p) @ new
void Go() { var c = (Cred)new(u, p); }  // new Azure.Identity.Cred($u, $p) @ new
void Go() { Cred[] all = { new(u, p) }; }  // new Azure.Identity.Cred($u, $p) @ new
void Go() { List<Cred> all = new() { new(u, p) }; }  // new Azure.Identity.Cred($u, $p) @ new
void Go() { List<Cred> all = [new(u, p)]; }  // new Azure.Identity.Cred($u, $p) @ new
void Go() { var all = new List<Cred> { new(u, p) }; }  // new Azure.Identity.Cred($u, $p) @ new
void Go() { var all = new Cred[] { new(u, p) }; }  // new Azure.Identity.Cred($u, $p) @ new
void Go() { Dictionary<string, Cred> all = new() { ["a"] = new(u, p) }; }  // new Azure.Identity.Cred($u, $p) @ new
void Go(Cred c = new(u, p)) { }  // new Azure.Identity.Cred($u, $p) @ new
"#,
    );
}

#[test]
fn a_new_that_is_handed_on_has_no_known_type() {
    framed(
        FILE,
        METHOD,
        r#"
Take(new(u, p));  // new [unknown]
var c = new(u, p);  // new [unknown]
Func<Cred> f = () => { return new(u, p); };  // new [unknown]
"#,
    );
}

#[test]
fn arguments_have_a_place_or_a_name() {
    framed(
        FILE,
        METHOD,
        r#"
new Cred(u, p);  // new Azure.Identity.Cred($u, $p)
new Cred(username: u, password: p);  // new Azure.Identity.Cred(username=$u, password=$p)
new Cred(u, password: p);  // new Azure.Identity.Cred($u, password=$p)
new Cred { User = u, Password = p };  // new Azure.Identity.Cred(User=$u, Password=$p)
new Cred() { User = u, Password = p };  // new Azure.Identity.Cred(User=$u, Password=$p)
new Cred(u) { Password = p };  // new Azure.Identity.Cred($u, Password=$p)
Cred c = new() { User = u, Password = p };  // new Azure.Identity.Cred(User=$u, Password=$p)
new Cred(@u, @p);  // new Azure.Identity.Cred($u, $p)
"#,
    );
    check(
        FILE,
        r#"
using Azure.Identity;
var c = new Cred(u,  // new Azure.Identity.Cred($u, $p)
#pragma warning disable CS0618
 // why
 p);
"#,
    );
}

#[test]
fn values_between_braces() {
    framed(
        FILE,
        METHOD,
        r#"
Take(new[] { "a", "b" });  // call Azure.Identity.Take(['a', 'b'])
Take(new string[] { "a" });  // call Azure.Identity.Take(['a'])
Take(new List<string> { "a" });  // call Azure.Identity.Take(['a'])
Take(["a"]);  // call Azure.Identity.Take(['a'])
Take(new Dictionary<string, string> { { "k", "v" } });  // call Azure.Identity.Take({k: 'v'})
Take(new Dictionary<string, string> { ["k"] = "v" });  // call Azure.Identity.Take({k: 'v'})
Take(new() { ["k"] = "v" });  // call Azure.Identity.Take({k: 'v'})
Take(new { k = "v" });  // call Azure.Identity.Take({k: 'v'})
Take(true);  // call Azure.Identity.Take(true)
Take(null);  // call Azure.Identity.Take(null)
Take(5);  // call Azure.Identity.Take(5)
"#,
    );
}

#[test]
fn texts_are_read_as_the_compiler_reads_them() {
    framed(
        FILE,
        METHOD,
        r#"
Take("a\tb\u0041\"");  // call Azure.Identity.Take('a⇥bA"')
Take(@"a""b\n");  // call Azure.Identity.Take('a"b\n')
Take($"a{{b}}{u}c");  // call Azure.Identity.Take('a{b}$uc')
Take($@"a"" {{ {u}}}");  // call Azure.Identity.Take('a" { $u}')
Take(@$"a\{u}");  // call Azure.Identity.Take('a\$u')
Take($"{u,10:F2}z");  // call Azure.Identity.Take('$uz')
Take("""a "b" c""");  // call Azure.Identity.Take('a "b" c')
Take($$"""a {b} {{u}}""");  // call Azure.Identity.Take('a {b} $u')
Take("a " + u + " b");  // call Azure.Identity.Take('a $u b')
Take("a" + 'b' + @"c");  // call Azure.Identity.Take('abc')
Take(string.Format("a {0} b", u));  // call Azure.Identity.Take('a $u b')
Take(String.Format(CultureInfo.InvariantCulture, "a {0}", u));  // call Azure.Identity.Take('a $u')
Take(string.Format(provider, "a {0}", u));  // call Azure.Identity.Take('a $u')
Take("a"u8);  // call Azure.Identity.Take('a')
Take("");  // call Azure.Identity.Take('')
"#,
    );
    check(
        FILE,
        r#"
=== the margin of a raw text is that of its end
using N;
class S { void Go(string u) {
  Take("""  // call N.Take('one⏎  two')
    one
      two
    """);
} }
=== with holes
using N;
class S { void Go(string u) {
  Take($"""  // call N.Take('one $u⏎two')
    one {u}
    two
    """);
} }
"#,
    );
}

#[test]
fn constants_and_fields_are_followed() {
    framed(
        FILE,
        "class S { … }",
        r#"
const string C = "x"; void Go() { Take(C); }  // call Take('x')
static readonly string C = "x"; void Go() { Take(S.C); }  // call Take('x')
void Go() { Take(this.C); } string C = "x";  // call Take('x')
string C => "x"; void Go() { Take(C); }  // call Take('x')
void Go() { var c = "x"; Take(c); }  // call Take('x')
void Go() { string c = "x"; { Take(c); } }  // call Take('x')
"#,
    );
}

#[test]
fn the_place_of_a_call_is_its_callee() {
    framed(
        FILE,
        METHOD,
        r#"
new Cred(u, p);  // new Azure.Identity.Cred @ new Cred
new Azure.Identity.Cred(u, p);
// new Azure.Identity.Azure.Identity.Cred @ new Azure.Identity.Cred or Azure.Identity.Cred [import]
Cred.Make(u);  // call Azure.Identity.Cred.Make @ Cred.Make
Cred.Make<int>(u);  // call Azure.Identity.Cred.Make @ Cred.Make<int>
"#,
    );
    check(
        FILE,
        r#"
=== on a line of its own
using N;
var c = Cred
  .Make(u);  // call N.Cred.Make @ Make
=== of something that may be null
using N;
var c = Cred?
  .Make(u);  // call N.Cred.Make @ Make
=== with a type
using N;
var c = Cred
  .Make<int>(u);  // call N.Cred.Make @ Make
"#,
    );
}

#[test]
fn a_call_of_the_base_constructor_makes_the_base() {
    framed(
        FILE,
        "using N;\n…",
        r#"
class S : Cred { S(string u) : base(u, 1) { } }  // new N.Cred($u, 1) @ base
class S(string u) : Cred(u, 1) { }  // new N.Cred($u, 1) @ Cred
record S(string u) : Cred(u, 1);  // new N.Cred($u, 1) @ Cred
class S : Cred { S(string u) : this(u, 1) { } }  // no new
"#,
    );
}

#[test]
fn a_subclass_is_what_it_derives_from_too() {
    framed(
        FILE,
        "using N;\n…",
        r#"
class Mine : Cred { } class S { object c = new Mine(); }  // new Mine [own] or N.Cred [wildcard]
class Mine : I<int>, Cred { void Go() { base.Token(); } }  // call or N.Cred().Token [wildcard]
"#,
    );
}

#[test]
fn a_method_handed_on_is_a_reference() {
    framed(
        FILE,
        "using N;\nclass S { IApp app; void Go(object o) { … } }",
        r#"
Run(app.Token, u);  // reference N.IApp().Token
Run(((IApp)o).Token, u);  // reference N.IApp().Token
var all = new[] { app.Token };  // reference N.IApp().Token
"#,
    );
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
        let facts = facts(FILE, &text);
        let found = facts.calls.iter().find(|c| c.symbols.iter().any(|s| s.path.starts_with("Azure.Identity.Cred")));
        assert!(found.is_none(), "{text}: {found:#?}");
    }
}

#[test]
fn words_handed_to_a_process_are_a_command() {
    framed(
        FILE,
        "using System.Diagnostics;\nclass S { … }",
        r#"
void Go() { Run("tool", new[] { "login", "-u", u }); }  // command tool login -u $u
void Go() { Run("tool", ["login", "-u", u]); }  // command tool login -u $u
void Go() { var a = new List<string> { "tool", "login" }; a.Add("-u"); a.Add(u); Run(a); }  // command tool login -u $u
void Go() { Cli.Wrap("tool").WithArguments(new[] { "login", "-u", u }); }  // command tool login -u $u; more command
"#,
    );
}

#[test]
fn a_line_handed_to_a_process_is_a_command() {
    framed(
        FILE,
        "using System.Diagnostics;\nclass S { … }",
        r#"
void Go() { Process.Start("tool", "login -u " + u); }  // command tool login -u $u…; command login -u $u…
void Go() { Process.Start(new ProcessStartInfo("tool", $"login -u {u}")); }
// command tool login -u $u…; command login -u $u…
void Go() { Process.Start(new ProcessStartInfo { FileName = "tool", Arguments = $"login -u {u}" }); }
// command tool login -u $u…; command login -u $u…
void Go() { ProcessStartInfo i = new() { FileName = "tool", Arguments = $"login -u {u}" }; }
// command tool login -u $u…; command login -u $u…
void Go() { var i = new ProcessStartInfo("tool"); i.Arguments = $"login -u {u}"; Process.Start(i); }
// command tool login -u $u…; command login -u $u… (likely)
"#,
    );
}

#[test]
fn words_that_are_printed_or_compared_are_no_command() {
    framed(
        FILE,
        "using System.Diagnostics;\nclass S { … }",
        r#"
void Go() { Console.WriteLine(new[] { "tool", "login", "-u", u }); }  // no command
void Go() { Assert.Equal("tool login -u x", u); }  // no command
bool Go() => u == "tool login -u x";  // no command
bool Go() => u is "tool login -u x";  // no command
void Go() { switch (u) { case "tool login -u x": break; } }  // no command
"#,
    );
}

#[test]
fn broken_and_empty_files_give_what_can_be_read() {
    assert!(facts(FILE, "").calls.is_empty());
    for text in
        ["using", "class", "class S { void Go( }", "new", "$\"{", "\"\"\"", "@\"", "a?.", "x = new(", "'", "class S : "]
    {
        facts(FILE, text);
    }
    check(
        FILE,
        r#"
using N;
class S {
  void A() { new Cred(1); }  // new N.Cred [wildcard]
  void B() { x = = ; }
  void C() { new Late(2); }  // new N.Late [wildcard]
}
"#,
    );
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
        facts(FILE, &deep);
    }
    let long: String = (0..600).map(|n| format!("\"{n} \" + ")).collect();
    let facts = facts(FILE, &format!("Take({long}u);"));
    let Value::Text(parts) = &facts.calls[0].args[0].value else { panic!("a text") };
    assert_eq!(parts.len(), 2);
}

#[test]
fn a_command_may_be_put_together_on_an_object_that_starts_it() {
    framed(
        FILE,
        "class S { void Go(string user) {\n…\n} }",
        r#"
var s = new ProcessStartInfo("tool"); s.ArgumentList.Add("login"); s.ArgumentList.Add("-u"); s.ArgumentList.Add(user);
// command tool login -u $user; more command
var p = new Process(); p.StartInfo.FileName = "tool"; p.StartInfo.Arguments = $"login -u {user}"; p.Start();
// command tool login -u $user…; command login -u $user… (likely)
var s = new ProcessStartInfo { FileName = "tool", Arguments = "login -u " + user };
// command tool login -u $user…; command login -u $user…
var l = new List<string>(); l.Add("tool"); l.Add("login"); l.Add("-u"); l.Add(user); Run(l);
// command tool login -u $user; more command
"#,
    );
}

#[test]
fn a_name_that_gets_a_list_again_and_again_is_followed_in_time() {
    let line = "p = new List<string>(); p.Add(\"tool\"); p.Add(\"x\"); run(p);\n";
    let found = facts(FILE, &format!("class S {{ void F() {{ {} }} }}", line.repeat(50)));
    assert_eq!((found.commands.len(), found.omissions.len()), (100, 0));
    let found = facts(FILE, &format!("class S {{ void F() {{ {} }} }}", line.repeat(400)));
    assert!(found.commands.len() >= 400 && !found.omissions.is_empty());
}
