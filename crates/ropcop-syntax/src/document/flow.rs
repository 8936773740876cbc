//! Values between brackets: all of JSON, and the flow style of YAML.

use std::rc::Rc;

use super::scanner::{DEEPEST, Format, Scanner, Tree};
use super::{Content, Entry, Node};
use crate::Span;
use crate::text::template::Template;

impl Scanner<'_> {
    /// The list or mapping whose bracket stands here. If it is not closed, or a key stands to the left of column `least`,
    /// it ends there and [`Scanner::broken`] is set.
    pub(super) fn flow(&mut self, least: usize) -> Tree {
        let start = self.at;
        if self.depth >= DEEPEST {
            return self.skip_flow(start);
        }
        self.depth += 1;
        let is_map = self.byte(start) == b'{';
        self.at += 1;
        let (mut items, mut entries, mut height) = (Vec::new(), Vec::new(), 0);
        loop {
            if !self.flow_space(least) {
                self.broken = true;
                break;
            }
            match self.byte(self.at) {
                b']' | b'}' => {
                    self.broken |= (self.byte(self.at) == b'}') != is_map;
                    self.at += 1;
                    break;
                }
                b',' => self.at += 1,
                _ if is_map => {
                    let key = self.flow_value(least);
                    let (entry, deep) = self.flow_pair(&key, least);
                    height = height.max(deep);
                    entries.push(entry);
                }
                _ => {
                    let item = self.flow_item(least);
                    height = height.max(item.height);
                    items.push(item.node);
                }
            }
            if self.broken {
                break;
            }
        }
        self.depth -= 1;
        let content = if is_map { Content::Map(self.merged(entries)) } else { Content::List(items) };
        Tree::new(content, Span::new(start, self.at), height + 1)
    }

    /// An item of a list; `[a: b]` is a list with a mapping in it.
    fn flow_item(&mut self, least: usize) -> Tree {
        let item = self.flow_value(least);
        let behind = self.behind_blanks(self.at);
        if self.byte(behind) != b':' || item.node.scalar().is_none() {
            return item;
        }
        let (entry, height) = self.flow_pair(&item, least);
        let span = entry.key_span.to(entry.value.span);
        Tree::new(Content::Map(vec![entry]), span, height + 1)
    }

    /// A key that was read, with the value behind it.
    fn flow_pair(&mut self, key: &Tree, least: usize) -> (Entry, usize) {
        let name = self.key_text(&key.node);
        let end = self.at;
        let has_colon = self.flow_space(least) && self.byte(self.at) == b':';
        let mut value = Tree::empty(end);
        if has_colon {
            self.at += 1;
            if self.flow_space(least) && !b",]}".contains(&self.byte(self.at)) {
                value = self.flow_value(least);
            }
        }
        (Entry { key: name, key_span: key.node.span, value: value.node }, value.height)
    }

    /// What a value is called as a key.
    pub(super) fn key_text(&self, key: &Rc<Node>) -> String {
        match key.scalar() {
            Some(scalar) => scalar.known().unwrap_or(self.written(key.span.start..key.span.end)).to_owned(),
            None => self.written(key.span.start..key.span.end).to_owned(),
        }
    }

    /// The value that stands here.
    pub(super) fn flow_value(&mut self, least: usize) -> Tree {
        let properties = self.properties();
        let start = self.at;
        let tree = match self.byte(start) {
            b'[' | b'{' => self.flow(least),
            b'"' | b'\'' => match self.quoted() {
                Some((scalar, end)) => {
                    self.at = end;
                    Tree::new(Content::Scalar(scalar), Span::new(start, end), 0)
                }
                None => self.flow_plain(least),
            },
            b'*' if self.format == Format::Yaml => match self.alias() {
                Some(tree) => tree,
                None => self.flow_plain(least),
            },
            b',' | b']' | b'}' => Tree::empty(start),
            _ => self.flow_plain(least),
        };
        self.close(properties, tree)
    }

    /// A scalar without quotes, perhaps over several lines.
    fn flow_plain(&mut self, least: usize) -> Tree {
        let start = self.at;
        let mut scalar = Template::default();
        let mut end = self.flow_plain_end(start).max(start + 1).min(self.text.len());
        while !self.text.is_char_boundary(end) {
            end += 1;
        }
        self.copy(self.trimmed(start..end), &mut scalar);
        // It goes on in the next line, if that is what ended it.
        while self.format == Format::Yaml && b"\r\n".contains(&self.byte(end)) && end < self.text.len() {
            self.at = end;
            if !self.flow_space(least) || b",:[]{}\"'".contains(&self.byte(self.at)) {
                break;
            }
            let next = self.flow_plain_end(self.at);
            if next == self.at {
                break;
            }
            Self::fold(&mut scalar, 0, end);
            end = next;
            self.copy(self.trimmed(self.at..end), &mut scalar);
        }
        let end = self.trimmed(start..end).end;
        scalar.text.seek(end);
        self.at = end;
        Tree::new(Content::Scalar(scalar), Span::new(start, end), 0)
    }

    fn flow_plain_end(&self, start: usize) -> usize {
        let line = self.line(start);
        let ends = |at: &usize| match self.byte(*at) {
            b',' | b'[' | b']' | b'{' | b'}' => true,
            b':' if self.format == Format::Json => true,
            b':' => *at + 1 >= line.end || b" \t,[]{}".contains(&self.byte(at + 1)),
            b'#' => self.format == Format::Yaml && *at > line.start && self.is_blank(at - 1),
            b'/' => self.format == Format::Json && b"/*".contains(&self.byte(at + 1)),
            _ => false,
        };
        (start..line.end).find(ends).unwrap_or(line.end)
    }

    /// Skips blanks, line breaks and comments. False at the end of the file, and where a line cannot be part of the
    /// collection because it stands too far to the left.
    pub(super) fn flow_space(&mut self, least: usize) -> bool {
        let mut is_new_line = false;
        loop {
            match self.byte(self.at) {
                b'\n' => {
                    is_new_line = true;
                    self.at += 1;
                }
                b' ' | b'\t' | b'\r' => self.at += 1,
                b'#' if self.format == Format::Yaml => self.at = self.line(self.at).end,
                b'/' if self.format == Format::Json && self.byte(self.at + 1) == b'/' => {
                    self.at = self.line(self.at).end;
                }
                b'/' if self.format == Format::Json && self.byte(self.at + 1) == b'*' => {
                    let end = self.text[self.at..].find("*/").map(|length| self.at + length + 2);
                    self.at = end.unwrap_or(self.text.len());
                }
                _ if self.at_end() => return false,
                b']' | b'}' => return true,
                _ => return !(is_new_line && self.is_left_of(least)),
            }
        }
    }

    /// Whether a key or an item begins here to the left of column `least`. Other text may stand where it likes.
    fn is_left_of(&mut self, least: usize) -> bool {
        self.format == Format::Yaml && self.column(self.at) < least && (self.at_sign(b'-') || self.key().is_some())
    }

    /// Passes over a collection that is nested too deeply.
    fn skip_flow(&mut self, start: usize) -> Tree {
        let mut open = 0_usize;
        while !self.at_end() {
            match self.byte(self.at) {
                b'[' | b'{' => open += 1,
                b']' | b'}' => open -= 1,
                b'"' => self.at = self.quoted().map_or(self.at, |(_, end)| end - 1),
                _ => {}
            }
            self.at += 1;
            if open == 0 {
                break;
            }
        }
        self.too_deep(start, self.at);
        Tree::empty(start)
    }
}
