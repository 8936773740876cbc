//! AsciiDoc: source blocks, listings and literal blocks.

use super::block::CodeBlock;
use super::line::lines;

/// The blocks of code of a page.
pub(super) fn blocks(text: &str) -> Vec<CodeBlock> {
    let mut reader = AsciiDocPage::default();
    for (at, line) in lines(text) {
        reader.line(at, line);
    }
    // A block that nobody closes reaches to the end of the page.
    if let AsciiDocState::Verbatim { block: Some(block), .. } | AsciiDocState::Paragraph(block) = reader.state {
        reader.blocks.push(block);
    }
    reader.blocks
}

#[derive(Default)]
struct AsciiDocPage {
    state: AsciiDocState,
    /// The language that `[source,…]` gives to the block that comes next.
    pending: Option<String>,
    /// The language of blocks that do not say theirs.
    default: String,
    blocks: Vec<CodeBlock>,
}

#[derive(Default)]
enum AsciiDocState {
    #[default]
    Prose,
    /// Between two delimiters; a comment has no block.
    Verbatim { end: String, block: Option<CodeBlock> },
    /// `[source,…]` over a paragraph: up to the next empty line.
    Paragraph(CodeBlock),
}

impl AsciiDocPage {
    fn line(&mut self, at: usize, line: &str) {
        let bare = line.trim_end();
        match &mut self.state {
            AsciiDocState::Verbatim { end, block } if bare == end => {
                self.blocks.extend(block.take());
                self.state = AsciiDocState::Prose;
            }
            AsciiDocState::Verbatim { block, .. } => block.iter_mut().for_each(|block| append(block, at, line)),
            AsciiDocState::Paragraph(block) if bare.is_empty() => {
                self.blocks.push(std::mem::take(block));
                self.state = AsciiDocState::Prose;
            }
            AsciiDocState::Paragraph(block) => append(block, at, line),
            AsciiDocState::Prose => self.prose(at, line, bare),
        }
    }

    fn prose(&mut self, at: usize, line: &str, bare: &str) {
        if let Some(language) = bare.strip_prefix(":source-language:") {
            self.default = language.trim().to_owned();
        } else if let Some((end, label)) = delimiter(bare) {
            let pending = self.pending.take();
            let is_comment = end.starts_with('/');
            let label = if label.is_empty() { pending.unwrap_or_default() } else { label.to_owned() };
            let block = (!is_comment).then(|| CodeBlock { label, ..CodeBlock::default() });
            self.state = AsciiDocState::Verbatim { end: end.to_owned(), block };
        } else if let Some(list) = bare.strip_prefix('[').and_then(|rest| rest.strip_suffix(']')) {
            // Other lists of attributes, and titles, may stand between this one and its block.
            if let Some(language) = source_language(list) {
                self.pending = Some(if language.is_empty() { self.default.clone() } else { language.to_owned() });
            }
        } else if bare.is_empty() || bare.starts_with("//") || is_title(bare) {
        } else if let Some(label) = self.pending.take() {
            let mut block = CodeBlock { label, ..CodeBlock::default() };
            append(&mut block, at, line);
            self.state = AsciiDocState::Paragraph(block);
        }
    }
}

/// The line that ends what this line begins, and the language that it names itself.
fn delimiter(bare: &str) -> Option<(&str, &str)> {
    if let Some(label) = bare.strip_prefix("```") {
        return (!label.contains('`')).then_some(("```", label));
    }
    let first = bare.chars().next().filter(|first| ['-', '.', '/'].contains(first))?;
    (bare.len() >= 4 && bare.chars().all(|char| char == first)).then_some((bare, ""))
}

/// The language in `source,bash,subs="…"`, `source%nowrap,bash`, `,bash`; empty if it is not said.
fn source_language(list: &str) -> Option<&str> {
    let mut attributes = list.split(',').map(str::trim);
    let style = attributes.next()?;
    let style = style.split(['%', '#', '.']).next().unwrap_or_default();
    if !["source", "listing", ""].contains(&style) {
        return None;
    }
    let language = attributes.next().unwrap_or_default();
    let is_word = !language.contains(['=', '"']);
    (!style.is_empty() || is_word && !language.is_empty()).then_some(if is_word { language } else { "" })
}

/// `.A title`
fn is_title(bare: &str) -> bool {
    bare.strip_prefix('.').is_some_and(|rest| !rest.starts_with(['.', ' ']))
}

/// Appends a line of code without its callouts: `az <1>`, `az # <1>`, `az <.>`.
fn append(block: &mut CodeBlock, at: usize, line: &str) {
    let line = line.trim_end_matches(['\r', '\n']);
    let mut code = line;
    while let Some((rest, callout)) = code.trim_end().strip_suffix('>').and_then(|line| line.rsplit_once('<')) {
        let is_callout = callout == "." || !callout.is_empty() && callout.bytes().all(|byte| byte.is_ascii_digit());
        if !is_callout || !rest.is_empty() && !rest.ends_with([' ', '\t', '>']) {
            break;
        }
        // What continues the line must again be its last character.
        code = rest.trim_end();
    }
    if code.len() < line.len() {
        // A comment that is there only to hide the callout.
        code = [" #", " //"].iter().find_map(|sign| code.strip_suffix(sign)).unwrap_or(code).trim_end();
    }
    block.code.extend(code, at);
    block.code.extend("\n", at + line.len());
}
