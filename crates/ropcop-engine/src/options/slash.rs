//! Options of Windows tools: `/name:value`, in any case, also with a hyphen.
//!
//! A word that is not described is passed over.

use ropcop_syntax::Word;

use super::{Given, Parsed, behind, keep};
use crate::command::{OptionFile, Takes};

/// Reads `words` as such tools do.
pub(crate) fn slash(words: &[Word], options: &[OptionFile]) -> Parsed {
    let mut parsed = Parsed::default();
    for word in words {
        let known = word.known_start();
        // A shell on Windows may make a path of `/name`, so there it is written with two.
        let name = known.trim_start_matches(['/', '-']);
        if word.splits || name.len() == known.len() {
            parsed.uncertain |= word.splits;
            continue;
        }
        let (name, joined) = match name.split_once([':', '=']) {
            Some((name, rest)) => (name, Some(behind(word, known.len() - rest.len()))),
            None => (name, None),
        };
        let is_named = |known: &String| known.trim_start_matches(['/', '-']).eq_ignore_ascii_case(name);
        let Some(spec) = options.iter().find(|spec| spec.names.iter().any(is_named)) else { continue };
        parsed.help |= spec.help;
        match (spec.takes, joined) {
            (Takes::None, _) => {
                parsed.options.insert(spec.name().to_owned(), Given { values: Vec::new(), span: word.span });
            }
            (_, Some(value)) => {
                if let Err(why) = keep(&mut parsed, spec, vec![value], word.span) {
                    parsed.refused.get_or_insert(why);
                }
            }
            (_, None) => {}
        }
    }
    parsed
}
