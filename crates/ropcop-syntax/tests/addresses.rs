//! The address to which a form is sent.

mod ways;

use ways::check;

#[test]
fn a_form_goes_to_the_address_of_its_own_request_in_python() {
    check(
        "sample.py",
        r#"
import os
import urllib.request
from urllib.parse import urlencode
import requests
import httpx

ONE = "https://one.example/token"
TWO = "https://two.example"


def plain(user):
    form = {"grant": "password", "user": user}  # to: https://one.example/token
    return requests.post(ONE, data=form)


def built(user):
    payload = "grant=password&user=%s" % user  # to: https://two.example/$tenant/token
    requests.post("%s/%s/token" % (TWO, tenant), data=payload)


def from_environment(user):
    requests.post(os.environ["TOKEN_URL"], data={"user": user, "grant": "password"})  # to: $TOKEN_URL


def by_a_class(user):
    call = urllib.request.Request(ONE, urlencode({"grant": "password", "user": user}).encode())  # to: https://one.example/token
    urllib.request.urlopen(call)


def on_a_server(user):
    with httpx.Client(base_url=TWO) as client:
        client.post("/token", data={"grant": "password", "user": user})  # to: https://two.example/token


def returned(user):
    return {"grant": "password", "user": user}  # to: https://one.example/token


def sends():
    requests.post(ONE, data=returned("u"))


def nobody_sends(user):
    form = {"grant": "password", "user": user}  # to:
    print(form)


class Backend:
    def __init__(self, host, path="/own/token"):
        self.host = host
        self.path = path

    def _post(self, path, form):
        return requests.post(self.host + path, data=form)

    def go(self, user):
        self._post("/first", {"grant": "password", "user": user})  # to: https://two.example/first
        self._post(self.path, {"grant": "password", "user": user})  # to: https://two.example/own/token


Backend(TWO)
"#,
    );
}

#[test]
fn two_requests_of_a_file_have_two_addresses() {
    check(
        "sample.ts",
        r#"
import axios from "axios";
import qs from "qs";
import https from "https";

const shop = "https://shop.example/token";
const staff = "https://staff.example/token";
const api = axios.create({ baseURL: process.env.AUTH_URL });
const own = axios.create({ baseURL: "https://own.example" });

export const a = (user: string) => fetch(shop, { method: "POST", body: new URLSearchParams({ grant: "password", user }) }); // to: https://shop.example/token
export const b = (user: string) => fetch(staff, { method: "POST", body: new URLSearchParams({ grant: "password", user }) }); // to: https://staff.example/token

export async function c(user: string) {
  await api.post("/oauth/token", qs.stringify({ grant: "password", user })); // to: $AUTH_URL/oauth/token
  await own.post(`/${tenant}/token`, qs.stringify({ grant: "password", user })); // to: https://own.example/$tenant/token
  await axios({ method: "post", url: shop, data: qs.stringify({ grant: "password", user }) }); // to: https://shop.example/token
  const body = new URLSearchParams();
  body.append("grant", "password"); // to: $authority/token
  body.append("scope", "https://other.example/.default");
  await fetch(`${env.authority}/token`, { method: "POST", body });
  await superagent.post(shop).type("form").send({ grant: "password", user }); // to: https://shop.example/token
  await fetch(`${base}/auth/token?grant=password`, { method: "POST" }); // to: $base/auth/token
}

function d(user: string) {
  const form = qs.stringify({ grant: "password", user }); // to: https://staff.example/common/token
  const request = https.request({ hostname: "staff.example", path: "/common/token", method: "POST" }, () => {});
  request.write(form);
  request.end();
}

class Service {
  e(user: string) { return this.http.post(this.config.get("TOKEN_URL"), new URLSearchParams({ grant: "password", user })); } // to: $TOKEN_URL
}
"#,
    );
}

#[test]
fn a_request_object_has_the_address_that_it_was_made_with() {
    check(
        "Sample.cs",
        r#"
using System.Net.Http;
using RestSharp;

class Sample
{
    string tokenUrl;
    string authority = "https://staff.example/";

    async Task Go(HttpClient http, string user)
    {
        var client = new RestClient("https://one.example/token");
        var request = new RestRequest(Method.POST);
        request.AddParameter("grant", "password"); // to: https://one.example/token
        request.AddParameter("resource", "https://other.example");
        client.Execute(request);

        var message = new HttpRequestMessage(HttpMethod.Post, new Uri("https://two.example/token"));
        message.Content = new StringContent("grant=password&user=" + user, Encoding.UTF8, "application/x-www-form-urlencoded"); // to: https://two.example/token
        await http.SendAsync(message);

        var based = new HttpClient { BaseAddress = new Uri("https://three.example/") };
        var pairs = new List<KeyValuePair<string, string>> {
            new KeyValuePair<string, string>("grant", "password"), // to: https://three.example/oauth/token
            new KeyValuePair<string, string>("user", user) };
        await based.PostAsync("oauth/token", new FormUrlEncodedContent(pairs));

        var form = new Dictionary<string, string> { ["grant"] = "password", ["user"] = user }; // to: $tokenUrl
        await http.PostAsync(tokenUrl, new FormUrlEncodedContent(form));

        await Post(new Dictionary<string, string> { ["grant"] = "password", ["user"] = user }); // to: https://staff.example/common/token
    }

    Task Post(Dictionary<string, string> form) => http.PostAsync(authority + "common/token", new FormUrlEncodedContent(form));
}
"#,
    );
    check(
        "Sample.java",
        r#"
import okhttp3.*;
import org.apache.http.client.methods.HttpPost;

class Sample {
    void go(String user) throws Exception {
        RequestBody body = new FormBody.Builder().add("grant", "password").add("scope", "https://other.example/.default").build(); // to: https://one.example/token
        Request request = new Request.Builder().url("https://one.example/token").post(body).build();
        client.newCall(request).execute();

        String form = "grant=password&user=" + user; // to: $BASE/token
        HttpRequest.newBuilder().uri(URI.create(BASE + "/token")).POST(HttpRequest.BodyPublishers.ofString(form)).build();

        HttpPost post = new HttpPost("https://two.example/token");
        List<NameValuePair> params = new ArrayList<>();
        params.add(new BasicNameValuePair("grant", "password")); // to: https://two.example/token
        params.add(new BasicNameValuePair("resource", "https://other.example"));
        post.setEntity(new UrlEncodedFormEntity(params));
        http.execute(post);

        String url = "https://three.example/token";
        String text = "grant=password&user=" + user; // to: https://three.example/token
        post(url, text);
    }
}
"#,
    );
    check(
        "sample.go",
        r#"
package sample

import (
	"fmt"
	"net/http"
	"net/url"
	"strings"
)

func go_(user string) {
	form := url.Values{"grant": {"password"}, "user": {user}} // to: https://one.example/token
	http.PostForm("https://one.example/token", form)
	data := url.Values{}
	data.Set("grant", "password") // to: $base/token
	data.Set("scope", "https://other.example/.default")
	request, _ := http.NewRequest("POST", fmt.Sprintf("%s/token", base), strings.NewReader(data.Encode()))
	http.DefaultClient.Do(request)
}
"#,
    );
    check(
        "sample.kt",
        r#"
import okhttp3.*

class Sample(private val url: String = "https://one.example/token") {
    fun go(user: String) {
        val body = FormBody.Builder().add("grant", "password").add("user", user).build() // to: https://one.example/token
        val request = Request.Builder().url(url).post(body).build()
        client.newCall(request).execute()
    }
}
"#,
    );
    check(
        "sample.scala",
        r#"
object Sample {
  val url = "https://one.example/token"
  def go(user: String) = Http(url).postForm(Seq("grant" -> "password", "user" -> user)).asString // to: https://one.example/token
}
"#,
    );
}

/// What a stand-in for a server is told to expect, and what is sent to one, is no request.
#[test]
fn what_a_stand_in_for_a_server_expects_is_no_form() {
    check(
        "test_sample.py",
        r#"
import httpretty
import requests
import responses
from urllib.parse import urlencode

BASE = "https://one.example/"


def expected(user):
    query = {}
    query["grant"] = "password"
    query["user"] = user
    httpretty.register_uri(httpretty.POST, BASE + "token?" + urlencode(query), "{}")


@responses.activate
def matched():
    responses.add(responses.POST, BASE, match=[responses.matchers.urlencoded_params_matcher({"grant": "password", "user": "u"})])


def real():
    responses = [requests.post(BASE, data={"grant": "password", "user": "u"})]  # to: https://one.example/
    return responses
"#,
    );
    check(
        "sample.test.js",
        r#"
const nock = require("nock");

nock("https://one.example").post("/token", { grant: "password", user: "u" }).reply(200, {});
fetch("https://one.example/token", { body: new URLSearchParams({ grant: "password", user: "u" }) }); // to: https://one.example/token
"#,
    );
    check(
        "sample_test.go",
        r#"
package sample

import (
	"net/http"
	"net/http/httptest"
	"strings"
)

func TestToken(t *testing.T) {
	server := httptest.NewServer(handler)
	http.Post(server.URL+"/token", "application/x-www-form-urlencoded", strings.NewReader("grant=password&user=u"))
	http.Post("https://one.example/token", "application/x-www-form-urlencoded", strings.NewReader("grant=password&user=u")) // to: https://one.example/token
}
"#,
    );
    check(
        "SampleTest.java",
        r#"
import static com.github.tomakehurst.wiremock.client.WireMock.*;

class SampleTest {
    void stubs() {
        stubFor(post(urlEqualTo("/token")).withRequestBody(containing("grant=password&user=u")).willReturn(ok()));
    }
}
"#,
    );
    check(
        "SampleTests.cs",
        r#"
using WireMock.RequestBuilders;

class SampleTests
{
    void Stubs() => server.Given(Request.Create().WithPath("/token").WithBody("grant=password&user=u")).RespondWith(ok);
}
"#,
    );
}

#[test]
fn what_is_only_compared_is_no_form() {
    check(
        "token_test.go",
        r#"
package sample

func TestOne(t *testing.T) {
	want := url.Values{"grant": {"password"}, "user": {"u"}}
	if !reflect.DeepEqual(capture(), want) {
		t.Fail()
	}
}

func TestTable(t *testing.T) {
	tests := []struct{ name string; query url.Values }{
		{name: "one", query: url.Values{"grant": {"password"}, "user": {"u"}}},
	}
	for _, test := range tests {
		if diff := cmp.Diff(test.query, capture()); diff != "" {
			t.Error(diff)
		}
	}
}

func TestBoth(t *testing.T) {
	sent := url.Values{"grant": {"password"}, "user": {"u"}} // to: https://one.example/token
	http.PostForm("https://one.example/token", sent)
	if !reflect.DeepEqual(capture(), sent) {
		t.Fail()
	}
}
"#,
    );
    check(
        "test_token.py",
        r#"
def test_one():
    want = {"grant": "password", "user": "u"}
    assert capture() == want

def test_two():
    self.assertEqual(capture(), {"grant": "password", "user": "u"})

def test_both():
    form = {"grant": "password", "user": "u"}  # to: https://one.example/token
    requests.post("https://one.example/token", data=form)
    assert capture() == form
"#,
    );
    check(
        "TokenTests.cs",
        r#"
using Xunit;
using RichardSzalay.MockHttp;

class TokenTests
{
    void Stub()
    {
        var mock = new MockHttpMessageHandler();
        mock.When("https://one.example/token").WithFormData(new Dictionary<string, string> { ["grant"] = "password", ["user"] = "u" });
    }

    void Sends()
    {
        var client = new HttpClient();
        client.PostAsync("https://one.example/token", new FormUrlEncodedContent(new Dictionary<string, string> { ["grant"] = "password", ["user"] = "u" })); // to: https://one.example/token
    }
}
"#,
    );
}

#[test]
fn a_command_sends_to_the_address_among_its_words() {
    check(
        "sample.sh",
        r#"
ONE=https://one.example/token
curl -s -H "Referer: https://other.example" -d grant=password -d user="$U" "$ONE" # to: https://one.example/token
curl -d "grant=password&scope=https://other.example/.default" --url="https://two.example/$TENANT/token" # to: https://two.example/$TENANT/token
curl -d "grant=password&user=$U" "$TOKEN_URL" # to: $TOKEN_URL
curl -d "grant=password&user=$U" "${HOST}/auth/token" # to: $HOST/auth/token
http --form POST https://three.example/token grant=password scope=https://other.example/.default # to: https://three.example/token
wget --post-data="grant=password&user=$U" https://four.example/token -O - # to: https://four.example/token
send "grant=password&user=$U" # to:
"#,
    );
}
