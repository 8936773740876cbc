//! One command with its words expanded: builtins, wrappers, printing, and everything else, which is a fact.

use std::collections::HashSet;

use crate::vocabulary::{run, show};
use crate::{Certainty, Command, Omission, Part, Span, Word};

use super::filter;
use super::interpret::{Context, Interpreter};
use super::powershell;
use super::print;
use super::split::{BLANKS, split};
use super::value::{Atom, ExpandedWord, ShellValue, known};
use super::variable::starts_with_hyphen;
use super::wrapper::{self, Inner};

/// Programs that run others (`sudo env …`) are looked through to this depth: each holds the words of all inside. The report
/// says so.
const MOST_WRAPPERS: usize = 30;
/// A variable that was given others is followed to so many.
const MOST_NAMES: usize = 8;
/// Of longer words only so many pieces are followed.
const MOST_ATOMS: usize = 64;

/// Where the texts are written that a word may hold.
#[derive(Default)]
struct LiteralPlaces {
    places: Vec<Span>,
    seen: HashSet<String>,
}

impl Interpreter<'_> {
    /// Reads a command. What it prints is the result, if that is known.
    pub(super) fn command(
        &mut self,
        fields: Vec<ExpandedWord>,
        context: Context,
        input: Option<&[Atom]>,
    ) -> Option<Vec<Atom>> {
        let (first, args) = fields.split_first()?;
        self.steps += fields.len();
        let Some(name) = first.text() else { return self.unknown_program(fields, context, input) };
        if first.bare && self.state.aliases.contains_key(&name) {
            return self.alias(&name, args, context, input);
        }
        if let Some(output) = self.call(&name, args, context) {
            return output;
        }
        let base = name.rsplit(['/', '\\']).next().unwrap_or_default().to_owned();
        if let Some(output) = self.builtin(&base, args, context, input) {
            return output;
        }
        match base.as_str() {
            "echo" | "printf" | "cat" | "tee" | "envsubst" | "sed" | "tr"
                if self.is_printing(&base, context, input) =>
            {
                return self.printing(&base, args, context, input);
            }
            "find" => return self.find_exec(fields, context, input),
            "xargs" => return self.xargs(&fields, context, input),
            "awk" | "gawk" | "mawk" => self.awk(args, context),
            _ => {}
        }
        if let Some(found) = located(&base, args).filter(|_| context.capture) {
            return Some(found);
        }
        if powershell::is_it(&base) {
            match powershell::inner(&fields) {
                Inner::Text(text, _) => self.run_powershell(&text, context),
                Inner::Input => input.into_iter().for_each(|text| self.run_powershell(text, context)),
                Inner::Command(_) | Inner::File(..) | Inner::Nothing => {}
            }
            return None;
        }
        let unwrapped = wrapper::unwrap(&base, &fields);
        if let Some(inner) = &unwrapped {
            self.records.wrapper(&base, &fields, context.line.0);
            let entry = fields.iter().any(|field| field.text().is_some_and(|text| text == "--entrypoint"));
            let count =
                if let Inner::Command(inner) = inner { inner.len() - usize::from(entry).min(inner.len()) } else { 0 };
            self.records.image(&base, &fields, count, context.line.0);
        }
        match unwrapped {
            Some(Inner::Command(inner)) => return self.wrapped(inner, context, input),
            Some(Inner::Text(text, args)) => {
                let args = (!args.is_empty()).then_some(args);
                return self.run_text(&text, context, args, input);
            }
            Some(Inner::File(text, args)) => return self.run_text(&text, context, Some(args), None),
            Some(Inner::Input) => return input.and_then(|text| self.run_text(text, context, None, None)),
            Some(Inner::Nothing) => return None,
            None => {}
        }
        if show::prints(&base) {
            self.note_names(&fields, true);
            return None;
        }
        self.run_argument(&base, args, context);
        self.emit(&fields, context, input, !print::quotes_commands(&base));
        None
    }

    /// A command that another one runs.
    fn wrapped(&mut self, inner: Vec<ExpandedWord>, context: Context, input: Option<&[Atom]>) -> Option<Vec<Atom>> {
        if inner.is_empty() {
            return None;
        }
        if self.wrappers >= MOST_WRAPPERS {
            let why = format!("runs a command through more than {MOST_WRAPPERS} others");
            self.given_up.get_or_insert(Omission::new(context.line.0, why));
            return None;
        }
        self.wrappers += 1;
        let printed = self.command(inner, context, input);
        self.wrappers -= 1;
        printed
    }

    /// A program in a variable. One before a wrapper is `$SUDO`, which may be nothing at all.
    fn unknown_program(
        &mut self,
        fields: Vec<ExpandedWord>,
        context: Context,
        input: Option<&[Atom]>,
    ) -> Option<Vec<Atom>> {
        let second = fields.get(1).and_then(ExpandedWord::text).unwrap_or_default();
        if fields[0].splits && (wrapper::is_wrapper(&second) || self.state.functions.contains_key(&second)) {
            return self.wrapped(fields[1..].to_vec(), context, input);
        }
        // A variable that holds code together with something else: `"$CMD --tenant x"`.
        if fields.len() == 1
            && fields[0].atoms.len() > 1
            && fields[0].atoms.iter().any(|a| a.part.text().is_some_and(|t| t.contains(' ')))
        {
            return None;
        }
        self.emit(&fields, context, input, true);
        None
    }

    /// A text with blanks, handed to a function from elsewhere whose name says that it runs things.
    fn run_argument(&mut self, base: &str, args: &[ExpandedWord], context: Context) {
        if !run::runs_text(base) {
            return;
        }
        let certainty = context.certainty.max(Certainty::Likely);
        for field in args {
            let has_blank =
                field.atoms.iter().any(|atom| atom.part.text().is_some_and(|text| text.trim().contains(' ')));
            if has_blank {
                self.run_text(&field.atoms, Context { certainty, ..context }, None, None);
            }
        }
    }

    fn alias(
        &mut self,
        name: &str,
        args: &[ExpandedWord],
        context: Context,
        input: Option<&[Atom]>,
    ) -> Option<Vec<Atom>> {
        let atoms = self.state.aliases.remove(name)?;
        let here = context.line.0;
        let mut fields: Vec<ExpandedWord> = split(&atoms, BLANKS)
            .into_iter()
            .map(|word| ExpandedWord {
                atoms: word,
                span: here,
                place: context.line.1,
                bare: true,
                ..ExpandedWord::default()
            })
            .collect();
        // The program is the alias where it is used; what else the alias holds stands where it was written.
        for (number, field) in fields.iter_mut().enumerate() {
            let start = if number == 0 { Span::new(here.start, here.start + name.len()) } else { field.atoms[0].span };
            (field.span, field.place) =
                if number == 0 { (start, context.line.1) } else { (start, field.atoms[0].place) };
        }
        fields.extend_from_slice(args);
        let output = if fields.is_empty() { None } else { self.command(fields, context, input) };
        // While an alias is expanded its name means the program (`alias az='az …'`).
        self.state.aliases.insert(name.to_owned(), atoms);
        output
    }

    /// Whether a program is read as one that prints: a filter only where its input is known and its output wanted.
    fn is_printing(&self, name: &str, context: Context, input: Option<&[Atom]>) -> bool {
        !matches!(name, "sed" | "tr") || (context.capture && input.is_some())
    }

    /// Programs whose output is known from their words or their input.
    fn printing(
        &mut self,
        name: &str,
        args: &[ExpandedWord],
        context: Context,
        input: Option<&[Atom]>,
    ) -> Option<Vec<Atom>> {
        self.note_names(args, true);
        if name == "echo" || name == "printf" {
            self.records.printed(&wrapper::join(args));
        }
        if !context.capture && name != "tee" {
            return Some(Vec::new());
        }
        let files: Vec<String> = args.iter().filter_map(file_name).collect();
        match name {
            "echo" => Some(print::echo(args)),
            "printf" => print::printf(args),
            "tee" => {
                let text = input?.to_vec();
                for file in files {
                    self.write(file, text.clone());
                }
                Some(text)
            }
            "cat" => match args {
                [] => input.map(<[Atom]>::to_vec),
                [ExpandedWord { file: Some(text), .. }] => Some(text.to_vec()),
                _ if files.iter().all(|file| file == "/dev/stdin") => input.map(<[Atom]>::to_vec),
                _ => None,
            },
            "sed" => filter::sed(args, input?),
            "tr" => filter::tr(args, input?),
            _ => input.map(<[Atom]>::to_vec),
        }
    }

    /// `find … -exec command {} \;`
    fn find_exec(&mut self, fields: Vec<ExpandedWord>, context: Context, input: Option<&[Atom]>) -> Option<Vec<Atom>> {
        const ACTIONS: &[&str] = &["-exec", "-execdir", "-ok", "-okdir"];
        let is_action = |field: &ExpandedWord| field.text().is_some_and(|text| ACTIONS.contains(&text.as_str()));
        let mut rest = fields.as_slice();
        while let Some(at) = rest.iter().position(is_action) {
            rest = &rest[at + 1..];
            let ends = |field: &ExpandedWord| field.text().is_some_and(|text| matches!(text.as_str(), ";" | "+"));
            let end = rest.iter().position(ends).unwrap_or(rest.len());
            if end > 0 {
                self.command(rest[..end].to_vec(), context, input);
            }
        }
        None
    }

    /// Remembers which variables are printed and which go elsewhere.
    fn note_names(&mut self, fields: &[ExpandedWord], prints: bool) {
        let names = fields.iter().flat_map(|field| &field.atoms).filter_map(|atom| match &atom.part {
            Part::Variable(name) => Some(name),
            _ => None,
        });
        let set = if prints { &mut self.printed } else { &mut self.handed };
        for name in names {
            if !set.contains(name) {
                set.insert(name.clone());
            }
        }
    }

    fn words(&self, fields: &[ExpandedWord]) -> Vec<Word> {
        let literals = |field: &ExpandedWord| {
            let mut found = LiteralPlaces::default();
            field.atoms.iter().take(MOST_ATOMS).for_each(|atom| self.written(atom, &mut found));
            found.places
        };
        fields.iter().map(|field| Word { literals: literals(field), ..field.word() }).collect()
    }

    /// Adds where the texts are written that a variable may hold which stays one.
    fn written(&self, atom: &Atom, found: &mut LiteralPlaces) {
        let Part::Variable(name) = &atom.part else { return };
        found.places.extend(self.defaults.get(&atom.span));
        if found.seen.len() >= MOST_NAMES || !found.seen.insert(name.clone()) {
            return;
        }
        for variant in self.state.get(name).iter() {
            let ShellValue::Text(atoms) = &variant.value else { continue };
            match known(atoms) {
                Some(text) if text.is_empty() => {}
                Some(_) => found.places.extend(atoms.iter().map(|atom| atom.span).reduce(Span::to)),
                None => atoms.iter().take(MOST_ATOMS).for_each(|atom| self.written(atom, found)),
            }
        }
    }

    /// Notes a command as a fact.
    fn emit(&mut self, fields: &[ExpandedWord], context: Context, input: Option<&[Atom]>, may_wrap: bool) {
        self.note_names(fields, false);
        let Some(program) = fields.first() else { return };
        self.records.command(fields, input, context.line.0);
        let (line, line_place) = context.line;
        let span = if program.place == line_place && line.contains(program.span) {
            Span::new(program.span.start, line.end)
        } else {
            let own = fields.iter().filter(|field| field.place == program.place);
            own.map(|field| field.span).reduce(Span::to).unwrap_or(program.span)
        };
        let mut related = Vec::new();
        if let Some(call) = handed_on(fields) {
            self.found.push(Command {
                words: self.words(fields),
                span: call,
                certainty: context.certainty,
                related: vec![(span, "this runs it".to_owned())],
                may_wrap,
                in_branch: context.in_branch,
            });
            return;
        }
        if let Some(place) = program.place {
            self.ran.insert(place);
            if !context.site.contains(span) && context.site != place {
                related.push((context.site, "this runs it".to_owned()));
            }
        }
        let mut places: Vec<Span> =
            fields.iter().filter_map(|field| field.place).filter(|p| Some(*p) != program.place).collect();
        places.sort();
        places.dedup();
        places.retain(|place| !context.site.contains(*place));
        related
            .extend(places.into_iter().take(4).map(|place| (place, "some of its arguments come from here".to_owned())));
        self.found.push(Command {
            words: self.words(fields),
            span,
            certainty: context.certainty,
            related,
            may_wrap,
            in_branch: context.in_branch,
        });
    }
}

/// Where the function is called that hands all of its arguments to a program (`az() { command az "$@"; }`): there the
/// command is written, not in the function.
fn handed_on(fields: &[ExpandedWord]) -> Option<Span> {
    let (program, args) = fields.split_first()?;
    let call = args.first()?.place?;
    (program.place != Some(call) && args.iter().all(|arg| arg.place == Some(call))).then_some(call)
}

/// What `command -v tool` and its like print: the program, whose place is not known, but whose name is.
fn located(program: &str, args: &[ExpandedWord]) -> Option<Vec<Atom>> {
    let (options, name) = args.split_at(args.len().checked_sub(1)?);
    let option =
        |wanted: &[&str]| options.iter().any(|field| field.text().is_some_and(|text| wanted.contains(&text.as_str())));
    let looks = match program {
        "command" => option(&["-v"]),
        "type" => option(&["-P", "-p"]),
        "which" => true,
        _ => false,
    };
    let mut found = name.first().filter(|name| looks && !starts_with_hyphen(&name.atoms))?.atoms.clone();
    print::end_line(&mut found);
    Some(found)
}

/// The file that an argument of `cat` or `tee` names.
pub(super) fn file_name(field: &ExpandedWord) -> Option<String> {
    let part = |atom: &Atom| match &atom.part {
        Part::Text(text) => text.clone(),
        Part::Variable(name) => format!("${name}"),
        Part::Output { .. } | Part::Unknown => "?".to_owned(),
    };
    let name: String = field.atoms.iter().map(part).collect();
    (!name.starts_with('-')).then_some(name)
}
