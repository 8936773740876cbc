//! Sections, settings and lines of an INI file, in places of the file.

use std::ops::Range;

use crate::Span;

/// A line without blanks around it.
#[derive(Clone, Copy, Debug)]
pub(super) struct IniLine {
    pub(super) start: usize,
    pub(super) end: usize,
}

/// A key and its value.
pub(super) struct Setting {
    pub(super) key: Range<usize>,
    /// What stands on the line of the key.
    pub(super) value: IniLine,
    /// Further lines, which are indented.
    pub(super) more: Vec<IniLine>,
}

/// What stands behind a heading in brackets.
pub(super) struct Section<'t> {
    pub(super) name: &'t str,
    start: usize,
    pub(super) settings: Vec<Setting>,
}

impl Section<'_> {
    /// The section from its heading to its last setting.
    pub(super) fn span(&self, text: &str) -> Span {
        let end = self.settings.last().and_then(|setting| setting.lines().last()).map_or(self.start, |line| line.end);
        Span::new(self.start, end.min(text.len()))
    }
}

impl Setting {
    /// All lines of the value that are not empty.
    pub(super) fn lines(&self) -> impl Iterator<Item = IniLine> {
        let all = std::iter::once(self.value).chain(self.more.iter().copied());
        all.filter(|line| line.start < line.end)
    }
}

/// All sections of a file; settings before the first heading have a section without a name.
pub(super) fn sections(text: &str) -> Vec<Section<'_>> {
    let mut sections = vec![Section { name: "", start: 0, settings: Vec::new() }];
    let mut at = 0;
    for whole in text.split_inclusive('\n') {
        let indent = whole.len() - whole.trim_start().len();
        let line = IniLine { start: at + indent, end: at + indent + whole.trim().len() };
        at += whole.len();
        let content = &text[line.start.min(line.end)..line.end];
        let Some(section) = sections.last_mut() else { break };
        if content.is_empty() || content.starts_with(['#', ';']) {
            continue;
        }
        let heading = content.strip_prefix('[').and_then(|rest| rest.split_once(']'));
        match (heading, section.settings.last_mut()) {
            (Some((name, _)), _) if indent == 0 || !content.contains('=') => {
                sections.push(Section { name: name.trim(), start: line.start, settings: Vec::new() });
            }
            // An indented setting is one only where its value cannot be part of the one before.
            (_, Some(last)) if indent > 0 && (last.value.start == last.value.end || !is_setting(content)) => {
                last.more.push(line);
            }
            _ => section.settings.extend(setting(text, line)),
        }
    }
    sections
}

/// Whether a line could be a setting of its own: a name, and something given to it.
fn is_setting(content: &str) -> bool {
    let is_name = |c: char| c.is_alphanumeric() || "_.- ".contains(c);
    content.split_once('=').is_some_and(|(key, _)| key.chars().all(is_name))
}

/// The setting on a line; the value is empty where there is no `=` or `:`.
pub(super) fn setting(text: &str, line: IniLine) -> Option<Setting> {
    let content = &text[line.start..line.end];
    let sign = content.find('=').or_else(|| content.find(": ")).or_else(|| content.strip_suffix(':').map(str::len))?;
    let key = content[..sign].trim_end();
    let value = IniLine { start: line.end - content[sign + 1..].trim_start().len(), end: line.end };
    (!key.is_empty()).then(|| Setting { key: line.start..line.start + key.len(), value, more: Vec::new() })
}

/// The value without quotes around it and without a comment behind it.
pub(super) fn plain(text: &str, value: IniLine) -> IniLine {
    let written = &text[value.start..value.end];
    let is_comment = |at: usize| written[..at].ends_with([' ', '\t']) && !written[at..].contains(['=', '"', '\'']);
    let comment = written.match_indices([';', '#']).find(|(at, _)| is_comment(*at));
    let content = comment.map_or(written, |(at, _)| &written[..at]).trim_end();
    let is_quoted = ['"', '\''].iter().any(|q| content.len() > 1 && content.starts_with(*q) && content.ends_with(*q));
    let quote = usize::from(is_quoted);
    IniLine { start: value.start + quote, end: value.start + content.len() - quote }
}
