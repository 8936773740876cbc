//! Text from a scanned repository must not be able to drive a terminal or to look like something else.
//!
//! File names and source lines are written by others. Control characters could move the cursor or change the title of the
//! window, and characters that change the reading direction could make a line look like another one.

use std::borrow::Cow;

/// Whether `c` would act on a terminal, or would not be seen, instead of being shown.
pub(crate) fn is_unsafe(c: char) -> bool {
    c.is_control()
        || matches!(c,
            '\u{ad}' | '\u{61c}' | '\u{180e}' | '\u{200b}'..='\u{200f}' | '\u{2028}'..='\u{202e}'
            | '\u{2060}'..='\u{206f}' | '\u{feff}' | '\u{fff9}'..='\u{fffb}' | '\u{e0000}'..='\u{e007f}')
}

/// `c` as it may be shown.
pub(crate) fn escape(c: char) -> String {
    c.escape_unicode().to_string()
}

/// `text` for one line of a terminal: line ends are escaped too.
pub(crate) fn sanitize(text: &str) -> Cow<'_, str> {
    if !text.chars().any(is_unsafe) {
        return Cow::Borrowed(text);
    }
    let mut shown = String::with_capacity(text.len() + 8);
    for c in text.chars() {
        if is_unsafe(c) { shown.push_str(&escape(c)) } else { shown.push(c) }
    }
    Cow::Owned(shown)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nothing_that_acts_on_a_terminal_stays() {
        for (text, shown) in [
            ("plain – text", "plain – text"),
            ("a\u{1b}[31mb", "a\\u{1b}[31mb"),
            ("a\nb\r", "a\\u{a}b\\u{d}"),
            ("\u{202e}txt.sh", "\\u{202e}txt.sh"),
            ("\u{9b}0m", "\\u{9b}0m"),
            ("zero\u{200b}width", "zero\\u{200b}width"),
        ] {
            assert_eq!(sanitize(text), shown);
        }
    }
}
