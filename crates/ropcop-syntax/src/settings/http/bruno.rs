//! Files of Bruno: blocks with a name, each of keys and values or of a text.

use crate::record::found::Found;
use crate::text::template::Template;
use crate::{Facts, Field, RecordKind, Span};

/// Blocks that are a text and no list of keys.
const TEXTS: [&str; 7] =
    ["body", "body:json", "body:text", "body:xml", "docs", "script:pre-request", "script:post-response"];

pub(super) fn facts(text: &str, mut found: Found<'_>) -> Facts {
    let mut block: Option<BrunoBlock<'_>> = None;
    let mut at = 0;
    for line in text.split_inclusive('\n') {
        let start = at;
        at += line.len();
        let content = line.trim_end();
        if let Some(name) = content.strip_suffix('{').filter(|_| block.is_none() && !line.starts_with([' ', '\t'])) {
            block = Some(BrunoBlock { name: name.trim(), fields: Vec::new() });
        } else if content == "}" {
            let around = found.whole;
            block.take().into_iter().for_each(|block| found.add(RecordKind::Mapping, block.name, block.fields, around));
        } else if let Some(block) = &mut block {
            block.read(content, start, &mut found);
        }
    }
    found.finish()
}

struct BrunoBlock<'t> {
    name: &'t str,
    fields: Vec<Field>,
}

impl BrunoBlock<'_> {
    /// Reads a line that begins at `start`; one with a `~` is switched off.
    fn read(&mut self, line: &str, start: usize, found: &mut Found<'_>) {
        let around = found.whole;
        let content = line.trim_start();
        let from = start + line.len() - content.len();
        if TEXTS.contains(&self.name) {
            found.text(&Template::verbatim(content, from), around);
            return;
        }
        let Some((key, value)) = content.split_once(':').filter(|_| !content.starts_with(['~', '#'])) else { return };
        let value = value.trim_start();
        let place = start + line.len() - value.len();
        let key_span = Span::new(from, from + key.len());
        let span = Span::new(place, place + value.len());
        self.fields.push(found.field((key.trim_end(), key_span), &Template::verbatim(value, place), span, around));
    }
}
