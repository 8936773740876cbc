//! What becomes of a value: is it run, handed on, printed, compared, kept?

use std::collections::HashSet;

use crate::Certainty;
use crate::module::{Argument, Expr, ExprId, Target};
use crate::resolve::Resolver;

/// What becomes of a value that could be a command.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Usage {
    /// It is handed to something that may run it; the expression is the argument.
    Sink(Certainty, ExprId),
    /// It is kept in a name that the file does not use again, or given back.
    Kept,
    /// It is text for people, or a value to compare with: not a command.
    Read,
}

/// Last parts of names of functions that run a command, lower case.
const RUNNERS: &[&str] = &[
    "system",
    "popen",
    "run",
    "call",
    "check_call",
    "check_output",
    "getoutput",
    "getstatusoutput",
    "spawn",
    "spawnl",
    "spawnv",
    "exec",
    "execv",
    "execvp",
    "execsync",
    "execfile",
    "execfilesync",
    "spawnsync",
    "execa",
    "execacommand",
    "command",
    "commandcontext",
    "start",
    "processbuilder",
    "processstartinfo",
    "shell",
    "sh",
    "bash",
    "cmd",
    "create_subprocess_shell",
    "create_subprocess_exec",
    "startprocess",
    "$",
    "output",
    "combinedoutput",
    "local",
    "sudo",
    "runcommand",
    "run_command",
    "run_cmd",
    "runcmd",
    "execute",
    "execute_command",
    "executecommand",
];

/// Parts of names of functions that show or compare their text, lower case.
const READERS: &[&str] = &[
    "print",
    "log",
    "warn",
    "error",
    "info",
    "debug",
    "fatal",
    "panic",
    "trace",
    "echo",
    "write",
    "puts",
    "assert",
    "expect",
    "equal",
    "should",
    "verify",
    "contains",
    "match",
    "redact",
    "mask",
    "sanitize",
    "sanitise",
    "scrub",
    "censor",
    "hide",
    "obfuscat",
    "exception",
    "help",
    "usage",
    "describe",
    "message",
    "msg",
    "notify",
    "alert",
    "add_argument",
    "doc",
    "comment",
    "title",
    "label",
    "hint",
    "tobe",
    "indexof",
    "startswith",
    "endswith",
    "failure",
    "fail",
    "skip",
    "todo",
];

/// Parts of names above that runners have too: `write` to a process, `logged_run`.
const NOT_READERS: &[&str] = &["startinfo", "exec", "run", "spawn", "login", "shell", "command", "system"];

/// Names of arguments that hold text for people.
const READ_ARGUMENTS: &[&str] =
    &["help", "description", "message", "msg", "text", "title", "usage", "epilog", "summary", "label", "error", "hint"];

/// Last parts of names of functions that give back the text or list they are given, changed a little.
const PASSING: &[&str] = &[
    "split",
    "dedent",
    "strip",
    "trim",
    "cleandoc",
    "str",
    "string",
    "join",
    "quote",
    "format",
    "formatted",
    "sprintf",
    "replace",
    "encode",
    "getbytes",
    "list",
    "tuple",
    "aslist",
    "of",
    "asarray",
    "lstrip",
    "rstrip",
    "fields",
    "from",
    "tostring",
    "concat",
    "shlexsplit",
    "invariant",
    "pformat",
    "f",
    "fspath",
    "arraylist",
    "slice",
    "filter",
    "map",
    "toarray",
    "tolist",
];

/// Whether a function shows or compares what it is given.
pub(crate) fn reads(name: &str) -> bool {
    let name = name.to_ascii_lowercase();
    READERS.iter().any(|part| name.contains(part)) && !NOT_READERS.iter().any(|part| name.contains(part))
}

/// What becomes of the value of `id`: all ways, the surest first.
pub(crate) fn usages(resolver: &Resolver<'_>, id: ExprId) -> Vec<Usage> {
    let mut trail = Trail::default();
    follow(resolver, id, 6, &mut trail);
    let mut found = trail.found;
    found.sort_by_key(|usage| match usage {
        Usage::Sink(certainty, _) => (0, *certainty),
        Usage::Kept => (1, Certainty::Stored),
        Usage::Read => (2, Certainty::Stored),
    });
    found
}

/// The way of one value through the file.
#[derive(Default)]
struct Trail {
    found: Vec<Usage>,
    /// Where it has been: a name that is given to another and back would be followed again and again.
    seen: HashSet<ExprId>,
}

impl Trail {
    fn push(&mut self, usage: Usage) {
        self.found.push(usage);
    }
}

fn follow(resolver: &Resolver<'_>, id: ExprId, depth: usize, found: &mut Trail) {
    let Some(depth) = depth.checked_sub(1) else { return found.push(Usage::Kept) };
    if !found.seen.insert(id) {
        return;
    }
    let bound = resolver.module.binds.iter().filter(|bind| bind.value == Some(id));
    let mut is_bound = false;
    for bind in bound {
        is_bound = true;
        follow_name(resolver, &bind.target, id, depth, found);
    }
    let Some(parent) = resolver.parent(id) else {
        if !is_bound {
            found.push(Usage::Read);
        }
        return;
    };
    match &resolver.module.node(parent).expr {
        Expr::Call { callee, args, .. } => match args.iter().find(|arg| arg.value == id) {
            Some(arg) => argument(resolver, parent, *callee, arg, depth, found),
            None => follow(resolver, parent, depth, found),
        },
        // `text.split()`: the value of the method call is made of the text.
        Expr::Member { name, .. } => match resolver.parent(parent) {
            Some(call) if is_passing(name) => follow(resolver, call, depth, found),
            // `"…".equals(x)`, `"…".StartsWith(x)`.
            Some(_) if reads(name) => found.push(Usage::Read),
            _ => found.push(Usage::Kept),
        },
        Expr::Compare(_) => found.push(Usage::Read),
        Expr::Other(_) if is_bound => {}
        // A value of its own in a block does nothing; `return x` and `yield x` give it away.
        Expr::Other(children) if children.len() == 1 => follow(resolver, parent, depth, found),
        Expr::Other(_) => found.push(Usage::Kept),
        _ => follow(resolver, parent, depth, found),
    }
}

/// Follows a value into the uses of the name it was given.
fn follow_name(resolver: &Resolver<'_>, target: &Target, value: ExprId, depth: usize, found: &mut Trail) {
    let mut used = false;
    for index in 0..resolver.module.exprs.len() {
        let id = ExprId(index);
        let node = resolver.module.node(id);
        let matches = match (&node.expr, target) {
            (Expr::Name(name), Target::Name(bound) | Target::Field(bound)) => {
                name == bound && resolver.bindings(name, node.scope, node.span).iter().any(|b| b.value == Some(value))
            }
            (Expr::Member { name, .. }, Target::Field(bound) | Target::Key(_, bound) | Target::Name(bound)) => {
                name == bound
            }
            _ => false,
        };
        if matches {
            used = true;
            follow(resolver, id, depth, found);
        }
    }
    if !used {
        found.push(Usage::Kept);
    }
}

fn argument(resolver: &Resolver<'_>, call: ExprId, callee: ExprId, arg: &Argument, depth: usize, found: &mut Trail) {
    let name = last_name(resolver, callee);
    if arg.name.as_deref().is_some_and(|name| READ_ARGUMENTS.contains(&name))
        || reads(&name)
        || is_logger(resolver, callee)
    {
        return found.push(Usage::Read);
    }
    if is_passing(&name) {
        return follow(resolver, call, depth, found);
    }
    let is_runner = RUNNERS.contains(&name.to_ascii_lowercase().as_str());
    found.push(Usage::Sink(if is_runner { Certainty::Runs } else { Certainty::Likely }, arg.value));
}

fn is_passing(name: &str) -> bool {
    PASSING.contains(&name.to_ascii_lowercase().as_str())
}

/// The last name of a callee as written: `run` of `subprocess.run`.
pub(crate) fn last_name(resolver: &Resolver<'_>, callee: ExprId) -> String {
    match &resolver.module.node(callee).expr {
        Expr::Name(name) | Expr::Member { name, .. } => name.clone(),
        Expr::Call { callee, .. } => last_name(resolver, *callee),
        _ => String::new(),
    }
}

/// `log.Fatal`, `console.table`, `Logger.at(…)`: something whose owner is made for text.
fn is_logger(resolver: &Resolver<'_>, callee: ExprId) -> bool {
    let Expr::Member { object, .. } = &resolver.module.node(callee).expr else { return false };
    let owner = last_name(resolver, *object).to_ascii_lowercase();
    ["log", "logger", "logging", "console", "t", "chalk", "colors", "errors"].contains(&owner.as_str())
        || owner.ends_with("logger")
}
