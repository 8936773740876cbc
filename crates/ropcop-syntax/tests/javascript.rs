//! JavaScript and TypeScript: imports, receivers, values, and commands handed to a process.

use ropcop_syntax::{Call, CallKind, Facts, Origin, Part, Source, Value, extract};

fn facts_of(path: &str, text: &str) -> Facts {
    extract(&Source::detect(path, text).expect("a known language"), &|_| true)
}

fn facts(text: &str) -> Facts {
    facts_of("sample.ts", text)
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
    for source in [
        "import { Cred } from '@azure/identity'; new Cred()",
        "import { Cred as C } from '@azure/identity'; new C()",
        "import { type Other, Cred } from '@azure/identity'; new Cred()",
        "import identity from '@azure/identity'; new identity.Cred()",
        "import { default as identity } from '@azure/identity'; new identity.Cred()",
        "import * as identity from '@azure/identity'; new identity.Cred()",
        "import identity, { Cred } from '@azure/identity'; new Cred()",
        "import * as identity from '@azure/identity'; const { Cred } = identity; new Cred()",
        "import identity = require('@azure/identity'); new identity.Cred()",
        "import * as identity from '@azure/identity'; import Cred = identity.Cred; new Cred()",
        "const identity = require('@azure/identity'); new identity.Cred()",
        "const identity = require(`@azure/identity`); new identity['Cred']()",
        "const { Cred } = require('@azure/identity'); new Cred()",
        "const { Cred: C, Other } = require('@azure/identity'); new C()",
        "const { Cred = Fallback } = require('@azure/identity'); new Cred()",
        "const Cred = require('@azure/identity').Cred; new Cred()",
        "let identity; identity = require('@azure/identity'); new identity.Cred()",
        "new (require('@azure/identity').Cred)()",
        "async function f() { const { Cred } = await import('@azure/identity'); new Cred() }",
        "async function f() { const identity = await import('@azure/identity'); new identity.Cred() }",
        "async function f() { new (await import('@azure/identity')).Cred() }",
        "async function f() { const [{ Cred }] = await Promise.all([import('@azure/identity')]); new Cred() }",
        "import('@azure/identity').then(({ Cred }) => new Cred())",
        "import('@azure/identity').then((identity) => { new identity.Cred() })",
        "import('@azure/identity').then(function (identity) { new identity.default.Cred() })",
        "import { Cred } from '@azure/identity'; const C = Cred; new C()",
        "import { Cred } from '@azure/identity'; function f() { return new Cred() }",
        // What compilers make of it.
        "const identity_1 = require('@azure/identity'); new identity_1.Cred()",
        "const identity_1 = __importDefault(require('@azure/identity')); new identity_1.default.Cred()",
        "const identity = tslib_1.__importStar(require('@azure/identity')); new identity.Cred()",
        "var identity = _interopRequireWildcard(require('@azure/identity')); new identity.Cred()",
    ] {
        let facts = facts(source);
        let found = call(&facts, "@azure/identity.Cred");
        assert_eq!(found.symbols[0].path, "@azure/identity.Cred", "{source}");
        assert_eq!(found.symbols[0].origin, Origin::Import, "{source}");
        assert_eq!(found.kind, CallKind::New, "{source}");
        assert!(facts.imports.iter().any(|import| import == "@azure/identity"), "{source}: {:?}", facts.imports);
    }
}

#[test]
fn all_grammars_are_read_alike() {
    let source = "import { Cred as C } from 'm';\nclass A extends C { x = new C('u'); go() { return this.x.run() } }";
    for path in ["a.js", "a.jsx", "a.mjs", "a.cjs", "a.ts", "a.mts", "a.cts", "a.tsx"] {
        let facts = facts_of(path, source);
        assert!(facts.syntax_errors.is_empty(), "{path}");
        assert_eq!(call(&facts, "m.Cred").kind, CallKind::New, "{path}");
        assert_eq!(call(&facts, "m.Cred().run").symbols[0].origin, Origin::Import, "{path}");
    }
}

#[test]
fn a_compiled_call_of_an_import_is_seen() {
    let facts = facts("const a = require('m'); (0, a.login)('u')");
    assert_eq!(call(&facts, "m.login").args[0].value, text("u"));
}

#[test]
fn modules_of_node_have_one_name() {
    for source in ["import { exec } from 'node:child_process'; exec('x')", "require('child_process').exec('x')"] {
        assert_eq!(call(&facts(source), "child_process.exec").symbols[0].path, "child_process.exec", "{source}");
    }
}

#[test]
fn what_is_exported_from_elsewhere_is_imported() {
    assert_eq!(facts("export { Cred } from '@azure/identity'").imports, ["@azure/identity"]);
    assert_eq!(facts("export * from '@azure/identity'").imports, ["@azure/identity"]);
    assert_eq!(facts("import '@azure/identity'").imports, ["@azure/identity"]);
    assert!(facts("export { Cred } from './cred'").imports.is_empty());
}

#[test]
fn a_class_of_the_same_name_is_not_the_imported_one() {
    for (source, origin) in [
        ("class Cred {} new Cred('u')", Origin::Own),
        ("const Cred = class {}; new Cred('u')", Origin::Own),
        ("import { other } from '@azure/identity'; new Cred('u')", Origin::Unknown),
        ("import { Cred } from './cred'; new Cred('u')", Origin::Relative),
        ("import { Cred } from '@/cred'; new Cred('u')", Origin::Relative),
        ("const { Cred } = require('../cred'); new Cred('u')", Origin::Relative),
        ("import { Cred } from '@azure/identity'; function f(Cred) { new Cred('u') }", Origin::Unknown),
        ("import { Cred } from '@azure/identity'; function f() { class Cred {} new Cred('u') }", Origin::Own),
    ] {
        let facts = facts(source);
        let found = call(&facts, "Cred");
        assert_eq!(found.symbols[0].origin, origin, "{source}");
        assert!(found.symbols.iter().all(|s| s.origin != Origin::Import), "{source}: {found:?}");
    }
    let other = facts("import { Cred } from '@azure/core-auth'; new Cred('u')");
    assert_eq!(other.calls[0].symbols[0].path, "@azure/core-auth.Cred");
}

#[test]
fn a_subclass_is_what_it_derives_from_too() {
    let facts = facts("import * as m from 'm'; class Mine extends m.App<string> {} new Mine('u')");
    let found = call(&facts, "Mine");
    assert!(found.symbols.iter().any(|s| s.path == "m.App" && s.origin == Origin::Import), "{found:?}");
}

#[test]
fn the_type_of_a_receiver_is_followed() {
    for body in [
        "const app = new App('id'); app.token('u')",
        "const app: App = load(); app.token('u')",
        "const app = load() as App; app.token('u')",
        "const app = <App>load(); app.token('u')",
        "const app = load() as unknown as App; app.token('u')",
        "const app = new App() as any; app.token('u')",
        "const app = new App({}) satisfies Thing; app.token('u')",
        "function go(app: App) { app.token('u') }",
        "function go(app?: App | null) { app?.token('u') }",
        "function go(app: Readonly<App>) { app!.token('u') }",
        "const go = async (app: Promise<App>) => (await app).token('u')",
        "function go({ app }: Options) { app.token('u') } interface Options { app: App }",
        "function go(options: Options) { options.app.token('u') } type Options = { app: App }",
        "type Alias = App; function go(app: Alias) { app.token('u') }",
        "function make(): App { return x } make().token('u')",
        "async function make(): Promise<App> { return x } (await make()).token('u')",
        "function make() { return new App() } make().token('u')",
        "const make = () => new App(); const app = make(); app.token('u')",
        "class S { app: App; go() { this.app.token('u') } }",
        "class S { private readonly app?: App; go() { this.app!.token('u') } }",
        "class S { #app = new App(); go() { this.#app.token('u') } }",
        "class S { static app = new App(); go() { S.app.token('u') } }",
        "class S { constructor() { this.app = new App() } go() { this.app.token('u') } }",
        "class S { constructor(private app: App) {} go() { this.app.token('u') } }",
        "class S { constructor(readonly app: App) {} go() { return () => this.app.token('u') } }",
        "class S { go() { this.make().token('u') } make(): App { return x } }",
        "class S { make = () => new App(); go() { this.make().token('u') } }",
        "class S { make(): App { return x } } new S().make().token('u')",
        "interface Has { app: App } class S { go(x: Has) { x.app.token('u') } }",
        "let app; before(() => { app = new App() }); it('x', () => { app.token('u') })",
        "let app = null; if (x) app = new App(); app.token('u')",
        "let app; try { app = new App() } catch (e) {} app.token('u')",
        "const app = global.app || new App(); app.token('u')",
        "const app = x ? new App() : null; app.token('u')",
        "const app = ready && new App(); app.token('u')",
        "let app; app ??= new App(); app.token('u')",
        "const o = { app: new App() }; o.app.token('u')",
        "const o = {}; o.app = new App(); o.app.token('u')",
        "const o = {}; o['app'] = new App(); o.app.token('u')",
        "const [app] = [new App()]; app.token('u')",
        "App.create().then((app) => app.token('u')); class Q extends App {} new App().token('u')",
        "new App().token('u')",
        "new App()['token']('u')",
        "const token = new App().token; token('u')",
        "const app = new App(); const { token } = app; token('u')",
        "const app = new App(); const t = app.token.bind(app); t('u')",
        "const app = new App(); app.token.call(app, 'u')",
    ] {
        let source = format!("import {{ App }} from 'm';\n{body}");
        let facts = facts(&source);
        let found = call(&facts, "m.App().token");
        assert_eq!(found.symbols[0].origin, Origin::Import, "{body}: {found:?}");
        assert_eq!(found.args[0].value, text("u"), "{body}");
    }
}

#[test]
fn a_type_that_says_something_else_is_not_followed() {
    for body in [
        "function go(apps: App[]) { apps.token('u') }",
        "function go(app: App | Other) { app.token('u') }",
        "function go(app: Map<string, App>) { app.token('u') }",
        "for (const app of apps) { app.token('u') } { const app = new App() }",
        "import type { App as T } from 'm'; let app: string; app.token('u')",
    ] {
        let source = format!("import {{ App }} from 'm';\n{body}");
        let facts = facts(&source);
        let found = call(&facts, ".token");
        assert!(found.symbols.iter().all(|s| s.path != "m.App().token"), "{body}: {found:?}");
    }
}

#[test]
fn a_method_handed_on_is_a_reference() {
    for source in [
        "import { App } from 'm'; const app = new App(); promisify(app.token)",
        "import { App } from 'm'; const app = new App(); run(app.token.bind(app), 'u')",
        "import { App } from 'm'; const app = new App(); const all = [app.token]",
    ] {
        let facts = facts(source);
        assert_eq!(call(&facts, "m.App().token").kind, CallKind::Reference, "{source}");
    }
}

#[test]
fn arguments_are_known_by_position_and_by_key() {
    let source = "import { f } from 'm';\nconst user = 'u@x';\nconst base = { tenant: 't' };\n\
                  f('a', user, pass, { name: user, pass, ...base, 'q r': 1, [key]: 2, on: true, no: null, list: ['x'] }, ...rest, 'z')";
    let facts = facts(source);
    let args = &call(&facts, "m.f").args;
    let positions: Vec<_> = args.iter().map(|arg| arg.position).collect();
    assert_eq!(positions, [Some(0), Some(1), Some(2), Some(3), None, None]);
    assert_eq!(args[1].value, text("u@x"));
    assert_eq!(args[2].value, dynamic("pass"));
    let Value::Map(entries) = &args[3].value else { panic!("{args:#?}") };
    let entries: Vec<_> = entries.iter().map(|(key, value)| (key.as_str(), value.clone())).collect();
    assert_eq!(
        entries,
        [
            ("name", text("u@x")),
            ("pass", dynamic("pass")),
            ("tenant", text("t")),
            ("q r", Value::Number("1".into())),
            ("on", Value::Bool(true)),
            ("no", Value::Null),
            ("list", Value::List(vec![text("x")])),
        ]
    );
}

#[test]
fn an_object_in_a_variable_is_followed() {
    let facts = facts("import { f } from 'm'; const request = { username: user, password: 'p' } as const; f(request)");
    let Value::Map(entries) = &call(&facts, "m.f").args[0].value else { panic!("{facts:#?}") };
    assert_eq!(entries[1], ("password".to_owned(), text("p")));
}

#[test]
fn texts_are_put_together() {
    let holes = |parts: &[(&str, bool)]| {
        let part = |(text, known): &(&str, bool)| {
            if *known { Part::Text((*text).to_owned()) } else { Part::Variable((*text).to_owned()) }
        };
        Value::Text(parts.iter().map(part).collect())
    };
    for (argument, expected) in [
        ("'a\\'b\\x41\\u0042\\n'", text("a'bAB\n")),
        ("'a' + \"b\" + `c`", text("abc")),
        ("`a ${user} b`", holes(&[("a ", true), ("user", false), (" b", true)])),
        ("`${process.env.USER}`", holes(&[("USER", false)])),
        ("`${process.env['USER']}x`", holes(&[("USER", false), ("x", true)])),
        ("`a\\`${'b'}`", text("a`b")),
        ("'u=' + user", holes(&[("u=", true), ("user", false)])),
        ("'u='.concat(user, '&')", holes(&[("u=", true), ("user", false), ("&", true)])),
        ("util.format('u=%s', user)", holes(&[("u=", true), ("user", false)])),
        ("String.raw`a`", text("a")),
        ("known", text("k")),
        ("Kind.Password", text("password")),
        ("process.env.SECRET!", dynamic("SECRET")),
        ("process.env.A || process.env.B", dynamic("A")),
    ] {
        let source = format!("const known = 'k'; enum Kind {{ Password = 'password' }}\nf({argument})");
        assert_eq!(call(&facts(&source), "f").args[0].value, expected, "{argument}");
    }
}

#[test]
fn a_call_says_where_it_stands() {
    let source = "import { App } from 'm';\nfunction go() {\n  return new App('id')\n    .token('u');\n}\n";
    let facts = facts(source);
    let made = call(&facts, "m.App");
    assert_eq!(&source[made.span.start..made.span.end], "new App");
    let token = call(&facts, "m.App().token");
    assert_eq!(&source[token.span.start..token.span.end], "token");
    assert_eq!(&source[token.args[0].span.start..token.args[0].span.end], "'u'");
    assert!(source[made.statement.start..made.statement.end].ends_with(".token('u')"));
    assert!(source[made.function.start..made.function.end].starts_with("function go"));
}

#[test]
fn words_of_a_command_are_seen_in_every_form() {
    for source in [
        "spawn('tool', ['login', '-u', user])",
        "run('tool', 'login', '-u', user)",
        "const args = ['tool', 'login', '-u', user]; run(args)",
        "const args = ['login', '-u', user]; spawn('tool', args)",
        "const args = ['login']; args.push('-u', user); spawn('tool', args, { shell: true })",
        "const more = ['-u', user]; spawn('tool', ['login', ...more])",
        "const base = ['tool', 'login']; run([...base, '-u', user])",
        "const args = ['tool', 'login']; args.push('-u', user); run(args)",
    ] {
        assert_eq!(command(&facts(source)), "tool login -u <user>", "{source}");
    }
}

#[test]
fn text_for_people_is_no_command() {
    for source in [
        "const x = <p title=\"tool login -u a\">tool login -u b</p>",
        "type T = 'tool login -u a'",
        "switch (x) { case 'tool login -u a': break }",
        "if (x === 'tool login -u a') {}",
    ] {
        assert!(facts_of("a.tsx", source).commands.is_empty(), "{source}");
    }
    let inside = facts_of("a.tsx", "import { f } from 'm'; const x = <p onClick={() => f('u')}>text</p>");
    assert_eq!(call(&inside, "m.f").args[0].value, text("u"));
}

#[test]
fn broken_and_deep_sources_are_survived() {
    let deep =
        |open: &str, inner: &str, close: &str| format!("x = {}{inner}{}", open.repeat(3_000), close.repeat(3_000));
    let mut sources = vec![
        String::new(),
        "import { from '".to_owned(),
        "new ".to_owned(),
        "const { = require(".to_owned(),
        "class { constructor(private".to_owned(),
        "`${`${".to_owned(),
        "f(,,{a:},...)".to_owned(),
        deep("(", "1", ")"),
        deep("[", "", "]"),
        deep("f(", "", ")"),
        deep("`${", "1", "}`"),
        deep("a => ", "1", ""),
        deep("a ? b : ", "1", ""),
        format!("const {}b{} = x", "{a:".repeat(3_000), "}".repeat(3_000)),
        format!("let x: A{}", "|B".repeat(3_000)),
    ];
    let whole = "import { A } from 'm'; class B extends A { x?: A = new A(`${y}`); go({ z }: C) { f(...z) } }";
    sources.extend((0..whole.len()).map(|end| whole[..end].to_owned()));
    for source in sources {
        for path in ["a.js", "a.ts", "a.tsx"] {
            facts_of(path, &source);
        }
    }
    let chain = format!("import {{ f }} from 'm'; f('a'{})", " + 'a'".repeat(3_000));
    assert_eq!(call(&facts(&chain), "m.f").args[0].value, text(&"a".repeat(3_001)));
}
