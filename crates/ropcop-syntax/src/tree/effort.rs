//! How much work the parser may do. A grammar that has lost its way in a broken text can take a time that grows with the
//! square of it, and a megabyte of memory for each hundred bytes.

use std::cell::Cell;
use std::ops::ControlFlow;

use tree_sitter::{ParseOptions, ParseState, Parser, Tree};

use crate::{Omission, Span};

/// The text is handed to the parser in pieces of so many bytes, to see how much of it is read again and again.
const STRETCH: usize = 512;
/// A grammar may read a text so often. Honest texts are read once or twice; scanners that look for the end of a line or of
/// the file wherever a text is broken would read it once for each of its bytes; such a text is read without its grammar. The
/// report says so.
const READINGS: usize = 64;
/// In so many bytes the parser may report once, which it does after a hundred operations. It reports once in 20 bytes of
/// the densest program, and twenty times a byte where it has lost its way; such a text is read without its grammar. The
/// report says so.
const BYTES_OF_STEP: usize = 12;
/// So often more than [`BYTES_OF_STEP`] says it may report in one file, its guests included: about a fifth of a second, and
/// 20 MB. The report says so.
const SPARE_STEPS: usize = 2_000;

/// What the parser may still do for one file. It is counted in steps and not in seconds: a report does not depend on the
/// machine.
pub(crate) struct Effort {
    spare: Cell<usize>,
}

impl Effort {
    /// Enough for any honest file.
    pub(crate) fn of_file() -> Self {
        Self { spare: Cell::new(SPARE_STEPS) }
    }

    /// Parses `text`, unless that takes too much work.
    pub(super) fn parse(&self, parser: &mut Parser, text: &str) -> Result<Tree, Omission> {
        let reads = Cell::new(READINGS * (text.len() / STRETCH + 1));
        let mut read = |at: usize, _| {
            reads.set(reads.get().saturating_sub(1));
            let end = text.len().min(at + STRETCH);
            text.as_bytes().get(at..end).unwrap_or_default()
        };
        let (mut steps, mut farthest) = (0, 0);
        let spare = self.spare.get();
        let mut go_on = |state: &ParseState| {
            steps += 1;
            farthest = farthest.max(state.current_byte_offset());
            let over = steps > spare + farthest / BYTES_OF_STEP;
            if over || reads.get() == 0 { ControlFlow::Break(()) } else { ControlFlow::Continue(()) }
        };
        let options = ParseOptions::new().progress_callback(&mut go_on);
        let tree = parser.parse_with_options(&mut read, None, Some(options));
        self.spare.set(spare.saturating_sub(steps.saturating_sub(farthest / BYTES_OF_STEP)));
        tree.ok_or_else(|| {
            let why = match reads.get() {
                0 => format!("would be read more than {READINGS} times by its grammar"),
                _ => format!("takes the parser more than {} steps", steps - 1),
            };
            Omission::new(Span::new(farthest.min(text.len()), text.len()), why)
        })
    }
}
