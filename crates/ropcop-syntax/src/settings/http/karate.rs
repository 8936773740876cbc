//! Features of Karate: requests in steps, one form field after the other.

use crate::record::found::Found;
use crate::text::name::last_name;
use crate::text::placeholder::Mark;
use crate::text::punch::punched;
use crate::text::template::Template;
use crate::{Facts, Field, RecordKind, Span};

/// Words that begin a step.
const STEPS: [&str; 6] = ["Given", "When", "Then", "And", "But", "*"];

/// Steps that give a value to a name in the request.
const FIELDS: [&str; 3] = ["form field ", "multipart field ", "param "];

/// Expressions in texts, and the columns of examples.
const MARKS: &[Mark] = &[Mark::Embedded, Mark::Column];

pub(super) fn facts(text: &str, mut found: Found<'_>) -> Facts {
    let mut fields = Vec::new();
    let mut at = 0;
    for line in text.split_inclusive('\n') {
        let (start, content) = (at, line.trim());
        at += line.len();
        let step = STEPS.iter().find_map(|word| content.strip_prefix(word)?.strip_prefix([' ', '\t']));
        let Some(step) = step.map(str::trim_start) else {
            // A step is no more part of the request before it where another scenario begins.
            if content.ends_with(':') || content.starts_with("Scenario") {
                flush(&mut fields, &mut found);
            }
            continue;
        };
        let from = start + line.trim_end().len() - step.len();
        if let Some(rest) = FIELDS.iter().find_map(|kind| step.strip_prefix(kind)) {
            fields.extend(field(rest, from + step.len() - rest.len(), &mut found));
        } else if step.starts_with("method ") {
            flush(&mut fields, &mut found);
        } else if let Some(open) = step.find('{').filter(|_| step.ends_with('}')) {
            let around = found.whole;
            found.json(&punched(&Template::verbatim(&step[open..], from + open), MARKS), around);
        } else if let Some(open) = step.find(['\'', '"']) {
            let around = found.whole;
            found.text(&value(&step[open..], from + open), around);
        }
    }
    flush(&mut fields, &mut found);
    found.finish()
}

fn flush(fields: &mut Vec<Field>, found: &mut Found<'_>) {
    let around = found.whole;
    found.add(RecordKind::Mapping, "form", std::mem::take(fields), around);
}

/// The field in `name = 'value'`, which stands at `at`.
fn field(text: &str, at: usize, found: &mut Found<'_>) -> Option<Field> {
    let (key, given) = text.split_once('=')?;
    let written = given.trim();
    let from = at + text.len() - given.trim_start().len();
    let around = found.whole;
    let quotes = usize::from(written.len() > 1 && written.starts_with(['\'', '"']) && written.ends_with(['\'', '"']));
    let span = Span::new(from + quotes, from + written.len() - quotes);
    let key_span = Span::new(at, at + key.trim_end().len());
    Some(found.field((key.trim_end(), key_span), &value(written, from), span, around))
}

/// The texts of an expression, with holes for what stands between them.
fn value(expression: &str, at: usize) -> Template {
    let mut whole = Template::default();
    let mut from = 0;
    while from < expression.len() {
        let rest = &expression[from..];
        let start = rest.find(['\'', '"']).unwrap_or(rest.len());
        let between = rest[..start].trim_matches(|c: char| c == '+' || c.is_whitespace());
        if !between.is_empty() {
            let place = at + from + rest.find(between).unwrap_or_default();
            whole.push_hole(last_name(between), place);
            whole.text.seek(place + between.len());
        }
        let Some(quote) = rest[start..].chars().next() else { break };
        let inner = &rest[start + 1..];
        let length = inner.find(quote).unwrap_or(inner.len());
        whole.text.push(&inner[..length], at + from + start + 1);
        whole.text.seek(at + from + start + 1 + length);
        from += start + 1 + length + 1;
    }
    punched(&whole, MARKS)
}
