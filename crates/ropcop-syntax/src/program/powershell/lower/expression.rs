//! Expressions and commands.

use super::super::names::plain;
use super::super::parameter::Parameters;
use super::super::printing;
use super::super::syntax::{CommandLine, Link, PsExpr, PsExprKind, PsPiece, PsStatement, PsVariable};
use super::{PowerShellLowering, SIGIL};
use crate::Span;
use crate::program::module::{Argument, Expr as Value, ExprId, How, Runs, ScopeId, TextPart};
use crate::text::template::MappedText;

/// Longer chains are cut: nobody writes them.
const LONGEST_CHAIN: usize = 60;

impl<'s> PowerShellLowering<'s, '_> {
    pub(super) fn exprs(&mut self, exprs: &'s [PsExpr], scope: ScopeId) -> Vec<ExprId> {
        exprs.iter().map(|expr| self.expr(expr, scope)).collect()
    }

    pub(super) fn expr(&mut self, expr: &'s PsExpr, scope: ScopeId) -> ExprId {
        let id = self.kind(expr, scope);
        self.lowered.exprs.insert(std::ptr::from_ref(expr), id);
        self.lowered.sources.insert(id, expr);
        id
    }

    fn kind(&mut self, expr: &'s PsExpr, scope: ScopeId) -> ExprId {
        let span = expr.span;
        let lowered = match &expr.kind {
            PsExprKind::Word(pieces) | PsExprKind::Text(pieces) => Value::Text(self.pieces(pieces, scope)),
            PsExprKind::Variable(name) | PsExprKind::Splat(name) => match name.name.to_ascii_lowercase().as_str() {
                "true" => Value::Bool(true),
                "false" => Value::Bool(false),
                "null" => Value::Null,
                "this" => Value::This,
                _ => return self.name(name, span, scope),
            },
            PsExprKind::Type(name) => return self.class(name, span, scope),
            PsExprKind::Number => {
                Value::Number(self.text.text.text.get(span.start..span.end).unwrap_or_default().to_owned())
            }
            PsExprKind::Group(statements) => match &statements[..] {
                [only] => {
                    let id = self.statement(only, scope);
                    self.lowered.module.enclosed.insert(id, span);
                    return id;
                }
                _ => Value::Block(self.statements(statements, scope)),
            },
            PsExprKind::Array(statements) => Value::Gather(self.statements(statements, scope)),
            PsExprKind::List(items) => Value::List(self.exprs(items, scope)),
            PsExprKind::Hash(entries) => return self.hash(entries, span, scope),
            PsExprKind::Block(block) => {
                // As a value, it is what runs it that decides what it gives.
                let code = self.block(block, Runs::Perhaps, scope);
                Value::Other(vec![code])
            }
            PsExprKind::Chain { head, links } => return self.chain(expr, head, links, scope),
            PsExprKind::Cast { classes, value } => {
                let value = self.expr(value, scope);
                match classes.last() {
                    Some((class, place)) => Value::Cast { value, class: self.class(class, *place, scope) },
                    None => return value,
                }
            }
            PsExprKind::Operation { operators, operands } => return self.operation(operators, operands, span, scope),
            PsExprKind::Nothing => Value::Other(Vec::new()),
        };
        self.add(lowered, span, scope)
    }

    fn name(&mut self, name: &PsVariable, span: Span, scope: ScopeId) -> ExprId {
        let spelled = self.spelling(name);
        let first = spelled.trim_start_matches(SIGIL).rsplit(':').next() == Some(name.name.as_str());
        let id = self.add(Value::Name(spelled), span, scope);
        if !first {
            self.lowered.module.spelled.insert(id, name.name.clone());
        }
        id
    }

    fn hash(&mut self, entries: &'s [(PsExpr, PsStatement)], span: Span, scope: ScopeId) -> ExprId {
        let map = entries.iter().map(|(key, value)| self.hash_entry(key, value, scope)).collect();
        let id = self.add(Value::Map(map), span, scope);
        self.lowered.keys.insert(id, entries.iter().map(|(key, _)| key.span).collect());
        id
    }

    fn hash_entry(&mut self, key: &'s PsExpr, value: &'s PsStatement, scope: ScopeId) -> (Option<String>, ExprId) {
        let known = plain(key).map(str::to_owned);
        // A key that has to be looked up is looked up as an expression.
        self.expr(key, scope);
        (known, self.statement(value, scope))
    }

    fn pieces(&mut self, pieces: &'s [PsPiece], scope: ScopeId) -> Vec<TextPart> {
        let mut parts = Vec::new();
        for piece in pieces {
            match piece {
                PsPiece::Known { text, at } => self.known(text, *at, scope, &mut parts),
                PsPiece::Hole(inner) => {
                    let value = self.expr(inner, scope);
                    parts.push(TextPart::Hole { value, span: self.place(inner.span) });
                }
            }
        }
        parts
    }

    /// A stretch of decoded text that is written at `at`, with the holes that a host has made in it.
    fn known(&mut self, text: &str, at: usize, scope: ScopeId, parts: &mut Vec<TextPart>) {
        let source = &self.text.text;
        let first = source.map.partition_point(|(offset, _)| *offset <= at);
        let breaks =
            source.map[first..].iter().map(|(offset, _)| *offset - at).take_while(|offset| *offset < text.len());
        let mut known = MappedText::default();
        let mut from = 0;
        for end in breaks.chain([text.len()]) {
            let Some(stretch) = text.get(from..end) else { continue };
            let mut begin = 0;
            for (index, character) in stretch.char_indices() {
                let Some(name) = self.text.hole(character) else { continue };
                known.push(&stretch[begin..index], source.host(at + from + begin));
                begin = index + character.len_utf8();
                let span = Span::new(source.host(at + from + index), source.host(at + from + begin));
                parts.push(TextPart::Known(std::mem::take(&mut known)));
                let written = Span::new(at + from + index, at + from + begin);
                let value = self.lowered.module.add(Value::Filled(name.clone()), written, scope);
                parts.push(TextPart::Hole { value, span });
            }
            if begin < stretch.len() {
                known.push(&stretch[begin..], source.host(at + from + begin));
            }
            from = end;
        }
        known.seek(source.host(at + text.len()));
        parts.push(TextPart::Known(known));
    }

    fn operation(&mut self, operators: &'s [String], operands: &'s [PsExpr], span: Span, scope: ScopeId) -> ExprId {
        let is = |wanted: &str| operators.iter().all(|operator| operator == wanted);
        let compares = operators.iter().any(|operator| printing::compares(operator));
        if let ([text, args], true) = (operands, is("-f")) {
            let template = self.expr(text, scope);
            let args = self.expr(args, scope);
            let args = match &self.lowered.module.node(args).expr {
                Value::List(items) => items.clone(),
                _ => vec![args],
            };
            let args = args.into_iter().map(|value| Argument { name: None, value }).collect();
            return self.add(Value::Format { template, args }, span, scope);
        }
        let children = self.exprs(operands, scope);
        let lowered = match children[..] {
            [list, between] if is("-join") => Value::Join { list, between },
            [] | [_] => Value::Other(children),
            _ if is("+") => Value::Concat(children),
            _ if is("??") => Value::Choice(children),
            _ if compares => Value::Compare(children),
            _ => Value::Other(children),
        };
        self.add(lowered, span, scope)
    }

    fn chain(&mut self, whole: &'s PsExpr, head: &'s PsExpr, links: &'s [Link], scope: ScopeId) -> ExprId {
        let mut at = self.expr(head, scope);
        let start = head.span.start;
        let is_type = matches!(head.kind, PsExprKind::Type(_));
        for (index, link) in links.iter().take(LONGEST_CHAIN).enumerate() {
            let before = self.lowered.module.node(at).span;
            at = match link {
                // `[Type]::new(…)`: the type itself is what is called.
                Link::Member { name, .. } if is_type && index == 0 && name.eq_ignore_ascii_case("new") => at,
                Link::Member { name, span } => {
                    let member = Value::Member { object: at, name: name.clone(), name_span: *span };
                    self.add(member, Span::new(start, span.end), scope)
                }
                Link::Computed(inner) | Link::Index(inner) => {
                    let end = inner.span.end;
                    let index = self.expr(inner, scope);
                    self.add(Value::Index { object: at, index }, Span::new(start, end), scope)
                }
                Link::Call { args, end } => {
                    let is_new = is_type && index == 1 && matches!(self.lowered.module.node(at).expr, Value::Name(_));
                    let args = self.exprs(args, scope);
                    self.entry(head, links, &args, whole.span.end, scope);
                    let args = args.into_iter().map(|value| Argument { name: None, value }).collect();
                    let how = if is_new { How::New } else { How::Call };
                    self.add(Value::Call { callee: at, args, how }, Span::new(before.start, *end), scope)
                }
            };
        }
        for link in links.iter().skip(LONGEST_CHAIN) {
            match link {
                Link::Member { .. } => {}
                Link::Computed(inner) | Link::Index(inner) => drop(self.expr(inner, scope)),
                Link::Call { args, .. } => drop(self.exprs(args, scope)),
            }
        }
        at
    }

    /// A command. `New-Object Type(a, b)` makes an object, too.
    pub(super) fn command(&mut self, command: &'s CommandLine, scope: ScopeId) -> ExprId {
        let words = self.exprs(&command.words, scope);
        let is_new = command.words.first().and_then(plain).is_some_and(|name| name.eq_ignore_ascii_case("New-Object"));
        let makes = if is_new { self.creation(command, scope) } else { None };
        self.add(Value::Command { words, makes }, command.span, scope)
    }

    fn creation(&mut self, command: &'s CommandLine, scope: ScopeId) -> Option<ExprId> {
        let parameters = Parameters::of(&command.words[1..], &["typename", "argumentlist"]);
        let class = parameters.get("typename")?;
        let (class, span) = (plain(class)?, class.span);
        let callee = self.class(class, span, scope);
        let written = |name: &str| self.lowered.id(parameters.get(name)?);
        let args = written("argumentlist").map(|args| self.listed(args)).unwrap_or_default();
        let mut args: Vec<Argument> = args.into_iter().map(|value| Argument { name: None, value }).collect();
        if let Some(Value::Map(entries)) = written("property").map(|id| &self.lowered.module.node(id).expr) {
            args.extend(entries.iter().map(|(name, value)| Argument { name: name.clone(), value: *value }));
        }
        Some(self.add(Value::Call { callee, args, how: How::New }, command.span, scope))
    }

    /// The arguments of `New-Object`, which are one list or one value.
    fn listed(&self, args: ExprId) -> Vec<ExprId> {
        match &self.lowered.module.node(args).expr {
            Value::List(items) | Value::Block(items) => items.clone(),
            Value::Gather(items) => match items[..] {
                [only] => self.listed(only),
                _ => items.clone(),
            },
            _ => vec![args],
        }
    }
}
