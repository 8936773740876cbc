//! The way of a receiver: how the object was made that a call is made on.

mod ways;

use ways::check;

#[test]
fn a_client_is_followed_to_its_constructor_in_python() {
    check(
        "sample.py",
        r#"
import os
import lib
from .apps import other

SHOP = "https://shop.example/x"


def plain():
    app = lib.App("a", authority=SHOP)
    app.sign_in("u")  # by: App(a, authority=https://shop.example/x)


def directly():
    lib.App("b", authority=f"https://{TENANT}.shop.example").sign_in("u")  # by: App(b, authority=https://$TENANT.shop.example)


def unknown(app):
    app.sign_in("u")  # by: …


def from_elsewhere():
    other.sign_in("u")  # by: …


def in_branches(staff):
    if staff:
        authority = "https://staff.example"
    else:
        authority = SHOP
    app = lib.App("c", authority=authority)
    app.sign_in("u")  # by: App(c, authority=https://staff.example) | App(c, authority=https://shop.example/x)


def made(authority, name="d"):
    return lib.App(name, authority=authority)


def by_a_function():
    app = made(SHOP)
    app.sign_in("u")  # by: made(https://shop.example/x) App(d, authority=https://shop.example/x)
    made("https://staff.example").sign_in("u")  # by: made(https://staff.example) App(d, authority=https://staff.example)


def from_a_table():
    apps = {"shop": lib.App("e", authority=SHOP), "staff": lib.App("f")}
    apps["shop"].sign_in("u")  # by: App(e, authority=https://shop.example/x)
    apps["staff"].sign_in("u")  # by: App(f)


def with_a_default():
    app = lib.App("g", authority=os.environ.get("AUTHORITY", SHOP))
    app.sign_in("u")  # by: get(AUTHORITY, https://shop.example/x) App(g, authority=$AUTHORITY or https://shop.example/x)


def from_settings():
    settings = {"id": "h", "authority": SHOP}
    lib.App(settings["id"], authority=settings["authority"]).sign_in("u")  # by: App(h, authority=https://shop.example/x)
    with lib.App(**settings) as app:
        app.sign_in("u")  # by: App({id: h, authority: https://shop.example/x})


def changed():
    app = lib.App("i")
    app.use(SHOP)
    app.name = "n"
    print(app.get_name())
    app.sign_in("u")  # by: App(i) use(https://shop.example/x) name(name=n)


def given(app):
    app.sign_in("u")  # by: App(j)


given(lib.App("j"))
"#,
    );
}

#[test]
fn a_client_is_followed_through_a_class_in_python() {
    check(
        "sample.py",
        r#"
import lib


class Given:
    def __init__(self, app, fallback=None):
        self.app = app
        self.fallback = fallback

    def go(self):
        self.app.sign_in("u")  # by: App(a)


Given(lib.App("a"))


class Made:
    def __init__(self):
        self.app = None

    def connect(self):
        self.app = lib.App("b")

    @property
    def other(self):
        return lib.App("c")

    def go(self):
        self.app.sign_in("u")  # by: App(b)
        self.other.sign_in("u")  # by: App(c)


class Mine(lib.App):
    def __init__(self, name):
        super().__init__(name, authority="https://shop.example")

    def go(self):
        self.sign_in("u")  # by: Mine(d) App(d, authority=https://shop.example)


Mine("d").sign_in("u")  # by: Mine(d) App(d, authority=https://shop.example)
"#,
    );
}

#[test]
fn a_builder_is_followed_step_by_step_in_csharp() {
    check(
        "Sample.cs",
        r#"
using Lib;

class Sample
{
    const string Shop = "https://shop.example/x";
    private readonly IApp app;
    private readonly Lazy<IApp> lazy = new(() => Builder.Create("lazy").WithShop(Shop).Build());

    public Sample(IApp app) { this.app = app; }

    IApp Arrow => Builder.Create("arrow").Build();
    IApp Accessor { get { return Builder.Create("accessor").Build(); } }

    async Task<IApp> Made() { return Builder.Create("made").Build(); }

    async Task Go(object anything)
    {
        await ((IByPassword)app).SignIn("u"); // by: …
        await lazy.Value.SignIn("u"); // by: Create(lazy) WithShop(https://shop.example/x) Build() Lazy($Build)
        await Arrow.SignIn("u"); // by: Create(arrow) Build()
        await Accessor.SignIn("u"); // by: Create(accessor) Build()
        await (await Made()).SignIn("u"); // by: Made() Create(made) Build()
        var made = Builder.Create("a").WithShop(Shop).Build();
        if (made is IByPassword one) await one.SignIn("u"); // by: Create(a) WithShop(https://shop.example/x) Build()
        if (made is not IByPassword two) return;
        await two.SignIn("u"); // by: Create(a) WithShop(https://shop.example/x) Build()
        await (made as IByPassword).SignIn("u"); // by: Create(a) WithShop(https://shop.example/x) Build()
        switch (made)
        {
            case IByPassword three:
                await three.SignIn("u"); // by: Create(a) WithShop(https://shop.example/x) Build()
                break;
        }
    }

    async Task Steps()
    {
        var builder = Builder.Create("b");
        builder.WithShop(Shop);
        if (x) builder = builder.WithName("n");
        var app = builder.Build();
        await app.SignIn("u"); // by: Create(b) WithShop(https://shop.example/x) Build() | Create(b) WithShop(https://shop.example/x) WithName(n) Build()
        using var other = Builder.From(new Options { Instance = Shop }).Build();
        await other.SignIn("u"); // by: Options(Instance=https://shop.example/x) From({Instance: https://shop.example/x}) Build()
    }

    async Task Behind(IApp app)
    {
        await app.SignIn("u").Before(data => { data.Body["grant_type"] = "agent"; return Done; }).RunAsync(); // by: … grant_type(grant_type=agent) Before(Done) RunAsync()
        var call = app.SignIn("u"); // by: … Before(Exchange) ExecuteAsync()
        call.Before(Exchange);
        await call.ExecuteAsync();
    }
}
"#,
    );
}

#[test]
fn a_configuration_is_followed_in_typescript() {
    check(
        "sample.ts",
        r#"
import { App, Configuration } from "lib";
import { config as other } from "./config";

const SHOP = "https://shop.example/x";
const config: Configuration = { auth: { id: "a", authority: SHOP } };
const app = new App(config);
app.signIn("u"); // by: App({auth: {id: a, authority: https://shop.example/x}})
new App(other).signIn("u"); // by: App($other)

function made(authority: string) { return new App({ auth: { id: "b", authority } }); }
const arrow = (id: string) => new App({ auth: { id } });

async function go() {
  await made(SHOP).signIn("u"); // by: made(https://shop.example/x) App({auth: {id: b, authority: https://shop.example/x}})
  const one = await arrow("c");
  one.signIn("u"); // by: arrow(c) App({auth: {id: c}})
  apps.shop.signIn("u"); // by: App({auth: {id: d}})
  apps["staff"].signIn("u"); // by: App({auth: {id: e}})
}

const apps = { shop: new App({ auth: { id: "d" } }), staff: new App({ auth: { id: "e" } }) };

class Sample {
  private made: App;
  constructor(private readonly given: App) { this.made = new App({ auth: { id: "f", authority: process.env.SHOP_AUTHORITY } }); }
  get property() { return new App({ auth: { id: "g" } }); }
  go() {
    this.made.signIn("u"); // by: App({auth: {id: f, authority: $SHOP_AUTHORITY}})
    this.given.signIn("u"); // by: App({auth: {id: h}})
    this.property.signIn("u"); // by: App({auth: {id: g}})
  }
}

new Sample(new App({ auth: { id: "h" } }));
"#,
    );
}

#[test]
fn options_are_steps_in_go() {
    check(
        "sample.go",
        r#"
package sample

import "example.com/lib/public"

const shop = "https://shop.example/x"

type source struct {
	made  public.Client
	later *public.Client
}

func newSource() *source {
	app, _ := public.New("a", public.WithAuthority(shop))
	return &source{made: app}
}

func (s *source) set() { s.later = client(shop) }

func (s *source) get() {
	s.made.SignIn("u") // by: WithAuthority(https://shop.example/x) New(a, $shop)
	s.later.SignIn("u") // by: client(https://shop.example/x) WithCache($cache) WithAuthority(https://shop.example/x) New(b, $opts)
}

func client(authority string) *public.Client {
	opts := []public.Option{public.WithCache(cache)}
	opts = append(opts, public.WithAuthority(authority))
	app, err := public.New("b", opts...)
	if err != nil {
		return nil
	}
	return &app
}

func plain(given public.Client) {
	app, err := public.New("c")
	_, err = app.SignIn("u") // by: New(c)
	given.SignIn("u") // by: …
}
"#,
    );
}

/// In Java and its relatives the parameters say that somebody signs in, and the client receives them.
#[test]
fn parameters_are_followed_to_the_client_that_receives_them() {
    check(
        "Sample.java",
        r#"
import com.example.lib.App;
import com.example.lib.Parameters;

class Sample {
    static final String SHOP = "https://shop.example/x";
    private App given;

    App made(String authority) { return App.builder("a").authority(authority).build(); }

    void go() {
        Parameters parameters = Parameters.signIn("u").build(); // by: … acquire($build) build()
        given.acquire(parameters).join();
        App shop = App.builder("b").shop(SHOP).build();
        shop.acquire(Parameters.signIn("u").tenant("t").build()).join(); // by: builder(b) shop(https://shop.example/x) build() acquire($build) tenant(t) build()
        made(SHOP).acquire(Parameters.signIn("u").build()); // by: made(https://shop.example/x) builder(a) authority(https://shop.example/x) build() acquire($build) build()
    }
}
"#,
    );
    check(
        "sample.kt",
        r#"
import com.example.lib.App
import com.example.lib.Parameters

const val SHOP = "https://shop.example/x"

class Sample(private val given: App) {
    private val lazyApp by lazy { App.builder("a").shop(SHOP).build() }

    fun made(authority: String): App = App.builder("b").authority(authority).build()

    fun go(user: String) {
        given.acquire(Parameters.signIn(user).build()) // by: … acquire($build) build()
        lazyApp.acquire(Parameters.signIn(user).build()) // by: builder(a) shop(https://shop.example/x) build() acquire($build) build()
        made(SHOP).acquire(Parameters.signIn(user).build()) // by: made(https://shop.example/x) builder(b) authority(https://shop.example/x) build() acquire($build) build()
        val parameters = Parameters.signIn(user).build() // by: builder(c) shop(https://shop.example/x) build() acquire($build) build()
        val app = App.builder("c").apply { shop(SHOP) }.build()
        app.acquire(parameters)
    }
}
"#,
    );
    check(
        "sample.scala",
        r#"
import com.example.lib.App
import com.example.lib.Parameters

class Sample(handed: App) {
  val shop = "https://shop.example/x"
  lazy val made = App.builder("a").shop(shop).build()
  def client(authority: String) = App.builder("b").authority(authority).build()

  def go(user: String) = {
    handed.acquire(Parameters.signIn(user).build()) // by: … acquire($build) build()
    made.acquire(Parameters.signIn(user).build()) // by: builder(a) shop(https://shop.example/x) build() acquire($build) build()
    client(shop).acquire(Parameters.signIn(user).build()) // by: client(https://shop.example/x) builder(b) authority(https://shop.example/x) build() acquire($build) build()
  }
}
"#,
    );
    check(
        "sample.groovy",
        r#"
import com.example.lib.*

class Sample {
    App made(String authority) { return App.builder("a").authority(authority).build() }
    def go() {
        def app = made("https://shop.example/x")
        app.acquire(Parameters.signIn("u").build()) // by: made(https://shop.example/x) builder(a) authority(https://shop.example/x) build() acquire($build) build()
    }
}
"#,
    );
}

#[test]
fn dotnet_objects_of_a_script_are_followed() {
    check(
        "sample.ps1",
        r#"
$app = [Example.Builder]::Create($id).WithShop("https://shop.example/x").Build()
$app.SignIn($user) # by: Create($id) WithShop(https://shop.example/x) Build()
$builder = [Example.Builder]::Create("a")
$builder = $builder.WithAuthority("https://staff.example")
$other = $builder.Build()
$other.SignIn($user) # by: Create(a) WithAuthority(https://staff.example) Build()
$third = New-Object Example.App("b", "https://staff.example")
$third.SignIn($user) # by: App(b, https://staff.example)
"#,
    );
}

/// Whoever calls an override that hands on signs in, not the override.
#[test]
fn an_override_that_only_hands_on_is_no_call_of_its_own() {
    check(
        "sample.py",
        r#"
import lib


class Mine(lib.App):
    def sign_in(self, user):
        return super().sign_in(user)

    def go(self):
        return super().sign_in("u")  # by: Mine(a)


Mine("a").sign_in("u")  # by: Mine(a)
"#,
    );
    check(
        "sample.ts",
        r#"
import { App } from "lib";

class Mine extends App {
  async signIn(user: string) { return super.signIn(user); }
  go() { return super.signIn("u"); } // by: Mine(a)
}

new Mine("a").signIn("u"); // by: Mine(a)
"#,
    );
    check(
        "Sample.cs",
        r#"
using Lib;

class Mine : App
{
    public override Task SignIn(string user) => base.SignIn(user);
    Task Go() => base.SignIn("u"); // by: Mine(a)
    static Task Other() => new Mine("a").SignIn("u"); // by: Mine(a)
}
"#,
    );
    check(
        "Sample.java",
        r#"
import com.example.lib.App;

class Mine extends App {
    @Override Object signIn(String user) { return super.signIn(user); }
    Object go() { return super.signIn("u"); } // by: Mine(a)
    static Object other() { return new Mine("a").signIn("u"); } // by: Mine(a)
}
"#,
    );
    check(
        "sample.kt",
        r#"
import com.example.lib.App

class Mine : App("b") {
    override fun signIn(user: String) = super.signIn(user)
    fun go() = super.signIn("u") // by: Mine() App(b)
}

val token = Mine().signIn("u") // by: Mine() App(b)
"#,
    );
}

/// Names that are given to each other in a circle, and a value with more ways than anybody writes.
#[test]
fn what_has_no_end_is_cut() {
    check("sample.py", "def f(a):\n    a = b = a\n    b = a\n    a.sign_in('u')  # by: …\n");
    let branches: String =
        (0..40).map(|n| format!("    if x{n}:\n        a = 'v{n}'\n    else:\n        a = 'w{n}'\n")).collect();
    let text = format!("import lib\ndef f():\n{branches}    lib.App(a, a, a).sign_in('u')\n");
    let source = ropcop_syntax::Source::detect("sample.py", &text).expect("Python");
    let facts = ropcop_syntax::extract(&source, &|_| true);
    let call = facts.calls.iter().find(|call| call.symbols[0].path.ends_with("sign_in")).expect("the call");
    assert!(call.ways.len() <= 8, "{}", call.ways.len());
}
