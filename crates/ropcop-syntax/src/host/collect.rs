//! Collects the facts of a document.

use std::collections::BTreeSet;
use std::rc::Rc;

use crate::document::{Content, Node};
use crate::guest::{Guest, Reading};
use crate::language::is_powershell;
use crate::text::template::{self, Template};
use crate::{Arg, Call, CallKind, Certainty, Facts, Language, Omission, Origin, Record, Span, Symbol, Value};

use super::habits::{self, Habits};
use crate::text::placeholder::{self, Mark};
use crate::text::punch;

/// Code in a file of data is read as long as all of it is not longer than so many times the file and [`READ_MORE`]: anchors
/// and templates can name one piece of code again and again. The report says so.
const READ_TIMES: usize = 2;

/// So many bytes of code more are read than [`READ_TIMES`] says: a short file may repeat itself. The report says so.
const READ_MORE: usize = 500_000;

/// In the records of a file stand no more fields than this that are taken from around them.
const MOST_FIELDS: usize = 100_000;

/// A file has fewer records than this.
const MOST_RECORDS: usize = 10_000;

/// What the readers of a document found so far.
pub(super) struct Collector<'k> {
    reading: &'k Reading<'k>,
    facts: Facts,
    /// Values that were read, or that are known to be no code.
    taken: BTreeSet<*const Node>,
    /// Texts that were read as files. As values they are still to be judged.
    files: BTreeSet<*const Node>,
    /// Values that readers have made, and which live as long as what was noted about them.
    held: Vec<Rc<Node>>,
    /// How much code is still read. A script that many aliases share is read once, but may be a part of many others.
    budget: usize,
    len: usize,
    /// Where the variables of processes stand.
    pub(super) habits: Habits,
    /// How many fields of records may still be made from what stands around them.
    pub(super) fields_left: usize,
    /// How many records may still be added.
    records_left: usize,
    /// What the host fills in before it runs anything.
    pub(super) marks: &'static [Mark],
}

impl<'k> Collector<'k> {
    pub(super) fn new(reading: &'k Reading<'k>, len: usize) -> Self {
        let budget = len.saturating_mul(READ_TIMES).saturating_add(READ_MORE);
        Self {
            reading,
            facts: Facts::default(),
            taken: BTreeSet::new(),
            files: BTreeSet::new(),
            held: Vec::new(),
            budget,
            len,
            habits: habits::UNKNOWN,
            fields_left: MOST_FIELDS,
            records_left: MOST_RECORDS,
            marks: placeholder::ANY,
        }
    }

    pub(super) fn finish(self) -> Facts {
        self.facts
    }

    /// Keeps a value that a reader has made.
    pub(super) fn hold(&mut self, node: &Rc<Node>) {
        self.held.push(Rc::clone(node));
    }

    /// Notes that a value needs no reading any more. False if it was noted before.
    pub(super) fn take(&mut self, node: &Rc<Node>) -> bool {
        self.taken.insert(Rc::as_ptr(node))
    }

    /// Whether a value needs no reading any more.
    pub(super) fn is_taken(&self, node: &Rc<Node>) -> bool {
        self.taken.contains(&Rc::as_ptr(node))
    }

    /// Code of a language in a value: a text, or a list of lines that are one script.
    pub(super) fn script(&mut self, node: &Rc<Node>, language: Language, certainty: Certainty) {
        match &node.content {
            Content::Scalar(text) => {
                if self.take(node) {
                    self.code(language, text, certainty);
                }
            }
            Content::List(_) => {
                let mut whole = Template::default();
                self.join(node, &mut whole, 10);
                self.code(language, &whole, certainty);
            }
            Content::Map(_) => {}
        }
    }

    /// A text that is a whole file, which holds settings and no code.
    pub(super) fn file(&mut self, node: &Rc<Node>, language: Language) {
        if let Some(text) = node.scalar().filter(|_| self.files.insert(Rc::as_ptr(node))) {
            self.code(language, text, Certainty::Likely);
        }
    }

    /// Lines of one script, each a value of its own.
    pub(super) fn lines(&mut self, nodes: &[&Rc<Node>], language: Language, certainty: Certainty) {
        let mut whole = Template::default();
        nodes.iter().for_each(|node| self.join(node, &mut whole, 0));
        self.code(language, &whole, certainty);
    }

    /// A command line, or each of a list of them in a shell of its own.
    pub(super) fn each(&mut self, node: &Rc<Node>, certainty: Certainty) {
        for line in std::iter::once(node).chain(node.items()).filter(|node| node.scalar().is_some()) {
            self.script(line, Language::Shell, certainty);
        }
    }

    /// Joins the texts of a list, which may hold lists, line by line.
    fn join(&mut self, node: &Rc<Node>, whole: &mut Template, depth: usize) {
        self.take(node);
        if let Some(text) = node.scalar() {
            if whole.text.text.len() + text.text.text.len() > self.budget {
                return;
            }
            if !whole.text.map.is_empty() {
                whole.text.text.push('\n');
            }
            whole.append(text);
        }
        for item in node.items() {
            if depth > 0 && whole.text.text.len() < self.budget {
                self.join(item, whole, depth - 1);
            }
        }
    }

    /// Code of a language.
    pub(super) fn code(&mut self, language: Language, code: &Template, certainty: Certainty) {
        self.guest(language, code, certainty, true);
    }

    /// A text that may be code, or may be prose: words before a program do not run it.
    pub(super) fn text(&mut self, node: &Rc<Node>, language: Language, certainty: Certainty) {
        let Some(text) = node.scalar().filter(|_| self.take(node)) else { return };
        if !text.text.text.trim().contains(char::is_whitespace) {
            return;
        }
        let mut text = text.clone();
        if !is_powershell(&text.text.text) {
            // In prose, backquotes mark up a command; they do not run it.
            text.text.text = text.text.text.replace('`', " ");
        }
        self.guest(language, &text, certainty, false);
    }

    fn guest(&mut self, language: Language, code: &Template, certainty: Certainty, may_wrap: bool) {
        if !self.may_read(code) {
            return;
        }
        let code = punch::punched(code, self.marks);
        let mut facts = self.reading.guest(&Guest { language, code, certainty });
        if !may_wrap {
            facts.commands.iter_mut().for_each(|command| command.may_wrap = false);
            // Whatever it is, its reader as data knows better which keys it has.
            if certainty == Certainty::Stored {
                facts.records.clear();
            }
        }
        self.facts.absorb(facts);
    }

    /// Whether code is read: somebody wants it, and there has not been too much before it.
    fn may_read(&mut self, code: &Template) -> bool {
        let length = code.text.text.len();
        let Some(left) = self.budget.checked_sub(length) else {
            let why = "holds more code in texts than is read, which is twice the file and 500,000 bytes";
            self.facts.omissions.push(Omission::new(code.span(0..length), why));
            return false;
        };
        let is_wanted = self.reading.wants(&code.text.text);
        if is_wanted {
            self.budget = left;
        }
        is_wanted
    }

    /// What could matter to anybody.
    pub(super) fn reading(&self) -> &'k Reading<'k> {
        self.reading
    }

    /// All of the document's file.
    pub(super) fn whole(&self) -> Span {
        Span::new(0, self.len)
    }

    /// Keys and values that belong together, and that somebody wants.
    pub(super) fn record(&mut self, record: Record) {
        if let Some(left) = self.records_left.checked_sub(1) {
            self.records_left = left;
            self.facts.records.push(record);
        }
    }

    /// A program and its words, each a value of its own.
    pub(super) fn words(&mut self, nodes: &[&Rc<Node>], certainty: Certainty) {
        nodes.iter().for_each(|node| {
            self.take(node);
        });
        // A value that is not written is no empty word.
        let written = nodes.iter().filter(|node| node.span.start < node.span.end);
        let texts: Vec<&Template> = written.filter_map(|node| node.scalar()).collect();
        if self.may_read(&template::joined(&texts, " ")) {
            let words: Vec<Template> = texts.into_iter().map(|text| punch::punched(text, self.marks)).collect();
            self.facts.absorb(self.reading.argv(&words, certainty));
        }
    }

    /// A step that is a thing with a name: an action, a task, an orb's command.
    pub(super) fn call(&mut self, path: String, span: Span, around: Span, args: Vec<Arg>) {
        let symbols = vec![Symbol { path, origin: Origin::Import }];
        let function = Span::new(0, self.len);
        let (kind, ways) = (CallKind::Call, Vec::new());
        self.facts.calls.push(Call { symbols, kind, args, span, statement: around, function, ways });
    }

    /// The entries of a mapping as named arguments.
    pub(super) fn args(&self, node: Option<&Rc<Node>>) -> Vec<Arg> {
        let entries = node.map(|node| node.entries()).unwrap_or_default();
        let arg = |entry: &crate::document::Entry| Arg {
            name: Some(entry.key.clone()),
            position: None,
            value: self.value(&entry.value, 4),
            span: entry.value.span,
        };
        entries.iter().map(arg).collect()
    }

    fn value(&self, node: &Rc<Node>, depth: usize) -> Value {
        match &node.content {
            _ if depth == 0 => Value::Dynamic { name: None },
            Content::Scalar(text) => {
                let parts = punch::punched(text, self.marks).parts();
                match &parts[..] {
                    [crate::Part::Variable(name)] => Value::Dynamic { name: Some(name.clone()) },
                    [crate::Part::Unknown] => Value::Dynamic { name: None },
                    _ => Value::Text(parts),
                }
            }
            Content::List(items) => {
                Value::List(items.iter().take(100).map(|item| self.value(item, depth - 1)).collect())
            }
            Content::Map(entries) => {
                let entry = |entry: &crate::document::Entry| (entry.key.clone(), self.value(&entry.value, depth - 1));
                Value::Map(entries.iter().take(100).map(entry).collect())
            }
        }
    }
}
