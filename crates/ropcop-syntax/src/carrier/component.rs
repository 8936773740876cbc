//! Components of Vue and Svelte: their scripts.

use crate::guest::Guest;
use crate::guest::Reading;
use crate::text::template::Template;
use crate::{Certainty, Facts, Language, Source};

/// Attributes longer than this are no attributes.
const LONGEST_TAG: usize = 1_000;

/// Reads a file. The scripts of one component share their names, so that they are read as one.
pub(crate) fn facts(source: &Source, reading: &Reading<'_>) -> Facts {
    let mut language = Language::JavaScript;
    let mut code = Template::default();
    let text = &source.text;
    let mut at = 0;
    while let Some(start) = text[at..].find('<').map(|found| at + found) {
        let rest = &text[start..];
        if rest.starts_with("<!--") {
            at = rest.find("-->").map_or(text.len(), |end| start + end + 3);
            continue;
        }
        at = start + 1;
        let Some(tag) = script_tag(rest) else { continue };
        let from = start + tag.len();
        // A script without an end goes on to the end of the file.
        let end = closing(&text[from..]).map_or(text.len(), |end| from + end);
        language = language_of(tag).unwrap_or(language);
        code.text.push(&text[from..end], from);
        code.text.push("\n", end);
        at = end;
    }
    reading.guest(&Guest { language, code, certainty: Certainty::Runs })
}

/// The tag that opens a script, if the text begins with one.
fn script_tag(text: &str) -> Option<&str> {
    let name = text.get(..7).filter(|name| name.eq_ignore_ascii_case("<script"))?;
    let rest = &text[name.len()..];
    if !rest.starts_with(|c: char| c.is_whitespace() || c == '>') {
        return None;
    }
    let mut quote = None;
    for (index, c) in rest.char_indices().take(LONGEST_TAG) {
        match (quote, c) {
            (None, '>') => return (!rest[..index].ends_with('/')).then(|| &text[..name.len() + index + 1]),
            (None, '"' | '\'') => quote = Some(c),
            (Some(open), _) if open == c => quote = None,
            _ => {}
        }
    }
    None
}

fn closing(text: &str) -> Option<usize> {
    let is_end = |(index, _): &(usize, &str)| {
        text.get(index + 2..index + 8).is_some_and(|name| name.eq_ignore_ascii_case("script"))
    };
    text.match_indices("</").find(is_end).map(|(index, _)| index)
}

/// The language that the attribute `lang` names.
fn language_of(tag: &str) -> Option<Language> {
    let (_, value) = tag.split_once("lang=")?;
    let name: String = value.trim_start_matches(['"', '\'']).chars().take_while(char::is_ascii_alphanumeric).collect();
    match name.to_ascii_lowercase().as_str() {
        "ts" | "typescript" => Some(Language::TypeScript),
        "tsx" => Some(Language::Tsx),
        _ => None,
    }
}
