//! Versions, as far as they can be put in an order.

/// Whether a version is below another; false if it is not known to be. `6.*` is the last of all that begin with 6.
pub(crate) fn is_below(version: &str, limit: &str) -> bool {
    matches!((numbers(version), numbers(limit)), (Some(version), Some(limit)) if version < limit)
}

/// The numbers of a version up to the first that is none: `2.36.0-1~bionic` is 2, 36, 0.
fn numbers(version: &str) -> Option<Vec<u64>> {
    let version = version.trim().trim_start_matches(['v', 'V', '=', ' ']);
    let mut numbers = Vec::new();
    for part in version.split('.') {
        let digits = part.len() - part.trim_start_matches(|c: char| c.is_ascii_digit()).len();
        match part[..digits].parse() {
            Ok(number) => numbers.push(number),
            Err(_) if ["*", "x"].contains(&part) => numbers.push(u64::MAX),
            Err(_) => break,
        }
        if digits < part.len() {
            break;
        }
    }
    // `14` may be any 14; zeros at the end change nothing.
    while numbers.last() == Some(&0) {
        numbers.pop();
    }
    (!numbers.is_empty()).then_some(numbers)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn versions_are_compared_number_by_number() {
        for (version, limit, expected) in [
            ("2.9.1", "2.76.0", true),
            ("2.76", "2.76.0", false),
            ("2.76.1", "2.76.0", false),
            ("2.36.0-1~bionic", "2.76.0", true),
            ("2.88.0-azurelinux3.0", "2.76.0", false),
            ("6.*", "14.3", true),
            ("14.*", "14.3", false),
            ("v1.2", "1.10", true),
            ("latest", "2.76.0", false),
            ("", "1", false),
        ] {
            assert_eq!(is_below(version, limit), expected, "{version} below {limit}");
        }
    }
}
