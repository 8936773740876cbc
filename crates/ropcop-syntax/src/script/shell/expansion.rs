//! `${…}`: which variable it names, and what it makes of the value.

use super::script::{Change, Modifier, Piece, Variable, Which};
use super::word::{Mode, WordPieces, WordReader};
use crate::Part;

impl WordReader<'_> {
    /// `${…}`; `end` is the place of the closing brace.
    pub(super) fn braces(&self, start: usize, end: usize, mode: Mode, out: &mut WordPieces<'_>) {
        let quoted = matches!(mode, Mode::Quoted | Mode::Document);
        let behind = (end + 1).min(self.text.text.len());
        let indirect = self.byte(start + 2) == b'!' && self.name_end(start + 3, end) > start + 3;
        let name_start = start + 2 + usize::from(indirect);
        let name_end = self.name_end(name_start, end);
        let name = self.text.text.get(name_start..name_end).unwrap_or_default();
        // `${#x}` is a length, `${!x[@]}` and `${!x*}` are keys and names.
        let is_number = name_end < end && matches!(name, "#" | "!");
        if name.is_empty() || is_number || (indirect && name_end < end) {
            return out.known(Part::Unknown, start, behind, quoted);
        }
        let (which, at) = self.which(name, name_end, end);
        let how = if indirect { Modifier::Indirect } else { self.how(&which, (at, end), quoted) };
        let (span, place) = (self.text.span(start, behind), self.text.place(start));
        out.pieces.push(Piece::Variable(Variable { name: name.to_owned(), which, how, span, place, quoted }));
    }

    /// How much of a list is meant, and where that ends.
    fn which(&self, name: &str, at: usize, end: usize) -> (Which, usize) {
        let rest = self.text.text.get(at..end).unwrap_or_default();
        match name {
            "@" => return (Which::All, at),
            "*" => return (Which::Joined, at),
            _ if rest.starts_with("[@]") => return (Which::All, at + 3),
            _ if rest.starts_with("[*]") => return (Which::Joined, at + 3),
            _ if !rest.starts_with('[') => return (Which::Plain, at),
            _ => {}
        }
        let close = self.bracket_end(at + 1, end);
        (Which::Element(self.word(at + 1, close, Mode::Inner).0.pieces), (close + 1).min(end))
    }

    /// The bracket that closes an index, from behind the one that opens it.
    pub(super) fn bracket_end(&self, start: usize, limit: usize) -> usize {
        let mut open = 1;
        for at in start..limit {
            match self.byte(at) {
                b'[' => open += 1,
                b']' => open -= 1,
                _ => {}
            }
            if open == 0 {
                return at;
            }
        }
        limit
    }

    /// What is done with the value, from behind the name up to the brace.
    fn how(&self, which: &Which, (at, end): (usize, usize), quoted: bool) -> Modifier {
        let rest = self.text.text.get(at..end).unwrap_or_default();
        let word = |skip: usize| {
            let inner = if quoted { Mode::Quoted } else { Mode::Inner };
            self.word(at + skip, end, inner).0.pieces
        };
        let is_list = matches!(which, Which::All | Which::Joined);
        let colon = rest.starts_with(':');
        let sign = rest.as_bytes().get(usize::from(colon)).copied().unwrap_or_default();
        let skip = usize::from(colon) + 1;
        match sign {
            0 if !colon => Modifier::Plain,
            b'-' | b'=' => Modifier::Default { word: word(skip), colon, sets: sign == b'=' },
            // `${x[@]+"${x[@]}"}`: the list, unless there is none.
            b'+' if is_list => Modifier::Plain,
            b'+' => Modifier::Instead(word(skip)),
            b'?' => Modifier::Plain,
            _ if colon && is_list => slice(rest).unwrap_or(Modifier::Plain),
            _ if colon => Modifier::Modified,
            b',' => Modifier::Changed(Change::Lower { all: rest.starts_with(",,") }),
            b'^' => Modifier::Changed(Change::Upper { all: rest.starts_with("^^") }),
            b'%' | b'#' => {
                let longest = rest.as_bytes().get(1) == Some(&sign);
                let pattern = word(1 + usize::from(longest));
                Modifier::Changed(Change::Strip { pattern, at_end: sign == b'%', longest })
            }
            b'/' => {
                let all = rest.starts_with("//");
                let from = at + 1 + usize::from(all);
                let middle = self.slash(from, end);
                let inner = if quoted { Mode::Quoted } else { Mode::Inner };
                let pattern = self.word(from, middle, inner).0.pieces;
                let by = self.word((middle + 1).min(end), end, inner).0.pieces;
                Modifier::Changed(Change::Replace { pattern, by, all })
            }
            _ => Modifier::Modified,
        }
    }

    /// The slash between what is replaced and what replaces it.
    fn slash(&self, start: usize, limit: usize) -> usize {
        let mut at = start;
        while at < limit && self.byte(at) != b'/' {
            at += if self.byte(at) == b'\\' { 2 } else { 1 };
        }
        at.min(limit)
    }
}

/// `:1`, `:1:2`, `: -1`: numbers that are written there.
fn slice(rest: &str) -> Option<Modifier> {
    let mut numbers = rest.strip_prefix(':')?.splitn(2, ':');
    let from = numbers.next()?.trim().parse().ok()?;
    match numbers.next() {
        None => Some(Modifier::Slice(from, None)),
        Some(count) => Some(Modifier::Slice(from, Some(count.trim().parse().ok()?))),
    }
}
