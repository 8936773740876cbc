//! Which values are the address of a request.

use crate::text::template::Template;
use crate::{Arg, Part, Step, Value};

/// Words with which the name ends of what holds an address, lower case.
const NAMES: [&str; 11] =
    ["url", "uri", "endpoint", "address", "authority", "host", "hostname", "href", "server", "path", "site"];

/// Words in the name of what holds the address of something else, lower case.
const OTHERS: [&str; 8] = ["redirect", "callback", "proxy", "referer", "origin", "logout", "email", "mail"];

/// Texts that have a stroke and are no address.
const TYPES: [&str; 7] = ["application/", "text/", "multipart/", "image/", "*/", "mozilla/", "audio/"];

/// Whether something by this name holds an address.
pub(crate) fn is_name(name: &str) -> bool {
    let words = words(name);
    words.last().is_some_and(|last| NAMES.contains(&last.as_str()))
        && !words.iter().any(|word| OTHERS.contains(&word.as_str()))
}

/// The words of a name, in lower case: `tokenUrl`, `TOKEN_URL`, `token-url2`.
fn words(name: &str) -> Vec<String> {
    let mut words = vec![String::new()];
    let mut before = '_';
    for character in name.chars() {
        let begins = character.is_uppercase() && before.is_lowercase();
        if (begins || !character.is_alphabetic()) && words.last().is_some_and(|word| !word.is_empty()) {
            words.push(String::new());
        }
        if let Some(word) = words.last_mut().filter(|_| character.is_alphabetic()) {
            word.extend(character.to_lowercase());
        }
        before = character;
    }
    words.retain(|word| !word.is_empty());
    words
}

/// A text with a mark for each hole.
fn shown(parts: &[Part]) -> String {
    parts.iter().map(|part| part.text().unwrap_or("…")).collect()
}

/// Whether a value is written like an address, or like the path of one.
pub(crate) fn is_written(value: &Value) -> bool {
    let Value::Text(parts) = value else { return false };
    let text = shown(parts);
    let lower = text.to_ascii_lowercase();
    let is_one = lower.contains("://") || text.contains('/') && !TYPES.iter().any(|start| lower.starts_with(start));
    is_one && !text.contains(char::is_whitespace) && !lower.starts_with("urn:")
}

/// Whether a value says nothing but the name of what holds it.
pub(crate) fn is_bare(value: &Value) -> bool {
    match value {
        Value::Dynamic { .. } | Value::Symbol(_) => true,
        Value::Text(parts) => parts.iter().all(|part| part.text().is_none_or(|text| text.is_empty())),
        _ => false,
    }
}

/// What a value is called that is not known.
pub(crate) fn name(value: &Value) -> Option<&str> {
    match value {
        Value::Dynamic { name } => name.as_deref(),
        Value::Symbol(symbols) => symbols.first().and_then(|symbol| symbol.path.rsplit('.').next()),
        _ => None,
    }
}

/// The addresses among arguments, by how they are written or what they are called.
pub(crate) fn of_args<'a>(args: impl Iterator<Item = &'a Arg>) -> Vec<Value> {
    let mut found = Vec::new();
    // What stands behind a word is its value: `add("resource", "https://…")`. That the word is the method says less.
    let mut key: Option<&str> = None;
    for arg in args {
        let is_one = match &arg.name {
            Some(name) => is_name(name) && (is_written(&arg.value) || is_bare(&arg.value)),
            None => is_written(&arg.value) && key.is_none_or(is_name),
        };
        if is_one {
            found.push(arg.value.clone());
        } else if let (None, Value::Text(parts)) = (&arg.name, &arg.value)
            && let [Part::Text(word)] = &parts[..]
            && !METHODS.contains(&word.to_ascii_uppercase().as_str())
        {
            key = Some(word);
        }
    }
    found
}

/// The methods of HTTP.
const METHODS: [&str; 5] = ["GET", "POST", "PUT", "PATCH", "DELETE"];

/// The addresses in the entries of a map. Server and path may be told apart.
pub(crate) fn of_map(value: &Value) -> Vec<Value> {
    let Value::Map(entries) = value else { return Vec::new() };
    let entry = |names: &[&str]| {
        let mut all = entries.iter().filter(|(key, _)| names.contains(&key.to_ascii_lowercase().as_str()));
        all.next_back().map(|(_, value)| value)
    };
    if let (Some(server), Some(path)) = (entry(&["hostname", "host"]).and_then(of_host), entry(&["path", "pathname"])) {
        return vec![joined(&server, path)];
    }
    let own = entries.iter().filter(|(key, _)| is_name(key)).map(|(_, value)| value);
    own.filter(|value| is_written(value) || is_bare(value)).cloned().collect()
}

/// The address of a server that is named without what stands before it.
fn of_host(value: &Value) -> Option<Value> {
    match value {
        Value::Text(parts) if is_written(value) => Some(Value::Text(parts.clone())),
        Value::Text(parts) => {
            Some(Value::Text([Part::Text("https://".to_owned())].into_iter().chain(parts.clone()).collect()))
        }
        Value::Dynamic { .. } => Some(value.clone()),
        _ => None,
    }
}

/// The addresses that a step sets or is given.
pub(crate) fn of_step(step: &Step) -> Vec<Value> {
    let name = step.symbol.path.trim_end_matches("()").rsplit(['.', '/']).next().unwrap_or_default();
    if name.ends_with("Connection") {
        return step.args.first().and_then(|arg| of_host(&arg.value)).into_iter().collect();
    }
    let mut found = of_args(step.args.iter());
    found.extend(step.args.iter().flat_map(|arg| of_map(&arg.value)));
    if let (true, Some(first)) = (found.is_empty() && is_name(name), step.args.first()) {
        let is_one = is_written(&first.value) || is_bare(&first.value);
        found.extend(Some(first.value.clone()).filter(|_| is_one));
    }
    found
}

/// The text up to the query, with what leads to the server.
pub(crate) fn without_query(value: &Value) -> Value {
    let Value::Text(parts) = value else { return value.clone() };
    let mut kept = Vec::new();
    for part in parts {
        match part {
            Part::Text(text) if text.contains('?') => {
                kept.push(Part::Text(text.split('?').next().unwrap_or_default().to_owned()));
                break;
            }
            _ => kept.push(part.clone()),
        }
    }
    Value::of_parts(kept)
}

/// A path behind the address of its server.
pub(crate) fn joined(base: &Value, path: &Value) -> Value {
    let (mut parts, path) = match (base, path) {
        (Value::Text(base), Value::Text(path)) => (base.clone(), path.clone()),
        (Value::Dynamic { name }, Value::Text(path)) => {
            (vec![name.clone().map_or(Part::Unknown, Part::Variable)], path.clone())
        }
        _ => return path.clone(),
    };
    let ends = matches!(parts.last(), Some(Part::Text(text)) if text.ends_with('/'));
    let begins = matches!(path.first(), Some(Part::Text(text)) if text.starts_with('/'));
    match (ends, begins) {
        (true, true) => {
            if let Some(Part::Text(text)) = parts.last_mut() {
                text.pop();
            }
        }
        (false, false) => parts.push(Part::Text("/".to_owned())),
        _ => {}
    }
    parts.extend(path);
    Value::Text(parts)
}

/// Whether an address leaves open on which server it is.
pub(crate) fn is_relative(value: &Value) -> bool {
    let Value::Text(parts) = value else { return false };
    match parts.first() {
        Some(Part::Text(text)) => !text.contains("://"),
        Some(Part::Variable(name)) => !is_name(name),
        _ => false,
    }
}

/// Whether a value is the end of another one.
pub(crate) fn is_end(end: &Value, whole: &Value) -> bool {
    match (end, whole) {
        (Value::Text(end), Value::Text(whole)) => end != whole && shown(whole).ends_with(&shown(end)),
        _ => false,
    }
}

/// Options of programs that send requests whose value is no address of the request, though it may look like one.
const OTHER_VALUES: [&str; 16] = [
    "-d",
    "-H",
    "-F",
    "-A",
    "-e",
    "-o",
    "-O",
    "-x",
    "-b",
    "-c",
    "-u",
    "--data",
    "--header",
    "--proxy",
    "--referer",
    "--output",
];

/// The addresses among the words of a command: those that are written, else variables that are called so.
pub(crate) fn of_words(words: &[Template]) -> Vec<Value> {
    let mut found = Vec::new();
    let mut before = "";
    for word in words.iter().skip(1) {
        let written = word.text.text.as_str();
        let is_body = |option: &str| option.starts_with("--data") || option.starts_with("--post");
        let is_other = OTHER_VALUES.contains(&before) || is_body(before) && !before.contains('=');
        before = written;
        let start = if written.starts_with("--url=") { "--url=".len() } else { 0 };
        // `key=https://…` is a part of the form.
        let own = &written[start..];
        let is_pair = own.find('=').is_some_and(|sign| !own[..sign].contains(['/', '?']));
        if is_other || is_pair || own.starts_with('-') {
            continue;
        }
        let address = Template { text: word.text.slice(start..written.len()), holes: word.holes.clone() };
        let address = without_query(&Value::of_parts(address.parts()));
        if is_written(&address) || name(&address).is_some_and(is_name) {
            found.push(address);
        }
    }
    known(found)
}

/// Beside addresses of which something is known, the others say nothing.
pub(crate) fn known(found: Vec<Value>) -> Vec<Value> {
    let is_known = found.iter().any(|value| !is_bare(value));
    found.into_iter().filter(|value| !is_known || !is_bare(value)).collect()
}
