//! Requests for clients in editors and in tests: `.http` and `.rest` files, those of Bruno, Karate and Robot Framework.

mod bruno;
mod karate;
mod request;
mod robot;

use std::collections::BTreeMap;
use std::ops::Range;

use crate::guest::Reading;
use crate::record::Around;
use crate::record::found::Found;
use crate::text::placeholder::Mark;
use crate::text::punch::{self, Placeholder};
use crate::text::template::Template;
use crate::{Facts, Source, Span};

/// Reads a file.
pub(crate) fn facts(source: &Source, reading: &Reading<'_>) -> Facts {
    let found = Found::new(&source.text, reading);
    match source.path.rsplit_once('.').map(|(_, extension)| extension) {
        Some("bru") => bruno::facts(&source.text, found),
        Some("feature") => karate::facts(&source.text, found),
        Some("robot") => robot::facts(&source.text, found),
        _ => requests(&source.text, found),
    }
}

fn requests(text: &str, mut found: Found<'_>) -> Facts {
    let requests = request::requests(text);
    let variables: RequestVariables<'_> = requests.iter().flat_map(|request| &request.variables).cloned().collect();
    for request in requests {
        let span = Span::new(request.span.start, request.span.end);
        let around = Around { statement: span, function: span };
        for part in [request.line, request.body] {
            let before = found.facts.records.len();
            found.text(&substituted(text, &part, &variables), around);
            // A value may stand where its variable is set, and the record does not.
            for record in &mut found.facts.records[before..] {
                let keys = record.fields.iter().map(|field| field.key_span);
                let all =
                    keys.chain(record.fields.iter().map(|field| field.span)).filter(|place| span.contains(*place));
                record.span = all.reduce(Span::to).unwrap_or(span);
            }
        }
    }
    found.finish()
}

/// Variables of a file: names, and where their values stand.
type RequestVariables<'t> = BTreeMap<&'t str, Range<usize>>;

/// What clients fill in.
const MARKS: &[Mark] = &[Mark::Braces];

/// Variables are not filled in further than this, in bytes.
const LONGEST: usize = 20_000;

/// The text with the values of variables, which stand where they are given; what is not known is a hole.
fn substituted(text: &str, part: &Template, variables: &RequestVariables<'_>) -> Template {
    let written = &part.text.text;
    let mut whole = Template::default();
    let mut at = 0;
    for Placeholder { range: Range { start, end }, inside, .. } in punch::found(written, MARKS) {
        let value = variables.get(written[inside].trim());
        let Some(value) = value.filter(|_| whole.text.text.len() < LONGEST) else { continue };
        whole.append(&part.part(at..start));
        whole.text.push(&text[value.clone()], value.start);
        whole.text.seek(part.text.host(end));
        at = end;
    }
    whole.append(&part.part(at..written.len()));
    punch::punched(&whole, MARKS)
}
