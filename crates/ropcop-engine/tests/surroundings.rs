//! For which service a token is, in which cloud, and what that changes.

mod repository;

use std::collections::BTreeMap;

use repository::Scanner;
use ropcop_engine::{Finding, Impact, Severity, Target};

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
        ("api://own/.default", None, Impact::AtRisk),
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
             credential = UsernamePasswordCredential(c, u, p, authority={authority})\n"
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
