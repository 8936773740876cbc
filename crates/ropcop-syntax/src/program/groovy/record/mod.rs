//! Records in Groovy: the variables of stages and steps, forms and connection strings in texts, maps.

mod credential;

use std::collections::HashMap;

use crate::guest::Reading;
use crate::record::assignment::{self, MOST_FIELDS};
use crate::record::{self, Around, is_wanted, text};
use crate::text::template::Template;
use crate::{Field, Record, RecordKind, Span, Value};

use super::token::{Kind, Piece, Token};

/// Steps that start something, which gets the variables.
const STEPS: &[&str] = &["sh", "bat", "powershell", "pwsh", "sshCommand"];
/// So many variables are handed down to blocks.
const MOST_INHERITED: usize = 50_000;

/// All records of a file.
pub(super) fn records(text: &str, tokens: &[Token], reading: &Reading<'_>) -> Vec<Record> {
    let mut reader = Reader {
        text,
        tokens,
        reading,
        ends: ends(tokens),
        open: Vec::new(),
        blocks: vec![Block::default()],
        left: MOST_INHERITED,
        found: Vec::new(),
    };
    for at in 0..tokens.len() {
        reader.token(at);
    }
    while !reader.blocks.is_empty() {
        reader.close();
    }
    reader.found
}

/// A block in braces, or the file.
#[derive(Default)]
struct Block {
    fields: Vec<Field>,
    /// Something is started in it that no block inside it with variables of its own has.
    starts: bool,
    /// A block inside it has variables of its own.
    has_inner: bool,
}

struct Reader<'t, 'k> {
    text: &'t str,
    tokens: &'t [Token],
    reading: &'k Reading<'k>,
    /// Where brackets close, by where they open.
    ends: HashMap<usize, usize>,
    /// The brackets around.
    open: Vec<usize>,
    blocks: Vec<Block>,
    left: usize,
    found: Vec<Record>,
}

impl Reader<'_, '_> {
    fn token(&mut self, at: usize) {
        let token = &self.tokens[at];
        match &token.kind {
            Kind::Sign("{") => {
                self.open.push(at);
                self.blocks.push(Block::default());
                self.header(at);
            }
            Kind::Sign("}") if self.open.last().is_some_and(|open| self.tokens[*open].is("{")) => {
                self.close();
                self.open.pop();
            }
            Kind::Sign("(" | "[") if self.ends.contains_key(&at) => {
                self.mapping(at);
                self.open.push(at);
            }
            Kind::Sign(")" | "]") => {
                let is_open = self.open.last().is_some_and(|open| self.ends.get(open) == Some(&at));
                if is_open {
                    self.open.pop();
                }
            }
            Kind::Name(name) if STEPS.contains(&name.as_str()) => self.block().starts = true,
            Kind::Name(name) if name == "env" => self.assigned_in_script(at),
            Kind::Text(pieces) => self.string(at, pieces),
            _ => {}
        }
    }

    fn block(&mut self) -> &mut Block {
        if self.blocks.is_empty() {
            self.blocks.push(Block::default());
        }
        let last = self.blocks.len() - 1;
        &mut self.blocks[last]
    }

    /// What stands before the brace at `at`: `environment {`, `withEnv([…]) {`, `withCredentials([…]) {`.
    fn header(&mut self, at: usize) {
        let Some(before) = at.checked_sub(1).map(|before| &self.tokens[before]) else { return };
        if before.is_name("environment") {
            let fields = self.environment(at);
            // They are those of what is around.
            let outer = self.blocks.len().saturating_sub(2);
            self.blocks[outer].fields.extend(fields);
            return;
        }
        let close = at - 1;
        let Some(open) = before.is(")").then(|| self.opening(close)).flatten() else { return };
        let Some(name) = open.checked_sub(1).and_then(|name| self.tokens[name].name()) else { return };
        let inside = &self.tokens[open + 1..close];
        let fields = match name {
            "withEnv" => inside.iter().filter_map(|token| pair(token, self.text)).collect(),
            "withCredentials" => credential::variables(inside),
            _ => Vec::new(),
        };
        self.block().fields.extend(fields);
    }

    /// Where the bracket opens that closes here.
    fn opening(&self, close: usize) -> Option<usize> {
        let Kind::Sign(")") = self.tokens[close].kind else { return None };
        self.ends.get(&close).copied()
    }

    /// The assignments in `environment { … }`.
    fn environment(&self, open: usize) -> Vec<Field> {
        let end = self.ends.get(&open).copied().unwrap_or(self.tokens.len());
        let mut fields = Vec::new();
        for at in open + 1..end.saturating_sub(2) {
            let starts = self.tokens[at - 1].is_newline() || at == open + 1 || self.tokens[at - 1].is(";");
            let is_assignment = starts && self.tokens[at + 1].is("=");
            if let (true, Some(name)) = (is_assignment && fields.len() < MOST_FIELDS, self.tokens[at].name()) {
                fields.push(self.assignment(name, self.tokens[at].span, at + 2));
            }
        }
        fields
    }

    /// `env.NAME = value`.
    fn assigned_in_script(&mut self, at: usize) {
        let (Some(dot), Some(name), Some(sign)) =
            (self.tokens.get(at + 1), self.tokens.get(at + 2), self.tokens.get(at + 3))
        else {
            return;
        };
        if let (true, Some(key)) = (dot.is(".") && sign.is("=") && at + 4 < self.tokens.len(), name.name()) {
            let field = self.assignment(key, name.span, at + 4);
            // It holds from here on, wherever that is.
            if let Some(file) = self.blocks.first_mut().filter(|file| file.fields.len() < MOST_FIELDS) {
                file.fields.push(field);
            }
        }
    }

    /// A key with the value that begins at a token and ends with the line.
    fn assignment(&self, name: &str, key_span: Span, at: usize) -> Field {
        let rest = self.tokens[at..].iter().take(200);
        let line: Vec<&Token> =
            rest.take_while(|token| !(token.is_newline() || token.is(";") || token.is("}") || token.is(","))).collect();
        let (value, span) = value(&line, self.text);
        Field { key: name.to_owned(), value, key_span, span }
    }

    /// The end of a block.
    fn close(&mut self) {
        let Some(block) = self.blocks.pop() else { return };
        let has_own = !block.fields.is_empty();
        if has_own && (block.starts || !block.has_inner) {
            self.emit(block.fields);
        }
        if let Some(outer) = self.blocks.last_mut() {
            outer.has_inner |= has_own || block.has_inner;
            outer.starts |= block.starts && !has_own;
        }
    }

    fn emit(&mut self, own: Vec<Field>) {
        let place = own.iter().map(|field| field.key_span.to(field.span)).reduce(Span::to).unwrap_or_default();
        let outer: usize = self.blocks.iter().map(|block| block.fields.len() + 1).sum();
        let mut fields = Vec::new();
        if let Some(left) = self.left.checked_sub(outer) {
            self.left = left;
            fields.extend(self.blocks.iter().flat_map(|block| block.fields.iter().cloned()));
        }
        fields.extend(own);
        let around = Around { statement: place, function: self.function() };
        let record = record::command::record(fields, around, RecordKind::Environment);
        self.found.extend(record.filter(|record| is_wanted(record, self.reading)));
    }

    /// The innermost block, or the file.
    fn function(&self) -> Span {
        let open = self.open.iter().rev().find(|open| self.tokens[**open].is("{"));
        let close = open.and_then(|open| Some((open, self.ends.get(open)?)));
        close
            .map_or(Span::new(0, self.text.len()), |(open, close)| self.tokens[*open].span.to(self.tokens[*close].span))
    }

    /// The outermost bracket around that no brace is around, or the line.
    fn statement(&self, at: usize) -> Span {
        let own = self.open.iter().rev().take_while(|open| !self.tokens[**open].is("{")).last();
        let (start, end) = own.map_or((at, at), |open| (*open, self.ends.get(open).copied().unwrap_or(*open)));
        let is_end = |token: &&Token| !(token.is_newline() || token.is("{") || token.is("}"));
        let before = self.tokens[..start].iter().rev().take(100).take_while(is_end).last();
        let behind = self.tokens[end..].iter().take(100).take_while(is_end).last();
        let place = self.tokens[start].span.to(self.tokens[end].span);
        [before, behind].into_iter().flatten().fold(place, |place, token| place.to(token.span))
    }

    fn string(&mut self, at: usize, pieces: &[Piece]) {
        let has_pair = |piece: &Piece| matches!(piece, Piece::Known(text) if text.text.contains('='));
        if !pieces.iter().any(has_pair) || self.is_script(at) {
            return;
        }
        let around = Around { statement: self.statement(at), function: self.function() };
        self.found.extend(text::wanted(&template(pieces), around, self.reading));
    }

    /// Whether a string is the script of a step, which is read as such.
    fn is_script(&self, at: usize) -> bool {
        let before = self.tokens[..at].iter().rev().take(6);
        let mut before = before.skip_while(|token| token.is("(") || token.is(":") || token.is_newline());
        let is_step = |token: &Token| token.name().is_some_and(|name| STEPS.contains(&name));
        match before.next() {
            Some(token) if token.is_name("script") || token.is_name("command") => true,
            Some(token) => is_step(token),
            None => false,
        }
    }

    /// `[key: value, …]`, `call(key: value, …)`.
    fn mapping(&mut self, open: usize) {
        let end = self.ends.get(&open).copied().unwrap_or(open);
        let mut fields = Vec::new();
        let mut at = open + 1;
        while at + 2 < end && fields.len() < MOST_FIELDS {
            let (token, sign) = (&self.tokens[at], &self.tokens[at + 1]);
            let key = match &token.kind {
                Kind::Name(name) => Some((name.clone(), token.span)),
                Kind::Text(pieces) => match &pieces[..] {
                    [Piece::Known(text)] => Some((text.text.clone(), inner(token, self.text))),
                    _ => None,
                },
                _ => None,
            };
            let value_end = self.end_of_value(at, end);
            if let (Some((key, key_span)), true) = (key, sign.is(":")) {
                let tokens: Vec<&Token> = self.tokens[at + 2..value_end].iter().take(200).collect();
                let (value, span) = value(&tokens, self.text);
                fields.push(Field { key, value, key_span, span });
            } else if fields.is_empty() && !token.is_newline() {
                return;
            }
            at = value_end + 1;
        }
        let around = Around { statement: self.statement(open), function: self.function() };
        let record = record::command::record(fields, around, RecordKind::Mapping);
        self.found.extend(record.filter(|record| is_wanted(record, self.reading)));
    }

    /// The comma behind a value, or the end of what is around.
    fn end_of_value(&self, start: usize, end: usize) -> usize {
        let mut at = start;
        while at < end && !self.tokens[at].is(",") && !(at == start && self.tokens[at].is_newline()) {
            let opens = ["(", "[", "{"].iter().any(|sign| self.tokens[at].is(sign));
            at = self.ends.get(&at).copied().filter(|_| opens).unwrap_or(at) + 1;
        }
        at.min(end)
    }
}

/// Where brackets close by where they open, and the other way round.
fn ends(tokens: &[Token]) -> HashMap<usize, usize> {
    let mut ends = HashMap::new();
    let mut open: Vec<usize> = Vec::new();
    for (at, token) in tokens.iter().enumerate() {
        let Kind::Sign(sign) = token.kind else { continue };
        let opening = match sign {
            "(" | "[" | "{" => {
                open.push(at);
                continue;
            }
            ")" => "(",
            "]" => "[",
            "}" => "{",
            _ => continue,
        };
        if let Some(start) = open.pop_if(|start| tokens[*start].is(opening)) {
            ends.insert(start, at);
            ends.insert(at, start);
        }
    }
    ends
}

/// `"NAME=value"`.
fn pair(token: &Token, text: &str) -> Option<Field> {
    let Kind::Text(pieces) = &token.kind else { return None };
    let template = template(pieces);
    let field = assignment::assignment(&template, 0..template.text.text.len(), assignment::is_name)?;
    let is_empty = template.text.text.ends_with('=') && field.key.len() + 1 == template.text.text.len();
    let behind = inner(token, text).end;
    Some(if is_empty {
        Field { value: Value::Text(Vec::new()), span: Span::new(behind, behind), ..field }
    } else {
        field
    })
}

/// A value: a string, or something that has the last name in it.
fn value(tokens: &[&Token], text: &str) -> (Value, Span) {
    if let [Token { kind: Kind::Text(pieces), .. }] = tokens {
        let span = inner(tokens[0], text);
        let known = template(pieces).parts();
        return (if known.is_empty() { Value::Text(known) } else { Value::of_parts(known) }, span);
    }
    let place = tokens.iter().map(|token| token.span).reduce(Span::to).unwrap_or_default();
    let quoted = tokens.iter().find_map(|token| match &token.kind {
        Kind::Text(pieces) => template(pieces).known().map(str::to_owned),
        _ => None,
    });
    let name = || tokens.iter().rev().find_map(|token| token.name()).map(str::to_owned);
    (Value::Dynamic { name: quoted.or_else(name) }, place)
}

/// A string without its quotes.
fn inner(token: &Token, text: &str) -> Span {
    let written = text.get(token.span.start..token.span.end).unwrap_or_default();
    let quotes = ["'''", "\"\"\"", "'", "\"", "/", "$/"];
    let length = quotes.iter().find(|quote| written.starts_with(**quote)).map_or(0, |quote| quote.len());
    let fits = written.len() >= length * 2;
    if fits { Span::new(token.span.start + length, token.span.end - length) } else { token.span }
}

/// A string with holes.
fn template(pieces: &[Piece]) -> Template {
    let mut whole = Template::default();
    for piece in pieces {
        match piece {
            Piece::Known(text) => whole.text.append(text),
            Piece::Hole(tokens, span) => {
                let name = tokens.iter().rev().find_map(Token::name).map(str::to_owned);
                whole.push_hole(name, span.start);
                whole.text.seek(span.end);
            }
        }
    }
    whole
}
