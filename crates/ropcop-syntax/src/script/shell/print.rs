//! Commands that print their arguments: text in them is not run, unless somebody makes a script of it.

use crate::Part;
use crate::vocabulary::show;

use super::script::RawWord;
use super::value::{Atom, ExpandedWord};
use super::word::unescape;

/// Programs whose arguments may quote a command without running it: a command among their words is prose.
pub(super) fn quotes_commands(program: &str) -> bool {
    const QUOTING: &[&str] = &[
        "git",
        "grep",
        "egrep",
        "fgrep",
        "rg",
        "ag",
        "ack",
        "man",
        "which",
        "type",
        "whereis",
        "sed",
        "awk",
        "gawk",
        "perl",
        "jq",
        "yq",
        "test",
        "[",
        "apt",
        "apt-get",
        "yum",
        "dnf",
        "brew",
        "gh",
        "read",
        "dialog",
        "whiptail",
        "notify-send",
        "expr",
        "pgrep",
        "pkill",
        "killall",
        "assert_output",
        "assert_line",
        "assert",
        "describe",
        "it",
        "context",
        "hash",
        "ps",
        "history",
        "bind",
        "complete",
        "compgen",
        // Comments of the Windows command processor, for which a pipeline may run the script.
        "rem",
        "Rem",
        "REM",
        "@rem",
        "@REM",
        "::",
    ];
    QUOTING.contains(&program)
}

/// The file that a redirection writes to; none if that is a device, as the terminal.
pub(super) fn file(target: &RawWord) -> Option<String> {
    let mut name = String::new();
    for piece in &target.pieces {
        match piece {
            super::script::Piece::Known(Atom { part: Part::Text(text), .. }) => name.push_str(text),
            super::script::Piece::Known(Atom { part: Part::Variable(variable), .. }) => name.push_str(variable),
            super::script::Piece::Variable(variable) => {
                name.push('$');
                name.push_str(&variable.name);
            }
            _ => name.push('?'),
        }
    }
    (!is_device(&name)).then_some(name)
}

/// Whether what is written there is lost, or shown to people.
fn is_device(name: &str) -> bool {
    name.is_empty() || name.starts_with("/dev/") || name.starts_with('&')
}

/// Whether a file that is written may be a script. Logs, documents and devices are not; a file that is named by a
/// variable is, unless the name of the variable says log.
pub(super) fn script_name(name: &str) -> bool {
    const OTHER: &[&str] = &[
        ".log", ".txt", ".md", ".json", ".yml", ".yaml", ".html", ".csv", ".xml", ".rst", ".out", ".err", ".adoc",
        ".tmpl",
    ];
    let lower = name.to_ascii_lowercase();
    let base = lower.rsplit('/').next().unwrap_or_default();
    let is_other = name.is_empty()
        || lower.starts_with("/dev/")
        || base.starts_with('&')
        || OTHER.iter().any(|ending| base.ends_with(ending))
        || show::is_page(name.rsplit('/').next().unwrap_or_default());
    !is_other
}

/// What `echo` prints.
pub(super) fn echo(args: &[ExpandedWord]) -> Vec<Atom> {
    let is_option = |field: &&ExpandedWord| {
        let text = field.text().unwrap_or_default();
        text.len() > 1 && text.starts_with('-') && text[1..].bytes().all(|byte| b"neE".contains(&byte))
    };
    let options = args.iter().take_while(is_option).count();
    let escapes = args[..options].iter().any(|field| field.text().is_some_and(|text| text.contains('e')));
    let mut atoms = super::wrapper::join(&args[options..]);
    if escapes {
        atoms = atoms.into_iter().flat_map(decode).collect();
    }
    end_line(&mut atoms);
    atoms
}

/// What `printf` prints; none if its format is not known.
pub(super) fn printf(args: &[ExpandedWord]) -> Option<Vec<Atom>> {
    let skip = args.iter().take_while(|field| field.text().is_some_and(|text| text == "--")).count();
    let (format, mut values) = args[skip..].split_first()?;
    let mut atoms = Vec::new();
    // The format is used again until all values are printed.
    for _ in 0..64 {
        let before = values.len();
        for atom in &format.atoms {
            let Part::Text(text) = &atom.part else {
                atoms.push(atom.clone());
                continue;
            };
            let verbatim = text.len() == atom.span.end - atom.span.start;
            let mut from = 0;
            let bytes = text.as_bytes();
            let mut at = 0;
            while at < bytes.len() {
                if bytes[at] != b'%' {
                    at += 1;
                    continue;
                }
                atoms.extend(decode(sub_atom(atom, from, at, verbatim)));
                let length = bytes[at + 1..].iter().position(|byte| byte.is_ascii_alphabetic() || *byte == b'%');
                let end = (at + 2 + length.unwrap_or(0)).min(bytes.len());
                if bytes[end - 1] == b'%' {
                    atoms.push(Atom { part: Part::Text("%".to_owned()), ..atom.clone() });
                } else if let Some((value, rest)) = values.split_first() {
                    atoms.extend(value.atoms.iter().cloned());
                    values = rest;
                }
                at = end;
                from = at;
            }
            atoms.extend(decode(sub_atom(atom, from, bytes.len(), verbatim)));
        }
        if values.is_empty() || values.len() == before {
            break;
        }
    }
    Some(atoms)
}

/// Ends the text with a line break, so that what is printed next is another line.
pub(super) fn end_line(atoms: &mut Vec<Atom>) {
    if let Some(last) = atoms.last() {
        let at = last.span.end;
        let span = crate::Span::new(at, at);
        atoms.push(Atom { part: Part::Text("\n".to_owned()), span, place: last.place, quoted: true });
    }
}

/// A part of the text of an atom.
pub(super) fn sub_atom(atom: &Atom, start: usize, end: usize, verbatim: bool) -> Atom {
    let text = atom.part.text().and_then(|text| text.get(start..end)).unwrap_or_default();
    let span = if verbatim { crate::Span::new(atom.span.start + start, atom.span.start + end) } else { atom.span };
    Atom { part: Part::Text(text.to_owned()), span, ..atom.clone() }
}

/// Undoes backslash escapes.
fn decode(atom: Atom) -> Vec<Atom> {
    let Part::Text(text) = &atom.part else { return vec![atom] };
    if !text.contains('\\') {
        return vec![atom];
    }
    let verbatim = text.len() == atom.span.end - atom.span.start;
    let mut atoms = Vec::new();
    let mut from = 0;
    while let Some(offset) = text[from..].find('\\') {
        let at = from + offset;
        let (decoded, length) = unescape(&text[at + 1..]);
        let end = at + 1 + length;
        atoms.push(sub_atom(&atom, from, at, verbatim));
        atoms.push(Atom { part: Part::Text(decoded), ..sub_atom(&atom, at, end, verbatim) });
        from = end;
    }
    atoms.push(sub_atom(&atom, from, text.len(), verbatim));
    atoms
}
