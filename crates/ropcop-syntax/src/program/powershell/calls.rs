//! Expressions as a [`Module`], so that the resolver finds out which .NET methods are called.

use std::collections::{HashMap, HashSet};

use super::names::{Given, plain};
use super::parameter::Parameters;
use super::syntax::{Assignment, Block, CommandLine, Expr, Kind, Link, Name, Param, Piece, Producer, Statement, Step};
use crate::guest::Reading;
use crate::program::call;
use crate::program::module::{
    Argument, Bind, Definition, DefinitionKind, Expr as Lowered, ExprId, Function, How, Import, Module, Param as Taken,
    ScopeId, ScopeKind, Target, TextPart, Traits,
};
use crate::program::resolve::Resolver;
use crate::text::template::MappedText;
use crate::{Call, Facts, Span, Value};

/// A variable is a name of the module with this before it, so that it is not taken for a type.
const SIGIL: char = '$';
/// Longer chains are cut: nobody writes them.
const LONGEST_CHAIN: usize = 60;

/// The calls of a script, and the namespaces it names.
pub(super) fn facts(statements: &[Statement], text: &str, reading: &Reading<'_>) -> Facts {
    let traits = Traits { qualified_names: true, implicit_this: false };
    let mut lowering =
        Lowering { module: Module::new(text.len(), traits), text, types: HashSet::new(), spellings: HashMap::new() };
    lowering.statements(statements, Module::FILE);
    let module = lowering.module;
    let resolver = Resolver::new(&module);
    let mut calls = call::calls(&resolver, text, reading);
    calls.iter_mut().for_each(without_sigils);
    let imports = module.imports.iter().map(|import| import.path.clone()).collect();
    Facts { calls, imports, ..Facts::default() }
}

/// Gives variables the names that people know.
fn without_sigils(call: &mut Call) {
    for symbol in &mut call.symbols {
        symbol.path = symbol.path.replace(SIGIL, "");
    }
    let steps = call.ways.iter_mut().flat_map(|way| &mut way.steps);
    let given = steps.flat_map(|step| &mut step.args).chain(&mut call.args);
    given.for_each(|arg| without_sigil(&mut arg.value));
}

fn without_sigil(value: &mut Value) {
    match value {
        Value::Dynamic { name: Some(name) } => *name = name.trim_start_matches(SIGIL).to_owned(),
        Value::List(items) => items.iter_mut().for_each(without_sigil),
        Value::Map(entries) => entries.iter_mut().for_each(|(_, value)| without_sigil(value)),
        Value::Text(parts) => {
            for part in parts {
                if let crate::Part::Variable(name) = part {
                    *name = name.trim_start_matches(SIGIL).to_owned();
                }
            }
        }
        _ => {}
    }
}

struct Lowering<'t> {
    module: Module,
    text: &'t str,
    /// Full names of types that were met.
    types: HashSet<String>,
    /// How each variable was first written.
    spellings: HashMap<String, String>,
}

impl Lowering<'_> {
    fn add(&mut self, expr: Lowered, span: Span, scope: ScopeId) -> ExprId {
        self.module.add(expr, span, scope)
    }

    fn bind(&mut self, target: Target, value: Option<ExprId>, class: Option<ExprId>, span: Span, scope: ScopeId) {
        self.module.binds.push(Bind { target, value, class, append: false, scope, span });
    }

    fn statements(&mut self, statements: &[Statement], scope: ScopeId) -> Vec<ExprId> {
        statements.iter().map(|statement| self.statement(statement, scope)).collect()
    }

    fn block(&mut self, block: &Block, kind: ScopeKind, scope: ScopeId) -> ExprId {
        let inner = self.module.open(kind, scope, block.span);
        let children = self.statements(&block.statements, inner);
        self.add(Lowered::Other(children), block.span, scope)
    }

    fn statement(&mut self, statement: &Statement, scope: ScopeId) -> ExprId {
        let span = statement.span;
        let children = match &statement.step {
            Step::Pipeline(elements) => {
                let children: Vec<ExprId> = elements
                    .iter()
                    .map(|element| match &element.source {
                        Producer::Value(value) => self.expr(value, scope),
                        Producer::Command(command) => self.command(command, scope),
                    })
                    .collect();
                match children[..] {
                    [only] => return only,
                    _ => children,
                }
            }
            Step::Assign { target, how, value } => {
                let value = self.statement(value, scope);
                self.assign(target, *how, value, span, scope);
                vec![value]
            }
            Step::Function { name, params, body } => vec![self.function(name, params, body, span, scope)],
            Step::Params(params) => {
                self.params(params, scope);
                Vec::new()
            }
            Step::Class { name, base, properties, methods } => {
                let bases = base.iter().map(|(base, span)| self.class(base, *span, scope)).collect();
                self.define(name, DefinitionKind::Class, bases, scope);
                let inner = self.module.open(ScopeKind::Class(name.clone()), scope, span);
                for property in properties {
                    let class = property.class.as_ref().map(|(class, span)| self.class(class, *span, scope));
                    let value = property.default.as_ref().map(|value| self.expr(value, scope));
                    self.bind(Target::Field(property.name.clone()), value, class, property.span, inner);
                }
                self.statements(methods, inner)
            }
            Step::Choice { tests, arms, .. } => {
                let mut children = self.statements(tests, scope);
                children.extend(arms.iter().map(|arm| self.block(arm, ScopeKind::Block, scope)));
                children
            }
            Step::Loop { head, body, .. } => {
                let mut children = self.statements(head, scope);
                children.push(self.block(body, ScopeKind::Block, scope));
                children
            }
            Step::Blocks(blocks) => {
                blocks.iter().map(|(block, _)| self.block(block, ScopeKind::Block, scope)).collect()
            }
            Step::Using(name) => {
                self.module.imports.push(Import { path: name.clone(), name: None, relative: false, scope });
                Vec::new()
            }
            Step::Return(value) => {
                let values: Vec<_> = value.iter().map(|value| self.statement(value, scope)).collect();
                self.module.results.extend(values.iter().map(|value| (scope, *value)));
                values
            }
            Step::Throw(value) => value.iter().map(|value| self.statement(value, scope)).collect(),
        };
        self.add(Lowered::Other(children), span, scope)
    }

    fn define(&mut self, name: &str, kind: DefinitionKind, bases: Vec<ExprId>, scope: ScopeId) {
        self.module.definitions.push(Definition { name: name.to_owned(), bases, kind, scope, returns: None });
    }

    fn function(&mut self, name: &str, params: &[Param], body: &Block, span: Span, scope: ScopeId) -> ExprId {
        self.define(name, DefinitionKind::Function, Vec::new(), scope);
        let inner = self.module.open(ScopeKind::Function, scope, span);
        let params = self.params(params, inner);
        self.module.functions.push(Function { name: name.to_owned(), scope: inner, params });
        let children = self.statements(&body.statements, inner);
        self.add(Lowered::Other(children), span, scope)
    }

    fn params(&mut self, params: &[Param], scope: ScopeId) -> Vec<Taken> {
        let mut taken = Vec::new();
        for param in params {
            // A default is what the parameter may be, not what it is.
            let default = param.default.as_ref().map(|default| self.expr(default, scope));
            let class = param.class.as_ref().map(|(class, span)| self.class(class, *span, scope));
            let name = self.spelling(&Name { scope: None, name: param.name.clone() });
            self.bind(Target::Name(name.clone()), None, class, param.span, scope);
            taken.push(Taken { name, default });
        }
        taken
    }

    fn assign(&mut self, target: &Expr, how: Assignment, value: ExprId, span: Span, scope: ScopeId) {
        match &target.kind {
            Kind::Variable(name) => {
                let target = Target::Name(self.spelling(name));
                let append = how == Assignment::Add;
                self.module.binds.push(Bind { target, value: Some(value), class: None, append, scope, span });
            }
            Kind::Cast { classes, value: inner } => {
                if let (Kind::Variable(name), Some((class, place))) = (&inner.kind, classes.last()) {
                    let class = self.class(class, *place, scope);
                    let target = Target::Name(self.spelling(name));
                    self.bind(target, Some(value), Some(class), span, scope);
                }
            }
            Kind::Chain { head, links } => {
                let (Kind::Variable(name), [link]) = (&head.kind, &links[..]) else { return };
                let Some(key) = super::names::link_key(link) else { return };
                let is_own = name.name.eq_ignore_ascii_case("this");
                let target = if is_own { Target::Field(key) } else { Target::Key(self.spelling(name), key) };
                self.bind(target, Some(value), None, span, scope);
            }
            _ => {}
        }
    }

    /// The name of a variable as it was first written.
    fn spelling(&mut self, name: &Name) -> String {
        let first = self.spellings.entry(name.key()).or_insert_with(|| format!("{SIGIL}{}", name.name));
        first.clone()
    }

    /// The name of a type. A name with a dot is full, as if it were imported.
    fn class(&mut self, name: &str, span: Span, scope: ScopeId) -> ExprId {
        if name.contains('.') && self.types.insert(name.to_owned()) {
            let import = |path| Import { path, name: Some(name.to_owned()), relative: false, scope: Module::FILE };
            self.module.imports.push(import(name.to_owned()));
        }
        self.add(Lowered::Name(name.to_owned()), span, scope)
    }

    fn exprs(&mut self, exprs: &[Expr], scope: ScopeId) -> Vec<ExprId> {
        exprs.iter().map(|expr| self.expr(expr, scope)).collect()
    }

    fn expr(&mut self, expr: &Expr, scope: ScopeId) -> ExprId {
        let span = expr.span;
        let lowered = match &expr.kind {
            Kind::Word(pieces) | Kind::Text(pieces) => Lowered::Text(self.pieces(pieces, scope)),
            Kind::Variable(name) | Kind::Splat(name) => match name.name.to_ascii_lowercase().as_str() {
                "true" => Lowered::Bool(true),
                "false" => Lowered::Bool(false),
                "null" => Lowered::Null,
                "this" => Lowered::This,
                _ => Lowered::Name(self.spelling(name)),
            },
            Kind::Type(name) => return self.class(name, span, scope),
            Kind::Number => Lowered::Number(self.text.get(span.start..span.end).unwrap_or_default().to_owned()),
            Kind::Group(statements) => match &statements[..] {
                [only] => return self.statement(only, scope),
                _ => Lowered::Other(self.statements(statements, scope)),
            },
            Kind::Array(statements) => match &statements[..] {
                [only] if matches!(Given::of(only), Given::Value(Expr { kind: Kind::List(_), .. })) => {
                    return self.statement(only, scope);
                }
                _ => Lowered::List(self.statements(statements, scope)),
            },
            Kind::List(items) => Lowered::List(self.exprs(items, scope)),
            Kind::Hash(entries) => {
                let entry =
                    |(key, value): &(Expr, Statement)| (plain(key).map(str::to_owned), self.statement(value, scope));
                Lowered::Map(entries.iter().map(entry).collect())
            }
            Kind::Block(block) => {
                let inner = self.module.open(ScopeKind::Block, scope, block.span);
                Lowered::Other(self.statements(&block.statements, inner))
            }
            Kind::Chain { head, links } => return self.chain(head, links, scope),
            Kind::Cast { classes, value } => {
                let value = self.expr(value, scope);
                match classes.last() {
                    Some((class, place)) => Lowered::Cast { value, class: self.class(class, *place, scope) },
                    None => return value,
                }
            }
            Kind::Operation { operators, operands } => return self.operation(operators, operands, span, scope),
            Kind::Nothing => Lowered::Other(Vec::new()),
        };
        self.add(lowered, span, scope)
    }

    fn pieces(&mut self, pieces: &[Piece], scope: ScopeId) -> Vec<TextPart> {
        let part = |piece: &Piece| match piece {
            Piece::Known { text, at } => {
                let mut known = MappedText::default();
                known.push(text, *at);
                TextPart::Known(known)
            }
            Piece::Hole(inner) => TextPart::Hole { value: self.expr(inner, scope), span: inner.span },
        };
        pieces.iter().map(part).collect()
    }

    fn operation(&mut self, operators: &[String], operands: &[Expr], span: Span, scope: ScopeId) -> ExprId {
        let is = |wanted: &str| operators.iter().all(|operator| operator == wanted);
        let compares = operators.iter().any(|operator| super::printing::compares(operator));
        if let ([text, args], true) = (operands, is("-f")) {
            let template = self.expr(text, scope);
            let args = match &args.kind {
                Kind::List(items) => self.exprs(items, scope),
                _ => vec![self.expr(args, scope)],
            };
            let args = args.into_iter().map(|value| Argument { name: None, value }).collect();
            return self.add(Lowered::Format { template, args }, span, scope);
        }
        let children = self.exprs(operands, scope);
        let lowered = match children.len() {
            0 | 1 => Lowered::Other(children),
            _ if is("+") => Lowered::Concat(children),
            _ if is("??") => Lowered::Choice(children),
            _ if compares => Lowered::Compare(children),
            _ => Lowered::Other(children),
        };
        self.add(lowered, span, scope)
    }

    fn chain(&mut self, head: &Expr, links: &[Link], scope: ScopeId) -> ExprId {
        let mut at = self.expr(head, scope);
        let start = head.span.start;
        let is_type = matches!(head.kind, Kind::Type(_));
        for (index, link) in links.iter().take(LONGEST_CHAIN).enumerate() {
            let before = self.module.node(at).span;
            at = match link {
                // `[Type]::new(…)`: the type itself is what is called.
                Link::Member { name, .. } if is_type && index == 0 && name.eq_ignore_ascii_case("new") => at,
                Link::Member { name, span } => {
                    let member = Lowered::Member { object: at, name: name.clone(), name_span: *span };
                    self.add(member, Span::new(start, span.end), scope)
                }
                Link::Computed(inner) | Link::Index(inner) => {
                    let end = inner.span.end;
                    let index = self.expr(inner, scope);
                    self.add(Lowered::Index { object: at, index }, Span::new(start, end), scope)
                }
                Link::Call { args, end } => {
                    let is_new = is_type && index == 1 && matches!(self.module.node(at).expr, Lowered::Name(_));
                    let args = self.exprs(args, scope);
                    let args = args.into_iter().map(|value| Argument { name: None, value }).collect();
                    let how = if is_new { How::New } else { How::Call };
                    self.add(Lowered::Call { callee: at, args, how }, Span::new(before.start, *end), scope)
                }
            };
        }
        for link in links.iter().skip(LONGEST_CHAIN) {
            if let Link::Call { args, .. } = link {
                self.exprs(args, scope);
            }
        }
        at
    }

    /// `New-Object Type(a, b)`; of other commands only what is in their words.
    fn command(&mut self, command: &CommandLine, scope: ScopeId) -> ExprId {
        let is_new = command.words.first().and_then(plain).is_some_and(|name| name.eq_ignore_ascii_case("New-Object"));
        if !is_new {
            let children = self.exprs(&command.words, scope);
            return self.add(Lowered::Other(children), command.span, scope);
        }
        let parameters = Parameters::of(&command.words[1..], &["typename", "argumentlist"]);
        let class = parameters.get("typename").and_then(|class| Some((plain(class)?, class.span)));
        let Some((class, span)) = class else {
            let children = self.exprs(&command.words, scope);
            return self.add(Lowered::Other(children), command.span, scope);
        };
        let callee = self.class(class, span, scope);
        let args = match parameters.get("argumentlist") {
            Some(args) => self.arguments(args, scope),
            None => Vec::new(),
        };
        let mut args: Vec<Argument> = args.into_iter().map(|value| Argument { name: None, value }).collect();
        if let Some(Expr { kind: Kind::Hash(entries), .. }) = parameters.get("property") {
            for (key, value) in entries {
                let value = self.statement(value, scope);
                args.push(Argument { name: plain(key).map(str::to_owned), value });
            }
        }
        self.add(Lowered::Call { callee, args, how: How::New }, command.span, scope)
    }

    /// The arguments of `New-Object`, which are one list or one value.
    fn arguments(&mut self, args: &Expr, scope: ScopeId) -> Vec<ExprId> {
        match &args.kind {
            Kind::List(items) => self.exprs(items, scope),
            Kind::Group(statements) | Kind::Array(statements) => match &statements[..] {
                [only] => match Given::of(only) {
                    Given::Value(value) => self.arguments(value, scope),
                    Given::Result(statement) => vec![self.statement(statement, scope)],
                },
                _ => self.statements(statements, scope),
            },
            _ => vec![self.expr(args, scope)],
        }
    }
}
