//! Where quotes, substitutions and braces end.

use super::word::WordReader;

/// Nobody nests quotes and substitutions deeper than this by hand. The limit protects the stack.
const NESTING: usize = 40;

impl WordReader<'_> {
    fn at(&self, at: usize) -> u8 {
        self.text.text.as_bytes().get(at).copied().unwrap_or(0)
    }

    /// Runs `scan` unless quotes and substitutions are nested too deeply to be followed: then `limit` is the answer.
    pub(super) fn nested<T>(&self, otherwise: T, scan: impl FnOnce() -> T) -> T {
        if self.nesting.get() > NESTING {
            return otherwise;
        }
        self.nesting.set(self.nesting.get() + 1);
        let result = scan();
        self.nesting.set(self.nesting.get() - 1);
        result
    }

    /// The next `wanted`, or `limit`.
    pub(super) fn find(&self, start: usize, limit: usize, wanted: u8) -> usize {
        (start..limit).find(|at| self.at(*at) == wanted).unwrap_or(limit)
    }

    /// The place of the double quote that ends a string, which begins at `start`.
    pub(super) fn string_end(&self, start: usize, limit: usize) -> usize {
        self.nested(limit, || self.scan_string_end(start, limit))
    }

    fn scan_string_end(&self, start: usize, limit: usize) -> usize {
        let mut at = start;
        while at < limit {
            at = match self.at(at) {
                b'"' => return at,
                b'\\' => at + 2,
                b'$' if self.at(at + 1) == b'(' => self.substitution_end(at, limit),
                b'$' if self.at(at + 1) == b'{' => self.brace_end(at + 2, limit) + 1,
                b'`' => self.skip_backquotes(at, limit),
                _ => at + 1,
            };
        }
        limit
    }

    /// Where a substitution ends, parenthesis included. The grammar knows best; where it has given up, count.
    pub(super) fn substitution_end(&self, start: usize, limit: usize) -> usize {
        match self.ends.get(&start) {
            Some(end) if *end <= limit => *end,
            _ => self.closing(start + 2, limit),
        }
    }

    /// Where `((…))` ends, from behind its second parenthesis; none if it is no arithmetic.
    pub(super) fn arithmetic_end(&self, start: usize, limit: usize) -> Option<usize> {
        let inner = self.closing(start, limit);
        (inner < limit && self.at(inner) == b')').then_some(inner + 1)
    }

    /// Behind the parenthesis that closes one that opened just before `start`.
    pub(super) fn closing(&self, start: usize, limit: usize) -> usize {
        self.nested(limit, || self.scan_closing(start, limit))
    }

    fn scan_closing(&self, start: usize, limit: usize) -> usize {
        let mut at = start;
        let mut open = 1;
        while at < limit {
            let fresh = at == start || b" \t\n;(".contains(&self.at(at - 1));
            at = match self.at(at) {
                b'\\' => at + 2,
                b'\'' => self.find(at + 1, limit, b'\'') + 1,
                b'"' => self.string_end(at + 1, limit) + 1,
                b'`' => self.skip_backquotes(at, limit),
                b'#' if fresh => self.find(at, limit, b'\n'),
                b'(' => {
                    open += 1;
                    at + 1
                }
                b')' => {
                    open -= 1;
                    if open == 0 {
                        return at + 1;
                    }
                    at + 1
                }
                _ => at + 1,
            };
        }
        limit
    }

    /// The place of the brace that closes `${`, from behind that.
    pub(super) fn brace_end(&self, start: usize, limit: usize) -> usize {
        self.nested(limit, || self.scan_brace_end(start, limit))
    }

    fn scan_brace_end(&self, start: usize, limit: usize) -> usize {
        let mut at = start;
        while at < limit {
            at = match self.at(at) {
                b'}' => return at,
                b'\\' => at + 2,
                // Inside double quotes a single quote means itself, so one without a partner is no quote.
                b'\'' => {
                    let end = self.find(at + 1, limit, b'\'');
                    if end < limit { end + 1 } else { at + 1 }
                }
                b'"' => self.string_end(at + 1, limit) + 1,
                b'$' if self.at(at + 1) == b'(' => self.substitution_end(at, limit),
                b'$' if self.at(at + 1) == b'{' => self.brace_end(at + 2, limit) + 1,
                b'`' => self.skip_backquotes(at, limit),
                _ => at + 1,
            };
        }
        limit
    }

    fn skip_backquotes(&self, start: usize, limit: usize) -> usize {
        let mut at = start + 1;
        while at < limit && self.at(at) != b'`' {
            at += if self.at(at) == b'\\' { 2 } else { 1 };
        }
        at + 1
    }
}
