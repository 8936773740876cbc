//! Records of sessions: what somebody typed behind a prompt, and what came back.

use crate::language::prompt::Prompt;
use crate::text::template::MappedText;
use crate::{Certainty, Language};

use super::label::Label;
use super::{indent, lines};

/// The prompts in a record of a session of which nobody says in which shell it was.
const SESSION: &[Prompt] = &[Prompt::Dollar, Prompt::PowerShell, Prompt::Drive, Prompt::Python];

/// The prompt of a block of code, if it has one.
pub(super) fn of(text: &str, label: &Label) -> Option<Prompt> {
    let open = label.session || label.certainty == Certainty::Likely;
    let candidates = if open && label.language == Language::Shell { SESSION } else { label.language.prompts() };
    let seen = |prompt: &Prompt| text.lines().any(|line| prompt.len(line).is_some());
    // A line that begins with one of these could be something else: they count where nothing else is possible.
    let starts = |prompt: Prompt| {
        let first = text.lines().find(|line| !line.trim().is_empty());
        first.is_some_and(|line| prompt.len(line).is_some()).then_some(prompt)
    };
    let is_command_line = label.language.is_command_line();
    let found = candidates.iter().copied().find(|prompt| seen(prompt));
    let found = found.or_else(|| if is_command_line { starts(Prompt::Angle) } else { None });
    found.or_else(|| (label.session && is_command_line).then(|| starts(Prompt::Root)).flatten())
}

impl Prompt {
    /// The language behind this prompt, in a block that is labelled as `language`.
    pub(super) fn language(self, language: Language) -> Language {
        match self {
            Self::PowerShell => Language::PowerShell,
            Self::Drive if language == Language::Shell => Language::Batch,
            Self::Python => Language::Python,
            _ => language,
        }
    }

    /// What was typed: the lines with a prompt, without it, and the lines that continue them.
    pub(super) fn typed(self, code: &MappedText) -> MappedText {
        let mut typed = MappedText::default();
        let mut continues = false;
        for (at, line) in lines(&code.text) {
            let skipped = self.len(line).or_else(|| self.continued(line, continues));
            let Some(skipped) = skipped else {
                continues = false;
                continue;
            };
            typed.append(&code.slice(at + skipped..at + line.len()));
            continues = ["\\", "`", "^", "|", "&&", "||"].iter().any(|sign| line.trim_end().ends_with(sign));
        }
        typed
    }

    /// The length of the prompt of a line, white space before and behind it included.
    fn len(self, line: &str) -> Option<usize> {
        let text = line.trim_start();
        let rest = match self {
            Self::Dollar => behind(text, "$").or_else(|| behind_name(text))?,
            Self::Root => behind(text, "#")?,
            Self::Angle => behind(text, ">")?,
            Self::PowerShell => {
                let rest = text.strip_prefix("PS")?;
                let (path, rest) = rest.split_once('>')?;
                (path.is_empty() || path.starts_with([' ', '['])).then_some(rest)?
            }
            Self::Drive => {
                let (path, rest) = text.split_once('>')?;
                let mut chars = path.chars();
                let is_drive = chars.next().is_some_and(|drive| drive.is_ascii_alphabetic());
                (is_drive && chars.as_str().starts_with(":\\")).then_some(rest)?
            }
            Self::Python => behind(text, ">>>")?,
        };
        // Python's indentation counts.
        let rest = if self == Self::Python { rest.strip_prefix(' ').unwrap_or(rest) } else { rest.trim_start() };
        Some(line.len() - rest.len()).filter(|_| !rest.is_empty())
    }

    /// The same for a line that continues another.
    fn continued(self, line: &str, continues: bool) -> Option<usize> {
        let text = line.trim_start();
        if self == Self::Python {
            let rest = text.strip_prefix("...")?;
            return Some(line.len() - rest.strip_prefix(' ').unwrap_or(rest).len());
        }
        let prompt = [">> ", "> "].iter().find(|prompt| text.starts_with(**prompt));
        continues.then(|| prompt.map_or(0, |prompt| indent(line) + prompt.len()))
    }
}

/// What follows a prompt and white space.
fn behind<'t>(text: &'t str, prompt: &str) -> Option<&'t str> {
    text.strip_prefix(prompt).filter(|rest| rest.starts_with(char::is_whitespace))
}

/// What follows a prompt that names the user, the machine or the environment: `me@pc:~$ `, `[me@pc ~]# `, `(env) $ `.
fn behind_name(text: &str) -> Option<&str> {
    let end = text
        .char_indices()
        .take(60)
        .find(|(at, char)| "$#%".contains(*char) && text.get(at + 1..).is_some_and(|rest| rest.starts_with(' ')))?;
    let (name, rest) = (text.get(..end.0)?, text.get(end.0 + 1..)?);
    let name = match name.strip_prefix('(').and_then(|inner| inner.split_once(')')) {
        Some((_, "" | " ")) => return Some(rest),
        Some((_, name)) => name.trim_start(),
        None => name,
    };
    let words = name.split_whitespace().count();
    let is_bracketed = name.starts_with('[') && name.ends_with(']') && words <= 2;
    let is_login = words == 1 && name.contains('@') && !name.contains(['"', '\'', '=', '(']);
    let is_shell = ["bash-", "sh-", "~"].iter().any(|start| name.starts_with(start)) && words == 1;
    (is_bracketed || is_login || is_shell).then_some(rest)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_prompt_gives_a_block_its_language() {
        let plain = Label { language: Language::Shell, certainty: Certainty::Likely, session: false };
        let shell = Label { certainty: Certainty::Runs, ..plain };
        for (text, label, expected) in [
            ("PS C:\\> tool `\n>> -a\nput out\n", plain, Some((Language::PowerShell, "tool `\n-a\n"))),
            ("PS>tool a\nput out", plain, Some((Language::PowerShell, "tool a\n"))),
            ("[x]: PS /home/me> tool a\n$ tool b\n", plain, Some((Language::Shell, "tool b\n"))),
            ("C:\\Users\\me>tool a\nput out\n", plain, Some((Language::Batch, "tool a\n"))),
            (">>> tool(\n...     a)\n'out'\n", plain, Some((Language::Python, "tool(\n    a)\n"))),
            ("PS C:\\> tool a\n", shell, None),
            ("tool a > b\n", plain, None),
            ("> tool a\nput out\n", shell, Some((Language::Shell, "tool a\n"))),
            ("tool a\n> b\n", shell, None),
            ("# tool a\ntool b\n", shell, None),
        ] {
            let code = MappedText { text: text.to_owned(), map: vec![(0, 0)] };
            let found = of(text, &label).map(|prompt| (prompt.language(label.language), prompt.typed(&code).text));
            let found = found.as_ref().map(|(language, typed)| (*language, typed.trim_end()));
            assert_eq!(found, expected.map(|(language, typed)| (language, typed.trim_end())), "{text}");
        }
    }
}
