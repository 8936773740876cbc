//! Calls, as far as a language without a grammar shows them: a name before `(`, and what stands between commas.

use crate::guest::Reading;
use crate::{Arg, Call, CallKind, Origin, Span, Symbol, Value};

/// Longer names are nobody's, in bytes.
const LONGEST: usize = 200;

/// More arguments are data.
const MOST_ARGS: usize = 100;

/// Words behind which a name is defined, not called.
const DEFINING: [&str; 7] = ["function", "fn", "func", "fun", "def", "sub", "defp"];

/// Names of what gives back the text that it is given.
const PASSING: [&str; 8] = ["new", "from", "to_string", "to_owned", "into", "String", "to_s", "freeze"];

/// What is called, once its bracket is open.
pub(super) struct Callee {
    /// Its parts with dots between: `Provider.new`, `Builder.create().build`.
    pub(super) path: String,
    span: Span,
    /// Somebody wants the call.
    pub(super) is_wanted: bool,
    args: Vec<Arg>,
    positions: usize,
}

/// The call whose bracket was closed last: what comes behind it may be called on it.
#[derive(Default)]
pub(super) struct Last {
    path: String,
    /// Where the next token begins, once it is seen.
    next: Option<usize>,
}

impl Last {
    pub(super) fn of(callee: &Callee) -> Self {
        let path = if callee.path.len() > LONGEST { String::new() } else { callee.path.clone() };
        Self { path, next: None }
    }

    /// Sees a token.
    pub(super) fn see(&mut self, start: usize) {
        self.next.get_or_insert(start);
    }
}

impl Callee {
    /// What is called where a bracket opens; none if nothing is.
    pub(super) fn before(text: &str, open: usize, last: &Last, reading: &Reading<'_>) -> Option<Self> {
        let start = start(text, open);
        let written = &text[start..open];
        let is_named = written.ends_with(|c: char| c.is_alphanumeric() || "_?!".contains(c));
        if !is_named || defines(&text[..start]) {
            return None;
        }
        let parts = written.replace("::", ".").replace("->", ".").replace(['$', '@', '&'], "");
        // `).name(`, also on a line of its own.
        let path = match parts.strip_prefix('.') {
            Some(name) if last.next == Some(start) && !last.path.is_empty() => format!("{}().{name}", last.path),
            Some(name) => name.to_owned(),
            None => parts,
        };
        let begin = start + (written.len() - written.trim_start_matches(['.', ':', '-', '>', '&']).len());
        Some(Self {
            is_wanted: reading.wants(&path),
            path,
            span: Span::new(begin, open),
            args: Vec::new(),
            positions: 0,
        })
    }

    /// Whether the text that it is given is what it gives back.
    pub(super) fn passes(&self) -> bool {
        passes(self.path.rsplit('.').next().unwrap_or_default())
    }

    /// The only argument.
    pub(super) fn only(&self) -> Option<(&Value, Span)> {
        match &self.args[..] {
            [only] => Some((&only.value, only.span)),
            _ => None,
        }
    }

    pub(super) fn argue(&mut self, name: Option<String>, value: Value, span: Span) {
        let position = name.is_none().then_some(self.positions);
        self.positions += usize::from(name.is_none());
        if self.args.len() < MOST_ARGS {
            self.args.push(Arg { name, position, value, span });
        }
    }

    /// The call, in a stretch of the file that holds the statement.
    pub(super) fn call(self, statement: Span, function: Span) -> Call {
        Call {
            symbols: vec![Symbol { path: self.path, origin: Origin::Unknown }],
            kind: CallKind::Call,
            args: self.args,
            span: self.span,
            statement,
            function,
            ways: Vec::new(),
        }
    }
}

/// Whether what has this name gives back the text that it is given.
pub(super) fn passes(name: &str) -> bool {
    PASSING.contains(&name)
}

/// Where the name before a bracket begins: `$this->client.get`, `A::B.new`.
fn start(text: &str, open: usize) -> usize {
    let mut start = open;
    for (at, c) in text[..open].char_indices().rev() {
        let is_arrow = (c == '>' && text[..at].ends_with('-')) || (c == '-' && text[at..].starts_with("->"));
        let is_part = c.is_alphanumeric() || "_$@.:".contains(c) || is_arrow || ("?!".contains(c) && at + 1 == open);
        if !is_part || open - at > LONGEST {
            break;
        }
        start = at;
    }
    start
}

/// Whether the word at the end of a text begins a definition.
fn defines(before: &str) -> bool {
    let before = before.trim_end_matches([' ', '\t']);
    let word = before.len() - before.chars().rev().take_while(|c| c.is_alphabetic()).map(char::len_utf8).sum::<usize>();
    DEFINING.iter().any(|defining| before[word..].eq_ignore_ascii_case(defining))
}
