//! Parameters of PowerShell: names in any case and shortened as long as they stay clear, `-Name value`, `-Name:value`,
//! switches that can be switched off, values by position.
//!
//! A parameter that is not described is passed over with its value: modules have many, and newer versions have more.

use ropcop_syntax::Word;

use super::{Given, Parsed, behind, keep};
use crate::command::{OptionFile, Takes};

/// What begins a parameter: PowerShell takes these dashes for a hyphen.
const DASHES: [char; 4] = ['-', '\u{2013}', '\u{2014}', '\u{2015}'];

/// Parameters of every cmdlet: names, short form, whether they take a value.
const COMMON: [(&str, &str, bool); 14] = [
    ("Verbose", "vb", false),
    ("Debug", "db", false),
    ("WhatIf", "wi", false),
    ("Confirm", "cf", false),
    ("ErrorAction", "ea", true),
    ("WarningAction", "wa", true),
    ("InformationAction", "infa", true),
    ("ProgressAction", "proga", true),
    ("ErrorVariable", "ev", true),
    ("WarningVariable", "wv", true),
    ("InformationVariable", "iv", true),
    ("OutVariable", "ov", true),
    ("OutBuffer", "ob", true),
    ("PipelineVariable", "pv", true),
];

/// What the name of a parameter stands for.
enum Meaning<'g> {
    Described(&'g OptionFile),
    Common { takes_value: bool },
    Ambiguous,
    Unknown,
}

/// Reads `words` as PowerShell binds them.
pub(crate) fn powershell(words: &[Word], options: &[OptionFile]) -> Parsed {
    let mut parsed = Parsed::default();
    let mut by_position = Vec::new();
    let mut at = 0;
    while let Some(word) = words.get(at) {
        at += 1;
        if word.text().as_deref() == Some("--") {
            by_position.extend(&words[at..]);
            break;
        }
        if word.splits {
            parsed.uncertain = true;
            continue;
        }
        let Some(Parameter { name, joined, whole }) = parameter(word) else {
            by_position.push(word);
            continue;
        };
        if !whole {
            parsed.uncertain = true;
            continue;
        }
        let next = || words.get(at).filter(|next| parameter(next).is_none());
        let value = joined.clone().or_else(|| next().cloned());
        let took_next = joined.is_none() && value.is_some();
        let splat = words.get(at).is_some_and(|next| next.splits);
        let takes_value = match meaning(&name, options) {
            Meaning::Ambiguous => {
                parsed.refused.get_or_insert(format!("`{}` is short for several parameters", word.known_start()));
                return parsed;
            }
            Meaning::Described(spec) if spec.takes == Takes::None => {
                switch(&mut parsed, spec, joined, word);
                false
            }
            Meaning::Described(spec) => {
                if let Err(why) = bind(&mut parsed, spec, value, word) {
                    parsed.refused.get_or_insert(why);
                }
                true
            }
            Meaning::Common { takes_value } => takes_value && !splat,
            Meaning::Unknown => !splat,
        };
        at += usize::from(takes_value && took_next);
    }
    bind_by_position(&mut parsed, options, &by_position);
    parsed
}

/// A word that names a parameter.
struct Parameter {
    name: String,
    /// What stands behind a colon.
    joined: Option<Word>,
    /// Whether the name is known to its end.
    whole: bool,
}

fn parameter(word: &Word) -> Option<Parameter> {
    let known = word.known_start();
    let name = known.strip_prefix(DASHES)?;
    if !name.starts_with(|c: char| c.is_alphabetic() || c == '_' || c == '?') {
        return None;
    }
    let (name, joined) = match name.split_once(':') {
        Some((name, rest)) => (name, Some(behind(word, known.len() - rest.len()))),
        None => (name, None),
    };
    // `-Name: value` is one parameter too.
    let joined = joined.filter(|joined| !joined.parts.is_empty());
    let whole = word.text().is_some() || known.contains(':');
    Some(Parameter { name: name.to_owned(), joined, whole })
}

/// An exact name wins; a start counts if it is the start of one parameter only.
fn meaning<'g>(name: &str, options: &'g [OptionFile]) -> Meaning<'g> {
    let names = |spec: &'g OptionFile| spec.names.iter().filter_map(|name| name.strip_prefix('-'));
    let is = |known: &str| known.eq_ignore_ascii_case(name);
    if let Some(spec) = options.iter().find(|spec| names(spec).any(is)) {
        return Meaning::Described(spec);
    }
    if let Some((_, _, takes_value)) = COMMON.iter().find(|(long, short, _)| is(long) || is(short)) {
        return Meaning::Common { takes_value: *takes_value };
    }
    let begins = |known: &str| known.get(..name.len()).is_some_and(is);
    let described: Vec<_> = options.iter().filter(|spec| names(spec).any(begins)).collect();
    let common: Vec<_> = COMMON.iter().filter(|(long, short, _)| begins(long) || begins(short)).collect();
    match (&described[..], &common[..]) {
        ([spec], []) => Meaning::Described(spec),
        ([], [(_, _, takes_value)]) => Meaning::Common { takes_value: *takes_value },
        ([], []) => Meaning::Unknown,
        _ => Meaning::Ambiguous,
    }
}

/// A switch is on unless it is surely off; with a value that is not known it may be either.
fn switch(parsed: &mut Parsed, spec: &OptionFile, joined: Option<Word>, word: &Word) {
    let is_off = |text: String| ["$false", "false", "0", "$null"].iter().any(|off| text.eq_ignore_ascii_case(off));
    match joined {
        Some(value) if value.text().is_some_and(is_off) => {
            parsed.options.remove(spec.name());
        }
        joined => {
            parsed.uncertain |= joined.is_some_and(|value| value.text().is_none());
            parsed.help |= spec.help;
            parsed.options.insert(spec.name().to_owned(), Given { values: Vec::new(), span: word.span });
        }
    }
}

fn bind(parsed: &mut Parsed, spec: &OptionFile, value: Option<Word>, word: &Word) -> Result<(), String> {
    let value = value.ok_or_else(|| format!("`{}` needs a value", spec.name()))?;
    // Nothing is bound to a parameter that is given `$null`.
    if value.text().is_some_and(|text| text.eq_ignore_ascii_case("$null")) {
        return Ok(());
    }
    keep(parsed, spec, vec![value], word.span)
}

/// Values without a name go to the parameters with a position that have none yet, in the order of the positions.
fn bind_by_position(parsed: &mut Parsed, options: &[OptionFile], words: &[&Word]) {
    let mut places: Vec<_> = options.iter().filter(|spec| spec.position.is_some()).collect();
    places.sort_by_key(|spec| spec.position);
    places.retain(|spec| !parsed.options.contains_key(spec.name()));
    for (spec, word) in places.into_iter().zip(words) {
        if let Err(why) = bind(parsed, spec, Some((*word).clone()), word) {
            parsed.refused.get_or_insert(why);
        }
    }
}
