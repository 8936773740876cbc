//! `import`: what a package is called in the file.

use tree_sitter::Node;

use crate::program::lower::Lowerer;
use crate::program::module::{Expr, ExprId, Import, ScopeId};
use crate::tree;

pub(super) fn declaration(l: &mut Lowerer<'_>, node: Node<'_>, scope: ScopeId) -> ExprId {
    let mut specs = tree::named(node);
    if let [list] = specs[..]
        && list.kind() == "import_spec_list"
    {
        specs = tree::named(list);
    }
    for spec in specs {
        let Some(path) = tree::field(spec, "path") else { continue };
        let full = l.text(path).trim_matches(['"', '`']);
        let path = package(full);
        let alias = tree::field(spec, "name").map(|name| (name.kind(), l.text(name)));
        let name = match alias {
            Some(("dot", _)) => None,
            Some(("blank_identifier", _)) => Some(String::new()),
            Some((_, alias)) => Some(alias.to_owned()),
            None => Some(default_name(path).to_owned()),
        };
        l.module.imports.push(Import { path: path.to_owned(), name, relative: path.starts_with('.'), scope });
    }
    l.add(Expr::Other(Vec::new()), node, scope)
}

/// What other files of the package declare is seen without an import. A program is no package that anybody knows.
pub(super) fn own_package(l: &mut Lowerer<'_>, node: Node<'_>, scope: ScopeId) -> ExprId {
    let name = tree::child(node, "package_identifier").map(|name| l.text(name));
    if let Some(path) = name.filter(|name| *name != "main") {
        l.module.imports.push(Import { path: path.to_owned(), name: None, relative: true, scope });
    }
    l.nothing(node, scope)
}

/// The import path without its major version: `m/v2` is the same package to a reader as `m`. `v1` stays, for Go has no
/// such suffix: there it is the package's own name, as in `k8s.io/api/core/v1`.
fn package(path: &str) -> &str {
    match path.rsplit_once("/v") {
        Some((package, version)) if is_major(version) => package,
        _ => path,
    }
}

/// What a package is called when the import does not say: its last segment, `gopkg.in/yaml.v3` without the version. The
/// package clause could say otherwise, but it is in a file that is not at hand.
fn default_name(path: &str) -> &str {
    let last = path.rsplit('/').next().unwrap_or(path);
    match last.rsplit_once(".v") {
        Some((name, version)) if is_major(version) || version == "1" => name,
        _ => last,
    }
}

fn is_major(version: &str) -> bool {
    version.parse::<u32>().is_ok_and(|version| version >= 2)
}
