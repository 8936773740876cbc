//! Code of which only is known that a command line runs it.

/// What begins a script of PowerShell and nothing that a shell could run.
const OPENINGS: [&str; 5] = ["<#", "param(", "param (", "[CmdletBinding(", "[Parameter("];

/// Whether a text is code of PowerShell and not of a shell: its first statement says so. A shell would run the value of a
/// `$name` that is given one. Later lines say nothing: they may stand in a here-document.
pub(crate) fn is_powershell(text: &str) -> bool {
    let mut lines = text.lines().map(str::trim_start);
    let is_said = |line: &&str| !line.is_empty() && (!line.starts_with('#') || line.starts_with("#!"));
    let Some(first) = lines.find(is_said) else { return false };
    OPENINGS.iter().any(|opening| first.starts_with(opening)) || assigns(first) || begins_with_cmdlet(first)
}

/// `$name = …`, `$env:NAME += …`; a digit begins only names of other languages.
fn assigns(line: &str) -> bool {
    let Some(name) = line.strip_prefix('$').filter(|name| name.starts_with(|c: char| c.is_alphabetic() || c == '_'))
    else {
        return false;
    };
    let rest = name.trim_start_matches(|c: char| c.is_alphanumeric() || "_:.".contains(c));
    let sign = rest.trim_start_matches([' ', '\t']);
    let value = sign.strip_prefix("+=").or_else(|| sign.strip_prefix('='));
    value.is_some_and(|value| !value.starts_with(['=', '~']))
}

/// `Verb-Noun …`.
fn begins_with_cmdlet(line: &str) -> bool {
    let name = line.split([' ', '\t']).next().unwrap_or_default();
    let is_word = |word: &str| {
        word.starts_with(|c: char| c.is_ascii_uppercase()) && word.chars().all(|c| c.is_ascii_alphanumeric())
    };
    name.split_once('-').is_some_and(|(verb, noun)| is_word(verb) && is_word(noun) && noun.len() > 1)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_first_statement_tells_powershell() {
        for text in [
            "$a = 'b'\ntool",
            "$env:A='b'",
            "# first\n\n  $a += 1",
            "<#\nwhat it does\n#>\ntool",
            "param([string]$A)",
            "Import-Module A\n$b = 1",
            "New-Thing",
        ] {
            assert!(is_powershell(text), "{text}");
        }
    }

    #[test]
    fn what_a_shell_may_run_is_not_powershell() {
        for text in [
            "",
            "#!/usr/bin/env pwsh",
            "#!/bin/sh\n$a = 1",
            "a=b",
            "$TOOL login",
            "$TOOL --a=b",
            "$1 = $2",
            "$a == $b",
            "awk '\n$a = 1'",
            "cat <<'END'\n$a = 1\nEND",
            "apt-get install a",
            "Sign-in with tool login",
            "Set-Up: tool login",
        ] {
            assert!(!is_powershell(text), "{text}");
        }
    }
}
