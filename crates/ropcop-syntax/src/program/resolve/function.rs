//! What goes into the functions of a file, and what comes out of them.

use std::collections::{HashMap, HashSet};
use std::rc::Rc;

use super::Resolver;
use crate::Span;
use crate::program::module::{
    Argument, Bind, DefinitionKind, Expr, ExprId, ExprNode, Function, How, ScopeId, ScopeKind, Target,
};
use crate::{Origin, Symbol};

/// What a class calls its constructor, where that is not the name of the class.
const CONSTRUCTORS: [&str; 2] = ["__init__", "constructor"];

/// The functions of a file by what one asks about them; made when somebody asks.
#[derive(Debug, Default)]
pub(super) struct Functions<'m> {
    by_scope: HashMap<ScopeId, &'m Function>,
    by_name: HashMap<&'m str, Vec<&'m Function>>,
    /// What a function gives back.
    results: HashMap<ScopeId, Vec<ExprId>>,
    /// Which function gives an expression back.
    gives: HashMap<ExprId, ScopeId>,
    /// Calls by the name that is called.
    calls: HashMap<&'m str, Vec<ExprId>>,
    /// The scopes of all functions and lambdas by their text.
    lambdas: HashMap<Span, ScopeId>,
    /// Calls and settings of keys by the function that does them.
    done: HashMap<ScopeId, (Vec<&'m Bind>, Vec<ExprId>)>,
    /// Classes and their methods that hand on to the method of the same name of the class above.
    forwards: HashSet<(&'m str, &'m str)>,
}

impl<'m> Functions<'m> {
    fn of(resolver: &Resolver<'m>) -> Self {
        let module = resolver.module;
        let mut found = Self::default();
        for (index, scope) in module.scopes.iter().enumerate() {
            if scope.kind == ScopeKind::Function {
                found.lambdas.insert(scope.span, ScopeId(index));
            }
        }
        for function in &module.functions {
            found.by_scope.insert(function.scope, function);
            found.by_name.entry(&function.name).or_default().push(function);
        }
        for (scope, value) in &module.results {
            let scope = resolver.function_scope(*scope);
            found.results.entry(scope).or_default().push(*value);
            found.gives.insert(*value, scope);
        }
        for bind in module.binds.iter().filter(|bind| matches!(bind.target, Target::Key(..))) {
            found.done.entry(resolver.frame(bind.scope)).or_default().0.push(bind);
        }
        for (index, node) in module.exprs.iter().enumerate() {
            let Expr::Call { callee, .. } = &node.expr else { continue };
            found.done.entry(resolver.frame(node.scope)).or_default().1.push(ExprId(index));
            let (name, object) = match &module.node(*callee).expr {
                Expr::Name(name) => (name, None),
                Expr::Member { object, name, .. } => (name, Some(*object)),
                _ => continue,
            };
            found.calls.entry(name).or_default().push(ExprId(index));
            let is_above = object.is_some_and(|object| matches!(module.node(object).expr, Expr::Super));
            if let Some(class) = resolver.class_of(node.scope).filter(|_| is_above)
                && resolver.is_in(name, node.scope, &found.by_scope)
            {
                found.forwards.insert((class, name));
            }
        }
        found
    }
}

impl<'m> Resolver<'m> {
    fn functions(&self) -> Rc<Functions<'m>> {
        if let Some(known) = &*self.functions.borrow() {
            return Rc::clone(known);
        }
        let found = Rc::new(Functions::of(self));
        *self.functions.borrow_mut() = Some(Rc::clone(&found));
        found
    }

    /// Whether a scope lies in a function of this name.
    fn is_in(&self, name: &str, scope: ScopeId, functions: &HashMap<ScopeId, &Function>) -> bool {
        self.outwards(scope).any(|at| functions.get(&at).is_some_and(|function| function.name == name))
    }

    /// Whether a call only hands on what its function was given to the method of the same name above.
    pub(crate) fn forwards(&self, callee: ExprId) -> bool {
        let node = self.module.node(callee);
        let Expr::Member { object, name, .. } = &node.expr else { return false };
        matches!(self.module.node(*object).expr, Expr::Super)
            && self.is_in(name, node.scope, &self.functions().by_scope)
    }

    /// Whether a method of a class of this file hands on to that of the class above.
    pub(super) fn is_forwarder(&self, class: &str, name: &str) -> bool {
        self.functions().forwards.contains(&(class, name))
    }

    /// What the function gives back whose scope this is.
    pub(crate) fn results(&self, scope: ScopeId) -> Vec<ExprId> {
        self.functions().results.get(&scope).cloned().unwrap_or_default()
    }

    /// The function that gives an expression back.
    pub(crate) fn giver(&self, value: ExprId) -> Option<&'m Function> {
        let functions = self.functions();
        functions.gives.get(&value).and_then(|scope| functions.by_scope.get(scope)).copied()
    }

    /// The function of the file of which a binding without a value is a parameter, and which of its parameters.
    pub(crate) fn parameter(&self, bind: &Bind) -> Option<(&'m Function, usize)> {
        let (Target::Name(name) | Target::Field(name)) = &bind.target else { return None };
        let function = *self.functions().by_scope.get(&self.frame(bind.scope)).filter(|_| bind.value.is_none())?;
        let index = function.params.iter().position(|param| param.name == *name)?;
        Some((function, index))
    }

    /// The binding of a parameter.
    pub(crate) fn parameter_bind(&self, function: &Function, index: usize) -> Option<&'m Bind> {
        let name = function.params.get(index)?.name.as_str();
        let is_class = matches!(self.module.scopes[function.scope.0].kind, ScopeKind::Class(_));
        let of_name = self.named(function.scope, name).find(|bind| bind.value.is_none());
        let of_field = || {
            let class = self.class_of(function.scope)?;
            self.field(class, name).into_iter().find(|bind| bind.value.is_none())
        };
        if is_class { of_field() } else { of_name }
    }

    /// The functions of the file that a callee may be.
    pub(crate) fn called(&self, callee: ExprId) -> Vec<&'m Function> {
        let node = self.module.node(callee);
        let functions = self.functions();
        let named = |name: &str| functions.by_name.get(name).map(Vec::as_slice).unwrap_or_default();
        match &node.expr {
            Expr::Name(name) => {
                let around: Vec<ScopeId> = self.outwards(node.scope).collect();
                let home = |function: &Function| self.module.scopes[function.scope.0].parent;
                let seen = named(name).iter().filter(|function| home(function).is_some_and(|at| around.contains(&at)));
                let found: Vec<&Function> = seen.copied().collect();
                if found.is_empty() { self.constructors(&self.symbols(callee)) } else { found }
            }
            Expr::Member { name, .. } => {
                let symbols = self.symbols(callee);
                let of_class = |class: &str| {
                    let is_it = |function: &&&Function| self.home_class(function) == Some(class);
                    named(name).iter().filter(is_it).copied().collect::<Vec<&Function>>()
                };
                let owners = symbols.iter().filter(|symbol| symbol.origin == Origin::Own);
                let owners = owners.filter_map(|symbol| symbol.path.trim_end_matches("()").rsplit_once('.'));
                let found: Vec<&Function> = owners.flat_map(|(class, _)| of_class(class)).collect();
                if found.is_empty() { self.constructors(&symbols) } else { found }
            }
            _ => Vec::new(),
        }
    }

    /// The functions without a call of their own that a class of the file has under a name: properties.
    pub(crate) fn members(&self, class: &str, name: &str) -> Vec<&'m Function> {
        let functions = self.functions();
        let named = functions.by_name.get(name).map(Vec::as_slice).unwrap_or_default();
        named.iter().filter(|function| self.home_class(function) == Some(class)).copied().collect()
    }

    /// The class in whose body a function stands.
    pub(crate) fn home_class(&self, function: &Function) -> Option<&'m str> {
        self.class_of(function.scope)
    }

    fn constructors(&self, symbols: &[Symbol]) -> Vec<&'m Function> {
        let functions = self.functions();
        let classes = symbols.iter().filter(|symbol| symbol.origin == Origin::Own).map(|symbol| symbol.path.as_str());
        let mut found = Vec::new();
        for class in classes.filter(|class| self.is_class(class)) {
            for name in CONSTRUCTORS.iter().copied().chain([class]) {
                let named = functions.by_name.get(name).map(Vec::as_slice).unwrap_or_default();
                found.extend(named.iter().filter(|function| self.home_class(function) == Some(class)).copied());
            }
        }
        found
    }

    /// The first `most` calls of a function of the file.
    pub(crate) fn callers(&self, function: &Function, most: usize) -> Vec<ExprId> {
        let functions = self.functions();
        let is_constructor = CONSTRUCTORS.contains(&function.name.as_str());
        let name = if is_constructor { self.home_class(function).unwrap_or_default() } else { function.name.as_str() };
        let calls = functions.calls.get(name).map(Vec::as_slice).unwrap_or_default();
        let is_it = |call: &ExprId| match &self.module.node(*call).expr {
            Expr::Call { callee, .. } => self.called(*callee).iter().any(|called| called.scope == function.scope),
            _ => false,
        };
        calls.iter().filter(|call| is_it(call)).take(most).copied().collect()
    }

    /// What a call gives to a parameter of a function of the file.
    pub(crate) fn given(&self, call: ExprId, function: &Function, index: usize) -> Option<ExprId> {
        let Expr::Call { args, .. } = &self.module.node(call).expr else { return None };
        let name = &function.params.get(index)?.name;
        let named = args.iter().find(|arg| arg.name.as_ref() == Some(name));
        let is_whole = |args: &[Argument]| {
            let spread = |arg: &Argument| matches!(self.module.node(arg.value).expr, Expr::Spread(_));
            args.iter().all(|arg| arg.name.is_none() && !spread(arg))
        };
        let by_position = || args.get(index).filter(|_| is_whole(&args[..=index]));
        named.or_else(by_position).map(|arg| arg.value)
    }

    /// What the lambda or function gives back whose text this is, by its scope.
    pub(crate) fn lambda(&self, span: Span) -> Option<ScopeId> {
        self.functions().lambdas.get(&span).copied()
    }

    /// The keys that a function sets, and the calls that it makes.
    pub(crate) fn done(&self, scope: ScopeId) -> (Vec<&'m Bind>, Vec<ExprId>) {
        self.functions().done.get(&scope).cloned().unwrap_or_default()
    }

    /// The values that composite literals and initializers give to a field of a class of this file.
    pub(crate) fn filled_fields(&self, class: &str, name: &str, most: usize) -> Vec<ExprId> {
        let calls = self.constructions(class, most);
        let values = calls.into_iter().filter_map(|call| match &self.module.node(call).expr {
            Expr::Call { args, .. } => args.iter().find(|arg| arg.name.as_deref() == Some(name)).map(|arg| arg.value),
            _ => None,
        });
        values.collect()
    }

    /// The calls that make objects of a class of this file.
    pub(crate) fn constructions(&self, class: &str, most: usize) -> Vec<ExprId> {
        let functions = self.functions();
        let calls = functions.calls.get(class).map(Vec::as_slice).unwrap_or_default();
        let is_it = |call: &ExprId| match &self.module.node(*call).expr {
            Expr::Call { callee, .. } => {
                self.symbols(*callee).iter().any(|symbol| symbol.origin == Origin::Own && symbol.path == class)
            }
            _ => false,
        };
        calls.iter().copied().filter(is_it).take(most).collect()
    }

    /// The calls by which a class of this file hands on to the constructor of the class above.
    pub(crate) fn base_calls(&self, class: &str) -> Vec<ExprId> {
        let definitions = self.module.definitions.iter().filter(|d| d.kind == DefinitionKind::Class && d.name == class);
        let bases: Vec<&str> = definitions.flat_map(|d| &d.bases).filter_map(|base| self.last_name(*base)).collect();
        let functions = self.functions();
        let calls = bases.iter().filter_map(|base| functions.calls.get(base)).flatten();
        let is_base = |call: &ExprId| match &self.module.node(*call) {
            ExprNode { expr: Expr::Call { how: How::New, .. }, scope, .. } => self.class_of(*scope) == Some(class),
            _ => false,
        };
        calls.copied().filter(is_base).collect()
    }

    fn last_name(&self, id: ExprId) -> Option<&'m str> {
        match &self.module.node(id).expr {
            Expr::Name(name) | Expr::Member { name, .. } => Some(name),
            _ => None,
        }
    }

    /// Which parameter of a function of the file an argument of a call becomes.
    pub(crate) fn taken(&self, call: ExprId, arg: ExprId, function: &Function) -> Option<usize> {
        (0..function.params.len()).find(|index| self.given(call, function, *index) == Some(arg))
    }
}
