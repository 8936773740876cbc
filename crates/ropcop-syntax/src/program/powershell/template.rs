//! Texts that scripts put together, with the way back to where their pieces are written.

use super::names::{Change, Given, What, plain};
use super::syntax::{Expr, Kind, Link, Piece};
use super::value::{DEEPEST, MOST_VALUES, Use, Values, is_text, name_of};
use crate::program::module::ScopeId;
use crate::text::template::Template;
use crate::{Part, Span};

impl Values<'_, '_> {
    /// The texts that an expression may be: more than one if a variable has several values.
    pub(super) fn templates(&self, expr: &Expr, site: Use) -> Vec<Template> {
        self.begin();
        if let Kind::Variable(name) = &expr.kind {
            let changes = self.names.reaching(&name.key(), site.place, site.at);
            if changes.iter().all(|change| matches!(change.what, What::Set(_))) {
                let given = changes.iter().take(MOST_VALUES).filter_map(|change| match change.what {
                    What::Set(Given::Value(value)) => {
                        self.template(value, Use { place: change.place, at: value.span.start })
                    }
                    _ => None,
                });
                return given.collect();
            }
        }
        self.template(expr, site).into_iter().collect()
    }

    /// The text that an expression builds; none if it does not build one.
    pub(super) fn template(&self, expr: &Expr, site: Use) -> Option<Template> {
        self.begin();
        let mut out = Template::default();
        self.template_into(expr, site, DEEPEST, &mut out).then_some(out)
    }

    /// The text that a variable ends up with, if it gets it in pieces.
    pub(super) fn whole(&self, key: &str, place: ScopeId) -> Option<Template> {
        self.begin();
        let mut out = Template::default();
        self.pieces(key, Use { place, at: usize::MAX }, DEEPEST, &mut out).then_some(out)
    }

    /// `$x = …`, `$x += …`: one text in pieces.
    fn pieces(&self, key: &str, site: Use, depth: usize, out: &mut Template) -> bool {
        let changes = self.names.reaching(key, site.place, site.at);
        let [first, more @ ..] = &changes[..] else { return false };
        let (What::Set(Given::Value(value)), false) = (&first.what, more.is_empty()) else { return false };
        if more.iter().any(|change| !matches!(change.what, What::Add(Given::Value(_)))) {
            return false;
        }
        let place = |change: &Change<'_>, value: &Expr| Use { place: change.place, at: value.span.start };
        if !self.template_into(value, place(first, value), depth, out) {
            return false;
        }
        for change in more {
            let What::Add(Given::Value(value)) = change.what else { continue };
            if !self.template_into(value, place(change, value), depth, out) {
                self.fill(value, place(change, value), depth, out);
            }
        }
        true
    }

    fn template_into(&self, expr: &Expr, site: Use, depth: usize, out: &mut Template) -> bool {
        let Some(depth) = self.step(depth) else { return false };
        match &expr.kind {
            Kind::Word(pieces) | Kind::Text(pieces) => {
                for piece in pieces {
                    match piece {
                        Piece::Known { text, at } => self.run(text, *at, out),
                        Piece::Hole(inner) => self.fill(inner, site, depth, out),
                    }
                }
                true
            }
            Kind::Variable(name) => match self.names.only(&name.key(), site.place, site.at) {
                Some(Given::Value(value)) => self.template_into(value, site, depth, out),
                Some(Given::Result(_)) => false,
                None => self.pieces(&name.key(), site, depth, out),
            },
            Kind::Group(statements) => match &statements[..] {
                [only] => match Given::of(only) {
                    Given::Value(value) => self.template_into(value, site, depth, out),
                    Given::Result(_) => false,
                },
                _ => false,
            },
            Kind::Cast { value, .. } => self.template_into(value, site, depth, out),
            Kind::Operation { operators, operands } => match &operators[0][..] {
                "+" if operators.len() + 1 == operands.len() => {
                    for operand in operands {
                        if !self.template_into(operand, site, depth, out) {
                            self.fill(operand, site, depth, out);
                        }
                    }
                    true
                }
                "-f" if operators.len() == 1 => {
                    let args = match operands.get(1).map(|args| &args.kind) {
                        Some(Kind::List(items)) => &items[..],
                        _ => &operands[1..],
                    };
                    self.format(&operands[0], args, site, depth, out)
                }
                "-join" if operators.len() == 1 && operands.len() == 2 => {
                    self.join(&operands[0], &operands[1], site, depth, out)
                }
                _ => false,
            },
            Kind::Chain { head, links } if matches!(head.kind, Kind::Type(_)) => match text_method(head, links) {
                Some(("format", [text, args @ ..])) => self.format(text, args, site, depth, out),
                Some(("concat", args)) => {
                    args.iter().for_each(|arg| self.fill(arg, site, depth, out));
                    true
                }
                Some(("join", [with, list])) => self.join(list, with, site, depth, out),
                _ => false,
            },
            Kind::Chain { head, links } => {
                let keeps = ["trim", "trimstart", "trimend", "tostring", "replace"];
                let is_kept = matches!(&links[..], [Link::Member { name, .. }, Link::Call { .. }]
                    if keeps.iter().any(|kept| name.eq_ignore_ascii_case(kept)));
                is_kept && self.template_into(head, site, depth, out)
            }
            _ => false,
        }
    }

    /// `(a, b) -join ' '`
    fn join(&self, list: &Expr, with: &Expr, site: Use, depth: usize, out: &mut Template) -> bool {
        let items = match &list.kind {
            Kind::List(items) => items.iter().collect(),
            Kind::Group(_) | Kind::Array(_) => match flat(list) {
                Some(items) => items,
                None => return false,
            },
            _ => return false,
        };
        let is_empty = matches!(&with.kind, Kind::Text(pieces) if pieces.is_empty());
        let between = plain(with).unwrap_or(if is_empty { "" } else { " " }).to_owned();
        for (index, item) in items.into_iter().enumerate() {
            if index > 0 {
                out.text.push(&between, out.text.host(out.text.text.len()));
            }
            self.fill(item, site, depth, out);
        }
        true
    }

    /// `"… {0} …" -f a, b`
    fn format(&self, text: &Expr, args: &[Expr], site: Use, depth: usize, out: &mut Template) -> bool {
        let mut inner = Template::default();
        if !self.template_into(text, site, depth, &mut inner) {
            return false;
        }
        let text = &inner.text.text;
        let mut ranges = Vec::new();
        let mut at = 0;
        while let Some(start) = text[at..].find('{').map(|start| at + start) {
            let digits = text[start + 1..].find(|c: char| !c.is_ascii_digit()).unwrap_or(0);
            let close = text[start..].find('}').map(|end| start + end + 1);
            at = start + 1;
            let (Ok(number), Some(end)) = (text[start + 1..start + 1 + digits].parse::<usize>(), close) else {
                continue;
            };
            let name = args.get(number).and_then(|arg| name_of(&self.parts_within(arg, site, depth)));
            ranges.push((start..end, name));
            at = end;
        }
        out.append(&inner.punched(&ranges));
        true
    }

    /// A stretch of decoded text that is written at `at`, with the holes that a host has made in it.
    fn run(&self, text: &str, at: usize, out: &mut Template) {
        let source = &self.text.text;
        let first = source.map.partition_point(|(offset, _)| *offset <= at);
        let breaks =
            source.map[first..].iter().map(|(offset, _)| *offset - at).take_while(|offset| *offset < text.len());
        let mut from = 0;
        for end in breaks.chain([text.len()]) {
            let Some(stretch) = text.get(from..end) else { continue };
            let mut begin = 0;
            for (index, character) in stretch.char_indices() {
                let Some(name) = self.text.hole(character) else { continue };
                out.text.push(&stretch[begin..index], source.host(at + from + begin));
                out.push_hole(name.clone(), source.host(at + from + index));
                begin = index + character.len_utf8();
            }
            if begin < stretch.len() {
                out.text.push(&stretch[begin..], source.host(at + from + begin));
            }
            from = end;
        }
        out.text.seek(source.host(at + text.len()));
    }

    /// Fills a place in a text with a value: its text at that place, if it is known, else a hole.
    fn fill(&self, value: &Expr, site: Use, depth: usize, out: &mut Template) {
        let span = self.span(value.span);
        if is_text(value) {
            let before = (out.text.text.len(), out.holes.len());
            if self.template_into(value, site, depth, out) || before != (out.text.text.len(), out.holes.len()) {
                return;
            }
        }
        let parts = self.parts_within(value, site, depth);
        let known: Option<String> = parts.iter().map(Part::text).collect();
        match known {
            Some(text) => {
                if let Kind::Variable(name) = &value.kind
                    && let Some(Given::Value(origin)) = self.names.only(&name.key(), site.place, site.at)
                {
                    self.joined.borrow_mut().insert(origin.span.start);
                }
                put_in(&text, span, out);
            }
            None => {
                out.push_hole(name_of(&parts), span.start);
                out.text.seek(span.end);
            }
        }
    }
}

/// Appends a text that stands for what is written at `span`.
pub(super) fn put_in(text: &str, span: Span, out: &mut Template) {
    // All of it stands at the start: what is longer than its place must not reach over that.
    for character in text.chars() {
        out.text.push(character.encode_utf8(&mut [0; 4]), span.start);
    }
    out.text.seek(span.end);
}

/// `[string]::Method(args)`: the name of the method in lower case, and its arguments.
fn text_method<'e>(head: &Expr, links: &'e [Link]) -> Option<(&'static str, &'e [Expr])> {
    let (Kind::Type(class), [Link::Member { name, .. }, Link::Call { args, .. }]) = (&head.kind, links) else {
        return None;
    };
    let is_text = ["string", "system.string"].iter().any(|known| class.eq_ignore_ascii_case(known));
    let method = ["format", "concat", "join"].into_iter().find(|known| name.eq_ignore_ascii_case(known))?;
    is_text.then_some((method, &args[..]))
}

/// The items of a list in parentheses.
fn flat(list: &Expr) -> Option<Vec<&Expr>> {
    let (Kind::Group(statements) | Kind::Array(statements)) = &list.kind else { return None };
    let mut items = Vec::new();
    for statement in statements {
        let Given::Value(value) = Given::of(statement) else { return None };
        match &value.kind {
            Kind::List(list) => items.extend(list),
            _ => items.push(value),
        }
    }
    Some(items)
}
