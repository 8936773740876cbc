//! From the tables of a rule file, which say nothing twice, to one whole table for each match.
//!
//! All of this is about tables and not about what their keys mean: a new key needs nothing here.

use std::borrow::Cow;
use std::cell::RefCell;
use std::collections::BTreeSet;
use std::ops::Range;

use toml::Spanned;
use toml::de::{DeTable, DeValue};

use super::Mistake;
use super::compile::FactKind;

/// Completes a match by alternatives.
const ANY: &str = "any";
/// Completes a match by what has a name.
const WHEN: &str = "when";
/// Conditions of which none may hold.
const UNLESS: &str = "unless";

/// A match may have so many alternatives; each is tried on every fact. The report says so.
const MOST_ALTERNATIVES: usize = 256;

/// What a rule file says about its matches, as written.
#[derive(Debug, Default)]
pub(crate) struct Tables<'i> {
    matches: Option<Entry<'i>>,
    common: Option<Entry<'i>>,
    when: Option<Entry<'i>>,
}

type Entry<'i> = (Range<usize>, Spanned<DeValue<'i>>);

/// One match with all that it inherits, as if nothing were shared.
#[derive(Debug)]
pub(crate) struct Written<'i> {
    pub(crate) kind: FactKind,
    /// Where the match is written.
    pub(crate) span: Range<usize>,
    pub(crate) table: DeTable<'i>,
    pub(crate) unless: Vec<Spanned<DeTable<'i>>>,
}

impl<'i> Tables<'i> {
    /// Takes the matches out of a file.
    pub(crate) fn take(file: &mut DeTable<'i>) -> Self {
        let mut take = |key: &str| {
            let span = file.get_key_value(key)?.0.span();
            file.remove(key).map(|value| (span, value))
        };
        Self { matches: take("match"), common: take("common"), when: take(WHEN) }
    }

    /// All matches, in the order in which they are written.
    pub(crate) fn matches(&self) -> Result<Vec<Written<'i>>, Mistake> {
        let mut found = Vec::new();
        for kind in FactKind::ALL {
            let tables = self.of(&self.matches, kind)?.map(list).transpose()?.unwrap_or_default();
            let shared = Shared {
                kind,
                keys: kind.keys(),
                names: self.of(&self.when, kind)?.map(table).transpose()?,
                used: RefCell::default(),
            };
            let common = match self.of(&self.common, kind)? {
                Some(value) => shared.expand(value, &[])?,
                None => vec![Draft::default()],
            };
            for value in tables {
                for draft in shared.expand(value, &[])? {
                    found.extend(common.iter().map(|common| draft.over(common).written(kind, value.span())));
                }
            }
            shared.check_names()?;
        }
        found.sort_by_key(|written| written.span.start);
        Ok(found)
    }

    /// What an entry says for a kind of match.
    fn of<'t>(
        &self,
        entry: &'t Option<Entry<'i>>,
        kind: FactKind,
    ) -> Result<Option<&'t Spanned<DeValue<'i>>>, Mistake> {
        let Some((span, value)) = entry else { return Ok(None) };
        let DeValue::Table(kinds) = value.get_ref() else {
            let help = "a match says by its head what it looks for: `[[match.call]]`, `[[match.command]]` or `[[match.record]]`";
            return Err(Mistake::at(span.clone(), "of which kind is this?", help));
        };
        match kinds.keys().find(|key| FactKind::ALL.iter().all(|kind| kind.name() != key.get_ref().as_ref())) {
            Some(key) => {
                let help = "there are `call`, `command` and `record`";
                Err(Mistake::at(key.span(), format!("`{}` is no kind of match", key.get_ref()), help))
            }
            None => Ok(kinds.get(kind.name())),
        }
    }
}

/// What the matches of one kind share.
struct Shared<'t, 'i> {
    kind: FactKind,
    /// All keys that such a match may have.
    keys: Vec<&'static str>,
    names: Option<&'t DeTable<'i>>,
    used: RefCell<BTreeSet<&'t str>>,
}

/// A table that is being completed.
#[derive(Clone, Debug, Default)]
struct Draft<'i> {
    table: DeTable<'i>,
    unless: Vec<Spanned<DeTable<'i>>>,
}

impl<'t, 'i> Shared<'t, 'i> {
    /// The alternatives that a table stands for. `within` are the names that led to it.
    fn expand(&self, value: &'t Spanned<DeValue<'i>>, within: &[&'t str]) -> Result<Vec<Draft<'i>>, Mistake> {
        let table = table(value)?;
        let mut own = Draft::default();
        let mut drafts = Vec::new();
        for (key, value) in table {
            match key.get_ref().as_ref() {
                ANY => drafts.push(self.any(value, within)?),
                WHEN => {
                    for name in list(value)? {
                        drafts.push(self.named(name, within)?);
                    }
                }
                UNLESS => {
                    for draft in self.any(value, within)? {
                        if let Some(inner) = draft.unless.first() {
                            let help = "say what it takes for the match in place of what it does not";
                            return Err(Mistake::at(inner.span(), "`unless` stands inside another", help));
                        }
                        own.unless.push(Spanned::new(value.span(), draft.table));
                    }
                }
                known if self.keys.contains(&known) => drop(own.table.insert(key.clone(), value.clone())),
                unknown => return Err(self.unknown(unknown, key.span())),
            }
        }
        drafts.into_iter().try_fold(vec![own], |all, more| product(&all, &more, value.span()))
    }

    /// A list of alternatives.
    fn any(&self, value: &'t Spanned<DeValue<'i>>, within: &[&'t str]) -> Result<Vec<Draft<'i>>, Mistake> {
        let mut found = Vec::new();
        for item in list(value)? {
            found.extend(match item.get_ref() {
                DeValue::String(_) => self.named(item, within)?,
                _ => self.expand(item, within)?,
            });
        }
        match found.is_empty() {
            true => Err(Mistake::at(value.span(), "there is no alternative", "take it out, or name one")),
            false => Ok(found),
        }
    }

    /// What stands under a name in `[when]`: a table, or a list of alternatives.
    fn named(&self, name: &'t Spanned<DeValue<'i>>, within: &[&'t str]) -> Result<Vec<Draft<'i>>, Mistake> {
        let kind = self.kind.name();
        let Some(text) = name.get_ref().as_str() else {
            return Err(Mistake::at(name.span(), "this is no name", format!("name something in `[when.{kind}]`")));
        };
        let Some((key, value)) = self.names.and_then(|names| names.get_key_value(text)) else {
            let message = format!("there is no `{text}` in `[when.{kind}]`");
            return Err(Mistake::at(name.span(), message, "conditions that several matches need have a name there"));
        };
        if within.contains(&text) {
            return Err(Mistake::at(name.span(), format!("`{text}` needs itself"), "take it out of one of its parts"));
        }
        self.used.borrow_mut().insert(key.get_ref());
        let within = [within, &[text]].concat();
        match value.get_ref() {
            DeValue::Array(_) => self.any(value, &within),
            _ => self.expand(value, &within),
        }
    }

    fn unknown(&self, key: &str, span: Range<usize>) -> Mistake {
        let others = FactKind::ALL.into_iter().filter(|kind| kind.keys().contains(&key));
        let others: Vec<String> = others.map(|kind| format!("a {}", kind.name())).collect();
        let kind = self.kind.name();
        let message = match others.is_empty() {
            true => format!("unknown key `{key}`"),
            false => format!("`{key}` belongs to {}, not to a {kind}", others.join(" or ")),
        };
        let mut keys = self.keys.clone();
        keys.extend([ANY, WHEN, UNLESS]);
        let keys: Vec<String> = keys.iter().map(|key| format!("`{key}`")).collect();
        Mistake::at(span, message, format!("a match of a {kind} may have {}", keys.join(", ")))
    }

    /// A name that nothing asks for may be misspelt where it should be.
    fn check_names(&self) -> Result<(), Mistake> {
        let used = self.used.borrow();
        let mut names = self.names.into_iter().flatten().map(|(key, _)| key);
        match names.find(|key| !used.contains(key.get_ref().as_ref())) {
            Some(key) => {
                let message = format!("nothing asks for `{}`", key.get_ref());
                Err(Mistake::at(key.span(), message, "name it in `when`, `any` or `unless`, or take it out"))
            }
            None => Ok(()),
        }
    }
}

/// Each of the first with each of the second.
fn product<'i>(all: &[Draft<'i>], more: &[Draft<'i>], span: Range<usize>) -> Result<Vec<Draft<'i>>, Mistake> {
    if all.len() * more.len() > MOST_ALTERNATIVES {
        let message = format!("this stands for more than {MOST_ALTERNATIVES} alternatives");
        return Err(Mistake::at(span, message, "write several matches, with fewer conditions of their own"));
    }
    all.iter().flat_map(|one| more.iter().map(|other| one.with(other))).collect()
}

impl<'i> Draft<'i> {
    /// Both together; they say nothing twice.
    fn with(&self, other: &Self) -> Result<Self, Mistake> {
        let mut both = self.clone();
        both.unless.extend(other.unless.iter().cloned());
        for (key, value) in &other.table {
            let twice = |key: &Spanned<Cow<'_, str>>| {
                let help = "a match, its alternatives and what it names complete each other: say it in one of them";
                Mistake::at(key.span(), format!("`{}` is said twice", key.get_ref()), help)
            };
            match (both.table.get_mut(key.get_ref().as_ref()).map(Spanned::get_mut), value.get_ref()) {
                (None, _) => drop(both.table.insert(key.clone(), value.clone())),
                (Some(DeValue::Table(known)), DeValue::Table(more)) => {
                    for (key, value) in more {
                        if known.insert(key.clone(), value.clone()).is_some() {
                            return Err(twice(key));
                        }
                    }
                }
                _ => return Err(twice(key)),
            }
        }
        Ok(both)
    }

    /// This with what it leaves to `common`: entries of a table are taken one by one, all else as a whole.
    fn over(&self, common: &Self) -> Self {
        let mut whole = self.clone();
        whole.unless.extend(common.unless.iter().cloned());
        for (key, value) in &common.table {
            match (whole.table.get_mut(key.get_ref().as_ref()).map(Spanned::get_mut), value.get_ref()) {
                (None, _) => drop(whole.table.insert(key.clone(), value.clone())),
                (Some(DeValue::Table(own)), DeValue::Table(common)) => {
                    for (key, value) in common {
                        own.entry(key.clone()).or_insert_with(|| value.clone());
                    }
                }
                _ => {}
            }
        }
        whole
    }

    fn written(self, kind: FactKind, span: Range<usize>) -> Written<'i> {
        Written { kind, span, table: self.table, unless: self.unless }
    }
}

fn table<'t, 'i>(value: &'t Spanned<DeValue<'i>>) -> Result<&'t DeTable<'i>, Mistake> {
    let help = "tables are written `{ key = … }`";
    value.get_ref().as_table().ok_or_else(|| Mistake::at(value.span(), "this is no table", help))
}

fn list<'t, 'i>(value: &'t Spanned<DeValue<'i>>) -> Result<&'t [Spanned<DeValue<'i>>], Mistake> {
    let help = "lists are written `[ …, … ]`, and lists of tables by their heads, `[[…]]`";
    let list = value.get_ref().as_array().ok_or_else(|| Mistake::at(value.span(), "this is no list", help))?;
    Ok(list)
}
