//! Names of types, in languages that tell types from values.

use std::collections::HashSet;

use super::Resolver;
use super::symbol::{own, symbol};
use crate::program::module::{DefinitionKind, Expr, ExprId, How, Module, ScopeId};
use crate::{Origin, Symbol};

impl Resolver<'_> {
    /// The name of a type: a variable or field of the same name does not hide it.
    pub(super) fn type_name(&self, name: &str, scope: ScopeId) -> Vec<Symbol> {
        for frame in self.frames(scope) {
            let classes =
                self.own.get(&(frame, name)).into_iter().flatten().map(|index| &self.module.definitions[*index]);
            let mut found = Vec::new();
            for class in classes.filter(|definition| definition.kind == DefinitionKind::Class) {
                found.push(own(name.to_owned()));
                found.extend(class.bases.iter().flat_map(|base| self.symbols(*base).to_vec()));
            }
            for index in self.imports.get(&(frame, name)).into_iter().flatten() {
                let import = &self.module.imports[*index];
                found.push(symbol(&import.path, if import.relative { Origin::Relative } else { Origin::Import }));
            }
            if !found.is_empty() {
                return found;
            }
        }
        self.elsewhere(name)
    }

    /// `com.example.Type` and `Example.Names.Type`, where a language allows the full name without an import. By custom
    /// the parts of a namespace are written all alike, and a type begins with a capital letter. That this is a name
    /// from elsewhere and not an inherited member remains a guess, and is one answer among others.
    pub(super) fn qualified(&self, id: ExprId) -> Option<Symbol> {
        let Expr::Member { object, name, .. } = &self.module.node(id).expr else { return None };
        if !self.module.traits.qualified_names || !starts_upper(name) {
            return None;
        }
        let mut path = vec![name.as_str()];
        let mut at = *object;
        while let Expr::Member { object, name, .. } = &self.module.node(at).expr {
            path.push(name);
            at = *object;
        }
        let Expr::Name(root) = &self.module.node(at).expr else { return None };
        path.push(root);
        // In front of a type stands a package of more than one part in Java (`field.Method` is no such name), and a
        // namespace in C#: `Type.Method` is one only where a type is asked for. A longer name has been found at its
        // first type.
        let is_full = match path[1..].iter().filter(|part| starts_upper(part)).count() {
            0 => path.len() > 2,
            1 => path.len() == 2 && self.types.contains(&id),
            2 => path.len() == 3,
            _ => false,
        };
        let (scope, at) = (self.module.node(at).scope, self.module.node(at).span);
        if !is_full || self.lookup(root, scope, at).is_some() {
            return None;
        }
        path.reverse();
        Some(symbol(&path.join("."), Origin::Import))
    }
}

pub(super) fn starts_upper(name: &str) -> bool {
    name.starts_with(char::is_uppercase)
}

/// The names in places where only a type can stand. In Python and JavaScript a class is a value like any other, and
/// there is no such place.
pub(super) fn names(module: &Module) -> HashSet<ExprId> {
    if !module.traits.qualified_names {
        return HashSet::new();
    }
    let binds = module.binds.iter().filter_map(|bind| bind.class);
    let definitions = module.definitions.iter().flat_map(|d| d.bases.iter().copied().chain(d.returns));
    let exprs = module.exprs.iter().filter_map(|node| match &node.expr {
        Expr::Cast { class, .. } => Some(*class),
        Expr::Call { callee, how: How::New, .. } => Some(*callee),
        _ => None,
    });
    let mut types: HashSet<ExprId> = binds.chain(definitions).chain(exprs).collect();
    // The namespace before a type is none of the variables either.
    for id in types.clone() {
        let mut at = id;
        while let Expr::Member { object, .. } = &module.node(at).expr {
            at = *object;
            types.insert(at);
        }
    }
    types
}
