//! Programs between two pipes whose output is known from their input: `sed 's/a/b/'`, `tr a b`. Programs in their words
//! that start others: `awk 'BEGIN { system("…") }'`.

use crate::Part;

use super::assign::length;
use super::interpret::{Context, Interpreter};
use super::print::sub_atom;
use super::value::{Atom, ExpandedWord};
use super::word::unescape;

/// Longer texts are data.
const LONGEST: usize = 1 << 14;

/// One thing that `sed` does: `s/from/to/`.
struct Substitution {
    from: String,
    to: Vec<Atom>,
    everywhere: bool,
}

/// What `sed` makes of its input; none if it does more than replace plain texts.
pub(super) fn sed(args: &[ExpandedWord], input: &[Atom]) -> Option<Vec<Atom>> {
    let mut scripts: Vec<&ExpandedWord> = Vec::new();
    let mut args_left = args.iter();
    while let Some(arg) = args_left.next() {
        match arg.text().as_deref() {
            Some("-e" | "--expression") => scripts.push(args_left.next()?),
            Some("-E" | "-r" | "-u") => {}
            Some(text) if text.starts_with('-') => return None,
            _ if scripts.is_empty() => scripts.push(arg),
            // The name of a file: the input is another.
            _ => return None,
        }
    }
    if length(input) > LONGEST {
        return None;
    }
    let mut text = input.to_vec();
    for script in scripts {
        for substitution in substitutions(&script.atoms)? {
            text = replaced(&text, &substitution);
        }
    }
    Some(text)
}

fn substitutions(script: &[Atom]) -> Option<Vec<Substitution>> {
    let mut signs = signs(script).into_iter().peekable();
    let mut found = Vec::new();
    loop {
        while signs.next_if(|sign| matches!(sign, (Some(';' | ' ' | '\n' | '\t'), _))).is_some() {}
        match signs.next() {
            None => return Some(found),
            Some((Some('s'), _)) => {}
            Some(_) => return None,
        }
        let delimiter = signs.next()?.0?;
        let from = part(&mut signs, delimiter)?;
        let to = part(&mut signs, delimiter)?;
        let mut everywhere = false;
        while let Some((Some(flag), _)) = signs.next_if(|sign| matches!(sign, (Some('g' | 'i' | 'I'), _))) {
            everywhere |= flag == 'g';
        }
        let from = super::value::known(&from).filter(|from| !from.is_empty() && !from.contains(is_special))?;
        if to.iter().any(|atom| matches!(atom.part.text(), Some("&" | "\\"))) {
            return None;
        }
        found.push(Substitution { from, to, everywhere });
    }
}

fn is_special(c: char) -> bool {
    "\\*[]^$+?(){}|".contains(c)
}

/// A text character by character, each as a text of its own.
fn signs(atoms: &[Atom]) -> Vec<(Option<char>, Atom)> {
    let signs = |atom: &Atom| match atom.part.text() {
        None => vec![(None, atom.clone())],
        Some(text) => {
            let verbatim = text.len() == atom.span.end - atom.span.start;
            let sign = |(at, c): (usize, char)| (Some(c), sub_atom(atom, at, at + c.len_utf8(), verbatim));
            text.char_indices().map(sign).collect()
        }
    };
    atoms.iter().flat_map(signs).collect()
}

/// What stands before the next delimiter.
fn part(signs: &mut impl Iterator<Item = (Option<char>, Atom)>, delimiter: char) -> Option<Vec<Atom>> {
    let mut atoms = Vec::new();
    loop {
        match signs.next()? {
            (Some(c), _) if c == delimiter => return Some(atoms),
            (_, atom) => atoms.push(atom),
        }
    }
}

fn replaced(text: &[Atom], by: &Substitution) -> Vec<Atom> {
    let mut atoms = Vec::new();
    // Without `g` once in each line.
    let mut done = false;
    for atom in text {
        let Some(text) = atom.part.text() else {
            atoms.push(atom.clone());
            continue;
        };
        let verbatim = text.len() == atom.span.end - atom.span.start;
        let mut from = 0;
        for (at, hit) in text.match_indices(&by.from) {
            done &= !text[from..at].contains('\n');
            if done && !by.everywhere {
                continue;
            }
            atoms.push(sub_atom(atom, from, at, verbatim));
            atoms.extend(by.to.iter().cloned());
            from = at + hit.len();
            done = true;
        }
        done &= !text[from..].contains('\n');
        atoms.push(sub_atom(atom, from, text.len(), verbatim));
    }
    atoms.retain(|atom| atom.part.text() != Some(""));
    atoms
}

/// What `tr` makes of its input; none if the sets are not written out.
pub(super) fn tr(args: &[ExpandedWord], input: &[Atom]) -> Option<Vec<Atom>> {
    let words: Vec<String> = args.iter().map(ExpandedWord::text).collect::<Option<_>>()?;
    let set = |text: &str| {
        let mut set = String::new();
        let mut rest = text;
        while let Some(c) = rest.chars().next() {
            rest = &rest[c.len_utf8()..];
            let (decoded, length) = if c == '\\' { unescape(rest) } else { (c.to_string(), 0) };
            set.push_str(&decoded);
            rest = rest.get(length..).unwrap_or_default();
        }
        (!text.contains(['[', ']']) && !text.contains("a-z") && !text.contains("A-Z")).then_some(set)
    };
    let change: Box<dyn Fn(char) -> Option<char>> = match words.iter().map(String::as_str).collect::<Vec<_>>()[..] {
        ["-d", drop] => {
            let drop = set(drop)?;
            Box::new(move |c| (!drop.contains(c)).then_some(c))
        }
        ["A-Z" | "[:upper:]", "a-z" | "[:lower:]"] => Box::new(|c| Some(c.to_ascii_lowercase())),
        ["a-z" | "[:lower:]", "A-Z" | "[:upper:]"] => Box::new(|c| Some(c.to_ascii_uppercase())),
        [from, to] if !from.starts_with('-') => {
            let (from, to): (String, Vec<char>) = (set(from)?, set(to)?.chars().collect());
            let last = *to.last()?;
            let other = move |at: usize| to.get(at).copied().unwrap_or(last);
            Box::new(move |c| Some(from.chars().position(|known| known == c).map_or(c, &other)))
        }
        _ => return None,
    };
    let changed = |atom: &Atom| match &atom.part {
        Part::Text(text) => Atom { part: Part::Text(text.chars().filter_map(&change).collect()), ..atom.clone() },
        _ => atom.clone(),
    };
    Some(input.iter().map(changed).collect())
}

impl Interpreter<'_> {
    /// The texts that a program of `awk` hands to a shell: `system("…")`.
    pub(super) fn awk(&mut self, fields: &[ExpandedWord], context: Context) {
        for field in fields {
            for atom in &field.atoms {
                let Some(text) = atom.part.text().filter(|text| text.contains("system(")) else { continue };
                let verbatim = text.len() == atom.span.end - atom.span.start;
                for (at, call) in text.match_indices("system(") {
                    let start = at + call.len();
                    let Some(inside) = text[start..].strip_prefix('"') else { continue };
                    let Some(end) = inside.find('"').filter(|end| !inside[..*end].contains('\\')) else { continue };
                    self.run_text(&[sub_atom(atom, start + 1, start + 1 + end, verbatim)], context, None, None);
                }
            }
        }
    }
}
