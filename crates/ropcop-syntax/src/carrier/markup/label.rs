//! What a page says about the language of a block of code.

use crate::{Certainty, Language};

/// A label, understood.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Label {
    pub(super) language: Language,
    /// Code without a label may be anything.
    pub(super) certainty: Certainty,
    /// A record of a session: commands behind prompts, and what they put out.
    pub(super) session: bool,
}

/// Endings of labels for the commands of one maker.
const FAMILIES: [(&str, Language); 2] = [("powershell", Language::PowerShell), ("cli", Language::Shell)];

/// Labels of sessions.
const SESSIONS: [&str; 9] = [
    "console",
    "shell-session",
    "shellsession",
    "sh-session",
    "bash-session",
    "terminal-session",
    "pycon",
    "ps1con",
    "pwsh-session",
];

/// Labels that say that no language is meant.
const PLAIN: [&str; 12] = [
    "",
    "text",
    "txt",
    "plain",
    "plaintext",
    "output",
    "none",
    "nohighlight",
    "no-highlight",
    "code",
    "raw",
    "literal",
];

impl Label {
    /// The meaning of an info string: `bash`, `{.bash .numberLines}`, `c# title="x"`, `bash,linenums`.
    pub(super) fn read(info: &str) -> Option<Self> {
        let info = info.trim().trim_start_matches(['{', '.', ' ']);
        let word = info.split([' ', '\t', ',', ':', ';', '{', '}', '[', '(']).next().unwrap_or_default();
        let word = word.trim_start_matches("language-").trim_start_matches("lang-").to_ascii_lowercase();
        // `{title="x"}` has attributes and no language.
        if word.contains('=') || PLAIN.contains(&word.as_str()) {
            return Some(Self { language: Language::Shell, certainty: Certainty::Likely, session: false });
        }
        let session = SESSIONS.contains(&word.as_str());
        let language = language(&word).or(session.then_some(Language::Shell))?;
        Some(Self { language, certainty: Certainty::Runs, session })
    }
}

fn language(word: &str) -> Option<Language> {
    // Some sites put a button beside a block that runs it.
    let word = word.strip_suffix("-interactive").unwrap_or(word);
    let by_name = Language::called(word);
    // A prefix says whose commands they are.
    let by_ending = || FAMILIES.iter().find(|(ending, _)| word.ends_with(ending)).map(|(_, language)| *language);
    // The name of a file stands above its text.
    let by_file = || Language::detect(word, "");
    by_name.or_else(by_ending).or_else(by_file).filter(|language| language.may_stand_in_a_page())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_label_is_understood_however_it_is_decorated() {
        let runs = |language| Some((language, Certainty::Runs));
        let likely = Some((Language::Shell, Certainty::Likely));
        for (info, expected) in [
            ("bash", runs(Language::Shell)),
            (" Bash ", runs(Language::Shell)),
            ("{.bash .numberLines}", runs(Language::Shell)),
            ("{bash}", runs(Language::Shell)),
            ("bash title=\"x\"", runs(Language::Shell)),
            ("azurecli-interactive", runs(Language::Shell)),
            ("azurepowershell", runs(Language::PowerShell)),
            ("dotnetcli", runs(Language::Shell)),
            ("console", runs(Language::Shell)),
            ("PowerShell", runs(Language::PowerShell)),
            ("ps1", runs(Language::PowerShell)),
            ("C#", runs(Language::CSharp)),
            ("cs", runs(Language::CSharp)),
            ("yml", runs(Language::Yaml)),
            ("Dockerfile", runs(Language::Containerfile)),
            ("bat", runs(Language::Batch)),
            ("tf", runs(Language::Hcl)),
            ("", likely),
            ("text", likely),
            ("{title=\"x\"}", likely),
            ("md", None),
            ("ipynb", None),
            ("mermaid", None),
            ("ruby", None),
        ] {
            assert_eq!(Label::read(info).map(|label| (label.language, label.certainty)), expected, "{info}");
        }
    }
}
