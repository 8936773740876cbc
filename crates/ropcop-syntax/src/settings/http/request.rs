//! The requests in a file, in places of the file.

use std::ops::Range;

use crate::text::template::Template;

/// A request, from its first line to its last.
#[derive(Default)]
pub(super) struct Request<'t> {
    pub(super) span: Range<usize>,
    /// Method and address, which may go on over indented lines.
    pub(super) line: Template,
    pub(super) body: Template,
    /// Variables that are set beside it.
    pub(super) variables: Vec<(&'t str, Range<usize>)>,
}

/// What is read now.
#[derive(Clone, Copy, PartialEq, Eq)]
enum State {
    Before,
    Line,
    Headers,
    Body,
    /// A script that handles the answer.
    Behind,
}

/// All requests of a file; three `#` stand between them.
pub(super) fn requests(text: &str) -> Vec<Request<'_>> {
    let mut requests = vec![Request::default()];
    let mut state = State::Before;
    let mut at = 0;
    for line in text.split_inclusive('\n') {
        let range = at..at + line.trim_end_matches(['\r', '\n']).len();
        at += line.len();
        if line.starts_with("###") {
            requests.push(Request::default());
            state = State::Before;
        } else if let Some(request) = requests.last_mut() {
            state = request.read(text, range, state);
        }
    }
    requests
}

impl<'t> Request<'t> {
    /// Reads a line.
    fn read(&mut self, text: &'t str, range: Range<usize>, state: State) -> State {
        let line = &text[range.clone()];
        let content = line.trim();
        let is_comment = content.starts_with("//") || content.starts_with('#');
        if is_comment && state != State::Behind {
            return state;
        }
        if let Some(variable) = variable(text, &range).filter(|_| state == State::Before) {
            self.variables.push(variable);
            return state;
        }
        let next = match state {
            // An answer, kept in a file.
            State::Before if content.starts_with("HTTP/") => return State::Behind,
            State::Before if content.is_empty() || content.starts_with(['<', '>']) => return state,
            State::Before => State::Line,
            State::Line | State::Headers if content.is_empty() => return State::Body,
            State::Line if line.starts_with([' ', '\t']) || line.starts_with(['?', '&']) => State::Line,
            State::Line => State::Headers,
            State::Body if content.starts_with("> ") || content.starts_with("<> ") => State::Behind,
            _ => state,
        };
        let start = if self.span.end == 0 { range.start } else { self.span.start };
        self.span = start..range.end;
        let part = match next {
            State::Line => &mut self.line,
            State::Body => &mut self.body,
            _ => return next,
        };
        part.text.push(line, range.start);
        part.text.push("\n", range.end);
        next
    }
}

/// The variable that a line sets: `@name = value`.
fn variable<'t>(text: &'t str, range: &Range<usize>) -> Option<(&'t str, Range<usize>)> {
    let (name, value) = text[range.clone()].trim_start().strip_prefix('@')?.split_once('=')?;
    let value = value.trim_start();
    let start = range.end - value.len();
    Some((name.trim(), start..start + value.trim_end().len()))
}
