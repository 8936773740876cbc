//! What `if` and `for` ask before they run a command.

use crate::Certainty;

use super::BatchReader;
use super::lexer::BatchLexer;
use super::variable::BatchVariables;
use super::word;

/// Behind so many loops without end no other is looked for: each is looked for in the whole file.
const MOST_UNCLOSED: usize = 8;

impl BatchLexer<'_> {
    /// Skips `if` and what it asks.
    pub(super) fn condition(&mut self) {
        self.skip("if".len());
        loop {
            let token = self.token();
            match token.to_ascii_lowercase().as_str() {
                "/i" | "not" => {}
                "exist" | "defined" | "errorlevel" | "cmdextversion" => {
                    self.token();
                    return;
                }
                "" => return,
                _ if token.ends_with("==") => {
                    self.token();
                    return;
                }
                _ if token.contains("==") => return,
                _ => return self.comparison(),
            }
        }
    }

    /// `== b`, `equ b`, behind the first operand.
    fn comparison(&mut self) {
        let before = self.at;
        let sign = self.token().to_ascii_lowercase();
        match sign.as_str() {
            "==" | "equ" | "neq" | "lss" | "leq" | "gtr" | "geq" => drop(self.token()),
            _ if sign.starts_with("==") => {}
            _ => self.at = before,
        }
    }

    /// The text up to the next blank outside quotes, or to a parenthesis behind it.
    fn token(&mut self) -> String {
        self.skip_blanks();
        let mut quoted = false;
        let rest = self.rest();
        let end = rest.char_indices().find(|(index, c)| {
            quoted ^= *c == '"';
            let ends = c.is_whitespace() || matches!(c, '&' | '|') || (*c == '(' && *index > 0);
            *c == '\n' || (!quoted && ends)
        });
        let token = &rest[..end.map_or(rest.len(), |(index, _)| index)];
        self.at += token.len();
        token.to_owned()
    }

    /// Skips `for` up to the parenthesis, and gives back what stands in that.
    fn each(&mut self) -> Option<std::ops::Range<usize>> {
        self.skip("for".len());
        let line = self.rest().find('\n').unwrap_or(self.rest().len());
        let open = self.rest()[..line].find('(').filter(|_| self.unclosed < MOST_UNCLOSED)?;
        let start = self.at + open + 1;
        let mut quoted = false;
        let mut depth = 1;
        let end = self.code.text.text[start..].char_indices().find(|(_, c)| {
            quoted = (quoted ^ (*c == '"')) && *c != '\n';
            depth = match c {
                '(' if !quoted => depth + 1,
                ')' if !quoted => depth - 1,
                _ => depth,
            };
            depth == 0
        });
        let Some((length, _)) = end else {
            self.unclosed += 1;
            return None;
        };
        let end = start + length;
        self.at = end + 1;
        Some(start..end)
    }
}

impl BatchReader<'_, '_> {
    /// `for %%i in (…) do …`; `for /f %%i in ('command') do …` runs the command.
    pub(super) fn each(&mut self) {
        let before = self.lexer.at;
        let Some(set) = self.lexer.each() else {
            self.lexer.at = before;
            return self.lexer.skip_line();
        };
        if self.lexer.word().eq_ignore_ascii_case("do") {
            self.lexer.skip("do".len());
        }
        let text = &self.lexer.code.text.text[set.clone()];
        let trimmed = text.trim();
        let is_command = ['\'', '`']
            .iter()
            .any(|quote| trimmed.len() > 2 && trimmed.starts_with(*quote) && trimmed.ends_with(*quote));
        if is_command && self.reading.wants(text) {
            let inner = set.start + (text.len() - text.trim_start().len()) + 1;
            self.output_of(inner..inner + trimmed.len() - 2);
        }
    }

    fn output_of(&mut self, range: std::ops::Range<usize>) {
        let code = self.lexer.code;
        let holes = code.holes.clone();
        let part = crate::text::template::Template { text: code.text.slice(range), holes };
        // Operators are escaped once for the line around: `^|`.
        let mut lexer = BatchLexer::new(&part);
        let mut unescaped = crate::text::template::Template::default();
        while lexer.statement().is_some() {
            let start = lexer.at;
            let simple = lexer.simple(false, &mut BatchVariables::new(0));
            unescaped.append(&word::template(&part, &simple.units));
            if lexer.at == start {
                break;
            }
        }
        self.nested(&unescaped, Certainty::Runs);
    }
}
