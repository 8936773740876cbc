//! What is filled in before a text is used, and how that is written: one table. Each reader picks the rows of those who
//! fill its files.

use super::name::{as_written, before_equals, in_one_word, last_name, of_tox, variable};

/// A way to write a placeholder.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Mark {
    /// `${{ x }}`: GitHub Actions, Semaphore, and Azure Pipelines before a run.
    Expression,
    /// `{{ x }}`: Jinja, templates of Go, Mustache: Ansible, Helm, Argo, Taskfile, collections of requests.
    Braces,
    /// `{{ x }}` of just, which puts out two braces for four.
    Recipe,
    /// `{% x %}`: Jinja and its kin decide by it, and put nothing out.
    Statement,
    /// `{# x #}`: Jinja and its kin leave it out.
    Comment,
    /// `$(x)`, where `x` is a name and nothing else: Azure Pipelines, Kubernetes, Tekton. `$(program word)` is the shell's.
    Macro,
    /// `$(x)`, whatever `x` is: MSBuild, sqlcmd, a shell that reads a file of variables.
    Substitution,
    /// `$[ x ]`: Azure Pipelines while it runs.
    Runtime,
    /// `<< x >>`: CircleCI.
    Angles,
    /// `$[[ x ]]`: GitLab.
    Input,
    /// `<+x>`: Harness.
    Plus,
    /// `((x))`, where `x` is a name and nothing else: Concourse. A shell calculates with what is in them.
    Parentheses,
    /// `${x}`, `${X:-default}`, `${env:X}`: Compose, Spring, Maven, editors, Robot Framework.
    Variable,
    /// `%{X=default}`: Robot Framework, for variables of the process.
    Percent,
    /// `#{x}#`: what replaces tokens in a pipeline.
    Token,
    /// `#{x}`: Octopus Deploy, Ruby.
    Number,
    /// `<%= x %>`: ERB and its kin.
    Page,
    /// `%(x)s`: Python.
    Format,
    /// `{x}`, `{env:X:default}`: tox, in commands.
    Tox,
    /// `{env:X:default}`: tox, in other settings.
    ToxVariable,
    /// `#(x)`: Karate.
    Embedded,
    /// `<x>`: Karate and its kin, for the columns of examples.
    Column,
    /// `<user name>`: people, who read a page.
    People,
    /// `<<user name>>`: the same.
    PeopleTwice,
    /// `@lab.User(1).Name`: a platform for lessons.
    Lab,
    /// `$x`: PHP, Perl, Dart.
    Sigil,
    /// `$NAME`: shells and Compose. In small letters it may as well be part of a password.
    Capitals,
    /// `$x` as the whole of a text.
    WholeSigil,
    /// `%x%` as the whole of a text: batch files.
    WholePercent,
    /// `@x@` as the whole of a text: Autoconf, Maven, CMake.
    WholeAt,
    /// `__x__` as the whole of a text: what replaces tokens in a pipeline.
    WholeUnderscores,
}

/// For files that nobody is known to read.
pub(crate) const ANY: &[Mark] = &[Mark::Expression, Mark::Braces, Mark::Plus];

/// What containers get filled in before they start; `$(NAME)` is filled in by Kubernetes itself.
pub(crate) const CONTAINER: &[Mark] = &[Mark::Expression, Mark::Braces, Mark::Macro];

/// What is filled in before a file of settings is read, by whomever. One goes into another, so they are read in this
/// order: `${A:-{{ b }}}`.
pub(super) const SETTINGS: &[Mark] = &[
    Mark::WholeSigil,
    Mark::WholePercent,
    Mark::WholeAt,
    Mark::WholeUnderscores,
    Mark::Expression,
    Mark::Braces,
    Mark::Variable,
    Mark::Token,
    Mark::Number,
    Mark::Substitution,
    Mark::Page,
    Mark::Format,
];

/// What people are to fill in, in the commands of a page.
pub(crate) const PAGE: &[Mark] = &[Mark::PeopleTwice, Mark::People, Mark::Braces, Mark::Lab];

/// What may be a placeholder, and what stands around it.
pub(super) struct Written<'t> {
    pub(super) before: &'t str,
    pub(super) inside: &'t str,
    pub(super) behind: &'t str,
}

/// Where a placeholder begins and ends.
pub(super) enum Shape {
    /// It stands between two marks, if what is inside can stand there.
    Between(&'static str, &'static str, fn(&Written<'_>) -> bool),
    /// It stands between two marks that are the begin and the end of all of a text, and is a name.
    Whole(&'static str, &'static str),
    /// It stands behind a mark. The function tells its length from what is before the mark and what is behind.
    Behind(&'static str, fn(&str, &str) -> usize),
}

use Shape::{Behind, Between, Whole};

impl Mark {
    /// The row of the table: where it begins and ends, what can be inside, and how the name is found of what fills it.
    pub(super) fn row(self) -> (Shape, fn(&str) -> Option<String>) {
        match self {
            Self::Expression => (Between("${{", "}}", any), last_name),
            Self::Braces => (Between("{{", "}}", any), last_name),
            Self::Recipe => (Between("{{", "}}", |it| !it.inside.starts_with('{')), last_name),
            Self::Statement => (Between("{%", "%}", is_no_shell), |_| None),
            Self::Comment => (Between("{#", "#}", is_no_shell), |_| None),
            Self::Macro => (Between("$(", ")", is_name), last_name),
            Self::Substitution => (Between("$(", ")", any), last_name),
            Self::Runtime => (Between("$[", "]", |it| !it.inside.starts_with('[') && is_line(it)), last_name),
            Self::Angles => (Between("<<", ">>", is_circleci), last_name),
            Self::Input => (Between("$[[", "]]", any), last_name),
            Self::Plus => (Between("<+", ">", is_harness), last_name),
            Self::Parentheses => (Between("((", "))", is_concourse), last_name),
            Self::Variable => (Between("${", "}", any), variable),
            Self::Percent => (Between("%{", "}", any), before_equals),
            Self::Token => (Between("#{", "}#", any), last_name),
            Self::Number => (Between("#{", "}", any), last_name),
            Self::Page => (Between("<%", "%>", any), last_name),
            Self::Format => (Between("%(", ")s", any), last_name),
            Self::Tox => (Between("{", "}", any), of_tox),
            Self::ToxVariable => (Between("{env:", "}", any), of_tox),
            Self::Embedded => (Between("#(", ")", is_column), last_name),
            Self::Column => (Between("<", ">", is_column), last_name),
            Self::People => (Between("<", ">", |it| is_for_people(it, false)), in_one_word),
            Self::PeopleTwice => (Between("<<", ">>", |it| is_for_people(it, true)), in_one_word),
            Self::Lab => (Behind("@lab.", |_, rest| lab(rest)), last_name),
            Self::Sigil => (Behind("$", |_, rest| name_length(rest)), last_name),
            Self::Capitals => (Behind("$", capitals), last_name),
            Self::WholeSigil => (Whole("$", ""), as_written),
            Self::WholePercent => (Whole("%", "%"), as_written),
            Self::WholeAt => (Whole("@", "@"), as_written),
            Self::WholeUnderscores => (Whole("__", "__"), as_written),
        }
    }
}

fn any(_: &Written<'_>) -> bool {
    true
}

/// `${#x}` and `${%x}` are the shell's.
fn is_no_shell(it: &Written<'_>) -> bool {
    !it.before.ends_with('$')
}

fn is_line(it: &Written<'_>) -> bool {
    !it.inside.contains('\n')
}

fn is_part(c: char) -> bool {
    c.is_alphanumeric() || "._-".contains(c)
}

fn is_name(it: &Written<'_>) -> bool {
    !it.inside.is_empty() && it.inside.trim().chars().all(is_part)
}

fn is_concourse(it: &Written<'_>) -> bool {
    let is_start = |c: char| c.is_alphanumeric() || "_\"/".contains(c);
    it.inside.starts_with(is_start) && it.inside.chars().all(|c| is_part(c) || "/:\"".contains(c))
}

/// Signs of a part that stands there or not, behind `<<`: it has an end, and no value.
pub(super) const SECTION: [char; 3] = ['#', '/', '^'];

/// `cat << EOF >> file` is shell.
fn is_circleci(it: &Written<'_>) -> bool {
    let expression = it.inside.trim_start_matches(SECTION).trim();
    let word = expression.split(['.', '(']).next().unwrap_or_default();
    is_line(it) && ["parameters", "pipeline", "matrix", "include"].contains(&word)
}

fn is_harness(it: &Written<'_>) -> bool {
    it.inside.starts_with(char::is_alphabetic) && !it.inside.contains(['\n', '<'])
}

/// What a language puts into a text is short.
const LONGEST_EXPRESSION: usize = 400;

/// Whether a language may put this into a text. `{your_password}` may as well be what people are to fill in; nobody knows
/// either.
pub(super) fn is_expression(it: &Written<'_>) -> bool {
    it.inside.len() <= LONGEST_EXPRESSION && !it.inside.contains(['\n', ';', '='])
}

fn is_column(it: &Written<'_>) -> bool {
    it.inside.chars().all(|c| c.is_alphanumeric() || "_. ".contains(c))
}

/// What people fill in is not longer, in bytes.
const LONGEST_FOR_PEOPLE: usize = 200;

/// Whether words between angles are for people, and no redirection: those have no end, or a blank behind their sign.
fn is_for_people(it: &Written<'_>, twice: bool) -> bool {
    let starts_name = it.inside.starts_with(|first: char| first.is_alphanumeric() || "_.$-".contains(first));
    let is_words = it.inside.len() < LONGEST_FOR_PEOPLE && !it.inside.contains(|c| "<>\"`();|&\r\n".contains(c));
    let Some(last) = it.inside.chars().next_back().filter(|last| starts_name && is_words && !last.is_whitespace())
    else {
        return false;
    };
    // `cat <<EOF>>file` and `tool <in 2>out`
    let is_here = twice && !(it.behind.is_empty() || it.behind.starts_with([' ', '"', '\'', '\r', '\n']));
    let is_numbered = last.is_ascii_digit() && it.inside.trim_end_matches(last).ends_with(' ');
    !(is_here || is_numbered || it.before.ends_with('<'))
}

/// The length of `User(1).Name`, with which what a text begins.
fn lab(rest: &str) -> usize {
    let is_part = |c: char| c.is_ascii_alphanumeric() || "_.".contains(c);
    let mut behind = rest.trim_start_matches(is_part);
    if let Some((inside, outside)) = behind.strip_prefix('(').and_then(|inner| inner.split_once(')')) {
        behind = if inside.len() < LONGEST_FOR_PEOPLE { outside.trim_start_matches(is_part) } else { behind };
    }
    rest[..rest.len() - behind.len()].trim_end_matches('.').len()
}

fn name_length(rest: &str) -> usize {
    let length = rest.find(|c: char| !(c.is_alphanumeric() || c == '_')).unwrap_or(rest.len());
    if rest.starts_with(|c: char| c.is_alphabetic() || c == '_') { length } else { 0 }
}

/// The length of a name in capitals that stands alone.
fn capitals(before: &str, rest: &str) -> usize {
    let is_name = |c: char| c.is_ascii_uppercase() || c.is_ascii_digit() || c == '_';
    let length = rest.find(|c| !is_name(c)).unwrap_or(rest.len());
    let stands_alone = !before.ends_with(|c: char| c.is_alphanumeric() || c == '$')
        && !rest[length..].starts_with(|c: char| c.is_alphanumeric());
    let is_it = length > 2 && stands_alone && !rest.starts_with(|c: char| c.is_ascii_digit());
    if is_it { length } else { 0 }
}
