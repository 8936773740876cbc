//! Commands as data: what a file in `rules/commands/` says about one command, and where in a list of words it stands.
//!
//! How the words behind it are read is [`crate::options`]' business.

use std::collections::BTreeMap;

use ropcop_syntax::{Part, Word};
use schemars::JsonSchema;
use serde::Deserialize;
use toml::Spanned;

use crate::lazy_regex::LazyRegex;
use crate::options::{self, Parsed};
use crate::rule::{Mistake, Name};

/// One file of `rules/commands/`: how a command is called and how it reads its words.
#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub(crate) struct CommandFile {
    /// The name that rules use: `name = "…"` in `[[match.command]]`.
    pub(crate) name: String,
    /// Names of the program; a path that ends in one of them is the program too. Case counts for `argparse` only.
    pub(crate) programs: Vec<String>,
    /// Regular expression for names of variables that hold the program; the whole name must match, in any case.
    #[serde(default)]
    #[schemars(with = "Option<String>")]
    pub(crate) program_variables: Option<Spanned<String>>,
    /// Words that must follow the program at once, compared without case; `a|b` stands for either.
    #[serde(default)]
    pub(crate) sub_commands: Vec<String>,
    /// How options are written.
    pub(crate) style: Style,
    /// The options it knows. A word that looks like an option and is none of them is refused by `argparse`, and passed
    /// over by the other styles.
    #[serde(default, rename = "option")]
    pub(crate) options: Vec<OptionFile>,
    /// Combinations that the command refuses although every option is right for itself.
    #[serde(default)]
    pub(crate) refused: Vec<Refusal>,
}

/// A way of writing options.
#[derive(Clone, Copy, Debug, Deserialize, JsonSchema, PartialEq, Eq)]
#[serde(rename_all = "lowercase")]
pub(crate) enum Style {
    /// Python's argparse: unambiguous prefixes of long names, `--name=value`, `-nvalue`, `-n=value`, joined switches.
    Argparse,
    /// The family of getopt, pflag and commander: `--name value`, `--name=value`, `-n value`, `-nvalue`, joined switches;
    /// names of several letters may have one hyphen.
    Posix,
    /// PowerShell: any case, unambiguous starts of names, `-Name value`, `-Name:value`, values by position, and the
    /// parameters that all cmdlets share.
    Powershell,
    /// Windows tools: `/name:value` or `-name:value`, in any case.
    Slash,
}

/// One option of a command.
#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub(crate) struct OptionFile {
    /// Its names with their hyphens. The first is the one that rules use. A name without a hyphen is given by position
    /// only.
    pub(crate) names: Vec<String>,
    /// Its place among the values that stand without a name (`powershell`).
    #[serde(default)]
    pub(crate) position: Option<usize>,
    /// How many values it takes.
    #[serde(default, rename = "value")]
    pub(crate) takes: Takes,
    /// It prints help and ends the command.
    #[serde(default)]
    pub(crate) help: bool,
    /// A literal value that matches one of these regular expressions is refused.
    #[serde(default)]
    pub(crate) refuse: Vec<LazyRegex>,
    /// A literal value that matches none of these regular expressions is refused.
    #[serde(default)]
    pub(crate) refuse_unless: Vec<LazyRegex>,
}

/// How many values an option takes.
#[derive(Clone, Copy, Debug, Default, Deserialize, JsonSchema, PartialEq, Eq)]
#[serde(rename_all = "lowercase")]
pub(crate) enum Takes {
    /// None: a switch.
    #[default]
    None,
    /// One.
    One,
    /// One or more: all words up to the next option.
    Many,
    /// None or one: the next word, unless that is an option (`argparse`).
    Optional,
}

/// A combination that is refused: all keys hold.
#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub(crate) struct Refusal {
    /// Options that are there with a value that is not empty (switches: are there).
    pub(crate) with: Vec<Name>,
    /// Options that are not there, or only with an empty value.
    #[serde(default)]
    pub(crate) without: Vec<Name>,
    /// Options with a literal value that does not match the regular expression.
    #[serde(default)]
    pub(crate) unless_like: BTreeMap<Name, LazyRegex>,
    /// What is wrong, in one line of Markdown.
    pub(crate) why: String,
}

/// A file of `rules/commands` that is ready to use.
#[derive(Debug)]
pub struct Grammar {
    file: CommandFile,
    program_variables: Option<LazyRegex>,
}

impl OptionFile {
    /// The name that rules use.
    pub(crate) fn name(&self) -> &str {
        self.names.first().map_or("", String::as_str)
    }

    /// Whether a value is surely refused. What is not known is taken for right.
    pub(crate) fn refuses(&self, value: &Word) -> bool {
        value.text().is_some_and(|text| {
            self.refuse.iter().any(|regex| regex.is_match(&text))
                || (!self.refuse_unless.is_empty() && !self.refuse_unless.iter().any(|regex| regex.is_match(&text)))
        })
    }
}

impl Grammar {
    /// Reads one file of `rules/commands/`. The error says what is wrong with it.
    pub fn from_toml(text: &str) -> Result<Self, String> {
        let file: CommandFile = toml::from_str(text).map_err(|error| error.to_string())?;
        Self::new(file).map_err(|mistake| mistake.message)
    }

    /// Checks a file that was read already.
    pub(crate) fn new(file: CommandFile) -> Result<Self, Mistake> {
        let whole = |pattern: &Spanned<String>| {
            let regex = LazyRegex::new(&format!("(?i)^(?:{})$", pattern.get_ref()));
            regex.map_err(|message| Mistake::at(pattern.span(), message, "it is compared with names of variables"))
        };
        let grammar = Self { program_variables: file.program_variables.as_ref().map(whole).transpose()?, file };
        let refused = grammar.file.refused.iter();
        let mut named = refused.flat_map(|r| r.with.iter().chain(&r.without).chain(r.unless_like.keys()));
        match named.find(|name| !grammar.knows(name)) {
            Some(name) => {
                let message = format!("`refused` names the option `{}`, which is not described", &**name);
                Err(Mistake::at(name.span.clone(), message, "use the first of the names of an `[[option]]`"))
            }
            None => Ok(grammar),
        }
    }

    /// The name that rules use.
    pub fn name(&self) -> &str {
        &self.file.name
    }

    /// Whether `option` is the first name of an option: a rule may use no other.
    pub fn knows(&self, option: &str) -> bool {
        self.file.options.iter().any(|spec| spec.name() == option)
    }

    /// The words that must follow the program, each with all that stand for it.
    pub(crate) fn command_words(&self) -> impl Iterator<Item = impl Iterator<Item = &str>> {
        self.file.sub_commands.iter().map(|word| word.split('|'))
    }

    /// The names of an option, of which one is written where the option is given. None where it may be given without a
    /// name, or by a table in which the names have no hyphens.
    pub(crate) fn written_names(&self, option: &str) -> Option<&[String]> {
        let has_names = matches!(self.file.style, Style::Argparse | Style::Posix);
        let known = self.file.options.iter().find(|spec| spec.name() == option);
        known.filter(|_| has_names).map(|spec| spec.names.as_slice())
    }

    /// The letters of all switches, which may be joined behind one hyphen.
    pub(crate) fn switches(&self) -> String {
        let switches = self.file.options.iter().filter(|spec| spec.takes == Takes::None);
        let names = switches.flat_map(|spec| &spec.names).filter_map(|name| name.strip_prefix('-'));
        names.filter(|name| name.len() == 1).collect()
    }

    /// Regular expression for names of variables that hold the program.
    pub fn program_variables(&self) -> Option<&str> {
        self.file.program_variables.as_ref().map(|name| name.get_ref().as_str())
    }

    /// Names of the program.
    pub fn programs(&self) -> &[String] {
        &self.file.programs
    }

    /// Where the program stands in a list of words: at the start, or later, behind a program that is not known to run
    /// its arguments (`run_step "sign in" -- az login`). A later place means that the command only *may* run.
    pub fn find(&self, words: &[Word]) -> Option<usize> {
        (0..words.len()).find(|at| {
            self.is_program(&words[*at], *at == 0)
                && self.file.sub_commands.iter().enumerate().all(|(n, name)| {
                    let word = words.get(at + 1 + n).and_then(Word::text);
                    word.is_some_and(|text| name.split('|').any(|name| text.eq_ignore_ascii_case(name)))
                })
        })
    }

    /// What the command makes of its words. `words` begin at the program, where [`Grammar::find`] saw it.
    pub fn parse(&self, words: &[Word]) -> Parsed {
        let args = words.get(1 + self.file.sub_commands.len()..).unwrap_or_default();
        let mut parsed = match self.file.style {
            Style::Argparse => options::argparse(args, &self.file.options),
            Style::Posix => options::posix(args, &self.file.options),
            Style::Powershell => options::powershell(args, &self.file.options),
            Style::Slash => options::slash(args, &self.file.options),
        };
        if parsed.refused.is_none() && !parsed.help {
            parsed.refused = self.refusal(&parsed);
        }
        parsed
    }

    fn refusal(&self, parsed: &Parsed) -> Option<String> {
        let unlike = |(name, like): (&Name, &LazyRegex)| {
            parsed.value(name).and_then(Word::text).is_some_and(|text| !like.is_match(&text))
        };
        let hit = self.file.refused.iter().find(|refusal| {
            refusal.with.iter().all(|name| parsed.filled(name))
                && !refusal.without.iter().any(|name| parsed.filled(name))
                && refusal.unless_like.iter().all(unlike)
        });
        hit.map(|refusal| refusal.why.clone())
    }

    /// A path counts by its last part, also where its start is not known (`"$HOME"/bin/tool`). A variable counts only at
    /// the start of a command: elsewhere its name says too little.
    fn is_program(&self, word: &Word, first: bool) -> bool {
        match word.parts.last() {
            Some(Part::Text(text)) => {
                let base = text.rsplit(['/', '\\']).next().unwrap_or_default();
                (word.parts.len() == 1 || base.len() < text.len())
                    && self.file.programs.iter().any(|n| self.same(n, base))
            }
            Some(Part::Variable(name)) if first && word.parts.len() == 1 => {
                self.program_variables.as_ref().is_some_and(|regex| regex.is_match(name))
            }
            _ => false,
        }
    }

    /// Whether two names of programs are one. Windows does not look at the case, and nothing else has these programs.
    fn same(&self, name: &str, other: &str) -> bool {
        name == other || (self.file.style != Style::Argparse && name.eq_ignore_ascii_case(other))
    }
}
