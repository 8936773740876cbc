//! Programs: the words they receive, and texts that other interpreters read.

use std::collections::HashMap;

use super::find::{Finder, Site};
use super::place::PlaceId;

use super::syntax::{Expr, Kind, Link};
use super::template::put_in;
use super::value::{Use, name_of};
use super::words::Item;
use crate::script::shell;
use crate::text::template::Template;
use crate::{Certainty, Language, Part, Span};

/// Words that a shell takes for its own where a command begins.
const SHELL_WORDS: &[&str] = &[
    "if", "then", "else", "elif", "fi", "for", "while", "until", "do", "done", "case", "esac", "function", "select",
    "time", "in", "coproc",
];

/// Lines that are put together from more pieces than this are data, not commands.
pub(super) const MOST_STRETCHES: usize = 5_000;
/// A word with more quotes is not looked into.
const MOST_QUOTES: usize = 100;
/// Of more words than this no text is made.
const MOST_WORDS: usize = 1_000;

impl<'s> Finder<'_, 's> {
    /// A program with its words. What runs another program is looked through, as a shell script does.
    pub(super) fn native(&mut self, items: &[Item<'s>], site: Site) {
        let mut all: Vec<Item<'s>> = Vec::new();
        for item in items {
            match item.expr.and_then(|expr| self.values.items(expr, item.site)) {
                Some(list) => all.extend(list.into_iter().map(|inner| self.values.item(inner, item.site))),
                None => all.push(item.clone()),
            }
        }
        let mut line = Template::default();
        for (index, item) in all.iter().enumerate() {
            if let Some(before) = index.checked_sub(1).map(|before| all[before].word.span) {
                line.text.push(" ", before.end);
            }
            self.shell_word(item, index == 0, &mut line);
        }
        self.shell_line(&line, &all, Certainty::Runs, site);
    }

    /// Reads a line that a shell would understand in the same way, and puts the words that were in it back.
    fn shell_line(&mut self, line: &Template, items: &[Item<'s>], certainty: Certainty, site: Site) {
        if line.text.map.len() > MOST_STRETCHES {
            return;
        }
        // Words that a text has brought in can all stand at one place: then it does not tell them apart.
        let mut known: HashMap<Span, Option<&Item<'s>>> = HashMap::new();
        for item in items {
            known.entry(item.word.span).and_modify(|known| *known = None).or_insert(Some(item));
        }
        for mut command in shell::commands(&line.text, &line.holes, &self.reading.at_depth(self.depth + 1)) {
            for word in &mut command.words {
                if let Some(Some(item)) = known.get(&word.span) {
                    word.parts.clone_from(&item.word.parts);
                    word.splits = item.word.splits;
                }
            }
            command.certainty = command.certainty.max(certainty);
            command.in_branch |= self.in_branch(site.place);
            if !site.span.contains(command.span) {
                command.related.push((site.span, "this runs it".to_owned()));
            }
            self.facts.commands.push(command);
        }
    }

    /// Appends a word in a way that keeps a shell from changing it.
    fn shell_word(&mut self, item: &Item<'s>, first: bool, line: &mut Template) {
        let span = item.word.span;
        if item.word.splits {
            line.push_hole(name_of(&item.word.parts), span.start);
            return line.text.seek(span.end);
        }
        let text = self.word_template(item);
        self.note_read(&text);
        let is_safe = |c: char| c.is_ascii_alphanumeric() || "_./:@%+,-".contains(c) || c == '=' && !first;
        let known = &text.text.text;
        let is_bare = !known.is_empty() && known.chars().all(|c| is_safe(c) || text.hole(c).is_some());
        if is_bare && text.span(0..known.len()) == span && !SHELL_WORDS.contains(&known.as_str()) {
            return line.append(&text);
        }
        if text.text.map.len() > MOST_STRETCHES || text.text.text.matches('\'').count() > MOST_QUOTES {
            // Its parts come back with the word.
            line.push_hole(None, span.start);
            return line.text.seek(span.end);
        }
        line.text.push("'", span.start);
        let mut from = 0;
        for (at, _) in text.text.text.match_indices('\'') {
            line.append(&part(&text, from, at));
            line.text.push("'\\'", text.text.host(at).saturating_sub(2));
            from = at;
        }
        line.append(&part(&text, from, text.text.text.len()));
        line.text.push("'", span.end.saturating_sub(1));
        line.text.seek(span.end);
    }

    /// The text of a word. A command line in a variable stands where the variable gets it.
    fn word_template(&self, item: &Item<'s>) -> Template {
        if let Some(expr) = item.expr {
            let is_value = matches!(expr.kind, Kind::Variable(_) | Kind::Group(_) | Kind::Operation { .. });
            let found = self.values.templates(expr, item.site).into_iter().next();
            if let Some(text) = found.filter(|text| !is_value || text.text.text.trim().contains(' ')) {
                return text;
            }
        }
        let mut text = Template::default();
        for part in &item.word.parts {
            match part {
                Part::Text(known) => put_in(known, item.word.span, &mut text),
                other => {
                    text.push_hole(name_of(std::slice::from_ref(other)), item.word.span.start);
                    text.text.seek(item.word.span.end);
                }
            }
        }
        text
    }

    /// A program with its arguments in one value: a list of words, or a text.
    pub(super) fn start(&mut self, program: &'s Expr, args: Option<&'s Expr>, site: Site) {
        let used = Use { place: site.place, at: program.span.start };
        let first = self.values.item(program, used);
        let Some(args) = args else { return };
        let listed = self.values.items(args, used);
        let texts = self.values.templates(args, used);
        if let (None, [text]) = (&listed, &texts[..]) {
            let interpreter = super::find::base_name(&first.word.text().unwrap_or_default());
            if ["powershell", "pwsh"].contains(&interpreter.as_str()) {
                let code = behind_options(text);
                return self.code_text(&code, Language::PowerShell, Certainty::Runs, site);
            }
            let mut line = Template::default();
            self.shell_word(&first, true, &mut line);
            line.text.push(" ", first.word.span.end);
            line.append(text);
            return self.shell_line(&line, &[first], Certainty::Runs, site);
        }
        let rest = listed.unwrap_or_else(|| vec![args]);
        let mut items = vec![first];
        items.extend(rest.into_iter().map(|item| self.values.item(item, used)));
        if super::find::base_name(&items[0].word.text().unwrap_or_default()).starts_with(['p']) {
            let texts = items.clone();
            return self.shell(&texts, None, site);
        }
        self.native(&items, site);
    }

    /// `powershell -Command …`
    pub(super) fn shell(&mut self, items: &[Item<'s>], input: Option<&'s Expr>, site: Site) {
        let is_command = |item: &Item<'_>| {
            let text = item.word.text().unwrap_or_default().to_ascii_lowercase();
            let name = text.trim_start_matches(['-', '/']);
            name.len() < text.len() && !name.is_empty() && "command".starts_with(name)
        };
        let rest: Vec<&Item<'s>> = match items.iter().position(is_command) {
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
    pub(super) fn expression(&mut self, items: &[&Item<'s>], input: Option<&'s Expr>, site: Site) {
        if let ([], Some(input)) = (items, input) {
            let used = Use { place: site.place, at: input.span.start };
            return self.code(input, used, Language::PowerShell, Certainty::Runs, site);
        }
        if let [Item { expr: Some(expr), site: used, .. }] = items {
            return self.code(expr, *used, Language::PowerShell, Certainty::Runs, site);
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
    pub(super) fn write(&mut self, value: &'s Expr, file: Option<&'s Expr>, place: PlaceId) {
        let used = Use { place, at: value.span.start };
        let name = file.map(|file| self.values.parts(file, Use { place, at: file.span.start })).unwrap_or_default();
        let end = match name.last() {
            Some(Part::Text(text)) => text.rsplit(['/', '\\']).next().unwrap_or_default().to_owned(),
            _ => String::new(),
        };
        let known = Language::detect(&end, "");
        let span = self.values.span(value.span);
        for text in self.values.templates(value, used) {
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
    pub(super) fn method(&mut self, chain: &'s Expr, place: PlaceId) {
        let Kind::Chain { head, links } = &chain.kind else { return };
        let (Kind::Type(class), [Link::Member { name, .. }, Link::Call { args, .. }, ..]) = (&head.kind, &links[..])
        else {
            return;
        };
        let class = class.rsplit('.').next().unwrap_or_default().to_ascii_lowercase();
        let site = Site { place, span: self.values.span(chain.span) };
        let used = Use { place, at: chain.span.start };
        match (class.as_str(), name.to_ascii_lowercase().as_str(), &args[..]) {
            ("process", "start", [program, rest]) => self.start(program, Some(rest), site),
            ("scriptblock", "create", [text]) => self.code(text, used, Language::PowerShell, Certainty::Likely, site),
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
    Template { text: text.text.slice(from..to), holes: text.holes.clone() }
}
