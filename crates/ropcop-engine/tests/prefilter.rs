//! No file is passed over in which a built-in rule finds something.

mod repository;

use std::collections::BTreeMap;

use repository::Scanner;
use ropcop_engine::Confidence;
use ropcop_syntax::Source;

#[test]
fn every_bad_example_passes_because_of_its_own_rule() {
    let scanner = Scanner::new();
    let mut stays = Vec::new();
    for rule in &scanner.rules.rules {
        for (index, example) in rule.file.bad.iter().enumerate() {
            let sources = example.iter().filter_map(|(path, text)| Source::detect(path, text));
            let passes = |source: Source| {
                let reasons = scanner.prefilter.reasons(source.text.as_bytes(), source.language);
                reasons.iter().any(|reason| reason.owner.as_ref() == Some(&rule.id))
            };
            if !sources.into_iter().any(passes) {
                stays.push(format!("{}: bad example {}", rule.id, index + 1));
            }
        }
    }
    assert!(stays.is_empty(), "{stays:#?}");
}

/// Whether something is reported in a small repository.
fn is_found(scanner: &Scanner, files: &[(&str, &str)]) -> bool {
    let files: BTreeMap<String, String> = files.iter().map(|(path, text)| ((*path).into(), (*text).into())).collect();
    scanner.findings(&files).iter().any(|finding| finding.confidence >= Confidence::Medium)
}

#[test]
fn what_is_written_in_pieces_is_found() {
    let scanner = Scanner::new();
    for (path, text) in [
        ("option-in-a-variable.sh", "OPTIONS=\"-u robot@example.com -p x\"\naz login $OPTIONS\n"),
        ("word-in-a-variable.sh", "WORD=login\naz $WORD -u robot@example.com -p \"$PASS\"\n"),
        ("program-in-a-variable.sh", "\"$AZ_CMD\" login --user robot@example.com --pass \"$PASS\"\n"),
        ("joined-to-the-letter.sh", "az login -urobot@example.com -p\"$PASS\"\n"),
        (
            "option-of-two-texts.py",
            "import subprocess\nsubprocess.run([\"az\", \"login\", \"-\" + \"u\", user, \"-\" + \"p\", secret])\n",
        ),
        (
            "escapes/package.json",
            "{\"scripts\": {\"deploy\": \"cd x\\naz\\tlogin\\t-u robot@example.com -p $PASS\"}}\n",
        ),
        (
            "unicode/package.json",
            "{\"scripts\": {\"deploy\": \"az\\u0020login\\u0020-u robot@example.com -p $PASS\"}}\n",
        ),
        ("folded.yaml", "run: >-\n  az\n  login\n  -u robot@example.com\n  -p $PASS\n"),
        (
            "form-of-two-texts.py",
            "import requests\nrequests.post(\"https://login.microsoftonline.com/x/oauth2/token\", \
             data=\"grant_type=password&client_id=\" + client + \"&user\" \"name=\" + user + \"&pass\" \"word=\" + secret)\n",
        ),
        ("alias.py", "from azure.identity import UsernamePasswordCredential as Known\n\nKnown(client, user, secret)\n"),
        ("case.ps1", "CONNECT-AZACCOUNT -CREDENTIAL $cred\n"),
        ("cut.ps1", "Connect-AzAccount -Cred $cred\n"),
    ] {
        assert!(is_found(&scanner, &[(path, text)]), "{path}");
    }
}

#[test]
fn what_another_file_imports_or_uses_is_found() {
    let scanner = Scanner::new();
    let import = ("Usings.cs", "global using Azure.Identity;\n");
    let program = ("Program.cs", "var credential = new UsernamePasswordCredential(user, secret, tenant, client);\n");
    assert!(is_found(&scanner, &[import, program]));
    let project = ("a.csproj", "<Project><ItemGroup><Using Include=\"Azure.Identity\" /></ItemGroup></Project>\n");
    assert!(is_found(&scanner, &[project, program]));
    let settings =
        ("deploy/.env", "AZURE_CLIENT_ID=x\nAZURE_TENANT_ID=x\nAZURE_USERNAME=robot@example.com\nAZURE_PASSWORD=x\n");
    let reader =
        ("deploy/app.py", "from azure.identity import EnvironmentCredential\ncredential = EnvironmentCredential()\n");
    assert!(is_found(&scanner, &[settings, reader]));
    // Azure Pipelines makes capitals of the letters and `_` of the dots.
    let pipeline = (
        "deploy/azure-pipelines.yml",
        "variables:\n  azure.client.id: x\n  azure.tenant.id: x\n  azure.username: robot@example.com\n  azure.password: $(PW)\n\
         steps:\n- script: python app.py\n",
    );
    assert!(is_found(&scanner, &[pipeline, reader]));
}
