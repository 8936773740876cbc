//! Did you mean …?

/// The candidate that is nearest to what was typed, if it is near enough to be meant.
pub(crate) fn similar<'a>(typed: &str, candidates: impl IntoIterator<Item = &'a str>) -> Option<&'a str> {
    let typed = typed.to_lowercase();
    candidates
        .into_iter()
        .map(|candidate| (strsim::levenshtein(&typed, candidate), candidate))
        // A third of the letters may be wrong; otherwise a part of the name may have been left out.
        .filter(|(distance, candidate)| {
            *distance <= candidate.chars().count().div_ceil(3) || (typed.len() >= 4 && candidate.contains(&*typed))
        })
        .min()
        .map(|(_, candidate)| candidate)
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
        // Three letters of seven may be wrong, but not four.
        assert_eq!(similar("kitten", ["sitting"]), Some("sitting"));
        assert_eq!(similar("mitten", ["sitting!"]), None);
    }
}
