//! From tokens to a [`Module`]: statements.
//!
//! The parser is generous: what it does not understand it skips, token by token, so that nothing behind is lost.

use std::collections::{HashMap, HashSet};

use crate::program::module::{Choice, Expr, ExprId, Module, Runs, ScopeId, ScopeKind, Traits};
use crate::{Omission, Span};

use super::token::GroovyToken;

/// Nesting at which the parser stops looking deeper. The limit protects the stack. The report says so.
const DEEPEST: usize = 100;

/// Words that may stand before a declaration.
const MODIFIERS: &[&str] = &[
    "def",
    "var",
    "final",
    "static",
    "public",
    "private",
    "protected",
    "abstract",
    "synchronized",
    "transient",
    "volatile",
];

pub(super) struct Parser<'t> {
    pub(super) module: Module,
    pub(super) tokens: &'t [GroovyToken],
    pub(super) at: usize,
    pub(super) depth: usize,
    /// Line ends mean nothing inside parentheses and brackets.
    pub(super) inside: bool,
    /// The functions and closures around, with the names that each declares.
    pub(super) frames: Vec<(ScopeId, HashSet<String>)>,
    /// The last `if` of each scope, to which an `else` belongs: an index into [`Module::choices`].
    choices: HashMap<ScopeId, usize>,
}

pub(super) fn lower(text: &str, tokens: &[GroovyToken]) -> Module {
    let module = Module::new(text.len(), Traits { qualified_names: true, implicit_this: true, ..Traits::default() });
    let frames = vec![(Module::FILE, HashSet::new())];
    let mut parser = Parser { module, tokens, at: 0, depth: 0, inside: false, frames, choices: HashMap::new() };
    while parser.at < tokens.len() {
        // A brace that closes nothing is skipped.
        parser.block(Module::FILE);
        parser.at += 1;
    }
    parser.module
}

impl<'t> Parser<'t> {
    /// The next token; line ends do not count inside parentheses.
    pub(super) fn peek(&mut self) -> Option<&'t GroovyToken> {
        while self.inside && self.tokens.get(self.at).is_some_and(GroovyToken::is_newline) {
            self.at += 1;
        }
        self.tokens.get(self.at)
    }

    /// The token `ahead` tokens behind the next.
    pub(super) fn ahead(&self, ahead: usize) -> Option<&'t GroovyToken> {
        self.tokens.get(self.at + ahead)
    }

    pub(super) fn next_is(&mut self, sign: &str) -> bool {
        self.peek().is_some_and(|token| token.is(sign))
    }

    pub(super) fn eat(&mut self, sign: &str) -> bool {
        let found = self.next_is(sign);
        self.at += usize::from(found);
        found
    }

    pub(super) fn newlines(&mut self) {
        while self.tokens.get(self.at).is_some_and(GroovyToken::is_newline) {
            self.at += 1;
        }
    }

    /// The place from a token up to the one before the next.
    pub(super) fn since(&self, start: usize) -> Span {
        let last = self.at.max(start + 1) - 1;
        match (self.tokens.get(start), self.tokens.get(last)) {
            (Some(first), Some(last)) => first.span.to(last.span),
            (Some(only), None) | (None, Some(only)) => only.span,
            (None, None) => Span::default(),
        }
    }

    pub(super) fn add(&mut self, expr: Expr, start: usize, scope: ScopeId) -> ExprId {
        let span = self.since(start);
        self.module.add(expr, span, scope)
    }

    /// Statements up to a `}`.
    pub(super) fn block(&mut self, scope: ScopeId) {
        while let Some(token) = self.tokens.get(self.at) {
            if token.is("}") {
                return;
            }
            let before = self.at;
            if !(token.is_newline() || token.is(";")) {
                self.statement(scope);
            }
            self.at = self.at.max(before + usize::from(self.at == before));
        }
    }

    /// Goes one level deeper, unless that would be too deep; then what is nested there is skipped.
    pub(super) fn deeper<T>(&mut self, read: impl FnOnce(&mut Self) -> T) -> Option<T> {
        if self.depth >= DEEPEST {
            let start = self.at;
            self.skip_nested();
            let span = self.since(start);
            let why = format!("is nested deeper than {DEEPEST} levels");
            self.module.omissions.push(Omission::new(span, why));
            return None;
        }
        self.depth += 1;
        let read = read(self);
        self.depth -= 1;
        Some(read)
    }

    /// Skips one token, with all up to its end if it opens something.
    pub(super) fn skip_nested(&mut self) {
        let mut open = 0_usize;
        while let Some(token) = self.tokens.get(self.at) {
            self.at += 1;
            match token.kind {
                super::token::TokenKind::Sign("(" | "[" | "{") => open += 1,
                super::token::TokenKind::Sign(")" | "]" | "}") => open = open.saturating_sub(1),
                _ => {}
            }
            if open == 0 {
                return;
            }
        }
    }

    fn statement(&mut self, scope: ScopeId) {
        self.deeper(|parser| parser.statement_here(scope));
    }

    fn statement_here(&mut self, scope: ScopeId) {
        let start = self.at;
        let Some(token) = self.tokens.get(self.at) else { return };
        if token.is("@") {
            return self.annotation(scope);
        }
        match token.name() {
            Some("import") => return self.import(scope),
            Some("package") => return self.skip_line(),
            Some("if" | "while" | "for" | "switch" | "catch") if self.ahead(1).is_some_and(|t| t.is("(")) => {
                self.at += 1;
                return self.branching(token, scope);
            }
            Some(word @ ("else" | "try" | "finally" | "do")) => {
                self.at += 1;
                let branch = self.branch(scope);
                if let (Some(choice), "else") = (self.choices.get(&scope).copied(), word) {
                    self.arm(branch, choice);
                }
                return;
            }
            Some("case") => return self.case(scope),
            Some("class" | "interface" | "trait" | "enum") => return self.class(scope),
            Some("return" | "throw" | "assert") => return self.giving(scope),
            _ => {}
        }
        // A label: `given:`.
        if token.name().is_some() && self.ahead(1).is_some_and(|next| next.is(":")) {
            self.at += 2;
            return;
        }
        let mut declared = false;
        while self.tokens.get(self.at).and_then(GroovyToken::name).is_some_and(|name| MODIFIERS.contains(&name)) {
            declared = true;
            self.at += 1;
        }
        if !self.declaration(declared, scope) {
            let value = self.expression(scope);
            self.add(Expr::Statement(vec![value]), start, scope);
        }
    }

    /// `return x`, `throw x`, `assert x`.
    fn giving(&mut self, scope: ScopeId) {
        let start = self.at;
        let compares = self.tokens[start].is_name("assert");
        let gives = self.tokens[start].is_name("return");
        self.at += 1;
        if self.tokens.get(self.at).is_none_or(|token| token.is_newline() || token.is(";") || token.is("}")) {
            return;
        }
        let value = self.expression(scope);
        if gives {
            self.module.results.push((scope, value));
        }
        self.add(if compares { Expr::Compare(vec![value]) } else { Expr::Other(vec![value]) }, start, scope);
    }

    /// What stands in parentheses behind `if` or `for`, and the statement that depends on it.
    fn branching(&mut self, word: &GroovyToken, scope: ScopeId) {
        self.at += 1;
        let around = std::mem::replace(&mut self.inside, true);
        while self.peek().is_some_and(|token| !token.is(")")) {
            let before = self.at;
            while self.peek().and_then(GroovyToken::name).is_some_and(|name| MODIFIERS.contains(&name)) {
                self.at += 1;
            }
            if !self.declaration(false, scope) {
                self.expression(scope);
            }
            self.at += usize::from(self.at == before);
        }
        self.at += 1;
        self.inside = around;
        if word.is_name("switch") && self.tokens.get(self.at).is_some_and(|token| token.is("{")) {
            self.at += 1;
            self.cases(scope);
            self.at += 1;
            return;
        }
        let branch = self.branch(scope);
        if word.is_name("if") {
            let choice = self.choose();
            self.choices.insert(scope, choice);
            self.arm(branch, choice);
        }
    }

    fn choose(&mut self) -> usize {
        self.module.choices.push(Choice { arms: Vec::new(), exhaustive: false });
        self.module.choices.len() - 1
    }

    /// Of the arms of a choice, one runs.
    fn arm(&mut self, arm: ScopeId, choice: usize) {
        self.module.scopes[arm.0].runs = Runs::Instead(choice);
        self.module.choices[choice].arms.push(arm);
    }

    /// `case x:`.
    fn case(&mut self, scope: ScopeId) {
        let start = self.at;
        self.at += 1;
        let tested = self.expression(scope);
        self.add(Expr::Compare(vec![tested]), start, scope);
        self.eat(":");
    }

    /// The cases of a `switch`, up to its `}`: each is a block.
    fn cases(&mut self, scope: ScopeId) {
        let choice = self.choose();
        while self.tokens.get(self.at).is_some_and(|token| !token.is("}")) {
            let start = self.at;
            let inner = self.module.open(ScopeKind::Block, scope, Span::default());
            self.arm(inner, choice);
            self.statement(inner);
            while let Some(token) = self.tokens.get(self.at)
                && !(token.is("}") || token.is_name("case") || token.is_name("default"))
            {
                let before = self.at;
                if !(token.is_newline() || token.is(";")) {
                    self.statement(inner);
                }
                self.at = self.at.max(before + usize::from(self.at == before));
            }
            self.at = self.at.max(start + 1);
            self.module.scopes[inner.0].span = self.since(start);
        }
    }

    /// A statement that runs only sometimes.
    fn branch(&mut self, scope: ScopeId) -> ScopeId {
        self.newlines();
        let start = self.at;
        let around = std::mem::replace(&mut self.inside, false);
        let inner = self.module.open(ScopeKind::Block, scope, Span::default());
        if self.tokens.get(self.at).is_some_and(|token| token.is("{")) {
            self.at += 1;
            self.block(inner);
            self.at += 1;
        } else if self.at < self.tokens.len() {
            self.statement(inner);
        }
        self.inside = around;
        self.module.scopes[inner.0].span = self.since(start);
        inner
    }

    pub(super) fn skip_line(&mut self) {
        while self.tokens.get(self.at).is_some_and(|token| !token.is_newline() && !token.is(";")) {
            self.at += 1;
        }
    }
}
