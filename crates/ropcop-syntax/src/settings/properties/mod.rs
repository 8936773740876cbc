//! Java properties, and files of settings that look like them.

mod line;

use crate::guest::Reading;
use crate::record::found::Found;
use crate::{Facts, RecordKind, Source, Span};

use line::PropertyLine;

/// Reads a file: all of its settings are one mapping.
pub(crate) fn facts(source: &Source, reading: &Reading<'_>) -> Facts {
    let text = &source.text;
    let mut found = Found::new(text, reading);
    let lines = line::lines(text);
    // Many formats end in `.conf`; only where settings have dots in their names, as in Spark, is it this one.
    if !source.path.contains(".conf") || lines.iter().filter(|line| line.is_setting(text)).count() * 2 > lines.len() {
        let fields = lines.iter().map(|line| field(line, text, &mut found)).collect();
        let around = found.whole;
        found.add(RecordKind::Mapping, "", fields, around);
    }
    found.finish()
}

fn field(line: &PropertyLine, text: &str, found: &mut Found<'_>) -> crate::Field {
    let key = line::unescaped(text, line.key.clone());
    let value = line::unescaped(text, line.value.clone());
    let key = (key.text.text.as_str(), Span::new(line.key.start, line.key.end));
    let around = found.whole;
    found.field(key, &value, Span::new(line.value.start, line.value.end), around)
}
