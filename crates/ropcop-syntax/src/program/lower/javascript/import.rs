//! `import`, `require` and `export … from`: what a module and its members are called in the file.
//!
//! A default import and a namespace import both stand for the module itself: CommonJS modules, which most packages still
//! are, make no difference between the two.

use tree_sitter::Node;

use super::text;
use crate::program::lower::Lowerer;
use crate::program::module::{Expr, ExprId, Import, ScopeId, Target};
use crate::tree;

/// What [`module`] calls a module that is an expression. No name of a program contains a colon.
const SYNTHETIC: &str = "require:";

pub(super) fn statement(l: &mut Lowerer<'_>, node: Node<'_>, scope: ScopeId) -> ExprId {
    let clause = tree::named(node).into_iter().find(|child| child.kind().starts_with("import_"));
    let source = tree::field(node, "source").or_else(|| clause.and_then(|clause| tree::field(clause, "source")));
    if let Some(source) = source {
        let path = text::known(l, source).unwrap_or_default();
        note(l, &path, scope);
        for child in clause.map(tree::named).unwrap_or_default() {
            match child.kind() {
                "identifier" => push(l, &path, None, l.text(child), scope),
                "namespace_import" => {
                    let name = tree::named(child).first().map_or("", |name| l.text(*name));
                    push(l, &path, None, name, scope);
                }
                "named_imports" => specifiers(l, child, &path, scope),
                _ => {}
            }
        }
    }
    l.add(Expr::Other(Vec::new()), node, scope)
}

fn specifiers(l: &mut Lowerer<'_>, list: Node<'_>, path: &str, scope: ScopeId) {
    for child in tree::named(list) {
        let Some(imported) = tree::field(child, "name") else { continue };
        let name = l.text(tree::field(child, "alias").unwrap_or(imported));
        let imported = l.text(imported).trim_matches(['"', '\'']);
        push(l, path, Some(imported).filter(|member| *member != "default"), name, scope);
    }
}

/// `export … from "m"` imports without a name; every other export is what it exports.
pub(super) fn export(l: &mut Lowerer<'_>, node: Node<'_>, scope: ScopeId) -> ExprId {
    let Some(source) = tree::field(node, "source") else { return l.rest(node, scope) };
    if let Some(path) = text::known(l, source) {
        note(l, &path, scope);
    }
    l.add(Expr::Other(Vec::new()), node, scope)
}

/// `import A = B.C`.
pub(super) fn alias(l: &mut Lowerer<'_>, node: Node<'_>, scope: ScopeId) -> ExprId {
    let parts = tree::named(node);
    let [name, value] = parts[..] else { return l.rest(node, scope) };
    let value = l.expr(value, scope);
    l.bind(Target::Name(l.text(name).to_owned()), Some(value), None, node, scope);
    value
}

/// The module at `path` as an expression: `require("m")`, `import("m")`.
pub(super) fn module(l: &mut Lowerer<'_>, path: &str, node: Node<'_>, scope: ScopeId) -> ExprId {
    let name = format!("{SYNTHETIC}{path}");
    if !l.module.imports.iter().any(|import| import.scope == scope && import.name.as_ref() == Some(&name)) {
        push(l, path, None, &name, scope);
    }
    l.add(Expr::Name(name), node, scope)
}

/// The path of the module that an expression is, if [`module`] made it.
pub(super) fn module_path(l: &Lowerer<'_>, id: ExprId) -> Option<String> {
    match &l.module.node(id).expr {
        Expr::Name(name) => name.strip_prefix(SYNTHETIC).map(str::to_owned),
        _ => None,
    }
}

/// Whether a name is imported in the file.
pub(super) fn is_imported(l: &Lowerer<'_>, name: &str) -> bool {
    l.module.imports.iter().any(|import| import.name.as_deref() == Some(name))
}

/// Records that the file imports `path`, whatever it calls the parts.
fn note(l: &mut Lowerer<'_>, path: &str, scope: ScopeId) {
    push(l, path, None, "", scope);
}

/// Imports `member` of the module at `path`, or the module itself, as `name`.
pub(super) fn push(l: &mut Lowerer<'_>, path: &str, member: Option<&str>, name: &str, scope: ScopeId) {
    // Node has its own modules twice, as `fs` and `node:fs`.
    let path = path.strip_prefix("node:").unwrap_or(path);
    // Packages do not begin like this: `~/x`, `@/x` and `#x` are what bundlers and Node call paths of the repository.
    let relative = path.starts_with(['.', '/', '~', '#']) || path.starts_with("@/");
    let path = member.map_or_else(|| path.to_owned(), |member| format!("{path}.{member}"));
    l.module.imports.push(Import { path, name: Some(name.to_owned()), relative, scope });
}
