//! What stands on the way of a call or in the address of a form decides; what stands around it makes a finding less sure.
//! In the samples, `want` marks a line that must be reported, with what makes it less sure, and `no` one that must not.

mod repository;

use std::collections::BTreeMap;

use ropcop_engine::Confidence;

fn check(rule: &str, path: &str, text: &str) {
    let mut found: Vec<String> = Vec::new();
    let lines: Vec<&str> = text.lines().collect();
    let files = BTreeMap::from([(path.to_owned(), text.to_owned())]);
    for finding in repository::Scanner::new().findings(&files) {
        if &*finding.rule != rule {
            continue;
        }
        let line = text[..finding.span.start].matches('\n').count();
        let confidence = match finding.confidence {
            Confidence::High => "",
            Confidence::Medium => " medium",
            Confidence::Low => " low",
        };
        let doubt = finding.message.split("; ").skip(1).filter(|part| !part.contains("password")).collect::<Vec<_>>();
        let doubt = doubt.iter().map(|doubt| format!(": {doubt}")).collect::<String>();
        found.push(format!("{}: want{confidence}{doubt}", line + 1));
    }
    let mark = |line: &str| Some(line.rsplit_once("# ").or_else(|| line.rsplit_once("// "))?.1.trim().to_owned());
    let marks = lines.iter().enumerate().filter_map(|(index, line)| Some((index + 1, mark(line)?)));
    let wanted = marks.filter(|(_, mark)| mark.starts_with("want")).map(|(line, mark)| format!("{line}: {mark}"));
    assert_eq!(found, wanted.collect::<Vec<_>>(), "{path}");
}

#[test]
fn staff_is_reported_beside_customers() {
    let rule = "msal-username-password";
    check(
        rule,
        "token.py",
        r#"
import msal

# Customers sign in at shop.b2clogin.com.
SHOP = "https://shop.b2clogin.com/shop.example/B2C_1_ropc"


class Shop:
    def __init__(self, app=None):
        self.app = app or msal.PublicClientApplication("id", authority=SHOP)

    def buyer(self):
        return self.app.acquire_token_by_username_password(user, word, ["api"])  # no


def staff():
    app = msal.PublicClientApplication("id", authority="https://login.microsoftonline.com/organizations")
    return app.acquire_token_by_username_password(user, word, ["User.Read"])  # want


def default():
    return msal.PublicClientApplication("id").acquire_token_by_username_password(user, word, [])  # want medium: customer identity is named in this file


def handed(app):
    return app.acquire_token_by_username_password(user, word, [])  # want medium: customer identity is named in this file


def either(customer):
    authority = SHOP if customer else "https://login.microsoftonline.com/organizations"
    app = msal.PublicClientApplication("id", authority=authority)
    return app.acquire_token_by_username_password(user, word, [])  # want medium: customer identity is named on one of its ways
"#,
    );
    check(
        rule,
        "Token.cs",
        r#"
using Microsoft.Identity.Client;

class Tokens
{
    const string Shop = "https://shop.b2clogin.com/tfp/shop.example/B2C_1_ROPC";
    private readonly IPublicClientApplication customers = PublicClientApplicationBuilder.Create("id").WithB2CAuthority(Settings.Shop).Build();
    private readonly IPublicClientApplication staff;

    public Tokens(string tenant)
    {
        staff = PublicClientApplicationBuilder.Create("id").WithAuthority($"https://login.microsoftonline.com/{tenant}").Build();
    }

    Task Buyer() => customers.AcquireTokenByUsernamePassword(scopes, user, word).ExecuteAsync(); // no
    Task Staff() => staff.AcquireTokenByUsernamePassword(scopes, user, word).ExecuteAsync(); // want
    Task Cast() => ((IByUsernameAndPassword)staff).AcquireTokenByUsernamePassword(scopes, user, word).ExecuteAsync(); // want

    Task Agent(IConfidentialClientApplication app) =>
        ((IByUsernameAndPassword)app).AcquireTokenByUsernamePassword(scopes, user, unused) // no
            .OnBeforeTokenRequest(Exchange).ExecuteAsync();

    Task Exchange(OnBeforeTokenRequestData data)
    {
        data.BodyParameters["grant_type"] = "user_fic";
        return Task.CompletedTask;
    }

    Task Person(IConfidentialClientApplication app) =>
        ((IByUsernameAndPassword)app).AcquireTokenByUsernamePassword(scopes, user, word).ExecuteAsync(); // want medium: customer identity is named in this file: an agent user is named in this file
}
"#,
    );
    check(
        rule,
        "token.ts",
        r#"
import { PublicClientApplication, Configuration } from "@azure/msal-node";

const shop: Configuration = { auth: { clientId: "id", authority: "https://shop.ciamlogin.com/", knownAuthorities: ["shop.ciamlogin.com"] } };
const staff: Configuration = { auth: { clientId: "id", authority: "https://login.microsoftonline.com/organizations" } };
const client = (config: Configuration) => new PublicClientApplication(config);

export const buyer = () => client(shop).acquireTokenByUsernamePassword({ scopes, username, password }); // no
export const person = () => client(staff).acquireTokenByUsernamePassword({ scopes, username, password }); // want
"#,
    );
    check(
        rule,
        "token.go",
        r#"
package token

import "github.com/AzureAD/microsoft-authentication-library-for-go/apps/public"

const shop = "https://shop.b2clogin.com/tfp/shop.example/policy"

func client(authority string) (public.Client, error) {
	return public.New("id", public.WithAuthority(authority))
}

func buyer() {
	app, _ := client(shop)
	app.AcquireTokenByUsernamePassword(ctx, scopes, user, word) // no
}

func staff() {
	app, _ := client("https://login.microsoftonline.com/organizations")
	app.AcquireTokenByUsernamePassword(ctx, scopes, user, word) // want
}
"#,
    );
    check(
        rule,
        "Token.java",
        r#"
import com.microsoft.aad.msal4j.*;

class Token {
    /** Customers sign in at shop.b2clogin.com. */
    Object staff() throws Exception {
        PublicClientApplication app = PublicClientApplication.builder("id").authority("https://login.microsoftonline.com/organizations").build();
        return app.acquireToken(UserNamePasswordParameters.builder(SCOPES, user, word).build()).join(); // want
    }

    Object buyer() throws Exception {
        PublicClientApplication app = PublicClientApplication.builder("id").b2cAuthority(POLICY).build();
        UserNamePasswordParameters parameters = UserNamePasswordParameters.builder(SCOPES, user, word).build(); // no
        return app.acquireToken(parameters).join();
    }
}
"#,
    );
    check(
        rule,
        "Token.kt",
        r#"
import com.microsoft.aad.msal4j.*

class Token(private val policy: String) {
    private val customers by lazy { PublicClientApplication.builder("id").b2cAuthority(policy).build() }
    private val staff = PublicClientApplication.builder("id").authority("https://login.microsoftonline.com/organizations").build()

    fun buyer() = customers.acquireToken(UserNamePasswordParameters.builder(scopes, user, word).build()).join() // no
    fun person() = staff.acquireToken(UserNamePasswordParameters.builder(scopes, user, word).build()).join() // want
}
"#,
    );
    check(
        rule,
        "Token.scala",
        r#"
import com.microsoft.aad.msal4j._

class Token(policy: String) {
  lazy val customers = PublicClientApplication.builder("id").b2cAuthority(policy).build()
  def staff = PublicClientApplication.builder("id").authority("https://login.microsoftonline.com/organizations").build()

  def buyer() = customers.acquireToken(UserNamePasswordParameters.builder(scopes, user, word).build()).join() // no
  def person() = staff.acquireToken(UserNamePasswordParameters.builder(scopes, user, word).build()).join() // want
}
"#,
    );
    check(
        rule,
        "token.ps1",
        r#"
$customers = [Microsoft.Identity.Client.PublicClientApplicationBuilder]::Create($id).WithB2CAuthority($policy).Build()
$staff = [Microsoft.Identity.Client.PublicClientApplicationBuilder]::Create($id).WithAuthority("https://login.microsoftonline.com/organizations").Build()
$customers.AcquireTokenByUsernamePassword($scopes, $user, $word).ExecuteAsync() # no
$staff.AcquireTokenByUsernamePassword($scopes, $user, $word).ExecuteAsync() # want
"#,
    );
}

#[test]
fn each_request_goes_with_its_own_address() {
    let rule = "entra-password-grant";
    check(
        rule,
        "token.py",
        r#"
import os
import requests

SHOP = "https://shop.b2clogin.com/shop.example/B2C_1_ropc/oauth2/v2.0/token"
STAFF = "https://login.microsoftonline.com/shop.example/oauth2/v2.0/token"


def buyer(user, word):
    form = {"grant_type": "password", "username": user, "password": word}  # no
    return requests.post(SHOP, data=form)


def staff(user, word):
    form = {"grant_type": "password", "username": user, "password": word}  # want
    return requests.post(STAFF, data=form)


def own(user, word):
    form = {"grant_type": "password", "username": user, "password": word}  # no
    return requests.post(os.environ["BACKEND"] + "/auth/token", data=form)


def tenant(user, word, authority):
    form = {"grant_type": "password", "username": user, "password": word}  # want medium: customer identity is named in this file
    return requests.post(f"{authority}/oauth2/v2.0/token", data=form)


def anywhere(user, word):
    form = {"grant_type": "password", "username": user, "password": word}  # want low: customer identity is named in this file
    return requests.post(os.environ["TOKEN_URL"], data=form)


def to_whom(user, word):
    return {"grant_type": "password", "username": user, "password": word}  # want medium: customer identity is named in this file
"#,
    );
    check(
        rule,
        "token.ts",
        r#"
import axios from "axios";

const issuer = "https://login.microsoftonline.com/common/v2.0";
const staff = axios.create({ baseURL: "https://login.microsoftonline.com" });

export const own = (base: string) => fetch(`${base}/auth/v1/token?grant_type=password`, { method: "POST", body }); // no
export const server = () => axios.post(`${host}/connect/token`, new URLSearchParams({ grant_type: "password", username, password })); // no
export const force = () => axios.post(`${host}/services/oauth2/token`, new URLSearchParams({ grant_type: "password", username, password })); // no
export const realm = () => axios.post(`${host}/realms/shop/protocol/openid-connect/token`, new URLSearchParams({ grant_type: "password", username, password })); // no
export const literal = () => axios.post("https://iam.example.org/oauth2/v2.0/token", new URLSearchParams({ grant_type: "password", username, password })); // no
export const person = () => staff.post(`/${tenant}/oauth2/v2.0/token`, new URLSearchParams({ grant_type: "password", username, password })); // want
"#,
    );
    check(
        rule,
        "Token.cs",
        r#"
using System.Net.Http;

class Tokens
{
    const string Authority = "https://login.microsoftonline.com/organizations";
    readonly string tokenUrl;

    Task Own(HttpClient http) => http.PostAsync(tokenUrl, new FormUrlEncodedContent(new Dictionary<string, string>
    {
        ["grant_type"] = "password", // want low
        ["username"] = user, ["password"] = word,
    }));

    Task Staff(HttpClient http)
    {
        var request = new HttpRequestMessage(HttpMethod.Post, Authority + "/oauth2/v2.0/token");
        request.Content = new FormUrlEncodedContent(new Dictionary<string, string>
        {
            ["grant_type"] = "password", // want
            ["username"] = user, ["password"] = word,
        });
        return http.SendAsync(request);
    }

    Task Other(HttpClient http)
    {
        var request = new HttpRequestMessage(HttpMethod.Post, "https://iam.example.org/connect/token");
        request.Content = new StringContent("grant_type=password&username=" + user + "&password=" + word); // no
        return http.SendAsync(request);
    }
}
"#,
    );
    check(
        rule,
        "Token.java",
        r#"
class Token {
    static final String ENTRA = "https://login.microsoftonline.com/common/oauth2/v2.0/token";

    void go() throws Exception {
        HttpRequest.newBuilder(URI.create("https://iam.example.org/oauth2/v2.0/token"))
            .POST(HttpRequest.BodyPublishers.ofString("grant_type=password&username=" + user + "&password=" + word)).build(); // no
        HttpRequest.newBuilder(URI.create(ENTRA))
            .POST(HttpRequest.BodyPublishers.ofString("grant_type=password&username=" + user + "&password=" + word)).build(); // want
    }
}
"#,
    );
    check(
        rule,
        "token.go",
        r#"
package token

import "net/http"
import "net/url"

const entra = "https://login.microsoftonline.com/common/oauth2/token"

func own(user, word string) {
	form := url.Values{"grant_type": {"password"}, "username": {user}, "password": {word}} // no
	http.PostForm(host+"/oauth/token", form)
}

func staff(user, word string) {
	form := url.Values{"grant_type": {"password"}, "username": {user}, "password": {word}} // want
	http.PostForm(entra, form)
}
"#,
    );
}

#[test]
fn nothing_in_the_place_of_the_user_or_the_password_signs_nobody_in() {
    check(
        "kusto-username-password",
        "Check.java",
        r#"
import com.microsoft.azure.kusto.data.auth.ConnectionStringBuilder;

class Check {
    private String later = "";

    void test() {
        ConnectionStringBuilder.createWithAadUserCredentials(cluster, "robot", null); // no
        ConnectionStringBuilder.createWithAadUserCredentials(cluster, "", "pw"); // no
        ConnectionStringBuilder.createWithAadUserCredentials(cluster, "robot", later); // want
    }
}
"#,
    );
    check(
        "azure-identity-username-password",
        "test_check.py",
        r#"
import pytest
from azure.identity import UsernamePasswordCredential


def test_check():
    with pytest.raises(ValueError):
        UsernamePasswordCredential("client", None, "pw")  # no
    with pytest.raises(ValueError):
        UsernamePasswordCredential(client_id="client", username="robot", password="")  # no
    UsernamePasswordCredential(client_id="client", username="robot", password=word)  # want
"#,
    );
    check(
        "msal-username-password",
        "Check.cs",
        r#"
using Microsoft.Identity.Client;

class Check
{
    void Test(IPublicClientApplication app)
    {
        Assert.Throws<ArgumentNullException>(() => app.AcquireTokenByUsernamePassword(scopes, null, "pw")); // no
        Assert.Throws<ArgumentNullException>(() => app.AcquireTokenByUsernamePassword(scopes, user, "")); // no
        app.AcquireTokenByUsernamePassword(scopes, user, password); // want
    }
}
"#,
    );
}

#[test]
fn what_people_read_says_nothing() {
    let rule = "entra-password-grant";
    check(
        rule,
        "token.py",
        r#"
"""Like https://login.microsoftonline.com/common/oauth2/token, but ours."""
import requests


def own(user, word):
    # not https://login.microsoftonline.com
    form = {"grant_type": "password", "username": user, "password": word}  # no
    return requests.post(URL, data=form)
"#,
    );
    check(
        rule,
        "token.sh",
        r#"
# https://login.microsoftonline.com/common/oauth2/token is another one.
curl -d "grant_type=password&username=$U&password=$P" "$URL" # no
"#,
    );
}
