//! Lines of a Python cell that are not Python: `!az …`, `x = !az …`, `%sx az …`, `%pip …`.

use std::ops::Range;

use crate::guest::Guest;
use crate::text::template::{MappedText, Template};
use crate::{Certainty, Language};

/// What stands in the Python code in place of such a line: it fits wherever a statement or a value does.
const NOTHING: &str = "None";

/// What stands there in place of `!{command}`, before the name: the command line is what Python says that it is.
const RUN: &str = "get_ipython().system(";

/// The code without the lines that are not Python, and the command lines among these.
pub(super) fn split(code: &Template) -> (Template, Vec<Guest>) {
    let text = &code.text.text;
    let mut python = MappedText::default();
    let mut guests = Vec::new();
    let (mut from, mut at) = (0, 0);
    let mut quotes = Quotes::default();
    while at < text.len() {
        let rest = text.get(at..).unwrap_or_default();
        let line = rest.split_inclusive('\n').next().unwrap_or_default();
        let Some(foreign) = foreign(line).filter(|_| !quotes.open()) else {
            quotes.line(line);
            at += line.len();
            continue;
        };
        let end = at + logical(rest);
        python.append(&code.text.slice(from..at + foreign.start));
        let command = foreign.command.map(|start| at + start..end);
        match command.clone().and_then(|range| value(text, range)) {
            Some(name) => {
                python.push(RUN, code.text.host(at + foreign.start));
                python.append(&code.text.slice(name.clone()));
                python.push(")", code.text.host(name.end));
            }
            None => python.push(NOTHING, code.text.host(at + foreign.start)),
        }
        guests.extend(command.map(|range| shell(&code.text, range)));
        from = end;
        at = end + rest.get(end - at..).map_or(0, |rest| rest.len().min(1));
    }
    python.append(&code.text.slice(from..text.len()));
    (Template { text: python, holes: Vec::new() }, guests)
}

/// Code of another language without lines for the kernel: `#r "nuget: …"`, `%maven …`.
pub(super) fn without_directives(code: &Template) -> Template {
    let mut plain = MappedText::default();
    let mut at = 0;
    for line in code.text.text.split_inclusive('\n') {
        let is_directive = ["%", "#r ", "#i ", "#load ", "#!"].iter().any(|mark| line.trim_start().starts_with(mark));
        if !is_directive {
            plain.append(&code.text.slice(at..at + line.len()));
        }
        at += line.len();
    }
    plain.seek(code.text.host(at));
    Template { text: plain, holes: Vec::new() }
}

/// A line that is not Python.
struct Foreign {
    /// Where that begins: behind the indentation, or behind `x =`.
    start: usize,
    /// Where the command begins, if it is one.
    command: Option<usize>,
}

fn foreign(line: &str) -> Option<Foreign> {
    let indent = line.len() - line.trim_start().len();
    let at = |start: usize| {
        let rest = line.get(start..)?;
        let command = ["!!", "!", "%sx ", "%system "].iter().find(|mark| rest.starts_with(**mark));
        if let Some(mark) = command {
            return Some(Foreign { start, command: Some(start + mark.len()) });
        }
        // `%` and a name is a magic; a line that continues a formula has a blank there.
        let is_magic =
            rest.strip_prefix('%').is_some_and(|name| name.starts_with(|c: char| c == '%' || c.is_alphabetic()));
        is_magic.then_some(Foreign { start, command: None })
    };
    at(indent).or_else(|| assigned(line).and_then(at)).or_else(|| help(line, indent))
}

/// Texts over several lines: nothing in them is a line of its own.
#[derive(Default)]
struct Quotes {
    /// What ends the text that is open.
    end: Option<&'static str>,
}

impl Quotes {
    fn open(&self) -> bool {
        self.end.is_some()
    }

    fn line(&mut self, line: &str) {
        let mut rest = line;
        loop {
            let next = ["\"\"\"", "'''"].into_iter().filter(|mark| self.end.is_none_or(|end| end == *mark));
            let next = next.filter_map(|mark| Some((rest.find(mark)?, mark))).min();
            let Some((at, mark)) = next else { return };
            self.end = if self.open() { None } else { Some(mark) };
            rest = rest.get(at + mark.len()..).unwrap_or_default();
        }
    }
}

/// Where the value begins in `x = …` and `x, y = …`.
fn assigned(line: &str) -> Option<usize> {
    let (target, value) = line.split_once('=')?;
    let is_target = |c: char| c.is_alphanumeric() || "_,. \t".contains(c);
    let plain = target.chars().all(is_target) && !target.trim().is_empty();
    plain.then(|| line.len() - value.trim_start().len())
}

/// `name?` and `?name` ask for help.
fn help(line: &str, start: usize) -> Option<Foreign> {
    let text = line.trim();
    let name = text.strip_prefix('?').or_else(|| text.strip_suffix('?'))?.trim_matches('?');
    let plain = name.chars().all(|c| c.is_alphanumeric() || "_.*%".contains(c));
    plain.then_some(Foreign { start, command: None })
}

/// The length of a line with those that continue it, without the last line end.
fn logical(text: &str) -> usize {
    let mut len = 0;
    for line in text.split_inclusive('\n') {
        let bare = line.trim_end_matches(['\n', '\r']);
        if !bare.ends_with('\\') {
            return len + bare.len();
        }
        len += line.len();
    }
    text.trim_end_matches(['\n', '\r']).len()
}

/// The name in a command line that is nothing else: `{command}`, `$command`.
fn value(text: &str, range: Range<usize>) -> Option<Range<usize>> {
    let line = text.get(range.clone())?;
    let start = range.start + (line.len() - line.trim_start().len());
    let word = line.trim();
    let braced = word.strip_prefix('{').and_then(|word| word.strip_suffix('}'));
    let name = braced.or_else(|| word.strip_prefix('$'))?;
    let is_name = !name.is_empty() && name.chars().all(|c| c.is_alphanumeric() || c == '_');
    is_name.then(|| start + 1..start + 1 + name.len())
}

/// A command line. Python's values in it are holes: `{user}`; `$user` is a variable in either reading.
fn shell(code: &MappedText, range: Range<usize>) -> Guest {
    let text = code.slice(range);
    let mut holes = Vec::new();
    let mut before = ' ';
    let mut end = 0;
    for (at, char) in text.text.char_indices() {
        let opens = char == '{' && at >= end && before != '$' && before != '{';
        if let Some((len, name)) = opens.then(|| hole(text.text.get(at..).unwrap_or_default())).flatten() {
            holes.push((at..at + len, name));
            end = at + len;
        }
        before = char;
    }
    let code = Template { text, holes: Vec::new() }.punched(&holes);
    Guest { language: Language::Shell, code, certainty: Certainty::Runs }
}

/// The length of `{expression}` and the last name in it. A list of the shell's (`{a,b}`) and a block (`{ a; }`) are none.
fn hole(text: &str) -> Option<(usize, Option<String>)> {
    let inner = text.strip_prefix('{')?;
    let end = inner.find(['}', '{', ',', ';', '\n', ' '])?;
    let expression = inner.get(..end).filter(|_| inner.get(end..).is_some_and(|rest| rest.starts_with('}')))?;
    if !expression.starts_with(|c: char| c.is_alphabetic() || c == '_') {
        return None;
    }
    let mut names = expression.split(|c: char| !c.is_alphanumeric() && c != '_');
    let name = names.rfind(|name| name.starts_with(|c: char| c.is_alphabetic() || c == '_'));
    Some((end + 2, name.map(str::to_owned)))
}
