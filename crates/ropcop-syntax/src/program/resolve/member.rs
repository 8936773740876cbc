//! What `object.name` stands for.

use super::{Resolver, own, symbol, unknown};
use crate::program::module::{Bind, DefinitionKind, Expr, ExprId, ScopeId, ScopeKind};
use crate::program::value::Evaluator;
use crate::{Origin, Symbol};

impl Resolver<'_> {
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

    /// `object.key`, if the file itself sets it.
    fn key(&self, object: ExprId, key: &str, scope: ScopeId) -> Option<Vec<Symbol>> {
        let Expr::Name(object) = &self.module.node(object).expr else { return None };
        let frames = self.outwards(scope).map(|outer| self.frame(outer));
        let found = frames.into_iter().find_map(|frame| self.keys.get(&(frame, object.as_str(), key)))?;
        let binds: Vec<&Bind> = found.iter().map(|index| &self.module.binds[*index]).collect();
        let values = self.values(&binds, "?");
        (values.iter().any(|symbol| symbol.origin != Origin::Unknown)).then_some(values)
    }

    /// A member of a class of this file: its own method, one of its fields, or what it inherits.
    fn own_member(&self, class: &str, name: &str) -> Vec<Symbol> {
        let is_class = |scope: ScopeId| matches!(&self.module.scopes[scope.0].kind, ScopeKind::Class(c) if c == class);
        let definitions = &self.module.definitions;
        if definitions.iter().any(|d| d.name == name && is_class(d.scope)) {
            return vec![own(format!("{class}.{name}"))];
        }
        let fields = self.field(class, name);
        if !fields.is_empty() {
            return self.values(&fields, name);
        }
        let bases = definitions.iter().filter(|d| d.name == class && d.kind == DefinitionKind::Class);
        let inherited = bases.flat_map(|d| &d.bases).flat_map(|base| self.symbols(*base).to_vec());
        let mut found: Vec<Symbol> = inherited
            .filter(|base| base.path != class)
            .map(|base| symbol(&format!("{}().{name}", base.path), base.origin))
            .collect();
        if found.is_empty() {
            found.push(unknown(&format!("{class}.{name}")));
        }
        found
    }

    pub(super) fn item(&self, object: ExprId, index: ExprId, scope: ScopeId) -> Vec<Symbol> {
        match Evaluator::new(self).text(index) {
            Some(key) => self.member(object, &key, scope),
            None => self.symbols(object).iter().map(|o| unknown(&format!("{}[]", o.path))).collect(),
        }
    }
}
