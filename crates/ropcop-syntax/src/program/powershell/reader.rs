//! A place in a text, and what stands between tokens there.

use crate::Span;

/// Brackets nested deeper than this are skipped. Twice as deep would not fit into the 2 MiB of stack that a thread has,
/// in a build without optimisation. The report says so.
pub(super) const DEEPEST: usize = 60;
/// So often a text without an end is read a second time, only up to the end of its line.
const MOST_RETRIES: usize = 4;
/// A comment that is more than that.
const REQUIRES: &str = "#requires ";

/// Reads a text from left to right. What it cannot read it notes and steps over.
pub(super) struct PowerShellReader<'t> {
    pub(super) text: &'t str,
    pub(super) at: usize,
    pub(super) errors: Vec<Span>,
    /// What is nested too deeply.
    pub(super) too_deep: Vec<Span>,
    /// Where it is said which modules the script needs: behind `#Requires` and `using module`. May hold one twice.
    pub(super) needs: Vec<Span>,
    /// The closing brackets that are waited for, outermost first.
    pub(super) closers: Vec<char>,
    depth: usize,
    retries: usize,
}

impl<'t> PowerShellReader<'t> {
    pub(super) fn new(text: &'t str) -> Self {
        Self {
            text,
            at: 0,
            errors: Vec::new(),
            too_deep: Vec::new(),
            needs: Vec::new(),
            closers: Vec::new(),
            depth: 0,
            retries: 0,
        }
    }

    pub(super) fn rest(&self) -> &'t str {
        self.text.get(self.at..).unwrap_or_default()
    }

    pub(super) fn peek(&self) -> Option<char> {
        self.rest().chars().next()
    }

    /// The character behind the next one.
    pub(super) fn second(&self) -> Option<char> {
        self.rest().chars().nth(1)
    }

    pub(super) fn bump(&mut self) -> Option<char> {
        let next = self.peek()?;
        self.at += next.len_utf8();
        Some(next)
    }

    /// Steps over `token`, if it is next.
    pub(super) fn eat(&mut self, token: &str) -> bool {
        let found = self.rest().starts_with(token);
        if found {
            self.at += token.len();
        }
        found
    }

    /// Steps over characters as long as they are wanted, and gives them back.
    pub(super) fn take_while(&mut self, wanted: impl Fn(char) -> bool) -> &'t str {
        let rest = self.rest();
        let length = rest.find(|c| !wanted(c)).unwrap_or(rest.len());
        self.at += length;
        &rest[..length]
    }

    pub(super) fn since(&self, start: usize) -> Span {
        Span::new(start, self.at)
    }

    /// Steps over blanks, comments and continued line ends.
    pub(super) fn space(&mut self) {
        loop {
            match self.peek() {
                Some('\n' | '\r') | None => return,
                // A byte order mark stays where files were put together.
                Some(c) if c.is_whitespace() || c == '\u{FEFF}' => drop(self.bump()),
                Some('`') => {
                    let behind = self.rest()[1..].trim_start_matches([' ', '\t']);
                    if !behind.starts_with(['\n', '\r']) {
                        return;
                    }
                    self.at = self.text.len() - behind.len() + 1;
                    if behind.starts_with("\r\n") {
                        self.at += 1;
                    }
                }
                Some('#') => self.comment(),
                Some('<') if self.rest().starts_with("<#") => {
                    let length = self.rest().find("#>").map_or(self.rest().len(), |end| end + 2);
                    self.at += length;
                }
                Some(_) => return,
            }
        }
    }

    /// Steps over a comment up to the end of its line.
    fn comment(&mut self) {
        let start = self.at;
        let comment = self.take_while(|c| c != '\n' && c != '\r');
        if comment.get(..REQUIRES.len()).is_some_and(|word| word.eq_ignore_ascii_case(REQUIRES)) {
            self.needs.push(self.since(start + 1));
        }
    }

    /// Steps over blanks, comments and line ends.
    pub(super) fn lines(&mut self) {
        loop {
            self.space();
            match self.peek() {
                Some('\n' | '\r') => drop(self.bump()),
                _ => return,
            }
        }
    }

    /// Goes one level deeper, unless that would be too deep: then what is in brackets is skipped.
    pub(super) fn deeper<T>(&mut self, read: impl FnOnce(&mut Self) -> T) -> Option<T> {
        if self.depth >= DEEPEST {
            self.skip_brackets();
            return None;
        }
        self.depth += 1;
        let found = read(self);
        self.depth -= 1;
        Some(found)
    }

    /// Reads what stands between the bracket that was just read and its partner `closer`.
    pub(super) fn within<T>(&mut self, closer: char, read: impl FnOnce(&mut Self) -> T) -> Option<T> {
        let start = self.at;
        let waiting = self.closers.len();
        self.closers.push(closer);
        let found = self.deeper(read);
        self.closers.truncate(waiting);
        if found.is_some() {
            self.lines();
            if self.peek() == Some(closer) {
                self.bump();
            } else {
                self.errors.push(Span::new(start.saturating_sub(1), self.at));
            }
        }
        found
    }

    /// Steps over everything up to the end of the bracket that is open.
    pub(super) fn skip_brackets(&mut self) {
        let start = self.at;
        let mut open = 1;
        while let Some(c) = self.bump() {
            match c {
                '(' | '{' | '[' => open += 1,
                ')' | '}' | ']' => open -= 1,
                '`' => drop(self.bump()),
                _ => {}
            }
            if open == 0 {
                break;
            }
        }
        self.too_deep.push(self.since(start));
    }

    /// Reads a text that may lack its end. If it does, it is read again up to the end of the line.
    pub(super) fn retried<T>(&mut self, read: impl Fn(&mut Self) -> (T, bool)) -> T {
        let (start, errors, whole) = (self.at, self.errors.len(), self.text);
        let (found, closed) = read(self);
        if closed || self.retries >= MOST_RETRIES {
            return found;
        }
        self.retries += 1;
        self.errors.truncate(errors);
        let line = whole[start..].find(['\n', '\r']).map_or(whole.len(), |length| start + length);
        (self.at, self.text) = (start, &whole[..line]);
        let (found, _) = read(self);
        self.text = whole;
        self.errors.push(self.since(start));
        found
    }
}

/// A hyphen, or what stands for one.
pub(super) fn is_dash(c: char) -> bool {
    matches!(c, '-' | '\u{2013}' | '\u{2014}' | '\u{2015}')
}

pub(super) fn is_single_quote(c: char) -> bool {
    matches!(c, '\'' | '\u{2018}' | '\u{2019}' | '\u{201A}' | '\u{201B}')
}

pub(super) fn is_double_quote(c: char) -> bool {
    matches!(c, '"' | '\u{201C}' | '\u{201D}' | '\u{201E}')
}

/// A letter of a name; the private use area stands for parts that a host fills in.
pub(super) fn is_name(c: char) -> bool {
    c.is_alphanumeric() || c == '_' || ('\u{E000}'..='\u{F8FF}').contains(&c)
}
