//! String literals.

use tree_sitter::Node;

use crate::program::lower::Lowerer;
use crate::program::module::{Expr, ExprId, ScopeId, TextPart};
use crate::text::escape::unescape;
use crate::text::template::MappedText;
use crate::tree;

/// `"…"`, `'…'`, `[[…]]`, `[==[…]==]`.
pub(super) fn string(l: &mut Lowerer<'_>, node: Node<'_>, scope: ScopeId) -> ExprId {
    let text = content(l, node);
    l.add(Expr::Text(vec![TextPart::Known(text)]), node, scope)
}

/// The text of a literal; none for any other expression.
pub(super) fn known(l: &Lowerer<'_>, node: Node<'_>) -> Option<String> {
    (node.kind() == "string").then(|| content(l, node).text)
}

fn content(l: &Lowerer<'_>, node: Node<'_>) -> MappedText {
    let mut decoded = MappedText::default();
    let Some(content) = tree::field(node, "content") else {
        decoded.seek(node.start_byte() + 1);
        return decoded;
    };
    let is_long = l.text(node).starts_with('[');
    let mut at = content.start_byte();
    if is_long {
        // The line break behind the bracket is no part of the text.
        let text = l.text(content);
        at += ["\r\n", "\n"].iter().find(|end| text.starts_with(**end)).map_or(0, |end| end.len());
    }
    for escape in tree::named(content) {
        decoded.push(l.source.get(at..escape.start_byte()).unwrap_or_default(), at);
        decoded.push(&meaning(l.text(escape)), escape.start_byte());
        at = escape.end_byte();
    }
    decoded.push(l.source.get(at..content.end_byte()).unwrap_or_default(), at);
    decoded
}

/// What an escape stands for: as in C, but for `\z`, which skips blanks, a line break that stays, and decimal digits.
fn meaning(escape: &str) -> String {
    let body = escape.strip_prefix('\\').unwrap_or(escape);
    match body.chars().next() {
        Some('z') => String::new(),
        Some('\n') => "\n".to_owned(),
        Some('0'..='9') => body.parse().ok().and_then(char::from_u32).map(String::from).unwrap_or_default(),
        _ => unescape(escape),
    }
}
