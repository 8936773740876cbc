//! What a script says, as a tree. Chains, lists and operations are flat, so that only brackets make it deep.

use crate::Span;

/// A statement with its place.
#[derive(Debug)]
pub(super) struct Statement {
    pub(super) step: Step,
    pub(super) span: Span,
}

/// What a statement does.
#[derive(Debug)]
pub(super) enum Step {
    /// Expressions and commands behind each other, with `|` between.
    Pipeline(Vec<Element>),
    /// `target = value`, `target += value`.
    Assign { target: Expr, how: Assignment, value: Box<Statement> },
    /// A function, filter, workflow or method.
    Function { name: String, params: Vec<Param>, body: Block },
    /// `param(…)`
    Params(Vec<Param>),
    /// A class with its properties (as parameters) and methods.
    Class { name: String, base: Option<(String, Span)>, properties: Vec<Param>, methods: Vec<Statement> },
    /// `if`, `switch`: one of several blocks runs; surely one if it is exhaustive.
    Choice { tests: Vec<Statement>, arms: Vec<Block>, exhaustive: bool },
    /// A loop, with the variable that it counts.
    Loop { variable: Option<Name>, head: Vec<Statement>, body: Block },
    /// `try`, `begin`, `process`: blocks with whether each surely runs.
    Blocks(Vec<(Block, bool)>),
    /// `using namespace x`
    Using(String),
    /// `return x`, `exit x`
    Return(Option<Box<Statement>>),
    /// `throw x`
    Throw(Option<Box<Statement>>),
}

/// How a target gets its value.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Assignment {
    Set,
    Add,
    Other,
}

/// Statements between braces.
#[derive(Debug)]
pub(super) struct Block {
    pub(super) statements: Vec<Statement>,
    pub(super) span: Span,
}

/// A parameter of a function, or a property of a class.
#[derive(Debug)]
pub(super) struct Param {
    pub(super) name: String,
    pub(super) class: Option<(String, Span)>,
    pub(super) default: Option<Expr>,
    pub(super) span: Span,
}

/// One part of a pipeline.
#[derive(Debug)]
pub(super) struct Element {
    pub(super) source: Producer,
    /// Where its output goes, if it is redirected.
    pub(super) redirections: Vec<Expr>,
}

/// What a part of a pipeline is.
#[derive(Debug)]
pub(super) enum Producer {
    Value(Expr),
    Command(CommandLine),
}

/// A command with its words; `&` and `.` in front are left out.
#[derive(Debug)]
pub(super) struct CommandLine {
    pub(super) words: Vec<Expr>,
    pub(super) span: Span,
}

/// An expression, or a word of a command, with its place.
#[derive(Debug)]
pub(super) struct Expr {
    pub(super) kind: Kind,
    pub(super) span: Span,
}

/// What an expression is.
#[derive(Debug)]
pub(super) enum Kind {
    /// A word without quotes around it.
    Word(Vec<Piece>),
    /// A text in quotes.
    Text(Vec<Piece>),
    Variable(Name),
    /// `[Name]`
    Type(String),
    Number,
    /// `(…)`, `$(…)`
    Group(Vec<Statement>),
    /// `@(…)`
    Array(Vec<Statement>),
    /// `a, b`
    List(Vec<Expr>),
    /// `@{…}`
    Hash(Vec<(Expr, Statement)>),
    /// `{…}` as a value.
    Block(Block),
    /// `head.name(…)[…]`
    Chain {
        head: Box<Expr>,
        links: Vec<Link>,
    },
    /// `[Type]value`
    Cast {
        classes: Vec<(String, Span)>,
        value: Box<Expr>,
    },
    /// Operands with operators between them, or one operand with operators in front.
    Operation {
        operators: Vec<String>,
        operands: Vec<Expr>,
    },
    /// `@name`
    Splat(Name),
    /// Something that could not be read.
    Nothing,
}

/// The name of a variable: `name` with its scope or drive, if one is written.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Name {
    pub(super) scope: Option<String>,
    pub(super) name: String,
}

impl Name {
    /// The name under which values are kept: without case, and without the scopes that only say where to look.
    pub(super) fn key(&self) -> String {
        match self.drive() {
            Some(drive) => format!("{drive}:{}", self.name.to_lowercase()),
            None => self.name.to_lowercase(),
        }
    }

    /// What is no scope but holds things of another kind.
    pub(super) fn drive(&self) -> Option<&'static str> {
        let scope = self.scope.as_deref()?;
        ["env", "function", "alias"].into_iter().find(|drive| scope.eq_ignore_ascii_case(drive))
    }

    /// Whether it is said to be a variable of the whole script.
    pub(super) fn is_far(&self) -> bool {
        let scope = self.scope.as_deref();
        scope.is_some_and(|scope| ["script", "global"].iter().any(|far| scope.eq_ignore_ascii_case(far)))
    }

    /// Whether it is one of the constants that are written as variables.
    pub(super) fn is_constant(&self) -> bool {
        self.scope.is_none() && ["true", "false", "null"].iter().any(|name| self.name.eq_ignore_ascii_case(name))
    }
}

/// A part of a text.
#[derive(Debug)]
pub(super) enum Piece {
    /// Known text; from `at` on, it stands letter by letter in what is read.
    Known { text: String, at: usize },
    /// An expression that fills the text.
    Hole(Expr),
}

/// One step from a value to another.
#[derive(Debug)]
pub(super) enum Link {
    /// `.name`, `::name`
    Member { name: String, span: Span },
    /// `.$name`, `."text"`
    Computed(Expr),
    /// `[index]`
    Index(Expr),
    /// `(args)`
    Call { args: Vec<Expr>, end: usize },
}
