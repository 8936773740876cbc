//! Classes whose members are the fields of a form: `class Form { string grant_type = "password"; … }`.
//!
//! So are the parameters of a function that describes a request: `fun token(@Field("grant_type") grant: String = "password")`.
//! What a member is called on the wire stands in an annotation right before it, where it is not its own name.

use std::collections::BTreeMap;

use crate::program::module::{Bind, Expr, ExprId, ScopeId, ScopeKind, Target};
use crate::{Record, RecordKind, Span};

use super::entry::{EntryValue, KeyEntry};
use super::reader::{EntryReader, LONGEST};

/// An annotation stands in so many bytes before the name of the member.
const FARTHEST: usize = 200;

/// The members of each class of which one has a text by default.
pub(super) fn records(reader: &EntryReader<'_, '_>) -> Vec<Record> {
    let mut members: BTreeMap<ScopeId, Vec<&Bind>> = BTreeMap::new();
    let is_class = |scope: ScopeId| matches!(reader.resolver.module.scopes[scope.0].kind, ScopeKind::Class(_));
    for bind in reader.resolver.module.binds.iter().filter(|bind| !bind.append && is_class(bind.scope)) {
        members.entry(bind.scope).or_default().push(bind);
    }
    let has_default = |binds: &[&Bind]| {
        binds.iter().filter_map(|bind| bind.value).any(|value| matches!(reader.expr(value), Expr::Text(_)))
    };
    let shaped = members.into_iter().filter(|(_, binds)| binds.len() > 1 && has_default(binds));
    let classes = shaped.filter_map(|(scope, binds)| {
        form(reader, scope, &binds.into_iter().filter_map(of_bind).collect::<Vec<_>>(), false)
    });
    let functions = reader.resolver.module.functions.iter().filter(|function| {
        let defaults = function.params.iter().filter_map(|param| param.default);
        function.params.len() > 1 && defaults.into_iter().any(|default| matches!(reader.expr(default), Expr::Text(_)))
    });
    let parameters = functions.filter_map(|function| {
        let taken = function.params.iter().enumerate().filter_map(|(index, param)| {
            let bind = reader.resolver.parameter_bind(function, index)?;
            Some(Member { name: &param.name, span: bind.span, value: param.default })
        });
        form(reader, function.scope, &taken.collect::<Vec<_>>(), true)
    });
    classes.chain(parameters).collect()
}

/// What may be a field of a form: its name, where it is declared, and what it is if nobody says more.
struct Member<'m> {
    name: &'m str,
    span: Span,
    value: Option<ExprId>,
}

fn of_bind(bind: &Bind) -> Option<Member<'_>> {
    let (Target::Name(name) | Target::Field(name)) = &bind.target else { return None };
    Some(Member { name, span: bind.span, value: bind.value })
}

/// The form that members are. Parameters are one only if an annotation says what they are called on the wire.
fn form(reader: &EntryReader<'_, '_>, scope: ScopeId, members: &[Member<'_>], annotated: bool) -> Option<Record> {
    let (mut from, mut aliases) = (0, 0);
    let mut entries = Vec::new();
    for Member { name, span, value } in members.iter().take(LONGEST) {
        let place = reader.place_of(name, *span);
        let start = from.max(place.start.saturating_sub(FARTHEST)).min(place.start);
        from = span.end;
        let (key, key_span) = match alias(reader.source(Span::new(start, place.start))) {
            Some((at, alias)) => {
                aliases += 1;
                (alias.to_owned(), Span::new(start + at, start + at + alias.len()))
            }
            None => ((*name).to_owned(), place),
        };
        let value = match *value {
            Some(value) => EntryValue::Expr(value),
            None => EntryValue::Known(crate::Value::Dynamic { name: Some((*name).to_owned()) }, key_span),
        };
        entries.push(KeyEntry { key, key_span, value, scope });
    }
    let wanted = entries.len() > 1 && (aliases > 1 || !annotated) && reader.wants("", &entries);
    let span = reader.resolver.module.scopes[scope.0].span;
    let around = crate::record::Around { statement: span, function: span };
    wanted.then(|| reader.record(RecordKind::Mapping, "", &entries, around))?
}

/// The text that an annotation gives to the member that follows, and where it stands.
fn alias(before: &str) -> Option<(usize, &str)> {
    // What ends another member or the code in it.
    let own = before.rfind([';', '{', '}']).map_or(0, |at| at + 1);
    let start = own + before[own..].rfind("(\"")? + 2;
    let text = before[start..].split_once("\")")?.0;
    let is_name = |c: char| c.is_ascii_alphanumeric() || "_-.".contains(c);
    let is_annotated = before[own..start].contains(['@', '[']);
    (is_annotated && !text.is_empty() && text.chars().all(is_name)).then_some((start, text))
}
