//! Texts that a program puts together piece by piece: `x = "…"`, `x += "…"`.

use std::collections::{HashMap, HashSet};

use crate::program::module::{Bind, Expr, ExprId, ScopeId, Target};
use crate::program::resolve::Resolver;
use crate::program::value::MOST_PIECES;

/// What a text is to others.
pub(crate) enum PieceRole {
    /// It stands alone.
    Alone,
    /// It begins a text that goes on with these, on each way through the branches in which they stand.
    Start(Vec<Vec<ExprId>>),
    /// It is appended to another.
    Piece,
}

/// All that is given to variables to which something is appended.
pub(crate) struct Pieces<'m> {
    /// In the order of the file.
    binds: HashMap<&'m str, Vec<&'m Bind>>,
}

impl<'m> Pieces<'m> {
    pub(crate) fn of(resolver: &Resolver<'m>) -> Self {
        let all = || resolver.module.binds.iter().filter_map(|bind| Some((name(bind)?, bind)));
        let appended: HashSet<&str> = all().filter(|(_, bind)| bind.append).map(|(name, _)| name).collect();
        let mut binds: HashMap<&str, Vec<&Bind>> = HashMap::new();
        for (name, bind) in all().filter(|(name, _)| appended.contains(name)) {
            binds.entry(name).or_default().push(bind);
        }
        binds.values_mut().for_each(|binds| binds.sort_by_key(|bind| bind.span.start));
        Self { binds }
    }

    /// What the text `id` is to the others that its variable gets.
    pub(crate) fn around(&self, resolver: &Resolver<'m>, id: ExprId) -> PieceRole {
        for bind in resolver.bound(id) {
            let Some(binds) = name(bind).and_then(|name| self.binds.get(name)) else { continue };
            let frame = resolver.frame(bind.scope);
            let of_frame = |other: &&&Bind| resolver.frame(other.scope) == frame;
            if bind.append {
                let before = &binds[..binds.partition_point(|other| other.span.start < bind.span.start)];
                let first = before.iter().rev().take(MOST_PIECES).filter(of_frame).find(|other| !other.append);
                if first.and_then(|first| first.value).is_some_and(|value| is_text(resolver, value)) {
                    return PieceRole::Piece;
                }
                continue;
            }
            let behind = &binds[binds.partition_point(|other| other.span.start <= bind.span.start)..];
            let more = behind.iter().take(MOST_PIECES).filter(of_frame).take_while(|other| other.append);
            let fits = |other: &&&Bind| resolver.fit(other.scope, bind.scope);
            let more: Vec<(ScopeId, ExprId)> =
                more.filter(fits).filter_map(|other| Some((other.scope, other.value?))).collect();
            if !more.is_empty() {
                return PieceRole::Start(resolver.each_way(&more));
            }
        }
        PieceRole::Alone
    }
}

fn name(bind: &Bind) -> Option<&str> {
    match &bind.target {
        Target::Name(name) => Some(name),
        _ => None,
    }
}

fn is_text(resolver: &Resolver<'_>, id: ExprId) -> bool {
    matches!(resolver.module.node(id).expr, Expr::Text(_) | Expr::Concat(_) | Expr::Format { .. })
}
