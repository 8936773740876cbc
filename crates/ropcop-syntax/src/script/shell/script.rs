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
    /// `… && a`, `… || a`: may run or not. The body of a loop may run again, too.
    Optional { items: Vec<Item>, repeats: bool },
    /// `if`, `case`: one of the arms runs, or none unless it is `exhaustive`.
    Branches { arms: Vec<Vec<Item>>, exhaustive: bool },
    /// `for name in words`: the variable gets the words.
    Each { name: String, words: Vec<RawWord> },
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
    pub(super) words: Vec<Argument>,
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
pub(super) enum Argument {
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
    pub(super) indexed: bool,
    pub(super) value: Assigned,
    pub(super) span: Span,
}

/// What an assignment assigns.
#[derive(Debug)]
pub(super) enum Assigned {
    Text(RawWord),
    List(Vec<RawWord>),
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
    /// `<<EOF`, `<<< word`: standard input is a text.
    Text,
    /// Anything else: other descriptors, input from a file.
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
    /// `$(…)`, backquotes, `<(…)`.
    Output { body: Rc<Vec<Item>>, span: Span, place: Option<Span>, quoted: bool },
}

/// A variable that is expanded.
#[derive(Clone, Debug)]
pub(super) struct Variable {
    pub(super) name: String,
    pub(super) how: How,
    pub(super) span: Span,
    pub(super) place: Option<Span>,
    pub(super) quoted: bool,
}

/// What is done with the value of a [`Variable`].
#[derive(Clone, Debug)]
pub(super) enum How {
    /// `$x`.
    Plain,
    /// `${x[@]}`, `$@`.
    All,
    /// `${x[*]}`, `$*`.
    Joined,
    /// `${x:-word}`, `${x:=word}`.
    Default(Vec<Piece>),
    /// `${x:+word}`.
    Instead(Vec<Piece>),
    /// `${x%y}`, `${x[1]}`, `${x:1}`: something made of it.
    Modified,
}
