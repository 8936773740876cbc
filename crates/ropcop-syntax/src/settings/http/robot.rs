//! Suites of Robot Framework: keywords of rows, whose cells two blanks or a tab part.

use std::ops::Range;

use crate::record::Around;
use crate::record::found::Found;
use crate::text::placeholder::Mark;
use crate::text::punch::punched;
use crate::text::template::Template;
use crate::{Facts, Field, RecordKind, Span};

/// First cells of rows that only say something, in small letters.
const SAYS: [&str; 5] = ["[documentation]", "documentation", "comment", "log", "log to console"];

/// The cells of a row, with those of the lines that go on with it.
type RobotRow = Vec<Range<usize>>;

pub(super) fn facts(text: &str, mut found: Found<'_>) -> Facts {
    let mut rows: Vec<RobotRow> = Vec::new();
    let (mut at, mut keyword) = (0, 0);
    for line in text.split_inclusive('\n') {
        let start = at;
        at += line.len();
        let mut cells = cells(line.trim_end(), start);
        let Some(first) = cells.first().cloned() else { continue };
        if text[first].starts_with("...") {
            cells.remove(0);
            rows.last_mut().into_iter().for_each(|row| row.append(&mut cells));
            continue;
        }
        if !line.starts_with([' ', '\t']) {
            flush(text, &mut rows, Span::new(keyword, start), &mut found);
            keyword = start;
        }
        rows.push(cells);
    }
    flush(text, &mut rows, Span::new(keyword, text.len()), &mut found);
    found.finish()
}

/// Where the cells of a line stand that begins at `start`; a comment is none.
fn cells(line: &str, start: usize) -> RobotRow {
    let mut cells = Vec::new();
    let mut at = 0;
    while at < line.len() {
        let rest = &line[at..];
        let from = at + rest.len() - rest.trim_start().len();
        let rest = &line[from..];
        if rest.is_empty() || rest.starts_with('#') {
            break;
        }
        let length = [rest.find("  "), rest.find('\t')].into_iter().flatten().min().unwrap_or(rest.len());
        cells.push(start + from..start + from + length);
        at = from + length;
    }
    cells
}

/// Reads the rows of a keyword.
fn flush(text: &str, rows: &mut Vec<RobotRow>, keyword: Span, found: &mut Found<'_>) {
    for row in rows.drain(..) {
        let (Some(first), Some(last)) = (row.first(), row.last()) else { continue };
        if SAYS.contains(&text[first.clone()].to_lowercase().as_str()) {
            continue;
        }
        let around = Around { statement: Span::new(first.start, last.end), function: keyword };
        let fields: Vec<Field> = row.into_iter().filter_map(|cell| field(text, cell, around, found)).collect();
        found.add(RecordKind::Mapping, "", fields, around);
    }
}

/// The field that a cell is: `name=value`. Any other cell is offered as a text.
fn field(text: &str, cell: Range<usize>, around: Around, found: &mut Found<'_>) -> Option<Field> {
    let written = &text[cell.clone()];
    let named = written.split_once('=').filter(|(key, value)| {
        let is_part = |c: char| c.is_alphanumeric() || matches!(c, '_' | '-' | '.');
        // `a=b&c=d` is a text of many, `data=a=b&c=d` is one field.
        let is_text = value.find(['&', ';']).is_some_and(|end| !value[..end].contains('='));
        !key.is_empty() && key.chars().all(is_part) && !is_text
    });
    let Some((key, value)) = named else {
        match written.starts_with('{') && written.ends_with('}') {
            true => found.json(&template(written, cell.start), around),
            false => found.text(&template(written, cell.start), around),
        }
        return None;
    };
    let from = cell.end - value.len();
    let key_span = Span::new(cell.start, cell.start + key.len());
    Some(found.field((key, key_span), &template(value, from), Span::new(from, cell.end), around))
}

/// A text with holes for variables, those of the process too.
fn template(text: &str, at: usize) -> Template {
    punched(&Template::verbatim(text, at), &[Mark::Variable, Mark::Percent])
}
