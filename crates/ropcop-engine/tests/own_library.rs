//! A library's own repository signs in too, in its tests and samples, and is told that it is the library.

mod repository;

use std::collections::BTreeMap;

use repository::Scanner;

/// The messages of what is found in a file.
fn messages(path: &str, text: &str) -> Vec<String> {
    let found = Scanner::new().findings(&BTreeMap::from([(path.to_owned(), text.to_owned())]));
    found.into_iter().map(|finding| finding.message).collect()
}

#[test]
fn a_call_in_the_package_of_the_library_is_reported_as_such() {
    let java = "package com.microsoft.aad.msal4j;\nclass SignInIT {\n  void run(String name, String word) {\n    \
                app.acquireToken(UserNamePasswordParameters.builder(scopes, name, word.toCharArray()).build());\n  }\n}\n";
    let kotlin = "package com.microsoft.aad.msal4j\nfun run(name: String, word: String) {\n  \
                  app.acquireToken(UserNamePasswordParameters.builder(scopes, name, word.toCharArray()).build())\n}\n";
    let csharp = "namespace Azure.Identity.Tests;\nclass Tests {\n  object Make(string name, string word) => new \
                  UsernamePasswordCredential(name, word, \"tenant\", \"client\");\n}\n";
    let go = "package adal\nfunc run(c OAuthConfig, name, word string) {\n\t\
              NewServicePrincipalTokenFromUsernamePassword(c, \"app\", name, word, \"https://management.azure.com/\")\n}\n";
    for (path, text) in [
        ("SignInIT.java", java),
        ("SignIn.kt", kotlin),
        ("Tests.cs", csharp),
        ("token_test.go", go),
        ("autorest/adal/a_test.go", go),
    ] {
        let found = messages(path, text);
        let [message] = &found[..] else { panic!("one finding in {text}: {found:#?}") };
        assert!(message.contains("the library's own package"), "{message}");
    }
}

#[test]
fn an_import_says_whose_it_is_wherever_the_file_lies() {
    let csharp = "using Azure.Identity;\nnamespace Azure.Identity.Samples;\nclass Tests {\n  object Make(string name, string \
                  word) => new UsernamePasswordCredential(name, word, \"tenant\", \"client\");\n}\n";
    let found = messages("Tests.cs", csharp);
    let [message] = &found[..] else { panic!("one finding: {found:#?}") };
    assert!(!message.contains("own package"), "{message}");
}

#[test]
fn a_class_of_the_same_name_in_another_package_is_no_sign_in() {
    let java = "package org.example.msal4j;\nclass SignInIT {\n  void run(String name, String word) {\n    \
                app.acquireToken(UserNamePasswordParameters.builder(scopes, name, word.toCharArray()).build());\n  }\n}\n";
    let csharp = "namespace Contoso.Identity;\nclass Tests {\n  object Make(string name, string word) => new \
                  UsernamePasswordCredential(name, word, \"tenant\", \"client\");\n}\n";
    let typescript = "import { UsernamePasswordCredential } from './identity';\n\
                      new UsernamePasswordCredential(tenant, client, name, word);\n";
    let go = "package sign\nfunc run(c OAuthConfig, name, word string) {\n\t\
              NewServicePrincipalTokenFromUsernamePassword(c, \"app\", name, word, \"https://management.azure.com/\")\n}\n";
    // Another package that has the same name, and lies elsewhere.
    let own = go.replace("package sign", "package adal");
    for (path, text) in [
        ("SignInIT.java", java),
        ("Tests.cs", csharp),
        ("a.ts", typescript),
        ("token.go", go),
        ("sign/adal/token.go", own.as_str()),
        (
            "adal/token_test.go",
            "package adal\nvar secret = ServicePrincipalUsernamePasswordSecret{Username: \"a\", Password: word}\n",
        ),
    ] {
        assert_eq!(messages(path, text), Vec::<String>::new(), "{text}");
    }
}
