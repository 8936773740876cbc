//! Commands as data: what a file in `rules/commands/` says about one command, and where in a list of words it stands.
//!
//! How the words behind it are read is [`crate::options`]' business.

use std::collections::BTreeMap;

use ropcop_syntax::{Part, Word};
use schemars::JsonSchema;
use serde::Deserialize;

use crate::lazy_regex::LazyRegex;
use crate::options::{self, Parsed};

/// One file of `rules/commands/`: how a command is called and how it reads its words.
#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct CommandFile {
    /// The name that rules use: `command = "…"`.
    pub name: String,
    /// Names of the program; a path that ends in one of them is the program too. Case counts for `argparse` only.
    pub programs: Vec<String>,
    /// Regular expression for names of variables that hold the program; the whole name must match, in any case.
    #[serde(default)]
    pub program_variables: Option<String>,
    /// Words that must follow the program at once, compared without case; `a|b` stands for either.
    #[serde(default)]
    pub sub_commands: Vec<String>,
    /// How options are written.
    pub style: Style,
    /// The options it knows. A word that looks like an option and is none of them is refused by `argparse`, and passed
    /// over by the other styles.
    #[serde(default, rename = "option")]
    pub options: Vec<OptionFile>,
    /// Combinations that the command refuses although every option is right for itself.
    #[serde(default)]
    pub refused: Vec<Refusal>,
}

/// A way of writing options.
#[derive(Clone, Copy, Debug, Deserialize, JsonSchema, PartialEq, Eq)]
#[serde(rename_all = "lowercase")]
pub enum Style {
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
pub struct OptionFile {
    /// Its names with their hyphens. The first is the one that rules use. A name without a hyphen is given by position
    /// only.
    pub names: Vec<String>,
    /// Its place among the values that stand without a name (`powershell`).
    #[serde(default)]
    pub position: Option<usize>,
    /// How many values it takes.
    #[serde(default)]
    pub value: Takes,
    /// It prints help and ends the command.
    #[serde(default)]
    pub help: bool,
    /// A literal value that matches one of these regular expressions is refused.
    #[serde(default)]
    pub refuse: Vec<String>,
    /// A literal value that matches none of these regular expressions is refused.
    #[serde(default)]
    pub refuse_unless: Vec<String>,
}

/// How many values an option takes.
#[derive(Clone, Copy, Debug, Default, Deserialize, JsonSchema, PartialEq, Eq)]
#[serde(rename_all = "lowercase")]
pub enum Takes {
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
pub struct Refusal {
    /// Options that are there with a value that is not empty (switches: are there).
    pub with: Vec<String>,
    /// Options that are not there, or only with an empty value.
    #[serde(default)]
    pub without: Vec<String>,
    /// Options with a literal value that does not match the regular expression.
    #[serde(default)]
    pub unless_like: BTreeMap<String, String>,
    /// What is wrong, in one line of Markdown.
    pub why: String,
}

/// A [`CommandFile`] that is ready to use: its regular expressions are compiled.
#[derive(Debug)]
pub struct Grammar {
    file: CommandFile,
    program_variables: Option<LazyRegex>,
    pub(crate) options: Vec<OptionSpec>,
    refusals: Vec<Vec<(String, LazyRegex)>>,
}

/// An option with its checks compiled.
#[derive(Debug)]
pub(crate) struct OptionSpec {
    pub(crate) names: Vec<String>,
    pub(crate) position: Option<usize>,
    pub(crate) takes: Takes,
    pub(crate) help: bool,
    refuse: Vec<LazyRegex>,
    refuse_unless: Vec<LazyRegex>,
}

impl OptionSpec {
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
        Self::new(file)
    }

    /// Compiles a file that was read already.
    pub fn new(file: CommandFile) -> Result<Self, String> {
        let compile = |pattern: &String| LazyRegex::new(pattern);
        let whole = |pattern: &String| compile(&format!("(?i)^(?:{pattern})$"));
        let program_variables = file.program_variables.as_ref().map(whole).transpose()?;
        let options = file
            .options
            .iter()
            .map(|option| {
                Ok(OptionSpec {
                    names: option.names.clone(),
                    position: option.position,
                    takes: option.value,
                    help: option.help,
                    refuse: option.refuse.iter().map(compile).collect::<Result<_, String>>()?,
                    refuse_unless: option.refuse_unless.iter().map(compile).collect::<Result<_, String>>()?,
                })
            })
            .collect::<Result<Vec<_>, String>>()?;
        let refusals = file
            .refused
            .iter()
            .map(|refusal| refusal.unless_like.iter().map(|(name, like)| Ok((name.clone(), compile(like)?))).collect())
            .collect::<Result<Vec<_>, String>>()?;
        let grammar = Self { program_variables, options, refusals, file };
        let named = grammar.file.refused.iter();
        match named
            .flat_map(|r| r.with.iter().chain(&r.without).chain(r.unless_like.keys()))
            .find(|n| !grammar.knows(n))
        {
            Some(name) => Err(format!("`refused` names the option `{name}`, which is not described")),
            None => Ok(grammar),
        }
    }

    /// The name that rules use.
    pub fn name(&self) -> &str {
        &self.file.name
    }

    /// Whether `option` is the first name of an option: a rule may use no other.
    pub fn knows(&self, option: &str) -> bool {
        self.options.iter().any(|spec| spec.name() == option)
    }

    /// Words of which every text that calls the command holds one, in any case: those for the longest of its command
    /// words, which is the rarest. None if it has no command words.
    pub(crate) fn rarest_words(&self) -> Vec<&str> {
        let rarest = self.file.sub_commands.iter().max_by_key(|word| word.split('|').map(str::len).min());
        rarest.map(|word| word.split('|').collect()).unwrap_or_default()
    }

    /// Regular expression for names of variables that hold the program.
    pub fn program_variables(&self) -> Option<&str> {
        self.file.program_variables.as_deref()
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
            Style::Argparse => options::argparse(args, &self.options),
            Style::Posix => options::posix(args, &self.options),
            Style::Powershell => options::powershell(args, &self.options),
            Style::Slash => options::slash(args, &self.options),
        };
        if parsed.refused.is_none() && !parsed.help {
            parsed.refused = self.refusal(&parsed);
        }
        parsed
    }

    fn refusal(&self, parsed: &Parsed) -> Option<String> {
        let unlike = |(name, like): &(String, LazyRegex)| {
            parsed.value(name).and_then(Word::text).is_some_and(|text| !like.is_match(&text))
        };
        let mut candidates = self.file.refused.iter().zip(&self.refusals);
        let hit = candidates.find(|(refusal, checks)| {
            refusal.with.iter().all(|name| parsed.filled(name))
                && !refusal.without.iter().any(|name| parsed.filled(name))
                && checks.iter().all(unlike)
        });
        hit.map(|(refusal, _)| refusal.why.clone())
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
