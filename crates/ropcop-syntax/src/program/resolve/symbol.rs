//! What an expression may stand for.

use std::collections::HashSet;
use std::rc::Rc;

use crate::program::module::{Bind, Expr, ExprId, ScopeId};
use crate::{Origin, Span, Symbol};

use super::{Resolver, types};

/// More alternatives than this are not followed. Every wildcard import makes one, and C# files have dozens.
const MOST_SYMBOLS: usize = 64;
/// Of more bindings than this of one name, only the last are looked at.
const MOST_BINDINGS: usize = 16;
/// Longer ways than this from a name to its origin are not followed.
const DEEPEST: usize = 32;

impl Resolver<'_> {
    /// What an expression may stand for, likeliest first; never empty.
    pub(crate) fn symbols(&self, id: ExprId) -> Rc<[Symbol]> {
        if let Some(known) = self.memo.borrow().get(&id) {
            return Rc::clone(known);
        }
        let again = self.active.borrow().contains(&id);
        if again || self.active.borrow().len() >= DEEPEST {
            return Rc::from([unknown("?")]);
        }
        self.active.borrow_mut().push(id);
        let mut found = self.find(id);
        found.sort_by_key(|symbol| symbol.origin == Origin::Unknown);
        let mut seen = HashSet::new();
        found.retain(|symbol| seen.len() < MOST_SYMBOLS && seen.insert(symbol.clone()));
        if found.is_empty() {
            found.push(unknown("?"));
        }
        self.active.borrow_mut().pop();
        let found: Rc<[Symbol]> = found.into();
        // Inside a cycle the answer may be cut short, and stays so. To ask again from every place would take a time that
        // grows with the number of ways through the file.
        self.memo.borrow_mut().insert(id, Rc::clone(&found));
        found
    }

    fn find(&self, id: ExprId) -> Vec<Symbol> {
        let node = self.module.node(id);
        match &node.expr {
            Expr::Name(name) if self.types.contains(&id) => self.type_name(name, node.scope),
            Expr::Name(name) => self.name(name, node.scope, node.span),
            Expr::This => self.class_of(node.scope).map(|class| own(format!("{class}()"))).into_iter().collect(),
            Expr::Super => self.above(node.scope),
            Expr::Member { object, name, .. } => {
                self.member(*object, name, node.scope).into_iter().chain(self.qualified(id)).collect()
            }
            Expr::Index { object, index } => self.item(*object, *index, node.scope),
            Expr::Call { callee, how, .. } => self.result(*callee, *how),
            Expr::Cast { value, class } => {
                // The value keeps what it is: `new App() as OwnInterface`.
                let value = self.symbols(*value);
                let known = value.iter().filter(|s| matches!(s.origin, Origin::Import | Origin::Wildcard)).cloned();
                self.instance(*class).into_iter().chain(known).collect()
            }
            Expr::Choice(options) => options.iter().flat_map(|option| self.symbols(*option).to_vec()).collect(),
            Expr::Spread(value) => self.symbols(*value).to_vec(),
            Expr::Command { makes: Some(made), .. } => self.symbols(*made).to_vec(),
            _ => Vec::new(),
        }
    }

    fn name(&self, name: &str, scope: ScopeId, at: Span) -> Vec<Symbol> {
        let Some((frame, bindings)) = self.lookup(name, scope, at) else { return self.elsewhere(name) };
        let mut found = Vec::new();
        for index in self.imports.get(&(frame, name)).into_iter().flatten() {
            let import = &self.module.imports[*index];
            found.push(symbol(&import.path, if import.relative { Origin::Relative } else { Origin::Import }));
        }
        for index in self.own.get(&(frame, name)).into_iter().flatten() {
            found.push(own(name.to_owned()));
            let bases = &self.module.definitions[*index].bases;
            found.extend(bases.iter().flat_map(|base| self.symbols(*base).to_vec()));
        }
        if found.is_empty() {
            let mut found = self.values(&bindings, name);
            // `Color Color { get; }`: the name is the property and its type.
            let same_name = bindings.iter().filter_map(|bind| bind.class).find(
                |class| matches!(&self.module.node(*class).expr, Expr::Name(n) if n == name && self.types.contains(class)),
            );
            found.extend(same_name.iter().flat_map(|class| self.symbols(*class).to_vec()));
            return found;
        }
        // Beside an import, only what is known counts: `except ImportError: Name = None`.
        found.extend(self.values(&bindings, name).into_iter().filter(|symbol| symbol.origin != Origin::Unknown));
        found
    }

    /// A name that nothing in the file introduces: wildcard imports could.
    pub(super) fn elsewhere(&self, name: &str) -> Vec<Symbol> {
        // In languages with full names a wildcard brings types, which begin with a capital letter. Only a wildcard on
        // a type (`import static a.b.Type.*`) brings members.
        let brings = |path: &str| {
            let last = path.rsplit('.').next().unwrap_or_default();
            !self.module.traits.qualified_names
                || types::starts_upper(name)
                || !types::starts_upper(path) && types::starts_upper(last)
        };
        let wildcards = self.module.imports.iter().filter(|i| i.name.is_none() && brings(&i.path)).map(|import| {
            let origin = if import.relative { Origin::Relative } else { Origin::Wildcard };
            symbol(&format!("{}.{name}", import.path), origin)
        });
        wildcards.chain([unknown(name)]).collect()
    }

    /// What bindings make of a name: the type they declare, else the value they give.
    pub(super) fn values(&self, bindings: &[&Bind], name: &str) -> Vec<Symbol> {
        let mut found = Vec::new();
        for bind in bindings.iter().rev().take(MOST_BINDINGS) {
            let value = bind.value.map(|value| self.symbols(value)).unwrap_or_default();
            // A declared type says what the name may do; the value can say it more exactly.
            found.extend(value.iter().filter(|symbol| symbol.origin != Origin::Unknown).cloned());
            match bind.class {
                Some(class) => found.extend(self.instance(class)),
                None => found.extend(value.iter().filter(|symbol| symbol.origin == Origin::Unknown).cloned()),
            }
        }
        if found.iter().all(|symbol| symbol.path == "?") {
            return vec![unknown(name)];
        }
        found.retain(|symbol| symbol.path != "?");
        found
    }

    /// An object of a class.
    pub(super) fn instance(&self, class: ExprId) -> Vec<Symbol> {
        let class = self.symbols(class);
        class.iter().map(|class| symbol(&format!("{}()", class.path.trim_end_matches("()")), class.origin)).collect()
    }
}

pub(super) fn symbol(path: &str, origin: Origin) -> Symbol {
    Symbol { path: path.to_owned(), origin }
}

pub(super) fn own(path: String) -> Symbol {
    Symbol { path, origin: Origin::Own }
}

pub(super) fn unknown(path: &str) -> Symbol {
    symbol(path, Origin::Unknown)
}
