//! What a rule is: the shape of one TOML file in `rules/`.
//!
//! The types here are the format. `schema/rule.schema.json` is generated from them; the doc comments become its
//! descriptions, so they are written for somebody who writes a rule.

use std::collections::BTreeMap;

use ropcop_syntax::RecordKind;
use schemars::JsonSchema;
use serde::Deserialize;

use crate::Confidence;

/// One rule file. Its name without `.toml` is the rule's id.
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
    pub fix_from: Option<String>,
    /// Pages to read, the most useful first: it is the `helpUri` of the rule.
    pub links: Vec<String>,
    /// Which versions of which packages deprecate the call.
    #[serde(default)]
    pub deprecated: Vec<Deprecated>,
    /// Rows of the catalogue that the rule covers, each with the file of a `bad` example that shows it; `docs/coverage.md`
    /// is made from them.
    #[serde(default)]
    pub covers: BTreeMap<String, String>,
    /// What the rule matches: any one of these.
    #[serde(rename = "match")]
    pub matches: Vec<Match>,
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

/// One way in which a rule matches: all of its keys hold.
#[derive(Clone, Debug, Default, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, rename_all = "kebab-case", default)]
pub struct Match {
    /// Languages in which it applies, as `ropcop facts` names them. `javascript` includes TypeScript, Vue and Svelte;
    /// `java` includes Kotlin, Scala and Groovy; `csharp` includes F# and PowerShell; `python` includes notebooks.
    /// All, if left out.
    pub language: Vec<String>,

    /// Full path of a function or class, for which an import (or a fully qualified name) must speak.
    /// `*` stands for one part of the path, `name*` for one that begins so, `**` for any number of parts. A step of a
    /// pipeline, a block of Terraform and a task of Ansible are calls too: see `ropcop facts`.
    pub call: Vec<String>,
    /// Name of a function or method that is rare enough to be believed without an import.
    /// It does not match where the receiver is known to come from elsewhere.
    pub method: Vec<String>,
    /// Where the receiver of `method` may come from: module paths. Without it, every place that is not known to be
    /// another; with it, a receiver that is not known counts only if the file imports one of them.
    pub from: Vec<String>,
    /// With `from`: a receiver that is not known counts even without an import.
    pub rare: bool,
    /// The name may also be handed on as a value, without a call (`Wrapper(ctx.method, …)`).
    pub reference: bool,
    /// Number of arguments, or `[least, most]`.
    pub arity: Option<Arity>,
    /// Conditions on arguments. The key names the argument: a position from 0, a keyword, or several of them with `|`
    /// between (`"1|password"`). A keyword also names an entry of an object or dictionary that is handed over.
    pub arg: BTreeMap<String, Condition>,
    /// Conditions on arguments of which none may hold. An argument that is not there fulfils none.
    pub unless_arg: BTreeMap<String, Condition>,

    /// The command, as named in `rules/commands/`.
    pub command: Option<String>,
    /// Kinds of record: keys and values that belong together, see `ropcop facts`. The names of the keys are compared
    /// exactly in an environment, and without case elsewhere. `|` stands between names of which any will do. A name with a
    /// dot is compared with the end of the whole path of the key, and `*` in it stands for any text.
    pub record: Vec<RecordName>,
    /// Conditions on the values of keys.
    pub key: BTreeMap<String, Condition>,
    /// Conditions on the values of keys of which none may hold. A key that is not there fulfils none.
    pub unless_key: BTreeMap<String, Condition>,
    /// The key to report.
    pub at: Option<String>,
    /// Keys whose places are shown beside it.
    pub beside: Vec<String>,

    /// Options or keys that must be there with a value that is not empty (switches: be there).
    pub with: Vec<String>,
    /// Options or keys of which at least one must be there.
    pub with_any: Vec<String>,
    /// Options or keys that must not be there, or only with an empty value.
    pub without: Vec<String>,
    /// Conditions on the values of options.
    pub option: BTreeMap<String, Condition>,
    /// Conditions on the values of options of which none may hold. An option that is not there fulfils none.
    pub unless_option: BTreeMap<String, Condition>,
    /// It also matches a command that is refused, so that nobody signs in: for rules about the mistake itself.
    pub refused: bool,

    /// Texts of which one must stand near, see `near-in`. Compared without case. `@name` stands for the texts in
    /// `rules/texts/name.toml`.
    pub near: Vec<String>,
    /// Texts of which none may stand near, as in `near`.
    pub not_near: Vec<String>,
    /// How near: the same statement, function or file.
    pub near_in: Nearness,
    /// A regular expression for what leads elsewhere, such as the address of another server. What stands nearer counts more:
    /// if it matches the statement, or the function where `near-in` is the file, and none of `near` stands there, then `near`
    /// further away does not count. The text is in lower case.
    pub elsewhere: Option<String>,

    /// Files in `rules/uses/`: one of these uses must be somewhere in the repository. The nearest are shown. A use in another
    /// project of the repository makes the finding less sure.
    pub used_by: Vec<String>,
    /// Uses of which none may be in the repository.
    pub unused_by: Vec<String>,
    /// Uses that must all be in the repository as well; they are not shown.
    pub given: Vec<String>,

    /// Which arguments (as keys of `arg`), options or keys hold the password: they are masked, and a literal is mentioned.
    pub secret: Vec<String>,
    /// Added to the headline: what is special about this match.
    pub note: Option<String>,
    /// Severity of this match, where it differs from the rule's.
    pub severity: Option<Severity>,
    /// Impact of this match, where it differs from the rule's.
    pub impact: Option<Impact>,
    /// The service that the token is for, where this match tells more than the rule.
    pub target: Option<Target>,
    /// It is never surer than this.
    pub confidence: Option<Confidence>,
}

impl Match {
    /// The names of all uses.
    pub(crate) fn uses(&self) -> impl Iterator<Item = &String> {
        self.used_by.iter().chain(&self.unused_by).chain(&self.given)
    }
}

/// A kind of record.
#[derive(Clone, Copy, Debug, Deserialize, JsonSchema, PartialEq, Eq)]
#[serde(rename_all = "lowercase")]
pub enum RecordName {
    /// Variables that a process gets.
    Environment,
    /// Keys of an object, a table, a section or the fields of a literal.
    Mapping,
    /// A form, a connection string or the query of a URL.
    Text,
    /// Packages, tools and images with the version to which they are held.
    Versions,
}

impl RecordName {
    /// The kind of fact.
    pub(crate) fn kind(self) -> RecordKind {
        match self {
            Self::Environment => RecordKind::Environment,
            Self::Mapping => RecordKind::Mapping,
            Self::Text => RecordKind::Text,
            Self::Versions => RecordKind::Versions,
        }
    }
}

/// How many arguments a call has.
#[derive(Clone, Copy, Debug, Deserialize, JsonSchema)]
#[serde(untagged)]
pub enum Arity {
    /// Exactly so many.
    Exactly(usize),
    /// From the first to the second, both included.
    Between([usize; 2]),
}

/// A condition on one value. All its keys hold; an argument that is not there fulfils only `present = false`.
#[derive(Clone, Debug, Default, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, rename_all = "kebab-case", default)]
pub struct Condition {
    /// Whether it must be there at all.
    pub present: Option<bool>,
    /// Whether it must be an empty text, or none.
    pub empty: Option<bool>,
    /// Whether all of it must be known.
    pub known: Option<bool>,
    /// It is a version below this one. Of a text that `looks-like` something, the version is what the first group matches.
    pub below: Option<String>,
    /// The known text, name or constant is one of these (`true`, `password`, `null` for `None` and `nil` too; of
    /// `GrantType.PASSWORD` the last part); compared exactly.
    pub is: Vec<String>,
    /// The known text, name or constant is none of these.
    pub is_not: Vec<String>,
    /// The known text looks like this regular expression (`…` stands for what is not known; of a list: its items with
    /// blanks between), or the name of the variable or command that it comes from does.
    pub looks_like: Option<String>,
    /// Neither the known text nor the name of the variable or command looks like this regular expression.
    pub looks_unlike: Option<String>,
}

/// How near `near` must be.
#[derive(Clone, Copy, Debug, Default, Deserialize, JsonSchema, PartialEq, Eq)]
#[serde(rename_all = "lowercase")]
pub enum Nearness {
    /// In the same statement: the whole chain of calls.
    Statement,
    /// In the same function.
    Function,
    /// In the same file.
    #[default]
    File,
}

impl Nearness {
    /// What is nearer.
    pub(crate) fn nearer(self) -> &'static [Self] {
        match self {
            Self::Statement => &[],
            Self::Function => &[Self::Statement],
            Self::File => &[Self::Statement, Self::Function],
        }
    }
}
