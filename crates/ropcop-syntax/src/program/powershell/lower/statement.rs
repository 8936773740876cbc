//! Statements, and what they give to names.

use super::super::names::{link_key, plain};
use super::super::syntax::{
    Assignment, Link, Producer, PsBlock, PsElement, PsExpr, PsExprKind, PsParam, PsStatement, PsStep, PsVariable,
};
use super::PowerShellLowering;
use crate::Span;
use crate::program::module::{
    Choice, Definition, DefinitionKind, Expr as Value, ExprId, Function, Import, Param as Taken, Runs, ScopeId,
    ScopeKind, Target,
};

impl<'s> PowerShellLowering<'s, '_> {
    pub(super) fn statements(&mut self, statements: &'s [PsStatement], scope: ScopeId) -> Vec<ExprId> {
        statements.iter().map(|statement| self.statement(statement, scope)).collect()
    }

    pub(super) fn statement(&mut self, statement: &'s PsStatement, scope: ScopeId) -> ExprId {
        let id = self.step(statement, scope);
        self.lowered.statements.insert(std::ptr::from_ref(statement), id);
        self.lowered.givers.insert(id, statement);
        id
    }

    fn step(&mut self, statement: &'s PsStatement, scope: ScopeId) -> ExprId {
        let span = statement.span;
        let lowered = match &statement.step {
            PsStep::Pipeline(elements) => return self.pipeline(elements, span, scope),
            PsStep::Assign { target, how, value } => {
                self.target(target, scope);
                let value = self.statement(value, scope);
                self.assign(target, *how, value, span, scope);
                Value::Block(vec![value])
            }
            PsStep::Function { name, params, body } => self.function(name, params, body, span, scope),
            PsStep::Params(params) => {
                let params = self.params(params, scope);
                self.takes(params, scope);
                Value::Other(Vec::new())
            }
            PsStep::Class { name, base, properties, methods } => {
                let bases = base.iter().map(|(base, span)| self.class(base, *span, scope)).collect();
                self.define(name, DefinitionKind::Class, bases, scope);
                let inner = self.open(ScopeKind::Class(name.clone()), scope, span, Runs::Perhaps);
                self.lowered.scopes.insert(span.start, inner);
                self.properties(properties, inner);
                Value::Other(self.statements(methods, inner))
            }
            PsStep::Choice { tests, arms, exhaustive } => {
                let tests = self.statements(tests, scope);
                let choice = self.lowered.module.choices.len();
                self.lowered.module.choices.push(Choice { arms: Vec::new(), exhaustive: *exhaustive });
                let arm = |arm: &'s PsBlock| self.arm(arm, choice, scope);
                Value::Branches { tests, arms: arms.iter().map(arm).collect() }
            }
            PsStep::Loop { variable, head, body } => {
                let mut children = self.statements(head, scope);
                if let Some(variable) = variable {
                    let target = Target::Name(self.spelling(variable));
                    self.bind(target, None, None, Span::new(span.start, span.start), scope);
                }
                children.push(self.block(body, Runs::Perhaps, scope));
                Value::Other(children)
            }
            PsStep::Blocks(blocks) => {
                let runs = |sure: bool| if sure { Runs::Surely } else { Runs::Perhaps };
                Value::Attempt(blocks.iter().map(|(block, sure)| self.block(block, runs(*sure), scope)).collect())
            }
            PsStep::Using(name) => {
                let import = Import { path: name.clone(), name: None, relative: false, scope };
                self.lowered.module.imports.push(import);
                Value::Other(Vec::new())
            }
            PsStep::Return(value) => {
                let values: Vec<_> = value.iter().map(|value| self.statement(value, scope)).collect();
                self.lowered.module.results.extend(values.iter().map(|value| (scope, *value)));
                Value::Other(values)
            }
            PsStep::Throw(value) => Value::Other(value.iter().map(|value| self.statement(value, scope)).collect()),
        };
        self.add(lowered, span, scope)
    }

    fn pipeline(&mut self, elements: &'s [PsElement], span: Span, scope: ScopeId) -> ExprId {
        let mut children = Vec::new();
        for element in elements {
            children.push(match &element.source {
                Producer::Value(value) => self.expr(value, scope),
                Producer::Command(command) => self.command(command, scope),
            });
            self.exprs(&element.redirections, scope);
        }
        match (&children[..], elements) {
            ([only], [PsElement { source: Producer::Command(_), .. }]) => *only,
            ([only], [PsElement { redirections, .. }]) if redirections.is_empty() => *only,
            _ => self.add(Value::Pipe(children), span, scope),
        }
    }

    pub(super) fn block(&mut self, block: &'s PsBlock, runs: Runs, scope: ScopeId) -> ExprId {
        let inner = self.open(ScopeKind::Block, scope, block.span, runs);
        self.lowered.scopes.insert(block.span.start, inner);
        let children = self.statements(&block.statements, inner);
        self.add(Value::Block(children), block.span, scope)
    }

    fn arm(&mut self, block: &'s PsBlock, choice: usize, scope: ScopeId) -> ExprId {
        let inner = self.open(ScopeKind::Block, scope, block.span, Runs::Instead(choice));
        self.lowered.module.choices[choice].arms.push(inner);
        self.lowered.scopes.insert(block.span.start, inner);
        let children = self.statements(&block.statements, inner);
        self.add(Value::Block(children), block.span, scope)
    }

    fn define(&mut self, name: &str, kind: DefinitionKind, bases: Vec<ExprId>, scope: ScopeId) {
        let definition = Definition { name: name.to_owned(), bases, kind, scope, returns: None };
        self.lowered.module.definitions.push(definition);
    }

    fn function(&mut self, name: &str, params: &'s [PsParam], body: &'s PsBlock, span: Span, scope: ScopeId) -> Value {
        self.define(name, DefinitionKind::Function, Vec::new(), scope);
        let inner = self.open(ScopeKind::Function, scope, span, Runs::Perhaps);
        self.lowered.scopes.insert(body.span.start, inner);
        let params = self.params(params, inner);
        self.lowered.module.functions.push(Function { name: name.to_owned(), scope: inner, params });
        Value::Other(self.statements(&body.statements, inner))
    }

    fn params(&mut self, params: &'s [PsParam], scope: ScopeId) -> Vec<Taken> {
        let mut taken = Vec::new();
        for param in params {
            // A default is what the parameter may be, not what it is.
            let default = param.default.as_ref().map(|default| self.expr(default, scope));
            let class = param.class.as_ref().map(|(class, span)| self.class(class, *span, scope));
            let name = self.spelling(&PsVariable { scope: None, name: param.name.clone() });
            self.bind(Target::Name(name.clone()), None, class, param.span, scope);
            taken.push(Taken { name, default });
        }
        taken
    }

    /// Parameters that stand in the body of a function, or of the script itself.
    fn takes(&mut self, params: Vec<Taken>, scope: ScopeId) {
        let module = &mut self.lowered.module;
        let around = std::iter::successors(Some(scope), |at| module.scopes[at.0].parent);
        let frame = around.into_iter().find(|at| module.scopes[at.0].kind != ScopeKind::Block).unwrap_or(scope);
        match module.functions.iter_mut().find(|function| function.scope == frame) {
            Some(function) => function.params.extend(params),
            None => module.functions.push(Function { name: String::new(), scope: frame, params }),
        }
    }

    fn properties(&mut self, properties: &'s [PsParam], scope: ScopeId) {
        for property in properties {
            let class = property.class.as_ref().map(|(class, span)| self.class(class, *span, scope));
            let value = property.default.as_ref().map(|value| self.expr(value, scope));
            self.bind(Target::Field(property.name.clone()), value, class, property.span, scope);
        }
    }

    /// What stands in the brackets of a target.
    fn target(&mut self, target: &'s PsExpr, scope: ScopeId) {
        match &target.kind {
            PsExprKind::Cast { value, .. } => self.target(value, scope),
            PsExprKind::Chain { links, .. } => {
                for link in links {
                    match link {
                        Link::Member { .. } => {}
                        Link::Computed(inner) | Link::Index(inner) => drop(self.expr(inner, scope)),
                        Link::Call { args, .. } => drop(self.exprs(args, scope)),
                    }
                }
            }
            _ => {}
        }
    }

    fn assign(&mut self, target: &'s PsExpr, how: Assignment, value: ExprId, span: Span, scope: ScopeId) {
        let (mut target, mut class) = (target, None);
        while let PsExprKind::Cast { classes, value } = &target.kind {
            class = classes.last().or(class);
            target = value;
        }
        match &target.kind {
            PsExprKind::Variable(name) => {
                let class = class.map(|(class, place)| self.class(class, *place, scope));
                let target = self.variable(name);
                match how {
                    Assignment::Set => self.bind(target, Some(value), class, span, scope),
                    Assignment::Add => self.append(target, value, span, scope),
                    Assignment::Other => self.bind(target, None, class, span, scope),
                }
            }
            PsExprKind::List(items) => {
                for item in items {
                    if let PsExprKind::Variable(name) = &item.kind {
                        let target = Target::Name(self.spelling(name));
                        self.bind(target, None, None, span, scope);
                    }
                }
            }
            PsExprKind::Chain { head, links } => {
                let (PsExprKind::Variable(name), [link]) = (&head.kind, &links[..]) else { return };
                let Some(key) = link_key(link) else { return };
                let is_own = name.name.eq_ignore_ascii_case("this");
                let target = if is_own { Target::Field(key) } else { Target::Key(self.spelling(name), key) };
                match how {
                    Assignment::Set => self.bind(target, Some(value), None, span, scope),
                    _ => self.append(target, value, span, scope),
                }
            }
            _ => {}
        }
    }

    fn variable(&mut self, name: &PsVariable) -> Target {
        let spelled = self.spelling(name);
        if name.is_far() { Target::Global(spelled) } else { Target::Name(spelled) }
    }

    /// `$table.Add('key', value)`, `$table.Remove('key')`
    pub(super) fn entry(&mut self, head: &'s PsExpr, links: &'s [Link], args: &[ExprId], at: usize, scope: ScopeId) {
        let (PsExprKind::Variable(name), [Link::Member { name: method, .. }, Link::Call { args: written, .. }]) =
            (&head.kind, links)
        else {
            return;
        };
        let spelled = self.spelling(name);
        let span = Span::new(head.span.start, at);
        match (method.to_ascii_lowercase().as_str(), &written[..], args) {
            ("add", [key, _], [_, value]) => {
                if let Some(key) = plain(key) {
                    self.bind(Target::Key(spelled, key.to_owned()), Some(*value), None, span, scope);
                }
            }
            ("add", [_], [value]) => self.append(Target::Item(spelled), *value, span, scope),
            ("remove", [key], _) => {
                if let Some(key) = plain(key) {
                    self.bind(Target::Key(spelled, key.to_owned()), None, None, span, scope);
                }
            }
            _ => {}
        }
    }
}
