//! From the whole table of a match to something that matches.

use std::collections::BTreeMap;
use std::sync::Arc;

use serde::de::DeserializeOwned;

use super::expand::Written;
use super::name::{LanguageName, Name};
use super::part::{fields, part};
use super::{Mistake, Tables};
use crate::TextsFile;
use crate::command::Grammar;
use crate::matcher::call::{CallConditions, CallMatch, Callee};
use crate::matcher::command::{Called, CommandConditions, CommandMatch};
use crate::matcher::near::{Near, NearKeys};
use crate::matcher::record::{Kept, RecordConditions, RecordMatch};
use crate::matcher::way::{Along, Exempt, WayKeys};
use crate::matcher::{Asked, Matcher, Says, UseNumbers, Wanted};

use schemars::JsonSchema;
use serde::Deserialize;

/// The kind of fact that a match looks for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum FactKind {
    Call,
    Command,
    Record,
}

impl FactKind {
    pub(super) const ALL: [Self; 3] = [Self::Call, Self::Command, Self::Record];

    /// The name, as in the head of a match.
    pub(super) fn name(self) -> &'static str {
        match self {
            Self::Call => "call",
            Self::Command => "command",
            Self::Record => "record",
        }
    }

    /// All keys of such a match.
    pub(super) fn keys(self) -> Vec<&'static str> {
        let [wanted, conditions] = match self {
            Self::Call => [fields::<Callee>(), fields::<CallConditions>()],
            Self::Command => [fields::<Called>(), fields::<CommandConditions>()],
            Self::Record => [fields::<Kept>(), fields::<RecordConditions>()],
        };
        let near = [fields::<NearKeys>(), fields::<WayKeys>()].concat();
        let shared = [fields::<Where>(), &near, fields::<UseNames>(), fields::<Says>()];
        [&[wanted, conditions], &shared[..]].concat().concat()
    }
}

/// Where a match applies.
#[derive(Clone, Debug, Default, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case", default)]
pub(crate) struct Where {
    /// Languages in which it applies, as `ropcop facts` names them. `javascript` includes TypeScript, Vue and Svelte;
    /// `java` includes Kotlin, Scala and Groovy; `csharp` includes F# and PowerShell; `python` includes notebooks.
    /// All, if left out.
    language: Vec<LanguageName>,
}

/// What must be elsewhere in the repository.
#[derive(Clone, Debug, Default, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case", default)]
pub(crate) struct UseNames {
    /// Files in `rules/uses/`: one of these uses must be somewhere in the repository. The nearest are shown. A use in another
    /// project of the repository makes the finding less sure.
    used_by: Vec<Name>,
    /// Uses of which none may be in the repository.
    unused_by: Vec<Name>,
    /// Uses that must all be in the repository as well; they are not shown.
    given: Vec<Name>,
}

/// What the files of the rules share, as far as it was read.
pub(crate) struct Compiler<'r> {
    /// The text of the file that is compiled.
    pub(crate) text: &'r str,
    pub(crate) grammars: &'r [Grammar],
    /// The names of the uses, by whose places they are known. None in a use, which cannot depend on another.
    pub(crate) uses: Option<Vec<&'r str>>,
    pub(crate) texts: &'r BTreeMap<Arc<str>, TextsFile>,
}

impl Compiler<'_> {
    /// Compiles all matches of a file.
    pub(crate) fn matchers(&self, tables: &Tables<'_>) -> Result<Vec<Matcher>, Mistake> {
        tables.matches()?.iter().map(|written| self.matcher(written)).collect()
    }

    fn matcher(&self, written: &Written<'_>) -> Result<Matcher, Mistake> {
        let Written { table, span, .. } = written;
        let found: Where = part(table, span.clone())?;
        let before = self.text.get(..span.start).unwrap_or_default();
        Ok(Matcher {
            line: before.matches('\n').count() + 1,
            wanted: self.wanted(written)?,
            language: found.language,
            near: self.near(part(table, span.clone())?, &part(table, span.clone())?)?,
            along: self.along(part(table, span.clone())?)?,
            uses: self.uses(&part(table, span.clone())?)?,
            says: part(table, span.clone())?,
        })
    }

    fn wanted(&self, written: &Written<'_>) -> Result<Wanted, Mistake> {
        let Written { table, span, kind, .. } = written;
        let missing = |message: &str, help: &str| Err(Mistake::at(span.clone(), message, help));
        Ok(match kind {
            FactKind::Call => {
                let wanted = CallMatch { callee: part(table, span.clone())?, asked: asked(written)? };
                if wanted.callee.path.is_empty() && wanted.callee.method.is_empty() {
                    return missing("this match looks for nothing", "say which calls: `path`, `method`");
                }
                Wanted::Call(wanted)
            }
            FactKind::Command => {
                let wanted = CommandMatch { called: part(table, span.clone())?, asked: asked(written)? };
                match &wanted.called.name {
                    None => return missing("this match looks for nothing", "say which command: `name`"),
                    Some(name) => self.check_options(name, &wanted)?,
                }
                Wanted::Command(wanted)
            }
            FactKind::Record => {
                let wanted = RecordMatch { kept: part(table, span.clone())?, asked: asked(written)? };
                let RecordConditions { with, present, key, .. } = &wanted.asked.all;
                if wanted.kept.kind.is_empty() {
                    return missing("this match looks for nothing", "say which kinds of record: `kind`");
                } else if wanted.kept.at.is_none() {
                    return missing("which key is to be reported?", "name it with `at`");
                } else if with.is_empty() && present.is_empty() && key.is_empty() {
                    return missing("this match asks for no key", "name keys in `with`, `present` or `key`");
                }
                Wanted::Record(wanted)
            }
        })
    }

    fn check_options(&self, name: &Name, wanted: &CommandMatch) -> Result<(), Mistake> {
        let Some(grammar) = self.grammars.iter().find(|grammar| grammar.name() == &**name) else {
            let names: Vec<&str> = self.grammars.iter().map(Grammar::name).collect();
            let help = match names.is_empty() {
                true => "a file in `commands/` describes a command".to_owned(),
                false => format!("described are: {}. A file in `commands/` describes one more", names.join(", ")),
            };
            return Err(Mistake::at(name.span.clone(), format!("the command `{}` is not described", &**name), help));
        };
        match wanted.options().find(|option| !grammar.knows(option)) {
            Some(option) => {
                let message = format!("`{}` has no option `{}`", &**name, &**option);
                let help = "use the first of its names in the file in `commands/`";
                Err(Mistake::at(option.span.clone(), message, help))
            }
            None => Ok(()),
        }
    }

    fn near(&self, keys: NearKeys, way: &WayKeys) -> Result<Near, Mistake> {
        let texts = if way.to.is_empty() { &keys.near } else { &way.to };
        if let (Some(elsewhere), true) = (&keys.elsewhere, texts.is_empty()) {
            let help = "it says when a text in one of these does not count";
            return Err(Mistake::at(elsewhere.span(), "`elsewhere` needs `near` or `to`", help));
        }
        if let (Some(near), false) = (keys.near.first(), way.to.is_empty()) {
            let help = "`to` looks near by itself where no way is seen";
            return Err(Mistake::at(near.span.clone(), "`to` replaces `near`", help));
        }
        Ok(Near {
            texts: self.texts(texts)?,
            not: self.texts(&keys.not_near)?,
            within: keys.near_in,
            elsewhere: keys.elsewhere.map(toml::Spanned::into_inner),
        })
    }

    fn along(&self, keys: WayKeys) -> Result<Along, Mistake> {
        let exempt = |name: &Name| {
            let called = match name.strip_prefix('@') {
                None => format!("`{}`", &**name),
                Some(list) => self.list(name, list)?.called.clone().unwrap_or_else(|| list.replace('-', " ")),
            };
            Ok(Exempt { texts: self.texts(std::slice::from_ref(name))?, called })
        };
        let unless = keys.unless_way.iter().map(exempt).collect::<Result<_, Mistake>>()?;
        Ok(Along { to: !keys.to.is_empty(), unless, address: keys.address })
    }

    fn list(&self, name: &Name, list: &str) -> Result<&TextsFile, Mistake> {
        self.texts.get(list).ok_or_else(|| {
            let help = "behind `@` stands the name of a file in `texts/` without its `.toml`";
            Mistake::at(name.span.clone(), format!("there is no `texts/{list}.toml`"), help)
        })
    }

    /// Texts in lower case, those of the lists that are named among them.
    fn texts(&self, names: &[Name]) -> Result<Vec<String>, Mistake> {
        let mut texts = Vec::new();
        for name in names {
            match name.strip_prefix('@') {
                None => texts.push(name.to_lowercase()),
                Some(list) => texts.extend(self.list(name, list)?.texts.iter().map(|text| text.to_lowercase())),
            }
        }
        Ok(texts)
    }

    fn uses(&self, names: &UseNames) -> Result<UseNumbers, Mistake> {
        let number = |name: &Name| {
            let Some(uses) = &self.uses else {
                let help = "`used-by`, `unused-by` and `given` belong to rules";
                return Err(Mistake::at(name.span.clone(), "a use cannot depend on another", help));
            };
            uses.iter().position(|known| *known == &**name).ok_or_else(|| {
                let help = "`used-by`, `unused-by` and `given` name files in `uses/` without their `.toml`";
                Mistake::at(name.span.clone(), format!("there is no `uses/{}.toml`", &**name), help)
            })
        };
        let numbers = |names: &[Name]| names.iter().map(number).collect::<Result<Vec<usize>, Mistake>>();
        Ok(UseNumbers {
            used_by: numbers(&names.used_by)?,
            unused_by: numbers(&names.unused_by)?,
            given: numbers(&names.given)?,
        })
    }
}

/// The conditions of a match, and those that must not hold.
fn asked<C: DeserializeOwned>(written: &Written<'_>) -> Result<Asked<C>, Mistake> {
    let unless = written.unless.iter().map(|table| {
        let strange = table.get_ref().keys().find(|key| !fields::<C>().contains(&&**key.get_ref()));
        match strange {
            Some(key) => {
                let keys: Vec<String> = fields::<C>().iter().map(|key| format!("`{key}`")).collect();
                let help = format!("`unless` may have {}", keys.join(", "));
                let message = format!("`{}` is no condition on a {}", key.get_ref(), written.kind.name());
                Err(Mistake::at(key.span(), message, help))
            }
            None => Ok(part(table.get_ref(), table.span())?),
        }
    });
    let unless = unless.collect::<Result<_, Mistake>>()?;
    Ok(Asked { all: part(&written.table, written.span.clone())?, unless })
}
