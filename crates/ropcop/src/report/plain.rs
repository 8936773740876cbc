//! Markdown of rules as text for a terminal.

use std::sync::LazyLock;

use regex::Regex;

/// `*word*`, but not `2 * 3 * 4` and not `*.js`.
static EMPHASIS: LazyLock<Regex> =
    LazyLock::new(|| Regex::new(r"(^|[\s(])\*(\w[^*`]*)\*").expect("the pattern is valid"));

/// `text` with code fences indented, links spelled out and emphasis dropped. Back quotes stay: they are readable as they
/// are.
pub(crate) fn plain(text: &str) -> String {
    let mut lines = Vec::new();
    let mut code = false;
    for line in text.trim().lines() {
        if line.trim_start().starts_with("```") {
            code = !code;
        } else if code {
            lines.push(format!("    {line}").trim_end().to_owned());
        } else {
            lines.push(links(&EMPHASIS.replace_all(&line.replace("**", ""), "$1$2")));
        }
    }
    lines.join("\n")
}

/// `text` wrapped to `width`; every line after `indent`. Lines of code are only indented: a broken command is no command.
pub(crate) fn wrap(text: &str, width: usize, indent: &str) -> String {
    let mut out = Vec::new();
    for paragraph in paragraphs(text) {
        if paragraph.is_empty() {
            out.push(indent.trim_end().to_owned());
            continue;
        }
        if let Some(code) = paragraph.strip_prefix("    ") {
            out.push(format!("{indent}  {code}").trim_end().to_owned());
            continue;
        }
        let hanging = if paragraph.starts_with("- ") { "  " } else { "" };
        let options = textwrap::Options::new(width)
            .initial_indent(indent)
            .break_words(false)
            .word_separator(textwrap::WordSeparator::AsciiSpace)
            .word_splitter(textwrap::WordSplitter::NoHyphenation);
        let subsequent = format!("{indent}{hanging}");
        out.extend(textwrap::wrap(&paragraph, options.subsequent_indent(&subsequent)).into_iter().map(Into::into));
    }
    out.join("\n")
}

/// Lines that belong together joined, so that they can be broken anew.
fn paragraphs(text: &str) -> Vec<String> {
    let mut found: Vec<String> = Vec::new();
    let mut open = false;
    for line in text.lines() {
        let starts = line.is_empty() || line.starts_with("    ") || line.starts_with("- ") || line.starts_with('#');
        match found.last_mut() {
            Some(last) if open && !starts => {
                last.push(' ');
                last.push_str(line.trim());
            }
            _ => found.push(line.to_owned()),
        }
        open = !line.is_empty() && !line.starts_with("    ");
    }
    found
}

/// `[text](address)` as `text (address)`.
fn links(line: &str) -> String {
    let mut out = String::new();
    let mut rest = line;
    while let Some((before, from)) = rest.split_once('[') {
        let link = from.split_once("](").and_then(|(text, tail)| Some((text, tail.split_once(')')?)));
        match link.filter(|(text, _)| !text.contains(']')) {
            Some((text, (address, after))) => {
                out.push_str(&format!("{before}{text} ({address})"));
                rest = after;
            }
            None => {
                out.push_str(&format!("{before}["));
                rest = from;
            }
        }
    }
    out + rest
}

/// The first sentence.
pub(crate) fn first_sentence(text: &str) -> &str {
    let paragraph = text.trim().split("\n\n").next().unwrap_or_default();
    paragraph.find(". ").or_else(|| paragraph.find(".\n")).map_or(paragraph, |at| &paragraph[..=at])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn markdown_becomes_text() {
        let text = "Use **it**, *this*, see [the page](https://x.org/y) and `a[0]`:\n```sh\ntool --x\n```\n";
        assert_eq!(plain(text), "Use it, this, see the page (https://x.org/y) and `a[0]`:\n    tool --x");
    }

    #[test]
    fn text_is_wrapped_and_code_is_not() {
        let text = "one two three\nfour\n    tool --long-option --another\n- a list item here";
        let wrapped = "> one two\n> three four\n>   tool --long-option --another\n> - a list\n>   item\n>   here";
        assert_eq!(wrap(text, 12, "> "), wrapped);
        assert_eq!(first_sentence("One. Two."), "One.");
    }
}
