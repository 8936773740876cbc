//! A script as the interpreter sees it: statements and words, free of the grammar that they were read with.

use std::rc::Rc;

use crate::Span;

use super::value::Atom;

/// A statement.
#[derive(Debug)]
pub(super) enum Item {
    /// A simple command, or assignments alone.
    Simple(Simple),
    /// `a; b`, `{ a; b; }`: one after the other.
    Sequence(Vec<Item>),
    /// `a | b`.
    Pipeline(Vec<Item>),
    /// `… && a`, `… || a`: may run or not.
    Optional(Vec<Item>),
    /// `if`, `case`: one of the arms runs, or none unless it is `exhaustive`.
    Branches { arms: Vec<Vec<Item>>, exhaustive: bool },
    /// `for name in words`: the body runs for each of the words; without words for each argument.
    For { name: String, words: Option<Vec<RawWord>>, body: Vec<Item> },
    /// `while condition`, `until condition`: the body may run once, many times or never.
    While { condition: Vec<Item>, body: Vec<Item> },
    /// `( … )`: what it assigns is lost.
    Subshell(Vec<Item>),
    /// A compound statement with redirections.
    Redirected { body: Vec<Item>, redirects: Vec<Redirect> },
    /// A definition.
    Function { name: String, body: Rc<Vec<Item>>, span: Span },
    /// Words that are looked at, not run: `[[ … ]]`, the subject of a `case`. Substitutions in them run.
    Look(Vec<RawWord>),
}

/// Whether a script does nothing but assign: a file of variables, for others to read.
pub(super) fn only_assigns(items: &[Item]) -> bool {
    let is_plain = |assign: &Assign| match &assign.value {
        Assigned::Text(word) => !word.pieces.iter().any(|piece| matches!(piece, Piece::Output { .. })),
        Assigned::List(_) => false,
    };
    let assigns = |item: &Item| match item {
        Item::Simple(simple) => {
            simple.words.is_empty() && !simple.assigns.is_empty() && simple.assigns.iter().all(is_plain)
        }
        Item::Sequence(items) => only_assigns(items),
        _ => false,
    };
    !items.is_empty() && items.iter().all(assigns)
}

/// A simple command.
#[derive(Debug, Default)]
pub(super) struct Simple {
    pub(super) assigns: Vec<Assign>,
    pub(super) words: Vec<WordOrAssign>,
    pub(super) redirects: Vec<Redirect>,
    /// From its first to its last character in the file.
    pub(super) span: Span,
    /// From its first to its last word.
    pub(super) words_span: Span,
    /// See [`Atom::place`].
    pub(super) place: Option<Span>,
}

/// A word behind a program. `export A=(x)` takes assignments where others take words.
#[derive(Debug)]
pub(super) enum WordOrAssign {
    Word(RawWord),
    Assign(Assign),
}

/// `name=value`.
#[derive(Debug)]
pub(super) struct Assign {
    pub(super) name: String,
    /// `+=`.
    pub(super) append: bool,
    /// `name[index]=value`.
    pub(super) index: Option<RawWord>,
    pub(super) value: Assigned,
    pub(super) span: Span,
}

/// What an assignment assigns.
#[derive(Debug)]
pub(super) enum Assigned {
    Text(RawWord),
    List(Vec<ListElement>),
}

/// `word` or `[index]=word` in a list.
#[derive(Debug)]
pub(super) struct ListElement {
    pub(super) index: Option<RawWord>,
    pub(super) word: RawWord,
}

/// A redirection.
#[derive(Debug)]
pub(super) struct Redirect {
    pub(super) kind: RedirectKind,
    /// Its target; for a here-document the text.
    pub(super) target: RawWord,
}

/// What a redirection does.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum RedirectKind {
    /// `> file`, `>> file`: standard output goes to a file.
    Out,
    /// `>&2`: standard output goes where nobody takes it up.
    Away,
    /// `<<EOF`, `<<< word`: standard input is a text.
    Text,
    /// `< file`: standard input is a file.
    In,
    /// Anything else: other descriptors.
    Other,
}

/// A word before expansion.
#[derive(Clone, Debug)]
pub(super) struct RawWord {
    pub(super) pieces: Vec<Piece>,
    pub(super) span: Span,
    /// See [`Atom::place`].
    pub(super) place: Option<Span>,
    /// It has quotes, so it is a word even if it is empty.
    pub(super) quoted: bool,
}

/// A piece of a word.
#[derive(Clone, Debug)]
pub(super) enum Piece {
    /// Text, or a hole of the host language.
    Known(Atom),
    /// `$name`, `${name…}`.
    Variable(Variable),
    /// `$(…)`, backquotes; `<(…)`, which is the name of a file with the output, if `is_file`.
    Output { body: Rc<Vec<Item>>, span: Span, place: Option<Span>, quoted: bool, is_file: bool },
}

/// A variable that is expanded.
#[derive(Clone, Debug)]
pub(super) struct Variable {
    pub(super) name: String,
    pub(super) which: Which,
    pub(super) how: Modifier,
    pub(super) span: Span,
    pub(super) place: Option<Span>,
    pub(super) quoted: bool,
}

/// How much of a list a [`Variable`] means.
#[derive(Clone, Debug)]
pub(super) enum Which {
    /// `$x`: all of a text, the first element of a list.
    Plain,
    /// `${x[@]}`, `$@`.
    All,
    /// `${x[*]}`, `$*`.
    Joined,
    /// `${x[1]}`, `${x[key]}`.
    Element(Vec<Piece>),
}

/// What is done with the value of a [`Variable`].
#[derive(Clone, Debug)]
pub(super) enum Modifier {
    /// `$x`.
    Plain,
    /// `${x[@]:1}`, `${@:2:3}`: from the offset on, so many.
    Slice(i64, Option<usize>),
    /// `${x-word}`, `${x=word}`; with a colon an empty value is replaced as well.
    Default { word: Vec<Piece>, colon: bool, sets: bool },
    /// `${x+word}`, `${x:+word}`.
    Instead(Vec<Piece>),
    /// `${x,,}`, `${x%y}`, `${x/y/z}`: a text made of it.
    Changed(Change),
    /// `${!x}`: the variable whose name it holds.
    Indirect,
    /// `${x:1}`, `${x@Q}`: something made of it.
    Modified,
}

/// How a value is changed into another.
#[derive(Clone, Debug)]
pub(super) enum Change {
    /// `,,` and `,`.
    Lower { all: bool },
    /// `^^` and `^`.
    Upper { all: bool },
    /// `%`, `%%`, `#` and `##`.
    Strip { pattern: Vec<Piece>, at_end: bool, longest: bool },
    /// `/` and `//`.
    Replace { pattern: Vec<Piece>, by: Vec<Piece>, all: bool },
}
