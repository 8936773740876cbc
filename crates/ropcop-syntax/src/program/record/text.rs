//! Texts of a program that are records: forms, connection strings, queries.

use std::collections::HashSet;
use std::ops::Range;

use crate::Record;
use crate::program::module::{Expr, ExprId, ScopeId, TextPart};
use crate::program::pieces::{self, Pieces};
use crate::program::value::MOST_PIECES;
use crate::record;
use crate::text::template::Template;

use super::addition::{Additions, Owner};
use super::environment::Handed;
use super::reader::EntryReader;
use super::shown::is_shown;

pub(super) fn records(
    reader: &EntryReader<'_, '_>,
    handed: &Handed,
    additions: &Additions,
    code: &HashSet<ExprId>,
) -> Vec<Record> {
    let pieces = Pieces::of(reader.resolver);
    let mut found = Vec::new();
    let mut parts: HashSet<ExprId> = HashSet::new();
    // `["NAME=value"]` is an environment.
    for list in handed.literals.iter().chain(&additions.merged) {
        if let Expr::List(items) = reader.expr(*list) {
            parts.extend(items);
        }
    }
    for (owner, texts) in &additions.pieces {
        let things: Vec<(ScopeId, ExprId)> = texts.iter().map(|text| (reader.node(*text).scope, *text)).collect();
        for way in reader.resolver.each_way(&things) {
            if let (Some(record), Some(first)) = (built(reader, owner, &way), way.first()) {
                found.extend(reader.sent(vec![record], &reader.holders(owner, *first)));
                parts.extend(texts);
            }
        }
    }
    // Outer expressions first: they say which texts are parts of them.
    for id in reader.all().rev() {
        let templates = match reader.expr(id) {
            _ if parts.contains(&id) || code.contains(&id) => continue,
            Expr::Text(_) | Expr::Concat(_) => {
                let texts = whole(reader, &pieces, id);
                texts.into_iter().map(|text| text.punched(&placeholders(&text))).collect()
            }
            Expr::Format { .. } => whole(reader, &pieces, id),
            Expr::Call { callee, .. } => match joined(reader, *callee, id) {
                Some((template, items)) => {
                    parts.extend(items);
                    vec![template]
                }
                None => Vec::new(),
            },
            _ => Vec::new(),
        };
        for template in templates.iter().filter(|template| template.text.text.contains('=')) {
            if reader.reading.wants(&template.text.text) && !is_shown(reader, id) {
                let record = record::text::wanted(template, reader.around(id), reader.reading);
                found.extend(reader.sent(record.into_iter().collect(), &[id]));
            }
        }
    }
    found
}

/// The forms of a text that is not part of a larger one.
fn whole<'m>(reader: &EntryReader<'_, 'm>, pieces: &Pieces<'m>, id: ExprId) -> Vec<Template> {
    let is_part = reader.resolver.parent(id).is_some_and(|parent| {
        matches!(reader.expr(parent), Expr::Text(_) | Expr::Concat(_))
            || matches!(reader.expr(parent), Expr::Format { template, .. } if *template == id)
    });
    if is_part {
        return Vec::new();
    }
    let ways = match pieces.around(reader.resolver, id) {
        pieces::PieceRole::Piece => return Vec::new(),
        pieces::PieceRole::Start(ways) => ways,
        pieces::PieceRole::Alone => vec![Vec::new()],
    };
    let could_be = match reader.expr(id) {
        Expr::Text(parts) => parts.iter().any(|part| match part {
            TextPart::Known(known) => known.text.contains('='),
            TextPart::Hole { .. } => true,
        }),
        _ => true,
    };
    if !could_be && ways.iter().all(Vec::is_empty) {
        return Vec::new();
    }
    ways.iter().flat_map(|more| reader.evaluator.templates(id, more)).collect()
}

/// `["a=b", "c=d"].join("&")`, `"&".join(["a=b"])`, `strings.Join(list, "&")`, `table.concat(list, "&")`.
fn joined(reader: &EntryReader<'_, '_>, callee: ExprId, call: ExprId) -> Option<(Template, Vec<ExprId>)> {
    let Expr::Member { object, name, .. } = reader.expr(callee) else { return None };
    // Elsewhere `concat` makes a list of lists.
    let is_table = |id: ExprId| matches!(reader.expr(id), Expr::Name(name) if name == "table");
    let joins = name.eq_ignore_ascii_case("join") || (name == "concat" && is_table(*object));
    if !joins {
        return None;
    }
    let Expr::Call { args, .. } = reader.expr(call) else { return None };
    let around = || std::iter::once(*object).chain(args.iter().map(|arg| arg.value));
    let separator = around().find_map(|part| reader.literal(part))?;
    let items = around().find_map(|part| match reader.expr(part) {
        Expr::List(items) => Some(items.clone()),
        _ => None,
    })?;
    let mut template = Template::default();
    for (index, item) in items.iter().take(MOST_PIECES).enumerate() {
        if index > 0 {
            template.text.push(separator, reader.span(*item).start);
        }
        append(reader, *item, &mut template);
    }
    Some((template, items))
}

/// The text that a builder is given piece by piece.
fn built(reader: &EntryReader<'_, '_>, owner: &Owner, texts: &[ExprId]) -> Option<Record> {
    let first = *texts.first()?;
    let scope = reader.node(first).scope;
    let maker = match owner {
        Owner::Name(_, name) => reader.resolver.bindings(name, scope, reader.span(first)).last()?.value?,
        Owner::Chain(root) => *root,
    };
    let class = reader.source(reader.span(maker));
    let builds = ["Builder", "Buffer", "StringIO", "Writer"].iter().any(|word| class.contains(word));
    if !builds || texts.len() < 2 {
        return None;
    }
    let mut template = Template::default();
    if let Expr::Call { args, .. } = reader.expr(maker)
        && let [start] = &args[..]
        && let Some(start) = reader.evaluator.template(start.value)
    {
        template = start;
    }
    texts.iter().take(MOST_PIECES).for_each(|text| append(reader, *text, &mut template));
    record::text::wanted(&template, reader.around(first), reader.reading)
}

fn append(reader: &EntryReader<'_, '_>, id: ExprId, out: &mut Template) {
    match reader.evaluator.template(id) {
        Some(piece) => out.append(&piece),
        None => {
            out.push_hole(reader.evaluator.hint(id), reader.span(id).start);
            out.text.seek(reader.span(id).end);
        }
    }
}

/// The places of a text that another line of the program will fill: `{0}`, `{}`, `{name}`, `%s`.
fn placeholders(template: &Template) -> Vec<(Range<usize>, Option<String>)> {
    let text = &template.text.text;
    let starts = text.match_indices(['{', '%']).map(|(at, _)| at);
    let found = starts.filter_map(|at| {
        if text[at..].starts_with("%s") || text[at..].starts_with("%v") {
            return Some((at..at + 2, None));
        }
        let inner = text[at..].strip_prefix('{')?.split_once('}')?.0;
        // `Driver={FreeTDS}` is quoted.
        let is_name =
            inner.len() < 60 && inner.chars().all(|c| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '_');
        let name = Some(inner.to_owned()).filter(|name| name.contains(|c: char| c.is_ascii_lowercase()));
        is_name.then(|| (at..at + inner.len() + 2, name))
    });
    found.collect()
}
