//! Files of environment variables: `.env`.

use crate::guest::Reading;
use crate::record::Around;
use crate::record::assignment;
use crate::record::found::Found;
use crate::record::lines;
use crate::text::template::Template;
use crate::{Facts, Field, RecordKind, Source};

/// Reads a file: all of its variables are one environment.
pub(crate) fn facts(source: &Source, reading: &Reading<'_>) -> Facts {
    let mut found = Found::new(&source.text, reading);
    let around = found.whole;
    let text = Template::verbatim(&source.text, 0);
    let field = |line: lines::VariableLine| {
        let key = (&source.text[line.key.clone()], text.span(line.key));
        found.field(key, &line.value, text.span(line.written), around)
    };
    let fields = lines::read(&text).set.into_iter().map(field).collect();
    found.add(RecordKind::Environment, "", fields, around);
    found.finish()
}

/// The variable that a text of its own sets: `A=b` in a list.
pub(crate) fn variable(text: &Template, found: &mut Found<'_>, around: Around) -> Option<Field> {
    let written = &text.text.text;
    let (before, value) = written.split_once('=')?;
    // What says when a variable is set: `D:A=b`, as pytest-env has it.
    let key = before.rsplit(':').next().unwrap_or(before).trim();
    let start = before.trim_end().len() - key.len();
    let from = written.len() - value.len();
    let span = text.span(from..written.len());
    let key_span = text.span(start..start + key.len());
    assignment::is_name(key).then(|| found.field((key, key_span), &text.part(from..written.len()), span, around))
}
