//! The one door to tree-sitter.

use tree_sitter::{Node, Parser, Point, Range, Tree};

use crate::{Language, Omission, Span};

mod effort;
mod indentation;

pub(crate) use effort::Effort;

/// Parses `text`. What the grammar cannot read becomes `ERROR` nodes; a text that is too much for it is left out whole.
pub(crate) fn parse(language: Language, text: &str, effort: &Effort) -> Result<Tree, Omission> {
    indentation::check(language, text)?;
    effort.parse(&mut parser(language, text)?, text)
}

/// Parses a stretch of a text; places in the tree are those in the whole text.
pub(crate) fn parse_part(language: Language, text: &str, part: Span, effort: &Effort) -> Result<Tree, Omission> {
    let mut parser = parser(language, text)?;
    // Only bytes are ever looked at, so lines and columns may be wrong.
    let (start_point, end_point) = (Point::new(0, 0), Point::new(usize::from(u16::MAX), 0));
    let range = Range { start_byte: part.start, end_byte: part.end, start_point, end_point };
    // Only ranges out of order are refused.
    let _ = parser.set_included_ranges(&[range]);
    effort.parse(&mut parser, text)
}

fn parser(language: Language, text: &str) -> Result<Parser, Omission> {
    let mut parser = Parser::new();
    let known = language.grammar().is_some_and(|grammar| parser.set_language(&grammar.into()).is_ok());
    if known { Ok(parser) } else { Err(Omission::new(Span::new(0, text.len()), "is in a language without a grammar")) }
}

/// The bytes a node covers.
pub(crate) fn span(node: Node<'_>) -> Span {
    Span::new(node.start_byte(), node.end_byte())
}

/// The text a node covers.
pub(crate) fn text<'t>(node: Node<'_>, source: &'t str) -> &'t str {
    source.get(node.byte_range()).unwrap_or_default()
}

/// The named children of a node, comments left out.
pub(crate) fn named(node: Node<'_>) -> Vec<Node<'_>> {
    let mut cursor = node.walk();
    node.named_children(&mut cursor).filter(|child| !child.kind().contains("comment")).collect()
}

/// The first child of a kind, named or not.
pub(crate) fn child<'t>(node: Node<'t>, kind: &str) -> Option<Node<'t>> {
    let mut cursor = node.walk();
    node.children(&mut cursor).find(|child| child.kind() == kind)
}

/// The child in a field.
pub(crate) fn field<'t>(node: Node<'t>, name: &str) -> Option<Node<'t>> {
    node.child_by_field_name(name)
}

/// What people read and no machine does: comments, and texts that are statements of their own (Python's documentation).
pub(crate) fn comments(tree: &Tree, text: &str) -> Vec<Span> {
    let openings = openings(text.as_bytes());
    let mut found = Vec::new();
    let mut cursor = tree.walk();
    loop {
        let node = cursor.node();
        // To look into every node takes a tenth of the time of parsing.
        let next = openings.partition_point(|at| *at < node.start_byte());
        let may_hold = openings.get(next).is_some_and(|at| *at < node.end_byte());
        let is_comment = may_hold && (node.kind().contains("comment") || is_documentation(node));
        if is_comment {
            found.push(span(node));
        }
        if may_hold && !is_comment && cursor.goto_first_child() {
            continue;
        }
        while !cursor.goto_next_sibling() {
            if !cursor.goto_parent() {
                return found;
            }
        }
    }
}

/// Where comments may begin, in any language, and texts that begin their line.
fn openings(text: &[u8]) -> Vec<usize> {
    let mut found = Vec::new();
    let mut begins = true;
    for (at, byte) in text.iter().enumerate() {
        let is_one = match byte {
            b'/' => matches!(text.get(at + 1), Some(b'/' | b'*')),
            b'-' => text.get(at + 1) == Some(&b'-'),
            b'#' => true,
            b'"' | b'\'' => begins,
            _ => false,
        };
        if is_one {
            found.push(at);
        }
        // Python may write letters before a text: `r"…"`.
        begins = *byte == b'\n' || begins && (byte.is_ascii_whitespace() || byte.is_ascii_alphabetic());
    }
    found
}

fn is_documentation(node: Node<'_>) -> bool {
    let is_text = |child: Node<'_>| matches!(child.kind(), "string" | "concatenated_string");
    node.kind() == "expression_statement" && node.child_count() == 1 && node.child(0).is_some_and(is_text)
}

/// The outermost stretches that the grammar could not read.
pub(crate) fn errors(tree: &Tree) -> Vec<Span> {
    // No recursion: broken files are the ones that nest without end.
    let mut found = Vec::new();
    let mut open = vec![tree.root_node()];
    while let Some(node) = open.pop() {
        if node.is_error() || node.is_missing() {
            found.push(span(node));
        } else if node.has_error() {
            let mut cursor = node.walk();
            let children: Vec<_> = node.children(&mut cursor).collect();
            open.extend(children.into_iter().rev());
        }
    }
    found
}
