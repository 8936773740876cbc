//! Programs: the words they receive, and texts that other interpreters read.

use std::collections::HashMap;

use super::find::{PsCommandFinder, Site};
use crate::program::module::ScopeId;

use super::syntax::{Link, PsExpr, PsExprKind};
use super::words::{MadeWord, all_with};
use crate::program::value::{name_of, put_text};
use crate::script::shell::{self, Operand};
use crate::text::template::Template;
use crate::{Certainty, Command, Language, Part, Span};

/// Lines that are put together from more pieces than this are data, not commands.
pub(super) const MOST_STRETCHES: usize = 5_000;
/// Of more words than this no text is made.
const MOST_WORDS: usize = 1_000;

impl<'s> PsCommandFinder<'_, 's> {
    /// A program with its words. What runs another program is looked through, as a shell script does.
    pub(super) fn native(&mut self, items: &[MadeWord<'s>], site: Site) {
        let mut variants: Vec<Vec<MadeWord<'s>>> = vec![Vec::new()];
        for item in items {
            let lists = item.expr.map(|expr| self.values.lists(expr)).unwrap_or_default();
            let lists = match lists.is_empty() {
                true => vec![vec![item.clone()]],
                false => lists.iter().map(|list| list.iter().map(|inner| self.values.item(inner)).collect()).collect(),
            };
            variants = all_with(variants, &lists);
        }
        variants.iter().for_each(|all| self.argv(all, site));
    }

    /// Words that a program receives one by one.
    fn argv(&mut self, words: &[MadeWord<'s>], site: Site) {
        let operands: Vec<Operand> = words.iter().map(|item| self.operand(item)).collect();
        let stretches: usize = operands.iter().map(|operand| operand.text.text.map.len()).sum();
        if stretches <= MOST_STRETCHES {
            self.started(shell::argv(&operands, &self.reading.at_depth(self.depth + 1)), words, site);
        }
    }

    /// Notes what a program runs. Of words that have come through unchanged, more is known than their texts say; and
    /// they are one word still, whatever has read them again.
    fn started(&mut self, commands: Vec<Command>, items: &[MadeWord<'s>], site: Site) {
        // Words that a text has brought in can all stand at one place: then it does not tell them apart.
        let mut known: HashMap<Span, Option<&MadeWord<'s>>> = HashMap::new();
        for item in items {
            known.entry(item.word.span).and_modify(|known| *known = None).or_insert(Some(item));
        }
        for mut command in commands {
            for word in &mut command.words {
                if let Some(Some(item)) = known.get(&word.span) {
                    word.clone_from(&item.word);
                }
            }
            command.in_branch |= self.in_branch(site.place);
            if !site.span.contains(command.span) {
                command.related.push((site.span, "this runs it".to_owned()));
            }
            self.facts.commands.push(command);
        }
    }

    /// A word as another program receives it.
    fn operand(&mut self, item: &MadeWord<'s>) -> Operand {
        let span = item.word.span;
        if item.word.splits {
            return Operand::unknown(name_of(&item.word.parts), span, true);
        }
        let text = self.word_template(item);
        self.note_read(&text);
        // A program in a variable may be one that runs the rest, or nothing at all.
        let splits = !text.holes.is_empty() && text.parts().iter().all(|part| part.text().is_none());
        Operand { text, span, splits }
    }

    /// The text of a word. A command line in a variable stands where the variable gets it.
    fn word_template(&self, item: &MadeWord<'s>) -> Template {
        if let Some(expr) = item.expr {
            let is_value =
                matches!(expr.kind, PsExprKind::Variable(_) | PsExprKind::Group(_) | PsExprKind::Operation { .. });
            let found = self.values.templates(expr).into_iter().next();
            if let Some(text) = found.filter(|text| !is_value || text.text.text.trim().contains(' ')) {
                return text;
            }
        }
        let mut text = Template::default();
        for part in &item.word.parts {
            match part {
                Part::Text(known) => put_text(known, item.word.span, &mut text),
                other => {
                    text.push_hole(name_of(std::slice::from_ref(other)), item.word.span.start);
                    text.text.seek(item.word.span.end);
                }
            }
        }
        text
    }

    /// A program with its arguments in one value: a list of words, or a text.
    pub(super) fn start(&mut self, program: &'s PsExpr, args: Option<&'s PsExpr>, site: Site) {
        let first = self.values.item(program);
        let Some(args) = args else { return };
        let listed = self.values.items(args);
        let texts = self.values.templates(args);
        if let (None, [text]) = (&listed, &texts[..]) {
            let interpreter = super::find::base_name(&first.word.text().unwrap_or_default());
            if ["powershell", "pwsh"].contains(&interpreter.as_str()) {
                let code = behind_options(text);
                return self.code_text(&code, Language::PowerShell, Certainty::Runs, site);
            }
            if text.text.map.len() <= MOST_STRETCHES {
                let program = self.operand(&first);
                let reading = self.reading.at_depth(self.depth + 1);
                self.started(shell::started(&program, text, &reading), &[first], site);
            }
            return;
        }
        let rest = listed.unwrap_or_else(|| vec![args]);
        let mut items = vec![first];
        items.extend(rest.into_iter().map(|item| self.values.item(item)));
        if super::find::base_name(&items[0].word.text().unwrap_or_default()).starts_with(['p']) {
            let texts = items.clone();
            return self.shell(&texts, None, site);
        }
        self.native(&items, site);
    }

    /// `powershell -Command …`
    pub(super) fn shell(&mut self, items: &[MadeWord<'s>], input: Option<&'s PsExpr>, site: Site) {
        let is_command = |item: &MadeWord<'_>| {
            let text = item.word.text().unwrap_or_default().to_ascii_lowercase();
            let name = text.trim_start_matches(['-', '/']);
            name.len() < text.len() && !name.is_empty() && "command".starts_with(name)
        };
        let rest: Vec<&MadeWord<'s>> = match items.iter().position(is_command) {
            Some(at) => items[at + 1..].iter().collect(),
            None => items[1..].iter().filter(|item| item.word.text().is_none_or(|text| text.contains(' '))).collect(),
        };
        let is_input = matches!(&rest[..], [item] if item.word.text().as_deref() == Some("-"));
        if is_input || rest.is_empty() {
            return self.expression(&[], input, site);
        }
        self.expression(&rest, None, site);
    }

    /// Words that are one text of PowerShell, or the input that is one.
    pub(super) fn expression(&mut self, items: &[&MadeWord<'s>], input: Option<&'s PsExpr>, site: Site) {
        if let ([], Some(input)) = (items, input) {
            return self.code(input, Language::PowerShell, Certainty::Runs, site);
        }
        if let [MadeWord { expr: Some(expr), .. }] = items {
            return self.code(expr, Language::PowerShell, Certainty::Runs, site);
        }
        if items.len() > MOST_WORDS {
            return;
        }
        let mut text = Template::default();
        for (index, item) in items.iter().enumerate() {
            if let Some(before) = index.checked_sub(1).map(|before| items[before].word.span) {
                text.text.push(" ", before.end);
            }
            text.append(&self.word_template(item));
        }
        self.code_text(&text, Language::PowerShell, Certainty::Runs, site);
    }

    /// A text that is written to a file whose name says, or does not deny, that it is a script.
    pub(super) fn write(&mut self, value: &'s PsExpr, file: Option<&'s PsExpr>, place: ScopeId) {
        let name = file.map(|file| self.values.parts(file)).unwrap_or_default();
        let end = match name.last() {
            Some(Part::Text(text)) => text.rsplit(['/', '\\']).next().unwrap_or_default().to_owned(),
            _ => String::new(),
        };
        let known = Language::detect(&end, "");
        let span = self.values.span(value.span);
        for text in self.values.templates(value) {
            let language = match known {
                Some(language) if language.is_command_line() => language,
                None if !end.contains('.') && text.text.text.starts_with("#!") => Language::Shell,
                None if !end.contains('.') => Language::PowerShell,
                _ => continue,
            };
            self.code_text(&text, language, Certainty::Likely, Site { place, span });
        }
    }

    /// `[Process]::Start("program", "arguments")`, `[ScriptBlock]::Create("text")`
    pub(super) fn method(&mut self, chain: &'s PsExpr, place: ScopeId) {
        let PsExprKind::Chain { head, links } = &chain.kind else { return };
        let (PsExprKind::Type(class), [Link::Member { name, .. }, Link::Call { args, .. }, ..]) =
            (&head.kind, &links[..])
        else {
            return;
        };
        let class = class.rsplit('.').next().unwrap_or_default().to_ascii_lowercase();
        let site = Site { place, span: self.values.span(chain.span) };
        match (class.as_str(), name.to_ascii_lowercase().as_str(), &args[..]) {
            ("process", "start", [program, rest]) => self.start(program, Some(rest), site),
            ("scriptblock", "create", [text]) => self.code(text, Language::PowerShell, Certainty::Likely, site),
            ("file", "writealltext" | "appendalltext" | "writealllines", [file, text, ..]) => {
                self.write(text, Some(file), place);
            }
            _ => {}
        }
    }
}

/// What stands behind `-Command` in the arguments of PowerShell that are one text.
fn behind_options(text: &Template) -> Template {
    let known = &text.text.text;
    let is_option = |word: &str| {
        let name = word.strip_prefix(['-', '/']).unwrap_or_default().to_ascii_lowercase();
        !name.is_empty() && "command".starts_with(&name)
    };
    let mut at = 0;
    for word in known.split_inclusive(char::is_whitespace) {
        at += word.len();
        if is_option(word.trim_end()) {
            let code = known[at..].trim();
            let quoted = code.strip_prefix('"').and_then(|code| code.strip_suffix('"'));
            let start = at + known[at..].find(quoted.unwrap_or(code)).unwrap_or_default();
            return part(text, start, start + quoted.unwrap_or(code).len());
        }
    }
    text.clone()
}

/// A part of a template.
fn part(text: &Template, from: usize, to: usize) -> Template {
    text.part(from..to)
}
