//! Which blocks keep each other out: of the arms of an `if`, a `switch` or a `match` one runs, and no other.
//!
//! This is read from the tree once all blocks have scopes, for all grammars at once: they call these parts alike, and a
//! lowering that forgets one of its forms would merge what never happens together.

use std::collections::HashSet;

use tree_sitter::Node;

use crate::Span;
use crate::program::module::{Choice, Module, Runs, ScopeId, ScopeKind};
use crate::tree;

/// One of several cases beside each other.
const CASES: [&str; 10] = [
    "case_clause",
    "switch_case",
    "switch_default",
    "switch_section",
    "expression_case",
    "type_case",
    "default_case",
    "switch_block_statement_group",
    "switch_rule",
    "when_entry",
];

/// Marks the arms of all choices of a file.
pub(super) fn mark(module: &mut Module, root: Node<'_>) {
    let blocks = ArmScopes::of(module);
    // Choices that have been seen as a whole, and the `else if` in them.
    let mut known: HashSet<usize> = HashSet::new();
    let mut cursor = root.walk();
    loop {
        let node = cursor.node();
        // Most nodes hold no two blocks, and there is nothing to keep out in them.
        let may_choose = blocks.has_several(tree::span(node));
        match node.kind() {
            "if_statement" | "if_expression" if may_choose && !known.contains(&node.id()) => {
                let arms = chain(node, &mut known);
                blocks.keep_out(module, &arms);
            }
            kind if CASES.contains(&kind) => {
                if let Some(all) = node.parent().filter(|all| known.insert(all.id())) {
                    let cases = tree::named(all).into_iter().filter(|case| CASES.contains(&case.kind()));
                    blocks.keep_out(module, &cases.collect::<Vec<_>>());
                }
            }
            _ => {}
        }
        if may_choose && cursor.goto_first_child() {
            continue;
        }
        while !cursor.goto_next_sibling() {
            if !cursor.goto_parent() {
                return;
            }
        }
    }
}

/// The arms of an `if` with all its `else if`, which are noted in `known`.
fn chain<'t>(first: Node<'t>, known: &mut HashSet<usize>) -> Vec<Node<'t>> {
    let mut arms = Vec::new();
    let mut next = Some(first);
    while let Some(link) = next.take() {
        let before = ["initializer", "condition"].map(|field| tree::field(link, field));
        for part in tree::named(link).into_iter().filter(|part| !before.contains(&Some(*part))) {
            // JavaScript has `else` and what follows it in a node of their own.
            let inner = if part.kind() == "else_clause" { tree::named(part).into_iter().next_back() } else { None };
            match inner.filter(|inner| inner.kind() == first.kind()).unwrap_or(part) {
                other if other.kind() == first.kind() => {
                    known.insert(other.id());
                    next = Some(other);
                }
                arm => arms.push(arm),
            }
        }
    }
    arms
}

/// The blocks of a module by their place.
struct ArmScopes(Vec<(Span, ScopeId)>);

impl ArmScopes {
    fn of(module: &Module) -> Self {
        let all = module.scopes.iter().enumerate().filter(|(_, scope)| scope.kind == ScopeKind::Block);
        let mut blocks: Vec<(Span, ScopeId)> = all.map(|(index, scope)| (scope.span, ScopeId(index))).collect();
        // The outer before the inner.
        blocks.sort_by_key(|(span, _)| (span.start, usize::MAX - span.end));
        Self(blocks)
    }

    /// Whether several blocks begin in a stretch of the file.
    fn has_several(&self, stretch: Span) -> bool {
        let from = self.0.partition_point(|(span, _)| span.start < stretch.start);
        self.0.get(from + 1).is_some_and(|(span, _)| span.start < stretch.end)
    }

    /// The outermost block in a stretch of the file.
    fn within(&self, arm: Span) -> Option<ScopeId> {
        let from = self.0.partition_point(|(span, _)| span.start < arm.start);
        let inside = self.0[from..].iter().take_while(|(span, _)| span.start < arm.end);
        inside.into_iter().find(|(span, _)| span.end <= arm.end).map(|(_, scope)| *scope)
    }

    fn keep_out(&self, module: &mut Module, arms: &[Node<'_>]) {
        let arms: Vec<ScopeId> = arms.iter().filter_map(|arm| self.within(tree::span(*arm))).collect();
        if arms.len() < 2 {
            return;
        }
        for arm in &arms {
            module.scopes[arm.0].runs = Runs::Instead(module.choices.len());
        }
        module.choices.push(Choice { arms, exhaustive: false });
    }
}
