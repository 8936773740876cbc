//! Python's argparse.
//!
//! Its rules were observed, not assumed: `tests/az_login.rs` compares with what a real program did with 3,000 command
//! lines.

use ropcop_syntax::{Span, Word};

use super::{Given, Parsed, behind, keep};
use crate::command::{OptionFile, Takes};

/// What argparse takes a word for, before it reads any value.
enum WordKind<'g> {
    /// A value, or a stray word.
    Plain,
    /// A word that may be anything.
    Open,
    /// `--`, which ends the options.
    End,
    /// An option, with the value that is joined to it.
    Option { spec: &'g OptionFile, joined: Option<Word>, long: bool },
    /// It looks like an option and is none.
    Unknown,
    /// It is the start of several options.
    Ambiguous,
}

/// Reads `words` as argparse does.
pub(crate) fn argparse(words: &[Word], options: &[OptionFile]) -> Parsed {
    let mut kinds: Vec<WordKind<'_>> = words.iter().map(|word| classify(word, options)).collect();
    // A word behind `--` is never an option.
    if let Some(end) = kinds.iter().position(|kind| matches!(kind, WordKind::End)) {
        kinds[end + 1..].iter_mut().for_each(|kind| *kind = WordKind::Plain);
    }
    let mut parsed = Parsed::default();
    // Ambiguous words are refused before anything is read, so even before help.
    if let Some(at) = kinds.iter().position(|kind| matches!(kind, WordKind::Ambiguous)) {
        parsed.refused = Some(format!("`{}` is short for several options", words[at].known_start()));
        return parsed;
    }
    // A word that nothing takes is complained about at the very end: help comes first.
    let mut stray = None;
    let mut at = 0;
    while at < words.len() {
        let word = &words[at];
        at += 1;
        match &kinds[at - 1] {
            WordKind::Open => parsed.uncertain = true,
            WordKind::Option { spec, joined, long } => {
                let following =
                    kinds[at..].iter().take_while(|kind| matches!(kind, WordKind::Plain | WordKind::Open)).count();
                let next = &words[at..at + following];
                match consume(&mut parsed, options, (spec, joined.clone(), *long), word.span, next) {
                    Ok(taken) => at += taken,
                    Err(why) => parsed.refused = Some(why),
                }
                if parsed.help || parsed.refused.is_some() {
                    return parsed;
                }
            }
            WordKind::Plain | WordKind::End | WordKind::Unknown | WordKind::Ambiguous => {
                stray.get_or_insert_with(|| format!("`{}` is no option of the command", word.known_start()));
            }
        }
    }
    parsed.refused = stray;
    parsed
}

/// Reads one option word: a cluster of switches, and the values of the last option in it.
/// The result is the number of words that it takes from `next`.
fn consume<'g>(
    parsed: &mut Parsed,
    options: &'g [OptionFile],
    (mut spec, mut joined, long): (&'g OptionFile, Option<Word>, bool),
    span: Span,
    next: &[Word],
) -> Result<usize, String> {
    loop {
        let name = spec.name().to_owned();
        match (spec.takes, joined) {
            (Takes::None, None) => {
                parsed.help |= spec.help;
                parsed.options.insert(name, Given { values: Vec::new(), span });
                return Ok(0);
            }
            (Takes::None, Some(_)) if long => return Err(format!("`{name}` takes no value")),
            (Takes::None, Some(rest)) => {
                // What is joined to a switch of one letter is more letters.
                let letter = rest.known_start().chars().next();
                if letter.is_none() && !rest.parts.is_empty() {
                    parsed.uncertain = true;
                    return Ok(0);
                }
                let short = letter.map(|letter| format!("-{letter}")).unwrap_or_default();
                let follower = options.iter().find(|option| option.names.contains(&short));
                let follower = follower.ok_or_else(|| format!("`{name}` takes no value"))?;
                parsed.help |= spec.help;
                parsed.options.insert(name, Given { values: Vec::new(), span });
                if parsed.help {
                    return Ok(0);
                }
                let behind = behind(&rest, letter.map_or(0, char::len_utf8));
                joined = (!behind.parts.is_empty()).then_some(behind);
                spec = follower;
            }
            (_, Some(value)) => return keep(parsed, spec, vec![value], span).map(|()| 0),
            (takes, None) => {
                let count = if takes == Takes::Many { next.len() } else { next.len().min(1) };
                if count == 0 && takes != Takes::Optional {
                    return Err(format!("`{name}` needs a value"));
                }
                return keep(parsed, spec, next[..count].to_vec(), span).map(|()| count);
            }
        }
    }
}

/// The order of the questions is that of argparse's `_parse_optional`, and it matters: a word with a blank in it is an
/// option only if it begins with one.
fn classify<'g>(word: &Word, options: &'g [OptionFile]) -> WordKind<'g> {
    let known = word.known_start();
    let whole = word.text().is_some();
    if word.splits || (known.is_empty() && !whole) {
        return WordKind::Open;
    }
    if !known.starts_with('-') || (whole && known == "-") {
        return WordKind::Plain;
    }
    if whole && known == "--" {
        return WordKind::End;
    }
    let exact = |name: &str| options.iter().find(|spec| spec.names.iter().any(|n| n == name));
    if whole && let Some(spec) = exact(known) {
        return WordKind::Option { spec, joined: None, long: known.starts_with("--") };
    }
    if let Some((name, _)) = known.split_once('=')
        && let Some(spec) = exact(name)
    {
        return WordKind::Option { spec, joined: Some(behind(word, name.len() + 1)), long: name.starts_with("--") };
    }
    if let Some(kind) = by_prefix(word, options) {
        return kind;
    }
    // A long option whose name is not known to its end may be any option.
    if !whole && !known.contains('=') && (known == "-" || known.starts_with("--")) {
        return WordKind::Open;
    }
    if (whole && is_negative_number(known)) || known.contains(' ') { WordKind::Plain } else { WordKind::Unknown }
}

/// An option whose name is shortened, or a short one with something joined to it.
fn by_prefix<'g>(word: &Word, options: &'g [OptionFile]) -> Option<WordKind<'g>> {
    let known = word.known_start();
    if known.starts_with("--") {
        let (start, value) = match known.split_once('=') {
            Some((start, _)) => (start, Some(behind(word, start.len() + 1))),
            None if word.text().is_some() => (known, None),
            None => return None,
        };
        let names = |spec: &OptionFile| spec.names.iter().filter(|name| name.starts_with(start)).count();
        let hits: Vec<_> = options.iter().filter(|spec| names(spec) > 0).collect();
        return match (hits.first(), hits.iter().map(|spec| names(spec)).sum()) {
            (Some(spec), 1) => Some(WordKind::Option { spec, joined: value, long: true }),
            (Some(_), _) => Some(WordKind::Ambiguous),
            (None, _) => None,
        };
    }
    let letter = known.get(1..)?.chars().next()?;
    let short = format!("-{letter}");
    let spec = options.iter().find(|spec| spec.names.contains(&short))?;
    Some(WordKind::Option { spec, joined: Some(behind(word, short.len())), long: false })
}

/// `-1`, `-1.5`, `-.5`: argparse takes them for values, as no option looks like that.
fn is_negative_number(text: &str) -> bool {
    let digits = text.strip_prefix('-').unwrap_or_default();
    let (whole, fraction) = digits.split_once('.').unwrap_or((digits, "0"));
    let all_digits = |part: &str| part.bytes().all(|byte| byte.is_ascii_digit());
    all_digits(whole) && all_digits(fraction) && !fraction.is_empty() && (!whole.is_empty() || digits.contains('.'))
}
