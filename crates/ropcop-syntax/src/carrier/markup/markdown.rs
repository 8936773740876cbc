//! Markdown: fenced and indented blocks of code.

use std::ops::Range;

use pulldown_cmark::{CodeBlockKind, Event, Options, Parser, Tag, TagEnd};

use super::block::CodeBlock;

/// The blocks of code of a page.
pub(super) fn blocks(text: &str) -> Vec<CodeBlock> {
    // The head of a page is YAML about the page; without this it would be read as headings and rules.
    let options = Options::ENABLE_YAML_STYLE_METADATA_BLOCKS | Options::ENABLE_TABLES;
    let mut blocks = Vec::new();
    let mut open: Option<CodeBlock> = None;
    for (event, range) in Parser::new_ext(text, options).into_offset_iter() {
        match event {
            Event::Start(Tag::CodeBlock(kind)) => {
                let label = match kind {
                    CodeBlockKind::Fenced(info) => info.into_string(),
                    CodeBlockKind::Indented => String::new(),
                };
                open = Some(CodeBlock { label, ..CodeBlock::default() });
            }
            Event::End(TagEnd::CodeBlock) => blocks.extend(open.take()),
            Event::Text(code) => {
                if let Some(block) = &mut open {
                    push(block, &code, range);
                }
            }
            _ => {}
        }
    }
    blocks
}

/// Appends a piece of code that stands at `range`. The piece is a stretch of the page, or white space for a tab of which
/// a list took a part.
fn push(block: &mut CodeBlock, code: &str, range: Range<usize>) {
    match code.len() == range.len() {
        true => block.code.extend(code, range.start),
        false => {
            block.code.push(code, range.start);
            block.code.seek(range.end);
        }
    }
}
