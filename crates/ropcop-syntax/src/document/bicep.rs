//! Bicep as a document: `resource x 'type' = { … }` is `{resource: {x: {…}}}`.

use std::rc::Rc;

use tree_sitter::Node as Tree;

use super::known::Known;
use super::literal::{Cut, ScalarSpelling, template};
use super::{Content, Entry, Node, Unread, function};
use crate::text::template::Template;
use crate::tree;
use crate::{Language, Span};

/// Expressions nested deeper than this are left out. The limit protects the stack.
const DEPTH: usize = 60;

/// Reads a file, and tells what could not be read.
pub(crate) fn parse(text: &str, effort: &tree::Effort) -> (Rc<Node>, Unread) {
    let whole = |entries| Rc::new(Node { content: Content::Map(entries), span: Span::new(0, text.len()) });
    let tree = match tree::parse(Language::Bicep, text, effort) {
        Ok(tree) => tree,
        Err(omission) => return (whole(Vec::new()), Unread { omissions: vec![omission], ..Unread::default() }),
    };
    let mut reader = BicepFile { text, variables: Known::new(text.len()) };
    let statements = reader.statements(tree.root_node());
    for statement in statements.iter().filter(|statement| statement.kind() == "variable_declaration") {
        if let Some(entry) = reader.declaration(*statement).into_iter().flat_map(|entry| names(&entry)).next() {
            reader.variables.add(entry.0, entry.1);
        }
    }
    let entries = statements.iter().filter_map(|statement| reader.declaration(*statement)).collect();
    (whole(entries), Unread { errors: tree::errors(&tree), ..Unread::default() })
}

/// The names that a declaration gives values to.
fn names(declaration: &Entry) -> Vec<(String, Rc<Node>)> {
    declaration.value.entries().iter().map(|entry| (entry.key.clone(), Rc::clone(&entry.value))).collect()
}

struct BicepFile<'t> {
    text: &'t str,
    /// Values of `var`.
    variables: Known,
}

impl<'t> BicepFile<'t> {
    fn source(&self, node: Tree<'_>) -> &'t str {
        tree::text(node, self.text)
    }

    /// The declarations of a file, and what remains of them where the grammar could not read it.
    fn statements<'n>(&self, root: Tree<'n>) -> Vec<Tree<'n>> {
        let mut found = Vec::new();
        for child in tree::named(root) {
            if child.is_error() { found.extend(tree::named(child)) } else { found.push(child) }
        }
        found
    }

    /// `var x = …`, `resource x 'type' = …`: kind, name and value.
    fn declaration(&self, node: Tree<'_>) -> Option<Entry> {
        if node.kind() == "object_property" {
            return self.property(node, 0).into_iter().next();
        }
        let kind = node.child(0)?;
        let children = tree::named(node);
        let (name, value) = (children.first()?, children.last().filter(|_| children.len() > 1)?);
        let is_value = node.child_count() > 2 && !matches!(node.kind(), "parameter_declaration" | "decorators");
        let entry = Entry {
            key: self.source(*name).to_owned(),
            key_span: tree::span(*name),
            value: is_value.then(|| self.value(*value, 0))?,
        };
        let value = Rc::new(Node { content: Content::Map(vec![entry]), span: tree::span(node) });
        Some(Entry { key: self.source(kind).to_owned(), key_span: tree::span(kind), value })
    }

    /// `key: value`; once for each value that a condition chooses from.
    fn property(&self, node: Tree<'_>, depth: usize) -> Vec<Entry> {
        let children = tree::named(node);
        let [key, value] = children[..] else { return Vec::new() };
        let entry =
            |value| Entry { key: self.source(key).trim_matches('\'').to_owned(), key_span: tree::span(key), value };
        self.values(value, depth).into_iter().map(entry).collect()
    }

    /// The values that an expression may have.
    fn values(&self, node: Tree<'_>, depth: usize) -> Vec<Rc<Node>> {
        if node.kind() != "ternary_expression" || depth > DEPTH {
            return vec![self.value(node, depth)];
        }
        let chosen = ["consequence", "alternative"].iter().filter_map(|name| tree::field(node, name));
        chosen.flat_map(|value| self.values(value, depth + 1)).collect()
    }

    /// The value of an expression.
    fn value(&self, node: Tree<'_>, depth: usize) -> Rc<Node> {
        if depth > DEPTH {
            return self.hole(node);
        }
        let inside = || tree::named(node).into_iter();
        let content = match node.kind() {
            "string" => Content::Scalar(self.string(node)),
            "number" | "boolean" => Content::Scalar(Template::verbatim(self.source(node), node.start_byte())),
            "null" => Content::Scalar(Template::verbatim("", node.start_byte())),
            "object" => Content::Map(inside().flat_map(|child| self.member(child, depth + 1)).collect()),
            "array" => Content::List(inside().map(|item| self.value(item, depth + 1)).collect()),
            "for_statement" => {
                let body = tree::field(node, "body").or_else(|| inside().next_back());
                Content::List(body.map(|body| self.value(body, depth + 1)).into_iter().collect())
            }
            "if_statement" => {
                return inside().next_back().map_or_else(|| self.hole(node), |body| self.value(body, depth + 1));
            }
            "parenthesized_expression" => {
                return inside().next().map_or_else(|| self.hole(node), |inner| self.value(inner, depth + 1));
            }
            "identifier" => return self.variables.get(self.source(node)).unwrap_or_else(|| self.hole(node)),
            "call_expression" => return self.call(node, depth),
            _ => return self.hole(node),
        };
        Rc::new(Node { content, span: tree::span(node) })
    }

    /// A property of an object, or a resource inside another.
    fn member(&self, node: Tree<'_>, depth: usize) -> Vec<Entry> {
        match tree::named(node).first() {
            Some(resource) if resource.kind() == "resource_declaration" && depth < DEPTH => {
                let value = tree::named(*resource).last().map(|value| self.value(*value, depth));
                let entry = |value| Entry { key: "resource".to_owned(), key_span: tree::span(*resource), value };
                value.map(entry).into_iter().collect()
            }
            _ => self.property(node, depth),
        }
    }

    fn call(&self, node: Tree<'_>, depth: usize) -> Rc<Node> {
        let name = tree::field(node, "function").map_or("", |name| self.source(name));
        let args = tree::field(node, "arguments").map(tree::named).unwrap_or_default();
        let args: Vec<Rc<Node>> = args.into_iter().map(|arg| self.value(arg, depth + 1)).collect();
        function::value(name, &args, tree::span(node)).unwrap_or_else(|| self.hole(node))
    }

    /// A value of which no more than a name is known.
    fn hole(&self, node: Tree<'_>) -> Rc<Node> {
        let span = tree::span(node);
        let mut template = Template::default();
        template.push_hole(self.name(node), span.start);
        template.text.seek(span.end);
        Rc::new(Node { content: Content::Scalar(template), span })
    }

    /// The last name in an expression.
    fn name(&self, node: Tree<'_>) -> Option<String> {
        let mut last = node;
        while let Some(inner) = tree::named(last).pop() {
            if matches!(inner.kind(), "ternary_expression" | "binary_expression") {
                return None;
            }
            last = inner;
        }
        matches!(last.kind(), "identifier" | "property_identifier" | "string_content")
            .then(|| self.source(last).to_owned())
    }

    /// `'…'`, and `'''…'''` of which the first line end is no part.
    fn string(&self, node: Tree<'_>) -> Template {
        let source = self.source(node);
        let raw = source.len() >= 6 && source.starts_with("'''");
        let quotes = if raw { 3 } else { 1 };
        let start = node.start_byte() + quotes;
        let end = node.end_byte() - quotes.min(source.len().saturating_sub(quotes));
        let first_end =
            ["\r\n", "\n"].iter().find(|end| raw && source[quotes..].starts_with(**end)).map_or(0, |end| end.len());
        let content = (start + first_end).min(end)..end;
        let holes = tree::named(node).into_iter().filter(|child| child.kind() == "interpolation");
        let omissions = holes.map(|hole| (hole.byte_range(), Cut::Hole(self.name(hole)))).collect();
        template(self.text, content, omissions, ScalarSpelling { backslash: !raw, doubled: false })
    }
}
