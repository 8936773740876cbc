//! Names with versions in one word, or in two.

use std::ops::Range;

use super::table::Form;
use super::{HeldName, Plain};
use crate::record::requirement::{self, UNKNOWN};

/// What the words of a command hold to versions.
pub(super) fn held(form: Form, words: &[Plain<'_>]) -> Vec<HeldName> {
    match form {
        Form::Option => by_option(words),
        Form::NextWord => next_word(words).into_iter().collect(),
        _ => words.iter().filter_map(|word| in_word(form, word)).collect(),
    }
}

fn in_word(form: Form, word: &Plain<'_>) -> Option<HeldName> {
    let text = word.text.as_str();
    if text.starts_with('-') {
        return None;
    }
    let (end, start) = match form {
        Form::Specifier | Form::Equals => return specified(word),
        Form::Hyphen => match text.find('=') {
            Some(sign) => (sign, sign + 1),
            None => hyphen(text)?,
        },
        Form::At => text.rfind('@').filter(|sign| *sign > 0).map(|sign| (sign, sign + 1))?,
        Form::Tag => tag(text)?,
        Form::NextWord | Form::Option | Form::Module(_) => return None,
    };
    Some(part(word, 0..end, start..text.len()))
}

/// `name==1.2`, `name[extra]>=1.0,<=1.2`.
fn specified(word: &Plain<'_>) -> Option<HeldName> {
    let requirement::HeldPackage { name, bound } = requirement::requirement(&word.text)?;
    Some(HeldName { operator: bound.operator, ..part(word, name, bound.version) })
}

/// Where the name ends and where the version begins in `name-1.2-3.x`.
fn hyphen(text: &str) -> Option<(usize, usize)> {
    let mut signs = text.match_indices('-').map(|(sign, _)| sign);
    let sign = signs.find(|sign| text[sign + 1..].starts_with(|c: char| c.is_ascii_digit() || c == UNKNOWN))?;
    (sign > 0).then_some((sign, sign + 1))
}

fn tag(text: &str) -> Option<(usize, usize)> {
    let end = text.find('@').unwrap_or(text.len());
    let sign = text[..end].rfind(':')?;
    (sign > 0 && !text[sign..].contains('/')).then_some((sign, sign + 1))
}

/// A name and its version in their ranges.
fn part(word: &Plain<'_>, name: Range<usize>, version: Range<usize>) -> HeldName {
    let text = word.text[name.clone()].to_ascii_lowercase();
    let version = word.version(version.start, version.end);
    HeldName { name: text, span: word.span(name.start, name.end), version, operator: "" }
}

/// `name 1.2`.
fn next_word(words: &[Plain<'_>]) -> Option<HeldName> {
    let mut operands = words.iter().filter(|word| !word.text.starts_with('-'));
    let (name, version) = (operands.next()?, operands.next()?);
    let length = name.text.len();
    Some(HeldName {
        name: name.text.to_ascii_lowercase(),
        span: name.span(0, length),
        version: version.version(0, version.text.len()),
        operator: "",
    })
}

/// `name --version 1.2`, `--id name -v 1.2`, `--version=1.2`.
fn by_option(words: &[Plain<'_>]) -> Vec<HeldName> {
    let is_option = |word: &Plain<'_>| matches!(word.text.as_str(), "--version" | "-v");
    let joined = words.iter().find_map(|word| {
        let start = word.text.strip_prefix("--version=").map(|rest| word.text.len() - rest.len())?;
        Some(word.version(start, word.text.len()))
    });
    let next = words.windows(2).find(|pair| is_option(&pair[0])).map(|pair| pair[1].version(0, pair[1].text.len()));
    let Some(version) = joined.or(next) else { return Vec::new() };
    let names = words.iter().filter(|word| !word.text.starts_with('-') && word.word.span != version.span);
    let held = |word: &Plain<'_>| HeldName {
        name: word.text.to_ascii_lowercase(),
        span: word.span(0, word.text.len()),
        version: version.clone(),
        operator: "",
    };
    names.map(held).collect()
}
