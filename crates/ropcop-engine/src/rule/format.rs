//! The whole format of a rule file, for its schema: editors check with it what somebody writes.
//!
//! Nothing is read with these types. A file is read in two steps, tables first ([`super::expand`]) and keys after that
//! ([`super::compile`]), and both use the same parts as the types here.

use std::collections::BTreeMap;

use schemars::JsonSchema;

use super::RuleFile;
use super::compile::{UseNames, Where};
use crate::matcher::Says;
use crate::matcher::call::{CallConditions, Callee};
use crate::matcher::command::{Called, CommandConditions};
use crate::matcher::near::NearKeys;
use crate::matcher::record::{Kept, RecordConditions};
use crate::matcher::way::WayKeys;

/// One rule file. Its name without `.toml` is the rule's id.
#[derive(JsonSchema)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
#[expect(dead_code, reason = "only its schema is used")]
pub struct RuleFormat {
    #[serde(flatten)]
    rule: RuleFile,
    /// What the rule matches: any one of these.
    #[serde(rename = "match")]
    matches: Kinds<Vec<CallTable>, Vec<CommandTable>, Vec<RecordTable>>,
    /// What all matches of a kind have in common. A match that says it, too, replaces it; of tables such as `key` it replaces
    /// single entries.
    common: Option<Kinds<CallTable, CommandTable, RecordTable>>,
    /// Names for what several matches need, see `when`: a table like a match, or a list of such tables of which any will do.
    when: Option<Kinds<Names<CallTable>, Names<CommandTable>, Names<RecordTable>>>,
}

/// By the kind of fact that a match looks for.
#[derive(JsonSchema)]
#[serde(deny_unknown_fields)]
#[schemars(inline)]
#[expect(dead_code, reason = "only its schema is used")]
struct Kinds<C, D, R> {
    /// A function or class is called.
    call: Option<C>,
    /// A program is called, as in a shell.
    command: Option<D>,
    /// Keys and values stand together.
    record: Option<R>,
}

type Names<T> = BTreeMap<String, OneOrAny<T>>;
type CallTable = Table<Callee, CallConditions>;
type CommandTable = Table<Called, CommandConditions>;
type RecordTable = Table<Kept, RecordConditions>;

/// One way in which a rule matches: all of its keys hold.
#[derive(JsonSchema)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
#[schemars(rename = "{W}Match")]
#[expect(dead_code, reason = "only its schema is used")]
struct Table<W, C> {
    #[serde(flatten)]
    wanted: W,
    #[serde(flatten)]
    conditions: C,
    #[serde(flatten)]
    language: Where,
    #[serde(flatten)]
    near: NearKeys,
    #[serde(flatten)]
    way: WayKeys,
    #[serde(flatten)]
    uses: UseNames,
    #[serde(flatten)]
    says: Says,
    /// Alternatives, each of which completes this match: tables with the keys that it leaves out, or names in `[when]`.
    #[serde(default)]
    any: Vec<NameOr<Table<W, C>>>,
    /// Names in `[when]`, each of which completes this match.
    #[serde(default)]
    when: Vec<String>,
    /// None of these may hold: tables of conditions, or names in `[when]`.
    #[serde(default)]
    unless: Vec<NameOr<Only<C>>>,
}

/// Conditions and nothing else.
#[derive(JsonSchema)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
#[schemars(rename = "{C}Only")]
#[expect(dead_code, reason = "only its schema is used")]
struct Only<C> {
    #[serde(flatten)]
    conditions: C,
    /// Alternatives, each of which completes these conditions: tables of conditions, or names in `[when]`.
    #[serde(default)]
    any: Vec<NameOr<Only<C>>>,
    /// Names in `[when]`, each of which completes these conditions.
    #[serde(default)]
    when: Vec<String>,
}

#[derive(JsonSchema)]
#[serde(untagged)]
#[schemars(inline)]
#[expect(dead_code, reason = "only its schema is used")]
enum NameOr<T> {
    /// A name in `[when]`.
    Name(String),
    /// What such a name would stand for.
    Table(T),
}

#[derive(JsonSchema)]
#[serde(untagged)]
#[schemars(inline)]
#[expect(dead_code, reason = "only its schema is used")]
enum OneOrAny<T> {
    /// It holds.
    One(T),
    /// One of them holds.
    Any(Vec<NameOr<T>>),
}
