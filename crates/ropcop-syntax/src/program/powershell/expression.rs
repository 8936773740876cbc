//! Expressions.

use super::reader::{PowerShellReader, is_dash, is_double_quote, is_name, is_single_quote};
use super::syntax::{Link, PsExpr, PsExprKind, PsPiece, PsStatement};
use super::text::nothing;
use crate::Span;

/// Words that are operators behind a hyphen.
const OPERATORS: &str = "\
    eq ne gt ge lt le like notlike match notmatch contains notcontains in notin replace split join is isnot as and or \
    xor band bor bxor shl shr f ceq cne cgt cge clt cle clike cnotlike cmatch cnotmatch ccontains cnotcontains cin cnotin \
    creplace csplit ieq ine igt ige ilt ile ilike inotlike imatch inotmatch icontains inotcontains iin inotin ireplace \
    isplit";

impl PowerShellReader<'_> {
    /// An expression. With `commas`, `a, b` is a list; without, the comma ends the expression.
    pub(super) fn expression(&mut self, commas: bool) -> PsExpr {
        let start = self.at;
        let mut operands = vec![self.list(commas)];
        let mut operators: Vec<String> = Vec::new();
        loop {
            let end = self.at;
            self.space();
            let Some(operator) = self.operator(&operators) else {
                self.at = end;
                break;
            };
            operators.push(operator);
            self.lines();
            operands.push(self.list(commas));
        }
        match operands.pop() {
            Some(only) if operands.is_empty() => only,
            last => {
                operands.extend(last);
                PsExpr { kind: PsExprKind::Operation { operators, operands }, span: self.since(start) }
            }
        }
    }

    /// An operator between two operands, in lower case and with an ordinary hyphen.
    fn operator(&mut self, before: &[String]) -> Option<String> {
        let rest = self.rest();
        let first = rest.chars().next()?;
        if is_dash(first) {
            let behind = &rest[first.len_utf8()..];
            let length = behind.find(|c: char| !c.is_ascii_alphabetic()).unwrap_or(behind.len());
            let name = behind[..length].to_ascii_lowercase();
            if OPERATORS.split_whitespace().any(|operator| operator == name) {
                self.at += first.len_utf8() + length;
                return Some(format!("-{name}"));
            }
            if length > 0 {
                return None;
            }
        }
        let assigns = ["+=", "-=", "*=", "/=", "%=", "??=", "="];
        if assigns.iter().any(|operator| rest.starts_with(operator)) {
            return None;
        }
        let symbols = ["..", "??", "+", "-", "*", "/", "%", "?"];
        let ternary = before.iter().any(|operator| operator == "?").then_some(":");
        let symbol = symbols.into_iter().chain(ternary).find(|symbol| rest.starts_with(symbol))?;
        self.at += symbol.len();
        Some(symbol.to_owned())
    }

    fn list(&mut self, commas: bool) -> PsExpr {
        let start = self.at;
        let mut items = Vec::new();
        // `, x` is a list of one.
        let mut is_list = commas && self.eat(",");
        loop {
            self.space();
            items.push(self.unary());
            let end = self.at;
            self.space();
            if !commas || !self.eat(",") {
                self.at = end;
                break;
            }
            is_list = true;
            self.lines();
        }
        match items.pop() {
            Some(only) if !is_list => only,
            last => {
                items.extend(last);
                PsExpr { kind: PsExprKind::List(items), span: self.since(start) }
            }
        }
    }

    /// A value with the operators and types in front of it.
    fn unary(&mut self) -> PsExpr {
        let start = self.at;
        let mut prefixes = Vec::new();
        let mut classes: Vec<(String, Span)> = Vec::new();
        let value = loop {
            self.space();
            let at = self.at;
            if self.prefix() {
                prefixes.push(self.text[at..self.at].to_owned());
                continue;
            }
            if self.peek() != Some('[') {
                break self.operand();
            }
            let class = self.class();
            let is_attribute = class.is_none();
            let span = self.since(at);
            let end = self.at;
            if let Some(class) = class {
                classes.push((class, span));
            }
            self.space();
            if !is_attribute && (self.rest().starts_with("::") || !self.starts_operand()) {
                self.at = end;
                let name = classes.pop().map(|(name, _)| name).unwrap_or_default();
                break self.links(PsExpr { kind: PsExprKind::Type(name), span }, true);
            }
            if is_attribute && !self.starts_operand() {
                break nothing(end);
            }
        };
        let mut found = value;
        if !classes.is_empty() {
            found = PsExpr { kind: PsExprKind::Cast { classes, value: Box::new(found) }, span: self.since(start) };
        }
        if !prefixes.is_empty() {
            found = PsExpr {
                kind: PsExprKind::Operation { operators: prefixes, operands: vec![found] },
                span: self.since(start),
            };
        }
        found
    }

    fn starts_operand(&self) -> bool {
        self.peek().is_some_and(|c| "$(@[{".contains(c) || is_single_quote(c) || is_double_quote(c) || is_name(c))
    }

    /// Steps over one operator in front of an operand.
    fn prefix(&mut self) -> bool {
        let rest = self.rest();
        if self.eat("++") || self.eat("--") || self.eat("!") || self.eat("+") || self.eat(",") {
            return true;
        }
        let Some(dash) = rest.chars().next().filter(|c| is_dash(*c)) else { return false };
        let behind = &rest[dash.len_utf8()..];
        let length = behind.find(|c: char| !c.is_ascii_alphabetic()).unwrap_or(behind.len());
        let name = behind[..length].to_ascii_lowercase();
        let known = ["", "not", "bnot", "join", "split", "csplit", "isplit"].contains(&name.as_str());
        if known {
            self.at += dash.len_utf8() + length;
        }
        known
    }

    /// `[Name]`, without what stands in further brackets in it. None for an attribute.
    pub(super) fn class(&mut self) -> Option<String> {
        self.eat("[");
        self.space();
        let name = self.take_while(|c| is_name(c) || ".+`".contains(c)).to_owned();
        let mut is_attribute = name.is_empty();
        loop {
            self.space();
            match self.peek() {
                Some(']') => {
                    self.bump();
                    break;
                }
                Some('[') => {
                    self.bump();
                    self.skip_arguments();
                }
                Some('(') => {
                    self.bump();
                    is_attribute = true;
                    self.within(')', |reader| reader.statements());
                }
                None | Some(';' | '}' | ')' | '\n' | '\r') => break,
                Some(_) => {
                    is_attribute = true;
                    self.bump();
                }
            }
        }
        (!is_attribute).then_some(name)
    }

    /// The rest of `[…]` in the name of a type.
    fn skip_arguments(&mut self) {
        let mut open = 1;
        while open > 0 {
            match self.peek() {
                Some('[') => open += 1,
                Some(']') => open -= 1,
                Some(c) if is_name(c) || ".,+` \t".contains(c) => {}
                _ => return,
            }
            self.bump();
        }
    }

    fn operand(&mut self) -> PsExpr {
        let head = self.primary();
        self.links(head, true)
    }

    /// A value without anything in front or behind.
    pub(super) fn primary(&mut self) -> PsExpr {
        let start = self.at;
        match self.peek() {
            Some('$') => match self.variable() {
                Some(expr) => expr,
                None => {
                    self.bump();
                    nothing(start)
                }
            },
            Some('@') => self.at_sign(),
            Some('(') => {
                self.bump();
                let inner = self.within(')', |reader| reader.statements()).unwrap_or_default();
                PsExpr { kind: PsExprKind::Group(inner), span: self.since(start) }
            }
            Some('{') => {
                let block = self.block();
                PsExpr { kind: PsExprKind::Block(block), span: self.since(start) }
            }
            Some(c) if is_single_quote(c) || is_double_quote(c) => self.quoted(),
            Some(c) if c.is_ascii_digit() => {
                // The dot of `1..3` is no part of a number.
                self.take_while(|c| c.is_ascii_alphanumeric());
                if self.peek() == Some('.') && self.second().is_some_and(|c| c.is_ascii_digit()) {
                    self.bump();
                    self.take_while(|c| c.is_ascii_alphanumeric());
                }
                PsExpr { kind: PsExprKind::Number, span: self.since(start) }
            }
            Some(c) if is_name(c) => {
                let text = self.take_while(|c| is_name(c) || "-\\".contains(c)).to_owned();
                PsExpr { kind: PsExprKind::Word(vec![PsPiece::Known { text, at: start }]), span: self.since(start) }
            }
            _ => nothing(start),
        }
    }

    /// `@(…)`, `@{…}`, `@"…"@`, `@name`
    fn at_sign(&mut self) -> PsExpr {
        let start = self.at;
        if let Some(text) = self.here_string() {
            return text;
        }
        self.bump();
        let kind = match self.peek() {
            Some('(') => {
                self.bump();
                PsExprKind::Array(self.within(')', |reader| reader.statements()).unwrap_or_default())
            }
            Some('{') => {
                self.bump();
                PsExprKind::Hash(self.within('}', |reader| reader.entries()).unwrap_or_default())
            }
            _ => match self.name() {
                Some(name) => PsExprKind::Splat(name),
                None => PsExprKind::Nothing,
            },
        };
        PsExpr { kind, span: self.since(start) }
    }

    /// The entries of a hashtable.
    fn entries(&mut self) -> Vec<(PsExpr, PsStatement)> {
        let mut entries = Vec::new();
        loop {
            self.lines();
            let at = self.at;
            match self.peek() {
                None | Some('}') => return entries,
                Some(';') => drop(self.bump()),
                // The bracket is never closed, and something around it goes on.
                Some(c @ (')' | ']')) if self.closers.contains(&c) => return entries,
                Some(_) => {
                    let key = self.unary();
                    self.lines();
                    if self.eat("=") {
                        self.lines();
                        let value = self.statement();
                        entries.push((key, value));
                    } else {
                        self.take_while(|c| !"\n;}".contains(c));
                        self.errors.push(self.since(at));
                    }
                }
            }
            if self.at == at {
                self.bump();
            }
        }
    }

    /// Members, indices and arguments behind a value. Only in an expression may blanks stand before a dot.
    pub(super) fn links(&mut self, head: PsExpr, in_expression: bool) -> PsExpr {
        let mut links = Vec::new();
        loop {
            let before = self.at;
            if in_expression && !matches!(self.peek(), Some('.' | '[' | ':' | '(')) {
                self.space();
                if !self.rest().starts_with('.') || !self.second().is_some_and(is_name) {
                    self.at = before;
                }
            }
            match self.link(&links, in_expression) {
                Some(link) => links.push(link),
                None => {
                    self.at = before;
                    break;
                }
            }
        }
        if links.is_empty() {
            return head;
        }
        let span = self.since(head.span.start);
        PsExpr { kind: PsExprKind::Chain { head: Box::new(head), links }, span }
    }

    fn link(&mut self, before: &[Link], in_expression: bool) -> Option<Link> {
        match self.peek()? {
            '(' if matches!(before.last(), Some(Link::Member { .. } | Link::Computed(_))) => {
                self.bump();
                let args = self.within(')', |reader| reader.arguments()).unwrap_or_default();
                Some(Link::Call { args, end: self.at })
            }
            '[' => {
                self.bump();
                let index = self.within(']', |reader| {
                    reader.lines();
                    reader.expression(true)
                });
                Some(Link::Index(index.unwrap_or_else(|| nothing(self.at))))
            }
            '+' | '-' if in_expression && (self.eat("++") || self.eat("--")) => self.link(before, in_expression),
            '.' | ':' | '?' => {
                let is_static = self.rest().starts_with("::");
                if !(self.eat("::") || self.eat("?.") || self.eat(".")) {
                    return None;
                }
                if in_expression {
                    self.lines();
                }
                self.member(is_static)
            }
            _ => None,
        }
    }

    fn member(&mut self, is_static: bool) -> Option<Link> {
        let start = self.at;
        let next = self.peek()?;
        if is_name(next) && (is_static || !next.is_ascii_digit()) {
            let name = self.take_while(is_name).to_owned();
            return Some(Link::Member { name, span: self.since(start) });
        }
        if is_single_quote(next) || is_double_quote(next) {
            let quoted = self.quoted();
            let PsExprKind::Text(pieces) = &quoted.kind else { return None };
            return Some(match &pieces[..] {
                [PsPiece::Known { text, .. }] => Link::Member { name: text.clone(), span: quoted.span },
                _ => Link::Computed(quoted),
            });
        }
        (next == '$' || next == '(').then(|| Link::Computed(self.primary()))
    }

    /// What stands between the parentheses of a call.
    fn arguments(&mut self) -> Vec<PsExpr> {
        let mut args = Vec::new();
        loop {
            self.lines();
            let at = self.at;
            match self.peek() {
                None | Some(')' | '}' | ']') => return args,
                Some(',') => drop(self.bump()),
                Some(_) => {
                    let arg = self.expression(false);
                    if !matches!(arg.kind, PsExprKind::Nothing) {
                        args.push(arg);
                    }
                }
            }
            if self.at == at {
                self.bump();
            }
        }
    }
}
