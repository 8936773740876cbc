//! Builtins that read their input into variables: `read`, `mapfile`.

use crate::Part;

use super::assign::{field, placed};
use super::expand::requoted;
use super::interpret::{Context, Interpreter};
use super::print::sub_atom;
use super::split::{BLANKS, split};
use super::value::{Atom, Choices, ExpandedWord, ShellValue, Variant};

/// Options of `read` and of `mapfile` that have a value.
const READ: &str = "adinNptu";
const MAPFILE: &str = "dnOsuCc";

/// The words of a builtin, sorted.
struct ReadWords {
    options: Vec<(char, Option<ExpandedWord>)>,
    operands: Vec<String>,
}

impl ReadWords {
    fn of(args: &[ExpandedWord], values: &str) -> Self {
        let mut given = Self { options: Vec::new(), operands: Vec::new() };
        let mut args = args.iter();
        while let Some(arg) = args.next() {
            let text = arg.text().unwrap_or_default();
            let Some(letters) = text.strip_prefix('-').filter(|letters| !letters.is_empty()) else {
                given.operands.push(text);
                continue;
            };
            for (at, letter) in letters.char_indices() {
                if !values.contains(letter) {
                    given.options.push((letter, None));
                    continue;
                }
                let rest = &letters[at + letter.len_utf8()..];
                let joined = Atom { part: Part::Text(rest.to_owned()), span: arg.span, place: None, quoted: true };
                let joined = (!rest.is_empty()).then(|| field(vec![joined], arg.span));
                given.options.push((letter, joined.or_else(|| args.next().cloned())));
                break;
            }
        }
        given
    }

    fn option(&self, letter: char) -> Option<String> {
        let (_, value) = self.options.iter().find(|(known, _)| *known == letter)?;
        Some(value.as_ref().and_then(ExpandedWord::text).unwrap_or_default())
    }
}

impl Interpreter<'_> {
    /// `read -r a b`, `read -ra list`.
    pub(super) fn read(&mut self, args: &[ExpandedWord], context: Context, input: Option<&[Atom]>) {
        let given = ReadWords::of(args, READ);
        let list = given.option('a');
        let mut names = given.operands.clone();
        names.extend(list.clone());
        if names.is_empty() {
            names.push("REPLY".to_owned());
        }
        let texts = match input.filter(|_| given.option('u').is_none()) {
            Some(input) => self.code(input),
            None => return names.iter().for_each(|name| self.state.set(name, ShellValue::Unknown)),
        };
        let separators = self.state.separators();
        let delimiter = given.option('d');
        let mut found: Vec<Vec<Variant>> = vec![Vec::new(); names.len()];
        for text in texts {
            let line = match delimiter.as_deref() {
                Some("") => text,
                Some(delimiter) => pieces(&text, delimiter).into_iter().next().unwrap_or_default(),
                None => lines(&text).into_iter().next().unwrap_or_default(),
            };
            let line = placed(requoted(&line, true), context.line.0);
            let values =
                if list.is_some() { vec![words(&line, &separators)] } else { parts(&line, &separators, names.len()) };
            for (variants, value) in found.iter_mut().zip(values) {
                variants.push(Variant { choices: Choices::new(), value });
            }
        }
        for (name, variants) in names.iter().zip(found) {
            self.state.set_variants(name, variants);
        }
    }

    /// `mapfile -t list`.
    pub(super) fn mapfile(&mut self, args: &[ExpandedWord], context: Context, input: Option<&[Atom]>) {
        let given = ReadWords::of(args, MAPFILE);
        let name = given.operands.first().map_or("MAPFILE", String::as_str);
        let Some(input) = input else { return self.state.set(name, ShellValue::Unknown) };
        let list = |text: &Vec<Atom>| {
            let lines = match given.option('d').as_deref() {
                Some("") => pieces(text, "\0"),
                Some(delimiter) => pieces(text, delimiter),
                None => lines(text),
            };
            let element = |line: Vec<Atom>| field(placed(requoted(&line, true), context.line.0), context.line.0);
            let value = ShellValue::List(lines.into_iter().map(element).collect::<Vec<_>>().into());
            Variant { choices: Choices::new(), value }
        };
        let variants = self.code(input).iter().map(list).collect();
        self.state.set_variants(name, variants);
    }
}

fn words(line: &[Atom], separators: &str) -> ShellValue {
    let word = |atoms: Vec<Atom>| {
        let span = atoms.iter().map(|atom| atom.span).reduce(crate::Span::to).unwrap_or_default();
        ExpandedWord { place: line.first().and_then(|atom| atom.place), ..field(requoted(&atoms, true), span) }
    };
    ShellValue::List(split(line, separators).into_iter().map(word).collect::<Vec<_>>().into())
}

/// The line for so many variables: the last one gets all that is left.
fn parts(line: &[Atom], separators: &str, count: usize) -> Vec<ShellValue> {
    if count == 1 {
        // Only the blanks around it are cut off.
        let is_blank = |c: char| separators.contains(c) && BLANKS.contains(c);
        return vec![ShellValue::Text(trimmed(line, is_blank).into())];
    }
    let words: Vec<Vec<Atom>> = split(line, separators).iter().map(|atoms| requoted(atoms, true)).collect();
    let between = separators.chars().next().map(String::from).unwrap_or_default();
    let part = |number: usize| {
        let last = number + 1 == count;
        let mut rest = words.iter().skip(number).take(if last { usize::MAX } else { 1 });
        let mut atoms = rest.next().cloned().unwrap_or_default();
        for word in rest {
            let at = atoms.last().map(|atom| atom.span.end).unwrap_or_default();
            let part = Part::Text(between.clone());
            atoms.push(Atom { part, span: crate::Span::new(at, at), place: None, quoted: true });
            atoms.extend(word.iter().cloned());
        }
        ShellValue::Text(atoms.into())
    };
    (0..count).map(part).collect()
}

fn trimmed(line: &[Atom], is_blank: impl Fn(char) -> bool) -> Vec<Atom> {
    let mut atoms = line.to_vec();
    if let Some(Atom { part: Part::Text(text), span, .. }) = atoms.first_mut() {
        let cut = text.len() - text.trim_start_matches(&is_blank).len();
        if text.len() == span.end - span.start {
            span.start += cut;
        }
        text.drain(..cut);
    }
    if let Some(Atom { part: Part::Text(text), span, .. }) = atoms.last_mut() {
        let kept = text.trim_end_matches(&is_blank).len();
        if text.len() == span.end - span.start {
            span.end = span.start + kept;
        }
        text.truncate(kept);
    }
    atoms.retain(|atom| atom.part.text() != Some(""));
    atoms
}

/// The lines of a text.
pub(super) fn lines(atoms: &[Atom]) -> Vec<Vec<Atom>> {
    pieces(atoms, "\n")
}

/// The pieces of a text between delimiters; behind the last one there may be nothing.
pub(super) fn pieces(atoms: &[Atom], delimiter: &str) -> Vec<Vec<Atom>> {
    let mut found = vec![Vec::new()];
    for atom in atoms {
        let Part::Text(text) = &atom.part else {
            found.last_mut().into_iter().for_each(|piece| piece.push(atom.clone()));
            continue;
        };
        let verbatim = text.len() == atom.span.end - atom.span.start;
        let mut from = 0;
        for (at, sign) in text.match_indices(delimiter) {
            if at > from {
                found.last_mut().into_iter().for_each(|piece| piece.push(sub_atom(atom, from, at, verbatim)));
            }
            from = at + sign.len();
            found.push(Vec::new());
        }
        if text.len() > from {
            found.last_mut().into_iter().for_each(|piece| piece.push(sub_atom(atom, from, text.len(), verbatim)));
        }
    }
    if found.last().is_some_and(Vec::is_empty) {
        found.pop();
    }
    found
}
