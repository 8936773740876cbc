//! Kept traffic: requests that were sent once, with their answers, for tests to play back. Nobody sends them again.

use crate::document::{Content, Entry, Node};

/// Keys that say what was asked, in lower case.
const ASKED: [&str; 5] = ["request", "url", "uri", "path", "body"];

/// Keys under which the answer stands.
const ANSWERED: [&str; 4] = ["response", "responsebody", "response_body", "responsecontent"];

/// Under this key Postman keeps what was asked when an answer was saved, in lower case.
/// <https://schema.postman.com/collection/json/v2.1.0/draft-07/docs/index.html>
const ORIGINAL: &str = "originalrequest";

/// Whether a mapping is a request together with its answer.
pub(super) fn is(entries: &[Entry]) -> bool {
    let has = |is: &dyn Fn(&str, &Node) -> bool| {
        entries.iter().any(|entry| is(entry.key.to_ascii_lowercase().as_str(), &entry.value))
    };
    has(&|key, _| key == ORIGINAL) || has(&|key, _| ASKED.contains(&key)) && has(&is_answer)
}

fn is_answer(key: &str, value: &Node) -> bool {
    let text = value.scalar().map_or("", |text| text.text.text.trim_start());
    match key {
        "content" => text.starts_with(['{', '[', '<']),
        // A collection of requests may keep examples of answers in a list.
        _ if ANSWERED.contains(&key) => matches!(value.content, Content::Map(_)) || !text.is_empty(),
        _ => false,
    }
}
