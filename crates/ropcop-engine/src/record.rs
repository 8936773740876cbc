//! Records × rules: which keys a record must have, and with what values.

use ropcop_syntax::{Field, Part, Record, RecordKind, Value};

use crate::compile::{Matcher, Mistake};
use crate::matcher::{FileText, Hit, is_literal, literal_secret};
use crate::{Confidence, Match, Nearness, Severity};

/// The name of a key in a rule.
#[derive(Clone, Debug)]
pub(crate) struct KeyPattern {
    names: Vec<Name>,
}

#[derive(Clone, Debug)]
enum Name {
    /// The key itself.
    Plain(String),
    /// The end of the path of the key, in lower case; between the parts may stand anything.
    Path(Vec<String>),
}

impl KeyPattern {
    pub(crate) fn new(text: &str) -> Self {
        let name = |name: &str| match name.contains(['.', '*']) {
            true => Name::Path(name.to_lowercase().split('*').map(str::to_owned).collect()),
            false => Name::Plain(name.to_owned()),
        };
        Self { names: text.split('|').map(str::trim).map(name).collect() }
    }

    /// Of several fields with the key, the last holds.
    fn find<'r>(&self, record: &'r Record) -> Option<&'r Field> {
        record.fields.iter().rev().find(|field| self.names.iter().any(|name| name.is(record, field)))
    }
}

impl Name {
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

/// The names of keys in a match, compiled.
#[derive(Clone, Debug, Default)]
pub(crate) struct Keys {
    /// `key` and `unless-key`, in the order of the table's maps.
    pub(crate) key: Vec<(KeyPattern, crate::value::Check)>,
    pub(crate) unless_key: Vec<(KeyPattern, crate::value::Check)>,
    with: Vec<KeyPattern>,
    with_any: Vec<KeyPattern>,
    without: Vec<KeyPattern>,
    secret: Vec<KeyPattern>,
    beside: Vec<KeyPattern>,
    at: Option<KeyPattern>,
}

impl Keys {
    pub(crate) fn new(table: &Match) -> Result<Self, Mistake> {
        let list = |names: &[String]| names.iter().map(|name| KeyPattern::new(name)).collect::<Vec<_>>();
        let checks = |map: &std::collections::BTreeMap<String, crate::Condition>| {
            let check = |(key, condition): (&String, &crate::Condition)| -> Result<_, Mistake> {
                Ok((KeyPattern::new(key), crate::compile::check(condition)?))
            };
            map.iter().map(check).collect::<Result<Vec<_>, _>>()
        };
        Ok(Self {
            key: checks(&table.key)?,
            unless_key: checks(&table.unless_key)?,
            with: list(&table.with),
            with_any: list(&table.with_any),
            without: list(&table.without),
            secret: list(&table.secret),
            beside: list(&table.beside),
            at: table.at.as_deref().map(KeyPattern::new),
        })
    }
}

/// The records of a file that a matcher matches.
pub(crate) fn hits(matcher: &Matcher, text: &FileText<'_>) -> Vec<Hit> {
    let kinds = &matcher.table.record;
    let records = text.file.facts.records.iter().filter(|record| kinds.iter().any(|kind| kind.kind() == record.kind));
    records.filter_map(|record| matched(matcher, record, text)).collect()
}

fn matched(matcher: &Matcher, record: &Record, text: &FileText<'_>) -> Option<Hit> {
    let keys = &matcher.keys;
    let filled = |key: &KeyPattern| key.find(record).is_some_and(|field| !is_empty(&field.value));
    let holds =
        |(key, check): &(KeyPattern, crate::value::Check)| check.holds_for(key.find(record).map(|field| &field.value));
    let fits = keys.with.iter().all(filled)
        && (keys.with_any.is_empty() || keys.with_any.iter().any(filled))
        && !keys.without.iter().any(filled)
        && keys.key.iter().all(holds)
        && !keys.unless_key.iter().any(holds);
    let near = |nearness| match nearness {
        Nearness::Statement => text.stretch(record.statement.to(record.span)),
        Nearness::Function => text.stretch(record.function.to(record.span)),
        Nearness::File => text.all(),
    };
    if !(fits && matcher.is_near(near)) {
        return None;
    }
    let at = keys.at.as_ref()?.find(record)?;
    let secrets = keys.secret.iter().filter_map(|key| key.find(record)).filter(|field| is_literal(&field.value));
    let secrets: Vec<&Field> = secrets.collect();
    let only_samples = !secrets.is_empty() && secrets.iter().all(|field| is_sample_secret(&field.value));
    let beside = keys.beside.iter().filter_map(|key| key.find(record)).filter(|field| field.key_span != at.key_span);
    Some(Hit {
        span: at.key_span,
        confidence: Confidence::High,
        literal_secret: secrets.iter().any(|field| literal_secret(&field.value) && !is_sample_secret(&field.value)),
        secrets: secrets.iter().map(|field| field.span).collect(),
        related: beside.map(|field| (field.key_span, format!("`{}` is set here", field.key))).collect(),
        statement: record.statement,
        scope: record.function,
        at_most: (is_empty(&at.value) || is_sample(&at.value) || only_samples).then_some(Severity::Note),
    })
}

/// Whether a value is known to be empty.
pub(crate) fn is_empty(value: &Value) -> bool {
    match value {
        Value::Text(parts) => parts.iter().all(|part| part.text().is_some_and(str::is_empty)),
        Value::Null => true,
        _ => false,
    }
}

/// Whether a value only shows where a real one belongs: `<your password>`, `changeme`.
fn is_sample(value: &Value) -> bool {
    let Value::Text(parts) = value else { return false };
    let text: String = parts.iter().filter_map(Part::text).collect();
    let text = text.to_lowercase();
    let is_marked = |open, close| text.len() > 2 && text.starts_with(open) && text.ends_with(close);
    const WORDS: [&str; 8] =
        ["your", "changeme", "change_me", "change-me", "placeholder", "replace", "todo", "example"];
    is_marked('<', '>')
        || is_marked('[', ']')
        || WORDS.iter().any(|word| text.contains(word))
        || (text.len() > 2 && text.chars().all(|c| "*x.".contains(c)))
}

/// Whether a password only shows where a real one belongs: it may say no more than that it is one.
fn is_sample_secret(value: &Value) -> bool {
    const WORDS: [&str; 7] = ["password", "passwd", "passcode", "pass", "pwd", "secret", "mypassword"];
    let is_word = |text: String| WORDS.iter().any(|word| text.eq_ignore_ascii_case(word));
    is_sample(value) || value.text().is_some_and(is_word)
}

#[cfg(test)]
mod tests {
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
            KeyPattern::new(pattern).find(&record).is_some()
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
