//! Declarations: imports, classes, functions, variables.

use std::collections::HashSet;

use crate::Span;
use crate::program::module::{
    Bind, Definition, DefinitionKind, Expr, ExprId, Function, Import, Param, ScopeId, ScopeKind, Target,
};

use super::parser::Parser;
use super::token::GroovyToken;

/// Types of Groovy that begin with a small letter.
const SMALL_TYPES: &[&str] = &["int", "long", "short", "byte", "char", "float", "double", "boolean", "void"];
/// Type arguments are no longer than this, in tokens.
const LONGEST_TYPE: usize = 60;

impl Parser<'_> {
    /// `@Name(…)`. It calls nothing, but its arguments are values like others.
    pub(super) fn annotation(&mut self, scope: ScopeId) {
        self.at += 2;
        while self.ahead(0).is_some_and(|token| token.is(".")) {
            self.at += 2;
        }
        let start = self.at;
        if self.ahead(0).is_some_and(|token| token.is("(")) {
            self.at += 1;
            let args = self.arguments(scope, Some(")"));
            let entries = Expr::Map(args.into_iter().map(|arg| (arg.name, arg.value)).collect());
            self.add(entries, start, scope);
        }
        // `@Library('x') _`
        if self.ahead(0).is_some_and(|token| token.is_name("_")) {
            self.at += 1;
        }
    }

    pub(super) fn import(&mut self, scope: ScopeId) {
        self.at += 1;
        let mut names: Vec<&str> = Vec::new();
        let mut alias = None;
        while let Some(token) = self.tokens.get(self.at).filter(|token| !token.is_newline() && !token.is(";")) {
            self.at += 1;
            match token.name() {
                Some("static") if names.is_empty() => {}
                Some("as") => {
                    alias = self.ahead(0).and_then(GroovyToken::name);
                    self.skip_line();
                }
                Some(name) => names.push(name),
                // The lexer takes `.*` apart or not, as it stands.
                None if token.is("*") || token.is("*.") => names.push("*"),
                None => {}
            }
        }
        let is_wildcard = names.last() == Some(&"*");
        names.retain(|name| *name != "*");
        let Some(last) = names.last() else { return };
        let name = if is_wildcard { None } else { Some(alias.unwrap_or(last).to_owned()) };
        self.module.imports.push(Import { path: names.join("."), name, relative: false, scope });
    }

    /// `class Name extends Base { … }`.
    pub(super) fn class(&mut self, scope: ScopeId) {
        let start = self.at;
        self.at += 1;
        let name = self.ahead(0).and_then(GroovyToken::name).unwrap_or_default().to_owned();
        let mut bases = Vec::new();
        while let Some(token) = self.tokens.get(self.at).filter(|token| !token.is("{") && !token.is(";")) {
            self.at += 1;
            if token.is_name("extends") {
                self.newlines();
                bases.extend(self.type_name(scope));
            }
        }
        self.module.definitions.push(Definition {
            name: name.clone(),
            bases,
            kind: DefinitionKind::Class,
            scope,
            returns: None,
        });
        self.framed(ScopeKind::Class(name), scope, start, |parser, inner| {
            parser.at += 1;
            parser.block(inner);
            parser.at += 1;
        });
    }

    /// Reads something in a scope of its own.
    pub(super) fn framed<T>(
        &mut self,
        kind: ScopeKind,
        scope: ScopeId,
        start: usize,
        read: impl FnOnce(&mut Self, ScopeId) -> T,
    ) -> T {
        let inner = self.module.open(kind, scope, Span::default());
        self.frames.push((inner, HashSet::new()));
        let around = std::mem::replace(&mut self.inside, false);
        let result = read(self, inner);
        self.inside = around;
        self.frames.pop();
        self.module.scopes[inner.0].span = self.since(start);
        result
    }

    /// A type as an expression: `a.b.C`, type arguments and brackets left out.
    pub(super) fn type_name(&mut self, scope: ScopeId) -> Option<ExprId> {
        let start = self.at;
        let name = self.ahead(0)?.name()?.to_owned();
        self.at += 1;
        let mut class = self.add(Expr::Name(name), start, scope);
        while self.ahead(0).is_some_and(|token| token.is(".")) {
            let Some(member) = self.ahead(1) else { break };
            let Some(name) = member.name() else { break };
            let name_span = member.span;
            self.at += 2;
            class = self.add(Expr::Member { object: class, name: name.to_owned(), name_span }, start, scope);
        }
        self.at = self.behind_type_arguments(self.at);
        Some(class)
    }

    /// The token behind `<…>` and `[]` at `at`.
    fn behind_type_arguments(&self, at: usize) -> usize {
        let mut end = at;
        if self.tokens.get(at).is_some_and(|token| token.is("<")) {
            let mut open = 0_isize;
            for index in at..(at + LONGEST_TYPE).min(self.tokens.len()) {
                let token = &self.tokens[index];
                let is_part =
                    token.name().is_some() || [",", ".", "?", "[", "]", "&"].iter().any(|sign| token.is(sign));
                open += if token.is("<") { 1 } else { 0 };
                open -= if token.is(">") {
                    1
                } else if token.is(">>") {
                    2
                } else {
                    0
                };
                if open <= 0 {
                    end = index + 1;
                    break;
                }
                if !is_part && !token.is("<") && !token.is(">") && !token.is(">>") {
                    break;
                }
            }
        }
        while self.tokens.get(end).is_some_and(|token| token.is("["))
            && self.tokens.get(end + 1).is_some_and(|t| t.is("]"))
        {
            end += 2;
        }
        end
    }

    /// Where the type ends that a declaration begins with; none if there is no type.
    fn behind_type(&self) -> Option<usize> {
        let first = self.ahead(0)?.name()?;
        let mut at = self.at + 1;
        let mut last = first;
        while self.tokens.get(at).is_some_and(|token| token.is(".")) {
            last = self.tokens.get(at + 1)?.name()?;
            at += 2;
        }
        let is_type = SMALL_TYPES.contains(&last) || last.starts_with(char::is_uppercase);
        let at = self.behind_type_arguments(at);
        (is_type && self.tokens.get(at)?.name().is_some_and(|name| !matches!(name, "in" | "as" | "instanceof")))
            .then_some(at)
    }

    /// `def x = …`, `Type x = …`, `def f(…) { … }`; whether it was one.
    pub(super) fn declaration(&mut self, declared: bool, scope: ScopeId) -> bool {
        let start = self.at;
        let behind = self.behind_type();
        if behind.is_none() && !declared {
            return self.constructor(scope);
        }
        let class = behind.and_then(|_| self.type_name(scope));
        let Some(name) = self.ahead(0).and_then(GroovyToken::name).map(str::to_owned) else {
            self.at = start;
            return false;
        };
        self.at += 1;
        if self.ahead(0).is_some_and(|token| token.is("(")) {
            self.function(name, class, scope);
            return true;
        }
        self.declare(&name);
        let value = self.eat("=").then(|| {
            self.newlines();
            self.expression(scope)
        });
        let span = self.since(start);
        self.bind(Target::Name(name), value, class, span, scope);
        if let Some(value) = value {
            self.add(Expr::Statement(vec![value]), start, scope);
        }
        true
    }

    /// `Name(…) { … }` in the class of that name.
    fn constructor(&mut self, scope: ScopeId) -> bool {
        let ScopeKind::Class(class) = self.module.scopes[scope.0].kind.clone() else { return false };
        let is_it =
            self.ahead(0).is_some_and(|token| token.is_name(&class)) && self.ahead(1).is_some_and(|t| t.is("("));
        if is_it {
            self.at += 1;
            self.function(class, None, scope);
        }
        is_it
    }

    pub(super) fn bind(
        &mut self,
        target: Target,
        value: Option<ExprId>,
        class: Option<ExprId>,
        span: Span,
        scope: ScopeId,
    ) {
        self.module.binds.push(Bind { target, value, class, append: false, scope, span });
    }

    pub(super) fn declare(&mut self, name: &str) {
        if let Some((_, names)) = self.frames.last_mut() {
            names.insert(name.to_owned());
        }
    }

    /// The parameters and the body of a function.
    fn function(&mut self, name: String, returns: Option<ExprId>, scope: ScopeId) {
        let start = self.at;
        self.module.definitions.push(Definition {
            name: name.clone(),
            bases: Vec::new(),
            kind: DefinitionKind::Function,
            scope,
            returns,
        });
        self.framed(ScopeKind::Function, scope, start, |parser, inner| {
            parser.at += 1;
            let params = parser.parameters(inner, ")");
            parser.module.functions.push(Function { name, scope: inner, params });
            parser.at += 1;
            while parser
                .ahead(0)
                .is_some_and(|token| !(token.is("{") || token.is("}") || token.is(";") || token.is_newline()))
            {
                parser.at += 1;
            }
            let before = parser.at;
            parser.newlines();
            if parser.ahead(0).is_some_and(|token| token.is("{")) {
                parser.at += 1;
                parser.block(inner);
                parser.at += 1;
            } else {
                parser.at = before;
            }
        });
    }

    /// `Type a, b = x, …` up to a sign.
    pub(super) fn parameters(&mut self, scope: ScopeId, end: &str) -> Vec<Param> {
        let mut params = Vec::new();
        self.inside = true;
        while self.peek().is_some_and(|token| !token.is(end)) {
            let start = self.at;
            if self.ahead(0).is_some_and(|token| token.is("@")) {
                self.annotation(scope);
                self.inside = true;
                continue;
            }
            if self.peek().is_some_and(|token| token.is_name("def") || token.is_name("final")) {
                self.at += 1;
            }
            let class = self.behind_type().and_then(|_| self.type_name(scope));
            if let Some(name) = self.peek().and_then(GroovyToken::name).map(str::to_owned) {
                self.at += 1;
                self.declare(&name);
                let span = self.since(start);
                self.bind(Target::Name(name.clone()), None, class, span, scope);
                let default = self.eat("=").then(|| self.expression(scope));
                params.push(Param { name, default });
            }
            self.eat(",");
            self.at += usize::from(self.at == start);
        }
        self.inside = false;
        params
    }
}
