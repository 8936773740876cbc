//! What of the facts must not be seen: literal secrets stand as `…`.
//!
//! A report hides stretches of the source. A fact holds the text that a reader made of the source, with escapes undone and
//! constants filled in, so that a stretch alone does not tell which of its characters are secret. Each value is judged
//! before it is rendered: by its place (is it part of an expression that gives a secret?), by its name (`password: …`, `-p …`)
//! and by its text (was it hidden elsewhere?). In doubt it is hidden, since this page is pasted into reports of bugs.

use std::collections::BTreeSet;
use std::ops::Range;

use ropcop_engine::{FileFacts, Secret};
use ropcop_syntax::{Call, Command, Literals, Part, Record, Span, Value};

use crate::mask::{self, MASK};

use super::again::SecretTexts;
use super::expression::{Expressions, literals_of};
use super::name;

/// How sure it is that a value is a secret.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Verdict {
    No,
    /// It is hidden where it stands.
    Perhaps,
    /// It is hidden wherever it stands.
    Surely,
}

/// The secrets of one file.
pub(super) struct Cover<'f> {
    file: &'f FileFacts,
    /// Expressions that give a secret.
    expressions: Expressions,
    /// Arguments that name a value, as in `getenv("NAME")`.
    lookups: BTreeSet<Span>,
    /// Stretches of the source that a report hides.
    hidden: Vec<Range<usize>>,
    /// Texts that are secrets.
    texts: SecretTexts,
}

impl<'f> Cover<'f> {
    /// Looks for secrets in a file. `known` are those that rules found.
    pub(super) fn new(file: &'f FileFacts, known: &[Secret]) -> Self {
        let written = Literals::new(&file.text, file.language, &file.facts);
        let at = |range: &Range<usize>| Span::new(range.start, range.end);
        let mut hidden = mask::neighbours(&file.text, |range| written.may_hold_literals(at(range)));
        hidden.extend(known.iter().flat_map(|secret| &secret.literals).map(|span| span.start..span.end));
        let mut hidden = mask::merged(hidden);
        hidden.iter_mut().for_each(|range| *range = whole_pair(&file.text, range.clone()));
        let mut cover = Self {
            file,
            expressions: Expressions::new(file, &known.iter().map(|secret| secret.value).collect::<Vec<_>>()),
            lookups: BTreeSet::new(),
            hidden,
            texts: SecretTexts::default(),
        };
        cover.look_up();
        cover.remember();
        cover
    }

    fn look_up(&mut self) {
        let facts = &self.file.facts;
        for call in
            facts.calls.iter().filter(|call| call.symbols.iter().any(|symbol| name::looks_up(name::last(&symbol.path))))
        {
            self.lookups.extend(call.args.first().map(|arg| arg.span));
        }
        for command in &facts.commands {
            let is_option = |at: usize| name::is_option(command.words[at].known_start());
            let Some(at) = command.words.iter().position(|word| name::looks_up(word.known_start())) else { continue };
            let first = (at + 1..command.words.len()).find(|at| !is_option(*at) && !is_option(at - 1));
            let values = (1..command.words.len()).filter(|at| is_option(at - 1));
            let named = (0..=at).chain(first).chain(values);
            self.lookups.extend(named.map(|at| command.words[at].span));
        }
    }

    /// Notes the texts of all that is a secret, so that they are hidden wherever they stand.
    fn remember(&mut self) {
        let mut found = SecretParts::default();
        let file = self.file;
        for call in &file.facts.calls {
            for (index, arg) in call.args.iter().enumerate() {
                self.texts_of(&arg.value, self.arg(call, index), &mut found);
            }
        }
        for record in &file.facts.records {
            for (index, field) in record.fields.iter().enumerate() {
                self.texts_of(&field.value, self.field(record, index), &mut found);
            }
        }
        for command in &file.facts.commands {
            for (index, word) in command.words.iter().enumerate() {
                parts_of(&word.parts, self.word(command, index), &mut found);
            }
        }
        // What is only known to come from a variable is looked for where the variable gets its value.
        found.texts.extend(literals_of(&file.text, &found.names).map(|text| (text, Verdict::Surely)));
        for (text, secret) in found.texts {
            // A short text is mostly something else where it stands without its name.
            if secret == Verdict::Surely && !is_word(&text) || secret == Verdict::Perhaps && text.chars().count() >= 8 {
                self.texts.add(&text);
            }
        }
    }

    fn texts_of(&self, value: &Value, secret: Verdict, found: &mut SecretParts) {
        match value {
            Value::Text(parts) => parts_of(parts, secret, found),
            Value::Number(text) if secret == Verdict::Surely => found.texts.push((text.clone(), secret)),
            Value::Dynamic { name: Some(name) } if secret == Verdict::Surely => found.names.extend([name.clone()]),
            Value::List(items) => {
                let inner = |index| secret.max(in_list(items, index));
                items.iter().enumerate().for_each(|(index, item)| self.texts_of(item, inner(index), found));
            }
            Value::Choice(values) => values.iter().for_each(|value| self.texts_of(value, secret, found)),
            Value::Map(entries) => {
                entries.iter().for_each(|(key, value)| self.texts_of(value, entry(key, secret), found));
            }
            _ => {}
        }
    }

    /// Whether an argument is a secret.
    fn arg(&self, call: &Call, index: usize) -> Verdict {
        let arg = &call.args[index];
        match arg.name.as_deref() {
            Some(name) if name::is_secret(name) => Verdict::Surely,
            Some(name) if name::is_public(name) => Verdict::No,
            _ => self.at(arg.span),
        }
    }

    fn field(&self, record: &Record, index: usize) -> Verdict {
        let field = &record.fields[index];
        match () {
            () if name::is_secret(&field.key) => Verdict::Surely,
            () if name::is_public(&field.key) => Verdict::No,
            () => self.at(field.span),
        }
    }

    fn word(&self, command: &Command, index: usize) -> Verdict {
        let word = &command.words[index];
        let before = index.checked_sub(1).map_or("", |index| command.words[index].known_start());
        match () {
            () if name::is_option(word.known_start()) => Verdict::No,
            () if name::is_secret_option(before) => Verdict::Surely,
            // The program that gives a secret is none.
            () if index == 0 => Verdict::No,
            () => self.at(word.span),
        }
    }

    fn at(&self, span: Span) -> Verdict {
        match () {
            () if self.expressions.are_known(span) => Verdict::Surely,
            () if self.expressions.hold(span) && !self.lookups.contains(&span) => Verdict::Perhaps,
            () => Verdict::No,
        }
    }

    /// A text that is made of others, without the secrets that are known.
    pub(super) fn text(&self, text: &str) -> String {
        mask::apply(text, 0..text.len(), &self.texts.ranges(text))
    }

    /// The arguments of a call.
    pub(super) fn args(&self, call: &Call) -> Vec<String> {
        let arg = |(index, arg): (usize, &ropcop_syntax::Arg)| {
            let name = arg.name.as_ref().map_or_else(String::new, |name| format!("{name}="));
            format!("{name}{}", self.value(&arg.value, arg.span, self.arg(call, index)))
        };
        call.args.iter().enumerate().map(arg).collect()
    }

    /// The keys and values of a record.
    pub(super) fn fields(&self, record: &Record) -> Vec<String> {
        let field = |(index, field): (usize, &ropcop_syntax::Field)| {
            format!("{}: {}", field.key, self.value(&field.value, field.span, self.field(record, index)))
        };
        record.fields.iter().enumerate().map(field).collect()
    }

    /// The words of a command.
    pub(super) fn words(&self, command: &Command) -> Vec<String> {
        let word = |(index, word): (usize, &ropcop_syntax::Word)| {
            let secret = self.word(command, index);
            let shown = self.parts(&word.parts, word.span, secret);
            let before = index.checked_sub(1).map_or("", |index| command.words[index].known_start());
            super::word::masked(&shown, before)
        };
        command.words.iter().enumerate().map(word).collect()
    }

    fn value(&self, found: &Value, span: Span, secret: Verdict) -> String {
        match found {
            Value::Text(parts) => format!("\"{}\"", self.parts(parts, span, secret)),
            Value::Number(_) if secret == Verdict::Surely => MASK.to_owned(),
            Value::Number(number) => number.clone(),
            Value::Bool(truth) => truth.to_string(),
            Value::Null => "null".to_owned(),
            Value::List(items) => {
                let item = |(index, item)| self.value(item, span, secret.max(in_list(items, index)));
                format!("[{}]", items.iter().enumerate().map(item).collect::<Vec<_>>().join(", "))
            }
            Value::Choice(values) => {
                values.iter().map(|value| self.value(value, span, secret)).collect::<Vec<_>>().join(" or ")
            }
            Value::Map(entries) => {
                let entry =
                    |(key, found): &(String, Value)| format!("{key}: {}", self.value(found, span, entry(key, secret)));
                format!("{{{}}}", entries.iter().map(entry).collect::<Vec<_>>().join(", "))
            }
            Value::Symbol(symbols) => symbols.first().map_or_else(String::new, |symbol| symbol.path.clone()),
            Value::Dynamic { name: Some(name) } => format!("${{{}}}", self.name(name, span, secret)),
            Value::Dynamic { name: None } => "?".to_owned(),
        }
    }

    fn parts(&self, parts: &[Part], span: Span, secret: Verdict) -> String {
        let is_hidden = |text: &str| secret > Verdict::No && !is_harmless(text);
        let part = |part: &Part| match part {
            Part::Text(text) if is_hidden(text) => MASK.to_owned(),
            Part::Text(text) => text.clone(),
            Part::Variable(name) => format!("${{{}}}", self.name(name, span, secret)),
            Part::Output { command, variable: Some(name) } => format!("${{{name} of {command}}}"),
            Part::Output { command, variable: None } => format!("$({command})"),
            Part::Unknown => "?".to_owned(),
        };
        let shown: String = parts.iter().map(part).collect();
        if parts.iter().all(|part| part.text().is_none_or(is_hidden)) {
            shown
        } else {
            self.masked(&shown, parts, span)
        }
    }

    /// The name of a value that is not known. Where a literal is wrapped, as in `str("…")`, the literal is taken for a name.
    fn name(&self, name: &str, span: Span, secret: Verdict) -> String {
        let written = self.file.text.get(span.start..span.end).unwrap_or_default();
        let is_quoted = ["\"", "'"].iter().any(|quote| written.contains(&format!("{quote}{name}{quote}")));
        let looked_up = || self.lookups.iter().any(|lookup| span.contains(*lookup));
        if secret > Verdict::No && is_quoted && !looked_up() {
            return MASK.to_owned();
        }
        mask::apply(name, 0..name.len(), &self.texts.ranges(name))
    }

    /// A text without the secrets in it.
    fn masked(&self, shown: &str, parts: &[Part], span: Span) -> String {
        if is_harmless(shown) {
            return shown.to_owned();
        }
        let mut hidden = mask::neighbours(shown, |_| true);
        hidden.extend(self.texts.ranges(shown));
        let mut hidden = mask::merged(hidden);
        for range in hidden.iter_mut().filter(|range| shown[..range.start].ends_with('=')) {
            range.end += end_of_pair(&shown[range.end..]);
        }
        let source = self.file.text.get(span.start..span.end).unwrap_or_default();
        let is_verbatim = parts.iter().filter_map(Part::text).all(|text| source.contains(text));
        let first = self.hidden.partition_point(|range| range.end <= span.start);
        for range in self.hidden[first..].iter().take_while(|range| range.start < span.end) {
            let written = &self.file.text[range.start.max(span.start)..range.end.min(span.end)];
            match found(shown, written) {
                // Which characters it became is not known, if any.
                ranges if ranges.is_empty() && !is_verbatim => return MASK.to_owned(),
                ranges => hidden.extend(ranges),
            }
        }
        hidden.extend(super::word::made_by_machines(shown));
        hidden.sort_by_key(|range| range.start);
        mask::apply(shown, 0..shown.len(), &hidden)
    }
}

/// What secrets are made of.
#[derive(Default)]
struct SecretParts {
    texts: Vec<(String, Verdict)>,
    /// Names of variables.
    names: BTreeSet<String>,
}

fn parts_of(parts: &[Part], secret: Verdict, found: &mut SecretParts) {
    for part in parts {
        match part {
            Part::Text(text) if secret > Verdict::No && !is_harmless(text) => found.texts.push((text.clone(), secret)),
            Part::Variable(name) if secret == Verdict::Surely => found.names.extend([name.clone()]),
            _ => {}
        }
    }
}

/// A hidden stretch of source, or all of the value if it is one of a pair in a text: `"…;Password=a b;…"`.
fn whole_pair(text: &str, range: Range<usize>) -> Range<usize> {
    let line = text[..range.start].rfind('\n').map_or(0, |at| at + 1);
    let before = &text[line..range.start];
    let in_text = before.matches(['"', '\'']).count() % 2 == 1;
    let more = if before.ends_with('=') && in_text { end_of_pair(&text[range.end..]) } else { 0 };
    range.start..range.end + more
}

/// How far a value goes on behind its first word: blanks may be part of a password.
fn end_of_pair(rest: &str) -> usize {
    rest.find([';', '&', '\n', '"', '\'']).unwrap_or(rest.len())
}

/// Whether an item of a list is the value of the option before it.
fn in_list(items: &[Value], index: usize) -> Verdict {
    let before = index.checked_sub(1).and_then(|index| items[index].text()).unwrap_or_default();
    if name::is_secret_option(&before) { Verdict::Surely } else { Verdict::No }
}

fn entry(key: &str, around: Verdict) -> Verdict {
    match () {
        () if name::is_secret(key) => Verdict::Surely,
        () if name::is_public(key) => Verdict::No,
        () => around,
    }
}

/// Whether a text is no secret wherever it stands: an address, or what a permission or a switch is set to.
fn is_harmless(text: &str) -> bool {
    text.is_empty() || ["read", "write", "none", "true", "false"].contains(&text) || name::is_address(text)
}

/// Words that say no more than what a value is: they stand everywhere.
fn is_word(text: &str) -> bool {
    ["password", "secret", "token", "null", "default", "string", "text"]
        .iter()
        .any(|word| text.eq_ignore_ascii_case(word))
}

/// Where a stretch of source occurs in a text that was made of it, as it stands or with its escapes undone.
fn found(shown: &str, written: &str) -> Vec<Range<usize>> {
    let undone = [written.to_owned(), unescaped(written), written.replace("\"\"", "\"").replace("''", "'")];
    let found = undone.iter().find_map(|text| {
        let ranges: Vec<_> = shown.match_indices(text.as_str()).map(|(at, text)| at..at + text.len()).collect();
        (!ranges.is_empty()).then_some(ranges)
    });
    found.unwrap_or_default()
}

/// A text without the marks before characters that would mean something else.
fn unescaped(written: &str) -> String {
    let mut escaped = false;
    let mut text = String::new();
    for c in written.chars() {
        escaped = !escaped && (c == '\\' || c == '`');
        if !escaped {
            text.push(c);
        }
    }
    text
}
