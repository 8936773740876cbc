//! Scalars in quotes.

use super::scanner::Scanner;
use crate::text::template::Template;

impl Scanner<'_> {
    /// The text in the quotes that open here, and where it ends; none if they are not closed.
    pub(super) fn quoted(&self) -> Option<(Template, usize)> {
        let quote = self.byte(self.at);
        let mut scalar = Template::default();
        let mut at = self.at + 1;
        let mut from = at;
        while at < self.text.len() {
            match self.byte(at) {
                b'\'' if quote == b'\'' && self.byte(at + 1) == b'\'' => {
                    self.copy(from..at + 1, &mut scalar);
                    at += 2;
                    from = at;
                }
                byte if byte == quote => {
                    self.copy(from..at, &mut scalar);
                    scalar.text.seek(at);
                    return Some((scalar, at + 1));
                }
                b'\\' if quote == b'"' => {
                    self.copy(from..at, &mut scalar);
                    let (decoded, end) = self.escape(at);
                    // The character itself, escaped for nothing, stands behind the backslash.
                    let is_itself = self.text[at + 1..end] == decoded;
                    scalar.text.push(&decoded, at + usize::from(is_itself));
                    at = end;
                    from = at;
                }
                b'\n' => {
                    self.copy(self.trimmed(from..at), &mut scalar);
                    let (empty_lines, next) = self.behind_breaks(at);
                    Self::fold(&mut scalar, empty_lines, at);
                    at = next;
                    from = at;
                }
                _ => at += 1,
            }
        }
        None
    }

    /// How many empty lines follow the line break at an offset, and where the text goes on.
    fn behind_breaks(&self, at: usize) -> (usize, usize) {
        let mut empty_lines = 0;
        let mut next = self.behind_blanks(at + 1);
        loop {
            let line_break = next + usize::from(self.byte(next) == b'\r');
            if self.byte(line_break) != b'\n' {
                return (empty_lines, next);
            }
            empty_lines += 1;
            next = self.behind_blanks(line_break + 1);
        }
    }

    /// What the escape at an offset stands for, and where it ends.
    fn escape(&self, at: usize) -> (String, usize) {
        let Some(letter) = self.text.get(at + 1..).and_then(|rest| rest.chars().next()) else {
            return (String::new(), at + 1);
        };
        let simple = match letter {
            'n' => '\n',
            't' | '\t' => '\t',
            'r' => '\r',
            '0' => '\0',
            'a' => '\x07',
            'b' => '\x08',
            'e' => '\x1b',
            'f' => '\x0c',
            'v' => '\x0b',
            'N' => '\u{85}',
            '_' => '\u{a0}',
            'L' | 'P' => '\n',
            'x' => return self.character(at, 2),
            'u' => return self.character(at, 4),
            'U' => return self.character(at, 8),
            '\r' | '\n' => {
                let line_break = at + 1 + usize::from(letter == '\r' && self.byte(at + 2) == b'\n');
                return (String::new(), self.behind_blanks(line_break + 1));
            }
            other => other,
        };
        (simple.to_string(), at + 1 + letter.len_utf8())
    }

    /// The character with a number of so many digits; in two halves, if it is written like that.
    fn character(&self, at: usize, digits: usize) -> (String, usize) {
        let number = |at: usize| {
            let digits = self.text.get(at + 2..at + 2 + digits)?;
            u32::from_str_radix(digits, 16).ok().filter(|_| !digits.starts_with('+'))
        };
        let end = at + 2 + digits;
        match number(at) {
            Some(high @ 0xD800..0xDC00) if self.text[end..].starts_with("\\u") => match number(end) {
                Some(low @ 0xDC00..0xE000) => {
                    let whole = 0x1_0000 + ((high - 0xD800) << 10) + (low - 0xDC00);
                    (char::from_u32(whole).map(String::from).unwrap_or_default(), end + 6)
                }
                _ => ('\u{fffd}'.to_string(), end),
            },
            Some(number) => (char::from_u32(number).unwrap_or('\u{fffd}').to_string(), end),
            // No escape after all.
            None => ("\\".to_owned(), at + 1),
        }
    }
}
