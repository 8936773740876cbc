//! Backslash escapes.

/// Undoes one backslash escape as C and its heirs write it (`\n`, `\x41`, `\u0041`, `\U00000041`, `\u{41}`, `\101`).
/// Unknown escapes stand for the character itself. A line continuation gives the empty text.
pub(crate) fn unescape(escape: &str) -> String {
    let body = escape.strip_prefix('\\').unwrap_or(escape);
    let mut rest = body.chars();
    let code = |digits: &str, radix| u32::from_str_radix(digits, radix).ok().and_then(char::from_u32).map(String::from);
    match rest.next() {
        None | Some('\n' | '\r') => String::new(),
        Some('n') => "\n".into(),
        Some('t') => "\t".into(),
        Some('r') => "\r".into(),
        Some('x' | 'u' | 'U') => code(rest.as_str().trim_matches(['{', '}']), 16).unwrap_or_default(),
        Some('0'..='7') => code(body, 8).unwrap_or_default(),
        Some('a' | 'b' | 'f' | 'v' | 'e') => String::new(),
        Some(_) => body.to_owned(),
    }
}
