//! What a call gives back.

use super::Resolver;
use crate::program::module::{Definition, DefinitionKind, Expr, ExprId, How, ScopeId, ScopeKind};
use crate::{Origin, Symbol};

impl<'m> Resolver<'m> {
    pub(super) fn result(&self, callee: ExprId, how: How) -> Vec<Symbol> {
        let callees = self.symbols(callee);
        let own = self.own_function(callee, &callees).filter(|_| how == How::Call);
        if let Some(returns) = own.and_then(|definition| definition.returns) {
            return self.instance(returns);
        }
        let result = |symbol: &Symbol| {
            // What a function of the file's own gives back is not known by the function's name.
            let made_here = symbol.origin == Origin::Own && how == How::Call && !self.is_class(&symbol.path);
            let origin = if made_here { Origin::Unknown } else { symbol.origin };
            Symbol { path: format!("{}()", symbol.path), origin }
        };
        callees.iter().map(result).collect()
    }

    /// The function of this file that a callee names, directly or as a method of a class of this file. `symbols` are
    /// those of the callee.
    fn own_function(&self, callee: ExprId, symbols: &[Symbol]) -> Option<&'m Definition> {
        let node = self.module.node(callee);
        let name = match &node.expr {
            Expr::Name(name) => name,
            Expr::Member { .. } => return symbols.iter().find_map(|symbol| self.own_method(symbol)),
            _ => return None,
        };
        // In C# and Java a method and a field of one name are two things, and a call means the method.
        if !self.module.traits.qualified_names && !self.bindings(name, node.scope, node.span).is_empty() {
            return None;
        }
        let around: Vec<ScopeId> = self.outwards(node.scope).collect();
        let mut functions = self.module.definitions.iter().filter(|d| d.kind == DefinitionKind::Function);
        functions.find(|d| d.name == *name && around.contains(&d.scope))
    }

    /// The method of a class of this file that a symbol is. One class can have several scopes: Go writes methods
    /// anywhere.
    fn own_method(&self, symbol: &Symbol) -> Option<&'m Definition> {
        let (class, name) = symbol.path.split_once('.').filter(|_| symbol.origin == Origin::Own)?;
        let of_class = |scope: ScopeId| matches!(&self.module.scopes[scope.0].kind, ScopeKind::Class(c) if c == class);
        let mut methods = self.module.definitions.iter().filter(|d| d.kind == DefinitionKind::Function);
        methods.find(|d| d.name == name && of_class(d.scope))
    }

    pub(super) fn is_class(&self, path: &str) -> bool {
        self.module.definitions.iter().any(|d| d.kind == DefinitionKind::Class && d.name == path)
    }
}
