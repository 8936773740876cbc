//! Where the grammar has given up: whole statements are kept, everything else is read line by line.

use tree_sitter::Node;

use super::lower::{Lowering, children, is_statement};
use super::script::Item;

impl Lowering<'_> {
    /// Something that the grammar could not read: its whole statements as they are, the rest line by line.
    pub(super) fn broken(&self, node: Node<'_>, depth: usize, read_to: &mut usize) -> Vec<Item> {
        let text = &self.reader.text.text;
        let mut items = Vec::new();
        let mut at = node.start_byte().max(*read_to);
        for child in children(node) {
            if child.start_byte() < at || !is_statement(child) || child.has_error() {
                continue;
            }
            let line = text[..child.start_byte()].rfind('\n').map_or(0, |newline| newline + 1).max(at);
            self.lines(at, line, &mut items);
            // Words before it on its line mean that it is only the tail of a command.
            let lead = text.get(line..child.start_byte()).unwrap_or_default().trim();
            if lead.is_empty() || lead.ends_with([';', '|', '&', '(', '{', ')']) || is_keyword(lead) {
                let mut end = child.end_byte();
                items.extend(self.item(child, depth, &mut end));
                at = end;
            } else {
                at = self.lines(line, child.end_byte(), &mut items);
            }
        }
        *read_to = self.lines(at, node.end_byte(), &mut items).max(*read_to);
        items
    }

    /// Reads a stretch of text command by command, whatever is around them. Returns where the last one ended.
    pub(super) fn lines(&self, start: usize, end: usize, items: &mut Vec<Item>) -> usize {
        let text = &self.reader.text.text;
        let mut at = start;
        while at < end {
            at = self.reader.skip_blanks(at, end.max(at));
            if at >= end {
                break;
            }
            if self.reader.comment(at) {
                at = self.reader.find(at, end, b'\n');
                continue;
            }
            let word = text[at..].split(|c: char| c.is_whitespace() || c == ';').next().unwrap_or_default();
            if is_keyword(word) {
                at += word.len();
                continue;
            }
            let (simple, next) = self.reader.simple(at, text.len(), Vec::new());
            if next > at {
                items.push(Item::Simple(simple));
                at = next;
            } else {
                at += text[at..].chars().next().map_or(1, char::len_utf8);
            }
        }
        at
    }
}

fn is_keyword(word: &str) -> bool {
    const KEYWORDS: &[&str] =
        &["then", "do", "else", "elif", "if", "while", "until", "!", "{", "}", "fi", "done", "esac", "time"];
    KEYWORDS.contains(&word)
}
