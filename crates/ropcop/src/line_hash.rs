//! GitHub's own fingerprint of a line, `primaryLocationLineHash`.
//!
//! Code scanning follows an alert through changes by a rolling hash of the hundred characters from the beginning of its
//! line on, spaces and tabs left out. Its upload action computes the value if a report has none and warns if a report has
//! another one, so this must agree with `src/fingerprints.ts` of github/codeql-action to the last bit.

use std::collections::{HashMap, VecDeque};

const BLOCK: usize = 100;
const BASE: u64 = 37;
const END: u64 = 65535;

/// The fingerprint of every line of a text, the first one at index 0.
pub(crate) fn line_hashes(text: &str) -> Vec<String> {
    let units = normalised(text);
    // Behind the end there are as many zeros as the last line needs.
    let padded = units.iter().copied().chain(std::iter::repeat_n(0, BLOCK));
    let starts = line_starts(&units);
    let first = (0..BLOCK).fold(1u64, |power, _| power.wrapping_mul(BASE));
    let mut window = VecDeque::from([0u64; BLOCK]);
    let (mut hash, mut next) = (0u64, 0);
    let mut hashes = Vec::with_capacity(starts.len());
    let mut counts: HashMap<u64, usize> = HashMap::new();
    for (read, unit) in padded.enumerate() {
        // The window holds the units from `read - BLOCK` on: the hash of the line that begins there is complete.
        if starts.get(next).is_some_and(|start| start + BLOCK == read) {
            hashes.push(numbered(hash, &mut counts));
            next += 1;
        }
        let gone = window.pop_front().unwrap_or_default();
        window.push_back(unit);
        hash = hash.wrapping_mul(BASE).wrapping_add(unit).wrapping_sub(first.wrapping_mul(gone));
    }
    hashes
}

/// UTF-16 units without spaces and tabs, every line end a line feed, and the end mark.
fn normalised(text: &str) -> Vec<u64> {
    let mut units = Vec::with_capacity(text.len() + 1);
    let mut after_return = false;
    for unit in text.encode_utf16() {
        let skipped = matches!(unit, 0x20 | 0x09) || (after_return && unit == 0x0a);
        after_return = unit == 0x0d;
        if !skipped {
            units.push(if unit == 0x0d { 0x0a } else { u64::from(unit) });
        }
    }
    units.push(END);
    units
}

/// Indices of the units with which lines begin.
fn line_starts(units: &[u64]) -> Vec<usize> {
    let behind_ends = units.iter().enumerate().filter(|(_, unit)| **unit == 0x0a).map(|(at, _)| at + 1);
    std::iter::once(0).chain(behind_ends).collect()
}

/// The hash, and which one of several equal it is.
fn numbered(hash: u64, counts: &mut HashMap<u64, usize>) -> String {
    let count = counts.entry(hash).or_default();
    *count += 1;
    format!("{hash:x}:{count}")
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Computed with another implementation, in JavaScript with big integers, which also gives the values in the tests of
    /// github/codeql-action.
    #[test]
    fn the_hashes_are_those_of_github() {
        for (text, expected) in [
            ("".to_owned(), vec!["c129715d7a2bc9a3:1"]),
            ("tool login\n".to_owned(), vec!["6bf1c7d7b5f5baec:1", "c129715d7a2bc9a3:1"]),
            (
                "a\r\nb\rc\n\n\td \n".to_owned(),
                vec![
                    "e7119ac59887878b:1",
                    "a58c02d81a12ccb4:1",
                    "1278678578abeda0:1",
                    "5ef4a45af6614457:1",
                    "c13b9b1f9cee4e29:1",
                    "c129715d7a2bc9a3:1",
                ],
            ),
            (
                "x = 1\n".repeat(3) + "ü€😀 end",
                vec!["4469f663ab247abf:1", "a5fc8c4a26bb5da3:1", "ef320826e76e5647:1", "283bc8f5c57bc8ab:1"],
            ),
            (
                format!("\u{feff}#!/bin/sh\r \ny{}\nlast", "z".repeat(250)),
                vec!["3dfe801f6d1a1480:1", "b8b04c89b74eaf8f:1", "b95ae9e17f3ecdbb:1", "58429ecce5a8d0db:1"],
            ),
        ] {
            assert_eq!(line_hashes(&text), expected, "{text:?}");
        }
    }

    #[test]
    fn equal_lines_are_numbered() {
        let hashes = line_hashes(&"Lorem ipsum dolor sit amet.\n".repeat(10));
        assert_eq!(hashes[0], "a7f2ff13bc495cf2:1");
        assert_eq!(hashes[5], "a7f2ff13bc495cf2:6");
    }
}
