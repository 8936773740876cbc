//! The installers that are known. Adding one is a line here.

use super::Plain;

/// How a version is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Form {
    /// `name==1.2`, `name<=1.2,>=1.0`.
    Specifier,
    /// `name=1.2`.
    Equals,
    /// `name-1.2`.
    Hyphen,
    /// `name@1.2`.
    At,
    /// `name 1.2`.
    NextWord,
    /// `name --version 1.2`.
    Option,
    /// `name:1.2`.
    Tag,
    /// Modules of PowerShell; whether `-Version` holds them to one.
    Module(bool),
}

/// Programs, their verbs, and how they write versions.
const INSTALLERS: &[(&[&str], &[&str], Form)] = &[
    (&["pip", "pip3", "pipx", "pipenv", "poetry"], &["install", "add", "inject", "download"], Form::Specifier),
    (&["apt", "apt-get", "aptitude", "apt-mark"], &["install", "satisfy", "hold"], Form::Equals),
    (&["apk"], &["add"], Form::Equals),
    (&["conda", "mamba", "micromamba"], &["install", "create"], Form::Equals),
    (&["yum", "dnf", "tdnf", "zypper", "microdnf"], &["install", "in", "downgrade"], Form::Hyphen),
    (&["brew", "npm", "pnpm", "yarn", "bun"], &["install", "i", "add"], Form::At),
    (&["mise", "rtx"], &["use", "install", "i"], Form::At),
    (&["asdf"], &["install", "global", "local", "set"], Form::NextWord),
    (&["choco", "cinst"], &["install", "upgrade"], Form::Option),
    (&["winget"], &["install", "add", "upgrade"], Form::Option),
    (&["docker", "podman", "nerdctl"], &["pull", "create"], Form::Tag),
];

/// Commands of PowerShell, and whether `-Version` of theirs is the version (of others, it is the lowest).
const MODULES: &[(&str, bool)] = &[
    ("install-module", false),
    ("update-module", false),
    ("import-module", false),
    ("save-module", false),
    ("ipmo", false),
    ("inmo", false),
    ("install-psresource", true),
    ("update-psresource", true),
    ("save-psresource", true),
];

/// How the versions in a command are written, and where the words begin that have them.
pub(super) fn form(words: &[Plain<'_>]) -> Option<(Form, usize)> {
    let first = words.first()?.text.to_ascii_lowercase();
    let name = first.rsplit(['/', '\\']).next().unwrap_or_default();
    let name = name.strip_suffix(".exe").unwrap_or(name);
    if let Some((_, version)) = MODULES.iter().find(|(module, _)| *module == name) {
        return Some((Form::Module(*version), 1));
    }
    let word = |at: usize| words.get(at).map(|word| word.text.as_str()).unwrap_or_default();
    // `python -m pip install`, `uv pip install`, `pip3.11 install`.
    let (name, mut at) = match name {
        _ if is_versioned(name, "python") && (word(1), word(2)) == ("-m", "pip") => ("pip", 3),
        "py" if (word(1), word(2)) == ("-m", "pip") => ("pip", 3),
        "uv" if matches!(word(1), "pip" | "tool") => ("pip", 2),
        "uv" => ("pip", 1),
        _ if is_versioned(name, "pip") => ("pip", 1),
        _ => (name, 1),
    };
    let (_, verbs, form) = INSTALLERS.iter().find(|(names, ..)| names.contains(&name))?;
    while word(at).starts_with('-') {
        at += 1;
    }
    // `cinst` is its own verb; a few options before the verb have values.
    let verb = (at..(at + 3).min(words.len())).find(|at| verbs.contains(&word(*at)));
    match verb {
        Some(verb) => Some((*form, verb + 1)),
        None if name == "cinst" => Some((*form, 1)),
        None => None,
    }
}

/// Whether a name is that of a program with perhaps a version of its own: `python3.11`.
fn is_versioned(name: &str, program: &str) -> bool {
    name.strip_prefix(program).is_some_and(|rest| rest.chars().all(|c| c.is_ascii_digit() || c == '.'))
}
