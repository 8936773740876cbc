//! From the text of a makefile to its statements.

use std::ops::Range;

/// What a line, with those that continue it, says.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Statement {
    /// A command of a recipe, without the tab before it.
    Recipe(Range<usize>),
    /// `NAME = value`.
    Assign {
        name: String,
        /// Where the name stands.
        key: Range<usize>,
        operator: &'static str,
        value: Range<usize>,
        /// It holds for one target only.
        local: bool,
        /// Recipes get it in their environment.
        exported: bool,
    },
    /// `define NAME … endef`.
    Define {
        name: String,
        body: Range<usize>,
    },
    Condition(Condition),
    /// A rule, an `include`, a function whose result is dropped.
    Other(Range<usize>),
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Condition {
    If,
    Else,
    End,
}

impl Statement {
    pub(super) fn recipe(&self) -> Option<&Range<usize>> {
        match self {
            Self::Recipe(range) => Some(range),
            _ => None,
        }
    }
}

/// The words that may stand before an assignment.
const MODIFIERS: &[&str] = &["export", "override", "private"];
/// Longer operators first: `:=` is no `:`.
const OPERATORS: &[&str] = &[":::=", "::=", ":=", "?=", "+=", "!=", "="];

struct MakefileLines<'t> {
    text: &'t str,
    at: usize,
    /// What a line of a recipe begins with.
    prefix: char,
    in_rule: bool,
    found: Vec<Statement>,
}

pub(super) fn statements(text: &str) -> Vec<Statement> {
    let mut lines = MakefileLines { text, at: 0, prefix: '\t', in_rule: false, found: Vec::new() };
    while lines.at < text.len() {
        lines.statement();
    }
    lines.found
}

impl MakefileLines<'_> {
    fn statement(&mut self) {
        let is_recipe = self.in_rule && self.text[self.at..].starts_with(self.prefix);
        let range = self.logical();
        if is_recipe {
            return self.found.push(Statement::Recipe(range.start + self.prefix.len_utf8()..range.end));
        }
        let line = self.text[range.clone()].trim();
        let start = range.start + (self.text[range.clone()].len() - self.text[range].trim_start().len());
        if line.is_empty() || line.starts_with('#') {
            return;
        }
        let first = line.split(|c: char| c.is_whitespace() || c == '(').next().unwrap_or_default();
        match first {
            "ifeq" | "ifneq" | "ifdef" | "ifndef" => self.found.push(Statement::Condition(Condition::If)),
            "else" => self.found.push(Statement::Condition(Condition::Else)),
            "endif" => self.found.push(Statement::Condition(Condition::End)),
            "define" => self.define(line),
            _ => self.plain(start..start + line.len()),
        }
    }

    /// One line with those that continue it, without the last line end.
    fn logical(&mut self) -> Range<usize> {
        let start = self.at;
        loop {
            let rest = &self.text[self.at..];
            let Some(length) = rest.find('\n') else {
                self.at = self.text.len();
                return start..self.at;
            };
            let line = rest[..length].trim_end_matches('\r');
            self.at += length + 1;
            let backslashes = line.len() - line.trim_end_matches('\\').len();
            if backslashes.is_multiple_of(2) {
                return start..start.max(self.at - 1 - (length - line.len()));
            }
        }
    }

    fn define(&mut self, line: &str) {
        let mut words = line.split_whitespace().skip(1);
        let name = words.find(|word| !MODIFIERS.contains(word)).unwrap_or_default().to_owned();
        let start = self.at;
        let mut depth = 1;
        while self.at < self.text.len() {
            let range = self.logical();
            let line = self.text[range.clone()].trim_start_matches(' ');
            match line.split_whitespace().next() {
                Some("define") if !line.starts_with('\t') => depth += 1,
                Some("endef") if !line.starts_with('\t') => depth -= 1,
                _ => {}
            }
            if depth == 0 {
                return self.found.push(Statement::Define { name, body: start..range.start });
            }
        }
        self.found.push(Statement::Define { name, body: start..self.text.len() });
    }

    /// An assignment, a rule, or anything else.
    fn plain(&mut self, range: Range<usize>) {
        let line = &self.text[range.clone()];
        match sign(line) {
            Some((at, ":")) => self.rule(range.start, range.end, range.start + at + 1),
            Some((at, operator)) => {
                let assigned = self.assignment(range.clone(), at, operator, false);
                self.found.push(assigned.unwrap_or(Statement::Other(range)));
            }
            None => self.found.push(Statement::Other(range)),
        }
    }

    fn assignment(&mut self, range: Range<usize>, at: usize, operator: &'static str, local: bool) -> Option<Statement> {
        let line = &self.text[range.clone()];
        let name = line[..at].split_whitespace().find(|word| !MODIFIERS.contains(word))?;
        let exported = line[..at].split_whitespace().any(|word| word == "export") && name != "export";
        // The name is part of the line.
        let key = range.start + (name.as_ptr().addr() - line.as_ptr().addr());
        let (key, name) = (key..key + name.len(), name.to_owned());
        let value = &line[at + operator.len()..];
        let end = comment(value);
        let trimmed = value[..end].trim();
        let start = range.start + at + operator.len() + (value.len() - value.trim_start().len()).min(end);
        if name == ".RECIPEPREFIX" {
            self.prefix = trimmed.chars().next().unwrap_or('\t');
        }
        Some(Statement::Assign { name, key, operator, value: start..start + trimmed.len(), local, exported })
    }

    /// `target: other ; command`, `target: NAME = value`.
    fn rule(&mut self, start: usize, end: usize, behind: usize) {
        self.in_rule = true;
        let rest = &self.text[behind..end];
        let (semicolon, sign) = (rest.find(';'), sign(rest));
        if let Some((at, operator)) =
            sign.filter(|(at, operator)| *operator != ":" && semicolon.is_none_or(|s| *at < s))
            && let Some(assigned) = self.assignment(behind..end, at, operator, true)
        {
            return self.found.push(assigned);
        }
        let comment = comment(rest);
        match semicolon.filter(|at| *at < comment) {
            Some(at) => {
                self.found.push(Statement::Other(start..behind + at));
                self.found.push(Statement::Recipe(behind + at + 1..end));
            }
            None => self.found.push(Statement::Other(start..behind + comment)),
        }
    }
}

/// The first operator or colon outside parentheses.
fn sign(line: &str) -> Option<(usize, &'static str)> {
    let mut depth = 0_usize;
    for (index, c) in line.char_indices() {
        match c {
            '(' | '{' => depth += 1,
            ')' | '}' => depth = depth.saturating_sub(1),
            '#' if depth == 0 => return None,
            ':' | '?' | '+' | '!' | '=' if depth == 0 => {
                if let Some(operator) = OPERATORS.iter().find(|operator| line[index..].starts_with(**operator)) {
                    return Some((index, operator));
                }
                // `C:\x` of a path on Windows is no rule, but nobody looks at its recipe then either.
                if c == ':' {
                    return Some((index, ":"));
                }
            }
            _ => {}
        }
    }
    None
}

/// Where the comment begins, or the end.
fn comment(text: &str) -> usize {
    let is_sign = |(index, _): &(usize, &str)| !text[..*index].ends_with('\\');
    text.match_indices('#').find(is_sign).map_or(text.len(), |(index, _)| index)
}
