//! What findings hide: the literals of which passwords are made, and no names.

mod repository;

use std::collections::BTreeMap;

use repository::Scanner;
use ropcop_engine::Finding;
use ropcop_syntax::Language;

/// What each finding of a file hides.
fn hidden(scanner: &Scanner, path: &str, text: &str) -> Vec<Vec<String>> {
    let found = scanner.findings(&BTreeMap::from([(path.to_owned(), text.to_owned())]));
    let of = |finding: &Finding| {
        let literals = finding.secrets.iter().flat_map(|secret| &secret.literals);
        literals.map(|span| text[span.start..span.end].to_owned()).collect()
    };
    found.iter().map(of).collect()
}

/// Languages in which what stands outside of quotes is a name or a sign.
fn has_quotes(language: Language) -> bool {
    ["python", "javascript", "typescript", "csharp", "go", "java", "kotlin", "lua", "scala", "groovy"]
        .contains(&language.name())
}

/// Whether a stretch of a program begins and ends beside a quote, a hole or a pair of a longer text.
fn stands_in_a_text(text: &str, start: usize, end: usize) -> bool {
    let quotes = ['"', '\'', '`', '/'];
    text[..start].contains(quotes) && text[end..].contains(quotes) && {
        let line = text[..start].rfind('\n').map_or(0, |at| at + 1);
        let before = &text[line..start];
        // A text of several lines may begin above.
        before.contains(quotes)
            || text[..start].contains("@\"")
            || text[..start].contains("\"\"\"")
            || text[..start].contains('`')
    }
}

#[test]
fn what_is_hidden_in_the_examples_of_rules_is_a_literal() {
    let scanner = Scanner::new();
    let mut wrong = Vec::new();
    let mut seen = 0;
    for rule in &scanner.rules.rules {
        for example in rule.file.bad.iter().chain(&rule.file.good) {
            for finding in scanner.findings(example) {
                let text = &example[&*finding.path];
                let is_program = Language::detect(&finding.path, text).is_some_and(has_quotes);
                for span in finding.secrets.iter().flat_map(|secret| &secret.literals) {
                    seen += 1;
                    let written = &text[span.start..span.end];
                    let is_reference = written.starts_with("${") || written.starts_with("$(") || written == "$";
                    let is_in_text = !is_program || stands_in_a_text(text, span.start, span.end);
                    if is_reference || !is_in_text || written.is_empty() {
                        wrong.push(format!("{} {}: {written:?} at {span:?} in\n{text}", rule.id, finding.path));
                    }
                }
            }
        }
    }
    assert!(seen > 100, "{seen}");
    assert!(wrong.is_empty(), "{} of {seen}:\n{}", wrong.len(), wrong.join("\n"));
}

#[test]
fn the_literals_of_a_secret_are_hidden_wherever_the_file_writes_them() {
    let scanner = Scanner::new();
    let python = "from azure.identity import UsernamePasswordCredential as U\nimport os\n";
    for (path, text, expected) in [
        ("a.sh", "az login -u a@b.c -p umbrella", &["umbrella"][..]),
        ("a.sh", "word=umbrella; az login -u a@b.c -p $word", &["umbrella"]),
        ("a.sh", "az login -u a@b.c -p \"${PW:-umbrella}\"", &["umbrella"]),
        ("a.sh", "az login -u a@b.c -p 'um'\\''brella'", &["um'\\''brella"]),
        ("a.sh", "az login -u a@b.c -p \"um\\\"brella\"", &["um\\\"brella"]),
        ("a.sh", "az login -u a@b.c -p \"$PASSWORD\"", &[]),
        ("a.sh", "az login -u a@b.c -p '$(Password)'", &[]),
        ("a.yml", "- run: az login -u a@b.c -p \"um\\\"brella\"\n", &["um\\\"brella"]),
        ("a.tf", "x = \"az login -u u -p ${var.pw != \"\" ? var.pw : \"umbrella\"}\"\n", &["umbrella"]),
        ("Jenkinsfile", "node { sh \"az login -u u -p ${params.PW ?: 'umbrella'}\" }", &["umbrella"]),
    ] {
        assert_eq!(hidden(&scanner, path, text).concat(), expected, "{text}");
    }
    for (call, expected) in [
        ("U('c', 'u', 'umbrella')", &["umbrella"][..]),
        ("U('c', 'u', 'um\\'brella')", &["um\\'brella"]),
        ("x = 'umbrella'; U('c', 'u', x)", &["umbrella"]),
        ("U('c', 'u', password=os.getenv('PW') or 'umbrella')", &["umbrella"]),
        ("U('c', 'u', password=os.getenv('PW', 'umbrella'))", &["umbrella"]),
        ("U('c', 'u', os.environ['PW'])", &[]),
        ("U('c', 'u', str('umbrella'))", &["umbrella"]),
        ("U('c', 'u', f'red-{word}-umbrella')", &["red-", "-umbrella"]),
        ("U('c', 'u', 'umbrella' if word else \"other-one\")", &["umbrella", "other-one"]),
        ("U('c', 'u', get_password(user))", &[]),
    ] {
        let text = format!("{python}{call}\n");
        assert_eq!(hidden(&scanner, "a.py", &text).concat(), expected, "{call}");
    }
}

#[test]
fn languages_of_all_families_hide_whole_literals() {
    let scanner = Scanner::new();
    for (path, text, expected) in [
        (
            "a.go",
            "package a\nimport \"github.com/Azure/azure-sdk-for-go/sdk/azidentity\"\nfunc f(u string) {\n\tazidentity.NewUsernamePasswordCredential(\"t\", \"c\", u, \"um\\\"brella\", nil)\n}\n",
            &["um\\\"brella"][..],
        ),
        (
            "a.go",
            "package a\nimport \"github.com/Azure/azure-sdk-for-go/sdk/azidentity\"\nfunc f(u, p string) {\n\tazidentity.NewUsernamePasswordCredential(\"t\", \"c\", u, p, nil)\n}\n",
            &[],
        ),
        (
            "a.cs",
            "using Azure.Identity;\nclass A { object f = new UsernamePasswordCredential(\"u\", @\"um\"\"brella\", \"t\", \"c\"); }\n",
            &["um\"\"brella"],
        ),
        (
            "a.ts",
            "import { UsernamePasswordCredential } from \"@azure/identity\";\nnew UsernamePasswordCredential(\"t\", \"c\", \"u\", `umbrella`);\n",
            &["umbrella"],
        ),
    ] {
        assert_eq!(hidden(&scanner, path, text).concat(), expected, "{text}");
    }
}
