//! `xargs`: a command whose last words come from its input.

use crate::Part;

use super::expand::{requoted, unknown};
use super::interpret::{Context, Interpreter};
use super::print::sub_atom;
use super::read::{lines, pieces};
use super::value::{Atom, ExpandedWord};
use super::variable::starts_with_hyphen;

/// Options that take the next word as their value. `-i`, `-l` and `-e` take only what is joined to them.
const VALUES: &str = "adEILnPs";
const LONG: &[&str] = &["arg-file", "delimiter", "max-lines", "max-args", "max-procs", "max-chars"];
/// Of the commands that one `xargs` starts, so many are read.
const MOST: usize = 16;

/// What the options say.
#[derive(Default)]
struct XargsOptions {
    /// What stands for the line in the command.
    mark: Option<String>,
    delimiter: Option<String>,
    words: Option<usize>,
    by_line: bool,
    file: Option<ExpandedWord>,
}

impl Interpreter<'_> {
    /// Reads the commands that `xargs` starts.
    pub(super) fn xargs(
        &mut self,
        fields: &[ExpandedWord],
        context: Context,
        input: Option<&[Atom]>,
    ) -> Option<Vec<Atom>> {
        let (given, inner) = given(fields);
        let file = given.file.as_ref().map(|file| file.file.as_ref().map(|atoms| atoms.to_vec()));
        let input = match file {
            Some(content) => content,
            None => input.map(<[Atom]>::to_vec),
        };
        let Some(input) = input else {
            let mut command = inner.to_vec();
            // An option at the end gets its value from the input, whatever that is.
            if given.mark.is_none()
                && inner.len() > 1
                && inner.last().is_some_and(|last| starts_with_hyphen(&last.atoms))
            {
                let span = inner.last().map(|last| last.span).unwrap_or_default();
                let atoms = vec![unknown(span, None, true)];
                command.push(ExpandedWord { atoms, span, ..ExpandedWord::default() });
            }
            return if command.is_empty() { None } else { self.command(command, context, None) };
        };
        let mut output = Some(Vec::new());
        for text in self.code(&input) {
            for command in commands(&given, inner, &text) {
                let printed = match inner {
                    // Without a command it prints what it reads.
                    [] => Some(super::wrapper::join(&command)),
                    _ => self.command(command, context, None),
                };
                output = output.zip(printed).map(|(mut all, more)| {
                    all.extend(more);
                    all
                });
            }
        }
        output
    }
}

/// The options, and the command behind them.
fn given(fields: &[ExpandedWord]) -> (XargsOptions, &[ExpandedWord]) {
    let mut given = XargsOptions::default();
    let mut at = 1;
    while let Some(field) = fields.get(at) {
        let Some(option) = field.text().filter(|text| text.starts_with('-') && text.len() > 1) else { break };
        at += 1;
        if option == "--" {
            break;
        }
        let next = fields.get(at);
        let (name, value, takes) = match option.strip_prefix("--") {
            Some(long) => match long.split_once('=') {
                Some((name, value)) => (name, Some(value.to_owned()), false),
                None => (long, next.and_then(ExpandedWord::text), LONG.contains(&long)),
            },
            // Switches may stand before the one that has a value: `-0n1`.
            None => {
                match option[1..].char_indices().find(|(_, letter)| VALUES.contains(*letter) || "ile".contains(*letter))
                {
                    None => (&option[1..], None, false),
                    Some((index, letter)) => {
                        let rest = &option[1 + index + letter.len_utf8()..];
                        let takes = rest.is_empty() && VALUES.contains(letter);
                        let value = if takes { next.and_then(ExpandedWord::text) } else { Some(rest.to_owned()) };
                        (&option[1..1 + index + letter.len_utf8()], value, takes)
                    }
                }
            }
        };
        at += usize::from(takes);
        let is_long = option.starts_with("--");
        if name == "null" || (!is_long && name.contains('0')) {
            given.delimiter = Some("\0".to_owned());
        }
        match (is_long, name.chars().next_back().filter(|_| !is_long), name) {
            (_, Some('I' | 'i'), _) | (true, _, "replace") => {
                given.mark = Some(value.filter(|mark| !mark.is_empty()).unwrap_or_else(|| "{}".to_owned()));
            }
            (_, Some('d'), _) | (true, _, "delimiter") => {
                given.delimiter = value.map(|value| match value.as_str() {
                    "\\n" => "\n".to_owned(),
                    "\\0" => "\0".to_owned(),
                    "\\t" => "\t".to_owned(),
                    _ => value,
                });
            }
            (_, Some('n'), _) | (true, _, "max-args") => given.words = value.and_then(|value| value.parse().ok()),
            (_, Some('L' | 'l'), _) | (true, _, "max-lines") => given.by_line = true,
            (_, Some('a'), _) | (true, _, "arg-file") => given.file = next.cloned(),
            _ => {}
        }
    }
    (given, fields.get(at..).unwrap_or_default())
}

/// The commands for a text.
fn commands(given: &XargsOptions, inner: &[ExpandedWord], text: &[Atom]) -> Vec<Vec<ExpandedWord>> {
    let delimited = |delimiter: &String| pieces(text, delimiter);
    if let Some(mark) = &given.mark {
        let lines = given.delimiter.as_ref().map_or_else(|| lines(text), delimited);
        return lines
            .iter()
            .take(MOST)
            .map(|line| inner.iter().map(|field| filled(field, mark, line)).collect())
            .collect();
    }
    let words: Vec<Vec<Vec<Atom>>> = match &given.delimiter {
        Some(delimiter) => vec![pieces(text, delimiter)],
        None if given.by_line => lines(text).iter().map(|line| words(line)).collect(),
        None => vec![words(text)],
    };
    let count = given.words.filter(|count| *count > 0).unwrap_or(usize::MAX);
    let mut found = Vec::new();
    for words in words {
        let groups: Vec<&[Vec<Atom>]> = if words.is_empty() { vec![&[]] } else { words.chunks(count).collect() };
        for group in groups {
            found.push(inner.iter().cloned().chain(group.iter().map(|word| word_field(word))).collect());
        }
    }
    found.truncate(MOST);
    found
}

fn word_field(atoms: &[Atom]) -> ExpandedWord {
    let span = atoms.iter().map(|atom| atom.span).reduce(crate::Span::to).unwrap_or_default();
    let place = atoms.first().and_then(|atom| atom.place);
    ExpandedWord { atoms: requoted(atoms, true), span, place, ..ExpandedWord::default() }
}

/// The words of a text as `xargs` sees them: quotes hold words together, a backslash stands for what follows it.
fn words(atoms: &[Atom]) -> Vec<Vec<Atom>> {
    let mut words: Vec<Vec<Atom>> = Vec::new();
    let (mut joins, mut quote) = (false, None);
    let mut add = |joins: &mut bool, atom: Atom| {
        if !*joins {
            words.push(Vec::new());
        }
        *joins = true;
        words.last_mut().into_iter().for_each(|word| word.push(atom.clone()));
    };
    for atom in atoms {
        let Part::Text(text) = &atom.part else {
            add(&mut joins, atom.clone());
            continue;
        };
        let verbatim = text.len() == atom.span.end - atom.span.start;
        let mut from = 0;
        let mut escaped = false;
        for (at, c) in text.char_indices() {
            let is_sign = match quote {
                _ if std::mem::take(&mut escaped) => false,
                Some(open) => c == open,
                None => c.is_whitespace() || matches!(c, '"' | '\'' | '\\'),
            };
            if !is_sign {
                continue;
            }
            if at > from {
                add(&mut joins, sub_atom(atom, from, at, verbatim));
            }
            from = at + c.len_utf8();
            match c {
                '\\' => escaped = true,
                '"' | '\'' => {
                    quote = if quote.is_some() { None } else { Some(c) };
                    // Quotes with nothing between are a word, too.
                    add(&mut joins, sub_atom(atom, at, at, false));
                }
                _ => joins = false,
            }
        }
        if text.len() > from {
            add(&mut joins, sub_atom(atom, from, text.len(), verbatim));
        }
    }
    words
}

/// The field with the line in place of the mark.
fn filled(field: &ExpandedWord, mark: &str, line: &[Atom]) -> ExpandedWord {
    let has_mark = |atom: &Atom| atom.part.text().is_some_and(|text| text.contains(mark));
    if !field.atoms.iter().any(has_mark) {
        return field.clone();
    }
    let mut atoms = Vec::new();
    for atom in &field.atoms {
        let Some(text) = atom.part.text().filter(|text| text.contains(mark)) else {
            atoms.push(atom.clone());
            continue;
        };
        let verbatim = text.len() == atom.span.end - atom.span.start;
        let mut from = 0;
        for (at, _) in text.match_indices(mark) {
            if at > from {
                atoms.push(sub_atom(atom, from, at, verbatim));
            }
            atoms.extend(requoted(line, true));
            from = at + mark.len();
        }
        if text.len() > from {
            atoms.push(sub_atom(atom, from, text.len(), verbatim));
        }
    }
    ExpandedWord { atoms, ..field.clone() }
}
