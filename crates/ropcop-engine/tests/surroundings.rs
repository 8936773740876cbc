//! For which service a token is, in which cloud, and what that changes.

mod repository;

use std::collections::BTreeMap;

use repository::Scanner;
use ropcop_engine::{Finding, Impact, Place, Severity, Target};

fn only(path: &str, text: &str) -> Finding {
    let found = Scanner::new().findings(&BTreeMap::from([(path.to_owned(), text.to_owned())]));
    assert_eq!(found.len(), 1, "{text}: {found:#?}");
    found.into_iter().next().expect("one finding")
}

fn msal(scope: &str) -> String {
    format!(
        "import msal\napp = msal.PublicClientApplication(c)\n\
         token = app.acquire_token_by_username_password(user, password, scopes=[\"{scope}\"])\n"
    )
}

#[test]
fn the_scope_of_a_token_tells_its_target() {
    for (scope, target, impact) in [
        ("https://management.azure.com/.default", Some(Target::Arm), Impact::Blocked),
        ("https://management.core.windows.net//.default", Some(Target::Arm), Impact::Blocked),
        ("https://graph.microsoft.com/.default", Some(Target::Graph), Impact::AtRisk),
        ("https://analysis.windows.net/powerbi/api/.default", Some(Target::Powerbi), Impact::AtRisk),
        ("https://contoso.sharepoint.com/.default", Some(Target::Sharepoint), Impact::AtRisk),
        ("https://database.windows.net/.default", Some(Target::Sql), Impact::AtRisk),
        ("api://own/.default", Some(Target::Own), Impact::AtRisk),
        ("User.Read", Some(Target::Graph), Impact::AtRisk),
        ("user.reader", None, Impact::AtRisk),
    ] {
        let finding = only("a.py", &msal(scope));
        assert_eq!((finding.target, finding.impact), (target, impact), "{scope}");
    }
}

#[test]
fn a_target_that_only_another_function_speaks_of_does_not_count() {
    let text = "import msal\n\ndef one(app):\n    return app.acquire_token_by_username_password(user, password, scopes)\n\n\
                def two():\n    return get('https://management.azure.com/subscriptions')\n";
    assert_eq!(only("a.py", text).target, None);
}

#[test]
fn what_azure_refuses_is_at_risk_in_a_sovereign_cloud() {
    let credential = |authority: &str| {
        format!(
            "from azure.identity import AzureAuthorityHosts, UsernamePasswordCredential\n\
             from azure.mgmt.resource import ResourceManagementClient\n\
             credential = UsernamePasswordCredential(c, u, p, authority={authority})\n\
             client = ResourceManagementClient(credential, subscription)\n"
        )
    };
    for (authority, cloud) in [
        ("AzureAuthorityHosts.AZURE_GOVERNMENT", "us-government"),
        ("AzureAuthorityHosts.AZURE_CHINA", "china"),
        ("'login.microsoftonline.us'", "us-government"),
    ] {
        let finding = only("a.py", &credential(authority));
        assert_eq!(finding.cloud.as_deref(), Some(cloud), "{authority}");
        assert_eq!((finding.impact, finding.severity), (Impact::AtRisk, Severity::Note), "{authority}");
        assert!(finding.message.contains("does not ask every user"), "{}", finding.message);
    }
    for authority in [
        "AzureAuthorityHosts.AZURE_PUBLIC_CLOUD",
        "hosts.get(cloud)",
        "AZURE_CHINA if china else 'login.microsoftonline.com'",
    ] {
        let finding = only("a.py", &credential(authority));
        assert_eq!((finding.cloud, finding.impact), (None, Impact::Blocked), "{authority}");
    }
}

/// The target and impact of the only finding in a file.
fn told(path: &str, text: &str) -> (Option<Target>, Impact) {
    let finding = only(path, text);
    (finding.target, finding.impact)
}

#[test]
fn the_client_that_receives_a_credential_tells_its_target() {
    let python = |imports: &str, client: &str| {
        format!(
            "from azure.identity import UsernamePasswordCredential\n{imports}\n\nclass Store:\n    \
             def __init__(self, u, p):\n        self.credential = UsernamePasswordCredential('c', u, p)\n\n    \
             def open(self):\n        return {client}\n"
        )
    };
    for (imports, client, expected) in [
        (
            "from azure.storage.blob import BlobServiceClient",
            "BlobServiceClient(self.url, credential=self.credential)",
            (Some(Target::Storage), Impact::AtRisk),
        ),
        (
            "from azure.keyvault.secrets import SecretClient",
            "SecretClient(self.url, self.credential)",
            (Some(Target::Keyvault), Impact::AtRisk),
        ),
        (
            "from azure.mgmt.storage import StorageManagementClient",
            "StorageManagementClient(self.credential, self.subscription)",
            (Some(Target::Arm), Impact::Blocked),
        ),
        // Nobody knows what these do with it.
        ("from ours import Session", "Session(self.credential)", (None, Impact::AtRisk)),
        ("", "self.credential", (None, Impact::AtRisk)),
        (
            "from azure.mgmt.storage import StorageManagementClient",
            "StorageManagementClient(self.other, self.subscription)",
            (None, Impact::AtRisk),
        ),
    ] {
        assert_eq!(told("a.py", &python(imports, client)), expected, "{client}");
    }
    let csharp = "using Azure.Identity;\nusing Azure.ResourceManager;\nusing Azure.Storage.Blobs;\n\
                  class A { void F(string u, string p) { var c = new UsernamePasswordCredential(u, p, \"t\", \"c\"); CLIENT; } }";
    for (client, expected) in [
        ("new BlobServiceClient(url, c)", (Some(Target::Storage), Impact::AtRisk)),
        ("new ArmClient(c)", (Some(Target::Arm), Impact::Blocked)),
        ("Keep(c)", (None, Impact::AtRisk)),
    ] {
        assert_eq!(told("A.cs", &csharp.replace("CLIENT", client)), expected, "{client}");
    }
    let typescript = "import { UsernamePasswordCredential } from '@azure/identity';\n\
                      import { SecretClient } from '@azure/keyvault-secrets';\n\
                      import { ComputeManagementClient } from '@azure/arm-compute';\n\
                      const c = new UsernamePasswordCredential('t', 'c', user, password);\nCLIENT;\n";
    for (client, expected) in [
        ("new SecretClient(url, c)", (Some(Target::Keyvault), Impact::AtRisk)),
        ("new ComputeManagementClient(c, subscription)", (Some(Target::Arm), Impact::Blocked)),
        ("c.getToken('https://graph.microsoft.com/.default')", (Some(Target::Graph), Impact::AtRisk)),
    ] {
        assert_eq!(told("a.ts", &typescript.replace("CLIENT", client)), expected, "{client}");
    }
}

#[test]
fn a_scope_that_is_kept_elsewhere_in_the_file_tells_its_target() {
    let python = "import msal\nSCOPES = ['https://management.azure.com/.default']\n\n\
                  def one(app):\n    return app.acquire_token_by_username_password(user, password, scopes=SCOPES)\n";
    assert_eq!(told("a.py", python), (Some(Target::Arm), Impact::Blocked));
    let csharp = "using Microsoft.Identity.Client;\nclass A {\n  static readonly string[] Scopes = { \"User.Read\" };\n  \
                  Task F(IPublicClientApplication app) => app.AcquireTokenByUsernamePassword(Scopes, u, p).ExecuteAsync();\n}";
    assert_eq!(told("A.cs", csharp), (Some(Target::Graph), Impact::AtRisk));
    let typescript = "import { PublicClientApplication } from '@azure/msal-node';\n\
                      const scopes = ['https://analysis.windows.net/powerbi/api/.default'];\n\
                      const app = new PublicClientApplication(config);\n\
                      const sign = () => app.acquireTokenByUsernamePassword({ scopes, username: user, password: secret });\n";
    assert_eq!(told("a.ts", typescript), (Some(Target::Powerbi), Impact::AtRisk));
}

#[test]
fn a_credential_in_an_object_of_options_is_received_as_well() {
    let typescript = "import { UsernamePasswordCredential } from '@azure/identity';\n\
                      import { CosmosClient } from '@azure/cosmos';\n\
                      import { ComputeManagementClient } from '@azure/arm-compute';\n\
                      const c = new UsernamePasswordCredential('t', 'c', user, password);\nCLIENT;\n";
    for (client, expected) in [
        ("new CosmosClient({ endpoint, aadCredentials: c })", (Some(Target::Cosmos), Impact::AtRisk)),
        ("new ComputeManagementClient({ credential: c })", (Some(Target::Arm), Impact::Blocked)),
    ] {
        assert_eq!(told("a.ts", &typescript.replace("CLIENT", client)), expected, "{client}");
    }
    let javascript = "const { UsernamePasswordCredential } = require('@azure/identity');\n\
                      const { keep } = require('./keep');\n\
                      keep({ credential: new UsernamePasswordCredential('t', 'c', user, password) });\n";
    assert_eq!(told("a.js", javascript), (None, Impact::AtRisk));
}

#[test]
fn a_cloud_that_is_one_of_several_choices_says_nothing_of_a_sign_in() {
    for (path, text) in [
        (
            "a.ps1",
            "param([ValidateSet('AzureChinaCloud', 'AzureUSGovernment')] $To)\nConnect-AzAccount -Environment $To -Credential $c\n",
        ),
        ("b.ps1", "$clouds = @('AzureCloud', 'AzureChinaCloud')\nConnect-AzAccount -Credential $c\n"),
        ("c.ps1", "$clouds = @('AzureStackUser', 'AzureChinaCloud')\nConnect-AzAccount -Credential $c\n"),
        (
            "a.sh",
            "case $CLOUD in AzureChinaCloud) x=1 ;; AzureUSGovernment) x=2 ;; esac\naz login -u \"$U\" -p \"$P\"\n",
        ),
        (
            "a.py",
            "from azure.identity import UsernamePasswordCredential\n\
             from azure.mgmt.resource import ResourceManagementClient\n\
             names = ['AzureChinaCloud', 'AzureUSGovernment']\n\
             client = ResourceManagementClient(UsernamePasswordCredential(c, u, p), subscription)\n",
        ),
    ] {
        let finding = only(path, text);
        assert_eq!((finding.cloud, finding.impact), (None, Impact::Blocked), "{text}");
    }
    // The statement itself names the one that is taken.
    let text =
        "$clouds = @('AzureCloud', 'AzureChinaCloud')\nConnect-AzAccount -Environment AzureChinaCloud -Credential $c\n";
    assert_eq!(only("d.ps1", text).cloud.as_deref(), Some("china"));
}

#[test]
fn an_azure_stack_of_ones_own_has_its_own_advice() {
    for (path, text) in [
        (
            "a.ps1",
            "Add-AzureRmEnvironment -Name Lab -ArmEndpoint $address\nLogin-AzureRmAccount -EnvironmentName Lab -Credential $c\n",
        ),
        ("b.ps1", "Connect-AzAccount -EnvironmentName AzureStackAdmin -Credential $c\n"),
        ("a.sh", "az cloud register -n Lab --endpoint-resource-manager $address\naz login -u \"$U\" -p \"$P\"\n"),
    ] {
        let finding = only(path, text);
        assert_eq!(finding.cloud.as_deref(), Some("stack"), "{text}");
        assert_eq!((finding.impact, finding.severity), (Impact::AtRisk, Severity::Note), "{text}");
        assert!(finding.message.contains("service principal with a certificate"), "{}", finding.message);
    }
    let other = only("c.ps1", "# not an Azure Stack\nConnect-AzAccount -EnvironmentName $name -Credential $c\n");
    assert_eq!((other.cloud, other.impact), (None, Impact::Blocked));
}

#[test]
fn an_obvious_placeholder_is_no_password_in_the_source() {
    let says = |path: &str, text: String| only(path, &text).message.contains("written in the source");
    for (password, is_said) in [
        ("xxx", false),
        ("changeme", false),
        ("Password Goes Here", false),
        ("pass", false),
        ("YOUR_PASSWORD", false),
        ("<password>", false),
        ("Lantern-58-wharf", true),
        ("passage", true),
    ] {
        let python = "from azure.identity import UsernamePasswordCredential\nc = UsernamePasswordCredential('c', 'u@contoso.com', 'PW')\n";
        let csharp = "using Azure.Identity;\nclass A { object F() => new UsernamePasswordCredential(\"u@contoso.com\", \"PW\", t, c); }";
        for (path, text) in [("a.py", python), ("A.cs", csharp), ("a.sh", "az login -u u@contoso.com -p 'PW'\n")] {
            assert_eq!(says(path, text.replace("PW", password)), is_said, "{path}: {password}");
        }
    }
}

#[test]
fn a_step_in_another_language_gets_the_advice_for_that() {
    let step = |step: &str| format!("node {{\n  {step} 'az login -u deploy@contoso.com -p %WORD%'\n}}\n");
    for (name, place) in
        [("sh", Place::Jenkins), ("powershell", Place::Powershell), ("pwsh", Place::Powershell), ("bat", Place::Batch)]
    {
        assert_eq!(only("Jenkinsfile", &step(name)).place, place, "{name}");
    }
    let text = "stages:\n- script: |\n    $u = 'deploy@contoso.com'\n    az login -u $u -p $env:WORD\n";
    assert_eq!(only(".travis.yml", &text.replace("stages:\n- ", "")).place, Place::Powershell);
}

#[test]
fn a_scope_in_a_list_or_a_set_is_a_scope() {
    let java = |scopes: &str| {
        format!(
            "import com.microsoft.aad.msal4j.*;\nclass A {{\n  static final Set<String> SCOPES = {scopes};\n  \
             void f(PublicClientApplication app, String user, String word) {{\n    app.acquireToken(\
             UserNamePasswordParameters.builder(SCOPES, user, word.toCharArray()).build());\n  }}\n}}\n"
        )
    };
    let scope = "\"https://graph.microsoft.com/.default\"";
    for made in
        ["Set.of(SCOPE)", "Collections.singleton(SCOPE)", "new HashSet<>(Arrays.asList(SCOPE))", "List.of(SCOPE, X)"]
    {
        assert_eq!(only("A.java", &java(&made.replace("SCOPE", scope))).target, Some(Target::Graph), "{made}");
    }
    assert_eq!(only("A.java", &java("Settings.of(SCOPE)")).target, None);
    let kotlin = java(&format!("setOf({scope})")).replace("static final Set<String> SCOPES", "val SCOPES");
    let kotlin = kotlin.replace(
        "void f(PublicClientApplication app, String user, String word)",
        "fun f(app: PublicClientApplication, user: String, word: String)",
    );
    assert_eq!(only("A.kt", &kotlin).target, Some(Target::Graph));
}
