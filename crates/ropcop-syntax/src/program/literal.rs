//! Where the texts of a program are written.

use std::collections::HashSet;

use crate::Span;
use crate::program::module::{Argument, Expr, ExprId, Module, TextPart};
use crate::vocabulary::gather;

const QUOTES: [char; 3] = ['"', '\'', '`'];

/// What stands between the quotes of all texts that may be values, without their holes. Words without quotes are none.
pub(crate) fn literals(module: &Module, text: &str) -> Vec<Span> {
    let names = names(module);
    let mut found = Vec::new();
    for (index, node) in module.exprs.iter().enumerate() {
        if let Expr::Text(parts) = &node.expr
            && !names.contains(&ExprId(index))
        {
            found.extend(pieces(parts, node.span, text));
        }
    }
    found
}

/// Texts that name what is looked up, or that something is compared with.
fn names(module: &Module) -> HashSet<ExprId> {
    let mut found = HashSet::new();
    for node in &module.exprs {
        match &node.expr {
            Expr::Index { index, .. } => found.extend([*index]),
            Expr::Compare(sides) => found.extend(sides),
            Expr::Call { callee, args, .. } => found.extend(looked_up(module, *callee, args)),
            Expr::Command { words, makes: None } => {
                let program = words.first().and_then(|program| plain(module, *program));
                if program.is_some_and(gather::gives_value_of) {
                    found.extend(words);
                }
            }
            _ => {}
        }
    }
    found
}

/// The argument of a call that names a value.
fn looked_up(module: &Module, callee: ExprId, args: &[Argument]) -> Option<ExprId> {
    let (Expr::Name(name) | Expr::Member { name, .. }) = &module.node(callee).expr else { return None };
    gather::gives_value_of(name).then(|| args.first().map(|first| first.value))?
}

/// A text without holes.
fn plain(module: &Module, id: ExprId) -> Option<&str> {
    match &module.node(id).expr {
        Expr::Text(parts) => match &parts[..] {
            [TextPart::Known(text)] => Some(&text.text),
            _ => None,
        },
        _ => None,
    }
}

/// The stretches of one text. What a reader made of escapes is shorter than what is written, so that only their starts count.
fn pieces(parts: &[TextPart], whole: Span, text: &str) -> Vec<Span> {
    let start = |part: &TextPart| match part {
        TextPart::Known(known) => known.host(0),
        TextPart::Hole { span, .. } => span.start,
    };
    let Some(first) = parts.first().map(start).filter(|first| whole.start < *first && *first <= whole.end) else {
        return Vec::new();
    };
    let opening = text.get(whole.start..first).unwrap_or_default();
    let inner = text.get(first..whole.end).unwrap_or_default();
    let end = first + inner.len() - closing(opening, inner);
    let mut found = Vec::new();
    let mut at = first;
    let holes = parts.iter().filter_map(|part| match part {
        TextPart::Hole { span, .. } => Some(*span),
        TextPart::Known(_) => None,
    });
    for hole in holes.chain([Span::new(end, end)]) {
        if at < hole.start {
            found.push(Span::new(at, hole.start));
        }
        at = at.max(hole.end);
    }
    found
}

/// The length of what ends a text that begins like this: `"`, `'''`, `"#`, `"@`.
fn closing(opening: &str, inner: &str) -> usize {
    let quotes = opening.chars().filter(|c| QUOTES.contains(c)).count();
    let Some(quote) = opening.chars().find(|c| QUOTES.contains(c)) else { return 0 };
    let without_sign = if opening.contains(['#', '@']) { inner.trim_end_matches(['#', '@']) } else { inner };
    let mut rest = without_sign;
    for _ in 0..quotes {
        rest = rest.strip_suffix(quote).unwrap_or(rest);
    }
    let is_on_own_line = opening.ends_with('\n');
    let rest = if is_on_own_line { rest.trim_end_matches(['\r', '\n']) } else { rest };
    inner.len() - rest.len()
}
