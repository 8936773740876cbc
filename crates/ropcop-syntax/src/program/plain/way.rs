//! The way of an object in a language without a grammar: what its name was given last, and what the names in that were given.

use crate::{Arg, Origin, Part, Span, Step, Symbol, Value, Way};

/// Of more names in what an object is made of, the first are looked up.
const MOST_NAMES: usize = 12;
/// Of more places where a name stands, the last before the call are looked at.
const MOST_PLACES: usize = 200;
/// A longer statement is data, in bytes.
const LONGEST: usize = 2_000;

/// The way of the object on which something is called at `at`. None if the file gives it no value before.
pub(super) fn of(text: &str, path: &str, at: usize) -> Vec<Way> {
    let Some((object, _)) = path.split_once('.') else { return Vec::new() };
    let Some(made) = given(text, object, at) else { return Vec::new() };
    let mut steps: Vec<Step> = Vec::new();
    for name in names(&text[made.start..made.end]).take(MOST_NAMES) {
        if name != object && !steps.iter().any(|step| step.symbol.path == name) {
            steps.extend(given(text, name, made.start).map(|span| step(text, name, span)));
        }
    }
    steps.push(step(text, object, made));
    vec![Way { steps, open: false }]
}

/// What stands behind the last `name =` before a place.
fn given(text: &str, name: &str, before: usize) -> Option<Span> {
    let is_part = |c: Option<char>| c.is_some_and(|c| c.is_alphanumeric() || c == '_');
    if name.len() < 2 {
        return None;
    }
    text.get(..before)?.rmatch_indices(name).take(MOST_PLACES).find_map(|(at, _)| {
        let after = text[at + name.len()..].trim_start_matches([' ', '\t']);
        let value = after
            .strip_prefix(":=")
            .or_else(|| after.strip_prefix('=').filter(|rest| !rest.starts_with(['=', '>', '~'])))?;
        let is_whole = !is_part(text[..at].chars().next_back()) && !is_part(after.chars().next());
        let start = text.len() - value.len();
        is_whole.then(|| Span::new(start, start + statement(value)))
    })
}

/// The length of a statement: up to a `;`, or to a line that does not go on with it.
fn statement(text: &str) -> usize {
    let mut depth = 0_isize;
    for (at, c) in text.char_indices() {
        match c {
            '(' | '[' | '{' => depth += 1,
            ')' | ']' | '}' => depth -= 1,
            ';' if depth <= 0 => return at,
            '\n' if depth <= 0 && !goes_on(&text[at..]) => return at,
            _ => {}
        }
        if depth < 0 || at > LONGEST {
            return at;
        }
    }
    text.len()
}

/// Whether the next line begins with what joins it to the one before.
fn goes_on(text: &str) -> bool {
    text.trim_start().starts_with(['.', '-', '?', '|', '+'])
}

fn names(text: &str) -> impl Iterator<Item = &str> {
    text.split(|c: char| !c.is_alphanumeric() && c != '_').filter(|name| name.starts_with(|c: char| c.is_alphabetic()))
}

/// What a name is given, as a step that has the name.
fn step(text: &str, name: &str, span: Span) -> Step {
    let value = Value::Text(vec![Part::Text(text[span.start..span.end].trim().to_owned())]);
    let symbol = Symbol { path: name.to_owned(), origin: Origin::Unknown };
    Step { symbol, args: vec![Arg { name: None, position: Some(0), value, span }], span }
}
