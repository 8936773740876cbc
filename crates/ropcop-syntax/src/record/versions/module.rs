//! Modules of PowerShell: `Install-Module -Name A, B -RequiredVersion 1.2`.

use super::{HeldName, Plain};

/// Parameters without a value: the next word is not theirs.
const SWITCHES: &[&str] = &[
    "force",
    "allowclobber",
    "skippublishercheck",
    "acceptlicense",
    "allowprerelease",
    "passthru",
    "confirm",
    "verbose",
    "whatif",
    "trustrepository",
    "quiet",
    "reinstall",
    "global",
    "disablenamechecking",
    "usewindowspowershell",
    "noclobber",
    "debug",
    "skipdependencycheck",
    "asnupkg",
    "includexml",
    "prerelease",
];

/// What the words behind the command hold to a version; `-Version` may be one of the parameters that do.
pub(super) fn held(words: &[Plain<'_>], by_version: bool) -> Vec<HeldName> {
    let mut names = Vec::new();
    let mut version = None;
    let mut parameter = String::new();
    let mut is_first = true;
    for word in words {
        let text = word.text.as_str();
        let mut start = 0;
        if let Some(name) = text.strip_prefix(['-', '–', '—']) {
            let (name, value) = name.split_once(':').unwrap_or((name, ""));
            parameter = name.to_ascii_lowercase();
            if SWITCHES.contains(&parameter.as_str()) {
                parameter.clear();
            }
            start = text.len() - value.len();
            if value.is_empty() {
                continue;
            }
        }
        let holds = |full: &str, least: usize| parameter.len() >= least && full.starts_with(&parameter);
        if holds("requiredversion", 3) || holds("maximumversion", 2) || (by_version && holds("version", 4)) {
            let end = text.trim_end_matches([']', ')', ' ']).len();
            version = Some(word.version(upper(text, start).min(end), end));
        } else if holds("name", 1) || (parameter.is_empty() && is_first) {
            names.push((word, start));
            is_first = text.ends_with(',');
            // The list goes on: `A, B`.
            if text.ends_with(',') {
                continue;
            }
        }
        parameter.clear();
    }
    let Some(version) = version else { return Vec::new() };
    let single = |(word, start): (&Plain<'_>, usize)| {
        let mut at = start;
        let parts = word.text[start..].split(',').map(|part| {
            let from = at + (part.len() - part.trim_start().len());
            at += part.len() + 1;
            HeldName {
                name: part.trim().to_owned(),
                span: word.span(from, from + part.trim().len()),
                version: version.clone(),
                operator: "",
            }
        });
        parts.collect::<Vec<_>>()
    };
    names.into_iter().flat_map(single).filter(|held| !held.name.is_empty()).collect()
}

/// Where the upper end of a range begins: `[1.0, 2.0)`.
fn upper(text: &str, start: usize) -> usize {
    let behind = text[start..].trim_start_matches(['[', '(']);
    let from = text.len() - behind.len();
    let end = behind.find(',').map_or(from, |comma| from + comma + 1);
    text.len() - text[end..].trim_start().len()
}
