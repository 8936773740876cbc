//! TOML: tables of settings, variables of processes, and packages with their versions.

mod text;

use toml::Spanned;
use toml::de::{DeArray, DeTable, DeValue};

use crate::guest::Reading;
use crate::record::Around;
use crate::record::found::Found;
use crate::settings::dotenv;
use crate::settings::requirements;
use crate::text::template::Template;
use crate::{Facts, Field, Part, RecordKind, Source, Span, Value};

/// Tables that hold variables of a process, or lists of them.
const VARIABLES: [&str; 9] =
    ["env", "envs", "environment", "env_vars", "vars", "set_env", "setenv", "pytest_env", "variables"];

/// Parts of the names of tables and lists that hold packages.
const PACKAGES: [&str; 5] = ["dependencies", "packages", "dependency-groups", "requires", "deps"];

/// A table of tools and their versions.
const TOOLS: &str = "tools";

/// Reads a file; of one with errors, what can be read.
pub(crate) fn facts(source: &Source, reading: &Reading<'_>) -> Facts {
    let (table, errors) = DeTable::parse_recoverable(&source.text);
    let mut reader = TomlRecords { found: Found::new(&source.text, reading), text: &source.text, path: String::new() };
    let all = Span::new(0, source.text.len());
    reader.table(table.get_ref(), all);
    let errors = errors.iter().map(|error| error.span().map_or(all, |span| Span::new(span.start, span.end)));
    reader.found.facts.syntax_errors.extend(errors.take(MOST_ERRORS));
    reader.found.finish()
}

/// More errors say nothing more.
const MOST_ERRORS: usize = 20;

struct TomlRecords<'t> {
    found: Found<'t>,
    text: &'t str,
    /// The keys of the tables around, with dots between.
    path: String,
}

type TomlKey<'t> = Spanned<std::borrow::Cow<'t, str>>;

impl TomlRecords<'_> {
    fn table(&mut self, table: &DeTable<'_>, written: Span) {
        let mut entries: Vec<(&TomlKey<'_>, &Spanned<DeValue<'_>>)> = table.iter().collect();
        entries.sort_by_key(|(key, _)| key.span().start);
        let places = entries.iter().flat_map(|(key, value)| [key.span(), value.span()]);
        let places = places.map(|place| Span::new(place.start, place.end)).filter(|place| place.end > 0);
        let statement = places.reduce(Span::to).unwrap_or(written);
        let around = Around { statement, function: self.found.whole.function };
        let holds_packages = self.holds_packages(1) || self.last() == TOOLS;
        let holds_variables = VARIABLES.contains(&self.last());
        let (mut fields, mut versions) = (Vec::new(), Vec::new());
        for (key, value) in &entries {
            match holds_packages {
                true => versions.extend(self.version(key, value)),
                false => fields.extend(self.field(key, value, around, holds_variables)),
            }
        }
        let kind = if holds_variables { RecordKind::Environment } else { RecordKind::Mapping };
        let path = self.path.clone();
        self.found.add(kind, if holds_variables { "" } else { &path }, fields, around);
        self.found.add(RecordKind::Versions, "", versions, around);
        for (key, value) in entries {
            self.nested(key, value, around);
        }
    }

    /// What stands in a table or list.
    fn nested(&mut self, key: &TomlKey<'_>, value: &Spanned<DeValue<'_>>, around: Around) {
        let before = self.path.len();
        if before > 0 {
            self.path.push('.');
        }
        self.path.push_str(key.get_ref());
        match value.get_ref() {
            DeValue::Table(table) => self.table(table, around.statement),
            DeValue::Array(array) => self.array(array, around),
            _ => {}
        }
        self.path.truncate(before);
    }

    fn array(&mut self, array: &DeArray<'_>, around: Around) {
        let (mut variables, mut versions) = (Vec::new(), Vec::new());
        let holds_variables = VARIABLES.contains(&self.last());
        // A list may be one of several: `project.optional-dependencies.test`.
        let holds_packages = self.holds_packages(2);
        for value in array.iter() {
            match value.get_ref() {
                DeValue::Table(table) => self.table(table, around.statement),
                DeValue::Array(array) => self.array(array, around),
                DeValue::String(_) => {
                    let (value, _) = self.string(value);
                    if holds_packages {
                        let at = value.text.host(0);
                        versions.extend(requirements::requirement(&value.text.text, at));
                    } else if holds_variables {
                        variables.extend(dotenv::variable(&value, &mut self.found, around));
                    } else {
                        self.found.text(&value, around);
                    }
                }
                _ => {}
            }
        }
        self.found.add(RecordKind::Environment, "", variables, around);
        self.found.add(RecordKind::Versions, "", versions, around);
    }

    /// A key with a value that is no table: a list has no value that is worth knowing.
    fn field(
        &mut self,
        key: &TomlKey<'_>,
        value: &Spanned<DeValue<'_>>,
        around: Around,
        is_variable: bool,
    ) -> Option<Field> {
        let key_span = self.key_span(key);
        let place = value.span();
        let span = Span::new(place.start, place.end);
        let written = || self.text.get(place.clone()).unwrap_or_default().to_owned();
        let value = match value.get_ref() {
            DeValue::String(_) => {
                let (text, span) = self.string(value);
                return Some(self.found.field((key.get_ref(), key_span), &text, span, around));
            }
            // `X = { value = "…" }`, as Cargo has it.
            DeValue::Table(table) if is_variable => {
                let value = table.iter().find(|(key, _)| key.get_ref() == "value")?.1;
                return self.field(key, value, around, false);
            }
            DeValue::Table(_) | DeValue::Array(_) => return None,
            _ if is_variable => Value::Text(vec![Part::Text(written())]),
            DeValue::Boolean(value) => Value::Bool(*value),
            _ => Value::Number(written()),
        };
        Some(Field { key: key.get_ref().to_string(), value, key_span, span })
    }

    /// A package that is held to a version: `name = "==1.2"`, `name = { version = "1.2" }`.
    fn version(&self, key: &TomlKey<'_>, value: &Spanned<DeValue<'_>>) -> Option<Field> {
        match value.get_ref() {
            DeValue::String(specifier) => {
                let (_, span) = self.string(value);
                requirements::held((key.get_ref(), self.key_span(key)), specifier, span.start)
            }
            DeValue::Table(table) => {
                let (_, version) = table.iter().find(|(key, _)| key.get_ref() == "version")?;
                matches!(version.get_ref(), DeValue::String(_)).then(|| self.version(key, version))?
            }
            _ => None,
        }
    }

    /// The text of a string, and its place without quotes.
    fn string(&self, value: &Spanned<DeValue<'_>>) -> (Template, Span) {
        let decoded = value.get_ref().as_str().unwrap_or_default();
        text::string(self.text, value.span(), decoded)
    }

    fn key_span(&self, key: &TomlKey<'_>) -> Span {
        text::string(self.text, key.span(), key.get_ref()).1
    }

    fn last(&self) -> &str {
        self.path.rsplit('.').next().unwrap_or_default()
    }

    /// Whether one of the last so many keys says that packages stand here.
    fn holds_packages(&self, keys: usize) -> bool {
        self.path.rsplit('.').take(keys).any(|key| PACKAGES.iter().any(|end| key.ends_with(end)))
    }
}
