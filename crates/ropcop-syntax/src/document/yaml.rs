//! YAML.
//!
//! The reader is our own because it must go on where files are no YAML yet (templates) or a line is wrong: there a grammar
//! gives up the whole file, and with it the keys that say what a text is for.

use std::rc::Rc;

use super::scanner::{DEEPEST, Format, Scanner, Tree};
use super::{Content, Entry, Node, Unread};
use crate::Span;
use crate::text::stretch;
use crate::text::template::Template;

/// Reads the documents of a file, and tells what could not be read.
pub(crate) fn parse(text: &str) -> (Vec<Rc<Node>>, Unread) {
    let (masked, stretches) = stretch::masked(text);
    let mut scanner = Scanner::new(Format::Yaml, text, &masked, &stretches);
    let mut documents = Vec::new();
    loop {
        scanner.skip_blank();
        if scanner.at_end() {
            break;
        }
        if scanner.is_marker(scanner.at) {
            scanner.at += 3;
        } else if scanner.byte(scanner.at) == b'%' && scanner.column(scanner.at) == 0 {
            scanner.at = scanner.line(scanner.at).end;
            continue;
        }
        let start = scanner.at;
        documents.push(scanner.value(0, Slot::Root).node);
        if scanner.at == start && !scanner.ends_line(start) {
            scanner.skip_line();
        }
    }
    (documents, scanner.unread)
}

/// Where a value stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Slot {
    /// It is the document.
    Root,
    /// Behind `- `.
    Item,
    /// Behind `key:`.
    Value,
}

/// A key on a line, and where its value begins.
pub(super) struct YamlKey {
    text: String,
    span: Span,
    value: usize,
}

impl Scanner<'_> {
    /// Skips blanks, line breaks and comments.
    fn skip_blank(&mut self) {
        while !self.at_end() && self.ends_line(self.at) {
            match self.next_line(self.at) {
                Some(next) => self.at = next,
                None => self.at = self.text.len(),
            }
        }
        self.at = self.behind_blanks(self.at);
    }

    fn skip_line(&mut self) {
        let line = self.line(self.at);
        self.error(self.at, line.end);
        self.at = line.end;
    }

    /// Whether a document begins or ends here.
    pub(super) fn is_marker(&self, at: usize) -> bool {
        let marks = ["---", "..."].iter().any(|mark| self.text.as_bytes()[at..].starts_with(mark.as_bytes()));
        marks && self.column(at) == 0 && (at + 3 >= self.text.len() || b" \t\r\n".contains(&self.byte(at + 3)))
    }

    /// Whether the sign of an item or of a long key stands here.
    pub(super) fn at_sign(&self, sign: u8) -> bool {
        let behind = self.at + 1;
        self.byte(self.at) == sign && (behind >= self.text.len() || b" \t\r\n".contains(&self.byte(behind)))
    }

    /// The value behind what was just read. `least` is the smallest column that its lines can have.
    fn value(&mut self, least: usize, slot: Slot) -> Tree {
        if self.depth >= DEEPEST {
            return self.skip_deeper(least);
        }
        self.depth += 1;
        let tree = self.value_inside(least, slot);
        self.depth -= 1;
        tree
    }

    fn value_inside(&mut self, least: usize, slot: Slot) -> Tree {
        let start = self.at;
        let mut may_be_block = slot != Slot::Value;
        self.at = self.behind_blanks(start);
        let mut column = self.column(self.at);
        let mut properties = self.properties();
        while self.ends_line(self.at) {
            let before = self.at;
            self.skip_blank();
            column = self.column(self.at);
            // The items of a list that belongs to a key may stand below the key.
            let is_list_below = slot == Slot::Value && self.at_sign(b'-') && column + 1 == least;
            if self.at_end() || self.is_marker(self.at) || (column < least && !is_list_below) {
                self.at = before;
                return self.close(properties, Tree::empty(start));
            }
            may_be_block = true;
            self.more_properties(&mut properties);
        }
        let tree = self.content(least, column, may_be_block);
        self.close(properties, tree)
    }

    fn content(&mut self, least: usize, column: usize, may_be_block: bool) -> Tree {
        if may_be_block && self.at_sign(b'-') {
            return self.list(column);
        }
        if may_be_block && (self.at_sign(b'?') || self.key().is_some()) {
            return self.map(column);
        }
        let start = self.at;
        let found = match self.byte(start) {
            b'*' => self.alias(),
            b'|' | b'>' => return self.block_scalar(least).unwrap_or_else(|| self.plain(least)),
            b'"' | b'\'' => self.quoted().map(|(scalar, end)| {
                self.at = end;
                Tree::new(Content::Scalar(scalar), Span::new(start, end), 0)
            }),
            b'[' | b'{' => Some(self.flow(least)),
            _ => return self.plain(least),
        };
        let is_whole = !std::mem::take(&mut self.broken) && self.ends_line(self.at);
        match found {
            Some(tree) if is_whole => tree,
            // `"$TOOL" login`: no YAML, but it is clear what was meant.
            _ => {
                self.at = start;
                self.error(start, self.line(start).end);
                self.plain(least)
            }
        }
    }

    fn list(&mut self, column: usize) -> Tree {
        let start = self.at;
        let (mut items, mut height) = (Vec::new(), 0);
        let mut end;
        loop {
            // What stands too far to the right is taken for an item, too.
            self.at += usize::from(self.at_sign(b'-'));
            let item = self.value(column + 1, Slot::Item);
            end = self.at;
            height = height.max(item.height);
            items.push(item.node);
            self.skip_blank();
            let here = self.column(self.at);
            if self.at_end() || here < column || self.is_marker(self.at) || (here == column && !self.at_sign(b'-')) {
                break;
            }
            if here > column {
                self.error(self.at, self.line(self.at).end);
            }
        }
        Tree::new(Content::List(items), Span::new(start, end), height + 1)
    }

    fn map(&mut self, column: usize) -> Tree {
        let start = self.at;
        let (mut entries, mut height, mut end) = (Vec::new(), 0, start);
        loop {
            let is_long = self.at_sign(b'?');
            let slot = if is_long { Slot::Item } else { Slot::Value };
            let key = if is_long { Some(self.long_key(column)) } else { self.key() };
            match key {
                Some(key) => {
                    self.at = key.value;
                    let value = self.value(column + 1, slot);
                    end = self.at;
                    height = height.max(value.height);
                    entries.push(Entry { key: key.text, key_span: key.span, value: value.node });
                }
                None => self.skip_line(),
            }
            self.skip_blank();
            let here = self.column(self.at);
            if self.at_end() || here < column || self.is_marker(self.at) {
                break;
            }
            if here > column {
                self.error(self.at, self.line(self.at).end);
            }
        }
        Tree::new(Content::Map(self.merged(entries)), Span::new(start, end), height + 1)
    }

    /// `? key` with `: value` in a line of its own.
    fn long_key(&mut self, column: usize) -> YamlKey {
        self.at += 1;
        let key = self.value(column + 1, Slot::Item).node;
        let behind = self.at;
        self.skip_blank();
        let has_value = self.at_sign(b':') && self.column(self.at) == column;
        let value = if has_value { self.at + 1 } else { behind };
        YamlKey { text: self.key_text(&key), span: key.span, value }
    }

    /// The key that begins here, if `:` follows it on the line.
    pub(super) fn key(&mut self) -> Option<YamlKey> {
        let before = self.at;
        self.properties();
        let key = self.key_inside();
        self.at = before;
        key
    }

    fn key_inside(&self) -> Option<YamlKey> {
        let start = self.at;
        let line_end = self.line(start).end;
        let is_colon = |at: usize| self.byte(at) == b':' && (at + 1 >= line_end || self.is_blank(at + 1));
        match self.byte(start) {
            b'"' | b'\'' => {
                let (scalar, end) = self.quoted()?;
                let colon = self.behind_blanks(end);
                let text = scalar.known().unwrap_or(self.written(start + 1..end - 1)).to_owned();
                (end <= line_end && is_colon(colon)).then(|| YamlKey {
                    text,
                    span: Span::new(start, end),
                    value: colon + 1,
                })
            }
            b'[' | b'{' | b'#' | b'|' | b'>' | b',' | b'%' | b'@' | b'`' | b':' => None,
            _ => {
                let is_end = |at: &usize| is_colon(*at) || (self.byte(*at) == b'#' && self.is_blank(at - 1));
                let colon = (start + 1..line_end).find(is_end).filter(|at| self.byte(*at) == b':')?;
                let end = self.trimmed(start..colon).end;
                Some(YamlKey {
                    text: self.written(start..end).to_owned(),
                    span: Span::new(start, end),
                    value: colon + 1,
                })
            }
        }
    }

    /// A scalar without quotes, perhaps over several lines.
    fn plain(&mut self, least: usize) -> Tree {
        let start = self.at;
        let mut scalar = Template::default();
        let mut end = self.plain_end(start);
        self.copy(start..end, &mut scalar);
        let mut empty_lines = 0;
        let mut before = end;
        // A comment ends the scalar.
        let mut is_over = end < self.trimmed(start..self.line(start).end).end;
        while let Some(next) = self.next_line(before).filter(|_| !is_over) {
            let line = self.line(next);
            self.at = self.behind_blanks(next);
            if self.at >= line.end {
                (before, empty_lines) = (next, empty_lines + 1);
                continue;
            }
            // No text of valid YAML goes on like a key.
            let is_key = self.key().is_some_and(|key| !key.text.contains(' '));
            if self.at - next < least || self.byte(self.at) == b'#' || self.is_marker(next) || is_key {
                break;
            }
            Self::fold(&mut scalar, empty_lines, next - 1);
            end = self.plain_end(self.at);
            self.copy(self.at..end, &mut scalar);
            is_over = end < self.trimmed(self.at..line.end).end;
            (before, empty_lines) = (end, 0);
        }
        scalar.text.seek(end);
        self.at = end;
        Tree::new(Content::Scalar(scalar), Span::new(start, end), 0)
    }

    /// Where a plain scalar ends on its line: before blanks and a comment.
    fn plain_end(&self, start: usize) -> usize {
        let line_end = self.line(start).end;
        let is_comment = |at: &usize| self.byte(*at) == b'#' && self.is_blank(at - 1);
        let end = (start + 1..line_end).find(is_comment).unwrap_or(line_end);
        self.trimmed(start..end).end
    }

    /// Passes over what is nested too deeply.
    fn skip_deeper(&mut self, least: usize) -> Tree {
        let start = self.at;
        self.at = self.line(start).end;
        while let Some(next) = self.next_line(self.at) {
            let line = self.line(next);
            let content = self.behind_blanks(next);
            if content < line.end && content - next < least {
                break;
            }
            self.at = line.end;
        }
        self.too_deep(start, self.at);
        Tree::empty(start)
    }
}
