//! Lines that tell the host of a pipeline to set a variable.

use crate::Field;
use crate::text::template::Template;

use super::assignment;

/// What such a line begins with, up to the name.
const COMMAND: &str = "##vso[task.setvariable variable=";

/// The variables that a printed text sets: `##vso[task.setvariable variable=NAME;issecret=true]value`. The host gives them
/// to processes in capitals.
pub(crate) fn variables(text: &Template) -> Vec<Field> {
    let written = &text.text.text;
    let field = |(at, _): (usize, &str)| {
        let name = at + COMMAND.len();
        let end = name + written[name..].find([';', ']'])?;
        let start = end + written[end..].find(']')? + 1;
        let stop = start + written[start..].find('\n').unwrap_or(written.len() - start);
        let field = assignment::field(text, name..end, start..stop);
        Some(Field { key: field.key.to_uppercase().replace(['.', ' '], "_"), ..field })
    };
    written.match_indices(COMMAND).filter_map(field).take(assignment::MOST_FIELDS).collect()
}
