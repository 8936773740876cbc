//! Templates of Azure Resource Manager in JSON, and settings of extensions that they hold.

use std::rc::Rc;

use crate::document::known::Known;
use crate::document::rewrite::rewritten;
use crate::document::{Content, Node, function};
use crate::text::template::Template;

use super::collect::Collector;
use super::{Document, generic, infrastructure};

/// Functions nested deeper than this are left out. The limit protects the stack.
const DEPTH: usize = 20;

/// A longer expression is left as it stands.
const LONGEST: usize = 100_000;

/// Whether a document is a template, or the settings of an extension.
pub(super) fn recognises(document: &Document<'_>) -> bool {
    let schema = document.root.get("$schema").and_then(|schema| schema.text()).unwrap_or_default();
    schema.to_ascii_lowercase().contains("deploymenttemplate")
        || ["commandToExecute", "fileUris"].iter().any(|key| document.root.get(key).is_some())
        || (document.root.get("contentVersion").is_some() && document.root.get("resources").is_some())
}

/// Reads what the resources run.
pub(super) fn read(document: &Document<'_>, collector: &mut Collector<'_>) {
    collector.take(document.root);
    let mut variables = Known::new(document.root.span.end - document.root.span.start);
    for variable in document.root.get("variables").map(|variables| variables.entries()).unwrap_or_default() {
        let value = rewritten(&variable.value, &|node| value(node, &variables));
        variables.add(variable.key.clone(), value);
    }
    let root = rewritten(document.root, &|node| value(node, &variables));
    collector.hold(&root);
    infrastructure::read(&root, collector);
    generic::read(&root, collector);
}

/// The value of a text that is an expression: `[concat('a', parameters('b'))]`.
fn value(node: &Node, variables: &Known) -> Option<Rc<Node>> {
    let text = node.scalar()?;
    let inner = text.text.text.trim();
    if inner.len() > LONGEST || inner.starts_with("[[") {
        return None;
    }
    inner.strip_prefix('[')?.strip_suffix(']')?;
    let at = text.text.text.find('[')? + 1;
    Some(Expression { text, at, variables }.term(0))
}

struct Expression<'t> {
    text: &'t Template,
    at: usize,
    variables: &'t Known,
}

impl Expression<'_> {
    fn rest(&self) -> &str {
        self.text.text.text.get(self.at..).unwrap_or_default()
    }

    fn space(&mut self) {
        self.at += self.rest().len() - self.rest().trim_start().len();
    }

    /// A literal, a function, and what follows it: `.a['b']`.
    fn term(&mut self, depth: usize) -> Rc<Node> {
        self.space();
        let start = self.at;
        if self.rest().starts_with('\'') {
            return self.literal();
        }
        let is_name = |c: char| c.is_alphanumeric() || "._-".contains(c);
        let name = self.rest().chars().take_while(|c| is_name(*c)).collect::<String>();
        self.at += name.len();
        let args = if self.rest().starts_with('(') { self.args(depth) } else { Vec::new() };
        let end = self.at;
        let follows = self.members();
        let span = self.text.span(start..self.at.max(start));
        let last = args.last().and_then(|arg| arg.text()).map(str::to_owned);
        let known = match (name.as_str(), &last) {
            _ if self.at > end => None,
            ("variables", Some(name)) => self.variables.get(name),
            _ => function::value(name.rsplit('.').next().unwrap_or(&name), &args, span),
        };
        known.unwrap_or_else(|| {
            let mut unknown = Template::default();
            unknown.push_hole(follows.or(last), span.start);
            unknown.text.seek(span.end);
            Rc::new(Node { content: Content::Scalar(unknown), span })
        })
    }

    /// `'it''s'`.
    fn literal(&mut self) -> Rc<Node> {
        let start = self.at;
        let mut pieces = Vec::new();
        self.at += 1;
        let mut from = self.at;
        while let Some(length) = self.rest().find('\'') {
            let quote = self.at + length;
            let doubled = self.text.text.text[quote + 1..].starts_with('\'');
            // Of a doubled quote, the first stays.
            pieces.push(from..quote + usize::from(doubled));
            self.at = quote + 1 + usize::from(doubled);
            from = self.at;
            if !doubled {
                break;
            }
        }
        let mut text = Template::default();
        for piece in pieces {
            let piece = self.text.part(piece);
            text.append(&piece);
        }
        Rc::new(Node { content: Content::Scalar(text), span: self.text.span(start..self.at) })
    }

    fn args(&mut self, depth: usize) -> Vec<Rc<Node>> {
        let mut args = Vec::new();
        self.at += 1;
        loop {
            self.space();
            match self.rest().chars().next() {
                None => return args,
                Some(')') => {
                    self.at += 1;
                    return args;
                }
                Some(',') => self.at += 1,
                Some(_) if depth < DEPTH => {
                    let before = self.at;
                    args.push(self.term(depth + 1));
                    if self.at == before {
                        self.at = self.text.text.text.len();
                    }
                }
                Some(_) => self.at = self.text.text.text.len(),
            }
        }
    }

    /// `.a[0].b` behind a function: the last name.
    fn members(&mut self) -> Option<String> {
        let rest = self.rest();
        let length = rest.find(|c: char| !(c.is_alphanumeric() || "._-[]'".contains(c))).unwrap_or(rest.len());
        // The bracket that ends the expression is none of it.
        let members = rest[..length].trim_end_matches(']');
        if !members.starts_with(['.', '[']) {
            return None;
        }
        let mut names = members.split(['.', '[', ']', '\'']).filter(|name| name.starts_with(char::is_alphabetic));
        let last = names.next_back().map(str::to_owned);
        self.at += length;
        last
    }
}
