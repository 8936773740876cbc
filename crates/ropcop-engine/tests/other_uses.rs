//! The two variables alone mean nothing: many things that sign no user of Entra in go by the same names.

mod repository;

use std::collections::BTreeMap;

use repository::Scanner;
use ropcop_engine::{Confidence, Finding, Severity};

const USES: [(&str, &str, &str); 18] = [
    ("a registry", "push.sh", "docker login shop.azurecr.io -u \"$AZURE_USERNAME\" -p \"$AZURE_PASSWORD\"\n"),
    (
        "a registry in a workflow",
        ".github/workflows/push.yml",
        "on: push\njobs:\n  push:\n    runs-on: ubuntu-latest\n    env:\n      AZURE_USERNAME: ${{ secrets.ACR_USER }}\n      AZURE_PASSWORD: ${{ secrets.ACR_PASSWORD }}\n    steps:\n      - run: echo \"$AZURE_PASSWORD\" | docker login shop.azurecr.io -u \"$AZURE_USERNAME\" --password-stdin\n",
    ),
    (
        "SQL",
        ".env",
        "AZURE_SERVER=shop.database.windows.net\nAZURE_DATABASE=shop\nAZURE_USERNAME=sa\nAZURE_PASSWORD=not-a-real-one\n",
    ),
    (
        "SQL in a program",
        "db.js",
        "const pool = new Pool({ user: process.env.AZURE_USERNAME, password: process.env.AZURE_PASSWORD, server: 'shop.database.windows.net' });\n",
    ),
    (
        "PostgreSQL",
        "compose.yaml",
        "services:\n  app:\n    image: shop:1\n    environment:\n      AZURE_HOST: shop.postgres.database.azure.com\n      AZURE_USERNAME: shop\n      AZURE_PASSWORD: ${PGPASSWORD}\n",
    ),
    (
        "MongoDB",
        "db.py",
        "import os\nuri = f\"mongodb://{os.environ['AZURE_USERNAME']}:{os.environ['AZURE_PASSWORD']}@shop.mongo.cosmos.azure.com\"\n",
    ),
    ("a machine", "vm.tfvars", "azure_username = \"adminuser\"\nazure_password = \"not-a-real-one\"\n"),
    (
        "a machine in Terraform",
        "vm.tf",
        "resource \"azurerm_linux_virtual_machine\" \"vm\" {\n  admin_username = var.AZURE_USERNAME\n  admin_password = var.AZURE_PASSWORD\n}\n",
    ),
    (
        "a package feed",
        "nuget.config",
        "<configuration><packageSourceCredentials><Shop><add key=\"AZURE_USERNAME\" value=\"any\" /><add key=\"AZURE_PASSWORD\" value=\"not-a-real-one\" /></Shop></packageSourceCredentials></configuration>\n",
    ),
    (
        "publishing to Kudu",
        "publish.sh",
        "export AZURE_USERNAME='$shop' AZURE_PASSWORD=\"$1\"\ncurl -u \"$AZURE_USERNAME:$AZURE_PASSWORD\" -T site.zip https://shop.scm.azurewebsites.net/api/zipdeploy\n",
    ),
    (
        "a service principal of a pipe",
        "bitbucket-pipelines.yml",
        "pipelines:\n  default:\n    - step:\n        script:\n          - pipe: microsoft/azure-web-apps-deploy:1.0.3\n            variables:\n              AZURE_APP_ID: $APP\n              AZURE_PASSWORD: $SECRET\n              AZURE_TENANT_ID: $TENANT\n",
    ),
    (
        "a service principal by another name",
        "deploy.sh",
        "export AZURE_CLIENT_ID=c AZURE_PASSWORD=\"$SECRET\" AZURE_TENANT_ID=t\naz login --service-principal -u \"$AZURE_CLIENT_ID\" -p \"$AZURE_PASSWORD\" --tenant \"$AZURE_TENANT_ID\"\n",
    ),
    (
        "a secret of Kubernetes",
        "secret.yaml",
        "apiVersion: v1\nkind: Secret\nmetadata: {name: smb}\nstringData:\n  AZURE_USERNAME: share\n  AZURE_PASSWORD: not-a-real-one\n",
    ),
    ("values of a chart", "values.yaml", "env:\n  AZURE_USERNAME: shop\n  AZURE_PASSWORD: \"\"\n"),
    (
        "an image",
        "Dockerfile",
        "FROM alpine:3\nARG AZURE_USERNAME\nARG AZURE_PASSWORD\nRUN fetch --user \"$AZURE_USERNAME:$AZURE_PASSWORD\"\n",
    ),
    (
        "one's own program",
        "settings.py",
        "import os\nUSER = os.getenv('AZURE_USERNAME')\nPASSWORD = os.getenv('AZURE_PASSWORD')\n",
    ),
    (
        "the token cache",
        "local.settings.json",
        "{\"Values\": {\"AZURE_CLIENT_ID\": \"c\", \"AZURE_USERNAME\": \"me@example.org\"}}\n",
    ),
    (
        "Git",
        "clone.ps1",
        "$env:AZURE_USERNAME = 'any'\n$env:AZURE_PASSWORD = $token\ngit clone \"https://$($env:AZURE_USERNAME):$($env:AZURE_PASSWORD)@dev.azure.com/o/p/_git/r\"\n",
    ),
];

#[test]
fn the_pair_alone_is_nothing_even_beside_a_credential_that_reads_the_environment() {
    let scanner = Scanner::new();
    let readers = [
        ("src/app.py", "from azure.identity import DefaultAzureCredential\ncredential = DefaultAzureCredential()\n"),
        (
            "src/app.ts",
            "import { DefaultAzureCredential } from \"@azure/identity\";\nexport const c = new DefaultAzureCredential();\n",
        ),
        ("src/App.cs", "using Azure.Identity;\nvar credential = new DefaultAzureCredential();\n"),
    ];
    for (what, path, text) in USES {
        let files = readers.into_iter().chain([(path, text)]);
        let repository: BTreeMap<String, String> =
            files.map(|(path, text)| (path.to_owned(), text.to_owned())).collect();
        let found = scanner.findings(&repository);
        let is_on = |rule: &str| scanner.rules.get(rule).is_some_and(|rule| rule.file.default);
        let mut shown = found;
        shown.retain(|finding| finding.confidence >= Confidence::Medium && is_on(&finding.rule));
        // Nothing tells what a secret of a cluster is for: that is worth the note which says what is missing, and no more.
        let is_open = ["a secret of Kubernetes"].contains(&what);
        let is_note = |finding: &Finding| {
            finding.severity == Severity::Note
                && finding.message.contains("if `AZURE_CLIENT_ID` is set where this runs")
        };
        shown.retain(|finding| !(is_open && is_note(finding)));
        assert!(shown.is_empty(), "{what}: {shown:#?}");
    }
}
