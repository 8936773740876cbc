//! One program file, lowered: the small common language that every grammar is turned into.
//!
//! A lowering (`lower/*.rs`) knows one grammar and fills a [`Module`]; [`crate::program::resolve`] knows none and turns a
//! `Module` into facts. What a language cannot say in these terms is an [`Expr::Other`] that keeps its children, so
//! that no call is lost.

use std::collections::{HashMap, HashSet};

use crate::text::template::MappedText;
use crate::{Omission, Span};

/// Index of a [`Scope`] in [`Module::scopes`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub(crate) struct ScopeId(pub(crate) usize);

/// Index of an [`Expr`] in [`Module::exprs`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub(crate) struct ExprId(pub(crate) usize);

/// A lowered file.
#[derive(Debug)]
pub(crate) struct Module {
    /// Scopes; the first is the file.
    pub(crate) scopes: Vec<Scope>,
    /// Expressions, children before parents.
    pub(crate) exprs: Vec<ExprNode>,
    /// Imports, in source order.
    pub(crate) imports: Vec<Import>,
    /// Everything that gives a name a value or a type, in source order.
    pub(crate) binds: Vec<Bind>,
    /// Classes, functions and methods that the file itself defines.
    pub(crate) definitions: Vec<Definition>,
    /// What goes into the functions of the file.
    pub(crate) functions: Vec<Function>,
    /// What comes out of them: an expression that is given back, and a scope in the function that does so.
    pub(crate) results: Vec<(ScopeId, ExprId)>,
    /// Namespaces that files of the same project get: C# `global using`.
    pub(crate) shared_imports: Vec<String>,
    /// What people read and no machine does.
    pub(crate) comments: Vec<Span>,
    /// What the grammar could not read.
    pub(crate) syntax_errors: Vec<Span>,
    /// Stretches that a limit left out.
    pub(crate) omissions: Vec<Omission>,
    /// Choices of which one arm runs, where the lowering says so.
    pub(crate) choices: Vec<Choice>,
    /// Names that are written otherwise than where they first stand, in a language that does not mind their case.
    pub(crate) spelled: HashMap<ExprId, String>,
    /// Expressions in parentheses, and where these stand.
    pub(crate) enclosed: HashMap<ExprId, Span>,
    /// What is written to be called later: `T::new`, and what a parameter is if nothing is given.
    pub(crate) handed_on: HashSet<ExprId>,
    /// How the language differs where the resolver must know.
    pub(crate) traits: Traits,
}

/// What differs between the languages for the resolver.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Traits {
    /// A dotted name that nothing binds is a fully qualified name (C#, Java), not an unknown variable.
    pub(crate) qualified_names: bool,
    /// A bare name inside a class can be a member of it (C#, Java).
    pub(crate) implicit_this: bool,
    /// A script: statements run in the order in which they stand, names have no value before they get one, and `$` stands
    /// before variables and nothing else (PowerShell).
    pub(crate) in_order: bool,
}

/// A stretch of source in which names live.
#[derive(Debug)]
pub(crate) struct Scope {
    /// The scope around it; none for the file.
    pub(crate) parent: Option<ScopeId>,
    /// What opens it.
    pub(crate) kind: ScopeKind,
    /// Its text.
    pub(crate) span: Span,
    /// Whether it runs.
    pub(crate) runs: Runs,
}

/// Whether the statements of a scope run if those around it do.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) enum Runs {
    /// They may or may not.
    #[default]
    Perhaps,
    /// They surely do: the block of a `try`, a `finally`.
    Surely,
    /// Where they do, the other arms of the choice do not: index into [`Module::choices`].
    Instead(usize),
}

/// A choice between several blocks.
#[derive(Debug)]
pub(crate) struct Choice {
    /// The scopes of its arms.
    pub(crate) arms: Vec<ScopeId>,
    /// Whether one of them surely runs: there is an `else`.
    pub(crate) exhaustive: bool,
}

/// What opens a scope.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum ScopeKind {
    /// The whole file.
    File,
    /// A class, struct, interface or (Go) the methods of a type, by name.
    Class(String),
    /// A function, method or lambda.
    Function,
    /// Statements that may run or not: a branch, a loop body, a handler.
    Block,
}

/// An expression with its place.
#[derive(Debug)]
pub(crate) struct ExprNode {
    pub(crate) expr: Expr,
    pub(crate) span: Span,
    pub(crate) scope: ScopeId,
}

impl ExprNode {
    /// Whether it is a name or a member of this name.
    pub(crate) fn is_called(&self, wanted: &str) -> bool {
        matches!(&self.expr, Expr::Name(name) | Expr::Member { name, .. } if name == wanted)
    }
}

/// An expression.
#[derive(Debug)]
pub(crate) enum Expr {
    /// A plain name.
    Name(String),
    /// `self`, `this`.
    This,
    /// `super`, `base`: the object itself, seen as what its class derives from.
    Super,
    /// `object.name`; also a qualified type or namespace, and `object?.name`.
    Member { object: ExprId, name: String, name_span: Span },
    /// `object[index]`.
    Index { object: ExprId, index: ExprId },
    /// `callee(args)`. Also the composite literal and the built object: see `how`.
    Call { callee: ExprId, args: Vec<Argument>, how: How },
    /// A string literal, with its holes as children.
    Text(Vec<TextPart>),
    /// Texts put one behind the other: `a + b`, `"a" "b"`, `a .. b`.
    Concat(Vec<ExprId>),
    /// All that statements give, as one list: `@(…)`.
    Gather(Vec<ExprId>),
    /// The items of a list as one text: `$list -join ' '`.
    Join { list: ExprId, between: ExprId },
    /// A hole that the host fills in before the program is read: `$(variable)` of a pipeline.
    Filled(Option<String>),
    /// A text with holes that are filled later: `"…%s" % x`, `"…{}".format(x)`, `fmt.Sprintf("…", x)`.
    /// `template` is the text; `args` fill it.
    Format { template: ExprId, args: Vec<Argument> },
    /// A list, tuple or array.
    List(Vec<ExprId>),
    /// An object or dictionary: key (if it is a plain name or a text) and value. A spread has no key.
    Map(Vec<(Option<String>, ExprId)>),
    /// `(T)value`, `value as T`: the value, seen as another type.
    Cast { value: ExprId, class: ExprId },
    /// One of several: `c ? a : b`, `a or b`, `a ?? b`.
    Choice(Vec<ExprId>),
    /// A comparison or a membership test: its texts are looked at, not run.
    Compare(Vec<ExprId>),
    /// `*x`, `...x`, `**x`: the members of `x`.
    Spread(ExprId),
    /// A number, as written.
    Number(String),
    /// `true`, `false`.
    Bool(bool),
    /// `None`, `null`, `nil`.
    Null,
    /// A command of a script with its words. If it makes an object, that is a call of its class.
    Command { words: Vec<ExprId>, makes: Option<ExprId> },
    /// What one gives is handed on to the next; the last says what all give.
    Pipe(Vec<ExprId>),
    /// Statements in braces or parentheses: the last says what all give.
    Block(Vec<ExprId>),
    /// `if` and `switch`, which a script may use as a value: what an arm gives, if that runs.
    Branches { tests: Vec<ExprId>, arms: Vec<ExprId> },
    /// `try … catch …`: what the first gives, unless it fails.
    Attempt(Vec<ExprId>),
    /// An expression that is a statement of its own: its value is dropped.
    Statement(Vec<ExprId>),
    /// Anything else, with the expressions inside it.
    Other(Vec<ExprId>),
}

/// What a call expression does with its callee.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum How {
    /// Calls it.
    Call,
    /// Makes an object of it with `new`.
    New,
    /// Fills its fields: `T{…}`.
    Literal,
}

/// One argument in the source.
#[derive(Debug)]
pub(crate) struct Argument {
    /// The keyword, named argument, or field, if there is one.
    pub(crate) name: Option<String>,
    /// The value; [`Expr::Spread`] for `*args`.
    pub(crate) value: ExprId,
}

/// One part of a string literal.
#[derive(Debug)]
pub(crate) enum TextPart {
    /// Decoded text (escapes undone) and where each stretch of it stands.
    Known(MappedText),
    /// An interpolated expression and the place of the whole hole, braces included.
    Hole { value: ExprId, span: Span },
}

/// An import of one name or of a whole module.
#[derive(Debug)]
pub(crate) struct Import {
    /// What it imports, in the notation of [`crate::Symbol::path`].
    pub(crate) path: String,
    /// What the file calls it; `None` for a wildcard, which brings every name below `path`; empty if it binds nothing
    /// (Python's `import a.b` binds `a`, and `a.b` is only noted).
    pub(crate) name: Option<String>,
    /// Whether it comes from the repository itself (`./x`, `from . import x`).
    pub(crate) relative: bool,
    /// Where it holds.
    pub(crate) scope: ScopeId,
}

/// Gives a name a value, a type, or both.
#[derive(Debug)]
pub(crate) struct Bind {
    pub(crate) target: Target,
    /// The value; none for a parameter or a declaration.
    pub(crate) value: Option<ExprId>,
    /// The declared type.
    pub(crate) class: Option<ExprId>,
    /// `+=`, `.append`, `.extend`, `push`: the value is added to the old one.
    pub(crate) append: bool,
    pub(crate) scope: ScopeId,
    /// Where the binding stands.
    pub(crate) span: Span,
}

/// What a [`Bind`] binds.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Target {
    /// A variable, parameter or constant.
    Name(String),
    /// A field of the enclosing class: `self.x`, `this.x`, a field declaration.
    Field(String),
    /// `name[key] = value` or `name.key = value` with a known key; without a value, the entry is taken out.
    Key(String, String),
    /// A variable of the file, wherever it gets the value: `$script:name`.
    Global(String),
    /// A list in a variable gets another item by a method: `$list.Add(value)`.
    Item(String),
}

/// A class, function or method of the file's own.
#[derive(Debug)]
pub(crate) struct Definition {
    /// Its name.
    pub(crate) name: String,
    /// For a class: what it derives from.
    pub(crate) bases: Vec<ExprId>,
    pub(crate) kind: DefinitionKind,
    /// Where the name is known (for a method: the scope of its class).
    pub(crate) scope: ScopeId,
    /// The declared result type of a function.
    pub(crate) returns: Option<ExprId>,
}

/// A function, method or constructor of the file, as those see it who call it.
#[derive(Debug)]
pub(crate) struct Function {
    /// Its name; for a constructor, what the language calls it or the name of the class.
    pub(crate) name: String,
    /// The scope of its body; where the parameters belong to a class itself, that of the class.
    pub(crate) scope: ScopeId,
    /// Its parameters, in order.
    pub(crate) params: Vec<Param>,
}

/// A parameter.
#[derive(Debug)]
pub(crate) struct Param {
    /// Its name; empty if it is taken apart at once.
    pub(crate) name: String,
    /// What it is if nothing is given.
    pub(crate) default: Option<ExprId>,
}

/// What a [`Definition`] defines.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum DefinitionKind {
    Class,
    Function,
}

impl Module {
    pub(crate) fn new(len: usize, traits: Traits) -> Self {
        Self {
            scopes: vec![Scope { parent: None, kind: ScopeKind::File, span: Span::new(0, len), runs: Runs::Perhaps }],
            exprs: Vec::new(),
            imports: Vec::new(),
            binds: Vec::new(),
            definitions: Vec::new(),
            functions: Vec::new(),
            results: Vec::new(),
            shared_imports: Vec::new(),
            comments: Vec::new(),
            syntax_errors: Vec::new(),
            omissions: Vec::new(),
            choices: Vec::new(),
            spelled: HashMap::new(),
            enclosed: HashMap::new(),
            handed_on: HashSet::new(),
            traits,
        }
    }

    /// The scope of the whole file.
    pub(crate) const FILE: ScopeId = ScopeId(0);

    pub(crate) fn open(&mut self, kind: ScopeKind, parent: ScopeId, span: Span) -> ScopeId {
        self.scopes.push(Scope { parent: Some(parent), kind, span, runs: Runs::Perhaps });
        ScopeId(self.scopes.len() - 1)
    }

    pub(crate) fn add(&mut self, expr: Expr, span: Span, scope: ScopeId) -> ExprId {
        self.exprs.push(ExprNode { expr, span, scope });
        ExprId(self.exprs.len() - 1)
    }

    pub(crate) fn node(&self, id: ExprId) -> &ExprNode {
        &self.exprs[id.0]
    }

    /// The expression that makes the object, if a command does nothing else.
    pub(crate) fn made(&self, id: ExprId) -> ExprId {
        match &self.node(id).expr {
            Expr::Command { makes: Some(made), .. } => *made,
            _ => id,
        }
    }

    /// The direct children of an expression.
    pub(crate) fn children(&self, id: ExprId) -> Vec<ExprId> {
        let args = |args: &[Argument]| args.iter().map(|arg| arg.value).collect::<Vec<_>>();
        match &self.node(id).expr {
            Expr::Member { object, .. } => vec![*object],
            Expr::Index { object, index } => vec![*object, *index],
            Expr::Call { callee, args: list, .. } => [vec![*callee], args(list)].concat(),
            Expr::Format { template, args: list } => [vec![*template], args(list)].concat(),
            Expr::Text(parts) => parts
                .iter()
                .filter_map(|part| match part {
                    TextPart::Hole { value, .. } => Some(*value),
                    TextPart::Known(_) => None,
                })
                .collect(),
            Expr::Map(entries) => entries.iter().map(|(_, value)| *value).collect(),
            Expr::Cast { value, class } => vec![*value, *class],
            Expr::Spread(value) => vec![*value],
            // The words of a command that makes an object are the class and the arguments of a call.
            Expr::Command { makes: Some(made), .. } => vec![*made],
            Expr::Command { words, makes: None } => words.clone(),
            Expr::Join { list, between } => vec![*list, *between],
            Expr::Branches { tests, arms } => [&tests[..], arms].concat(),
            Expr::Concat(list)
            | Expr::Gather(list)
            | Expr::Pipe(list)
            | Expr::Block(list)
            | Expr::Attempt(list)
            | Expr::List(list)
            | Expr::Choice(list)
            | Expr::Compare(list)
            | Expr::Statement(list)
            | Expr::Other(list) => list.clone(),
            Expr::Name(_)
            | Expr::This
            | Expr::Super
            | Expr::Number(_)
            | Expr::Bool(_)
            | Expr::Null
            | Expr::Filled(_) => Vec::new(),
        }
    }
}
