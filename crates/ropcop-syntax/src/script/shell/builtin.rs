//! Builtins that change what later commands are.

use crate::Part;

use super::command::file_name;
use super::expand::Words;
use super::interpret::{Context, Interpreter};
use super::print;
use super::value::{Atom, Choices, ExpandedWord, ShellValue};
use super::wrapper;

impl Interpreter<'_> {
    /// Builtins that change what later commands are; none if it is no such builtin.
    pub(super) fn builtin(
        &mut self,
        name: &str,
        args: &[ExpandedWord],
        context: Context,
        input: Option<&[Atom]>,
    ) -> Option<Option<Vec<Atom>>> {
        let silent = Some(Some(Vec::new()));
        match name {
            "eval" => return Some(self.run_text(&wrapper::join(args), context, None, None)),
            "trap" => {
                if let Some(field) = args.iter().find(|field| field.text().is_none_or(|text| !text.starts_with('-'))) {
                    self.run_text(&field.atoms.clone(), context, None, None);
                }
            }
            "alias" => args.iter().for_each(|field| self.define_alias(field, context)),
            "unalias" => {
                args.iter().filter_map(ExpandedWord::text).for_each(|name| drop(self.state.aliases.remove(&name)))
            }
            "export" | "declare" | "local" | "readonly" | "typeset" => {}
            "unset" => args.iter().filter_map(ExpandedWord::text).for_each(|word| self.unset(&word)),
            "read" => self.read(args, context, input),
            "mapfile" | "readarray" => self.mapfile(args, context, input),
            "getopts" => {
                let names = args.iter().skip(1).take(1).filter_map(ExpandedWord::text).chain(["OPTARG".to_owned()]);
                names.for_each(|name| self.state.set(&name, ShellValue::Unknown));
            }
            "shift" => {
                self.shift(args.first().and_then(ExpandedWord::text).and_then(|count| count.parse().ok()).unwrap_or(1))
            }
            "source" | "." => return Some(self.source(args, context, input)),
            "printf" if args.first().and_then(ExpandedWord::text).is_some_and(|word| word == "-v") => {
                let name = args.get(1).and_then(ExpandedWord::text)?;
                match print::printf(args.get(2..)?) {
                    Some(atoms) => self.assign_text(&name, vec![(Choices::new(), atoms)], false, context.line.0),
                    None => self.state.set(&name, ShellValue::Unknown),
                }
            }
            ":" | "true" | "false" | "cd" | "pushd" | "popd" | "umask" | "wait" | "sleep" | "break" | "continue"
            | "return" | "exit" | "shopt" => {}
            _ => return None,
        }
        silent
    }

    /// `set -a`, `set +a`: whether everything that is assigned is exported.
    fn set_option(&mut self, args: &[ExpandedWord]) {
        for pair in args.windows(2) {
            if let [Some(sign), Some(name)] = [pair[0].text(), pair[1].text()]
                && name == "allexport"
                && sign.ends_with('o')
            {
                self.records.export_all(sign.starts_with('-'));
            }
        }
        for word in args.iter().map_while(ExpandedWord::text).take_while(|word| word != "--") {
            if word.starts_with(['-', '+']) && word.contains('a') {
                self.records.export_all(word.starts_with('-'));
            }
        }
    }

    fn define_alias(&mut self, field: &ExpandedWord, context: Context) {
        let mut atoms = field.atoms.clone();
        let Some(Atom { part: Part::Text(text), span, .. }) = atoms.first_mut() else { return };
        let Some((alias, value)) = text.split_once('=') else { return };
        let (alias, value) = (alias.to_owned(), value.to_owned());
        if text.len() == span.end - span.start {
            span.start = span.end - value.len();
        }
        *text = value;
        for atom in &mut atoms {
            atom.place = Some(context.line.0);
        }
        self.state.aliases.insert(alias, atoms);
    }

    /// `source file`: what stands in the file, if this script tells.
    fn source(&mut self, args: &[ExpandedWord], context: Context, input: Option<&[Atom]>) -> Option<Vec<Atom>> {
        let (file, args) = args.split_first()?;
        let name = file_name(file).unwrap_or_default();
        let text = match &file.file {
            Some(text) => text.to_vec(),
            None if matches!(name.as_str(), "/dev/stdin" | "/dev/fd/0") => input?.to_vec(),
            None => return Some(Vec::new()),
        };
        let args = (!args.is_empty()).then(|| args.to_vec());
        self.run_text(&text, context, args, None)
    }

    /// `set -- words`, `set words` and options of the shell. All variants are seen together: each says what the arguments
    /// may be.
    pub(super) fn set(&mut self, variants: Vec<Words>, context: Context) {
        let mut lists = Vec::new();
        for (choices, fields) in variants {
            let args = fields.get(1..).unwrap_or_default();
            self.set_option(args);
            if let Some(list) = arguments(args) {
                lists.push((choices, list.to_vec()));
            }
        }
        if !lists.is_empty() {
            self.set_arguments(lists, context.line.0);
        }
    }
}

/// What `set` makes the arguments; none if it only sets options.
fn arguments(args: &[ExpandedWord]) -> Option<&[ExpandedWord]> {
    let mut at = 0;
    while let Some(word) = args.get(at) {
        let text = word.text().unwrap_or_default();
        at += 1;
        match text.as_str() {
            "--" => return Some(&args[at..]),
            "-o" | "+o" => at += 1,
            _ if text.starts_with(['-', '+']) => at += usize::from(text.ends_with('o')),
            _ => return Some(&args[at - 1..]),
        }
    }
    None
}
