//! Constants of a program without a grammar: `const GRANT = 'password'`, `define('GRANT', 'password')`, `$this->grant`.
//!
//! A name that gets a text once, and nothing else anywhere in the file, is that text wherever it stands.

use std::collections::HashMap;

use super::lexer::{PlainLexer, PlainToken};
use crate::Value;
use crate::text::punch::filled;

/// More names than this that get a text are data.
const MOST_NAMES: usize = 1_000;

/// The texts of the names that have one.
#[derive(Default)]
pub(super) struct Constants<'t>(HashMap<&'t str, Option<Value>>);

/// A statement that may give a constant its text, as far as it has been read.
#[derive(Default)]
struct ConstantStatement<'t> {
    /// The words in front of what gives it a value.
    words: Vec<&'t str>,
    /// Whether one of them is `define`.
    defines: bool,
    /// The name that gets a value.
    name: Option<&'t str>,
    /// The value, if it is one text.
    value: Option<Value>,
    /// Signs and words behind the name.
    more: usize,
}

impl<'t> Constants<'t> {
    pub(super) fn of(text: &'t str, lexer: PlainLexer<'t>) -> Self {
        let mut found = Self::default();
        let mut statement = ConstantStatement::default();
        // Between brackets, `a = "b"` is an argument.
        let mut depth = 0_usize;
        for (token, range) in lexer {
            let written = &text[range];
            let is_definition = statement.defines;
            match token {
                PlainToken::Ends if depth > 0 && is_definition => statement.more = 0,
                PlainToken::Ends | PlainToken::Line if depth == 0 => found.end(std::mem::take(&mut statement)),
                PlainToken::Open | PlainToken::Close if written.starts_with(['{', '}']) => {
                    found.end(std::mem::take(&mut statement));
                }
                PlainToken::Open => {
                    depth += 1;
                    statement.more += usize::from(!is_definition);
                }
                PlainToken::Close => depth = depth.saturating_sub(1),
                PlainToken::Gives(_) if depth == 0 => statement.give(written),
                PlainToken::Text(text) if depth == 0 || is_definition => {
                    statement.text(Value::of_parts(filled(&text).parts()), written, is_definition);
                }
                PlainToken::Word if depth == 0 && statement.name.is_none() => {
                    statement.defines |= is_define(written);
                    statement.words.push(written);
                }
                PlainToken::Ends | PlainToken::Line => {}
                _ => statement.more += usize::from(statement.name.is_some()),
            }
        }
        found.end(statement);
        found
    }

    fn end(&mut self, statement: ConstantStatement<'t>) {
        let Some(name) = statement.name.map(bare).filter(|_| self.0.len() < MOST_NAMES) else { return };
        let value = statement.value.filter(|value| statement.more == 0 && value.text().is_some());
        let known = self.0.entry(name).or_insert_with(|| value.clone());
        if *known != value {
            *known = None;
        }
    }

    /// What an expression says that is nothing but the name of a constant: `GRANT`, `self::GRANT`, `$this->grant`.
    pub(super) fn value(&self, written: &str) -> Option<Value> {
        let is_path = written.chars().all(|c| c.is_alphanumeric() || "_$@:.->".contains(c));
        let name = written.rsplit([':', '.', '>']).next().filter(|_| is_path)?;
        self.0.get(bare(name))?.clone()
    }
}

impl<'t> ConstantStatement<'t> {
    /// `=` or its like. A type stands between the name and its value: `GRANT: &str = …`, `Grant As String = …`.
    fn give(&mut self, sign: &str) {
        if self.name.is_some() {
            self.more = 0;
            return;
        }
        let typed = self.words.iter().position(|word| word.eq_ignore_ascii_case("as"));
        let name = match typed {
            Some(at) => self.words[..at].last(),
            None => self.words.last(),
        };
        // `GRANT => 'password'` is an entry, but for Perl's constants.
        let is_entry = sign == "=>" && !self.words.contains(&"constant");
        self.name = name.copied().filter(|_| !is_entry);
        self.more = 0;
    }

    fn text(&mut self, value: Value, written: &'t str, is_definition: bool) {
        match (self.name, is_definition) {
            // `define('GRANT', 'password')`.
            (None, true) if self.words.last().is_some_and(|word| is_define(word)) => {
                self.name = Some(written.trim_matches(['"', '\'']))
            }
            // `#define GRANT "password"`.
            (None, true) => {
                self.name = self.words.last().copied();
                self.value = Some(value);
            }
            (Some(_), _) if self.value.is_none() => self.value = Some(value),
            _ => self.more += 1,
        }
    }
}

fn is_define(word: &str) -> bool {
    word.eq_ignore_ascii_case("define")
}

fn bare(name: &str) -> &str {
    name.trim_start_matches(['$', '@'])
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::language::family::Family;

    #[test]
    fn a_name_that_gets_a_text_once_is_that_text() {
        for (path, text, written) in [
            ("a.php", "<?php class T { const GRANT = 'x'; }", "self::GRANT"),
            ("a.php", "<?php class T { private string $grant = 'x'; }", "$this->grant"),
            ("a.php", "<?php define('GRANT', 'x');", "GRANT"),
            ("a.rb", "class T\n  GRANT = 'x'\nend", "Token::GRANT"),
            ("a.rs", "const GRANT: &str = \"x\";", "GRANT"),
            ("a.vb", "Const Grant As String = \"x\"\n", "Grant"),
            ("a.swift", "struct T {\n  static let grant = \"x\"\n}", "T.grant"),
            ("a.c", "#define GRANT \"x\"\n", "GRANT"),
            ("a.pl", "use constant GRANT => 'x';", "GRANT"),
        ] {
            let constants = Constants::of(text, PlainLexer::new(text, Family::of(path)));
            let value = constants.value(written).and_then(|value| value.text());
            assert_eq!(value.as_deref(), Some("x"), "{text}");
        }
    }

    #[test]
    fn a_name_that_gets_something_else_as_well_is_not_known() {
        for (path, text, written) in [
            ("a.php", "<?php $grant = 'x'; $grant = 'y';", "$grant"),
            ("a.php", "<?php $grant = 'x'; $grant = pick();", "$grant"),
            ("a.php", "<?php $grant = 'x' . $y;", "$grant"),
            ("a.php", "<?php $f = ['grant' => 'x'];", "$grant"),
            ("a.rb", "f(grant = 'x')", "grant"),
            ("a.rb", "GRANT = 'x'", "f GRANT"),
        ] {
            let constants = Constants::of(text, PlainLexer::new(text, Family::of(path)));
            assert_eq!(constants.value(written), None, "{text}");
        }
    }
}
