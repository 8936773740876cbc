//! What a rule is: the shape of one TOML file in `rules/`.
//!
//! The types here and those of [`crate::matcher`] are the format. `schema/rule.schema.json` is generated from them; the doc
//! comments become its descriptions, so they are written for somebody who writes a rule.

mod compile;
mod expand;
mod format;
mod mistake;
mod name;
mod part;

use std::collections::BTreeMap;

use schemars::JsonSchema;
use serde::Deserialize;
use toml::Spanned;

pub(crate) use compile::Compiler;
pub(crate) use expand::Tables;
pub use format::RuleFormat;
pub(crate) use mistake::Mistake;
pub(crate) use name::{LanguageName, Name};

/// What a rule file says of the rule as a whole. What it matches is read apart from it, table by table.
#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct RuleFile {
    /// What is wrong, in one line, without a full stop: the headline of every finding.
    pub summary: String,
    /// How bad a finding is.
    pub severity: Severity,
    /// What happens to the sign-in, and when.
    pub impact: Impact,
    /// Whether the rule is on by default. A rule that is off runs only when it is selected.
    #[serde(default = "yes")]
    pub default: bool,
    /// CWE numbers that apply.
    #[serde(default)]
    pub cwe: Vec<u32>,
    /// The service that the token is for, where the rule alone tells.
    #[serde(default)]
    pub target: Option<Target>,
    /// The sign-in may be for any service. Where none is told, the report says what that means.
    #[serde(default)]
    pub any_service: bool,
    /// Why it breaks. Markdown; the first sentence must make sense alone.
    pub why: String,
    /// What to use instead, wherever it is found. Markdown.
    pub fix: String,
    /// What to use instead in one kind of place, where that differs; see [`Place`].
    #[serde(default)]
    pub fix_in: BTreeMap<Place, String>,
    /// A file in `rules/fixes/`: what to use instead in the kinds of place that `fix-in` leaves out. For rules that share
    /// their answers. Such a file is a table like `fix-in`.
    #[serde(default)]
    #[schemars(with = "Option<String>")]
    pub fix_from: Option<Spanned<String>>,
    /// Pages to read, the most useful first: it is the `helpUri` of the rule.
    pub links: Vec<String>,
    /// Which versions of which packages deprecate the call.
    #[serde(default)]
    pub deprecated: Vec<Deprecated>,
    /// Rows of the catalogue that the rule covers, each with the file of a `bad` example that shows it; `docs/coverage.md`
    /// is made from them.
    #[serde(default)]
    pub covers: BTreeMap<String, String>,
    /// Small repositories (file name = text) in which the rule must find something.
    pub bad: Vec<BTreeMap<String, String>>,
    /// Small repositories in which no rule that is on by default, nor this one, may find anything.
    pub good: Vec<BTreeMap<String, String>>,
}

fn yes() -> bool {
    true
}

/// How bad a finding is; the names are those of SARIF's levels.
#[derive(Clone, Copy, Debug, Deserialize, JsonSchema, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[serde(rename_all = "lowercase")]
pub enum Severity {
    /// Worth knowing.
    Note,
    /// It breaks under conditions that the tenant decides.
    Warning,
    /// It breaks.
    Error,
}

impl Severity {
    /// The name, as in a rule file.
    pub fn name(self) -> &'static str {
        match self {
            Self::Note => "note",
            Self::Warning => "warning",
            Self::Error => "error",
        }
    }
}

/// What happens to the sign-in.
#[derive(Clone, Copy, Debug, Deserialize, JsonSchema, PartialEq, Eq, PartialOrd, Ord)]
#[serde(rename_all = "kebab-case")]
pub enum Impact {
    /// Azure itself refuses it once MFA is enforced.
    Blocked,
    /// It breaks as soon as the tenant asks this user for MFA.
    AtRisk,
    /// The service has already switched this kind of sign-in off.
    Broken,
    /// It works, but there is a safer way.
    Hygiene,
}

impl Impact {
    /// The name, as in a rule file.
    pub fn name(self) -> &'static str {
        match self {
            Self::Blocked => "blocked",
            Self::AtRisk => "at-risk",
            Self::Broken => "broken",
            Self::Hygiene => "hygiene",
        }
    }
}

/// The service that a token is for.
#[derive(Clone, Copy, Debug, Deserialize, JsonSchema, PartialEq, Eq, PartialOrd, Ord)]
#[serde(rename_all = "lowercase")]
pub enum Target {
    /// Azure Resource Manager.
    Arm,
    /// Microsoft Graph.
    Graph,
    /// Azure SQL and relatives.
    Sql,
    /// Azure Data Explorer.
    Kusto,
    /// Power BI.
    Powerbi,
    /// Dataverse, Dynamics 365.
    Dataverse,
    /// SharePoint Online.
    Sharepoint,
    /// Exchange Online.
    Exchange,
    /// Azure DevOps.
    Devops,
    /// Blobs, files, queues, tables and data lakes.
    Storage,
    /// Azure Key Vault.
    Keyvault,
    /// Azure Service Bus and Event Hubs.
    Messaging,
    /// Azure Cosmos DB.
    Cosmos,
    /// Azure App Configuration.
    Appconfig,
    /// Azure Container Registry.
    Registry,
    /// Azure Monitor's logs and metrics.
    Monitor,
    /// Azure OpenAI and the other cognitive services.
    Cognitive,
    /// An API of one's own.
    Own,
}

impl Target {
    /// The name, as in a rule file.
    pub fn name(self) -> &'static str {
        match self {
            Self::Arm => "arm",
            Self::Graph => "graph",
            Self::Sql => "sql",
            Self::Kusto => "kusto",
            Self::Powerbi => "powerbi",
            Self::Dataverse => "dataverse",
            Self::Sharepoint => "sharepoint",
            Self::Exchange => "exchange",
            Self::Devops => "devops",
            Self::Storage => "storage",
            Self::Keyvault => "keyvault",
            Self::Messaging => "messaging",
            Self::Cosmos => "cosmos",
            Self::Appconfig => "appconfig",
            Self::Registry => "registry",
            Self::Monitor => "monitor",
            Self::Cognitive => "cognitive",
            Self::Own => "own",
        }
    }
}

/// The kind of place a finding stands in, where it decides about the migration.
#[derive(Clone, Copy, Debug, Deserialize, JsonSchema, PartialEq, Eq, PartialOrd, Ord)]
#[serde(rename_all = "kebab-case")]
pub enum Place {
    /// A shell script.
    Shell,
    /// A Python program.
    Python,
    /// A JavaScript or TypeScript program.
    Javascript,
    /// A C# program.
    Csharp,
    /// A Go program.
    Go,
    /// A Java program, or one in another language of its virtual machine.
    Java,
    /// A PowerShell script.
    Powershell,
    /// A batch file.
    Batch,
    /// A workflow or composite action of GitHub Actions.
    GithubActions,
    /// A pipeline of Azure Pipelines.
    AzurePipelines,
    /// A pipeline of GitLab CI/CD.
    Gitlab,
    /// A configuration of CircleCI.
    Circleci,
    /// A Jenkins pipeline.
    Jenkins,
    /// A pipeline of another system for continuous integration.
    Pipeline,
    /// A Dockerfile: it runs when the image is built.
    Dockerfile,
    /// A container at run time: Kubernetes, Helm, Compose.
    Container,
    /// A development container.
    DevContainer,
    /// Infrastructure as code: Terraform, Bicep, Azure Resource Manager, cloud-init, Pulumi.
    Infrastructure,
    /// Configuration management: Ansible, Salt.
    Configuration,
    /// A Jupyter notebook.
    Notebook,
    /// A document for people.
    Document,
}

/// A package that marks the call as deprecated.
#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Deprecated {
    /// The package as its registry names it.
    pub package: String,
    /// The registry: `pypi`, `npm`, `nuget`, `go`, `maven`.
    pub registry: String,
    /// The first version with the mark.
    pub since: String,
}
