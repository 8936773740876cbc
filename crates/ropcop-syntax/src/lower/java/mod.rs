//! Java.

use tree_sitter::Node;
use super::Lowerer;
use crate::module::{ExprId, Module, ScopeId, Traits};

pub(super) fn lower(root: Node<'_>, source: &str) -> Module {
    let mut lowerer = Lowerer::new(source, Traits::default(), visit);
    lowerer.rest(root, Module::FILE);
    lowerer.module
}

fn visit(l: &mut Lowerer<'_>, node: Node<'_>, scope: ScopeId) -> ExprId {
    l.rest(node, scope)
}
