//! What `object.name` stands for.

use super::Resolver;
use super::symbol::{own, symbol, unknown};
use crate::program::module::{Bind, DefinitionKind, Expr, ExprId, ScopeId, ScopeKind};
use crate::program::value::Evaluator;
use crate::{Origin, Symbol};

impl<'m> Resolver<'m> {
    pub(super) fn member(&self, object: ExprId, name: &str, scope: ScopeId) -> Vec<Symbol> {
        if let Some(found) = self.key(object, name, scope) {
            return found;
        }
        let mut found = Vec::new();
        for owner in self.symbols(object).iter() {
            match owner.origin {
                Origin::Own => found.extend(self.own_member(owner.path.trim_end_matches("()"), name)),
                _ => found.push(symbol(&format!("{}.{name}", owner.path), owner.origin)),
            }
        }
        found
    }

    /// The bindings of `object.key`, if the file itself sets it.
    pub(crate) fn set(&self, object: &str, key: &str, scope: ScopeId) -> Vec<&'m Bind> {
        let mut frames = self.outwards(scope).map(|outer| self.frame(outer));
        let found = frames.find_map(|frame| self.keys.get(&(frame, object, key)));
        found.into_iter().flatten().map(|index| &self.module.binds[*index]).collect()
    }

    /// What `object.key` stands for, if the file itself sets it.
    fn key(&self, object: ExprId, key: &str, scope: ScopeId) -> Option<Vec<Symbol>> {
        let Expr::Name(object) = &self.module.node(object).expr else { return None };
        let values = self.values(&self.set(object, key, scope), "?");
        (values.iter().any(|symbol| symbol.origin != Origin::Unknown)).then_some(values)
    }

    /// What a table that the file writes holds under a key: `MAKERS["person"]`.
    fn entry(&self, table: ExprId, key: &str) -> Option<Vec<Symbol>> {
        let node = self.module.node(table);
        let binds = match &node.expr {
            Expr::Name(name) => self.bindings(name, node.scope, node.span),
            Expr::Member { object, name, .. } => {
                let class = match &self.module.node(*object).expr {
                    Expr::This => self.class_of(node.scope)?,
                    Expr::Name(class) => class,
                    _ => return None,
                };
                self.field(class, name)
            }
            _ => return None,
        };
        let entries = binds.iter().filter_map(|bind| match &self.module.node(bind.value?).expr {
            Expr::Map(entries) => entries.iter().find(|(own, _)| own.as_deref() == Some(key)).map(|(_, value)| *value),
            _ => None,
        });
        let values: Vec<Symbol> = entries.flat_map(|value| self.symbols(value).to_vec()).collect();
        (values.iter().any(|symbol| symbol.origin != Origin::Unknown)).then_some(values)
    }

    /// A member of a class of this file: its own method, one of its fields, or what it inherits.
    fn own_member(&self, class: &str, name: &str) -> Vec<Symbol> {
        let is_class = |scope: ScopeId| matches!(&self.module.scopes[scope.0].kind, ScopeKind::Class(c) if c == class);
        let definitions = &self.module.definitions;
        if definitions.iter().any(|d| d.name == name && is_class(d.scope)) {
            let own = own(format!("{class}.{name}"));
            // Who calls a method that hands on calls the one above.
            let above = if self.is_forwarder(class, name) { self.inherited(class, name) } else { Vec::new() };
            return std::iter::once(own).chain(above).collect();
        }
        let fields = self.field(class, name);
        if !fields.is_empty() {
            return self.values(&fields, name);
        }
        let mut found = self.inherited(class, name);
        if found.is_empty() {
            found.push(unknown(&format!("{class}.{name}")));
        }
        found
    }

    /// A member of what a class of this file derives from.
    fn inherited(&self, class: &str, name: &str) -> Vec<Symbol> {
        let member = |base: Symbol| symbol(&format!("{}().{name}", base.path), base.origin);
        self.bases(class).into_iter().map(member).collect()
    }

    /// What a class of this file derives from.
    fn bases(&self, class: &str) -> Vec<Symbol> {
        let definitions = self.module.definitions.iter();
        let bases = definitions.filter(|d| d.name == class && d.kind == DefinitionKind::Class);
        let bases = bases.flat_map(|d| &d.bases).flat_map(|base| self.symbols(*base).to_vec());
        bases.filter(|base| base.path != class).collect()
    }

    /// The object itself, seen as what its class derives from.
    pub(super) fn above(&self, scope: ScopeId) -> Vec<Symbol> {
        let bases = self.class_of(scope).map(|class| self.bases(class)).unwrap_or_default();
        let object = |base: Symbol| symbol(&format!("{}()", base.path.trim_end_matches("()")), base.origin);
        bases.into_iter().map(object).collect()
    }

    pub(super) fn item(&self, object: ExprId, index: ExprId, scope: ScopeId) -> Vec<Symbol> {
        match Evaluator::new(self).text(index) {
            Some(key) => self.entry(object, &key).unwrap_or_else(|| self.member(object, &key, scope)),
            None => self.symbols(object).iter().map(|o| unknown(&format!("{}[]", o.path))).collect(),
        }
    }
}
