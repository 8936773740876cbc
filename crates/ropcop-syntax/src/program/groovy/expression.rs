//! Expressions.

use crate::Span;
use crate::program::module::{Argument, Bind, Expr, ExprId, How, Module, ScopeId, ScopeKind, Target, TextPart};
use crate::text::template::MappedText;

use super::parser::Parser;
use super::token::{GroovyToken, StringPiece, TokenKind};

/// Operators by how tightly they bind, loosest first.
const LEVELS: &[&[&str]] = &[
    &["&&", "||", "|", "&", "^"],
    &["==", "!=", "===", "!==", "<=>", "=~", "==~", "<", ">", "<=", ">=", "in", "instanceof"],
    &["+"],
    &["-", "*", "/", "%", "**", "<<", ">>", "..", "..<"],
];
const ASSIGNING: &[&str] = &["=", "+=", "<<=", "?=", "-=", "*=", "/=", "%=", "**=", "|=", "&=", "^=", ">>="];
/// Methods that give back the text they are called on, changed a little.
const PASSING: &[&str] = &["trim", "stripIndent", "toString", "stripMargin", "strip"];

impl<'t> Parser<'t> {
    /// An expression, an assignment, or a call without parentheses.
    pub(super) fn expression(&mut self, scope: ScopeId) -> ExprId {
        let start = self.at;
        match self.deeper(|parser| parser.assignment(scope)) {
            Some(id) => id,
            None => self.add(Expr::Other(Vec::new()), start, scope),
        }
    }

    fn assignment(&mut self, scope: ScopeId) -> ExprId {
        let start = self.at;
        let left = self.choice(scope);
        if self.begins_argument() && matches!(self.module.node(left).expr, Expr::Name(_) | Expr::Member { .. }) {
            let args = self.arguments(scope, None);
            let call = self.add(Expr::Call { callee: left, args, how: How::Call }, start, scope);
            return self.behind(call, start, scope);
        }
        let sign = self.peek().and_then(|token| ASSIGNING.iter().find(|sign| token.is(sign)));
        let Some(sign) = sign else { return left };
        self.at += 1;
        self.newlines();
        let right = self.expression(scope);
        if matches!(*sign, "=" | "+=" | "<<=" | "?=") {
            let span = self.since(start);
            self.assign(left, right, matches!(*sign, "+=" | "<<="), span, scope);
        }
        right
    }

    fn assign(&mut self, left: ExprId, value: ExprId, append: bool, span: Span, scope: ScopeId) {
        let (target, scope) = match &self.module.node(left).expr {
            Expr::Name(name) => {
                let name = name.clone();
                let home = self.home(&name, scope, span);
                (Target::Name(name), home)
            }
            Expr::Member { object, name, .. } => match &self.module.node(*object).expr {
                Expr::This | Expr::Super => (Target::Field(name.clone()), scope),
                Expr::Name(object) if object == "env" => (Target::Name(name.clone()), scope),
                Expr::Name(object) => (Target::Key(object.clone(), name.clone()), scope),
                _ => return,
            },
            Expr::Index { object, index } => match (&self.module.node(*object).expr, self.literal(*index)) {
                (Expr::Name(object), Some(key)) => (Target::Key(object.clone(), key), scope),
                _ => return,
            },
            _ => return,
        };
        self.module.binds.push(Bind { target, value: Some(value), class: None, append, scope, span });
    }

    /// The text of a literal without holes.
    fn literal(&self, id: ExprId) -> Option<String> {
        let Expr::Text(parts) = &self.module.node(id).expr else { return None };
        let [TextPart::Known(known)] = &parts[..] else { return None };
        Some(known.text.clone())
    }

    /// Where a name that is assigned to is declared; one that is not belongs to the whole script.
    fn home(&mut self, name: &str, scope: ScopeId, span: Span) -> ScopeId {
        let innermost = self.frames.last().map(|(frame, _)| *frame);
        let declaring = self.frames.iter().rev().find(|(_, names)| names.contains(name)).map(|(frame, _)| *frame);
        let home = declaring.unwrap_or(Module::FILE);
        if Some(home) == innermost { scope } else { self.module.open(ScopeKind::Block, home, span) }
    }

    /// `a ? b : c`, `a ?: b`.
    fn choice(&mut self, scope: ScopeId) -> ExprId {
        let start = self.at;
        let first = self.binary(0, scope);
        if self.continues("?:") {
            let other = self.expression(scope);
            return self.add(Expr::Choice(vec![first, other]), start, scope);
        }
        if !self.continues("?") {
            return first;
        }
        let around = std::mem::replace(&mut self.inside, true);
        let yes = self.expression(scope);
        let has_other = self.eat(":");
        self.inside = around;
        self.newlines();
        let mut options = vec![yes];
        if has_other {
            options.push(self.expression(scope));
        }
        self.add(Expr::Choice(options), start, scope)
    }

    /// Takes an operator, also at the start of the next line.
    fn continues(&mut self, sign: &str) -> bool {
        let skip = (0..).take_while(|ahead| self.ahead(*ahead).is_some_and(GroovyToken::is_newline)).count();
        let found = self.ahead(skip).is_some_and(|token| token.is(sign));
        if found {
            self.at += skip + 1;
            self.newlines();
        }
        found
    }

    fn binary(&mut self, level: usize, scope: ScopeId) -> ExprId {
        let Some(signs) = LEVELS.get(level) else { return self.unary(scope) };
        let start = self.at;
        let mut operands = vec![self.binary(level + 1, scope)];
        while self.operator(signs, level == 0) {
            operands.push(self.binary(level + 1, scope));
        }
        let expr = match (operands.len(), level) {
            (1, _) => return operands[0],
            (_, 1) => Expr::Compare(operands),
            (_, 2) => Expr::Concat(operands),
            _ => Expr::Other(operands),
        };
        self.add(expr, start, scope)
    }

    fn operator(&mut self, signs: &[&str], at_line_start: bool) -> bool {
        if at_line_start && ["&&", "||"].iter().any(|sign| self.continues(sign)) {
            return true;
        }
        let Some(token) = self.peek() else { return false };
        let found = match &token.kind {
            TokenKind::Sign(sign) => signs.contains(sign),
            TokenKind::Name(name) => signs.contains(&name.as_str()),
            _ => false,
        };
        if found {
            self.at += 1;
            self.newlines();
        }
        found
    }

    fn unary(&mut self, scope: ScopeId) -> ExprId {
        let start = self.at;
        let signs = ["!", "-", "+", "++", "--", "~", "*", "&"];
        // A loop, because `!` may stand there without end.
        let mut negates = false;
        while self.peek().is_some_and(|token| signs.iter().any(|sign| token.is(sign))) {
            negates = true;
            self.at += 1;
        }
        let value = self.primary(scope);
        let value = self.behind(value, start, scope);
        if negates { self.add(Expr::Other(vec![value]), start, scope) } else { value }
    }

    fn primary(&mut self, scope: ScopeId) -> ExprId {
        let start = self.at;
        let Some(token) = self.peek() else { return self.add(Expr::Other(Vec::new()), start, scope) };
        let start = self.at;
        let expr = match &token.kind {
            TokenKind::Text(pieces) => Expr::Text(self.text(pieces, scope)),
            TokenKind::Number(number) => Expr::Number(number.clone()),
            TokenKind::Name(name) => match name.as_str() {
                "new" => return self.creation(scope),
                "true" => Expr::Bool(true),
                "false" => Expr::Bool(false),
                "null" => Expr::Null,
                "this" => Expr::This,
                "super" => Expr::Super,
                _ => Expr::Name(name.clone()),
            },
            TokenKind::Sign("(") => return self.parenthesized(scope),
            TokenKind::Sign("[") => return self.list(scope),
            TokenKind::Sign("{") => return self.closure(scope),
            // What belongs to somebody else stays.
            TokenKind::Sign(")" | "]" | "}" | "," | ";" | ":") | TokenKind::Newline => {
                return self.module.add(Expr::Other(Vec::new()), token.span, scope);
            }
            TokenKind::Sign(_) => Expr::Other(Vec::new()),
        };
        self.at += 1;
        self.add(expr, start, scope)
    }

    fn text(&mut self, pieces: &'t [StringPiece], scope: ScopeId) -> Vec<TextPart> {
        let mut parts = Vec::new();
        for piece in pieces {
            parts.push(match piece {
                StringPiece::Known(text) => {
                    TextPart::Known(MappedText { text: text.text.clone(), map: text.map.clone() })
                }
                StringPiece::Hole(tokens, span) => {
                    TextPart::Hole { value: self.hole(tokens, *span, scope), span: *span }
                }
            });
        }
        parts
    }

    fn parenthesized(&mut self, scope: ScopeId) -> ExprId {
        let start = self.at;
        self.at += 1;
        let around = std::mem::replace(&mut self.inside, true);
        let inner = self.expression(scope);
        while self.peek().is_some_and(|token| !token.is(")")) {
            let before = self.at;
            self.expression(scope);
            self.at += usize::from(self.at == before);
        }
        self.at += 1;
        self.inside = around;
        // `(Type) value`.
        let is_type = matches!(&self.module.node(inner).expr, Expr::Name(name) if name.starts_with(char::is_uppercase));
        let next = self.tokens.get(self.at).map(|token| &token.kind);
        if is_type && matches!(next, Some(TokenKind::Name(_) | TokenKind::Text(_))) {
            let value = self.unary(scope);
            return self.add(Expr::Cast { value, class: inner }, start, scope);
        }
        inner
    }

    /// `new Type(…)`.
    fn creation(&mut self, scope: ScopeId) -> ExprId {
        let start = self.at;
        self.at += 1;
        let Some(callee) = self.type_name(scope) else { return self.add(Expr::Other(Vec::new()), start, scope) };
        let args = if self.tokens.get(self.at).is_some_and(|token| token.is("(")) {
            self.at += 1;
            self.arguments(scope, Some(")"))
        } else {
            Vec::new()
        };
        self.add(Expr::Call { callee, args, how: How::New }, start, scope)
    }

    /// What may follow a value: members, arguments, an index, a closure.
    pub(super) fn behind(&mut self, value: ExprId, start: usize, scope: ScopeId) -> ExprId {
        let mut value = value;
        while let Some(token) = self.peek() {
            value = match token.kind {
                TokenKind::Newline if self.member_follows() => {
                    self.newlines();
                    continue;
                }
                TokenKind::Sign("." | "?." | "*." | ".&" | ".@" | "::") => match self.member(value, start, scope) {
                    Some(member) => member,
                    None => return value,
                },
                TokenKind::Sign("(") => {
                    self.at += 1;
                    let args = self.arguments(scope, Some(")"));
                    self.call(value, args, start, scope)
                }
                TokenKind::Sign("[") if !token.spaced => {
                    self.at += 1;
                    let around = std::mem::replace(&mut self.inside, true);
                    let index = self.expression(scope);
                    self.eat("]");
                    self.inside = around;
                    self.add(Expr::Index { object: value, index }, start, scope)
                }
                TokenKind::Sign("{") if self.takes_closure(value) => {
                    let closure = self.closure(scope);
                    self.with_closure(value, closure, start)
                }
                TokenKind::Sign("++" | "--") => {
                    self.at += 1;
                    value
                }
                TokenKind::Name(ref name) if name == "as" => {
                    self.at += 1;
                    match self.type_name(scope) {
                        Some(class) => self.add(Expr::Cast { value, class }, start, scope),
                        None => value,
                    }
                }
                _ => return value,
            };
        }
        value
    }

    /// Whether the next line goes on with `.name`.
    fn member_follows(&self) -> bool {
        let skip = (0..).take_while(|ahead| self.ahead(*ahead).is_some_and(GroovyToken::is_newline)).count();
        self.ahead(skip).is_some_and(|token| token.is(".") || token.is("?.") || token.is("*."))
    }

    fn member(&mut self, object: ExprId, start: usize, scope: ScopeId) -> Option<ExprId> {
        self.at += 1;
        self.newlines();
        let token = self.peek()?;
        let name = token.member()?;
        let name_span = token.span;
        self.at += 1;
        Some(self.add(Expr::Member { object, name, name_span }, start, scope))
    }

    /// A call; of a method that gives the text back, the text.
    fn call(&mut self, callee: ExprId, args: Vec<Argument>, start: usize, scope: ScopeId) -> ExprId {
        if let Expr::Member { object, name, .. } = &self.module.node(callee).expr {
            let object = *object;
            let is_text = matches!(self.module.node(object).expr, Expr::Text(_) | Expr::Concat(_));
            if is_text && PASSING.contains(&name.as_str()) {
                if name == "stripMargin" {
                    self.strip_margin(object);
                }
                return object;
            }
        }
        self.add(Expr::Call { callee, args, how: How::Call }, start, scope)
    }

    /// Takes the margin from the lines of a text: blanks and a bar.
    fn strip_margin(&mut self, id: ExprId) {
        let Expr::Text(parts) = &mut self.module.exprs[id.0].expr else { return };
        for part in parts {
            let TextPart::Known(text) = part else { continue };
            let mut stripped = MappedText::default();
            let mut at = 0;
            for line in text.text.split_inclusive('\n') {
                let margin = line.trim_start().strip_prefix('|').map_or(0, |rest| line.len() - rest.len());
                stripped.append(&text.slice(at + margin..at + line.len()));
                at += line.len();
            }
            *text = stripped;
        }
    }
}
