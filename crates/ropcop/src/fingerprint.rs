//! What stays the same about a finding when the lines around it move.

use std::collections::HashMap;

/// Hands out fingerprints in the order of the findings.
#[derive(Debug, Default)]
pub(crate) struct Fingerprints {
    seen: HashMap<u64, usize>,
}

impl Fingerprints {
    /// The fingerprint of a finding: a hash of its rule, its path and its text, and which one of several equal it is.
    ///
    /// `text` is masked: a fingerprint must not be a way to try out passwords. White space counts as one space, so that
    /// indenting a block changes nothing.
    pub(crate) fn next(&mut self, rule: &str, path: &str, text: &str) -> String {
        let words: Vec<&str> = text.split_whitespace().collect();
        let hash = fnv1a(&[rule, path, &words.join(" ")]);
        let count = self.seen.entry(hash).or_default();
        *count += 1;
        format!("{hash:016x}:{count}")
    }
}

/// FNV-1a, 64 bit, over the parts with a zero byte behind each. The standard library promises no stable hash, and these
/// values are kept in other people's databases.
fn fnv1a(parts: &[&str]) -> u64 {
    let bytes = parts.iter().flat_map(|part| part.bytes().chain([0]));
    bytes.fold(0xcbf2_9ce4_8422_2325, |hash, byte| (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn equal_findings_are_numbered_and_others_differ() {
        let mut prints = Fingerprints::default();
        let first = prints.next("rule", "a.sh", "tool  login\n  -p …");
        assert_eq!(first, "5a9a73fddf861407:1");
        assert_eq!(prints.next("rule", "a.sh", "tool login -p …"), first.replace(":1", ":2"));
        assert_ne!(prints.next("rule", "b.sh", "tool login -p …"), first);
        assert_eq!(fnv1a(&[]), 0xcbf2_9ce4_8422_2325);
    }
}
