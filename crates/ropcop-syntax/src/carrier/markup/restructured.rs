//! reStructuredText: directives for code, and literal blocks.

use super::block::CodeBlock;
use super::line::{indent, lines};

/// Directives whose body is code.
const DIRECTIVES: [&str; 5] = ["code-block", "code", "sourcecode", "prompt", "parsed-literal"];

/// The blocks of code of a page.
pub(super) fn blocks(text: &str) -> Vec<CodeBlock> {
    let mut reader = RestructuredPage::default();
    for (at, line) in lines(text) {
        reader.line(at, line);
    }
    reader.close();
    reader.blocks
}

#[derive(Default)]
struct RestructuredPage {
    /// The block that the lines belong to as long as they are indented deeper than its head.
    open: Option<Open>,
    /// What `.. highlight::` says of the blocks that do not say their language.
    default: String,
    blocks: Vec<CodeBlock>,
}

struct Open {
    /// The indentation of the head.
    head: usize,
    /// The indentation of the body, once it has begun.
    body: Option<usize>,
    /// Options of a directive may come before the body.
    options: bool,
    /// A comment has none.
    block: Option<CodeBlock>,
}

impl RestructuredPage {
    fn line(&mut self, at: usize, line: &str) {
        let bare = line.trim_end();
        let depth = indent(line);
        if let Some(open) = &mut self.open {
            if bare.is_empty() || depth > open.head {
                open.line(at, line, bare, depth);
                return;
            }
            self.close();
        }
        self.prose(bare, depth);
    }

    fn prose(&mut self, bare: &str, head: usize) {
        let text = bare.trim_start();
        let open = |options, block| Some(Open { head, body: None, options, block });
        let block = |label: &str| Some(CodeBlock { label: label.trim().to_owned(), ..CodeBlock::default() });
        if let Some(explicit) = text.strip_prefix(".. ") {
            match explicit.split_once("::") {
                Some(("highlight", language)) => self.default = language.trim().to_owned(),
                Some((name, label)) if DIRECTIVES.contains(&name.trim()) => {
                    let label = if label.trim().is_empty() { &self.default } else { label };
                    self.open = open(true, block(label));
                }
                // Text in other directives is text of the page.
                Some(_) => {}
                None if explicit.starts_with(['_', '[', '|']) => {}
                None => self.open = open(false, None),
            }
        } else if text.ends_with("::") {
            self.open = open(false, block(&self.default));
        }
    }

    fn close(&mut self) {
        self.blocks.extend(self.open.take().and_then(|open| open.block));
    }
}

impl Open {
    fn line(&mut self, at: usize, line: &str, bare: &str, depth: usize) {
        let Some(block) = &mut self.block else { return };
        if bare.is_empty() {
            self.options = false;
            if self.body.is_some() {
                block.code.extend("\n", at + line.trim_end_matches(['\r', '\n']).len());
            }
            return;
        }
        if self.options && line.trim_start().starts_with(':') {
            return;
        }
        self.options = false;
        let margin = (*self.body.get_or_insert(depth)).min(depth);
        let code = line.trim_end_matches(['\r', '\n']);
        block.code.extend(code.get(margin..).unwrap_or_default(), at + margin);
        block.code.extend("\n", at + code.len());
    }
}
