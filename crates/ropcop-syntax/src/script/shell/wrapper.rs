//! Programs that run the program named in their arguments: where the inner command begins.

use super::value::{Atom, ExpandedWord};
use super::wrapper_table::{Options, Then, WRAPPERS, Wrapper};
use crate::Part;

/// What a wrapper runs.
#[derive(Debug)]
pub(super) enum Inner {
    /// A program with arguments.
    Command(Vec<ExpandedWord>),
    /// A text that a shell reads, and what is then `$1`, `$2`, …
    Text(Vec<Atom>, Vec<ExpandedWord>),
    /// A file that a shell reads of which the text is known, and its arguments.
    File(Vec<Atom>, Vec<ExpandedWord>),
    /// What a shell reads from standard input.
    Input,
    /// Nothing that is seen here.
    Nothing,
}

/// Looks through one wrapper; none if `fields` is not a wrapped command.
pub(super) fn unwrap(program: &str, fields: &[ExpandedWord]) -> Option<Inner> {
    let candidates = WRAPPERS.iter().filter(|wrapper| wrapper.names.contains(&program));
    candidates.filter_map(|wrapper| inner(wrapper, fields)).next()
}

/// Whether a program is known to run its arguments.
pub(super) fn is_wrapper(program: &str) -> bool {
    super::powershell::is_it(program)
        || program == "xargs"
        || WRAPPERS.iter().any(|wrapper| wrapper.names.contains(&program))
}

/// The fields as one text with blanks between, as `eval` and `ssh` join them.
pub(super) fn join(fields: &[ExpandedWord]) -> Vec<Atom> {
    join_with(fields, " ")
}

/// The fields as one text.
pub(super) fn join_with(fields: &[ExpandedWord], between: &str) -> Vec<Atom> {
    let mut atoms: Vec<Atom> = Vec::new();
    for field in fields {
        if let Some(last) = atoms.last() {
            let at = last.span.end;
            let span = crate::Span::new(at, at);
            atoms.push(Atom { part: Part::Text(between.to_owned()), span, place: last.place, quoted: true });
        }
        atoms.extend(field.atoms.iter().cloned());
    }
    atoms
}

fn text_of(field: &ExpandedWord) -> String {
    field.text().unwrap_or_default()
}

/// Where the words behind a wrapper and its commands begin (`docker run`); none if it is told to do something else.
fn behind_subcommands(wrapper: &Wrapper, fields: &[ExpandedWord]) -> Option<usize> {
    let mut at = 1;
    for sub in wrapper.sub {
        // Options of the program itself may stand before its command: `docker --context x run`.
        while fields.get(at).is_some_and(|field| text_of(field).starts_with('-')) {
            at += if takes_next(&wrapper.outer, &text_of(&fields[at])) { 2 } else { 1 };
        }
        if fields.get(at).and_then(ExpandedWord::text).is_none_or(|word| word != *sub) {
            return None;
        }
        at += 1;
    }
    Some(at)
}

fn inner(wrapper: &Wrapper, fields: &[ExpandedWord]) -> Option<Inner> {
    let mut at = behind_subcommands(wrapper, fields)?;
    let mut before = wrapper.before;
    let mut program = None;
    let mut text = None;
    let mut shell = false;
    while let Some(field) = fields.get(at) {
        let word = text_of(field);
        let start = match field.atoms.first().map(|atom| &atom.part) {
            Some(Part::Text(text)) => text.as_str(),
            _ => "",
        };
        if word == "--" {
            at += 1;
            // Behind it only operands follow, and those of the wrapper come before it if it needs one.
            if wrapper.then == Then::Separator {
                return Some(Inner::Command(fields[at..].to_vec()));
            }
            at += before;
            break;
        }
        if wrapper.assigns && start.find('=').is_some_and(|index| index > 0 && !start.starts_with('-')) {
            at += 1;
        } else if start.len() > 1 && (start.starts_with('-') || takes_text(wrapper, &word))
            || (start == "-" && wrapper.then == Then::Shell)
        {
            shell |= wrapper.shell_options.contains(&word.as_str());
            if wrapper.blocks.contains(&word.as_str()) {
                return Some(Inner::Nothing);
            }
            let is_text = takes_text(wrapper, &word)
                || (wrapper.then == Then::Shell && !word.starts_with("--") && word.contains('c'));
            let joined = match &wrapper.then {
                Then::OptionText(names) => names.iter().any(|name| start.starts_with(&format!("{name}="))),
                _ => false,
            };
            if joined {
                text = Some(vec![behind(field, start.find('=').map_or(0, |index| index + 1))]);
                at += 1;
            } else if is_text {
                at += 1;
                break;
            } else {
                if wrapper.program_option == Some(word.as_str()) {
                    program = fields.get(at + 1).cloned();
                }
                at += if takes_next(&wrapper.options, &word) || takes_next(&wrapper.options, start) { 2 } else { 1 };
            }
            // The text of `bash -c -e "…"` is the first operand.
            if text.is_some() {
                break;
            }
        } else if before > 0 {
            before -= 1;
            at += 1;
        } else {
            break;
        }
    }
    finish(wrapper, fields, at.min(fields.len()), (text, program, shell))
}

/// Whether the value of an option is a script.
fn takes_text(wrapper: &Wrapper, option: &str) -> bool {
    matches!(&wrapper.then, Then::OptionText(names) if names.contains(&option))
}

type Seen = (Option<Vec<ExpandedWord>>, Option<ExpandedWord>, bool);

fn finish(wrapper: &Wrapper, fields: &[ExpandedWord], at: usize, (text, program, shell): Seen) -> Option<Inner> {
    let rest = &fields[at..];
    if let Some(text) = text {
        return Some(Inner::Text(join(&text), Vec::new()));
    }
    // Whether the last option asked for a text.
    let asked = at > 1 && {
        let option = text_of(&fields[at - 1]);
        match &wrapper.then {
            Then::OptionText(names) => names.contains(&option.as_str()),
            Then::Shell => option.starts_with('-') && !option.starts_with("--") && option.contains('c'),
            _ => false,
        }
    };
    match &wrapper.then {
        Then::Shell if asked => {
            // `bash -c -e "…"`: options may follow still.
            let skip = rest.iter().take_while(|field| text_of(field).starts_with(['-', '+'])).count();
            let (first, args) = rest[skip..].split_first()?;
            Some(Inner::Text(first.atoms.clone(), args.get(1..).unwrap_or_default().to_vec()))
        }
        Then::Shell if rest.is_empty() || fields[1..at].iter().any(|field| text_of(field) == "-s") => {
            Some(Inner::Input)
        }
        Then::Shell => {
            let (first, args) = rest.split_first()?;
            match &first.file {
                Some(text) => Some(Inner::File(text.to_vec(), args.to_vec())),
                None if matches!(text_of(first).as_str(), "/dev/stdin" | "-") => Some(Inner::Input),
                None => None,
            }
        }
        Then::OptionText(_) if asked && wrapper.joins => Some(Inner::Text(join(rest), Vec::new())),
        Then::OptionText(_) if asked => Some(Inner::Text(rest.first()?.atoms.clone(), Vec::new())),
        Then::OptionText(_) if rest.is_empty() || wrapper.input => Some(Inner::Input),
        Then::OptionText(_) => Some(Inner::Nothing),
        Then::Joined | Then::Words | Then::Separator if rest.is_empty() && program.is_none() => {
            Some(if wrapper.input || shell { Inner::Input } else { Inner::Nothing })
        }
        Then::Joined => {
            let stop = rest.iter().position(|field| wrapper.stops.contains(&text_of(field).as_str()));
            Some(Inner::Text(join(&rest[..stop.unwrap_or(rest.len())]), Vec::new()))
        }
        Then::Words | Then::Separator => {
            Some(Inner::Command(program.into_iter().chain(rest.iter().cloned()).collect()))
        }
    }
}

/// The field without its first `skip` bytes of known text.
fn behind(field: &ExpandedWord, skip: usize) -> ExpandedWord {
    let mut field = field.clone();
    if let Some(Atom { part: Part::Text(text), span, .. }) = field.atoms.first_mut() {
        if text.len() == span.end - span.start {
            span.start += skip;
        }
        text.drain(..skip.min(text.len()));
    }
    field
}

/// Whether an option takes the next word as its value.
fn takes_next(options: &Options, word: &str) -> bool {
    let Options { values, short, long } = options;
    if let Some(name) = word.strip_prefix("--") {
        return !name.contains('=') && (long.contains(&name) == *values);
    }
    let letters = word.strip_prefix('-').unwrap_or_default();
    let first = letters.char_indices().find(|(_, letter)| short.contains(*letter) == *values);
    first.is_some_and(|(index, letter)| index + letter.len_utf8() == letters.len())
}
