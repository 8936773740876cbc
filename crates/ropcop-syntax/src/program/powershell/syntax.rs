//! What a script says, as a tree. Chains, lists and operations are flat, so that only brackets make it deep.
//! Names of its types begin with `Ps`, because a module has expressions, parameters and names of its own.

use crate::Span;

/// A statement with its place.
#[derive(Debug)]
pub(super) struct PsStatement {
    pub(super) step: PsStep,
    pub(super) span: Span,
}

/// What a statement does.
#[derive(Debug)]
pub(super) enum PsStep {
    /// Expressions and commands behind each other, with `|` between.
    Pipeline(Vec<PsElement>),
    /// `target = value`, `target += value`.
    Assign { target: PsExpr, how: Assignment, value: Box<PsStatement> },
    /// A function, filter, workflow or method.
    Function { name: String, params: Vec<PsParam>, body: PsBlock },
    /// `param(…)`
    Params(Vec<PsParam>),
    /// A class with its properties (as parameters) and methods.
    Class { name: String, base: Option<(String, Span)>, properties: Vec<PsParam>, methods: Vec<PsStatement> },
    /// `if`, `switch`: one of several blocks runs; surely one if it is exhaustive.
    Choice { tests: Vec<PsStatement>, arms: Vec<PsBlock>, exhaustive: bool },
    /// A loop, with the variable that it counts.
    Loop { variable: Option<PsVariable>, head: Vec<PsStatement>, body: PsBlock },
    /// `try`, `begin`, `process`: blocks with whether each surely runs.
    Blocks(Vec<(PsBlock, bool)>),
    /// `using namespace x`
    Using(String),
    /// `return x`, `exit x`
    Return(Option<Box<PsStatement>>),
    /// `throw x`
    Throw(Option<Box<PsStatement>>),
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
pub(super) struct PsBlock {
    pub(super) statements: Vec<PsStatement>,
    pub(super) span: Span,
}

/// A parameter of a function, or a property of a class.
#[derive(Debug)]
pub(super) struct PsParam {
    pub(super) name: String,
    pub(super) class: Option<(String, Span)>,
    pub(super) default: Option<PsExpr>,
    pub(super) span: Span,
}

/// One part of a pipeline.
#[derive(Debug)]
pub(super) struct PsElement {
    pub(super) source: Producer,
    /// Where its output goes, if it is redirected.
    pub(super) redirections: Vec<PsExpr>,
}

/// What a part of a pipeline is.
#[derive(Debug)]
pub(super) enum Producer {
    Value(PsExpr),
    Command(CommandLine),
}

/// A command with its words; `&` and `.` in front are left out.
#[derive(Debug)]
pub(super) struct CommandLine {
    pub(super) words: Vec<PsExpr>,
    pub(super) span: Span,
}

/// An expression, or a word of a command, with its place.
#[derive(Debug)]
pub(super) struct PsExpr {
    pub(super) kind: PsExprKind,
    pub(super) span: Span,
}

/// What an expression is.
#[derive(Debug)]
pub(super) enum PsExprKind {
    /// A word without quotes around it.
    Word(Vec<PsPiece>),
    /// A text in quotes.
    Text(Vec<PsPiece>),
    Variable(PsVariable),
    /// `[Name]`
    Type(String),
    Number,
    /// `(…)`, `$(…)`
    Group(Vec<PsStatement>),
    /// `@(…)`
    Array(Vec<PsStatement>),
    /// `a, b`
    List(Vec<PsExpr>),
    /// `@{…}`
    Hash(Vec<(PsExpr, PsStatement)>),
    /// `{…}` as a value.
    Block(PsBlock),
    /// `head.name(…)[…]`
    Chain {
        head: Box<PsExpr>,
        links: Vec<Link>,
    },
    /// `[Type]value`
    Cast {
        classes: Vec<(String, Span)>,
        value: Box<PsExpr>,
    },
    /// Operands with operators between them, or one operand with operators in front.
    Operation {
        operators: Vec<String>,
        operands: Vec<PsExpr>,
    },
    /// `@name`
    Splat(PsVariable),
    /// Something that could not be read.
    Nothing,
}

/// The name of a variable: `name` with its scope or drive, if one is written.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct PsVariable {
    pub(super) scope: Option<String>,
    pub(super) name: String,
}

impl PsVariable {
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
pub(super) enum PsPiece {
    /// Known text; from `at` on, it stands letter by letter in what is read.
    Known { text: String, at: usize },
    /// An expression that fills the text.
    Hole(PsExpr),
}

/// One step from a value to another.
#[derive(Debug)]
pub(super) enum Link {
    /// `.name`, `::name`
    Member { name: String, span: Span },
    /// `.$name`, `."text"`
    Computed(PsExpr),
    /// `[index]`
    Index(PsExpr),
    /// `(args)`
    Call { args: Vec<PsExpr>, end: usize },
}
