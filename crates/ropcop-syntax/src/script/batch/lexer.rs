//! From the text of a batch file to the letters of one command, with escapes undone and variables put in.

use std::ops::Range;

use crate::text::template::Template;

use super::variable::BatchVariables;

/// A longer name between percent signs is no variable but text with two percent signs.
const LONGEST_NAME: usize = 200;

/// What stands at one place of a command.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Letter {
    /// A letter that means itself; quotes are kept, they matter to the program.
    Known(char),
    /// The value of a variable, or something without a name.
    Hole(Option<String>),
}

/// A letter with its place in the text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Unit {
    pub(super) letter: Letter,
    pub(super) range: Range<usize>,
    /// It comes from a variable; the letter stands where that was set.
    pub(super) stored: bool,
}

impl Unit {
    pub(super) fn is(&self, c: char) -> bool {
        self.letter == Letter::Known(c)
    }

    pub(super) fn is_blank(&self) -> bool {
        matches!(self.letter, Letter::Known(c) if c.is_whitespace())
    }
}

/// One command without redirections.
#[derive(Debug, Default)]
pub(super) struct BatchCommand {
    pub(super) units: Vec<Unit>,
    /// Where it stands, variables as written.
    pub(super) range: Range<usize>,
    /// The files that its output is written to.
    pub(super) targets: Vec<String>,
    /// No other command follows in the same line.
    pub(super) ends_line: bool,
}

/// Reads the text from its beginning to its end.
pub(super) struct BatchLexer<'c> {
    pub(super) code: &'c Template,
    pub(super) at: usize,
    /// How many loops without an end were seen.
    pub(super) unclosed: usize,
}

impl<'c> BatchLexer<'c> {
    pub(super) fn new(code: &'c Template) -> Self {
        Self { code, at: 0, unclosed: 0 }
    }

    pub(super) fn rest(&self) -> &'c str {
        self.code.text.text.get(self.at..).unwrap_or_default()
    }

    fn peek(&self) -> Option<char> {
        self.rest().chars().next()
    }

    /// Goes on to where the next command begins, and tells how it begins.
    pub(super) fn statement(&mut self) -> Option<char> {
        let ignored = |c: char| c.is_whitespace() || matches!(c, '@' | '&' | '|' | ';' | ',' | '=' | '^');
        self.at += self.rest().len() - self.rest().trim_start_matches(ignored).len();
        self.peek()
    }

    pub(super) fn skip(&mut self, bytes: usize) {
        self.at += bytes;
    }

    pub(super) fn skip_line(&mut self) {
        self.at += self.rest().find('\n').map_or(self.rest().len(), |index| index + 1);
    }

    pub(super) fn skip_blanks(&mut self) {
        self.at += self.rest().len() - self.rest().trim_start_matches([' ', '\t']).len();
    }

    /// The letters that come next, behind blanks.
    pub(super) fn word(&mut self) -> &'c str {
        self.skip_blanks();
        let rest = self.rest();
        // `REMOVE` is not `rem`, and `for.exe` is not `for`.
        let end = rest.find(|c: char| !(c.is_alphanumeric() || matches!(c, '_' | '-'))).unwrap_or(rest.len());
        let is_file = rest[end..].starts_with(['.', '\\']) && !rest[..end].eq_ignore_ascii_case("rem");
        if is_file { "" } else { &rest[..end] }
    }

    /// Reads a command up to the operator, parenthesis or line end behind it.
    pub(super) fn simple(&mut self, in_block: bool, variables: &mut BatchVariables) -> BatchCommand {
        let mut simple = BatchCommand { range: self.at..self.at, ..BatchCommand::default() };
        let mut quoted = false;
        while let Some(c) = self.peek() {
            let start = self.at;
            match c {
                '\n' => break,
                '^' if !quoted => self.escaped(&mut simple.units),
                '&' | '|' if !quoted => {
                    simple.range.end = start;
                    self.at += self.rest().len() - self.rest().trim_start_matches(c).len();
                    return simple;
                }
                ')' if !quoted && in_block => {
                    simple.range.end = start;
                    return simple;
                }
                '>' | '<' if !quoted => self.redirection(&mut simple),
                '%' | '!' => self.variable(c, variables, &mut simple.units),
                _ => {
                    quoted ^= c == '"';
                    self.at += c.len_utf8();
                    let letter = match self.code.hole(c) {
                        Some(name) => Letter::Hole(name.clone()),
                        None => Letter::Known(c),
                    };
                    simple.units.push(Unit { letter, range: start..self.at, stored: false });
                }
            }
        }
        simple.range.end = self.at;
        simple.ends_line = true;
        simple
    }

    /// `^` takes the meaning from the letter behind it; at the end of a line it takes the line end.
    fn escaped(&mut self, units: &mut Vec<Unit>) {
        let start = self.at;
        self.at += 1;
        for line_end in ["\r\n", "\n"] {
            if self.rest().starts_with(line_end) {
                return self.at += line_end.len();
            }
        }
        // A blank or two behind it at the end of a line is a mistake that people make and that editors hide.
        let behind = self.rest().trim_start_matches([' ', '\t', '\r']);
        if behind.starts_with('\n') && behind.len() < self.rest().len() {
            return self.at += self.rest().len() - behind.len() + 1;
        }
        if let Some(c) = self.peek() {
            self.at += c.len_utf8();
            units.push(Unit { letter: Letter::Known(c), range: start + 1..self.at, stored: false });
        }
    }

    /// `>x`, `2>>x`, `2>&1`, `<x`.
    fn redirection(&mut self, simple: &mut BatchCommand) {
        let start = self.at;
        let writes = self.rest().starts_with('>');
        let mut stream = None;
        if let [.., before, Unit { letter: Letter::Known(digit @ '0'..='9'), .. }] = &simple.units[..] {
            stream = before.is_blank().then_some(*digit);
        }
        if stream.is_some() {
            simple.units.pop();
        }
        self.at += self.rest().len() - self.rest().trim_start_matches(['>', '<', '&']).len();
        self.skip_blanks();
        let mut quoted = false;
        let end = self.rest().find(|c: char| {
            quoted ^= c == '"';
            c == '\n' || (!quoted && (c.is_whitespace() || matches!(c, '&' | '|' | '>' | '<' | ')')))
        });
        let target = self.rest().get(..end.unwrap_or(self.rest().len())).unwrap_or_default();
        if writes && matches!(stream, None | Some('1')) {
            simple.targets.push(target.trim_matches('"').to_owned());
        }
        self.at += target.len();
        simple.units.push(Unit { letter: Letter::Known(' '), range: start..self.at, stored: false });
    }

    fn variable(&mut self, sign: char, variables: &mut BatchVariables, units: &mut Vec<Unit>) {
        let start = self.at;
        let found = if sign == '%' { percent(self.rest()) } else { delayed(self.rest()) };
        let Some((length, found)) = found else {
            self.at += sign.len_utf8();
            return units.push(Unit { letter: Letter::Known(sign), range: start..self.at, stored: false });
        };
        self.at += length;
        let range = start..self.at;
        match found {
            PercentReference::Sign => units.push(Unit { letter: Letter::Known('%'), range, stored: false }),
            PercentReference::Changed(name) => {
                units.push(Unit { letter: Letter::Hole(Some(name)), range, stored: false })
            }
            PercentReference::Plain(name) => match variables.value(&name) {
                Some(value) => units.extend(placed(&value, &range)),
                None => units.push(Unit { letter: Letter::Hole(Some(name)), range, stored: false }),
            },
        }
    }
}

/// The value of a variable where it is used. A value of several words is shown where it was written, one word where it
/// is used.
fn placed(value: &[Unit], range: &Range<usize>) -> Vec<Unit> {
    let several = value.iter().any(Unit::is_blank);
    let unit = |unit: &Unit| match several {
        true => Unit { stored: true, ..unit.clone() },
        false => Unit { range: range.clone(), ..unit.clone() },
    };
    value.iter().map(unit).collect()
}

/// What a percent sign begins.
enum PercentReference {
    /// `%%`: a percent sign.
    Sign,
    /// The value of a variable.
    Plain(String),
    /// A part of its value, or its value changed; a parameter.
    Changed(String),
}

/// What the percent sign at the start of a text begins, and its length.
fn percent(text: &str) -> Option<(usize, PercentReference)> {
    let rest = text.strip_prefix('%')?;
    let changed = |length: usize, c: char| Some((length, PercentReference::Changed(c.to_string())));
    if let Some(doubled) = rest.strip_prefix('%') {
        return match loop_variable(doubled) {
            Some((length, name)) => changed(2 + length, name),
            None => Some((2, PercentReference::Sign)),
        };
    }
    if let Some(c) = rest.chars().next().filter(|c| c.is_ascii_digit() || *c == '*') {
        return changed(2, c);
    }
    if let Some(parameter) = rest.strip_prefix('~') {
        let letters = parameter.len() - parameter.trim_start_matches(|c: char| c.is_ascii_alphabetic()).len();
        return changed(letters + 3, parameter[letters..].chars().next().filter(char::is_ascii_digit)?);
    }
    named(rest, '%')
}

/// `!NAME!`.
fn delayed(text: &str) -> Option<(usize, PercentReference)> {
    let rest = text.strip_prefix('!')?;
    rest.starts_with(|c: char| c.is_ascii_alphabetic() || c == '_').then(|| named(rest, '!'))?
}

/// `NAME%`, `NAME:~0,3%`, `NAME:a=b%`.
fn named(rest: &str, end: char) -> Option<(usize, PercentReference)> {
    let is_name = |c: char| c.is_alphanumeric() || "_-.()#$[]{}@~+'`".contains(c);
    let length = rest.find(|c: char| !is_name(c)).filter(|length| (1..LONGEST_NAME).contains(length))?;
    let name = rest[..length].to_owned();
    let behind = &rest[length..];
    if behind.starts_with(end) {
        return Some((length + 2, PercentReference::Plain(name)));
    }
    let change = behind.strip_prefix(':')?;
    let stop = change.char_indices().take(LONGEST_NAME).find(|(_, c)| *c == end || *c == '\n')?;
    (stop.1 == end).then_some((length + stop.0 + 3, PercentReference::Changed(name)))
}

/// `i` of `%%i`, `~dpi` of `%%~dpi`: its length and the name.
fn loop_variable(text: &str) -> Option<(usize, char)> {
    let letters = text.trim_start_matches('~');
    let tilde = text.len() - letters.len();
    let end = letters.find(|c: char| !c.is_ascii_alphanumeric() && c != '_').unwrap_or(letters.len());
    let name = letters[..end].chars().next_back().filter(char::is_ascii_alphabetic)?;
    // `%%PATH%%` is a text with percent signs, for another script.
    let is_text = letters[end..].starts_with("%%");
    (!is_text && (end == 1 || tilde == 1)).then_some((tilde + end, name))
}
