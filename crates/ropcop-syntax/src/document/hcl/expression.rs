//! Expressions of HCL as values of a document.

use std::rc::Rc;

use tree_sitter::Node as Tree;

use crate::document::known::Known;
use crate::document::{Content, Entry, Node, function};
use crate::text::template::Template;
use crate::tree;

/// Blocks and expressions nested deeper than this are left out. The limit protects the stack.
pub(super) const DEPTH: usize = 60;

/// What is known while a file is read.
pub(super) struct HclFile<'t> {
    pub(super) text: &'t str,
    /// Values of `locals`.
    pub(super) locals: Known,
}

impl<'t> HclFile<'t> {
    pub(super) fn new(text: &'t str) -> Self {
        Self { text, locals: Known::new(text.len()) }
    }

    /// The text that a node covers.
    pub(super) fn source(&self, node: Tree<'_>) -> &'t str {
        tree::text(node, self.text)
    }

    /// The values that an expression may have: one, or those that a condition chooses from.
    pub(super) fn values(&self, node: Tree<'_>, depth: usize) -> Vec<Rc<Node>> {
        let inner = only_child(node);
        if inner.kind() != "conditional" || depth > DEPTH {
            return vec![self.value(node, depth)];
        }
        // The condition itself comes first.
        let chosen = tree::named(inner).into_iter().skip(1);
        chosen.flat_map(|value| self.values(value, depth + 1)).collect()
    }

    /// The value of an expression.
    pub(super) fn value(&self, node: Tree<'_>, depth: usize) -> Rc<Node> {
        let inner = only_child(node);
        if depth > DEPTH {
            return self.hole(inner);
        }
        let content = match inner.kind() {
            "expression" => return self.reference(inner),
            "string_lit" | "quoted_template" => Content::Scalar(self.quoted(inner)),
            "heredoc_template" => Content::Scalar(self.document(inner)),
            "numeric_lit" | "bool_lit" => Content::Scalar(Template::verbatim(self.source(inner), inner.start_byte())),
            "null_lit" => Content::Scalar(Template::verbatim("", inner.start_byte())),
            "tuple" => Content::List(self.items(inner, depth)),
            "for_tuple_expr" => {
                let body = tree::named(inner).into_iter().find(|child| child.kind() == "expression");
                Content::List(body.map(|body| self.value(body, depth + 1)).into_iter().collect())
            }
            "object" => self.object(inner, depth),
            "function_call" => return self.call(inner, depth),
            _ => return self.hole(inner),
        };
        Rc::new(Node { content, span: tree::span(inner) })
    }

    /// The values of those children that are expressions.
    fn items(&self, node: Tree<'_>, depth: usize) -> Vec<Rc<Node>> {
        let items = tree::named(node).into_iter().filter(|child| child.kind() == "expression");
        items.map(|item| self.value(item, depth + 1)).collect()
    }

    /// `{ a = 1 }`.
    pub(super) fn object(&self, node: Tree<'_>, depth: usize) -> Content {
        let mut entries = Vec::new();
        for element in tree::named(node).into_iter().filter(|child| child.kind() == "object_elem") {
            let (Some(key), Some(value)) = (tree::field(element, "key"), tree::field(element, "val")) else { continue };
            let name = self.source(key).trim_matches(['"', '(', ')']).to_owned();
            let entry = |value| Entry { key: name.clone(), key_span: tree::span(key), value };
            entries.extend(self.values(value, depth + 1).into_iter().map(entry));
        }
        Content::Map(entries)
    }

    /// The value of `function(…)`.
    fn call(&self, node: Tree<'_>, depth: usize) -> Rc<Node> {
        let name = tree::named(node).first().map_or("", |name| self.source(*name));
        let args = tree::named(node).into_iter().find(|child| child.kind() == "function_arguments");
        let args = args.map(|args| self.items(args, depth + 1)).unwrap_or_default();
        function::value(name, &args, tree::span(node)).unwrap_or_else(|| self.hole(node))
    }

    /// `var.x`, `local.x`, `a.b[0].c`.
    fn reference(&self, node: Tree<'_>) -> Rc<Node> {
        let known = self.source(node).trim().strip_prefix("local.").and_then(|name| self.locals.get(name));
        known.unwrap_or_else(|| self.hole(node))
    }

    /// A value of which no more than a name is known.
    pub(super) fn hole(&self, node: Tree<'_>) -> Rc<Node> {
        let span = tree::span(node);
        let mut template = Template::default();
        template.push_hole(self.name(node), span.start);
        template.text.seek(span.end);
        Rc::new(Node { content: Content::Scalar(template), span })
    }

    /// The last name in an expression: `user` for `var.user`.
    pub(super) fn name(&self, node: Tree<'_>) -> Option<String> {
        let mut last = node;
        loop {
            let inner = tree::named(last).into_iter().rfind(|child| match child.kind() {
                "template_interpolation_end" | "strip_marker" | "quoted_template_end" | "splat" => false,
                "index" => self.source(*child).contains('"'),
                _ => true,
            });
            match inner {
                // One of several values has no name.
                Some(inner) if matches!(inner.kind(), "conditional" | "binary_operation" | "heredoc_template") => {
                    return None;
                }
                Some(inner) => last = inner,
                None => break,
            }
        }
        let name = self.source(last);
        matches!(last.kind(), "identifier" | "template_literal").then(|| name.to_owned())
    }
}

/// The node below those that only hold one other: `expression`, `literal_value`, parentheses.
fn only_child(node: Tree<'_>) -> Tree<'_> {
    let mut inner = node;
    while matches!(
        inner.kind(),
        "expression" | "literal_value" | "template_expr" | "collection_value" | "for_expr" | "operation"
    ) {
        match tree::named(inner)[..] {
            [child] if child.kind() != "variable_expr" => inner = child,
            _ => break,
        }
    }
    inner
}
