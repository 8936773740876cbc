//! XML as people write it: a `&` that begins no reference, an expression of a program between quotes.
//!
//! What the parser would refuse becomes a blank, so that every place stays where it is; texts are read from the file as it
//! is written.

/// No expression between quotes or tags is longer, in bytes.
const LONGEST_EXPRESSION: usize = 20_000;

/// The text with a blank for everything that a parser of XML would stumble over.
pub(super) fn mended(text: &str) -> String {
    let mut bytes = text.as_bytes().to_vec();
    let mut at = 0;
    while let Some(found) = text[at..].find(['&', '@']).map(|found| at + found) {
        at = found + 1;
        match bytes[found] {
            b'&' if !is_reference(&text[found..]) => bytes[found] = b' ',
            b'@' if begins_value(&text[..found]) => {
                let end = found + expression(&text[found..]);
                for byte in &mut bytes[found..end] {
                    if matches!(byte, b'<' | b'>' | b'&' | b'"') {
                        *byte = b' ';
                    }
                }
                at = end.max(at);
            }
            _ => {}
        }
    }
    // Only bytes of ASCII were replaced, each by one of them.
    String::from_utf8(bytes).unwrap_or_default()
}

/// Whether a text begins with a reference that every parser knows; pages have more (`&nbsp;`).
fn is_reference(text: &str) -> bool {
    const NAMED: [&str; 5] = ["&amp;", "&lt;", "&gt;", "&quot;", "&apos;"];
    let numbered = text.strip_prefix("&#").and_then(|rest| rest.split_once(';'));
    NAMED.iter().any(|name| text.starts_with(name))
        || numbered.is_some_and(|(code, _)| {
            !code.is_empty() && code.len() < 9 && code.bytes().all(|b| b.is_ascii_alphanumeric())
        })
}

/// Whether a value begins behind a text: an attribute or the content of an element.
fn begins_value(before: &str) -> bool {
    let before = before.trim_end();
    before.ends_with("=\"") || before.ends_with("='") || before.ends_with('>')
}

/// The length of an expression with its brackets, as policies of gateways have it: `@(…)`, `@{…}`; 0 if it is none.
fn expression(text: &str) -> usize {
    let (open, close) = match text.as_bytes().get(1) {
        Some(b'(') => (b'(', b')'),
        Some(b'{') => (b'{', b'}'),
        _ => return 0,
    };
    let mut depth = 0_usize;
    for (at, byte) in text.bytes().enumerate().take(LONGEST_EXPRESSION) {
        if byte == open {
            depth += 1;
        } else if byte == close {
            depth = depth.saturating_sub(1);
            if depth == 0 {
                return at + 1;
            }
        }
    }
    0
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_a_parser_would_refuse_is_blank() {
        for (text, expected) in [
            ("<a b=\"x&y&amp;z&#38;\"/>", "<a b=\"x y&amp;z&#38;\"/>"),
            ("<a b=\"@(f<int>(\"t\") == 1)\">t</a>", "<a b=\"@(f int ( t ) == 1)\">t</a>"),
            ("<a>@{ return x<y && b; }</a>", "<a>@{ return x y    b; }</a>"),
            ("<a>&nbsp;&#160;</a>", "<a> nbsp;&#160;</a>"),
            ("<a>m@x.example</a>", "<a>m@x.example</a>"),
            ("<a>@(open</a>", "<a>@(open</a>"),
            ("<é b='&'/>", "<é b=' '/>"),
        ] {
            assert_eq!(mended(text), expected);
            assert_eq!(mended(text).len(), text.len());
        }
    }
}
