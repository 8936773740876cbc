//! Whether a text may be put together from pieces: `"user" + "name"`, `$PREFIX_name`, `user\u005fname`.

/// Where pieces may be joined in a file: behind a piece a text ends or something is filled in, and before the next it
/// ends to be filled in or a text begins.
pub(super) struct Joints<'t> {
    bytes: &'t [u8],
    /// Where a piece may end.
    ends: Vec<usize>,
    /// Where a piece may begin, and how many characters stand before it as an escape.
    starts: Vec<(usize, usize)>,
}

impl<'t> Joints<'t> {
    pub(super) fn of(bytes: &'t [u8]) -> Self {
        let ends = (0..bytes.len()).filter(|at| b"\"'`$%{<\\^&".contains(&bytes[*at])).collect();
        let start = |at: usize| match bytes[at - 1] {
            b'"' | b'\'' | b'`' | b'}' | b')' | b'%' | b'>' => Some((at, 0)),
            // The first character of a line, so that no blank is looked at twice.
            b' ' | b'\t' | b'\n' if !bytes[at].is_ascii_whitespace() => is_continued(&bytes[..at]).then_some((at, 0)),
            b' ' | b'\t' | b'\n' => None,
            _ => is_escape(&bytes[..at]).then_some((at, 1)),
        };
        Self { bytes, ends, starts: (1..bytes.len()).filter_map(start).collect() }
    }

    /// Whether a text in lower case may stand in the file in two pieces.
    pub(super) fn may_join(&self, text: &str) -> bool {
        let text = text.as_bytes();
        let is = |from: usize, part: &[u8]| {
            self.bytes.get(from..from + part.len()).is_some_and(|here| here.eq_ignore_ascii_case(part))
        };
        let mut ended = vec![false; text.len()];
        for end in &self.ends {
            for (length, ended) in ended.iter_mut().enumerate().skip(1) {
                *ended |= *end >= length && is(end - length, &text[..length]);
            }
        }
        let begins = |(start, escaped): &(usize, usize)| {
            (1..text.len() - escaped).any(|length| ended[length] && is(*start, &text[length + escaped..]))
        };
        ended.contains(&true) && self.starts.iter().any(begins)
    }
}

/// Whether a line ends here that goes on in the next, behind some blanks.
fn is_continued(before: &[u8]) -> bool {
    let line = before.trim_ascii_end();
    line.len() < before.len() && line.ends_with(b"\\") && before[line.len()..].contains(&b'\n')
}

/// Whether a character ends here that is written as an escape.
fn is_escape(before: &[u8]) -> bool {
    let digits = before.iter().rev().take_while(|byte| byte.is_ascii_hexdigit()).take(4).count();
    let behind = |start: &[u8], length: usize| digits >= length && before[..before.len() - length].ends_with(start);
    before.ends_with(b"\\/") || behind(b"\\u", 4) || behind(b"\\x", 2) || behind(b"%", 2)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_text_may_be_put_together_in_many_ways() {
        for file in [
            r#""user" + "name""#,
            "'user' . 'name'",
            "\"&user\"\n    \"name=x\"",
            "\"a=b&user\\\n   name=x\"",
            "user${JOINT}name",
            "f'{prefix}name' + 'user'",
            "%USER%name user%",
            "USER\"NAME\"",
        ] {
            assert!(Joints::of(file.as_bytes()).may_join("username"), "{file}");
        }
        for (file, text) in
            [(r"grant\u005ftype", "grant_type"), (r"grant\x5ftype", "grant_type"), (r"https:\/graph", "https:/graph")]
        {
            assert!(Joints::of(file.as_bytes()).may_join(text), "{file}");
        }
    }

    #[test]
    fn words_that_only_stand_near_each_other_are_not_one() {
        for file in ["", "user name", "\"user\" + \"id\"", "user_name", "usern", "'name' user", "u\"name\""] {
            assert!(!Joints::of(file.as_bytes()).may_join("username"), "{file}");
        }
    }
}
