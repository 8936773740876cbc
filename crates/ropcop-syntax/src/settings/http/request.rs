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
enum RequestState {
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
    let mut state = RequestState::Before;
    let mut at = 0;
    for line in text.split_inclusive('\n') {
        let range = at..at + line.trim_end_matches(['\r', '\n']).len();
        at += line.len();
        if line.starts_with("###") {
            requests.push(Request::default());
            state = RequestState::Before;
        } else if let Some(request) = requests.last_mut() {
            state = request.read(text, range, state);
        }
    }
    requests
}

impl<'t> Request<'t> {
    /// Reads a line.
    fn read(&mut self, text: &'t str, range: Range<usize>, state: RequestState) -> RequestState {
        let line = &text[range.clone()];
        let content = line.trim();
        let is_comment = content.starts_with("//") || content.starts_with('#');
        if is_comment && state != RequestState::Behind {
            return state;
        }
        if let Some(variable) = variable(text, &range).filter(|_| state == RequestState::Before) {
            self.variables.push(variable);
            return state;
        }
        let next = match state {
            // An answer, kept in a file.
            RequestState::Before if content.starts_with("HTTP/") => return RequestState::Behind,
            RequestState::Before if content.is_empty() || content.starts_with(['<', '>']) => return state,
            RequestState::Before => RequestState::Line,
            RequestState::Line | RequestState::Headers if content.is_empty() => return RequestState::Body,
            RequestState::Line if line.starts_with([' ', '\t']) || line.starts_with(['?', '&']) => RequestState::Line,
            RequestState::Line => RequestState::Headers,
            RequestState::Body if content.starts_with("> ") || content.starts_with("<> ") => RequestState::Behind,
            _ => state,
        };
        let start = if self.span.end == 0 { range.start } else { self.span.start };
        self.span = start..range.end;
        let part = match next {
            RequestState::Line => &mut self.line,
            RequestState::Body => &mut self.body,
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
