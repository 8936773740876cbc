//! Comments that have lines of their own, in languages that are read without a grammar.

use super::family::Family;
use super::{Language, Source};
use crate::Span;

/// Marks of comments that may have several lines.
const BLOCKS: [(&str, &str); 3] = [("/*", "*/"), ("<!--", "-->"), ("<#", "#>")];

/// Lines that begin like a comment and are read by machines: the first line of a script, what a PowerShell script needs.
const DIRECTIVES: [&str; 2] = ["#!", "#requires"];

/// The comments of a file that begin their lines.
pub(crate) fn comments(source: &Source) -> Vec<Span> {
    let (lines, block) = if source.language == Language::Plain {
        let family = Family::of(&source.path);
        (family.line, family.block)
    } else {
        (source.language.row().comments, None)
    };
    let text = &*source.text;
    let starts = |at: usize, mark: &str| text.get(at..at + mark.len()).is_some_and(|s| s.eq_ignore_ascii_case(mark));
    let mut found: Vec<Span> = Vec::new();
    let mut start = 0;
    for line in text.split_inclusive('\n') {
        let (at, end) = (start + line.len() - line.trim_start().len(), start + line.len());
        start = end;
        let is_inside = found.last().is_some_and(|last| last.end > at);
        if is_inside || DIRECTIVES.iter().any(|directive| starts(at, directive)) {
            continue;
        }
        let blocks = BLOCKS.iter().filter(|(open, _)| lines.contains(open)).copied().chain(block);
        let closing = blocks.filter(|(open, _)| starts(at, open.trim_start())).map(|(_, close)| close).next();
        let end = match closing {
            Some(close) => text[at..].find(close).map_or(text.len(), |found| at + found + close.len()),
            // `*` goes on with a comment that has begun before.
            None if lines.iter().any(|mark| *mark != "*" && starts(at, mark)) => end,
            None => continue,
        };
        found.push(Span::new(at, end));
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_comment_has_lines_of_its_own() {
        for (path, text, expected) in [
            ("a.yml", "# one\na: b # two\n  # three\n", &["# one\n", "# three\n"][..]),
            ("a.ps1", "#!/usr/bin/pwsh\n#Requires -Modules Az\n<# a\nb #> c\n# d\n", &["<# a\nb #>", "# d\n"]),
            ("a.php", "<?php\n# a\n// b\n/* c\n d */\n'e' => 1\n", &["# a\n", "// b\n", "/* c\n d */"]),
            ("a.vb", "' a\nx = 'b'\n", &["' a\n"]),
            ("a.rb", "# a\n=begin\nb\n=end\nc\n", &["# a\n", "=begin\nb\n=end"]),
            ("a.xml", "<a/>\n<!-- b\n -->\n<c/>", &["<!-- b\n -->"]),
            ("a.bat", "rem a\n:: b\nremove c\n", &["rem a\n", ":: b\n"]),
            ("a.json", "{\n // a\n \"b\": \"// c\" }\n", &["// a\n"]),
            ("a.ini", "; a\nb=c\n", &["; a\n"]),
            ("a.sh", "/*", &[]),
        ] {
            let source = Source::detect(path, text).expect("a language");
            let found: Vec<&str> = comments(&source).iter().map(|span| &text[span.start..span.end]).collect();
            assert_eq!(found, expected, "{path}");
        }
    }
}
