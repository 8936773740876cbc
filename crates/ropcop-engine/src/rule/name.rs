//! Texts of a rule file that are more than texts: names that keep their place, and names that must be known.

use std::borrow::Borrow;
use std::ops::{Deref, Range};

use ropcop_syntax::Language;
use serde::Deserialize;
use toml::Spanned;

/// A name that only the other files of the rules can explain, and where it stands.
#[derive(Clone, Debug, Deserialize)]
#[serde(from = "Spanned<String>")]
pub(crate) struct Name {
    text: String,
    pub(crate) span: Range<usize>,
}

impl From<Spanned<String>> for Name {
    fn from(text: Spanned<String>) -> Self {
        Self { span: text.span(), text: text.into_inner() }
    }
}

impl Deref for Name {
    type Target = str;

    fn deref(&self) -> &str {
        &self.text
    }
}

impl Borrow<str> for Name {
    fn borrow(&self) -> &str {
        &self.text
    }
}

impl PartialEq for Name {
    fn eq(&self, other: &Self) -> bool {
        self.text == other.text
    }
}

impl Eq for Name {}

impl PartialOrd for Name {
    fn partial_cmp(&self, other: &Self) -> Option<std::cmp::Ordering> {
        Some(self.cmp(other))
    }
}

impl Ord for Name {
    fn cmp(&self, other: &Self) -> std::cmp::Ordering {
        self.text.cmp(&other.text)
    }
}

/// The name of a language.
#[derive(Clone, Debug, Deserialize)]
#[serde(try_from = "String")]
pub(crate) struct LanguageName(pub(crate) String);

impl TryFrom<String> for LanguageName {
    type Error = String;

    fn try_from(name: String) -> Result<Self, String> {
        match Language::is_name(&name) {
            true => Ok(Self(name)),
            false => Err(format!(
                "no language is called `{name}`; `ropcop facts FILE` says what the language of a file is called"
            )),
        }
    }
}

/// Gives types that are written as texts the schema of a text. (A derived schema would ask for one of each of their
/// fields.)
macro_rules! schema_of_text {
    ($($name:ty),*) => {$(
        impl schemars::JsonSchema for $name {
            fn schema_name() -> std::borrow::Cow<'static, str> {
                String::schema_name()
            }

            fn inline_schema() -> bool {
                true
            }

            fn json_schema(generator: &mut schemars::SchemaGenerator) -> schemars::Schema {
                String::json_schema(generator)
            }
        }
    )*};
}

schema_of_text!(
    Name,
    LanguageName,
    crate::pattern::PathPattern,
    crate::lazy_regex::LazyRegex,
    crate::matcher::record::KeyPattern
);
