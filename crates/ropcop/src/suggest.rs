//! Did you mean …?

/// The candidate that is nearest to what was typed, if it is near enough to be meant.
pub(crate) fn similar<'a>(typed: &str, candidates: impl IntoIterator<Item = &'a str>) -> Option<&'a str> {
    let typed = typed.to_lowercase();
    candidates
        .into_iter()
        .map(|candidate| (distance(&typed, candidate), candidate))
        // A third of the letters may be wrong; otherwise a part of the name may have been left out.
        .filter(|(distance, candidate)| {
            *distance <= candidate.chars().count().div_ceil(3) || (typed.len() >= 4 && candidate.contains(&*typed))
        })
        .min()
        .map(|(_, candidate)| candidate)
}

/// Levenshtein's distance: how many letters to insert, delete or replace.
fn distance(a: &str, b: &str) -> usize {
    let b: Vec<char> = b.chars().collect();
    let mut row: Vec<usize> = (0..=b.len()).collect();
    for (i, from) in a.chars().enumerate() {
        let mut diagonal = row[0];
        row[0] = i + 1;
        for (j, to) in b.iter().enumerate() {
            let replaced = diagonal + usize::from(from != *to);
            diagonal = row[j + 1];
            row[j + 1] = replaced.min(row[j] + 1).min(diagonal + 1);
        }
    }
    row[b.len()]
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_slip_is_forgiven_and_nonsense_is_not() {
        let rules = ["az-login-password", "connect-account-credential"];
        assert_eq!(similar("az-login-pasword", rules), Some("az-login-password"));
        assert_eq!(similar("AZ-LOGIN", rules), Some("az-login-password"));
        assert_eq!(similar("no-such-rule", rules), None);
        assert_eq!(distance("kitten", "sitting"), 3);
    }
}
