//! Facts: what a file does, in words that are the same for every language and host.
//!
//! There are three kinds, [`Call`], [`Command`] and [`Record`]. Rules see facts and nothing else.

mod facts;
mod host;
mod line_index;
mod omission;
mod span;

pub use facts::{Facts, GuestSpan};
pub use host::Host;
pub use line_index::LineIndex;
pub use omission::Omission;
pub use span::Span;

/// A call of a function, method or constructor.
#[derive(Clone, Debug)]
pub struct Call {
    /// What the callee may be, likeliest first; never empty.
    pub symbols: Vec<Symbol>,
    /// How it is used.
    pub kind: CallKind,
    /// Arguments in source order; for [`CallKind::Reference`] those that come after the reference.
    pub args: Vec<Arg>,
    /// The callee as written (`app.acquire_token`, without the arguments): the place to report.
    pub span: Span,
    /// The statement or expression chain that the call is part of, for evidence near by.
    pub statement: Span,
    /// The innermost function around the call, or the whole file.
    pub function: Span,
    /// The ways on which the object may have been made that it is called on, with what is done with the result. None if
    /// the language is not followed that far.
    pub ways: Vec<Way>,
}

impl Call {
    /// All places in it.
    fn spans(&mut self) -> Vec<&mut Span> {
        let steps = self.ways.iter_mut().flat_map(|way| &mut way.steps);
        let steps = steps.flat_map(|step| step.args.iter_mut().map(|arg| &mut arg.span).chain([&mut step.span]));
        let args = self.args.iter_mut().map(|arg| &mut arg.span);
        [&mut self.span, &mut self.statement, &mut self.function].into_iter().chain(args).chain(steps).collect()
    }
}

/// One way of an object through a file, from where it was made to what is done with it.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Way {
    /// What happens on it, in order.
    pub steps: Vec<Step>,
    /// It begins with something that is not known: a parameter, an import, more than is followed.
    pub open: bool,
}

/// One step of a [`Way`]: the call of a constructor, of a method of a builder or of an option that is handed over, or the
/// setting of a property, which has the property's name and one argument.
#[derive(Clone, Debug, PartialEq)]
pub struct Step {
    /// What is called, likeliest of all that it may be.
    pub symbol: Symbol,
    /// Its arguments, as those of a [`Call`]. Where they are not the same on every way, those on this one.
    pub args: Vec<Arg>,
    /// The step as written.
    pub span: Span,
}

/// How a callee is used.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum CallKind {
    /// `f(x)`, `o.m(x)`, and constructors of languages without `new`.
    Call,
    /// `new T(x)`, target-typed `new(x)`.
    New,
    /// A composite literal: `T{Field: x}`. Its fields are keyword arguments.
    Literal,
    /// Not called here but handed on: an argument, an assigned value, a bound method.
    Reference,
}

/// A name resolved as far as the file allows.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Symbol {
    /// Dotted path. Module and member are joined by a dot too (`@azure/identity.ClientSecretCredential`,
    /// `github.com/Azure/azure-sdk-for-go/sdk/azidentity.NewClientSecretCredential`). A call inside the
    /// path, as in a builder chain, is written `()`: `Builder.create().build`.
    pub path: String,
    /// How the first part of the path was found.
    pub origin: Origin,
}

/// How the root of a [`Symbol`] was found.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Origin {
    /// By an import of exactly this name, or written fully qualified in a language that allows it.
    Import,
    /// Possibly: a wildcard import (`using N;`, `import p.*`, `from m import *`) could supply it.
    Wildcard,
    /// Imported from the repository itself (`./auth`, `from . import auth`).
    Relative,
    /// Defined in this file.
    Own,
    /// Not found: a parameter without a type, a name from elsewhere. Only the last parts mean anything.
    Unknown,
}

/// One argument of a call.
#[derive(Clone, Debug, PartialEq)]
pub struct Arg {
    /// Keyword, named argument, field of a composite literal, object-initialiser property.
    pub name: Option<String>,
    /// Zero-based position among the unnamed arguments.
    pub position: Option<usize>,
    /// What is known of the value.
    pub value: Value,
    /// The value as written.
    pub span: Span,
}

/// What is known of a value without running the program.
#[derive(Clone, Debug, PartialEq)]
pub enum Value {
    /// A text, whole or with holes.
    Text(Vec<Part>),
    /// A number, as written.
    Number(String),
    /// `true` or `false`.
    Bool(bool),
    /// `null`, `None`, `nil`.
    Null,
    /// A list, tuple or array of known length.
    List(Vec<Value>),
    /// An object, dictionary or composite literal; a key that is not known is left out.
    Map(Vec<(String, Value)>),
    /// A name that was resolved, and no more: `GrantType.Password`.
    Symbol(Vec<Symbol>),
    /// One of several, in source order: what a condition chooses from, what branches assign, a look-up and its default.
    Choice(Vec<Value>),
    /// Anything else. `name` is the variable, property or environment variable it comes from, if there is one.
    Dynamic {
        /// The last part of the name the value is read from.
        name: Option<String>,
    },
}

impl Value {
    /// The text, if every part of it is known.
    pub fn text(&self) -> Option<String> {
        match self {
            Self::Text(parts) => parts.iter().map(|part| part.text()).collect(),
            _ => None,
        }
    }

    /// What is known of a value that is written as a text with holes.
    pub(crate) fn of_parts(parts: Vec<Part>) -> Self {
        match &parts[..] {
            [Part::Variable(name)] => Self::Dynamic { name: Some(name.clone()) },
            [Part::Output { command, variable }] => {
                Self::Dynamic { name: variable.clone().or_else(|| Some(command.clone())) }
            }
            [Part::Unknown] => Self::Dynamic { name: None },
            _ => Self::Text(parts),
        }
    }
}

/// One part of a text or of a shell word.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Part {
    /// Known text, after unquoting.
    Text(String),
    /// The value of something with a name: `$U`, `{user}`, `${{ secrets.X }}`.
    Variable(String),
    /// What a command puts out: `(Get-Secret x)`, or a variable that was given that.
    Output {
        /// The command's name as written.
        command: String,
        /// The variable, if there is one.
        variable: Option<String>,
    },
    /// A value without a name: a command substitution, a format hole.
    Unknown,
}

impl Part {
    /// The text, if it is known.
    pub fn text(&self) -> Option<&str> {
        match self {
            Self::Text(text) => Some(text),
            _ => None,
        }
    }
}

/// One command line: a program and the words it receives.
#[derive(Clone, Debug)]
pub struct Command {
    /// The words; the first is the program. Redirections and assignments are not words.
    pub words: Vec<Word>,
    /// The command as it stands in the file, from the first to the last word.
    pub span: Span,
    /// How sure it is that it runs.
    pub certainty: Certainty,
    /// Where else the command comes from or goes to, each with a label
    /// (the variable that holds it, the place that runs it).
    pub related: Vec<(Span, String)>,
    /// Whether a later word may be the program, behind an unknown function or tool that runs it. False for a text
    /// that could as well be prose.
    pub may_wrap: bool,
    /// Whether it stands in one of several branches of an `if` or `case`: `else` beside a `then`.
    pub in_branch: bool,
}

/// How sure it is that a [`Command`] runs.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Certainty {
    /// It is a command of a script, or an argument of something that is known to run commands.
    Runs,
    /// It is handed to something that is not known, written to a script, or kept in a variable that is used.
    Likely,
    /// It is a text that looks like a command and is not seen to be used.
    Stored,
}

/// One word of a command.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Word {
    /// The parts, in order. An empty list is the empty word `""`.
    pub parts: Vec<Part>,
    /// The word as written.
    pub span: Span,
    /// Whether it may become several words, or none: an unquoted variable, `"$@"`, a hole of its own.
    pub splits: bool,
    /// Where texts are written that stand behind a hole of it: what a variable was given, the default of one, the password
    /// in a credential. They are no parts of the word, and may be one of several.
    pub literals: Vec<Span>,
}

impl Word {
    /// The text, if every part of it is known.
    pub fn text(&self) -> Option<String> {
        self.parts.iter().map(Part::text).collect()
    }

    /// The text up to the first part that is not known.
    pub fn known_start(&self) -> &str {
        match self.parts.first() {
            Some(Part::Text(text)) => text,
            _ => "",
        }
    }

    /// Whether the word is surely empty (`""`).
    pub fn is_empty(&self) -> bool {
        self.text().is_some_and(|text| text.is_empty())
    }
}

/// Keys and values that belong together.
#[derive(Clone, Debug, PartialEq)]
pub struct Record {
    /// What the keys are.
    pub kind: RecordKind,
    /// The keys of the mappings around it, outermost first, with dots between; empty at the top and where there are none.
    pub path: String,
    /// In the order of the source. Of fields with the same key the last holds.
    pub fields: Vec<Field>,
    /// The record as written, from its first to its last field.
    pub span: Span,
    /// The statement, command or mapping that it is part of, for evidence near by.
    pub statement: Span,
    /// The innermost function, job, service or request around it, or the whole file.
    pub function: Span,
    /// The addresses to which it may be sent, as far as they are known: with holes, or only the name of a variable. None
    /// if nobody is seen to send it.
    pub addresses: Vec<Value>,
}

/// What the keys of a [`Record`] are.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum RecordKind {
    /// Variables that a process gets: all of them, those of outer scopes too. Their names are compared exactly; where the
    /// system does not (Windows), they are given in capitals.
    Environment,
    /// Keys of a mapping: an object, a table, a section, the fields of a literal, the properties of a program.
    Mapping,
    /// Parts of a text: a form (`a=b&c=d`), a connection string (`k=v;k=v`), the query of a URL.
    Text,
    /// Packages, tools and images, and the versions to which they are held. A value is a bare version (`2.20.0`); of a
    /// range, its upper end. What has no upper end is left out.
    Versions,
}

/// One key of a [`Record`] with its value.
#[derive(Clone, Debug, PartialEq)]
pub struct Field {
    /// The key as written, escapes undone and without blanks around it.
    pub key: String,
    /// What is known of the value. A value that is there and empty is [`Value::Text`] without parts, or null.
    pub value: Value,
    /// The key as written: the place to report. Where the key does not stand in the file, that of the value.
    pub key_span: Span,
    /// The value as written, quotes left out; empty if there is none.
    pub span: Span,
}

impl Record {
    /// All places in it.
    pub(crate) fn spans(&mut self) -> Vec<&mut Span> {
        let fields = self.fields.iter_mut().flat_map(|field| [&mut field.key_span, &mut field.span]);
        [&mut self.span, &mut self.statement, &mut self.function].into_iter().chain(fields).collect()
    }
}
