//! Strings and here-documents of Ruby.

use std::ops::Range;

use crate::text::placeholder::Mark;
use crate::text::punch::punched;
use crate::text::template::Template;

/// A text and how it is written.
pub(super) struct RubyText {
    range: Range<usize>,
    /// Escapes and `#{…}` mean something.
    expands: bool,
}

/// A here-document.
pub(super) struct RubyHereDocument {
    pub(super) body: RubyText,
    pub(super) tag: String,
    /// Where the file goes on.
    pub(super) behind: usize,
}

impl RubyText {
    /// The string at the start of a range.
    pub(super) fn string(text: &str, range: Range<usize>) -> Option<Self> {
        let quote = text[range.clone()].chars().next().filter(|c| matches!(c, '"' | '\''))?;
        let mut escaped = false;
        let end = text[range.start + 1..].char_indices().find(|(_, c)| {
            let ends = *c == quote && !escaped;
            escaped = *c == '\\' && !escaped;
            ends
        });
        let end = end.map_or(range.end, |(index, _)| range.start + 1 + index);
        Some(Self { range: range.start + 1..end, expands: quote == '"' })
    }

    /// The text with escapes undone and holes for what is put in.
    pub(super) fn template(&self, text: &str) -> Template {
        let Range { start, end } = self.range;
        if !self.expands {
            return Template::verbatim(&text[start..end], start);
        }
        let mut template = Template::default();
        let mut plain = start;
        while let Some(offset) = text[plain..end].find('\\') {
            let at = plain + offset;
            template.text.push(&text[plain..at], plain);
            let Some(c) = text[at + 1..end].chars().next() else { break };
            let meant = match c {
                'n' => "\n".to_owned(),
                't' => "\t".to_owned(),
                '\n' => String::new(),
                _ => c.to_string(),
            };
            plain = at + 1 + c.len_utf8();
            // The rest of an escape that means itself is in step with the file behind the backslash.
            template.text.push(&meant, plain - c.len_utf8());
        }
        template.text.push(&text[plain..end], plain);
        template.text.seek(end);
        punched(&template, &[Mark::Number])
    }
}

impl RubyHereDocument {
    /// The here-document that a line opens.
    pub(super) fn opened(text: &str, line: Range<usize>) -> Option<Self> {
        let content = &text[line.clone()];
        let sign = content.find("<<")?;
        let rest = content[sign + 2..].trim_start_matches(['-', '~']);
        let quote = rest.chars().next().filter(|c| matches!(c, '"' | '\''));
        let rest = if quote.is_some() { &rest[1..] } else { rest };
        let tag = &rest[..rest.find(|c: char| !(c.is_alphanumeric() || c == '_')).unwrap_or(rest.len())];
        if !tag.starts_with(|c: char| c.is_alphabetic() || c == '_') {
            return None;
        }
        let start = (line.end + 1).min(text.len());
        let mut at = start;
        for whole in text[start..].split_inclusive('\n') {
            if whole.trim() == tag {
                let body = RubyText { range: start..at, expands: quote != Some('\'') };
                return Some(Self { body, tag: tag.to_owned(), behind: at + whole.len() });
            }
            at += whole.len();
        }
        None
    }
}
