//! What rules share: the shapes of the files in the folders of `rules/`.

use schemars::JsonSchema;
use serde::Deserialize;

use crate::Impact;

/// Folders of what rules share, beside the rules; each may name what is in those before it.
pub const SHARED_FOLDERS: [&str; 6] = ["commands", "fixes", "texts", "targets", "clouds", "uses"];

/// A file in `rules/texts/`: texts that several rules look for.
#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct TextsFile {
    /// What they are about, in words that a message can use: "customer identity is named in this file".
    #[serde(default)]
    pub called: Option<String>,
    /// The texts; case does not matter.
    pub texts: Vec<String>,
}

/// A file in `rules/targets/`, whose name is that of a target: what says that a token is for this service. It counts for
/// rules and matches that name no target themselves.
#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct TargetFile {
    /// Texts of which one must stand among the values that go with the sign-in; or, where these tell nothing, in the same
    /// statement, or else function. Case does not matter.
    pub texts: Vec<String>,
    /// Words of which one must be such a value, or a word of it: scopes that name no server.
    #[serde(default)]
    pub scopes: Vec<String>,
    /// Parts of the full names of clients, of which one receives what the sign-in gives.
    #[serde(default)]
    pub clients: Vec<String>,
    /// What happens to a sign-in for this service that is otherwise `at-risk`.
    #[serde(default)]
    pub impact: Option<Impact>,
}

/// A file in `rules/clouds/`: a cloud that does not refuse users by itself. What is `blocked` elsewhere is `at-risk` there,
/// and worth a note.
#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct CloudFile {
    /// What it is called.
    pub title: String,
    /// Texts of which one must stand in the same statement or function, or in the same script; case does not matter. Where
    /// several clouds are named, none is known to be meant.
    pub texts: Vec<String>,
    /// Texts of which none may stand there: the place is about several clouds.
    #[serde(default)]
    pub unless: Vec<String>,
    /// What to do there, where that is not what the rule says; it ends the message.
    #[serde(default)]
    pub advice: Option<String>,
}

/// A file in `rules/uses/`: code that does something with what stands elsewhere in the repository. What it looks like is
/// said by matches, as in a rule.
#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct UseFile {
    /// What it does, in words that follow the name of a file: "reads them with `DefaultAzureCredential`".
    pub does: String,
}
