//! The family of getopt, pflag and commander: exact names, `--name value`, `--name=value`, `-x value`, `-xvalue`.
//!
//! A word that looks like an option and is not described is passed over: these tools have many, and newer versions have more.

use ropcop_syntax::Word;

use super::{Given, Parsed, behind, keep};
use crate::command::{OptionFile, Takes};

/// Reads `words` as this family does. Where a tool has names of several letters behind one hyphen (`-un`), nothing is
/// joined to a letter: `-url` is then no `-u`.
pub(crate) fn posix(words: &[Word], options: &[OptionFile]) -> Parsed {
    let joins = !options.iter().flat_map(|spec| &spec.names).any(|name| !name.starts_with("--") && name.len() > 2);
    let mut parsed = Parsed::default();
    let mut at = 0;
    while let Some(word) = words.get(at) {
        at += 1;
        if word.text().as_deref() == Some("--") {
            break;
        }
        let Some(found) = find(word, options, joins) else {
            parsed.uncertain |= word.splits || (word.text().is_none() && word.known_start() == "--");
            continue;
        };
        for (index, spec) in found.specs.iter().enumerate() {
            let last = index + 1 == found.specs.len();
            let value = match (spec.takes, &found.value) {
                (Takes::None, _) => None,
                (_, Some(value)) if last => Some(value.clone()),
                _ => {
                    let next = words.get(at).filter(|next| find(next, options, joins).is_none());
                    at += usize::from(next.is_some());
                    next.cloned()
                }
            };
            read(&mut parsed, spec, value, word);
        }
    }
    parsed
}

fn read(parsed: &mut Parsed, spec: &OptionFile, value: Option<Word>, word: &Word) {
    parsed.help |= spec.help;
    match (spec.takes, value) {
        (Takes::None, _) => {
            parsed.options.insert(spec.name().to_owned(), Given { values: Vec::new(), span: word.span });
        }
        (_, Some(value)) => {
            if let Err(why) = keep(parsed, spec, vec![value], word.span) {
                parsed.refused.get_or_insert(why);
            }
        }
        // An option without its value is as good as none.
        (_, None) => {}
    }
}

/// The options that one word names: several for a cluster of letters, of which the last may have a value.
struct NamedOptions<'g> {
    specs: Vec<&'g OptionFile>,
    value: Option<Word>,
}

fn find<'g>(word: &Word, options: &'g [OptionFile], joins: bool) -> Option<NamedOptions<'g>> {
    let known = word.known_start();
    if word.splits || !known.starts_with('-') {
        return None;
    }
    let named = |name: &str| options.iter().find(|spec| spec.names.iter().any(|known| known == name));
    if word.text().is_some()
        && let Some(spec) = named(known)
    {
        return Some(NamedOptions { specs: vec![spec], value: None });
    }
    if let Some((name, _)) = known.split_once('=')
        && let Some(spec) = named(name)
    {
        return Some(NamedOptions { specs: vec![spec], value: Some(behind(word, name.len() + 1)) });
    }
    if known.starts_with("--") || !joins {
        return None;
    }
    letters(word, &named)
}

/// Letters behind one hyphen: switches, up to one that takes a value, which is the rest.
fn letters<'g>(word: &Word, named: &dyn Fn(&str) -> Option<&'g OptionFile>) -> Option<NamedOptions<'g>> {
    let known = word.known_start();
    let mut specs = Vec::new();
    for (start, letter) in known.char_indices().skip(1) {
        let spec = named(&format!("-{letter}"))?;
        specs.push(spec);
        if spec.takes != Takes::None {
            let rest = behind(word, start + letter.len_utf8());
            return Some(NamedOptions { specs, value: (!rest.parts.is_empty()).then_some(rest) });
        }
    }
    (word.text().is_some() && !specs.is_empty()).then_some(NamedOptions { specs, value: None })
}
