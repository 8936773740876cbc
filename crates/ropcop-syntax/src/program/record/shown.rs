//! Texts of a program that are only shown to people or compared.

use super::reader::EntryReader;
use crate::program::module::{Argument, Expr, ExprId, Target};
use crate::program::usage;
use crate::vocabulary::{people, show};

/// Of a name with more uses, some will do more than show it.
const MOST_USES: usize = 20;

/// Whether a literal, by itself or as a part of another, only stands there to be compared: what a test expects.
pub(super) fn is_compared(reader: &EntryReader<'_, '_>, id: ExprId) -> bool {
    let mut at = id;
    while let Some(parent) = reader.resolver.parent(at) {
        if name_of(reader, at).is_some_and(|name| show::is_expected(&name)) {
            return true;
        }
        match reader.expr(parent) {
            Expr::Map(_) | Expr::List(_) => at = parent,
            Expr::Compare(_) => return true,
            Expr::Call { callee, .. } if *callee != at => {
                return show::compares(&usage::last_name(reader.resolver, *callee));
            }
            _ => break,
        }
    }
    reader.resolver.bound(at).any(|bind| match &bind.target {
        Target::Name(name) | Target::Global(name) | Target::Item(name) | Target::Field(name) | Target::Key(_, name) => {
            show::is_expected(name)
        }
    })
}

/// Whether a text is only shown to people or compared.
pub(super) fn is_shown(reader: &EntryReader<'_, '_>, id: ExprId) -> bool {
    is_shown_here(reader, id) || is_shown_by_name(reader, id)
}

/// Whether the place where a text stands only shows it.
fn is_shown_here(reader: &EntryReader<'_, '_>, id: ExprId) -> bool {
    let Some(parent) = reader.resolver.parent(id) else { return false };
    match reader.expr(parent) {
        Expr::Compare(_) => true,
        Expr::Statement(_) => reader.resolver.bound(id).next().is_none(),
        Expr::Map(entries) => {
            let key = entries.iter().find(|(_, value)| *value == id).and_then(|(key, _)| key.as_deref());
            key.is_some_and(people::is_document)
        }
        Expr::List(_) => name_of(reader, parent).is_some_and(|name| people::is_document(&name)),
        Expr::Call { callee, args, .. } => match name_of(reader, id) {
            Some(name) => people::is_document(&name) || ["long", "short"].contains(&name.to_ascii_lowercase().as_str()),
            None => is_shown_by(reader, *callee) || describes(reader, *callee, args, id),
        },
        _ => false,
    }
}

/// The name of the argument or entry that an expression is.
fn name_of(reader: &EntryReader<'_, '_>, id: ExprId) -> Option<String> {
    match reader.expr(reader.resolver.parent(id)?) {
        Expr::Call { args, .. } => args.iter().find(|arg| arg.value == id)?.name.clone(),
        Expr::Map(entries) => entries.iter().find(|(_, value)| *value == id)?.0.clone(),
        _ => None,
    }
}

/// Whether a function shows what it is given.
fn is_shown_by(reader: &EntryReader<'_, '_>, callee: ExprId) -> bool {
    show::only_shows(&usage::last_name(reader.resolver, callee)) || usage::is_logger(reader.resolver, callee)
}

/// Whether a text says what an option of the program is for: `flag.String("to", "", "…")`, `option("--to <x>", "…")`.
fn describes(reader: &EntryReader<'_, '_>, callee: ExprId, args: &[Argument], id: ExprId) -> bool {
    let name = usage::last_name(reader.resolver, callee);
    let at = args.iter().position(|arg| arg.value == id).unwrap_or_default();
    if at > 1
        && at + 1 == args.len()
        && ["string", "stringp", "stringvar", "stringvarp", "var"].contains(&name.to_ascii_lowercase().as_str())
    {
        return true;
    }
    let is_option =
        || args.first().and_then(|first| reader.literal(first.value)).is_some_and(|text| text.starts_with('-'));
    at == 1 && people::is_option(&name) && is_option()
}

/// Whether a text has a name that is for people, or is only ever shown. What does not belong to a function may be used by
/// other files.
fn is_shown_by_name(reader: &EntryReader<'_, '_>, id: ExprId) -> bool {
    let mut binds = reader.resolver.bound(id).peekable();
    binds.peek().is_some()
        && binds.all(|bind| {
            let (Target::Name(name) | Target::Field(name)) = &bind.target else { return false };
            let is_local = matches!(bind.target, Target::Name(_)) && reader.is_in_function(bind.scope);
            let shown = || {
                let places = reader.resolver.uses(name).places(id, true, MOST_USES);
                !places.is_empty() && places.iter().all(|place| is_shown_here(reader, *place))
            };
            people::ends_as_document(name) || (is_local && shown())
        })
}
