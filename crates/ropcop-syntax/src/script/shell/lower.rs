//! From tree-sitter's tree to statements.
//!
//! Only this file and its neighbours `grammar`, `document` and `broken` know the grammar. It takes from it where statements begin and how they are nested; the
//! words are read by [`WordReader`]. Where the grammar has given up, lines are read as commands one by one.

use std::cell::{Cell, RefCell};
use std::collections::{HashMap, HashSet};
use std::rc::Rc;

use tree_sitter::Node;

use crate::tree;
use crate::{Language, Omission, Span};

use super::grammar::for_grammar;
use super::script::{Item, RawWord};
use super::text::Text;
use super::word::{Mode, WordReader};

/// Statements and substitutions nested deeper than this are left out. The limit protects the stack.
const DEPTH: usize = 40;
/// Substitutions, functions and texts in a script are read as long as all of them are not longer than so many times the
/// script and [`READ_MORE`]. The report says so.
const READ_TIMES: usize = 12;
/// So many bytes more are read than [`READ_TIMES`] says: a short script may hold many small texts. The report says so.
const READ_MORE: usize = 100_000;

/// How much a script may still cost. Substitutions are parsed again for each one around them, and a script that is
/// broken in the right way would make that endless.
#[derive(Clone)]
pub(super) struct ScriptEffort<'t> {
    /// How deep substitutions are nested around a text.
    depth: usize,
    /// Bytes that may be parsed still.
    left: Rc<Cell<usize>>,
    /// What was left out last.
    given_up: Rc<RefCell<Option<Omission>>>,
    /// What the parser may still do.
    parser: &'t tree::Effort,
}

impl<'t> ScriptEffort<'t> {
    /// Enough for any honest text of this length.
    pub(super) fn of(length: usize, parser: &'t tree::Effort) -> Self {
        let left = Rc::new(Cell::new(length * READ_TIMES + READ_MORE));
        Self { depth: 0, left, given_up: Rc::default(), parser }
    }

    fn deeper(&self) -> Self {
        let (left, given_up) = (Rc::clone(&self.left), Rc::clone(&self.given_up));
        Self { depth: self.depth + 1, left, given_up, parser: self.parser }
    }

    /// Whether a text is read: it does not stand too deep, and there was not too much before it.
    fn may_read(&self, text: &Text) -> bool {
        let all = Span::new(0, text.text.len());
        if self.depth > DEPTH {
            self.give_up(text, all, format!("has substitutions nested deeper than {DEPTH} levels"));
            return false;
        }
        let Some(left) = self.left.get().checked_sub(all.end) else {
            let why = format!("has substitutions of more than {READ_TIMES} times its length and {READ_MORE} bytes");
            self.give_up(text, all, why);
            return false;
        };
        self.left.set(left);
        true
    }

    fn give_up(&self, text: &Text, span: Span, why: String) {
        self.given_up.replace(Some(Omission::new(text.span(span.start, span.end), why)));
    }

    /// What was left out last.
    pub(super) fn given_up(&self) -> Option<Omission> {
        self.given_up.take()
    }
}

/// Reads a script that stands in another.
pub(super) fn lower_inner(text: &Text, around: &ScriptEffort<'_>) -> Vec<Item> {
    lower(text, &around.deeper())
}

/// Reads a script.
pub(super) fn lower(text: &Text, effort: &ScriptEffort<'_>) -> Vec<Item> {
    lower_with_errors(text, effort).0
}

/// Reads a script, and tells what of the file the grammar could not read.
pub(super) fn lower_with_errors(text: &Text, effort: &ScriptEffort<'_>) -> (Vec<Item>, Vec<Span>) {
    if text.text.trim().is_empty() || !effort.may_read(text) {
        return Default::default();
    }
    if is_plain(&text.text) {
        // Most substitutions and many texts are one simple command: no tree is needed to see that.
        let reader = WordReader { text, ends: &HashMap::new(), effort, nesting: Cell::new(0) };
        let start = text.text.len() - text.text.trim_start().len();
        return (vec![Item::Simple(reader.simple(start, text.text.len(), Vec::new()).0)], Vec::new());
    }
    let tree = tree::parse(Language::Shell, &for_grammar(&text.text), effort.parser);
    let marks = tree.as_ref().map(|tree| Marks::of(tree.root_node())).unwrap_or_default();
    let reader = WordReader { text, ends: &marks.ends, effort, nesting: Cell::new(0) };
    let lowering = Lowering { reader, tails: RefCell::default(), before_error: &marks.before_error };
    match &tree {
        Ok(tree) => {
            let errors = if effort.depth > 0 { Vec::new() } else { tree::errors(tree) };
            let errors = errors.iter().map(|error| text.span(error.start, error.end)).collect();
            (lowering.children(tree.root_node(), 0), errors)
        }
        Err(omission) => {
            effort.give_up(text, omission.span, omission.why.clone());
            let mut items = Vec::new();
            lowering.lines(0, text.text.len(), &mut items);
            (items, Vec::new())
        }
    }
}

/// Whether a text is one simple command beyond doubt: no operator, no keyword, no second line.
fn is_plain(text: &str) -> bool {
    const KEYWORDS: &[&str] = &["if", "for", "while", "until", "case", "select", "function", "time", "coproc", "unset"];
    let first = text.split_whitespace().next().unwrap_or_default();
    let quotes = ['"', '\''].iter().all(|quote| text.matches(*quote).count() % 2 == 0);
    !text.trim().contains([';', '|', '&', '<', '>', '(', ')', '`', '#', '\n', '\\'])
        && quotes
        && !first.starts_with(['{', '}', '[', '!'])
        && !KEYWORDS.contains(&first)
}

/// What one walk over a tree finds. (To ask a node for its neighbours takes a time that grows with the tree.)
#[derive(Default)]
struct Marks {
    /// Where substitutions end, by their start.
    ends: HashMap<usize, usize>,
    /// Nodes right before something that the grammar could not read.
    before_error: HashSet<usize>,
}

impl Marks {
    fn of(root: Node<'_>) -> Self {
        let mut marks = Self::default();
        let mut cursor = root.walk();
        loop {
            let node = cursor.node();
            if matches!(node.kind(), "command_substitution" | "process_substitution") && !node.has_error() {
                marks.ends.insert(node.start_byte(), node.end_byte());
            }
            if cursor.goto_first_child() {
                continue;
            }
            loop {
                let before = cursor.node();
                if cursor.goto_next_sibling() {
                    if cursor.node().is_error() {
                        marks.before_error.insert(before.id());
                    }
                    break;
                }
                if !cursor.goto_parent() {
                    return marks;
                }
            }
        }
    }
}

/// The way from a tree to statements.
pub(super) struct Lowering<'t> {
    pub(super) reader: WordReader<'t>,
    /// Commands that go on behind what the grammar takes for them, by their start: where they end, and their
    /// here-documents.
    pub(super) tails: RefCell<HashMap<usize, (usize, Vec<RawWord>)>>,
    before_error: &'t HashSet<usize>,
}

pub(super) fn children<'t>(node: Node<'t>) -> Vec<Node<'t>> {
    let mut cursor = node.walk();
    node.children(&mut cursor).collect()
}

/// A statement that is no more than words.
pub(super) fn is_simple(node: Node<'_>) -> bool {
    matches!(
        node.kind(),
        "command" | "declaration_command" | "unset_command" | "variable_assignment" | "variable_assignments"
    )
}

pub(super) fn is_statement(node: Node<'_>) -> bool {
    is_simple(node)
        || matches!(
            node.kind(),
            "redirected_statement"
                | "pipeline"
                | "list"
                | "negated_command"
                | "subshell"
                | "compound_statement"
                | "if_statement"
                | "while_statement"
                | "for_statement"
                | "c_style_for_statement"
                | "case_statement"
                | "function_definition"
                | "test_command"
        )
}

/// The command that ends a chain. A redirection behind the chain is its own, though the grammar hangs it above.
pub(super) fn last_simple(node: Node<'_>) -> Option<Node<'_>> {
    let mut last = node;
    while matches!(last.kind(), "list" | "pipeline" | "negated_command") {
        last = children(last).into_iter().rfind(|child| child.is_named())?;
    }
    is_simple(last).then_some(last)
}

impl Lowering<'_> {
    /// The statements among the children of a node.
    fn children(&self, node: Node<'_>, depth: usize) -> Vec<Item> {
        if node.is_error() { self.broken(node, depth, &mut 0) } else { self.all(children(node), depth) }
    }

    fn all(&self, nodes: Vec<Node<'_>>, depth: usize) -> Vec<Item> {
        let mut items = Vec::new();
        // A command whose line the grammar could not finish is read to the end of the line, over nodes that follow.
        let mut read_to = 0;
        for node in nodes {
            if node.start_byte() >= read_to || node.is_error() {
                items.extend(self.item(node, depth, &mut read_to));
            }
        }
        items
    }

    pub(super) fn item(&self, node: Node<'_>, depth: usize, read_to: &mut usize) -> Vec<Item> {
        if depth > DEPTH {
            return Vec::new();
        }
        let inside = depth + 1;
        match node.kind() {
            _ if node.is_error() => self.broken(node, inside, read_to),
            _ if is_simple(node) => {
                let unfinished = node.has_error() || self.before_error.contains(&node.id());
                let tail = self.tails.borrow_mut().remove(&node.start_byte());
                let limit = if unfinished { self.reader.text.text.len() } else { node.end_byte() };
                let (limit, documents) = tail.unwrap_or((limit, Vec::new()));
                let (simple, end) = self.reader.simple(node.start_byte(), limit, documents);
                *read_to = end.max(*read_to);
                let mut items = vec![Item::Simple(simple)];
                // The grammar joins a line that begins with a backslash to the one before.
                if end < node.end_byte() {
                    self.lines(end, node.end_byte(), &mut items);
                }
                items
            }
            "redirected_statement" => self.redirected(node, inside),
            "pipeline" => {
                let stages = children(node).into_iter().filter(|child| child.is_named());
                vec![Item::Pipeline(stages.map(|stage| Item::Sequence(self.item(stage, inside, read_to))).collect())]
            }
            "list" => self.list(node, inside),
            "subshell" => vec![Item::Subshell(self.children(node, inside))],
            "if_statement" => self.conditional(node, inside),
            "while_statement" | "c_style_for_statement" => self.looping(node, inside),
            "for_statement" => self.each(node, inside),
            "case_statement" => self.case(node, inside),
            "function_definition" => self.function(node, inside),
            "test_command" => vec![Item::Look(self.substituted(node))],
            "compound_statement" | "negated_command" | "program" | "do_group" | "else_clause" => {
                self.children(node, inside)
            }
            _ => Vec::new(),
        }
    }

    /// `a && b || c`, which the grammar nests to the left: chains may be longer than the stack is deep.
    fn list(&self, node: Node<'_>, depth: usize) -> Vec<Item> {
        let mut right = Vec::new();
        let mut left = node;
        while left.kind() == "list" {
            let parts: Vec<_> = children(left).into_iter().filter(|child| child.is_named()).collect();
            let Some((first, rest)) = parts.split_first() else { break };
            right.push(rest.to_vec());
            left = *first;
        }
        let mut items = self.item(left, depth, &mut 0);
        items.extend(right.into_iter().rev().map(|nodes| Item::Optional(self.all(nodes, depth))));
        items
    }

    fn conditional(&self, node: Node<'_>, depth: usize) -> Vec<Item> {
        let mut before = Vec::new();
        let mut arms = Vec::new();
        let mut exhaustive = false;
        let mut clauses = vec![node];
        clauses
            .extend(children(node).into_iter().filter(|child| matches!(child.kind(), "elif_clause" | "else_clause")));
        for clause in clauses {
            exhaustive |= clause.kind() == "else_clause";
            let parts = children(clause);
            let parts: Vec<_> =
                parts.into_iter().filter(|part| !matches!(part.kind(), "elif_clause" | "else_clause")).collect();
            let then = parts.iter().position(|part| part.kind() == "then").unwrap_or(0);
            before.extend(self.all(parts[..then].to_vec(), depth));
            arms.push(self.all(parts[then..].to_vec(), depth));
        }
        before.push(Item::Branches { arms, exhaustive });
        before
    }

    fn looping(&self, node: Node<'_>, depth: usize) -> Vec<Item> {
        let (bodies, before): (Vec<_>, Vec<_>) =
            children(node).into_iter().partition(|child| matches!(child.kind(), "do_group" | "compound_statement"));
        vec![Item::While { condition: self.all(before, depth), body: self.all(bodies, depth) }]
    }

    fn each(&self, node: Node<'_>, depth: usize) -> Vec<Item> {
        let bodies =
            children(node).into_iter().filter(|child| matches!(child.kind(), "do_group" | "compound_statement"));
        let body = self.all(bodies.collect(), depth);
        let Some(variable) = tree::field(node, "variable") else { return vec![Item::Optional(body)] };
        let name = tree::text(variable, &self.reader.text.text).to_owned();
        let mut cursor = node.walk();
        let values: Vec<_> = node.children_by_field_name("value", &mut cursor).collect();
        let words = match (values.first(), values.last()) {
            (Some(first), Some(last)) => Some(self.reader.words(first.start_byte(), last.end_byte())),
            _ => None,
        };
        vec![Item::For { name, words, body }]
    }

    fn case(&self, node: Node<'_>, depth: usize) -> Vec<Item> {
        let mut items =
            vec![Item::Look(tree::field(node, "value").map(|value| self.substituted(value)).unwrap_or_default())];
        let mut exhaustive = false;
        let mut arms = Vec::new();
        for arm in children(node).into_iter().filter(|child| child.kind() == "case_item") {
            let parts = children(arm);
            let open = parts.iter().position(|part| part.kind() == ")").map_or(0, |index| index + 1);
            exhaustive |= parts[..open].iter().any(|part| tree::text(*part, &self.reader.text.text) == "*");
            arms.push(self.all(parts[open..].to_vec(), depth));
        }
        items.push(Item::Branches { arms, exhaustive });
        items
    }

    fn function(&self, node: Node<'_>, depth: usize) -> Vec<Item> {
        let Some(name) = tree::field(node, "name") else { return self.children(node, depth) };
        let name = tree::text(name, &self.reader.text.text).to_owned();
        let body = tree::field(node, "body").map(|body| self.item(body, depth, &mut 0)).unwrap_or_default();
        let span = self.reader.text.span(node.start_byte(), node.end_byte());
        vec![Item::Function { name, body: Rc::new(body), span }]
    }

    /// The words with substitutions in something that is not a command.
    fn substituted(&self, node: Node<'_>) -> Vec<RawWord> {
        let text = &self.reader.text.text;
        let (start, end) = (node.start_byte(), node.end_byte());
        if !text[start..end].contains(['$', '`']) {
            return Vec::new();
        }
        vec![self.reader.word(start, end, Mode::Inner).0]
    }
}
