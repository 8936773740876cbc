//! Arguments, lists, closures, and expressions in strings.

use crate::Span;
use crate::program::module::{Argument, Expr, ExprId, How, ScopeId, ScopeKind};

use super::parser::Parser;
use super::token::{GroovyToken, TokenKind};

/// The parameters of a closure are no longer than this, in tokens.
const LONGEST_PARAMETERS: usize = 60;
/// Words that join two values, and words that begin no value.
const OPERATORS: &[&str] = &["in", "as", "instanceof", "else", "extends", "implements", "throws"];

impl<'t> Parser<'t> {
    /// Whether the next token begins the arguments of a call without parentheses.
    pub(super) fn begins_argument(&mut self) -> bool {
        let Some(token) = self.tokens.get(self.at).filter(|token| token.spaced) else { return false };
        match &token.kind {
            TokenKind::Text(_) | TokenKind::Number(_) | TokenKind::Sign("[") => true,
            TokenKind::Name(name) => !OPERATORS.contains(&name.as_str()),
            TokenKind::Sign(_) | TokenKind::Newline => false,
        }
    }

    /// Arguments up to a sign, or as long as there are commas.
    pub(super) fn arguments(&mut self, scope: ScopeId, end: Option<&str>) -> Vec<Argument> {
        let around = self.inside;
        self.inside |= end.is_some();
        let mut args = Vec::new();
        while let Some(token) = self.peek() {
            if end.is_some_and(|end| token.is(end)) {
                break;
            }
            let before = self.at;
            args.push(self.argument(scope));
            let goes_on = self.eat(",");
            if end.is_none() {
                if !goes_on {
                    break;
                }
                self.newlines();
            }
            // What fits nowhere is skipped, but a brace that closes is left to who opened it.
            if self.at == before {
                if self.next_is("}") {
                    break;
                }
                self.at += 1;
            }
        }
        if end.is_some_and(|end| self.next_is(end)) {
            self.at += 1;
        }
        self.inside = around;
        args
    }

    fn argument(&mut self, scope: ScopeId) -> Argument {
        let name = self.key();
        if name.is_some() {
            self.newlines();
        }
        let start = self.at;
        if self.next_is("*") || self.next_is("*:") {
            self.at += 1;
            self.eat(":");
            let value = self.expression(scope);
            return Argument { name, value: self.add(Expr::Spread(value), start, scope) };
        }
        Argument { name, value: self.expression(scope) }
    }

    /// `name:` or `'name':` before a value.
    fn key(&mut self) -> Option<String> {
        let name = self.peek()?.member()?;
        if !self.ahead(1)?.is(":") {
            return None;
        }
        self.at += 2;
        Some(name)
    }

    /// `[a, b]`, `[a: b]`, `[:]`.
    pub(super) fn list(&mut self, scope: ScopeId) -> ExprId {
        let start = self.at;
        self.at += 1;
        if self.next_is(":") {
            self.at += 1;
        }
        let items = self.arguments(scope, Some("]"));
        let expr = if items.iter().any(|item| item.name.is_some()) {
            Expr::Map(items.into_iter().map(|item| (item.name, item.value)).collect())
        } else {
            Expr::List(items.into_iter().map(|item| item.value).collect())
        };
        self.add(expr, start, scope)
    }

    /// `{ a, b -> … }`.
    pub(super) fn closure(&mut self, scope: ScopeId) -> ExprId {
        let start = self.at;
        let read = self.deeper(|parser| {
            parser.framed(ScopeKind::Function, scope, start, |parser, inner| {
                parser.at += 1;
                if parser.has_parameters() {
                    parser.parameters(inner, "->");
                    parser.at += 1;
                }
                parser.block(inner);
                parser.at += 1;
            });
        });
        self.at = self.at.max(start + usize::from(read.is_none()));
        self.add(Expr::Other(Vec::new()), start, scope)
    }

    fn has_parameters(&self) -> bool {
        let tokens = self.tokens[self.at.min(self.tokens.len())..].iter().take(LONGEST_PARAMETERS);
        for token in tokens {
            if token.is("->") {
                return true;
            }
            let is_part = match &token.kind {
                TokenKind::Name(_) | TokenKind::Newline | TokenKind::Number(_) | TokenKind::Text(_) => true,
                TokenKind::Sign(sign) => [",", "=", "<", ">", "[", "]", ".", "?", ":", "@", "..."].contains(sign),
            };
            if !is_part {
                return false;
            }
        }
        false
    }

    /// Whether a brace behind a value is a closure that it is given.
    pub(super) fn takes_closure(&self, value: ExprId) -> bool {
        matches!(self.module.node(value).expr, Expr::Name(_) | Expr::Member { .. } | Expr::Call { how: How::Call, .. })
    }

    pub(super) fn with_closure(&mut self, value: ExprId, closure: ExprId, start: usize) -> ExprId {
        let scope = self.module.node(value).scope;
        let span = self.since(start);
        let node = &mut self.module.exprs[value.0];
        let closure = Argument { name: None, value: closure };
        if let Expr::Call { callee, args, how } = &mut node.expr {
            // Children stand before their parents, so that the call is made anew.
            let (callee, how) = (*callee, *how);
            let mut args = std::mem::take(args);
            args.push(closure);
            node.expr = Expr::Other(Vec::new());
            return self.module.add(Expr::Call { callee, args, how }, span, scope);
        }
        self.module.add(Expr::Call { callee: value, args: vec![closure], how: How::Call }, span, scope)
    }

    /// The expression in a string.
    pub(super) fn hole(&mut self, tokens: &'t [GroovyToken], span: Span, scope: ScopeId) -> ExprId {
        let (around, at) = (std::mem::replace(&mut self.tokens, tokens), std::mem::take(&mut self.at));
        let inside = std::mem::replace(&mut self.inside, true);
        let value = if tokens.is_empty() { None } else { Some(self.expression(scope)) };
        (self.tokens, self.at, self.inside) = (around, at, inside);
        value.unwrap_or_else(|| self.module.add(Expr::Other(Vec::new()), span, scope))
    }
}
