//! From lines to instructions: continuation, comments between the lines, here-documents.

use crate::text::template::MappedText;

/// One instruction.
#[derive(Debug)]
pub(super) struct Instruction {
    /// Its first word, in capitals.
    pub(super) name: String,
    /// What follows it, with continued lines joined and comments left out.
    pub(super) rest: MappedText,
    /// The here-documents that the line asks for.
    pub(super) documents: Vec<ImageHereDocument>,
}

/// A here-document.
#[derive(Debug)]
pub(super) struct ImageHereDocument {
    /// Its lines, without the tabs that `<<-` takes away.
    pub(super) body: MappedText,
    /// The line that ends it.
    pub(super) end: MappedText,
}

/// `<<NAME` on a line.
struct Marker {
    name: String,
    /// `<<-`.
    strips: bool,
}

/// The instructions of a file.
pub(super) fn instructions(text: &str) -> Vec<Instruction> {
    let mut lines = ContainerfileLines { text, at: text.len() - text.trim_start_matches('\u{feff}').len() };
    let escape = escape(text);
    let mut found = Vec::new();
    while let Some((start, line)) = lines.next() {
        let trimmed = line.trim_start();
        if trimmed.is_empty() || trimmed.starts_with('#') {
            continue;
        }
        let whole = logical(start + (line.len() - trimmed.len()), trimmed, escape, &mut lines);
        found.push(instruction(&whole, &mut lines));
    }
    found
}

/// Lines with their offsets, line ends left out.
struct ContainerfileLines<'t> {
    text: &'t str,
    at: usize,
}

impl<'t> ContainerfileLines<'t> {
    fn next(&mut self) -> Option<(usize, &'t str)> {
        let rest = self.text.get(self.at..).filter(|rest| !rest.is_empty())?;
        let line = rest.split_inclusive('\n').next()?;
        let start = self.at;
        self.at += line.len();
        Some((start, line.trim_end_matches(['\n', '\r'])))
    }
}

/// The character that continues a line: that of an `# escape=` directive above the first instruction.
fn escape(text: &str) -> char {
    let comments = text.trim_start_matches('\u{feff}').lines().map_while(|line| line.trim().strip_prefix('#'));
    let directives = comments.map_while(|comment| comment.split_once('='));
    let mut named = directives.filter(|(name, _)| name.trim().eq_ignore_ascii_case("escape"));
    if named.next().is_some_and(|(_, value)| value.trim() == "`") { '`' } else { '\\' }
}

/// A line with those that continue it.
fn logical(start: usize, line: &str, escape: char, lines: &mut ContainerfileLines<'_>) -> MappedText {
    let mut whole = MappedText::default();
    let (mut start, mut line) = (start, line);
    loop {
        let Some(continued) = line.trim_end_matches([' ', '\t']).strip_suffix(escape) else {
            whole.push(line, start);
            return whole;
        };
        whole.push(continued, start);
        // Comments and empty lines between continued lines are no part of it.
        loop {
            let Some((next, text)) = lines.next() else { return whole };
            let trimmed = text.trim();
            if !trimmed.is_empty() && !trimmed.starts_with('#') {
                (start, line) = (next, text);
                break;
            }
        }
    }
}

/// The instruction on a logical line.
fn instruction(line: &MappedText, lines: &mut ContainerfileLines<'_>) -> Instruction {
    let end = line.text.find(char::is_whitespace).unwrap_or(line.text.len());
    let (name, rest) = (line.text[..end].to_ascii_uppercase(), trimmed(line, end));
    let takes = |name: &str| ["RUN", "COPY", "ADD"].iter().any(|known| name.eq_ignore_ascii_case(known));
    let inner = rest.text.split_whitespace().next().unwrap_or_default();
    let documents = if takes(&name) || (name == "ONBUILD" && takes(inner)) {
        markers(&rest.text).iter().map(|marker| document(marker, lines)).collect()
    } else {
        Vec::new()
    };
    Instruction { name, rest, documents }
}

/// The text from an offset on, without the white space around it.
pub(super) fn trimmed(text: &MappedText, from: usize) -> MappedText {
    let rest = text.text.get(from..).unwrap_or_default();
    let start = from + (rest.len() - rest.trim_start().len());
    text.slice(start..start + rest.trim().len())
}

/// The here-documents that a line asks for. `<<<` is none, nor is anything in quotes.
fn markers(line: &str) -> Vec<Marker> {
    let mut found = Vec::new();
    let mut quote = None;
    let mut at = 0;
    // Only a word of its own is a marker: `$((1<<x))` is arithmetic.
    let mut starts_word = true;
    while let Some(character) = line[at..].chars().next() {
        let rest = &line[at..];
        at += character.len_utf8();
        let could_start = std::mem::replace(&mut starts_word, character.is_whitespace());
        match (quote, character) {
            (Some(open), _) if open == character => quote = None,
            (Some(_), _) => {}
            (None, '"' | '\'') => quote = Some(character),
            (None, '\\') => at += line[at..].chars().next().map_or(0, char::len_utf8),
            (None, '0'..='9') => starts_word = could_start,
            (None, '<') if rest.starts_with("<<<") => at += 2,
            (None, '<') if could_start && rest.starts_with("<<") => {
                let behind = &rest[2..];
                let strips = behind.starts_with('-');
                let word = behind.strip_prefix('-').unwrap_or(behind);
                let end = word.find(|c: char| c.is_whitespace() || ";|&<>()".contains(c)).unwrap_or(word.len());
                let name = word[..end].trim_matches(['"', '\'']).to_owned();
                // `1 << 2` is arithmetic.
                if name.starts_with(|c: char| c.is_alphabetic() || c == '_') {
                    at += 1 + usize::from(strips) + end;
                    found.push(Marker { name, strips });
                }
            }
            _ => {}
        }
    }
    found
}

/// The lines up to the end of a here-document, or of the file.
fn document(marker: &Marker, lines: &mut ContainerfileLines<'_>) -> ImageHereDocument {
    let mut document = ImageHereDocument { body: MappedText::default(), end: MappedText::default() };
    while let Some((start, line)) = lines.next() {
        let stripped = if marker.strips { line.trim_start_matches('\t') } else { line };
        let start = start + (line.len() - stripped.len());
        if stripped == marker.name {
            document.end.push(stripped, start);
            break;
        }
        document.body.push(stripped, start);
        if lines.at < lines.text.len() {
            document.body.push("\n", start + stripped.len());
        }
    }
    document
}
