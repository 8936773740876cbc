//! Keys and values in brackets: `['a' => 'b']`, `{a: 'b'}`, `list(a = "b")`, `[("a", "b")]`, `x["a"] = "b"`.

use std::ops::Range;

use super::call::{self, Callee, Last};
use super::lexer::{PlainLexer, PlainToken};
use super::way;
use crate::guest::Reading;
use crate::record::Around;
use crate::record::found::Found;
use crate::text::punch::filled;
use crate::text::template::Template;
use crate::{Call, Facts, Field, RecordKind, Span, Value};

/// Brackets nested deeper are not told apart.
const DEEPEST: usize = 200;

/// Longer texts are no keys, in bytes.
const LONGEST_KEY: usize = 200;

/// More calls that matter than people write in one file: the others are left out.
const MOST_CALLS: usize = 5_000;

/// Words that begin a function.
const FUNCTIONS: [&str; 4] = ["function", "fn", "func", "fun"];

/// Reads the tokens of a program.
pub(super) struct TokenWalk<'t> {
    text: &'t str,
    found: Found<'t>,
    reading: &'t Reading<'t>,
    frames: Vec<Frame>,
    last: Last,
    /// Whether what came last says that a `{` begins a block, not a value.
    before_block: bool,
    /// Whether a function is named and its block is still to come.
    names_function: bool,
    /// Where the line begins.
    line: usize,
}

/// A bracket that is open, or the file.
#[derive(Default)]
struct Frame {
    open: usize,
    /// Where the line begins on which it is opened.
    line: usize,
    /// Holds statements, not values.
    is_block: bool,
    /// The first line of a block names a function.
    is_function: bool,
    fields: Vec<Field>,
    /// What is called with what stands in it.
    callee: Option<Callee>,
    entry: BracketItem,
    /// The first entries, if they are values without keys.
    values: Vec<Option<Field>>,
    /// Records in it that wait for the end of the statement.
    first_record: usize,
}

/// What stands between two commas.
#[derive(Default)]
struct BracketItem {
    tokens: usize,
    key: Option<(String, Span)>,
    /// An arrow or its like stands behind the key.
    given: bool,
    value: Option<Value>,
    value_tokens: usize,
    span: Option<Span>,
    /// The value as an argument, where more is known of it: a text that is passed through, an array.
    arg: Option<(Value, Span)>,
}

impl<'t> TokenWalk<'t> {
    pub(super) fn new(text: &'t str, found: Found<'t>, reading: &'t Reading<'t>) -> Self {
        let frames = vec![Frame { is_block: true, ..Frame::default() }];
        Self {
            text,
            found,
            reading,
            frames,
            last: Last::default(),
            before_block: false,
            names_function: false,
            line: 0,
        }
    }

    pub(super) fn read(mut self, mut lexer: PlainLexer<'t>) -> Facts {
        for (token, range) in &mut lexer {
            if !matches!(token, PlainToken::Line) {
                self.last.see(range.start);
            }
            match token {
                PlainToken::Open => self.open(range.clone()),
                PlainToken::Close => self.close(range.clone()),
                PlainToken::Ends => self.end_entry(),
                PlainToken::Line => {
                    self.line = range.end;
                    if !self.frame().is_block {
                        continue;
                    }
                    self.end_entry();
                }
                PlainToken::Text(ref text) => self.text(text, range.clone()),
                PlainToken::Word => self.word(range.clone()),
                PlainToken::Gives(sign) => self.gives(sign),
                PlainToken::Other => self.count(Span::new(range.start, range.end)),
            }
            // `if (x) {`, `else {`, `|x| {` begin blocks; `= {`, `, {`, `({` do not.
            self.before_block = matches!(token, PlainToken::Close | PlainToken::Word | PlainToken::Other);
        }
        while self.frames.len() > 1 {
            self.close(self.text.len()..self.text.len());
        }
        self.end_entry();
        let all = self.found.whole;
        self.frames.pop().into_iter().for_each(|file| self.found.add(RecordKind::Mapping, "", file.fields, all));
        self.found.facts.literals = lexer.literals;
        self.found.finish()
    }

    fn frame(&mut self) -> &mut Frame {
        if self.frames.is_empty() {
            self.frames.push(Frame::default());
        }
        let last = self.frames.len() - 1;
        &mut self.frames[last]
    }

    fn open(&mut self, range: Range<usize>) {
        self.count(Span::new(range.start, range.end));
        let is_block = self.before_block && self.text[range.clone()].starts_with('{') && self.frame().is_block;
        let is_function = is_block && std::mem::take(&mut self.names_function);
        let first_record = self.found.facts.records.len();
        if self.frames.len() < DEEPEST {
            let line = self.line;
            let open = range.start;
            let is_call = self.text[range].starts_with('(');
            let callee = is_call.then(|| Callee::before(self.text, open, &self.last, self.reading)).flatten();
            self.frames.push(Frame { open, line, is_block, is_function, first_record, callee, ..Frame::default() });
        }
    }

    fn close(&mut self, range: Range<usize>) {
        self.end_entry();
        if self.frames.len() < 2 {
            return;
        }
        let Some(mut frame) = self.frames.pop() else { return };
        let span = Span::new(frame.open, range.end);
        self.end_call(&mut frame, span);
        let around = Around { statement: span, function: self.found.whole.function };
        self.found.add(RecordKind::Mapping, "", frame.fields, around);
        // All that stands in the outermost bracket of a statement belongs together.
        if frame.is_function || (self.frame().is_block && !frame.is_block) {
            for record in &mut self.found.facts.records[frame.first_record..] {
                match frame.is_function {
                    true if record.function == self.found.whole.function => record.function = span,
                    true => {}
                    false => record.statement = Span::new(frame.line, range.end),
                }
            }
        }
        let is_index = self.text[frame.open..].starts_with('[');
        self.take(frame.values, is_index, span);
    }

    /// A bracket is closed that may be that of a call, or an argument of one.
    fn end_call(&mut self, frame: &mut Frame, span: Span) {
        let whole = self.found.whole.function;
        let parent = self.frame();
        if parent.callee.is_some() {
            let passed = frame.callee.as_ref().filter(|callee| callee.passes()).and_then(Callee::only);
            match passed {
                Some((value, at)) => parent.entry.arg = Some((value.clone(), at)),
                None if frame.fields.is_empty() => {}
                None => {
                    let entry = |field: &Field| (field.key.clone(), field.value.clone());
                    parent.entry.arg = Some((Value::Map(frame.fields.iter().map(entry).collect()), span));
                }
            }
        }
        let Some(callee) = frame.callee.take() else { return };
        self.last = Last::of(&callee);
        if callee.is_wanted && self.found.facts.calls.len() < MOST_CALLS {
            let follows = self.reading.follows(&callee.path);
            let ways = if follows { way::of(self.text, &callee.path, frame.open) } else { Vec::new() };
            let call = callee.call(Span::new(frame.line.min(span.start), span.end), whole);
            self.found.facts.calls.push(Call { ways, ..call });
        }
    }

    /// What the values in a bracket are to what stands around it.
    fn take(&mut self, values: Vec<Option<Field>>, is_index: bool, span: Span) {
        let parent = self.frame();
        match &values[..] {
            [Some(only)] if !parent.entry.given => {
                // `x["a"] = "b"`, and `getenv("a")` as a value.
                let key = only.value.text().filter(|_| is_index);
                parent.entry.key = key.map(|key| (key, only.span));
                parent.entry.tokens = if parent.entry.key.is_some() { 1 } else { 2 };
            }
            [Some(only)] => parent.entry.value = Some(Value::Dynamic { name: only.value.text() }),
            [Some(key), Some(value)] => {
                let Some(text) = key.value.text() else { return };
                parent.fields.push(Field { key: text, key_span: key.span, ..value.clone() });
            }
            _ => {}
        }
        if let Some(whole) = &mut parent.entry.span {
            *whole = whole.to(span);
        }
    }

    fn text(&mut self, text: &Template, range: Range<usize>) {
        let text = filled(text);
        let around = Around { statement: Span::new(self.line, range.end), ..self.found.whole };
        self.found.text(&text, around);
        let span = text.span(0..text.text.text.len());
        let entry = &mut self.frame().entry;
        if entry.tokens == 0 && !entry.given {
            let is_key = |key: &&str| key.len() <= LONGEST_KEY && !key.contains('\n');
            entry.key = text.known().filter(is_key).map(|key| (key.to_owned(), span));
        }
        let value = Value::of_parts(text.parts());
        entry.arg = (entry.value_tokens == 0).then(|| (value.clone(), span));
        self.value(value, span);
    }

    fn word(&mut self, range: Range<usize>) {
        self.names_function |= FUNCTIONS.contains(&&self.text[range.clone()]);
        let name = self.text[range.clone()].trim_start_matches(['$', '@']).to_owned();
        let span = Span::new(range.start, range.end);
        let entry = &mut self.frame().entry;
        if entry.tokens == 0 && !entry.given {
            entry.key = Some((name.clone(), span));
        }
        if !call::passes(&name) {
            entry.arg = None;
        }
        let value = match name.as_str() {
            "true" | "True" => Value::Bool(true),
            "false" | "False" => Value::Bool(false),
            "null" | "nil" | "NULL" | "None" | "Nothing" => Value::Null,
            _ if name.starts_with(|c: char| c.is_ascii_digit()) => Value::Number(name),
            _ => Value::Dynamic { name: Some(name) },
        };
        self.value(value, span);
    }

    /// A value of the entry; of several, the last has the name.
    fn value(&mut self, value: Value, span: Span) {
        let entry = &mut self.frame().entry;
        let value = match value {
            value if entry.value_tokens == 0 => Some(value),
            Value::Dynamic { name } => Some(Value::Dynamic { name }),
            _ => Some(Value::Dynamic { name: None }),
        };
        entry.value = value;
        self.count(span);
    }

    fn count(&mut self, span: Span) {
        let entry = &mut self.frame().entry;
        entry.tokens += 1;
        entry.value_tokens += 1;
        entry.span = Some(entry.span.map_or(span, |before| before.to(span)));
    }

    fn gives(&mut self, sign: char) {
        let text = self.text;
        let frame = self.frame();
        let (is_block, entry) = (frame.is_block, &mut frame.entry);
        if entry.tokens == 0 && sign == ':' {
            // A symbol of Ruby.
            return;
        }
        let is_text = entry.key.as_ref().is_some_and(|(_, span)| {
            text[..span.start].ends_with(['"', '\'']) && text[span.end..].starts_with(['"', '\''])
        });
        // `a = "b"` among statements is a variable, `a: "b"` a label or a type.
        let is_given = entry.key.is_some() && entry.tokens == 1 && !entry.given && (is_text || !is_block);
        if is_given {
            *entry = BracketItem { key: entry.key.take(), given: true, ..BracketItem::default() };
        } else {
            entry.tokens += 1;
            entry.value_tokens += 1;
        }
    }

    fn end_entry(&mut self) {
        let frame = self.frame();
        let mut entry = std::mem::take(&mut frame.entry);
        argue(frame, &mut entry);
        let (Some(span), Some(value)) = (entry.span, entry.value) else {
            if entry.tokens > 0 && frame.values.len() < 3 {
                frame.values.push(None);
            }
            return;
        };
        let field = |key: String, key_span: Span| Field { key, key_span, value: value.clone(), span };
        match entry.key {
            Some((key, key_span)) if entry.given => frame.fields.push(field(key, key_span)),
            _ if frame.values.len() < 3 => frame.values.push(Some(field(String::new(), span))),
            _ => {}
        }
    }
}

/// What stands between two commas is an argument, if the bracket is that of a call.
fn argue(frame: &mut Frame, entry: &mut BracketItem) {
    let Some(callee) = &mut frame.callee else { return };
    let (Some(span), arg) = (entry.span, entry.arg.take()) else { return };
    let name = entry.key.as_ref().filter(|_| entry.given).map(|(name, _)| name.clone());
    match arg {
        Some((value, at)) => callee.argue(name, value, at),
        None => callee.argue(name, entry.value.clone().unwrap_or(Value::Dynamic { name: None }), span),
    }
}
