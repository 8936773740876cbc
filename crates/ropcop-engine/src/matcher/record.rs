//! Records × rules: which keys a record must have, and with what values.

use std::collections::BTreeMap;

use ropcop_syntax::{Field, Record, RecordKind, Value};
use schemars::JsonSchema;
use serde::Deserialize;

use super::failed::Failed;
use super::near::Nearness;
use super::way::{self, Ways};
use super::{Asked, Checks, FileText, Hit, Matcher, none};
use crate::Severity;
use crate::condition::Condition;
use crate::literal::{is_empty, is_literal, is_sample, is_sample_secret, literal_secret};

/// Which records a match looks for, and what of them is shown.
#[derive(Clone, Debug, Default, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case", default)]
pub(crate) struct Kept {
    /// Kinds of record: keys and values that belong together, see `ropcop facts`. The names of the keys are compared
    /// exactly in an environment, and without case elsewhere. `|` stands between names of which any will do. A name with a
    /// dot is compared with the end of the whole path of the key, and `*` in it stands for any text.
    pub(crate) kind: Vec<RecordName>,
    /// The key to report.
    pub(crate) at: Option<KeyPattern>,
    /// Keys whose places are shown beside it.
    beside: Vec<KeyPattern>,
    /// Which keys hold the password: they are masked, and a literal is mentioned.
    secret: Vec<KeyPattern>,
    /// Which keys hold other secrets: they are masked, and nothing is said of them.
    masked: Vec<KeyPattern>,
}

/// Conditions on a record: all of them hold.
#[derive(Clone, Debug, Default, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case", default)]
pub(crate) struct RecordConditions {
    /// Keys that must be there with a value that is not empty.
    pub(crate) with: Vec<KeyPattern>,
    /// Keys of which at least one must be there with a value that is not empty.
    pub(crate) with_any: Vec<KeyPattern>,
    /// Keys that must not be there, or only with an empty value.
    without: Vec<KeyPattern>,
    /// Keys that must be there, even if they are empty.
    pub(crate) present: Vec<KeyPattern>,
    /// Conditions on the values of keys.
    pub(crate) key: BTreeMap<KeyPattern, Condition>,
    /// Conditions on the values of keys of which none may hold. A key that is not there fulfils none.
    unless_key: BTreeMap<KeyPattern, Condition>,
}

/// A kind of record.
#[derive(Clone, Copy, Debug, Deserialize, JsonSchema, PartialEq, Eq)]
#[serde(rename_all = "lowercase")]
pub(crate) enum RecordName {
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
    fn kind(self) -> RecordKind {
        match self {
            Self::Environment => RecordKind::Environment,
            Self::Mapping => RecordKind::Mapping,
            Self::Text => RecordKind::Text,
            Self::Versions => RecordKind::Versions,
        }
    }
}

impl RecordConditions {
    fn check(&self, record: &Record) -> Checks<'_> {
        let filled = |key: &KeyPattern| key.all(record).any(|field| !is_empty(&field.value));
        none(self.with.iter().find(|key| !filled(key)).map(Failed::WithKey))?;
        if !(self.with_any.is_empty() || self.with_any.iter().any(filled)) {
            return Err(Failed::WithAnyKey(&self.with_any));
        }
        none(self.without.iter().find(|key| filled(key)).map(Failed::WithoutKey))?;
        none(self.present.iter().find(|key| key.find(record).is_none()).map(Failed::Present))?;
        let wrong = self.key.iter().find(|(key, check)| !key.any(record, |value| check.holds_for(value)));
        none(wrong.map(|(key, condition)| match key.find(record) {
            Some(_) => Failed::Key(key, condition),
            None => Failed::NoKey(key, condition),
        }))?;
        let surely = |(key, check): &(&KeyPattern, &Condition)| key.any(record, |value| check.surely_holds_for(value));
        none(self.unless_key.iter().find(surely).map(|(key, condition)| Failed::UnlessKey(key, condition)))
    }
}

/// A match that looks for records.
#[derive(Clone, Debug)]
pub(crate) struct RecordMatch {
    pub(crate) kept: Kept,
    pub(crate) asked: Asked<RecordConditions>,
}

impl RecordMatch {
    pub(super) fn hits(&self, matcher: &Matcher, text: &FileText<'_>) -> Vec<Hit> {
        text.file.facts.records.iter().filter_map(|record| self.hit(record, matcher, text).ok()).collect()
    }

    pub(super) fn hit<'m>(
        &'m self,
        record: &Record,
        matcher: &'m Matcher,
        text: &FileText<'_>,
    ) -> Result<Hit, Failed<'m>> {
        if !self.kept.kind.iter().any(|kind| kind.kind() == record.kind) {
            return Err(Failed::Kind);
        }
        let Kept { at, beside, secret, masked, .. } = &self.kept;
        let at = at.as_ref().and_then(|at| at.find(record)).ok_or(Failed::At)?;
        let stretch = |nearness| match nearness {
            Nearness::Statement => text.stretch(record.statement.to(record.span)),
            Nearness::Function => text.stretch(record.function.to(record.span)),
            Nearness::File => text.all(),
        };
        self.asked.check(|conditions| conditions.check(record))?;
        let judged = matcher.along.judge(&matcher.near, || Ways::of_record(record), stretch)?;
        let secrets: Vec<&Field> = secret.iter().filter_map(|key| key.find(record)).collect();
        let literals: Vec<&&Field> = secrets.iter().filter(|field| is_literal(&field.value)).collect();
        let only_samples = !literals.is_empty() && literals.iter().all(|field| is_sample_secret(&field.value));
        let masked = masked.iter().filter_map(|key| key.find(record));
        let beside = beside.iter().filter_map(|key| key.find(record)).filter(|field| field.key_span != at.key_span);
        Ok(Hit {
            span: at.key_span,
            confidence: judged.at_most,
            doubts: judged.doubts,
            literal_secret: literals.iter().any(|field| literal_secret(&field.value)),
            secrets: secrets.into_iter().chain(masked).map(|field| text.secret(&field.value, field.span)).collect(),
            related: beside.map(|field| (field.key_span, format!("`{}` is set here", field.key))).collect(),
            aim: way::aim_of_record(record),
            statement: record.statement,
            scope: record.function,
            at_most: (is_empty(&at.value) || is_sample(&at.value) || only_samples).then_some(Severity::Note),
        })
    }
}

/// The name of a key in a rule.
#[derive(Clone, Debug, Deserialize, PartialEq, Eq, PartialOrd, Ord)]
#[serde(from = "String")]
pub(crate) struct KeyPattern {
    /// As it is written.
    pub(crate) text: String,
    names: Vec<KeyName>,
}

#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum KeyName {
    /// The key itself.
    Plain(String),
    /// The end of the path of the key, in lower case; between the parts may stand anything.
    Path(Vec<String>),
}

impl From<String> for KeyPattern {
    fn from(text: String) -> Self {
        let name = |name: &str| match name.contains(['.', '*']) {
            true => KeyName::Path(name.to_lowercase().split('*').map(str::to_owned).collect()),
            false => KeyName::Plain(name.to_owned()),
        };
        Self { names: text.split('|').map(str::trim).map(name).collect(), text }
    }
}

impl KeyPattern {
    /// Of several fields with the key, the last holds.
    fn find<'r>(&self, record: &'r Record) -> Option<&'r Field> {
        record.fields.iter().rev().find(|field| self.names.iter().any(|name| name.is(record, field)))
    }

    /// The fields with any of the names, the last of each.
    fn all<'r>(&self, record: &'r Record) -> impl Iterator<Item = &'r Field> + use<'_, 'r> {
        self.names.iter().filter_map(move |name| record.fields.iter().rev().find(|field| name.is(record, field)))
    }

    /// Whether a condition holds for any of the fields; where there is none, for nothing.
    fn any(&self, record: &Record, holds: impl Fn(Option<&Value>) -> bool) -> bool {
        let mut fields = self.all(record).peekable();
        match fields.peek() {
            Some(_) => fields.any(|field| holds(Some(&field.value))),
            None => holds(None),
        }
    }
}

impl KeyName {
    fn is(&self, record: &Record, field: &Field) -> bool {
        match self {
            Self::Plain(name) if record.kind == RecordKind::Environment => field.key == *name,
            Self::Plain(name) => field.key.eq_ignore_ascii_case(name),
            Self::Path(parts) => {
                // Nearly every key is another one, and that costs nothing to see.
                let end = parts.last().and_then(|part| part.rsplit('.').next()).unwrap_or_default();
                let start = field.key.len().checked_sub(end.len());
                start.and_then(|start| field.key.get(start..)).is_some_and(|tail| tail.eq_ignore_ascii_case(end))
                    && is_end(&format!(".{}.{}", record.path, field.key).to_lowercase(), parts)
            }
        }
    }
}

/// Whether a path, each key behind a dot, ends in these parts, with anything between them. The first begins a key.
fn is_end(path: &str, parts: &[String]) -> bool {
    path.match_indices('.').any(|(at, _)| is_whole(&path[at + 1..], parts))
}

fn is_whole(text: &str, parts: &[String]) -> bool {
    let [first, middle @ .., last] = parts else { return parts.first().is_some_and(|only| text == only) };
    let Some(mut rest) = text.strip_prefix(first.as_str()).and_then(|rest| rest.strip_suffix(last.as_str())) else {
        return false;
    };
    middle.iter().all(|part| {
        let found = rest.find(part.as_str());
        rest = found.map_or("", |at| &rest[at + part.len()..]);
        found.is_some()
    })
}

#[cfg(test)]
mod tests {
    use ropcop_syntax::Value;

    use super::*;

    #[test]
    fn a_key_with_dots_is_the_end_of_a_path() {
        let span = ropcop_syntax::Span::default();
        let is = |pattern: &str, path: &str, key: &str| {
            let field = Field { key: key.into(), value: Value::Null, key_span: span, span };
            let fields = vec![field];
            let kind = RecordKind::Mapping;
            let (statement, function, addresses) = (span, span, Vec::new());
            let record = Record { kind, path: path.into(), fields, span, statement, function, addresses };
            KeyPattern::from(pattern.to_owned()).find(&record).is_some()
        };
        for (pattern, path, key) in [
            ("a.b", "", "a.b"),
            ("a.b", "x.A", "B"),
            ("a.b", "", "x.a.b"),
            ("a*b.c", "a.x.b", "c"),
            ("a*c", "", "abc"),
            ("a*b*c", "a.x", "y.b.z.c"),
            ("a.user.*", "", "a.user.name.x"),
            ("x|a.b", "a", "b"),
        ] {
            assert!(is(pattern, path, key), "{pattern} {path} {key}");
        }
        for (pattern, path, key) in
            [("a.b", "", "b"), ("a.b", "", "xa.b"), ("a.b", "a", "b.c"), ("a*b*c", "", "a.c.b"), ("a*a", "", "a")]
        {
            assert!(!is(pattern, path, key), "{pattern} {path} {key}");
        }
    }
}
