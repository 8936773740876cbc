//! Environment pairs against the truth: what the libraries themselves choose.
//!
//! `tests/truth/environment-credential.tsv` was made by azure-identity for Python and @azure/identity for JavaScript; each of
//! its rows becomes a small repository: a credential in one file, its environment in another of another format.

mod repository;

use std::collections::BTreeMap;
use std::fs;

use repository::Scanner;
use ropcop_engine::{Confidence, Finding, Severity};

const RULE: &str = "azure-identity-environment-password";

/// The variables of a row that are there, with their values.
type Environment<'v> = Vec<(&'v str, &'v str)>;

/// An environment as a file; which format does not matter, so they take turns.
fn environment_file(turn: usize, environment: &Environment<'_>) -> (&'static str, String) {
    let lines = |line: &dyn Fn(&str, &str) -> String| environment.iter().map(|(k, v)| line(k, v)).collect::<String>();
    match turn % 8 {
        0 => (".env", lines(&|k, v| format!("{k}=\"{v}\"\n"))),
        1 => (
            "compose.yaml",
            format!(
                "services:\n  app:\n    image: app:1\n    environment:\n      A: b\n{}",
                lines(&|k, v| format!("      {k}: '{v}'\n"))
            ),
        ),
        2 => (
            ".github/workflows/run.yml",
            format!(
                "on: push\njobs:\n  run:\n    runs-on: ubuntu-latest\n    env:\n      A: b\n{}    steps:\n      - run: make\n",
                lines(&|k, v| format!("      {k}: '{v}'\n"))
            ),
        ),
        3 => (
            "local.settings.json",
            format!("{{\"Values\": {{ \"A\": \"b\"{} }}}}", lines(&|k, v| format!(",\n \"{k}\": \"{v}\""))),
        ),
        4 => ("run.sh", format!("export A=b\n{}./app\n", lines(&|k, v| format!("export {k}='{v}'\n")))),
        5 => ("Dockerfile", format!("FROM scratch\nENV A=b\n{}", lines(&|k, v| format!("ENV {k}=\"{v}\"\n")))),
        6 => (
            "job.yaml",
            format!(
                "apiVersion: v1\nkind: Pod\nspec:\n  containers:\n    - name: app\n      env:\n        - name: A\n          value: b\n{}",
                lines(&|k, v| format!("        - name: {k}\n          value: '{v}'\n"))
            ),
        ),
        _ => (
            "deploy/main.tf",
            format!(
                "resource \"x\" \"app\" {{\n  app_settings = {{\n    A = \"b\"\n{}  }}\n}}\n",
                lines(&|k, v| format!("    {k} = \"{v}\"\n"))
            ),
        ),
    }
}

/// The surest finding of the rule in a repository, but for what it says of an environment that is not all seen.
fn confidence(
    scanner: &Scanner,
    turn: usize,
    environment: &Environment<'_>,
    others: &[(String, String)],
) -> Option<Confidence> {
    let found = findings(scanner, turn, environment, others);
    let is_whole = |finding: &&Finding| !finding.message.contains("is set where this runs");
    found.iter().filter(is_whole).map(|finding| finding.confidence).max()
}

fn findings(
    scanner: &Scanner,
    turn: usize,
    environment: &Environment<'_>,
    others: &[(String, String)],
) -> Vec<Finding> {
    let (path, text) = environment_file(turn, environment);
    let files: BTreeMap<String, String> = others.iter().cloned().chain([(path.to_owned(), text)]).collect();
    let mut found = scanner.findings(&files);
    found.retain(|finding| &*finding.rule == RULE);
    found
}

struct Row<'t> {
    line: &'t str,
    cells: Vec<&'t str>,
}

impl<'t> Row<'t> {
    const VARIABLES: [&'static str; 6] = [
        "AZURE_TENANT_ID",
        "AZURE_CLIENT_ID",
        "AZURE_CLIENT_SECRET",
        "AZURE_CLIENT_CERTIFICATE_PATH",
        "AZURE_USERNAME",
        "AZURE_PASSWORD",
    ];

    fn environment(&self) -> Environment<'t> {
        let variables = Self::VARIABLES.iter().zip(&self.cells[3..9]);
        let set = variables.filter_map(|(name, state)| match *state {
            "set" => Some((*name, "some-value")),
            "empty" => Some((*name, "")),
            _ => None,
        });
        let chosen = match self.cells[9] {
            "unset" => None,
            "empty" => Some(("AZURE_TOKEN_CREDENTIALS", "")),
            word => Some(("AZURE_TOKEN_CREDENTIALS", word)),
        };
        set.chain(chosen).collect()
    }

    fn program(&self) -> (&'static str, String) {
        let class = self.cells[2].trim_start_matches("aio.");
        let module = if self.cells[2].starts_with("aio.") { "azure.identity.aio" } else { "azure.identity" };
        let option = match self.cells[10] {
            "true" => "exclude_environment_credential=True",
            "false" => "exclude_environment_credential=False",
            _ => "",
        };
        match self.cells[0] {
            "python" => ("src/app.py", format!("from {module} import {class}\n\ncredential = {class}({option})\n")),
            _ => (
                "src/app.ts",
                format!("import {{ {class} }} from \"@azure/identity\";\nexport const credential = new {class}();\n"),
            ),
        }
    }

    /// The file that holds the library to the version.
    fn manifest(&self) -> (String, String) {
        let version = self.cells[1];
        match self.cells[0] {
            "python" => ("requirements.txt".into(), format!("azure-identity=={version}\n")),
            _ => ("package.json".into(), format!("{{\"dependencies\": {{\"@azure/identity\": \"{version}\"}}}}\n")),
        }
    }

    fn signs_a_user_in(&self) -> bool {
        self.cells[13] == "user-password"
    }
}

#[test]
fn every_row_of_the_table_is_told_as_the_library_decides() {
    let path = concat!(env!("CARGO_MANIFEST_DIR"), "/../../tests/truth/environment-credential.tsv");
    let table = fs::read_to_string(path).expect("the table");
    let rows: Vec<Row<'_>> =
        table.lines().skip(1).map(|line| Row { line, cells: line.split('\t').collect() }).collect();
    assert_eq!(rows.len(), 5590);
    let scanner = Scanner::new();
    let mut wrong = Vec::new();
    for (turn, row) in rows.iter().enumerate() {
        let environment = row.environment();
        let (path, program) = row.program();
        let files = [(path.to_owned(), program), row.manifest()];
        let found = confidence(&scanner, turn, &environment, &files);
        // An empty name or password chooses the branch in Python, but nobody signs in with it: a hint.
        let is_secret = |name: &str| ["AZURE_USERNAME", "AZURE_PASSWORD"].contains(&name);
        let is_hint = environment.iter().any(|(name, value)| value.is_empty() && is_secret(name));
        let holds = match (row.signs_a_user_in(), is_hint) {
            (true, false) => found >= Some(Confidence::Medium),
            (true, true) => found == Some(Confidence::Low),
            (false, _) => found < Some(Confidence::Medium),
        };
        if !holds {
            wrong.push(format!("{found:?} for {}", row.line));
        }
    }
    assert!(
        wrong.is_empty(),
        "{} of {} rows differ:\n{}",
        wrong.len(),
        rows.len(),
        wrong[..wrong.len().min(40)].join("\n")
    );
}

/// What `auth.NewAuthorizerFromEnvironment` of go-autorest 14.2.0 makes of each of 729 environments.
#[test]
fn go_autorest_signs_a_user_in_where_the_table_says_so() {
    let path = concat!(env!("CARGO_MANIFEST_DIR"), "/../../tests/truth/go-autorest-environment.tsv");
    let table = fs::read_to_string(path).expect("the table");
    let mut lines = table.lines();
    let names: Vec<&str> = lines.next().expect("a header").split('\t').collect();
    let program = "package app\n\nimport \"github.com/Azure/go-autorest/autorest/azure/auth\"\n\nvar authorizer, err = auth.NewAuthorizerFromEnvironment()\n";
    let files = [("src/app.go".to_owned(), program.to_owned())];
    let scanner = Scanner::new();
    let mut rows = 0;
    let mut wrong = Vec::new();
    for (turn, line) in lines.enumerate() {
        rows += 1;
        let cells: Vec<&str> = line.split('\t').collect();
        let (result, states) = cells.split_last().expect("a result");
        let variables = names.iter().zip(states);
        let environment: Environment<'_> = variables
            .filter(|(_, state)| **state != "unset")
            .map(|(name, state)| (*name, if *state == "set" { "some-value" } else { "" }))
            .collect();
        let found = confidence(&scanner, turn, &environment, &files);
        if (found >= Some(Confidence::Medium)) != (*result == "user-password") {
            wrong.push(format!("{found:?} for {line}"));
        }
    }
    assert_eq!(rows, 729);
    assert!(wrong.is_empty(), "{} of {rows} rows differ:\n{}", wrong.len(), wrong[..wrong.len().min(20)].join("\n"));
}

#[test]
fn a_pair_without_a_client_id_beside_its_reader_is_a_note_that_names_what_is_missing() {
    let python = ("src/app.py", "from azure.identity import DefaultAzureCredential\n\nc = DefaultAzureCredential()\n");
    let go = (
        "src/app.go",
        "package app\n\nimport \"github.com/Azure/go-autorest/autorest/azure/auth\"\n\nvar a, e = auth.NewAuthorizerFromEnvironment()\n",
    );
    let java = (
        "src/App.java",
        "import com.azure.identity.EnvironmentCredentialBuilder;\n\nclass App { Object c = new EnvironmentCredentialBuilder().build(); }\n",
    );
    let scanner = Scanner::new();
    let pair = vec![("AZURE_USERNAME", "u"), ("AZURE_PASSWORD", "p")];
    for (path, program) in [python, go, java] {
        let program = [(path.to_owned(), program.to_owned())];
        for turn in 0..8 {
            let found = findings(&scanner, turn, &pair, &program);
            let told: Vec<_> = found.iter().map(|f| (f.severity, f.confidence >= Confidence::Medium)).collect();
            assert_eq!(told, [(Severity::Note, true)], "{path} {turn}");
            assert!(found[0].message.contains("if `AZURE_CLIENT_ID` is set where this runs"), "{}", found[0].message);
        }
        // A secret would be taken first.
        let secret = [&pair[..], &[("AZURE_CLIENT_SECRET", "s")]].concat();
        assert!(findings(&scanner, 0, &secret, &program).is_empty(), "{path}");
    }
    assert!(findings(&scanner, 0, &pair, &[("src/app.py".to_owned(), "print(1)\n".to_owned())]).is_empty());
}

/// The rows of section 6 of the catalogue for the languages that the table does not measure: credential, environment, and
/// whether a user signs in.
#[test]
fn the_other_libraries_choose_as_their_source_says() {
    const T: (&str, &str) = ("AZURE_TENANT_ID", "t");
    const C: (&str, &str) = ("AZURE_CLIENT_ID", "c");
    const S: (&str, &str) = ("AZURE_CLIENT_SECRET", "s");
    const K: (&str, &str) = ("AZURE_CLIENT_CERTIFICATE_PATH", "k");
    const OTHER_K: (&str, &str) = ("AZURE_CERTIFICATE_PATH", "k");
    const U: (&str, &str) = ("AZURE_USERNAME", "u");
    const P: (&str, &str) = ("AZURE_PASSWORD", "p");
    const fn word(word: &str) -> (&str, &str) {
        ("AZURE_TOKEN_CREDENTIALS", word)
    }
    let csharp =
        |expression: &str| ("src/App.cs", format!("using Azure.Identity;\n\nvar credential = {expression};\n"));
    let go = |call: &str| {
        let import = "github.com/Azure/azure-sdk-for-go/sdk/azidentity";
        ("src/app.go", format!("package app\n\nimport \"{import}\"\n\nvar credential, err = azidentity.{call}\n"))
    };
    let java = |class: &str| {
        (
            "src/App.java",
            format!(
                "import com.azure.identity.{class};\n\nclass App {{\n    Object credential = new {class}().build();\n}}\n"
            ),
        )
    };
    let autorest = |function: &str| {
        let import = "github.com/Azure/go-autorest/autorest/azure/auth";
        ("src/app.go", format!("package app\n\nimport \"{import}\"\n\nvar authorizer, err = auth.{function}()\n"))
    };
    let (cs, cs_chain) = (csharp("new EnvironmentCredential()"), csharp("new DefaultAzureCredential()"));
    let cs_without =
        csharp("new DefaultAzureCredential(new DefaultAzureCredentialOptions { ExcludeEnvironmentCredential = true })");
    let (go_direct, go_chain) = (go("NewEnvironmentCredential(nil)"), go("NewDefaultAzureCredential(nil)"));
    let (java_direct, java_chain) = (java("EnvironmentCredentialBuilder"), java("DefaultAzureCredentialBuilder"));
    let old_go = autorest("NewAuthorizerFromEnvironment");
    let cases: Vec<(&(&str, String), Environment<'_>, bool)> = vec![
        (&cs, vec![T, C, U, P], true),
        (&cs, vec![C, U, P], false),
        (&cs, vec![T, U, P], false),
        (&cs, vec![T, C, U], false),
        (&cs, vec![T, C, S, U, P], false),
        (&cs, vec![T, C, K, U, P], false),
        (&cs, vec![T, C, U, ("AZURE_PASSWORD", "")], false),
        (&cs, vec![T, C, ("AZURE_CLIENT_SECRET", ""), U, P], true),
        (&cs, vec![T, C, U, P, word("ManagedIdentityCredential")], true),
        (&cs_chain, vec![T, C, U, P], true),
        (&cs_chain, vec![T, C, U, P, word("prod")], true),
        (&cs_chain, vec![T, C, U, P, word("dev")], false),
        (&cs_chain, vec![T, C, U, P, word("AzureCliCredential")], false),
        (&cs_chain, vec![T, C, U, P, word("EnvironmentCredential")], true),
        (&cs_without, vec![T, C, U, P], false),
        (&cs_without, vec![T, C, U, P, word("prod")], false),
        (&cs_without, vec![T, C, U, P, word("environmentcredential")], true),
        (&go_direct, vec![T, C, U, P], true),
        (&go_direct, vec![C, U, P], false),
        (&go_direct, vec![T, U, P], false),
        (&go_direct, vec![T, C, S, U, P], false),
        (&go_direct, vec![T, C, K, U, P], false),
        (&go_chain, vec![T, C, U, P], true),
        (&go_chain, vec![C, U, P], false),
        (&go_chain, vec![T, C, U, P, word("prod")], true),
        (&go_chain, vec![T, C, U, P, word("dev")], false),
        (&go_chain, vec![T, C, U, P, word("environmentCREDENTIAL")], true),
        (&go_chain, vec![T, C, U, P, word("ManagedIdentityCredential")], false),
        (&java_direct, vec![C, U, P], true),
        (&java_direct, vec![T, C, U, P], true),
        (&java_direct, vec![U, P], false),
        (&java_direct, vec![C, S, U, P], true),
        (&java_direct, vec![T, C, S, U, P], false),
        (&java_direct, vec![T, C, K, U, P], false),
        (&java_chain, vec![C, U, P], true),
        (&java_chain, vec![C, S, U, P], true),
        (&java_chain, vec![T, C, S, U, P], false),
        (&java_chain, vec![C, U, P, word("dev")], false),
        (&java_chain, vec![C, U, P, word("prod")], true),
        (&java_chain, vec![C, U, P, word("ManagedIdentityCredential")], false),
        (&old_go, vec![U, P], false),
        (&old_go, vec![C, U, P], true),
        (&old_go, vec![T, C, U, P], true),
        (&old_go, vec![C, S, U, P], false),
        (&old_go, vec![C, OTHER_K, U, P], false),
        (&old_go, vec![T, C, K, U, P], true),
        (&old_go, vec![P], false),
    ];
    let scanner = Scanner::new();
    let mut wrong = Vec::new();
    for (program, environment, expected) in &cases {
        // In every format: none reads less than another.
        for turn in 0..8 {
            let found = confidence(&scanner, turn, environment, &[(program.0.to_owned(), program.1.clone())]);
            if (found >= Some(Confidence::Medium)) != *expected {
                let format = environment_file(turn, environment).0;
                wrong.push(format!("{found:?} for {environment:?} in {format} with {}", program.1));
            }
        }
    }
    assert!(wrong.is_empty(), "{} differ:\n{}", wrong.len(), wrong[..wrong.len().min(20)].join("\n"));
}
