//! What can be typed. The doc comments are the help text.

use std::path::PathBuf;

use clap::{Args, Parser, Subcommand, ValueEnum};

const EXAMPLES: &str = "\
Examples:
  ropcop scan                            Read the current folder
  ropcop scan deploy.sh src/             Read one file and one folder
  ropcop scan --format sarif --output ropcop.sarif
                                         Write a report for GitHub code scanning
  ropcop explain RULE                    Say why a rule exists and what to do
  git show HEAD:job.py | ropcop scan - --stdin-filename job.py

Exit status: 0 nothing found, 1 something found, 2 ropcop could not do its work.";

const SCAN_EXAMPLES: &str = "\
What is read:
  Files in languages that ropcop knows, by name, extension or `#!` line. `.gitignore` and
  `.ropcopignore` are honoured; hidden files are read; `.git` never is. Folders of installed
  third-party code (node_modules, site-packages, virtual environments, a `vendor` folder that
  an installer filled), minified scripts and files over 10 MB are skipped, and the report says
  so. Documents (Markdown, AsciiDoc, reStructuredText) are read with --include-docs. A file that
  is named on the command line is always read. Symbolic links are not followed.

Leaving a finding in place:
  A comment on the line of the finding, or on a comment line directly above it:
      # ropcop: ignore[rule-id] the reason
  For a whole file, within its first 20 lines:
      # ropcop: ignore-file[rule-id] the reason
  Several ids are separated by commas. A comment that suppresses nothing is reported.

Reading the report:
  `pretty` explains a rule in full where it first occurs and refers back to that afterwards.
  `compact` is one line per finding: for editors, grep and screen readers. Literal passwords
  and other secrets are shown as `…` in every format. Paths are relative to the current folder;
  below a PATH outside of it, relative to that PATH.

Exit status: 0 nothing found, 1 something found, 2 ropcop could not do its work.

Examples:
  ropcop scan --select RULE,RULE --min-severity error
  ropcop scan --extend-select all --min-confidence low
  ropcop scan --exclude 'tests/**' --exclude '*.min.js'
  ropcop scan --rules my-rules --no-builtin-rules src";

/// Finds sign-ins with a user name and password that stop working under mandatory MFA.
///
/// Microsoft requires multifactor authentication of every user who signs in to Azure. Scripts and programs that sign a
/// *user* in with a password cannot answer that request. ropcop finds them, says why they break and what to use instead.
/// It reads files only: it runs nothing, fetches nothing and sends nothing.
#[derive(Debug, Parser)]
#[command(name = "ropcop", version, after_help = EXAMPLES, arg_required_else_help = true, max_term_width = 100)]
pub(crate) struct Cli {
    /// When to use colour; `auto` means: on a terminal, unless NO_COLOR is set
    #[arg(long, global = true, value_enum, value_name = "WHEN", default_value_t = Color::Auto)]
    pub(crate) color: Color,
    #[command(subcommand)]
    pub(crate) command: Command,
}

#[derive(Debug, Subcommand)]
pub(crate) enum Command {
    /// Look for sign-ins that break
    #[command(after_long_help = SCAN_EXAMPLES)]
    Scan(Box<ScanArgs>),
    /// List the rules
    Rules(RulesArgs),
    /// Explain one rule: why, what to do, examples
    Explain(ExplainArgs),
    /// Show what ropcop understood of one file: calls, commands and records
    ///
    /// Rules see these facts and nothing else. If a rule does not find what it should, look here first: either the fact
    /// is missing, or the rule does not match it. Above them stand the language, what runs the file, and the code of other
    /// languages in it. What may be a secret is shown as `…`. With --why=RULE the page ends with what became of the rule:
    /// which of its matches were tried on which fact, and the first condition that failed.
    Facts(FactsArgs),
    /// Run the good and bad examples that rule files carry
    ///
    /// Every `[[bad]]` example must give at least one finding of its rule; a `[[good]]` one must give no finding of that
    /// rule nor of any rule that is on by default.
    TestRules(TestRulesArgs),
    /// Write a completion script for a shell
    Completions(CompletionsArgs),
}

#[derive(Debug, Args)]
pub(crate) struct ScanArgs {
    /// Files and folders to read; `-` is standard input
    #[arg(value_name = "PATH", default_value = ".")]
    pub(crate) paths: Vec<PathBuf>,
    /// Form of the report
    #[arg(long, value_enum, default_value_t = Format::Pretty)]
    pub(crate) format: Format,
    /// Write the report to this file instead of standard output
    #[arg(long, short, value_name = "FILE")]
    pub(crate) output: Option<PathBuf>,
    #[command(flatten)]
    pub(crate) sources: RuleSources,
    #[command(flatten)]
    pub(crate) selection: Selection,
    /// Leave out findings that are less bad
    #[arg(long, value_enum, value_name = "SEVERITY", default_value_t = MinSeverity::Note, help_heading = "Rules")]
    pub(crate) min_severity: MinSeverity,
    /// Leave out findings that are less sure; `low` shows hints too
    #[arg(long, value_enum, value_name = "CONFIDENCE", default_value_t = MinConfidence::Medium, help_heading = "Rules")]
    pub(crate) min_confidence: MinConfidence,
    /// Skip files and folders that match, relative to the current folder (as in .gitignore); repeatable
    #[arg(long, value_name = "GLOB", help_heading = "Files")]
    pub(crate) exclude: Vec<String>,
    /// Read files that .gitignore and .ropcopignore leave out
    #[arg(long, help_heading = "Files")]
    pub(crate) no_ignore: bool,
    /// Read installed third-party code and minified scripts too
    #[arg(long, help_heading = "Files")]
    pub(crate) include_vendored: bool,
    /// Read documents too: code in Markdown, AsciiDoc and reStructuredText gives notes
    #[arg(long, help_heading = "Files")]
    pub(crate) include_docs: bool,
    /// Name of what comes from standard input; it decides about the language
    #[arg(long, value_name = "NAME", help_heading = "Files")]
    pub(crate) stdin_filename: Option<String>,
    /// Number of threads; 0 means one for each processor
    #[arg(long, short = 'j', value_name = "N", default_value_t = 0, value_parser = clap::value_parser!(u16).range(..=256))]
    pub(crate) threads: u16,
    /// Print findings only: no summary, no notices, no progress
    #[arg(long, short, conflicts_with = "stats")]
    pub(crate) quiet: bool,
    /// Print to standard error what was read, what was skipped and how long it took
    #[arg(long)]
    pub(crate) stats: bool,
    /// Scan nothing; print which matches let this file, or those in this folder, be parsed, and by which texts
    #[arg(long, value_name = "FILE", conflicts_with_all = ["paths", "stats", "output"])]
    pub(crate) explain_read: Option<PathBuf>,
    /// End with status 0 even if something was found
    #[arg(long)]
    pub(crate) exit_zero: bool,
}

/// Where rules come from.
#[derive(Debug, Default, Args)]
pub(crate) struct RuleSources {
    /// Add the rules of this folder (or one rule file); a rule of the same name replaces the built-in one; repeatable
    #[arg(long, value_name = "DIR", help_heading = "Rules")]
    pub(crate) rules: Vec<PathBuf>,
    /// Use only the rules of --rules
    #[arg(long, help_heading = "Rules")]
    pub(crate) no_builtin_rules: bool,
}

/// Which rules run.
#[derive(Debug, Default, Args)]
pub(crate) struct Selection {
    /// Run only these rules, `all` for every one; comma-separated, repeatable
    #[arg(long, value_name = "RULE", value_delimiter = ',', help_heading = "Rules")]
    pub(crate) select: Vec<String>,
    /// Run these rules too, also if they are off by default; `all` for every one
    #[arg(long, value_name = "RULE", value_delimiter = ',', help_heading = "Rules")]
    pub(crate) extend_select: Vec<String>,
    /// Do not run these rules
    #[arg(long, value_name = "RULE", value_delimiter = ',', help_heading = "Rules")]
    pub(crate) ignore: Vec<String>,
}

#[derive(Debug, Args)]
pub(crate) struct RulesArgs {
    /// Form of the list
    #[arg(long, value_enum, default_value_t = ListFormat::Text)]
    pub(crate) format: ListFormat,
    #[command(flatten)]
    pub(crate) sources: RuleSources,
}

#[derive(Debug, Args)]
pub(crate) struct ExplainArgs {
    /// Id of the rule, as `ropcop rules` lists it
    pub(crate) rule: String,
    #[command(flatten)]
    pub(crate) sources: RuleSources,
}

#[derive(Debug, Args)]
pub(crate) struct FactsArgs {
    /// The file
    pub(crate) file: PathBuf,
    /// Say too which matches of these rules were tried on which fact, and the first condition that failed; comma-separated;
    /// all rules if none is named
    #[arg(
        long,
        value_name = "RULE",
        value_delimiter = ',',
        num_args = 0..=1,
        require_equals = true,
        default_missing_value = "all"
    )]
    pub(crate) why: Vec<String>,
    #[command(flatten)]
    pub(crate) sources: RuleSources,
}

#[derive(Debug, Args)]
pub(crate) struct TestRulesArgs {
    /// Folder with rule files, or one rule file
    #[arg(value_name = "DIR")]
    pub(crate) rules: PathBuf,
    /// Do not load the built-in rules and commands beside them
    #[arg(long)]
    pub(crate) no_builtin_rules: bool,
}

#[derive(Debug, Args)]
pub(crate) struct CompletionsArgs {
    /// The shell
    pub(crate) shell: clap_complete::Shell,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(crate) enum Color {
    Auto,
    Always,
    Never,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(crate) enum Format {
    /// The source line, why it breaks and what to do
    Pretty,
    /// One line per finding
    Compact,
    /// ropcop's own JSON
    Json,
    /// SARIF 2.1.0, for GitHub code scanning and others
    Sarif,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(crate) enum ListFormat {
    /// One line per rule
    Text,
    /// Everything about every rule, as JSON
    Json,
    /// Everything about every rule, as a page
    Markdown,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(crate) enum MinSeverity {
    Note,
    Warning,
    Error,
}

impl From<MinSeverity> for ropcop_engine::Severity {
    fn from(value: MinSeverity) -> Self {
        match value {
            MinSeverity::Note => Self::Note,
            MinSeverity::Warning => Self::Warning,
            MinSeverity::Error => Self::Error,
        }
    }
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(crate) enum MinConfidence {
    Low,
    Medium,
    High,
}

impl From<MinConfidence> for ropcop_engine::Confidence {
    fn from(value: MinConfidence) -> Self {
        match value {
            MinConfidence::Low => Self::Low,
            MinConfidence::Medium => Self::Medium,
            MinConfidence::High => Self::High,
        }
    }
}
